"""Shares and times of one cohort with what is pending: never stages of two cohorts, no mean of the finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.db.models import Min, QuerySet, Sum

from prasan.packs import Measure

from .counting import of_kinds, within
from .periods import Span

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Share:
    """`part` of `whole`; the percentage is written only when there is somebody to divide by."""

    part: Decimal
    whole: Decimal

    @property
    def percent(self) -> Decimal | None:
        """Per cent to one decimal."""
        if not self.whole:
            return None
        return (self.part * 100 / self.whole).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Outcome:
    """A cohort of persons first arrested in one span, and where they stand today."""

    arrested: int
    indicted: int
    convicted: int
    acquitted: int

    @property
    def decided(self) -> int:
        return self.convicted + self.acquitted

    @property
    def pending(self) -> int:
        return self.arrested - self.decided


def cohort(kinds: tuple[str, ...], where: Any, span: Span) -> QuerySet[Any]:
    """Persons whose first fact of these kinds lies in the span, each with its day."""
    rows = of_kinds(kinds, where).filter(person__gt="").values("person").annotate(first=Min("on"))
    return rows.filter(within(span, None, "first"))


def _later(kinds: tuple[str, ...], where: Any, firsts: dict[str, date], members: Any, cut_off: date) -> set[str]:
    """Members of the cohort with such a fact on or after their first day."""
    rows = of_kinds(kinds, where).filter(person__in=members.values("person"), on__lte=cut_off)
    return {person for person, on in rows.values_list("person", "on") if on >= firsts[person]}


def share(measure: Measure, span: Span, cut_off: date) -> Share:
    """Of the cohort (or of those of it who have a decision) how many have the fact later."""
    members = cohort(measure.base, {}, span)
    firsts = dict(members.values_list("person", "first"))
    whole = set(firsts)
    if measure.decided:
        whole = _later(measure.decided, {}, firsts, members, cut_off)
    part = _later(measure.facts, measure.where, firsts, members, cut_off) & whole
    return Share(Decimal(len(part)), Decimal(len(whole)))


def amounts(measure: Measure, span: Span, cut_off: date) -> dict[str, Share]:
    """What was paid of what was ordered in the span, person by person and case by case, each currency by itself."""
    keys = ("person", "case_id", "unit")
    ordered = {
        tuple(row[k] for k in keys): row["total"]
        for row in of_kinds(measure.base, measure.where).filter(within(span)).values(*keys)
        .annotate(total=Sum("quantity"))
    }  # fmt: skip
    if not ordered:
        return {}
    first = span.since or date.min
    paid_rows = of_kinds(measure.facts, measure.where).filter(on__gte=first, on__lte=cut_off)
    paid = {
        tuple(row[k] for k in keys): row["total"] for row in paid_rows.values(*keys).annotate(total=Sum("quantity"))
    }
    shares: dict[str, Share] = {}
    for key, amount in ordered.items():
        old = shares.get(key[2], Share(Decimal(0), Decimal(0)))
        shares[key[2]] = Share(old.part + (paid.get(key) or 0), old.whole + (amount or 0))
    return shares


def durations(measure: Measure, span: Span, cut_off: date) -> list[tuple[int, bool]]:
    """Days from the base to the fact for each of the cohort; (days so far, False) while it is pending."""
    members = cohort(measure.base, {}, span)
    firsts = dict(members.values_list("person", "first"))
    ends: dict[str, date] = {}
    rows = of_kinds(measure.facts, measure.where).filter(person__in=members.values("person"), on__lte=cut_off)
    for person, on in rows.order_by("on").values_list("person", "on"):
        if on >= firsts[person]:
            ends.setdefault(person, on)
    return [((ends.get(p, cut_off) - first).days, p in ends) for p, first in firsts.items() if first <= cut_off]


def kaplan_meier_median(times: Sequence[tuple[int, bool]]) -> int | None:
    """The day by which half have ended, pending ones censored; None when it is not reached."""
    at_risk, surviving = len(times), Decimal(1)
    for day in sorted({days for days, _ended in times}):
        ended = sum(1 for days, done in times if days == day and done)
        if ended:
            surviving *= 1 - Decimal(ended) / at_risk
            if surviving <= Decimal("0.5"):
                return day
        at_risk -= sum(1 for days, _done in times if days == day)
    return None


def median_quantity(measure: Measure, span: Span) -> Decimal | None:
    """The median of the quantities of the facts in the span."""
    rows = of_kinds(measure.facts, measure.where).filter(within(span), quantity__isnull=False)
    values = [quantity for quantity in rows.values_list("quantity", flat=True) if quantity is not None]
    return Decimal(median(values)) * measure.times if values else None


def arrest_cohort(span: Span, cut_off: date) -> Outcome:
    """Persons first arrested in the span: indicted, convicted, acquitted so far; the rest is pending, not lost."""
    members = cohort(("suspect_arrested",), {}, span)
    firsts = dict(members.values_list("person", "first"))
    found: dict[str, set[str]] = {}
    kinds = ("person_indicted", "offender_convicted", "defendant_acquitted")
    for kind, person, on in (
        of_kinds(kinds, {}).filter(person__in=members.values("person"), on__lte=cut_off)
        .values_list("kind", "person", "on")
    ):  # fmt: skip
        if on >= firsts[person]:
            found.setdefault(kind, set()).add(person)
    convicted = found.get("offender_convicted", set())
    acquitted = found.get("defendant_acquitted", set()) - convicted
    indicted = found.get("person_indicted", set()) | convicted | acquitted
    return Outcome(len(firsts), len(indicted), len(convicted), len(acquitted))
