"""The screening form, built from the pack; and the short forms of a decision."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.accounts.rules import DISCIPLINES
from prasan.cases.models import Participation
from prasan.cases.rules import PARTS
from prasan.packs import names
from prasan.web.components import component
from prasan.web.forms import (
    DayField,
    Form,
    HiddenInput,
    IntegerField,
    LongTextField,
    RadioField,
    SelectField,
    TicksField,
    YesNoField,
)

from .. import rules


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


class ScreeningForm(PersonForm):
    """Stage 1. One group of questions a fieldset; every question starts as not asked and may stay so."""

    on = DayField(label=_("Day of the screening"))
    body = SelectField(label=_("Who screened"))
    place = SelectField(label=_("Where the screening took place"))
    situation = SelectField(label=_("Situation"), help_text=_("What the person was found in, as far as known."))
    child_at_time = YesNoField(
        label=_("Was the person under 18 when it happened?"), not_known=True,
        help_text=_("In doubt a person counts as a child until it is decided."),
    )  # fmt: skip
    language = SelectField(label=_("Language of the conversation"), required=False)
    interpreter = YesNoField(label=_("Was an interpreter used?"))
    needs = TicksField(label=_("What is needed at once"), required=False)
    enters_nrm = YesNoField(
        label=_("Does the person enter the referral mechanism?"),
        help_text=_("No closes no door: help goes on, and a new screening may follow at any time."),
    )
    order = ("participation", "discipline", "on", "body", "place", "situation", "child_at_time", "language",
             "interpreter")  # fmt: skip
    last = ("needs", "enters_nrm")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        here, choose = lang(), ("", _now("Choose"))
        self.fields["body"].choices = [choose, *packs.choices("decider", here)]
        self.fields["place"].choices = [choose, *translated(rules.PLACES)]
        self.fields["situation"].choices = [choose, *packs.choices("screening_situation", here)]
        self.fields["language"].choices = [choose, *names.languages(here)]
        self.fields["needs"].choices = translated(rules.NEEDS)
        answers = packs.choices("answer", here)
        for question in packs.rows("screening_question"):
            field = RadioField(label=question.label(here), choices=answers, required=False)
            self.fields[f"q_{question.code}"] = field
            self.initial.setdefault(f"q_{question.code}", "not_asked")

    def clean(self) -> dict[str, Any]:
        """Gather the answers under their question codes."""
        told = super().clean() or {}
        asked = [name for name in self.fields if name.startswith("q_")]
        told["answers"] = {name[2:]: told.pop(name, "") or "not_asked" for name in asked}
        return told

    def head(self) -> list[Any]:
        return [self[name] for name in self.order]

    def tail(self) -> list[Any]:
        return [self[name] for name in self.last]

    def groups(self) -> list[SafeString]:
        """Each group of questions as one fieldset, in the order of the pack."""
        here = lang()
        drawn = []
        for group in packs.rows("screening_group"):
            inside = [self._question(q) for q in packs.rows("screening_question") if q["group"] == group.code]
            legend = {"text": group.label(here), "classes": "govuk-fieldset__legend--m"}
            hint = component("inset-text", text=group.text("hint", here))
            body = format_html_join("", "{}", ((part,) for part in [hint, *inside]))
            drawn.append(component("fieldset", legend=legend, html=body))
        return drawn

    def _question(self, question: Any) -> SafeString:
        bound = self[f"q_{question.code}"]
        chosen = bound.value() or "not_asked"
        items = [
            {"value": code, "text": label, "checked": code == chosen, "id": f"{bound.auto_id}_{n}"}
            for n, (code, label) in enumerate(bound.field.choices)
        ]
        given: dict[str, Any] = {"hint": _now("Wording of the law not confirmed")} if not question.sourced else {}
        if bound.errors:
            given["error_message"] = " ".join(bound.errors)
        legend = {"text": str(bound.label), "classes": "govuk-fieldset__legend--s"}
        return component(
            "radios", name=bound.html_name, id_prefix=bound.auto_id, items=items, fieldset={"legend": legend},
            classes="govuk-radios--inline govuk-radios--small", **given,
        )  # fmt: skip


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
