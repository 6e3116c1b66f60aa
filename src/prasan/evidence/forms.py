"""The forms of attachments: the look comes first, then the file; and what is written down of suspected abuse."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from prasan.access.opening import REASONS
from prasan.cases.rules import ERROR_REASONS, PARTITIONS, PARTS
from prasan.web.forms import (
    BooleanField,
    CharField,
    DayField,
    FileField,
    Form,
    HiddenInput,
    InstantField,
    IntegerField,
    LongTextField,
    RadioField,
    SelectField,
)
from prasan.web.values import labelled

from . import rules

WHY = ("court", "interview", "safety", "services", "correct", "work")


def people(parts: list[Any]) -> list[tuple[str, str]]:
    """People of the case by code and part; never by name."""
    return [(str(p.pk), f"{p.person.code} · {_(PARTS[p.part])}") for p in parts]


class SealForm(Form):
    """Asks first whether somebody looked; the file comes second."""

    looked = BooleanField(
        label=_("I have looked at this file: there is no abuse of a child in it"),
        help_text=_("If you have not looked, or are not sure, do not choose a file. Use the report page above."),
        error_messages={"required": _(rules.NOT_LOOKED)},
    )
    file = FileField(
        label=_("File"), help_text=_("At most 50 MB. It is sealed as it is and only ever handed out as a copy.")
    )
    kind = RadioField(label=_("What is it?"), choices=labelled(rules.KINDS))
    partition = RadioField(label=_("Who may see it?"))
    about = SelectField(label=_("About whom?"), required=False, blank=_("Nobody in particular"))
    received_on = DayField(label=_("Received on"))
    from_whom = SelectField(label=_("From whom?"), choices=labelled(rules.SOURCES))

    def __init__(self, *args: Any, parts: list[Any], partitions: frozenset[str], oversized: bool = False,
                 **given: Any) -> None:  # fmt: skip
        """Offer the people of the case by code, and the partitions that the viewer reads."""
        super().__init__(*args, **given)
        self.parts = {str(p.pk): p for p in parts}
        self.fields["about"].choices = [("", _("Nobody in particular")), *people(parts)]
        readable = {code: label for code, label in PARTITIONS.items() if code in partitions}
        self.fields["partition"].choices = labelled(readable)
        if oversized:
            told = _(rules.TOO_LARGE) % {"limit": rules.LARGEST // 1_000_000}
            self.fields["file"].error_messages["required"] = told

    def clean_about(self) -> Any:
        return self.parts.get(self.cleaned_data["about"])


class OpenForm(Form):
    """Why a copy is needed."""

    why = RadioField(label=_("Why do you need it?"), choices=[(code, _(REASONS[code])) for code in WHY])


class ReportForm(Form):
    """To whom suspected abuse was reported."""

    reported_to = RadioField(label=_("Reported to"), choices=labelled(rules.REPORTED_TO))
    report_ref = CharField(
        label=_("Reference of the report"), required=False, max_length=80,
        help_text=_("The number that the police unit or hotline gave you."),
    )  # fmt: skip


class ReportedForm(ReportForm):
    """The report was made later."""

    version = IntegerField(widget=HiddenInput)


class SuspicionForm(ReportForm):
    """Address, time, reference: all that is ever written down."""

    field_order = ("found_where", "found_at", "reported_to", "report_ref")
    found_where = CharField(
        label=_("Where is it?"), max_length=500,
        help_text=_("Address of the page, account, message or device. Do not describe the child. Copy nothing."),
    )  # fmt: skip
    found_at = InstantField(label=_("When was it seen?"))


class MarkForm(SuspicionForm):
    """The same of a file that came in, and the version that is destroyed."""

    version = IntegerField(widget=HiddenInput)


class CorrectForm(Form):
    """Why an attachment was entered in error."""

    reason = RadioField(label=_("What was wrong?"), choices=labelled(ERROR_REASONS))
    words = LongTextField(label=_("In your words"), required=False, max_length=1000)
    version = IntegerField(widget=HiddenInput)
