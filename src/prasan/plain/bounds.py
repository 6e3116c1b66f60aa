"""Reckons a period of some length: which length holds, and what lengthens or shortens it by law."""

from collections.abc import Container, Sequence
from datetime import date, datetime

from prasan.plain import branches, counting
from prasan.plain.branches import Branch, Circumstances
from prasan.plain.clockrow import Clock
from prasan.plain.counting import Days, Extension, Sum
from prasan.plain.dates import local_day
from prasan.plain.legaltime import ONE_DAY, Reckoning, Step, Unit, end_of
from prasan.plain.words import gettext_noop

AT_THE_LATEST = gettext_noop("In any case it ends so long after the act itself: on %(end)s. The earlier end counts.")
LONGER = gettext_noop("The act is a crime whose limitation ends later, on %(end)s: that end counts.")
NOT_LONGER = gettext_noop("The criminal limitation ends no later, on %(end)s: it changes nothing.")
WITHIN = gettext_noop("Criminal limitation ends first, on %(end)s: nothing can be complained of after it.")
MINOR = gettext_noop(
    "A minor's time does not end before one year after majority at %(majority)s: not before %(end)s, counted "
    "from the earliest birthday that the age allows."
)
MINOR_UNCONFIRMED = gettext_noop("How a minor's time meets CPC 51 is not confirmed; the day of birth decides.")
DETENTION = gettext_noop("If the first day counts, as in CC 21, it ends one day earlier, on %(end)s; not confirmed.")
ACT_UNKNOWN = gettext_noop(
    "The act may be a crime whose limitation ends later, and that runs from the day of the act: give that day."
)
LATEST_UNKNOWN = gettext_noop("In any case it ends some years after the act itself: give the day of the act.")
NO_COMPLAINT = gettext_noop("%(offence)s is not compoundable here: no complaint is needed and no such period runs.")


def length(
    clock: Clock,
    start: date,
    told: Circumstances,
    holidays: Container[date],
    extensions: Sequence[Extension],
    total: Sum,
) -> None:
    """Reckon a period of some length with all that bounds it."""
    period = _period(clock, told, day_of(start), total)
    if period is None:
        return
    if not period.confirmed:
        total.confirmed = False
    total.take(end_of(start, period.length, period.unit, holidays=holidays, roll=clock.roll))
    if told.ordered_until is not None and clock.at_most:
        counting.ordered(total, told.ordered_until)
    _bounded(clock, told, told.offence_on or day_of(start), holidays, total)
    counting.extended(total, clock.extend, start, extensions, Days(holidays, clock.roll, clock.liberty))
    if clock.detention and total.reckoning is not None:
        total.warn(DETENTION, end=total.reckoning.end - ONE_DAY)


def _period(clock: Clock, told: Circumstances, day: date, total: Sum) -> Branch | None:
    """Choose the length: by the highest penalty or the sentence, by the start event, else the row's own."""
    if clock.against_limitation == "within" and told.offence:
        scale = branches.scale_of(clock.offences, told.offence, told.offence_on or day)
        if scale is not None and not scale.needs_complaint(told.victim_age):
            total.warn(NO_COMPLAINT, offence=scale.names)
            return None
    if clock.decided_by:
        return _by_penalty(clock, told, day, total)
    for branch in clock.branches:
        if told.event in branch.events:
            total.steps.append(Step(branches.BY_EVENT, clock.basis, {"when": branch.when}))
            return branch
    assert clock.length is not None
    return Branch({}, clock.length, clock.unit)


def _by_penalty(clock: Clock, told: Circumstances, day: date, total: Sum) -> Branch | None:
    """Choose the branch by years of imprisonment; nothing when they are not known."""
    if clock.decided_by == "sentence":
        told = Circumstances(max_penalty_years=told.max_penalty_years)
    found = branches.penalty(told, day, clock.offences, clock.presumed)
    _heard(found, total, clock.strict)
    if found.months is None:
        total.warn(branches.SENTENCE_MISSING if clock.decided_by == "sentence" else branches.PENALTY_MISSING)
        return None
    branch = next(one for one in clock.branches if one.takes(found.months))
    total.steps.append(Step(branches.BY_PENALTY, clock.basis, {"when": branch.when}))
    return branch


def _heard(found: branches.Penalty, total: Sum, strict: bool) -> None:
    """Keep what was said about the penalty."""
    total.steps += found.steps
    total.warnings += found.warnings
    total.confirmed = total.confirmed and (found.confirmed or not strict)


def _bounded(clock: Clock, told: Circumstances, act: date, holidays: Container[date], total: Sum) -> None:
    """Set the period against the time since the act, the criminal limitation and the youth of the victim."""
    latest = clock.at_the_latest
    known = told.offence_on is not None or (told.event or clock.start_event) == "offence_committed"
    if latest is not None and known:
        _earlier(total, end_of(act, latest.length, latest.unit, holidays=holidays, roll=clock.roll), AT_THE_LATEST)
    elif latest is not None:
        total.warn(LATEST_UNKNOWN)
    crime = bool(told.offence) or told.max_penalty_years is not None
    if crime and clock.against_limitation == "longer" and not known:
        total.unsure(ACT_UNKNOWN)
    elif crime and clock.against_limitation:
        found = branches.penalty(told, act, clock.offences)
        _heard(found, total, strict=True)
        if found.months is not None:
            branch = next(one for one in clock.limitation if one.takes(found.months))
            other = end_of(act, branch.length, branch.unit, holidays=holidays, roll=clock.roll)
            if clock.against_limitation == "within":
                _earlier(total, other, WITHIN)
            else:
                _later(total, other, clock.basis)
    if clock.majority is not None and told.victim_age is not None and told.victim_age < clock.majority:
        _minor(clock, told.victim_age, act, holidays, total)


def _earlier(total: Sum, other: Reckoning, message: str) -> None:
    """Let the other end count if it comes first."""
    assert total.reckoning is not None
    if other.deadline() < total.reckoning.deadline():
        total.steps.append(Step(message, "", {"end": other.end}))
        total.take(other)


def _later(total: Sum, other: Reckoning, basis: str) -> None:
    """Let the criminal limitation count if it ends later."""
    assert total.reckoning is not None
    counts = other.deadline() > total.reckoning.deadline()
    total.steps.append(Step(LONGER if counts else NOT_LONGER, basis, {"end": other.end}))
    if counts:
        total.take(other)


def _minor(clock: Clock, age: int, day: date, holidays: Container[date], total: Sum) -> None:
    """Let a minor's time run at least until a year after coming of age, at the earliest birthday possible."""
    assert clock.majority is not None
    assert total.reckoning is not None
    of_age = _years_on(day, clock.majority - age - 1) + ONE_DAY
    floor = end_of(of_age, 1, Unit.YEARS, holidays=holidays, roll=clock.roll)
    total.unsure(MINOR_UNCONFIRMED)
    total.steps.append(Step(MINOR, "CCC 193/20", {"majority": clock.majority, "end": floor.end}))
    if floor.deadline() > total.reckoning.deadline():
        total.take(floor)


def _years_on(day: date, years: int) -> date:
    """Give the same day some years later; the day before where a leap day is missing."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=day.day - 1)


def day_of(start: date) -> date:
    """The day in Bangkok."""
    return local_day(start) if isinstance(start, datetime) else start
