"""Names of countries and languages in both languages, so that forms and exports share their codes."""

import unicodedata
from functools import lru_cache

from babel import Locale

from .reading import Pack, read


@lru_cache(maxsize=8)
def _locale(lang: str) -> Locale:
    return Locale("th" if lang.lower().startswith("th") else "en")


def _pairs(pack: Pack | None) -> dict[str, str]:
    return dict((pack or read()).tables["country_codes"])


def to_alpha2(alpha3: str, pack: Pack | None = None) -> str | None:
    """Turn the three letters of a country into two; nothing for a code that is not in the table."""
    wanted = alpha3.upper()
    return next((two for two, three in _pairs(pack).items() if three == wanted), None)


def countries(lang: str, pack: Pack | None = None) -> list[tuple[str, str]]:
    """List the countries by name with their three letters; stateless and not known stand at the end."""
    whole = pack or read()
    names = _locale(lang).territories
    found = [(three, str(names.get(two, three))) for two, three in _pairs(whole).items()]
    own = [(row.code, row.label(lang)) for row in whole.lists["country_own"]]
    return sorted(found, key=lambda pair: _order(pair[1])) + own


def country(code: str, lang: str, pack: Pack | None = None) -> str:
    """Give the name of one country, or the code itself when it is not in the table."""
    return dict(countries(lang, pack)).get(code, code)


def languages(lang: str, pack: Pack | None = None) -> list[tuple[str, str]]:
    """List the languages: those of the region first, in the order of the pack, then the others by name."""
    whole = pack or read()
    first = [(row.code, row.label(lang)) for row in whole.lists["language_region"] if row.code != "und"]
    last = [(row.code, row.label(lang)) for row in whole.lists["language_region"] if row.code == "und"]
    names = _locale(lang).languages
    others = [(three, str(names.get(two, three))) for three, two in whole.tables["language_codes"].items()]
    return first + sorted(others, key=lambda pair: _order(pair[1])) + last


def language(code: str, lang: str, pack: Pack | None = None) -> str:
    """Give the name of one language, or the code itself when it is not in the table."""
    return dict(languages(lang, pack)).get(code, code)


def _order(name: str) -> str:
    """Order as a dictionary does: accents do not count, and a Thai vowel is read after its consonant."""
    plain = unicodedata.normalize("NFKD", name.casefold()) if name[0] < "\u0e00" else name
    letters = [c for c in plain if not "\u0300" <= c <= "\u036f"]
    at = 0
    while at < len(letters) - 1:
        if letters[at] in "เแโใไ":
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
            at += 1
        at += 1
    return "".join(letters)
