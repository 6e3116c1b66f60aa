"""What a viewer sees of decisions looked at again and of ages decided; reasons open on their own page."""

from datetime import date, datetime
from typing import Any

from prasan import vault
from prasan.access.check import check
from prasan.people.models import Person

from .models import AgeAssessment, Decision, Review
from .queries import could_join


def reviews(viewer: Any, case: Any, decision: Decision | None = None) -> list[Review]:
    """The reviews of a case or of one decision, those that wait first, then the newest."""
    check(viewer, "identification.view", case)
    rows = Review.objects.filter(case=case, closed_as="").select_related("person")
    if decision is not None:
        rows = rows.filter(decision=decision)
    return sorted(rows.order_by("-on", "-made_at")[:200], key=lambda row: row.status != "open")


def ages(viewer: Any, case: Any, person: Person | None = None) -> list[AgeAssessment]:
    """The age assessments of a case, or of one person in it, newest first."""
    check(viewer, "identification.view", case)
    rows = AgeAssessment.objects.filter(case=case, closed_as="").select_related("person")
    if person is not None:
        rows = rows.filter(person=person)
    return list(rows.order_by("-on", "-made_at")[:200])


def opened(viewer: Any, row: Review | AgeAssessment, at: datetime, why: str = "work") -> dict[str, str]:
    """The sealed words of a review (grounds, answer) or of an assessment (reasons), under one journal line."""
    check(viewer, "identification.view", row)
    names = ("grounds", "answer") if isinstance(row, Review) else ("reasons",)
    fields = [name for name in names if getattr(row, name) is not None]
    values = vault.open_many([(row, name) for name in fields], by=viewer, why=why, at=at)
    return dict.fromkeys(names, "") | {n: value or "" for n, value in zip(fields, values, strict=True)}


def waiting(viewer: Any) -> list[Review]:
    """Open reviews in the viewer's cases that the viewer could answer: another person, another discipline."""
    rows = Review.objects.filter(status="open", closed_as="").exclude(made_by=viewer)
    return could_join(viewer, rows.order_by("on"), "identification.answer_review")


def in_dispute(person: Person, on: date) -> bool:
    """Whether nobody can say yet if the person is a child: then the person is treated as one."""
    return person.is_child_in_procedure(on) is None
