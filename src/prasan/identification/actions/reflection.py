"""Reflection: begins on entry into the referral mechanism, ends by time or by the person's own recorded wish."""

from datetime import date, datetime
from itertools import batched
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import facts, journal, vault
from prasan.access.check import case_access, check
from prasan.access.system import system_read
from prasan.cases.actions import clocks, correct, reckoning, timeline, work
from prasan.cases.models import Participation, RunningClock
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.text import normalise_lines

from .. import facts_of, rules
from ..models import Decision, Reflection, Screening, WelfareCheck
from ..queries_of_protection import looks_of_period
from ..rules import early_ends
from ..rules import protection as rules_of
from .protection import is_survivor

BEGIN, WELFARE = "identification.record_reflection", "identification.record_welfare"
RAN_OUT = "identification.reflection_ran_out"
PHASE_A, PHASE_B = "reflection-a", "reflection-b"
URGENT = rules_of.URGENT_TASK
PORTION = 400


def open_reflection(case: Any, person: Any) -> Reflection | None:
    """The period that no end was recorded of, if there is one."""
    return Reflection.objects.filter(case=case, person=person, ended_on=None, closed_as="").first()


def start(case: Any, person: Any, *, by: Any, on: date, at: datetime, screening: Screening | None = None,
          replaces: Reflection | None = None, id: Any = None) -> Reflection:  # fmt: skip
    """The period as part of another act that has already checked its own right."""
    row = Reflection.objects.create(
        id=id or uuid4(), case=case, person=person, screening=screening, entered_on=on, replaces=replaces, made_at=at,
        made_by=by,
    )  # fmt: skip
    journal.enter(by=by, act=BEGIN, target=row, case=case)
    timeline.record(case, "reflection_began", on=on, made_at=at, by=by, about=person, target=row)
    clocks.begin(case, PHASE_A, by=by, start=on, event="nrm_entered", at=at, about=person, target=row)
    facts.add(**facts_of.reflecting(row))
    return row


@transaction.atomic
def begin_reflection(*, by: Any, participation: Participation, on: date, at: datetime, today: date,
                     id: Any = None) -> Reflection:  # fmt: skip
    """Somebody entered the referral mechanism elsewhere, or comes back to it: the period begins here."""
    case, person = participation.case, participation.person
    check(by, BEGIN, case)
    let_run_out(case, by=by, at=at)
    refuse_if(rules_of.reflection_problems(
        on=on, survivor=is_survivor(case, person), running=open_reflection(case, person) is not None, today=today))
    return start(case, person, by=by, on=on, at=at, id=id)


def _clock(row: Reflection) -> RunningClock | None:
    rows = RunningClock.objects.filter(case=row.case_id, clock=PHASE_A, closed_as="")
    return rows.filter(target=reckoning.reference(row)).first()


def is_over(row: Reflection, at: datetime) -> bool:
    """Whether the time that the clock gives this period has passed."""
    clock = _clock(row)
    return clock is not None and clock.ends_at is not None and clock.ends_at <= at


def end_period(row: Reflection, *, how: str, on: date, by: Any, at: datetime, act: str) -> None:
    """The end as part of another act that has already checked its own right."""
    row.ended_on, row.ended_as, row.version = on, how, row.version + 1
    row.save(update_fields=["ended_on", "ended_as", "version"])
    journal.enter(by=by, act=act, target=row, case=row.case_id)
    member = None if isinstance(by, str) else by
    kind = "reflection_ended_by_wish" if how == "own_wish" else "reflection_ended"
    timeline.record(row.case, kind, on=on, made_at=at, by=member, about=row.person, target=row)
    if how != "ran_out":  # a period that ran out leaves its clock waiting for the interview that it opened
        clocks.stop(row.case, PHASE_A, by=by, event=kind, at=at, about=row.person, target=row, row=row)
    told = facts_of.reflected(row)
    if told:
        facts.add(**told)


