"""Facts are added, superseded and recomputed here; they start nothing and no worklist hangs on them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from prasan import vault

from .kinds import KINDS
from .models import Fact, Reconciliation, Tally

DIMENSIONS = ("sex", "age_group", "citizenship", "form", "mode", "province", "law_article", "body", "route",
              "category", "is_official")  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A fact as a discipline tells it, before it is stored: what `ledger.py` of each room recomputes."""

    kind: str
    on: date
    source: models.Model
    person: Any = None
    case: Any = None
    quantity: Decimal | None = None
    unit: str = ""
    contribution: str = ""
    dimensions: dict[str, Any] = field(default_factory=dict)

    def row(self, at: datetime) -> Fact:
        """The stored form: the person as a keyed pseudonym, the source as table and id."""
        kind = KINDS[self.kind]
        if kind.contribution and not self.contribution:
            raise ValueError(f"{self.kind} needs its contribution level")
        unknown = set(self.dimensions) - set(DIMENSIONS)
        if unknown:
            raise ValueError(f"not a dimension of a fact: {sorted(unknown)}")
        return Fact(
            kind=self.kind, on=self.on, until=self.on, person=person_key(self.person),
            quantity=self.quantity, unit=self.unit or kind.unit, contribution=self.contribution,
            case_id=getattr(self.case, "pk", self.case), source_kind=self.source._meta.label_lower,
            source_id=str(self.source.pk), recorded_at=at, **self.dimensions,
        )  # fmt: skip


def person_key(person: Any) -> str:
    """A keyed pseudonym of a person, the same in every fact; "" for facts that are not about one."""
    return vault.token("fact-person", str(person.pk)) if person is not None else ""


def live() -> models.QuerySet[Fact]:
    """The facts in force that the system itself recorded: neither superseded nor published history."""
    return Fact.objects.filter(superseded_at__isnull=True).exclude(source_kind="history")


def _years(fact: Fact) -> list[int]:
    dates = live().filter(kind=fact.kind, route=fact.route, unit=fact.unit, person=fact.person)
    return sorted({on.year for on in dates.values_list("on", flat=True)})


def _bump(fact: Fact, year: int, **deltas: int | Decimal) -> None:
    row, _ = Tally.objects.get_or_create(kind=fact.kind, year=year, unit=fact.unit, category=fact.route)
    changes = {name: models.F(name) + delta for name, delta in deltas.items() if delta}
    Tally.objects.filter(pk=row.pk).update(**changes)


def _tally(fact: Fact, before: list[int], after: list[int], sign: int) -> None:
    _bump(fact, fact.on.year, events=sign, total=sign * (fact.quantity or Decimal(0)))
    if not fact.person:
        return
    for year in set(before) ^ set(after):
        _bump(fact, year, persons=1 if year in after else -1)
    first_before, first_after = before[:1], after[:1]
    if first_before != first_after:
        for year in first_before:
            _bump(fact, year, first_persons=-1)
        for year in first_after:
            _bump(fact, year, first_persons=1)


def entry_of(kind: str, *, on: date, source: models.Model, **told: Any) -> Entry:
    """The entry that `add` with the same words would store; rooms recompute theirs with it."""
    names = ("person", "case", "quantity", "unit", "contribution")
    return Entry(kind, on, source, **{n: told.pop(n) for n in names if n in told}, dimensions=told)


@transaction.atomic
def add(kind: str, *, on: date, source: models.Model, **told: Any) -> Fact:
    """Record that something countable happened. One live fact per kind and source row."""
    fact = entry_of(kind, on=on, source=source, **told).row(datetime.now(UTC))
    before = _years(fact) if fact.person else []
    fact.save(force_insert=True)
    _tally(fact, before, _years(fact) if fact.person else [], 1)
    return fact


@transaction.atomic
def withdraw(source: models.Model) -> int:
    """The source row was entered in error or superseded: its facts are closed, never deleted or edited."""
    rows = live().filter(source_kind=source._meta.label_lower, source_id=str(source.pk))
    count = 0
    for fact in rows:
        before = _years(fact) if fact.person else []
        fact.superseded_at = datetime.now(UTC)
        fact.save(update_fields=["superseded_at"])
        _tally(fact, before, _years(fact) if fact.person else [], -1)
        count += 1
    return count


