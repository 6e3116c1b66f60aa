"""What is asked at the intake desk; parsing and labels only."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from prasan import packs
from prasan.access.opening import REASONS
from prasan.accounts.models import Agency
from prasan.accounts.rules import DISCIPLINES
from prasan.cases.actions.matters import CASE_DISCIPLINES
from prasan.cases.rules import ERROR_REASONS, MODES
from prasan.plain.refs import tidy_code
from prasan.web.forms import (
    CharField,
    DayField,
    Form,
    InstantField,
    LongTextField,
    RadioField,
    SelectField,
    TicksField,
    YesNoField,
)
from prasan.web.values import labelled, language

from . import queries, rules
from .models import Lead

OPENING_REASONS = ("intake", "contact", "safety", "interview", "duplicate")


class DeskForm(Form):
    """Asks for the desk only of those who are on more than one."""

    desk = RadioField(label=lazy("Intake desk"))

    def __init__(self, *args: Any, desks: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.desks = {row.code: row for row in desks}
        self.fields["desk"].choices = [(row.code, row.name) for row in desks]
        if len(desks) == 1:
            del self.fields["desk"]

    def clean(self) -> dict[str, Any]:
        """Hand on the desk itself."""
        told: dict[str, Any] = dict(super().clean() or {})
        if "desk" in self.fields:
            told["desk"] = self.desks.get(told.get("desk", ""))
        else:
            told["desk"] = next(iter(self.desks.values()))
        return told


class LeadForm(DeskForm):
    """A lead as it was told. Only how it came, how urgent it is and what was said must be answered."""

    channel = SelectField(label=lazy("How did it reach you?"))
    received_on = DayField(label=lazy("Received on"))
    urgency = RadioField(label=lazy("How urgent is it?"))
    text = LongTextField(
        label=lazy("What was reported"),
        help_text=lazy("As it was told. Leave out names of possible victims where you can."),
    )
    identifiers = LongTextField(
        label=lazy("Phones, links and accounts"), required=False,
        help_text=lazy("One on each line, for example “081 234 5678”, “line: @shop”, “bank: 123-4-56789-0” or a link. "
                       "They are sealed, and compared with other files."),
    )  # fmt: skip
    province = SelectField(label=lazy("Province"), required=False)
    place = CharField(label=lazy("Place"), required=False, max_length=200)
    forms = TicksField(label=lazy("Forms of exploitation suspected"), required=False)
    mode = RadioField(label=lazy("Online or physical"))
    source_name = CharField(
        label=lazy("Who told you"), required=False, max_length=200,
        help_text=lazy("Sealed. It is opened only for a reason, and every opening is recorded."),
    )  # fmt: skip
    source_contact = CharField(label=lazy("How to reach them safely"), required=False, max_length=200)
    source_note = CharField(label=lazy("What must be known about the source"), required=False, max_length=400)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["channel"].choices = [("", _("Choose")), *packs.choices("lead_channel", language())]
        self.fields["urgency"].choices = labelled(rules.URGENCIES)
        self.fields["province"].choices = [("", _("Choose")), *packs.choices("province", language())]
        self.fields["forms"].choices = packs.choices("exploitation_form", language())
        self.fields["mode"].choices = labelled(MODES)

    def clean(self) -> dict[str, Any]:
        """Bring the three lines about the source together."""
        told = super().clean()
        told["source"] = {name: told.pop(f"source_{name}", "") for name in ("name", "contact", "note")}
        return told


class CorrectForm(LeadForm):
    """The same questions again; an empty source keeps the one that is sealed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source_name"].help_text = _("Leave empty to keep the source that is sealed.")


