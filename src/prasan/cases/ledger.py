"""The facts of the kernel recomputed from its rows, for reconciliation."""

from collections.abc import Iterator

from prasan.facts.ledger import Entry, entry_of

from . import facts_of
from .models import CustodyStep
from .rules import DEFENDANT_PARTS


def facts() -> Iterator[Entry]:
    """Arrests of suspects in force; the arrest of a survivor is a step of custody and no figure of success."""
    rows = CustodyStep.objects.filter(step="arrested", closed_as="", participation__part__in=DEFENDANT_PARTS)
    for row in rows.select_related("participation__person", "case").iterator():
        yield entry_of(**facts_of.arrest(row))
