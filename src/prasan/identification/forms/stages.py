"""The short forms of a decision, and what forms about a person of a case have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.accounts.rules import DISCIPLINES
from prasan.cases.models import Participation
from prasan.cases.rules import PARTS
from prasan.web.forms import (
    DayField,
    Form,
    HiddenInput,
    IntegerField,
    LongTextField,
    RadioField,
    SelectField,
    TicksField,
)


def lang() -> str:
    """The two letters of the page's language."""
    return (get_language() or "en")[:2]


def translated(codes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Codes of a rule with their labels in the page's language."""
    return [(code, _now(label)) for code, label in codes.items()]


def of_disciplines(held: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, _now(DISCIPLINES[code])) for code in held]


class ActForm(Form):
    """A form of one act: the disciplines in which the member may do it, the first one chosen if it is the only one."""

    discipline = RadioField(label=_("In which discipline do you act?"))

    def __init__(self, *args: Any, disciplines: list[str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["discipline"].choices = of_disciplines(disciplines)
        if len(disciplines) == 1:
            self.initial.setdefault("discipline", disciplines[0])


class PersonForm(ActForm):
    """A form about one person of the case, chosen by code only."""

    participation = SelectField(label=_("Person"), help_text=_("By code only. Names are opened elsewhere."))

    def __init__(self, *args: Any, people: list[Participation], **given: Any) -> None:
        super().__init__(*args, **given)
        self.people = {str(row.pk): row for row in people}
        self.fields["participation"].choices = [
            ("", _now("Choose")),
            *((pk, f"{row.person.code} ({_now(PARTS[row.part])})") for pk, row in self.people.items()),
        ]

    def clean_participation(self) -> Participation:
        try:
            return self.people[self.cleaned_data["participation"]]
        except KeyError:
            raise ValidationError(_("Choose a person of this case.")) from None


class DecisionForm(PersonForm):
    """Stage 2, proposed by one discipline. No question about cooperation: nothing here depends on it."""

    outcome = RadioField(label=_("Proposed decision"))
    law_basis = RadioField(label=_("Basis in law"), required=False)
    forms = TicksField(label=_("Forms of exploitation"), required=False)
    reasons = LongTextField(
        label=_("Reasons"), max_length=8000,
        help_text=_("What supports it, what is missing. Sealed under the person's key, never in lists."),
    )  # fmt: skip
    body = SelectField(label=_("Deciding body"))
    on = DayField(label=_("Day of the proposal"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        here = lang()
        self.fields["outcome"].choices = packs.choices("identification_decision", here)
        self.fields["outcome"].choice_hints = {
            "not_identified": _now("Help goes on: services, shelter and referral do not depend on this decision."),
            "undetermined": _now("It cannot be decided yet. Help goes on."),
        }
        self.fields["law_basis"].choices = packs.choices("law_basis", here)
        self.fields["forms"].choices = packs.choices("exploitation_form", here)
        self.fields["body"].choices = [("", _now("Choose")), *packs.choices("decider", here)]
        self.order_fields(["participation", "discipline", "outcome", "law_basis", "forms", "reasons", "body", "on"])


class ConcurForm(ActForm):
    """A second discipline concurs."""

    on = DayField(label=_("Day on which you concur"))
    version = IntegerField(widget=HiddenInput)


class ReturnForm(Form):
    """A proposal goes back with what is missing."""

    words = LongTextField(label=_("What is missing"), max_length=2000)
    version = IntegerField(widget=HiddenInput)
