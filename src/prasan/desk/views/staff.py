"""Colleagues: invited, changed, suspended; a lost second factor; cases that nobody leads; one's own settings."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prasan.access import actions
from prasan.access.allow import allow
from prasan.access.check import may
from prasan.access.models import CaseAccess, Desk
from prasan.access.pages import act_page
from prasan.accounts.models import Agency, FactorReset, Staff
from prasan.accounts.rules import AGENCY_KINDS, DISCIPLINES
from prasan.cases.actions import orphans
from prasan.cases.models import Handover
from prasan.plain.problem import Refused
from prasan.web.clock import now, today
from prasan.web.fields import sentence

from .. import queries
from ..forms import (
    AccountForm,
    AgencyForm,
    DeskForm,
    DeskMembersForm,
    DisciplinesForm,
    HandoverForm,
    InviteForm,
    PasswordForm,
)
from ..look_first import look_first


def _colleague(staff: int) -> Staff:
    return get_object_or_404(Staff, pk=staff)


@allow("access.manage_staff")
def staff_list(request: HttpRequest) -> HttpResponse:
    """All colleagues with their disciplines; no case data."""
    rows = [
        {"row": s, "disciplines": [_(DISCIPLINES[d]) for d in queries.disciplines_of(s)]}
        for s in queries.staff_list(request.user)
    ]
    resets = FactorReset.objects.filter(confirmed_at=None).select_related("staff", "asked_by")
    return render(request, "desk/staff.html", {"title": _("Staff"), "rows": rows, "resets": resets})


@allow("access.manage_staff")
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account; its link is shown this once, on the page that answers, and is kept in no cookie or session."""
    form = InviteForm(request.POST if request.method == "POST" else None, initial={"language": "th"})
    context = {"title": _("Invite a colleague"), "back_href": reverse("desk:staff"), "act": "access.manage_staff"}
    if request.method != "POST":
        return render(request, "web/form.html", {**context, "form": form})
    if form.is_valid():
        try:
            _made, token = actions.invite_staff(by=request.user, at=now(), today=today(), **form.cleaned_data)
        except Refused as refused:
            form.add_problems(refused.problems)
        else:
            return _link_page(request, token)
    return render(request, "web/form.html", {**context, "form": form}, status=422)


def _link_page(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "desk/shown_once.html", {
        "title": _("The account is made."), "back_href": reverse("desk:staff"),
        "link": request.build_absolute_uri(reverse("desk:join", kwargs={"token": token})),
        "what": _("Give this link to your colleague by a safe way."),
        "once": _("The link is shown this once. If it is lost, make a new one on the staff page."),
    })  # fmt: skip


@allow("access.manage_staff")
def network(request: HttpRequest) -> HttpResponse:
    """The agencies of the network and the intake desks with who sits at them."""
    desks = [
        {"row": desk, "members": [a.user for a in desk.access.filter(until__gt=now()).select_related("user")]}
        for desk in Desk.objects.order_by("code")
    ]
    agencies = [{"row": a, "kind": _(AGENCY_KINDS[a.kind])} for a in Agency.objects.order_by("code")]
    context = {"title": _("Agencies and intake desks"), "desks": desks, "agencies": agencies,
               "back_href": reverse("desk:staff")}  # fmt: skip
    return render(request, "desk/network.html", context)


@allow("access.manage_staff")
def add_agency(request: HttpRequest) -> HttpResponse:
    return act_page(
        request, AgencyForm, lambda v: actions.add_agency(by=request.user, **v), act="access.manage_staff",
        title=_("Add an agency"), done=reverse("desk:network"), back_href=reverse("desk:network"),
    )  # fmt: skip


@allow("access.manage_staff")
def add_desk(request: HttpRequest) -> HttpResponse:
    return act_page(
        request, DeskForm, lambda v: actions.add_desk(by=request.user, **v), act="access.manage_staff",
        title=_("Add an intake desk"), done=reverse("desk:network"), back_href=reverse("desk:network"),
    )  # fmt: skip


