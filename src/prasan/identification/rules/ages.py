"""How an age in dispute is decided: the gentlest ways first, and in doubt for the child."""

from collections.abc import Iterable, Iterator
from datetime import date

from prasan.cases.rules import day_problems, text_problems
from prasan.plain.birth import CHILD_BELOW
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

from . import BODIES, UNKNOWN_CODE
from .protection import AGE_METHODS, AGE_RESULTS

# Our choice of order: examinations of the body come last, after ways that hurt nobody.
EXAMINATIONS = frozenset({"medical", "dental", "bone"})
OLDEST = 120

NO_METHOD = _("Say how the age was found out: choose at least one way.")
LAST_RESORT = _("Examinations of the body come last: record which less invasive ways were tried first (documents, "
                "statements, a talk with a social worker or psychologist).")  # fmt: skip
RANGE_TURNED = _("The lowest age lies above the highest.")
RANGE_ODD = _("An age lies between 0 and 120 years.")
REACHES_BELOW = _("The range reaches below 18: in doubt the person is a child.")
NOT_A_CHILD = _("The range begins at 18 or above: this does not say that the person is a child.")


def age_problems(
    *, result: str, low: int | None, high: int | None, methods: Iterable[str], body: str, on: date, reasons: str,
    today: date,
) -> Iterator[Problem]:  # fmt: skip
    """An assessment says how, by whom and why; in doubt the person is a child (thailand.md 3.2, our choice)."""
    yield from day_problems(on, today, "on")
    for field, value, known in (("result", result, AGE_RESULTS), ("body", body, BODIES)):
        if value not in known:
            yield Problem(UNKNOWN_CODE, field=field)
    yield from text_problems(reasons, "reasons")
    yield from _method_problems(set(methods))
    yield from _range_problems(result, low, high)


def _method_problems(chosen: set[str]) -> Iterator[Problem]:
    if chosen - set(AGE_METHODS):
        yield Problem(UNKNOWN_CODE, field="methods")
    elif not chosen:
        yield Problem(NO_METHOD, field="methods")
    elif chosen <= EXAMINATIONS:
        yield Problem(LAST_RESORT, field="methods")


def _range_problems(result: str, low: int | None, high: int | None) -> Iterator[Problem]:
    known = [age for age in (low, high) if age is not None]
    if any(not 0 <= age <= OLDEST for age in known):
        yield Problem(RANGE_ODD, field="low")
    if low is not None and high is not None and low > high:
        yield Problem(RANGE_TURNED, field="low")
    if result == "adult" and known and min(known) < CHILD_BELOW:
        yield Problem(REACHES_BELOW, field="result")
    if result == "child" and low is not None and low >= CHILD_BELOW:
        yield Problem(NOT_A_CHILD, field="result")
