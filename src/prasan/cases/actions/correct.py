"""Wrong person, wrong case, wrong date: one way for all rooms. Nothing is deleted; the line stays."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from prasan import facts, journal
from prasan.access.check import check
from prasan.access.held import held
from prasan.plain.problem import Problem, refuse_if

from .. import rules
from ..models import Participation
from . import clocks, team, timeline


@transaction.atomic
def enter_in_error(*, by: Any, row: Any, act: str, reason: str, version: int, at: datetime, today: date,
                   words: str = "") -> Any:  # fmt: skip
    """Mark a row as entered in error: it counts no more, its facts are closed, the journal keeps why.

    Whoever saw a person through a part that was a mistake sees that person no more."""
    check(by, act, row)
    held(row, version)
    refuse_if([Problem(rules.NO_REASON, field="reason")] if reason not in rules.ERROR_REASONS else [])
    close(row, "error", reason)
    journal.enter(by=by, act=act, target=row, case=getattr(row, "case_id", None), why=reason,
                  change={"words": words} if words else None)  # fmt: skip
    clocks.undo(row, by=by, at=at)
    if getattr(row, "case_id", None):
        timeline.record(row.case, "entered_in_error", on=today, made_at=at, by=by, target=row,
                        partition=getattr(row, "partition", "shared"))  # fmt: skip
    if isinstance(row, Participation):
        team.refresh_person(row.person, at)
    return row


def close(row: Any, how: str, reason: str) -> None:
    """The row and its facts leave the count."""
    row.closed_as, row.closed_reason, row.version = how, reason, row.version + 1
    row.save(update_fields=["closed_as", "closed_reason", "version"])
    facts.withdraw(row)


def supersede(*, by: Any, old: Any, new: Any, at: datetime, today: date) -> None:
    """The second half of a correction: the new row stands (its act wrote it), the old one is closed."""
    held(old, old.version)
    close(old, "superseded", "other")
    journal.enter(by=by, act=f"{old._meta.app_label}.correct", target=old, case=getattr(old, "case_id", None))
    clocks.undo(old, by=by, at=at)
    if getattr(old, "case_id", None):
        timeline.record(old.case, "superseded", on=today, made_at=at, by=by, target=new,
                        partition=getattr(old, "partition", "shared"))  # fmt: skip
