"""The team of a case is its access border: joining and leaving change what a colleague sees at the next request."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal
from prasan.access.check import check
from prasan.access.models import FOREVER, CaseAccess, PersonAccess
from prasan.access.system import system_read
from prasan.plain.problem import Problem, refuse_if

from .. import rules
from ..models import Participation, TeamMember
from . import timeline


def refresh_access(case: Any, staff: Any, at: datetime) -> None:
    """Write what a colleague may see from the team rows: this case, and the persons of all their cases."""
    with system_read("team_change", line=False):
        rows = TeamMember.objects.filter(case=case, staff=staff, until_on=None, closed_as="")
        held = sorted({row.discipline for row in rows})
        now = {
            "disciplines": " ".join(held),
            "is_lead": any(row.is_lead for row in rows),
            "until": FOREVER if held else at,
        }
        CaseAccess.objects.update_or_create(
            user=staff, case=case, defaults=now, create_defaults={**now, "since": at}
        )
        _refresh_people(staff, Participation.objects.filter(case=case, closed_as=""), at)


def _refresh_people(staff: Any, parts: Any, at: datetime) -> None:
    persons = set(parts.values_list("person_id", flat=True))
    mine = CaseAccess.objects.filter(user=staff, until__gt=at)
    by_case = {row.case_id: row.held for row in mine.filter(case__in=_cases_of(persons))}
    held: dict[Any, set[str]] = defaultdict(set)
    rows = Participation.objects.filter(person_id__in=persons, closed_as="").values_list("person_id", "case_id")
    for person_id, case_id in rows:
        held[person_id] |= by_case.get(case_id, frozenset())
    for person_id in persons:
        disciplines = " ".join(sorted(held[person_id]))
        PersonAccess.objects.update_or_create(
            user=staff, person_id=person_id,
            defaults={"disciplines": disciplines, "until": FOREVER if disciplines else at},
        )  # fmt: skip


def _cases_of(persons: set[Any]) -> Any:
    return Participation.objects.filter(person_id__in=persons, closed_as="").values("case_id")


def refresh_person(person: Any, at: datetime) -> None:
    """A person joined or left a case: every colleague on any case of this person is brought up to date."""
    with system_read("team_change", line=False):
        parts = Participation.objects.filter(person=person)
        users = CaseAccess.objects.filter(case__in=parts.values("case_id")).values_list("user", flat=True)
        for user in set(users):
            _refresh_people(user_row(user), parts, at)


def user_row(pk: int) -> Any:
    from prasan.accounts.models import Staff

    return Staff.objects.get(pk=pk)


def _join(case: Any, staff: Any, discipline: str, *, by: Any, on: date, at: datetime, is_lead: bool,
          reason: str) -> TeamMember:  # fmt: skip
    member = TeamMember.objects.create(
        id=uuid4(), case=case, staff=staff, discipline=discipline, is_lead=is_lead, since_on=on, reason=reason,
        made_at=at, made_by=by,
    )  # fmt: skip
    refresh_access(case, staff, at)
    timeline.record(case, "member_joined", on=on, made_at=at, by=by, discipline=discipline)
    return member


def put_in_lead(case: Any, staff: Any, discipline: str, *, by: Any, on: date, at: datetime) -> TeamMember:
    """By handover: somebody new joins as lead, somebody on the team in that discipline becomes it."""
    member = TeamMember.objects.filter(
        case=case, staff=staff, discipline=discipline, until_on=None, closed_as=""
    ).first()
    if member is None:
        return _join(case, staff, discipline, by=by, on=on, at=at, is_lead=True, reason="handover")
    member.is_lead, member.version = True, member.version + 1
    member.save(update_fields=["is_lead", "version"])
    refresh_access(case, staff, at)
    return member


@transaction.atomic
def add_member(*, by: Any, case: Any, staff: Any, discipline: str, at: datetime, today: date,
               is_lead: bool = False, reason: str = "") -> TeamMember:  # fmt: skip
    """A colleague joins the team in one discipline that he or she holds."""
    check(by, "cases.manage_team", case)
    active = TeamMember.objects.filter(case=case, staff=staff, discipline=discipline, until_on=None, closed_as="")

    def problems() -> Any:
        if discipline not in staff.disciplines or not staff.is_active:
            yield Problem(rules.NOT_HELD, field="discipline")
        if active.exists():
            yield Problem(rules.ALREADY_MEMBER, field="staff")

    refuse_if(problems())
    member = _join(case, staff, discipline, by=by, on=today, at=at, is_lead=is_lead, reason=reason)
    journal.enter(by=by, act="cases.add_member", target=member, case=case)
    return member


@transaction.atomic
def remove_member(*, by: Any, case: Any, member: TeamMember, at: datetime, today: date) -> TeamMember:
    """A colleague leaves the team: nothing of the case is visible to them from the next request on.

    Removing somebody who has gone already changes nothing.
    """
    check(by, "cases.manage_team", case)
    if member.until_on is not None:
        return member
    leads = TeamMember.objects.filter(case=case, is_lead=True, until_on=None, closed_as="").exclude(pk=member.pk)
    refuse_if([Problem(rules.LAST_LEAD)] if member.is_lead and not leads.exists() else [])
    member.until_on, member.version = today, member.version + 1
    member.save(update_fields=["until_on", "version"])
    journal.enter(by=by, act="cases.remove_member", target=member, case=case)
    timeline.record(case, "member_left", on=today, made_at=at, by=by, discipline=member.discipline)
    refresh_access(case, member.staff, at)
    return member
