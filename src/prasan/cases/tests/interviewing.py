"""What tests of interviews do again and again: an age, an interview that is right, a clock that runs."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from prasan.access.system import system_read
from prasan.cases.actions import interviews
from prasan.cases.models import Interview, RunningClock
from prasan.cases.rules import telling
from prasan.people.actions import change_person
from prasan.plain.birth import PartialDate
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import stored

HELD = AT - timedelta(hours=2)
SAFE = {"present": ["psychologist", "asked_for", "prosecutor"], "place": "child_suitable", "recording": "audio_video"}
THREE = {telling.NO_CARER, telling.NO_ASKED_FOR, telling.NO_PROSECUTOR}


def born(world, year, month=None, day=None, part=None):
    """The survivor's birth date, as far as it is known."""
    person = (part or world.survivor).person
    with world.acting("mali"):
        person.refresh_from_db()
        change_person(by=world.mali, person=person, version=person.version, at=AT, today=TODAY, gender="feminine",
                      birth=PartialDate(year, month, day) if year else None)  # fmt: skip
        person.refresh_from_db()


def adult(world):
    born(world, 1990)


def record(world, name="nok", part=None, case=None, **changed):
    told = {
        "held_at": HELD, "body": "police", "purpose": "inquiry", "topics": ["recruitment"], "place": "separate",
        "present": ["inquiry_officer"], "recording": "written", "told": "เล่าให้ตำรวจฟัง",
    } | changed  # fmt: skip
    with world.acting(name):
        return interviews.record_interview(
            by=world.staff[name], case=case or world.case, person=(part or world.survivor).person, at=AT, today=TODAY,
            **told,
        )  # fmt: skip


def refused(world, name="nok", **changed):
    """The sentences with which an interview is refused; nothing is saved."""
    before = len(stored(Interview))
    with pytest.raises(Refused) as found:
        record(world, name, **changed)
    assert len(stored(Interview)) == before
    return {problem.message for problem in found.value.problems}


def clock(world, blocks, *, start_on=TODAY, days=15, state="running", about=None, **more):
    """A running clock as the engine leaves it: the reflection period blocks interviews and invitations."""
    with system_read("verify", line=False):
        return RunningClock.objects.create(
            id=uuid4(), case=world.case, clock="reflection-a", about=about or world.survivor.person,
            start_event="nrm_entered", start_on=start_on, end_on=start_on + timedelta(days=days),
            ends_at=datetime.combine(start_on, datetime.min.time(), AT.tzinfo) + timedelta(days=days), blocks=blocks,
            state=state, pack_version="x", made_at=AT, made_by=world.mali, **more,
        )  # fmt: skip
