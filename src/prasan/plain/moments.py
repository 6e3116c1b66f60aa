"""Reads what a person types about time at the command line: a day or an instant, a length, years of a penalty."""

import re
from datetime import UTC, date, timedelta, timezone
from decimal import Decimal

from prasan.plain.branches import LIFE
from prasan.plain.counting import Extension
from prasan.plain.dates import instant, parse_date, parse_time
from prasan.plain.legaltime import Unit
from prasan.plain.problem import Problem, Refused
from prasan.plain.text import ascii_digits
from prasan.plain.words import gettext_noop

NOT_A_LENGTH = gettext_noop("“%(text)s” is not an extension. Write it like 7 days, 1 month or 2026-05-01.")
NOT_YEARS = gettext_noop("“%(text)s” is not a penalty. Write years like 12 or 0.5, or life, or death.")
NOT_A_ZONE = gettext_noop("“%(text)s” is not a time zone. Write it like +07:00.")

_TIMED = re.compile(r"(.+?)(?:t|,? +)(\d{1,2}[:.]\d\d)(?::\d\d(?:\.\d+)?)?((?: *น\.?)| *z| *[+-]\d\d:?\d\d)?")
_ZONE = re.compile(r"([+-])(\d\d):?(\d\d)")
_LENGTH = re.compile(r"(\d{1,3}) *([^\d]+)")
_YEARS = re.compile(r"\d{1,4}(\.\d{1,6})?")
_UNITS = {
    "hour": Unit.HOURS,
    "day": Unit.DAYS,
    "working day": Unit.WORKING_DAYS,
    "week": Unit.WEEKS,
    "month": Unit.MONTHS,
    "year": Unit.YEARS,
    "ชั่วโมง": Unit.HOURS,
    "วัน": Unit.DAYS,
    "วันทำการ": Unit.WORKING_DAYS,
    "สัปดาห์": Unit.WEEKS,
    "เดือน": Unit.MONTHS,
    "ปี": Unit.YEARS,
}
_WHOLE_LIFE = frozenset({"life", "death", "ตลอดชีวิต", "ประหารชีวิต"})
_HOURS, _MINUTES = 24, 60
_LONGEST = 1000


def read_moment(text: str, *, today: date | None = None) -> date:
    """Read a day, or an instant when a time of day is written; without a zone it is Bangkok's. Both eras."""
    plain = " ".join(ascii_digits(text).lower().split())
    found = _TIMED.fullmatch(plain)
    if not found:
        return parse_date(plain, today=today)
    day, at = parse_date(found[1], today=today), parse_time(found[2])
    zone = (found[3] or "").strip()
    if zone in ("", "น", "น."):
        return instant(day, at)
    return instant(day, at, UTC if zone == "z" else _zone(zone))


def _zone(written: str) -> timezone:
    """Read an offset from UTC."""
    found = _ZONE.fullmatch(written)
    if not found or int(found[2]) >= _HOURS or int(found[3]) >= _MINUTES:
        raise Refused(Problem(NOT_A_ZONE, params={"text": written}))
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(ahead if found[1] == "+" else -ahead)


def read_extension(text: str, *, today: date | None = None) -> Extension:
    """Read one extension: a length such as 7 days or 7 วัน, or the day that the order states."""
    found = _LENGTH.fullmatch(" ".join(ascii_digits(text).lower().split()))
    if found and int(found[1]):
        unit = _UNITS.get(found[2].strip()) or _UNITS.get(found[2].strip().removesuffix("s"))
        if unit:
            return Extension(int(found[1]), unit)
    try:
        return Extension(until=read_moment(text, today=today))
    except Refused:
        raise Refused(Problem(NOT_A_LENGTH, params={"text": text})) from None


def read_penalty(text: str) -> Decimal:
    """Read the years of a penalty or a sentence; life imprisonment and death are above every number."""
    plain = ascii_digits(text).strip().lower()
    if plain in _WHOLE_LIFE:
        return LIFE
    years = Decimal(plain) if _YEARS.fullmatch(plain) else Decimal(-1)
    if not 0 <= years <= _LONGEST:
        raise Refused(Problem(NOT_YEARS, params={"text": text}))
    return years

