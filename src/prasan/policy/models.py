"""Policy work: recommendations and what became of them, TIP tiers, and figures as others published them."""

from django.db import models

from prasan.access.scoping import Record

from .rules import FIGURE_STATUSES, MEASURES, PERIOD_KINDS, QUALIFIERS
from .rules import STATES as MOVES

OPEN = "open"


class Recommendation(Record):
    """What the team asked an authority to do. Repeated in later years it stays one row with those years."""

    STATES = MOVES

    code = models.CharField(max_length=16, unique=True)
    text_en = models.TextField(blank=True)
    text_th = models.TextField(blank=True)
    made_on = models.DateField(db_index=True)
    addressed_to = models.CharField(max_length=160)
    indicia = models.JSONField(default=list)
    contribution = models.CharField(max_length=10)

    class Sensitivity(Record.Sensitivity):
        id = version = made_at = closed_as = closed_reason = replaces = OPEN
        code = text_en = text_th = made_on = addressed_to = indicia = contribution = OPEN
        made_by = "staff"

    def __str__(self) -> str:
        return self.code

    def text(self, lang: str) -> str:
        """The text in a language, or in the one there is."""
        return (self.text_th or self.text_en) if lang.startswith("th") else (self.text_en or self.text_th)


class Measure(Record):
    """What an authority did about a recommendation, on which day, and what shows it."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="measures")
    stage = models.CharField(max_length=10, choices=MEASURES)
    on = models.DateField()
    words = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["recommendation", "on"], name="measures_in_order"),)

    class Sensitivity(Record.Sensitivity):
        id = version = made_at = closed_as = closed_reason = replaces = OPEN
        recommendation = stage = on = words = OPEN
        made_by = "staff"


class TierPlacement(models.Model):
    """Where a country stood in one edition of the TIP Report. No row means "not known here"."""

    iso3 = models.CharField(max_length=3)
    country = models.CharField(max_length=60)
    report_year = models.PositiveSmallIntegerField()
    tier = models.CharField(max_length=8)
    source = models.CharField(max_length=160)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["iso3", "report_year"], name="one_tier_a_report"),)

    class Sensitivity:
        id = iso3 = country = report_year = tier = source = OPEN

    def __str__(self) -> str:
        return f"{self.iso3} {self.report_year}"


class OfficialFigure(Record):
    """One figure as a government or another organisation printed it: a vintage, superseded and never edited."""

    publisher = models.CharField(max_length=80, blank=True)
    report = models.CharField(max_length=160)
    publication_year = models.PositiveSmallIntegerField(null=True)
    released_on = models.DateField(null=True)
    period_kind = models.CharField(max_length=10, choices=PERIOD_KINDS, default="calendar")
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    period_text = models.CharField(max_length=60, blank=True)
    data_year = models.PositiveSmallIntegerField(null=True)
    series = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    definition = models.TextField(blank=True)
    definition_version = models.CharField(max_length=8, default="1")
    disaggregation = models.CharField(max_length=80, default="total")
    value = models.DecimalField(max_digits=18, decimal_places=2)
    qualifier = models.CharField(max_length=14, choices=QUALIFIERS, default="exact")
    status = models.CharField(max_length=10, choices=FIGURE_STATUSES, default="first")
    restates = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=2, blank=True)
    dataset = models.CharField(max_length=60, blank=True)
    checked_by = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["publisher", "report", "publication_year", "data_year", "period_text", "series", "unit",
                        "disaggregation", "definition_version", "source"],
                condition=models.Q(closed_as=""),
                name="one_official_figure",
            ),
        )  # fmt: skip
        indexes = (models.Index(fields=["series", "data_year"], name="official_by_series"),)

    class Sensitivity(Record.Sensitivity):
        id = version = made_at = closed_as = closed_reason = replaces = OPEN
        publisher = report = publication_year = released_on = period_kind = period_from = period_to = OPEN
        period_text = data_year = series = unit = definition = definition_version = disaggregation = OPEN
        value = qualifier = status = restates = source = note = confidence = dataset = OPEN
        made_by = checked_by = "staff"
