"""The figures page, the page of one indicator, and the files: the same numbers everywhere."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import may
from prasan.plain.problem import Refused
from prasan.web import values
from prasan.web.clock import now, today
from prasan.web.forms import sentence
from prasan.web.values import language

from .. import actions, queries, rules
from ..figures import Figure, Span, read_period
from ..figures.composing import is_currency
from ..forms import PeriodForm
from . import drawing, showing

CASES_A_PAGE = 50


def _period(request: HttpRequest) -> tuple[Span, list[str]]:
    """The asked period; one that cannot be read falls back to the beginning, with the sentence that says so."""
    asked = {name: request.GET.get(name, "").strip()[:40] for name in ("year", "since", "until")}
    try:
        return read_period(**asked, today=today()), []
    except Refused as refused:
        return Span(None, today()), [sentence(problem) for problem in refused.problems]


def _row(figure: Figure, levels: dict[str, int], query: str) -> dict[str, Any]:
    one = figure.indicator
    return {
        "name": [one.label(language())], "code": one.code,
        "number": [showing.number_of(entry) for entry in figure.entries],
        "notes": [one.definition(language()), *showing.notes(figure, levels)],
        "href": reverse("impact:indicator", kwargs={"code": one.code}) + query,
    }  # fmt: skip


def _year_cell(figure: Figure, began: int | None) -> Any:
    """A year's number; where only a longer published span knows it, or nobody, the cell says so instead of nought."""
    year = figure.span.until.year
    if all(not entry.value and entry.published is None for entry in figure.entries):
        if any(row.days > 366 for row in figure.overlapping):
            return gettext("in a longer span")
        if began is None or year < began:
            return None
    return [
        values.number(entry.value) if entry.unit == figure.indicator.unit and not is_currency(entry.unit)
        else showing.number_of(entry)
        for entry in figure.entries
    ]  # fmt: skip


def _year_head(code: str) -> str:
    """The code and name of a column, with its unit unless each cell carries a currency."""
    one = packs.indicators()[code]
    name = f"{code} {one.label(language())}"
    return name if is_currency(one.unit) else f"{name} ({showing.unit_words(one.unit)})"


def _by_year(request: HttpRequest) -> dict[str, Any]:
    table, codes = queries.headlines_by_year(request.user, today()), list(rules.HEADLINES)
    began = queries.first_recorded_year(request.user)
    return {
        "head": [{"key": "year", "text": _("Year (CE / BE)")}] + [
            {"key": code, "text": _year_head(code), "numeric": True} for code in codes
        ],
        "rows": [
            {"year": f"{year} / {year + 543}", "href": f"?year={year}",
             **{code: _year_cell(figures[code], began) for code in codes}}
            for year, figures in table.items()
        ],
        "years": [(str(year), f"{year} / {year + 543}") for year in table],
    }  # fmt: skip


@allow("impact.view")
def show_figures(request: HttpRequest) -> HttpResponse:
    """Headline numbers of a period, year by year, the tiers, and one arrest cohort."""
    span, problems = _period(request)
    by_year = _by_year(request)
    first, others = queries.headlines(request.user, span, today())
    levels = queries.contributions(request.user, span, [figure.code for figure in first])
    query = showing.query_of(span, request.GET) if not problems else ""
    head = [
        {"key": "name", "text": _("Indicator")}, {"key": "code", "text": _("Code")},
        {"key": "number", "text": _("Number")}, {"key": "notes", "text": _("What it says")},
    ]  # fmt: skip
    ways = []
    if may(request.user, "impact.export"):
        for form, text in (("csv", _("CSV file")), ("xlsx", _("Workbook"))):
            ways.append({"text": text, "href": reverse("impact:export", kwargs={"form": form}) + query,
                         "kind": "secondary"})  # fmt: skip
    blocked = queries.not_publishable(request.user, now())
    context = {
        "title": _("Figures"), "caption": showing.span_words(span.since, span.until), "actions": ways,
        "period_form": PeriodForm(request.GET or None, years=by_year["years"]), "problems": problems,
        "head": head, "rows": [_row(f, levels.get(f.code, {}), query) for f in first],
        "other_rows": [_row(f, levels.get(f.code, {}), query) for f in others], "by_year": by_year,
        "apart": [
            {"text": f"{one.code} {one.label(language())}",
             "href": reverse("impact:indicator", kwargs={"code": one.code}) + query}
            for one in queries.counted_apart(request.user)
        ],
        "tier_figure": drawing.tiers(queries.tiers(request.user)),
        "funnel": _funnel(request), "cut_off": now(), "pack": packs.version(),
        "blocked": sentence(blocked) if blocked else "",
    }  # fmt: skip
    return render(request, "impact/figures.html", context)


