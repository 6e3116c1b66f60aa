"""Care as it was given: services, and stays whose place is sealed and never listed."""

from django.db import models

from prasan import vault
from prasan.access.scoping import CaseRecord, scoped
from prasan.people.models import Person
from prasan.vault.models import SealedField

from .rules import ACCESS, LEFT_BECAUSE, SERVICE_KINDS, SERVICE_OUTCOMES, SHELTER_KINDS


class OfCare(CaseRecord):
    """A row of the partition of care about one person, sealed under that person's key."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    partition = "care"

    class Meta:
        abstract = True

    class Sensitivity(CaseRecord.Sensitivity):
        person = "case"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.person_id))


class Service(OfCare):
    """One service: of which kind, when, by whom, and what came of it. What and words are sealed."""

    kind = models.CharField(max_length=40, choices=SERVICE_KINDS)
    on = models.DateField()
    provider = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=14, choices=SERVICE_OUTCOMES)
    what = SealedField()
    words = SealedField()

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "person", "-on"], name="services_of_person"),)

    class Sensitivity(OfCare.Sensitivity):
        kind = on = provider = outcome = "case"
        what = words = "person"


class Stay(OfCare):
    """A shelter stay with the person's consent to it, phone and movement. No open column tells the place."""

    kind = models.CharField(max_length=16, choices=SHELTER_KINDS)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    consent_to_stay = models.BooleanField(null=True)
    consent_on = models.DateField(null=True)
    phone_access = models.CharField(max_length=8, choices=ACCESS)
    free_movement = models.CharField(max_length=8, choices=ACCESS)
    limit_reason = SealedField()
    limit_review_on = models.DateField(null=True)
    because = models.CharField(max_length=10, choices=LEFT_BECAUSE, blank=True)
    place = SealedField()

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "person", "-since_on"], name="stays_of_person"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("since_on")),
                name="stay_runs_forward",
            ),
        )

    class Sensitivity(OfCare.Sensitivity):
        kind = since_on = until_on = consent_to_stay = consent_on = "case"
        phone_access = free_movement = limit_review_on = because = "case"
        limit_reason = "person"
        place = "place_now"
