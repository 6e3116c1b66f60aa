"""The court's part of the case page: who is charged with what, and what money was ordered and paid."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.check import may
from prasan.cases.models import Case
from prasan.web.panel import Link, Panel

from . import queries, rows


def panel(viewer: Any, case: Case) -> Panel | None:
    """Charges with their status and money by route, for those who may see them."""
    if not may(viewer, "justice.view", case):
        return None
    place = {"case": case.code}
    offers = (
        ("justice.record_charge", _("Record a charge"), "justice:record-charge"),
        ("justice.record_order", _("Record an order of compensation"), "justice:record-order"),
        ("justice.record_payment", _("Record a payment"), "justice:record-payment"),
        ("justice.view", _("Money in detail"), "justice:money"),
    )
    links = [Link(text, reverse(name, kwargs=place)) for act, text, name in offers if may(viewer, act, case)]
    context = {
        "case": case,
        "charge_head": rows.charge_head(),
        "charge_rows": rows.charge_rows(case, queries.charges(viewer, case)),
        "money_head": rows.money_head(),
        "money_rows": rows.money_rows(case, queries.amounts(viewer, case)),
    }
    return Panel("justice", _("Court and money"), "justice/panel.html", context, links)
