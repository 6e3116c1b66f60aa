"""A person known to another team: asked for without learning anything, answered by those who know the person."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal
from prasan.access.check import case_access, check
from prasan.access.held import held
from prasan.access.opening import count_openings
from prasan.access.system import system_read
from prasan.access.table import ACTS
from prasan.people import queries
from prasan.people import rules as people_rules
from prasan.people.models import AttachRequest
from prasan.plain.problem import refuse_if

from .. import rules
from . import persons


@transaction.atomic
def ask_attach(*, by: Any, case: Any, names: list[str], reason: str, part: str, since_on: date, at: datetime,
               today: date) -> None:  # fmt: skip
    """Pass a question on to whoever knows somebody of this name. It answers nothing: not even whether anybody does.

    Every question leaves the same line and at least one row; it counts as one opening toward the allowance, however
    many are found, because asking is searching.
    """
    check(by, "cases.add_person", case)
    refuse_if([
        *people_rules.asking_problems(names=names, reason=reason),
        *rules.day_problems(since_on, today, "since_on"),
    ])  # fmt: skip
    count_openings(by, at, 1)
    question = uuid4()
    asking = f"people.attachquestion:{question}"
    found = queries.near_elsewhere(by, names, at)
    discipline = min(case_access(by, case.pk) & ACTS["cases.add_person"].disciplines)
    with system_read("duplicates", line=False):
        waiting = AttachRequest.objects.filter(to_case=case, person_id__in=found, answer="", closed_as="")
        asked = {row.person_id for row in waiting if not people_rules.expired(row.made_at, at)}
        new: list[Any] = [pk for pk in found if pk not in asked]
        AttachRequest.objects.bulk_create(
            AttachRequest(id=uuid4(), question=question, person_id=person, to_case=case, reason=reason, part=part,
                          since_on=since_on, discipline=discipline, made_at=at, made_by=by)
            for person in new or [None]
        )  # fmt: skip
    journal.enter(by=by, act="people.ask_attach", target=asking, case=case, why=reason, ids=[asking])


@transaction.atomic
def answer_attach(*, by: Any, request: AttachRequest, case: Any, yes: bool, version: int, at: datetime,
                  today: date) -> AttachRequest:  # fmt: skip
    """Those who know the person answer, in `case` where they work with them. Yes: the person takes part in the
    asking case, and both teams see that person from now on. No: the asker learns nothing but "not attached"."""
    check(by, "people.answer_attach", request)
    held(request, version)
    refuse_if(people_rules.answer_problems(
        answer=request.answer, asked_at=request.made_at, at=at, own=request.made_by == by
    ))  # fmt: skip
    request.answer, request.answered_by, request.answered_at = "yes" if yes else "no", by, at
    request.version += 1
    request.save(update_fields=["answer", "answered_by", "answered_at", "version"])
    journal.enter(by=by, act="people.answer_attach", target=request, case=case, why=request.answer)
    if yes:
        persons.attach_as_asked(request, by=by, at=at)
    return request
