"""The acts of the court room, by the record they make."""

from .charges import move_charge, record_charge
from .correct import enter_in_error
from .money import record_order, record_payment
from .verdicts import record_sentence, record_verdict

__all__ = [
    "enter_in_error",
    "move_charge",
    "record_charge",
    "record_order",
    "record_payment",
    "record_sentence",
    "record_verdict",
]
