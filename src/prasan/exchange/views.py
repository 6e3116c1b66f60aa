"""The pages of an import: the upload, the report of the dry run, the yes, and how far the writing is."""

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from prasan.access.allow import allow
from prasan.access.pages import act_page
from prasan.plain.problem import Refused
from prasan.web import values
from prasan.web.clock import now, today
from prasan.web.fields import sentence
from prasan.web.values import language

from . import actions, queries, rules
from .forms import UploadForm
from .models import Upload
from .report import Report
from .template import write_template

PAGE = 100
COLOURS = {"waiting": "grey", "checked": "blue", "writing": "yellow", "done": "green", "stopped": "red"}


@allow("exchange.import")
def import_workbook(request: HttpRequest) -> HttpResponse:
    """Hand a workbook in; nothing is written before its report was seen."""
    current = queries.current(request.user)
    ways = [{"text": _("Empty workbook with lists"), "href": reverse("exchange:template"), "kind": "secondary"}]
    if current is not None:
        ways.append({"text": _("Report of my last workbook"), "href": reverse("exchange:report"), "kind": "secondary"})

    def do(told: dict[str, Any]) -> Any:
        file = told["file"]
        return actions.keep_upload(by=request.user, name=file.name, content=file.read(), at=now(), today=today())

    return act_page(
        request, UploadForm, do, act="exchange.import", title=gettext("Import a workbook"),
        done=reverse("exchange:report"), said=gettext("The workbook is sealed. Nothing is written yet."),
        template="exchange/upload.html", draft_url="", submit_text=_("Check it"), actions=ways,
        lead=_("The caseload that your team keeps in a spreadsheet. First you see what would happen."),
    )  # fmt: skip


@allow("exchange.import")
def template(request: HttpRequest) -> Any:
    """The empty workbook with its lists and instructions."""
    out = io.BytesIO()
    write_template(out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename="prasan-caseload.xlsx")


@allow("exchange.import")
def report(request: HttpRequest) -> HttpResponse:
    """What the dry run found, or how far the writing is."""
    upload = queries.current(request.user)
    if upload is None:
        return redirect("exchange:import")
    at, found = now(), actions.report_of(upload)
    running = upload.status in {"waiting", "writing"} and not actions.is_dead(upload, at)
    page = Paginator(found.refusals if found else [], PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Import: the report"), "back_href": reverse("exchange:import"), "refresh": running,
        "lead": _lead(upload, found), "sections": [{"rows": _summary(upload)}, *_tables(found, page)], "page": page,
        "actions": [] if running else _ways(upload, found, dead=actions.is_dead(upload, at)),
    }  # fmt: skip
    return render(request, "exchange/report.html", context)


def _lead(upload: Upload, found: Report | None) -> str:
    if found is not None and found.stopped is not None:
        sheet, row, _column = found.stopped.place(values.language())
        place = gettext("Sheet %(sheet)s, row %(row)s: ") % {"sheet": sheet, "row": row} if sheet else ""
        return place + found.stopped.sentence
    if upload.status == "done":
        return gettext("All that was confirmed is written. The workbook itself was destroyed here.")
    if found is not None and upload.status == "checked" and found.empty:
        return gettext(rules.NO_ROWS)
    if found is not None and upload.status == "checked" and found.good:
        return gettext("All rows are good. Nothing is written yet.")
    if found is not None and upload.status == "checked":
        return gettext("Some rows are refused. Nothing is written yet.")
    return gettext("This page looks again by itself.")


def _summary(upload: Upload) -> list[dict[str, Any]]:
    status = {"tag": gettext(rules.STATUSES[upload.status]), "colour": COLOURS[upload.status]}
    rows = [
        {"label": _("Status"), "value": status},
        {"label": _("Handed in"), "value": upload.made_at},
        {"label": _("Destroyed at the latest"), "value": upload.expires_at},
    ]
    if upload.status in {"writing", "done", "stopped"}:
        told = {"done": values.number(upload.done), "total": values.number(upload.total)}
        rows.append({"label": _("Rows written"), "value": gettext("%(done)s of %(total)s") % told})
    return rows


