"""Questions of the pages on time: an extension, an end set by hand, a day off, a calendar feed."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from prasan.accounts.rules import LANGUAGES
from prasan.cases.rules import time as rules
from prasan.web.forms import CharField, DayField, Form, IntegerField, LongTextField, RadioField, SelectField, TicksField
from prasan.web.values import labelled


class ExtendForm(Form):
    """What the order or decision says of the extension."""

    length = IntegerField(label=lazy("How long"), required=False,
                          help_text=lazy("Counted from the day after the old last day."))  # fmt: skip
    unit = SelectField(label=lazy("Unit"), required=False)
    until = DayField(label=lazy("Or the day that the order states"), required=False,
                     help_text=lazy("A stated day wins over a length."))  # fmt: skip
    on = DayField(label=lazy("Day of the order or decision"))
    reason = LongTextField(label=lazy("Who extended it, and why"), max_length=300,
                           help_text=lazy("Codes only, no names."))  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", "–"), *labelled(rules.UNITS)]


class KeptForm(Form):
    """What was done at a court or an office, and on which day."""

    event = RadioField(label=lazy("What was done"))
    on = DayField(label=lazy("Day on which it was done"))

    def __init__(self, *args: Any, events: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["event"].choices = events
        if len(events) == 1:
            self.initial.setdefault("event", events[0][0])


class OverrideForm(Form):
    """Against what was computed: stop, or another end."""

    how = RadioField(label=lazy("What is to happen"),
                     choices={"stop": lazy("Stop the clock"), "end": lazy("Give it another end")})  # fmt: skip
    end_on = DayField(label=lazy("It ends on"), required=False)
    reason = LongTextField(label=lazy("Reason"), max_length=300, help_text=lazy("Codes only, no names."))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["stop"] = values.pop("how", "") == "stop"
        return values


class DayOffForm(Form):
    """A day off that the pack does not know, or one that is worked after all."""

    on = DayField(label=lazy("Day"))
    kind = RadioField(
        label=lazy("What was announced"),
        choices={"off": lazy("It is a day off"), "worked": lazy("It is worked after all")},
    )
    calendars = TicksField(label=lazy("For whom"))
    name_en = CharField(label=lazy("Name in English"), max_length=120)
    name_th = CharField(label=lazy("Name in Thai"), max_length=120)
    source = CharField(label=lazy("Where it was announced"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["calendars"].choices = labelled(rules.CALENDARS)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["is_off"] = values.pop("kind", "off") != "worked"
        return values


class FeedForm(Form):
    """In which language the entries of the feed are written."""

    language = RadioField(label=lazy("Language of the entries"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].choices = labelled(LANGUAGES)
