"""Between a running clock's row and the engine: which law holds, the days off, and the end as it is kept."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from prasan import packs
from prasan.plain import clocks
from prasan.plain.branches import penalty
from prasan.plain.clocks import Circumstances, Clock, Computed, Extension, Kind
from prasan.plain.counting import NOBODY_EXTENDS
from prasan.plain.dates import BANGKOK, local_day
from prasan.plain.legaltime import Unit
from prasan.plain.problem import Problem

from ..models import RunningClock
from ..queries_of_time import days_off


def reference(row: Any) -> str:
    """`app.model:id` of the record that starts or ends a clock."""
    if row is None or isinstance(row, str):
        return row or ""
    return f"{row._meta.label_lower}:{row.pk}"


def law_of(code: str, on: date) -> Clock | None:
    """The pack's row as it holds on the start day; the newest one where the pack tells of no version for that
    day; None for a code that the pack has lost."""
    try:
        return packs.clock(code, on)
    except LookupError:
        return packs.clocks().get(code)


def nothing(clock: RunningClock) -> Clock:
    """A rule without a period, for a clock that the pack has lost: only what was set by hand is left of it."""
    return Clock(clock.clock, {"en": clock.clock}, "", clock.start_event, Kind.RULE, confirmed=False)


def kept(circumstances: dict[str, Any], event: str, law: Clock) -> dict[str, Any]:
    """What the law branches on, as the row keeps it."""
    known = event if event in law.start_events else ""
    return Circumstances(**{"event": known} | circumstances).told()


def computed(clock: RunningClock, law: Clock, extensions: list[dict[str, Any]] | None = None) -> Computed:
    """Reckon a clock from its row: start, circumstances, extensions, days off as they are corrected now."""
    return clocks.compute(
        law, clock.start_at or clock.start_on, Circumstances.of(clock.circumstances),
        holidays=days_off(law.calendar), extensions=_extensions(clock.extensions if extensions is None else extensions),
        known_years=packs.holiday_years(),
    )  # fmt: skip


def _extensions(kept: list[dict[str, Any]]) -> list[Extension]:
    days = [date.fromisoformat(e["until"]) if e["until"] else None for e in kept]
    known = set(Unit)
    return [
        Extension(int(e["length"]), Unit(e["unit"]) if e["unit"] in known else Unit.DAYS, day, bool(e.get("by_hand")))
        for e, day in zip(kept, days, strict=True)
    ]


def against(clock: RunningClock, law: Clock | None, told: dict[str, Any]) -> list[Problem]:
    """What the law has against one more extension."""
    if law is None:
        return [Problem(NOBODY_EXTENDS)]
    if not told["until"] and (not told["length"] or told["unit"] not in set(Unit)):
        return []
    now, then = computed(clock, law), computed(clock, law, [*clock.extensions, told])
    return list(then.against[len(now.against):])


def penalty_months(clock: RunningClock) -> Decimal | None:
    """The highest penalty that a clock of limitation rests on, in months; None where the pack does not know it."""
    law = law_of(clock.clock, clock.start_on)
    if law is None:
        return None
    return penalty(Circumstances.of(clock.circumstances), clock.start_on, law.offences, law.presumed).months


def reckon(clock: RunningClock, law: Clock) -> Computed:
    """Compute the end and put it into the row. A clock that is due at once is due from its first instant."""
    found = computed(clock, law)
    exact = isinstance(found.end, datetime)
    clock.end_at = found.end if exact else None  # type: ignore[assignment]
    clock.end_on = None if exact else found.end
    clock.unmoved_on = None if isinstance(found.unmoved, datetime) else found.unmoved
    clock.act_by_on = found.act_by
    clock.ends_at, clock.late_at = found.ends_at, found.late_at or found.ends_at
    clock.confirmed = found.confirmed and law.holds_on(clock.start_on)
    clock.pack_version = packs.version()
    if law.kind is Kind.AT_ONCE and not clock.extensions:
        clock.end_on = clock.end_at = clock.unmoved_on = None
        clock.ends_at, clock.late_at = clock.start_at or midnight_of(clock.start_on), None
    return found


def midnight_of(day: date) -> datetime:
    """The first instant of a day in Bangkok."""
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def moment_of(happened: date) -> datetime:
    """The instant of what happened; of a mere day its first one, the reading in favour of whoever acted on it."""
    return happened if isinstance(happened, datetime) else midnight_of(happened)


def midnight_after(day: date) -> datetime:
    """The first instant after a day in Bangkok."""
    return midnight_of(day + timedelta(days=1))


def end_day(clock: RunningClock) -> date | None:
    """The last day of the period, also of one that runs in hours."""
    return clock.end_on or (local_day(clock.end_at) if clock.end_at else None)


def end_written(clock: RunningClock) -> str:
    """The end as a day or an instant, for the journal and the timeline; "" where it waits for an event."""
    end = clock.end_at or clock.end_on
    return end.isoformat() if end else ""