def let_run_out(case: Any, *, by: Any, at: datetime) -> int:
    """Periods of this case whose time has passed are written down as ended on their last day."""
    passed = _passed(_unended().filter(case=case), at)
    for row, last in passed:
        end_period(row, how="ran_out", on=last, by=by, at=at, act=RAN_OUT)
    return len(passed)


def _unended() -> Any:
    return Reflection.objects.filter(ended_on=None, closed_as="").select_related("case", "person")


def _passed(rows: Any, at: datetime) -> list[tuple[Reflection, date]]:
    """Those of the periods whose clock has ended, with their last day."""
    found = []
    for portion in batched(rows, PORTION, strict=False):
        held = {reckoning.reference(row): row for row in portion}
        clocks_of = RunningClock.objects.filter(clock=PHASE_A, closed_as="", target__in=list(held), ends_at__lte=at)
        found += [(held[c.target], c.end_on) for c in clocks_of if c.end_on is not None]
    return found


def run_out_everywhere(*, at: datetime) -> int:
    """The same for all cases: what the worker does, so that figures do not wait for somebody to look. Done twice it
    changes nothing."""
    with system_read("tick", line=False, at_once=False):
        passed = _passed(_unended(), at)
        for row, last in passed:
            with transaction.atomic():
                end_period(row, how="ran_out", on=last, by="system:tick", at=at, act=RAN_OUT)
    return len(passed)


def follow_screening(row: Screening, *, by: Any, at: datetime) -> Reflection | None:
    """Entry into the referral mechanism begins the period in the same act, and the notice of rights is due;
    a correction of the screening corrects what it began."""
    case, person, old = row.case, row.person, row.replaces
    began = Reflection.objects.filter(screening=old, closed_as="").first() if old is not None else None
    if began is not None:
        if row.enters_nrm and began.entered_on == row.on:
            began.screening = row
            began.save(update_fields=["screening"])
            return began
        if began.ended_on is None:
            take_back(began, by=by, at=at)
    if not row.enters_nrm:
        return None
    let_run_out(case, by=by, at=at)
    if open_reflection(case, person) is not None:
        return None
    if Reflection.objects.filter(case=case, person=person, closed_as="").exists():
        return None  # the period was used; whether a further one begins is for people to say
    return start(case, person, by=by, on=row.on, at=at, screening=row)


def unmaking(row: Any, *, by: Any, at: datetime) -> list[Problem]:
    """Why this member may not take back a record on which a running period rests: nobody ends one by a correction
    alone."""
    running = row if isinstance(row, Reflection) and row.ended_on is None else None
    if isinstance(row, Screening):
        running = Reflection.objects.filter(screening=row, ended_on=None, closed_as="").first()
    if running is None or is_over(running, at):
        return []
    return [*early_ends.unmaking_problems(wrote=row.made_by_id == by.pk, held=case_access(by, row.case_id))]


def take_back(row: Reflection, *, by: Any, at: datetime) -> None:
    """What began the period was an error: it counts no more, and its clock stops."""
    correct.close(row, "error", "other")
    journal.enter(by=by, act="identification.correct", target=row, case=row.case_id)
    clocks.undo(row, by=by, at=at)


def follow_error(row: Screening, *, by: Any, at: datetime) -> None:
    """A screening entered in error takes the period with it that it began, unless the period has ended."""
    for began in Reflection.objects.filter(screening=row, ended_on=None, closed_as=""):
        take_back(began, by=by, at=at)


def follow_decision(decision: Decision, *, by: Any, on: date, at: datetime) -> None:
    """The clock of a period that has passed is done; a running period runs on, whatever was decided. Identified: the
    second phase begins where the pack has it on (it ships off until confirmed)."""
    case, person = decision.case, decision.person
    let_run_out(case, by=by, at=at)
    for clock in RunningClock.objects.filter(case=case, about=person, clock=PHASE_A, state="running", ends_at__lte=at):
        clocks.satisfy(case, PHASE_A, by=by, event="identification_decided", at=at, about=person, target=clock.target,
                       row=decision)  # fmt: skip
    if decision.outcome == "identified":
        clocks.begin(case, PHASE_B, by=by, start=on, event="victim_identified", at=at, about=person, target=decision)


