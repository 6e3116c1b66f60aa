"""Writes what happened to a lead, and moves it by the allowed moves under its version."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from prasan.access.held import held
from prasan.plain.problem import refuse_if

from .. import rules
from ..models import Lead, LeadStep


def record(lead: Lead, kind: str, /, *, by: Any, at: datetime, **params: str) -> LeadStep:
    """One line of a lead's history; codes only."""
    if kind not in rules.STEPS:
        raise ValueError(kind)
    return LeadStep.objects.create(id=uuid4(), lead=lead, kind=kind, params=params, made_at=at, made_by=by)


def move(lead: Lead, status: str, *, version: int, **values: Any) -> None:
    """Change a lead's status and what goes with it, unless somebody changed it since it was opened."""
    held(lead, version)
    refuse_if(rules.move_problems(lead.status, status))
    lead.status, lead.version = status, lead.version + 1
    for name, value in values.items():
        setattr(lead, name, value)
    lead.save(update_fields=["status", "version", *values])
