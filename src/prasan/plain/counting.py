"""Adds up a period with its extensions and orders, within what the law allows in all."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from prasan.plain.legaltime import Both, Reckoning, Roll, Step, Unit, Value, end_of, extend
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
    """One extension that was granted: a length, or the day (or instant) that the order states."""

    length: int = 0
    unit: Unit = Unit.DAYS
    until: date | None = None


@dataclass
class Sum:
    """What has been reckoned so far, and what must be said with it."""

    confirmed: bool
    reckoning: Reckoning | None = None
    steps: list[Step] = field(default_factory=list)
    warnings: list[Step] = field(default_factory=list)

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


def may_extend(rule: Extend, extensions: Sequence[Extension]) -> list[Problem]:
    """Say why the law does not allow these extensions; nothing when it does."""
    if not extensions:
        return []
    if not rule.by:
        return [Problem(NOBODY_EXTENDS)]
    found = []
    if rule.times is not None and len(extensions) > rule.times:
        found.append(Problem(TOO_OFTEN, params={"times": rule.times}))
    for one in extensions:
        same = one.until is None and one.unit is rule.unit
        if rule.length is not None and same and one.length > rule.length:
            found.append(Problem(TOO_LONG[one.unit], params={"length": rule.length, "asked": one.length}))
    return found


def ordered(total: Sum, until: date) -> None:
    """Let an order shorten a period that the law only limits; it cannot lengthen it."""
    assert total.reckoning is not None
    end = total.reckoning.end
    if until > end:
        total.warn(ORDER_TOO_LONG, asked=until, end=end)
    else:
        total.take(Reckoning(until, until, until, (Step(STATED, "", {"end": until}),)))


def extended(
    total: Sum, rule: Extend, start: date, extensions: Sequence[Extension], holidays: Container[date], roll: Roll
) -> None:
    """Run the extensions on from the end, each from the day before a day off moved it (193/7)."""
    for problem in may_extend(rule, extensions):
        total.unsure(problem.message, **problem.params)  # type: ignore[arg-type]
    for one in extensions:
        old = total.reckoning
        assert old is not None
        if one.until is not None:
            total.take(Reckoning(one.until, one.until, one.until, (Step(STATED, "", {"end": one.until}),)))
            continue
        if old.end != old.unmoved:
            total.unsure(AFTER_MOVED)
        if isinstance(old.end, datetime) and one.unit is not Unit.HOURS:
            total.unsure(DAYS_AFTER_HOURS)
        total.take(extend(old, one.length, one.unit, holidays=holidays, roll=roll))
    if extensions and rule.max_length is not None:
        _capped(total, end_of(start, rule.max_length, rule.max_unit, holidays=holidays, roll=roll))


def _capped(total: Sum, top: Reckoning) -> None:
    """Let nothing run longer than the law allows in all."""
    assert total.reckoning is not None
    if total.reckoning.deadline() > top.deadline():
        total.take(top)
        total.warn(CAPPED, end=top.end)
