"""What waits at the viewer's desks: leads that nobody took on, old ones, abuse that was not reported yet."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.check import may
from prasan.plain.dates import local_day
from prasan.web.panel import Due

from . import queries, rules


def due(viewer: Any, today: date) -> list[Due]:
    """Leads without an owner, the viewer's own that are older than a day, and unreported notices."""
    if not may(viewer, "leads.view"):
        return []
    lines = []
    for notice in queries.notices(viewer, unreported=True):
        href = reverse("leads:abuse-notice", kwargs={"notice": notice.pk})
        lines.append(Due(local_day(notice.seen_at), _("Possible abuse of a child: not reported yet"), href, "late"))
    for lead in queries.waiting(viewer, today):
        old = rules.age_days(lead.received_on, today) > rules.OLD_AFTER_DAYS
        if lead.owner_id and not old:
            continue
        text = _("Lead %(lead)s has no owner") if lead.owner_id is None else _("Lead %(lead)s waits for a decision")
        tone = rules.lateness(lead.urgency, lead.received_on, today)
        href = reverse("leads:lead", kwargs={"lead": lead.code})
        lines.append(Due(lead.received_on, text % {"lead": lead.code}, href, tone))
    return lines
