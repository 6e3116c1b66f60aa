"""The facts of identification recomputed from its rows, for reconciliation."""

from collections.abc import Iterator

from prasan.facts.ledger import Entry, entry_of

from . import facts_of
from .models import Decision, IntakePerson, Reflection, Screening


def facts() -> Iterator[Entry]:
    """Screenings in force, and decisions in force that two disciplines carry."""
    for screening in Screening.objects.filter(closed_as="").select_related("person", "case").iterator():
        yield entry_of(**facts_of.screened(screening))
    decisions = Decision.objects.filter(closed_as="", status="decided").select_related("person", "case")
    for decision in decisions.iterator():
        told = facts_of.decided(decision)
        if told:
            yield entry_of(**told)
    for row in Reflection.objects.filter(closed_as="").select_related("person", "case").iterator():
        yield entry_of(**facts_of.reflecting(row))
        ended = facts_of.reflected(row)
        if ended:
            yield entry_of(**ended)
    met = IntakePerson.objects.filter(closed_as="", screened_on__isnull=False, status__in=("screened", "left"))
    for one in met.select_related("intake").iterator():
        yield entry_of(**facts_of.screened_at_intake(one))
