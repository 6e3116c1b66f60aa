"""Days off are corrected by a coordinator; all running clocks that it moves are computed anew in the same act."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, models, transaction

from prasan import journal, packs
from prasan.access.check import check
from prasan.access.held import held
from prasan.access.system import system_read
from prasan.plain.problem import Problem, Refused, refuse_if
from prasan.plain.text import normalise

from ..models import Holiday, RunningClock
from ..queries_of_time import correction
from ..rules import time as rules
from . import clocks, reckoning

ACT = "cases.change_holidays"
YEARS_BACK, YEARS_AHEAD = 20, 20


@transaction.atomic
def correct_day(
    *, by: Any, on: date, is_off: bool, calendars: list[str], name_en: str, name_th: str, source: str, at: datetime,
    today: date,
) -> tuple[Holiday, int]:  # fmt: skip
    """A day is off that the pack does not know, or is worked after all. Returns it, and how many clocks moved."""
    check(by, ACT)
    off_in = [name for name in rules.CALENDARS if on in packs.holidays(name)]
    refuse_if(rules.day_off_problems(
        on=on, is_off=is_off, calendars=calendars, off_in=off_in, corrected=correction(on) is not None,
        name_en=name_en, name_th=name_th, source=source, first=date(today.year - YEARS_BACK, 1, 1),
        last=date(today.year + YEARS_AHEAD, 12, 31),
    ))  # fmt: skip
    try:
        with transaction.atomic():
            row = Holiday.objects.create(
                id=uuid4(), on=on, is_off=is_off, calendars=sorted(calendars), name_en=normalise(name_en),
                name_th=normalise(name_th), source=normalise(source), made_at=at, made_by=by,
            )  # fmt: skip
    except IntegrityError:  # a colleague corrected the same day at the same time
        raise Refused(Problem(rules.ALREADY_CORRECTED, field="on")) from None
    return row, _move_clocks(row, by=by, at=at)


@transaction.atomic
def withdraw_day(*, by: Any, holiday: Holiday, version: int, at: datetime, today: date) -> int:
    """The correction was a mistake or is out of date: what the pack says holds again. Returns how many clocks moved."""
    check(by, ACT)
    held(holiday, version)
    holiday.closed_as, holiday.closed_reason, holiday.version = "error", "other", holiday.version + 1
    holiday.save(update_fields=["closed_as", "closed_reason", "version"])
    return _move_clocks(holiday, by=by, at=at)


def _touched(on: date) -> models.QuerySet[RunningClock]:
    """The running clocks that this day can move: it lies between their beginning and their end, either way round, or
    in the days of grace after it."""
    inside = models.Q(start_on__lte=on, end_on__gte=on) | models.Q(start_on__gte=on, end_on__lte=on)
    moved_back = models.Q(unmoved_on__gte=on, end_on__lte=on) | models.Q(unmoved_on__lte=on, end_on__gte=on)
    acts_by = models.Q(act_by_on__lte=on, end_on__gte=on)
    grace = models.Q(end_on__lte=on, late_at__gt=reckoning.midnight_of(on))
    rows = RunningClock.objects.filter(inside | moved_back | acts_by | grace, state="running", closed_as="")
    return rows.select_related("case", "about").order_by("pk")


def _move_clocks(row: Holiday, *, by: Any, at: datetime) -> int:
    """Compute anew what the day touches, past every scope; one line in the journal with the clocks that moved."""
    moved = []
    with system_read("tick", line=False):
        for clock in _touched(row.on).select_for_update(of=("self",)):
            law = reckoning.law_of(clock.clock, clock.start_on)
            if law is None or (row.calendars and law.calendar not in row.calendars):
                continue
            was, was_by = clock.end_on, clock.act_by_on
            if clocks.reckon_again(clock, by=by, at=at):
                clock.moved_from_on = was
                clock.save(update_fields=["moved_from_on"])
                moved.append(clock)
            elif clock.act_by_on != was_by:
                clock.save(update_fields=["act_by_on"])
    journal.enter(by=by, act=ACT, target=row, ids={reckoning.reference(clock) for clock in moved})
    return len(moved)
