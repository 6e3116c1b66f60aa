"""The short forms of a decision, and what forms about a person of a case have in common."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.accounts.rules import DISCIPLINES
from prasan.cases.forms import OfPersonForm
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
from prasan.web.values import language


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


class DecisionForm(OfPersonForm, ActForm):
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
        here = language()
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
