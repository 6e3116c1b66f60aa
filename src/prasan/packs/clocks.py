"""Makes clocks of the rows of the pack, with the highest penalties of its offences, for the engine to reckon."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from prasan.plain.clocks import LIFE, Branch, Clock, Extend, Kind, Presumed, Roll, Scale, Unit

from .law import Penalty, penalties_of
from .reading import Pack
from .row import Row

LENGTH = re.compile(r"(\d+) (.+)")
MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
BOUNDS = {
    "months_from": "least",
    "months_over": "over",
    "months_to": "most",
    "months_under": "under",
}
JOINED = {"en": " or ", "th": " หรือ "}


def clocks(pack: Pack) -> dict[str, Clock]:
    """The newest version of each clock; one that is switched off only where there is no other."""
    return {code: _newest(versions) for code, versions in _all(pack).items()}


def clock(pack: Pack, code: str, on: date) -> Clock:
    """The version that holds on a day; KeyError for an unknown code or a day without a version."""
    held = [one for one in versions(pack, code) if one.holds_on(on)]
    if not held:
        raise KeyError(code)
    return _newest(held)


def versions(pack: Pack, code: str) -> tuple[Clock, ...]:
    """Every version of a clock in the order of the pack; KeyError for an unknown code."""
    return _all(pack)[code]


_made: dict[str, Mapping[str, tuple[Clock, ...]]] = {}


def _all(pack: Pack) -> Mapping[str, tuple[Clock, ...]]:
    """Every version of every clock, made once for each content of the pack."""
    if pack.version not in _made:
        _made.clear()
        _made[pack.version] = _make(pack)
    return _made[pack.version]


def _make(pack: Pack) -> Mapping[str, tuple[Clock, ...]]:
    rows = pack.lists.get("clock", ())
    scales = _scales(pack)
    actors = pack.by_code.get("clock_actor", {})
    found: dict[str, list[Clock]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(_clock(row, rows, scales, actors))
    return {code: tuple(all_versions) for code, all_versions in found.items()}


def _newest(found: Iterable[Clock]) -> Clock:
    """The version that is switched on and begins last."""
    return max(found, key=lambda one: (one.enabled, one.valid_from or date.min))


def _clock(
    row: Row, rows: Iterable[Row], scales: Mapping[str, tuple[Scale, ...]], actors: Mapping[str, Row]
) -> Clock:
    shared = row.get("branches_of")
    decides = row.get("decided_by", "")
    starts = (row["start_event"],) if isinstance(row["start_event"], str) else tuple(row["start_event"])
    latest = row.get("at_the_latest")
    month_day = MONTH_DAY.fullmatch(str(row.get("month_day", "")))
    return Clock(
        code=row.code,
        names={"en": row.en, "th": row.th},
        basis=str(row["basis"]),
        start_event=starts[0],
        start_events=starts,
        kind=Kind(row["kind"]),
        length=row.get("length"),
        unit=Unit(row.get("unit", "days")),
        calendar=str(row.get("calendar", "")),
        roll=Roll(row.get("roll", "never")),
        who_acts=_named(row.get("actors", ()), actors),
        extend=_extend(row.get("extend", {}), actors),
        missed=_words(row, "missed"),
        branches=_branches(_held(shared, rows, row.valid_from) if shared else row),
        decided_by=decides,
        strict=bool(row.get("strict", False)),
        presumed=tuple(Presumed(one["offence"], one.get("to_age")) for one in row.get("presume", ())),
        offences=scales if decides == "penalty" or row.get("against_limitation") else {},
        limitation=_branches(_held("limitation", rows, row.valid_from)) if row.get("against_limitation") else (),
        against_limitation=str(row.get("against_limitation", "")),
        at_the_latest=Branch({}, latest["length"], Unit(latest["unit"])) if latest else None,
        majority=row.get("majority"),
        until=tuple(row.get("until", ())),
        until_names=_words(row, "until"),
        satisfied_by=tuple(row.get("satisfied_by", ())),
        stopped_by=tuple(row.get("stopped_by", ())),
        blocks=tuple(row.get("blocks", ())),
        phase_days=row.get("phase_days"),
        month_day=(int(month_day[1]), int(month_day[2])) if month_day else None,
        act_by=bool(row.get("act_by", False)),
        opens=bool(row.get("opens", False)),
        grace=int(row.get("grace", 0)),
        at_most=bool(row.get("at_most", False)),
        liberty=bool(row.get("liberty", False)),
        detention=bool(row.get("detention", False)),
        enabled=bool(row.get("enabled", True)),
        confirmed=row.sourced,
        confirmed_by=row.confirmed_by,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
        note=_words(row, "note"),
    )


def _words(row: Row, key: str) -> dict[str, str]:
    return {lang: row.text(key, lang) for lang in ("en", "th") if row.text(key, lang)}


def _named(codes: Iterable[str], actors: Mapping[str, Row]) -> dict[str, str]:
    """Name who may act, in both languages."""
    rows = [actors[code] for code in codes]
    return {lang: word.join(row.label(lang) for row in rows) for lang, word in JOINED.items() if rows}


def _extend(told: Mapping[str, Any], actors: Mapping[str, Row]) -> Extend:
    top = LENGTH.fullmatch(str(told.get("max", "")))
    by = tuple(told.get("by", ()))
    return Extend(
        by,
        _named(by, actors),
        told.get("length"),
        Unit(told.get("unit", "days")),
        told.get("times"),
        int(top[1]) if top else None,
        Unit(top[2]) if top else Unit.DAYS,
    )


def _held(code: str, rows: Iterable[Row], on: date | None) -> Row | None:
    """The version of another row that holds on the first day of this one; else its first version."""
    found = sorted((one for one in rows if one.code == code), key=lambda one: one.valid_from or date.min)
    begun = [one for one in found if (one.valid_from or date.min) <= (on or date.min)]
    return next(iter([*reversed(begun), *found]), None)


def _branches(row: Row | None) -> tuple[Branch, ...]:
    """The branches of a row."""
    return tuple(_branch(told, row.get("unit", "days")) for told in row.get("branch", ())) if row else ()


def _branch(told: Mapping[str, Any], unit: str) -> Branch:
    bounds = {name: Decimal(str(told[key])) for key, name in BOUNDS.items() if key in told}
    when = {"en": str(told.get("when_en", "")), "th": str(told.get("when_th", ""))}
    confirmed = told.get("confidence", "sourced") == "sourced"
    length, its_unit = told["length"], Unit(told.get("unit", unit))
    return Branch(when, length, its_unit, tuple(told.get("events", ())), confirmed=confirmed, **bounds)


def _scales(pack: Pack) -> dict[str, tuple[Scale, ...]]:
    """The highest penalty of every version of every offence that is law."""
    found: dict[str, list[Scale]] = {}
    for row in pack.lists.get("offence", ()):
        if not row.get("draft"):
            found.setdefault(row.code, []).append(_scale(row))
    return {code: tuple(scales) for code, scales in found.items()}


def _scale(row: Row) -> Scale:
    penalty, branches = penalties_of(row)
    return Scale(
        names={"en": row.en, "th": row.th},
        months=_highest(penalty),
        branches={when: _highest(one) for when, one in branches},
        confirmed="penalty" not in row.get("unconfirmed_parts", ()),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        compoundable=str(row.get("compoundable", "")),
    )


def _highest(penalty: Penalty) -> Decimal | None:
    if penalty.life or penalty.death:
        return LIFE
    return None if penalty.months_max is None else Decimal(penalty.months_max)
