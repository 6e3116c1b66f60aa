"""Possible abuse of a child is noted in words only, and where it was reported; nothing is taken in or matched."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal, vault
from prasan.access.check import check
from prasan.access.held import held
from prasan.plain.problem import refuse_if
from prasan.plain.text import normalise, normalise_lines

from .. import rules
from ..models import AbuseNotice, Lead
from . import steps


@transaction.atomic
def note_abuse(
    *, by: Any, desk: Any, address: str, seen_at: datetime, seen_by: str, danger: bool, at: datetime,
    platform: str = "", claims: str = "", lead: Lead | None = None, id: Any = None,
) -> AbuseNotice:  # fmt: skip
    """Keep where it was seen, when and by whom: what a report needs, and no more (no upload, no copy, no hash)."""
    notice = AbuseNotice(
        id=id or uuid4(), desk=desk, lead=lead, seen_at=seen_at, danger=danger, made_at=at, made_by=by
    )
    check(by, "leads.record_lead", notice)
    refuse_if(rules.abuse_problems(address=address, seen_by=seen_by, seen_at=seen_at, at=at))
    vault.new_key(notice.sealed_by(), at)
    vault.seal(notice, told={
        "address": normalise(address), "platform": normalise(platform), "seen_by": normalise(seen_by),
        "claims": normalise_lines(claims),
    })  # fmt: skip
    notice.save(force_insert=True)
    journal.enter(by=by, act="leads.note_abuse", target=notice)
    if lead is not None:
        steps.record(lead, "abuse_noted", by=by, at=at)
    return notice


@transaction.atomic
def record_report(
    *, by: Any, notice: AbuseNotice, version: int, reported_to: list[str], reported_at: datetime, reference: str,
    at: datetime,
) -> AbuseNotice:  # fmt: skip
    """It was reported: where, when, and under which reference."""
    check(by, "leads.record_lead", notice)
    held(notice, version)
    refuse_if(rules.report_problems(to=reported_to, reported_at=reported_at, seen_at=notice.seen_at, at=at))
    notice.reported_to, notice.reported_at, notice.version = list(reported_to), reported_at, notice.version + 1
    vault.seal(notice, reference=normalise(reference))
    notice.save(update_fields=["reported_to", "reported_at", "reference", "version"])
    journal.enter(by=by, act="leads.report_abuse", target=notice)
    return notice


@transaction.atomic
def open_notice(*, by: Any, notice: AbuseNotice, at: datetime) -> dict[str, str]:
    """Read a notice, to report it: one journal line."""
    check(by, "leads.open_source", notice)
    told, reference = vault.open_many([(notice, "told"), (notice, "reference")], by=by, why="safety", at=at)
    return {**(told or {}), "reference": reference or ""}
