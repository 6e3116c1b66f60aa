"""A decision looked at again: who may ask, who answers, and that asking never costs anybody help."""

from collections.abc import Iterable, Iterator
from datetime import date

from prasan.cases.rules import day_problems, text_problems
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

from . import BODIES, NOT_IN_DISCIPLINE, UNKNOWN_CODE
from .protection import ASKERS, REVIEW_KINDS, REVIEW_OUTCOMES

# Our choice: no text sets a time.
ANSWER_WITHIN_DAYS = 15

NOT_DECIDED = _("Only a decision that two disciplines carry, and that stands, can be looked at again.")
BEFORE_DECISION = _("This lies before the day of the decision.")
BEFORE_ASKING = _("This lies before the day on which it was asked for.")
ANSWERED = _("This was answered already.")
SAME_DISCIPLINE = _("Another discipline must answer, not the one in which it was asked for.")
SAME_PERSON = _("You entered this yourself: a second person must answer.")
SAME_BODY = _("An appeal goes to another body than the one that decided.")


def ask_problems(
    *, kind: str, asked_by: str, on: date, decided_on: date | None, stands: bool, grounds: str, discipline: str,
    held: Iterable[str], today: date,
) -> Iterator[Problem]:  # fmt: skip
    """Whoever is affected may ask, at any time, as often as there are grounds: nothing runs out."""
    yield from day_problems(on, today, "on")
    for field, value, known in (("kind", kind, REVIEW_KINDS), ("asked_by", asked_by, ASKERS)):
        if value not in known:
            yield Problem(UNKNOWN_CODE, field=field)
    yield from text_problems(grounds, "grounds")
    if not stands:
        yield Problem(NOT_DECIDED)
    elif decided_on is not None and on < decided_on:
        yield Problem(BEFORE_DECISION, field="on")
    if discipline not in held:
        yield Problem(NOT_IN_DISCIPLINE, field="discipline")


def answer_problems(
    *, status: str, kind: str, outcome: str, answer: str, on: date, asked_on: date, body: str, decided_body: str,
    discipline: str, asked_in: str, held: Iterable[str], by: int, asked_as: int | None, today: date,
) -> Iterator[Problem]:  # fmt: skip
    """A second person of another discipline answers with reasons; an appeal is answered by another body."""
    yield from day_problems(on, today, "on")
    if status != "open":
        yield Problem(ANSWERED)
    for field, value, known in (("outcome", outcome, REVIEW_OUTCOMES), ("body", body, BODIES)):
        if value not in known:
            yield Problem(UNKNOWN_CODE, field=field)
    yield from text_problems(answer, "answer")
    if on < asked_on:
        yield Problem(BEFORE_ASKING, field="on")
    if kind == "appeal" and body == decided_body:
        yield Problem(SAME_BODY, field="body")
    if discipline not in held:
        yield Problem(NOT_IN_DISCIPLINE, field="discipline")
    if by == asked_as:
        yield Problem(SAME_PERSON)
    elif discipline == asked_in:
        yield Problem(SAME_DISCIPLINE, field="discipline")
