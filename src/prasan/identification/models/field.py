"""What a phone in the field sent: sealed when it was finished, opened by a named worker, accepted once."""

from django.db import models

from prasan import vault
from prasan.access.scoping import Record, scoped

from ..rules.field import SUBMISSION_STATUSES


class FieldDevice(Record):
    """A phone that may send: one worker's, for one desk, with a token that can be taken back.

    `digest` is that of the pairing code until the phone has paired, and of the phone's token from then on.
    """

    desk = models.ForeignKey("access.Desk", models.PROTECT, related_name="+")
    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    paired_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = scoped("lead")

    class Meta:
        indexes = (models.Index(fields=["desk", "revoked_at", "label"], name="phones_of_desk"),)

    class Sensitivity(Record.Sensitivity):
        desk = staff = label = paired_at = seen_at = revoked_at = "staff"
        digest = "secret"


class FieldSubmission(Record):
    """One finished form as it came: its id is the phone's own, so that sending twice changes nothing.

    `content` is sealed once more under the row's own key. The act that decides empties it and destroys that key, so
    that an old backup tells nothing either; `digest`, of what was sent, stays: a late second sending is recognised.
    """

    desk = models.ForeignKey("access.Desk", models.PROTECT, related_name="+")
    device = models.ForeignKey(FieldDevice, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    form = models.CharField(max_length=40)
    form_digest = models.CharField(max_length=64)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=8, choices=SUBMISSION_STATUSES, default="waiting")
    decided_by = models.ForeignKey("accounts.Staff", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")

    objects = scoped("lead")

    class Meta:
        indexes = (
            models.Index(fields=["desk", "status", "-received_at"], name="field_of_desk"),
            models.Index(fields=["device", "-received_at"], name="field_of_phone"),
        )

    class Sensitivity(Record.Sensitivity):
        desk = device = received_at = form = form_digest = digest = status = decided_by = decided_at = "case"
        reason = case = "case"
        content = "person"

    def sealed_by(self) -> vault.Owner:
        return vault.Owner("submission", str(self.pk))
