"""The facts of policy recomputed from its rows, for reconciliation."""

from collections.abc import Iterator

from prasan.facts.ledger import Entry, entry_of

from . import facts_of
from .models import Measure, Recommendation
from .rules import ADOPTED


def facts() -> Iterator[Entry]:
    """Recommendations, and measures that put one in force."""
    for row in Recommendation.objects.filter(closed_as="").iterator():
        yield entry_of(**facts_of.made(row))
    rows = Measure.objects.filter(closed_as="", stage=ADOPTED).select_related("recommendation")
    for measure in rows.iterator():
        yield entry_of(**facts_of.adopted(measure))
