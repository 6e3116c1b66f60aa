"""What every page knows of its viewer: the name, and the ways that are open to this viewer."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from .check import may

WAYS = (
    ("desk:my-day", _("My day"), "desk.my_day"),
    ("desk:cases", _("Cases"), "desk.list_cases"),
    ("leads:list", _("Leads"), "leads.view"),
    ("identification:intakes", _("Intakes"), "identification.view_intake"),
    ("identification:field-arrived", _("From the field"), "identification.view_field"),
    ("desk:calendar", _("Calendar"), "desk.calendar"),
    ("training:list", _("Training"), "training.view"),
    ("policy:list", _("Policy"), "policy.view"),
    ("impact:figures", _("Figures"), "impact.view"),
    ("identification:refusals", _("Refusals"), "identification.record_refusal"),
    ("identification:nrm-report", _("NRM report"), "identification.view_report"),
    ("desk:staff", _("Staff"), "access.manage_staff"),
    ("desk:search", _("Search"), "desk.search"),
)


def _ways(request: HttpRequest) -> list[dict[str, Any]]:
    if not request.user.is_authenticated:
        return []
    ways = []
    for name, text, act in WAYS:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        if may(request.user, act):
            current = request.path == href or (href != "/" and request.path.startswith(href))
            ways.append({"text": text, "href": href, "current": current})
    return ways


def viewer(request: HttpRequest) -> dict[str, Any]:
    """`nav` for the header; computed only where a template shows it."""
    if not hasattr(request, "user"):
        return {}
    name = request.user.shown_name() if request.user.is_authenticated else ""
    return {"nav": SimpleLazyObject(lambda: _ways(request)), "signed_in_as": name}
