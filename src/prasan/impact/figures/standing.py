"""How the ledger stands: when it was last compared with the records, and which years it knows arrests of."""

from django.db.models import Min

from prasan.facts.models import Reconciliation, Tally


def last_reconciliation() -> Reconciliation | None:
    """The newest comparison of facts and records."""
    return Reconciliation.objects.order_by("-at").first()


def first_recorded_year() -> int | None:
    """The first year of which the system itself recorded anything."""
    return Tally.objects.filter(events__gt=0).aggregate(first=Min("year"))["first"]


def years_of_first(kind: str) -> list[int]:
    """Years in which somebody had a first fact of a kind, newest first."""
    rows = Tally.objects.filter(kind=kind, first_persons__gt=0)
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)
