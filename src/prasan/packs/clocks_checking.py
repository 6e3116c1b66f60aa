"""Says what is wrong in a clock of the pack, so that a coordinator who changed a deadline finds the slip alone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from . import closed
from .clocks import BOUNDS, LENGTH, MONTH_DAY
from .reading import Pack
from .row import Row

FLAGS = frozenset({"act_by", "at_most", "detention", "enabled", "liberty", "opens", "strict"})
WORDS = frozenset({"missed_en", "missed_th", "until_en", "until_th", "note_en", "note_th"})
OF_ANY_ROW = frozenset(
    {"code", "en", "th", "name_en", "name_th", "source", "valid_from", "valid_to", "confidence", "confirmed_by"}
)
KEYS = (
    FLAGS
    | WORDS
    | OF_ANY_ROW
    | {"basis", "start_event", "kind", "length", "unit", "calendar", "roll", "actors", "extend", "branch"}
    | {"satisfied_by", "stopped_by", "until", "blocks", "decided_by", "presume", "branches_of", "grace"}
    | {"against_limitation", "at_the_latest", "majority", "phase_days", "month_day", "unconfirmed_parts"}
)
EXTEND_KEYS = frozenset({"by", "length", "unit", "times", "max"})
BRANCH_KEYS = frozenset({"when_en", "when_th", "length", "unit", "events", "confidence", *BOUNDS})
CLOSED = {
    "kind": closed.CLOCK_KINDS,
    "unit": closed.CLOCK_UNITS,
    "roll": closed.CLOCK_ROLLS,
    "calendar": closed.CALENDARS,
    "decided_by": closed.CLOCK_DECIDED_BY,
    "against_limitation": closed.CLOCK_AGAINST,
}
NUMBERS = ("length", "grace", "majority", "phase_days")
BACKWARDS = frozenset({"days", "working days", "weeks"})
LEAP_DAY = "02-29"
A_LITTLE = Decimal("0.01")


def clock_problems(pack: Pack, row: Row) -> Iterator[str]:
    """Everything that is wrong in one clock, in plain sentences that name the clock and the key."""
    for sentence in _all_of(pack, row):
        yield f"{sentence} (clock {row.code})"


def _all_of(pack: Pack, row: Row) -> Iterator[str]:
    shape = [*_spelling(row), *_events(row), *_extend(pack, row)]
    yield from shape
    if not shape:
        yield from _by_kind(row)
        yield from _moving(row)
        yield from _branches(pack, row)
        for whole in pack.lists.get("reflection", ()):
            if row.code in whole.get("phases", ()) and _count(whole.get("total_days")):
                yield from _too_long(pack, whole)


def _spelling(row: Row) -> Iterator[str]:
    """Unknown keys and words, numbers that are none, texts that are missing."""
    for key in sorted(set(row.told) - KEYS):
        yield f"{key} is not known: is it misspelt?"
    for key, allowed in CLOSED.items():
        if key in row.told and row[key] not in allowed:
            yield f"{key} is {row[key] or 'empty'}, and may be {_either(allowed)}"
    for key in NUMBERS:
        if key in row.told and not _count(row[key]):
            yield f"{key} is {row[key]}, and must be a whole number above 0"
    for key in FLAGS & set(row.told):
        if not isinstance(row[key], bool):
            yield f"{key} is {row[key]}, and may be true or false"
    for key in ("basis", "kind", "start_event", "missed_en", "missed_th", "actors"):
        if not row.get(key):
            yield f"{key} is missing"
    for key in set(row.get("unconfirmed_parts", ())) - KEYS:
        yield f"unconfirmed_parts names {key}, which is no key of a clock"


def _events(row: Row) -> Iterator[str]:
    for key in ("start_event", "satisfied_by", "stopped_by", "until"):
        for event in _listed(row.get(key)):
            if event not in closed.CLOCK_EVENTS:
                yield f"{key} is {event}, which is not in the list of events"
    for what in set(_listed(row.get("blocks"))) - closed.CLOCK_BLOCKS:
        yield f"blocks is {what}, and may be {_either(closed.CLOCK_BLOCKS)}"


def _extend(pack: Pack, row: Row) -> Iterator[str]:
    told = row.get("extend", {})
    if not isinstance(told, Mapping):
        yield "extend is not written like { by = [\"court\"], length = 7, unit = \"days\" }"
        return
    for key in sorted(set(told) - EXTEND_KEYS):
        yield f"extend has {key}, which is not known"
    for who in set(_listed(told.get("by"))) - set(pack.by_code.get("clock_actor", {})):
        yield f"extend is by {who}, which is not in clock_actor"
    yield from _period(told, "extend", needs_both=False)
    for key in ("times",):
        if key in told and not _count(told[key]):
            yield f"{key} of extend is {told[key]}, and must be a whole number above 0"
    top = LENGTH.fullmatch(str(told.get("max", "1 days")))
    if top is None or int(top[1]) < 1 or top[2] not in closed.CLOCK_UNITS:
        yield f"max of extend is {told['max']}, and is written like 6 months"


def _period(told: Mapping[str, Any], name: str, *, needs_both: bool = True) -> Iterator[str]:
    """A length with a unit inside another table."""
    if ("length" in told or needs_both) and not _count(told.get("length")):
        yield f"length of {name} is {told.get('length')}, and must be a whole number above 0"
    if ("unit" in told or needs_both) and told.get("unit") not in closed.CLOCK_UNITS:
        yield f"unit of {name} is {told.get('unit')}, and may be {_either(closed.CLOCK_UNITS)}"


def _by_kind(row: Row) -> Iterator[str]:
    """What each kind of clock needs, and what means nothing for it."""
    kind, decided = row["kind"], row.get("decided_by")
    counts = kind in {"length", "before-event"}
    if counts and "unit" not in row.told:
        yield f"a clock of the kind {kind} needs a unit"
    if counts and not decided and "length" not in row.told:
        yield f"a clock of the kind {kind} needs a length"
    if decided and "length" in row.told:
        yield "length is told by the branches, as decided_by says, and not by the row"
    if not counts and ("length" in row.told or "unit" in row.told):
        yield f"a clock of the kind {kind} has no length and no unit"
    if kind == "before-event" and row.get("unit") not in BACKWARDS:
        yield f"before an event one counts {_either(BACKWARDS)}"
    if (kind == "until-event") != ("until" in row.told):
        yield "until belongs to a clock of the kind until-event, and to no other"
    if kind == "until-event" and not (row.get("until_en") and row.get("until_th")):
        yield "until_en or until_th is missing"
    if (kind == "calendar") != ("month_day" in row.told):
        yield "month_day belongs to a clock of the kind calendar, and to no other"
    if kind == "calendar" and not _every_year(str(row["month_day"] if "month_day" in row.told else "")):
        yield f"month_day is {row.get('month_day')}, and is written like 06-30, a day of every year"


def _moving(row: Row) -> Iterator[str]:
    """Days off: hours and limits that protect liberty never move, all else needs to say whose days off count."""
    roll = row.get("roll", "never")
    if row.get("unit") == "hours" and roll != "never":
        yield "roll of a clock that runs in hours is always never"
    if row.get("liberty") and roll != "never":
        yield "roll of a limit that protects liberty is always never"
    if row["kind"] in {"length", "before-event"} and "roll" not in row.told:
        yield "roll is missing"
    if (roll != "never" or row.get("unit") == "working days" or row.get("grace")) and not row.get("calendar"):
        yield "calendar is missing: whose days off count?"
    latest = row.get("at_the_latest")
    if latest is not None:
        yield from _period(latest, "at_the_latest")


def _branches(pack: Pack, row: Row) -> Iterator[str]:
    own: Any = row
    if row.get("branches_of"):
        own = pack.by_code["clock"].get(row["branches_of"], row)
    branches = _listed(own.get("branch"))
    for number, told in enumerate(row.get("branch", ()), 1):
        name = f"branch {number}"
        for key in sorted(set(told) - BRANCH_KEYS):
            yield f"{name} has {key}, which is not known"
        yield from _period({"unit": row.get("unit"), **told}, name)
        if not (told.get("when_en") and told.get("when_th")):
            yield f"{name} does not say in when_en and when_th when it holds"
        if told.get("confidence", "sourced") not in closed.CONFIDENCE:
            yield f"the confidence of {name} is {told['confidence']}, and may be sourced or unconfirmed"
        for event in told.get("events", ()):
            if event not in _listed(row["start_event"]):
                yield f"{name} holds after {event}, which is not a start_event of the row"
        for key in set(BOUNDS) & set(told):
            if not isinstance(told[key], int | float) or told[key] < 0:
                yield f"{key} of {name} is {told[key]}, and must be a number of months"
                return
    if row.get("decided_by"):
        yield from _gaps(branches)
    yield from _presumed(pack, row)
    if row.get("against_limitation") and "limitation" not in pack.by_code["clock"]:
        yield "against_limitation needs a clock limitation in the pack"


def _gaps(branches: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Every penalty falls into exactly one branch."""
    bounds = {Decimal(str(told[key])) for told in branches for key in BOUNDS if key in told}
    for months in sorted({Decimal(0), Decimal("Infinity"), *bounds, *(one + A_LITTLE for one in bounds)}):
        taking = sum(_takes(told, months) for told in branches)
        if taking != 1:
            yield f"a penalty of {months} months falls into {taking} branches, and must fall into one"
            return


