"""Law, code lists and indicators as data: dated, cited, checked, in both languages."""

import csv
from collections.abc import Container, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from prasan.plain.clocks import Clock

from . import checking, law, measures, protecting, reading
from . import clocks as _clock_rows
from .forms import Form
from .forms import forms as _form_rows
from .law import NOT_CONFIRMED, SCALE_NOT_IN_PACK, Offence, Penalty
from .measures import Indicator, Measure, Part
from .protecting import Difference
from .reading import Pack
from .row import BadPack, Equivalent, Row

_in_use: list[Pack] = []


def load(overlay: Path | None = None) -> Pack:
    """Read the packs, an agency's overlay laid over them, and use them; BadPack names file and line."""
    pack = reading.read(Path(overlay).resolve() if overlay else None)
    if overlay:
        _refuse_a_bad_overlay(pack)
    return use(pack)


def use(pack: Pack) -> Pack:
    """From now on these packs are the ones in use."""
    _in_use[:] = [pack]
    return pack


def own_rows(folder: Path) -> Pack:
    """The packs as they would be with the rows that lie in a folder now, read anew and used by nobody; or BadPack."""
    pack = reading.read.__wrapped__(folder.resolve() if folder.is_dir() else None)
    _refuse_a_bad_overlay(pack)
    return pack


def differences(pack: Pack) -> list[Difference]:
    """Row by row what the agency's own rows of a pack change or add."""
    return protecting.differences(reading.read(), pack)


def _refuse_a_bad_overlay(pack: Pack) -> None:
    """An overlay that says something wrong, or takes protection away, is not used at all."""
    for problem in (*checking.problems(pack), *protecting.problems(reading.read(), pack)):
        file, line, reason = problem.split(":", 2)
        if file.startswith("overlay/"):
            raise BadPack(file, int(line), reason.strip())


def forget() -> None:
    """Read everything again at the next question, as after an overlay was changed on the disk."""
    _in_use.clear()
    reading.read.cache_clear()
    _codes.cache_clear()
    _indicators.cache_clear()
    _forms.cache_clear()
    _table.cache_clear()


def current() -> Pack:
    """The packs in use; our own alone when nothing else was loaded."""
    return _in_use[0] if _in_use else load()


def lists() -> tuple[str, ...]:
    """The names of all lists."""
    return tuple(current().lists)


def rows(list_name: str) -> tuple[Row, ...]:
    """All rows of a list, every version of each code, in the order of the pack."""
    return current().lists[list_name]


def row(list_name: str, code: str) -> Row:
    """The newest version of one code; KeyError when the list has no such code."""
    return current().by_code[list_name][code]


def choices(list_name: str, lang: str, on: date | None = None) -> list[tuple[str, str]]:
    """The codes of a list with their labels, for a form; with a day, only what holds on that day."""
    found = current().by_code[list_name].values()
    return [(one.code, one.label(lang)) for one in found if on is None or one.holds_on(on)]


