"""How a clock of the law reads on a page: its name, whom it waits for, its end, and what happens when it is missed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.cases import queries_of_time
from prasan.cases.actions import reckoning
from prasan.cases.models import Case, RunningClock
from prasan.cases.rules import time as rules
from prasan.identification.rules.protection import TWO_TIMES
from prasan.packs.events import CLOCK_EVENTS
from prasan.plain.clocks import Clock, Kind, certainty
from prasan.plain.dates import local_day
from prasan.plain.legaltime import Unit
from prasan.plain.reminding import reminders, standing
from prasan.web.panel import Panel
from prasan.web.values import day, instant, language

TONES = {"late": "red", "today": "orange", "soon": "yellow", "later": "grey"}
STATES = {"satisfied": "green", "stopped": "grey"}
DaysOff = Mapping[str, frozenset[date]]


def words(both: Mapping[str, str]) -> str:
    """A text of the pack in the reader's language."""
    return both.get(language()) or both.get("en", "")


def event_words(code: str) -> str:
    """An event that starts or ends clocks, in the reader's language."""
    label = CLOCK_EVENTS.get(code) or rules.CLOCK_EVENTS.get(code)
    return _(label) if label else code.replace("_", " ")


def name_of(clock: RunningClock) -> str:
    """The name of a clock; its code when the pack has lost it."""
    law = reckoning.law_of(clock.clock, clock.start_on)
    return law.name(language()) if law else clock.clock


def may_be_extended(clock: RunningClock) -> bool:
    """Whether the law lets anybody extend this clock."""
    law = reckoning.law_of(clock.clock, clock.start_on)
    return bool(law and words(law.extend.by_names))


def who_extends(clock: RunningClock) -> str:
    """Who may extend a clock, in a sentence."""
    law = reckoning.law_of(clock.clock, clock.start_on)
    who = words(law.extend.by_names) if law else ""
    return _("May be extended by: %(who)s") % {"who": who} if who else _("Nobody may extend this period.")


def tone_of(clock: RunningClock, law: Clock | None, at: datetime, off: DaysOff) -> str:
    """late, today, soon or later. What opens an act (reflection) is late only after its days of grace."""
    if clock.state != "running" or clock.ends_at is None:
        return "later"
    if clock.late_at is not None and clock.ends_at <= at < clock.late_at:
        return "today"
    if law is None or law.kind is Kind.AT_ONCE:
        return standing(clock.ends_at, at)
    unit = law.branches[0].unit if law.branches else law.unit
    last = clock.act_by_on or clock.end_on or local_day(clock.ends_at)
    begins = None if law.kind is Kind.BEFORE_EVENT else clock.start_at or reckoning.midnight_of(clock.start_on)
    return standing(
        clock.ends_at, at, reminders(begins, clock.ends_at, last, Unit(unit), off.get(law.calendar, frozenset()))
    )


def shown(clock: RunningClock, at: datetime, off: DaysOff, case: Case | None = None) -> dict[str, Any]:
    """One clock as a line of a page."""
    law = reckoning.law_of(clock.clock, clock.start_on)
    tone = tone_of(clock, law, at, off)
    code = case.code if case is not None else clock.case.code
    return {
        "row": clock,
        "case": code,
        "href": reverse("desk:clock", kwargs={"case": code, "clock": clock.pk}),
        "name": law.name(language()) if law else clock.clock,
        "person": clock.about.code if clock.about else "",
        "basis": packs.cited(law.basis, language()) if law else "",
        "end": _end(clock, law),
        "ends": _end(clock, law, short=True),
        "waits": _waits(law),
        "who_acts": words(law.who_acts) if law else "",
        "extends": words(law.extend.by_names) if law else "",
        "missed": words(law.missed) if law else "",
        "tone": tone,
        "tag": _tag(clock, law, tone),
        "colour": TONES[tone] if clock.state == "running" else "orange" if clock.missed_at else STATES[clock.state],
        "act_by": clock.act_by_on if clock.act_by_on != clock.end_on else None,
        "opens": bool(law and law.opens),
    }  # fmt: skip


def _end(clock: RunningClock, law: Clock | None, *, short: bool = False) -> str:
    if law is not None and law.kind is Kind.AT_ONCE:
        return _("at once")
    if clock.end_at is not None:
        return instant(clock.end_at)
    if clock.end_on is not None:
        return day(clock.end_on, "short" if short else "long")
    if short:
        return ""
    return words(law.until_names) if law and law.until_names else _("no day can be computed")


def _waits(law: Clock | None) -> str:
    if law is None:
        return ""
    if law.kind is Kind.UNTIL_EVENT and law.until_names:
        return words(law.until_names)
    return ", ".join(_inside(event_words(code)) for code in law.satisfied_by)