def _takes(told: Mapping[str, Any], months: Decimal) -> bool:
    return (
        ("months_from" not in told or months >= Decimal(str(told["months_from"])))
        and ("months_over" not in told or months > Decimal(str(told["months_over"])))
        and ("months_to" not in told or months <= Decimal(str(told["months_to"])))
        and ("months_under" not in told or months < Decimal(str(told["months_under"])))
    )


def _presumed(pack: Pack, row: Row) -> Iterator[str]:
    ages = []
    for one in row.get("presume", ()):
        if one.get("offence") not in pack.by_code.get("offence", {}):
            yield f"presume names {one.get('offence')}, which is not in offence"
        ages.append(one.get("to_age", 1000))
    if ages != sorted(ages) or (ages and ages[-1] != 1000):
        yield "presume goes from the youngest to the oldest, and the last one has no to_age"


def reflection_problems(pack: Pack, row: Row) -> Iterator[str]:
    """What is wrong in the reflection period as a whole."""
    if row.get("early_end") not in closed.EARLY_ENDS:
        yield f"early_end of {row.code} is {row.get('early_end')}, and may be {_either(closed.EARLY_ENDS)}"
    if not _count(row.get("total_days")):
        yield f"total_days of {row.code} is {row.get('total_days')}, and must be a whole number above 0"
        return
    phases = _phases(pack, row)
    if not phases:
        yield f"{row.code} has no phases"
    if any(one.get("unit") != "days" or not one.get("blocks") for one in phases):
        yield f"a phase of {row.code} is not counted in days, or blocks nothing"
    yield from _too_long(pack, row)


def _phases(pack: Pack, row: Row) -> list[Row]:
    """The clocks that are phases of a reflection period."""
    known = pack.by_code.get("clock", {})
    return [known[code] for code in row.get("phases", ()) if code in known]


def _too_long(pack: Pack, row: Row) -> Iterator[str]:
    """The phases that are switched on fit into the whole."""
    days = sum(one.get("length", 0) for one in _phases(pack, row) if one.get("enabled", True))
    if days > row["total_days"]:
        yield f"the phases of {row.code} make {days} days, more than its total_days, {row['total_days']}"


def _every_year(written: str) -> bool:
    found = MONTH_DAY.fullmatch(written)
    if found is None or written == LEAP_DAY:
        return False
    try:
        date(2024, int(found[1]), int(found[2]))
    except ValueError:
        return False
    return True


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _listed(value: Any) -> list[Any]:
    return [] if not value else [value] if isinstance(value, str) else list(value)


def _either(allowed: Iterable[str]) -> str:
    return ", ".join(sorted(allowed))