@allow("access.manage_staff")
def desk_members(request: HttpRequest, *, desk: int) -> HttpResponse:
    row = get_object_or_404(Desk, pk=desk)
    sitting = [str(pk) for pk in row.access.filter(until__gt=now()).values_list("user_id", flat=True)]
    return act_page(
        request, DeskMembersForm,
        lambda v: actions.set_desk_members(by=request.user, desk=row, at=now(), **v), act="access.manage_staff",
        title=_("Who sits at %(desk)s") % {"desk": row.name}, done=reverse("desk:network"),
        back_href=reverse("desk:network"), initial={"staff": sitting},
    )  # fmt: skip


@allow("access.manage_staff")
@require_POST
def invite_again(request: HttpRequest, *, staff: int) -> HttpResponse:
    return _link_page(request, actions.invite_again(by=request.user, staff=_colleague(staff), at=now()))


@allow("access.manage_staff")
def disciplines(request: HttpRequest, *, staff: int) -> HttpResponse:
    row = _colleague(staff)
    return act_page(
        request, DisciplinesForm,
        lambda v: actions.change_disciplines(by=request.user, staff=row, today=today(), **v),
        act="access.manage_staff", title=_("Disciplines of %(name)s") % {"name": row.shown_name()},
        initial={"disciplines": list(row.disciplines)}, done=reverse("desk:staff"), back_href=reverse("desk:staff"),
    )  # fmt: skip


def _try(request: HttpRequest, do: Any, said: str) -> None:
    try:
        do()
    except Refused as refused:
        messages.error(request, " ".join(sentence(p) for p in refused.problems))
    else:
        messages.success(request, said)


@allow("access.suspend")
def suspend(request: HttpRequest, *, staff: int) -> HttpResponse:
    """At once, by anybody, after one look at what happens; the cases of the suspended stay with their teams."""
    row = _colleague(staff)
    if request.method != "POST":
        return render(request, "desk/suspend.html", _before_suspending(row))
    _try(request, lambda: actions.suspend(by=request.user, staff=row, at=now()), _("The account is suspended."))
    return redirect("desk:colleagues")


def _before_suspending(row: Staff) -> dict[str, Any]:
    return {
        "title": _("Suspend %(name)s?") % {"name": row.shown_name()}, "staff": row, "form": [],
        "submit_text": _("Suspend at once"), "cancel_href": reverse("desk:colleagues"),
    }  # fmt: skip


@allow("access.resume")
@require_POST
def resume(request: HttpRequest, *, staff: int) -> HttpResponse:
    row = _colleague(staff)
    _try(request, lambda: actions.resume(by=request.user, staff=row, at=now()), _("The account is open again."))
    return redirect("desk:colleagues")


@allow("access.manage_staff")
@require_POST
def ask_reset(request: HttpRequest, *, staff: int) -> HttpResponse:
    row = _colleague(staff)
    _try(request, lambda: actions.ask_factor_reset(by=request.user, staff=row, at=now()),
         _("Asked. A second person of another discipline must confirm."))  # fmt: skip
    return redirect("desk:staff")


@allow("access.confirm_reset")
@require_POST
def confirm_reset(request: HttpRequest, *, reset: int) -> HttpResponse:
    row = get_object_or_404(FactorReset, pk=reset)
    _try(request, lambda: actions.confirm_factor_reset(by=request.user, reset=row, at=now()),
         _("All second factors of this account are gone; the colleague enrols anew at the next sign-in."))  # fmt: skip
    return redirect("desk:colleagues")


@allow("access.suspend")
def colleagues(request: HttpRequest) -> HttpResponse:
    """Who works here, for the one act that everybody has: suspending a colleague whose device was lost."""
    rows = Staff.objects.select_related("agency").order_by("agency__code", "name")
    if "administrator" not in request.user.disciplines:
        rows = rows.filter(agency=request.user.agency_id)
    resets = FactorReset.objects.filter(confirmed_at=None).select_related("staff", "asked_by")
    resume_right = may(request.user, "access.resume")
    context = {"title": _("Colleagues"), "rows": rows, "resets": resets, "may_resume": resume_right}
    return render(request, "desk/colleagues.html", context)


