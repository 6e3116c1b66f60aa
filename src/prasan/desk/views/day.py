"""My day: what is due, what is mine, what is new; the calendar; drafts."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prasan.access import drafts
from prasan.access.allow import allow
from prasan.access.check import may
from prasan.cases import queries, queries_of_time
from prasan.cases.rules import APPOINTMENTS, overdue
from prasan.plain.dates import BANGKOK, instant
from prasan.web.clock import now, today

from .. import rooms, showing_time
from ..starting import start_here


def _span(first: date, days: int) -> tuple[datetime, datetime]:
    """From the first instant of a day to the first one after so many days, as the wall clock says it."""
    return instant(first, time()), instant(first + timedelta(days=days), time())


def _dates(viewer: Any, first: date, days: int) -> list[dict[str, Any]]:
    rows = queries.appointments(viewer, *_span(first, days))
    return [{"row": row, "kind": _(APPOINTMENTS[row.kind]), "on": row.at.astimezone(BANGKOK).date()} for row in rows]


def _ends(viewer: Any, first: date, days: int) -> list[dict[str, Any]]:
    """The clocks that end on these days. A day's clock is over with the midnight after its last day."""
    rows = queries_of_time.clocks_between(viewer, *_span(first, days))
    off = queries_of_time.every_day_off()
    lines = [showing_time.shown(row, now(), off) for row in rows]
    return [{"clock": line, "on": line["row"].end_on or line["row"].end_at.astimezone(BANGKOK).date()}
            for line in lines if line["row"].end_on or line["row"].end_at]  # fmt: skip


@allow("desk.my_day")
def my_day(request: HttpRequest) -> HttpResponse:
    """Tasks and dues by urgency, this week's dates, the newest cases."""
    viewer, day = request.user, today()
    tasks = [{"row": t, "tone": overdue(t.due_on, day) if t.due_on else "later"} for t in queries.my_tasks(viewer, day)]
    due = rooms.due(viewer, day)
    running = showing_time.due(viewer, now())
    late = sum(line["tone"] == "late" for line in running["clocks"]) + len(running["at_once"])
    context = {
        "title": _("My day"),
        "today": day,
        "tasks": tasks,
        "due": due,
        "dates": _dates(viewer, day, 7),
        "newest": queries.newest(viewer),
        "late": sum(t["tone"] == "late" for t in tasks) + sum(d.tone == "late" for d in due) + late,
        **running,
        "may_open": may(viewer, "cases.open_case"),
        "start": start_here(viewer),
        "may_lead": may(viewer, "leads.record_lead"),
    }
    return render(request, "desk/my_day.html", context)


def _first_day(text: str) -> date:
    """The day that was asked for; today when it is none, or too far away to be reckoned with."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today()
    return asked if 1900 <= asked.year <= 2200 else today()


@allow("desk.calendar")
def calendar(request: HttpRequest) -> HttpResponse:
    """Five weeks of dates, day by day."""
    first = _first_day(request.GET.get("from", ""))
    rows = _dates(request.user, first, 35)
    days: dict[date, list[dict[str, Any]]] = {}
    for row in rows:
        days.setdefault(row["on"], []).append(row)
    for line in _ends(request.user, first, 35):
        days.setdefault(line["on"], []).append(line)
    context = {
        "title": _("Calendar"),
        "days": sorted(days.items()),
        "first": first,
        "last": first + timedelta(days=34),
        "earlier": (first - timedelta(days=35)).isoformat(),
        "later": (first + timedelta(days=35)).isoformat(),
        "today": today(),
    }
    return render(request, "desk/calendar.html", context)


@allow("desk.keep_draft")
@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep what a form holds so far; the page it belongs to is named in the form, not in the address."""
    place = request.POST.get("draft_place", "")
    kept = drafts.keep(request.user, place, request.POST) if place.startswith("/") else None
    return JsonResponse({"kept": kept is not None})
