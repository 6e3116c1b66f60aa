"""The facts of leads recomputed from their rows, for reconciliation."""

from collections.abc import Iterator

from prasan.facts.ledger import Entry, entry_of

from . import facts_of
from .models import Lead


def facts() -> Iterator[Entry]:
    """Every lead in force was received, whatever became of it."""
    for row in Lead.objects.filter(closed_as="").iterator():
        yield entry_of(**facts_of.received(row))
