"""The texts that search reads: one table behind the wall of the cases, one behind that of the intake desks."""

from django.db import models

from prasan.access.scoping import scoped


class Document(models.Model):
    """The searchable text of one row: only of fields whose class allows it, never of a sealed one."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    target_id = models.UUIDField()
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        abstract = True

    class Sensitivity:
        id = kind = target_id = version = made_at = text = "case"

    def __str__(self) -> str:
        return f"document {self.pk}"


class CaseDocument(Document):
    """A text of a case, in one of its partitions."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    partition = models.CharField(max_length=14, default="shared")

    objects = scoped("in_case")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "target_id"], name="one_case_document"),)
        indexes = (models.Index(fields=["case", "-made_at"], name="documents_of_case"),)

    class Sensitivity(Document.Sensitivity):
        case = partition = "case"


class DeskDocument(Document):
    """A text of an intake desk."""

    desk = models.ForeignKey("access.Desk", models.PROTECT, related_name="+")

    objects = scoped("lead")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "target_id"], name="one_desk_document"),)
        indexes = (models.Index(fields=["desk", "-made_at"], name="documents_of_desk"),)

    class Sensitivity(Document.Sensitivity):
        desk = "case"


class Progress(models.Model):
    """Up to which line of the journal the documents of cases follow their rows."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    line = models.BigIntegerField(default=0)

    class Sensitivity:
        id = line = "case"

    def __str__(self) -> str:
        return f"indexed to line {self.line}"
