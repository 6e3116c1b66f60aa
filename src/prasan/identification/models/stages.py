"""Two stages, two tables: a screening asks for signs; a decision is the team's, and counts when two concur."""

from django.db import models

from prasan import vault
from prasan.access.scoping import CaseRecord, scoped
from prasan.cases.models import Participation
from prasan.people.models import Person
from prasan.vault.models import SealedField

from ..rules import BODIES, LAW_BASES, OUTCOMES, PLACES, STATUSES
from ..rules.protection import AGE_RESULTS, ASKERS, REVIEW_KINDS, REVIEW_OUTCOMES, REVIEW_STATUSES


class FormVersion(models.Model):
    """A form exactly as it was asked, kept for ever: an old answer is always read with its own questions."""

    code = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    pack_version = models.CharField(max_length=16)
    content = models.JSONField()
    first_used_at = models.DateTimeField()

    class Sensitivity:
        id = code = digest = pack_version = content = first_used_at = "open"

    def __str__(self) -> str:
        return f"{self.code} {self.digest[:8]}"


class Screening(CaseRecord):
    """Stage 1, คัดกรอง: are there signs? Questions answered, indicators met, what is needed at once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    on = models.DateField()
    discipline = models.CharField(max_length=20)
    body = models.CharField(max_length=40, choices=BODIES)
    situation = models.CharField(max_length=20)
    place = models.CharField(max_length=16, choices=PLACES)
    answers = models.JSONField(default=dict)
    indicators = models.JSONField(default=list)
    child_at_time = models.BooleanField(null=True)
    language = models.CharField(max_length=10, blank=True)
    interpreter = models.BooleanField(default=False)
    needs = models.JSONField(default=list)
    enters_nrm = models.BooleanField()
    pack_version = models.CharField(max_length=16)
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+")
    words = SealedField()
    asked_again = models.JSONField(default=dict)

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "person", "-on"], name="screenings_of_person"),)

    class Sensitivity(CaseRecord.Sensitivity):
        person = participation = on = discipline = body = situation = place = "case"
        answers = indicators = child_at_time = language = interpreter = "case"
        needs = enters_nrm = pack_version = form = asked_again = "case"
        words = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.person_id))


class Decision(CaseRecord):
    """Stage 2, คัดแยก: presumed, identified, not identified or undetermined, with reasons under the person's key."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16, choices=OUTCOMES)
    law_basis = models.CharField(max_length=4, choices=LAW_BASES, blank=True)
    forms = models.JSONField(default=list)
    on = models.DateField()
    reasons = SealedField()
    proposed_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    discipline = models.CharField(max_length=20)
    body = models.CharField(max_length=40, choices=BODIES)
    status = models.CharField(max_length=10, choices=STATUSES, default="proposed")
    decided_on = models.DateField(null=True)
    returned_because = SealedField()

    objects = scoped("in_case")

    class Meta:
        indexes = (
            models.Index(fields=["case", "person", "-on"], name="decisions_of_person"),
            models.Index(fields=["status", "on"], name="decisions_by_status"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=models.Q(status="proposed", closed_as=""),
                name="one_open_proposal_a_person",
            ),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        person = outcome = law_basis = forms = on = proposed_by = "case"
        discipline = body = status = decided_on = "case"
        reasons = returned_because = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.person_id))

    @property
    def stands(self) -> bool:
        """Two disciplines concurred and nothing corrected it since."""
        return self.in_force and self.status == "decided"


class Concurrence(CaseRecord):
    """One member of the team, in one discipline, concurs with a decision; the proposer is the first."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    discipline = models.CharField(max_length=20)
    on = models.DateField()

    objects = scoped("in_case")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["decision", "staff"], condition=models.Q(closed_as=""), name="concurs_once"
            ),
        )

    class Sensitivity(CaseRecord.Sensitivity):
        decision = staff = discipline = on = "case"


class Review(CaseRecord):
    """A decision looked at again: a review, an appeal, or new facts. Whoever is decided about may ask."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=REVIEW_KINDS)
    asked_by = models.CharField(max_length=12, choices=ASKERS)
    discipline = models.CharField(max_length=20)
    on = models.DateField()
    grounds = SealedField()
    status = models.CharField(max_length=8, choices=REVIEW_STATUSES, default="open")
    outcome = models.CharField(max_length=10, choices=REVIEW_OUTCOMES, blank=True)
    answered_on = models.DateField(null=True)
    body = models.CharField(max_length=40, choices=BODIES, blank=True)
    answer = SealedField()

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["status", "on"], name="reviews_by_status"),)

    class Sensitivity(CaseRecord.Sensitivity):
        decision = person = kind = asked_by = discipline = on = status = outcome = answered_on = body = "case"
        grounds = answer = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.person_id))


class AgeAssessment(CaseRecord):
    """How an age in dispute was decided. Until it is, the person is treated as a child."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    result = models.CharField(max_length=12, choices=AGE_RESULTS)
    low = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    methods = models.JSONField(default=list)
    body = models.CharField(max_length=40, choices=BODIES)
    reasons = SealedField()

    objects = scoped("in_case")

    class Meta:
        indexes = (models.Index(fields=["case", "person", "-on"], name="ages_of_person"),)

    class Sensitivity(CaseRecord.Sensitivity):
        person = on = result = low = high = methods = body = "case"
        reasons = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("person", str(self.person_id))
