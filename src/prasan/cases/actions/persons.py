"""Who takes part in a case: added, known from elsewhere, changed over time."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal
from prasan.access.check import check
from prasan.access.system import system_read
from prasan.people.actions import register_person
from prasan.people.models import AttachRequest, Person
from prasan.plain.problem import Problem, refuse_if

from .. import rules
from ..models import Participation, RunningClock
from . import clocks, team, timeline

RIGHTS = "rights-notice"


def _take_part(case: Any, person: Person, part: str, *, by: Any, since_on: date, at: datetime,
               is_official: bool = False) -> Participation:  # fmt: skip
    row = Participation.objects.create(
        id=uuid4(), case=case, person=person, part=part, since_on=since_on, is_official=is_official,
        made_at=at, made_by=by,
    )  # fmt: skip
    team.refresh_person(person, at)
    return row


def _tell_rights(row: Participation, *, by: Any, at: datetime) -> None:
    """ATIP 33, 34: whoever may be a victim is told of compensation, aid and help at the first opportunity."""
    runs = RunningClock.objects.filter(case=row.case, clock=RIGHTS, about=row.person, closed_as="")
    if row.is_survivor and not runs.exclude(ended_by_event="entered_in_error").exists():
        clocks.begin(by=by, at=at, **rights_clock(row))


@clocks.after_undo(Participation)
def _tell_rights_of_another(row: Participation, *, by: Any, at: datetime) -> None:
    """A part was a mistake, and another part of the person in the case still calls for the notice."""
    others = Participation.objects.filter(case=row.case_id, person=row.person_id, closed_as="").exclude(pk=row.pk)
    for other in others.filter(part__in=rules.SURVIVOR_PARTS).order_by("since_on")[:1]:
        _tell_rights(other, by=by, at=at)


def rights_clock(row: Participation) -> dict[str, Any]:
    """What starts the notice of rights for somebody who is or may be a victim: being met."""
    return {"case": row.case, "code": RIGHTS, "start": row.since_on, "event": "first_contact", "about": row.person,
            "target": row}  # fmt: skip


@transaction.atomic
def add_person(*, by: Any, case: Any, part: str, since_on: date, at: datetime, today: date,
               is_official: bool = False, **details: Any) -> Participation:  # fmt: skip
    """Add somebody new to a case: registered under a code, with a part."""
    check(by, "cases.add_person", case)
    refuse_if(rules.day_problems(since_on, today, "since_on"))
    person = register_person(by=by, case=case, at=at, today=today, **details)
    row = _take_part(case, person, part, by=by, since_on=since_on, at=at, is_official=is_official)
    journal.enter(by=by, act="cases.add_person", target=row, case=case)
    timeline.record(case, "person_added", on=since_on, made_at=at, by=by, about=person, part=part)
    _tell_rights(row, by=by, at=at)
    return row


@transaction.atomic
def attach_person(*, by: Any, case: Any, person: Person, part: str, since_on: date, at: datetime,
                  today: date) -> Participation:  # fmt: skip
    """Add somebody whom the actor already sees in another case; both teams see that person from now on."""
    check(by, "cases.add_person", case)
    check(by, "people.view", person)
    same = Participation.objects.filter(case=case, person=person, part=part, until_on=None, closed_as="")
    refuse_if([
        *rules.day_problems(since_on, today, "since_on"),
        *([Problem(rules.ALREADY_PART, field="part")] if same.exists() else []),
    ])  # fmt: skip
    row = _take_part(case, person, part, by=by, since_on=since_on, at=at)
    journal.enter(by=by, act="cases.attach_person", target=row, case=case)
    timeline.record(case, "person_added", on=since_on, made_at=at, by=by, about=person, part=part)
    _tell_rights(row, by=by, at=at)
    return row


def attach_as_asked(request: AttachRequest, *, by: Any, at: datetime) -> Participation:
    """Part of the answer "yes" to another team's question, whose act has checked the right: the asker adds, the
    one who answered is named in the journal of the asking case."""
    with system_read("duplicates", line=False):
        case, person, asker = request.to_case, request.person, request.made_by
        same = Participation.objects.filter(
            case=case, person=person, part=request.part, until_on=None, closed_as=""
        ).first()
        if same is not None:
            return same
        row = _take_part(case, person, request.part, by=asker, since_on=request.since_on, at=at)
        journal.enter(by=by, act="cases.attach_person", target=row, case=case)
        timeline.record(case, "person_added", on=request.since_on, made_at=at, by=asker, about=person,
                        part=request.part)  # fmt: skip
        _tell_rights(row, by=asker, at=at)
    return row


@transaction.atomic
def change_part(*, by: Any, case: Any, person: Person, part: str, on: date, at: datetime, today: date,
                ends: str = "") -> Participation:  # fmt: skip
    """A person's part changes (a potential victim becomes a victim): a further row, the old one ended."""
    check(by, "cases.change_part", case)
    ended = Participation.objects.filter(case=case, person=person, part=ends, until_on=None, closed_as="")
    refuse_if([
        *rules.day_problems(on, today, "on"),
        *([Problem(rules.ENDS_FIRST, field="on")] if ended.filter(since_on__gt=on).exists() else []),
    ])  # fmt: skip
    return become(case, person, part, by=by, on=on, at=at, ends=ends)


def become(case: Any, person: Person, part: str, *, by: Any, on: date, at: datetime, ends: str = "") -> Participation:
    """The same change as part of another act that has already checked its own right."""
    now = Participation.objects.filter(case=case, person=person, until_on=None, closed_as="")
    existing = now.filter(part=part).first()
    if ends and ends != part:
        for row in now.filter(part=ends):
            row.until_on, row.version = on, row.version + 1
            row.save(update_fields=["until_on", "version"])
            if existing is not None:
                journal.enter(by=by, act="cases.change_part", target=row, case=case)
    if existing is not None:
        return existing
    official = now.filter(is_official=True).exists()
    row = _take_part(case, person, part, by=by, since_on=on, at=at, is_official=official)
    journal.enter(by=by, act="cases.change_part", target=row, case=case)
    timeline.record(case, "part_changed", on=on, made_at=at, by=by, about=person, part=part)
    _tell_rights(row, by=by, at=at)
    return row
