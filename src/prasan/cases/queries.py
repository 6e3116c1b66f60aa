"""What a viewer sees of cases: lists, one case's people, team, tasks, notes, timeline. Fetching is checking."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models

from prasan import vault
from prasan.access.check import case_access, holdings, now, partitions, partitions_of
from prasan.access.models import CaseAccess

from .models import Appointment, Case, Event, Note, Participation, Referral, Share, Task, TeamMember

PAGE = 25


def my_cases(viewer: Any, **filters: Any) -> models.QuerySet[Case]:
    """The viewer's cases, newest first; filters by status, form, province, mode and text in code or title."""
    rows = Case.objects.filter(closed_as="").select_related("lead_agency").order_by("-opened_on", "-code")
    for name in ("status", "province", "mode"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    if filters.get("form"):
        rows = rows.filter(forms__icontains=f'"{filters["form"]}"')
    if filters.get("text"):
        text = filters["text"].strip()
        rows = rows.filter(models.Q(code__icontains=text) | models.Q(title__icontains=text))
    return rows


def page_of(rows: models.QuerySet[Case], number: Any) -> Page[Case]:
    """One page of a list of cases: its place is found by the index alone, and only its own rows are read."""
    page = Paginator(rows.values_list("pk", flat=True), PAGE).get_page(number)
    page.object_list = _read(page.object_list)
    return page


def newest(viewer: Any, limit: int = 5) -> list[Case]:
    """The viewer's newest cases."""
    return _read(my_cases(viewer).values_list("pk", flat=True)[:limit])


def _read(ids: Any) -> list[Case]:
    keys = list(ids)
    found = Case.objects.select_related("lead_agency").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def participations(viewer: Any, case: Case) -> list[Participation]:
    """Who takes part, in force, survivors first."""
    rows = Participation.objects.filter(case=case, closed_as="").select_related("person")
    return sorted(rows, key=lambda p: (not p.is_survivor, not p.is_defendant, p.since_on, p.person.code))


def people(viewer: Any, case: Case, correcting: Any = None) -> list[Participation]:
    """Everybody who takes part, once each by the part that stands longest, survivors first; where a row is corrected
    only the person whom it is about."""
    once: dict[Any, Participation] = {}
    for row in sorted(participations(viewer, case), key=lambda p: p.until_on is not None):
        if correcting is None or row.person_id == correcting.person_id:
            once.setdefault(row.person_id, row)
    return list(once.values())


def team(viewer: Any, case: Case, *, former: bool = False) -> list[TeamMember]:
    """The team: who, in which discipline, of which agency, since when."""
    rows = TeamMember.objects.filter(case=case, closed_as="", until_on__isnull=not former)
    return list(rows.select_related("staff__agency").order_by("-is_lead", "discipline", "since_on"))


def tasks(viewer: Any, case: Case, *, done: bool = False) -> list[Task]:
    """Open (or finished) tasks of the partitions that the viewer reads."""
    rows = Task.objects.filter(
        case=case, closed_as="", done_at__isnull=not done, partition__in=partitions_of(viewer, case)
    )
    return list(rows.select_related("owner", "about").order_by(models.F("due_on").asc(nulls_last=True))[:100])


def my_tasks(viewer: Any, today: date, days: int = 14) -> list[Task]:
    """The viewer's own open tasks, and what is late or due soon in them."""
    rows = Task.objects.filter(owner=viewer, done_at=None, closed_as="")
    rows = rows.filter(models.Q(due_on__lte=today + timedelta(days=days)) | models.Q(due_on=None))
    return list(rows.select_related("case", "about").order_by(models.F("due_on").asc(nulls_last=True))[:50])


def timeline(viewer: Any, case: Case, limit: int = 60) -> list[Event]:
    """What happened, newest first, in the partitions that the viewer reads."""
    rows = Event.objects.filter(case=case, closed_as="", partition__in=partitions_of(viewer, case))
    return list(rows.order_by("-on", "-made_at")[:limit])


def notes(viewer: Any, case: Case, at: datetime, limit: int = 40, before: datetime | None = None) -> list[Note]:
    """Notes of the viewer's partitions and those shared with the viewer's discipline; opened in one go.

    Each row gets `shown`, its text (sealed ones opened under one journal line).
    """
    held = case_access(viewer, case.pk)
    shares: dict[str, set[str]] = defaultdict(set)
    for target, discipline in Share.objects.filter(case=case, closed_as="").values_list("target", "discipline"):
        shares[target.removeprefix("cases.note:")].add(discipline)
    mine = [pk for pk, disciplines in shares.items() if disciplines & held]
    rows = Note.objects.filter(case=case, closed_as="").filter(
        models.Q(partition__in=partitions_of(viewer, case)) | models.Q(pk__in=mine)
    )
    if before is not None:
        rows = rows.filter(made_at__lt=before)
    found = list(rows.select_related("about", "made_by").order_by("-made_at")[:limit])
    for row in found:
        row.shared_with = frozenset(shares.get(str(row.pk), ()))  # type: ignore[attr-defined]
        row.shown = row.text  # type: ignore[attr-defined]
    sealed = [row for row in found if row.about_id]
    opened = vault.open_many([(r, "sealed_text") for r in sealed], by=viewer, why="work", at=at)
    for row, text in zip(sealed, opened, strict=True):
        row.shown = text or ""  # type: ignore[attr-defined]
    return found


def referrals(viewer: Any, case: Case) -> list[Referral]:
    rows = Referral.objects.filter(case=case, closed_as="").select_related("person", "agency")
    return list(rows.order_by("-on"))


def silent_referrals(viewer: Any, today: date) -> list[Referral]:
    """Referrals of the viewer's cases that nobody answered in time."""
    rows = Referral.objects.filter(status="sent", answer_due_on__lt=today, closed_as="")
    return list(rows.select_related("case", "person", "agency").order_by("answer_due_on")[:50])


def appointments(viewer: Any, since: datetime, until: datetime) -> list[Appointment]:
    """Dates of the viewer's cases between two instants, in the partitions that the viewer reads there."""
    return list(_appointments(viewer, since, until).select_related("case", "about")[:500])


def hearings_of(viewer: Any, since: datetime, until: datetime) -> list[tuple[Any, datetime]]:
    """The hearings among these dates, in order: case and instant alone."""
    return list(_appointments(viewer, since, until).filter(kind="hearing").values_list("case_id", "at")[:500])


def _appointments(viewer: Any, since: datetime, until: datetime) -> models.QuerySet[Appointment]:
    return Appointment.objects.filter(in_sight(viewer), at__gte=since, at__lt=until, closed_as="").order_by("at")


def readable_partitions(viewer: Any, case_ids: set[Any]) -> dict[Any, frozenset[str]]:
    """The partitions that the viewer reads, for many cases with one query."""
    rows = CaseAccess.objects.filter(user_id=viewer.pk, case_id__in=case_ids, until__gt=now())
    return {row.case_id: partitions(row.held) for row in rows}


def in_sight(viewer: Any, reads: Callable[[frozenset[str]], frozenset[str]] = partitions) -> models.Q:
    """Rows of the partitions that the viewer reads in each case, as a filter: what is cut to a page is cut after it."""
    allowed = models.Q(partition="shared")
    mine = CaseAccess.objects.filter(user_id=viewer.pk, until__gt=now())
    for held in sorted(holdings(viewer)):
        cases = mine.filter(disciplines=held).values("case_id")
        allowed |= models.Q(partition__in=reads(frozenset(held.split())), case_id__in=cases)
    return allowed


def status_board(viewer: Any, case: Case) -> list[dict[str, Any]]:
    """What every member may see of each discipline: who works on it since when, and what is open; no content."""
    open_by: dict[str, int] = defaultdict(int)
    for partition in Task.objects.filter(case=case, done_at=None, closed_as="").values_list("partition", flat=True):
        open_by[partition] += 1
    board: dict[str, dict[str, Any]] = {}
    for member in team(viewer, case):
        row = board.setdefault(member.discipline, {"discipline": member.discipline, "members": [], "since": None})
        row["members"].append(member)
        row["since"] = min(filter(None, (row["since"], member.since_on)))
    return [{**row, "open": dict(open_by)} for row in board.values()]
