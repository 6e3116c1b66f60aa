"""When reflection ends before its time: the person's own wish, understood, told by one and confirmed by another."""

from collections.abc import Iterable, Iterator
from datetime import date

from prasan.cases.rules import day_problems, text_problems
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

from .protection import ALREADY_ENDED, BEFORE_BEGINNING, ENDINGS, RAN_OUT, UNKNOWN_CODE

EARLY_ENDINGS = {code: label for code, label in ENDINGS.items() if code != "ran_out"}
END_STATUSES = {
    "proposed": _("Waits for the witness"),
    "confirmed": _("Confirmed by the witness"),
    "refused": _("Refused by the witness"),
}
WITNESSED = {
    "confirmed": _("Yes: I was there, and it was so"),
    "refused": _("No: I was not there, or it was not so"),
}
# Of the two who end a period early at least one cares for the person or stands beside them in law.
BESIDE = frozenset({"social_worker", "psychologist", "shelter_staff", "lawyer"})
WITNESS_WITHIN_DAYS = 3  # our choice: after that the person is asked again

NO_LANGUAGE = _("Say in which language the wish was spoken.")
NEEDS_INTERPRETER = _("A wish that nobody present understood cannot be recorded: call an interpreter.")
NOT_THEIR_LANGUAGE = _("This is not a language of the person, and no interpreter was used.")
NO_WITNESS = _("An early end needs a witness: another member of the team.")
WITNESS_IS_SELF = _("You cannot be the witness of what you record yourself.")
NOT_THIS_PAIR = _("The two must be of two disciplines, and one of them a social worker, a psychologist, shelter staff "
                  "or a lawyer.")  # fmt: skip
NOT_ALONE = _("A reflection period rests on this record. A social worker, a psychologist, shelter staff or a lawyer of "
              "the team takes it back, and not whoever wrote it.")  # fmt: skip
END_WAITS = _("An early end waits for its witness already.")
NOT_THE_WITNESS = _("Only the named witness, signed in, can say this.")
END_ANSWERED = _("This was answered already, or nobody answered in time: ask the person again.")


def wish_problems(
    *, words: str, language: str, understood: str, person_languages: Iterable[str]
) -> Iterator[Problem]:
    """The person's own recorded wish: own words, and a language that was understood."""
    yield from text_problems(words, "words", limit=4000)
    if not language:
        yield Problem(NO_LANGUAGE, field="language")
    if understood not in ("interpreter", "shared"):
        yield Problem(NEEDS_INTERPRETER, field="understood")
    languages = set(person_languages)
    if understood == "shared" and language and languages and language not in languages:
        yield Problem(NOT_THEIR_LANGUAGE, field="language")


def unmaking_problems(*, wrote: bool, held: Iterable[str]) -> Iterator[Problem]:
    """A correction that would end a running period: by somebody beside the person, and not by whoever wrote it."""
    if wrote or not BESIDE & set(held):
        yield Problem(NOT_ALONE)


def pair(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two people act in two disciplines, one of them beside the person: no officer ends a period alone."""
    others = set(other)
    return any(a != b and BESIDE & {a, b} for a in one for b in others)


def witness_problems(
    *, by: int | None, witness: int | None, held: Iterable[str], theirs: Iterable[str]
) -> Iterator[Problem]:
    """Another member of the team; `held` and `theirs` are the disciplines of the two in this case."""
    others = set(theirs)
    if witness is None or not others:
        yield Problem(NO_WITNESS, field="witness")
    elif witness == by:
        yield Problem(WITNESS_IS_SELF, field="witness")
    elif not pair(held, others):
        yield Problem(NOT_THIS_PAIR, field="witness")


def early_end_problems(
    *, how: str, on: date, entered_on: date, ended: bool, over: bool, waits: bool, today: date
) -> Iterator[Problem]:
    """Before its time a period ends by the person's own wish, or because the person left or another body took over."""
    yield from day_problems(on, today, "on")
    if how not in EARLY_ENDINGS:
        yield Problem(UNKNOWN_CODE, field="how")
    if on < entered_on:
        yield Problem(BEFORE_BEGINNING, field="on")
    if ended:
        yield Problem(ALREADY_ENDED)
    elif over:
        yield Problem(RAN_OUT)
    if waits:
        yield Problem(END_WAITS)


def end_waits(*, status: str, told_on: date, today: date) -> bool:
    """Whether an early end still waits for its witness; what nobody answered in time counts no more."""
    return status == "proposed" and (today - told_on).days <= WITNESS_WITHIN_DAYS


def end_answer_problems(*, answer: str, by: int, witness: int, waits: bool, ended: bool) -> Iterator[Problem]:
    """The witness says whether it was so; nobody else, and once."""
    if answer not in WITNESSED:
        yield Problem(UNKNOWN_CODE, field="answer")
    if by != witness:
        yield Problem(NOT_THE_WITNESS)
    if ended:
        yield Problem(ALREADY_ENDED)
    elif not waits:
        yield Problem(END_ANSWERED)
