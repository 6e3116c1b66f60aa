"""What the case page and the pages of a decision show of reviews, of ages decided, and of the help that stays."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.check import may
from prasan.accounts.rules import DISCIPLINES
from prasan.people.models import Person
from prasan.web.values import day, language

from . import queries_of_reviews as queries
from .models import AgeAssessment, Decision, Review
from .rules import protection as codes

COLOURS = {"open": "yellow", "answered": "green"}


def page(name: str, case: Any, **row: Any) -> str:
    return reverse(f"identification:{name}", kwargs={"case": case.code, **row})


def _body(code: str) -> str:
    return packs.label("decider", code, language()) if code else ""


def review_status(row: Review) -> dict[str, str]:
    text = codes.REVIEW_OUTCOMES.get(row.outcome, codes.REVIEW_STATUSES[row.status])
    return {"tag": _(text), "colour": COLOURS[row.status]}


def review_table(viewer: Any, case: Any, decision: Decision | None = None) -> dict[str, Any]:
    """The reviews of a case or of a decision as a table; codes only."""
    head = [{"key": "person", "text": _("Person")}, {"key": "kind", "text": _("What is asked for")},
            {"key": "by", "text": _("Who asks")}, {"key": "on", "text": _("Day")},
            {"key": "status", "text": _("Status")}]  # fmt: skip
    rows = [
        {"person": row.person.code, "kind": _(codes.REVIEW_KINDS[row.kind]), "by": _(codes.ASKERS[row.asked_by]),
         "on": row.on, "status": review_status(row), "href": page("review", case, review=row.pk)}
        for row in queries.reviews(viewer, case, decision)
    ]  # fmt: skip
    return {"head": head, "rows": rows}


def age_table(viewer: Any, case: Any, person: Person | None = None) -> dict[str, Any]:
    """The ages that were decided, as a table."""
    head = [{"key": "person", "text": _("Person")}, {"key": "result", "text": _("What was decided")},
            {"key": "body", "text": _("By whom")}, {"key": "on", "text": _("Day")}]  # fmt: skip
    rows = [
        {"person": row.person.code, "result": _(codes.AGE_RESULTS[row.result]), "body": _body(row.body), "on": row.on,
         "href": page("age", case, age=row.pk)}
        for row in queries.ages(viewer, case, person)
    ]  # fmt: skip
    return {"head": head, "rows": rows}


def review_rows(row: Review, words: dict[str, str]) -> list[dict[str, Any]]:
    """A review at a glance, with its opened words."""
    rows: list[dict[str, Any]] = [
        {"label": _("Person"), "value": row.person.code},
        {"label": _("Decision"), "value": {"text": _("The decision it is about"),
                                           "href": page("decision", row.case, decision=row.decision_id)}},
        {"label": _("What is asked for"), "value": _(codes.REVIEW_KINDS[row.kind])},
        {"label": _("Who asks"), "value": _(codes.ASKERS[row.asked_by])},
        {"label": _("Entered by"), "value": _(DISCIPLINES[row.discipline]) if row.discipline in DISCIPLINES else ""},
        {"label": _("Asked for on"), "value": row.on},
        {"label": _("Grounds"), "value": words["grounds"].split("\n")},
        {"label": _("Status"), "value": review_status(row)},
    ]  # fmt: skip
    if row.status == "answered":
        rows += [
            {"label": _("Answered by"), "value": _body(row.body)},
            {"label": _("Answered on"), "value": row.answered_on},
            {"label": _("Reasons of the answer"), "value": words["answer"].split("\n")},
        ]
    return rows


def age_rows(row: AgeAssessment, reasons: str) -> list[dict[str, Any]]:
    """An age assessment at a glance."""
    ages = "–".join(str(age) for age in (row.low, row.high) if age is not None)
    return [
        {"label": _("Person"), "value": row.person.code},
        {"label": _("What was decided"), "value": _(codes.AGE_RESULTS[row.result])},
        {"label": _("Range in years"), "value": ages},
        {"label": _("How the age was found out"), "value": [_(codes.AGE_METHODS[m]) for m in row.methods]},
        {"label": _("Which body decided"), "value": _body(row.body)},
        {"label": _("Day"), "value": row.on},
        {"label": _("Reasons"), "value": reasons.split("\n")},
    ]


def age_words(person: Person, on: date) -> str:
    """Whether somebody counts as a child, in a sentence: as decided, or in doubt; "" where the birth date says it."""
    if queries.in_dispute(person, on):
        return _("The age is not known or in dispute: the person is treated as a child until it is decided.")
    if not person.age_decided:
        return ""
    result = _(codes.AGE_RESULTS[person.age_decided])
    return _("Decided on %(day)s: %(result)s.") % {"day": day(person.age_decided_on), "result": result}


def ways_to_help(viewer: Any, case: Any, person: Person) -> list[dict[str, str]]:
    """What stays open for a person whatever the decision says: services, another agency, a new screening, a review."""
    here = {"case": case.code, "person": person.code}
    home = case.get_absolute_url()
    ways = (
        ("care.view", _("Services and shelter of this person"), f"{home}#care"),
        ("cases.refer_person", _("Refer to another agency"), reverse("cases:refer", kwargs=here)),
        ("identification.record_screening", _("Record a screening"),
         page("record-screening", case) + f"?person={person.code}"),
        ("cases.add_task", _("Give a task"), reverse("cases:add-task", kwargs={"case": case.code})),
    )  # fmt: skip
    return [{"text": text, "href": href} for act, text, href in ways if may(viewer, act, case)]
