"""The acts on a decision looked at again: asked for by whoever is affected, answered by another discipline."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal, vault
from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import timeline
from prasan.plain.problem import refuse_if
from prasan.plain.text import normalise_lines

from ..models import Decision, Review
from ..rules.reviews import answer_problems, ask_problems
from .stages import disciplines

ASK, ANSWER = "identification.ask_review", "identification.answer_review"


@transaction.atomic
def ask_review(
    *, by: Any, decision: Decision, kind: str, asked_by: str, grounds: str, on: date, discipline: str, at: datetime,
    today: date, id: Any = None,
) -> Review:  # fmt: skip
    """Asked for: by the person, a guardian, a lawyer or the team. The decision stands meanwhile; so does help."""
    check(by, ASK, decision)
    case, person = decision.case, decision.person
    refuse_if(ask_problems(
        kind=kind, asked_by=asked_by, on=on, decided_on=decision.decided_on, stands=decision.stands, grounds=grounds,
        discipline=discipline, held=disciplines(by, case, ASK), today=today))  # fmt: skip
    row = Review(
        id=id or uuid4(), case=case, decision=decision, person=person, kind=kind, asked_by=asked_by,
        discipline=discipline, on=on, made_at=at, made_by=by,
    )  # fmt: skip
    vault.seal(row, grounds=normalise_lines(grounds))
    row.save(force_insert=True)
    journal.enter(by=by, act=ASK, target=row, case=case)
    timeline.record(case, "review_asked", on=on, made_at=at, by=by, about=person, target=row)
    return row


@transaction.atomic
def answer_review(
    *, by: Any, review: Review, outcome: str, answer: str, body: str, on: date, discipline: str, version: int,
    at: datetime, today: date,
) -> Review:  # fmt: skip
    """Answered: the decision stands, or a new one is needed. It changes no part, no service and no fact itself:
    a new decision is proposed and joined like any other, and replaces the old one only when it counts."""
    check(by, ANSWER, review)
    held(review, version)
    refuse_if(answer_problems(
        status=review.status, kind=review.kind, outcome=outcome, answer=answer, on=on, asked_on=review.on, body=body,
        decided_body=review.decision.body, discipline=discipline, asked_in=review.discipline,
        held=disciplines(by, review.case, ANSWER), by=by.pk, asked_as=review.made_by_id, today=today))  # fmt: skip
    review.status, review.outcome, review.answered_on, review.body = "answered", outcome, on, body
    review.version += 1
    vault.seal(review, answer=normalise_lines(answer))
    review.save(update_fields=["status", "outcome", "answered_on", "body", "answer", "version"])
    journal.enter(by=by, act=ANSWER, target=review, case=review.case)
    timeline.record(review.case, "review_answered", on=on, made_at=at, by=by, about=review.person, target=review)
    return review
