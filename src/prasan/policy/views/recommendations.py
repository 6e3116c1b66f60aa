"""The pages of recommendations: the list, one of them with its measures, entry and correction."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import may
from prasan.access.pages import act_page
from prasan.web import values
from prasan.web.clock import now, today
from prasan.web.values import language

from .. import actions, queries, rules
from ..forms import ErrorForm, FilterForm, MeasureForm, RecommendationForm

COLOURS = {"made": "grey", "accepted": "blue", "in_force": "green", "rejected": "red", "repeated": "yellow"}


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _recommendation(request: HttpRequest, code: str) -> Any:
    found = queries.recommendation_by_code(request.user, code)
    if found is None:
        raise Http404
    return found


def _tag(stage: str) -> dict[str, str]:
    return {"tag": gettext(rules.STAGES[stage]), "colour": COLOURS[stage]}


@allow("policy.view")
def list_recommendations(request: HttpRequest) -> HttpResponse:
    """All recommendations, newest first, and the ways to tiers and official figures."""
    stage, indicium = request.GET.get("stage", ""), request.GET.get("indicium", "")
    found = queries.recommendations(
        request.user, stage=stage if stage in rules.STAGES else "",
        indicium=indicium if indicium in packs.codes("tip_indicium") else "",
    )  # fmt: skip
    page = Paginator(found, queries.PAGE).get_page(request.GET.get("page"))
    ways = [
        {"text": _("TIP tiers"), "href": reverse("policy:tiers"), "kind": "secondary"},
        {"text": _("Official figures"), "href": reverse("policy:official-figures"), "kind": "secondary"},
    ]
    if may(request.user, "policy.record_recommendation"):
        new = {"text": _("Record a recommendation"), "href": reverse("policy:record-recommendation")}
        ways = [new, *ways]
    context = {
        "title": _("Policy"), "actions": ways, "page": page, "filter_form": FilterForm(request.GET or None),
        "lead": _("What was asked of whom, and what became of it: our contribution, not our doing alone."),
        "head": [
            {"key": "text", "text": _("Recommendation")}, {"key": "code", "text": _("Code")},
            {"key": "to", "text": _("Made to")}, {"key": "made_on", "text": _("Made on")},
            {"key": "stage", "text": _("Stage")},
        ],
        "rows": [
            {"text": shortened(row.text(language())), "code": row.code, "to": row.addressed_to,
             "made_on": row.made_on, "stage": _tag(row.stage),
             "href": reverse("policy:recommendation", args=[row.code])}
            for row in page
        ],
        "count_text": ngettext("%(n)s recommendation", "%(n)s recommendations", page.paginator.count)
        % {"n": values.number(page.paginator.count)},
        "empty": {"text": _("Recommendations and what became of them appear here.")},
    }  # fmt: skip
    return render(request, "web/list.html", context)


def shortened(text: str, most: int = 110) -> str:
    """The beginning of a text for a list, cut at a space where there is one."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


@allow("policy.view")
def show_recommendation(request: HttpRequest, code: str) -> HttpResponse:
    """One recommendation: its words, its tags, what became of it."""
    row = _recommendation(request, code)
    measures = queries.measures_in_force(row)
    stage = measures[-1].stage if measures else "made"
    corrects = row.in_force and may(request.user, "policy.correct")
    ways = []
    if row.in_force and rules.STATES[stage] and may(request.user, "policy.record_measure"):
        ways.append({"text": _("Record what became of it"), "href": reverse("policy:record-measure", args=[code])})
    if corrects:
        ways += [
            {"text": _("Correct"), "href": reverse("policy:correct-recommendation", args=[code]), "kind": "secondary"},
            {"text": _("Entered in error"), "href": reverse("policy:recommendation-in-error", args=[code]),
             "kind": "secondary"},
        ]  # fmt: skip
    details = [
        {"label": _("Code"), "value": row.code},
        {"label": _("In Thai"), "value": row.text_th},
        {"label": _("In English"), "value": row.text_en},
        {"label": _("Made to"), "value": row.addressed_to},
        {"label": _("Made on"), "value": row.made_on},
        {"label": _("Stage"), "value": _tag(stage)},
        {"label": _("Indicia"), "value": [packs.label("tip_indicium", c, language()) for c in row.indicia]},
        {"label": _("Our contribution"), "value": gettext(rules.CONTRIBUTIONS[row.contribution])},
    ]
    entries = [
        {"title": gettext(rules.STAGES[m.stage]), "on": m.on, "text": m.words,
         "href": reverse("policy:measure-in-error", args=[code, m.pk]) if corrects else ""}
        for m in reversed(measures)
    ]  # fmt: skip
    entries.append({"title": gettext(rules.STAGES["made"]), "on": row.made_on, "text": ""})
    context = {
        "title": _("Recommendation %(code)s") % {"code": row.code}, "actions": ways,
        "back_href": reverse("policy:list"),
        "lead": "" if row.in_force else _("This entry counts no more: it was corrected or taken out."),
        "sections": [{"rows": details}, {"title": _("What became of it"), "timeline": entries}],
    }  # fmt: skip
    return render(request, "web/detail.html", context)


