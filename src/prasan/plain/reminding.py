"""Says when a clock should be seen: how long before its end it is soon, and how it stands now."""

from collections.abc import Container, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from prasan.plain.dates import instant, local_day
from prasan.plain.legaltime import ONE_DAY, Unit, previous_working_day

type Standing = Literal["late", "today", "soon", "later"]

OF_HOURS = (2, 4)  # at half and at a quarter left
OF_DAYS = (7, 3, 1)  # working days before the last day
OF_YEARS = (12, 6, 3, 1)  # months before the last day
MOMENT = timedelta(microseconds=1)


def standing(ends_at: datetime | None, at: datetime, reminders: Iterable[datetime] = ()) -> Standing:
    """Say how a clock stands at an instant: late, ending today in Bangkok, soon, or later; no end is later."""
    if ends_at is None:
        return "later"
    if at >= ends_at:
        return "late"
    if local_day(ends_at - MOMENT) == local_day(at):
        return "today"
    return "soon" if any(one <= at for one in reminders) else "later"


def reminders(
    begins_at: datetime | None, ends_at: datetime, last_day: date, unit: Unit, holidays: Container[date]
) -> tuple[datetime, ...]:
    """Give the instants of reminding, the earliest first, that lie between the start and the end.

    Hours are reminded at half and at a quarter left, years a year, half a year, three months and a month
    before, all else seven, three and one working days before the last day.
    """
    if unit is Unit.HOURS and begins_at is not None:
        found = [ends_at - (ends_at - begins_at) / part for part in OF_HOURS]
    elif unit is Unit.YEARS:
        found = [instant(_months_before(last_day, months), time()) for months in OF_YEARS]
    else:
        found = [instant(day, time()) for day in _working_days_before(last_day, holidays)]
    first = begins_at or datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(one for one in found if first <= one < ends_at))


def _working_days_before(day: date, holidays: Container[date]) -> Iterator[date]:
    """Go back from the last day over working days only."""
    for number in range(1, max(OF_DAYS) + 1):
        day = previous_working_day(day - ONE_DAY, holidays)
        if number in OF_DAYS:
            yield day


def _months_before(day: date, months: int) -> date:
    """Go back by calendar months; from a day that the month has not, to its last one."""
    years, index = divmod(day.month - 1 - months, 12)
    year, month = day.year + years, index + 1
    while True:
        try:
            return date(year, month, day.day)
        except ValueError:
            day -= ONE_DAY
