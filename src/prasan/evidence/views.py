"""Pages of sealed attachments: list, take in, receipt, hand out a copy, destroy, correct."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import may, partitions_of
from prasan.access.pages import act_page
from prasan.cases.queries import participations
from prasan.cases.rules import PARTITIONS
from prasan.plain.dates import both_eras
from prasan.plain.problem import Refused
from prasan.plain.words import gettext_noop as noop
from prasan.web.clock import now, today
from prasan.web.values import language

from . import actions, forms, queries, rules

URGENT = ("police_191", "msdhs_1300")


def _to_items(case: Any) -> str:
    return reverse("evidence:items", kwargs={"case": case.code})


def _page_of(case: Any, item: Any, name: str = "item") -> str:
    return reverse(f"evidence:{name}", kwargs={"case": case.code, "item": item.pk})


def _record_page(record: Any, name: str = "abuse-record") -> str:
    return reverse(f"evidence:{name}", kwargs={"case": record.case.code, "record": record.pk})


def _kb(item: Any) -> str:
    return gettext("%(size)s kB") % {"size": f"{max(1, item.size // 1000):,}"} if item.size else ""


def item_line(item: Any) -> dict[str, Any]:
    """One attachment as a row of a table."""
    colour = {"sealed": "green", "destroyed": "red"}[item.status]
    return {
        "code": item.code, "href": _page_of(item.case, item), "kind": gettext(rules.KINDS[item.kind]),
        "about": item.about.person.code if item.about else "", "received": item.received_on,
        "partition": gettext(PARTITIONS[item.partition]), "size": _kb(item),
        "status": {"tag": gettext(rules.STATUSES[item.status]), "colour": colour},
    }  # fmt: skip


def item_head() -> list[dict[str, Any]]:
    texts = {
        "code": _("Code"), "kind": _("What"), "about": _("About"), "received": _("Received on"),
        "partition": _("Who may see it"), "size": _("Size"), "status": _("Status"),
    }  # fmt: skip
    return [{"key": key, "text": text} for key, text in texts.items()]


@allow("evidence.view")
def items(request: HttpRequest, *, case: Any) -> HttpResponse:
    """All attachments of a case that the viewer's discipline reads."""
    rows = queries.items(request.user, case)
    for row in rows:
        row.case = case
    records = queries.abuse_records(request.user, case)
    add, report = (reverse(f"evidence:{n}", kwargs={"case": case.code}) for n in ("seal-item", "record-suspicion"))
    doors = [
        ("evidence.seal_item", {"text": gettext("Seal an attachment"), "href": add}),
        ("evidence.mark_abuse", {"text": gettext("I may have seen abuse of a child"), "href": report,
                                 "kind": "secondary"}),
    ]  # fmt: skip
    return render(request, "evidence/items.html", {
        "title": gettext("Attachments of %(case)s") % {"case": case.code}, "case": case,
        "back_href": case.get_absolute_url(),
        "actions": [door for act, door in doors if may(request.user, act, case)],
        "head": item_head(), "rows": [item_line(row) for row in rows],
        "records": [{"on": r.found_at, "item": r.item.code if r.item else "", "href": _record_page(r),
                     "to": gettext(rules.REPORTED_TO[r.reported_to]), "ref": r.report_ref} for r in records],
        "record_head": [{"key": "on", "text": gettext("Seen")}, {"key": "item", "text": gettext("Attachment")},
                        {"key": "to", "text": gettext("Reported to")}, {"key": "ref", "text": gettext("Reference")}],
    })  # fmt: skip


