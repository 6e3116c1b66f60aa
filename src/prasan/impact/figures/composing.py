"""Joins published history and live facts into figures; what may not be added is refused or stands apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from prasan import packs
from prasan.packs import Indicator, Measure
from prasan.plain.problem import Problem, Refused, refuse_if

from .. import rules
from . import cohorts, published
from .cohorts import Share
from .counting import Direct, Hole
from .periods import Span, year_of
from .published import Published
from .tallies import Tallied

FLOWS = frozenset({"persons", "events", "first_persons", "sum"})
FROM_TALLIES = FLOWS | {"stock", "ratio"}


@dataclass(frozen=True)
class Entry:
    """One number of an indicator in one unit, and what it is made of."""

    unit: str
    value: Decimal | None
    live: Decimal | None = None
    published: Published | None = None
    vintages: list[Published] = field(default_factory=list)
    apart: list[Published] = field(default_factory=list)
    share: Share | None = None
    at_risk: int | None = None


@dataclass(frozen=True)
class PartOf:
    """A row printed under its indicator and never added to it."""

    code: str
    unit: str
    value: Decimal | None
    en: str
    th: str


@dataclass(frozen=True)
class Figure:
    """One indicator for one span: an entry a unit, its parts, and published spans that only overlap."""

    indicator: Indicator
    span: Span
    entries: list[Entry]
    parts: list[PartOf]
    overlapping: list[Published]

    @property
    def code(self) -> str:
        return self.indicator.code


def is_currency(unit: str) -> bool:
    """ISO currency codes are three capitals; all other units are words."""
    return len(unit) == 3 and unit.isupper()


def _live(measure: Measure, unit: str, span: Span, hole: Hole, reader: Direct) -> dict[str, Decimal]:
    """What the system itself recorded, each unit by itself; nothing at all is an empty answer."""
    kinds, where = measure.facts, measure.where
    if measure.op == "sum":
        told = reader.sums(kinds, where, span, hole)
        if is_currency(unit):
            return told
        total = sum(told.values(), Decimal(0)) * measure.times
        return {unit: total} if total else {}
    count = getattr(reader, measure.op)(kinds, where, span, hole)
    return {unit: Decimal(count)} if count else {}


def _flow(indicator: Indicator, span: Span, chosen: published.Choice, reader: Direct) -> list[Entry]:
    """Published plus live outside of its span; where years may not be added, the published stands apart."""
    measure, base = indicator.measure, indicator.unit
    own = _live(measure, base, span, None, reader)
    entries = []
    for unit in sorted({*own, *chosen.counts} or {base}, key=lambda u: (u != base, u)):
        printed, vintages = chosen.counts.get(unit), chosen.vintages.get(unit, [])
        live = own.get(unit, Decimal(0))
        if printed is None:
            entries.append(Entry(unit, live, live))
            continue
        outside = _live(measure, base, span, printed.hole, reader).get(unit, Decimal(0)) if live else live
        if outside and indicator.adds_over_years not in rules.ADDS:
            entries.append(Entry(unit, live, live, None, vintages, [printed]))
        else:
            entries.append(Entry(unit, printed.value + outside, outside, printed, vintages))
    return entries


def _ratio(measure: Measure, span: Span, reader: Direct) -> Share:
    """Indicators over indicators, live facts only: a published numerator without its denominator misleads."""
    catalogue = packs.indicators()

    def total(codes: Iterable[str]) -> Decimal:
        found = (_live(catalogue[c].measure, catalogue[c].unit, span, None, reader) for c in codes)
        return sum((amount for told in found for amount in told.values()), Decimal(0))

    return Share(total(measure.numerator), total(measure.denominator))


def _other(indicator: Indicator, span: Span, cut_off: date, reader: Direct) -> tuple[list[Entry], list[PartOf]]:
    """Stocks, shares, times and medians: from live facts only."""
    measure, unit = indicator.measure, indicator.unit
    if measure.op == "stock":
        count = Decimal(reader.stock(measure.facts, measure.minus, measure.where, span))
        return [Entry(unit, count, count)], []
    if measure.op == "ratio":
        share = _ratio(measure, span, reader)
        return [Entry(unit, share.percent, share=share)], []
    if measure.op == "cohort" and measure.of == "amount":
        shares = cohorts.amounts(measure, span, cut_off)
        only = next(iter(shares.values())) if len(shares) == 1 else None
        parts = [PartOf(f"{indicator.code}_{c}", unit, s.percent, c, c) for c, s in sorted(shares.items())]
        return [Entry(unit, only.percent if only else None, share=only)], parts if len(shares) > 1 else []
    if measure.op == "cohort":
        share = cohorts.share(measure, span, cut_off)
        return [Entry(unit, share.percent, share=share)], _outcome_parts(indicator, span, cut_off)
    if measure.op == "median_days":
        times = cohorts.durations(measure, span, cut_off)
        middle = cohorts.kaplan_meier_median(times)
        return [Entry(unit, None if middle is None else Decimal(middle), at_risk=len(times))], []
    if measure.op == "median":
        return [Entry(unit, cohorts.median_quantity(measure, span))], []
    return [Entry(unit, None)], []


OUTCOMES = (
    ("convicted", "Convicted", "ศาลพิพากษาลงโทษ"),
    ("acquitted", "Acquitted, dismissed or withdrawn", "ยกฟ้อง จำหน่ายคดี หรือถอนฟ้อง"),
    ("pending", "Pending", "ยังไม่มีคำพิพากษา"),
)


def _outcome_parts(indicator: Indicator, span: Span, cut_off: date) -> list[PartOf]:
    """Of an arrest cohort: convicted, acquitted, pending, as persons."""
    if indicator.measure.base != ("suspect_arrested",):
        return []
    found = cohorts.arrest_cohort(span, cut_off)
    return [
        PartOf(f"{indicator.code}_{name}", "person", Decimal(getattr(found, name)), en, th)
        for name, en, th in OUTCOMES
    ]


def _parts(indicator: Indicator, span: Span, reader: Direct) -> list[PartOf]:
    """The rows under an indicator; persons are not known where identity is not kept."""
    rows: list[PartOf] = []
    for part in indicator.parts:
        measure = part.measure
        if measure.op not in FLOWS:
            value = cohorts.median_quantity(measure, span) if measure.op == "median" else None
            rows.append(PartOf(part.code, part.unit, value, part.en, part.th))
            continue
        found = _live(measure, part.unit, span, None, reader) or {part.unit: Decimal(0)}
        for unit, value in sorted(found.items()):
            known: Decimal | None = value
            if measure.op == "persons" and not value and reader.events(measure.facts, measure.where, span):
                known = None
            rows.append(PartOf(part.code, unit, known, part.en, part.th))
    return rows


def figure(indicator: Indicator, span: Span, *, cut_off: date, reader: Direct, history: list[Published]) -> Figure:
    """One indicator for one span."""
    chosen = published.choose(history, span)
    if indicator.measure.op in FLOWS:
        return Figure(
            indicator, span, _flow(indicator, span, chosen, reader), _parts(indicator, span, reader), chosen.overlapping
        )
    entries, parts = _other(indicator, span, cut_off, reader)
    beside = [*chosen.counts.values(), *(row for rows in chosen.vintages.values() for row in rows)]
    entries = [Entry(e.unit, e.value, e.live, None, [], beside, e.share, e.at_risk) for e in entries]
    return Figure(indicator, span, entries, [*parts, *_parts(indicator, span, reader)], chosen.overlapping)


def wanted(codes: Iterable[str] | None) -> list[Indicator]:
    """The indicators of these codes in the order asked, or all; a code that is not in the pack is refused."""
    catalogue = packs.indicators()
    if codes is None:
        return list(catalogue.values())
    asked = list(codes)
    refuse_if(Problem(rules.NO_INDICATOR, params={"code": c}) for c in asked if c not in catalogue)
    return [catalogue[code] for code in asked]


def compute(span: Span, *, today: date, codes: Iterable[str] | None = None, reader: Direct | None = None,
            history: Mapping[str, list[Published]] | None = None) -> list[Figure]:  # fmt: skip
    """Figures for any span. Whole years and the beginning come from the tallies, all else is counted."""
    reader = reader or Tallied(today)
    told = published.in_force() if history is None else history
    return [
        figure(one, span, cut_off=today, reader=reader, history=told.get(one.code, [])) for one in wanted(codes)
    ]


def by_year(codes: Iterable[str], *, today: date, first: int | None = None) -> dict[int, dict[str, Figure]]:
    """The indicators year by year, the newest year first; a bounded number of queries. Nothing is summed."""
    reader, history, asked = Tallied(today), published.in_force(), list(codes)
    years = [row.year for rows in reader.rows.values() for row in rows if row.events]
    years += [row.since.year for rows in history.values() for row in rows]
    start = first or min(years, default=today.year)
    return {
        year: {
            f.code: f
            for f in compute(year_of(year), today=today, codes=asked, reader=reader, history=history)
        }
        for year in range(max(today.year, max(years, default=0)), start - 1, -1)
    }


def sum_over_years(code: str, entries: Iterable[Entry]) -> Decimal:
    """Add yearly numbers of one indicator, where the catalogue allows it and all are in one unit."""
    (indicator,), rows = wanted([code]), list(entries)
    refuse_if([
        *rules.summing_problems(code, indicator.adds_over_years),
        *rules.mixing_problems([row.unit for row in rows]),
    ])  # fmt: skip
    if any(row.value is None for row in rows):
        raise Refused(Problem(rules.NEVER_SUMMED, params={"code": code}))
    return sum((row.value for row in rows if row.value is not None), Decimal(0))
