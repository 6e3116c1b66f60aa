"""Rights told at the first opportunity, right by right, with how each was understood."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal, packs
from prasan.access.check import check
from prasan.cases.actions import clocks, timeline
from prasan.cases.models import Participation
from prasan.plain.problem import refuse_if

from .. import rules
from ..models import RightsNotice
from ..rules import protection as rules_of

ACT = "identification.tell_right"
FIRST = "compensation"  # ATIP s.34: told at the first opportunity
CLOCK = "rights-notice"


def is_told(case: Any, person: Any, right: str = FIRST) -> bool:
    """Whether this right was told and understood."""
    rows = RightsNotice.objects.filter(case=case, person=person, right=right, closed_as="")
    return rows.exclude(understood="not_understood").exists()


@transaction.atomic
def tell_rights(
    *, by: Any, participation: Participation, rights: list[str], on: date, body: str, language: str, interpreter: bool,
    understood: str, at: datetime, today: date, handed_over: bool = False,
) -> list[RightsNotice]:  # fmt: skip
    """Several rights told in one talk. What was not understood stays open; s.34 understood ends its clock."""
    case, person = participation.case, participation.person
    check(by, ACT, case)
    refuse_if(rules_of.told_problems(
        rights=rights, on=on, body=body, bodies=rules.BODIES, language=language, understood=understood, today=today))
    rows = []
    for right in dict.fromkeys(rights):
        row = RightsNotice.objects.create(
            id=uuid4(), case=case, person=person, right=right, on=on, body=body, language=language,
            interpreter=interpreter, understood=understood, handed_over=handed_over, pack_version=packs.version(),
            made_at=at, made_by=by,
        )  # fmt: skip
        journal.enter(by=by, act=ACT, target=row, case=case)
        rows.append(row)
        if right == FIRST and understood != "not_understood":
            clocks.satisfy(case, CLOCK, by=by, event="rights_told", at=at, about=person, row=row,
                           happened=on)  # fmt: skip
    timeline.record(case, "rights_told", on=on, made_at=at, by=by, about=person, target=rows[0], count=str(len(rows)))
    return rows
