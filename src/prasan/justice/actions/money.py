"""Money for survivors: ordered, collected, and in the survivor's hand; never more than was ordered."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from prasan import journal, packs
from prasan.access.check import check
from prasan.cases.actions import timeline
from prasan.cases.models import Participation
from prasan.plain.money import format_money
from prasan.plain.problem import Problem, refuse_if

from .. import rules
from ..models import Order, Payment
from . import periods, telling


def _route(code: str) -> Any:
    """The route in the pack, unless it is only for figures from before the system."""
    if code not in packs.codes("money_route"):
        return None
    row = packs.row("money_route", code)
    return None if row.get("history_only") else row


def _receipts(payments: list[Payment]) -> dict[str, list[rules.Receipt]]:
    """Dated amounts by what they are: collected, handed over directly, paid on out of what was collected."""
    piles: dict[str, list[rules.Receipt]] = {"collected": [], "direct": [], "passed_on": []}
    for p in payments:
        pile = "collected" if p.kind == "collected" else "direct" if p.direct else "passed_on"
        piles[pile].append((p.on, p.amount))
    return piles


def balance(order: Order | None, payments: list[Payment]) -> Iterator[Problem]:
    """What is wrong with the payments of an order as a whole; without an order, only what is paid on is held
    against what was collected by the same route for the same survivor."""
    piles = _receipts(payments)
    if order is not None:
        yield from rules.balance_problems(
            amount=order.amount, interest=order.interest, interest_from=order.interest_from, ordered_on=order.on,
            currency=order.currency, **piles,
        )  # fmt: skip
        return
    for on in sorted({on for on, _amount in piles["passed_on"]}):
        wrong = list(rules.held_problems(piles["passed_on"], piles["collected"], on, payments[0].currency))
        yield from wrong
        if wrong:
            return


def beside(payment: Payment) -> list[Payment]:
    """The other payments in force that count together with this one."""
    rows = Payment.objects.filter(case=payment.case_id, closed_as="").exclude(pk=payment.pk)
    if payment.order_id:
        return list(rows.filter(order=payment.order_id))
    survivor = payment.survivor.person_id
    return list(rows.filter(order=None, survivor__person=survivor, route=payment.route, currency=payment.currency))


@transaction.atomic
def record_order(
    *, by: Any, survivor: Participation, route: str, on: date, amount: Decimal, at: datetime, today: date,
    currency: str = "THB", interest: Decimal = Decimal(0), interest_from: date | None = None,
    accused: Participation | None = None, joint_and_several: bool = False, head: str = "", id: Any = None,
    replaces: Order | None = None,
) -> Order:  # fmt: skip
    """A court or body ordered money for one survivor by one route, from one debtor or several together."""
    act, case = "justice.record_order", survivor.case
    check(by, act, case)
    telling.may_replace(by, replaces)
    telling.inside(case, act, survivor, accused, replaces)
    refuse_if(rules.order_problems(
        survivor=survivor.is_survivor, debtor=accused is None or accused.is_defendant, route_known=bool(_route(route)),
        head_known=not head or head in packs.codes("damage_head"), on=on, amount=amount, currency=currency,
        interest=interest, interest_from=interest_from, today=today,
    ))  # fmt: skip
    order = Order(
        id=id or uuid4(), case=case, survivor=survivor, accused=accused, route=route, on=on, amount=amount,
        currency=currency, interest=interest, interest_from=interest_from, joint_and_several=joint_and_several,
        head=head, replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    paid = list(Payment.objects.filter(order=replaces, closed_as="")) if replaces else []
    refuse_if(_corrected(order, replaces, paid))
    order.save(force_insert=True)
    journal.enter(by=by, act=act, target=order, case=case)
    timeline.record(case, "compensation_ordered", on=on, made_at=at, by=by, about=survivor.person, target=order,
                    partition="legal", amount=format_money(amount, currency, "en"))  # fmt: skip
    telling.replace(by=by, old=replaces, new=order, at=at, today=today)
    telling.tell(order)
    telling.change(paid, order=order, route=route)
    periods.ordered(order, by=by, at=at)
    return order


def _corrected(order: Order, old: Order | None, paid: list[Payment]) -> Iterator[Problem]:
    """A corrected order must still carry what was received under the old one."""
    if old is None or not paid:
        return
    moved = order.survivor.person_id != old.survivor.person_id or order.currency != old.currency
    yield from rules.problem_if(moved, rules.RESTS_ON_IT, "survivor")
    yield from balance(order, paid)


@transaction.atomic
def record_payment(
    *, by: Any, kind: str, on: date, amount: Decimal, at: datetime, today: date, order: Order | None = None,
    survivor: Participation | None = None, route: str = "", currency: str = "", method: str = "transfer",
    direct: bool | None = None, receipt: UUID | None = None, id: Any = None, replaces: Payment | None = None,
) -> Payment:  # fmt: skip
    """Money was collected, or is in the survivor's hand: handed over by the debtor (`direct`, the rule when
    nothing else is said) or paid on out of what was collected. Under an order, the order says for whom."""
    act = "justice.record_payment"
    refuse_if(rules.problem_if(order is None and survivor is None, rules.NEEDS_SURVIVOR, "survivor"))
    case = order.case if order is not None else survivor.case  # type: ignore[union-attr]
    check(by, act, case)
    telling.may_replace(by, replaces)
    telling.inside(case, act, order, survivor, replaces)
    if order is not None:
        order = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        refuse_if(rules.problem_if(currency not in {"", order.currency}, rules.OTHER_CURRENCY, "currency",
                                   currency=order.currency))  # fmt: skip
        survivor, route, currency = order.survivor, order.route, order.currency
    row = _route(route)
    hand = kind == "paid" if direct is None else direct
    refuse_if(rules.payment_problems(
        amount=amount, currency=currency or "THB", on=on, today=today, collected=kind == "collected", direct=hand,
        survivor=survivor is not None and survivor.is_survivor, route_known=row is not None,
        needs_order=order is None and row is not None and bool(row.get("court")),
    ))  # fmt: skip
    payment = Payment(
        id=id or uuid4(), case=case, order=order, survivor=survivor, route=route, kind=kind, direct=hand, on=on,
        amount=amount, currency=currency or "THB", method=method, receipt=receipt, replaces=replaces, made_at=at,
        made_by=by,
    )  # fmt: skip
    others = [p for p in beside(payment) if replaces is None or p.pk != replaces.pk]
    refuse_if(balance(order, [*others, payment]))
    payment.save(force_insert=True)
    journal.enter(by=by, act=act, target=payment, case=case)
    if kind == "paid":
        told = {"about": payment.survivor.person, "amount": format_money(amount, payment.currency, "en")}
        timeline.record(case, "compensation_paid", on=on, made_at=at, by=by, target=payment, partition="legal", **told)
    telling.replace(by=by, old=replaces, new=payment, at=at, today=today)
    telling.tell(payment)
    periods.settle(order, by=by, at=at)
    return payment
