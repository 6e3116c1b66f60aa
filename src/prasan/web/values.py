"""Writes a value of a record the way a reader of the active language expects it."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from prasan.plain.dates import Style, format_date, format_instant, format_year
from prasan.plain.money import currency_word, format_money, format_number
from prasan.plain.text import thai_digits
from prasan.web import preferences
from prasan.web.components import component

CODE = re.compile(r"[A-Z]{1,4}(?:-\d{4}-\d{2,8}|-[0-9A-Z]{5,9})")


def language() -> str:
    """Give the two letters of the active language; anything unknown reads as English."""
    return "th" if (get_language() or "en").startswith("th") else "en"


def labelled(codes: Mapping[str, str], *only: str) -> list[tuple[str, Any]]:
    """Give codes with their labels, each in the language of whoever reads; only some where they are named."""
    return [(code, gettext_lazy(label)) for code, label in codes.items() if not only or code in only]


def in_digits(text: str) -> str:
    """Write the digits of a text as the person chose."""
    return thai_digits(text) if language() == "th" and preferences.digits.get() == preferences.THAI else text


def day(on: date | None, style: Style = "long") -> str:
    """Write a day: 15 กุมภาพันธ์ 2567 or 15 February 2024."""
    return format_date(on, language(), preferences.digits.get(), style) if on else ""


def instant(at: datetime | None) -> str:
    """Write an instant by the clock of Bangkok."""
    return format_instant(at, language(), preferences.digits.get()) if at else ""


def year(number: int | None) -> str:
    """Write a year that is stored in the Common Era, as B.E. in Thai."""
    return format_year(number, language(), preferences.digits.get()) if number is not None else ""


def money(amount: Decimal | None, currency: str = "THB") -> str:
    """Write an amount with its currency."""
    return format_money(amount, currency, language(), preferences.digits.get()) if amount is not None else ""


def currency(code: str) -> str:
    """Name a currency as it stands beside an amount."""
    return currency_word(code, language())


def money_kept(text: str) -> str:
    """Write an amount that was kept as words ("200,000 THB") in the active language."""
    figure, _space, code = text.rpartition(" ")
    return in_digits(f"{figure} {currency(code)}") if figure else text


def number(value: int | float | Decimal | None) -> str:
    """Write a number with separators between thousands."""
    if value is None:
        return ""
    exact = value if isinstance(value, int) else Decimal(str(value))
    return format_number(exact, language(), preferences.digits.get())


def is_code(value: Any) -> bool:
    """Whether a text is one of our codes (TH-2026-0042, P-7K3M9Q), which is never broken at its hyphen."""
    return isinstance(value, str) and bool(CODE.fullmatch(value))


def unbroken(value: Any) -> Any:
    """A code in a cell, kept on one line; everything else as it is."""
    return format_html('<span class="prasan-code">{}</span>', value) if is_code(value) else value


def shown(value: Any) -> str | SafeString:
    """Write any cell of a table or row of a summary; what is absent is said, never left blank."""
    if value is None or value == "":
        return format_html(
            '<span class="prasan-muted prasan-nothing" aria-hidden="true">–</span>'
            '<span class="govuk-visually-hidden">{}</span>',
            _("Not recorded"),
        )
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float | Decimal):
        return number(value)
    if isinstance(value, Mapping):
        return _shown_mapping(value)
    if isinstance(value, list | tuple):
        return format_html("{}", _lines(value))
    return value if isinstance(value, SafeString) else str(value)


def _shown_mapping(value: Mapping[str, Any]) -> str | SafeString:
    """Write a tag (`tag`, `colour`), a link (`text`, `href`) or money (`amount`, `currency`)."""
    if "tag" in value:
        colour = value.get("colour")
        return component("tag", text=value["tag"], classes=f"govuk-tag--{colour}" if colour else "")
    if "amount" in value:
        return money(value["amount"], value.get("currency", "THB"))
    if "href" in value:
        text = value.get("text")
        kept = " prasan-code" if is_code(text) else ""
        return format_html('<a class="govuk-link{}" href="{}">{}</a>', kept, value["href"], shown(text))
    return shown(value.get("html") or value.get("text"))


def _lines(values: list[Any] | tuple[Any, ...]) -> SafeString:
    """Write several values under one another."""
    written = [format_html("{}", shown(value)) for value in values]
    return format_html_join(
        SafeString("<br>"), "{}", ((line,) for line in written or [format_html("{}", shown(None))])
    )
