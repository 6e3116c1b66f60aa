"""Sealed attachments of a case, each under its own key, and what stays of suspected abuse of a child."""

from typing import ClassVar

from django.db import models

from prasan import vault
from prasan.access.scoping import CaseRecord, scoped
from prasan.cases.models import Participation
from prasan.cases.rules import PARTITIONS
from prasan.vault.models import SealedField

from .rules import KINDS, REPORTED_TO, SOURCES, STATES, STATUSES


class Item(CaseRecord):
    """A file that was looked at and sealed: known by its code, its own name sealed, handed out as a copy only."""

    STATES: ClassVar = STATES

    code = models.CharField(max_length=12, unique=True)
    about = models.ForeignKey(Participation, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    partition = models.CharField(max_length=14, choices=PARTITIONS)
    received_on = models.DateField()
    from_whom = models.CharField(max_length=24, choices=SOURCES, blank=True)
    checked_no_abuse = models.BooleanField()
    status = models.CharField(max_length=10, choices=STATUSES, default="sealed")
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=64, blank=True)
    sha256 = SealedField()
    name = SealedField()

    objects = scoped("in_case")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(checked_no_abuse=True), name="nothing_sealed_unlooked"),
            models.CheckConstraint(
                condition=~models.Q(status="destroyed")
                | models.Q(address="", size=0, media_type="", sha256=None, name=None),
                name="destroyed_keeps_nothing",
            ),
            models.UniqueConstraint(fields=["address"], condition=~models.Q(address=""), name="one_item_a_file"),
        )
        indexes = (models.Index(fields=["case", "partition", "-made_at"], name="items_of_case"),)

    class Sensitivity(CaseRecord.Sensitivity):
        code = about = kind = partition = received_on = from_whom = "case"
        checked_no_abuse = status = size = media_type = "case"
        address = sha256 = "file"
        name = "person"

    def __str__(self) -> str:
        return self.code

    def sealed_by(self) -> vault.Owner:
        """The key of the person that it is about; the instance's when it is about nobody."""
        return vault.Owner("person", str(self.about.person_id)) if self.about else vault.INSTANCE

    @property
    def file_id(self) -> str:
        """Which file's key opens the bytes."""
        return str(self.pk)


class AbuseRecord(CaseRecord):
    """Suspected abuse of a child: address, time, finder and reference of the report. No bytes, no hash, ever."""

    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    partition = models.CharField(max_length=14, choices=PARTITIONS)
    found_at = models.DateTimeField()
    found_where = SealedField()
    finder = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    reported_to = models.CharField(max_length=12, choices=REPORTED_TO)
    report_ref = models.CharField(max_length=80, blank=True)

    objects = scoped("in_case")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item"], name="one_record_a_destroyed_item"),)
        indexes = (models.Index(fields=["case", "-made_at"], name="abuse_of_case"),)

    class Sensitivity(CaseRecord.Sensitivity):
        item = partition = found_at = finder = reported_to = report_ref = "case"
        found_where = "source"

    def sealed_by(self) -> vault.Owner:
        return vault.INSTANCE
