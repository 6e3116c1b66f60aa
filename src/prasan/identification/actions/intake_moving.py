"""People who were screened at an intake are taken into a case, a portion in one transaction, each exactly once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from prasan import facts, journal, vault
from prasan.access.allow import Changed
from prasan.access.check import check, partitions_of
from prasan.access.system import system_read
from prasan.cases.actions import matters, persons, work
from prasan.plain.problem import Problem, Refused, refuse_if
from prasan.plain.text import is_thai

from ..models import Intake, IntakePerson
from ..rules import intake as rules
from . import intake as people
from .intake_screening import UNKNOWN_NOW
from .stages import disciplines, record_screening

ACT = "identification.move_intake_person"
GENDERS = {"male": "masculine", "female": "feminine"}


@transaction.atomic
def move_people(*, by: Any, intake: Intake, rows: Sequence[IntakePerson], case: Any, at: datetime, today: date) -> int:
    """Take these people into a case of `by`: registered there under their own keys with name and screening.

    The person in the case has the id, and so the pseudonym, of the row; who is in a case already is passed over,
    so that doing it twice changes nothing. The names go from one key to another and are shown to nobody: opened for
    that alone, under one line, they use up nobody's allowance. Returns how many were taken in now."""
    check(by, ACT, intake)
    check(by, "cases.add_person", case)
    check(by, "identification.record_screening", case)
    refuse_if([] if rows else [Problem(rules.NOBODY_CHOSEN)])
    if len(rows) > rules.MOST_AT_ONCE:
        refuse_if([Problem(rules.TOO_MANY_CHOSEN, params={"most": rules.MOST_AT_ONCE})])
    ids = [row.pk for row in rows]
    wanted = IntakePerson.objects.filter(pk__in=ids, intake=intake, status="screened", closed_as="").order_by("number")
    found = list(wanted.select_for_update(of=("self",)).select_related("form"))
    pairs = [(row, field) for row in found for field in ("name", "words") if getattr(row, field) is not None]
    with system_read("take_in", line=False) as reader:
        opened = vault.open_many(pairs, by=reader, why="intake", at=at) if pairs else []
    told = {(row.pk, field): value for (row, field), value in zip(pairs, opened, strict=True)}
    discipline = disciplines(by, case, "identification.record_screening")[0]
    for row in found:
        row.intake = intake
        _move(row, case, discipline, by=by, at=at, today=today, name=told.get((row.pk, "name")) or "",
              words=told.get((row.pk, "words")) or {})  # fmt: skip
    return len(found)


def take_into_case(
    *, by: Any, intake: Intake, rows: Sequence[IntakePerson], case: Any, at: datetime, today: date, title: str = "",
    forms: list[str] | None = None,
) -> tuple[Any, int]:  # fmt: skip
    """Take people into a case of `by`, or into a new one that opens with the first portion; a portion is all or none.

    What is interrupted between two portions goes on with the same people: those who are in are passed over."""
    check(by, ACT, intake)
    refuse_if([] if rows else [Problem(rules.NOBODY_CHOSEN)])
    step = rules.MOST_AT_ONCE
    portions = [rows[start : start + step] for start in range(0, len(rows), step)]
    with transaction.atomic():
        if case is None:
            case = matters.open_case(by=by, title=title, forms=forms or [], opened_on=today, at=at, today=today,
                                     province=intake.province)  # fmt: skip
        moved = move_people(by=by, intake=intake, rows=portions[0], case=case, at=at, today=today)
    for portion in portions[1:]:
        try:
            moved += move_people(by=by, intake=intake, rows=portion, case=case, at=at, today=today)
        except (Refused, Changed):  # the case holds the first ones and is shown; the others are offered again
            break
    return case, moved


def _move(row: IntakePerson, case: Any, discipline: str, *, by: Any, at: datetime, today: date, name: str,
          words: Any) -> None:  # fmt: skip
    intake = row.intake
    part = persons.add_person(
        by=by, case=case, part="potential_victim" if row.enters_nrm else "other", since_on=intake.on, at=at,
        today=today, id=row.pk, names=[("original" if is_thai(name) else "romanised", name)] if name else [],
        name_unknown=not name, gender=GENDERS.get(row.sex, "non_specified_unknown"),
        sex=row.sex if row.sex in GENDERS else "", birth=rules.birth_of(row.age, intake.on, row.is_child),
        citizenships=[row.nationality] if row.nationality else [], languages=[row.language] if row.language else [],
        interpreter=row.interpreter,
    )  # fmt: skip
    facts.withdraw(row)
    record_screening(
        by=by, participation=part, answers=row.answers, on=row.screened_on, discipline=discipline, body=row.body,
        situation=intake.situation, place=intake.place, enters_nrm=bool(row.enters_nrm), at=at, today=today,
        child_at_time=row.child_at_time, language=row.language, interpreter=row.interpreter,
        needs=rules.needs_of(row.needs, row.urgent), form=row.form, words=words,
    )  # fmt: skip
    _hand_on(row, part, by=by, at=at, today=today)
    people.erase(row, row.version, status="moved", case=case, form=None, was_child=True, **UNKNOWN_NOW)
    journal.enter(by=by, act=ACT, target=row, case=case)


def _hand_on(row: IntakePerson, part: Any, *, by: Any, at: datetime, today: date) -> None:
    """What was marked or said at the intake, and no need says, is a task of the care workers for today: whoever takes
    the person in sees to it, unless that member does not read what they do."""
    titles = rules.tasks_of(row.urgent, row.age, row.is_child)
    owner = by if titles and "care" in partitions_of(by, part.case) else None
    for title in titles:
        work.open_task(part.case, title, by=by, at=at, owner=owner, due_on=today, partition="care", about=part.person)
