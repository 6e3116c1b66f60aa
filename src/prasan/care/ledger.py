"""The facts of care recomputed from its rows, for reconciliation."""

from collections.abc import Iterator

from prasan.facts.ledger import Entry, entry_of

from . import facts_of
from .models import Service, Stay


def facts() -> Iterator[Entry]:
    """Services delivered, stays begun, stays ended: of the rows in force."""
    for service in Service.objects.filter(closed_as="").select_related("person", "case").iterator():
        told = facts_of.service(service)
        if told:
            yield entry_of(**told)
    for stay in Stay.objects.filter(closed_as="").select_related("person", "case").iterator():
        yield entry_of(**facts_of.entered(stay))
        told = facts_of.left(stay)
        if told:
            yield entry_of(**told)
