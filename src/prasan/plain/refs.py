"""Makes the codes that stand for people, cases and items in speech and on paper and tell nothing of them."""

import secrets
from collections.abc import Callable

# Crockford's letters without 0 (read as O) and without A and E, so that no code spells a word. There are 29,
# a prime: with it a sum by position catches every single slip and every swap of two letters.
LETTERS = "123456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 6
_VALUE = {letter: value for value, letter in enumerate(LETTERS)}
_TIDY = str.maketrans({"I": "1", "L": "1", " ": "", "–": "-", "—": "-"})


def new_code(prefix: str, *, length: int = LENGTH, taken: Callable[[str], bool] | None = None) -> str:
    """Draw a code such as P-7K3M9Q by chance, never from data; the last letter checks the others.

    ``length`` counts the letters after the dash. Of six, five are drawn: 20 million codes, so two of 5,000
    may fall together. Ask ``taken``, or try again when the database says that a code is there already.
    """
    if not (prefix.isascii() and prefix.isalpha() and prefix.isupper() and len(prefix) <= 4):
        raise ValueError("a prefix is one to four capitals")
    if not 3 <= length <= 20:
        raise ValueError("a code has 3 to 20 letters after the dash")
    while True:
        body = "".join(secrets.choice(LETTERS) for _ in range(length - 1))
        code = f"{prefix}-{body}{_check_letter(prefix, body)}"
        if taken is None or not taken(code):
            return code


def check_code(code: str) -> bool:
    """Tell whether a code is well formed and its last letter fits; it says nothing on whether it exists."""
    prefix, dash, body = code.partition("-")
    if not (dash and prefix.isascii() and prefix.isalpha() and prefix.isupper() and len(prefix) <= 4):
        return False
    if not 3 <= len(body) <= 20 or any(letter not in _VALUE for letter in body):
        return False
    return _check_letter(prefix, body[:-1]) == body[-1]


def tidy_code(text: str) -> str:
    """Bring a code that was typed or heard to its form: capitals, one dash, I and L read as 1."""
    prefix, dash, body = text.strip().upper().replace("–", "-").partition("-")
    return f"{prefix.strip()}{dash}{body.translate(_TIDY).replace('-', '')}"


def _check_letter(prefix: str, body: str) -> str:
    """Weigh each letter by its place, counted from the end so that each weight differs, modulo 29."""
    values = [ord(letter) for letter in prefix] + [_VALUE[letter] for letter in body]
    total = sum(value * weight for weight, value in enumerate(reversed(values), start=2))
    return LETTERS[-total % len(LETTERS)]
