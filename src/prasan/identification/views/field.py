"""The desk's pages for what came from the field: listed, opened, accepted into a case, refused."""

from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import refusal
from prasan.access.pages import act_page, version_of
from prasan.packs import names
from prasan.people.rules import GENDERS
from prasan.web.clock import now, today
from prasan.web.values import in_digits, language

from .. import queries_of_field as queries
from .. import rules
from ..actions import field as actions
from ..forms import field as forms
from ..forms.asking import shown_answer
from ..models import FieldSubmission
from ..rules.field import REASONS, SUBMISSION_STATUSES, Told
from ..rules.field_words import ABOUT_LABELS

PAGE = 25
ACCEPT = "identification.accept_field"
COLOURS = {"waiting": "blue", "accepted": "green", "refused": "grey"}


def _page(submission: FieldSubmission, name: str = "submission") -> str:
    return reverse(f"identification:field-{name}", kwargs={"submission": submission.pk})


def _link(request: HttpRequest, act: str, about: Any, text: str, href: str, kind: str = "") -> dict[str, Any]:
    """A way on, or the sentence why it is closed."""
    denied = refusal(request.user, act, about)
    sentence = _(denied.reason) % denied.params if denied else ""
    return {"text": text, "href": href, "refused": sentence, "kind": kind}


@allow("identification.view_field")
def arrived(request: HttpRequest) -> HttpResponse:
    """What came from the field: day, phone and form, never what was told."""
    status = request.GET.get("status", "waiting")
    status = status if status in SUBMISSION_STATUSES else "waiting"
    page = Paginator(queries.arrived(request.user, status), PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "at": row.received_at, "href": _page(row), "device": row.device.label, "desk": row.desk.name,
            "form": queries.form_label(row, language()), "status": _tag(row),
        }
        for row in page
    ]  # fmt: skip
    head = [{"key": "at", "text": _("Arrived")}, {"key": "form", "text": _("Form")},
            {"key": "device", "text": _("Phone")}, {"key": "desk", "text": _("Desk")},
            {"key": "status", "text": _("Status")}]  # fmt: skip
    base, count = reverse("identification:field-arrived"), page.paginator.count
    others = [
        {"text": _("Show: %(status)s") % {"status": _(label)}, "href": f"{base}?status={code}", "kind": "secondary"}
        for code, label in SUBMISSION_STATUSES.items()
        if code != status
    ]
    phones = _link(request, "identification.manage_device", None, _("Field phones"),
                   reverse("identification:field-devices"))  # fmt: skip
    return render(request, "web/list.html", {
        "title": _("From the field"), "head": head, "rows": rows, "page": page, "actions": [phones, *others],
        "lead": _("Finished forms that phones sent. Each stays sealed until somebody takes it into a case."),
        "count_text": in_digits(ngettext("%(n)s form", "%(n)s forms", count) % {"n": count}),
        "empty": {"title": _("Nothing here"), "text": _("What phones send appears here.")},
    })  # fmt: skip


def _tag(submission: FieldSubmission) -> dict[str, str]:
    return {"tag": _(SUBMISSION_STATUSES[submission.status]), "colour": COLOURS[submission.status]}


def _outside(request: HttpRequest, submission: FieldSubmission) -> list[dict[str, Any]]:
    """What can be seen without opening."""
    case = queries.decided_case(request.user, submission)
    reason, _colon, words = submission.reason.partition(": ")
    shown = [
        {"label": _("Form"), "value": queries.form_label(submission, language())},
        {"label": _("Arrived"), "value": submission.received_at},
        {"label": _("Phone"), "value": submission.device.label},
        {"label": _("Carried by"), "value": submission.device.staff.shown_name()},
        {"label": _("Desk"), "value": submission.desk.name},
        {"label": _("Status"), "value": _tag(submission)},
    ]
    if submission.decided_by:
        shown += [
            {"label": _("Decided by"), "value": submission.decided_by.shown_name()},
            {"label": _("Decided at"), "value": submission.decided_at},
        ]
    if reason:
        shown.append({"label": _("Reason"), "value": [_(REASONS.get(reason, reason)), words]})
    if case:
        link = {"text": case.code, "href": case.get_absolute_url()}
        shown.append({"label": _("Case"), "value": link})
    return shown


@allow("identification.view_field", submission="identification.FieldSubmission")
def submission(request: HttpRequest, *, submission: FieldSubmission) -> HttpResponse:
    """One finished form from outside, and what may be done with it."""
    ways = []
    if submission.status == "waiting":
        ways = [
            _link(request, "identification.open_field", submission, _("Open"), _page(submission, "open")),
            _link(request, ACCEPT, submission, _("Accept"), _page(submission, "accept"), "secondary"),
            _link(request, ACCEPT, submission, _("Refuse"), _page(submission, "refuse"), "warning"),
        ]
    return render(request, "web/detail.html", {
        "title": _("A form from the field"), "back_href": reverse("identification:field-arrived"), "actions": ways,
        "sections": [{"rows": _outside(request, submission)}],
    })  # fmt: skip


