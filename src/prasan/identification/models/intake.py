"""Many people at once: an event, its people by number, who screens whom, and how far the work has come."""

from django.db import models

from prasan import vault
from prasan.access.scoping import Record, scoped
from prasan.vault.models import SealedField

from ..rules import BODIES, PLACES
from ..rules.intake import GROUPS, INTAKE_STATUSES, PERSON_STATUSES
from ..rules.protection import SEXES
from .stages import FormVersion


class Intake(Record):
    """A raid, a return over the border, a centre: one event of a desk at which many people are met."""

    code = models.CharField(max_length=12, unique=True)
    desk = models.ForeignKey("access.Desk", models.PROTECT, related_name="+")
    on = models.DateField()
    place = models.CharField(max_length=16, choices=PLACES)
    province = models.CharField(max_length=8, blank=True)
    situation = models.CharField(max_length=20)
    expected = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=8, choices=INTAKE_STATUSES, default="open")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")

    objects = scoped("lead")

    class Meta:
        indexes = (models.Index(fields=["desk", "status", "-on"], name="intakes_of_desk"),)

    class Sensitivity(Record.Sensitivity):
        code = desk = on = place = province = situation = expected = status = case = "case"

    def __str__(self) -> str:
        return self.code


class IntakePerson(Record):
    """One person of an intake, by a running number; the name lies sealed under a key of its own.

    `by_hand`: somebody chose the group, so the rule leaves it. `token`: a keyed print of the line of the workbook
    that the person came with, by which the same line is known again. `was_child`: the age was once below 18, or not
    known as a number; it never turns back, and what destroys such a row needs a second member: another than
    `corrected_by`, who changed the age last, and than `asked_by`, who asked that the row be entered in error.
    """

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    name = SealedField()
    sex = models.CharField(max_length=8, choices=SEXES, blank=True)
    age = models.PositiveSmallIntegerField(null=True)
    is_child = models.BooleanField(null=True)
    was_child = models.BooleanField(default=True)
    corrected_by = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    nationality = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=10, blank=True)
    group = models.CharField(max_length=8, choices=GROUPS, default="normal")
    by_hand = models.BooleanField(default=False)
    urgent = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=PERSON_STATUSES, default="waiting")
    screener = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField(default=dict)
    words = SealedField()
    indicators = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    screened_on = models.DateField(null=True)
    screened_at = models.DateTimeField(null=True)
    body = models.CharField(max_length=40, choices=BODIES, blank=True)
    child_at_time = models.BooleanField(null=True)
    enters_nrm = models.BooleanField(null=True)
    interpreter = models.BooleanField(default=False)
    token = models.CharField(max_length=32, blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")

    objects = scoped("of_intake")

    class Meta:
        indexes = (
            models.Index(fields=["intake", "status", "group", "number"], name="people_of_intake"),
            models.Index(fields=["screener", "status"], name="people_of_screener"),
        )
        constraints = (models.UniqueConstraint(fields=["intake", "number"], name="one_number_an_intake"),)

    class Sensitivity(Record.Sensitivity):
        intake = number = sex = age = is_child = nationality = language = group = by_hand = urgent = status = "case"
        screener = claimed_at = form = answers = indicators = needs = screened_on = enters_nrm = "case"
        screened_at = body = child_at_time = interpreter = case = was_child = corrected_by = asked_by = "case"
        name = words = token = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("intake", str(self.pk))
