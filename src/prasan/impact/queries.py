"""What a viewer sees of figures: for a period, by year, broken down, and the cases behind one that are theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from prasan import packs
from prasan.access.check import check
from prasan.cases.models import Case
from prasan.packs import Indicator
from prasan.plain.problem import Problem

from . import rules
from .figures import Figure, Span, by_year, cohorts, compute, standing
from .figures.composing import FLOWS, FROM_TALLIES, is_currency
from .figures.counting import of_kinds, within
from .figures.periods import year_of
from .figures.published import Published, in_force

TIER_YEARS = range(2015, 2023)
SERIES = "tip_tiers_country_year.csv"


@dataclass(frozen=True)
class Row:
    """One line of a breakdown: a value of the dimension and its number in one unit."""

    value: str
    unit: str
    number: Decimal


def figures_of(viewer: Any, span: Span, today: date, codes: Sequence[str] | None = None) -> list[Figure]:
    """Indicators for a period, all or those asked for."""
    check(viewer, "impact.view")
    return compute(span, today=today, codes=codes)


def headlines(viewer: Any, span: Span, today: date) -> tuple[list[Figure], list[Figure]]:
    """The headline figures and the others that whole tallies answer: queries do not grow with facts."""
    check(viewer, "impact.view")
    fast = [code for code, one in packs.indicators().items() if _tallied(one)]
    found = {figure.code: figure for figure in compute(span, today=today, codes=fast)}
    first = [found.pop(code) for code in rules.HEADLINES if code in found]
    return first, list(found.values())


def _tallied(indicator: Indicator) -> bool:
    measures = [indicator.measure, *(part.measure for part in indicator.parts)]
    return all(m.op in FROM_TALLIES and not set(m.where) - {"route"} for m in measures)


def counted_apart(viewer: Any) -> list[Indicator]:
    """Indicators that look into a cohort or another dimension: each has its own page."""
    check(viewer, "impact.view")
    return [one for one in packs.indicators().values() if not _tallied(one)]


def headlines_by_year(viewer: Any, today: date, codes: Sequence[str] = rules.HEADLINES) -> dict[int, dict[str, Figure]]:
    """The headline figures year by year, newest first."""
    check(viewer, "impact.view")
    return by_year(codes, today=today)


def first_recorded_year(viewer: Any) -> int | None:
    """The first year of which the system itself recorded anything: before it, nought is not known."""
    check(viewer, "impact.view")
    return standing.first_recorded_year()


def contributions(viewer: Any, span: Span, codes: Sequence[str]) -> dict[str, dict[str, int]]:
    """How the team contributed: distinct persons by level, for the indicators that ask for it. Live facts only."""
    check(viewer, "impact.view")
    kinds = {packs.indicators()[code].measure.facts[0]: code for code in codes
             if packs.indicators()[code].requires_contribution}  # fmt: skip
    rows = of_kinds(tuple(kinds), {}).filter(within(span)).values("kind", "contribution")
    found: dict[str, dict[str, int]] = {}
    for row in rows.annotate(n=Count("person", distinct=True)).order_by("kind"):
        found.setdefault(kinds[row["kind"]], {})[row["contribution"]] = row["n"]
    return found


def cohort_years(viewer: Any) -> list[int]:
    """Years in which somebody was arrested for the first time, newest first."""
    check(viewer, "impact.view")
    return standing.years_of_first("suspect_arrested")


def arrest_cohort(viewer: Any, year: int, today: date) -> cohorts.Outcome:
    """One cohort of first arrests, and where it stands today."""
    check(viewer, "impact.view")
    return cohorts.arrest_cohort(year_of(year), today)


def tiers(viewer: Any, iso3: str = "THA", years: range = TIER_YEARS) -> list[tuple[int, str | None]]:
    """Tiers by report year from the data of the packs; a year without a row is not known here."""
    check(viewer, "impact.view")
    known = {int(row["report_year"]): row["tier"] for row in packs.data(SERIES) if row["iso3"] == iso3}
    return [(year, known.get(year)) for year in years]


def published_of(viewer: Any, code: str) -> list[Published]:
    """Everything that was printed for an indicator, the newest printing first."""
    check(viewer, "impact.view")
    rows = in_force().get(code, [])
    return sorted(rows, key=lambda row: (row.published_on or date.min, row.until, row.days), reverse=True)


def breakdown(viewer: Any, figure: Figure, dimension: str) -> list[Row]:
    """The live part of a figure by one dimension; unknown is a value of its own, last. A person whose value
    changed stands in each, so that lines may come to more than the total."""
    check(viewer, "impact.view")
    measure = figure.indicator.measure
    if measure.op not in FLOWS or dimension not in rules.DIMENSIONS:
        return []
    own = [entry for entry in figure.entries if entry.unit == figure.indicator.unit]
    holes = [entry.published.hole for entry in own if entry.published]
    rows = of_kinds(measure.facts, measure.where).filter(within(figure.span, holes[0] if holes else None))
    money = measure.op == "sum" and is_currency(figure.indicator.unit)
    unit = F("unit") if money else None
    if measure.op == "first_persons":
        earlier = of_kinds(measure.facts, measure.where).filter(person=OuterRef("person"), on__lt=OuterRef("on"))
        rows = rows.exclude(Exists(earlier))
    names = [dimension, "unit"] if unit is not None else [dimension]
    number = {
        "sum": Sum("quantity"), "events": Count("pk"),
    }.get(measure.op, Count("person", distinct=True, filter=Q(person__gt="")))  # fmt: skip
    lines: dict[tuple[str, str], Decimal] = {}
    for told in rows.values(*names).annotate(number=number).order_by(*names):
        value = "" if told[dimension] in rules.UNKNOWN else str(told[dimension])
        key = (value, told.get("unit", figure.indicator.unit))
        lines[key] = lines.get(key, Decimal(0)) + Decimal(told["number"] or 0) * measure.times
    ordered = sorted(lines.items(), key=lambda item: (not item[0][0], -item[1], item[0]))
    return [Row(value, unit_name, number) for (value, unit_name), number in ordered if number]


def cases_behind(viewer: Any, figure: Figure) -> QuerySet[Case]:
    """The cases behind a figure that the viewer may open, by code; nothing of any other. The caller's scope filters."""
    check(viewer, "impact.list_behind")
    measure = figure.indicator.measure
    kinds = measure.facts or tuple(
        kind for code in measure.denominator for kind in packs.indicators()[code].measure.facts
    )
    where = measure.where if measure.facts else {}
    ids = of_kinds(kinds, where).filter(within(figure.span), case_id__isnull=False).values("case_id")
    return Case.objects.filter(pk__in=ids, closed_as="").order_by("-opened_on", "-code")


def not_publishable(viewer: Any, at: datetime) -> Problem | None:
    """Why these figures may not be published now, if so."""
    check(viewer, "impact.view")
    return rules.publishable(standing.last_reconciliation(), at)
