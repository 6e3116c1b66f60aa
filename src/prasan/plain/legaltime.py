"""Computes when a period of law ends, step by step with its section, by the Civil and Commercial Code.

Sections 193/1 to 193/8 of the CCC hold unless a statute, order or contract says otherwise (193/1). A caller
says which rule a clock has by its unit and by how its last day moves; the length itself comes from a pack.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from prasan.plain.dates import BANGKOK, format_date, format_instant, local_day
from prasan.plain.words import gettext_noop

type Length = int | Decimal | Fraction
type Both = Mapping[str, str]  # the same words in English ("en") and in Thai ("th")
type Value = date | int | str | Both

DAYS_OF_A_MONTH = 30  # CCC 193/6: a fraction of a month is taken of thirty days
ONE_DAY = timedelta(days=1)
WEEKEND = frozenset({5, 6})


class Unit(StrEnum):
    """The closed set of units that a pack may use."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Roll(StrEnum):
    """How the last day moves when it falls on a day off."""

    NEXT = "next working day"
    PREVIOUS = "previous working day"
    NEVER = "never"


@dataclass(frozen=True)
class Step:
    """One step of the computation: a sentence, the section behind it, and the days it speaks of."""

    message: str
    section: str  # empty where it is our own choice
    params: Mapping[str, Value]

    @property
    def rule(self) -> str:
        """Name the rule of computation, (i) to (v) of the Code in order, or "row" for a rule of the clock itself."""
        return RULES.get(self.message, "row")

    def text(self, lang: str = "en", translate: Callable[[str], str] = str) -> str:
        """Write the sentence with its days in the language of the reader."""
        return translate(self.message) % {name: _written(value, lang) for name, value in self.params.items()}


@dataclass(frozen=True)
class Reckoning:
    """The end of a period, and how it was found.

    ``end`` and ``unmoved`` are instants in UTC for hours, days for all other units. ``unmoved`` is the end
    before section 193/8 moved it; an extension runs from there. ``act_by`` is the last working day on or
    before it, the day to act on where a right would be lost.
    """

    end: date
    unmoved: date
    act_by: date
    steps: tuple[Step, ...]

    def deadline(self, zone: tzinfo = BANGKOK) -> datetime:
        """Give the first instant after the period, in UTC: the midnight that closes its last day."""
        if isinstance(self.end, datetime):
            return self.end
        return datetime.combine(self.end + ONE_DAY, time(), tzinfo=zone).astimezone(UTC)


HOURS_RUN = gettext_noop("Hours run from the moment of the event, through nights and days off: to %(end)s.")
FIRST_DAY_OUT = gettext_noop("The day of the event is not counted: counting begins on %(first)s.")
FIRST_DAY_IN = gettext_noop("The day of the event is counted: counting begins on %(first)s.")
EXTENDED = gettext_noop("The extension is counted from the day after the old last day: from %(first)s.")
DAYS_RUN = gettext_noop("Every day counts: %(length)s day(s) end with %(end)s.")
WORKING_DAYS_RUN = gettext_noop("Only working days count: %(length)s of them end with %(end)s.")
WEEKS_RUN = gettext_noop("By the calendar, %(length)s week(s) end the day before the like weekday: %(end)s.")
MONTHS_RUN = gettext_noop("By the calendar, %(length)s month(s) end the day before the like day: %(end)s.")
MONTH_TOO_SHORT = gettext_noop(
    "The last month has no day %(day)s: the period ends with its last day, %(end)s."
)
DAYS_AFTER = gettext_noop("Full months come first, then %(length)s days: to %(end)s.")
FRACTION_OF_YEAR = gettext_noop("A fraction of a year is taken in months first: %(months)s full months.")
FRACTION = gettext_noop("A fraction of a month is of thirty days: %(months)s months and %(length)s days.")
DAYS_BACK = gettext_noop("%(length)s days before %(first)s: the latest day is %(end)s.")
WORKING_DAYS_BACK = gettext_noop("%(length)s working days before %(first)s: the latest day is %(end)s.")
MOVED_ON = gettext_noop("%(old)s is a day off: the period ends on the first working day after it, %(end)s.")
MOVED_BACK = gettext_noop("%(old)s is a day off, so the act is due on the working day before it, %(end)s.")
NOT_MOVED = gettext_noop("%(end)s is a day off; this period does not move.")
RULES: Mapping[str, str] = {
    HOURS_RUN: "i",
    **dict.fromkeys((FIRST_DAY_OUT, FIRST_DAY_IN, DAYS_RUN, WORKING_DAYS_RUN), "ii"),
    **dict.fromkeys((WEEKS_RUN, MONTHS_RUN, MONTH_TOO_SHORT, DAYS_AFTER, FRACTION_OF_YEAR, FRACTION), "iii"),
    EXTENDED: "iv",
    **dict.fromkeys((MOVED_ON, NOT_MOVED), "v"),
    **dict.fromkeys((DAYS_BACK, WORKING_DAYS_BACK, MOVED_BACK), "before-event"),
}
NO_HOLIDAYS: frozenset[date] = frozenset()


