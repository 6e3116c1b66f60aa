"""Writes lines of a case's timeline: codes and numbers only."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from ..models import Event
from ..rules import EVENTS


def record(
    case: Any, kind: str, *, on: date, made_at: datetime, by: Any, at: datetime | None = None, about: Any = None,
    partition: str = "shared", target: Any = None, **params: str,
) -> Event:  # fmt: skip
    """One line: what happened (a kind of the closed list), on which day, in which partition."""
    if kind not in EVENTS:
        raise ValueError(kind)
    if about is not None:
        params.setdefault("person", about.code)
    return Event.objects.create(
        id=uuid4(), case=case, kind=kind, on=on, at=at, about=about, partition=partition, params=params,
        target=f"{target._meta.label_lower}:{target.pk}" if target is not None else "", made_at=made_at,
        made_by=by,
    )  # fmt: skip
