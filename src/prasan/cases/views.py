"""Pages of the acts on a case: each one is a form, one call into an action, and the way back to the case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prasan.access.allow import allow
from prasan.access.pages import act_page, version_of
from prasan.web.clock import now, today

from . import forms
from .actions import custody, matters, persons, referrals, team, work
from .models import Case, Note, Participation, Referral, Task, TeamMember


def person_page(case: Case, person: Any) -> str:
    return reverse("desk:person", kwargs={"case": case.code, "person": person.code})


def case_act(request: HttpRequest, form: type[Any], do: Any, *, case: Case, act: str, title: str, **options: Any
             ) -> HttpResponse:  # fmt: skip
    """A form page that belongs to a case: caption with its code, back to it."""
    options.setdefault("done", case.get_absolute_url())
    return act_page(request, form, do, act=act, title=title, caption=case.code, back_href=options["done"], **options)


@allow("cases.open_case")
def open_case(request: HttpRequest) -> HttpResponse:
    by = request.user
    mine = frozenset(d for d in by.disciplines if d in matters.CASE_DISCIPLINES)
    return act_page(
        request, forms.CaseForm,
        lambda v: matters.open_case(by=by, at=now(), today=today(), **v),
        act="cases.open_case", title=_("Open a case"), done=Case.get_absolute_url, said=_("The case is open."),
        initial={"opened_on": today(), "mode": "unknown", "discipline": next(iter(sorted(mine)), "")},
        form_options={"disciplines": mine}, back_href=reverse("desk:cases"),
    )  # fmt: skip


@allow("cases.change_case")
def change_case(request: HttpRequest, *, case: Case) -> HttpResponse:
    version = version_of(request, case)
    initial = {n: getattr(case, n) for n in ("title", "forms", "mode", "province", "summary")}
    return case_act(
        request, forms.CaseForm,
        lambda v: matters.change_case(by=request.user, case=case, version=version, today=today(), **v),
        case=case, act="cases.change_case", title=_("Change the case"), initial=initial, version=case.version,
        form_options={"existing": True},
    )  # fmt: skip


@allow("cases.close_case")
def move_case(request: HttpRequest, *, case: Case) -> HttpResponse:
    return case_act(
        request, forms.MoveForm,
        lambda v: matters.move_case(by=request.user, case=case, at=now(), today=today(), **v),
        case=case, act="cases.close_case", title=_("Change the status"), form_options={"status": case.status},
    )  # fmt: skip


@allow("cases.manage_team")
def add_member(request: HttpRequest, *, case: Case) -> HttpResponse:
    return case_act(
        request, forms.MemberForm,
        lambda v: team.add_member(by=request.user, case=case, at=now(), today=today(), **v),
        case=case, act="cases.manage_team", title=_("Add a member to the team"),
        lead=_("Membership is the only way to see a case. It can be ended at any moment."),
    )  # fmt: skip


@allow("cases.manage_team", member="cases.TeamMember")
@require_POST
def remove_member(request: HttpRequest, *, case: Case, member: TeamMember) -> HttpResponse:
    from prasan.plain.problem import Refused
    from prasan.web.fields import sentence

    try:
        team.remove_member(by=request.user, case=case, member=member, at=now(), today=today())
    except Refused as refused:
        messages.error(request, " ".join(sentence(p) for p in refused.problems))
    else:
        messages.success(request, _("The member left the team and sees nothing of the case any more."))
    gone = member.staff_id == request.user.pk and member.until_on
    return redirect(reverse("desk:cases") if gone else case.get_absolute_url())


@allow("cases.add_task")
def add_task(request: HttpRequest, *, case: Case) -> HttpResponse:
    return case_act(
        request, forms.TaskForm,
        lambda v: work.add_task(by=request.user, case=case, at=now(), today=today(), **v),
        case=case, act="cases.add_task", title=_("Give a task"), initial={"partition": "shared"},
        form_options={"viewer": request.user, "case": case},
    )  # fmt: skip


@allow("cases.finish_task", task="cases.Task")
@require_POST
def finish_task(request: HttpRequest, *, case: Case, task: Task) -> HttpResponse:
    work.finish_task(by=request.user, task=task, at=now())
    messages.success(request, _("Done."))
    return redirect(case.get_absolute_url())


@allow("cases.add_note")
def add_note(request: HttpRequest, *, case: Case) -> HttpResponse:
    return case_act(
        request, forms.NoteForm,
        lambda v: work.add_note(by=request.user, case=case, at=now(), **v),
        case=case, act="cases.add_note", title=_("Write a note"),
        form_options={"viewer": request.user, "case": case},
    )  # fmt: skip


@allow("cases.share_item", note="cases.Note")
def share_note(request: HttpRequest, *, case: Case, note: Note) -> HttpResponse:
    return case_act(
        request, forms.ShareForm,
        lambda v: work.share_item(by=request.user, case=case, note=note, at=now(), **v),
        case=case, act="cases.share_item", title=_("Share a note with another discipline"),
        form_options={"viewer": request.user, "case": case},
    )  # fmt: skip


@allow("cases.add_appointment")
def add_appointment(request: HttpRequest, *, case: Case) -> HttpResponse:
    return case_act(
        request, forms.AppointmentForm,
        lambda v: work.add_appointment(by=request.user, case=case, at=now(), **v),
        case=case, act="cases.add_appointment", title=_("Enter an appointment"), initial={"partition": "shared"},
        form_options={"viewer": request.user, "case": case},
    )  # fmt: skip


@allow("cases.change_part")
def change_part(request: HttpRequest, *, case: Case, person: Any) -> HttpResponse:
    current = Participation.objects.filter(case=case, person=person, until_on=None, closed_as="")
    return case_act(
        request, forms.PartForm,
        lambda v: persons.change_part(by=request.user, case=case, person=person, at=now(), today=today(), **v),
        case=case, act="cases.change_part", title=_("Change the part of %(code)s") % {"code": person.code},
        initial={"on": today(), "ends": ""}, done=person_page(case, person),
        form_options={"current": list(current.values_list("part", flat=True))},
    )  # fmt: skip


@allow("cases.record_custody", part="cases.Participation")
def record_custody(request: HttpRequest, *, case: Case, part: Participation) -> HttpResponse:
    return case_act(
        request, forms.CustodyForm,
        lambda v: custody.record_custody(by=request.user, participation=part, at=now(), **v),
        case=case, act="cases.record_custody", done=person_page(case, part.person),
        title=_("Arrest or custody of %(code)s") % {"code": part.person.code},
    )  # fmt: skip


@allow("cases.refer_person")
def refer_person(request: HttpRequest, *, case: Case, person: Any) -> HttpResponse:
    return case_act(
        request, forms.ReferralForm,
        lambda v: referrals.refer_person(by=request.user, case=case, person=person, at=now(), today=today(), **v),
        case=case, act="cases.refer_person", title=_("Refer %(code)s to another agency") % {"code": person.code},
        lead=_("Nothing leaves without a consent of the person for this agency that stands today."),
        initial={"on": today()}, done=person_page(case, person),
    )  # fmt: skip


@allow("cases.answer_referral", referral="cases.Referral")
def answer_referral(request: HttpRequest, *, case: Case, referral: Referral) -> HttpResponse:
    by, version = request.user, version_of(request, referral)
    return case_act(
        request, forms.AnswerForm,
        lambda v: referrals.answer_referral(by=by, referral=referral, version=version, at=now(), today=today(), **v),
        case=case, act="cases.answer_referral", title=_("Answer to the referral"), initial={"on": today()},
        form_options={"status": referral.status}, version=version,
    )  # fmt: skip
