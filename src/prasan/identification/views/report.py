"""The provincial report: its page, the cases behind each number, its typed parts, its files; and papers to print."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import may
from prasan.access.pages import act_page
from prasan.web import values
from prasan.web.clock import now, today
from prasan.web.papers import response

from .. import papers, queries_of_report
from .. import papers_of_report as words
from ..actions import papers as printing
from ..actions import report as actions
from ..actions.refusals import count_paper
from ..forms.report import ReportForm, WriteForm
from ..models import Screening
from ..queries_of_report import Line, Report
from ..rules.report import Period, month, read_period

VIEW = "identification.view_report"


def _asked(request: HttpRequest) -> tuple[Period, str]:
    """The period and province of the address; without a period this month, and a wrong one is absent."""
    code, province = request.GET.get("period", ""), request.GET.get("province", "")
    day = today()
    period = read_period(code) if code else month(day.year, day.month)
    if period is None or (province and province not in packs.codes("province")):
        raise Http404
    return period, province


def _address(name: str, period: Period, province: str, **parts: Any) -> str:
    query = urlencode({"period": period.code, **({"province": province} if province else {})})
    return f"{reverse(f'identification:{name}', kwargs=parts)}?{query}"


def _line(line: Line, told: Report) -> dict[str, Any]:
    one = line.total
    flag = [] if line.row.sourced else [{"tag": _("Label not confirmed"), "colour": "orange"}]
    here = {"line": line.row.code}
    return {
        "row": [f"{line.row['number']}. {line.row.label(values.language())}", *flag],
        "times": one.times, "persons": _("Not counted") if one.persons is None else one.persons,
        "follow_ups": one.follow_ups, "what": line.row.text("what", values.language()),
        "href": _address("nrm-report-line", told.period, told.province, **here),
    }  # fmt: skip


def _links(request: HttpRequest, told: Report) -> list[dict[str, Any]]:
    here = (told.period, told.province)
    links = [
        {"text": text, "href": _address("nrm-report-file", *here, form=form), "kind": "secondary"}
        for form, text in (("pdf", _("Print (PDF)")), ("xlsx", _("Workbook")), ("csv", _("CSV")))
    ]
    if told.province and may(request.user, "identification.write_report"):
        links.insert(0, {"text": _("Write parts 1 and 3"), "href": _address("write-nrm-report", *here)})
    return links


@allow(VIEW)
def nrm_report(request: HttpRequest) -> HttpResponse:
    """The report of a province and period as it stands now."""
    period, province = _asked(request)
    told = queries_of_report.report(request.user, period, province)
    columns = [{"key": one.code, "text": one.label(values.language()), "numeric": True}
               for one in packs.rows("nrm_column")]  # fmt: skip
    refusals = ngettext(
        "%(n)s refusal was counted without a name in this period.",
        "%(n)s refusals were counted without a name in this period.", told.refusals,
    ) % {"n": values.number(told.refusals)}  # fmt: skip
    return render(request, "identification/report.html", {
        "title": _("Provincial report of the referral mechanism"), "actions": _links(request, told),
        "caption": f"{words.province_words(province)}, {words.period_words(period)}",
        "span": words.span_words(period.since, period.until),
        "filter_form": ReportForm(initial={"period": period.code, "province": province}, today=today()),
        "head": [{"key": "row", "text": _("Row")}, *columns, {"key": "what", "text": _("What is counted")}],
        "rows": [_line(line, told) for line in told.lines], "notes": words.notes(), "refusals": refusals,
        "standing": words.standing_words(told), "agrees": told.standing.agrees, "one_province": bool(province),
        "part_1": words.typed_rows(told), "part_3": words.word_rows(told), "typed": told.typed,
    })  # fmt: skip


@allow(VIEW)
def nrm_report_line(request: HttpRequest, line: str) -> HttpResponse:
    """The cases behind one number, for those who may see them; of the others only how many."""
    period, province = _asked(request)
    row = queries_of_report.row_of(line)
    if row is None:
        raise Http404
    behind = queries_of_report.cases_behind(request.user, row, period, province)
    one = queries_of_report.numbers(row, period, province)
    return render(request, "identification/report_line.html", {
        "title": f"{row['number']}. {row.label(values.language())}",
        "caption": f"{words.province_words(province)}, {words.period_words(period)}",
        "back_href": _address("nrm-report", period, province), "confirmed": row.sourced,
        "what": row.text("what", values.language()),
        "facts": [
            {"label": packs.label("nrm_column", "times", values.language()), "value": one.times},
            {"label": packs.label("nrm_column", "persons", values.language()),
             "value": _("Not counted") if one.persons is None else one.persons},
            {"label": packs.label("nrm_column", "follow_ups", values.language()), "value": one.follow_ups},
        ],
        "head": [{"key": "code", "text": _("Case")}, {"key": "opened", "text": _("Opened")}],
        "rows": [{"code": c.code, "opened": c.opened_on, "href": c.get_absolute_url()}
                 for c in behind.cases],
        "others": ngettext("And %(n)s more case that you may not open.", "And %(n)s more cases that you may not open.",
                           behind.others) % {"n": values.number(behind.others)} if behind.others else "",
        "without": ngettext("%(n)s event belongs to no case.", "%(n)s events belong to no case.",
                            behind.without_case) % {"n": values.number(behind.without_case)}
        if behind.without_case else "",
    })  # fmt: skip


@allow("identification.write_report")
def write_nrm_report(request: HttpRequest) -> HttpResponse:
    """Parts 1 and 3 of one province and period."""
    period, province = _asked(request)
    if not province:
        messages.info(request, _("Parts 1 and 3 are written for one province: choose it first."))
        return redirect(_address("nrm-report", period, province))
    old = queries_of_report.typed(request.user, period, province)
    initial: dict[str, Any] = {"version": old.version if old else 0}
    initial |= {name: getattr(old, name) for name in actions.FIELDS} if old else {}
    return act_page(
        request, WriteForm,
        lambda v: actions.write_report(by=request.user, province=province, period=period, at=now(), **v),
        act="identification.write_report", title=_("Write parts 1 and 3"), initial=initial,
        caption=f"{words.province_words(province)}, {words.period_words(period)}",
        done=_address("nrm-report", period, province), back_href=_address("nrm-report", period, province),
    )  # fmt: skip


@allow(VIEW)
def nrm_report_file(request: HttpRequest, form: str) -> HttpResponse:
    """The report as PDF, workbook or CSV."""
    period, province = _asked(request)
    if form not in actions.FORMATS:
        raise Http404
    media, data = actions.take_report(by=request.user, period=period, province=province, form=form, at=now())
    name = f"nrm-{province or 'all'}-{period.code}.{form}"
    return HttpResponse(data, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@allow("identification.view", screening="identification.Screening")
def screening_paper(request: HttpRequest, *, case: Any, screening: Screening) -> HttpResponse:
    """One screening on paper, for the file of the case."""
    return response(printing.print_screening(by=request.user, screening=screening, on=today()), "screening")


@allow("identification.record_refusal")
def safe_card(request: HttpRequest) -> HttpResponse:
    """The card of useful numbers."""
    made = papers.safe_card()
    count_paper(by=request.user)
    return response(made, "useful-numbers")


