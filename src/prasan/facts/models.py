"""The ledger of dated, countable facts: no name, no text; a keyed pseudonym tells persons apart."""

from django.db import models


class Fact(models.Model):
    """One countable thing that happened, or a published figure from before the system (span and quantity)."""

    kind = models.CharField(max_length=40)
    on = models.DateField()
    until = models.DateField()
    person = models.CharField(max_length=32, blank=True)
    quantity = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    unit = models.CharField(max_length=14)
    contribution = models.CharField(max_length=10, blank=True)
    indicator = models.CharField(max_length=4, blank=True)
    version = models.CharField(max_length=8, default="1")
    case_id = models.UUIDField(null=True)
    source_kind = models.CharField(max_length=60)
    source_id = models.CharField(max_length=64)
    source = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True)
    sex = models.CharField(max_length=10, blank=True)
    age_group = models.CharField(max_length=8, blank=True)
    citizenship = models.CharField(max_length=10, blank=True)
    form = models.CharField(max_length=40, blank=True)
    mode = models.CharField(max_length=10, blank=True)
    province = models.CharField(max_length=8, blank=True)
    law_article = models.CharField(max_length=30, blank=True)
    body = models.CharField(max_length=40, blank=True)
    route = models.CharField(max_length=24, blank=True)
    category = models.CharField(max_length=40, blank=True)
    is_official = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "source_kind", "source_id"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_fact_a_source_row",
            ),
            models.CheckConstraint(condition=models.Q(until__gte=models.F("on")), name="fact_span_runs_forward"),
        )
        indexes = (
            models.Index(fields=["kind", "on", "person"], name="fact_count"),
            models.Index(fields=["kind", "person", "on"], name="fact_of_person"),
            models.Index(fields=["source_kind", "source_id"], name="fact_of_source"),
        )

    class Sensitivity:
        kind = on = until = quantity = unit = contribution = indicator = version = "case"
        person = case_id = source_kind = source_id = source = published_on = "case"
        sex = age_group = citizenship = form = mode = province = law_article = body = "case"
        route = category = is_official = recorded_at = superseded_at = "case"

    def __str__(self) -> str:
        return f"{self.kind} {self.on:%Y-%m-%d}"


class Tally(models.Model):
    """Counts kept up to date by `facts.add`: a kind's events, sum and distinct persons in one year."""

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=14)
    category = models.CharField(max_length=40, blank=True)
    events = models.BigIntegerField(default=0)
    total = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    persons = models.BigIntegerField(default=0)
    first_persons = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "year", "unit", "category"], name="one_tally"),
        )

    class Sensitivity:
        kind = year = unit = category = events = total = persons = first_persons = "case"

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Reconciliation(models.Model):
    """The ledger compared with the disciplines' own rows: publishing needs one that is fresh and empty."""

    at = models.DateTimeField()
    facts = models.BigIntegerField()
    differences = models.JSONField(default=list)
    journal_count = models.BigIntegerField(default=0)

    class Sensitivity:
        at = facts = differences = journal_count = "case"

    def __str__(self) -> str:
        return f"reconciled {self.at:%Y-%m-%d}"
