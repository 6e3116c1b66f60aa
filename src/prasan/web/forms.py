"""The form that every room starts from: it prints our markup and takes the refusals of the rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BooleanField, CharField, FileField, HiddenInput, IntegerField, Textarea
from django.forms.utils import pretty_name
from django.utils.translation import gettext as _

from prasan.plain.problem import Problem
from prasan.web.fields import (
    ClockField,
    DayField,
    InstantField,
    MoneyField,
    PartialDateField,
    RadioField,
    SelectField,
    TicksField,
    YesNoField,
    sentence,
)

__all__ = [
    "BooleanField",
    "CharField",
    "ClockField",
    "DayField",
    "FileField",
    "Form",
    "HiddenInput",
    "InstantField",
    "IntegerField",
    "LongTextField",
    "MoneyField",
    "PartialDateField",
    "RadioField",
    "SelectField",
    "Textarea",
    "TicksField",
    "YesNoField",
    "sentence",
]


class LongTextField(CharField):
    """A text of several lines."""

    widget = Textarea


class Form(forms.Form):
    """A form that leaves the browser's own bubbles off and shows every refusal in the page's language."""

    use_required_attribute = False
    mark_optional = True
    """Say `(optional)` after a label; a form that only filters a list switches it off."""

    def __init__(self, *args: Any, **given: Any) -> None:
        """Let the missing answer name its question, so that the summary can be read by itself."""
        super().__init__(*args, **given)
        for name, field in self.fields.items():
            if str(field.error_messages.get("required", "")) == str(
                forms.Field.default_error_messages["required"]
            ):
                label = field.label if field.label is not None else pretty_name(name)
                field.error_messages["required"] = _("Answer this: %(label)s") % {"label": label}

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Put each problem beside its field, or above the form when it belongs to none of them."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, sentence(problem))
