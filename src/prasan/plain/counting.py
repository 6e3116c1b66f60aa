"""Adds up a period with its extensions and orders, within what the law allows in all."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from prasan.plain.legaltime import Both, Length, Reckoning, Roll, Step, Unit, Value, end_of, extend
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop

NOBODY_EXTENDS = gettext_noop("Nobody may extend this period.")
TOO_OFTEN = gettext_noop("This period may be extended %(times)s time(s) only.")
TOO_LONG = {
    Unit.HOURS: gettext_noop("One extension is at most %(length)s hours, not %(asked)s."),
    Unit.DAYS: gettext_noop("One extension is at most %(length)s days, not %(asked)s."),
    Unit.WORKING_DAYS: gettext_noop("One extension is at most %(length)s working days, not %(asked)s."),
    Unit.WEEKS: gettext_noop("One extension is at most %(length)s weeks, not %(asked)s."),
    Unit.MONTHS: gettext_noop("One extension is at most %(length)s months, not %(asked)s."),
    Unit.YEARS: gettext_noop("One extension is at most %(length)s years, not %(asked)s."),
}
CAPPED = gettext_noop("The law allows no more in all: the period ends at the latest on %(end)s.")
AFTER_MOVED = gettext_noop(
    "The extension follows a last day that was moved; it is counted from the unmoved day, the earlier reading, "
    "which is not confirmed."
)
DAYS_AFTER_HOURS = gettext_noop("From which day an extension in days runs after hours is not confirmed.")
LATER = gettext_noop("One extension lasts at most until %(end)s here, not until %(asked)s.")
IN_ALL = gettext_noop("With all extensions the period ends at the latest on %(end)s, not on %(asked)s.")
HOURS_OF_DAYS = gettext_noop("A period of days is not extended by hours.")
NOT_COUNTED = gettext_noop("This limits the liberty of a person: what the law does not allow is not counted.")
BY_HAND = gettext_noop("Set by hand, against what is computed: %(end)s.")
STATED = gettext_noop("The order states a day, and that day wins: %(end)s.")
ORDER_TOO_LONG = gettext_noop("The order states %(asked)s, later than the law allows: %(end)s.")


@dataclass(frozen=True)
class Extend:
    """Who may extend, by how much at a time, how often, and to how much in all; empty means nobody."""

    by: tuple[str, ...] = ()
    by_names: Both = field(default_factory=dict)
    length: int | None = None
    unit: Unit = Unit.DAYS
    times: int | None = None
    max_length: int | None = None
    max_unit: Unit = Unit.DAYS


@dataclass(frozen=True)
class Extension:
    """One extension that was granted: a length, or the day (or instant) that the order states.

    ``by_hand`` marks an end that somebody set against the computation: the law is not asked about it.
    """

    length: int = 0
    unit: Unit = Unit.DAYS
    until: date | None = None
    by_hand: bool = False


@dataclass
class Sum:
    """What has been reckoned so far, what must be said with it, and what the law has against its extensions."""

    confirmed: bool
    reckoning: Reckoning | None = None
    steps: list[Step] = field(default_factory=list)
    warnings: list[Step] = field(default_factory=list)
    against: list[Problem] = field(default_factory=list)

    def take(self, reckoning: Reckoning) -> None:
        """Let this be the end, and keep the steps that led to it."""
        self.reckoning = reckoning
        self.steps += reckoning.steps

    def warn(self, message: str, **params: Value) -> None:
        """Say something with the result, once."""
        step = Step(message, "", params)
        if step not in self.warnings:
            self.warnings.append(step)

    def unsure(self, message: str, **params: Value) -> None:
        """Say what makes the result unconfirmed."""
        self.confirmed = False
        self.warn(message, **params)

    def forbid(self, message: str, **params: Value) -> None:
        """Say what the law does not allow."""
        self.against.append(Problem(message, params=params))
        self.unsure(message, **params)


@dataclass(frozen=True)
class Days:
    """How a clock counts: the days off of its calendar, and what happens to a last day that is one."""

    holidays: Container[date]
    roll: Roll
    liberty: bool = False

    def end_of(self, start: date, length: Length, unit: Unit) -> Reckoning:
        return end_of(start, length, unit, holidays=self.holidays, roll=self.roll)

    def extend(self, old: Reckoning, length: Length, unit: Unit) -> Reckoning:
        return extend(old, length, unit, holidays=self.holidays, roll=self.roll)


def stated(until: date, message: str = STATED) -> Reckoning:
    """The day, or the instant, that somebody named."""
    return Reckoning(until, until, until, (Step(message, "", {"end": until}),))


def ordered(total: Sum, until: date) -> None:
    """Let an order shorten a period that the law only limits; it cannot lengthen it."""
    assert total.reckoning is not None
    order = stated(until)
    if order.deadline() > total.reckoning.deadline():
        total.warn(ORDER_TOO_LONG, asked=until, end=total.reckoning.end)
    else:
        total.take(order)


def extended(total: Sum, rule: Extend, start: date, extensions: Sequence[Extension], days: Days) -> None:
    """Run the extensions on from the end, each from the day before a day off moved it (193/7).

    What the law does not allow is said in ``total.against``; of a limit to liberty it is not counted either.
    """
    granted = 0
    for one in extensions:
        old = total.reckoning
        assert old is not None
        if one.by_hand:
            assert one.until is not None
            total.take(stated(one.until, BY_HAND))
            continue
        granted += 1
        asked = _asked(total, old, one, days)
        if asked is None:
            continue
        lawful = _allowed(total, rule, start, (old, one, asked, granted), days)
        if lawful or not days.liberty:
            total.take(asked)
        else:
            total.warn(NOT_COUNTED)
    if granted and rule.max_length is not None:
        _capped(total, days.end_of(start, rule.max_length, rule.max_unit))


def _asked(total: Sum, old: Reckoning, one: Extension, days: Days) -> Reckoning | None:
    """Where one extension leads; nothing where it cannot be counted."""
    if one.until is not None:
        return stated(one.until)
    if one.unit is Unit.HOURS and not isinstance(old.unmoved, datetime):
        total.forbid(HOURS_OF_DAYS)
        return None
    if old.end != old.unmoved:
        total.unsure(AFTER_MOVED)
    if isinstance(old.end, datetime) and one.unit is not Unit.HOURS:
        total.unsure(DAYS_AFTER_HOURS)
    return days.extend(old, one.length, one.unit)


def _allowed(
    total: Sum, rule: Extend, start: date, told: tuple[Reckoning, Extension, Reckoning, int], days: Days
) -> bool:
    """Whether the law allows one more extension, of this length, and so long in all; ends are compared, not units."""
    old, one, asked, granted = told
    before = len(total.against)
    if not rule.by:
        total.forbid(NOBODY_EXTENDS)
        return False
    if rule.times is not None and granted > rule.times:
        total.forbid(TOO_OFTEN, times=rule.times)
    if rule.length is not None:
        most = days.extend(old, rule.length, rule.unit)
        if asked.deadline() > most.deadline():
            if one.until is None and one.unit is rule.unit:
                total.forbid(TOO_LONG[one.unit], length=rule.length, asked=one.length)
            else:
                total.forbid(LATER, end=most.end, asked=asked.end)
    if rule.max_length is not None:
        top = days.end_of(start, rule.max_length, rule.max_unit)
        if asked.deadline() > top.deadline():
            total.against.append(Problem(IN_ALL, params={"end": top.end, "asked": asked.end}))
    return len(total.against) == before


def _capped(total: Sum, top: Reckoning) -> None:
    """Let nothing run longer than the law allows in all."""
    assert total.reckoning is not None
    if total.reckoning.deadline() > top.deadline():
        total.take(top)
        total.warn(CAPPED, end=top.end)
