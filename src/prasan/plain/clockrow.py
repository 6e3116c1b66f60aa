"""What a clock of the law is, as a row of the pack tells it, and what reckoning it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from prasan.plain.branches import Branch, Presumed, Scale
from prasan.plain.counting import Extend
from prasan.plain.legaltime import Both, Length, Roll, Step, Unit
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop

UNSURE = gettext_noop("Not confirmed. Source: %(source)s")
SURE = gettext_noop("Confirmed by %(who)s. Source: %(source)s")
SOURCED = gettext_noop("From the text of %(source)s, not yet confirmed by a lawyer.")


class Kind(StrEnum):
    """The closed set of kinds of clock."""

    LENGTH = "length"
    UNTIL_EVENT = "until-event"
    BEFORE_EVENT = "before-event"
    AT_ONCE = "at-once"
    CALENDAR = "calendar"
    RULE = "rule"


@dataclass(frozen=True)
class Clock:
    """One row of the pack. Words come in both languages; codes of events and of what is blocked are closed.

    ``opens`` marks a period whose end opens an act instead of closing one (reflection, reading in absence);
    it is overdue only ``grace`` working days later. ``at_most`` marks a length that an order may shorten.
    ``decided_by`` is "penalty" or "sentence" where its years choose the branch; ``strict`` lets an unconfirmed
    penalty make the end unconfirmed. ``against_limitation`` sets the period against criminal limitation:
    "longer" or "within". ``at_the_latest`` runs from the act itself.
    """

    code: str
    names: Both
    basis: str
    start_event: str
    kind: Kind
    length: Length | None = None
    unit: Unit = Unit.DAYS
    calendar: str = ""
    roll: Roll = Roll.NEVER
    start_events: tuple[str, ...] = ()
    who_acts: Both = field(default_factory=dict)
    extend: Extend = field(default_factory=Extend)
    missed: Both = field(default_factory=dict)
    branches: tuple[Branch, ...] = ()
    decided_by: str = ""
    strict: bool = False
    presumed: tuple[Presumed, ...] = ()
    offences: Mapping[str, tuple[Scale, ...]] = field(default_factory=dict, repr=False)
    limitation: tuple[Branch, ...] = ()
    against_limitation: str = ""
    at_the_latest: Branch | None = None
    majority: int | None = None
    until: tuple[str, ...] = ()
    until_names: Both = field(default_factory=dict)
    satisfied_by: tuple[str, ...] = ()
    stopped_by: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    phase_days: int | None = None
    month_day: tuple[int, int] | None = None
    act_by: bool = False
    opens: bool = False
    grace: int = 0
    at_most: bool = False
    liberty: bool = False
    detention: bool = False
    enabled: bool = True
    confirmed: bool = True
    confirmed_by: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    note: Both = field(default_factory=dict)

    def name(self, lang: str) -> str:
        """Give the name in the language of the reader."""
        return self.names.get(lang) or self.names["en"]

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on that day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


def certainty(clock: Clock, confirmed: bool) -> Step:
    """Say how sure an end is: rests on doubt, on a text that no lawyer confirmed yet, or on somebody's word."""
    if not confirmed:
        return Step(UNSURE, "", {"source": clock.source})
    if clock.confirmed_by:
        return Step(SURE, "", {"who": clock.confirmed_by, "source": clock.source})
    return Step(SOURCED, "", {"source": clock.source})


@dataclass(frozen=True)
class Phase:
    """One order inside a longer limit, such as one of the remand orders of at most 12 days."""

    number: int
    end: date


@dataclass(frozen=True)
class Computed:
    """A clock that was reckoned: ``end`` as the law says it, ``ends_at`` the first instant after it (UTC).

    ``end`` is None where no day can be told: then ``event`` names what is waited for, or a warning what is
    missing. ``late_at`` is when it counts as late; ``reminders`` are the instants from which it is soon;
    ``against`` is what the law has against the extensions.
    """

    clock: str
    start: date
    end: date | None
    unmoved: date | None
    act_by: date | None
    ends_at: datetime | None
    event: str
    basis: str
    confirmed: bool
    steps: tuple[Step, ...]
    warnings: tuple[Step, ...] = ()
    phases: tuple[Phase, ...] = ()
    reminders: tuple[datetime, ...] = ()
    late_at: datetime | None = None
    against: tuple[Problem, ...] = ()
