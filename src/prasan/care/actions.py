"""The acts of care: a service, a stay begun and ended. None of them looks at cooperation or at any decision."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from prasan import facts, journal, vault
from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import correct, timeline
from prasan.cases.models import Participation
from prasan.people.rules import correction_problems
from prasan.plain.problem import refuse_if
from prasan.plain.text import normalise_lines

from . import facts_of, rules
from .models import Service, Stay


@transaction.atomic
def record_service(
    *, by: Any, participation: Participation, kind: str, what: str, on: date, provider: Any, outcome: str,
    at: datetime, today: date, words: str = "", id: Any = None, replaces: Service | None = None,
) -> Service:  # fmt: skip
    """A service was given, offered and declined, or asked for in vain: to whoever takes part, in whatever part."""
    case, person, act = participation.case, participation.person, "care.record_service"
    check(by, act, case)
    refuse_if([
        *rules.service_problems(kind=kind, outcome=outcome, what=what, words=words, on=on, today=today),
        *correction_problems(replaces, person),
    ])  # fmt: skip
    row = Service(
        id=id or uuid4(), case=case, person=person, kind=kind, on=on, provider=provider, outcome=outcome,
        replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    vault.seal(row, what=normalise_lines(what), words=normalise_lines(words))
    row.save(force_insert=True)
    journal.enter(by=by, act=act, target=row, case=case)
    told = facts_of.service(row)
    if told:
        timeline.record(case, "service_given", on=on, made_at=at, by=by, about=person, partition="care", target=row)
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
    if told:
        facts.add(**told)
    return row


def _overlaps(person: Any, since_on: date, until_on: date | None, but: Stay | None) -> bool:
    rows = Stay.objects.filter(person=person, closed_as="").exclude(pk=but.pk if but else None)
    rows = rows.filter(models.Q(until_on=None) | models.Q(until_on__gt=since_on))
    return (rows.filter(since_on__lt=until_on) if until_on else rows).exists()


@transaction.atomic
def record_stay(
    *, by: Any, participation: Participation, kind: str, since_on: date, place: str, phone_access: str,
    free_movement: str, at: datetime, today: date, consent_to_stay: bool | None = None,
    consent_on: date | None = None, limit_reason: str = "", limit_review_on: date | None = None, id: Any = None,
    replaces: Stay | None = None,
) -> Stay:  # fmt: skip
    """A stay began. Its place is sealed; consent to stay is asked and recorded, also when it is a no.

    The end of a stay that is being corrected (`replaces`) goes over to the new row.
    """
    case, person, act = participation.case, participation.person, "care.record_stay"
    check(by, act, case)
    until_on, because = (replaces.until_on, replaces.because) if replaces else (None, "")
    refuse_if([
        *rules.stay_problems(
            kind=kind, since_on=since_on, place=place, consent_to_stay=consent_to_stay, consent_on=consent_on,
            phone_access=phone_access, free_movement=free_movement, limit_reason=limit_reason,
            limit_review_on=limit_review_on, overlaps=_overlaps(person, since_on, until_on, replaces), today=today),
        *(rules.end_problems(since_on=since_on, until_on=until_on, ended=False, because=because, today=today)
          if until_on else ()),
        *correction_problems(replaces, person),
    ])  # fmt: skip
    row = Stay(
        id=id or uuid4(), case=case, person=person, kind=kind, since_on=since_on, until_on=until_on,
        because=because, consent_to_stay=consent_to_stay, consent_on=consent_on, phone_access=phone_access,
        free_movement=free_movement, limit_review_on=limit_review_on, replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    vault.seal(row, place=normalise_lines(place), limit_reason=normalise_lines(limit_reason))
    row.save(force_insert=True)
    journal.enter(by=by, act=act, target=row, case=case)
    timeline.record(case, "stay_began", on=since_on, made_at=at, by=by, about=person, partition="care", target=row)
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
    facts.add(**facts_of.entered(row))
    told = facts_of.left(row)
    if told:
        facts.add(**told)
    return row


@transaction.atomic
def record_consent_to_stay(
    *, by: Any, stay: Stay, consent: bool, on: date, version: int, at: datetime, today: date
) -> Stay:  # fmt: skip
    """The person agrees to stay, or no longer does; the earlier answer is kept sealed in the journal."""
    check(by, "care.record_stay", stay)
    held(stay, version)
    ended = stay.until_on is not None or not stay.in_force
    refuse_if(rules.consent_problems(on=on, since_on=stay.since_on, ended=ended, today=today))
    was = {"consent_to_stay": stay.consent_to_stay, "consent_on": stay.consent_on}
    stay.consent_to_stay, stay.consent_on, stay.version = consent, on, stay.version + 1
    stay.save(update_fields=["consent_to_stay", "consent_on", "version"])
    journal.enter(by=by, act="care.record_consent_to_stay", target=stay, case=stay.case_id,
                  owner=stay.sealed_by(), change={"was": was, "now": consent})  # fmt: skip
    return stay


@transaction.atomic
def end_stay(*, by: Any, stay: Stay, until_on: date, because: str, version: int, at: datetime, today: date) -> Stay:
    """A stay ended: the person left, which is a right and never an offence against the house."""
    act = "care.end_stay"
    check(by, act, stay)
    held(stay, version)
    ended = stay.until_on is not None or not stay.in_force
    refuse_if(rules.end_problems(
        since_on=stay.since_on, until_on=until_on, ended=ended, because=because, today=today))  # fmt: skip
    stay.until_on, stay.because, stay.version = until_on, because, stay.version + 1
    stay.save(update_fields=["until_on", "because", "version"])
    journal.enter(by=by, act=act, target=stay, case=stay.case_id)
    timeline.record(stay.case, "stay_ended", on=until_on, made_at=at, by=by, about=stay.person, partition="care",
                    target=stay)  # fmt: skip
    told = facts_of.left(stay)
    if told:
        facts.add(**told)
    return stay