def _tables(found: Report | None, page: Any) -> list[dict[str, Any]]:
    """Counts by sheet, then the refused rows and the notes with their places."""
    if found is None:
        return []
    lang = language()
    counts: list[dict[str, Any]] = [{"key": "sheet", "text": _("Sheet")}]
    counts += [{"key": o, "text": gettext(words), "numeric": True} for o, words in rules.OUTCOMES.items()]
    sections = [{"title": _("What would happen"), "table": {"head": counts, "rows": list(found.table(lang))}}]
    head = [{"key": "sheet", "text": _("Sheet")}, {"key": "row", "text": _("Row")},
            {"key": "column", "text": _("Column")}, {"key": "why", "text": _("What is wrong")}]  # fmt: skip

    def lines(remarks: Any) -> list[dict[str, str]]:
        named = ("sheet", "row", "column")
        return [{**dict(zip(named, r.place(lang), strict=True)), "why": r.sentence} for r in remarks]

    if found.refusals:
        count = len(found.refusals) + found.more_refusals
        words = ngettext("%(n)s thing to mend", "%(n)s things to mend", count) % {"n": values.number(count)}
        sections.append({"title": words, "table": {"head": head, "rows": lines(page)}})
    if found.notes:
        sections.append({"title": _("To know"), "table": {"head": head, "rows": lines(found.notes[:PAGE])}})
    return sections


def _ways(upload: Upload, found: Report | None, *, dead: bool) -> list[dict[str, Any]]:
    """What can be done now; what cannot carries its sentence."""
    away = {"text": _("Throw it away"), "post": reverse("exchange:discard"), "kind": "secondary"}
    again = {"text": _("Hand in another workbook"), "href": reverse("exchange:import"), "kind": "secondary"}
    if found is None or upload.status == "done":
        return [again, away]
    ways: list[dict[str, Any]] = []
    writable = found.total("new", "changed")
    if upload.status == "checked" and found.empty:
        return [again, away]
    if upload.status == "checked" and not writable:
        ways.append({"text": _("Write it"), "refused": gettext(rules.NOTHING_TO_WRITE)})
    elif upload.status == "checked" and found.good:
        ways.append({"text": _("Write it"), "post": reverse("exchange:write")})
    elif upload.status == "checked":
        ways.append({"text": _("Write it"), "refused": gettext(rules.NOT_ALL_GOOD)})
        ways.append({"text": _("Write the good rows only"), "post": reverse("exchange:write-good"), "kind": "warning"})
    elif (dead or upload.status == "stopped") and upload.sealed and writable:
        name = "exchange:write-good" if upload.accept_good else "exchange:write"
        ways.append({"text": _("Go on writing"), "post": reverse(name)})
    return [*ways, again, *([] if dead else [away])]


def _confirm(request: HttpRequest, *, accept_good: bool) -> HttpResponse:
    upload = queries.current(request.user)
    if upload is None:
        return redirect("exchange:import")
    try:
        actions.begin_writing(by=request.user, upload=upload, accept_good=accept_good, at=now())
    except Refused as refused:
        messages.error(request, sentence(refused.problems[0]))
    return redirect("exchange:report")


@allow("exchange.import")
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Yes, write all rows."""
    return _confirm(request, accept_good=False)


@allow("exchange.import")
@require_POST
def write_good(request: HttpRequest) -> HttpResponse:
    """Yes, write the good rows and leave the others."""
    return _confirm(request, accept_good=True)


@allow("exchange.import")
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the workbook away."""
    upload = queries.current(request.user)
    if upload is not None:
        try:
            actions.discard(by=request.user, upload=upload)
            messages.success(request, gettext("The workbook is gone."))
        except Refused as refused:
            messages.error(request, sentence(refused.problems[0]))
    return redirect("exchange:import")
