"""The facts of justice recomputed from its rows, for reconciliation."""

from collections.abc import Iterator

from prasan.facts.ledger import Entry, entry_of

from . import facts_of
from .models import Charge, Order, Payment, Sentence, Verdict

ROWS = (
    (Charge, ("accused__person", "case")),
    (Verdict, ("charge__accused__person", "charge__case")),
    (Sentence, ("verdict__charge__accused__person", "verdict__charge__case")),
    (Order, ("survivor__person", "case")),
    (Payment, ("survivor__person", "case")),
)


def facts() -> Iterator[Entry]:
    """Indictments, outcomes, sentences, and money ordered, collected and paid, of the rows in force."""
    for model, beside in ROWS:
        for row in model.objects.filter(closed_as="").select_related(*beside).iterator():
            for told in facts_of.of(row):
                yield entry_of(**told)