@allow("policy.record_recommendation")
def record_recommendation(request: HttpRequest) -> HttpResponse:
    """Enter a recommendation."""
    return act_page(
        request, RecommendationForm,
        lambda told: actions.record_recommendation(by=request.user, at=now(), today=today(), **told),
        act="policy.record_recommendation", title=_("Record a recommendation"), back_href=reverse("policy:list"),
        done=lambda r: reverse("policy:recommendation", args=[r.code]),
    )  # fmt: skip


@allow("policy.correct")
def correct_recommendation(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a recommendation again; the new entry takes the place of the old one, with its measures."""
    row = _recommendation(request, code)
    if not row.in_force:
        raise Http404
    names = ("text_th", "text_en", "made_on", "addressed_to", "indicia", "contribution")
    return act_page(
        request, RecommendationForm,
        lambda told: actions.record_recommendation(by=request.user, at=now(), today=today(), replaces=row,
                                                   version=_version(request), **told),
        act="policy.correct", title=_("Correct a recommendation"), version=row.version,
        initial={name: getattr(row, name) for name in names},
        back_href=reverse("policy:recommendation", args=[code]),
        done=lambda r: reverse("policy:recommendation", args=[r.code]),
    )  # fmt: skip


@allow("policy.record_measure")
def record_measure(request: HttpRequest, code: str) -> HttpResponse:
    """Enter what became of a recommendation."""
    row = _recommendation(request, code)
    here = reverse("policy:recommendation", args=[code])
    return act_page(
        request, MeasureForm,
        lambda told: actions.record_measure(by=request.user, recommendation=row, at=now(), today=today(), **told),
        act="policy.record_measure", title=_("What became of %(code)s") % {"code": code}, done=here,
        back_href=here, lead=shortened(row.text(language())), form_options={"stage_now": queries.stage_of(row)},
    )  # fmt: skip


def _error_page(request: HttpRequest, row: Any, code: str, done: str, lead: Any) -> HttpResponse:
    return act_page(
        request, ErrorForm,
        lambda told: actions.enter_in_error(by=request.user, row=row, version=_version(request), at=now(),
                                            today=today(), **told),
        act="policy.correct", title=_("Entered in error"), version=row.version, danger=True, done=done, lead=lead,
        back_href=reverse("policy:recommendation", args=[code]),
    )  # fmt: skip


@allow("policy.correct")
def recommendation_in_error(request: HttpRequest, code: str) -> HttpResponse:
    """Take a recommendation out of the count, with its measures."""
    lead = _("The recommendation and its measures leave every figure. Nothing is deleted.")
    return _error_page(request, _recommendation(request, code), code, reverse("policy:list"), lead)


@allow("policy.correct")
def measure_in_error(request: HttpRequest, code: str, measure_id: Any) -> HttpResponse:
    """Take one measure out of the count."""
    measure = queries.measure_by_id(request.user, _recommendation(request, code), measure_id)
    if measure is None:
        raise Http404
    done = reverse("policy:recommendation", args=[code])
    return _error_page(request, measure, code, done, _("Only this measure leaves the figures. Nothing is deleted."))
