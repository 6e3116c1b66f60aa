"""Clocks of law start and end by acts: begun, satisfied, stopped, extended, set by hand with a reason."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from prasan import journal, packs
from prasan.access.check import Denied, case_access, check, deadlines
from prasan.access.held import held
from prasan.access.opening import NOT_YOUR_PART
from prasan.packs.closed import CLOCK_EVENTS
from prasan.plain.dates import local_day
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.text import normalise

from ..models import RunningClock
from ..rules import time as rules
from . import reckoning, timeline

reference = reckoning.reference
EXTEND, KEEP, OVERRIDE = "cases.extend_clock", "cases.keep_clock", "cases.override_clock"


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


def _end(rows: Any, state: str, *, by: Any, event: str, at: datetime, row: Any, happened: date | None = None) -> int:
    """End clocks by what happened: whether in time is judged by when it happened, not by when it was written down."""
    _known(event)
    found = list(rows.select_for_update(of=("self",)))
    done = at if happened is None else reckoning.moment_of(happened)
    for clock in found:
        clock.state, clock.ended_at, clock.ended_by_event, clock.ended_by = state, done, event, reckoning.reference(row)
        late = clock.late_at is not None and done >= clock.late_at
        if late and clock.missed_at is None:
            _tell_missed(clock, at=at)
        clock.missed_at = (clock.missed_at or at) if late else None
        clock.version += 1
        clock.save(update_fields=["state", "ended_at", "ended_by_event", "ended_by", "missed_at", "version"])
        journal.enter(by=by, act=f"cases.{rules.ENDINGS[state]}_clock", target=clock, case=clock.case_id)
    return len(found)


def satisfy(case: Any, code: str, *, by: Any, event: str, at: datetime, about: Any = None, target: Any = None,
            row: Any = None, happened: date | None = None) -> int:  # fmt: skip
    """What the clock waited for was done, on the day or at the instant `happened`. `row` is the record of it: when
    that turns out an error, the clock runs again. Returns how many clocks ended."""
    return _end(_running(case, code, about, target), "satisfied", by=by, event=event, at=at, row=row, happened=happened)


def stop(case: Any, code: str, *, by: Any, event: str, at: datetime, about: Any = None, target: Any = None,
         row: Any = None, happened: date | None = None) -> int:  # fmt: skip
    """The clock runs no more, and nothing was done in time that it waited for."""
    return _end(_running(case, code, about, target), "stopped", by=by, event=event, at=at, row=row, happened=happened)


def run_again(rows: models.QuerySet[RunningClock], *, by: Any, at: datetime) -> int:
    """What had ended these clocks fell away: they run on, reckoned on the days off as they are now."""
    found = list(rows.filter(closed_as="").exclude(state="running"))
    for clock in found:
        clock.state, clock.ended_at, clock.ended_by_event, clock.ended_by = "running", None, "", ""
        _reckon(clock)
        clock.missed_at = clock.missed_at if clock.late_at is not None and clock.late_at <= at else None
        clock.version += 1
        clock.save()
        journal.enter(by=by, act="cases.run_clock_again", target=clock, case=clock.case_id)
    return len(found)


def _reckon(clock: RunningClock) -> None:
    """Compute the end anew by the law as it is known now; as it stands where the pack has lost the clock."""
    law = reckoning.law_of(clock.clock, clock.start_on)
    if law is not None:
        reckoning.reckon(clock, law)


def reckon_again(clock: RunningClock, *, by: Any, at: datetime) -> bool:
    """What the end rests on has changed: it is computed anew, and the case says so when it moved."""
    was, was_late, before = clock.ends_at, clock.late_at, reckoning.end_written(clock)
    _reckon(clock)
    if (clock.ends_at, clock.late_at) == (was, was_late):
        return False
    if clock.late_at is not None and clock.late_at > at:
        clock.missed_at = None
    clock.version += 1
    clock.save()
    if clock.ends_at == was:
        return False
    timeline.record(
        clock.case, "clock_moved", on=local_day(at), made_at=at, by=by, about=clock.about, target=clock,
        partition=clock.partition, clock=clock.clock, end=reckoning.end_written(clock), was=before,
        person=clock.about.code if clock.about else "",
    )  # fmt: skip
    return True


_AFTER_UNDO: dict[type, Callable[..., None]] = {}


def after_undo(model: type) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register what other records in force still ask for when one of this kind falls away: `(row, by=, at=)`."""

    def register(again: Callable[..., None]) -> Callable[..., None]:
        _AFTER_UNDO[model] = again
        return again

    return register


def undo(row: Any, *, by: Any, at: datetime) -> None:
    """A record was entered in error or superseded: clocks that it had ended run again, those that it had
    started stop, and what others of its kind still ask for begins."""
    if not getattr(row, "case_id", None):
        return
    own = RunningClock.objects.filter(case=row.case_id)
    run_again(own.filter(ended_by=reckoning.reference(row)), by=by, at=at)
    started = own.filter(target=reckoning.reference(row), state="running", closed_as="")
    _end(started, "stopped", by=by, event="entered_in_error", at=at, row=None)
    again = _AFTER_UNDO.get(type(row))
    if again is not None:
        again(row, by=by, at=at)


