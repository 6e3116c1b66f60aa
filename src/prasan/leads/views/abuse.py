"""The pages behind the one button "I may have seen abuse of a child": stop, note in words, report."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.access.check import may
from prasan.access.pages import act_page
from prasan.web.clock import now
from prasan.web.values import instant

from .. import forms, queries, rules
from ..actions import abuse
from ..models import AbuseNotice, Lead
from .acts import version
from .pages import address, link


def place(notice: AbuseNotice) -> str:
    """The address of a notice's page."""
    return reverse("leads:abuse-notice", kwargs={"notice": notice.pk})


def reports() -> list[str]:
    """Where a report goes, in the reader's words."""
    return [_(label) for label in rules.REPORTS.values()]


def _note(request: HttpRequest, desks: list[Any], back: str, lead: Lead | None = None) -> HttpResponse:
    return act_page(
        request, forms.AbuseForm,
        lambda v: abuse.note_abuse(by=request.user, lead=lead, at=now(), **v),
        act="leads.record_lead", title=_("I may have seen abuse of a child"), done=place, template="leads/abuse.html",
        form_options={"desks": desks}, initial={"seen_at": now()}, back_href=back, reports=reports(),
        caption=lead.code if lead else "", said=_("The notice is kept. Report it now, once."),
    )  # fmt: skip


@allow("leads.record_lead")
def note(request: HttpRequest) -> HttpResponse:
    """Note it without a lead."""
    return _note(request, queries.my_desks(request.user), reverse("leads:list"))


@allow("leads.record_lead")
def note_of(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """Note it as part of a lead."""
    return _note(request, [lead.desk], address("lead", lead), lead)


@allow("leads.view")
def notices(request: HttpRequest) -> HttpResponse:
    """All notices of the viewer's desks, unreported ones first."""
    rows = [
        {
            "seen_at": instant(one.seen_at), "href": place(one), "danger": one.danger,
            "lead": link(one.lead) if one.lead else "", "reported_at": one.reported_at or _("Not reported yet"),
        }
        for one in sorted(queries.notices(request.user), key=lambda n: n.reported_at is not None)
    ]  # fmt: skip
    head = [
        {"key": "seen_at", "text": _("Seen")}, {"key": "danger", "text": _("Immediate danger")},
        {"key": "lead", "text": _("Lead")}, {"key": "reported_at", "text": _("Reported")},
    ]  # fmt: skip
    context = {
        "title": _("Notices of possible abuse of a child"), "head": head, "rows": rows, "page": None,
        "back_href": reverse("leads:list"), "empty": {"title": _("No notices"), "text": ""},
        "actions": [
            {"text": _("I may have seen abuse of a child"), "href": reverse("leads:note-abuse"), "kind": "warning"}
        ],
    }  # fmt: skip
    return render(request, "web/list.html", context)


@allow("leads.open_source", notice="leads.AbuseNotice")
def notice_page(request: HttpRequest, *, notice: AbuseNotice) -> HttpResponse:
    """What was noted, opened to be reported: what to write, and where."""
    told = abuse.open_notice(by=request.user, notice=notice, at=now())
    rows = [
        {"label": _("Address or identifier"), "value": told.get("address")},
        {"label": _("Platform or app"), "value": told.get("platform")},
        {"label": _("Seen"), "value": notice.seen_at},
        {"label": _("Who saw it, and how"), "value": told.get("seen_by")},
        {"label": _("What the page claims, in words"), "value": told.get("claims")},
        {"label": _("Is a child in immediate danger now?"), "value": notice.danger},
    ]
    done = [
        {"label": _("Reported to"), "value": [_(rules.REPORTS[code]) for code in notice.reported_to]},
        {"label": _("Reported"), "value": notice.reported_at or _("Not reported yet")},
        {"label": _("Reference of the report"), "value": told.get("reference")},
    ]
    actions = []
    if may(request.user, "leads.record_lead", notice):
        href = reverse("leads:report-abuse", kwargs={"notice": notice.pk})
        actions = [{"text": _("Record the report"), "href": href}]
    context = {
        "title": _("Notice of possible abuse of a child"), "back_href": reverse("leads:abuse-notices"),
        "actions": actions, "danger": notice.danger, "reports": reports(), "rows": rows, "done_rows": done,
    }  # fmt: skip
    return render(request, "leads/notice.html", context)


@allow("leads.record_lead", notice="leads.AbuseNotice")
def report(request: HttpRequest, *, notice: AbuseNotice) -> HttpResponse:
    """It was reported: keep where, when and the reference."""
    seen = version(request, notice)
    return act_page(
        request, forms.ReportForm,
        lambda v: abuse.record_report(by=request.user, notice=notice, version=seen, at=now(), **v),
        act="leads.record_lead", title=_("Record the report"), done=place(notice), back_href=place(notice),
        version=seen, initial={"reported_at": now(), "reported_to": notice.reported_to},
    )  # fmt: skip
