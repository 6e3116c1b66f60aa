"""The facts of the kernel recomputed from its rows, for reconciliation."""

from collections.abc import Iterator

from prasan.facts.ledger import Entry, entry_of

from . import facts_of
from .models import CustodyStep


def facts() -> Iterator[Entry]:
    """Arrests in force."""
    rows = CustodyStep.objects.filter(step="arrested", closed_as="")
    for row in rows.select_related("participation__person", "case").iterator():
        yield entry_of(**facts_of.arrest(row))
