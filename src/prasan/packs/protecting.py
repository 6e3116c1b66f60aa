"""What an agency's own rows may never do: take away a limit that protects liberty, or the rest before questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .reading import Pack
from .row import Row

REST = "reflection-a"


@dataclass(frozen=True)
class Difference:
    """A row of the agency's own that is not as ours: where it stands, and key by key what was and what is."""

    row: Row
    keys: tuple[tuple[str, Any, Any], ...]


def differences(ours: Pack, whole: Pack) -> list[Difference]:
    """Row by row what the agency's own rows change or add."""
    found = []
    for name, rows in whole.lists.items():
        known = {(r.code, r.valid_from): r for r in ours.lists.get(name, ())}
        for row in rows:
            if row.file.startswith("overlay/"):
                was = known.get((row.code, row.valid_from))
                keys = ((key, was.get(key) if was else None, now) for key, now in row.told.items())
                found.append(Difference(row, tuple(one for one in keys if one[1] != one[2] and one[0] != "code")))
    return found


def problems(ours: Pack, whole: Pack) -> Iterator[str]:
    """What may not be used of the agency's own rows, as file, line and one plain sentence."""
    clocks = ours.lists.get("clock", ())
    guarded = {r.code for r in clocks if r.get("enabled", True) and (r.get("liberty") or r.get("blocks"))}
    for row in whole.lists.get("clock", ()):
        if row.file.startswith("overlay/") and row.code in guarded:
            mine = [r for r in clocks if r.code == row.code and r.get("enabled", True)]
            of_code = [r for r in whole.lists["clock"] if r.code == row.code]
            for sentence in _weaker(row, mine, of_code):
                yield f"{row.file}:{row.line}: {sentence} (clock {row.code})"
    for row in whole.lists.get("reflection", ()):
        if row.file.startswith("overlay/") and REST not in row.get("phases", ()):
            yield f"{row.file}:{row.line}: phases of {row.code} may not leave out {REST}"


def _weaker(row: Row, ours: list[Row], of_code: list[Row]) -> Iterator[str]:
    base = next((r for r in ours if r.valid_from == row.valid_from), ours[-1])
    if not row.get("enabled", True) and any(r.valid_from == row.valid_from for r in ours):
        yield "a limit that protects liberty or blocks an act may not be switched off"
        return
    if base.get("liberty") and not row.get("liberty"):
        yield "liberty may not be taken from a limit that protects it"
    if set(base.get("blocks", ())) - set(row.get("blocks", ())):
        yield "blocks may not be emptied, nor lose one of its acts"
    if row.code == REST and (row.get("unit") != base["unit"] or _number(row.get("length")) < base["length"]):
        yield f"the rest before identification may not be shorter than {base['length']} {base['unit']}"
    if row.valid_to and not _goes_on(row.valid_to + timedelta(days=1), ours, of_code):
        yield f"it ends on {row.valid_to.isoformat()}, and no version that is switched on follows it"


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _goes_on(day: date, ours: list[Row], of_code: list[Row]) -> bool:
    """Whether a version holds on the day; where ours holds none either, nothing was taken away."""
    followed = any(r.get("enabled", True) and r.holds_on(day) for r in of_code)
    return followed or not any(r.holds_on(day) for r in ours)