def _check(reflection: Reflection, *, by: Any, wellbeing: str, needs: list[str], words: str, on: date, at: datetime,
           today: date, id: Any = None) -> WelfareCheck:  # fmt: skip
    """One look, added to the others of that day: an urgent morning is not overwritten by a quiet evening."""
    row = WelfareCheck(
        id=id or uuid4(), case=reflection.case, reflection=reflection, person=reflection.person, on=on,
        wellbeing=wellbeing, needs=needs, made_at=at, made_by=by,
    )  # fmt: skip
    if words.strip():
        vault.seal(row, words=normalise_lines(words))
    row.save(force_insert=True)
    journal.enter(by=by, act=WELFARE, target=row, case=reflection.case_id)
    if wellbeing == "urgent":
        _call_the_team(row, by=by, at=at, today=today)
    return row


def _call_the_team(row: WelfareCheck, *, by: Any, at: datetime, today: date) -> None:
    timeline.record(row.case, "welfare_urgent", on=row.on, made_at=at, by=by, about=row.person, target=row)
    if not work.Task.objects.filter(case=row.case, about=row.person, title=URGENT, done_at=None, closed_as="").exists():
        work.open_task(row.case, URGENT, by=by, at=at, due_on=today, about=row.person)


def _refuse(reflection: Reflection, *, wellbeing: str, needs: list[str], words: str, on: date, today: date) -> None:
    refuse_if(rules_of.welfare_problems(
        wellbeing=wellbeing, needs=needs, known_needs=rules.NEEDS, words=words, on=on,
        entered_on=reflection.entered_on, ended_on=reflection.ended_on, today=today))  # fmt: skip


@transaction.atomic
def record_check(
    *, by: Any, reflection: Reflection, wellbeing: str, on: date, at: datetime, today: date,
    needs: list[str] | None = None, words: str = "", id: Any = None,
) -> WelfareCheck:  # fmt: skip
    """How one person is today. Nothing is asked about what happened."""
    check(by, WELFARE, reflection)
    _refuse(reflection, wellbeing=wellbeing, needs=needs or [], words=words, on=on, today=today)
    told = {"wellbeing": wellbeing, "needs": needs or [], "words": words, "on": on}
    return _check(reflection, by=by, at=at, today=today, id=id, **told)


@transaction.atomic
def record_round(
    *, by: Any, case: Any, marks: list[dict[str, Any]], on: date, at: datetime, today: date
) -> tuple[list[WelfareCheck], list[WelfareCheck]]:
    """A round through a shelter, saved together. Each mark (`reflection`, `wellbeing`, `needs`, `seen`: the id of
    the newest look that the page showed) is one person; where a colleague was there meanwhile, their look stands
    and this one is given back, never saved over it. Returns what was saved, and the looks that stood in between."""
    check(by, WELFARE, case)
    saved, between = [], []
    wanted = Reflection.objects.select_for_update().filter(
        case=case, closed_as="", ended_on=None, pk__in=[m["reflection"] for m in marks])  # fmt: skip
    held = {str(row.pk): row for row in wanted.select_related("case", "person")}
    for mark in marks:
        row = held.get(str(mark["reflection"]))
        if row is None:
            continue
        newest = next(iter(looks_of_period(row)), None)
        if newest is not None and str(newest.pk) != mark.get("seen"):
            between.append(newest)
            continue
        told = {"wellbeing": mark["wellbeing"], "needs": mark.get("needs") or [], "words": "", "on": on}
        _refuse(row, today=today, **told)
        saved.append(_check(row, by=by, at=at, today=today, **told))
    return saved, between
