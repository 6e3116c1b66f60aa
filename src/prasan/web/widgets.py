"""Controls for days, clock times and half-known dates, each one or more plain lines of text."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.plain.dates import BANGKOK, local_day
from prasan.web import values


class DayInput(forms.TextInput):
    """One line that takes a day in either calendar."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Make the line as wide as a written day."""
        super().__init__({"class": "govuk-input--width-20", **(attrs or {})})


class ClockInput(forms.TextInput):
    """One line that takes hours and minutes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Make the line as wide as a clock time."""
        super().__init__({"class": "govuk-input--width-4", "inputmode": "numeric", **(attrs or {})})


class InstantInput(forms.MultiWidget):
    """A day and a clock time, asked together."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Name the two lines `…_day` and `…_clock`."""
        super().__init__({"day": DayInput(), "clock": ClockInput()}, attrs)

    def decompress(self, value: datetime | None) -> list[Any]:
        """Split an instant by the clock of Bangkok."""
        if value is None:
            return ["", ""]
        return [values.day(local_day(value)), value.astimezone(BANGKOK).strftime("%H:%M")]

    def looks(self) -> list[dict[str, Any]]:
        """Say how each line looks."""
        return [
            {"label": _("Day"), "classes": "govuk-input--width-10", "inputmode": "text"},
            {"label": _("Time"), "classes": "govuk-input--width-4", "inputmode": "text"},
        ]


class PartialDateInput(forms.MultiWidget):
    """Day, month and year, of which only the year must be known, and a box for `about`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Name the lines `…_day`, `…_month`, `…_year`, `…_about`."""
        lines = {name: forms.TextInput() for name in ("day", "month", "year")}
        super().__init__({**lines, "about": forms.CheckboxInput()}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Split a partial date; the year is shown as the active language counts it."""
        if value is None:
            return ["", "", "", False]
        return [value.day or "", value.month or "", values.year(value.year), value.about]

    def looks(self) -> list[dict[str, Any]]:
        """Say how each line looks."""
        return [
            {"label": _("Day"), "classes": "govuk-input--width-2"},
            {"label": _("Month"), "classes": "govuk-input--width-2"},
            {"label": _("Year"), "classes": "govuk-input--width-4", "inputmode": "text"},
            {"label": _("This is about right, not exact"), "tick": True},
        ]
