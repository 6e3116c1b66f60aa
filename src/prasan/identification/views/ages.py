"""The pages of an age assessment."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.access.check import may
from prasan.access.pages import act_page, replaced
from prasan.people.models import Person
from prasan.web.clock import now, today
from prasan.web.panel import no_longer

from .. import panel_of_reviews as shown
from .. import queries_of_reviews as queries
from ..actions import ages as actions
from ..forms.ages import AgeForm
from ..models import AgeAssessment
from .protection import buttons, error_link


@allow("identification.record_age")
def record_age(request: HttpRequest, *, case: Any, person: Person) -> HttpResponse:
    """How an age that is missing or in dispute was decided."""
    old, at = replaced(request, AgeAssessment, case=case, person=person), now()
    initial: dict[str, Any] = {"on": today()}
    if old is not None and request.method == "GET":
        names = ("result", "low", "high", "methods", "body", "on")
        initial = {name: getattr(old, name) for name in names} | queries.opened(request.user, old, at, "correct")
    return act_page(
        request, AgeForm,
        lambda v: actions.record_age(by=request.user, case=case, person=person, at=at, today=today(), replaces=old,
                                     **v),
        act=actions.ACT, title=_("Record how the age of %(person)s was decided") % {"person": person.code},
        caption=case.code, done=lambda row: shown.page("age", case, age=row.pk), initial=initial, case=case,
        back_href=reverse("desk:person", kwargs={"case": case.code, "person": person.code}),
        lead=_("Until an age in dispute is decided, the person is treated as a child. In doubt it stays so."),
    )  # fmt: skip


def _ways(viewer: Any, case: Any, row: AgeAssessment) -> list[dict[str, Any]]:
    """What may be done with an assessment by whoever records ages; with one that is not in force any more nothing."""
    if not row.in_force or not may(viewer, actions.ACT, case):
        return []
    again = shown.page("record-age", case, person=row.person.code)
    return [
        {"text": _("Decide anew"), "href": again},
        {"text": _("Correct this assessment"), "href": f"{again}?replaces={row.pk}", "kind": "secondary"},
        *buttons([error_link(viewer, case, "age", row)], first=False),
    ]


@allow("identification.view", age="identification.AgeAssessment")
def age(request: HttpRequest, *, case: Any, age: AgeAssessment) -> HttpResponse:
    """One assessment with its reasons."""
    words = queries.opened(request.user, age, now())
    return render(request, "identification/age.html", {
        "title": _("Age of %(person)s") % {"person": age.person.code}, "caption": case.code,
        "back_href": reverse("desk:person", kwargs={"case": case.code, "person": age.person.code}),
        "sections": [{"rows": shown.age_rows(age, words["reasons"])}], "age": age,
        "not_in_force": no_longer(age), "actions": _ways(request.user, case, age),
    })  # fmt: skip
