"""Dates and clocks as a calendar file for a member's own calendar program: pseudonymous codes, and nothing else."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from prasan.cases.models import Appointment, RunningClock
from prasan.cases.rules import APPOINTMENTS

from .showing_time import name_of


def calendar(dates: Iterable[Appointment], clocks: Iterable[RunningClock], at: datetime) -> bytes:
    """An iCalendar (RFC 5545) of what is given, in the active language."""
    told = Calendar()
    told.add("prodid", "-//Prasan//Prasan//EN")
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", "Prasan")
    for row in dates:
        entry = _entry(row, at, _(APPOINTMENTS[row.kind]))
        entry.add("dtstart", row.at.astimezone(UTC))
        if row.until and row.until > row.at:
            entry.add("dtend", row.until.astimezone(UTC))
        told.add_component(entry)
    for clock in clocks:
        what, on = _last(clock)
        if on is None:
            continue
        entry = _entry(clock, at, what % {"clock": name_of(clock)})
        entry.add("dtstart", on)
        entry.add("transp", "TRANSPARENT")
        told.add_component(entry)
    return bytes(told.to_ical())


def _last(clock: RunningClock) -> tuple[str, date | datetime | None]:
    """What the calendar says of a clock, and when: its end, or the last working day before an end on a day off,
    which is the day to act by and not the end. None where the end waits for an event."""
    if clock.end_at:
        return _("Ends: %(clock)s"), clock.end_at.astimezone(UTC)
    if clock.act_by_on and clock.act_by_on != clock.end_on:
        return _("Act by: %(clock)s"), clock.act_by_on
    return _("Ends: %(clock)s"), clock.end_on


def _entry(row: Appointment | RunningClock, at: datetime, what: str) -> Event:
    entry = Event()
    entry.add("uid", f"{row.pk}@prasan")
    entry.add("dtstamp", at)
    entry.add("class", "PRIVATE")
    entry.add("summary", " · ".join(filter(None, (what, row.about.code if row.about else "", row.case.code))))
    return entry
