"""Says what is wrong in a pack, file and line first, so that a lawyer or a coordinator can mend it alone."""

import re
from collections.abc import Container, Iterator
from datetime import date

from . import clocks_checking, closed, forms_checking, report_checking
from .measures import Measure, indicators
from .reading import Pack
from .row import Row

CODE = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
OWN_SPELLING = {
    "province": re.compile(r"TH-\d\d"),
    "indicator": re.compile(r"[A-Z]\d{1,2}"),
    "tip_tier": re.compile(r"1|2|2WL|3|special"),
    "holiday": re.compile(r"\d{4}-\d\d-\d\d"),
}
THAI = re.compile(r"[\u0e01-\u0e4e]")
WRITTEN_ALIKE = frozenset({"profile"})
CURRENCY = re.compile(r"[A-Z]{3}")


def _place(row: Row) -> str:
    return f"{row.file}:{row.line}: "


def _labels(row: Row) -> Iterator[str]:
    spelling = OWN_SPELLING.get(row.list_name, CODE)
    if not spelling.fullmatch(row.code):
        yield f"the code {row.code} of {row.list_name} is not spelt as codes of this list are"
    if not row.en.strip():
        yield f"{row.code} has no English label"
    if not row.th.strip():
        yield f"{row.code} has no Thai label"
    elif row.list_name not in WRITTEN_ALIKE and not THAI.search(row.th):
        yield f"the Thai label of {row.code} holds no Thai letter"
    for key in row.told:
        other = key[:-3] + "_th"
        if key.endswith("_en") and key != "name_en" and not row.get(other):
            yield f"{row.code} has {key} but no {other}"


def _law(row: Row) -> Iterator[str]:
    first, last = row.valid_from, row.valid_to
    if first and last and last < first:
        yield f"{row.code} ends on {last.isoformat()}, before it begins on {first.isoformat()}"
    confidence = row.get("confidence")
    if confidence is not None and confidence not in closed.CONFIDENCE:
        yield f"the confidence of {row.code} is {confidence}, and may be sourced or unconfirmed"
    if row.list_name not in closed.LAW_LISTS:
        return
    if not row.source.strip():
        yield f"{row.code} states law and names no source"
    for key in ("valid_from", "valid_to", "confidence", "confirmed_by"):
        if key not in row.told:
            yield f"{row.code} states law and has no {key}"
    if row.get("unconfirmed_parts") and confidence == "sourced":
        yield f"{row.code} lists unconfirmed parts and still says sourced"


def _overlaps(one: Row, two: Row) -> bool:
    starts = max(one.valid_from or date.min, two.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, two.valid_to or date.max)


def _doubles(rows: tuple[Row, ...]) -> Iterator[str]:
    seen: dict[str, list[Row]] = {}
    for row in rows:
        if row.get("enabled") is False:
            continue  # a version that is switched off holds on no day
        for other in seen.setdefault(row.code, []):
            if _overlaps(row, other):
                yield f"{_place(row)}the code {row.code} stands already in {other.file}:{other.line}"
        seen[row.code].append(row)


def _references(pack: Pack, row: Row) -> Iterator[str]:
    known = pack.by_code
    for step in row.get("next", ()):
        if step not in known[row.list_name] and step not in closed.NEXT_WORDS:
            yield f"{row.code} leads to {step}, which is not in {row.list_name}"
    for key, other in closed.CHOICES_FROM.get(row.list_name, {}).items():
        told = row.get(key, ())
        for value in (told,) if isinstance(told, str) else told:
            if value and value not in known.get(other, {}):
                yield f"{key} of {row.code} is {value}, which is not in {other}"


def _mappings(pack: Pack, row: Row) -> Iterator[str]:
    profiles = pack.by_code.get("profile", {})
    for name, told in row.get("to", {}).items():
        if name not in profiles:
            yield f"{row.code} is mapped to {name}, which is no export profile"
        relation = told.get("relation", "exact") if isinstance(told, dict) else "exact"
        if relation not in closed.RELATIONS:
            yield f"the relation of {row.code} to {name} is {relation}, which is not known"
    for profile in profiles.values():
        if row.list_name in profile.get("lists", ()) and not profile.get("unfilled"):
            told = (
                "standard_code" in row.told if profile.code == "htcds" else profile.code in row.get("to", {})
            )
            if not told:
                yield f"{row.code} of {row.list_name} has no row for {profile.code}"


