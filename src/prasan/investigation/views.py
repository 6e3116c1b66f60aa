"""Pages of the investigation: its first and last day, operations, removals from harm, arrests."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import may
from prasan.access.pages import act_page, replaced
from prasan.cases.models import CustodyStep
from prasan.cases.queries import participations
from prasan.cases.rules import CONTRIBUTIONS
from prasan.web.clock import now, today
from prasan.web.values import language

from . import actions, forms, queries, rules
from .models import Investigation, Operation, Removal

COLOURS = {"planned": "blue", "done": "green", "cancelled": "grey"}


def operation_page(operation: Any, name: str = "operation") -> str:
    return reverse(f"investigation:{name}", kwargs={"case": operation.case.code, "operation": operation.pk})


def _form(request: HttpRequest, form: type[Any], do: Callable[[dict[str, Any]], Any], case: Any, **told: Any) -> Any:
    told = {"done": case.get_absolute_url(), "cancel_href": case.get_absolute_url(), "caption": case.code, **told}
    return act_page(request, form, do, case=case, **told)


@allow("investigation.open_investigation")
def open_investigation(request: HttpRequest, *, case: Any) -> HttpResponse:
    """The investigation begins, or its first day is corrected."""
    old = replaced(request, Investigation, case=case)
    return _form(
        request, forms.OpenForm,
        lambda told: actions.open_investigation(
            by=request.user, case=case, at=now(), today=today(), replaces=old, **told
        ),
        case, act="investigation.open_investigation", title=gettext("Open the investigation"),
        initial={"opened_on": old.opened_on if old else today()},
    )  # fmt: skip


@allow("investigation.open_investigation", investigation="investigation.Investigation")
def close_investigation(request: HttpRequest, *, case: Any, investigation: Any) -> HttpResponse:
    """The investigation ends."""
    return _form(
        request, forms.CloseForm,
        lambda told: actions.close_investigation(
            by=request.user, investigation=investigation, at=now(), today=today(), **told
        ),
        case, act="investigation.open_investigation", title=gettext("Close the investigation"),
        initial={"closed_on": today(), "version": investigation.version},
    )  # fmt: skip


@allow("investigation.plan_operation")
def plan_operation(request: HttpRequest, *, case: Any) -> HttpResponse:
    """Plan an operation, or correct a plan."""
    old = replaced(request, Operation, case=case)
    initial = {}
    if old is not None:
        names = ("planned_on", "place_kind", "province", "lead_body", "risk_checked")
        initial = {name: getattr(old, name) for name in names}
        initial["risk_words"] = queries.risk_words(request.user, old, now())
    return _form(
        request, forms.PlanForm,
        lambda told: actions.plan_operation(
            by=request.user, case=case, at=now(), today=today(), replaces=old, **told
        ),
        case, act="investigation.plan_operation", title=gettext("Plan an operation"), done=operation_page,
        initial=initial,
    )  # fmt: skip


def _operation_rows(viewer: Any, operation: Any) -> list[dict[str, Any]]:
    lang = language()
    shown = [
        (_("Status"), {"tag": gettext(rules.STATUSES[operation.status]), "colour": COLOURS[operation.status]}),
        (_("Planned for"), operation.planned_on), (_("Carried out"), operation.done_at),
        (_("Kind of place"), gettext(rules.PLACES[operation.place_kind])),
        (_("Province"), packs.label("province", operation.province, lang) if operation.province else ""),
        (_("Led by"), packs.label("office", operation.lead_body, lang)),
        (_("Contribution"), gettext(CONTRIBUTIONS[operation.contribution]) if operation.contribution else ""),
        (_("Risks checked"), operation.risk_checked),
        (_("What was checked"), queries.risk_words(viewer, operation, now())),
    ]  # fmt: skip
    return [{"label": label, "value": value} for label, value in shown]


@allow("investigation.view", operation="investigation.Operation")
def operation(request: HttpRequest, *, case: Any, operation: Any) -> HttpResponse:
    """One operation, with its arrests and the people it brought out of harm."""
    viewer, stands = request.user, operation.in_force
    planned = stands and operation.status == "planned"
    query = f"?operation={operation.pk}"
    code = {"case": case.code}
    doors = [
        ("investigation.record_operation", gettext("Record the result"),
         operation_page(operation, "record-operation"), planned),
        ("investigation.record_arrest", gettext("Record an arrest"),
         reverse("investigation:record-arrest", kwargs=code) + query, stands and operation.status != "cancelled"),
        ("investigation.record_removal", gettext("Record a removal from harm"),
         reverse("investigation:record-removal", kwargs=code) + query,
         stands and operation.status != "cancelled"),
        ("investigation.plan_operation", gettext("Correct the plan"),
         reverse("investigation:plan-operation", kwargs=code) + f"?replaces={operation.pk}", planned),
    ]  # fmt: skip
    arrests = [row for row in queries.arrests(viewer, case) if row.operation == operation]
    removed = [row for row in queries.removals(viewer, case) if row.operation_id == operation.pk]
    sections: list[dict[str, Any]] = [{"rows": _operation_rows(viewer, operation)}]
    if arrests:
        sections.append({"title": gettext("Arrests"), "table": {"head": arrest_head(),
                         "rows": [arrest_line(case, row) for row in arrests]}})  # fmt: skip
    if removed:
        sections.append({"title": gettext("Removed from harm"), "table": {"head": removal_head(),
                         "rows": [removal_line(case, row) for row in removed]}})  # fmt: skip
    return render(request, "web/detail.html", {
        "title": gettext("Operation %(code)s") % {"code": operation.code}, "caption": case.code, "case": case,
        "back_href": case.get_absolute_url(), "sections": sections,
        "actions": [{"text": text, "href": href, "kind": "" if text is doors[0][1] else "secondary"}
                    for act, text, href, offered in doors
                    if offered and may(viewer, act, case)],
    })  # fmt: skip


@allow("investigation.record_operation", operation="investigation.Operation")
def record_operation(request: HttpRequest, *, case: Any, operation: Any) -> HttpResponse:
    """What became of a plan."""
    return _form(
        request, forms.ResultForm,
        lambda told: actions.record_operation(
            by=request.user, operation=operation, at=now(), today=today(), **told
        ),
        case, act="investigation.record_operation", done=operation_page,
        title=gettext("Result of operation %(code)s") % {"code": operation.code},
        initial={"version": operation.version}, cancel_href=operation_page(operation),
    )  # fmt: skip


def _options(request: HttpRequest, case: Any) -> dict[str, Any]:
    """People, and operations that were not called off."""
    operations = [row for row in queries.operations(request.user, case) if row.status != "cancelled"]
    if not may(request.user, "investigation.view", case):
        operations = []
    return {"parts": participations(request.user, case), "operations": operations}


@allow("investigation.record_removal")
def record_removal(request: HttpRequest, *, case: Any) -> HttpResponse:
    """A survivor left harm, or the record of it is corrected."""
    old = replaced(request, Removal, case=case)
    initial: dict[str, Any] = {"operation": request.GET.get("operation", "")}
    if old is not None:
        initial = {"participation": str(old.participation_id), "on": old.on, "contribution": old.contribution,
                   "operation": str(old.operation_id or "")}  # fmt: skip
    return _form(
        request, forms.RemovalForm,
        lambda told: actions.record_removal(by=request.user, at=now(), today=today(), replaces=old, **told),
        case, act="investigation.record_removal", title=gettext("Record a removal from harm"),
        initial=initial, form_options=_options(request, case),
    )  # fmt: skip


@allow("investigation.record_arrest")
def record_arrest(request: HttpRequest, *, case: Any) -> HttpResponse:
    """A suspect was arrested, or the record of it is corrected."""
    old = replaced(request, CustodyStep, case=case)
    initial: dict[str, Any] = {"operation": request.GET.get("operation", ""), "province": case.province}
    if old is not None:
        made_in = {row.pk: row.operation for row in queries.arrests(request.user, case)}.get(old.pk)
        initial = {"participation": str(old.participation_id), "arrested_at": old.at, "body": old.body,
                   "province": old.province, "contribution": old.contribution,
                   "operation": str(made_in.pk) if made_in else ""}  # fmt: skip
    return _form(
        request, forms.ArrestForm,
        lambda told: actions.record_arrest(by=request.user, at=now(), today=today(), replaces=old, **told),
        case, act="investigation.record_arrest", title=gettext("Record an arrest"), initial=initial,
        form_options=_options(request, case),
    )  # fmt: skip


def head(**texts: Any) -> list[dict[str, Any]]:
    return [{"key": key, "text": text} for key, text in texts.items()]


def arrest_head() -> list[dict[str, Any]]:
    return head(person=_("Person"), at=_("Arrested"), body=_("By"), contribution=_("Contribution"))


def removal_head() -> list[dict[str, Any]]:
    return head(person=_("Person"), on=_("On"), operation=_("Operation"), contribution=_("Contribution"))


def _person(case: Any, person: Any) -> dict[str, Any]:
    href = reverse("desk:person", kwargs={"case": case.code, "person": person.code})
    return {"href": href, "text": person.code}


def arrest_line(case: Any, row: Any) -> dict[str, Any]:
    """One arrest as a row of a table: the person by code."""
    return {
        "person": _person(case, row.participation.person), "at": row.at,
        "body": packs.label("office", row.body, language()) if row.body else "",
        "contribution": gettext(CONTRIBUTIONS[row.contribution]) if row.contribution else "",
    }  # fmt: skip


def removal_line(case: Any, row: Any) -> dict[str, Any]:
    """One removal from harm as a row of a table: the person by code."""
    return {
        "person": _person(case, row.person), "on": row.on,
        "operation": row.operation.code if row.operation else "",
        "contribution": gettext(CONTRIBUTIONS[row.contribution]),
    }  # fmt: skip
