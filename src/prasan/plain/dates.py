"""Reads and writes days and instants in both eras, because Thai papers count years from the Buddha (+543)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from prasan.plain.problem import Problem, Refused
from prasan.plain.text import ascii_digits, thai_digits
from prasan.plain.words import gettext_noop

type Digits = Literal["arabic", "thai"]
type Style = Literal["long", "short"]

BE_OFFSET = 543
BE_ABOVE = 2400
FIRST_YEAR, LAST_YEAR = BE_ABOVE - BE_OFFSET + 1, BE_ABOVE  # between these no year can be read in two ways
LONGEST = 40
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")  # no summer time since 1920

MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MONTHS_TH = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_TH = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)

NOT_A_DAY = gettext_noop("“%(text)s” is not a date. Write it like 15/2/2567, 15 ก.พ. 2567 or 2024-02-15.")
NO_SUCH_DAY = gettext_noop("There is no day %(day)s in month %(month)s of the year %(year)s.")
YEAR_OUT_OF_RANGE = gettext_noop("The year %(year)s is out of range: %(first)s–%(last)s (B.E. %(be)s).")
NOT_A_TIME = gettext_noop("“%(text)s” is not a time of day. Write it like 22:30.")

_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})")
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]*([^\W\d][^\d,]*?)[ ,-]*(\d{4})")
_NAME_DAY_YEAR = re.compile(r"([a-z]+)\.? *(\d{1,2})(?:st|nd|rd|th)?[ ,]+(\d{4})")
_ERA = re.compile(
    r"(?:พ\. ?ศ\.|พศ\.?|ค\. ?ศ\.|คศ\.?|\bb\.?e\.?|\ba\.?d\.?|\bc\.?e\.?) *(?=\d{4}\b)"
    r"|(?<=\d) *(?:b\.?e\.?|a\.?d\.?|c\.?e\.?)$"
)
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?: *(?:น\.?|hrs?\.?))?")


def _month_names() -> Iterator[tuple[str, int]]:
    """Give every way a month is written, without dots and in lower case."""
    for index, names in enumerate(zip(MONTHS_EN, MONTHS_TH, SHORT_TH, strict=True)):
        for name in (*names, names[0][:3]):
            yield name.lower().replace(".", ""), index + 1
    yield "sept", 9


_MONTHS = dict(_month_names())


def month_number(name: str) -> int | None:
    """Give the number of a month named in Thai or English, in full or short, or nothing."""
    return _MONTHS.get(name.lower().replace(".", "").replace(" ", ""))


def parse_date(text: str, *, today: date | None = None) -> date:
    """Read a day as people write it, in either era; a year above 2400 is Buddhist.

    With ``today`` handed in, the words today and yesterday are read too. Years of two digits are refused,
    because 67 may be 1967 or B.E. 2567.
    """
    plain = tidy_date(text)
    if today is not None and plain in _NEAR:
        return today - timedelta(days=_NEAR[plain])
    day = read_day(*split_era(plain))
    if day is None:
        raise Refused(Problem(NOT_A_DAY, params={"text": text}))
    return day


_NEAR = {"today": 0, "วันนี้": 0, "yesterday": 1, "เมื่อวาน": 1, "เมื่อวานนี้": 1}


def tidy_date(text: str) -> str:
    """Bring digits, case, white space and the leading word for day to one form before reading."""
    plain = " ".join(ascii_digits(text).lower().split())
    return plain.removeprefix("วันที่").strip()


def split_era(text: str) -> tuple[str, str]:
    """Take the mark of the era out of the text, and tell which it was: "be", "ce" or nothing."""
    found = _ERA.search(text)
    if not found:
        return text, ""
    era = "be" if found[0].strip().startswith(("พ", "b")) else "ce"
    return (text[: found.start()] + text[found.end() :]).strip(), era


def read_year(year: str, era: str = "") -> int:
    """Turn a written year into a year of the common era."""
    number = int(year)
    common = number - BE_OFFSET if era == "be" or (not era and number > BE_ABOVE) else number
    if not FIRST_YEAR <= common <= LAST_YEAR:
        span = {
            "year": year,
            "first": FIRST_YEAR,
            "last": LAST_YEAR,
            "be": f"{BE_ABOVE + 1}–{BE_ABOVE + BE_OFFSET}",
        }
        raise Refused(Problem(YEAR_OUT_OF_RANGE, params=span))
    return common


def read_day(plain: str, era: str = "") -> date | None:
    """Read a tidy text as a full day, or nothing when it has no such shape; an impossible day is refused."""
    if len(plain) > LONGEST:
        return None
    if found := _YEAR_FIRST.fullmatch(plain):
        return _day(found[1], int(found[3]), found[4], era)
    if found := _NUMBERS.fullmatch(plain):
        return _day(found[4], int(found[3]), found[1], era)
    if (found := _DAY_NAME_YEAR.fullmatch(plain)) and (month := month_number(found[2])):
        return _day(found[3], month, found[1], era)
    if (found := _NAME_DAY_YEAR.fullmatch(plain)) and (month := month_number(found[1])):
        return _day(found[3], month, found[2], era)
    return None


def _day(year: str, month: int, day: str, era: str) -> date:
    """Build the day, or say that the calendar has none such."""
    common = read_year(year, era)
    try:
        return date(common, month, int(day))
    except ValueError:
        raise Refused(Problem(NO_SUCH_DAY, params={"day": int(day), "month": month, "year": year})) from None


def parse_time(text: str) -> time:
    """Read a time of day such as 22:30 or 22.30 น.; the zone is added by ``instant``."""
    found = _TIME.fullmatch(" ".join(ascii_digits(text).lower().split()))
    if not found:
        raise Refused(Problem(NOT_A_TIME, params={"text": text}))
    return time(int(found[1]), int(found[2]))


def instant(on: date, at: time, zone: tzinfo = BANGKOK) -> datetime:
    """Join a day and a time of day as they are on the wall there; the answer is in UTC."""
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC)


def local_day(at: datetime, zone: tzinfo = BANGKOK) -> date:
    """Give the day that an instant falls on there."""
    return _aware(at).astimezone(zone).date()


def format_year(year: int, lang: str, digits: Digits = "arabic") -> str:
    """Write a year of the common era: Buddhist in Thai, common in every other language."""
    return _in_digits(str(year + BE_OFFSET), digits) if lang == "th" else str(year)


def format_month(year: int, month: int, lang: str, digits: Digits = "arabic", style: Style = "long") -> str:
    """Write a month with its year."""
    return f"{month_name(month, lang, style)} {format_year(year, lang, digits)}"


def month_name(month: int, lang: str, style: Style = "long") -> str:
    """Name a month, in full or short."""
    if lang == "th":
        return (MONTHS_TH if style == "long" else SHORT_TH)[month - 1]
    return MONTHS_EN[month - 1] if style == "long" else MONTHS_EN[month - 1][:3]


def format_date(d: date, lang: str, digits: Digits = "arabic", style: Style = "long") -> str:
    """Write a day: 15 February 2024, or 15 กุมภาพันธ์ 2567; Thai digits only in Thai."""
    day = _in_digits(str(d.day), digits) if lang == "th" else str(d.day)
    return f"{day} {format_month(d.year, d.month, lang, digits, style)}"


def format_instant(
    dt: datetime, lang: str, digits: Digits = "arabic", style: Style = "long", zone: tzinfo = BANGKOK
) -> str:
    """Write an instant as it is on the wall there: 15 February 2024, 22:30, or 15 ก.พ. 2567 22:30 น."""
    local = _aware(dt).astimezone(zone)
    if lang == "th":
        return f"{format_date(local, lang, digits, style)} {_in_digits(f'{local:%H:%M}', digits)} น."
    return f"{format_date(local, lang, digits, style)}, {local:%H:%M}"


def both_eras(d: date) -> str:
    """Echo a day in both readings, so that a slip of 543 years is seen at once."""
    return f"{format_date(d, 'en')} / {format_date(d, 'th')}"


def _in_digits(written: str, digits: Digits) -> str:
    """Turn to Thai digits where they are wished for."""
    return thai_digits(written) if digits == "thai" else written


def _aware(at: datetime) -> datetime:
    """Insist on a zone: an instant without one cannot be placed (a mistake of the programmer)."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at
