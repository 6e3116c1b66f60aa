"""Offences with the penalty of the day of the act, and the days on which courts and offices are closed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from prasan.plain.words import gettext_noop

from .reading import Pack
from .row import Row

SCALE_NOT_IN_PACK = gettext_noop("The scale of that day is not in the pack.")
NOT_CONFIRMED = gettext_noop("This row has not been confirmed by a lawyer.")
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Sections put between two others, as the codes name them: Latin in English, Pali in Thai.
BETWEEN = {"bis": "ทวิ", "ter": "ตรี", "quater": "จัตวา", "quinquies": "เบญจ"}
SECTION_WORDS = ("มาตรา", "ม.", "section", "sec.", "s.")


@dataclass(frozen=True)
class Penalty:
    """A range: imprisonment in months, fine in THB; None: not in the source, 0: no minimum."""

    months_min: int | None = None
    months_max: int | None = None
    fine_min: int | None = None
    fine_max: int | None = None
    join: str = ""
    life: bool = False
    death: bool = False


@dataclass(frozen=True)
class Offence:
    """One section of law that a charge can name, in the version of one day."""

    row: Row
    code: str
    section: str
    law: str
    basis: str
    iccs: str
    s4: bool
    penalty: Penalty
    branches: tuple[tuple[str, Penalty], ...]
    scale_known: bool
    draft: bool

    def label(self, lang: str) -> str:
        """Give the title of the section in the language asked for."""
        return self.row.label(lang)

    @property
    def sourced(self) -> bool:
        """Whether a named text supports the row in every part."""
        return self.row.sourced


def cited(section: str, lang: str, citations: Iterable[Row] = ()) -> str:
    """A basis as it is cited in the language: CPC 133 bis is ป.วิ.อ. มาตรา 133 ทวิ in Thai."""
    if lang != "th":
        return section
    words = {row.en: row.th for row in citations}
    if words:
        known = "|".join(_whole(one) for one in sorted(words, key=len, reverse=True))
        section = re.sub(known, lambda found: words[found[0]], section)
    return re.sub(r"(?<=\d )(bis|ter|quater|quinquies)\b", lambda found: BETWEEN[found[1]], section)


def _whole(text: str) -> str:
    """A pattern that finds these words and no part of a longer one."""
    ends = r"\b" if text[-1:].isalpha() else ""
    return (r"\b" if text[:1].isalpha() else "") + re.escape(text) + ends


def _penalty(told: Any) -> Penalty:
    numbers = {key: told.get(key) for key in ("months_min", "months_max", "fine_min", "fine_max")}
    return Penalty(
        **numbers, join=told.get("join", ""), life=told.get("life", False), death=told.get("death", False)
    )


def penalties_of(row: Row) -> tuple[Penalty, tuple[tuple[str, Penalty], ...]]:
    """Give the scale of an offence, and those of its branches."""
    return _penalty(row), tuple((str(b["when"]), _penalty(b)) for b in row.get("branch", ()))


def _offence(row: Row) -> Offence:
    penalty, branches = penalties_of(row)
    texts = (str(row.get(key, "")) for key in ("section", "law", "basis", "iccs"))
    section, law, basis, iccs = texts
    known = not row.get("scale_missing", False)
    flags = bool(row.get("s4", False)), bool(row.get("draft", False))
    return Offence(
        row, row.code, section, law, basis, iccs, flags[0], penalty, branches, known, flags[1]
    )


def offences(pack: Pack, on: date) -> tuple[Offence, ...]:
    """List the offences in force on the day of the act; drafts are no law and are left out."""
    rows = pack.lists.get("offence", ())
    return tuple(_offence(row) for row in rows if not row.get("draft") and row.holds_on(on))


def offence(pack: Pack, code: str, on: date) -> Offence | None:
    """Find the version of an offence that was in force on the day of the act, or nothing."""
    return next((found for found in offences(pack, on) if found.code == code), None)


def _plain(text: str) -> str:
    return text.casefold().translate(THAI_DIGITS)


def _asked(query: str) -> list[str]:
    text = _plain(query)
    for word in SECTION_WORDS:
        text = text.replace(word, " ")
    return text.split()


def _rank(found: Offence, words: Iterable[str], law_names: str, lang: str) -> int | None:
    """How well an offence answers: 0 its number, 1 its title in the reader's language, 2 any other word."""
    numbers = [part.strip() for part in found.section.casefold().split(",")]
    other = [found.row.en, found.row.th, law_names, *found.row.get("words", ())]
    everything = _plain(" ".join([*numbers, *other, found.code]))
    asked = list(words)
    if any(word in numbers for word in asked) and all(w in numbers or w in everything for w in asked):
        return 0
    if any(word[0].isdigit() and word not in everything.split() for word in asked):
        begins = [w for w in asked if w[0].isdigit()]
        if not all(any(number.startswith(w) for number in numbers) for w in begins):
            return None
    if not all(word in everything for word in asked):
        return None
    return 1 if all(word in _plain(found.label(lang)) for word in asked) else 2


def find_offences(pack: Pack, query: str, lang: str, on: date) -> tuple[Offence, ...]:
    """Find offences by the number of the section or by Thai or English words; the best answers come first."""
    words = _asked(query)
    if not words:
        return offences(pack, on)
    names = {
        row.code: f"{row.en} {row.th} {row.get('short_en')} {row.get('short_th')}"
        for row in pack.lists["law"]
    }
    ranked = [(_rank(o, words, names.get(o.law, ""), lang), o) for o in offences(pack, on)]
    hits = sorted(
        ((rank, n, o) for n, (rank, o) in enumerate(ranked) if rank is not None), key=lambda hit: hit[:2]
    )
    return tuple(o for _, _, o in hits)


@lru_cache(maxsize=16)
def _holidays(pack_version: str, rows: tuple[Row, ...], calendar: str) -> dict[date, tuple[str, str]]:
    return {row["on"]: (row.en, row.th) for row in rows if calendar in row.get("calendars", ())}


def holidays(pack: Pack, calendar: str) -> dict[date, tuple[str, str]]:
    """The days on which courts, offices or banks are closed, weekends apart, with English and Thai names."""
    return dict(_holidays(pack.version, pack.lists.get("holiday", ()), calendar))


def holiday_years(pack: Pack) -> tuple[int, ...]:
    """The years whose holidays the pack knows; a clock that ends outside them must say so."""
    return tuple(sorted({row["on"].year for row in pack.lists.get("holiday", ())}))
