"""The acts of training: a session with its attendance is recorded, corrected by a new one, or taken out."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import facts, journal, packs
from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import correct
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.refs import new_code
from prasan.plain.text import normalise

from . import facts_of, rules
from .models import Attendance, Session


@transaction.atomic
def record_session(
    *, by: Any, title: str, topic: str, on: date, hours: Decimal, groups: Sequence[rules.Group], at: datetime,
    today: date, place: str = "", trainer: Any = None, id: Any = None, replaces: Session | None = None,
    version: int | None = None,
) -> Session:  # fmt: skip
    """Record a session and who came, as counts. With `replaces` the older entry is superseded with its facts."""
    check(by, "training.correct" if replaces else "training.record_session")
    if replaces is not None:
        held(replaces, replaces.version if version is None else version)
    refuse_if([
        *rules.session_problems(title=title, topic=topic, on=on, hours=hours, today=today),
        *rules.group_problems(groups, kinds=packs.codes("organisation_kind")),
    ])  # fmt: skip
    session = Session.objects.create(
        id=id or uuid4(), code=new_code("T", taken=lambda c: Session.objects.filter(code=c).exists()),
        title=normalise(title), topic=topic, on=on, hours=hours, place=place, trainer=trainer,
        replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    journal.enter(by=by, act="training.record_session", target=session)
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=session, at=at, today=today)
        _close_attendance(replaces, "superseded", "other")
    for group in groups:
        row = Attendance.objects.create(
            id=uuid4(), session=session, agency_kind=group.agency_kind, agency=group.agency, sex=group.sex,
            organisation=normalise(group.organisation)[:160], count=group.count, made_at=at, made_by=by,
        )  # fmt: skip
        facts.add(**facts_of.attendance(row))
    return session


def _close_attendance(session: Session, how: str, reason: str) -> None:
    for row in session.attendances.filter(closed_as=""):
        correct.close(row, how, reason)


@transaction.atomic
def enter_session_in_error(*, by: Any, session: Session, reason: str, version: int, at: datetime, today: date,
                           words: str = "") -> Session:  # fmt: skip
    """The session was entered in error: it and its attendance count no more; the journal keeps why."""
    check(by, "training.correct")
    held(session, version)
    refuse_if([Problem(rules.BAD_REASON, field="reason")] if reason not in rules.ERROR_REASONS else [])
    correct.close(session, "error", reason)
    _close_attendance(session, "error", reason)
    journal.enter(by=by, act="training.correct", target=session, why=reason,
                  change={"words": words} if words else None)  # fmt: skip
    return session