class TriageForm(Form):
    """How urgent, and who takes it on."""

    urgency = RadioField(label=lazy("How urgent is it?"))
    owner = SelectField(label=lazy("Who takes it on?"), required=False, blank=lazy("Nobody yet"))

    def __init__(self, *args: Any, members: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {str(row.pk): row for row in members}
        self.fields["urgency"].choices = labelled(rules.URGENCIES)
        self.fields["owner"].choices = [("", _("Nobody yet")), *((k, m.shown_name()) for k, m in self.members.items())]

    def clean_owner(self) -> Any:
        return self.members.get(self.cleaned_data["owner"])


class AcceptForm(Form):
    """Into which case; a new one needs its title and forms."""

    into = SelectField(label=lazy("Case"))
    title = CharField(
        label=lazy("Title of a new case"), required=False, max_length=120,
        help_text=lazy("Names nobody, for example “Karaoke bar, Chiang Rai”."),
    )  # fmt: skip
    forms = TicksField(label=lazy("Forms of exploitation of a new case"), required=False)
    summary = LongTextField(
        label=lazy("Summary of a new case"), required=False,
        help_text=lazy("The team of the case reads this. Take out names."),
    )  # fmt: skip
    discipline = RadioField(label=lazy("You work on a new case as"), required=False)

    def __init__(self, *args: Any, viewer: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cases = {case.code: case for case in queries.open_cases(viewer)}
        cases = [(code, f"{code}: {case.title}") for code, case in self.cases.items()]
        self.fields["into"].choices = [("", _("Choose")), ("new", _("Open a new case")), *cases]
        self.fields["forms"].choices = packs.choices("exploitation_form", language())
        mine = [d for d in CASE_DISCIPLINES if d in viewer.disciplines]
        self.fields["discipline"].choices = labelled(DISCIPLINES, *mine)
        if len(mine) < 2:
            del self.fields["discipline"]

    def clean(self) -> dict[str, Any]:
        """Hand on the case itself; none means a new one."""
        told: dict[str, Any] = dict(super().clean() or {})
        told["case"] = self.cases.get(told.pop("into", ""))
        return told


class MergeForm(Form):
    """The other lead, by its code."""

    into = CharField(label=lazy("Code of the lead that stays"), max_length=16, help_text=lazy("For example L-7K3M9Q2"))

    def __init__(self, *args: Any, viewer: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer

    def clean_into(self) -> Lead | None:
        found = queries.target_lead(self.viewer, tidy_code(self.cleaned_data["into"]))
        if found is None:
            self.add_error("into", _(rules.NO_SUCH_LEAD))
        return found


class ReferForm(Form):
    """To which agency, and why."""

    agency = SelectField(label=lazy("Agency"), help_text=lazy("Who gave the lead is not passed on."))
    words = CharField(label=lazy("Why"), required=False, max_length=400)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.agencies = {row.code: row for row in Agency.objects.filter(is_own=False)}
        self.fields["agency"].choices = [("", _("Choose")), *((c, a.name) for c, a in self.agencies.items())]

    def clean_agency(self) -> Any:
        return self.agencies.get(self.cleaned_data["agency"])


class CloseForm(Form):
    """Why nothing more is done."""

    reason = RadioField(label=lazy("Reason"))
    words = CharField(label=lazy("In a few words"), required=False, max_length=400)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = labelled(rules.CLOSE_REASONS)


class ErrorForm(Form):
    """Why this lead should not be there."""

    reason = RadioField(label=lazy("Reason"))
    words = CharField(label=lazy("In a few words"), required=False, max_length=400)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = labelled(ERROR_REASONS)


class SourceForm(Form):
    """The reason for which a source is opened."""

    why = RadioField(label=lazy("Why do you need to see who gave this lead?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].choices = labelled(REASONS, *OPENING_REASONS)


class AbuseForm(DeskForm):
    """Words only: there is no field for a file, and none may be added."""

    danger = YesNoField(label=lazy("Is a child in immediate danger now?"))
    address = CharField(
        label=lazy("Address or identifier"), max_length=1000,
        help_text=lazy("The web address, account name or link of the message. Do not open it again to copy it."),
    )  # fmt: skip
    platform = CharField(label=lazy("Platform or app"), required=False, max_length=100)
    seen_at = InstantField(label=lazy("When was it seen?"))
    seen_by = CharField(label=lazy("Who saw it, and how"), max_length=400)
    claims = LongTextField(
        label=lazy("What the page claims, in words"), required=False, max_length=2000,
        help_text=lazy("No description of the child beyond what is needed to act."),
    )  # fmt: skip


class ReportForm(Form):
    """Where it was reported, and under which reference."""

    reported_to = TicksField(label=lazy("Where was it reported?"))
    reported_at = InstantField(label=lazy("When was it reported?"))
    reference = CharField(label=lazy("Reference of the report"), required=False, max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reported_to"].choices = labelled(rules.REPORTS)


class FilterForm(Form):
    """Which leads are shown."""

    mark_optional = False
    status = SelectField(label=lazy("Status"), required=False)
    urgency = SelectField(label=lazy("Urgency"), required=False)
    owner = SelectField(label=lazy("Owner"), required=False)

    def __init__(self, *args: Any, members: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        everything = ("", _("All"))
        self.fields["status"].choices = [everything, ("open", _("Waiting")), *labelled(rules.STATUSES)]
        self.fields["urgency"].choices = [everything, *labelled(rules.URGENCIES)]
        people = [(str(row.pk), row.shown_name()) for row in members]
        self.fields["owner"].choices = [everything, ("me", _("Me")), ("nobody", _("Nobody")), *people]