def _inside(text: str) -> str:
    """A sentence as part of another: its first letter small, unless it begins with an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _tag(clock: RunningClock, law: Clock | None, tone: str) -> str:
    if clock.state == "satisfied" and clock.missed_at:
        return _("Done, but late")
    if clock.state != "running":
        return _(rules.CLOCK_STATES[clock.state])
    if law is not None and law.kind is Kind.AT_ONCE:
        return _("Not done yet")
    said = {"late": _("Missed"), "today": _("Ends today"), "soon": _("Ends soon"), "later": _("Running")}
    if law is not None and law.opens and tone == "today" and clock.late_at != clock.ends_at:
        return _("Over, or ends today")
    return said[tone]


def panel(viewer: Any, case: Case, at: datetime) -> Panel:
    """The clocks of a case for its page: those that run, what is over, and where two bases run side by side."""
    off = queries_of_time.every_day_off()
    rows = queries_of_time.clocks_of(viewer, case, ended=True)
    lines = [shown(row, at, off, case) for row in rows]
    context = {
        "case": case,
        "running": [line for line in lines if line["row"].state == "running"],
        "ended": [line for line in lines if line["row"].state != "running"],
        "conflict": _(TWO_TIMES) if (people := queries_of_time.in_conflict(rows)) else "",
        "conflict_people": ", ".join(people),
    }
    return Panel("clocks", _("Clocks"), "desk/clocks.html", context)


def due(viewer: Any, at: datetime) -> dict[str, Any]:
    """What is due today, soon or missed in the viewer's cases; how much is due at once, by case; and whether
    nobody marks what is missed."""
    off = queries_of_time.every_day_off()
    laws, rows = packs.clocks(), queries_of_time.clocks_due(viewer, at)
    lines = [line for line in (shown(row, at, off) for row in rows) if line["tone"] != "later"]
    for row, hearing in queries_of_time.before_hearings(viewer, at):
        told = {"tone": "soon", "colour": "yellow", "tag": _("Hearing soon"), "ends": day(local_day(hearing), "short")}
        lines.append(shown(row, at, off) | told)
    order = ("late", "today", "soon")
    return {
        "clocks": sorted(lines, key=lambda line: order.index(line["tone"])),
        "at_once": [
            {"name": laws[row["clock"]].name(language()), "who_acts": words(laws[row["clock"]].who_acts),
             "case": row["case__code"], "count": row["count"]}
            for row in queries_of_time.due_at_once(viewer)
        ],
        "unattended": queries_of_time.unattended(rows, at),
    }


def told(clock: RunningClock, line: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Everything that is to be said of one clock, as rows."""
    began = instant(clock.start_at) if clock.start_at else day(clock.start_on)
    rows = [
        (_("Person"), line["person"]),
        (_("Basis"), line["basis"]),
        (_("Began with"), f"{event_words(clock.start_event)}: {began}"),
        (_("Ends"), line["end"]),
        (_("Act at the latest on"), day(clock.act_by_on)),
        (_("Waits for"), line["waits"]),
        (_("Must act"), line["who_acts"]),
        (_("May extend"), line["extends"] or _("nobody")),
        (_("When it is missed"), line["missed"]),
        (_("Before the days off were corrected it ended on"), day(clock.moved_from_on)),
        (_("Ended by"), event_words(clock.ended_by_event) if clock.ended_by_event else ""),
        (_("Set by hand because"), clock.override_reason),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def reckoned(clock: RunningClock) -> dict[str, Any]:
    """Every step of the computation with its section, what must be said with it, and the extensions."""
    law = reckoning.law_of(clock.clock, clock.start_on)
    if law is None:
        return {"steps": [], "warnings": [], "phases": [], "extensions": clock.extensions}
    found = reckoning.computed(clock, law)
    lang = language()
    warnings = [step.text(lang, _) for step in found.warnings]
    if clock.state == "running" and law.kind is not Kind.AT_ONCE and found.ends_at != clock.ends_at:
        warnings.append(_("The rules were changed since this end was computed. An act on the clock computes it anew."))
    return {
        "steps": [{"text": step.text(lang, _), "section": packs.cited(step.section, lang)} for step in found.steps],
        "warnings": warnings,
        "certainty": certainty(law, clock.confirmed).text(lang, _),
        "phases": found.phases,
        "law": law,
        "law_note": words(law.note),
        "extensions": [
            {**e, "on": date.fromisoformat(e["on"]), "until": date.fromisoformat(e["until"]) if e["until"] else None,
             "unit": _(rules.UNITS[e["unit"]]) if e["unit"] in rules.UNITS else ""}
            for e in clock.extensions
        ],
    }  # fmt: skip


def days_of(year: int) -> list[dict[str, Any]]:
    """The days off of one year, pack and corrections together, in order."""
    lang = language()
    days: dict[date, dict[str, Any]] = {}
    for calendar, label in rules.CALENDARS.items():
        for on, (en, th) in packs.holidays(calendar).items():
            if on.year == year:
                row = days.setdefault(on, {"on": on, "name": th if lang == "th" else en, "for": [], "row": None})
                row["for"].append(_(label))
    for fix in queries_of_time.corrections(year):
        row = days.setdefault(fix.on, {"on": fix.on, "name": "", "for": [], "row": None})
        row |= {"row": fix, "name": fix.name_th if lang == "th" else fix.name_en, "own_for": _for(fix.calendars)}
    return [days[on] for on in sorted(days)]


def _for(calendars: Iterable[str]) -> str:
    return ", ".join(_(rules.CALENDARS[c]) for c in calendars if c in rules.CALENDARS)


def in_words(params: Mapping[str, str]) -> dict[str, str]:
    """The words of a line of the timeline on a clock: its name and its ends in the reader's language."""
    laws = packs.clocks()
    said = {"clock": laws[params["clock"]].name(language()) if params["clock"] in laws else params["clock"]}
    if "event" in params:
        said["event"] = event_words(params["event"])
    for name in ("end", "was"):
        if name in params:
            said[name] = _written(params[name]) or _("stopped")
    return said


def _written(text: str) -> str:
    if "T" in text:
        return instant(datetime.fromisoformat(text))
    return day(date.fromisoformat(text)) if text else ""
