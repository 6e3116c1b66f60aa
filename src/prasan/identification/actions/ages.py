"""The act that records how an age in dispute was decided; from then on it says who is a child."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal, vault
from prasan.access.check import check
from prasan.access.system import system_read
from prasan.cases.actions import correct, timeline
from prasan.cases.queries_of_telling import takes_part
from prasan.cases.rules.telling import NOT_IN_CASE
from prasan.people.actions import decide_age
from prasan.people.models import Person
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.text import normalise_lines

from ..models import AgeAssessment
from ..rules.ages import age_problems
from .correcting import corrects

ACT = "identification.record_age"


@transaction.atomic
def record_age(
    *, by: Any, case: Any, person: Person, result: str, methods: list[str], body: str, reasons: str, on: date,
    at: datetime, today: date, low: int | None = None, high: int | None = None, id: Any = None,
    replaces: AgeAssessment | None = None,
) -> AgeAssessment:  # fmt: skip
    """Child, adult, or not determined (treated as a child). The person's record follows the latest in force."""
    check(by, ACT, case)
    corrects(by, replaces, person)
    refuse_if([
        *age_problems(result=result, low=low, high=high, methods=methods, body=body, on=on, reasons=reasons,
                      today=today),
        *([] if takes_part(case, person) else [Problem(NOT_IN_CASE)]),
    ])  # fmt: skip
    row = AgeAssessment(
        id=id or uuid4(), case=case, person=person, on=on, result=result, low=low, high=high, methods=methods,
        body=body, replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    vault.seal(row, reasons=normalise_lines(reasons))
    row.save(force_insert=True)
    journal.enter(by=by, act=ACT, target=row, case=case)
    timeline.record(case, "age_assessed", on=on, made_at=at, by=by, about=person, target=row)
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
    follow_latest(person)
    return row


def follow_latest(person: Person) -> None:
    """The person's age is as the latest assessment in force says, whichever team wrote it: nothing else of it is read.

    An older one entered late changes nothing; where none stands nobody decided, and doubt is a child's.
    """
    with system_read("person_age", line=False):
        rows = AgeAssessment.objects.filter(person_id=person.pk, closed_as="").order_by("-on", "-made_at")
        last = rows.values_list("result", "on", "low").first()
    decide_age(person, *(last or ("", None, None)))
