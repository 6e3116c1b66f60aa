"""Codes and rules of an intake of many people: groups, states, who is taken first."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from prasan import packs
from prasan.cases.rules import day_problems
from prasan.plain.birth import CHILD_BELOW, PartialDate
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

from . import BODIES, NEEDS, NOTHING_ASKED, PLACES, UNKNOWN_ANSWER
from . import forms as asking
from .protection import REFUSED, SEXES

INTAKE_STATUSES = {"open": _("Open"), "closed": _("Closed")}
INTAKE_STATES: dict[str, tuple[str, ...]] = {"open": ("closed",), "closed": ("open",)}
GROUPS = {"urgent": _("Urgent"), "normal": _("Next in turn"), "later": _("Can wait")}
URGENT = {
    "child": _("Child, or age not known"),
    "injured": _("Injured or ill"),
    "pregnant": _("Pregnant or with a small child"),
    "alone": _("Alone, or separated from family"),
    "danger": _("In danger from somebody here"),
    "medicine": _("Needs medicine today"),
}
# What is needed by whoever carries a mark, as the screening in the case says it.
NEED_OF = {"injured": "medical", "pregnant": "pregnancy_or_child", "medicine": "medicine", "danger": "safety"}
# No need of the list says these: a task of the case does.
SEE_WHO_IS_ALONE = _("Was alone or separated from family when met: see today how the person is")
FIND_OUT_AGE = _("Said to be a child, and the birth year is only a guess: find out the age")
# Which marks put a person into which group; the first row that fits counts, and nobody is put into "later" by rule.
# Not sourced: the names of the three groups of the mass return of December 2025 at Sa Kaeo are not known.
TRIAGE: tuple[tuple[str, frozenset[str]], ...] = (("urgent", frozenset(URGENT)),)
OUR_CHOICE = _(
    "The three groups and what puts a person into them are our choice: the official groups are not published. "
    "A rule puts people into “urgent”, and only a person puts somebody into “can wait”."
)
PERSON_STATUSES = {
    "waiting": _("Waits"),
    "claimed": _("Being screened"),
    "screened": _("Screened"),
    "moved": _("In a case"),
    "left": _("Left"),
    "refused": _("Refused"),
}
PERSON_STATES: dict[str, tuple[str, ...]] = {
    "waiting": ("claimed", "left", "refused"),
    "claimed": ("waiting", "screened", "left", "refused"),
    "screened": ("screened", "moved", "left"),
    "moved": (),
    "left": ("waiting",),
    "refused": (),
}
STALE = timedelta(minutes=60)
# Palermo Protocol art. 3(d): under 18 is a child. A told age may be two years off, and in doubt somebody counts as a
# child: the phone draws the same line (frontend/js/field/form.js), and so does "about" a birth year in a case.
SURE_ADULT = CHILD_BELOW + 2
MOST_PEOPLE, MOST_AT_ONCE = 20_000, 50
# Who screens, for the figures, by the kind of agency that the screener belongs to.
BODY_OF_AGENCY = {
    "ngo": "ngo", "shelter": "ngo", "international_organisation": "ngo", "law_enforcement": "police",
    "prosecution_or_court": "court_or_prosecution", "immigration_service": "non_police_governmental_organization",
    "central_government_organisation": "non_police_governmental_organization",
    "local_government_organisation": "non_police_governmental_organization",
}  # fmt: skip

NOT_A_NUMBER_OF_PEOPLE = _("Write a number of people between 1 and %(most)s, or leave it empty.")
UNKNOWN_CODE = _("This choice is not in the list.")
INTAKE_CLOSED = _("This intake is closed. Open it again first.")
NOTHING_WRITTEN = _("No row was filled in.")
NOT_NOW = _("This cannot be done while the person is “%(status)s”.")
TAKEN = _("Somebody else is screening this person since %(since)s.")
NOT_YOURS = _("You are not the one who screens this person. Take the person first.")
CHILD_CANNOT_REFUSE = _("A child, or a person whose age is not known, is not turned away by a refusal: help goes on.")
ANOTHER_MUST = _("You changed this person's age. Another member of the desk must do this: put the person back first.")
ANOTHER_MUST_CONFIRM = _("You asked for this already. Another member of the desk must confirm it.")
NO_NRM_ANSWER = _("Say whether the person enters the referral mechanism.")
NOBODY_CHOSEN = _("Choose at least one person who was screened.")
TOO_MANY_CHOSEN = _("At most %(most)s people in one step.")
NO_CASE = _("Choose a case, or write a title for a new one.")
BEFORE_INTAKE = _("This lies before the day of the intake.")


def is_child(age: int | None, said: bool | None = None) -> bool | None:
    """Child, adult, or not known; a number of years decides, else what was said."""
    return said if age is None else not is_grown(age)


def is_grown(age: int | None) -> bool:
    """Told a number of years that leaves no doubt; who is only said to be an adult is not known to be one."""
    return age is not None and age >= SURE_ADULT


def birth_of(age: int | None, on: date, said: bool | None = None) -> PartialDate | None:
    """The birth year that a told age points to, for the record in a case. Of somebody said to be a child, without a
    number, it is the earliest that a child may have: a guess, which still says “child”."""
    years = CHILD_BELOW - 1 if age is None and said else age
    return None if years is None else PartialDate(on.year - years, about=True)


def said_age(age: int | None, child: bool | None) -> str:
    """The age as a word for the journal: a number, or what was said."""
    return str(age) if age is not None else {True: "child", False: "adult", None: "unknown"}[child]


def marks_of(marks: Iterable[str], child: bool | None) -> list[str]:
    """The urgent marks in the order of the list; a child and an age that is not known always carry theirs."""
    held = set(marks) - {"child"} | ({"child"} if child is not False else set())
    return [code for code in URGENT if code in held]


def needs_of(needs: Iterable[str], marks: Iterable[str]) -> list[str]:
    """The needs that were found, and those that an urgent mark of the intake stands for, so that none is lost."""
    held = {*needs, *(NEED_OF[mark] for mark in marks if mark in NEED_OF)}
    return [code for code in NEEDS if code in held]


def tasks_of(marks: Iterable[str], age: int | None, child: bool | None) -> list[str]:
    """What a case must see to today, and no need of the list says."""
    alone = [SEE_WHO_IS_ALONE] if "alone" in marks else []
    return [*alone, *([FIND_OUT_AGE] if age is None and child else [])]


def group_of(marks: Iterable[str]) -> str:
    """The group that the marks put a person into."""
    held = set(marks)
    return next((group for group, any_of in TRIAGE if held & any_of), "normal")


def body_of(agency_kind: str) -> str:
    """Who screens, as the figures name it."""
    return BODY_OF_AGENCY.get(agency_kind, "other")


def is_stale(claimed_at: datetime | None, at: datetime) -> bool:
    """Whether a claim is so old that a colleague may take the person over."""
    return claimed_at is None or claimed_at <= at - STALE


def intake_problems(
    *, on: date, place: str, province: str, situation: str, expected: int | None, today: date
) -> Iterator[Problem]:
    """An intake says when, where and in which situation; how many are expected may stay open."""
    yield from day_problems(on, today, "on")
    if place not in PLACES:
        yield Problem(UNKNOWN_CODE, field="place")
    if province and province not in packs.codes("province"):
        yield Problem(UNKNOWN_CODE, field="province")
    if situation not in packs.codes("screening_situation"):
        yield Problem(UNKNOWN_CODE, field="situation")
    if expected is not None and not 1 <= expected <= MOST_PEOPLE:
        yield Problem(NOT_A_NUMBER_OF_PEOPLE, field="expected", params={"most": f"{MOST_PEOPLE:,}"})


def move_problems(old: str, new: str) -> Iterator[Problem]:
    """A person's status moves by the dict above."""
    if new not in PERSON_STATES[old]:
        yield Problem(NOT_NOW, params={"status": PERSON_STATUSES[old]})


