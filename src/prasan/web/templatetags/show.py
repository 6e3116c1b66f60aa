"""Filters that write dates, years, money and numbers in the reader's language and digits."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from prasan.plain.dates import Style
from prasan.web import values

register = template.Library()


@register.filter
def day(on: date | None, style: Style = "long") -> str:
    """Write a day, `{{ d|day }}` or `{{ d|day:"short" }}`."""
    return values.day(on, style)


@register.filter
def instant(at: datetime | None) -> str:
    """Write an instant by the clock of Bangkok."""
    return values.instant(at)


@register.filter
def year(number: int | None) -> str:
    """Write a year of the Common Era, as B.E. in Thai."""
    return values.year(number)


@register.filter
def money(amount: Decimal | None, currency: str = "THB") -> str:
    """Write an amount, `{{ amount|money:"THB" }}`."""
    return values.money(amount, currency)


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """Write a number with separators between thousands."""
    return values.number(value)


@register.filter
def shown(value: object) -> str:
    """Write any value of a record; what is absent is said."""
    return values.shown(value)
