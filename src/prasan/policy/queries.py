"""What a viewer sees of policy: recommendations with their stage, tiers by year, official figures by series."""

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from prasan.access.check import check

from .models import Measure, OfficialFigure, Recommendation, TierPlacement

PAGE = 25


def measures_in_force(recommendation: Recommendation) -> list[Measure]:
    """The measures of a recommendation in their order, without those taken out."""
    return list(recommendation.measures.filter(closed_as="").order_by("on", "made_at"))


def recommendations(viewer: Any, **filters: Any) -> models.QuerySet[Recommendation]:
    """Recommendations in force, newest first, each with its `stage` and the day of it; filter by stage, indicium."""
    check(viewer, "policy.view")
    last = Measure.objects.filter(recommendation=models.OuterRef("pk"), closed_as="").order_by("-on", "-made_at")
    rows = Recommendation.objects.filter(closed_as="").annotate(
        stage=Coalesce(models.Subquery(last.values("stage")[:1]), models.Value("made")),
        stage_on=Coalesce(models.Subquery(last.values("on")[:1]), models.F("made_on")),
    )
    if filters.get("stage"):
        rows = rows.filter(stage=filters["stage"])
    if filters.get("indicium"):
        rows = rows.filter(indicia__icontains=f'"{filters["indicium"]}"')
    return rows.order_by("-made_on", "code")


def recommendation_by_code(viewer: Any, code: str) -> Recommendation | None:
    """One recommendation, in force or not."""
    check(viewer, "policy.view")
    return Recommendation.objects.select_related("replaces").filter(code=code).first()


def measure_by_id(viewer: Any, recommendation: Recommendation, id: Any) -> Measure | None:
    """One measure in force of a recommendation."""
    check(viewer, "policy.view")
    return recommendation.measures.filter(pk=id, closed_as="").first()


def stage_of(recommendation: Recommendation) -> str:
    """Where a recommendation stands: the last measure, or that it was made."""
    found = measures_in_force(recommendation)
    return found[-1].stage if found else "made"


def tiers(viewer: Any, iso3: str = "THA") -> dict[int, TierPlacement]:
    """The placements of one country by report year; a year that is missing is not known here."""
    check(viewer, "policy.view")
    rows = TierPlacement.objects.filter(iso3=iso3).order_by("report_year")
    return {row.report_year: row for row in rows}


def countries(viewer: Any) -> list[tuple[str, str]]:
    """The countries with any placement, as the report spells them, by code."""
    check(viewer, "policy.view")
    return list(TierPlacement.objects.values_list("iso3", "country").distinct().order_by("country"))


def official_figures(viewer: Any, **filters: Any) -> models.QuerySet[OfficialFigure]:
    """Official figures as they were printed, by series and year; filter by series, publisher, data year."""
    check(viewer, "policy.view")
    rows = OfficialFigure.objects.filter(closed_as="")
    for name in ("series", "publisher", "data_year", "dataset"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    return rows.order_by("series", "-data_year", "publisher", "-publication_year", "disaggregation")


def series_names(viewer: Any) -> list[str]:
    """The codes of all series that are here."""
    check(viewer, "policy.view")
    rows = OfficialFigure.objects.filter(closed_as="").values_list("series", flat=True)
    return list(rows.distinct().order_by("series"))
