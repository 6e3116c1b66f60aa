"""Answers for whole years and since the beginning from the tallies: the number of queries never grows with facts."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from prasan.facts.models import Tally

from . import counting
from .counting import Direct, Hole, Where
from .periods import Span


class Tallied(Direct):
    """Reads all tallies once (a row a kind, year, unit and route) and answers from them.

    A published span is a hole; only the facts inside the hole are looked at, and only when there are any.
    What a tally cannot tell (a dimension other than the route, several kinds at once) is counted directly.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.rows: dict[str, list[Tally]] = defaultdict(list)
        for row in Tally.objects.all():
            self.rows[row.kind].append(row)

    def knows(self, kinds: tuple[str, ...], where: Where, span: Span, *, persons: bool = False) -> bool:
        """Whether the tallies hold the answer exactly."""
        if set(where) - {"route"} or (span.year is None and not self._from_the_beginning(span)):
            return False
        if not persons:
            return True
        routes = {(row.unit, row.category) for kind in kinds for row in self.rows[kind] if row.persons}
        return len(kinds) == 1 and len(routes) <= 1

    def _from_the_beginning(self, span: Span) -> bool:
        last = max((row.year for rows in self.rows.values() for row in rows if row.events), default=0)
        whole = span.until >= self.today or (span.until.month, span.until.day) == (12, 31)
        return span.since is None and (last < span.until.year or (last == span.until.year and whole))

    def _cells(self, kinds: tuple[str, ...], where: Where, span: Span) -> list[Tally]:
        routes = where.get("route")
        found = [row for kind in kinds for row in self.rows[kind] if routes is None or row.category in routes]
        return [row for row in found if span.year in (None, row.year)]

    def _touched(self, kinds: tuple[str, ...], hole: Hole) -> bool:
        """Whether any fact can lie in the published span."""
        if hole is None:
            return False
        years = range(hole[0].year, hole[1].year + 1)
        return any(row.events and row.year in years for kind in kinds for row in self.rows[kind])

    def events(self, kinds: tuple[str, ...], where: Where, span: Span, hole: Hole = None) -> int:
        if not self.knows(kinds, where, span):
            return super().events(kinds, where, span, hole)
        total = sum(row.events for row in self._cells(kinds, where, span))
        if hole is not None and self._touched(kinds, hole):
            total -= counting.inside_events(kinds, where, hole)
        return total

    def persons(self, kinds: tuple[str, ...], where: Where, span: Span, hole: Hole = None) -> int:
        if not self.knows(kinds, where, span, persons=True):
            return super().persons(kinds, where, span, hole)
        cells = self._cells(kinds, where, span)
        total = sum(row.first_persons if span.year is None else row.persons for row in cells)
        if hole is not None and self._touched(kinds, hole):
            total -= counting.only_inside(kinds, where, span, hole)
        return total

    def first_persons(self, kinds: tuple[str, ...], where: Where, span: Span, hole: Hole = None) -> int:
        if not self.knows(kinds, where, span, persons=True):
            return super().first_persons(kinds, where, span, hole)
        total = sum(row.first_persons for row in self._cells(kinds, where, span))
        if hole is not None and self._touched(kinds, hole):
            total -= counting.first_inside(kinds, where, hole)
        return total

    def sums(self, kinds: tuple[str, ...], where: Where, span: Span, hole: Hole = None) -> dict[str, Decimal]:
        if not self.knows(kinds, where, span):
            return super().sums(kinds, where, span, hole)
        events: dict[str, int] = defaultdict(int)
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for row in self._cells(kinds, where, span):
            events[row.unit] += row.events
            totals[row.unit] += row.total
        if hole is not None and self._touched(kinds, hole):
            for unit, amount in counting.inside_sums(kinds, where, hole).items():
                totals[unit] -= amount
        return {unit: totals[unit] for unit in sorted(totals) if events[unit] and totals[unit]}

    def stock(self, kinds: tuple[str, ...], minus: tuple[str, ...], where: Where, span: Span) -> int:
        """Openings less closings over all years up to the end of the asked one."""
        if not self.knows(kinds, where, span):
            return super().stock(kinds, minus, where, span)

        def upto(chosen: tuple[str, ...]) -> int:
            cells = self._cells(chosen, where, Span(None, span.until))
            return sum(row.events for row in cells if span.year is None or row.year <= span.year)

        return upto(kinds) - upto(minus)
