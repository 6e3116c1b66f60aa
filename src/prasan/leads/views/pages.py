"""The list of leads and the page of one lead: what was told, what it shares with other files, what happened."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import may, refusal
from prasan.cases.rules import MODES
from prasan.linkage.observables import KINDS
from prasan.plain.words import gettext_noop
from prasan.web.clock import now, today
from prasan.web.values import in_digits, language

from .. import queries, rules
from ..forms import FilterForm
from ..models import Lead

STATUS_COLOURS = {"new": "blue", "triaged": "turquoise", "accepted": "green"}
URGENCY_COLOURS = {"danger": "red", "child": "orange", "soon": "yellow"}
NEXT = (
    ("triage", "triaged", "leads.triage_lead", gettext_noop("Triage"), ""),
    ("accept", "accepted", "leads.accept_lead", gettext_noop("Accept into a case"), ""),
    ("merge", "merged", "leads.merge_lead", gettext_noop("Merge into another lead"), "secondary"),
    ("refer", "referred", "leads.refer_lead", gettext_noop("Refer to another agency"), "secondary"),
    ("close", "closed", "leads.close_lead", gettext_noop("Close"), "secondary"),
)


def address(name: str, lead: Lead) -> str:
    """The address of a page of a lead."""
    return reverse(f"leads:{name}", kwargs={"lead": lead.code})


def age(lead: Lead) -> str:
    """How long a lead has been with us, in words."""
    days = rules.age_days(lead.received_on, today())
    return in_digits(ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) if days else _("Today")


def urgency(lead: Lead) -> dict[str, Any]:
    return {"tag": _(rules.URGENCIES[lead.urgency]), "colour": URGENCY_COLOURS.get(lead.urgency, "grey")}


def status(lead: Lead) -> dict[str, Any]:
    return {"tag": _(rules.STATUSES[lead.status]), "colour": STATUS_COLOURS.get(lead.status, "grey")}


def link(lead: Lead) -> dict[str, str]:
    return {"text": lead.code, "href": address("lead", lead)}


@allow("leads.view")
def lead_list(request: HttpRequest) -> HttpResponse:
    """The leads of the viewer's desks: waiting ones first, the most pressing on top, the age beside each."""
    members = queries.desk_members(request.user, queries.my_desks(request.user))
    form = FilterForm(request.GET or None, members=members)
    filters = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(queries.leads(request.user, **filters), queries.PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "code": lead.code, "href": address("lead", lead), "urgency": urgency(lead), "age": age(lead),
            "channel": packs.label("lead_channel", lead.channel, language()), "status": status(lead),
            "owner": lead.owner.shown_name() if lead.owner else _("Nobody yet"),
        }
        for lead in page
    ]  # fmt: skip
    head = [
        {"key": "code", "text": _("Lead")}, {"key": "urgency", "text": _("Urgency")},
        {"key": "age", "text": _("Age")}, {"key": "status", "text": _("Status")},
        {"key": "owner", "text": _("Owner")}, {"key": "channel", "text": _("How it came")},
    ]  # fmt: skip
    actions = [
        {"text": _("Record a lead"), "href": reverse("leads:record")},
        {"text": _("I may have seen abuse of a child"), "href": reverse("leads:note-abuse"), "kind": "warning"},
        {"text": _("Notices of abuse"), "href": reverse("leads:abuse-notices"), "kind": "secondary"},
    ]
    context = {
        "title": _("Leads"), "head": head, "rows": rows, "page": page, "filter_form": form, "actions": actions,
        "empty": {"title": _("No leads here"), "text": _("What reaches your intake desk is recorded here.")},
        "count_text": ngettext("%(n)s lead", "%(n)s leads", page.paginator.count) % {"n": page.paginator.count},
    }  # fmt: skip
    return render(request, "web/list.html", context)


@allow("leads.view")
def lead_page(request: HttpRequest, *, lead: Lead) -> HttpResponse:
    """One lead. Opening it opens its identifiers, under one journal line."""
    told = [
        {"label": _("What was reported"), "value": lead.text.splitlines()},
        {"label": _("Urgency"), "value": urgency(lead)},
        {"label": _("Status"), "value": status(lead)},
        {"label": _("Received on"), "value": lead.received_on},
        {"label": _("Age"), "value": age(lead)},
        {"label": _("Owner"), "value": lead.owner.shown_name() if lead.owner else _("Nobody yet")},
        {"label": _("How it came"), "value": packs.label("lead_channel", lead.channel, language())},
        {"label": _("Province"), "value": packs.label("province", lead.province, language()) if lead.province else ""},
        {"label": _("Place"), "value": lead.place},
        {"label": _("Forms suspected"), "value": [packs.label("exploitation_form", f, language()) for f in lead.forms]},
        {"label": _("Online or physical"), "value": _(MODES[lead.mode])},
        {"label": _("Source"), "value": _source(request, lead)},
    ]  # fmt: skip
    outcome = _outcome(request, lead)
    sections = [
        *([{"title": _("What became of it"), "rows": outcome}] if outcome else []),
        {"rows": told},
        _identifiers(request, lead),
        {"title": _("What happened"), "timeline": _timeline(request, lead)},
    ]
    context = {
        "title": _("Lead %(lead)s") % {"lead": lead.code}, "back_href": reverse("leads:list"),
        "actions": _actions(request, lead), "sections": sections,
    }  # fmt: skip
    return render(request, "web/detail.html", context)


