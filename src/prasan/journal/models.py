"""The journal's lines, sealed revisions and signed checkpoints. Append-only: triggers refuse the rest."""

from django.db import models


class Line(models.Model):
    """One act, opening, refusal or denial. `body` is the canonical JSON that the chain covers."""

    n = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)
    body = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    act = models.CharField(max_length=80)
    target = models.CharField(max_length=90, blank=True)
    case_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=8)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=["case_id", "n"], name="journal_of_case"),
            models.Index(fields=["by", "act", "at"], name="journal_of_person_acting"),
            models.Index(fields=["target", "n"], name="journal_of_target"),
        )

    class Sensitivity:
        n = hash = body = at = by = act = target = case_id = outcome = opened = "case"

    def __str__(self) -> str:
        return f"line {self.n}"


class Revision(models.Model):
    """Old and new values of a change, or the words of a reason: sealed, its hash in the line."""

    line = models.OneToOneField(Line, models.PROTECT, primary_key=True, related_name="revision")
    owner_kind = models.CharField(max_length=16)
    owner_id = models.CharField(max_length=40, blank=True)
    blob = models.BinaryField()

    class Sensitivity:
        line = owner_kind = owner_id = "case"
        blob = "person"

    def __str__(self) -> str:
        return f"revision of line {self.line_id}"


class Head(models.Model):
    """Where the chain ends: count and hash under a keyed seal, so that a cut tail is noticed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    seal = models.CharField(max_length=32, blank=True)

    class Sensitivity:
        id = count = hash = seal = "case"

    def __str__(self) -> str:
        return f"head at {self.count}"


class Checkpoint(models.Model):
    """A day's closed segment, signed with the journal key; what partners keep."""

    count = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    software = models.CharField(max_length=40)
    signature = models.BinaryField()

    class Sensitivity:
        count = hash = at = software = signature = "case"

    def __str__(self) -> str:
        return f"checkpoint at {self.count}"

    @property
    def text(self) -> str:
        """The signed text: one line that can be mailed, printed or put into a QR code."""
        return f"prasan-checkpoint {self.count} {self.hash} {self.at.isoformat()} {self.software}\n"
