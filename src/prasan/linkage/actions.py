"""Writes and removes sightings as part of a room's act, which has checked its own right and writes the line."""

from datetime import datetime
from typing import Any

from django.db import transaction

from prasan import vault
from prasan.access.system import system_read

from .models import Observable, Sighting
from .observables import Observed


@transaction.atomic
def see(observed: Observed, *, target: Any, desk: Any, at: datetime) -> Sighting:
    """An observable stands in this file; the value itself is kept, sealed, by the room."""
    token = vault.token(f"observable-{observed.kind}", observed.normal)
    observable, _made = Observable.objects.get_or_create(kind=observed.kind, token=token)
    kind, pk = target._meta.label_lower, target.pk
    with system_read("duplicates", line=False):
        earlier = Sighting.objects.filter(observable=observable, target_kind=kind, target_id=pk).first()
        return earlier or Sighting.objects.create(
            observable=observable, desk=desk, target_kind=kind, target_id=pk, seen_at=at
        )


@transaction.atomic
def forget(target: Any) -> int:
    """The file is erased, superseded or in error: nothing of it stays in the index. Returns the rows removed."""
    with system_read("duplicates", line=False):
        rows = Sighting.objects.filter(target_kind=target._meta.label_lower, target_id=target.pk)
        observables = set(rows.values_list("observable_id", flat=True))
        removed = rows.delete()[0]
        left = set(Sighting.objects.filter(observable__in=observables).values_list("observable_id", flat=True))
        Observable.objects.filter(pk__in=observables - left).delete()
    return removed
