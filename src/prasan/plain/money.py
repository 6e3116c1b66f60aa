"""Reads, holds and writes amounts in Decimal with their currency, because a float loses satang."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from prasan.plain import thai
from prasan.plain.dates import Digits
from prasan.plain.problem import Problem, Refused
from prasan.plain.text import ascii_digits, thai_digits
from prasan.plain.words import gettext_noop

CENT = Decimal("0.01")
WHOLE_DIGITS = 13  # with two decimals this fits a column of 15 digits

NOT_AN_AMOUNT = gettext_noop("“%(text)s” is not an amount. Write it like 200,000 or 200000.50.")
TOO_FINE = gettext_noop("An amount has at most two decimals.")
TOO_LARGE = gettext_noop("The amount is too large.")
NEGATIVE = gettext_noop("The amount cannot be below zero.")

_SIGNS = re.compile(r"^(?:฿|thb|บาท)|(?:฿|thb|บาท|baht|\.-|/-)$")
_AMOUNT = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")


@dataclass(frozen=True, order=False)
class Money:
    """An amount in one currency (ISO code); amounts of different currencies are never added."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        """Insist on a finite Decimal and an ISO code of three capitals (programmer's mistakes)."""
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise ValueError("an amount is a finite Decimal")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError("a currency is an ISO code of three capitals")

    def __add__(self, other: "Money") -> "Money":
        """Add an amount of the same currency."""
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Take away an amount of the same currency."""
        return Money(self.amount - self._same(other), self.currency)

    def _same(self, other: "Money") -> Decimal:
        """Refuse to mix currencies: there is no rate here."""
        if other.currency != self.currency:
            raise ValueError("currencies are never added to one another")
        return other.amount

    def text(self, lang: str, digits: Digits = "arabic") -> str:
        """Write the amount with its currency."""
        return format_money(self.amount, self.currency, lang, digits)


def totals(amounts: Iterable[Money]) -> dict[str, Decimal]:
    """Add up each currency by itself, in the order of their codes."""
    sums: dict[str, Decimal] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return dict(sorted(sums.items()))


def parse_amount(text: str, *, negative: bool = False) -> Decimal:
    """Read an amount as people write it: commas by thousands, Thai digits, ฿ or บาท; two decimals at most."""
    plain = "".join(ascii_digits(text).lower().split()).replace("−", "-")
    found = _AMOUNT.fullmatch(_SIGNS.sub("", plain))
    if not found:
        raise Refused(Problem(NOT_AN_AMOUNT, params={"text": text}))
    sign, whole, parts = found[1], found[2].replace(",", ""), found[3] or ""
    if len(parts) > 2:
        raise Refused(Problem(TOO_FINE))
    if len(whole.lstrip("0")) > WHOLE_DIGITS:
        raise Refused(Problem(TOO_LARGE))
    amount = Decimal(f"{sign}{whole}.{parts or 0}").quantize(CENT)
    if amount < 0 and not negative:
        raise Refused(Problem(NEGATIVE))
    return abs(amount) if amount == 0 else amount


def format_money(amount: Decimal, currency: str, lang: str, digits: Digits = "arabic") -> str:
    """Write 200,000 THB, or 200,000 บาท in Thai; two decimals only when there is a fraction."""
    return f"{format_number(amount, lang, digits)} {currency_word(currency, lang)}"


def currency_word(currency: str, lang: str) -> str:
    """Name a currency beside an amount: its code, and บาท for the baht in Thai."""
    return "บาท" if lang == "th" and currency == "THB" else currency


def format_number(number: Decimal | int, lang: str, digits: Digits = "arabic") -> str:
    """Write a number with commas by thousands; Thai digits only in Thai."""
    rounded = Decimal(number).quantize(CENT)
    whole = rounded == rounded.to_integral_value()
    written = f"{rounded:,.0f}" if whole else f"{rounded:,.2f}"
    return thai_digits(written) if lang == "th" and digits == "thai" else written


def baht_words(amount: Decimal) -> str:
    """Write an amount of baht in Thai words, as compensation papers demand: สองแสนบาทถ้วน."""
    if amount < 0:
        raise ValueError("only amounts from zero up are written in words")
    return thai.bahttext(amount.quantize(CENT))
