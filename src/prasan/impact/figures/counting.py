"""Counts live facts directly, for spans that no tally covers; a published span is left out as a hole."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Sum

from prasan.facts.ledger import live
from prasan.facts.models import Fact

from .periods import Span

type Hole = tuple[date, date] | None
type Where = Mapping[str, tuple[Any, ...]]


def of_kinds(kinds: tuple[str, ...], where: Where) -> QuerySet[Fact]:
    """Live facts of these kinds whose dimensions have one of the wanted values."""
    return live().filter(kind__in=kinds, **{f"{name}__in": tuple(values) for name, values in where.items()})


def within(span: Span, hole: Hole = None, column: str = "on") -> Q:
    """The days of a span outside of the hole."""
    days = Q(**{f"{column}__lte": span.until})
    if span.since is not None:
        days &= Q(**{f"{column}__gte": span.since})
    if hole is not None:
        days &= ~Q(**{f"{column}__gte": hole[0], f"{column}__lte": hole[1]})
    return days


class Direct:
    """The plain way: each answer is one query on the facts of the asked kinds."""

    def events(self, kinds: tuple[str, ...], where: Where, span: Span, hole: Hole = None) -> int:
        """How many facts."""
        return of_kinds(kinds, where).filter(within(span, hole)).count()

    def persons(self, kinds: tuple[str, ...], where: Where, span: Span, hole: Hole = None) -> int:
        """How many distinct persons over the whole span; facts without a person never enter."""
        rows = of_kinds(kinds, where).filter(within(span, hole), person__gt="")
        return rows.aggregate(n=Count("person", distinct=True))["n"] or 0

    def first_persons(self, kinds: tuple[str, ...], where: Where, span: Span, hole: Hole = None) -> int:
        """How many persons whose first such fact ever lies in the span."""
        rows = of_kinds(kinds, where).filter(person__gt="").values("person").annotate(first=Min("on"))
        return rows.filter(within(span, hole, "first")).count()

    def sums(self, kinds: tuple[str, ...], where: Where, span: Span, hole: Hole = None) -> dict[str, Decimal]:
        """Sums of quantities, each unit by itself; a unit that comes to nothing is absent."""
        rows = of_kinds(kinds, where).filter(within(span, hole)).values("unit").annotate(total=Sum("quantity"))
        return {row["unit"]: row["total"] for row in rows.order_by("unit") if row["total"]}

    def stock(self, kinds: tuple[str, ...], minus: tuple[str, ...], where: Where, span: Span) -> int:
        """What was opened up to the end and not closed by it."""
        upto = Span(None, span.until)
        return self.events(kinds, where, upto) - self.events(minus, where, upto)


def inside_events(kinds: tuple[str, ...], where: Where, hole: tuple[date, date]) -> int:
    """Facts within a published span."""
    return of_kinds(kinds, where).filter(on__range=hole).count()


def inside_sums(kinds: tuple[str, ...], where: Where, hole: tuple[date, date]) -> dict[str, Decimal]:
    """Sums within a published span."""
    rows = of_kinds(kinds, where).filter(on__range=hole).values("unit").annotate(total=Sum("quantity"))
    return {row["unit"]: row["total"] or Decimal(0) for row in rows.order_by("unit")}


def only_inside(kinds: tuple[str, ...], where: Where, span: Span, hole: tuple[date, date]) -> int:
    """Persons of the span whose facts all lie in the published span: they leave the count of what was added."""
    outside = of_kinds(kinds, where).filter(within(span, hole), person=OuterRef("person"))
    rows = of_kinds(kinds, where).filter(on__range=hole, person__gt="").exclude(Exists(outside))
    return rows.aggregate(n=Count("person", distinct=True))["n"] or 0


def first_inside(kinds: tuple[str, ...], where: Where, hole: tuple[date, date]) -> int:
    """Persons whose first fact ever lies in the published span."""
    before = of_kinds(kinds, where).filter(on__lt=hole[0], person=OuterRef("person"))
    rows = of_kinds(kinds, where).filter(on__range=hole, person__gt="").exclude(Exists(before))
    return rows.aggregate(n=Count("person", distinct=True))["n"] or 0
