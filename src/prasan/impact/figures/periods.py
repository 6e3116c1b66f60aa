"""The period that is asked for: since the beginning, one year, or any days, in either era."""

from dataclasses import dataclass
from datetime import date

from prasan.plain.dates import parse_date, read_year
from prasan.plain.problem import Problem, Refused, refuse_if
from prasan.plain.text import ascii_digits

from .. import rules


@dataclass(frozen=True)
class Span:
    """Days from and until, both counted; `since` is None from the beginning on."""

    since: date | None
    until: date

    def holds(self, since: date, until: date) -> bool:
        """Whether another span lies wholly inside."""
        return (self.since is None or self.since <= since) and until <= self.until

    def meets(self, since: date, until: date) -> bool:
        """Whether another span has a day in common."""
        return since <= self.until and (self.since is None or self.since <= until)

    @property
    def year(self) -> int | None:
        """The calendar year that this is exactly, if any."""
        whole = self.since is not None and self == year_of(self.since.year)
        return self.until.year if whole else None


def year_of(year: int) -> Span:
    """One calendar year of the Common Era."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def parse_year(text: str) -> int:
    """Read a year of either era; above 2400 it is Buddhist."""
    plain = ascii_digits(text).strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) == 4):
        raise Refused(Problem(rules.NOT_A_YEAR, field="year", params={"text": text}))
    return read_year(plain)


def read_period(*, year: str = "", since: str = "", until: str = "", today: date) -> Span:
    """The span that texts of a command line or an address ask for; without any, since the beginning to today."""
    asked_year = parse_year(year) if year else None
    first = parse_date(since, today=today) if since else None
    last = parse_date(until, today=today) if until else None
    refuse_if(rules.period_problems(year=asked_year, since=first, until=last))
    if asked_year is not None:
        return year_of(asked_year)
    if first is not None and last is None and first > today:
        raise Refused(Problem(rules.RUNS_BACKWARD, field="since"))
    return Span(first, last or today)
