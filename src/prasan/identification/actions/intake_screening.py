"""Screening side by side: each worker takes the next person, nobody gets the same one, nobody writes over another."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from prasan import facts, journal, packs, vault
from prasan.access.allow import Changed
from prasan.access.check import check
from prasan.access.held import held
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.text import normalise_lines
from prasan.web.values import instant

from .. import facts_of
from .. import rules as stages
from ..models import Intake, IntakePerson
from ..rules import intake as rules
from . import intake as people
from .refusals import keep_count
from .stages import kept_form

ACT = "identification.screen_intake_person"
TAKE, PUT_BACK = "identification.take_intake_person", "identification.put_back_intake_person"
LEFT, REFUSED = "identification.leave_intake_person", "identification.refuse_intake_person"


def _take(by: Any, pk: Any, at: datetime, **still: Any) -> IntakePerson | None:
    """Claim one row if it is still as it was seen: whoever comes second changes no row and gets nothing."""
    claimed = {"status": "claimed", "screener": by, "claimed_at": at}
    rows = IntakePerson.objects.filter(pk=pk, closed_as="", **still)
    version = rows.values_list("version", flat=True).first()
    if version is None or not rows.filter(version=version).update(version=version + 1, **claimed):
        return None
    row = IntakePerson.objects.select_related("intake").get(pk=pk)
    journal.enter(by=by, act=TAKE, target=row)
    return row


def _first(intake: Intake, **where: Any) -> Any:
    """The next row of the queue that no other worker holds at this moment: by group, then by number."""
    for group in rules.GROUPS:
        rows = IntakePerson.objects.filter(intake=intake, closed_as="", group=group, **where)
        # Of the row alone: the viewer's scope joins the desk, and a lock on that would stop everybody else.
        row = rows.select_for_update(skip_locked=True, of=("self",)).order_by("number").only("pk").first()
        if row is not None:
            return row.pk
    return None


@transaction.atomic
def take_next(*, by: Any, intake: Intake, at: datetime) -> IntakePerson | None:
    """The next person of the queue, for this worker alone; the one that the worker still holds comes first.

    When nobody waits any more, the oldest claims that were forgotten are handed on. None: everybody is taken."""
    check(by, ACT, intake)
    people.refuse_closed(intake)
    mine = IntakePerson.objects.filter(intake=intake, status="claimed", screener=by, closed_as="")
    held = mine.select_related("intake").order_by("claimed_at").first()
    if held is not None:
        return held
    for still in ({"status": "waiting"}, {"status": "claimed", "claimed_at__lte": at - rules.STALE}):
        while (pk := _first(intake, **still)) is not None:
            row = _take(by, pk, at, **still)
            if row is not None:
                return row
    return None


@transaction.atomic
def take(*, by: Any, row: IntakePerson, at: datetime) -> IntakePerson:
    """Take this person: one who waits, or one whose claim is older than an hour."""
    check(by, ACT, row)
    if row.status == "claimed" and row.screener_id == by.pk:
        return row
    people.refuse_closed(row.intake)
    stale = row.status == "claimed" and rules.is_stale(row.claimed_at, at)
    if row.status == "claimed" and not stale:
        refuse_if([Problem(rules.TAKEN, params={"since": instant(row.claimed_at)})])
    refuse_if([] if stale else rules.move_problems(row.status, "claimed"))
    taken = _take(by, row.pk, at, version=row.version)
    if taken is None:
        raise Changed
    return taken


def _held_by_another(by: Any, row: IntakePerson, at: datetime) -> list[Problem]:
    """Somebody screens this person now: no colleague ends that before the claim is an hour old."""
    elsewhere = row.status == "claimed" and row.screener_id != by.pk
    return [Problem(rules.NOT_YOURS)] if elsewhere and not rules.is_stale(row.claimed_at, at) else []


@transaction.atomic
def put_back(*, by: Any, row: IntakePerson, version: int, at: datetime) -> IntakePerson:
    """The person goes back into the queue; who had left after the screening and is here again is screened still."""
    check(by, ACT, row)
    held(row, version)
    refuse_if([*rules.move_problems(row.status, "waiting"), *_held_by_another(by, row, at)])
    people.refuse_new(by, row)
    back = {"status": "screened"} if row.screened_on else {"status": "waiting", "screener": None}
    people.keep(row, version, claimed_at=None, **back)
    journal.enter(by=by, act=PUT_BACK, target=row)
    return row


@transaction.atomic
def screen_person(
    *, by: Any, row: IntakePerson, version: int, form: packs.Form, answers: dict[str, Any], enters_nrm: bool | None,
    at: datetime, today: date, words: dict[str, str] | None = None, needs: list[str] | None = None,
    child_at_time: bool | None = None, language: str = "", interpreter: bool = False,
) -> IntakePerson:  # fmt: skip
    """What was asked and answered, the indicators it raises, what is needed, whether the person enters the NRM.

    Saved only if nobody saved since the form was opened. A screening that was made may be corrected the same way,
    until the person is in a case; who screened, and for which body, stays as it was."""
    check(by, ACT, row)
    held(row, version)
    body = rules.body_of(by.agency.kind)
    elsewhere = row.status == "claimed" and row.screener_id != by.pk
    refuse_if([Problem(rules.NOT_YOURS)] if elsewhere else rules.move_problems(row.status, "screened"))
    people.refuse_new(by, row)
    refuse_if([
        *rules.asking_problems(form=form, answers=answers, words=words or {}, child_at_time=child_at_time,
                               group=rules.age_group(row.age, row.is_child)),
        *rules.result_problems(needs=needs or [], enters_nrm=enters_nrm, body=body, on=today, met_on=row.intake.on,
                               today=today),
    ])  # fmt: skip
    before = row.screened_on is not None
    _seal_words(row, words or {}, at)
    people.keep(
        row, version, status="screened", form=kept_form(form, at), answers=answers, words=row.words,
        indicators=[met.code for met in stages.indicators_met(answers, form)], needs=needs or [], enters_nrm=enters_nrm,
        child_at_time=True if row.is_child else child_at_time, language=language or row.language,
        interpreter=interpreter, screened_on=row.screened_on or today, screened_at=row.screened_at or at,
        body=row.body if before else body, screener=row.screener if before else by,
    )  # fmt: skip
    journal.enter(by=by, act=ACT, target=row)
    if before:
        facts.withdraw(row)
    facts.add(**facts_of.screened_at_intake(row))
    return row


def _seal_words(row: IntakePerson, words: dict[str, str], at: datetime) -> None:
    """What was said in words, under the key of the row; it is made when there is none yet."""
    told = {code: normalise_lines(text) for code, text in words.items() if text.strip()}
    if told and row.name is None and row.words is None:
        vault.new_key(row.sealed_by(), at)
    if told or row.words is not None:
        vault.seal(row, words=told or None)


@transaction.atomic
def leave_person(*, by: Any, row: IntakePerson, version: int, at: datetime) -> IntakePerson:
    """The person is gone: left, or was taken elsewhere. Whoever comes back is put back into the queue."""
    check(by, ACT, row)
    held(row, version)
    refuse_if([*rules.move_problems(row.status, "left"), *_held_by_another(by, row, at)])
    people.refuse_new(by, row)
    people.keep(row, version, status="left", claimed_at=None)
    journal.enter(by=by, act=LEFT, target=row)
    return row


UNKNOWN_NOW: dict[str, Any] = {
    "sex": "", "age": None, "is_child": None, "nationality": "", "language": "", "urgent": [], "group": "normal",
    "by_hand": False, "claimed_at": None, "interpreter": False, "child_at_time": None,
}  # fmt: skip


@transaction.atomic
def refuse_person(
    *, by: Any, row: IntakePerson, version: int, refused: str, card_given: bool, at: datetime, today: date,
    sex: str = "",
) -> IntakePerson:  # fmt: skip
    """An adult says no: the name, its key and all that was told are destroyed at once, and only a count remains.

    One line stands in the journal, that of the person: a second one for the count, right after it, would tie them."""
    check(by, ACT, row)
    held(row, version)
    sex = sex or row.sex or "other"
    refuse_if(people.theirs(by, row))
    people.refuse_new(by, row)
    refuse_if(rules.refusal_problems(status=row.status, age=row.age, alone=people.made_adult_by(by, row),
                                     refused=refused, sex=sex))  # fmt: skip
    people.erase(row, version, status="refused", **UNKNOWN_NOW)
    journal.enter(by=by, act=REFUSED, target=row)
    keep_count(
        on=today, adult="yes", place=row.intake.place, sex=sex, refused=refused, today=today,
        province=row.intake.province, situation=row.intake.situation, card_given=card_given,
    )  # fmt: skip
    return row
