"""Brings Thai and Latin text to one form, so that what was typed in two ways is found as one."""

import re
import unicodedata

from prasan.plain import thai
from prasan.plain.latin import fold_romanised

__all__ = [
    "ascii_digits",
    "fold_romanised",
    "is_thai",
    "normalise",
    "normalise_lines",
    "romanise",
    "sort_key",
    "strip_tones",
    "thai_digits",
]

_THAI = re.compile("[\u0e01-\u0e5b]")
_THAI_LETTER = re.compile("[\u0e01-\u0e2e]")
_TONES = re.compile("[\u0e48-\u0e4b]")
# Control characters and half characters (databases and UTF-8 refuse them), zero-width signs, soft hyphens
# and direction marks: nobody sees them, and two texts that look alike would differ.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_TO_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_DIGIT = re.compile(r"\d")
_THAI_RUN = re.compile("[\u0e01-\u0e4e]+")
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_MARKS = re.compile("[\u0e47-\u0e4c]")


def is_thai(s: str) -> bool:
    """Tell whether the text holds at least one Thai consonant."""
    return _THAI_LETTER.search(s) is not None


def strip_tones(s: str) -> str:
    """Drop the four tone marks, which are the marks that most often slip."""
    return _TONES.sub("", s)


def ascii_digits(s: str) -> str:
    """Turn Thai, Lao, Khmer, Burmese and all other decimal digits into 0 to 9."""
    return s if s.isascii() else _DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), s)


def thai_digits(s: str) -> str:
    """Turn 0 to 9 into Thai digits."""
    return s.translate(_TO_THAI_DIGITS)


def normalise(s: str) -> str:
    """Give the one-line form of a text that is used at every form, import and query.

    Compatibility forms are folded (NFKC), unseen signs dropped, vowels and marks that were typed in another
    order or twice put right, and every run of white space becomes one space.
    """
    if s.isascii() and s.isprintable():
        return " ".join(s.split())
    before = ""
    while s != before:
        before, s = s, _pass(s)
    return s


def normalise_lines(s: str) -> str:
    """Normalise each line of a note by itself; line breaks stay, more than one empty line becomes one."""
    lines = "\n".join(normalise(line) for line in _LINE_END.split(s))
    return re.sub("\n{3,}", "\n\n", lines).strip("\n")


def _pass(s: str) -> str:
    """Normalise once; putting one thing right may show another, so the caller repeats until nothing moves."""
    s = _UNSEEN.sub("", unicodedata.normalize("NFKC", s))
    s = s.replace("\u0ecd\u0eb2", "\u0eb3")  # NFKC takes the Lao vowel am apart and nothing else joins it
    s = " ".join(s.split())
    return thai.vowels_in_order(s) if _THAI.search(s) else s


def sort_key(s: str) -> str:
    """Give a key in the order of the Thai dictionary: a leading vowel after its consonant, marks last."""
    marked = _LEADING_VOWEL.sub(r"\2\1", s.casefold())
    bare = _MARKS.sub("", marked)
    return bare if bare == marked else f"{bare}  {marked}"


def romanise(s: str) -> str:
    """Write Thai in Latin letters by the royal system (RTGS); other scripts stay as they are."""
    return _THAI_RUN.sub(lambda found: thai.royin(found[0]), normalise(s))
