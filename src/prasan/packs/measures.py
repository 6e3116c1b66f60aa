"""Indicators as the packs define them: the words, the unit, and how each is computed from dated facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from .reading import Pack
from .row import Row

type Where = Mapping[str, tuple[str | bool, ...]]


@dataclass(frozen=True)
class Measure:
    """How a number is computed: one operation of the closed set over kinds of facts."""

    op: str
    facts: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    where: Where = field(default_factory=lambda: MappingProxyType({}))
    of: str = "persons"
    times: int = 1


@dataclass(frozen=True)
class Part:
    """A row that is printed under its indicator and never added to it."""

    code: str
    unit: str
    adds_over_years: str
    en: str
    th: str
    measure: Measure

    def label(self, lang: str) -> str:
        """Give the name in the language asked for."""
        return self.th if lang.lower().startswith("th") else self.en


@dataclass(frozen=True)
class Indicator:
    """One published figure: its definition in both languages and its measure."""

    row: Row
    code: str
    version: str
    unit: str
    kind: str
    adds_over_years: str
    disaggregations: tuple[str, ...]
    requires_contribution: bool
    measure: Measure
    parts: tuple[Part, ...]

    def label(self, lang: str) -> str:
        """Give the name in the language asked for."""
        return self.row.label(lang)

    def definition(self, lang: str) -> str:
        """Give the definition in the language asked for."""
        return self.row.text("definition", lang)

    def pitfall(self, lang: str) -> str:
        """Give the warning that is printed beside the figure."""
        return self.row.text("pitfall", lang)


def _tuple(told: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(value) for value in told.get(key, ()))


def measure_of(told: Mapping[str, Any]) -> Measure:
    """Read a measure as the pack tells it."""
    where = {key: tuple(values) for key, values in told.get("where", {}).items()}
    return Measure(
        op=str(told.get("op", "")),
        facts=_tuple(told, "facts"),
        minus=_tuple(told, "minus"),
        base=_tuple(told, "base"),
        decided=_tuple(told, "decided"),
        numerator=_tuple(told, "numerator"),
        denominator=_tuple(told, "denominator"),
        where=MappingProxyType(where),
        of=str(told.get("of", "persons")),
        times=int(told.get("times", 1)),
    )


def _part(told: Mapping[str, Any]) -> Part:
    return Part(
        code=str(told.get("code", "")),
        unit=str(told.get("unit", "")),
        adds_over_years=str(told.get("adds_over_years", "")),
        en=str(told.get("en", "")),
        th=str(told.get("th", "")),
        measure=measure_of(told.get("measure", {})),
    )


def _indicator(row: Row) -> Indicator:
    return Indicator(
        row=row,
        code=row.code,
        version=str(row.get("version", "")),
        unit=str(row.get("unit", "")),
        kind=str(row.get("kind", "")),
        adds_over_years=str(row.get("adds_over_years", "")),
        disaggregations=_tuple(row.told, "disaggregations"),
        requires_contribution=bool(row.get("requires_contribution", False)),
        measure=measure_of(row.get("measure", {})),
        parts=tuple(_part(told) for told in row.get("part", ())),
    )


def indicators(pack: Pack) -> dict[str, Indicator]:
    """All indicators by their code, in the order of the catalogue."""
    return {row.code: _indicator(row) for row in pack.lists.get("indicator", ())}
