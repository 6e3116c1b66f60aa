"""Reads one cell as its column expects it: dates in either era, choices in any spelling, or a sentence."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from prasan.plain.birth import PartialDate
from prasan.plain.dates import NO_SUCH_DAY, parse_date, parse_time, read_year
from prasan.plain.money import parse_amount
from prasan.plain.problem import Problem, Refused
from prasan.plain.text import ascii_digits, normalise, normalise_lines
from prasan.plain.xlsx import Faulty

from . import codes, rules
from .layout import Column, squash

_SEVERAL = re.compile(r"[;\n]")
SHOWN = 60
# Serial numbers of spreadsheets: 1950 to 2100 and, typed as years of the Buddhist era, 2450 to 2650.
SERIALS = ((18_264, 73_415), (201_000, 274_500))
YEARS = (1800, 3000)


def short(text: Any) -> str:
    """A cell as a sentence quotes it."""
    plain = normalise(str(text))
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"


def refused(message: str, **params: Any) -> Refused:
    return Refused(Problem(message, params=params))


def plain(cell: Any) -> str:
    """A cell as text: a whole number without its decimal point, a date as ISO writes it."""
    if isinstance(cell, Faulty):
        raise refused(cell.message, error=cell.error)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return str(cell)


def value(column: Column, cell: Any) -> Any:
    """The value of a cell for its column, or None when it is empty; raises Refused with the sentence."""
    if cell is None:
        return None
    if isinstance(cell, Faulty) or not normalise(plain(cell)):
        return plain(cell).strip() or None
    return READERS[column.kind](column, cell)


def ref(_column: Column, cell: Any) -> str:
    text = normalise(plain(cell))
    if len(text) > 80:
        raise refused(rules.TOO_LONG, limit=80)
    return text


def text(column: Column, cell: Any) -> str:
    words = normalise_lines(plain(cell))
    if len(words) > column.limit:
        raise refused(rules.TOO_LONG, limit=column.limit)
    return words


def day(_column: Column, cell: Any) -> date:
    """A day. Spreadsheets that take 2567 for a year of the common era are put right."""
    if isinstance(cell, datetime):
        return in_common_era(cell.date())
    if isinstance(cell, float):
        return _serial(cell)
    told = str(cell).strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?", told):
        told = told[:10]
    return parse_date(told)


def _serial(number: float) -> date:
    if not any(first <= number <= last for first, last in SERIALS):
        raise refused(rules.NOT_A_DAY_NUMBER, text=short(plain(number)))
    return in_common_era(date(1899, 12, 30) + timedelta(days=int(number)))


def in_common_era(on: date) -> date:
    """A date whose year is of the Buddhist era; its 29 February may not be a day of ours."""
    year = read_year(str(on.year))
    try:
        return on.replace(year=year)
    except ValueError:
        raise refused(NO_SUCH_DAY, day=on.day, month=on.month, year=on.year) from None


def birth(column: Column, cell: Any) -> PartialDate:
    """A birth date as far as it is known; a number may be a year of either era."""
    if isinstance(cell, float) and YEARS[0] <= cell <= YEARS[1] and cell.is_integer():
        return PartialDate.parse(str(int(cell)))
    if isinstance(cell, float | datetime):
        return PartialDate.of(day(column, cell))
    return PartialDate.parse(str(cell))


def clock(_column: Column, cell: Any) -> time:
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 <= cell < 1:
        return (datetime(2000, 1, 1) + timedelta(minutes=round(cell * 1440))).time()
    return parse_time(plain(cell))


def choice(column: Column, cell: Any) -> str:
    code = codes.read(column.list, plain(cell))
    if code is None:
        raise refused(rules.NOT_IN_LIST, text=short(plain(cell)))
    return code


def choices(column: Column, cell: Any) -> list[str]:
    """Several choices, each once, in the order written."""
    found: dict[str, None] = {}
    whole = codes.read(column.list, plain(cell))
    if whole is not None:
        return [whole]
    for part in _SEVERAL.split(plain(cell)):
        if part.strip():
            found[choice(column, part)] = None
    return list(found)


def refs(column: Column, cell: Any) -> list[str]:
    return [ref(column, part) for part in _SEVERAL.split(plain(cell)) if part.strip()]


def yesno(_column: Column, cell: Any) -> bool:
    told = squash(plain(cell))
    if told in codes.YES or told in codes.NO:
        return told in codes.YES
    raise refused(rules.NOT_YES_NO, text=short(plain(cell)))


def amount(_column: Column, cell: Any) -> Decimal:
    """Money. A number with a tail that the spreadsheet computed is rounded to satang only when it is dust."""
    if isinstance(cell, float):
        exact = round(cell, 2)
        return parse_amount(f"{exact:.2f}" if abs(cell - exact) < 1e-6 else repr(cell))
    return parse_amount(plain(cell))


def rate(column: Column, cell: Any) -> Decimal:
    """A number with decimals, such as hours or a percentage."""
    try:
        number = Decimal(ascii_digits(plain(cell)).strip().removesuffix("%"))
        if number.is_finite() and 0 <= number <= column.most:
            return number.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise refused(rules.NOT_A_NUMBER, text=short(plain(cell))) from None
    raise refused(rules.OUT_OF_RANGE, most=column.most)


def whole(column: Column, cell: Any) -> int:
    told = ascii_digits(plain(cell)).replace(",", "").strip()
    if not re.fullmatch(r"-?\d{1,12}", told):
        raise refused(rules.NOT_WHOLE, text=short(plain(cell)))
    if not 0 <= int(told) <= column.most:
        raise refused(rules.OUT_OF_RANGE, most=column.most)
    return int(told)


READERS: dict[str, Callable[[Column, Any], Any]] = {
    "ref": ref, "text": text, "day": day, "birth": birth, "time": clock, "choice": choice, "choices": choices,
    "refs": refs, "yesno": yesno, "amount": amount, "rate": rate, "whole": whole,
}  # fmt: skip


def joined(column: Column, base: Any, more: Any) -> Any:
    """A choice with its extension column: what the standard could only call Other gives way to our code."""
    if more is None:
        return base
    extra = more if isinstance(more, list) else [more]
    given = base if isinstance(base, list) else [base] if base else []
    covered = {codes.standard(column.list, code) for code in extra}
    kept = [c for c in given if c in extra or codes.standard(column.list, c) not in covered]
    both = list(dict.fromkeys([*kept, *extra]))
    return both if column.kind == "choices" else extra[0]
