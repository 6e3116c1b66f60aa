"""The daily work on a case: tasks, notes, items shown to another discipline, dates to keep."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal, vault
from prasan.access.check import NOT_MEMBER, Denied, case_access, check, partitions_of
from prasan.access.opening import NOT_YOUR_PART
from prasan.plain.problem import refuse_if
from prasan.plain.text import normalise, normalise_lines

from .. import rules
from ..models import Appointment, Note, Share, Task
from . import interviews


def _in_partition(by: Any, case: Any, partition: str, act: str) -> None:
    if partition not in partitions_of(by, case):
        raise Denied(NOT_YOUR_PART, act)


@transaction.atomic
def add_task(*, by: Any, case: Any, title: str, at: datetime, today: date, owner: Any = None,
             due_on: date | None = None, partition: str = "shared", about: Any = None,
             id: Any = None) -> Task:  # fmt: skip
    """Give a task to a member of the team, or to nobody yet."""
    check(by, "cases.add_task", case)
    _in_partition(by, case, partition, "cases.add_task")
    refuse_if(rules.text_problems(title, "title", limit=160))
    if owner is not None and not case_access(owner, case.pk):
        raise Denied(NOT_MEMBER, "cases.add_task")
    return open_task(case, title, by=by, at=at, owner=owner, due_on=due_on, partition=partition, about=about, id=id)


def open_task(case: Any, title: str, *, by: Any, at: datetime, owner: Any = None, due_on: date | None = None,
              partition: str = "shared", about: Any = None, id: Any = None) -> Task:  # fmt: skip
    """A task that another act opens by its own right (the s.41 check, a silent referral)."""
    task = Task.objects.create(
        id=id or uuid4(), case=case, title=normalise(title), owner=owner, due_on=due_on, partition=partition,
        about=about, made_at=at, made_by=by,
    )  # fmt: skip
    journal.enter(by=by, act="cases.add_task", target=task, case=case)
    return task


@transaction.atomic
def finish_task(*, by: Any, task: Task, at: datetime) -> Task:
    """Done: by whom and when. Finishing twice changes nothing."""
    check(by, "cases.finish_task", task)
    _in_partition(by, task.case_id, task.partition, "cases.finish_task")
    if task.done_at is None:
        task.done_at, task.done_by, task.version = at, by, task.version + 1
        task.save(update_fields=["done_at", "done_by", "version"])
        journal.enter(by=by, act="cases.finish_task", target=task, case=task.case_id)
    return task


@transaction.atomic
def add_note(*, by: Any, case: Any, partition: str, text: str, at: datetime, about: Any = None,
             id: Any = None) -> Note:  # fmt: skip
    """A note in one's own partition, or for the whole team; about one person it is sealed under their key."""
    check(by, "cases.add_note", case)
    _in_partition(by, case, partition, "cases.add_note")
    refuse_if(rules.text_problems(text, "text"))
    note = Note(id=id or uuid4(), case=case, partition=partition, about=about, made_at=at, made_by=by)
    clean = normalise_lines(text)
    if about is not None:
        vault.seal(note, sealed_text=clean)
    else:
        note.text = clean
    note.save(force_insert=True)
    journal.enter(by=by, act="cases.add_note", target=note, case=case)
    return note


@transaction.atomic
def share_item(*, by: Any, case: Any, note: Note, discipline: str, purpose: str, at: datetime) -> Share:
    """Show one note to one further discipline of the team, with the purpose: item by item, never a partition."""
    check(by, "cases.share_item", case)
    _in_partition(by, case, note.partition, "cases.share_item")
    refuse_if(rules.text_problems(purpose, "purpose", limit=200))
    share = Share.objects.create(
        id=uuid4(), case=case, target=f"cases.note:{note.pk}", discipline=discipline, purpose=normalise(purpose),
        made_at=at, made_by=by,
    )  # fmt: skip
    journal.enter(by=by, act="cases.share_item", target=note, case=case)
    return share


@transaction.atomic
def add_appointment(*, by: Any, case: Any, kind: str, starts_at: datetime, at: datetime,
                    until: datetime | None = None, where: str = "", partition: str = "shared",
                    about: Any = None) -> Appointment:  # fmt: skip
    """A date to keep; it shows in the calendar of every member who reads its partition."""
    check(by, "cases.add_appointment", case)
    _in_partition(by, case, partition, "cases.add_appointment")
    refuse_if([
        *rules.appointment_problems(at=starts_at, until=until),
        *interviews.appointment_problems(case=case, kind=kind, about=about, starts_at=starts_at, at=at),
    ])  # fmt: skip
    row = Appointment.objects.create(
        id=uuid4(), case=case, kind=kind, at=starts_at, until=until, where=normalise(where)[:120],
        partition=partition, about=about, made_at=at, made_by=by,
    )  # fmt: skip
    journal.enter(by=by, act="cases.add_appointment", target=row, case=case)
    return row
