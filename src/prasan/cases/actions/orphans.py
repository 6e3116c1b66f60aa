"""No orphaned case: a case without an active lead member is listed in codes only and handed over by two people."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal
from prasan.access.check import check
from prasan.access.models import CaseAccess
from prasan.access.system import system_read
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.words import gettext_noop as _

from .. import rules
from ..models import Case, Handover
from . import team

TWO_PEOPLE = _("A second person of another discipline must confirm the handover.")
NOT_ORPHANED = _("This case has a lead member.")


def orphans() -> list[Case]:
    """Open cases without an active lead member. Codes and days only are shown of them."""
    with system_read("team_change", line=False):
        led = CaseAccess.objects.filter(is_lead=True, user__is_active=True, until__year=9999).values("case_id")
        rows = Case.objects.exclude(status__in=("closed", "closed_referred")).exclude(pk__in=led)
        return list(rows.filter(closed_as="").only("id", "code", "opened_on").order_by("opened_on")[:200])


def orphan(code: str) -> Case | None:
    return next((c for c in orphans() if c.code == code), None)


@transaction.atomic
def propose_handover(*, by: Any, case: Case, staff: Any, discipline: str, at: datetime) -> Handover:
    """First of the two people names the new lead member."""
    check(by, "cases.reassign_orphan")
    refuse_if([
        *([] if orphan(case.code) else [Problem(NOT_ORPHANED)]),
        *([] if discipline in staff.disciplines and staff.is_active else [Problem(rules.NOT_HELD, field="discipline")]),
    ])  # fmt: skip
    row = Handover.objects.create(
        id=uuid4(), case=case, staff=staff, discipline=discipline, proposed_by=by, made_at=at, made_by=by
    )
    journal.enter(by=by, act="cases.propose_handover", target=row, case=case)
    return row


@transaction.atomic
def confirm_handover(*, by: Any, handover: Handover, at: datetime, today: date) -> Handover:
    """The second person, of another discipline, confirms; the new lead member joins the team, or leads it."""
    check(by, "cases.reassign_orphan")
    same = by.pk == handover.proposed_by_id or by.disciplines <= handover.proposed_by.disciplines
    refuse_if([Problem(TWO_PEOPLE)] if same or handover.confirmed_at else [])
    handover.confirmed_by, handover.confirmed_at = by, at
    with system_read("team_change", line=False):
        handover.save(update_fields=["confirmed_by", "confirmed_at"])
        team.put_in_lead(handover.case, handover.staff, handover.discipline, by=by, on=today, at=at)
    journal.enter(by=by, act="cases.confirm_handover", target=handover, case=handover.case_id)
    return handover


def codes_of(case_ids: list[Any]) -> dict[Any, str]:
    """The codes of cases by id, for the handover list: codes only."""
    with system_read("team_change", line=False):
        return dict(Case.objects.filter(pk__in=case_ids).values_list("pk", "code"))
