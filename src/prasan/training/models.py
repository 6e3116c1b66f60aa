"""Training sessions and who attended them as counts by kind of organisation and sex: no names, no personal data."""

from decimal import Decimal

from django.db import models

from prasan.access.scoping import Record

from .rules import SEXES, TOPICS


class Session(Record):
    """One training session: what, when, how long, in which province, who held it."""

    code = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=160)
    topic = models.CharField(max_length=24, choices=TOPICS)
    on = models.DateField(db_index=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    place = models.CharField(max_length=8, blank=True)
    trainer = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")

    class Sensitivity(Record.Sensitivity):
        id = version = made_at = closed_as = closed_reason = replaces = "open"
        code = title = topic = on = hours = place = "open"
        trainer = made_by = "staff"

    def __str__(self) -> str:
        return self.code


class Attendance(Record):
    """How many of one sex came from one organisation to a session. A count, never a list of people."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    agency_kind = models.CharField(max_length=40)
    organisation = models.CharField(max_length=160, blank=True)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, null=True, related_name="+")
    sex = models.CharField(max_length=8, choices=SEXES)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(count__gte=1), name="attendance_counts_somebody"),
        )

    class Sensitivity(Record.Sensitivity):
        id = version = made_at = closed_as = closed_reason = replaces = "open"
        session = agency_kind = organisation = agency = sex = count = "open"
        made_by = "staff"
