"""The explicit list of what the disciplines offer: panels of the case page, lines of my day, ledgers, records."""

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from typing import Any

from prasan.facts.ledger import Entry
from prasan.web.panel import Due, Panel

# In the order of the case page: the person first, the court after the care.
PANELS = ("identification:panel_of_protection", "identification", "care", "investigation", "justice", "evidence")
DUES = ("cases", "leads", "identification", "care", "investigation", "justice", "evidence")
LEDGERS = ("leads", "cases", "identification", "care", "investigation", "justice", "training", "policy")

# What can be marked as entered in error from the case page: the record's name, its model, its act.
CORRECTABLE = {
    "note": ("cases.Note", "cases.correct"),
    "task": ("cases.Task", "cases.correct"),
    "appointment": ("cases.Appointment", "cases.correct"),
    "part": ("cases.Participation", "cases.correct"),
    "custody": ("cases.CustodyStep", "cases.correct"),
    "referral": ("cases.Referral", "cases.correct"),
    "interview": ("cases.Interview", "cases.correct"),
    "age": ("identification.AgeAssessment", "identification.correct"),
    "review": ("identification.Review", "identification.correct"),
    "protection": ("identification.Protection", "identification.correct"),
    "reflection": ("identification.Reflection", "identification.correct"),
    "welfare": ("identification.WelfareCheck", "identification.correct"),
    "right": ("identification.RightsNotice", "identification.correct"),
    "screening": ("identification.Screening", "identification.correct"),
    "decision": ("identification.Decision", "identification.correct"),
    "service": ("care.Service", "care.correct"),
    "stay": ("care.Stay", "care.correct"),
    "investigation": ("investigation.Investigation", "investigation.correct"),
    "operation": ("investigation.Operation", "investigation.correct"),
    "removal": ("investigation.Removal", "investigation.correct"),
    "charge": ("justice.Charge", "justice.correct"),
    "verdict": ("justice.Verdict", "justice.correct"),
    "sentence": ("justice.Sentence", "justice.correct"),
    "order": ("justice.Order", "justice.correct"),
    "payment": ("justice.Payment", "justice.correct"),
}

# Rooms whose corrections have consequences of their own; all others go the common way of `cases`.
OWN_WAYS = {
    "identification": "prasan.identification.actions.stages",
    "justice": "prasan.justice.actions.correct",
}


def correct_record(row: Any, act: str, **told: Any) -> Any:
    """Mark a record as entered in error, by its room's own way where it has one."""
    way = import_module(OWN_WAYS.get(row._meta.app_label, "prasan.cases.actions.correct"))
    return way.enter_in_error(row=row, act=act, **told)


def _offered(rooms: tuple[str, ...], module: str, name: str) -> Iterator[Callable[..., Any]]:
    """What each listed room offers; a room that is listed and offers nothing is an error, never a silence."""
    for named in rooms:
        room, _colon, own = named.partition(":")
        yield getattr(import_module(f"prasan.{room}.{own or module}"), name)


def panels(viewer: Any, case: Any) -> list[Panel]:
    """The parts of the case page that this viewer may see, in order."""
    offered = (panel(viewer, case) for panel in _offered(PANELS, "panel", "panel"))
    return [panel for panel in offered if panel is not None]


def due(viewer: Any, today: date) -> list[Due]:
    """What the disciplines say is due for this viewer, the earliest first."""
    lines = [line for offer in _offered(DUES, "due", "due") for line in offer(viewer, today)]
    order = ("late", "today", "soon", "later")
    return sorted(lines, key=lambda line: (order.index(line.tone), line.on, line.case, line.text))


def ledgers() -> Iterator[Entry]:
    """Every fact that the disciplines' own rows call for."""
    for offer in _offered(LEDGERS, "ledger", "facts"):
        yield from offer()