def retarget(old: Any, new: Any) -> None:
    """A record was corrected in what no clock rests on: the clocks that it started and ended follow the new one."""
    rows = RunningClock.objects.filter(case=old.case_id)
    was, now = reckoning.reference(old), reckoning.reference(new)
    rows.filter(target=was).update(target=now)
    rows.filter(ended_by=was).update(ended_by=now)


def _open(by: Any, clock: RunningClock, act: str, version: int) -> Any:
    """May `by` do this to the clock as it stands? Gives the law it runs by."""
    check(by, act, clock)
    if clock.partition not in deadlines(case_access(by, clock.case_id)):
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
        running=clock.state == "running", against=reckoning.against(clock, law, told), length=length,
        unit=unit, until=until, end_on=reckoning.end_day(clock), on=on, start_on=clock.start_on, reason=reason,
        today=today,
    ))  # fmt: skip
    was = reckoning.end_written(clock)
    clock.extensions = [*clock.extensions, {**told, "on": on.isoformat(), "reason": normalise(reason)[:300]}]
    reckoning.reckon(clock, law)
    _changed(clock, by=by, act=EXTEND, event="clock_extended", was=was, on=on, at=at, reason=reason)
    return clock


def fileable(clock: RunningClock) -> list[str]:
    """What of that for which the clock waits is written at the clock itself."""
    law = reckoning.law_of(clock.clock, clock.start_on)
    return [event for event in (law.satisfied_by if law else ()) if event in rules.FILED_ELSEWHERE]


@transaction.atomic
def keep_clock(*, by: Any, clock: RunningClock, event: str, on: date, version: int, at: datetime, today: date
               ) -> RunningClock:  # fmt: skip
    """What the clock waits for was done at a court or an office: in time or late is judged by its day."""
    _open(by, clock, KEEP, version)
    refuse_if(rules.kept_problems(
        running=clock.state == "running", event=event, offered=fileable(clock), on=on, start_on=clock.start_on,
        today=today,
    ))  # fmt: skip
    _end(RunningClock.objects.filter(pk=clock.pk), "satisfied", by=by, event=event, at=at, row=clock, happened=on)
    timeline.record(clock.case, "clock_kept", on=on, made_at=at, by=by, about=clock.about, partition=clock.partition,
                    target=clock, clock=clock.clock, event=event,
                    person=clock.about.code if clock.about else "")  # fmt: skip
    clock.refresh_from_db()
    return clock


@transaction.atomic
def take_back(*, by: Any, clock: RunningClock, version: int, at: datetime, today: date) -> RunningClock:
    """That it was done was written in error: the clock runs again."""
    _open(by, clock, KEEP, version)
    refuse_if([] if clock.ended_by == reference(clock) else [Problem(rules.NOT_KEPT_HERE)])
    run_again(RunningClock.objects.filter(pk=clock.pk), by=by, at=at)
    timeline.record(clock.case, "clock_runs_again", on=today, made_at=at, by=by, about=clock.about, target=clock,
                    partition=clock.partition, clock=clock.clock,
                    person=clock.about.code if clock.about else "")  # fmt: skip
    clock.refresh_from_db()
    return clock


@transaction.atomic
def override_clock(
    *, by: Any, clock: RunningClock, reason: str, version: int, at: datetime, today: date,
    end_on: date | None = None, stop: bool = False,
) -> RunningClock:  # fmt: skip
    """Set the end by hand, or stop the clock, against what was computed: never without a reason."""
    law = _open(by, clock, OVERRIDE, version)
    refuse_if(rules.override_problems(
        running=clock.state == "running", end_on=end_on, stop=stop, start_on=clock.start_on, reason=reason,
        protects_until=(reckoning.end_day(clock) or date.max) if clock.blocks else None,
    ))  # fmt: skip
    was = reckoning.end_written(clock)
    clock.override_reason = normalise(reason)[:300]
    if stop:
        clock.state, clock.ended_at, clock.ended_by_event = "stopped", at, "overridden"
    elif end_on is not None:
        told = {"length": 0, "unit": "", "until": end_on.isoformat(), "on": today.isoformat(), "by_hand": True}
        clock.extensions = [*clock.extensions, {**told, "reason": clock.override_reason}]
        reckoning.reckon(clock, law or reckoning.nothing(clock))
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


def _tell_missed(clock: RunningClock, *, at: datetime) -> None:
    """One line of the timeline, on the last day of the period."""
    day = local_day((clock.late_at or at) - timedelta(microseconds=1))
    timeline.record(clock.case, "clock_missed", on=day, made_at=at, by=None, about=clock.about,
                    partition=clock.partition, target=clock, clock=clock.clock,
                    person=clock.about.code if clock.about else "")  # fmt: skip


def mark_missed(rows: models.QuerySet[RunningClock], *, at: datetime) -> int:
    """Time alone misses a clock: mark those that ended unfinished, each with a line of the timeline."""
    count = 0
    for clock in list(rows):
        held = RunningClock.objects.filter(pk=clock.pk, state="running", missed_at=None, version=clock.version)
        if not held.update(missed_at=at, version=clock.version + 1):
            continue
        _tell_missed(clock, at=at)
        journal.enter(by="system:tick", act="cases.miss_clock", target=clock, case=clock.case_id)
        count += 1
    return count
