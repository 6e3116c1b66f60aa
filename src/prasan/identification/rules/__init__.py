"""Screening and identification: what was asked, what it supports by rule, and when a decision counts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prasan import packs
from prasan.cases.rules import day_problems, text_problems
from prasan.packs.forms import Question
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

# Labels in both languages stand in the packs (answer, identification_decision, law_basis, decider).
ANSWERS = {
    "yes": _("Yes"),
    "no": _("No"),
    "unknown": _("Not known"),
    "not_asked": _("Not asked"),
    "refused": _("Refused to answer"),
}
OUTCOMES = {
    "presumed": _("Presumed victim"),
    "identified": _("Identified victim"),
    "not_identified": _("Not identified"),
    "undetermined": _("Undetermined"),
}
LAW_BASES = {
    "s6": _("Section 6, trafficking in persons"),
    "s6_1": _("Section 6/1, forced labour or services"),
    "both": _("Both"),
}
BODIES = {
    "police": _("Police"),
    "ngo": _("Non-governmental organisation"),
    "court_or_prosecution": _("Court or prosecution"),
    "non_police_governmental_organization": _("Government agency other than the police"),
    "other": _("Other"),
    "mdt": _("Multidisciplinary team"),
}
STATUSES = {
    "proposed": _("Proposed: waits for a second discipline"),
    "decided": _("Decided"),
    "returned": _("Returned to whoever proposed it"),
}
STATES: dict[str, tuple[str, ...]] = {"proposed": ("decided", "returned"), "decided": (), "returned": ()}
PLACES = {
    "police_station": _("Police station"),
    "immigration": _("Immigration office or border"),
    "workplace": _("Workplace"),
    "shelter": _("Shelter or safe place"),
    "hospital": _("Hospital or clinic"),
    "office": _("Office of an organisation"),
    "school": _("School"),
    "community": _("Community or home"),
    "remote": _("By phone or online"),
    "other": _("Other"),
}
NEEDS = {
    "safety": _("Safety, also of relatives"),
    "medical": _("Medical care"),
    "medicine": _("Medicine"),
    "food": _("Food, clothes, hygiene"),
    "shelter": _("A safe place to stay"),
    "phone": _("A phone, contact with somebody trusted"),
    "interpreter": _("An interpreter"),
    "documents": _("Identity papers"),
    "pregnancy_or_child": _("Care in pregnancy or for a small child"),
    "emotional": _("Somebody to talk to"),
    "legal": _("A lawyer"),
}
COMPLETE = "complete"
"""The form that holds every indicator once: used where no other form was named."""
BASIS_NEEDS = {"s6": ("act", "means", "purpose"), "s6_1": ("s6_1", "work")}

NOTHING_ASKED = _("Nothing was asked yet: answer at least one question, “refused” is an answer.")
UNKNOWN_ANSWER = _("This answer does not belong to this question.")
UNKNOWN_CODE = _("This choice is not in the list.")
NO_NRM_ANSWER = _("Say whether the person enters the referral mechanism.")
NO_BASIS = _("An identified victim needs the law that it rests on.")
NO_FORM = _("An identified victim needs at least one form of exploitation.")
AWAITS = _("Another decision on this person waits for a second discipline: answer that one first.")
NOT_IN_DISCIPLINE = _("You are not on this team in that discipline.")
SAME_PERSON = _("You proposed or joined this decision already: a second person must concur.")
SAME_DISCIPLINE = _("A second discipline must concur, not the one that proposed.")
NOT_PROPOSED = _("This decision no longer waits for anybody.")
BEFORE_PROPOSAL = _("This lies before the day of the proposal.")

CHILD = _("Under 18 when it happened: an act and a purpose are enough, no means is needed.")
AGE_UNKNOWN = _("Age at the time not known: treated as a child until it is decided.")
ADULT = _("Adult: an act, a means and a purpose are needed together.")
FORCED_LABOUR = _("Compulsion and work or service are needed; no act and no movement.")
RESISTANCE = _("That the person could not resist was not found yet; the law names it too.")


@dataclass(frozen=True)
class Met:
    """An indicator that answers raised: by which questions, what it supports, whether that reading is sourced."""

    code: str
    elements: tuple[str, ...]
    questions: tuple[str, ...]
    sourced: bool


@dataclass(frozen=True)
class Conclusion:
    """Whether one basis in law is supported, by what, and what is missing. Shown, never stored."""

    basis: str
    supported: bool
    found: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    sourced: bool


def indicators_met(answers: Mapping[str, Any], form: packs.Form | None = None) -> list[Met]:
    """The indicators that a yes or a chosen value raised, in the order of the pack, each with its questions.

    By the form that was asked, as it was then; without one by the complete list of signs.
    """
    asked = form or packs.forms()[COMPLETE]
    raised: dict[str, list[Question]] = {}
    for question in asked.questions:
        for code in question.raised(answers.get(question.code)):
            raised.setdefault(code, []).append(question)
    return [
        Met(code, sign.elements, tuple(q.code for q in by), sign.sourced and any(q.sourced for q in by))
        for code, sign in asked.signs.items()
        if (by := raised.get(code))
    ]


def _conclusion(basis: str, needed: tuple[str, ...], met: Iterable[Met], notes: tuple[str, ...]) -> Conclusion:
    rows = list(met)
    found = {e: tuple(m.code for m in rows if e in m.elements) for e in needed}
    missing = tuple(e for e in needed if not found[e])
    sourced = all(any(m.sourced for m in rows if e in m.elements) for e in needed if found[e])
    return Conclusion(basis, not missing, found, missing, notes, sourced and basis == "s6")


def conclusions(met: Iterable[Met], child_at_time: bool | None) -> list[Conclusion]:
    """Trafficking (Anti-Trafficking Act s.6) and forced labour or services (s.6/1), each by its elements.

    s.6(1): an adult needs act, means and purpose; s.6(2): a child under 18 at the time needs no means. An
    unknown age counts as a child until it is decided.
    """
    rows = list(met)
    child = child_at_time is not False
    needed = tuple(e for e in BASIS_NEEDS["s6"] if not (child and e == "means"))
    note = CHILD if child_at_time else AGE_UNKNOWN if child_at_time is None else ADULT
    resisted = any("cannot_resist" in m.elements for m in rows)
    labour_notes = (FORCED_LABOUR,) if resisted else (FORCED_LABOUR, RESISTANCE)
    return [
        _conclusion("s6", needed, rows, (note,)),
        _conclusion("s6_1", BASIS_NEEDS["s6_1"], rows, labour_notes),
    ]


def _code_problems(field: str, value: str, known: Iterable[str]) -> Iterator[Problem]:
    if value not in known:
        yield Problem(UNKNOWN_CODE, field=field)


def screening_problems(
    *, answers: Mapping[str, Any], on: date, situation: str, place: str, body: str, needs: Iterable[str],
    enters_nrm: bool | None, discipline: str, held: Iterable[str], today: date, form: packs.Form | None = None,
) -> Iterator[Problem]:  # fmt: skip
    """A screening asks at least something, of the questions of its form; no answer is ever required."""
    yield from day_problems(on, today, "on")
    questions = {q.code: q for q in (form or packs.forms()[COMPLETE]).questions}
    for code, answer in answers.items():
        if code not in questions or not questions[code].answered_by(answer):
            yield Problem(UNKNOWN_ANSWER, field=f"q_{code}")
    if all(answer == "not_asked" for answer in answers.values()):
        yield Problem(NOTHING_ASKED)
    yield from _code_problems("situation", situation, packs.codes("screening_situation"))
    yield from _code_problems("place", place, PLACES)
    yield from _code_problems("body", body, BODIES)
    for need in needs:
        yield from _code_problems("needs", need, NEEDS)
    if enters_nrm is None:
        yield Problem(NO_NRM_ANSWER, field="enters_nrm")
    if discipline not in held:
        yield Problem(NOT_IN_DISCIPLINE, field="discipline")


def decision_problems(
    *, outcome: str, law_basis: str, forms: list[str], reasons: str, body: str, on: date, discipline: str,
    held: Iterable[str], awaiting: bool, today: date,
) -> Iterator[Problem]:  # fmt: skip
    """A decision gives its reasons; an identification also the law and the form. Cooperation is never asked."""
    yield from day_problems(on, today, "on")
    yield from _code_problems("outcome", outcome, OUTCOMES)
    yield from _code_problems("body", body, BODIES)
    yield from text_problems(reasons, "reasons")
    if law_basis:
        yield from _code_problems("law_basis", law_basis, LAW_BASES)
    for form in forms:
        yield from _code_problems("forms", form, packs.codes("exploitation_form"))
    if outcome == "identified":
        if not law_basis:
            yield Problem(NO_BASIS, field="law_basis")
        if not [form for form in forms if form != "unknown"]:
            yield Problem(NO_FORM, field="forms")
    if discipline not in held:
        yield Problem(NOT_IN_DISCIPLINE, field="discipline")
    if awaiting:
        yield Problem(AWAITS)


def concurrence_problems(
    *, status: str, proposed_on: date, on: date, by: int, discipline: str, held: Iterable[str],
    joined: Iterable[tuple[int, str]], today: date,
) -> Iterator[Problem]:  # fmt: skip
    """Two people of two disciplines; `joined` are those who concur already, the proposer among them."""
    if "decided" not in STATES[status]:
        yield Problem(NOT_PROPOSED)
    yield from day_problems(on, today, "on")
    if on < proposed_on:
        yield Problem(BEFORE_PROPOSAL, field="on")
    if discipline not in held:
        yield Problem(NOT_IN_DISCIPLINE, field="discipline")
    pairs = list(joined)
    if by in {staff for staff, _held in pairs}:
        yield Problem(SAME_PERSON)
    elif discipline in {one for _staff, one in pairs}:
        yield Problem(SAME_DISCIPLINE, field="discipline")


def counts(joined: Iterable[tuple[int, str]]) -> bool:
    """A decision counts when two different persons of two different disciplines concur."""
    pairs = list(joined)
    return any(a != b and one != two for a, one in pairs for b, two in pairs)


def return_problems(*, status: str, words: str) -> Iterator[Problem]:
    """A proposal goes back with words on what is missing."""
    if "returned" not in STATES[status]:
        yield Problem(NOT_PROPOSED)
    yield from text_problems(words, "words")
