"""Clocks of law start and end by acts: begun, satisfied, stopped, extended, set by hand with a reason."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from prasan import journal, packs
from prasan.access.check import Denied, check, partitions_of
from prasan.access.held import held
from prasan.access.opening import NOT_YOUR_PART
from prasan.packs.closed import CLOCK_EVENTS
from prasan.plain.dates import local_day
from prasan.plain.problem import refuse_if
from prasan.plain.text import normalise

from ..models import RunningClock
from ..rules import time as rules
from . import reckoning, timeline

reference = reckoning.reference
EXTEND, OVERRIDE = "cases.extend_clock", "cases.override_clock"


def begin(
    case: Any, code: str, *, by: Any, start: date | datetime, event: str, at: datetime, about: Any = None,
    target: Any = None, partition: str = "shared", **circumstances: Any,
) -> RunningClock | None:  # fmt: skip
    """Start a clock inside the act that calls for it, by the law of the start day. None when the pack's row
    ships off, or when it has none for that day. The same start again gives the clock that runs already."""
    clock = drawn(case, code, by=by, start=start, event=event, at=at, about=about, target=target, partition=partition,
                  **circumstances)  # fmt: skip
    if clock is None:
        return None
    where = {"case": case, "clock": code, "about": about, "target": clock.target, "closed_as": "", "state": "running"}
    same = RunningClock.objects.filter(**where, start_on=clock.start_on, start_at=clock.start_at).first()
    if same is not None:
        return same
    clock.save(force_insert=True)
    journal.enter(by=by, act="cases.begin_clock", target=clock, case=case)
    return clock


def drawn(
    case: Any, code: str, *, by: Any, start: date | datetime, event: str, at: datetime, about: Any = None,
    target: Any = None, partition: str = "shared", **circumstances: Any,
) -> RunningClock | None:  # fmt: skip
    """A clock as `begin` would start it, reckoned and not yet saved: the import writes many of them in one go."""
    _known(event)
    on = local_day(start) if isinstance(start, datetime) else start
    law = reckoning.law_of(code, on)
    if law is None or not law.enabled:
        return None
    clock = RunningClock(
        id=uuid4(), case=case, clock=code, about=about, target=reckoning.reference(target), partition=partition,
        start_event=event, start_on=on, start_at=start if isinstance(start, datetime) else None,
        circumstances=reckoning.kept(circumstances, event, law), blocks=list(law.blocks),
        pack_version=packs.version(), made_at=at, made_by=by,
    )  # fmt: skip
    reckoning.reckon(clock, law)
    return clock


def _known(event: str) -> None:
    """Events that start or end a clock come from the closed list, where each has its name for the page."""
    if event not in CLOCK_EVENTS and event not in rules.CLOCK_EVENTS:
        raise KeyError(event)


def _running(case: Any, code: str, about: Any, target: Any) -> models.QuerySet[RunningClock]:
    rows = RunningClock.objects.filter(case=case, clock=code, state="running", closed_as="")
    rows = rows.filter(about=about) if about is not None else rows
    return rows.filter(target=reckoning.reference(target)) if target is not None else rows


def _end(rows: Any, state: str, *, by: Any, event: str, at: datetime, row: Any) -> int:
    _known(event)
    found = list(rows.select_for_update(of=("self",)))
    for clock in found:
        clock.state, clock.ended_at, clock.ended_by_event, clock.ended_by = state, at, event, reckoning.reference(row)
        clock.version += 1
        clock.save(update_fields=["state", "ended_at", "ended_by_event", "ended_by", "version"])
        journal.enter(by=by, act=f"cases.{rules.ENDINGS[state]}_clock", target=clock, case=clock.case_id)
    return len(found)


def satisfy(case: Any, code: str, *, by: Any, event: str, at: datetime, about: Any = None, target: Any = None,
            row: Any = None) -> int:  # fmt: skip
    """What the clock waited for was done. `row` is the record of it: when that turns out an error, the clock
    runs again. Returns how many clocks ended."""
    return _end(_running(case, code, about, target), "satisfied", by=by, event=event, at=at, row=row)


def stop(case: Any, code: str, *, by: Any, event: str, at: datetime, about: Any = None, target: Any = None,
         row: Any = None) -> int:  # fmt: skip
    """The clock runs no more, and nothing was done in time that it waited for."""
    return _end(_running(case, code, about, target), "stopped", by=by, event=event, at=at, row=row)


def run_again(rows: models.QuerySet[RunningClock], *, by: Any) -> int:
    """What had ended these clocks fell away: they run on, with the end that they had."""
    found = list(rows.filter(closed_as="").exclude(state="running"))
    for clock in found:
        clock.state, clock.ended_at, clock.ended_by_event, clock.ended_by = "running", None, "", ""
        clock.version += 1
        clock.save(update_fields=["state", "ended_at", "ended_by_event", "ended_by", "version"])
        journal.enter(by=by, act="cases.run_clock_again", target=clock, case=clock.case_id)
    return len(found)


def undo(row: Any, *, by: Any, at: datetime) -> None:
    """A record was entered in error or superseded: clocks that it had ended run again, those that it had
    started stop."""
    if not getattr(row, "case_id", None):
        return
    own = RunningClock.objects.filter(case=row.case_id)
    run_again(own.filter(ended_by=reckoning.reference(row)), by=by)
    started = own.filter(target=reckoning.reference(row), state="running", closed_as="")
    _end(started, "stopped", by=by, event="entered_in_error", at=at, row=None)


def _open(by: Any, clock: RunningClock, act: str, version: int) -> Any:
    """May `by` do this to the clock as it stands? Gives the law it runs by."""
    check(by, act, clock)
    if clock.partition not in partitions_of(by, clock.case_id):
        raise Denied(NOT_YOUR_PART, act)
    held(clock, version)
    return reckoning.law_of(clock.clock, clock.start_on)


@transaction.atomic
def extend_clock(
    *, by: Any, clock: RunningClock, length: int | None, unit: str, on: date, reason: str, version: int, at: datetime,
    today: date, until: date | None = None,
) -> RunningClock:  # fmt: skip
    """Whoever the law names has extended the period; where the order states a day, that day counts (CCC 193/7)."""
    law = _open(by, clock, EXTEND, version)
    told = {"length": length or 0, "unit": unit, "until": until.isoformat() if until else ""}
    refuse_if(rules.extension_problems(
        running=clock.state == "running", against=reckoning.against(law, [*clock.extensions, told]), length=length,
        unit=unit, until=until, end_on=reckoning.end_day(clock), on=on, start_on=clock.start_on, reason=reason,
        today=today,
    ))  # fmt: skip
    was = reckoning.end_written(clock)
    clock.extensions = [*clock.extensions, {**told, "on": on.isoformat(), "reason": normalise(reason)[:300]}]
    reckoning.reckon(clock, law)
    _changed(clock, by=by, act=EXTEND, event="clock_extended", was=was, on=on, at=at, reason=reason)
    return clock


@transaction.atomic
def override_clock(
    *, by: Any, clock: RunningClock, reason: str, version: int, at: datetime, today: date,
    end_on: date | None = None, stop: bool = False,
) -> RunningClock:  # fmt: skip
    """Set the end by hand, or stop the clock, against what was computed: never without a reason."""
    _open(by, clock, OVERRIDE, version)
    refuse_if(rules.override_problems(
        running=clock.state == "running", end_on=end_on, stop=stop, start_on=clock.start_on, reason=reason,
        protects_until=(reckoning.end_day(clock) or date.max) if clock.blocks else None,
    ))  # fmt: skip
    was = reckoning.end_written(clock)
    clock.override_reason = normalise(reason)[:300]
    if stop:
        clock.state, clock.ended_at, clock.ended_by_event = "stopped", at, "overridden"
    elif end_on is not None:
        clock.end_on, clock.end_at, clock.unmoved_on, clock.act_by_on = end_on, None, end_on, None
        clock.ends_at = clock.late_at = reckoning.midnight_after(end_on)
    _changed(clock, by=by, act=OVERRIDE, event="clock_overridden", was=was, on=today, at=at, reason=reason)
    return clock


def _changed(clock: RunningClock, *, by: Any, act: str, event: str, was: str, on: date, at: datetime, reason: str
             ) -> None:  # fmt: skip
    """Save, journal (the reason sealed), and one line of the timeline with the old end and the new."""
    clock.version += 1
    if clock.late_at is None or clock.late_at > at:
        clock.missed_at = None
    clock.save()
    now = reckoning.end_written(clock) if clock.state == "running" else ""
    journal.enter(by=by, act=act, target=clock, case=clock.case_id,
                  change={"reason": normalise(reason), "was": was, "now": now})  # fmt: skip
    timeline.record(clock.case, event, on=on, made_at=at, by=by, about=clock.about, partition=clock.partition,
                    target=clock, clock=clock.clock, end=now,
                    person=clock.about.code if clock.about else "")  # fmt: skip


def mark_missed(rows: models.QuerySet[RunningClock], *, at: datetime) -> int:
    """Time alone misses a clock: mark those that ended unfinished, each with a line of the timeline."""
    count = 0
    for clock in list(rows):
        held = RunningClock.objects.filter(pk=clock.pk, state="running", missed_at=None, version=clock.version)
        if not held.update(missed_at=at, version=clock.version + 1):
            continue
        day = local_day((clock.late_at or at) - timedelta(microseconds=1))
        timeline.record(clock.case, "clock_missed", on=day, made_at=at, by=None, about=clock.about,
                        partition=clock.partition, target=clock, clock=clock.clock,
                        person=clock.about.code if clock.about else "")  # fmt: skip
        journal.enter(by="system:tick", act="cases.miss_clock", target=clock, case=clock.case_id)
        count += 1
    return count
