"""What each sheet of the workbook means: which acts its rows become, and what the acts would refuse."""

from . import court, giving, happenings, matters, payments, persons, sessions
from .pen import Pen, Work

WORKS: dict[str, Work] = {
    "cases": matters.CASES,
    "people": persons.PEOPLE,
    "parts": persons.PARTS,
    "events": happenings.EVENTS,
    "charges": court.CHARGES,
    "verdicts": court.VERDICTS,
    "money": payments.MONEY,
    "services": giving.SERVICES,
    "training": sessions.TRAINING,
}

__all__ = ["WORKS", "Pen", "Work"]