def _funnel(request: HttpRequest) -> dict[str, Any]:
    """One cohort of first arrests: the year asked for, or the newest that has any."""
    years = queries.cohort_years(request.user)
    asked = request.GET.get("cohort", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked[:4]) in years else next(iter(years), None)
    if year is None:
        return {"years": [], "figure": ""}
    outcome = queries.arrest_cohort(request.user, year, today())
    links = [{"text": f"{y} / {y + 543}", "href": f"?cohort={y}#cohort", "current": y == year} for y in years]
    return {"years": links, "year": year, "figure": drawing.funnel(year, outcome)}


@allow("impact.view")
def show_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: definition, pitfall, sources, vintages, breakdown, and the viewer's own cases behind it."""
    one = packs.indicators().get(code)
    if one is None:
        raise Http404
    span, problems = _period(request)
    here = language()
    (figure,) = queries.figures_of(request.user, span, today(), [code])
    levels = queries.contributions(request.user, span, [code]).get(code, {}) if one.requires_contribution else {}
    dimensions = [d for d in one.disaggregations if d in rules.DIMENSIONS]
    if one.requires_contribution:
        dimensions.append("contribution")
    page = None
    if may(request.user, "impact.list_behind"):
        page = Paginator(queries.cases_behind(request.user, figure), CASES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": f"{one.code} {one.label(here)}", "caption": showing.span_words(span.since, span.until),
        "back_href": reverse("impact:figures") + showing.query_of(span, request.GET), "problems": problems,
        "numbers": [showing.number_of(entry) for entry in figure.entries],
        "details": [
            {"label": _("Definition"), "value": one.definition(here)},
            {"label": _("Take care"), "value": one.pitfall(here)},
            {"label": _("Unit"), "value": showing.unit_words(one.unit)},
            {"label": _("Adds up over years"), "value": ADDS[one.adds_over_years]},
            {"label": _("Version"), "value": gettext("%(version)s; packs %(packs)s")
             % {"version": one.version, "packs": packs.version()}},
            {"label": _("Said beside it"), "value": showing.notes(figure, levels)},
            {"label": _("Data as known on"), "value": now()},
        ],
        "parts": {
            "head": [{"key": "name", "text": _("Under it, never added to it")}, {"key": "number", "text": _("Number")}],
            "rows": [{"name": part.th if here == "th" else part.en,
                      "number": showing.amount(part.value, part.unit)} for part in figure.parts],
        },
        "breakdowns": [_breakdown(request, figure, d) for d in dimensions],
        "published": _published(request, code, figure),
        "cases": page, "case_rows": _cases(page),
        "case_head": [{"key": "code", "text": _("Case")}, {"key": "opened", "text": _("Opened")}],
    }  # fmt: skip
    return render(request, "impact/indicator.html", context)


ADDS = {
    "yes": _("Yes"),
    "nearly": _("Nearly: a person can come back"),
    "no": _("No: refused"),
    "cohort": _("Only within one cohort"),
}


def _breakdown(request: HttpRequest, figure: Figure, dimension: str) -> dict[str, Any]:
    rows = [
        {"value": showing.dimension_word(dimension, row.value), "number": showing.amount(row.number, row.unit)}
        for row in queries.breakdown(request.user, figure, dimension)
    ]
    rows += [
        {"value": gettext("Published reports, not broken down"),
         "number": showing.amount(entry.published.value, entry.unit)}
        for entry in figure.entries if entry.published
    ]  # fmt: skip
    title = gettext(rules.DIMENSIONS[dimension])
    head = [{"key": "value", "text": title}, {"key": "number", "text": _("Number")}]
    return {"title": title, "head": head, "rows": rows}


def _published(request: HttpRequest, code: str, figure: Figure) -> dict[str, Any]:
    counts = [entry.published for entry in figure.entries if entry.published]
    rows = queries.published_of(request.user, code)
    return {
        "head": [
            {"key": "number", "text": _("Published")}, {"key": "span", "text": _("Span")},
            {"key": "source", "text": _("Source")}, {"key": "standing", "text": _("In this number")},
        ],
        "rows": [
            {"number": showing.amount(row.value, row.unit), "span": showing.span_words(row.since, row.until),
             "source": row.source, "standing": _("Counts") if row in counts else _("Beside it, never added")}
            for row in rows
        ],
    }  # fmt: skip


def _cases(page: Any) -> list[dict[str, Any]]:
    return [
        {"code": case.code, "opened": case.opened_on, "href": showing.link("desk:case", case=case.code)}
        for case in page or ()
    ]


@allow("impact.export")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The figures of the period as a file."""
    if form not in actions.FORMATS:
        raise Http404
    span, problems = _period(request)
    if problems:
        return HttpResponse("\n".join(problems), status=422, content_type="text/plain; charset=utf-8")
    media, data = actions.export_figures(by=request.user, span=span, form=form, at=now(), today=today())
    name = f"figures-{span.since or 'start'}-{span.until}.{form}"
    return HttpResponse(data, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


