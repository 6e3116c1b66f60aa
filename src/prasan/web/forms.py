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

    def entered(self) -> list[dict[str, Any]]:
        """What was typed and chosen, as rows of a summary: no file, no password, nothing that was left empty."""
        unshown = (forms.FileInput, forms.PasswordInput)
        bounds = [bound for bound in self.visible_fields() if not isinstance(bound.field.widget, unshown)]
        rows = [{"label": bound.label, "value": _as_entered(bound)} for bound in bounds]
        return [row for row in rows if row["value"]]


def _as_entered(bound: forms.BoundField) -> list[str]:
    """One answer as it was typed, line by line; of what was chosen the labels; of a single tick "Yes"."""
    if bound.data is True:
        return [_("Yes")]
    parts = bound.data if isinstance(bound.data, list | tuple) else [bound.data]
    texts = [str(part) for part in parts if part and part is not True]
    if isinstance(bound.field, forms.ChoiceField):
        return [_label_of(bound.field, text) for text in texts]
    return " ".join(texts).splitlines()


def _label_of(field: Any, code: str) -> str:
    """What a choice is called on the page; a code that is none of the choices stays as it is."""
    return str(next((label for value, label in field.choices if str(value) == code), code))
