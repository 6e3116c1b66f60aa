"""The facts of training recomputed from its rows, for reconciliation."""

from collections.abc import Iterator

from prasan.facts.ledger import Entry, entry_of

from . import facts_of
from .models import Attendance


def facts() -> Iterator[Entry]:
    """Attendance in force."""
    for row in Attendance.objects.filter(closed_as="").select_related("session").iterator():
        yield entry_of(**facts_of.attendance(row))