def _actions(request: HttpRequest, lead: Lead) -> list[dict[str, Any]]:
    """The acts that the lead's status allows, and the one button that is always there."""
    shown = []
    for name, to, act, text, kind in NEXT if lead.in_force else ():
        if to not in rules.STATES[lead.status]:
            continue
        denied = refusal(request.user, act, lead)
        one = {"text": _(text), "href": address(name, lead), "kind": kind}
        shown.append({**one, "refused": _(denied.reason) % denied.params} if denied else one)
    if lead.in_force and may(request.user, "leads.correct", lead):
        shown.append({"text": _("Correct"), "href": address("correct", lead), "kind": "secondary"})
        shown.append({"text": _("Entered in error"), "href": address("in-error", lead), "kind": "secondary"})
    abuse = {"text": _("I may have seen abuse of a child"), "href": address("note-abuse-of", lead), "kind": "warning"}
    return [*shown, abuse]


def _source(request: HttpRequest, lead: Lead) -> Any:
    if lead.source is None:
        return _("Not known")
    if may(request.user, "leads.open_source", lead):
        return {"text": _("Sealed: open it for a reason"), "href": address("open-source", lead)}
    return _("Sealed")


def _outcome(request: HttpRequest, lead: Lead) -> list[dict[str, Any]]:
    """Where a lead went, as far as the viewer may know."""
    rows: list[dict[str, Any]] = []
    if lead.closed_as:
        later = queries.correction(request.user, lead)
        text = link(later) if later else _("Entered in error")
        rows.append({"label": _("Corrected by") if later else _("No longer counted"), "value": text})
    if lead.case_id:
        case = queries.case_of(request.user, lead)
        href = case.get_absolute_url() if case else ""
        rows.append({
            "label": _("Case"),
            "value": {"text": case.code, "href": href} if case else _("A case whose team you are not on"),
        })  # fmt: skip
    if lead.merged_into:
        rows.append({"label": _("Merged into"), "value": link(lead.merged_into)})
    here = queries.merged_here(request.user, lead)
    if here:
        rows.append({"label": _("Merged into this lead"), "value": [link(one) for one in here]})
    if lead.referred_to:
        rows.append({"label": _("Referred to"), "value": lead.referred_to.name})
    if lead.close_reason:
        rows.append({"label": _("Reason"), "value": _(rules.CLOSE_REASONS[lead.close_reason])})
    if lead.outcome_words:
        rows.append({"label": _("Why"), "value": lead.outcome_words})
    return rows


def _identifiers(request: HttpRequest, lead: Lead) -> dict[str, Any]:
    """The phones, links and accounts, and beside each where else it was seen."""
    head = [
        {"key": "value", "text": _("Identifier")}, {"key": "kind", "text": _("Kind")},
        {"key": "elsewhere", "text": _("Also seen in")},
    ]  # fmt: skip
    rows = []
    for one in queries.identifiers(request.user, lead, now()):
        seen: list[Any] = [link(other) for other in one.leads]
        if one.elsewhere:
            seen.append(_("Another file holds this: ask its custodian."))
        rows.append({"value": one.written, "kind": _(KINDS[one.kind]), "elsewhere": seen or _("Nowhere else")})
    title = _("Phones, links and accounts")
    if not rows:
        return {"title": title, "text": _("None given.")}
    return {"title": title, "table": {"head": head, "rows": rows}}


def _timeline(request: HttpRequest, lead: Lead) -> list[dict[str, Any]]:
    """What happened, newest first, in the reader's words."""
    entries = []
    for step in queries.steps(request.user, lead):
        told = dict(step.params)
        if "urgency" in told:
            told["urgency"] = _(rules.URGENCIES[told["urgency"]])
        if "reason" in told:
            told["reason"] = _(rules.CLOSE_REASONS[told["reason"]])
        by = step.made_by.shown_name() if step.made_by else ""
        entries.append({"title": _(rules.STEPS[step.kind]) % told, "at": step.made_at, "by": by})
    return entries
