"""What a viewer sees of the time that runs: clocks of a case, what is due, what a clock blocks, and the days off."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from prasan import packs
from prasan.access.check import case_access, deadlines
from prasan.access.table import PARTITIONS
from prasan.plain.clocks import Kind

from .models import Case, Holiday, RunningClock, TeamMember
from .queries import hearings_of, in_sight
from .rules.time import CALENDARS

# Clocks of years are told of a year before their end; nothing is told of earlier.
LOOK_AHEAD = timedelta(days=370)
MOST_DUE, MOST_OF_CASE, MOST_AT_ONCE = 100, 300, 40
REFLECTION = frozenset({"reflection-a", "reflection-b"})
MINUTE = timedelta(minutes=1)
SECTION_29 = frozenset({"temporary-protection", "court-extension"})


def days_off(calendar: str) -> frozenset[date]:
    """The days on which the court, the government or the bank is closed: the pack's, as corrected here."""
    return every_day_off().get(calendar, frozenset())


def every_day_off() -> dict[str, frozenset[date]]:
    """The days off of every calendar, asked for once."""
    days = {calendar: set(packs.holidays(calendar)) for calendar in CALENDARS}
    for row in Holiday.objects.filter(closed_as="").only("on", "is_off", "calendars"):
        for calendar in row.calendars or CALENDARS:
            (days[calendar].add if row.is_off else days[calendar].discard)(row.on)
    return {calendar: frozenset(found) for calendar, found in days.items()}


def corrections(year: int | None = None) -> list[Holiday]:
    """The corrections in force, of one year or of all."""
    rows = Holiday.objects.filter(closed_as="").select_related("made_by")
    return list((rows.filter(on__year=year) if year else rows).order_by("on"))


def correction(on: date) -> Holiday | None:
    """What was corrected of one day, if anything."""
    return Holiday.objects.filter(closed_as="", on=on).first()


def clocks_of(viewer: Any, case: Case, *, ended: bool = False) -> list[RunningClock]:
    """The clocks of a case in the partitions that the viewer reads: those that run, the earliest end first,
    and with `ended` also what is over; the first of those that are due at once stand last."""
    rows = RunningClock.objects.filter(case=case, closed_as="", partition__in=deadlines(case_access(viewer, case.pk)))
    if not ended:
        rows = rows.filter(state="running")
    waiting = models.Q(state="running", clock__in=at_once())
    return [*_in_order(rows.exclude(waiting))[:MOST_OF_CASE], *_in_order(rows.filter(waiting))[:MOST_AT_ONCE]]


def _in_order(rows: models.QuerySet[RunningClock]) -> models.QuerySet[RunningClock]:
    running = models.Case(models.When(state="running", then=0), default=1)
    order = (running, models.F("ends_at").asc(nulls_last=True), "-start_on", "pk")
    return rows.select_related("about").order_by(*order)


def clocks_due(viewer: Any, at: datetime, days: int | None = None) -> list[RunningClock]:
    """Running clocks of the viewer's cases that end within so many days, the earliest first, then those that
    ended already, the latest first. What is due at once is told by `due_at_once`, as there can be thousands."""
    ahead = timedelta(days=days) if days is not None else LOOK_AHEAD
    rows = _running(viewer).exclude(clock__in=at_once()).select_related("case", "about")
    to_come = rows.filter(ends_at__gt=at, ends_at__lt=at + ahead).order_by("ends_at", "pk")[:MOST_DUE]
    over = rows.filter(ends_at__lte=at).order_by("-ends_at", "pk")[:MOST_DUE]
    return [*to_come, *over]


def _running(viewer: Any) -> models.QuerySet[RunningClock]:
    """The running clocks that come to the viewer unasked: of the parts that the viewer reads, and the court's where the
    team has nobody who reads them. With a lawyer on the team the others find them on the case's own page."""
    lawyers = TeamMember.objects.filter(
        case=models.OuterRef("case"), discipline__in=PARTITIONS["legal"], until_on=None, closed_as=""
    )
    unseen = in_sight(viewer, deadlines) & ~models.Exists(lawyers)
    return RunningClock.objects.filter(in_sight(viewer) | unseen, state="running", closed_as="")


def before_hearings(viewer: Any, at: datetime, days: int = 14) -> list[tuple[RunningClock, datetime]]:
    """Running clocks that wait for an event of the trial, in cases that have a hearing soon: each with its hearing."""
    hearings: dict[Any, datetime] = {}
    for case_id, when in hearings_of(viewer, at, at + timedelta(days=days)):
        hearings.setdefault(case_id, when)
    rows = _running(viewer).filter(ends_at=None, case__in=hearings).select_related("case", "about")
    return [(row, hearings[row.case_id]) for row in rows.order_by("pk")[:MOST_DUE]]


def at_once() -> list[str]:
    """The codes of the clocks that are due from their first instant."""
    return [code for code, law in packs.clocks().items() if law.kind is Kind.AT_ONCE]


def due_at_once(viewer: Any) -> list[dict[str, Any]]:
    """How many clocks of each case are due at once and not done, by clock: `case__code`, `clock`, `count`."""
    told = _running(viewer).filter(clock__in=at_once()).values("case_id", "case__code", "clock")
    rows = told.annotate(count=models.Count("pk")).order_by("-case__code", "clock")
    return [dict(row) for row in rows[:MOST_AT_ONCE]]


def clocks_between(viewer: Any, since: datetime, until: datetime) -> list[RunningClock]:
    """Running clocks of the viewer's cases whose end lies between two instants. A day's clock ends with the
    midnight after its last day, so the first instant after it may be the end of the span."""
    rows = _running(viewer).filter(ends_at__gt=since, ends_at__lte=until).exclude(clock__in=at_once())
    return list(rows.select_related("case", "about").order_by("ends_at", "pk")[: 4 * MOST_DUE])


def blocked(case: Case, person: Any, what: str, at: datetime) -> list[RunningClock]:
    """The clocks about a person that forbid something at an instant, such as an identification interview: those
    that run, and those that still ran then although they have ended since. Forms tell minutes, the end of a clock
    more than that: within the same minute it is over."""
    rows = RunningClock.objects.filter(case=case, about=person, closed_as="")
    rows = rows.exclude(ended_by_event="entered_in_error")
    ran = rows.filter(models.Q(state="running") | models.Q(ended_at__gt=at + MINUTE))
    alive = ran.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=at))
    return [row for row in alive.order_by("ends_at", "pk") if what in row.blocks]


def in_conflict(clocks: Iterable[RunningClock]) -> list[str]:
    """The codes of the people for whom s.29 time and reflection run side by side, each with its own basis."""
    running: dict[str, set[str]] = {}
    for row in clocks:
        if row.state == "running" and row.about is not None:
            running.setdefault(row.about.code, set()).add(row.clock)
    return sorted(code for code, kinds in running.items() if kinds & REFLECTION and kinds & SECTION_29)


def unattended(clocks: Iterable[RunningClock], at: datetime) -> bool:
    """Whether clocks ended more than an hour ago and nobody marked them: the worker is not running."""
    return any(row.late_at and row.late_at < at - timedelta(hours=1) and row.missed_at is None for row in clocks)