@allow("evidence.view", item="evidence.Item")
def item(request: HttpRequest, *, case: Any, item: Any) -> HttpResponse:
    """One attachment: what it is, the name it came with, and the ways on."""
    queries.require_partition(request.user, case, item.partition, "evidence.view")
    line = item_line(item)
    shown = [
        (_("Name of the file"), queries.file_name(request.user, item, now())),
        (_("What"), line["kind"]), (_("About"), line["about"]), (_("Received on"), item.received_on),
        (_("From whom"), gettext(rules.SOURCES[item.from_whom]) if item.from_whom else ""),
        (_("Who may see it"), line["partition"]), (_("Size"), line["size"]), (_("Status"), line["status"]),
        (_("Sealed at"), item.made_at), (_("Sealed by"), item.made_by.shown_name()),
    ]  # fmt: skip
    record = queries.abuse_record_of(request.user, item)
    doors = [
        ("evidence.open_item", "open-item", gettext("Get a copy"), "", item.status == "sealed" and item.in_force),
        ("evidence.seal_item", "receipt", gettext("Receipt"), "secondary", item.status == "sealed"),
        ("evidence.correct", "correct-item", gettext("Entered in error"), "secondary", item.in_force),
        ("evidence.mark_abuse", "mark-abuse", gettext("This may show abuse of a child"), "warning",
         item.status == "sealed"),
    ]  # fmt: skip
    ways = [
        {"text": text, "href": _page_of(case, item, name), "kind": kind}
        for act, name, text, kind, offered in doors
        if offered and may(request.user, act, case)
    ]
    if record is not None:
        ways.append({"text": gettext("What was written down"), "href": _record_page(record), "kind": "secondary"})
    return render(request, "web/detail.html", {
        "title": item.code, "caption": case.code, "back_href": _to_items(case), "actions": ways, "case": case,
        "sections": [{"rows": [{"label": label, "value": value} for label, value in shown]}],
    })  # fmt: skip


