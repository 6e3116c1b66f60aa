"""Arrest and custody are steps on a person's part in a case, with or without an operation."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import facts, journal
from prasan.access.check import check
from prasan.plain.dates import local_day
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.words import gettext_noop as _

from .. import rules
from ..facts_of import arrest
from ..models import CustodyStep, Participation, RunningClock
from . import clocks, correct, reckoning, timeline, work

NON_PUNISHMENT = _(
    "Non-punishment check (Anti-Trafficking Act s.41): is this person accused of what trafficking caused?"
)
# How the pack calls the steps. The arrest stands for the arrival at the inquiry office: it is earlier, so safer.
STEP_EVENTS = {"bailed": "released_on_bail"}
BEGINS = {"arrested": "arrest-to-court", "remanded": "remand", "bailed": "bail"}
NEEDS_CONTRIBUTION = _("Say how the team contributed to the arrest: the figures need it.")


@transaction.atomic
def record_custody(
    *, by: Any, participation: Participation, step: str, step_at: datetime, at: datetime, body: str = "",
    province: str = "", contribution: str = "", act: str = "cases.record_custody", id: Any = None,
    replaces: CustodyStep | None = None,
) -> CustodyStep:  # fmt: skip
    """Record an arrest or a step of custody. Anti-Trafficking Act s.41: when a survivor is the one arrested,
    the lawyer's non-punishment task opens in the same act."""
    case, person = participation.case, participation.person
    check(by, act, case)
    today, on = local_day(at), local_day(step_at)
    needs = step == "arrested" and participation.is_defendant
    refuse_if([
        *rules.day_problems(on, today, "step_at"),
        *([Problem(NEEDS_CONTRIBUTION, field="contribution")] if needs and not contribution else []),
    ])  # fmt: skip
    row = CustodyStep.objects.create(
        id=id or uuid4(), case=case, participation=participation, step=step, at=step_at, body=body,
        province=province, contribution=contribution, replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    journal.enter(by=by, act=act, target=row, case=case)
    timeline.record(case, "custody", on=on, at=step_at, made_at=at, by=by, about=person, step=step, target=row)
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
    _run_clocks(row, by=by, at=at)
    if step == "arrested" and participation.is_defendant:
        facts.add(**arrest(row))
    survivor = Participation.objects.filter(person=person, part__in=rules.SURVIVOR_PARTS, closed_as="").exists()
    if survivor and step in {"arrested", "detained"}:
        work.open_task(case, NON_PUNISHMENT, by=by, at=at, due_on=today, partition="legal", about=person)
    return row


def _run_clocks(row: CustodyStep, *, by: Any, at: datetime) -> None:
    """CPC 87 and 113: an arrest must reach the court; remand and bail of the inquiry have their own limits."""
    case, person = row.case, row.participation.person
    told: dict[str, Any] = {"by": by, "at": at, "about": person, "event": STEP_EVENTS.get(row.step, row.step)}
    ends = {
        "remanded": {"arrest-to-court": clocks.satisfy, "bail": clocks.satisfy},
        "bailed": {"arrest-to-court": clocks.satisfy, "remand": clocks.stop},
        "released": {"arrest-to-court": clocks.satisfy, "remand": clocks.stop, "bail": clocks.stop},
    }
    for code, end in ends.get(row.step, {}).items():
        end(case, code, row=row, happened=row.at, **told)
    begins = BEGINS.get(row.step)
    running = RunningClock.objects.filter(case=case, clock=begins or "", about=person, state="running", closed_as="")
    if begins and not running.exists():
        penalty = _highest_penalty(case, person) if begins == "remand" else {}
        clocks.begin(case, begins, start=row.at, target=row, **told, **penalty)


@clocks.after_undo(CustodyStep)
def _run_for_another(row: CustodyStep, *, by: Any, at: datetime) -> None:
    """The same step may stand written once more, rightly: the clock runs for that one, unless a later step ended it."""
    code = BEGINS.get(row.step)
    steps = CustodyStep.objects.filter(participation=row.participation, closed_as="").exclude(pk=row.pk)
    for other in steps.filter(step=row.step).order_by("at") if code else ():
        later = steps.filter(at__gte=other.at).exclude(pk=other.pk).exclude(step=row.step)
        running = RunningClock.objects.filter(target=clocks.reference(other), clock=code, closed_as="")
        if not later.exists() and not running.exists():
            _run_clocks(other, by=by, at=at)


def _highest_penalty(case: Any, person: Any) -> dict[str, Decimal]:
    """The highest penalty of all that this person is charged with decides on the days of remand (CPC 87). Only its
    years are kept with the remand, which members see who do not see the charges."""
    runs = RunningClock.objects.filter(case=case, clock="limitation", about=person, closed_as="")
    runs = runs.exclude(ended_by_event="entered_in_error")
    months = [found for clock in runs if (found := reckoning.penalty_months(clock)) is not None]
    return {"max_penalty_years": max(months) / 12} if months else {}


def reckon_remand(case: Any, person: Any, *, by: Any, at: datetime) -> None:
    """Another charge may change how long remand lasts: the clock that runs is computed anew."""
    told = {name: str(value) for name, value in _highest_penalty(case, person).items()}
    rows = RunningClock.objects.filter(case=case, clock="remand", about=person, state="running", closed_as="")
    for clock in rows.select_for_update(of=("self",)):
        clock.circumstances = {k: v for k, v in clock.circumstances.items() if k == "event"} | told
        clocks.reckon_again(clock, by=by, at=at)
