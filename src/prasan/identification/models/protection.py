"""What protects a person around the two stages: protection, reflection, welfare, rights told, and refusal."""

from django.db import models

from prasan import vault
from prasan.access.scoping import CaseRecord, Record, scoped
from prasan.people.models import Person
from prasan.vault.models import SealedField

from ..rules import PLACES
from ..rules.early_ends import EARLY_ENDINGS, END_STATUSES
from ..rules.protection import (
    ENDINGS,
    PROTECTION_PLACES,
    REFUSED,
    SEXES,
    UNDERSTANDINGS,
    WELLBEING,
)
from .stages import Screening


class Protection(CaseRecord):
    """Temporary protection by s.29 of the Anti-Trafficking Act: 24 hours, then the court's days, never in a cell."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    body = models.CharField(max_length=40)
    place = models.CharField(max_length=16, choices=PROTECTION_PLACES)
    stays = models.BooleanField(null=True)
    stay_consent_on = models.DateField(null=True)
    granted_at = models.DateTimeField(null=True)
    granted_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=12, choices=ENDINGS, blank=True)

    objects = scoped("in_case")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=models.Q(ended_at__isnull=True, closed_as=""),
                name="one_protection_at_a_time",
            ),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        person = at = body = place = stays = stay_consent_on = granted_at = granted_until = "case"
        ended_at = ended_as = "case"


class Reflection(CaseRecord):
    """The recovery and reflection period: no interview, no invitation to one, until it has run or the person wishes."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    screening = models.ForeignKey(Screening, models.PROTECT, null=True, related_name="+")
    entered_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_as = models.CharField(max_length=12, choices=ENDINGS, blank=True)

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "person", "-entered_on"], name="reflections_of_person"),)
        constraints = (
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=models.Q(ended_on__isnull=True, closed_as=""),
                name="one_reflection_at_a_time",
            ),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        person = screening = entered_on = ended_on = ended_as = "case"


class EarlyEnd(CaseRecord):
    """An end before the time, told by one member: the period runs on until the witness, signed in, confirms it."""

    reflection = models.ForeignKey(Reflection, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=EARLY_ENDINGS)
    on = models.DateField()
    wish = SealedField()
    language = models.CharField(max_length=10, blank=True)
    interpreter = models.BooleanField(default=False)
    witness = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=END_STATUSES, default="proposed")
    answered_on = models.DateField(null=True)

    objects = scoped("in_case")

    class Meta:
        indexes = (
            models.Index(fields=["reflection", "-made_at"], name="early_ends_of_reflection"),
            models.Index(fields=["witness", "status"], name="early_ends_to_answer"),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        reflection = person = how = on = language = interpreter = witness = status = answered_on = "case"
        wish = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.person_id))


class WelfareCheck(CaseRecord):
    """One day's look at how the person is during reflection; it asks nothing about what happened."""

    reflection = models.ForeignKey(Reflection, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    wellbeing = models.CharField(max_length=8, choices=WELLBEING)
    needs = models.JSONField(default=list)
    words = SealedField()

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["reflection", "-on"], name="welfare_of_reflection"),)

    class Sensitivity(CaseRecord.Sensitivity):
        reflection = person = on = wellbeing = needs = "case"
        words = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.person_id))


class RightsNotice(CaseRecord):
    """One right told: when, by whom, in which language, how it was understood, whether the paper was handed over."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    right = models.CharField(max_length=30)
    on = models.DateField()
    body = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    interpreter = models.BooleanField(default=False)
    understood = models.CharField(max_length=16, choices=UNDERSTANDINGS)
    handed_over = models.BooleanField(default=False)
    pack_version = models.CharField(max_length=16)

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "person", "right"], name="rights_told"),)

    class Sensitivity(CaseRecord.Sensitivity):
        person = right = on = body = language = interpreter = understood = handed_over = pack_version = "case"


class Refusal(Record):
    """An adult said no: a count without a name, a code or a case. Only what cannot lead back to anybody."""

    on = models.DateField()
    province = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=16, choices=PLACES)
    situation = models.CharField(max_length=20, blank=True)
    sex = models.CharField(max_length=8, choices=SEXES)
    language = models.CharField(max_length=10, blank=True)
    refused = models.CharField(max_length=12, choices=REFUSED)
    card_given = models.BooleanField(default=False)

    objects = models.Manager()

    class Meta:
        indexes = (models.Index(fields=["on", "province"], name="refusals_by_day"),)

    class Sensitivity(Record.Sensitivity):
        on = province = place = situation = sex = language = refused = card_given = "open"
        made_by = "staff"
