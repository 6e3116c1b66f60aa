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


def _money(order: Any, ends: date | None, today: date) -> Due:
    """One unpaid order: in the last year of its time to enforce (`ends`, of the running clock) that comes first."""
    told = {"person": order.survivor.person.code, "amount": money(order.unpaid, order.currency)}
    href = reverse("justice:money", kwargs={"case": order.case.code})
    if ends is not None and ends < today:
        text = _("The time to ask for execution is over: %(amount)s for %(person)s is unpaid") % told
        return Due(ends, text, href, "late", order.case.code)
    if ends is not None and ends - today <= LONG:
        text = _("Ask for execution: %(amount)s for %(person)s is unpaid and the judgment ends") % told
        return Due(ends, text, href, "today" if ends == today else "soon", order.case.code)
    text, ask = _("Compensation for %(person)s: %(amount)s is not yet paid") % told, order.on + ASK_AFTER
    return Due(ask, text, href, "soon" if ask < today else overdue(ask, today), order.case.code)


def due(viewer: Any, today: date) -> list[Due]:
    """Unpaid money and charges without a verdict a year after they were filed; codes only."""
    orders = queries.unpaid_orders(viewer)
    ends = queries.last_days_to_enforce(orders)
    lines = [_money(order, ends.get(order.pk), today) for order in orders]
    for charge in queries.silent_charges(viewer, today - LONG):
        told = {"person": charge.accused.person.code, "section": packs.cited(charge.section, language())}
        href = reverse("justice:charge", kwargs={"case": charge.case.code, "charge": charge.pk})
        on = charge.indicted_on + LONG  # type: ignore[operator]
        text = _("No verdict on %(person)s (s.%(section)s) a year after the charge was filed") % told
        lines.append(Due(on, text, href, overdue(on, today), charge.case.code))
    return lines
