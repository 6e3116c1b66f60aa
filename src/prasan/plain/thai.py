"""Fetches the Thai language library at first use only: no page waits for its slow import."""

import os
from decimal import Decimal
from functools import lru_cache
from types import ModuleType


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    """Import the library so that it neither writes to disk nor fetches anything (it reads these two then)."""
    os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")
    os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
    from pythainlp import util

    return util


def vowels_in_order(s: str) -> str:
    """Put vowels and marks right that were typed in another order, in two parts or twice."""
    return str(_library().normalize(s))


@lru_cache(maxsize=50_000)
def royin(token: str) -> str:
    """Romanise one run of Thai letters by the royal system, once for each distinct run."""
    _library()
    from pythainlp.transliterate import romanize

    return str(romanize(token, engine="royin"))


def bahttext(amount: Decimal) -> str:
    """Write an amount of baht in words; the library takes a float, which is exact up to 15 digits."""
    if amount.adjusted() > 12:
        raise ValueError("the amount is too large to be written exactly")
    return str(_library().bahttext(float(amount)))


def words(s: str) -> list[str]:
    """Cut Thai text where a reader would: its words in order, white space among them, nothing lost."""
    _library()
    from pythainlp.tokenize import word_tokenize

    return [str(word) for word in word_tokenize(s, engine="newmm", keep_whitespace=True)]
