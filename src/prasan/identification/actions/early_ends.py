"""Reflection ends early when two say so: one member tells it, the named witness confirms it, signed in."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal, vault
from prasan.access.check import case_access, check
from prasan.access.held import held
from prasan.access.table import ACTS
from prasan.cases.actions import timeline
from prasan.plain.dates import local_day
from prasan.plain.problem import refuse_if
from prasan.plain.text import normalise_lines

from ..models import EarlyEnd, Reflection
from ..rules import early_ends as rules
from . import reflection as reflections

BEGIN = reflections.BEGIN
PROPOSE, ANSWER = "identification.propose_early_end", "identification.answer_early_end"


def _hearing(staff: Any, case: Any) -> frozenset[str]:
    """The disciplines in which somebody of the team may say how a period ended."""
    return case_access(staff, case.pk) & ACTS[BEGIN].disciplines


def waiting_end(reflection: Reflection, today: date) -> EarlyEnd | None:
    """The early end of a period that waits for its witness, if there is one."""
    rows = EarlyEnd.objects.filter(reflection=reflection, status="proposed", closed_as="").order_by("-made_at")
    row = rows.select_related("case", "person", "reflection", "made_by", "witness").first()
    return row if row is not None and _waits(row, today) else None


def _waits(row: EarlyEnd, today: date) -> bool:
    return rules.end_waits(status=row.status, told_on=local_day(row.made_at), today=today)


@transaction.atomic
def propose_early_end(
    *, by: Any, reflection: Reflection, how: str, on: date, witness: Any, version: int, at: datetime, today: date,
    words: str = "", language: str = "", understood: str = "", id: Any = None,
) -> EarlyEnd:  # fmt: skip
    """The person's own wish, in own words and understood by somebody present; or the person left, or another body
    took over. One member tells it, and nothing ends: the period runs on until the witness confirms it."""
    check(by, BEGIN, reflection)
    held(reflection, version)
    case, person = reflection.case, reflection.person
    problems = [
        *rules.early_end_problems(
            how=how, on=on, entered_on=reflection.entered_on, ended=reflection.ended_on is not None,
            over=reflections.is_over(reflection, at), waits=waiting_end(reflection, today) is not None, today=today),
        *rules.witness_problems(
            by=by.pk, witness=witness.pk if witness is not None else None, held=_hearing(by, case),
            theirs=_hearing(witness, case) if witness is not None else ()),
    ]  # fmt: skip
    wished = how == "own_wish"
    if wished:
        problems += rules.wish_problems(
            words=words, language=language, understood=understood, person_languages=person.languages)  # fmt: skip
    refuse_if(problems)
    row = EarlyEnd(id=id or uuid4(), case=case, reflection=reflection, person=person, how=how, on=on, witness=witness,
                   made_at=at, made_by=by)  # fmt: skip
    if wished:
        row.language, row.interpreter = language, understood == "interpreter"
        vault.seal(row, wish=normalise_lines(words))
    row.save(force_insert=True)
    reflection.version += 1  # of two who tell it at once, one
    reflection.save(update_fields=["version"])
    journal.enter(by=by, act=PROPOSE, target=row, case=case)
    timeline.record(case, "early_end_proposed", on=on, made_at=at, by=by, about=person, target=row)
    return row


@transaction.atomic
def answer_early_end(*, by: Any, end: EarlyEnd, answer: str, version: int, at: datetime, today: date) -> EarlyEnd:
    """The witness says whether it was so. A confirmed wish ends the period now; a person who left, on that day."""
    check(by, BEGIN, end)
    held(end, version)
    row = Reflection.objects.select_for_update(of=("self",)).select_related("case", "person").get(pk=end.reflection_id)
    refuse_if([
        *rules.end_answer_problems(
            answer=answer, by=by.pk, witness=end.witness_id, waits=_waits(end, today),
            ended=row.ended_on is not None or not row.in_force or reflections.is_over(row, at)),
        *(rules.witness_problems(
            by=end.made_by_id, witness=by.pk, held=_hearing(end.made_by, row.case), theirs=_hearing(by, row.case))
          if answer == "confirmed" else ()),
    ])  # fmt: skip
    end.status, end.answered_on, end.version = answer, today, end.version + 1
    end.save(update_fields=["status", "answered_on", "version"])
    journal.enter(by=by, act=ANSWER, target=end, case=row.case)
    if answer == "confirmed":
        reflections.end_period(row, how=end.how, on=today if end.how == "own_wish" else end.on, by=by, at=at, act=BEGIN)
    else:
        timeline.record(row.case, "early_end_refused", on=today, made_at=at, by=by, about=row.person, target=end)
    return end
