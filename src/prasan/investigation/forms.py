"""The forms of the investigation; people of the case stand there by code, never by name."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.cases.rules import CONTRIBUTIONS, PARTS
from prasan.web.forms import (
    BooleanField,
    DayField,
    Form,
    HiddenInput,
    InstantField,
    IntegerField,
    LongTextField,
    RadioField,
    SelectField,
)
from prasan.web.values import labelled, language

from . import queries, rules


def contribution(**given: Any) -> RadioField:
    return RadioField(label=_("How did the team contribute?"), choices=labelled(CONTRIBUTIONS), **given)


class OfCase(Form):
    """A form that offers people and operations of one case by code."""

    def offer(self, name: str, rows: list[Any], label: Any, blank: Any) -> None:
        """Fill a select with rows and hand the chosen row on."""
        self.rows = {**getattr(self, "rows", {}), name: {str(row.pk): row for row in rows}}
        self.fields[name].choices = [("", blank), *((str(row.pk), label(row)) for row in rows)]

    def chosen(self, name: str) -> Any:
        return self.rows[name].get(self.cleaned_data[name])

    def offer_people(self, parts: list[Any]) -> None:
        self.offer("participation", parts, lambda p: f"{p.person.code} · {_(PARTS[p.part])}", _("Choose"))

    def offer_operations(self, operations: list[Any]) -> None:
        self.offer("operation", operations, lambda o: o.code, _("Without an operation"))

    def clean_participation(self) -> Any:
        return self.chosen("participation")

    def clean_operation(self) -> Any:
        return self.chosen("operation")


class OpenForm(Form):
    """The first day."""

    opened_on = DayField(label=_("The investigation began on"))


class CloseForm(Form):
    """The last day."""

    closed_on = DayField(label=_("The investigation ended on"))
    version = IntegerField(widget=HiddenInput)


class PlanForm(Form):
    """Day, kind of place, who leads, and the look at risks."""

    planned_on = DayField(label=_("Planned for"))
    place_kind = SelectField(label=_("Kind of place"), choices=labelled(rules.PLACES))
    province = SelectField(label=_("Province"), required=False, blank=_("Not known"))
    lead_body = SelectField(label=_("Who leads it?"))
    risk_checked = BooleanField(label=_("Risks to survivors, families and staff were checked"), required=False)
    risk_words = LongTextField(
        label=_("What was checked?"), required=False, max_length=rules.LONGEST_WORDS,
        help_text=_("Sealed; read by the investigation only. People by code."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        """Take provinces and units from the pack, in the language of the page."""
        super().__init__(*args, **given)
        self.fields["province"].choices = [("", _("Not known")), *packs.choices("province", language())]
        self.fields["lead_body"].choices = [("", _("Choose")), *queries.bodies(language())]


class ResultForm(Form):
    """Carried out or called off."""

    status = RadioField(
        label=_("What became of it?"),
        choices=labelled({k: v for k, v in rules.STATUSES.items() if k != "planned"}),
    )
    done_at = InstantField(label=_("When was it carried out?"), required=False)
    contribution = contribution(required=False)
    version = IntegerField(widget=HiddenInput)


class RemovalForm(OfCase):
    """Who, when, in which operation, with which contribution."""

    participation = SelectField(label=_("Who was removed from harm?"))
    on = DayField(label=_("On which day?"))
    operation = SelectField(label=_("In which operation?"), required=False)
    contribution = contribution()

    def __init__(self, *args: Any, parts: list[Any], operations: list[Any], **given: Any) -> None:
        """Offer the survivors of the case, and its operations."""
        super().__init__(*args, **given)
        self.offer_people([p for p in parts if p.is_survivor])
        self.offer_operations(operations)


class ArrestForm(OfCase):
    """Who, when, by whom, in which operation, with which contribution."""

    participation = SelectField(label=_("Who was arrested?"))
    arrested_at = InstantField(label=_("When?"))
    body = SelectField(label=_("Who made the arrest?"), required=False, blank=_("Not known"))
    province = SelectField(label=_("Province"), required=False, blank=_("Not known"))
    operation = SelectField(label=_("In which operation?"), required=False)
    contribution = contribution()

    def __init__(self, *args: Any, parts: list[Any], operations: list[Any], **given: Any) -> None:
        """Offer the suspects of the case, its operations, units and provinces."""
        super().__init__(*args, **given)
        self.offer_people([p for p in parts if p.is_defendant])
        self.offer_operations(operations)
        self.fields["body"].choices = [("", _("Not known")), *queries.bodies(language())]
        self.fields["province"].choices = [("", _("Not known")), *packs.choices("province", language())]
