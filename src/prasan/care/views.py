"""The pages of care: a service, a stay, its end, and the place opened for a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.access.pages import act_page, replaced
from prasan.cases.queries import people as people_of
from prasan.web.clock import now, today
from prasan.web.panel import no_longer

from . import actions, panel, queries
from .forms import ConsentForm, EndForm, PlaceForm, ServiceForm, StayForm
from .models import Service, Stay


def _page(name: str, case: Any, **row: Any) -> str:
    return reverse(f"care:{name}", kwargs={"case": case.code, **row})


def _start(request: HttpRequest, people: list[Any], old: Any) -> dict[str, Any]:
    """The person whom the link or the corrected row names, if in this case."""
    code = old.person.code if old else request.GET.get("person", "")
    return next(({"participation": str(row.pk)} for row in people if row.person.code == code), {})


@allow("care.record_service")
def record_service(request: HttpRequest, *, case: Any) -> HttpResponse:
    """A service."""
    old, at = replaced(request, Service, case=case), now()
    people = people_of(request.user, case, correcting=old)
    initial = {"on": today(), **_start(request, people, old)}
    if old:
        initial |= {"kind": old.kind, "on": old.on, "provider": old.provider.code, "outcome": old.outcome}
        if request.method == "GET":
            initial |= queries.words_of(request.user, old, at, "correct")
    return act_page(
        request, ServiceForm,
        lambda v: actions.record_service(by=request.user, at=at, today=today(), replaces=old, **v),
        act="care.record_service", title=_("Record a service"), caption=case.code, initial=initial,
        done=lambda row: _page("service", case, service=row.pk), form_options={"people": people}, case=case,
        lead=_("Care is for whoever needs it. It never depends on cooperating with anybody."),
        back_href=case.get_absolute_url(),
    )  # fmt: skip


@allow("care.view", service="care.Service")
def service(request: HttpRequest, *, case: Any, service: Service) -> HttpResponse:
    """One service with its words."""
    words = queries.words_of(request.user, service, now())
    again = {"text": _("Correct this service"), "kind": "secondary",
             "href": _page("record-service", case) + f"?replaces={service.pk}"}  # fmt: skip
    return render(request, "web/detail.html", {
        "title": _("Service for %(person)s") % {"person": service.person.code}, "caption": case.code,
        "back_href": case.get_absolute_url(), "sections": [{"rows": panel.service_rows(service, words)}],
        "actions": [again] if service.in_force else [], "not_in_force": no_longer(service),
    })  # fmt: skip


@allow("care.record_stay")
def record_stay(request: HttpRequest, *, case: Any) -> HttpResponse:
    """A stay began."""
    old, at = replaced(request, Stay, case=case), now()
    people = people_of(request.user, case, correcting=old)
    initial = {"since_on": today(), **_start(request, people, old)}
    if old:
        told = ("kind", "since_on", "consent_to_stay", "consent_on", "phone_access", "free_movement", "limit_review_on")
        initial |= {name: getattr(old, name) for name in told}
        if old.consent_to_stay is None:
            initial["consent_to_stay"] = "unknown"
    return act_page(
        request, StayForm,
        lambda v: actions.record_stay(by=request.user, at=at, today=today(), replaces=old, **v),
        act="care.record_stay", title=_("Record a shelter stay"), caption=case.code, initial=initial,
        done=lambda row: _page("stay", case, stay=row.pk), form_options={"people": people}, case=case,
        lead=_("A stay rests on the person's own consent. It never depends on cooperating with anybody."),
        back_href=case.get_absolute_url(),
    )  # fmt: skip


def _ways(case: Any, stay: Stay) -> list[dict[str, str]]:
    """What may be done with a stay: the person's answer and the end come first while it goes on."""
    ask = {"text": _("Record the answer about staying"), "href": _page("consent-to-stay", case, stay=stay.pk)}
    end = {"text": _("End the stay"), "href": _page("end-stay", case, stay=stay.pk), "kind": "secondary"}
    return [
        *([ask, end] if stay.until_on is None else []),
        {"text": _("Open the place"), "href": _page("open-place", case, stay=stay.pk), "kind": "secondary"},
        {"text": _("Correct this stay"), "kind": "secondary",
         "href": _page("record-stay", case) + f"?replaces={stay.pk}"},
    ]  # fmt: skip


@allow("care.view", stay="care.Stay")
def stay(request: HttpRequest, *, case: Any, stay: Stay) -> HttpResponse:
    """One stay, without its place."""
    words = queries.words_of(request.user, stay, now())
    return render(request, "web/detail.html", {
        "title": _("Shelter stay of %(person)s") % {"person": stay.person.code}, "caption": case.code,
        "back_href": case.get_absolute_url(), "sections": [{"rows": panel.stay_rows(stay, words)}],
        "actions": _ways(case, stay) if stay.in_force else [], "not_in_force": no_longer(stay),
    })  # fmt: skip


@allow("care.record_stay", stay="care.Stay")
def consent_to_stay(request: HttpRequest, *, case: Any, stay: Stay) -> HttpResponse:
    """The person's answer about staying."""
    at = now()
    return act_page(
        request, ConsentForm,
        lambda v: actions.record_consent_to_stay(by=request.user, stay=stay, at=at, today=today(), **v),
        act="care.record_stay", title=_("Agreement of %(person)s to stay") % {"person": stay.person.code},
        caption=case.code, done=_page("stay", case, stay=stay.pk),
        initial={"on": today(), "version": stay.version}, case=case, back_href=_page("stay", case, stay=stay.pk),
    )  # fmt: skip


@allow("care.end_stay", stay="care.Stay")
def end_stay(request: HttpRequest, *, case: Any, stay: Stay) -> HttpResponse:
    """A stay ended."""
    at = now()
    return act_page(
        request, EndForm,
        lambda v: actions.end_stay(by=request.user, stay=stay, at=at, today=today(), **v),
        act="care.end_stay", title=_("End the stay of %(person)s") % {"person": stay.person.code},
        caption=case.code, done=_page("stay", case, stay=stay.pk),
        initial={"until_on": today(), "version": stay.version}, case=case,
        lead=_("Leaving is a right. Help goes on wherever the person is."),
        back_href=_page("stay", case, stay=stay.pk),
    )  # fmt: skip


@allow("care.open_place", stay="care.Stay")
def open_place(request: HttpRequest, *, case: Any, stay: Stay) -> HttpResponse:
    """The place, shown once on the answer to a reason; nothing of it stays in an address or a list."""
    form = PlaceForm(request.POST or None)
    context = {
        "title": _("Place of the stay of %(person)s") % {"person": stay.person.code}, "caption": case.code,
        "back_href": _page("stay", case, stay=stay.pk), "form": form, "submit_text": _("Open the place"),
        "lead": _("Your opening is written down with its reason."),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        context["place"] = queries.open_place(request.user, stay, form.cleaned_data["why"], now())
        return render(request, "care/place.html", context)
    return render(request, "web/form.html", context, status=422 if request.method == "POST" else 200)
