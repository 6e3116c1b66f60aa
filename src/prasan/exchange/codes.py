"""What may be written for a choice: our code, the words in either language, or the standard's value name."""

from collections.abc import Iterator
from functools import lru_cache

from prasan import packs
from prasan.packs import names

from .layout import layout, squash

# Values of one standard field that mean a code of another list here.
MORE = {
    "part_in_case": {
        "PossibleVictimOfTrafficking": "potential_victim",
        "ActualVictimOfTrafficking": "victim",
        "NotAVictimOfTrafficking": "other",
    },
    "relation": {"Unacquainted": "stranger"},  # the standard itself writes Unaquainted
}
YES = frozenset(squash(word) for word in ("yes", "y", "true", "1", "x", "ใช่", "มี", "จริง"))
NO = frozenset(squash(word) for word in ("no", "n", "false", "0", "ไม่", "ไม่ใช่", "ไม่มี", "เท็จ"))


@lru_cache(maxsize=128)
def _rows(list_name: str, pack: str) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(_found(list_name))


def rows(list_name: str) -> tuple[tuple[str, str, str, str], ...]:
    """The codes of a list with English and Thai words and, where there is one, the standard's value name."""
    return _rows(list_name, packs.version())


def _found(list_name: str) -> Iterator[tuple[str, str, str, str]]:
    own = layout().lists
    if list_name in own:
        yield from ((one["code"], one["en"], one["th"], "") for one in own[list_name])
    elif list_name == "country":
        thai = dict(names.countries("th"))
        for code, word in names.countries("en"):
            yield code, word, thai[code], names.to_alpha2(code) or ""
    elif list_name == "language":
        thai, short = dict(names.languages("th")), packs.table("language_codes")
        for code, word in names.languages("en"):
            yield code, word, thai[code], short.get(code, "")
    else:
        for code, word in packs.choices(list_name, "en"):
            row = packs.row(list_name, code)
            yield code, word, row.label("th"), str(row.get("standard_code", ""))


@lru_cache(maxsize=128)
def _spellings(list_name: str, pack: str) -> dict[str, str]:
    known: dict[str, str] = {}
    found = _rows(list_name, pack)
    extension = {code: _is_extension(list_name, code) for code, *_words in found}
    for code, *_words in found:
        known.setdefault(squash(code), code)
    for code, english, thai, standard in sorted(found, key=lambda one: extension[one[0]]):
        for word in (english, thai, chosen(english, thai), standard):
            if word:
                known.setdefault(squash(word), code)
    for word, code in MORE.get(list_name, {}).items():
        known.setdefault(squash(word), code)
    return known


def _is_extension(list_name: str, code: str) -> bool:
    if list_name not in packs.lists():
        return False
    return bool(packs.row(list_name, code).get("extension"))


def chosen(english: str, thai: str) -> str:
    """What the template's lists offer: both languages in one line."""
    return english if english == thai else f"{english} | {thai}"


def read(list_name: str, text: str) -> str | None:
    """The code that a cell means, or nothing."""
    return _spellings(list_name, packs.version()).get(squash(text))


def standard(list_name: str, code: str) -> str:
    """The standard's value name of a code, or ""."""
    return next((one[3] for one in rows(list_name) if one[0] == code), "")


def label(list_name: str, code: str, lang: str) -> str:
    """The words of a code."""
    place = 2 if lang.startswith("th") else 1
    return next((one[place] for one in rows(list_name) if one[0] == code), code)
