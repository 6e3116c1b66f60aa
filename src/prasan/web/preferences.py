"""Holds what the signed-in person chose about how numbers are written, for the length of one request."""

from contextvars import ContextVar

from prasan.plain.dates import Digits

ARABIC: Digits = "arabic"
THAI: Digits = "thai"

digits: ContextVar[Digits] = ContextVar("prasan_digits", default=ARABIC)
"""Which digits dates and numbers are written with; set by the middleware that knows the person."""
