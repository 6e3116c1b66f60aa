"""Pages of the acts on a lead: each one is a form, one call into an action, and the way back to the lead."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.access.pages import act_page
from prasan.web.clock import now, today

from .. import forms, queries
from ..actions import intake, sorting
from ..models import Lead
from .pages import address


def version(request: HttpRequest, row: Any) -> int:
    """The version of the row that the person had before them."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isdecimal() else int(row.version)


def lead_act(request: HttpRequest, form: type[Any], do: Any, *, lead: Lead, act: str, title: str, **options: Any
             ) -> HttpResponse:  # fmt: skip
    """A form page that belongs to a lead: caption with its code, back to it."""
    options.setdefault("done", address("lead", lead))
    return act_page(
        request, form, do, act=act, title=title, caption=lead.code, back_href=address("lead", lead),
        version=version(request, lead), **options,
    )  # fmt: skip


@allow("leads.record_lead")
def record(request: HttpRequest) -> HttpResponse:
    """Record what reached the desk."""
    return act_page(
        request, forms.LeadForm,
        lambda v: intake.record_lead(by=request.user, at=now(), today=today(), **v),
        act="leads.record_lead", title=_("Record a lead"), said=_("The lead is recorded."),
        done=lambda lead: address("lead", lead), initial={"received_on": today(), "mode": "unknown"},
        form_options={"desks": queries.my_desks(request.user)}, back_href=reverse("leads:list"),
        template="leads/record.html",
    )  # fmt: skip


@allow("leads.correct")
def correct(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """Write a lead again; the wrong one stays, closed, and points to this one."""
    initial: dict[str, Any] = {}
    if request.method == "GET":
        same = ("channel", "received_on", "urgency", "text", "province", "place", "forms", "mode")
        initial = {name: getattr(lead, name) for name in same}
        initial["identifiers"] = queries.written_identifiers(request.user, lead, now())

    def do(told: dict[str, Any]) -> Lead:
        told.pop("desk", None)
        return intake.correct_lead(
            by=request.user, lead=lead, version=version(request, lead), at=now(), today=today(), **told
        )

    return lead_act(
        request, forms.CorrectForm, do, lead=lead, act="leads.correct", title=_("Correct the lead"), initial=initial,
        done=lambda new: address("lead", new), form_options={"desks": [lead.desk]},
    )  # fmt: skip


@allow("leads.correct")
def in_error(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """This lead should not be there."""
    return lead_act(
        request, forms.ErrorForm,
        lambda v: intake.enter_in_error(
            by=request.user, lead=lead, version=version(request, lead), at=now(), today=today(), **v),
        lead=lead, act="leads.correct", title=_("Entered in error"), danger=True,
    )  # fmt: skip


@allow("leads.open_source")
def open_source(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """Ask for the reason, then show once who gave the lead."""
    form = forms.SourceForm(request.POST if request.method == "POST" else None)
    context = {
        "title": _("Who gave this lead"), "caption": lead.code, "back_href": address("lead", lead), "form": form,
        "submit_text": _("Open the source"),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        source = intake.open_source(by=request.user, lead=lead, why=form.cleaned_data["why"], at=now())
        context["rows"] = [
            {"label": _("Who told you"), "value": source.get("name")},
            {"label": _("How to reach them safely"), "value": source.get("contact")},
            {"label": _("What must be known about the source"), "value": source.get("note")},
        ]
        return render(request, "leads/opened.html", context)
    return render(request, "web/form.html", context, status=422 if form.is_bound else 200)


@allow("leads.triage_lead")
def triage(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """Say how urgent it is and who takes it on."""
    owner = str(lead.owner_id or request.user.pk)
    return lead_act(
        request, forms.TriageForm,
        lambda v: sorting.triage_lead(
            by=request.user, lead=lead, version=version(request, lead), at=now(), **v),
        lead=lead, act="leads.triage_lead", title=_("Triage the lead"),
        initial={"urgency": lead.urgency, "owner": owner},
        form_options={"members": queries.desk_members(request.user, [lead.desk_id])},
    )  # fmt: skip


@allow("leads.accept_lead")
def accept(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """Open a case from the lead, or let it join one of the viewer's own."""
    return lead_act(
        request, forms.AcceptForm,
        lambda v: sorting.accept_lead(
            by=request.user, lead=lead, version=version(request, lead), at=now(), today=today(), **v),
        lead=lead, act="leads.accept_lead", title=_("Accept the lead into a case"),
        initial={"into": "new", "forms": lead.forms, "summary": lead.text},
        form_options={"viewer": request.user}, said=_("The lead is part of a case now."),
    )  # fmt: skip


@allow("leads.merge_lead")
def merge(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """Two reports of the same thing become one piece of work."""
    return lead_act(
        request, forms.MergeForm,
        lambda v: sorting.merge_lead(
            by=request.user, lead=lead, version=version(request, lead), at=now(), **v),
        lead=lead, act="leads.merge_lead", title=_("Merge the lead into another"),
        form_options={"viewer": request.user},
    )  # fmt: skip


@allow("leads.refer_lead")
def refer(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """Another agency is in charge of it."""
    return lead_act(
        request, forms.ReferForm,
        lambda v: sorting.refer_lead(
            by=request.user, lead=lead, version=version(request, lead), at=now(), **v),
        lead=lead, act="leads.refer_lead", title=_("Refer the lead to another agency"),
    )  # fmt: skip


@allow("leads.close_lead")
def close(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """Nothing more is done with it."""
    return lead_act(
        request, forms.CloseForm,
        lambda v: sorting.close_lead(
            by=request.user, lead=lead, version=version(request, lead), at=now(), **v),
        lead=lead, act="leads.close_lead", title=_("Close the lead"),
    )  # fmt: skip
