"""The facts of the investigation recomputed from its rows, for reconciliation. Arrests are the kernel's."""

from collections.abc import Iterator

from prasan.facts.ledger import Entry, entry_of

from . import facts_of
from .models import Investigation, Removal


def facts() -> Iterator[Entry]:
    """Investigations opened and closed, and removals from harm, in force."""
    for row in Investigation.objects.filter(closed_as="").select_related("case").iterator():
        yield entry_of(**facts_of.opened(row))
        if row.closed_on is not None:
            yield entry_of(**facts_of.closed(row))
    for removal in Removal.objects.filter(closed_as="").select_related("case", "person").iterator():
        yield entry_of(**facts_of.removed(removal))