def age_group(age: int | None, child: bool | None) -> str:
    """Child, adult or unknown as a form is chosen by it: who is said to be an adult, but of no age, is not known."""
    return "child" if child else "adult" if age is not None and child is False else "unknown"


def asking_problems(
    *, form: packs.Form, answers: Mapping[str, Any], words: Mapping[str, str], group: str, child_at_time: bool | None
) -> Iterator[Problem]:
    """The form fits the age, the answers fit the form, and at least something was asked."""
    yield from asking.form_problems(form, group, child_at_time)
    for code, answer in answers.items():
        question = form.question(code)
        if question is None or not question.answered_by(answer):
            yield Problem(UNKNOWN_ANSWER, field=f"q_{code}")
    if not any(asking.asked(answer) for answer in answers.values()):
        yield Problem(NOTHING_ASKED)
    yield from asking.answer_problems(form, answers, words, told=(), asked_again={})


def result_problems(
    *, needs: Iterable[str], enters_nrm: bool | None, body: str, on: date, met_on: date, today: date
) -> Iterator[Problem]:
    """A screening ends with an answer to one question; needs come from the list."""
    yield from day_problems(on, today, "on")
    if on < met_on:
        yield Problem(BEFORE_INTAKE, field="on")
    if enters_nrm is None:
        yield Problem(NO_NRM_ANSWER, field="enters_nrm")
    if any(need not in NEEDS for need in needs):
        yield Problem(UNKNOWN_CODE, field="needs")
    if body not in BODIES:
        yield Problem(UNKNOWN_CODE, field="body")


def refusal_problems(*, status: str, age: int | None, alone: bool, refused: str, sex: str) -> Iterator[Problem]:
    """Only who is known to be an adult refuses; `alone`: who was a child here, and the same member made an adult."""
    yield from move_problems(status, "refused")
    if not is_grown(age):
        yield Problem(CHILD_CANNOT_REFUSE)
    elif alone:
        yield Problem(ANOTHER_MUST)
    if refused not in REFUSED:
        yield Problem(UNKNOWN_CODE, field="refused")
    if sex not in SEXES:
        yield Problem(UNKNOWN_CODE, field="sex")
