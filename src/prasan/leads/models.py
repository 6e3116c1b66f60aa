"""What reached a desk: leads with their source and identifiers under a key of their own, and what became of them."""

from django.db import models

from prasan import vault
from prasan.access.scoping import Record, scoped
from prasan.cases.rules import MODES
from prasan.linkage.observables import KINDS
from prasan.vault.models import SealedField

from .rules import CLOSE_REASONS, STATUSES, STEPS, URGENCIES


class Lead(Record):
    """A report of possible trafficking. Its text is for the desk; who gave it is opened, never listed."""

    code = models.CharField(max_length=12, unique=True)
    desk = models.ForeignKey("access.Desk", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=30)
    received_on = models.DateField()
    province = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=200, blank=True)
    forms = models.JSONField(default=list)
    mode = models.CharField(max_length=10, choices=MODES, default="unknown")
    urgency = models.CharField(max_length=10, choices=URGENCIES)
    text = models.TextField()
    source = SealedField()
    status = models.CharField(max_length=10, choices=STATUSES, default="new")
    owner = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    referred_to = models.ForeignKey("accounts.Agency", models.PROTECT, null=True, related_name="+")
    close_reason = models.CharField(max_length=20, choices=CLOSE_REASONS, blank=True)
    outcome_words = models.CharField(max_length=400, blank=True)

    objects = scoped("lead")

    class Meta:
        indexes = (
            models.Index(fields=["desk", "status", "-received_on"], name="leads_of_desk"),
            models.Index(fields=["owner", "status"], name="leads_of_owner"),
        )

    class Sensitivity(Record.Sensitivity):
        code = desk = channel = received_on = province = place = forms = mode = urgency = text = "case"
        status = owner = case = merged_into = referred_to = close_reason = outcome_words = "case"
        source = "source"

    def __str__(self) -> str:
        return self.code

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("lead", str(self.pk))


class LeadIdentifier(Record):
    """A phone, link or account that a lead names: sealed under the lead's key, compared by its token only."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    value = SealedField()
    token = models.CharField(max_length=32, db_index=True)

    objects = scoped("of_lead")

    class Sensitivity(Record.Sensitivity):
        lead = kind = "case"
        value = token = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("lead", str(self.lead_id))


class LeadStep(Record):
    """A line of what happened to a lead: written by the act that made it, codes only."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=STEPS)
    params = models.JSONField(default=dict)

    objects = scoped("of_lead")

    class Meta:
        indexes = (models.Index(fields=["lead", "-made_at"], name="steps_of_lead"),)

    class Sensitivity(Record.Sensitivity):
        lead = kind = params = "case"


class AbuseNotice(Record):
    """Somebody may have seen abuse of a child: where, when, who; never a file, a copy, a hash or a match.

    What was told lies under a key of the notice alone, so that it can be destroyed by itself.
    """

    desk = models.ForeignKey("access.Desk", models.PROTECT, related_name="+")
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField()
    danger = models.BooleanField(default=False)
    told = SealedField()
    reported_to = models.JSONField(default=list)
    reported_at = models.DateTimeField(null=True)
    reference = SealedField()

    objects = scoped("lead")

    class Sensitivity(Record.Sensitivity):
        desk = lead = seen_at = danger = reported_to = reported_at = "case"
        told = reference = "source"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("lead", str(self.pk))
