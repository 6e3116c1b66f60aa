"""A case is a team's work: the matter and its people, and the time that runs in it."""

from .matters import (
    Appointment,
    Case,
    CaseNumber,
    CustodyStep,
    Event,
    Handover,
    Note,
    Participation,
    Referral,
    Share,
    Task,
    TeamMember,
)
from .running import CalendarFeed, Holiday, Interview, OwnRows, RunningClock

__all__ = [
    "Appointment",
    "CalendarFeed",
    "Case",
    "CaseNumber",
    "CustodyStep",
    "Event",
    "Handover",
    "Holiday",
    "Interview",
    "Note",
    "OwnRows",
    "Participation",
    "Referral",
    "RunningClock",
    "Share",
    "Task",
    "TeamMember",
]
