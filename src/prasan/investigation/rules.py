"""Investigations, operations, removals from harm and arrests: the codes, the allowed moves, what is refused."""

from collections.abc import Iterator
from datetime import date, datetime

from prasan.cases.rules import CONTRIBUTIONS
from prasan.plain.dates import local_day
from prasan.plain.problem import Problem
from prasan.plain.text import normalise
from prasan.plain.words import gettext_noop as _

STATUSES = {"planned": _("Planned"), "done": _("Carried out"), "cancelled": _("Called off")}
STATES: dict[str, tuple[str, ...]] = {"planned": ("done", "cancelled"), "done": (), "cancelled": ()}
PLACES = {
    "entertainment": _("Bar, karaoke or other entertainment place"),
    "massage": _("Massage or spa"),
    "hotel": _("Hotel or rented room"),
    "private_home": _("Private home"),
    "factory": _("Factory or workshop"),
    "farm": _("Farm or plantation"),
    "vessel": _("Fishing vessel or pier"),
    "construction": _("Construction site"),
    "scam_compound": _("Scam compound"),
    "border": _("Border crossing or checkpoint"),
    "street": _("Street or public place"),
    "online": _("Online only"),
    "other": _("Other"),
}
LONGEST_WORDS = 1000
LONGEST_SPAN = 366

FUTURE = _("This date lies in the future.")
OLDER_THAN_SYSTEM = _("Dates before 1990 are taken for a slip.")
TOO_FAR = _("A plan for more than a year ahead is taken for a slip.")
ENDS_FIRST = _("The investigation would end before it began.")
ALREADY_OPEN = _("This case already has its investigation.")
ALREADY_CLOSED = _("The investigation is already closed.")
NOT_ALLOWED_MOVE = _("An operation that is “%(old)s” cannot become “%(new)s”.")
NO_PLACE = _("Choose the kind of place.")
NO_PROVINCE = _("Choose a province.")
NO_BODY = _("Choose the unit that leads.")
NO_WORDS = _("Write what was checked: risks to survivors, families, staff, and who decides to call it off.")
TOO_LONG = _("At most %(limit)s characters.")
NO_DONE_AT = _("Write when it was carried out.")
NOT_DONE = _("An operation that was called off was not carried out at any time.")
NO_CONTRIBUTION = _("Say how the team contributed: the figures need it.")
NOT_SURVIVOR = _("Only somebody who takes part as a victim or potential victim is removed from harm.")
COUNTED = _("The removal of this person is already recorded in this case; correct that record instead.")
NOT_DEFENDANT = _("Choose a suspect or accused. The arrest of a survivor is recorded as custody, with its s.41 check.")
NOT_CARRIED_OUT = _("This operation was called off: it has no arrests and removals.")
OTHER_CASE = _("This belongs to another case.")


def day_problems(on: date, today: date, field: str) -> Iterator[Problem]:
    if on > today:
        yield Problem(FUTURE, field=field)
    if on.year < 1990:
        yield Problem(OLDER_THAN_SYSTEM, field=field)


def contribution_problems(contribution: str) -> Iterator[Problem]:
    """Arrests, removals and operations that were carried out say how the team contributed."""
    if contribution not in CONTRIBUTIONS:
        yield Problem(NO_CONTRIBUTION, field="contribution")


def opening_problems(*, opened_on: date, today: date, exists: bool) -> Iterator[Problem]:
    yield from day_problems(opened_on, today, "opened_on")
    if exists:
        yield Problem(ALREADY_OPEN)


def closing_problems(*, opened_on: date, closed_on: date, today: date, already: date | None) -> Iterator[Problem]:
    if already is not None:
        yield Problem(ALREADY_CLOSED)
    yield from day_problems(closed_on, today, "closed_on")
    if closed_on < opened_on:
        yield Problem(ENDS_FIRST, field="closed_on")


def plan_problems(
    *, planned_on: date, today: date, place_kind: str, province: str, provinces: frozenset[str], lead_body: str,
    bodies: frozenset[str], risk_checked: bool, risk_words: str,
) -> Iterator[Problem]:  # fmt: skip
    """What a plan needs. A risk check that was made says what was looked at."""
    if planned_on.year < 1990:
        yield Problem(OLDER_THAN_SYSTEM, field="planned_on")
    if (planned_on - today).days > LONGEST_SPAN:
        yield Problem(TOO_FAR, field="planned_on")
    if place_kind not in PLACES:
        yield Problem(NO_PLACE, field="place_kind")
    if province and province not in provinces:
        yield Problem(NO_PROVINCE, field="province")
    if lead_body not in bodies:
        yield Problem(NO_BODY, field="lead_body")
    if risk_checked and not normalise(risk_words):
        yield Problem(NO_WORDS, field="risk_words")
    if len(risk_words) > LONGEST_WORDS:
        yield Problem(TOO_LONG, field="risk_words", params={"limit": LONGEST_WORDS})


def result_problems(
    *, old: str, new: str, done_at: datetime | None, contribution: str, today: date
) -> Iterator[Problem]:
    """A plan becomes carried out, with instant and contribution, or is called off; neither goes back."""
    if new not in STATES[old]:
        told = {"old": STATUSES[old], "new": STATUSES.get(new, new)}
        yield Problem(NOT_ALLOWED_MOVE, field="status", params=told)
        return
    if new == "cancelled":
        if done_at is not None:
            yield Problem(NOT_DONE, field="done_at")
        return
    if done_at is None:
        yield Problem(NO_DONE_AT, field="done_at")
    else:
        yield from day_problems(local_day(done_at), today, "done_at")
    yield from contribution_problems(contribution)


def removal_problems(
    *, is_survivor: bool, already: bool, on: date, contribution: str, today: date, operation_status: str
) -> Iterator[Problem]:
    """A person leaves harm once a case, with or without an operation; self-exits with help count too."""
    if not is_survivor:
        yield Problem(NOT_SURVIVOR, field="participation")
    if already:
        yield Problem(COUNTED, field="participation")
    if operation_status == "cancelled":
        yield Problem(NOT_CARRIED_OUT, field="operation")
    yield from day_problems(on, today, "on")
    yield from contribution_problems(contribution)


def arrest_problems(*, is_defendant: bool, contribution: str, operation_status: str) -> Iterator[Problem]:
    """Who is arrested here is a suspect; an arrested survivor goes through custody and is never a figure."""
    if not is_defendant:
        yield Problem(NOT_DEFENDANT, field="participation")
    if operation_status == "cancelled":
        yield Problem(NOT_CARRIED_OUT, field="operation")
    yield from contribution_problems(contribution)
