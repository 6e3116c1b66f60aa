"""Published history: figures from before the system, each a span with its source; nested spans are never added."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prasan.facts.models import Fact

from .periods import Span

KIND, SOURCE_KIND = "published", "history"
PARTS = ("sex", "age_group", "citizenship", "form", "mode", "province", "category")


@dataclass(frozen=True)
class Published:
    """One figure as it was printed: its indicator, span, unit, source, and of which part when not of all."""

    code: str
    since: date
    until: date
    value: Decimal
    unit: str
    source: str
    published_on: date | None
    part: tuple[tuple[str, str], ...] = ()

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def hole(self) -> tuple[date, date]:
        """The days that it covers: live facts within them are already in the printed figure."""
        return (self.since, self.until)


@dataclass(frozen=True)
class Choice:
    """For one asked span: what counts in each unit, what stands beside it, what only overlaps."""

    counts: dict[str, Published]
    vintages: dict[str, list[Published]]
    overlapping: list[Published]


def in_force() -> dict[str, list[Published]]:
    """All published figures by indicator, without those superseded; one query."""
    found: dict[str, list[Published]] = defaultdict(list)
    rows = Fact.objects.filter(kind=KIND, source_kind=SOURCE_KIND, superseded_at__isnull=True)
    for row in rows.order_by("indicator", "on", "until", "pk"):
        part = tuple((name, getattr(row, name)) for name in PARTS if getattr(row, name))
        figure = Published(
            row.indicator, row.on, row.until, row.quantity or Decimal(0), row.unit, row.source, row.published_on, part
        )
        found[row.indicator].append(figure)
    return dict(found)


def _width(row: Published) -> tuple[int, date]:
    return (row.days, row.published_on or date.min)


def choose(rows: Iterable[Published], span: Span) -> Choice:
    """Own published spans nest and restate each other: the widest inside counts, of equal ones the newest
    publication; all others stand beside it, and what only overlaps is apart. Nothing is added to another."""
    totals = [row for row in rows if not row.part]
    counts: dict[str, Published] = {}
    inside: dict[str, list[Published]] = defaultdict(list)
    for row in totals:
        if span.holds(row.since, row.until):
            inside[row.unit].append(row)
    for unit, found in inside.items():
        counts[unit] = max(found, key=_width)
    vintages = {
        unit: sorted((row for row in found if row is not counts[unit]), key=_width, reverse=True)
        for unit, found in inside.items()
    }
    overlapping = [
        row for row in totals if span.meets(row.since, row.until) and not span.holds(row.since, row.until)
    ]
    return Choice(counts, vintages, overlapping)
