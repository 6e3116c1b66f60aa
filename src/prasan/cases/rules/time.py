"""Codes and rules of the time that runs in a case: clocks, interviews, days off."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from prasan.plain.legaltime import Unit
from prasan.plain.problem import Problem
from prasan.plain.text import normalise
from prasan.plain.words import gettext_noop as _

from . import NO_REASON, TOO_LONG, day_problems

CLOCK_STATES = {
    "running": _("Running"),
    "satisfied": _("Done in time"),
    "stopped": _("Stopped"),
}
# How an end is called in the journal.
ENDINGS = {"satisfied": "satisfy", "stopped": "stop"}
# What is done at a court or an office and no other record tells: whoever knows of it writes it at the clock.
FILED_ELSEWHERE = frozenset({
    "account_frozen", "appeal_answered", "bank_complained", "breach_notified", "brought_to_court", "civil_suit_filed",
    "claim_35_filed", "co_plaintiff_joined", "complained", "departed", "evidence_day_notified", "execution_asked",
    "period_extended", "permit_renewed", "petition_44_1_filed", "read_in_absence", "report_released", "report_sent",
    "sentence_begun", "state_compensation_claimed", "takedown_reported", "witness_list_filed",
})  # fmt: skip
# What ends a clock besides the events of the law.
CLOCK_EVENTS = {
    "died": _("The accused died"),
    "reflection_ended": _("The person left, or another body took over"),
    "limitation_expired": _("The limitation expired"),
    "entered_in_error": _("The record behind it was entered in error"),
    "overridden": _("It was stopped by hand"),
}
UNITS = {
    "hours": _("hours"),
    "days": _("days"),
    "working days": _("working days"),
    "weeks": _("weeks"),
    "months": _("months"),
    "years": _("years"),
}
CALENDARS = {
    "court": _("Courts"),
    "government": _("Government offices"),
    "bank": _("Banks"),
}
PURPOSES = {
    "identification": _("Identification"),
    "inquiry": _("Police inquiry"),
    "prosecution": _("Prosecutor or court"),
    "care": _("Care and needs"),
    "compensation": _("Compensation"),
    "other": _("Other"),
}
INTERVIEW_PLACES = {
    "child_suitable": _("Separate place suitable for children"),
    "separate": _("Separate, private place"),
    "shelter": _("Shelter or safe place"),
    "office": _("Office"),
    "police_station": _("Police station"),
    "court": _("Court"),
    "remote": _("By phone or video"),
    "other": _("Other"),
}
RECORDINGS = {
    "none": _("None"),
    "written": _("Written record"),
    "audio": _("Sound"),
    "audio_video": _("Sound and picture, without a break"),
}
PRESENT = {
    "psychologist": _("Psychologist"),
    "social_worker": _("Social worker"),
    "asked_for": _("A person whom the interviewed person asked for"),
    "prosecutor": _("Public prosecutor"),
    "inquiry_officer": _("Inquiry officer"),
    "woman_officer": _("Woman inquiry officer"),
    "interpreter": _("Interpreter"),
    "guardian": _("Parent or guardian"),
    "representative": _("Representative for the case"),
    "lawyer": _("Lawyer"),
    "support": _("Support person"),
}

NOT_FILED = _("Choose what was done.")
NOT_KEPT_HERE = _("What ended this clock is not an entry made here: correct the record that ended it.")
NOT_RUNNING = _("This clock does not run any more.")
NO_LENGTH = _("Enter how long the extension is, or the day that the order states.")
BOTH_LENGTHS = _("Enter either a length or the day that the order states: a stated day wins.")
NOT_LONGER = _("The new end does not lie after the present one (%(end)s).")
NO_SUCH_UNIT = _("Choose the unit of the extension.")
LENGTH_RANGE = _("A length is a whole number between 1 and 999.")
PROTECTS = _("This clock gives a person time to rest. It is not shortened by hand: it ends by time, or early by the "
             "person's own recorded wish, heard by two.")  # fmt: skip
BEFORE_START = _("This lies before the clock began.")
END_OR_STOP = _("Either stop the clock or give the day on which it ends.")
NAMES_NEEDED = _("Write the name of the day in both languages.")
NO_SOURCE = _("Write where this was announced.")
NO_CALENDAR = _("Choose at least one calendar.")
ALREADY_OFF = _("This day is off already for everybody you chose.")
ALREADY_WORKED = _("Nobody you chose has this day off: there is nothing to cancel.")
ALREADY_CORRECTED = _("This day was corrected before. Withdraw that correction first.")
FAR_DAY = _("Enter a day between %(first)s and %(last)s.")
WEEKEND = _("Saturdays and Sundays are off for courts and offices anyway.")


def extension_problems(
    *, running: bool, against: Sequence[Problem], length: int | None, unit: str, until: date | None,
    end_on: date | None, on: date, start_on: date, reason: str, today: date,
) -> Iterator[Problem]:  # fmt: skip
    """A period is extended by a length or to a stated day (CCC 193/7), within what the law allows (`against`)."""
    yield from day_problems(on, today, "on")
    yield from _reason_problems(reason)
    if not running:
        yield Problem(NOT_RUNNING)
    yield from against
    if on < start_on:
        yield Problem(BEFORE_START, field="on")
    if until is None:
        yield from _length_problems(length, unit)
    elif length:
        yield Problem(BOTH_LENGTHS, field="until")
    elif end_on is not None and until <= end_on:
        yield Problem(NOT_LONGER, field="until", params={"end": end_on})


def _length_problems(length: int | None, unit: str) -> Iterator[Problem]:
    if length is None:
        yield Problem(NO_LENGTH, field="length")
    elif not 1 <= length <= 999:
        yield Problem(LENGTH_RANGE, field="length")
    if unit not in set(Unit):
        yield Problem(NO_SUCH_UNIT, field="unit")


def _reason_problems(reason: str) -> Iterator[Problem]:
    if not normalise(reason):
        yield Problem(NO_REASON, field="reason")
    if len(reason) > 300:
        yield Problem(TOO_LONG, field="reason", params={"limit": 300})


def kept_problems(*, running: bool, event: str, offered: Collection[str], on: date, start_on: date, today: date
                  ) -> Iterator[Problem]:  # fmt: skip
    """What the clock waits for was done elsewhere, on a day since it began."""
    yield from day_problems(on, today, "on")
    if not running:
        yield Problem(NOT_RUNNING)
    if event not in offered:
        yield Problem(NOT_FILED, field="event")
    if on < start_on:
        yield Problem(BEFORE_START, field="on")


def override_problems(*, running: bool, end_on: date | None, stop: bool, start_on: date, reason: str,
                      protects_until: date | None = None) -> Iterator[Problem]:  # fmt: skip
    """Against what was computed only with a reason: either the clock stops, or it has another end; that of a clock
    which forbids interviews never an earlier one."""
    yield from _reason_problems(reason)
    if not running:
        yield Problem(NOT_RUNNING)
    if stop == (end_on is not None):
        yield Problem(END_OR_STOP, field="end_on")
    if end_on is not None and end_on < start_on:
        yield Problem(BEFORE_START, field="end_on")
    if protects_until is not None and (stop or (end_on is not None and end_on < protects_until)):
        yield Problem(PROTECTS)


def day_off_problems(
    *, on: date, is_off: bool, calendars: Sequence[str], off_in: Sequence[str], corrected: bool, name_en: str,
    name_th: str, source: str, first: date, last: date,
) -> Iterator[Problem]:  # fmt: skip
    """A day is added for calendars that work on it, or cancelled for calendars that have it off (`off_in`)."""
    chosen = set(calendars)
    if not first <= on <= last:
        yield Problem(FAR_DAY, field="on", params={"first": first, "last": last})
    elif on.weekday() >= 5:
        yield Problem(WEEKEND, field="on")
    if not chosen or chosen - set(CALENDARS):
        yield Problem(NO_CALENDAR, field="calendars")
    elif corrected:
        yield Problem(ALREADY_CORRECTED, field="on")
    elif is_off and chosen <= set(off_in):
        yield Problem(ALREADY_OFF, field="on")
    elif not is_off and not chosen & set(off_in):
        yield Problem(ALREADY_WORKED, field="on")
    for field, text in (("name_en", name_en), ("name_th", name_th)):
        if not normalise(text):
            yield Problem(NAMES_NEEDED, field=field)
        if len(text) > 120:
            yield Problem(TOO_LONG, field=field, params={"limit": 120})
    if not normalise(source):
        yield Problem(NO_SOURCE, field="source")
    if len(source) > 200:
        yield Problem(TOO_LONG, field="source", params={"limit": 200})
