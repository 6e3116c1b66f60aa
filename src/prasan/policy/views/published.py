"""The pages of what others published: TIP tiers as stairs with their table, official figures as printed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.access.allow import allow
from prasan.packs.names import countries as countries_in
from prasan.web import charts, values

from .. import queries, rules
from ..forms import CountryForm, SeriesForm
from .recommendations import language

SHORT_SPAN = (2015, 2022)
PRINTED_A_PAGE = 100


def _years(placements: dict[int, Any], first: int, last: int) -> list[tuple[int, str | None]]:
    """Every report year of the span; one that is not known here is a gap."""
    return [(year, placements[year].tier if year in placements else None) for year in range(first, last + 1)]


def _finding(points: list[tuple[int, str | None]]) -> str:
    """The chart in a sentence, run by run, for those who listen."""
    parts, start = [], 0
    for index, (year, tier) in enumerate(points):
        if index + 1 < len(points) and points[index + 1][1] == tier:
            continue
        first = points[start][0]
        span = values.year(first) if first == year else f"{values.year(first)}–{values.year(year)}"
        name = packs.label("tip_tier", tier, language()) if tier else gettext("not known here")
        parts.append(f"{span}: {name}")
        start = index + 1
    return "; ".join(parts)


def _figure(placements: dict[int, Any], first: int, last: int, ident: str, country: str) -> Any:
    points = _years(placements, first, last)
    known = {year: row.tier for year, row in placements.items()}
    title = gettext("TIP Report tiers of %(country)s, report years %(first)s to %(last)s") % {
        "country": country, "first": values.year(first), "last": values.year(last),
    }  # fmt: skip
    drawn = [(year, tier if tier in rules.TIERS else None) for year, tier in points]
    svg = charts.steps(title, _finding(points), drawn, ident=ident, tier_word=gettext("Tier"))
    head = [gettext("Report year"), gettext("Tier"), gettext("Years in a row on the Watch List"), gettext("Source")]
    rows = [
        [
            f"{year} / {year + 543}",
            packs.label("tip_tier", tier, language()) if tier else gettext("Not known here"),
            rules.years_in_a_row(known, year) if tier == "2WL" else "",
            placements[year].source if year in placements else "",
        ]
        for year, tier in points
    ]
    return charts.figure(svg, head, rows, title)


def _named(countries: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each country in the reader's language, in the order of that language; what has no name keeps its own."""
    names = countries_in(language())
    printed = dict(countries)
    found = [(code, name) for code, name in names if code in printed]
    return found + [(code, name) for code, name in countries if code not in dict(found)]


def _series(code: str) -> str:
    name = code.removeprefix(rules.WORLD)
    words = gettext(rules.SERIES[name]) if name in rules.SERIES else name.replace("_", " ")
    return gettext(rules.WORLD_NAME) % {"series": words} if code.startswith(rules.WORLD) else words


def _unit(code: str) -> str:
    known = rules.PUBLISHED_UNITS.get(code)
    return gettext(known) if known else values.currency(code).replace("_", " ")


@allow("policy.view")
def show_tiers(request: HttpRequest) -> HttpResponse:
    """The tiers of one country by report year: all years, and 2015 to 2022."""
    countries = _named(queries.countries(request.user))
    iso3 = request.GET.get("country", "THA")
    iso3 = iso3 if iso3 in dict(countries) else "THA"
    placements = queries.tiers(request.user, iso3)
    country = dict(countries).get(iso3, iso3)
    known = {year: row.tier for year, row in placements.items()}
    figures = []
    if placements:
        last = max(placements)
        figures = [
            _figure(placements, min(placements), last, "tiers-all", country),
            _figure(placements, *SHORT_SPAN, "tiers-short", country),
        ]
    row = rules.years_in_a_row(known, max(known)) if known else 0
    context = {
        "title": _("TIP tiers"), "back_href": reverse("policy:list"), "figures": figures, "country": country,
        "filter_form": CountryForm(request.GET or {"country": "THA"}, countries=countries), "in_a_row": row,
        "empty": {"title": _("No tier is known here"), "text": _("Tiers are entered when the instance is set up.")},
        "lead": _("Tiers have an order and no distance: they are never averaged. A year that is missing is not "
                  "known here; it is never a guess, and it does not mean that the country was not ranked."),
    }  # fmt: skip
    return render(request, "policy/tiers.html", context)


@allow("policy.view")
def list_official(request: HttpRequest) -> HttpResponse:
    """Official figures as printed, one a row: publishers are never merged, averaged or used to fill one another."""
    names = queries.series_names(request.user)
    series = request.GET.get("series", "")
    found = queries.official_figures(request.user, series=series if series in names else "")
    page = Paginator(found, PRINTED_A_PAGE).get_page(request.GET.get("page"))
    choices = sorted(((name, _series(name)) for name in names), key=lambda pair: pair[1])
    context = {
        "title": _("Official figures"), "back_href": reverse("policy:list"), "page": page,
        "filter_form": SeriesForm(request.GET or None, series=choices),
        "lead": _("As they were printed. Each publisher is a series of its own; restatements stand beside the first."),
        "head": [
            {"key": "series", "text": _("Series")}, {"key": "year", "text": _("Year of the data")},
            {"key": "value", "text": _("Figure"), "numeric": True}, {"key": "unit", "text": _("Unit")},
            {"key": "part", "text": _("Of")}, {"key": "status", "text": _("Printing")},
            {"key": "publisher", "text": _("Publisher")}, {"key": "source", "text": _("Source")},
        ],
        "rows": [_official(row) for row in page],
        "count_text": ngettext("%(n)s figure", "%(n)s figures", page.paginator.count)
        % {"n": values.number(page.paginator.count)},
        "empty": {"text": _("Official figures are entered when the instance is set up.")},
    }  # fmt: skip
    return render(request, "web/list.html", context)


def _official(row: Any) -> dict[str, Any]:
    word = "" if row.qualifier == "exact" else gettext(rules.QUALIFIERS[row.qualifier])
    part = row.disaggregation
    return {
        "series": _series(row.series),
        "year": f"{row.data_year} / {row.data_year + 543}" if row.data_year else row.period_text,
        "value": f"{word} {values.number(row.value)}".strip(), "unit": _unit(row.unit),
        "part": gettext("total") if part == "total" else part.replace("=", ": "),
        "status": gettext(rules.FIGURE_STATUSES[row.status]), "publisher": row.publisher,
        "source": [row.report, row.source] if row.report != row.source else row.source,
    }  # fmt: skip
