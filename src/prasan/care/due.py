"""What waits in care: people who stay somewhere without having agreed to it."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.cases.rules import overdue
from prasan.web.panel import Due

from . import queries

ASK_WITHIN_DAYS = 1


def due(viewer: Any, today: date) -> list[Due]:
    """Stays without consent. Asked within a day, so before the 24 hours of the Anti-Trafficking Act s.29 end."""
    lines = []
    for row in queries.without_consent(viewer):
        by = row.since_on + timedelta(days=ASK_WITHIN_DAYS)
        href = reverse("care:stay", kwargs={"case": row.case.code, "stay": row.pk})
        words = (
            _("%(person)s does not agree to stay")
            if row.consent_to_stay is False
            else _("Ask %(person)s about staying")
        )
        lines.append(Due(by, words % {"person": row.person.code}, href, overdue(by, today), row.case.code))
    return lines
