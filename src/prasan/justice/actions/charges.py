"""A charge is recorded against one accused and moves from the inquiry to its end."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal, packs
from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import clocks, persons, timeline, work
from prasan.cases.actions.custody import NON_PUNISHMENT
from prasan.cases.models import Participation
from prasan.cases.rules import SURVIVOR_PARTS
from prasan.plain.problem import refuse_if

from .. import rules
from ..models import Charge, ChargeVictim, Sentence, Verdict
from . import periods, telling

RECORD = "justice.record_charge"


@transaction.atomic
def record_charge(
    *, by: Any, accused: Participation, offence: str, act_earliest: date, charged_on: date, at: datetime,
    today: date, act_latest: date | None = None, victims: Sequence[Participation] = (),
    status: str = "under_inquiry", court: str = "", black_number: str = "", red_number: str = "", id: Any = None,
    replaces: Charge | None = None,
) -> Charge:  # fmt: skip
    """One accused is charged with one offence, under the law of the day of the act, for what was done to victims."""
    case, latest = accused.case, act_latest or act_earliest
    check(by, RECORD, case)
    telling.may_replace(by, replaces)
    telling.inside(case, RECORD, accused, replaces, *victims)
    law = packs.offence(offence, latest)
    refuse_if(rules.charge_problems(
        status=status, act_earliest=act_earliest, act_latest=latest, charged_on=charged_on,
        in_force=law is not None, accused=accused.is_defendant, survivors=all(v.is_survivor for v in victims),
        today=today,
    ))  # fmt: skip
    assert law is not None
    charge = Charge(
        id=id or uuid4(), case=case, accused=accused, is_official=accused.is_official, offence=law.code,
        section=law.section, law=law.law, law_version=str(law.row.valid_from or ""), basis=law.basis,
        pack_version=packs.version(), act_earliest=act_earliest, act_latest=latest, status=status,
        status_on=charged_on, charged_on=charged_on, court=court, black_number=black_number,
        indicted_on=charged_on if status in rules.IN_COURT else None, red_number=red_number, replaces=replaces,
        made_at=at, made_by=by,
    )  # fmt: skip
    if replaces is not None:
        _keep_course(charge, replaces)
    charge.save(force_insert=True)
    for victim in victims:
        ChargeVictim.objects.create(
            id=uuid4(), case=case, charge=charge, victim=victim, made_at=at, made_by=by
        )
    journal.enter(by=by, act=RECORD, target=charge, case=case)
    timeline.record(case, "charged", on=charged_on, made_at=at, by=by, about=accused.person, target=charge,
                    partition="legal", section=law.section)  # fmt: skip
    same = replaces is not None and periods.same_time(replaces, charge, victims)
    if replaces is not None and same:
        clocks.retarget(replaces, charge)
    telling.replace(by=by, old=replaces, new=charge, at=at, today=today)
    telling.tell(charge)
    if replaces is not None:
        _carry_over(replaces, charge)
    if not same:
        periods.charged(charge, victims, by=by, at=at)
    if charge.indicted_on:
        persons.become(case, accused.person, "accused", by=by, on=charge.indicted_on, at=at, ends="suspect")
    if replaces is None:
        _check_non_punishment(charge, by=by, at=at, today=today)
    return charge


def _keep_course(charge: Charge, old: Charge) -> None:
    """A correction of a charge on which a court already spoke keeps where it stands."""
    if Verdict.objects.filter(charge=old, closed_as="").exists():
        charge.status, charge.status_on, charge.status_before = old.status, old.status_on, old.status_before
        charge.indicted_on = old.indicted_on


def _carry_over(old: Charge, new: Charge) -> None:
    """Verdicts and sentences of the old row belong to the new one; their facts follow its offence."""
    verdicts = telling.change(Verdict.objects.filter(charge=old, closed_as=""), charge=new, basis=new.basis)
    telling.change(Sentence.objects.filter(verdict__in=verdicts, closed_as=""))


def _check_non_punishment(charge: Charge, *, by: Any, at: datetime, today: date) -> None:
    """ATIP s.41: when a survivor is charged, the lawyer's non-punishment task opens in the same act."""
    person = charge.accused.person
    if Participation.objects.filter(person=person, part__in=SURVIVOR_PARTS, closed_as="").exists():
        work.open_task(charge.case, NON_PUNISHMENT, by=by, at=at, due_on=today, partition="legal", about=person)


@transaction.atomic
def move_charge(
    *, by: Any, charge: Charge, status: str, on: date, version: int, at: datetime, today: date,
    court: str = "", black_number: str = "", red_number: str = "",
) -> Charge:  # fmt: skip
    """The charge moves on. Indicted, the suspect becomes the accused; final, the last verdict stands."""
    check(by, RECORD, charge)
    held(charge, version)
    refuse_if(rules.move_problems(
        old=charge.status, before=charge.status_before, new=status, on=on, last_on=charge.status_on, today=today,
    ))  # fmt: skip
    old, charge.status_before = charge.status, charge.status if status == "absconded" else ""
    charge.status, charge.status_on = status, on
    given = {"court": court, "black_number": black_number, "red_number": red_number}
    for name, value in given.items():
        setattr(charge, name, value or getattr(charge, name))
    first_in_court = status in rules.IN_COURT and charge.indicted_on is None
    if first_in_court:
        charge.indicted_on = on
    charge.version += 1
    charge.save()
    journal.enter(by=by, act="justice.move_charge", target=charge, case=charge.case_id)
    timeline.record(charge.case, "charge_moved", on=on, made_at=at, by=by, about=charge.accused.person,
                    target=charge, partition="legal", section=charge.section, status=status)  # fmt: skip
    periods.moved(charge, old, first_in_court=first_in_court, by=by, at=at)
    if first_in_court:
        telling.tell(charge)
        persons.become(charge.case, charge.accused.person, "accused", by=by, on=on, at=at, ends="suspect")
    if status == "final":
        last = Verdict.objects.filter(charge=charge, closed_as="").order_by("-on", "-made_at")[:1]
        telling.change(last, final=True)
    return charge
