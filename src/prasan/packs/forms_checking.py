"""Says what is wrong in the questions and forms of screening, before anybody is asked by them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from . import closed
from .forms import Condition, Question, condition_of, order_of, question_of
from .reading import Pack
from .row import Row

CODE = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
THAI = re.compile(r"[\u0e01-\u0e4e]")
KNOWN_BY_TITLE = "UNODC"
"""Its lists of indicators are known to us by title only, so no question can be taken from them."""


def _choices(pack: Pack, row: Row, question: Question) -> Iterator[str]:
    chosen_from = question.kind in closed.CHOOSING
    if chosen_from and len(question.choices) < 2:
        yield f"{row.code} is answered by a choice and has fewer than two choices"
    if question.choices and not chosen_from:
        yield f"{row.code} has choices, but its kind is {question.kind}"
    if question.raises and question.kind != "yes_no":
        yield f"{row.code} raises by a yes, but its kind is {question.kind}: write raises at its choices"
    codes = [choice.code for choice in question.choices]
    for choice in question.choices:
        where = f"the choice {choice.code} of {row.code}"
        if not CODE.fullmatch(choice.code) or choice.code in {*closed.YES_NO, *closed.NO_VALUE, closed.TOLD}:
            yield f"{where} is not spelt as a code, or is a word that every question has"
        if codes.count(choice.code) > 1:
            yield f"{where} stands twice"
        if not choice.labels.get("en", "").strip():
            yield f"{where} has no English label"
        if not THAI.search(choice.labels.get("th", "")):
            yield f"{where} has no Thai label"
        for code in choice.raises:
            if code not in pack.by_code["screening_indicator"]:
                yield f"{where} raises {code}, which is not in screening_indicator"


def _other_languages(row: Row) -> Iterator[str]:
    for lang, (name, letters) in closed.SCRIPTS.items():
        if lang in row.told and not re.search(f"[{letters}]", str(row[lang])):
            yield f"the {name} label of {row.code} holds no {name} letter"


def _grammar(row: Row) -> str:
    """What is wrong with the way in which a condition is written, or nothing."""
    told: Any = row.get("asked_if")
    if not isinstance(told, Mapping) or set(told) != {"question", "is"}:
        return f'asked_if of {row.code} is not written as {{question = "...", is = "..."}}'
    values = told["is"] if isinstance(told["is"], list) else [told["is"]]
    if not values or not all(isinstance(v, str) and v for v in [told["question"], *values]):
        return f"asked_if of {row.code} may name codes only"
    return ""


def _condition(pack: Pack, row: Row) -> Iterator[str]:
    if "asked_if" not in row.told:
        return
    wrong = _grammar(row)
    if wrong:
        yield wrong
        return
    condition = condition_of(row["asked_if"])
    if condition is None:
        return
    other = pack.by_code["screening_question"].get(condition.question)
    if other is None:
        yield f"asked_if of {row.code} names {condition.question}, which is no question"
        return
    if str(other.get("kind", "yes_no")) in {"number", "words"}:
        yield f"asked_if of {row.code} asks about {other.code}, whose kind has no values to compare"
        return
    yield from _values(row, condition, question_of(other))
    if _circle(pack, row.code):
        yield f"asked_if of {row.code} leads round in a circle"


def _values(row: Row, condition: Condition, other: Question) -> Iterator[str]:
    possible = {choice.code for choice in other.choices} or set(closed.YES_NO)
    for value in condition.values:
        if value not in possible | {"unknown", "refused"}:
            yield f"asked_if of {row.code} waits for {value}, which is no answer of {other.code}"


def _circle(pack: Pack, code: str) -> bool:
    seen: set[str] = set()
    at: str | None = code
    while at is not None and at not in seen:
        seen.add(at)
        row = pack.by_code["screening_question"].get(at)
        told = row.get("asked_if") if row else None
        at = told.get("question") if isinstance(told, Mapping) else None
    return at == code


def question_problems(pack: Pack, row: Row) -> Iterator[str]:
    """What is wrong with one question."""
    kind = str(row.get("kind", "yes_no"))
    if kind not in closed.QUESTION_KINDS:
        yield f"the kind of {row.code} is {kind}, which is not known"
        return
    told = row.get("choices", ())
    if not isinstance(told, list | tuple) or not all(isinstance(c, Mapping) and c.get("code") for c in told):
        yield f"the choices of {row.code} are not all written with a code"
        return
    yield from _choices(pack, row, question_of(row))
    yield from _other_languages(row)
    yield from _condition(pack, row)
    yield from _in_forms(pack, row)
    if KNOWN_BY_TITLE in row.source:
        yield f"{row.code} names {KNOWN_BY_TITLE} as its source, whose lists are known by title only"


def form_problems(pack: Pack, row: Row) -> Iterator[str]:
    """What is wrong with one form: whom it is for, its order, and conditions that look ahead."""
    if not row.get("version"):
        yield f"the form {row.code} has no version"
    ages = row.get("for", ())
    if not ages or not set(ages) <= set(closed.FORM_AGES):
        yield f"the form {row.code} does not say whether it is for adults, children or both"
    codes = order_of(pack, row)
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            yield f"{code} stands twice in the form {row.code}"
    rows = _asked(pack, row)
    first = pack.by_code["screening_group"].get(str(rows[0].get("group"))) if rows else None
    if first is None or not first.get("safety"):
        yield f"the form {row.code} does not begin with questions of safety"
    for question in rows:
        yield from _too_early(row, rows, question)


def _asked(pack: Pack, form: Row) -> list[Row]:
    """The questions of a form in the order in which they are asked: group by group."""
    known = pack.by_code["screening_question"]
    rows = [known[code] for code in order_of(pack, form) if code in known]
    groups = list(dict.fromkeys(str(r.get("group")) for r in rows))
    return [r for group in groups for r in rows if str(r.get("group")) == group]


def _too_early(form: Row, rows: list[Row], question: Row) -> Iterator[str]:
    """A condition looks back, never ahead, and only at questions of the same form."""
    if "asked_if" not in question.told or _grammar(question):
        return
    condition = condition_of(question["asked_if"])
    before = [r.code for r in rows[: rows.index(question)]]
    if condition and condition.question not in before:
        yield f"in the form {form.code} {question.code} waits for {condition.question}, which is not asked before it"


def _in_forms(pack: Pack, question: Row) -> Iterator[str]:
    """The same, said at the question: an agency that changes one question changes every form that asks it."""
    for form in pack.by_code.get("screening_form", {}).values():
        rows = _asked(pack, form)
        if question in rows:
            yield from _too_early(form, rows, question)
