"""What came from the field and waits for somebody at the viewer's desks."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from prasan.access.check import may
from prasan.plain.dates import local_day
from prasan.web.panel import Due

from . import queries_of_field as queries


def due(viewer: Any, today: date) -> list[Due]:
    """One line with the count, dated by the oldest; late from the second day on (our choice)."""
    if not may(viewer, "identification.view_field"):
        return []
    count = queries.waiting_count(viewer)
    if not count:
        return []
    oldest = local_day(queries.arrived(viewer).values_list("received_at", flat=True)[:1].get())
    text = ngettext("%(n)s form from the field waits", "%(n)s forms from the field wait", count) % {"n": count}
    return [Due(oldest, text, reverse("identification:field-arrived"), "late" if oldest < today else "today")]