def _unit(row: Row, name: str, unit: str) -> Iterator[str]:
    if unit not in closed.FIGURE_UNITS and not CURRENCY.fullmatch(unit):
        yield f"{_place(row)}the unit of {name} is {unit}, which is not known"


def _measure(pack: Pack, row: Row, name: str, measure: Measure) -> Iterator[str]:
    if measure.op not in closed.MEASURES:
        yield f"{_place(row)}the measure of {name} is {measure.op}, which is not known"
    for kind in (*measure.facts, *measure.minus, *measure.base, *measure.decided):
        if kind not in closed.FACT_KINDS:
            yield f"{_place(row)}{name} counts {kind}, which is no kind of fact"
    for code in (*measure.numerator, *measure.denominator):
        if code not in pack.by_code["indicator"]:
            yield f"{_place(row)}{name} is made of {code}, which is no indicator"
    for dimension, values in measure.where.items():
        if dimension not in closed.FACT_DIMENSIONS:
            yield f"{_place(row)}{name} selects by {dimension}, which facts do not carry"
        for value in values if dimension == "route" else ():
            if value not in pack.by_code.get("money_route", {}):
                yield f"{_place(row)}{name} selects the route {value}, which is not in money_route"


def _figures(pack: Pack) -> Iterator[str]:
    for one in indicators(pack).values():
        yield from _unit(one.row, one.code, one.unit)
        yield from _measure(pack, one.row, one.code, one.measure)
        if one.adds_over_years not in closed.ADDS:
            yield f"{_place(one.row)}adds_over_years of {one.code} is not known: {one.adds_over_years}"
        for dimension in one.disaggregations:
            if dimension not in closed.FACT_DIMENSIONS and dimension != "year":
                yield f"{_place(one.row)}{one.code} is split by {dimension}, which facts do not carry"
        for part in one.parts:
            yield from _unit(one.row, part.code, part.unit)
            yield from _measure(pack, one.row, part.code, part.measure)
            if not (part.en and part.th and part.adds_over_years in closed.ADDS):
                yield f"{_place(one.row)}the part {part.code} lacks a label or a known adds_over_years"


def _penalties(pack: Pack, row: Row) -> Iterator[str]:
    whens = pack.by_code.get("offence_branch", {})
    for branch in row.get("branch", ()):
        if branch.get("when") not in whens:
            yield f"a branch of {row.code} holds when {branch.get('when')}, which is not in offence_branch"
    for scale in (row.told, *row.get("branch", ())):
        for low, high in (("months_min", "months_max"), ("fine_min", "fine_max")):
            if scale.get(low) is not None and scale.get(high) is not None and scale[low] > scale[high]:
                yield f"{low} of {row.code} is above its {high}"
        if scale.get("join", "and") not in closed.PENALTY_JOINS:
            yield f"join of {row.code} is {scale['join']}, and may be and or or_both"


def _calendars(row: Row) -> Iterator[str]:
    if type(row.get("on")) is not date or row["on"].isoformat() != row.code:
        yield f"the holiday {row.code} has another day than its code"
    for calendar in set(row.get("calendars", ())) - closed.CALENDARS:
        yield f"the holiday {row.code} names the calendar {calendar}, which is not known"


def problems(pack: Pack, only: Container[str] | None = None) -> Iterator[str]:
    """Every problem of a pack, or of some of its lists, as file, line and one plain sentence."""
    for name, rows in pack.lists.items():
        if only is not None and name not in only:
            continue
        yield from _doubles(rows)
        for row in rows:
            found = [*_labels(row), *_law(row), *_references(pack, row), *_mappings(pack, row)]
            found += _penalties(pack, row) if name == "offence" else ()
            found += _calendars(row) if name == "holiday" else ()
            found += clocks_checking.clock_problems(pack, row) if name == "clock" else ()
            found += clocks_checking.reflection_problems(pack, row) if name == "reflection" else ()
            found += report_checking.problems(row) if name == "nrm_row" else ()
            found += forms_checking.question_problems(pack, row) if name == "screening_question" else ()
            found += forms_checking.form_problems(pack, row) if name == "screening_form" else ()
            yield from (_place(row) + sentence for sentence in found)
    if only is None:
        yield from _figures(pack)
