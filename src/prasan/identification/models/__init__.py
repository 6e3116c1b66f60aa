"""The records of identification: two stages, what protects meanwhile, many at once, and what a phone sent."""

from .field import FieldDevice, FieldSubmission
from .intake import Intake, IntakePerson
from .protection import EarlyEnd, Protection, Reflection, Refusal, RightsNotice, WelfareCheck
from .report import NrmReport
from .stages import AgeAssessment, Concurrence, Decision, FormVersion, Review, Screening

__all__ = [
    "AgeAssessment",
    "Concurrence",
    "Decision",
    "EarlyEnd",
    "FieldDevice",
    "FieldSubmission",
    "FormVersion",
    "Intake",
    "IntakePerson",
    "NrmReport",
    "Protection",
    "Reflection",
    "Refusal",
    "Review",
    "RightsNotice",
    "Screening",
    "WelfareCheck",
]