@lru_cache(maxsize=512)
def _codes(pack_version: str, names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


def codes(list_name: str) -> frozenset[str]:
    """The codes of a list."""
    pack = current()
    return _codes(pack.version, tuple(pack.by_code[list_name]))


def label(list_name: str, code: str, lang: str) -> str:
    """The label of one code; the code itself when the list has lost it, so that old records stay readable."""
    found = current().by_code[list_name].get(code)
    return found.label(lang) if found else code


def table(name: str) -> Any:
    """A plain table of a pack, which is no list of rows."""
    return current().tables[name]


def equivalent(list_name: str, code: str, profile: str) -> Equivalent:
    """What an export profile writes for our code; unfilled blocks an export, none writes an empty value."""
    about = row("profile", profile)
    one = row(list_name, code)
    if about.get("unfilled") or list_name not in about.get("lists", ()):
        return Equivalent(profile, "", "unfilled", str(about.get("refusal", "")))
    if profile == "htcds":
        return Equivalent(
            profile, str(one["standard_code"]), str(one.get("relation", "exact")), str(one.get("note", ""))
        )
    told = one.get("to", {})[profile]
    if isinstance(told, str):
        return Equivalent(profile, told, "exact")
    return Equivalent(profile, str(told["code"]), str(told["relation"]), str(told.get("note", "")))


def from_standard(list_name: str, profile: str, standard_code: str) -> tuple[str, ...]:
    """Our codes that a profile writes so, those without extension first: what an import may mean."""
    found = [
        c
        for c in current().by_code[list_name]
        if equivalent(list_name, c, profile).standard_code == standard_code
    ]
    return tuple(sorted(found, key=lambda code: bool(row(list_name, code).get("extension"))))


def offence(code: str, on: date) -> Offence | None:
    """The version of an offence in force on the day of the act; nothing when the pack has none."""
    return law.offence(current(), code, on)


def offences(on: date) -> tuple[Offence, ...]:
    """The offences in force on the day of the act."""
    return law.offences(current(), on)


def find_offences(query: str, lang: str, on: date) -> tuple[Offence, ...]:
    """Offences by the number of the section or by Thai or English words, the best answers first."""
    return law.find_offences(current(), query, lang, on)


def holidays(calendar: str) -> dict[date, tuple[str, str]]:
    """The days on which the court, the government or the bank is closed, with English and Thai names."""
    return law.holidays(current(), calendar)


def holiday_years() -> tuple[int, ...]:
    """The years whose holidays are known."""
    return law.holiday_years(current())


def clocks() -> dict[str, Clock]:
    """The clocks of the law by code, each in its newest version that is switched on."""
    return _clock_rows.clocks(current())


def clock(code: str, on: date) -> Clock:
    """The version of a clock that holds on a day; KeyError where there is none."""
    return _clock_rows.clock(current(), code, on)


def clock_versions(code: str) -> tuple[Clock, ...]:
    """Every version of a clock, those switched off too; KeyError for an unknown code."""
    return _clock_rows.versions(current(), code)


def indicators() -> dict[str, Indicator]:
    """The indicators by code."""
    return dict(_indicators(current().version))


@lru_cache(maxsize=4)
def _indicators(pack_version: str) -> dict[str, Indicator]:
    """Built once for each content: a page of figures asks for them a hundred times."""
    return measures.indicators(current())


def forms(on: date | None = None) -> dict[str, Form]:
    """The forms of screening by code, in the order of the pack; with a day, as they held on it."""
    return dict(_forms(current().version, on))


@lru_cache(maxsize=8)
def _forms(pack_version: str, on: date | None) -> dict[str, Form]:
    return _form_rows(current(), on)


def version() -> str:
    """The name of exactly this content: twelve letters of a SHA-256 over all files and the overlay."""
    return current().version


def check(only: Container[str] | None = None) -> list[str]:
    """What is wrong in the packs in use, or in some of their lists: file, line and a plain sentence."""
    return list(checking.problems(current(), only))


def cited(section: str, lang: str) -> str:
    """A basis in law, or a section alone, as it is cited in the language."""
    return law.cited(section, lang, current().lists.get("citation", ()))


def data_path(name: str) -> Path:
    """Where a table of published figures lies. Raises KeyError for a name that is not one of them."""
    path = reading.HOME / "data" / f"{name.removesuffix('.csv')}.csv"
    if path.parent != reading.HOME / "data" or not path.is_file():
        raise KeyError(name)
    return path


def data(name: str) -> list[dict[str, str]]:
    """The rows of a table of published figures, every cell as the text that was published."""
    return [dict(row) for row in _table(name)]


@lru_cache(maxsize=8)
def _table(name: str) -> tuple[dict[str, str], ...]:
    with data_path(name).open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


__all__ = [
    "NOT_CONFIRMED",
    "SCALE_NOT_IN_PACK",
    "BadPack",
    "Clock",
    "Difference",
    "Equivalent",
    "Form",
    "Indicator",
    "Measure",
    "Offence",
    "Pack",
    "Part",
    "Penalty",
    "Row",
    "check",
    "choices",
    "cited",
    "clock",
    "clock_versions",
    "clocks",
    "codes",
    "current",
    "data",
    "differences",
    "equivalent",
    "find_offences",
    "forget",
    "forms",
    "from_standard",
    "holiday_years",
    "holidays",
    "indicators",
    "label",
    "lists",
    "load",
    "offence",
    "offences",
    "own_rows",
    "row",
    "rows",
    "table",
    "use",
    "version",
]
