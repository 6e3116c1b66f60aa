"""The clocks of the law on the pages, the days off, and the calendar feeds of a member of staff."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import Denied, case_access, deadlines, may
from prasan.access.opening import NOT_YOUR_PART
from prasan.access.pages import act_page, version_of
from prasan.accounts.rules import LANGUAGES
from prasan.cases import queries, queries_of_time
from prasan.cases.actions import clocks, feeds, holidays
from prasan.cases.models import Case, Holiday, RunningClock
from prasan.plain.problem import Refused
from prasan.web.clock import now, today
from prasan.web.fields import sentence
from prasan.web.forms import Form
from prasan.web.values import language

from .. import agenda, showing_time
from ..forms_of_time import DayOffForm, ExtendForm, FeedForm, KeptForm, OverrideForm

FEED_BACK, FEED_AHEAD = timedelta(days=31), timedelta(days=366)


def _home(case: Case, clock: RunningClock) -> str:
    return reverse("desk:clock", kwargs={"case": case.code, "clock": clock.pk})


def _readable(request: HttpRequest, clock: RunningClock, act: str) -> None:
    if clock.partition not in deadlines(case_access(request.user, clock.case_id)):
        raise Denied(NOT_YOUR_PART, act)


@allow("cases.view_clocks", clock="cases.RunningClock")
def clock_page(request: HttpRequest, *, case: Case, clock: RunningClock) -> HttpResponse:
    """One clock: what the law says, and every step of the computation."""
    _readable(request, clock, "cases.view_clocks")
    place = {"case": case.code, "clock": clock.pk}
    offered = {"desk:extend-clock": showing_time.may_be_extended(clock), "desk:keep-clock": clocks.fileable(clock)}
    links = [
        {"text": text, "href": reverse(name, kwargs=place), "kind": "secondary"}
        for act, name, text in (
            (clocks.KEEP, "desk:keep-clock", _("Record that it was done")),
            ("cases.extend_clock", "desk:extend-clock", _("Record an extension")),
            ("cases.override_clock", "desk:override-clock", _("Set by hand")),
        )
        if clock.state == "running" and may(request.user, act, case) and offered.get(name, True)
    ]
    if clock.ended_by == clocks.reference(clock) and may(request.user, clocks.KEEP, case):
        links.append({"text": _("This was an error: let it run again"), "kind": "secondary",
                      "href": reverse("desk:clock-again", kwargs=place)})  # fmt: skip
    shown = showing_time.shown(clock, now(), queries_of_time.every_day_off())
    context = {
        "title": shown["name"], "case": case, "clock": clock, "shown": shown, "links": links,
        "rows": showing_time.told(clock, shown), "back_href": case.get_absolute_url(),
        **showing_time.reckoned(clock),
    }  # fmt: skip
    return render(request, "desk/clock.html", context)


@allow("cases.extend_clock", clock="cases.RunningClock")
def extend_clock(request: HttpRequest, *, case: Case, clock: RunningClock) -> HttpResponse:
    _readable(request, clock, "cases.extend_clock")
    version = version_of(request, clock)
    return act_page(
        request, ExtendForm,
        lambda v: clocks.extend_clock(by=request.user, clock=clock, version=version, at=now(), today=today(), **v),
        act="cases.extend_clock", title=_("Record an extension"), caption=case.code, version=clock.version,
        initial={"on": today(), "unit": "days"}, done=_home(case, clock), back_href=_home(case, clock),
        lead=showing_time.who_extends(clock),
    )  # fmt: skip


@allow("cases.keep_clock", clock="cases.RunningClock")
def keep_clock(request: HttpRequest, *, case: Case, clock: RunningClock) -> HttpResponse:
    _readable(request, clock, clocks.KEEP)
    version, events = version_of(request, clock), clocks.fileable(clock)
    return act_page(
        request, KeptForm,
        lambda v: clocks.keep_clock(by=request.user, clock=clock, version=version, at=now(), today=today(), **v),
        act=clocks.KEEP, title=_("Record that it was done"), caption=case.code, version=clock.version,
        initial={"on": today()}, done=_home(case, clock), back_href=_home(case, clock), case=case,
        form_options={"events": [(code, showing_time.event_words(code)) for code in events]},
        lead=_("For what was done at a court or an office. Whether it was in time is judged by its day."),
    )  # fmt: skip


@allow("cases.keep_clock", clock="cases.RunningClock")
def take_back(request: HttpRequest, *, case: Case, clock: RunningClock) -> HttpResponse:
    _readable(request, clock, clocks.KEEP)
    told = {"clock": clock, "version": version_of(request, clock), "at": now(), "today": today()}
    return act_page(
        request, Form, lambda _v: clocks.take_back(by=request.user, **told),
        act=clocks.KEEP, title=_("Let the clock run again"), caption=case.code, version=clock.version, case=case,
        done=_home(case, clock), back_href=_home(case, clock), submit_text=_("Let it run again"), draft_url="",
        lead=_("It was written in error that this was done."),
    )  # fmt: skip


@allow("cases.override_clock", clock="cases.RunningClock")
def override_clock(request: HttpRequest, *, case: Case, clock: RunningClock) -> HttpResponse:
    _readable(request, clock, "cases.override_clock")
    version = version_of(request, clock)
    return act_page(
        request, OverrideForm,
        lambda v: clocks.override_clock(by=request.user, clock=clock, version=version, at=now(), today=today(), **v),
        act="cases.override_clock", title=_("Set a clock by hand"), caption=case.code, version=clock.version,
        done=_home(case, clock), back_href=_home(case, clock), danger=True,
        lead=_("Against what the law of the pack gives. Your reason is written into the journal."),
    )  # fmt: skip


def _year(text: str) -> int:
    years = {today().year, *packs.holiday_years()}
    return int(text) if text.isdecimal() and len(text) == 4 and 1990 <= int(text) <= 2200 else min(
        years, key=lambda one: abs(one - today().year)
    )  # fmt: skip


@allow("cases.view_holidays")
def holiday_list(request: HttpRequest) -> HttpResponse:
    """The days off of a year: the pack's, and how they were corrected."""
    year = _year(request.GET.get("year", ""))
    context = {
        "title": _("Days off"), "year": year, "rows": showing_time.days_of(year), "earlier": year - 1,
        "later": year + 1, "known": year in packs.holiday_years(),
        "may_change": may(request.user, "cases.change_holidays"),
    }  # fmt: skip
    return render(request, "desk/holidays.html", context)


