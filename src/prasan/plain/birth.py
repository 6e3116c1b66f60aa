"""Holds a birth date as far as it is known, and tells ages without pretending to know more."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from prasan.plain.dates import (
    Digits,
    Style,
    format_date,
    format_month,
    format_year,
    month_number,
    read_day,
    read_year,
    split_era,
    tidy_date,
)
from prasan.plain.problem import Problem, Refused
from prasan.plain.words import gettext_noop

type AgeGroup = Literal["child", "adult", "unknown"]

CHILD_BELOW = 18  # Palermo Protocol art. 3(d); ATIP s.6: under 18 years
ABOUT_DAYS = 7  # our choice: "about" a full date means a week either way

NOT_A_BIRTH = gettext_noop(
    "“%(text)s” is not a birth date. Write what is known: 2548, June 2005 or 15/6/2005."
)
BORN_LATER = gettext_noop("The birth date lies after the day that the age is asked for.")

_ABOUT = re.compile(r"^(?:about|around|approximately|circa|ca?\.|ประมาณ|ราวๆ?|~) *|~$")
_YEAR = re.compile(r"(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[/.-](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")
_NAME_YEAR = re.compile(r"([^\W\d][^\d,]*?)[ ,]*(\d{4})")
_ZERO_PARTS = re.compile(r"(0{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(0{1,2})")


@dataclass(frozen=True, repr=False)
class PartialDate:
    """A year, perhaps a month, perhaps a day; ``about`` widens it by one unit either way (a day: a week)."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        """Refuse a day that the calendar does not have, and a day without a month (programmer's mistakes)."""
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    def __repr__(self) -> str:
        """Keep the date itself out of logs and error pages."""
        return "PartialDate(…)"

    @classmethod
    def of(cls, day: date) -> Self:
        """Take a day that is fully known."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what is known: 2548, June 2005, 15 มิ.ย. 2548, 00/00/2548, about 2005, or the stored form."""
        bare = tidy_date(text)
        plain = _ABOUT.sub("", bare)
        about = plain != bare
        plain, era = split_era(plain)
        year, month = _year_and_month(plain)
        if year:
            if month is not None and not 1 <= month <= 12:
                raise Refused(Problem(NOT_A_BIRTH, params={"text": text}))
            return cls(read_year(year, era), month, None, about)
        whole = read_day(plain, era)
        if whole is None:
            raise Refused(Problem(NOT_A_BIRTH, params={"text": text}))
        return cls(whole.year, whole.month, whole.day, about)

    def iso(self) -> str:
        """Give the stored form, which sorts: 2005, 2005-06, 2005-06-15, with ~ at the end for about."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) + ("~" if self.about else "")

    def earliest(self) -> date:
        """Give the first day that it may be."""
        if self.day is not None and self.month is not None:
            return date(self.year, self.month, self.day) - timedelta(days=ABOUT_DAYS * self.about)
        if self.month is not None:
            return _month_start(self.year, self.month - self.about)
        return date(self.year - self.about, 1, 1)

    def latest(self) -> date:
        """Give the last day that it may be."""
        if self.day is not None and self.month is not None:
            return date(self.year, self.month, self.day) + timedelta(days=ABOUT_DAYS * self.about)
        if self.month is not None:
            return _month_start(self.year, self.month + 1 + self.about) - timedelta(days=1)
        return date(self.year + self.about, 12, 31)

    def text(self, lang: str, digits: Digits = "arabic", style: Style = "long") -> str:
        """Write it as far as it is known: about 2005, มิถุนายน 2548, 15 June 2005."""
        if self.month is None:
            known = format_year(self.year, lang, digits)
        elif self.day is None:
            known = format_month(self.year, self.month, lang, digits, style)
        else:
            known = format_date(date(self.year, self.month, self.day), lang, digits, style)
        return f"{'ประมาณ' if lang == 'th' else 'about'} {known}" if self.about else known


def _year_and_month(plain: str) -> tuple[str, int | None]:
    """Find a year, or a month and a year, in the text; an empty year when it says something else."""
    if found := _YEAR.fullmatch(plain):
        return found[1], None
    if found := _YEAR_MONTH.fullmatch(plain):
        return found[1], int(found[2])
    if found := _MONTH_YEAR.fullmatch(plain):
        return found[2], int(found[1])
    if found := _ZERO_PARTS.fullmatch(plain):  # identity papers print 00 for what is not known
        return found[3] or found[4], int(found[2] or found[5]) or None
    if (found := _NAME_YEAR.fullmatch(plain)) and (month := month_number(found[1])):
        return found[2], month
    return "", None


def _month_start(year: int, month: int) -> date:
    """Give the first of a month, where month 0 and month 13 or 14 lie in the neighbouring years."""
    years, index = divmod(month - 1, 12)
    return date(year + years, index + 1, 1)


def birthday(born: date, years: int) -> date:
    """Give the day on which so many years are completed; of 29 February it is 1 March in a common year."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _age(born: date, on: date) -> int:
    """Count the completed years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_range(birth: PartialDate, on: date) -> tuple[int, int]:
    """Give the least and the greatest age in completed years that the birth date allows on a day."""
    if birth.earliest() > on:
        raise Refused(Problem(BORN_LATER))
    return max(_age(birth.latest(), on), 0), _age(birth.earliest(), on)


def is_under(birth: PartialDate, years: int, on: date) -> bool | None:
    """Tell whether the person is under so many years on a day; nothing when both are possible."""
    return _both(on < birthday(birth.earliest(), years), on < birthday(birth.latest(), years))


def is_over(birth: PartialDate, years: int, on: date) -> bool | None:
    """Tell whether the person is past the birthday itself (a person of 15 years and one day is over 15)."""
    return _both(on > birthday(birth.earliest(), years), on > birthday(birth.latest(), years))


def _both(if_old: bool, if_young: bool) -> bool | None:
    """Answer only when the oldest and the youngest reading agree."""
    return if_old if if_old == if_young else None


def age_group(birth: PartialDate | None, on: date) -> AgeGroup:
    """Treat a person whose age may lie on either side of 18 as a child until it is decided."""
    if birth is None:
        return "unknown"
    return "adult" if is_under(birth, CHILD_BELOW, on) is False else "child"


def straddles(birth: PartialDate | None, on: date, years: int = CHILD_BELOW) -> bool:
    """Tell whether what is known allows both sides of a line, so that the page says why it says child."""
    return birth is not None and is_under(birth, years, on) is None
