"""What a viewer sees of the investigation: its days, operations, removals and arrests. Fetching is checking."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from prasan import packs, vault
from prasan.access.check import partitions_of
from prasan.cases.models import CustodyStep
from prasan.cases.queries import readable_partitions

from .models import Investigation, Operation, OperationArrest, Removal

BODY_KINDS = ("law_enforcement", "immigration_service")


def bodies(lang: str) -> list[tuple[str, str]]:
    """Police units and the like that can lead an operation, from the pack."""
    rows = packs.rows("office")
    return [(row.code, row.label(lang)) for row in rows if row.get("organisation_kind") in BODY_KINDS]


def body_codes() -> frozenset[str]:
    return frozenset(code for code, _label in bodies("en"))


def investigation(viewer: Any, case: Any) -> Investigation | None:
    """The investigation of the case, if it was opened."""
    return Investigation.objects.filter(case=case, closed_as="").first()


def operations(viewer: Any, case: Any) -> list[Operation]:
    """Operations of a case, the next or newest first; each with its arrests and removals counted."""
    rows = list(Operation.objects.filter(case=case, closed_as="").order_by("-planned_on", "code"))
    arrests = _counted(OperationArrest.objects.filter(case=case, custody_step__closed_as=""))
    removed = _counted(Removal.objects.filter(case=case, operation__isnull=False))
    for row in rows:
        row.arrests, row.removals = arrests.get(row.pk, 0), removed.get(row.pk, 0)  # type: ignore[attr-defined]
    return rows


def _counted(rows: Any) -> dict[Any, int]:
    counted = rows.filter(closed_as="").values("operation_id").annotate(n=models.Count("id"))
    return {row["operation_id"]: row["n"] for row in counted}


def removals(viewer: Any, case: Any) -> list[Removal]:
    """Who was brought out of harm, newest first."""
    rows = Removal.objects.filter(case=case, closed_as="").select_related("person", "operation")
    return list(rows.order_by("-on", "-made_at"))


def arrests(viewer: Any, case: Any) -> list[CustodyStep]:
    """Arrests of the case, newest first, each with the `operation` it was made in, or None."""
    rows = CustodyStep.objects.filter(case=case, step="arrested", closed_as="")
    found = list(rows.select_related("participation__person").order_by("-at"))
    links = OperationArrest.objects.filter(case=case, closed_as="").select_related("operation")
    made_in = {link.custody_step_id: link.operation for link in links}
    for row in found:
        row.operation = made_in.get(row.pk)  # type: ignore[attr-defined]
    return found


def risk_words(viewer: Any, operation: Operation, at: datetime) -> str:
    """What was checked before the operation; for those who read the investigation's part, else ""."""
    if operation.partition not in partitions_of(viewer, operation.case_id):
        return ""
    return vault.open(operation, "risk_words", by=viewer, why="work", at=at) or ""


def planned(viewer: Any, today: date, days: int = 14) -> list[Operation]:
    """Plans that are near or past without a result, in the cases where the viewer reads the investigation."""
    rows = Operation.objects.filter(status="planned", closed_as="", planned_on__lte=today + timedelta(days=days))
    found = list(rows.select_related("case").order_by("planned_on")[:100])
    reads = readable_partitions(viewer, {row.case_id for row in found})
    return [row for row in found if row.partition in reads.get(row.case_id, ())]