def _moved(count: int) -> str:
    return _("Saved. Running clocks that moved: %(count)s. Their cases say so.") % {"count": count}


@allow("cases.change_holidays")
def correct_day(request: HttpRequest) -> HttpResponse:
    def do(values: dict[str, Any]) -> Any:
        row, count = holidays.correct_day(by=request.user, at=now(), today=today(), **values)
        messages.info(request, _moved(count))
        return row

    return act_page(
        request, DayOffForm, do, act="cases.change_holidays", title=_("Add or cancel a day off"),
        done=lambda row: f"{reverse('desk:holidays')}?year={row.on.year}", back_href=reverse("desk:holidays"),
        lead=_("All running clocks that this day moves are computed anew at once."),
        initial={"kind": "off", "calendars": ["court", "government"], "on": _day(request.GET.get("on", ""))},
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@allow("cases.change_holidays")
@require_POST
def withdraw_day(request: HttpRequest, *, holiday: str) -> HttpResponse:
    row = get_object_or_404(Holiday, pk=holiday)
    try:
        count = holidays.withdraw_day(by=request.user, holiday=row, version=version_of(request, row), at=now(),
                                      today=today())  # fmt: skip
    except Refused as refused:
        messages.error(request, " ".join(sentence(p) for p in refused.problems))
    else:
        messages.success(request, _moved(count))
    return redirect(f"{reverse('desk:holidays')}?year={row.on.year}")


@allow("desk.own_feed")
def feed_list(request: HttpRequest) -> HttpResponse:
    """One's own calendar feeds; revoked by the button beside each."""
    if request.method == "POST":
        chosen = request.POST.get("feed", "")
        try:
            feeds.revoke_feed(by=request.user, feed=int(chosen) if chosen.isdecimal() else 0, at=now())
        except Refused as refused:
            messages.error(request, " ".join(sentence(p) for p in refused.problems))
        else:
            messages.success(request, _("The feed is revoked: its address answers no more."))
        return redirect("desk:feeds")
    rows = [{"row": f, "language": _(LANGUAGES[f.language])} for f in feeds.own_feeds(request.user)]
    context = {"title": _("Calendar feeds"), "rows": rows, "back_href": reverse("desk:account")}
    return render(request, "desk/feeds.html", context)


@allow("desk.own_feed")
def make_feed(request: HttpRequest) -> HttpResponse:
    """Make a feed; its address is shown this once, on the page that answers, and is kept in no cookie or session."""
    context = {
        "title": _("Make a calendar feed"), "back_href": reverse("desk:feeds"), "act": "desk.own_feed",
        "lead": _("Whoever has the address reads the dates of your cases, in codes only. Revoke it with a lost "
                  "device."),
    }  # fmt: skip
    form = FeedForm(request.POST if request.method == "POST" else None, initial={"language": language()})
    if request.method != "POST":
        return render(request, "web/form.html", {**context, "form": form})
    if form.is_valid():
        try:
            _row, secret = feeds.make_feed(by=request.user, at=now(), **form.cleaned_data)
        except Refused as refused:
            form.add_problems(refused.problems)
        else:
            link = request.build_absolute_uri(reverse("desk:feed", kwargs={"token": secret}))
            return render(request, "desk/shown_once.html", {
                **context, "link": link, "what": _("Put this address into your calendar program."),
                "once": _("The address is shown this once. If it is lost, revoke the feed and make a new one."),
            })  # fmt: skip
    return render(request, "web/form.html", {**context, "form": form}, status=422)


@allow("desk.read_feed")
@require_safe
def feed(request: HttpRequest, *, token: str) -> HttpResponse:
    """The dates and clocks of a feed's owner, as their access is now; the same answer for all that is no feed."""
    at = now()
    with feeds.reading_feed(token, at) as row:
        if row is None:
            response = HttpResponse("Not found.\n", status=404, content_type="text/plain; charset=utf-8")
        else:
            with override(row.language):
                response = HttpResponse(_entries(row.staff, at), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _entries(owner: Any, at: datetime) -> bytes:
    since, until = at - FEED_BACK, at + FEED_AHEAD
    dates = queries.appointments(owner, since, until)
    return agenda.calendar(dates, queries_of_time.clocks_between(owner, since, until), at)
