"""Fields that read days in both calendars, instants of Bangkok, money and half-known dates."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prasan.plain.birth import PartialDate
from prasan.plain.dates import both_eras, instant, local_day, parse_date, parse_time, read_year
from prasan.plain.money import parse_amount
from prasan.plain.problem import Problem, Refused
from prasan.plain.text import ascii_digits
from prasan.web.values import currency as currency_word
from prasan.web.values import day, shown
from prasan.web.widgets import ClockInput, DayInput, InstantInput, PartialDateInput


def sentence(problem: Problem) -> str:
    """Put a problem into the active language; texts among its parameters are translated too."""
    message = gettext(problem.message)
    if not problem.params:
        return message
    params = {name: shown(value) if isinstance(value, date) else value for name, value in problem.params.items()}
    if "currency" in params:
        params["currency"] = currency_word(params["currency"])
    return message % params


def as_errors(refused: Refused) -> ValidationError:
    """Turn a refusal of the plain floor into errors of a field."""
    return ValidationError([sentence(problem) for problem in refused.problems])


class DayField(forms.Field):
    """A day in either calendar; after it was read, both readings are echoed beside it."""

    widget = DayInput

    def __init__(self, **given: Any) -> None:
        """Explain by an example in both calendars unless another hint is given."""
        given.setdefault("help_text", _("For example 15/2/2567 or 15 Feb 2024"))
        super().__init__(**given)

    def to_python(self, value: Any) -> date | None:
        """Read the text; a year above 2400 is of the Buddhist Era."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except Refused as refused:
            raise as_errors(refused) from refused

    def prepare_value(self, value: Any) -> Any:
        """Show a stored day in the reader's language; show an entry as it was typed."""
        return day(value) if isinstance(value, date) else value

    def reading(self, bound: BoundField) -> str:
        """Say what was understood, in both calendars, or nothing while the entry cannot be read."""
        try:
            understood = self.to_python(bound.data if bound.form.is_bound else bound.initial)
        except ValidationError:
            return ""
        return both_eras(understood) if understood else ""


class ClockField(forms.Field):
    """Hours and minutes: 14:30 or 14.30 น., in either digits."""

    widget = ClockInput

    def to_python(self, value: Any) -> time | None:
        """Read the text as a time of the day."""
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        try:
            return parse_time(str(value))
        except Refused as refused:
            raise as_errors(refused) from refused


class InstantField(forms.MultiValueField):
    """A day and a time by the clock of Bangkok, handed on as an instant in UTC."""

    widget = InstantInput

    def __init__(self, *, required: bool = True, **given: Any) -> None:
        """Ask for the day and the time together."""
        given.setdefault("help_text", _("For example 15/2/2567 and 14:30"))
        parts = (DayField(required=required), ClockField(required=required))
        super().__init__(parts, required=required, require_all_fields=True, **given)

    def compress(self, data_list: list[Any]) -> datetime | None:
        """Join day and time; when one is missing there is no instant."""
        if not data_list or None in data_list:
            if any(data_list):
                raise ValidationError(_("Enter both the day and the time"))
            return None
        return instant(data_list[0], data_list[1])

    def reading(self, bound: BoundField) -> str:
        """Say which day was understood, in both calendars."""
        values = bound.value()
        if isinstance(values, datetime):
            return both_eras(local_day(values))
        try:
            understood = DayField(required=False).to_python(values[0] if values else None)
        except ValidationError:
            return ""
        return both_eras(understood) if understood else ""


