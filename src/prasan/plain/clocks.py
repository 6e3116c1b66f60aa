"""Computes a clock of the law from its row: when it ends, why, what it waits for, and what must be said with it."""

from collections.abc import Container, Sequence
from datetime import date, datetime, time

from prasan.plain import bounds, counting
from prasan.plain.bounds import day_of
from prasan.plain.branches import LIFE, Branch, Circumstances, Presumed, Scale
from prasan.plain.clockrow import Clock, Computed, Kind, Phase, certainty
from prasan.plain.counting import Days, Extend, Extension, Sum
from prasan.plain.dates import instant
from prasan.plain.legaltime import ONE_DAY, Reckoning, Roll, Step, Unit, before, end_of
from prasan.plain.problem import Problem
from prasan.plain.reminding import reminders, standing
from prasan.plain.words import gettext_noop

__all__ = [
    "LIFE",
    "Branch",
    "Circumstances",
    "Clock",
    "Computed",
    "Extend",
    "Extension",
    "Kind",
    "Phase",
    "Presumed",
    "Roll",
    "Scale",
    "Step",
    "Unit",
    "certainty",
    "compute",
    "standing",
]

AT_ONCE = gettext_noop("Due at once, at the event itself.")
A_RULE = gettext_noop("A rule without a period: it holds whenever the event happens.")
UNTIL = gettext_noop("No day can be computed: it ends when this happens: %(until)s.")
EVERY_YEAR = gettext_noop("Falls on the same day every year; the next one is %(end)s.")
MIDNIGHT = gettext_noop("This clock runs in hours and no time of day was given: counted from 00:00, the safe side.")
NO_PERIOD = gettext_noop("This clock has no period that an extension could lengthen.")
YEAR_UNKNOWN = gettext_noop("The holidays of %(year)s are not in the pack yet: the end may still move.")
NOT_IN_FORCE = gettext_noop("This row is switched off: it is shown, not used.")


def compute(
    clock: Clock,
    start: date,
    circumstances: Circumstances | None = None,
    *,
    holidays: Container[date] = (),
    extensions: Sequence[Extension] = (),
    known_years: Container[int] | None = None,
) -> Computed:
    """Reckon a clock from the day or instant of its start event, on the days off of its calendar.

    With ``known_years``, an end outside the years whose holidays are known carries a warning.
    """
    told = circumstances or Circumstances()
    total = Sum(confirmed=clock.confirmed)
    if not clock.enabled:
        total.warn(NOT_IN_FORCE)
        total.confirmed = False
    if clock.kind is Kind.LENGTH:
        start = _started(clock, start, total)
        bounds.length(clock, start, told, holidays, extensions, total)
    elif clock.kind is Kind.BEFORE_EVENT:
        assert clock.length is not None
        total.take(before(start, int(clock.length), clock.unit, holidays=holidays, roll=clock.roll))
        counting.extended(total, clock.extend, start, extensions, Days(holidays, clock.roll, clock.liberty))
    elif clock.kind is Kind.CALENDAR:
        assert clock.month_day is not None
        end = _next_of_year(day_of(start), *clock.month_day)
        total.take(Reckoning(end, end, end, (Step(EVERY_YEAR, "", {"end": end}),)))
    elif clock.kind is Kind.AT_ONCE:
        total.take(Reckoning(start, start, start, (Step(AT_ONCE, clock.basis, {}),)))
    elif clock.kind is Kind.UNTIL_EVENT:
        total.steps.append(Step(UNTIL, clock.basis, {"until": clock.until_names}))
    else:
        total.steps.append(Step(A_RULE, clock.basis, {}))
    if clock.kind not in (Kind.LENGTH, Kind.BEFORE_EVENT) or total.reckoning is None:
        _without_period(clock, extensions, total)
    return _computed(clock, start, total, holidays, known_years)


def _without_period(clock: Clock, extensions: Sequence[Extension], total: Sum) -> None:
    """What has no end that could be lengthened may still have one that was set by hand."""
    if clock.kind not in (Kind.LENGTH, Kind.BEFORE_EVENT) and any(not one.by_hand for one in extensions):
        total.warn(NO_PERIOD)
        total.against.append(Problem(NO_PERIOD))
    for one in extensions:
        if one.by_hand and one.until is not None:
            total.take(counting.stated(one.until, counting.BY_HAND))


def _started(clock: Clock, start: date, total: Sum) -> date:
    """Give hours an instant to run from: the first of the day, where only a day is known."""
    if clock.unit is not Unit.HOURS or isinstance(start, datetime):
        return start
    total.warn(MIDNIGHT)
    return instant(start, time())


def _next_of_year(day: date, month: int, of_month: int) -> date:
    """The next such day of a year, after the day itself."""
    this = date(day.year, month, of_month)
    return this if this > day else this.replace(year=day.year + 1)


def _phases(clock: Clock, start: date, total: Reckoning) -> tuple[Phase, ...]:
    """Lay the orders end to end inside the whole limit."""
    if clock.phase_days is None:
        return ()
    day, found = day_of(start), []
    end = day + clock.phase_days * ONE_DAY
    while end < day_of(total.end):
        found.append(end)
        end += clock.phase_days * ONE_DAY
    return tuple(Phase(number, each) for number, each in enumerate([*found, day_of(total.end)], 1))


def _computed(
    clock: Clock, start: date, total: Sum, holidays: Container[date], known_years: Container[int] | None
) -> Computed:
    """Put the result together: its first instant after, when it is soon, when it is late."""
    got = total.reckoning
    if got is None:
        event = clock.until[0] if clock.kind is Kind.UNTIL_EVENT else ""
        said = (clock.code, start, None, None, None, None, event, clock.basis, total.confirmed)
        return Computed(*said, tuple(total.steps), tuple(total.warnings), against=tuple(total.against))
    ends_at = got.deadline()
    if known_years is not None and clock.roll is not Roll.NEVER and day_of(got.end).year not in known_years:
        total.warn(YEAR_UNKNOWN, year=str(day_of(got.end).year))
    act_by = got.act_by if clock.act_by else None
    begins_at = None if clock.kind is Kind.BEFORE_EVENT else _instant(start)
    late_at = ends_at
    if clock.grace:
        late_at = end_of(day_of(got.end), clock.grace, Unit.WORKING_DAYS, holidays=holidays).deadline()
    return Computed(
        clock.code,
        start,
        got.end,
        got.unmoved,
        act_by,
        ends_at,
        "",
        clock.basis,
        total.confirmed,
        tuple(total.steps),
        tuple(total.warnings),
        _phases(clock, start, got),
        reminders(begins_at, ends_at, day_of(act_by or got.end), clock.unit, holidays),
        late_at,
        tuple(total.against),
    )


def _instant(start: date) -> datetime:
    """When it began: the first instant of the day, where only a day is known."""
    return start if isinstance(start, datetime) else instant(start, time())
