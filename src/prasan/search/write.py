"""What may be searched is written here, field by field, and a field whose class forbids it is refused."""

from typing import Any

from django.db import models, transaction

from prasan.access.opening import sensitivity
from prasan.access.system import system_read
from prasan.plain.text import normalise

from .models import CaseDocument, DeskDocument

SEARCHABLE = frozenset({"open", "case"})


def text_of(target: models.Model, fields: tuple[str, ...]) -> str:
    """The normalised text of some fields of a row. A sealed or personal field is a bug, not a text."""
    for name in fields:
        if sensitivity(target, name) not in SEARCHABLE:
            raise ValueError(f"{target._meta.label}.{name} may not be searched")
    return normalise("\n".join(filter(None, (str(getattr(target, name) or "") for name in fields))))


@transaction.atomic
def put(target: Any, *fields: str, case: Any = None, desk: Any = None, partition: str = "shared") -> None:
    """Write or renew the document of a row: of a case (in one partition) or of an intake desk."""
    if (case is None) == (desk is None):
        raise ValueError("a document belongs to a case or to a desk")
    told: dict[str, Any] = {
        "version": target.version, "made_at": target.made_at, "text": text_of(target, fields),
    }  # fmt: skip
    told |= {"case": case, "partition": partition} if case is not None else {"desk": desk}
    model = CaseDocument if case is not None else DeskDocument
    with system_read("search_index", line=False):
        model.objects.update_or_create(kind=target._meta.label_lower, target_id=target.pk, defaults=told)


@transaction.atomic
def drop(target: Any) -> int:
    """The row is gone from the count (in error, superseded, erased): its text leaves the index."""
    kind, removed = target._meta.label_lower, 0
    with system_read("search_index", line=False):
        for model in (CaseDocument, DeskDocument):
            removed += model.objects.filter(kind=kind, target_id=target.pk).delete()[0]
    return removed
