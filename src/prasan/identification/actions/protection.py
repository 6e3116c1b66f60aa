"""Temporary protection by s.29: taken under protection, asked about staying, extended by the court, ended."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal
from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import clocks, correct, reckoning, timeline
from prasan.cases.models import Participation, RunningClock
from prasan.cases.rules import SURVIVOR_PARTS
from prasan.plain.dates import local_day
from prasan.plain.problem import refuse_if

from .. import rules
from ..models import Protection
from ..rules import protection as rules_of

ACT = "identification.record_protection"
DAY, COURT = "temporary-protection", "court-extension"
AGREED = "consented_to_stay"


def is_survivor(case: Any, person: Any) -> bool:
    """A potential victim or a victim of this case, as it stands now."""
    rows = Participation.objects.filter(case=case, person=person, until_on=None, closed_as="")
    return rows.filter(part__in=SURVIVOR_PARTS).exists()


@transaction.atomic
def take_under_protection(
    *, by: Any, participation: Participation, since: datetime, place: str, body: str, at: datetime, today: date,
    id: Any = None, replaces: Protection | None = None,
) -> Protection:  # fmt: skip
    """ATIP s.29: from this instant 24 hours run. Protection rests on no condition; a cell is refused."""
    case, person = participation.case, participation.person
    check(by, ACT, case)
    open_now = Protection.objects.filter(case=case, person=person, ended_at=None, closed_as="")
    refuse_if(rules_of.protection_problems(
        since=since, place=place, body=body, bodies=rules.BODIES, survivor=is_survivor(case, person),
        running=open_now.exclude(pk=replaces.pk if replaces else None).exists(), at=at))  # fmt: skip
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=replaces, at=at, today=today)
    row = Protection.objects.create(
        id=id or uuid4(), case=case, person=person, at=since, place=place, body=body, replaces=replaces, made_at=at,
        made_by=by,
    )  # fmt: skip
    journal.enter(by=by, act=ACT, target=row, case=case)
    timeline.record(case, "protection_began", on=local_day(since), at=since, made_at=at, by=by, about=person,
                    target=row)  # fmt: skip
    clocks.begin(case, DAY, by=by, start=since, event="person_protected", at=at, about=person, target=row)
    return row


def _fresh(row: Protection, by: Any, version: int) -> None:
    check(by, ACT, row)
    held(row, version)


def _save(row: Protection, *names: str) -> None:
    row.version += 1
    row.save(update_fields=[*names, "version"])


@transaction.atomic
def record_stay(
    *, by: Any, protection: Protection, stays: bool, on: date, version: int, at: datetime, today: date
) -> Protection:
    """What the person answered about staying. A no is an answer, also after a yes: the person may go, and the time
    of the law is watched again."""
    _fresh(protection, by, version)
    refuse_if(rules_of.stay_problems(
        on=on, since_on=local_day(protection.at), ended=protection.ended_at is not None, today=today))  # fmt: skip
    protection.stays, protection.stay_consent_on = stays, on
    _save(protection, "stays", "stay_consent_on")
    journal.enter(by=by, act=ACT, target=protection, case=protection.case_id)
    case, person = protection.case, protection.person
    timeline.record(case, "stay_asked", on=on, made_at=at, by=by, about=person, target=protection)
    if stays:
        for code in (DAY, COURT):
            clocks.satisfy(case, code, by=by, event=AGREED, at=at, about=person, target=protection, row=protection,
                           happened=on)  # fmt: skip
    else:
        agreed = RunningClock.objects.filter(case=case, target=reckoning.reference(protection), ended_by_event=AGREED)
        clocks.run_again(agreed, by=by, at=at)
    return protection


@transaction.atomic
def record_court_order(
    *, by: Any, protection: Protection, granted_at: datetime, version: int, at: datetime, today: date,
    until: datetime | None = None,
) -> Protection:  # fmt: skip
    """The court granted the petition: at most 7 days more, or until the instant that its order names."""
    _fresh(protection, by, version)
    refuse_if(rules_of.court_problems(
        granted_at=granted_at, until=until, since=protection.at, granted=protection.granted_at is not None,
        ended=protection.ended_at is not None, at=at))  # fmt: skip
    protection.granted_at, protection.granted_until = granted_at, until
    _save(protection, "granted_at", "granted_until")
    case, person = protection.case, protection.person
    journal.enter(by=by, act=ACT, target=protection, case=case)
    timeline.record(case, "protection_extended", on=local_day(granted_at), at=granted_at, made_at=at, by=by,
                    about=person, target=protection)  # fmt: skip
    clocks.satisfy(case, DAY, by=by, event="court_extended", at=at, about=person, target=protection,
                   happened=granted_at)  # fmt: skip
    clocks.begin(case, COURT, by=by, start=granted_at, event="court_extended", at=at, about=person, target=protection,
                 **({"ordered_until": until} if until else {}))  # fmt: skip
    return protection


@transaction.atomic
def end_protection(
    *, by: Any, protection: Protection, ended_at: datetime, how: str, version: int, at: datetime, today: date
) -> Protection:
    """Temporary protection ended: the time was over, the person left or agreed to something else."""
    _fresh(protection, by, version)
    refuse_if(rules_of.end_problems(
        ended_at=ended_at, how=how, since=protection.at, ended=protection.ended_at is not None, at=at))  # fmt: skip
    protection.ended_at, protection.ended_as = ended_at, how
    _save(protection, "ended_at", "ended_as")
    case, person = protection.case, protection.person
    journal.enter(by=by, act=ACT, target=protection, case=case)
    timeline.record(case, "protection_ended", on=local_day(ended_at), at=ended_at, made_at=at, by=by, about=person,
                    target=protection)  # fmt: skip
    for code in (DAY, COURT):
        clocks.satisfy(case, code, by=by, event="protection_ended", at=at, about=person, target=protection,
                       happened=ended_at)  # fmt: skip
    return protection
