"""Questions about persons whom another team knows: those that wait for a viewer, and how a case's own stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from prasan.access.check import check, may
from prasan.access.system import system_read
from prasan.people.models import AttachRequest
from prasan.people.rules import ATTACH_DAYS

from .models import Case, Participation


@dataclass(frozen=True)
class Asked:
    """One question of a case, as its asker may know it: passed on, attached, or not attached."""

    at: datetime
    reason: str
    state: str


@dataclass(frozen=True)
class Waiting:
    """One question that waits for the viewer, with a case of the person in which the viewer works."""

    row: AttachRequest
    case: Case


def waiting_for(viewer: Any, at: datetime) -> list[Waiting]:
    """Questions about persons of the viewer's cases that are open and that the viewer may answer."""
    rows = AttachRequest.objects.filter(
        answer="", closed_as="", made_at__gt=at - timedelta(days=ATTACH_DAYS)
    ).exclude(made_by=viewer).select_related("person", "made_by__agency")  # fmt: skip
    found = [row for row in rows.order_by("made_at") if may(viewer, "people.answer_attach", row.person)]
    return [Waiting(row, case) for row in found if (case := _case_of(viewer, row.person))]


def _case_of(viewer: Any, person: Any) -> Case | None:
    parts = Participation.objects.filter(person=person, closed_as="").select_related("case").order_by("made_at", "pk")
    return next((part.case for part in parts if may(viewer, "people.answer_attach", part.case)), None)


def waiting_request(viewer: Any, person: Any, pk: Any) -> AttachRequest | None:
    """One question about a person whom the viewer sees, answered or not."""
    check(viewer, "people.answer_attach", person)
    rows = AttachRequest.objects.filter(pk=pk, person=person, closed_as="").select_related("made_by__agency")
    found: AttachRequest | None = rows.first()
    return found


def asked_by(viewer: Any, case: Case, at: datetime) -> list[Asked]:
    """How the questions of a case stand, the newest first. A refused one and one that met nobody look alike: passed
    on for 30 days, then not attached. When somebody was attached the person stands in the case anyway."""
    check(viewer, "cases.add_person", case)
    with system_read("duplicates", line=False):
        rows = list(AttachRequest.objects.filter(to_case=case, closed_as="").order_by("-made_at"))
    questions: dict[Any, list[AttachRequest]] = {}
    for row in rows:
        questions.setdefault(row.question, []).append(row)
    return [Asked(found[0].made_at, found[0].reason, _state(found, at)) for found in questions.values()]


def _state(rows: list[AttachRequest], at: datetime) -> str:
    if any(row.answer == "yes" for row in rows):
        return "attached"
    return "passed_on" if at - rows[0].made_at < timedelta(days=ATTACH_DAYS) else "not_attached"
