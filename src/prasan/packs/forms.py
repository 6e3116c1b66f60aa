"""Forms of screening as data: what is asked, in which order and languages, and what an answer points to."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import closed
from .reading import Pack
from .row import Row

type Labels = Mapping[str, str]
type Answer = str | int | list[str]


def label_in(labels: Labels, lang: str) -> str:
    """A label in the language asked for, else in English, else in whatever there is."""
    return labels.get(lang[:2].lower()) or labels.get("en") or next(iter(labels.values()), "")


@dataclass(frozen=True)
class Choice:
    """One value of a question with choices, and the indicators that it raises."""

    code: str
    labels: Labels
    raises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """The question is asked only when an earlier one was answered by one of these values."""

    question: str
    values: tuple[str, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the earlier answer is there; of several values one is enough."""
        given = answers.get(self.question)
        return bool(set(given if isinstance(given, list) else [given]) & set(self.values))


@dataclass(frozen=True)
class Question:
    """One question of a form. `each_time`: it may be asked at every meeting, because the answer changes."""

    code: str
    kind: str
    labels: Labels
    hints: Labels
    choices: tuple[Choice, ...] = ()
    asked_if: Condition | None = None
    raises: tuple[str, ...] = ()
    each_time: bool = False
    sourced: bool = True

    def label(self, lang: str) -> str:
        """The question in the language asked for, else in English."""
        return label_in(self.labels, lang)

    def translated(self, lang: str) -> bool:
        """Whether the pack holds the question in that language."""
        return bool(self.labels.get(lang[:2].lower()))

    def raised(self, answer: Any) -> tuple[str, ...]:
        """The indicators that an answer raises: a yes, or the values chosen."""
        if self.kind == "yes_no":
            return self.raises if answer == "yes" else ()
        chosen = answer if isinstance(answer, list) else [answer]
        return tuple(code for choice in self.choices if choice.code in chosen for code in choice.raises)

    def may_raise(self) -> tuple[str, ...]:
        """Every indicator that some answer raises."""
        return tuple(dict.fromkeys([*self.raises, *(code for choice in self.choices for code in choice.raises)]))

    def answered_by(self, answer: Any) -> bool:
        """Whether this is an answer of this kind of question."""
        if isinstance(answer, str) and answer in closed.NO_VALUE:
            return True
        codes = {choice.code for choice in self.choices}
        if self.kind == "several":
            return isinstance(answer, list) and bool(answer) and set(answer) <= codes
        if self.kind == "number":
            return isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer < 10**6
        if self.kind == "words":
            return bool(answer == closed.TOLD)
        return isinstance(answer, str) and answer in (codes if self.kind == "choice" else closed.YES_NO)


@dataclass(frozen=True)
class Group:
    """Questions that are asked together under one heading."""

    code: str
    labels: Labels
    hints: Labels
    safety: bool
    optional_for_child: bool
    questions: tuple[Question, ...]

    def label(self, lang: str) -> str:
        """The heading in the language asked for."""
        return label_in(self.labels, lang)


@dataclass(frozen=True)
class Sign:
    """An indicator: its name, the elements that it supports, whether the law behind it is sourced."""

    code: str
    labels: Labels
    elements: tuple[str, ...]
    sourced: bool

    def label(self, lang: str) -> str:
        """The name in the language asked for."""
        return label_in(self.labels, lang)


