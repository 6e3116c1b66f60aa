"""The provincial NRM report: its periods of the Thai fiscal year, and what its typed part may say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

# Part 1 of the form names three surveillance groups and does not say here which province is in which.
GROUPS = {"1": _("Group 1"), "2": _("Group 2"), "3": _("Group 3")}
MONEY = ("budget_received", "budget_spent")
COUNTS = ("fund_asked", "fund_approved", "fund_running", "fund_finished")
WORDS = ("activities", "problems", "suggestions")
LONGEST = 4000
PERIOD = re.compile(r"(?:(month)-(\d{4})-(\d{2})|(half)-(\d{4})-([12])|(year)-(\d{4}))")

NO_PROVINCE = _("Choose the province: this part is written for one province.")
NO_PERIOD = _("This is not a month, a half-year or a fiscal year.")
UNKNOWN_GROUP = _("There are three surveillance groups.")
NEGATIVE = _("This cannot be below nought.")
SPENT_MORE = _("More was spent than was received: check both amounts.")
MORE_APPROVED = _("More projects were approved than were asked for.")
MORE_WORK = _("More projects are running or finished than were approved.")
TOO_LONG = _("This is longer than %(most)s characters.")
NOTHING_SAID = _("Nothing was filled in yet.")


@dataclass(frozen=True)
class Period:
    """One month, half-year (October to March, April to September) or Thai fiscal year; both days count.

    `year` of a month is its own; of a half or a whole it is the fiscal year, which is named after the
    calendar year in which it ends.
    """

    kind: str
    year: int
    part: int
    since: date
    until: date

    @property
    def code(self) -> str:
        """How addresses and commands name it."""
        return {
            "month": f"month-{self.year:04}-{self.part:02}",
            "half": f"half-{self.year:04}-{self.part}",
            "year": f"year-{self.year:04}",
        }[self.kind]


def month(year: int, number: int) -> Period:
    """One calendar month."""
    following = date(year + 1, 1, 1) if number == 12 else date(year, number + 1, 1)
    return Period("month", year, number, date(year, number, 1), following - timedelta(days=1))


def half(year: int, number: int) -> Period:
    """The first or second half of the fiscal year that ends in `year`."""
    if number == 1:
        return Period("half", year, 1, date(year - 1, 10, 1), date(year, 3, 31))
    return Period("half", year, 2, date(year, 4, 1), date(year, 9, 30))


def fiscal_year(year: int) -> Period:
    """1 October of the year before to 30 September."""
    return Period("year", year, 0, date(year - 1, 10, 1), date(year, 9, 30))


def fiscal_year_of(day: date) -> int:
    """The fiscal year in which a day lies, in the Common Era."""
    return day.year + (day.month >= 10)


def read_period(code: str) -> Period | None:
    """The period that a code names; a year above 2400 is Buddhist. None for what is no period."""
    found = PERIOD.fullmatch(code)
    if found is None:
        return None
    kind = found[1] or found[4] or found[7]
    year = int(found[2] or found[5] or found[8])
    year = year - 543 if year > 2400 else year
    if not 1900 <= year <= 2200:
        return None
    if kind == "month":
        return month(year, int(found[3])) if 1 <= int(found[3]) <= 12 else None
    return half(year, int(found[6])) if kind == "half" else fiscal_year(year)


def months_in(period: Period) -> list[Period]:
    """The months of a period, in order."""
    found, day = [], period.since
    while day <= period.until:
        found.append(month(day.year, day.month))
        day = found[-1].until + timedelta(days=1)
    return found


def periods_before(today: date) -> list[Period]:
    """What a page offers: four fiscal years, their halves that have begun, and the last eighteen months."""
    last = fiscal_year_of(today)
    years = [fiscal_year(last - n) for n in range(4)]
    halves = [half(y.year, n) for y in years for n in (2, 1) if half(y.year, n).since <= today]
    months, day = [], today
    for _n in range(18):
        months.append(month(day.year, day.month))
        day = months[-1].since - timedelta(days=1)
    return [*months, *halves, *years]


def part_problems(province: str, provinces: frozenset[str], told: Mapping[str, object]) -> Iterator[Problem]:
    """The typed part: one province, sums that can be true, and at least something said."""
    if province not in provinces:
        yield Problem(NO_PROVINCE, field="province")
    if told.get("group") and told["group"] not in GROUPS:
        yield Problem(UNKNOWN_GROUP, field="group")
    for name in (*MONEY, *COUNTS):
        value = told.get(name)
        if isinstance(value, int | Decimal) and value < 0:
            yield Problem(NEGATIVE, field=name)
    for name in WORDS:
        if len(str(told.get(name) or "")) > LONGEST:
            yield Problem(TOO_LONG, field=name, params={"most": LONGEST})
    yield from _sums(told)
    if all(value in (None, "") for value in told.values()):
        yield Problem(NOTHING_SAID)


def _sums(told: Mapping[str, object]) -> Iterator[Problem]:
    received, spent = (told.get(name) for name in MONEY)
    if isinstance(received, Decimal) and isinstance(spent, Decimal) and spent > received:
        yield Problem(SPENT_MORE, field="budget_spent")
    asked, approved, running, finished = (told.get(name) for name in COUNTS)
    if isinstance(asked, int) and isinstance(approved, int) and approved > asked:
        yield Problem(MORE_APPROVED, field="fund_approved")
    work = sum(one for one in (running, finished) if isinstance(one, int))
    if isinstance(approved, int) and work > approved:
        yield Problem(MORE_WORK, field="fund_running")
