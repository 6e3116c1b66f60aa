"""What becomes of a lead: somebody takes it on, it joins a case, another lead, another agency, or is closed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from prasan import journal
from prasan.access.check import check, on_desk
from prasan.cases.actions import matters, timeline
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.text import normalise

from .. import rules
from ..models import Lead
from . import steps


@transaction.atomic
def triage_lead(*, by: Any, lead: Lead, version: int, urgency: str, owner: Any, at: datetime) -> Lead:
    """Say how urgent a lead is and who takes it on; a referred or closed lead is taken up again by this."""
    check(by, "leads.triage_lead", lead)
    there = owner is None or (owner.is_active and on_desk(owner, lead.desk_id))
    refuse_if([
        *([] if urgency in rules.URGENCIES else [Problem(rules.NO_URGENCY, field="urgency")]),
        *([] if there else [Problem(rules.NOT_ON_DESK, field="owner")]),
    ])  # fmt: skip
    steps.move(
        lead, "triaged", version=version, urgency=urgency, owner=owner, referred_to=None, close_reason="",
        outcome_words="",
    )  # fmt: skip
    journal.enter(by=by, act="leads.triage_lead", target=lead)
    steps.record(lead, "triaged", by=by, at=at, urgency=urgency)
    return lead


@transaction.atomic
def accept_lead(
    *, by: Any, lead: Lead, version: int, at: datetime, today: date, case: Any = None, title: str = "",
    forms: list[str] | None = None, summary: str = "", discipline: str = "",
) -> Lead:  # fmt: skip
    """A lead becomes work: it opens a case of which `by` is the lead member, or joins a case of theirs."""
    check(by, "leads.accept_lead", lead)
    if case is None:
        case = matters.open_case(
            by=by, title=title, forms=forms or [], opened_on=today, at=at, today=today, mode=lead.mode,
            province=lead.province, summary=summary, discipline=discipline,
        )  # fmt: skip
    else:
        check(by, "cases.view", case)
    steps.move(lead, "accepted", version=version, case=case, owner=lead.owner or by)
    journal.enter(by=by, act="leads.accept_lead", target=lead, case=case)
    steps.record(lead, "accepted", by=by, at=at)
    timeline.record(case, "lead_accepted", on=today, made_at=at, by=by, target=lead)
    return lead


@transaction.atomic
def merge_lead(*, by: Any, lead: Lead, version: int, into: Lead, at: datetime) -> Lead:
    """Two reports of the same thing: this one is closed into the other, and both still count as received."""
    check(by, "leads.merge_lead", lead)
    check(by, "leads.merge_lead", into)
    refuse_if(rules.merge_problems(
        same=lead.pk == into.pk, same_desk=lead.desk_id == into.desk_id, into_status=into.status,
        into_code=into.code,
    ))  # fmt: skip
    steps.move(lead, "merged", version=version, merged_into=into)
    journal.enter(by=by, act="leads.merge_lead", target=lead)
    steps.record(lead, "merged", by=by, at=at, lead=into.code)
    steps.record(into, "absorbed", by=by, at=at, lead=lead.code)
    return lead


@transaction.atomic
def refer_lead(*, by: Any, lead: Lead, version: int, agency: Any, words: str, at: datetime) -> Lead:
    """Another agency is in charge: which one, and why. The source's identity does not go along."""
    check(by, "leads.refer_lead", lead)
    refuse_if([
        *([] if agency is not None else [Problem(rules.NO_AGENCY, field="agency")]),
        *rules.words_problems(words),
    ])  # fmt: skip
    steps.move(lead, "referred", version=version, referred_to=agency, outcome_words=normalise(words))
    journal.enter(by=by, act="leads.refer_lead", target=lead)
    steps.record(lead, "referred", by=by, at=at)
    return lead


@transaction.atomic
def close_lead(*, by: Any, lead: Lead, version: int, reason: str, words: str, at: datetime) -> Lead:
    """Nothing more is done with a lead, for one of the listed reasons."""
    check(by, "leads.close_lead", lead)
    refuse_if(rules.close_problems(reason=reason, words=words))
    steps.move(
        lead, "closed", version=version, close_reason=reason, outcome_words=normalise(words), referred_to=None
    )
    journal.enter(by=by, act="leads.close_lead", target=lead)
    steps.record(lead, "closed", by=by, at=at, reason=reason)
    return lead