def end_of(
    start: date,
    length: Length,
    unit: Unit | str,
    *,
    holidays: Container[date] = NO_HOLIDAYS,
    roll: Roll | str = Roll.NEXT,
    first_day_counts: bool = False,
    zone: tzinfo = BANGKOK,
) -> Reckoning:
    """Tell when a period ends that starts with an event.

    ``start`` is a day, or an instant with its zone (hours need one; for other units its day in ``zone`` is
    taken). A length may be a fraction of months or years (193/6). ``first_day_counts`` is the exception of
    193/3 paragraph 2. A length that is not above zero, or hours from a mere day, is a mistake (ValueError).
    """
    unit, roll = Unit(unit), Roll(roll)
    if length <= 0:
        raise ValueError("a period is longer than nothing")
    if unit is Unit.HOURS:
        return _hours(start, length)
    day = local_day(start, zone) if isinstance(start, datetime) else start
    first = day if first_day_counts else day + ONE_DAY
    step = Step(FIRST_DAY_IN if first_day_counts else FIRST_DAY_OUT, "CCC 193/3 ¶2", {"first": first})
    return _run(first, length, unit, holidays, roll, step)


def extend(
    old: Reckoning,
    length: Length,
    unit: Unit | str,
    *,
    holidays: Container[date] = NO_HOLIDAYS,
    roll: Roll | str = Roll.NEXT,
) -> Reckoning:
    """Tell when an extension without a stated start ends (193/7).

    It runs on from the old last day as it was before 193/8 moved it: the earlier and safer reading, not
    confirmed by a lawyer. Where an order states a date, that date wins and nothing is computed.
    """
    unit, roll = Unit(unit), Roll(roll)
    if length <= 0:
        raise ValueError("an extension is longer than nothing")
    if unit is Unit.HOURS:
        return _hours(old.unmoved, length)
    if isinstance(old.unmoved, datetime):
        return end_of(old.unmoved, length, unit, holidays=holidays, roll=roll)
    first = old.unmoved + ONE_DAY
    return _run(first, length, unit, holidays, roll, Step(EXTENDED, "CCC 193/7", {"first": first}))


