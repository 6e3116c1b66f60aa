"""Draws the questions of a form: two languages side by side, conditions, and what was told before beside each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prasan import packs
from prasan.accounts.rules import DISCIPLINES
from prasan.packs import names
from prasan.packs.forms import Form as Asked
from prasan.packs.forms import Group, Question, label_in
from prasan.web import fieldgroups
from prasan.web.components import component
from prasan.web.values import day

from ..queries_of_telling import Told
from ..rules.forms import SPOKEN
from .asking import VALUE_KINDS, again_of, instead_of, name_of, shown_answer

type Before = Mapping[str, Sequence[Told]]


def drawn_groups(bound: Any, form: Asked, lang: str, language: str, told: Before) -> list[SafeString]:
    """Each group of questions as one fieldset."""
    return [_group(bound, form, group, lang, language, told) for group in form.groups]


def _group(bound: Any, form: Asked, group: Group, lang: str, language: str, told: Before) -> SafeString:
    legend = {"text": group.label(lang), "classes": "govuk-fieldset__legend--m"}
    inside = [_question(bound, form, q, lang, language, told.get(q.code, ())) for q in group.questions]
    said = label_in(group.hints, lang)
    if said:
        inside.insert(0, component("inset-text", text=said))
    return component("fieldset", legend=legend, html=_joined(inside))


def _joined(parts: Sequence[Any]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _question(
    bound: Any, form: Asked, question: Question, lang: str, language: str, told: Sequence[Told]
) -> SafeString:
    parts = [_control(bound[name_of(question.code)], form, question, lang, language, told)]
    parts += [
        fieldgroups.render(bound[name])
        for name in (instead_of(question.code), again_of(question.code))
        if name in bound.fields
    ]
    condition = question.asked_if
    if condition is None:
        return format_html('<div class="prasan-question">{}</div>', _joined(parts))
    return format_html(
        '<div class="prasan-question prasan-question--after" data-asked-if="{}" data-asked-is="{}">{}</div>',
        name_of(condition.question), " ".join(condition.values), _joined(parts),
    )  # fmt: skip


def both_labels(question: Question, lang: str, language: str) -> SafeString:
    """The question in the worker's language and, where the pack has it, in that of the conversation."""
    here, two = question.label(lang), SPOKEN.get(language, "")
    if not language or two == lang:
        return format_html("{}", here)
    if question.translated(two):
        return format_html(
            '<span>{}</span> <span class="prasan-said" lang="{}">{}</span>', here, two, question.labels[two]
        )
    missing = _("not translated into %(language)s") % {"language": names.language(language, lang)}
    return format_html('<span>{}</span> <span class="prasan-untranslated">({})</span>', here, missing)


def _hint(form: Asked, question: Question, lang: str, told: Sequence[Told]) -> SafeString:
    """On which condition it is asked, how to ask it, and what stands on record, a line each."""
    only = _only_if(form, question, lang)
    lines = [format_html('<span class="prasan-line" data-only-if="">{}</span>', only)] if only else []
    texts = [label_in(question.hints, lang), "" if question.sourced else _("Wording of the law not confirmed")]
    lines += [format_html('<span class="prasan-line">{}</span>', text) for text in texts if text]
    lines += [
        format_html('<strong class="prasan-line prasan-told">{}</strong>', _before(one, question, lang))
        for one in told[:3]
    ]
    return _joined(lines)


def _only_if(form: Asked, question: Question, lang: str) -> str:
    condition = question.asked_if
    other = form.question(condition.question) if condition else None
    if condition is None or other is None:
        return ""
    values = [str(shown_answer(form, other.code, value, lang)) for value in condition.values]
    return _("Only if “%(question)s” was answered: %(values)s") % {
        "question": other.label(lang), "values": ", ".join(values),
    }  # fmt: skip


def _before(told: Told, question: Question, lang: str) -> str:
    """Where and when it was told: the answer, the day, the body and discipline, the agency."""
    form = told.form
    answer: Any = _("in a part of the case that you do not read")
    if not told.hidden:
        answer = shown_answer(form, question.code, told.answer, lang) if form else _of(question, told.answer, lang)
    where = [packs.label("decider", told.body, lang), told.agency]
    where += [_(DISCIPLINES[told.discipline])] if told.discipline in DISCIPLINES else [_("interview")]
    return _("Told before: %(answer)s, %(day)s (%(where)s)") % {
        "answer": ", ".join(answer) if isinstance(answer, list) else answer, "day": day(told.on),
        "where": ", ".join(dict.fromkeys(part for part in where if part)),
    }  # fmt: skip


def _of(question: Question, answer: Any, lang: str) -> str:
    """An answer that an interview gave: a choice of the question, or one of the answers of every question."""
    labels = {choice.code: label_in(choice.labels, lang) for choice in question.choices}
    return labels.get(str(answer)) or packs.label("answer", str(answer), lang)


def _control(
    bound: Any, form: Asked, question: Question, lang: str, language: str, told: Sequence[Told]
) -> SafeString:
    """The radios, ticks, line or text of one question."""
    label, hint = both_labels(question, lang, language), _hint(form, question, lang, told)
    given: dict[str, Any] = {"name": bound.html_name}
    if hint:
        given["hint"] = {"html": hint}
    if bound.errors:
        given["error_message"] = {"text": " ".join(str(error) for error in bound.errors)}
    if question.kind in VALUE_KINDS:
        value = bound.value()
        given |= {"id": bound.auto_id, "label": {"html": label, "classes": "govuk-label--s"},
                  "value": "" if value is None else str(value), "autocomplete": "off"}  # fmt: skip
        if question.kind == "number":
            return component("input", inputmode="numeric", classes="govuk-input--width-5", **given)
        return component("textarea", rows=3, **given)
    given |= {"id_prefix": bound.auto_id, "items": _items(bound)}
    given["fieldset"] = {"legend": {"html": label, "classes": "govuk-fieldset__legend--s"}}
    if question.kind == "several":
        return component("checkboxes", classes="govuk-checkboxes--small", **given)
    inline = "govuk-radios--inline " if question.kind == "yes_no" else ""
    return component("radios", classes=f"{inline}govuk-radios--small", **given)


def _items(bound: Any) -> list[dict[str, Any]]:
    value = bound.value()
    chosen = value if isinstance(value, list) else [value or "not_asked"]
    return [
        {"value": code, "text": str(label), "checked": code in chosen, "id": f"{bound.auto_id}_{n}"}
        for n, (code, label) in enumerate(bound.field.choices)
    ]
