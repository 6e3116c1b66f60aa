"""Arrest and custody are steps on a person's part in a case, with or without an operation."""

from datetime import datetime
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
from . import clocks, correct, timeline, work

NON_PUNISHMENT = _(
    "Non-punishment check (Anti-Trafficking Act s.41): is this person accused of what trafficking caused?"
)
# How the pack calls the steps. The arrest stands for the arrival at the inquiry office: it is earlier, so safer.
STEP_EVENTS = {"bailed": "released_on_bail"}
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
        end(case, code, row=row, **told)
    begins = {"arrested": "arrest-to-court", "remanded": "remand", "bailed": "bail"}.get(row.step)
    running = RunningClock.objects.filter(case=case, clock=begins or "", about=person, state="running", closed_as="")
    if begins and not running.exists():
        offence = _charged_with(case, person) if begins == "remand" else {}
        clocks.begin(case, begins, start=row.at, target=row, **told, **offence)


def _charged_with(case: Any, person: Any) -> dict[str, str]:
    """The offence whose limitation runs against this person: its highest penalty decides on the days of remand."""
    runs = RunningClock.objects.filter(case=case, clock="limitation", about=person, closed_as="")
    offences = [str(clock.circumstances.get("offence", "")) for clock in runs.order_by("start_on", "pk")]
    return {"offence": offences[-1]} if offences and offences[-1] else {}