@allow("evidence.seal_item")
def seal_item(request: HttpRequest, *, case: Any) -> HttpResponse:
    """Take a file in: the question first, then the file; without the tick it is dropped unread."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)

    def do(told: dict[str, Any]) -> Any:
        upload = told.pop("file")
        return actions.seal_item(by=request.user, case=case, file=upload, file_name=upload.name, size=upload.size,
                                 at=now(), today=today(), **told)  # fmt: skip

    return act_page(
        request, forms.SealForm, do, act="evidence.seal_item", title=gettext("Seal an attachment"),
        done=lambda item: _page_of(case, item, "receipt"), said=gettext("Sealed."), template="evidence/seal.html",
        initial={"received_on": today()}, case=case, caption=case.code, cancel_href=_to_items(case),
        submit_text=gettext("Seal"),
        report_href=reverse("evidence:record-suspicion", kwargs={"case": case.code}),
        form_options={
            "parts": participations(request.user, case), "partitions": partitions_of(request.user, case),
            "oversized": length > rules.LARGEST,
        },
    )  # fmt: skip


def _both(label: str) -> str:
    """A label of the receipt in both languages."""
    with translation.override("en"):
        english = gettext(label)
    with translation.override("th"):
        thai = gettext(label)
    return english if thai == english else f"{thai} / {english}"


@allow("evidence.seal_item", item="evidence.Item")
def receipt(request: HttpRequest, *, case: Any, item: Any) -> HttpResponse:
    """The custody receipt, to be printed in both languages: what was taken in, when, by whom, with its SHA-256."""
    queries.require_partition(request.user, case, item.partition, "evidence.seal_item")
    source = _both(rules.SOURCES[item.from_whom]) if item.from_whom else ""
    sha256 = queries.content_hash(request.user, item, now())
    rows = [
        (noop("Attachment"), item.code), (noop("Case"), case.code), (noop("What"), _both(rules.KINDS[item.kind])),
        (noop("Received on"), both_eras(item.received_on)), (noop("From whom"), source),
        (noop("Sealed at"), item.made_at), (noop("Sealed by"), item.made_by.shown_name()),
        (noop("Size in bytes"), item.size), (noop("SHA-256 of the content"), sha256),
        (noop("Status"), _both(rules.STATUSES[item.status])),
    ]  # fmt: skip
    return render(request, "evidence/receipt.html", {
        "title": gettext("Receipt %(code)s") % {"code": item.code}, "back_href": _page_of(case, item), "case": case,
        "rows": [{"label": _both(label), "value": value} for label, value in rows],
    })  # fmt: skip


def _copy(item: Any, pieces: Any) -> StreamingHttpResponse:
    """A copy that no browser opens by itself: always a download, never shown, never sniffed, never run."""
    name = rules.name_of_copy(item.code, item.media_type)
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Length"] = str(item.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


@allow("evidence.open_item", item="evidence.Item")
def open_item(request: HttpRequest, *, case: Any, item: Any) -> Any:
    """Ask for the reason, then hand out the copy."""
    queries.require_partition(request.user, case, item.partition, "evidence.open_item")
    form = forms.OpenForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            pieces = actions.open_item(by=request.user, item=item, why=form.cleaned_data["why"], at=now())
            return _copy(item, pieces)
        except Refused as refused:
            form.add_problems(refused.problems)
    if request.method == "POST":
        status = 422
    return render(request, "evidence/open.html", {
        "title": gettext("Get a copy of %(code)s") % {"code": item.code}, "form": form, "case": case,
        "caption": case.code, "cancel_href": _page_of(case, item), "submit_text": gettext("Get the copy"),
    }, status=status)  # fmt: skip


def _urgent() -> list[dict[str, str]]:
    return [{"label": row.label(language()), "number": row["number"]}
            for row in packs.rows("hotline") if row.code in URGENT]  # fmt: skip


@allow("evidence.mark_abuse")
def record_suspicion(request: HttpRequest, *, case: Any) -> HttpResponse:
    """What to do, whom to tell and what to write; and the record, without any file."""
    return act_page(
        request, forms.SuspicionForm,
        lambda told: actions.record_suspicion(by=request.user, case=case, at=now(), **told),
        act="evidence.mark_abuse", title=gettext("Suspected abuse of a child"), done=_record_page,
        template="evidence/report.html", initial={"found_at": now()}, case=case, caption=case.code,
        cancel_href=case.get_absolute_url(), urgent=_urgent(),
    )  # fmt: skip


@allow("evidence.mark_abuse", item="evidence.Item")
def mark_abuse(request: HttpRequest, *, case: Any, item: Any) -> HttpResponse:
    """Destroy what came in: the key and the bytes go in the same act."""
    queries.require_partition(request.user, case, item.partition, "evidence.mark_abuse")
    return act_page(
        request, forms.MarkForm,
        lambda told: actions.mark_abuse(by=request.user, item=item, at=now(), **told),
        act="evidence.mark_abuse", title=gettext("Destroy %(code)s") % {"code": item.code}, done=_record_page,
        said=gettext("Destroyed. Nobody can open it any more."), template="evidence/report.html",
        initial={"version": item.version, "found_at": item.made_at}, case=case, caption=case.code, item=item,
        danger=True, submit_text=gettext("Destroy now"), cancel_href=_page_of(case, item), urgent=_urgent(),
    )  # fmt: skip


@allow("evidence.mark_abuse", record="evidence.AbuseRecord")
def abuse_record(request: HttpRequest, *, case: Any, record: Any) -> HttpResponse:
    """What was written down, to be told to the police unit or the hotline."""
    queries.require_partition(request.user, case, record.partition, "evidence.mark_abuse")
    shown = [
        (_("Where"), queries.found_where(request.user, record, now())), (_("Seen"), record.found_at),
        (_("Seen by"), record.finder.shown_name()), (_("Attachment"), record.item.code if record.item else ""),
        (_("Reported to"), gettext(rules.REPORTED_TO[record.reported_to])), (_("Reference"), record.report_ref),
    ]  # fmt: skip
    return render(request, "web/detail.html", {
        "title": gettext("Suspected abuse of a child"), "caption": case.code, "case": case,
        "back_href": _to_items(case) if may(request.user, "evidence.view", case) else "",
        "actions": [{"text": gettext("Record the report"), "href": _record_page(record, "record-report")}],
        "sections": [{"rows": [{"label": label, "value": value} for label, value in shown]}],
    })  # fmt: skip


@allow("evidence.mark_abuse", record="evidence.AbuseRecord")
def record_report(request: HttpRequest, *, case: Any, record: Any) -> HttpResponse:
    """Add to whom it was reported, and the reference."""
    queries.require_partition(request.user, case, record.partition, "evidence.mark_abuse")
    return act_page(
        request, forms.ReportedForm, lambda told: actions.record_report(by=request.user, record=record, **told),
        act="evidence.mark_abuse", title=gettext("Record the report"), done=_record_page, case=case,
        caption=case.code, cancel_href=_record_page(record),
        initial={"version": record.version, "reported_to": record.reported_to, "report_ref": record.report_ref},
    )  # fmt: skip


@allow("evidence.correct", item="evidence.Item")
def correct_item(request: HttpRequest, *, case: Any, item: Any) -> HttpResponse:
    """Entered in error: nobody opens it any more."""
    queries.require_partition(request.user, case, item.partition, "evidence.correct")
    return act_page(
        request, forms.CorrectForm,
        lambda told: actions.correct_item(by=request.user, item=item, at=now(), **told), act="evidence.correct",
        title=gettext("%(code)s was entered in error") % {"code": item.code}, done=_to_items(case), case=case,
        initial={"version": item.version}, caption=case.code, cancel_href=_page_of(case, item),
    )  # fmt: skip
