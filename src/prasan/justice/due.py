"""What the court room puts on my day: money judgments that are unpaid, charges that wait long for a verdict."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.cases.rules import overdue
from prasan.web.panel import Due
from prasan.web.values import language, money

from . import queries

# When to look again at money that did not come, and at a charge without a verdict [our choice].
ASK_AFTER = timedelta(days=30)
LONG = timedelta(days=365)
# CivPC s.274: a money judgment dies after ten years unless execution was asked for.
ENFORCEABLE_YEARS = 10


def last_day_to_enforce(on: date) -> date:
    """Ten years after the order (CivPC s.274); of 29 February, the last day of that month."""
    year = on.year + ENFORCEABLE_YEARS
    return date(year, on.month, 28 if (on.month, on.day) == (2, 29) else on.day)


def _money(order: Any, today: date) -> Due:
    told = {"person": order.survivor.person.code, "amount": money(order.unpaid, order.currency)}
    href = reverse("justice:money", kwargs={"case": order.case.code})
    court = order.route in packs.codes("money_route") and packs.row("money_route", order.route).get("court")
    ends, ask = last_day_to_enforce(order.on), order.on + ASK_AFTER
    if court and ends - today <= LONG:
        text = _("Ask for execution: %(amount)s for %(person)s is unpaid and the judgment ends") % told
        return Due(ends, text, href, "late", order.case.code)
    text = _("Compensation for %(person)s: %(amount)s is not yet paid") % told
    return Due(ask, text, href, "soon" if ask < today else overdue(ask, today), order.case.code)


def due(viewer: Any, today: date) -> list[Due]:
    """Unpaid money and charges without a verdict a year after they were filed; codes only."""
    lines = [_money(order, today) for order in queries.unpaid_orders(viewer)]
    for charge in queries.silent_charges(viewer, today - LONG):
        told = {"person": charge.accused.person.code, "section": packs.cited(charge.section, language())}
        href = reverse("justice:charge", kwargs={"case": charge.case.code, "charge": charge.pk})
        on = charge.indicted_on + LONG  # type: ignore[operator]
        text = _("No verdict on %(person)s (s.%(section)s) a year after the charge was filed") % told
        lines.append(Due(on, text, href, overdue(on, today), charge.case.code))
    return lines