@dataclass(frozen=True)
class Form:
    """One version of a form of questions, complete in itself: `content()` holds all that a page needs."""

    code: str
    version: str
    labels: Labels
    hints: Labels
    ages: tuple[str, ...]
    situations: tuple[str, ...]
    valid_from: str
    valid_to: str
    groups: tuple[Group, ...]
    signs: Mapping[str, Sign]
    elements: Mapping[str, Labels]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order in which they are asked."""
        return tuple(question for group in self.groups for question in group.questions)

    def question(self, code: str) -> Question | None:
        """One question by its code."""
        return next((one for one in self.questions if one.code == code), None)

    def label(self, lang: str) -> str:
        """The name in the language asked for."""
        return label_in(self.labels, lang)

    def content(self) -> dict[str, Any]:
        """Everything as plain values for JSON: labels by language, kinds, conditions, what each answer raises."""
        return {
            "code": self.code, "version": self.version, "labels": dict(self.labels),
            "hints": dict(self.hints), "for": list(self.ages), "situations": list(self.situations),
            "valid_from": self.valid_from, "valid_to": self.valid_to,
            "groups": [_told_group(group) for group in self.groups],
            "indicators": [
                {"code": s.code, "labels": dict(s.labels), "elements": list(s.elements), "sourced": s.sourced}
                for s in self.signs.values()
            ],
            "elements": {code: dict(labels) for code, labels in self.elements.items()},
        }  # fmt: skip

    def digest(self) -> str:
        """The name of exactly this content."""
        return digest_of(self.content())


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content in one fixed way of writing it."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _told_group(group: Group) -> dict[str, Any]:
    return {
        "code": group.code, "labels": dict(group.labels), "hints": dict(group.hints), "safety": group.safety,
        "optional_for_child": group.optional_for_child, "questions": [_told_question(q) for q in group.questions],
    }  # fmt: skip


def _told_question(q: Question) -> dict[str, Any]:
    condition = {"question": q.asked_if.question, "values": list(q.asked_if.values)} if q.asked_if else None
    choices = [{"code": c.code, "labels": dict(c.labels), "raises": list(c.raises)} for c in q.choices]
    return {
        "code": q.code, "kind": q.kind, "labels": dict(q.labels), "hints": dict(q.hints), "choices": choices,
        "asked_if": condition, "raises": list(q.raises), "each_time": q.each_time, "sourced": q.sourced,
    }  # fmt: skip


def _question_from(told: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(c["code"], c["labels"], tuple(c["raises"])) for c in told["choices"])
    condition = told["asked_if"]
    asked_if = Condition(condition["question"], tuple(condition["values"])) if condition else None
    return Question(told["code"], told["kind"], told["labels"], told["hints"], choices, asked_if,
                    tuple(told["raises"]), told["each_time"], told["sourced"])  # fmt: skip


def from_content(content: Mapping[str, Any]) -> Form:
    """The form that was kept, read without asking the packs of today."""
    groups = tuple(
        Group(g["code"], g["labels"], g["hints"], g["safety"], g["optional_for_child"],
              tuple(_question_from(q) for q in g["questions"]))
        for g in content["groups"]
    )  # fmt: skip
    signs = {
        told["code"]: Sign(told["code"], told["labels"], tuple(told["elements"]), told["sourced"])
        for told in content["indicators"]
    }
    return Form(content["code"], content["version"], content["labels"], content["hints"], tuple(content["for"]),
                tuple(content["situations"]), content["valid_from"], content["valid_to"], groups, signs,
                content["elements"])  # fmt: skip


def _labels(row: Row) -> dict[str, str]:
    own = {"en": row.en, "th": row.th}
    return own | {lang: str(row[lang]) for lang in closed.ASKED_LANGUAGES if lang not in own and row.get(lang)}


def _hints(row: Row) -> dict[str, str]:
    return {lang: row.text("hint", lang) for lang in closed.LANGUAGES if row.text("hint", lang)}


def condition_of(told: Any) -> Condition | None:
    """`asked_if = {question = "accused", is = "yes"}`; `is` may also be a list of values. None: not written so."""
    if not isinstance(told, Mapping):
        return None
    values = told.get("is")
    values = [values] if isinstance(values, str) else values
    return Condition(str(told.get("question", "")), tuple(values)) if isinstance(values, list) else None


def question_of(row: Row) -> Question:
    """Read one row of the questions."""
    choices = tuple(
        Choice(str(c["code"]), {k: str(v) for k, v in c.items() if k in closed.ASKED_LANGUAGES},
               tuple(c.get("raises", ())))
        for c in row.get("choices", ())
    )  # fmt: skip
    return Question(
        row.code, str(row.get("kind", "yes_no")), _labels(row), _hints(row), choices,
        condition_of(row.get("asked_if")), tuple(row.get("raises", ())), bool(row.get("each_time", False)), row.sourced,
    )  # fmt: skip


def order_of(pack: Pack, row: Row, on: date | None = None) -> list[str]:
    """The codes of a form: its own list, and rows that add themselves (`add_to`), each `after` its neighbour."""
    codes = list(row.get("questions", ()))
    for question in pack.lists.get("screening_question", ()):
        if row.code in question.get("add_to", ()) and question.code not in codes:
            after = question.get("after", "")
            codes.insert(codes.index(after) + 1 if after in codes else len(codes), question.code)
    return codes


def form_of(pack: Pack, row: Row) -> Form:
    """Build one form with its questions, and the indicators and elements that its answers lead to."""
    known = pack.by_code["screening_question"]
    rows = [known[code] for code in order_of(pack, row) if code in known]
    groups = []
    for code in dict.fromkeys(str(r["group"]) for r in rows):
        about = pack.by_code["screening_group"][code]
        inside = tuple(question_of(r) for r in rows if r["group"] == code)
        groups.append(Group(code, _labels(about), _hints(about), bool(about.get("safety")),
                            bool(about.get("optional_for_child")), inside))  # fmt: skip
    raised = {code for group in groups for q in group.questions for code in q.may_raise()}
    signs = {
        one.code: Sign(one.code, _labels(one), tuple(one["elements"]), one.sourced)
        for one in pack.by_code["screening_indicator"].values()
        if one.code in raised
    }
    elements = {one.code: _labels(one) for one in pack.by_code["screening_element"].values()}
    days = [day.isoformat() if day else "" for day in (row.valid_from, row.valid_to)]
    return Form(row.code, str(row.get("version", "")), _labels(row), _hints(row), tuple(row.get("for", ())),
                tuple(row.get("situations", ())), days[0], days[1], tuple(groups), signs, elements)  # fmt: skip


def forms(pack: Pack, on: date | None = None) -> dict[str, Form]:
    """The forms by code in the order of the pack; with a day, those that hold on it, else the newest."""
    rows: Iterable[Row] = pack.by_code.get("screening_form", {}).values()
    if on is not None:
        rows = {r.code: r for r in pack.lists.get("screening_form", ()) if r.holds_on(on)}.values()
    return {row.code: form_of(pack, row) for row in rows}
