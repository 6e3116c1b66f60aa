"""A lead is recorded, corrected, or marked as entered in error; who gave it is opened for a reason."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import facts, journal, packs, vault
from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import correct
from prasan.cases.rules import MODES
from prasan.linkage import actions as linkage
from prasan.linkage.observables import read_lines
from prasan.plain.problem import refuse_if
from prasan.plain.refs import new_code
from prasan.plain.text import normalise, normalise_lines
from prasan.search import write

from .. import facts_of, rules
from ..models import Lead, LeadIdentifier
from . import steps

SEARCHED = ("code", "text", "place")
SOURCE = ("name", "contact", "note")
CARRIED = ("status", "owner", "case", "merged_into", "referred_to", "close_reason", "outcome_words")


def known_codes() -> dict[str, Any]:
    """The codes that the packs in use allow."""
    return {
        "channel": packs.codes("lead_channel"), "forms": packs.codes("exploitation_form"),
        "province": packs.codes("province"), "mode": frozenset(MODES),
    }  # fmt: skip


@transaction.atomic
def record_lead(
    *, by: Any, desk: Any, channel: str, received_on: date, urgency: str, text: str, at: datetime, today: date,
    forms: Iterable[str] = (), mode: str = "unknown", province: str = "", place: str = "", identifiers: str = "",
    source: dict[str, str] | None = None, id: Any = None, replaces: Lead | None = None,
) -> Lead:  # fmt: skip
    """Something reached a desk. `identifiers` has one phone, link or account on each line; `source` says
    who gave it (name, contact, note) and is sealed under the lead's own key."""
    told = {"channel": channel, "urgency": urgency, "forms": list(forms), "mode": mode, "province": province}
    lead = Lead(id=id or uuid4(), desk=desk, received_on=received_on, made_at=at, made_by=by, **told)
    check(by, "leads.record_lead", lead)
    refuse_if(rules.problems(**told, text=text, received_on=received_on, today=today, known=known_codes()))
    taken = Lead._base_manager.filter
    lead.code = new_code("L", length=7, taken=lambda c: taken(code=c).exists())
    lead.text, lead.place, lead.replaces = normalise_lines(text), normalise(place)[:200], replaces
    for name in CARRIED if replaces else ():
        setattr(lead, name, getattr(replaces, name))
    vault.new_key(lead.sealed_by(), at)
    kept = {name: normalise((source or {}).get(name, "")) for name in SOURCE}
    vault.seal(lead, source=kept if any(kept.values()) else None)
    lead.save(force_insert=True)
    _identify(lead, identifiers, by=by, at=at)
    journal.enter(by=by, act="leads.record_lead", target=lead)
    steps.record(lead, "received", by=by, at=at)
    if replaces is not None:
        _supersede(replaces, lead, by=by, at=at, today=today)
    write.put(lead, *SEARCHED, desk=desk)
    facts.add(**facts_of.received(lead))
    return lead


def _identify(lead: Lead, identifiers: str, *, by: Any, at: datetime) -> None:
    for observed in read_lines(identifiers):
        row = LeadIdentifier(
            id=uuid4(), lead=lead, kind=observed.kind, made_at=at, made_by=by,
            token=linkage.see(observed, target=lead, desk=lead.desk, at=at).observable.token,
        )  # fmt: skip
        vault.seal(row, value={"normal": observed.normal, "written": observed.written})
        row.save(force_insert=True)


def _supersede(old: Lead, new: Lead, *, by: Any, at: datetime, today: date) -> None:
    correct.supersede(by=by, old=old, new=new, at=at, today=today)
    steps.record(old, "corrected", by=by, at=at, lead=new.code)
    steps.record(new, "corrects", by=by, at=at, lead=old.code)
    linkage.forget(old)
    write.drop(old)


@transaction.atomic
def correct_lead(
    *, by: Any, lead: Lead, version: int, at: datetime, today: date, source: dict[str, str] | None = None,
    **told: Any,
) -> Lead:  # fmt: skip
    """What was written was wrong: a new lead stands for the old one and takes over what became of it.

    Without a new `source` the one of the old lead is sealed again under the new key.
    """
    check(by, "leads.correct", lead)
    held(lead, version)
    if not any((source or {}).values()) and lead.source is not None:
        source = vault.open(lead, "source", by=by, why="correct", at=at)
    return record_lead(by=by, desk=lead.desk, at=at, today=today, source=source, replaces=lead, **told)


@transaction.atomic
def enter_in_error(*, by: Any, lead: Lead, reason: str, version: int, at: datetime, today: date,
                   words: str = "") -> Lead:  # fmt: skip
    """A lead that should not be there: it counts no more, is not found and matches nothing."""
    correct.enter_in_error(
        by=by, row=lead, act="leads.correct", reason=reason, version=version, at=at, today=today, words=words
    )
    linkage.forget(lead)
    write.drop(lead)
    return lead


@transaction.atomic
def open_source(*, by: Any, lead: Lead, why: str, at: datetime) -> dict[str, str]:
    """See who gave a lead: for a reason, with a line in the journal and one in the lead's own history."""
    check(by, "leads.open_source", lead)
    opened = vault.open(lead, "source", by=by, why=why, at=at) or {}
    journal.enter(by=by, act="leads.open_source", target=lead, why=why)
    steps.record(lead, "source_opened", by=by, at=at)
    return dict(opened)
