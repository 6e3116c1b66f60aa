"""The court's part of the case page, and the tables that its own pages share with it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.check import may
from prasan.cases.models import Case
from prasan.web.panel import Link, Panel
from prasan.web.values import language

from . import queries, rules
from .models import Charge, Order, Payment

Table = list[dict[str, Any]]
COLOURS = {"convicted": "green", "convicted_suspended": "yellow", "acquitted": "grey", "withdrawn": "grey",
           "indicted": "blue", "in_trial": "blue", "absconded": "red"}  # fmt: skip


def panel(viewer: Any, case: Case) -> Panel | None:
    """Charges with their status and money by route, for those who may see them."""
    if not may(viewer, "justice.view", case):
        return None
    offers = (
        ("justice.record_charge", _("Record a charge"), "justice:record-charge"),
        ("justice.record_order", _("Record an order of compensation"), "justice:record-order"),
        ("justice.record_payment", _("Record a payment"), "justice:record-payment"),
        ("justice.view", _("Orders and payments one by one"), "justice:money"),
    )
    place = {"case": case.code}
    links = [Link(text, reverse(name, kwargs=place)) for act, text, name in offers if may(viewer, act, case)]
    context = {
        "case": case,
        "charge_head": charge_head(),
        "charge_rows": charge_rows(case, queries.charges(viewer, case)),
        "money_head": money_head(),
        "money_rows": money_rows(case, queries.amounts(viewer, case)),
    }
    return Panel("justice", _("Court and money"), "justice/panel.html", context, links)


def _head(*columns: tuple[str, str], numeric: Iterable[str] = ()) -> Table:
    return [{"key": key, "text": text, "numeric": key in numeric} for key, text in columns]


def person_link(case: Case, person: Any) -> dict[str, str]:
    """A person by code, leading to their page."""
    return {"text": person.code, "href": reverse("desk:person", kwargs={"case": case.code, "person": person.code})}


def route_label(code: str) -> str:
    """A route of money in the reader's language; a row that is not supported by a text says so."""
    text = packs.label("money_route", code, language())
    known = code in packs.codes("money_route")
    if known and not packs.row("money_route", code).sourced:
        return _("%(section)s (unconfirmed)") % {"section": text}
    return text


def charge_label(charge: Charge) -> str:
    """The section of a charge with its law and title."""
    law = queries.law_of(charge)
    return queries.section_label(law) if law else packs.cited(charge.section, language())


def status_tag(charge: Charge) -> dict[str, str]:
    return {"tag": _(rules.STATUSES[charge.status]), "colour": COLOURS.get(charge.status, "")}


def charge_head() -> Table:
    return _head(("section", _("Charge")), ("accused", _("Accused")), ("victims", _("Done to")),
                 ("status", _("Stands")), ("on", _("Since")), ("outcome", _("Last verdict")))  # fmt: skip


def charge_rows(case: Case, charges: Iterable[Any]) -> Table:
    """One line a charge, its section leading to its page."""
    return [
        {
            "section": charge_label(charge),
            "href": reverse("justice:charge", kwargs={"case": case.code, "charge": charge.pk}),
            "accused": person_link(case, charge.accused.person),
            "victims": ", ".join(charge.victim_codes),
            "status": status_tag(charge),
            "on": charge.status_on,
            "outcome": _(rules.OUTCOMES[charge.last.outcome]) if charge.last else None,
        }
        for charge in charges
    ]


AMOUNTS = ("ordered", "collected", "paid", "held")


def money_head() -> Table:
    return _head(("person", _("Survivor")), ("route", _("Route")), ("ordered", _("Ordered")),
                 ("collected", _("Received from the debtor")), ("paid", _("In the survivor's hand")),
                 ("held", _("Held in between")), numeric=AMOUNTS)  # fmt: skip


def money_rows(case: Case, amounts: Iterable[queries.Amounts]) -> Table:
    """One line a survivor, route and currency; lines are never added to one another."""
    return [
        {
            "person": person_link(case, one.person),
            "route": route_label(one.route),
            **{n: {"amount": getattr(one, n), "currency": one.currency} for n in AMOUNTS},
        }
        for one in amounts
    ]


def order_head() -> Table:
    amounts = ("amount", "paid", "unpaid")
    return _head(("on", _("Ordered on")), ("survivor", _("Survivor")), ("accused", _("To be paid by")),
                 ("route", _("Route")), ("amount", _("Ordered")), ("paid", _("In the survivor's hand")),
                 ("unpaid", _("Not yet paid")), ("act", _("Correct")), numeric=amounts)  # fmt: skip


def order_rows(case: Case, orders: Iterable[Any], corrects: bool) -> Table:
    """One line an order."""
    return [
        {
            "on": order.on,
            "survivor": person_link(case, order.survivor.person),
            "accused": _debtor(case, order),
            "route": route_label(order.route),
            "amount": {"amount": order.amount, "currency": order.currency},
            "paid": {"amount": order.paid, "currency": order.currency},
            "unpaid": {"amount": order.unpaid, "currency": order.currency},
            "act": _correct("justice:record-order", case, order) if corrects else None,
        }
        for order in orders
    ]


def _debtor(case: Case, order: Order) -> Any:
    who = person_link(case, order.accused.person) if order.accused else _("not named")
    return [who, _("jointly and severally")] if order.joint_and_several else who


def payment_head() -> Table:
    return _head(("on", _("Day")), ("survivor", _("Survivor")), ("kind", _("What happened")), ("route", _("Route")),
                 ("method", _("How")), ("amount", _("Amount")), ("act", _("Correct")), numeric=("amount",))  # fmt: skip


def payment_rows(case: Case, payments: Iterable[Payment], corrects: bool) -> Table:
    """One line a payment; what the debtor handed over directly says so."""
    return [
        {
            "on": p.on,
            "survivor": person_link(case, p.survivor.person),
            "kind": [_(rules.PAYMENT_KINDS[p.kind]), *([_("handed over by the debtor")] if p.direct else [])],
            "route": route_label(p.route),
            "method": _(rules.METHODS[p.method]),
            "amount": {"amount": p.amount, "currency": p.currency},
            "act": _correct("justice:record-payment", case, p) if corrects else None,
        }
        for p in payments
    ]


def _correct(name: str, case: Case, row: Any) -> list[dict[str, str]]:
    anew = {"text": _("Correct"), "href": f"{reverse(name, kwargs={'case': case.code})}?replaces={row.pk}"}
    return [anew, {"text": _("Entered in error"), "href": error_page(case, row)}]


def error_page(case: Case, row: Any) -> str:
    """Where a record is marked as entered in error."""
    return reverse("desk:correct", kwargs={"case": case.code, "kind": row._meta.model_name, "row": row.pk})