@allow("cases.view_orphans")
def orphan_list(request: HttpRequest) -> HttpResponse:
    """Cases without a lead member, in codes only, and the handovers that wait for a second person."""
    waiting = Handover.objects.filter(confirmed_at=None).select_related("staff", "proposed_by")
    codes = orphans.codes_of([h.case_id for h in waiting])
    context = {
        "title": _("Cases that nobody leads"), "cases": orphans.orphans(),
        "waiting": [{"row": h, "code": codes.get(h.case_id, "")} for h in waiting],
    }  # fmt: skip
    return render(request, "desk/orphans.html", context)


@allow("cases.reassign_orphan")
def propose_handover(request: HttpRequest, *, code: str) -> HttpResponse:
    case = orphans.orphan(code)
    if case is None:
        raise Http404
    return act_page(
        request, HandoverForm,
        lambda v: orphans.propose_handover(by=request.user, case=case, at=now(), **v),
        act="cases.reassign_orphan", title=_("New lead member for %(code)s") % {"code": code},
        done=reverse("desk:orphans"), back_href=reverse("desk:orphans"),
        lead=_("A second person of another discipline must confirm."),
    )  # fmt: skip


@allow("cases.reassign_orphan")
@require_POST
def confirm_handover(request: HttpRequest, *, handover: str) -> HttpResponse:
    row = get_object_or_404(Handover, pk=handover)
    _try(request, lambda: orphans.confirm_handover(by=request.user, handover=row, at=now(), today=today()),
         _("The case has a lead member again."))  # fmt: skip
    return redirect("desk:orphans")


@allow("desk.own_account")
def account(request: HttpRequest) -> HttpResponse:
    """Language and digits of one's own pages."""

    def do(values: dict[str, Any]) -> None:
        Staff.objects.filter(pk=request.user.pk).update(**values)

    return act_page(
        request, AccountForm, do, act="desk.own_account", title=_("My settings"), done=reverse("desk:my-day"),
        initial={"language": request.user.language, "digits": request.user.digits},
    )  # fmt: skip


@allow("desk.join")
def join(request: HttpRequest, *, token: str) -> HttpResponse:
    """An invited colleague sets a password; the second factor comes next, before any case page."""
    invitation = actions.open_invitation(token, now())
    if invitation is None:
        return render(request, "404.html", status=404)
    form = PasswordForm(request.POST or None, staff=invitation.staff)
    if request.method == "POST" and form.is_valid():
        staff = actions.accept_invitation(token=token, password=form.cleaned_data["password"], at=now())
        login(request, staff, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("mfa_index")
    advice = _("Choose a password of at least 15 characters: a few words that only you would put together.")
    context = {"title": _("Welcome to Prasan"), "form": form, "submit_text": _("Set the password"), "lead": advice}
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@allow("desk.choose_cast")
def choose_cast(request: HttpRequest) -> HttpResponse:
    """The demo's door: choose a member of the cast. It does not exist anywhere else."""
    if not (settings.DEMO and settings.DEMO_SIGN_IN):
        raise Http404
    if request.method == "POST":
        chosen = request.POST.get("staff", "")
        staff = get_object_or_404(Staff, pk=chosen if chosen.isdecimal() else 0, is_active=True)
        login(request, staff, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session["demo_sign_in"] = True
        return redirect("desk:my-day")
    on_teams = set(CaseAccess.objects.values_list("user", flat=True))
    rows = [
        {"row": s, "disciplines": [_(DISCIPLINES[d]) for d in queries.disciplines_of(s)],
         "first": look_first(queries.disciplines_of(s), on_a_team=s.pk in on_teams)}
        for s in Staff.objects.active().select_related("agency").prefetch_related("held").order_by("pk")
    ]  # fmt: skip
    return render(request, "desk/cast.html", {"title": _("Choose who you are"), "rows": rows})
