"""Tells a reckoned clock to a person at a terminal or to a program, in Thai or English, both eras beside each other."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from prasan import packs
from prasan.packs.closed import CLOCK_EVENTS
from prasan.plain.clocks import Clock, Computed, Kind, Step, certainty
from prasan.plain.dates import BANGKOK, format_date, format_instant
from prasan.plain.legaltime import Both

MARGIN = "    "


def written(moment: date | None) -> str | None:
    """A day or an instant with Bangkok's offset as programs read it."""
    if isinstance(moment, datetime):
        return moment.astimezone(BANGKOK).isoformat()
    return moment.isoformat() if moment else None


def both(moment: date, lang: str) -> str:
    """The day or instant in both eras, the reader's first, so that a slip of 543 years is seen."""
    other = "en" if lang == "th" else "th"
    if isinstance(moment, datetime):
        return f"{format_instant(moment, lang)} / {format_instant(moment, other)}"
    return f"{format_date(moment, lang)} / {format_date(moment, other)}"


def words(told: Both, lang: str) -> str:
    """Words of the pack in the language of the reader."""
    return told.get(lang) or told.get("en", "")


def event(code: str) -> str:
    """The name of an event."""
    return _(CLOCK_EVENTS[code]) if code in CLOCK_EVENTS else code


def sentences(steps: Iterable[Step], lang: str) -> list[str]:
    """Steps or warnings as sentences."""
    return [step.text(lang, _) for step in steps]


def as_data(clock: Clock, found: Computed, lang: str, started_by: str) -> dict[str, Any]:
    """Everything for a program; ``started_by`` is the start event."""
    steps = zip(found.steps, sentences(found.steps, lang), strict=True)
    return {
        "clock": clock.code,
        "name": words(clock.names, lang),
        "start": written(found.start),
        "start_event": started_by,
        "end": written(found.end),
        "unmoved": written(found.unmoved),
        "act_by": written(found.act_by),
        "ends_at": written(found.ends_at),
        "event": found.event or None,
        "waits_for": words(clock.until_names, lang) or None,
        "basis": found.basis,
        "confirmed": found.confirmed,
        "enabled": clock.enabled,
        "steps": [{"rule": step.rule, "section": step.section, "text": text} for step, text in steps],
        "phases": [{"number": one.number, "end": written(one.end)} for one in found.phases],
        "reminders": [written(one) for one in found.reminders],
        "who_acts": words(clock.who_acts, lang),
        "who_extends": words(clock.extend.by_names, lang),
        "missed": words(clock.missed, lang),
        "note": words(clock.note, lang),
        "source": clock.source,
        "confirmed_by": clock.confirmed_by or None,
        "warnings": sentences(found.warnings, lang),
        "written": {
            "start": both(found.start, lang),
            "end": both(found.end, lang) if found.end else None,
        },
    }


def as_text(clock: Clock, found: Computed, lang: str, started_by: str) -> list[str]:
    """The same as lines for a person."""
    lines = [f"{words(clock.names, lang)} ({clock.code}), {packs.cited(clock.basis, lang)}", ""]
    told = {"event": event(started_by), "moment": both(found.start, lang)}
    lines += [_("Start: %(event)s, %(moment)s") % told]
    lines += [_("End: %(moment)s") % {"moment": _end(clock, found, lang)}]
    if found.act_by:
        lines.append(_("Act by: %(moment)s") % {"moment": both(found.act_by, lang)})
    if found.steps:
        lines += ["", _("How it is reckoned:")]
    for number, (step, text) in enumerate(zip(found.steps, sentences(found.steps, lang), strict=True), 1):
        lines.append(f"{MARGIN}{number}. {text}" + (f" [{step.section}]" if step.section else ""))
    for phase in found.phases:
        order = {"number": phase.number, "moment": both(phase.end, lang)}
        lines.append(MARGIN + _("Order %(number)s ends at the latest on %(moment)s.") % order)
    lines += ["", _("Who acts: %(who)s") % {"who": words(clock.who_acts, lang)}]
    if clock.kind is Kind.LENGTH:
        who = words(clock.extend.by_names, lang) or _("nobody")
        lines.append(_("Who may extend: %(who)s") % {"who": who})
    lines.append(_("When missed: %(what)s") % {"what": words(clock.missed, lang)})
    lines += sentences([certainty(clock, found.confirmed)], lang)
    if clock.note:
        lines.append(_("Note: %(note)s") % {"note": words(clock.note, lang)})
    return lines + [f"! {text}" for text in sentences(found.warnings, lang)]


def _end(clock: Clock, found: Computed, lang: str) -> str:
    """The end, or why there is none."""
    if found.end:
        return both(found.end, lang)
    if found.event:
        return _("no day; it ends when: %(until)s") % {"until": words(clock.until_names, lang)}
    return _("no day can be told")


def listed(clocks: Iterable[Clock]) -> list[dict[str, Any]]:
    """All clocks for a program."""
    return [
        {
            "clock": one.code,
            "name_en": one.names["en"],
            "name_th": one.names["th"],
            "basis": one.basis,
            "start_event": one.start_event,
            "kind": one.kind.value,
            "length": one.length,
            "unit": one.unit.value if one.kind in (Kind.LENGTH, Kind.BEFORE_EVENT) else None,
            "branches": len(one.branches),
            "enabled": one.enabled,
            "confirmed": one.confirmed and one.enabled,
        }
        for one in clocks
    ]