def _about_value(name: str, value: Any) -> Any:
    here = language()
    lists = {"body": "decider", "situation": "screening_situation"}
    codes = {"place": rules.PLACES, "gender": GENDERS, "interpreter": rules.ANSWERS, "enters_nrm": rules.ANSWERS,
             "child_at_time": rules.ANSWERS}  # fmt: skip
    if name == "on":
        return forms.day_of(value) or value
    if name in lists:
        return packs.label(lists[name], str(value), here)
    if name in codes:
        return _(codes[name].get(str(value), str(value)))
    if name == "needs":
        return [_(rules.NEEDS.get(code, code)) for code in (value if isinstance(value, list) else [])]
    known = {"language": names.languages, "nationality": names.countries}
    return dict(known[name](here)).get(str(value), value) if name in known else value


def _opened_sections(told: Told | None, submission: FieldSubmission) -> list[dict[str, Any]]:
    """What was told, in the questions of its own form; for what cannot be opened the sentence that says so."""
    if told is None:
        return [{"title": _("This cannot be opened"), "text": _(
            "It was not sealed for this organisation, was damaged on the way, or is not what it was announced as. "
            "It can only be refused.")}]  # fmt: skip
    about = told.about.items()
    around = [{"label": _(ABOUT_LABELS[name]), "value": _about_value(name, value)} for name, value in about]
    sections = [{"title": _("The person and the conversation"), "rows": around}]
    form = queries.form_of(submission)
    if form is None:
        raw = [{"label": code, "value": str(value)} for code, value in told.answers.items()]
        return [*sections, {"title": _("Answers to a form that is not known here"), "rows": raw}]
    newest = packs.forms(today()).get(form.code)
    if newest is not None and newest.digest() != submission.form_digest:
        sections.append({"text": _("It was asked with an earlier version of this form; these are its own questions.")})
    for group in form.groups:
        answered = [q for q in group.questions if told.answers.get(q.code, "not_asked") != "not_asked"]
        rows = [{"label": q.label(language()), "value": told.words.get(q.code)
                 or shown_answer(form, q.code, told.answers[q.code], language())} for q in answered]  # fmt: skip
        if rows:
            sections.append({"title": group.label(language()), "rows": rows})
    return sections


@allow("identification.open_field", submission="identification.FieldSubmission")
def open_submission(request: HttpRequest, *, submission: FieldSubmission) -> HttpResponse:
    """Open what was sent, under one journal line; after the decision there is nothing left to open."""
    if submission.status != "waiting":
        return submission_page(request, submission)
    told = actions.open_sent(by=request.user, submission=submission, at=now())
    ways = [_link(request, ACCEPT, submission, _("Refuse"), _page(submission, "refuse"), "warning")]
    if told is not None:
        ways.insert(0, _link(request, ACCEPT, submission, _("Accept"), _page(submission, "accept")))
    return render(request, "web/detail.html", {
        "title": _("What was sent"), "caption": queries.form_label(submission, language()), "actions": ways,
        "back_href": _page(submission), "sections": _opened_sections(told, submission),
    })  # fmt: skip


def submission_page(request: HttpRequest, submission: FieldSubmission) -> HttpResponse:
    """What was decided, in place of a page that makes no sense any more."""
    return render(request, "web/detail.html", {
        "title": _("This was decided already"), "back_href": reverse("identification:field-arrived"),
        "sections": [{"rows": _outside(request, submission)}],
    })  # fmt: skip


@allow("identification.accept_field", submission="identification.FieldSubmission")
def accept(request: HttpRequest, *, submission: FieldSubmission) -> HttpResponse:
    """Take it into a case: what the phone told stands in the form, the answers above it."""
    if submission.status != "waiting" and request.method != "POST":
        return submission_page(request, submission)
    at = now()

    @cache
    def told() -> Told | None:
        return actions.open_sent(by=request.user, submission=submission, at=at)

    opened = told() if request.method != "POST" else None
    return act_page(
        request, forms.AcceptForm,
        lambda v: actions.accept(by=request.user, submission=submission, version=version_of(request, submission),
                                 at=at, today=today(), **v),
        act=ACCEPT, title=_("Accept"), caption=queries.form_label(submission, language()),
        done=_page(submission), said=_("Accepted. What was sent is destroyed; what you took in stands in the case."),
        initial=forms.initial_of(opened.about, today()) if opened else {}, template="identification/field_accept.html",
        form_options={"cases": queries.cases_for(request.user), "held": request.user.disciplines},
        back_href=_page(submission), submit_text=_("Accept"), version=submission.version,
        draft_url="", sections=lambda: _opened_sections(told(), submission),
    )  # fmt: skip


@allow("identification.accept_field", submission="identification.FieldSubmission")
def refuse(request: HttpRequest, *, submission: FieldSubmission) -> HttpResponse:
    """Not taken in; the reason stays, what was sent does not."""
    if submission.status != "waiting" and request.method != "POST":
        return submission_page(request, submission)
    return act_page(
        request, forms.RefuseForm,
        lambda v: actions.refuse(by=request.user, submission=submission, version=version_of(request, submission),
                                 at=now(), **v),
        act=ACCEPT, title=_("Refuse"), caption=queries.form_label(submission, language()),
        done=_page(submission), back_href=_page(submission), submit_text=_("Refuse"), danger=True,
        version=submission.version,
    )  # fmt: skip
