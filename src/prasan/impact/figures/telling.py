"""Tells figures to machines: exact numbers, their definition, sources, and what stands beside them."""

from datetime import date
from decimal import Decimal
from typing import Any

from prasan import packs

from .composing import Entry, Figure
from .periods import Span
from .published import Published


def exact(value: Decimal | int | None) -> int | str | None:
    """A whole number as one, any other as its exact text, nothing as null."""
    if value is None:
        return None
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else format(number.normalize(), "f")


def _printed(row: Published) -> dict[str, Any]:
    return {
        "value": exact(row.value), "unit": row.unit, "since": row.since.isoformat(), "until": row.until.isoformat(),
        "source": row.source, "published_on": row.published_on.isoformat() if row.published_on else None,
    }  # fmt: skip


def sources(figure: Figure, entry: Entry) -> list[str]:
    """Where a number comes from: the publication, and the kinds of facts when any were counted."""
    measure = figure.indicator.measure
    found = [entry.published.source] if entry.published else []
    if not entry.published or entry.live:
        kinds = measure.facts or (*measure.numerator, *measure.denominator)
        found += [f"facts: {', '.join(dict.fromkeys((*measure.base, *kinds, *measure.minus)))}"]
    return found


def _entry(figure: Figure, entry: Entry) -> dict[str, Any]:
    indicator = figure.indicator
    told: dict[str, Any] = {
        "code": indicator.code, "value": exact(entry.value), "unit": entry.unit,
        "definition": indicator.definition("en"), "version": indicator.version, "sources": sources(figure, entry),
        "name": indicator.label("en"), "name_th": indicator.label("th"),
        "definition_th": indicator.definition("th"), "adds_over_years": indicator.adds_over_years,
        "recorded": exact(entry.live), "published": _printed(entry.published) if entry.published else None,
        "vintages": [_printed(row) for row in entry.vintages],
        "not_added": [_printed(row) for row in entry.apart],
        "overlapping": [_printed(row) for row in figure.overlapping],
        "parts": [
            {"code": p.code, "value": exact(p.value), "unit": p.unit, "name": p.en, "name_th": p.th}
            for p in figure.parts
        ],
    }  # fmt: skip
    if entry.share is not None:
        told |= {"numerator": exact(entry.share.part), "denominator": exact(entry.share.whole)}
    if entry.at_risk is not None:
        told["at_risk"] = entry.at_risk
    return told


def report(figures: list[Figure], span: Span, cut_off: date) -> dict[str, Any]:
    """All figures of a period as one document."""
    return {
        "since": span.since.isoformat() if span.since else None,
        "until": span.until.isoformat(),
        "cut_off": cut_off.isoformat(),
        "pack_version": packs.version(),
        "indicators": [_entry(figure, entry) for figure in figures for entry in figure.entries],
    }
