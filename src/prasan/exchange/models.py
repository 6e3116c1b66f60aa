"""What was imported, by keyed digests, so that no row is written twice; and workbooks waiting for their yes."""

from django.db import models

from .rules import STATUSES


class ImportedRow(models.Model):
    """One row of a workbook that was written: the digest of its reference, of its content, and its record.

    The reference is the team's own and independent of the file; both digests are keyed, so that the table
    tells nothing of a name that stood in a cell.
    """

    sheet = models.CharField(max_length=12)
    key = models.CharField(max_length=32)
    digest = models.CharField(max_length=32)
    target_kind = models.CharField(max_length=40)
    target_id = models.UUIDField()
    target_version = models.PositiveIntegerField(default=1)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sheet", "key"], name="one_row_a_reference"),)

    class Sensitivity:
        id = sheet = key = digest = target_kind = target_id = target_version = "case"
        imported_at = "case"
        imported_by = "staff"

    def __str__(self) -> str:
        return f"imported row {self.pk}"


class Upload(models.Model):
    """A workbook that a coordinator handed in by the browser: sealed, their own, gone after a day."""

    id = models.UUIDField(primary_key=True)
    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    report = models.BinaryField(null=True)
    size = models.PositiveIntegerField()
    status = models.CharField(max_length=8, choices=STATUSES, default="waiting")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    accept_good = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()

    class Sensitivity:
        id = size = status = done = total = accept_good = made_at = expires_at = changed_at = "case"
        staff = "staff"
        sealed = report = "secret"

    def __str__(self) -> str:
        return f"upload {self.pk}"
