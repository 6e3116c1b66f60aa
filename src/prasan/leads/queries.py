"""Leads as a member of the intake desk sees them: the list, one lead, what it shares with other files."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from prasan import vault
from prasan.access.check import now
from prasan.access.models import Desk
from prasan.accounts.models import Staff
from prasan.cases.models import Case
from prasan.cases.queries import my_cases
from prasan.linkage.queries import elsewhere

from .models import AbuseNotice, Lead, LeadIdentifier, LeadStep
from .rules import OPEN, URGENCIES

PAGE = 25
PRESSING = models.Case(
    *(models.When(urgency=code, then=models.Value(place)) for place, code in enumerate(URGENCIES)),
    default=models.Value(len(URGENCIES)),
)
WAITING = models.Case(models.When(status__in=OPEN, then=models.Value(0)), default=models.Value(1))


@dataclass
class Named:
    """An identifier as the desk reads it, and the other files that name the same."""

    kind: str
    written: str
    leads: list[Lead] = field(default_factory=list)
    elsewhere: bool = False


def my_desks(viewer: Any) -> list[Desk]:
    """The intake desks of which the viewer is a member."""
    return list(Desk.objects.filter(access__user_id=viewer.pk, access__until__gt=now()).order_by("code"))


def leads(viewer: Any, *, status: str = "", urgency: str = "", owner: str = "") -> models.QuerySet[Lead]:
    """The leads of the viewer's desks, waiting ones first and the most pressing on top.

    `status` may be "open"; `owner` is a number, "nobody" or "me".
    """
    rows = Lead.objects.filter(closed_as="").select_related("owner", "desk")
    if status == "open":
        rows = rows.filter(status__in=OPEN)
    elif status:
        rows = rows.filter(status=status)
    if urgency:
        rows = rows.filter(urgency=urgency)
    if owner == "nobody":
        rows = rows.filter(owner=None)
    elif owner == "me":
        rows = rows.filter(owner=viewer)
    elif owner.isdecimal():
        rows = rows.filter(owner_id=int(owner))
    return rows.order_by(WAITING, PRESSING, "received_on", "code")


def waiting(viewer: Any, today: date) -> list[Lead]:
    """Open leads that nobody has taken on, and the viewer's own."""
    rows = leads(viewer, status="open").filter(models.Q(owner=None) | models.Q(owner=viewer))
    return list(rows[:50])


def desk_members(viewer: Any, desks: list[Any]) -> list[Staff]:
    """Who may take on a lead of these desks."""
    rows = Staff.objects.filter(is_active=True, desk_access__desk__in=desks, desk_access__until__gt=now())
    return list(rows.distinct().order_by("name"))


def steps(viewer: Any, lead: Lead) -> list[LeadStep]:
    """What happened to a lead, newest first."""
    return list(LeadStep.objects.filter(lead=lead).select_related("made_by").order_by("-made_at", "-id"))


def identifiers(viewer: Any, lead: Lead, at: datetime) -> list[Named]:
    """A lead's identifiers, opened under one journal line, each with the files that name the same.

    Leads of the viewer's desks come by code; of all other files only that one exists.
    """
    rows = list(LeadIdentifier.objects.filter(lead=lead, closed_as="").order_by("kind", "made_at", "id"))
    opened = vault.open_many([(row, "value") for row in rows], by=viewer, why="intake", at=at)
    found = elsewhere(viewer, lead) if rows else {}
    wanted = {pk for entry in found.values() for kind, pk in entry.mine if kind == "leads.lead"}
    codes = {row.pk: row for row in Lead.objects.filter(pk__in=wanted, closed_as="")}
    named = []
    for row, value in zip(rows, opened, strict=True):
        one = Named(row.kind, value["written"] if value else "")
        entry = found.get((row.kind, row.token))
        if entry is not None:
            one.leads = [codes[pk] for _kind, pk in entry.mine if pk in codes]
            one.elsewhere = entry.others
        named.append(one)
    return named


def written_identifiers(viewer: Any, lead: Lead, at: datetime) -> str:
    """The identifiers as they were written, one on each line, to be corrected."""
    rows = list(LeadIdentifier.objects.filter(lead=lead, closed_as="").order_by("made_at", "id"))
    opened = vault.open_many([(row, "value") for row in rows], by=viewer, why="correct", at=at)
    return "\n".join(value["written"] for value in opened if value)


def case_of(viewer: Any, lead: Lead) -> Case | None:
    """The case that a lead went into, when the viewer is on its team."""
    return Case.objects.filter(pk=lead.case_id).first() if lead.case_id else None


def merged_here(viewer: Any, lead: Lead) -> list[Lead]:
    """The leads that were merged into this one."""
    return list(Lead.objects.filter(merged_into=lead, closed_as="").order_by("received_on"))


def correction(viewer: Any, lead: Lead) -> Lead | None:
    """The lead that stands for this one, when it was corrected."""
    return Lead.objects.filter(replaces=lead).first()


def target_lead(viewer: Any, code: str) -> Lead | None:
    """A lead of the viewer's desks by its code, to merge into."""
    return Lead.objects.filter(code=code, closed_as="").first()


def open_cases(viewer: Any) -> list[Case]:
    """The viewer's cases that a lead may join."""
    return list(my_cases(viewer).exclude(status__in=("closed", "closed_referred"))[:500])


def notices(viewer: Any, *, unreported: bool = False) -> list[AbuseNotice]:
    """Notices of possible abuse of a child at the viewer's desks, without what was told."""
    rows = AbuseNotice.objects.filter(closed_as="").select_related("lead", "made_by")
    if unreported:
        rows = rows.filter(reported_at=None)
    return list(rows.order_by("reported_at", "-seen_at")[:100])
