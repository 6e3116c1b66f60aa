"""Turns a form of the pack into fields, and what was entered into answers and words: one way for page and intake.

`form_fields(form, lang, asked_lang)` gives Django fields named `q_<code>`; `clean_answers(form, cleaned)` gives
`(answers, words)` as `actions.stages.record_screening` takes them. A phone uses `packs.forms()[code].content()`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import Field
from django.utils.translation import gettext as _

from prasan import packs
from prasan.packs import closed
from prasan.packs.forms import Question, label_in
from prasan.plain.text import normalise_lines
from prasan.web.forms import IntegerField, LongTextField, RadioField, SelectField, TicksField

from ..rules import forms as rules

VALUE_KINDS = frozenset({"number", "words"})


def name_of(code: str) -> str:
    """The name of a question's field."""
    return f"q_{code}"


def instead_of(code: str) -> str:
    """The name of the field that says why a number or words are missing."""
    return f"q_{code}_instead"


def again_of(code: str) -> str:
    """The name of the field that says why a question is asked again."""
    return f"again_{code}"


def states(lang: str, *, yes_no: bool = False, not_asked: bool = True) -> list[tuple[str, str]]:
    """The answers that are no value, and yes and no where they fit, in the order of the pack."""
    left = {*closed.NO_VALUE, *(closed.YES_NO if yes_no else ())} - (set() if not_asked else {"not_asked"})
    return [(code, label) for code, label in packs.choices("answer", lang) if code in left]


def _both(labels: Mapping[str, str], lang: str, asked_lang: str) -> str:
    here = label_in(labels, lang)
    said = labels.get(asked_lang, "")
    return f"{here} / {said}" if said and said != here else here


def _field(question: Question, lang: str, asked_lang: str) -> Field:
    label, hint = question.label(lang), label_in(question.hints, lang)
    own = [(choice.code, _both(choice.labels, lang, asked_lang)) for choice in question.choices]
    given: dict[str, Any] = {"label": label, "help_text": hint, "required": False}
    if question.kind == "number":
        return IntegerField(min_value=0, max_value=999_999, **given)
    if question.kind == "words":
        return LongTextField(max_length=rules.MOST_SIGNS, **given)
    if question.kind == "several":
        return TicksField(choices=[*own, *states(lang, not_asked=False)], **given)
    answers = states(lang, yes_no=True) if question.kind == "yes_no" else [*own, *states(lang)]
    return RadioField(choices=answers, initial="not_asked", **given)


def form_fields(form: packs.Form, lang: str, asked_lang: str = "", again: Iterable[str] = ()) -> dict[str, Field]:
    """The fields of all questions in their order; `again`: codes told before, which get a field for the reason."""
    reasons = set(rules.must_explain(form, again))
    fields: dict[str, Field] = {}
    for question in form.questions:
        fields[name_of(question.code)] = field = _field(question, lang, asked_lang)
        field.question = question  # type: ignore[attr-defined]
        if question.kind in VALUE_KINDS:
            fields[instead_of(question.code)] = SelectField(
                label=_("If there is no answer"), required=False, choices=states(lang, not_asked=False),
                blank=_("Answered, or not asked"),
            )  # fmt: skip
        if question.code in reasons:
            fields[again_of(question.code)] = SelectField(
                label=_("Why is this asked again?"), required=False,
                choices=[(code, _(text)) for code, text in rules.AGAIN_REASONS.items()],
            )  # fmt: skip
    return fields


def _answer(question: Question, cleaned: Mapping[str, Any]) -> tuple[Any, str]:
    told = cleaned.get(name_of(question.code))
    instead = cleaned.get(instead_of(question.code)) or "not_asked"
    if question.kind == "words":
        text = normalise_lines(told or "").strip()
        return (closed.TOLD, text) if text else (instead, "")
    if question.kind == "number":
        return (instead if told is None else int(told)), ""
    if question.kind == "several":
        values = [value for value in told or [] if value not in closed.NO_VALUE]
        return values or (told or ["not_asked"])[0], ""
    return told or "not_asked", ""


def clean_answers(form: packs.Form, cleaned: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What was entered as answers by question, and apart from them the words, which are kept sealed."""
    answers: dict[str, Any] = {}
    words: dict[str, str] = {}
    for question in form.questions:
        answers[question.code], text = _answer(question, cleaned)
        if text:
            words[question.code] = text
    return answers, words


def clean_again(form: packs.Form, cleaned: Mapping[str, Any]) -> dict[str, str]:
    """Why questions were asked again, by question; only of those that were."""
    answers, _words = clean_answers(form, cleaned)
    given = {q.code: cleaned.get(again_of(q.code)) for q in form.questions if rules.asked(answers[q.code])}
    return {code: reason for code, reason in given.items() if reason}


def initial_of(form: packs.Form, answers: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """What the fields start with when a screening is corrected."""
    initial: dict[str, Any] = {}
    for question in form.questions:
        answer, name = answers.get(question.code, "not_asked"), name_of(question.code)
        if question.kind in VALUE_KINDS and answer in ("unknown", "refused"):
            initial[instead_of(question.code)] = answer
        elif question.kind == "words":
            initial[name] = words.get(question.code, "")
        elif question.kind == "number":
            initial[name] = answer if isinstance(answer, int) else None
        elif question.kind == "several":
            initial[name] = answer if isinstance(answer, list) else [answer] if rules.asked(answer) else []
        else:
            initial[name] = answer
    return initial


def shown_answer(form: packs.Form, code: str, answer: Any, lang: str) -> Any:
    """An answer in words of its own form: what was chosen, the number, or the state."""
    question = form.question(code)
    if question is not None and question.kind in closed.CHOOSING:
        labels = {choice.code: label_in(choice.labels, lang) for choice in question.choices}
        chosen = [labels[one] for one in (answer if isinstance(answer, list) else [answer]) if one in labels]
        if chosen:
            return chosen if len(chosen) > 1 else chosen[0]
    if answer == closed.TOLD:
        return _("In words")
    return answer if isinstance(answer, int) else packs.label("answer", str(answer), lang)