class MoneyField(forms.Field):
    """An amount of one currency, read as people write it; the currency stands beside the line."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"})

    def __init__(self, *, currency: str = "THB", **given: Any) -> None:
        """Keep the currency, which is shown after the line."""
        self.currency = currency
        super().__init__(**given)

    @property
    def suffix(self) -> str:
        """What stands after the line: the currency in the reader's language."""
        return currency_word(self.currency)

    def to_python(self, value: Any) -> Decimal | None:
        """Read the amount; commas, Thai digits and the sign of the baht are understood."""
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            return parse_amount(str(value))
        except Refused as refused:
            raise as_errors(refused) from refused

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount with separators between thousands."""
        return f"{value:,.2f}" if isinstance(value, Decimal) else value


class PartialDateField(forms.MultiValueField):
    """A birth date of which perhaps only the year is known, handed on as a `PartialDate`."""

    widget = PartialDateInput

    def __init__(self, *, required: bool = True, **given: Any) -> None:
        """Ask for day, month and year, of which the first two may stay empty."""
        given.setdefault("help_text", _("Leave empty what is not known. The year may be 2550 or 2007"))
        parts = [forms.CharField(required=False) for _part in range(3)] + [forms.BooleanField(required=False)]
        super().__init__(parts, required=required, require_all_fields=False, **given)

    def compress(self, data_list: list[Any]) -> PartialDate | None:
        """Join the parts; a year above 2400 is of the Buddhist Era."""
        if not data_list or not any(data_list[:3]):
            return None
        month_day = [_whole(part) for part in data_list[:2]]
        if _whole(data_list[2]) is None:
            raise ValidationError(_("Enter the year, even if you only know it roughly"))
        if month_day[0] and not month_day[1]:
            raise ValidationError(_("Enter the month, or leave the day empty too"))
        try:
            year = read_year(str(_whole(data_list[2])))
            return PartialDate(year=year, month=month_day[1], day=month_day[0], about=bool(data_list[3]))
        except Refused as refused:
            raise as_errors(refused) from refused
        except ValueError as wrong:
            raise ValidationError(_("This is not a day of the calendar")) from wrong


def _whole(text: str) -> int | None:
    """Read a part of a date as a number in either digits."""
    text = ascii_digits(text or "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise ValidationError(_("Use numbers for the day, the month and the year"))
    return int(text)


def pairs(choices: Any) -> list[tuple[str, Any]]:
    """Give choices as pairs from a list of codes with labels, a mapping, or a class of choices."""
    if isinstance(choices, Mapping):
        return list(choices.items())
    return list(getattr(choices, "choices", choices))


class RadioField(forms.ChoiceField):
    """A choice of one, all shown; `choice_hints` explains single choices."""

    widget = forms.RadioSelect

    def __init__(
        self, *, choices: Any = (), choice_hints: Mapping[str, Any] | None = None, **given: Any
    ) -> None:
        """Take the choices and, where a choice needs a word, its hint."""
        super().__init__(choices=pairs(choices), **given)
        self.choice_hints = dict(choice_hints or {})


class SelectField(forms.ChoiceField):
    """A choice of one from a long list, which starts with nothing chosen."""

    def __init__(self, *, choices: Any = (), blank: Any = "", **given: Any) -> None:
        """Put `Choose` before the list, so that nobody's first answer is chosen by accident."""
        super().__init__(choices=[("", blank or _("Choose")), *pairs(choices)], **given)


class TicksField(forms.MultipleChoiceField):
    """A choice of several, all shown."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self, *, choices: Any = (), choice_hints: Mapping[str, Any] | None = None, **given: Any
    ) -> None:
        """Take the choices and, where a choice needs a word, its hint."""
        super().__init__(choices=pairs(choices), **given)
        self.choice_hints = dict(choice_hints or {})


class YesNoField(forms.TypedChoiceField):
    """Yes or no, and where asked also `not known`, which is handed on as None."""

    widget = forms.RadioSelect

    def __init__(self, *, not_known: bool = False, **given: Any) -> None:
        """Offer the third answer only where not knowing is an answer."""
        choices: Iterable[tuple[str, Any]] = [("yes", _("Yes")), ("no", _("No"))]
        if not_known:
            choices = [*choices, ("unknown", _("Not known"))]
        read = {"yes": True, "no": False, "unknown": None}
        super().__init__(choices=choices, coerce=read.__getitem__, empty_value=None, **given)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored answer as the choice it came from."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
