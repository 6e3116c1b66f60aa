"""Codes and rules of what protects a person before, between and after the two stages."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from prasan import packs
from prasan.cases.rules import day_problems, text_problems
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

REVIEW_KINDS = {
    "review": _("Review by the team"),
    "appeal": _("Appeal to another body"),
    "reopening": _("Re-opened on new facts"),
}
REVIEW_STATUSES = {"open": _("Waits for an answer"), "answered": _("Answered")}
REVIEW_OUTCOMES = {"upheld": _("The decision stands"), "decide_new": _("A new decision is needed")}
ASKERS = {
    "person": _("The person"),
    "guardian": _("Guardian or representative"),
    "lawyer": _("Lawyer"),
    "team": _("The team"),
}
AGE_RESULTS = {"child": _("Child"), "adult": _("Adult"), "undetermined": _("Not determined: treated as a child")}
AGE_METHODS = {
    "documents": _("Documents"),
    "statement": _("The person's own statement"),
    "relatives": _("Statements of relatives or school"),
    "social": _("Interview by a social worker or psychologist"),
    "medical": _("Medical examination"),
    "dental": _("Dental examination"),
    "bone": _("X-ray of the bones"),
}
ENDINGS = {
    "ran_out": _("The period ended"),
    "own_wish": _("At the person's own recorded wish"),
    "left": _("The person left"),
    "transferred": _("Another body took over"),
}
WELLBEING = {
    "well": _("Well"),
    "worried": _("Worried"),
    "unwell": _("Unwell"),
    "urgent": _("Needs help now"),
    "absent": _("Not met today"),
}
UNDERSTANDINGS = {
    "own_words": _("Said it again in own words"),
    "repeated": _("Repeated it"),
    "nodded": _("Nodded or said yes"),
    "not_understood": _("Not understood: tell it again"),
}
REFUSED = {
    "screening": _("The screening"),
    "help": _("Any help"),
    "police": _("Contact with the police"),
    "all": _("All of it"),
}
SEXES = {"male": _("Male"), "female": _("Female"), "other": _("Other or not said")}
# Cell, prison and detention stand in the list so that they can be refused with the reason (ATIP s.29).
PROTECTION_PLACES = {
    "family_home": _("Children and family home"),
    "welfare_centre": _("Welfare protection centre"),
    "ngo_shelter": _("Shelter of an organisation"),
    "hospital": _("Hospital"),
    "office": _("Office or meeting room"),
    "police_room": _("Room at a police station, not a cell"),
    "other_safe": _("Another safe place"),
    "cell": _("Cell or lock-up"),
    "prison": _("Prison"),
    "detention": _("Immigration detention"),
}
NEVER_PLACES = frozenset({"cell", "prison", "detention"})
DOUBTFUL_PLACES = frozenset({"police_room"})
UNDERSTOOD_EACH_OTHER = {
    "interpreter": _("Through an interpreter"),
    "shared": _("Whoever records and the witness both speak this language"),
    "neither": _("Neither"),
}
ADULT = {"yes": _("Yes, 18 or older"), "no": _("No, younger"), "unknown": _("Not sure")}
SMALL = 5  # our choice: a smaller number is not shown below the level of a province

# thailand.md 5.2; the last sentence is derived and not confirmed by a lawyer.
TWO_TIMES = _(
    "ATIP s.29 covers at most 24 hours and, by court order, 7 more days; the NRM gives 15 days of reflection"
    " (45 in all in another text). From the end of the s.29 time the stay rests on the person's own consent to stay."
)
TIME_OVER = _(
    "The time of s.29 is over, and neither the person's consent to stay nor a court order is recorded. Tell the"
    " person now that she or he may go, and ask about staying."
)
NEVER_IN_A_CELL = _("Temporary protection is never in a cell, a prison or detention (ATIP s.29). Move the person.")
NOT_A_CELL = _("A room at a police station is right only while its door is open. Look for a better place.")
UNKNOWN_CODE = _("This choice is not in the list.")
FUTURE_INSTANT = _("This instant lies in the future.")
ALREADY_PROTECTED = _("This person is under temporary protection already.")
ALREADY_ENDED = _("This has ended already.")
BEFORE_BEGINNING = _("This lies before the beginning.")
ALREADY_GRANTED = _("An order of the court is recorded already.")
NOT_A_SURVIVOR = _("Only for a potential victim or a victim of this case.")
ALREADY_REFLECTING = _("A reflection period of this person runs already.")
RAN_OUT = _("The time of this period has passed: it ends by itself.")
MEANWHILE = _("%(person)s: %(who)s was there at %(at)s: %(how)s. That look stands; yours was not saved.")
URGENT_TASK = _("Needs help now: seen at the welfare check. Go and see the person first.")
OUTSIDE_REFLECTION = _("This day lies outside the reflection period.")
NO_RIGHT = _("Tick at least one right that was told.")
UNKNOWN_RIGHT = _("This right is not in the list.")
CHILD_DUTY = _(
    "A child cannot be counted away. Child protection is a duty that no refusal lifts: record the child in a case,"
    " or call the child protection officer now. In doubt a person counts as a child."
)


def _known(field: str, value: str, codes: Iterable[str]) -> Iterator[Problem]:
    if value not in codes:
        yield Problem(UNKNOWN_CODE, field=field)


def _between(field: str, value: datetime, first: datetime, at: datetime) -> Iterator[Problem]:
    if value > at:
        yield Problem(FUTURE_INSTANT, field=field)
    if value < first:
        yield Problem(BEFORE_BEGINNING, field=field)


def protection_problems(
    *, since: datetime, place: str, body: str, bodies: Iterable[str], survivor: bool, running: bool, at: datetime
) -> Iterator[Problem]:
    """ATIP s.29: who was taken under protection when, by which body, and where; never in a cell or prison."""
    if since > at:
        yield Problem(FUTURE_INSTANT, field="since")
    yield from _known("place", place, PROTECTION_PLACES)
    yield from _known("body", body, bodies)
    if place in NEVER_PLACES:
        yield Problem(NEVER_IN_A_CELL, field="place")
    if not survivor:
        yield Problem(NOT_A_SURVIVOR, field="person")
    if running:
        yield Problem(ALREADY_PROTECTED, field="person")


def stay_problems(*, on: date, since_on: date, ended: bool, today: date) -> Iterator[Problem]:
    """The answer about staying, asked before the time of s.29 ends."""
    yield from day_problems(on, today, "on")
    if on < since_on:
        yield Problem(BEFORE_BEGINNING, field="on")
    if ended:
        yield Problem(ALREADY_ENDED)


def court_problems(
    *, granted_at: datetime, until: datetime | None, since: datetime, granted: bool, ended: bool, at: datetime
) -> Iterator[Problem]:
    """ATIP s.29: at most 7 days by order of the court; `until` where the order gives fewer."""
    yield from _between("granted_at", granted_at, since, at)
    if until is not None and until <= granted_at:
        yield Problem(BEFORE_BEGINNING, field="until")
    if granted:
        yield Problem(ALREADY_GRANTED)
    if ended:
        yield Problem(ALREADY_ENDED)


def end_problems(*, ended_at: datetime, how: str, since: datetime, ended: bool, at: datetime) -> Iterator[Problem]:
    yield from _between("ended_at", ended_at, since, at)
    yield from _known("how", how, ENDINGS)
    if ended:
        yield Problem(ALREADY_ENDED)


def basis(
    *, ended_at: datetime | None, day_ends_at: datetime | None, court_ends_at: datetime | None, stays: bool | None,
    at: datetime,
) -> str:  # fmt: skip
    """On what a stay rests at an instant: `law` (s.29), `court`, `consent`, `none` (alarm), `ended`, `unknown`."""
    if ended_at is not None:
        return "ended"
    if day_ends_at is not None and at < day_ends_at:
        return "law"
    if court_ends_at is not None and at < court_ends_at:
        return "court"
    if stays:
        return "consent"
    return "none" if day_ends_at is not None or court_ends_at is not None else "unknown"


def reflection_problems(*, on: date, survivor: bool, running: bool, today: date) -> Iterator[Problem]:
    """NRM 2022: reflection begins on the day on which the person enters the referral mechanism."""
    yield from day_problems(on, today, "on")
    if not survivor:
        yield Problem(NOT_A_SURVIVOR, field="person")
    if running:
        yield Problem(ALREADY_REFLECTING, field="person")


def welfare_problems(
    *, wellbeing: str, needs: Iterable[str], known_needs: Iterable[str], words: str, on: date, entered_on: date,
    ended_on: date | None, today: date,
) -> Iterator[Problem]:  # fmt: skip
    """How the person is on one day; nothing about what happened."""
    yield from day_problems(on, today, "on")
    yield from _known("wellbeing", wellbeing, WELLBEING)
    for need in needs:
        yield from _known("needs", need, known_needs)
    yield from text_problems(words, "words", needed=False, limit=2000)
    if on < entered_on or (ended_on is not None and on > ended_on):
        yield Problem(OUTSIDE_REFLECTION, field="on")


def told_problems(
    *, rights: Iterable[str], on: date, body: str, bodies: Iterable[str], language: str, understood: str, today: date
) -> Iterator[Problem]:
    """ATIP s.33, s.34: which rights were told, when, by whom, in which language, how they were understood."""
    yield from day_problems(on, today, "on")
    told = set(rights)
    if not told:
        yield Problem(NO_RIGHT, field="rights")
    if told - packs.codes("right"):
        yield Problem(UNKNOWN_RIGHT, field="rights")
    yield from _known("body", body, bodies)
    yield from _known("understood", understood, UNDERSTANDINGS)
    if not language:
        yield Problem(UNKNOWN_CODE, field="language")


def refusal_problems(
    *, on: date, adult: str, province: str, place: str, places: Iterable[str], situation: str, sex: str, refused: str,
    today: date,
) -> Iterator[Problem]:  # fmt: skip
    """An adult may refuse and is counted without a name; a child, or somebody who may be one, never."""
    yield from day_problems(on, today, "on")
    if adult != "yes":
        yield Problem(CHILD_DUTY, field="adult")
    yield from _known("place", place, places)
    yield from _known("sex", sex, SEXES)
    yield from _known("refused", refused, REFUSED)
    if province:
        yield from _known("province", province, packs.codes("province"))
    if situation:
        yield from _known("situation", situation, packs.codes("screening_situation"))


def safe_split(parts: Mapping[str, int]) -> Mapping[str, int] | None:
    """The parts of a province's number, or None when one of them is small: then none of them is shown."""
    return None if any(0 < count < SMALL for count in parts.values()) else parts
