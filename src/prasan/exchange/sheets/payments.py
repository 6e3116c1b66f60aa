"""The sheet Money: orders, and what was collected and paid under them; never more than was ordered."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from prasan import packs
from prasan.cases.rules import DEFENDANT_PARTS, SURVIVOR_PARTS
from prasan.justice import rules as court_rules
from prasan.justice.actions import record_order, record_payment
from prasan.plain.problem import Problem

from .. import rules
from ..known import Known, OrderKnown, pile_of
from ..rows import Row
from .pen import Pen, Work


def _route_known(code: str) -> bool:
    return not packs.row("money_route", code).get("history_only")


def _problems(row: Row, known: Known) -> Iterator[Problem]:
    case, person, problems = known.person_in_case(row)
    currency = row.get("currency").upper()
    if len(currency) != 3 or not currency.isalpha() or not currency.isascii():
        problems.append(Problem(rules.BAD_CURRENCY, "currency"))
    yield from problems
    if problems:
        return
    row.values["currency"] = currency
    survivor = bool(known.parts_of(case, person) & SURVIVOR_PARTS)
    if row.get("kind") == "ordered":
        yield from _order_problems(row, known, case, person, survivor)
    else:
        yield from _payment_problems(row, known, case, person, survivor)


def _order_problems(row: Row, known: Known, case: Any, person: Any, survivor: bool) -> Iterator[Problem]:
    debtor, problems = True, list[Problem]()
    if row.get("debtor_ref"):
        accused, problems = known.resolve("people", row.get("debtor_ref"), "debtor_ref")
        debtor = accused is None or bool(known.parts_of(case, accused) & DEFENDANT_PARTS)
    interest = row.get("interest", Decimal(0))
    problems += court_rules.order_problems(
        survivor=survivor, debtor=debtor, route_known=_route_known(row.get("route")), head_known=True,
        on=row.get("on"), amount=row.get("amount"), currency=row.get("currency"), interest=interest,
        interest_from=row.get("interest_from"), today=known.today,
    )  # fmt: skip
    where = {"survivor": "person_ref", "accused": "debtor_ref"}
    yield from (Problem(p.message, where.get(p.field, p.field), p.params) for p in problems)
    if not problems:
        known.orders[row.reference] = OrderKnown(case, person, row.get("route"), row.get("currency"),
            row.get("amount"), row.get("on"), interest, row.get("interest_from"))  # fmt: skip


def _direct(row: Row) -> bool:
    return bool(row.get("direct", row.get("kind") == "paid"))


def _payment_problems(row: Row, known: Known, case: Any, person: Any, survivor: bool) -> Iterator[Problem]:
    order, problems = _order_of(row, known, case, person)
    court = bool(packs.row("money_route", row.get("route")).get("court"))
    problems += court_rules.payment_problems(
        amount=row.get("amount"), currency=row.get("currency"), on=row.get("on"), today=known.today,
        collected=row.get("kind") == "collected", direct=_direct(row), survivor=survivor,
        route_known=_route_known(row.get("route")), needs_order=court and not row.get("order_ref"),
    )  # fmt: skip
    where = {"survivor": "person_ref", "order": "order_ref"}
    yield from (Problem(p.message, where.get(p.field, p.field), p.params) for p in problems)
    if problems:
        return
    piles = order.piles if order else known.held(case, person, row.get("route"), row.get("currency"))
    pile = piles[pile_of(row.get("kind"), _direct(row))]
    pile.append((row.get("on"), row.get("amount")))
    wrong = list(_balance(order, piles, row))
    if wrong:
        pile.pop()
        yield wrong[0]


def _balance(order: OrderKnown | None, piles: dict[str, Any], row: Row) -> Iterator[Problem]:
    if order is not None:
        yield from court_rules.balance_problems(
            amount=order.amount, interest=order.interest, interest_from=order.interest_from, ordered_on=order.on,
            currency=order.currency, **piles,
        )  # fmt: skip
        return
    for on in sorted({day for day, _amount in piles["passed_on"]}):
        yield from court_rules.held_problems(piles["passed_on"], piles["collected"], on, row.get("currency"))


def _order_of(row: Row, known: Known, case: Any, person: Any) -> tuple[OrderKnown | None, list[Problem]]:
    """The order that a payment names, which must be for the same person, by the same route."""
    ref = row.get("order_ref")
    if not ref:
        return None, []
    ident, problems = known.resolve("money", ref, "order_ref")
    if problems:
        return None, problems
    if isinstance(ident, str) and ident not in known.orders:
        return None, [Problem(rules.NOT_AN_ORDER, "order_ref", {"ref": ref})]
    order = known.order(ident)
    if (order.case, order.person) != (case, person):
        return order, [Problem(rules.OTHER_PERSON, "order_ref")]
    if order.route != row.get("route"):
        return order, [Problem(rules.OTHER_ROUTE, "route")]
    if order.currency != row.get("currency"):
        return order, [Problem(court_rules.OTHER_CURRENCY, "currency", {"currency": order.currency})]
    return order, []


def _write(row: Row, pen: Pen) -> Any:
    case = pen.case(row)
    survivor = pen.participation(case, row.get("person_ref"), SURVIVOR_PARTS)
    told = {**pen.acting(), "survivor": survivor, "route": row.get("route"), "on": row.get("on"),
            "amount": row.get("amount"), "currency": row.get("currency").upper()}  # fmt: skip
    if row.get("kind") == "ordered":
        debtor = row.get("debtor_ref")
        accused = pen.participation(case, debtor, DEFENDANT_PARTS, "debtor_ref") if debtor else None
        return record_order(
            **told, interest=row.get("interest", Decimal(0)), interest_from=row.get("interest_from"),
            accused=accused, joint_and_several=row.get("joint", False), head=row.get("head", ""),
        )  # fmt: skip
    order = pen.lookup.row("money", row.get("order_ref")) if row.get("order_ref") else None
    return record_payment(
        **told, kind=row.get("kind"), order=order, method=row.get("method"), direct=row.get("direct")
    )


MONEY: Any = Work(_problems, _write, widened=True)
