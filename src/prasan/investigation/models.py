"""The investigation of a case, its operations, who was brought out of harm, and which arrests belong to which."""

from typing import ClassVar

from django.db import models

from prasan import vault
from prasan.access.scoping import CaseRecord, scoped
from prasan.cases.models import CustodyStep, Participation
from prasan.cases.rules import CONTRIBUTIONS
from prasan.people.models import Person
from prasan.vault.models import SealedField

from .rules import PLACES, STATES, STATUSES


class Investigation(CaseRecord):
    """The investigation of a case: one, with its first and its last day."""

    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    objects = scoped("in_case")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case"], condition=models.Q(closed_as=""), name="one_investigation_a_case"),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
                name="investigation_runs_forward",
            ),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        opened_on = closed_on = "case"


class Operation(CaseRecord):
    """Something planned with the authorities: a raid, a check, a rescue. Read by the investigation alone."""

    STATES: ClassVar = STATES
    partition = "investigation"

    code = models.CharField(max_length=12, unique=True)
    status = models.CharField(max_length=10, choices=STATUSES, default="planned")
    planned_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    place_kind = models.CharField(max_length=16, choices=PLACES)
    province = models.CharField(max_length=8, blank=True)
    lead_body = models.CharField(max_length=40)
    contribution = models.CharField(max_length=10, choices=CONTRIBUTIONS, blank=True)
    risk_checked = models.BooleanField(default=False)
    risk_words = SealedField()

    objects = scoped("in_case")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(status="done") | models.Q(done_at__isnull=False) & ~models.Q(contribution=""),
                name="done_says_when_and_how",
            ),
        )
        indexes = (models.Index(fields=["status", "planned_on"], name="operations_by_day"),)

    class Sensitivity(CaseRecord.Sensitivity):
        code = status = planned_on = done_at = place_kind = province = "case"
        lead_body = contribution = risk_checked = "case"
        risk_words = "source"

    def __str__(self) -> str:
        return self.code

    def sealed_by(self) -> vault.Owner:
        return vault.INSTANCE


class Removal(CaseRecord):
    """A survivor left the exploitative situation with the team's support: once a person and case."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    operation = models.ForeignKey(Operation, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    contribution = models.CharField(max_length=10, choices=CONTRIBUTIONS)

    objects = scoped("in_case")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "person"], condition=models.Q(closed_as=""), name="one_removal_a_person"
            ),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        participation = person = operation = on = contribution = "case"


class OperationArrest(CaseRecord):
    """This arrest was made in this operation; both are of the same case."""

    partition = "investigation"

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="+")
    custody_step = models.ForeignKey(CustodyStep, models.PROTECT, related_name="+")

    objects = scoped("in_case")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["custody_step"], condition=models.Q(closed_as=""), name="one_operation_an_arrest"
            ),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        operation = custody_step = "case"
