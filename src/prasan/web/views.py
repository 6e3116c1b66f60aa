"""The pages that everyone may open: the language switch, the way out, and the sign of life."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

YEAR_SECONDS = 365 * 24 * 60 * 60


def public[V: Callable[..., HttpResponse]](view: V) -> V:
    """Declare that a page needs no right; the house asks every route to name its act."""
    view.act = "public"  # type: ignore[attr-defined]
    return view


@public
@require_GET
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language and go back to the page asked from, when it is one of ours."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR_SECONDS,
        path="/",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@public
@csrf_exempt
def leave(request: HttpRequest) -> HttpResponse:
    """End the session at once and show a calendar that says nothing of where the person came from."""
    logout(request)
    response = render(request, "web/leave.html", _month())
    response.headers["Clear-Site-Data"] = '"cache"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _month() -> dict[str, Any]:
    """Give the weeks of the present month, Sunday first, as a wall calendar does."""
    today = timezone.localdate()
    weeks = calendar.Calendar(firstweekday=calendar.SUNDAY).monthdayscalendar(today.year, today.month)
    thai = (translation.get_language() or "").startswith("th")
    return {
        "weeks": weeks,
        "today": today,
        "year": today.year + 543 if thai else today.year,
        "weekdays": _week(today),
    }


def _week(today: date) -> list[date]:
    """Give a Sunday-to-Saturday week around a day, for the names of its days."""
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    return [sunday + timedelta(days=offset) for offset in range(7)]


@public
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say that the process answers, and nothing else."""
    return HttpResponse("ok", content_type="text/plain")
