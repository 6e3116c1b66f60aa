"""Where else an observable was seen: files the viewer may open by name, of all others only that they exist."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from prasan.access.system import system_read

from .models import Sighting


@dataclass
class Elsewhere:
    """The other files with the same observable: those of the viewer, and whether there are any beside them."""

    mine: list[tuple[str, UUID]] = field(default_factory=list)
    others: bool = False


def elsewhere(viewer: Any, target: Any) -> dict[tuple[str, str], Elsewhere]:
    """For each observable of a file, by kind and token, the other files in which it was seen.

    Of files that the viewer may not open nothing is told but that one exists: "ask its custodian".
    """
    kind, pk = target._meta.label_lower, target.pk
    own = Sighting.objects.filter(target_kind=kind, target_id=pk).select_related("observable")
    observables = {row.observable_id: (row.observable.kind, row.observable.token) for row in own}
    if not observables:
        return {}
    found: dict[tuple[str, str], Elsewhere] = defaultdict(Elsewhere)
    mine = set(Sighting.objects.filter(observable__in=observables).values_list("pk", flat=True))
    with system_read("duplicates", line=False):
        rows = list(Sighting.objects.filter(observable__in=observables).order_by("-seen_at"))
    for row in rows:
        if (row.target_kind, row.target_id) == (kind, pk):
            continue
        entry = found[observables[row.observable_id]]
        if row.pk in mine:
            entry.mine.append((row.target_kind, row.target_id))
        else:
            entry.others = True
    return dict(found)
