"""The two pages of a screening: first whom, in which language, by which form; then its questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.cases.models import Participation
from prasan.packs import names
from prasan.packs.forms import Form as Asked
from prasan.web.clock import today
from prasan.web.forms import DayField, Form, SelectField, TicksField, YesNoField
from prasan.web.values import labelled, language

from .. import rules
from ..queries_of_telling import Told
from ..rules import forms as asking_rules
from .asking import clean_again, clean_answers, form_fields
from .drawing import drawn_groups
from .stages import ActForm


@dataclass(frozen=True)
class Asking:
    """What a page of questions is about: the form, whom it asks, in which language, and what was told before."""

    form: Asked
    part: Participation
    language: str = ""
    told: Mapping[str, Sequence[Told]] | None = None

    @property
    def spoken(self) -> str:
        """The two letters of the language of the conversation, when questions may be written in it."""
        return asking_rules.SPOKEN.get(self.language, "")


class BeginForm(Form):
    """Whom to ask, in which situation, by which form: the form is suggested by age and situation."""

    mark_optional = False
    person = SelectField(label=_("Person"), help_text=_("By code only. Names are opened elsewhere."))
    situation = SelectField(
        label=_("Situation"), required=False, blank=_("Not known yet"),
        help_text=_("What the person was found in, as far as known."),
    )  # fmt: skip
    form = SelectField(
        label=_("Screening form"), required=False, blank=_("The one that suits age and situation"),
        help_text=_("As long as the age is not known, the form for children."),
    )  # fmt: skip
    asked = SelectField(
        label=_("Language of the conversation"), required=False, blank=_("Not known yet"),
        help_text=_("Where a question is written in it, it stands beside your own language."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Participation], **given: Any) -> None:
        super().__init__(*args, **given)
        here = language()
        for name, choices in (
            ("person", [(row.person.code, row.person.code) for row in people]),
            ("situation", packs.choices("screening_situation", here)),
            ("form", [(code, form.label(here)) for code, form in packs.forms(today()).items()]),
            ("asked", names.languages(here)),
        ):
            field = self.fields[name]
            field.choices = [field.choices[0], *choices]  # type: ignore[attr-defined]


class ScreeningForm(ActForm):
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
    needs = TicksField(
        label=_("What is needed at once"), required=False, help_text=_("Leave empty what is not needed.")
    )
    enters_nrm = YesNoField(
        label=_("Does the person enter the referral mechanism?"),
        help_text=_("No closes no door: help goes on, and a new screening may follow at any time."),
    )
    mark_optional = False
    first = ("needs", "child_at_time")
    last = ("enters_nrm", "situation", "place", "on", "body", "discipline", "language", "interpreter")

    def __init__(self, *args: Any, asking: Asking, **given: Any) -> None:
        super().__init__(*args, **given)
        here = language()
        self.asking = asking
        self.fields["body"].choices = [("", _now("Choose")), *packs.choices("decider", here)]
        self.fields["place"].choices = [("", _now("Choose")), *labelled(rules.PLACES)]
        self.fields["situation"].choices = [("", _now("Choose")), *packs.choices("screening_situation", here)]
        self.fields["language"].choices = [("", _now("Choose")), *names.languages(here)]
        self.fields["needs"].choices = labelled(rules.NEEDS)
        self.fields.update(form_fields(asking.form, here, asking.spoken, asking.told or {}))

    def clean(self) -> dict[str, Any]:
        """Gather answers, words and reasons under their question codes."""
        told = super().clean() or {}
        answers, words = clean_answers(self.asking.form, told)
        again = clean_again(self.asking.form, told)
        kept = {name: value for name, value in told.items() if not name.startswith(("q_", "again_"))}
        return kept | {"answers": answers, "words": words, "asked_again": again, "participation": self.asking.part}

    def head(self) -> list[Any]:
        """What stands after the questions of safety: what is needed at once, and how old the person was."""
        return [self[name] for name in self.first]

    def tail(self) -> list[Any]:
        """What the worker knows without asking, last."""
        return [self[name] for name in self.last]

    def groups(self) -> list[Any]:
        """Each group of questions as one fieldset, in the order of the form, safety first."""
        return drawn_groups(self, self.asking.form, language(), self.asking.language, self.asking.told or {})
