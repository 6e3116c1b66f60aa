"""Observables (what can repeat, as keyed tokens only) and sightings (where one was seen, in whose file)."""

from uuid import uuid4

from django.db import models

from prasan.access.scoping import scoped

from .observables import KINDS


class Observable(models.Model):
    """One thing that can repeat. The token compares for equality alone and tells nothing by itself."""

    kind = models.CharField(max_length=10, choices=KINDS)
    token = models.CharField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "token"], name="one_observable"),)

    class Sensitivity:
        id = kind = "case"
        token = "source"

    def __str__(self) -> str:
        return f"observable {self.pk}"


class Sighting(models.Model):
    """An observable was seen in one file: which row of which room tells of it, and whose desk keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    observable = models.ForeignKey(Observable, models.PROTECT, related_name="+")
    desk = models.ForeignKey("access.Desk", models.PROTECT, related_name="+")
    target_kind = models.CharField(max_length=60)
    target_id = models.UUIDField()
    seen_at = models.DateTimeField()

    objects = scoped("lead")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["observable", "target_kind", "target_id"], name="seen_once_a_file"),
        )
        indexes = (models.Index(fields=["target_kind", "target_id"], name="sightings_of_file"),)

    class Sensitivity:
        id = observable = desk = target_kind = target_id = seen_at = "case"

    def __str__(self) -> str:
        return f"sighting {self.pk}"
