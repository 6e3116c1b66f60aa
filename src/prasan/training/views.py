"""The pages of training: the list, one session, the entry and its correction."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import may
from prasan.access.pages import act_page
from prasan.web import values
from prasan.web.clock import now, today
from prasan.web.values import language

from . import actions, queries, rules
from .forms import ErrorForm, FilterForm, SessionForm

PAGE = 25


def _session(request: HttpRequest, code: str) -> Any:
    found = queries.session_by_code(request.user, code)
    if found is None:
        raise Http404
    return found


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


@allow("training.view")
def list_sessions(request: HttpRequest) -> HttpResponse:
    """All sessions, newest first."""
    year, topic = _whole(request.GET.get("year", "")), request.GET.get("topic", "")
    rows = queries.sessions(request.user, year=year, topic=topic if topic in rules.TOPICS else "")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    years = [(str(y), values.year(y)) for y in queries.years(request.user)]
    actions_shown = []
    if may(request.user, "training.record_session"):
        actions_shown.append({"text": _("Record a session"), "href": reverse("training:record-session")})
    context = {
        "title": _("Training"),
        "lead": _("Attendances are counted, not people: nobody's name is kept here."),
        "actions": actions_shown,
        "filter_form": FilterForm(request.GET or None, years=years),
        "head": [
            {"key": "title", "text": _("Session")}, {"key": "code", "text": _("Code")},
            {"key": "topic", "text": _("Topic")}, {"key": "on", "text": _("Day")},
            {"key": "people", "text": _("Attendances"), "numeric": True},
        ],
        "rows": [
            {"title": s.title, "code": s.code, "topic": gettext(rules.TOPICS[s.topic]), "on": s.on,
             "people": s.people or 0, "href": reverse("training:session", args=[s.code])}
            for s in page
        ],
        "page": page,
        "count_text": ngettext("%(n)s session", "%(n)s sessions", page.paginator.count)
        % {"n": values.number(page.paginator.count)},
        "empty": {"text": _("When a session is recorded, it appears here and its attendance in the figures.")},
    }  # fmt: skip
    return render(request, "web/list.html", context)


@allow("training.view")
def show_session(request: HttpRequest, code: str) -> HttpResponse:
    """One session and who came."""
    session = _session(request, code)
    rows = queries.attendance(request.user, session)
    details = [
        {"label": _("Code"), "value": session.code},
        {"label": _("Topic"), "value": gettext(rules.TOPICS[session.topic])},
        {"label": _("Day"), "value": session.on},
        {"label": _("Hours"), "value": session.hours},
        {"label": _("Province"), "value": session.place and packs.label("province", session.place, language())},
        {"label": _("Trainer"), "value": session.trainer.shown_name() if session.trainer else ""},
        {"label": _("Attendances"), "value": sum(row.count for row in rows)},
    ]
    table = {
        "head": [
            {"key": "kind", "text": _("Kind of organisation")}, {"key": "organisation", "text": _("Organisation")},
            {"key": "sex", "text": _("Sex")}, {"key": "count", "text": _("Attendances"), "numeric": True},
        ],
        "rows": [
            {"kind": packs.label("organisation_kind", row.agency_kind, language()),
             "organisation": row.agency.name if row.agency else row.organisation,
             "sex": gettext(rules.SEXES[row.sex]), "count": row.count}
            for row in rows
        ],
    }  # fmt: skip
    ways = []
    if session.in_force and may(request.user, "training.correct"):
        ways = [
            {"text": _("Correct"), "href": reverse("training:correct-session", args=[code]), "kind": "secondary"},
            {"text": _("Entered in error"), "href": reverse("training:session-in-error", args=[code]),
             "kind": "secondary"},
        ]  # fmt: skip
    context = {
        "title": session.title, "back_href": reverse("training:list"), "actions": ways,
        "lead": "" if session.in_force else _("This entry counts no more: it was corrected or taken out."),
        "sections": [{"rows": details}, {"title": _("Who came"), "table": table}],
    }  # fmt: skip
    return render(request, "web/detail.html", context)


def _form_page(request: HttpRequest, *, title: Any, initial: dict[str, Any], replaces: Any = None) -> HttpResponse:
    def do(told: dict[str, Any]) -> Any:
        names = ("title", "topic", "on", "hours", "place")
        version = _whole(request.POST.get("version", "")) if replaces else None
        return actions.record_session(
            by=request.user, groups=told["groups"], trainer=request.user, at=now(), today=today(),
            replaces=replaces, version=version, **{name: told[name] for name in names},
        )  # fmt: skip

    return act_page(
        request, SessionForm, do, act="training.correct" if replaces else "training.record_session", title=title,
        done=lambda s: reverse("training:session", args=[s.code]), initial=initial,
        template="training/session_form.html", back_href=reverse("training:list"),
        version=replaces.version if replaces else None,
    )  # fmt: skip


@allow("training.record_session")
def record_session(request: HttpRequest) -> HttpResponse:
    """Enter a session and who came."""
    return _form_page(request, title=_("Record a training session"), initial={})


@allow("training.correct")
def correct_session(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a session again; the new entry takes the place of the old one."""
    session = _session(request, code)
    if not session.in_force:
        raise Http404
    initial: dict[str, Any] = {n: getattr(session, n) for n in ("title", "topic", "on", "hours", "place")}
    lines: dict[tuple[str, str], int] = {}
    for row in queries.attendance(request.user, session):
        place = lines.setdefault((row.agency_kind, row.organisation), len(lines) + 1)
        initial |= {f"kind_{place}": row.agency_kind, f"organisation_{place}": row.organisation}
        initial[f"{row.sex}_{place}"] = (initial.get(f"{row.sex}_{place}") or 0) + row.count
    return _form_page(request, title=_("Correct a training session"), initial=initial, replaces=session)


@allow("training.correct")
def session_in_error(request: HttpRequest, code: str) -> HttpResponse:
    """Take a session out of the count, with the reason."""
    session = _session(request, code)

    def do(told: dict[str, Any]) -> Any:
        version = _whole(request.POST.get("version", ""))
        return actions.enter_session_in_error(by=request.user, session=session, at=now(), today=today(),
                                              version=version or 0, **told)  # fmt: skip

    return act_page(
        request, ErrorForm, do, act="training.correct", title=_("Entered in error"), version=session.version,
        done=reverse("training:list"), back_href=reverse("training:session", args=[code]), danger=True,
        lead=_("The session and its attendance leave every figure. Nothing is deleted."),
    )  # fmt: skip
