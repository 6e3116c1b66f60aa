"""The acts of the investigation: opened, closed; operations planned and recorded; removals; arrests."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import facts, journal, packs, vault
from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import correct, custody, timeline
from prasan.cases.models import CustodyStep, Participation
from prasan.plain.dates import local_day
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.refs import new_code
from prasan.plain.text import normalise

from . import facts_of, rules
from .models import Investigation, Operation, OperationArrest, Removal
from .queries import body_codes


def _other_case(case: Any, **rows: Any) -> list[Problem]:
    """Rows of another case cannot be tied to this one, whatever a form was made to send."""
    return [Problem(rules.OTHER_CASE, field=n) for n, row in rows.items() if row and row.case_id != case.pk]


@transaction.atomic
def open_investigation(*, by: Any, case: Any, opened_on: date, at: datetime, today: date, id: Any = None,
                       replaces: Investigation | None = None) -> Investigation:  # fmt: skip
    """The investigation of the case begins. A correction of the first day begins it anew, not yet closed."""
    check(by, "investigation.open_investigation", case)
    standing = Investigation.objects.filter(case=case, closed_as="")
    if replaces is not None:
        standing = standing.exclude(pk=replaces.pk)
    refuse_if([
        *rules.opening_problems(opened_on=opened_on, today=today, exists=standing.exists()),
        *_other_case(case, replaces=replaces),
    ])  # fmt: skip
    row = Investigation(id=id or uuid4(), case=case, opened_on=opened_on, replaces=replaces, made_at=at, made_by=by)
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
    row.save(force_insert=True)
    journal.enter(by=by, act="investigation.open_investigation", target=row, case=case)
    timeline.record(case, "investigation_opened", on=opened_on, made_at=at, by=by, target=row)
    facts.add(**facts_of.opened(row))
    return row


@transaction.atomic
def close_investigation(*, by: Any, investigation: Investigation, closed_on: date, version: int, at: datetime,
                        today: date) -> Investigation:  # fmt: skip
    """The investigation ends: handed to the prosecutor, or laid down."""
    row, case = investigation, investigation.case
    check(by, "investigation.open_investigation", row)
    held(row, version)
    refuse_if(rules.closing_problems(opened_on=row.opened_on, closed_on=closed_on, today=today, already=row.closed_on))
    row.closed_on, row.version = closed_on, row.version + 1
    row.save(update_fields=["closed_on", "version"])
    journal.enter(by=by, act="investigation.close_investigation", target=row, case=case)
    timeline.record(case, "investigation_closed", on=closed_on, made_at=at, by=by, target=row)
    facts.add(**facts_of.closed(row))
    return row


@transaction.atomic
def plan_operation(
    *, by: Any, case: Any, planned_on: date, place_kind: str, lead_body: str, at: datetime, today: date,
    province: str = "", risk_checked: bool = False, risk_words: str = "", id: Any = None,
    replaces: Operation | None = None,
) -> Operation:  # fmt: skip
    """Plan an operation with the authority that leads it. The words on risk are sealed."""
    check(by, "investigation.plan_operation", case)
    refuse_if([
        *rules.plan_problems(
            planned_on=planned_on, today=today, place_kind=place_kind, province=province,
            provinces=packs.codes("province"), lead_body=lead_body, bodies=body_codes(),
            risk_checked=risk_checked, risk_words=risk_words,
        ),
        *_other_case(case, replaces=replaces),
    ])  # fmt: skip
    taken = Operation._base_manager.filter
    row = Operation(
        id=id or uuid4(), code=new_code("O", length=7, taken=lambda c: taken(code=c).exists()), case=case,
        planned_on=planned_on, place_kind=place_kind, province=province, lead_body=lead_body,
        risk_checked=risk_checked, replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    vault.seal(row, risk_words=normalise(risk_words))
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
    row.save(force_insert=True)
    journal.enter(by=by, act="investigation.plan_operation", target=row, case=case)
    timeline.record(case, "operation_planned", on=planned_on, made_at=at, by=by, target=row,
                    partition=row.partition)  # fmt: skip
    return row


@transaction.atomic
def record_operation(*, by: Any, operation: Operation, status: str, version: int, at: datetime, today: date,
                     done_at: datetime | None = None, contribution: str = "") -> Operation:  # fmt: skip
    """What became of a plan: carried out, when and with which contribution; or called off."""
    row = operation
    check(by, "investigation.record_operation", row)
    held(row, version)
    refuse_if(
        rules.result_problems(old=row.status, new=status, done_at=done_at, contribution=contribution, today=today)
    )
    row.status, row.version = status, row.version + 1
    if status == "done":
        row.done_at, row.contribution = done_at, contribution
    row.save(update_fields=["status", "done_at", "contribution", "version"])
    journal.enter(by=by, act="investigation.record_operation", target=row, case=row.case_id, why=status)
    if done_at is not None:
        timeline.record(row.case, "operation_done", on=local_day(done_at), at=done_at, made_at=at, by=by,
                        target=row, partition=row.partition)  # fmt: skip
    return row


@transaction.atomic
def record_removal(
    *, by: Any, participation: Participation, on: date, contribution: str, at: datetime, today: date,
    operation: Operation | None = None, id: Any = None, replaces: Removal | None = None,
) -> Removal:  # fmt: skip
    """A survivor left harm. Counted once a person and case; a correction supersedes the earlier record."""
    case, person = participation.case, participation.person
    check(by, "investigation.record_removal", case)
    earlier = Removal.objects.filter(case=case, person=person, closed_as="")
    if replaces is not None:
        earlier = earlier.exclude(pk=replaces.pk)
    refuse_if([
        *rules.removal_problems(
            is_survivor=participation.is_survivor and participation.in_force, already=earlier.exists(), on=on,
            contribution=contribution, today=today, operation_status=operation.status if operation else "",
        ),
        *_other_case(case, operation=operation, replaces=replaces),
    ])  # fmt: skip
    row = Removal(
        id=id or uuid4(), case=case, participation=participation, person=person, operation=operation, on=on,
        contribution=contribution, replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
    row.save(force_insert=True)
    journal.enter(by=by, act="investigation.record_removal", target=row, case=case)
    timeline.record(case, "removed_from_harm", on=on, made_at=at, by=by, about=person, target=row)
    facts.add(**facts_of.removed(row))
    return row


@transaction.atomic
def record_arrest(
    *, by: Any, participation: Participation, arrested_at: datetime, contribution: str, at: datetime,
    today: date, body: str = "", province: str = "", operation: Operation | None = None, id: Any = None,
    replaces: CustodyStep | None = None,
) -> CustodyStep:  # fmt: skip
    """A suspect is arrested, in an operation or without one: a step of custody, tied to the operation."""
    case = participation.case
    check(by, "investigation.record_arrest", case)
    refuse_if([
        *rules.arrest_problems(
            is_defendant=participation.is_defendant and participation.in_force, contribution=contribution,
            operation_status=operation.status if operation else "",
        ),
        *_other_case(case, operation=operation, replaces=replaces),
    ])  # fmt: skip
    step_id = id or uuid4()
    if replaces is not None:
        for link in OperationArrest.objects.filter(custody_step=replaces, closed_as=""):
            correct.close(link, "superseded", "other")
    step = custody.record_custody(
        by=by, participation=participation, step="arrested", step_at=arrested_at, at=at, body=body,
        province=province, contribution=contribution, act="investigation.record_arrest", id=step_id,
        replaces=replaces,
    )  # fmt: skip
    if operation is not None:
        OperationArrest.objects.create(
            id=uuid4(), case=case, operation=operation, custody_step=step, made_at=at, made_by=by
        )
    return step
