"""Care: services and shelter stays. Nothing here asks whether the person cooperates with anybody."""

from collections.abc import Iterator
from datetime import date

from prasan import packs
from prasan.cases.rules import day_problems, text_problems
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

# Labels in both languages stand in the packs (support_plan after HTCDS 2.0 spl_Type, shelter_kind).
SERVICE_KINDS = {
    "education": _("Education"),
    "financial": _("Financial"),
    "health": _("Health"),
    "labour_exploitation_rehabilitation": _("Rehabilitation after labour exploitation"),
    "legal": _("Legal"),
    "livelihood": _("Livelihood"),
    "rights_based_training": _("Training on rights"),
    "sexual_exploitation_rehabilitation": _("Rehabilitation after sexual exploitation"),
    "social_care": _("Social care"),
}
SERVICE_OUTCOMES = {
    "given": _("Given"),
    "goes_on": _("Given, and goes on"),
    "declined": _("Offered, the person declined"),
    "not_available": _("Asked for, could not be given"),
}
DELIVERED = frozenset({"given", "goes_on"})
SHELTER_KINDS = {
    "government": _("Government shelter"),
    "ngo_registered": _("Registered private shelter"),
    "other": _("Other place"),
    "own_home": _("Community or own home"),
}
ACCESS = {"free": _("Yes, freely"), "limited": _("Limited"), "none": _("No"), "unknown": _("Not known")}
LEFT_BECAUSE = {
    "own_wish": _("Own wish"),
    "plan_done": _("Plan finished"),
    "moved": _("Moved to another place of safety"),
    "returned": _("Returned home or to the own country"),
    "not_told": _("Left without telling"),
    "other": _("Other"),
}

UNKNOWN_CODE = _("This choice is not in the list.")
CONSENT_DAY = _("Say on which day the person agreed, or declined, to stay.")
CONSENT_FUTURE = _("The answer about staying is dated in the future.")
CONSENT_EARLY = _("This lies before the stay began.")
ENDS_FIRST = _("The stay would end before it began.")
STILL_THERE = _("Another stay of this person covers this day: end or correct that one first.")
ALREADY_ENDED = _("This stay has already ended.")
LIMITED_WHY = _("A limit on phone or movement needs its reason and a day on which it is looked at again.")
REVIEW_PAST = _("The day of review lies before the stay began.")
NO_PLACE = _("Write the place: it is sealed and never listed.")
LONGEST_PLACE = 400


def service_problems(*, kind: str, outcome: str, what: str, words: str, on: date, today: date) -> Iterator[Problem]:
    """A service says what it was and what came of it."""
    yield from day_problems(on, today, "on")
    if kind not in SERVICE_KINDS:
        yield Problem(UNKNOWN_CODE, field="kind")
    if outcome not in SERVICE_OUTCOMES:
        yield Problem(UNKNOWN_CODE, field="outcome")
    yield from text_problems(what, "what", limit=2000)
    yield from text_problems(words, "words", needed=False, limit=2000)


def stay_problems(
    *, kind: str, since_on: date, place: str, consent_to_stay: bool | None, consent_on: date | None,
    phone_access: str, free_movement: str, limit_reason: str, limit_review_on: date | None, overlaps: bool,
    today: date,
) -> Iterator[Problem]:  # fmt: skip
    """A stay rests on the person's own consent; a limit needs reason and review. A no to staying is recorded too."""
    yield from day_problems(since_on, today, "since_on")
    if kind not in packs.codes("shelter_kind"):
        yield Problem(UNKNOWN_CODE, field="kind")
    if not place.strip():
        yield Problem(NO_PLACE, field="place")
    yield from text_problems(place, "place", needed=False, limit=LONGEST_PLACE)
    if consent_to_stay is not None and consent_on is None:
        yield Problem(CONSENT_DAY, field="consent_on")
    if consent_on is not None and consent_on > today:
        yield Problem(CONSENT_FUTURE, field="consent_on")
    for field, value in (("phone_access", phone_access), ("free_movement", free_movement)):
        if value not in ACCESS:
            yield Problem(UNKNOWN_CODE, field=field)
    if {phone_access, free_movement} & {"limited", "none"} and not (limit_reason.strip() and limit_review_on):
        yield Problem(LIMITED_WHY, field="limit_reason")
    if limit_review_on is not None and limit_review_on < since_on:
        yield Problem(REVIEW_PAST, field="limit_review_on")
    if overlaps:
        yield Problem(STILL_THERE, field="since_on")


def consent_problems(*, on: date, since_on: date, ended: bool, today: date) -> Iterator[Problem]:
    """An answer about staying may be given, changed or taken back on any day of the stay."""
    if ended:
        yield Problem(ALREADY_ENDED)
    if on > today:
        yield Problem(CONSENT_FUTURE, field="on")
    if on < since_on:
        yield Problem(CONSENT_EARLY, field="on")


def end_problems(*, since_on: date, until_on: date, ended: bool, because: str, today: date) -> Iterator[Problem]:
    """A stay ends once, not before it began, for a reason of the list; leaving is the person's right."""
    if ended:
        yield Problem(ALREADY_ENDED)
    yield from day_problems(until_on, today, "until_on")
    if until_on < since_on:
        yield Problem(ENDS_FIRST, field="until_on")
    if because not in LEFT_BECAUSE:
        yield Problem(UNKNOWN_CODE, field="because")


def nights(since_on: date, until_on: date) -> int:
    """The nights of a stay: in and out on the same day is none."""
    return (until_on - since_on).days