def before(
    event: date,
    length: int,
    unit: Unit | str = Unit.DAYS,
    *,
    holidays: Container[date] = NO_HOLIDAYS,
    roll: Roll | str = Roll.PREVIOUS,
    zone: tzinfo = BANGKOK,
) -> Reckoning:
    """Tell the latest day for an act that must come so long before a hearing, moved back from a day off.

    Moving back is our choice; whether clear days are meant is not confirmed. Only days, working days, weeks.
    """
    unit, roll = Unit(unit), Roll(roll)
    if length <= 0:
        raise ValueError("a period is longer than nothing")
    event = local_day(event, zone) if isinstance(event, datetime) else event
    if unit is Unit.WORKING_DAYS:
        end = event
        for _ in range(length):
            end = previous_working_day(end - ONE_DAY, holidays)
    elif unit in (Unit.DAYS, Unit.WEEKS):
        length *= 7 if unit is Unit.WEEKS else 1
        end = event - timedelta(days=length)
    else:
        raise ValueError("counted back are days, working days or weeks")
    message = WORKING_DAYS_BACK if unit is Unit.WORKING_DAYS else DAYS_BACK
    step = Step(message, "", {"first": event, "length": length, "end": end})
    return _moved(end, holidays, roll, (step,))


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Tell whether courts and offices are open: neither Saturday nor Sunday nor a holiday of the calendar."""
    return day.weekday() not in WEEKEND and day not in holidays


def next_working_day(day: date, holidays: Container[date]) -> date:
    """Give the day itself when it is a working day, else the first one after it."""
    while not is_working_day(day, holidays):
        day += ONE_DAY
    return day


def previous_working_day(day: date, holidays: Container[date]) -> date:
    """Give the day itself when it is a working day, else the last one before it."""
    while not is_working_day(day, holidays):
        day -= ONE_DAY
    return day


def _hours(start: date, length: Length) -> Reckoning:
    """Add hours to an instant, to the minute; no day off stops or moves them (193/3 paragraph 1)."""
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise ValueError("hours run from an instant with a time zone")
    end = start.astimezone(UTC) + timedelta(minutes=round(Fraction(length) * 60))
    return Reckoning(end, end, end, (Step(HOURS_RUN, "CCC 193/3 ¶1", {"end": end}),))


def _run(
    first: date,
    length: Length,
    unit: Unit,
    holidays: Container[date],
    roll: Roll,
    step: Step,
) -> Reckoning:
    """Count from the first counted day, then move the last one if it is a day off."""
    if unit in (Unit.MONTHS, Unit.YEARS):
        end, steps = _months(first, Fraction(length), 12 if unit is Unit.YEARS else 1)
        return _moved(end, holidays, roll, (step, *steps))
    count = _whole(Fraction(length))
    if unit is Unit.WORKING_DAYS:
        end = next_working_day(first, holidays)
        for _ in range(count - 1):
            end = next_working_day(end + ONE_DAY, holidays)
        ran = Step(WORKING_DAYS_RUN, "CCC 193/3 ¶2", {"length": count, "end": end})
    elif unit is Unit.WEEKS:
        end = first + timedelta(weeks=count) - ONE_DAY
        ran = Step(WEEKS_RUN, "CCC 193/5", {"length": count, "end": end})
    else:
        end = first + timedelta(days=count) - ONE_DAY
        ran = Step(DAYS_RUN, "CCC 193/3 ¶2", {"length": count, "end": end})
    return _moved(end, holidays, roll, (step, ran))


def _months(first: date, length: Fraction, each: int) -> tuple[date, tuple[Step, ...]]:
    """Count full months from the first counted day, then the fraction of thirty days (193/6)."""
    months = length * each
    full, days = int(months), _whole(months % 1 * DAYS_OF_A_MONTH)
    end = first - ONE_DAY
    steps: tuple[Step, ...] = ()
    if each > 1 and length.denominator > 1:
        steps += (Step(FRACTION_OF_YEAR, "CCC 193/6", {"months": full}),)
    if days:
        steps += (Step(FRACTION, "CCC 193/6", {"months": full, "length": days}),)
    if full:
        end, step = _full_months(first, full)
        steps += (step,)
    if days:
        end += timedelta(days=days)
        steps += (Step(DAYS_AFTER, "CCC 193/6", {"length": days, "end": end}),)
    return end, steps


def _full_months(first: date, months: int) -> tuple[date, Step]:
    """End the day before the like day of the last month, or with a month that has no such day (193/5).

    Months are added to the first counted day, never to the day of the event: the two differ at a month's end.
    """
    years, index = divmod(first.month - 1 + months, 12)
    try:
        end = date(first.year + years, index + 1, first.day) - ONE_DAY
    except ValueError:
        end = _first_of_next(first.year + years, index + 1) - ONE_DAY
        return end, Step(MONTH_TOO_SHORT, "CCC 193/5 ¶2", {"day": first.day, "end": end})
    return end, Step(MONTHS_RUN, "CCC 193/5 ¶2", {"length": months, "end": end})


def _first_of_next(year: int, month: int) -> date:
    """Give the first day of the month after this one; December never needs it, having 31 days."""
    return date(year, month + 1, 1)


def _whole(count: Fraction) -> int:
    """Insist on whole days: the law knows no half of one."""
    if count.denominator != 1:
        raise ValueError("a period comes to whole days")
    return int(count)


def _moved(end: date, holidays: Container[date], roll: Roll, steps: tuple[Step, ...]) -> Reckoning:
    """Move a last day that is a day off (193/8); only the last day matters."""
    act_by = previous_working_day(end, holidays)
    if is_working_day(end, holidays):
        return Reckoning(end, end, act_by, steps)
    if roll is Roll.NEVER:
        return Reckoning(end, end, act_by, (*steps, Step(NOT_MOVED, "", {"end": end})))
    if roll is Roll.PREVIOUS:
        return Reckoning(act_by, end, act_by, (*steps, Step(MOVED_BACK, "", {"old": end, "end": act_by})))
    moved = next_working_day(end, holidays)
    return Reckoning(moved, end, act_by, (*steps, Step(MOVED_ON, "CCC 193/8", {"old": end, "end": moved})))


def _written(value: Value, lang: str) -> str:
    """Write a day, an instant or words of the pack in the language of the reader, and all else as it is."""
    if isinstance(value, Mapping):
        return value.get(lang) or value["en"]
    if isinstance(value, datetime):
        return format_instant(value, lang)
    return format_date(value, lang) if isinstance(value, date) else str(value)
