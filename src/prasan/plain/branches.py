"""Chooses which length of a clock holds: by the maximum penalty, by the age of the victim, by what started it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from prasan.plain.legaltime import Both, Length, Step, Unit
from prasan.plain.words import gettext_noop

LIFE = Decimal("Infinity")  # life imprisonment or death: above every number of years
MONTHS_OF_A_YEAR = 12
OF_AGE: Mapping[str, tuple[int, int]] = {
    "victim_13_or_under": (0, 13),
    "victim_15_or_under": (0, 15),
    "victim_over_15_to_18": (16, 18),
}
LINES = (13, 15, 18)  # an age in whole years that lies on a line of the law: the day of birth decides
NO_COMPLAINT = {"": False, "yes": True, "first_three": True, "over_15_only": True}

BY_PENALTY = gettext_noop("The highest penalty decides: %(when)s.")
BY_EVENT = gettext_noop("What started it decides: %(when)s.")
PENALTY_OF = gettext_noop("Highest penalty of %(offence)s: %(years)s years.")
LIFE_OF = gettext_noop("Highest penalty of %(offence)s: life imprisonment or death.")
PRESUMED = gettext_noop("No offence and no highest penalty was given: taken as %(offence)s.")
PENALTY_MISSING = gettext_noop("This period depends on the highest penalty: give the offence or the years.")
SENTENCE_MISSING = gettext_noop("This period depends on the sentence: give its years.")
PENALTY_UNKNOWN = gettext_noop("The pack does not know the highest penalty of %(offence)s: give the years.")
OTHER_VERSION = gettext_noop(
    "The scale of %(offence)s on %(day)s is not in the pack; another version is used, so a lawyer must look at it."
)
PENALTY_UNCONFIRMED = gettext_noop("The penalty of %(offence)s is not confirmed, and this end rests on it.")
REDUCED = gettext_noop("The highest penalty is a reduced one (preparation, conspiracy, attempt): not confirmed.")
OTHER_BY_AGE = gettext_noop("By the age of the victim another offence is at hand: %(offence)s.")
ON_A_LINE = gettext_noop(
    "The age of %(age)s lies on a line of the law: if the person was older by a day, another scale may hold."
)


@dataclass(frozen=True)
class Circumstances:
    """What the law branches on. Life imprisonment and death are ``LIFE``; a sentence is told like a penalty.

    ``offence_on`` is the day of the act where the clock starts with another day; ``event`` says which of the
    start events of the row happened; ``aggravated`` names branches of the offence other than by age;
    ``ordered_until`` is the last day, or the instant, that an order states: it wins within what the law allows.
    """

    victim_age: int | None = None
    max_penalty_years: Decimal | None = None
    offence: str = ""
    aggravated: tuple[str, ...] = ()
    reduced: bool = False
    offence_on: date | None = None
    event: str = ""
    ordered_until: date | None = None

    def told(self) -> dict[str, Any]:
        """Give what is known as plain values that a record can keep."""
        known = {key: value for key, value in asdict(self).items() if not _unknown(value)}
        return {key: _plain(value) for key, value in known.items()}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Circumstances":
        """Read again what ``told`` gave."""
        known = {one.name for one in fields(cls)} & told.keys()
        read = {key: told[key] for key in known}
        for key in ("offence_on", "ordered_until"):
            if isinstance(read.get(key), str):
                read[key] = (datetime if "T" in read[key] else date).fromisoformat(read[key])
        if read.get("max_penalty_years") is not None:
            read["max_penalty_years"] = Decimal(str(read["max_penalty_years"]))
        return cls(**read | {"aggravated": tuple(read.get("aggravated", ()))})


@dataclass(frozen=True)
class Scale:
    """The highest penalty of one version of an offence in months, and of its branches; None: not in the pack."""

    names: Both
    months: Decimal | None
    branches: Mapping[str, Decimal | None] = field(default_factory=dict)
    confirmed: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    compoundable: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether this version was in force on that day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def highest(self, age: int | None, aggravated: tuple[str, ...]) -> Decimal | None:
        """Give the gravest penalty that the age and the aggravating circumstances open."""
        met = [self.months] + [months for when, months in self.branches.items() if _met(when, age, aggravated)]
        return max((months for months in met if months is not None), default=None)

    def needs_complaint(self, age: int | None) -> bool:
        """Whether a complaint of the victim is needed at all: not for a child, where the section says so."""
        child = age is not None and age <= OF_AGE["victim_15_or_under"][1]
        return NO_COMPLAINT[self.compoundable] and not (child and self.compoundable != "yes")


@dataclass(frozen=True)
class Branch:
    """One length among several, and when it holds; bounds are months of imprisonment."""

    when: Both
    length: Length
    unit: Unit
    events: tuple[str, ...] = ()
    least: Decimal | None = None
    over: Decimal | None = None
    most: Decimal | None = None
    under: Decimal | None = None
    confirmed: bool = True

    def takes(self, months: Decimal) -> bool:
        """Whether a penalty of so many months falls into this branch."""
        return (
            (self.least is None or months >= self.least)
            and (self.over is None or months > self.over)
            and (self.most is None or months <= self.most)
            and (self.under is None or months < self.under)
        )


@dataclass(frozen=True)
class Presumed:
    """The offence that is taken where none was told, up to an age of the victim."""

    offence: str
    to_age: int | None = None


@dataclass(frozen=True)
class Penalty:
    """The highest penalty that was found, and what has to be said about it."""

    months: Decimal | None
    steps: tuple[Step, ...] = ()
    warnings: tuple[Step, ...] = ()
    confirmed: bool = True


def scale_of(offences: Mapping[str, tuple[Scale, ...]], offence: str, day: date) -> Scale | None:
    """Find the version of the day, else the newest one that knows a penalty."""
    versions = offences.get(offence, ())
    known = [scale for scale in versions if scale.months is not None or scale.branches]
    held = [scale for scale in known if scale.holds_on(day)]
    return next(iter(held or sorted(known, key=_first_day, reverse=True)), None)


def penalty(
    told: Circumstances,
    day: date,
    offences: Mapping[str, tuple[Scale, ...]],
    presumed: tuple[Presumed, ...] = (),
) -> Penalty:
    """Find the highest penalty: as told, or of the offence told, or of the offence that the row presumes."""
    warnings: tuple[Step, ...] = (Step(REDUCED, "", {}),) if told.reduced else ()
    if told.max_penalty_years is not None:
        return Penalty(told.max_penalty_years * MONTHS_OF_A_YEAR, (), warnings, not told.reduced)
    offence = told.offence or _presumed(presumed, told.victim_age)
    if not offence:
        return Penalty(None)
    day = told.offence_on or day
    scale = scale_of(offences, offence, day)
    months = scale.highest(told.victim_age, told.aggravated) if scale else None
    names: Both = scale.names if scale else {"en": offence}
    if scale is None or months is None:
        return Penalty(None, (), (*warnings, Step(PENALTY_UNKNOWN, "", {"offence": names})), confirmed=False)
    if not told.offence:
        warnings += (Step(PRESUMED, "", {"offence": names}),)
    by_age = _presumed(presumed, told.victim_age)
    if told.victim_age is not None and told.offence in {one.offence for one in presumed} - {by_age}:
        warnings += (Step(OTHER_BY_AGE, "", {"offence": by_age}),)
    lines = {one.to_age for one in presumed} if not told.offence else set()
    if told.victim_age is not None and (told.victim_age in lines or (told.victim_age in LINES and scale.branches)):
        warnings += (Step(ON_A_LINE, "", {"age": told.victim_age}),)
    if not scale.holds_on(day):
        warnings += (Step(OTHER_VERSION, "", {"offence": names, "day": day}),)
    if not scale.confirmed:
        warnings += (Step(PENALTY_UNCONFIRMED, "", {"offence": names}),)
    sure = scale.confirmed and scale.holds_on(day) and not told.reduced
    return Penalty(months, (_of(names, months),), warnings, sure)


def _of(names: Both, months: Decimal) -> Step:
    """Say the penalty of an offence in years."""
    if months == LIFE:
        return Step(LIFE_OF, "", {"offence": names})
    return Step(PENALTY_OF, "", {"offence": names, "years": f"{months / MONTHS_OF_A_YEAR:.3g}"})


def _presumed(presumed: tuple[Presumed, ...], age: int | None) -> str:
    """Take the first offence whose age covers the victim; the last one, an adult's, where no age is told."""
    for one in presumed:
        if one.to_age is None or (age is not None and age <= one.to_age):
            return one.offence
    return ""


def _met(when: str, age: int | None, aggravated: tuple[str, ...]) -> bool:
    """Whether a branch of an offence is open: by age where the age is told, else by being named."""
    if when in OF_AGE and age is not None:
        first, last = OF_AGE[when]
        return first <= age <= last
    return when in aggravated


def _first_day(scale: Scale) -> date:
    return scale.valid_from or date.min


def _unknown(value: Any) -> bool:
    """Whether nothing was told; an age of 0 is told."""
    return value is None or value is False or value in ("", ())


def _plain(value: Any) -> Any:
    """Turn a day, an instant or a number into text; lists and truths stay."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