@transaction.atomic
def restate(changed: Callable[[Fact], dict[str, Any]], **which: Any) -> int:
    """What is known of a person or case changed: their facts are closed and stand again with the new dimensions.

    `which` selects the facts (`person=` a person key, or `case_id=`); `changed` tells the new dimensions of one.
    """
    count = 0
    for fact in list(live().filter(**which)):
        told = {name: value for name, value in changed(fact).items() if getattr(fact, name) != value}
        if not told:
            continue
        at = datetime.now(UTC)
        Fact.objects.filter(pk=fact.pk).update(superseded_at=at)
        for name, value in told.items():
            setattr(fact, name, value)
        fact.pk, fact.recorded_at, fact._state.adding = None, at, True
        fact.save(force_insert=True)
        count += 1
    return count


COMPARED = ("kind", "on", "person", "quantity", "unit", "contribution", "case_id", *DIMENSIONS)


def _print(fact: Fact) -> tuple[str, ...]:
    values = (getattr(fact, name) for name in COMPARED)
    return tuple(str(v.normalize()) if isinstance(v, Decimal) else str(v or "") for v in values)


def compare(entries: Iterable[Entry]) -> Iterator[str]:
    """The differences between the ledger and what the disciplines' rows say, each as one line in codes."""
    at = datetime.now(UTC)
    expected = {}
    for entry in entries:
        row = entry.row(at)
        expected[(row.kind, row.source_kind, row.source_id)] = _print(row)
    kept = {(f.kind, f.source_kind, f.source_id): _print(f) for f in live().iterator()}
    for key in sorted(expected.keys() - kept.keys()):
        yield f"missing fact: {' '.join(key)}"
    for key in sorted(kept.keys() - expected.keys()):
        yield f"fact without a row: {' '.join(key)}"
    for key in sorted(kept.keys() & expected.keys()):
        if kept[key] != expected[key]:
            yield f"fact differs from its row: {' '.join(key)}"


def computed_tallies() -> dict[tuple[str, int, str, str], tuple[int, Decimal, int, int]]:
    """All tallies counted afresh from the facts: (kind, year, unit, route) -> events, sum, persons, first."""
    tallies: dict[tuple[str, int, str, str], list[Any]] = {}
    seen: dict[tuple[str, str, str, str], set[int]] = {}
    columns = ("kind", "on", "unit", "route", "person", "quantity")
    for kind, on, unit, route, person, quantity in live().values_list(*columns).iterator():
        cell = tallies.setdefault((kind, on.year, unit, route), [0, Decimal(0), 0, 0])
        cell[0] += 1
        cell[1] += quantity or Decimal(0)
        if person:
            seen.setdefault((kind, unit, route, person), set()).add(on.year)
    for (kind, unit, route, _person), years in seen.items():
        for year in years:
            tallies[kind, year, unit, route][2] += 1
        tallies[kind, min(years), unit, route][3] += 1
    return {key: tuple(cell) for key, cell in tallies.items()}  # type: ignore[misc]


def tally_differences() -> Iterator[str]:
    """Where the tallies kept do not agree with the facts counted afresh."""
    counted = computed_tallies()
    kept = {
        (t.kind, t.year, t.unit, t.category): (t.events, t.total, t.persons, t.first_persons)
        for t in Tally.objects.all()
    }
    empty = (0, Decimal(0), 0, 0)
    for key in sorted(counted.keys() | kept.keys()):
        if counted.get(key, empty) != kept.get(key, empty):
            yield f"tally differs: {' '.join(map(str, key))}"


@transaction.atomic
def rebuild_tallies() -> None:
    """Count the tallies afresh (after a bulk load or a repair)."""
    Tally.objects.all().delete()
    Tally.objects.bulk_create(
        Tally(kind=k, year=y, unit=u, category=r, events=e, total=t, persons=p, first_persons=f)
        for (k, y, u, r), (e, t, p, f) in computed_tallies().items()
    )


def reconcile(entries: Iterable[Entry], journal_count: int) -> Reconciliation:
    """Write down how the ledger stands against the disciplines' rows; publishing reads the newest."""
    found = [*compare(entries), *tally_differences()]
    return Reconciliation.objects.create(
        at=datetime.now(UTC), facts=live().count(), differences=found[:500], journal_count=journal_count
    )
