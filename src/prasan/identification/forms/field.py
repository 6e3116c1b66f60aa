"""Forms of the desk for its phones and for what they sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.access.table import ACTS
from prasan.packs import names
from prasan.people.rules import GENDERS
from prasan.plain.text import is_thai
from prasan.web.forms import (
    BooleanField,
    CharField,
    DayField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    TicksField,
    YesNoField,
)
from prasan.web.values import labelled, language

from .. import rules
from ..rules.field import INTO, NO_CASE, REASONS
from ..rules.intake import birth_of
from .stages import of_disciplines

NO_DAY = _("Write the day of the screening.")
SCREENING = ("on", "discipline", "body", "place", "situation", "child_at_time", "language", "interpreter", "needs",
             "enters_nrm")  # fmt: skip


class DeviceForm(Form):
    """For which desk one's own phone sends, and what it is called."""

    desk = SelectField(label=_("Desk"))
    label = CharField(
        label=_("Name of the phone"), max_length=60, help_text=_("Such as “blue Nokia”. No name of a person.")
    )

    def __init__(self, *args: Any, desks: list[Any], **given: Any) -> None:
        super().__init__(*args, **given)
        self.desks = {str(desk.pk): desk for desk in desks}
        self.fields["desk"].choices = [(pk, desk.name) for pk, desk in self.desks.items()]

    def clean_desk(self) -> Any:
        return self.desks[self.cleaned_data["desk"]]


class RevokeForm(Form):
    """Nothing to fill in: the button says it."""


class RefuseForm(Form):
    """Why what came is not taken in."""

    reason = RadioField(label=_("Why is it refused?"))
    words = CharField(
        label=_("In a few words"), required=False, max_length=180, help_text=_("No names, nothing of what was told.")
    )
    destroyed = BooleanField(label=_("I know that what was sent is destroyed with this"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["reason"].choices = labelled(REASONS)


class AcceptForm(Form):
    """Into which case, about whom, and the screening as the phone told it, to be looked through."""

    mark_optional = False
    into = RadioField(label=_("Where does it go?"))
    case = SelectField(label=_("Case"), required=False)
    person = CharField(label=_("Code of a person who is in that case already"), required=False, max_length=20,
                       help_text=_("Leave it empty for somebody new."))  # fmt: skip
    name = CharField(
        label=_("Name of somebody new"), required=False, max_length=200, help_text=_("As told; empty if not known.")
    )
    gender = SelectField(label=_("Gender"), required=False)
    age = IntegerField(label=_("Age, as told or guessed"), required=False, min_value=0, max_value=120)
    nationality = SelectField(label=_("Nationality"), required=False)
    discipline = RadioField(label=_("In which discipline do you act?"), required=False)
    on = DayField(label=_("Day of the screening"), required=False)
    body = SelectField(label=_("Who screened"), required=False)
    place = SelectField(label=_("Where the screening took place"), required=False)
    situation = SelectField(label=_("Situation"), required=False)
    child_at_time = YesNoField(label=_("Was the person under 18 when it happened?"), not_known=True, required=False)
    language = SelectField(label=_("Language of the conversation"), required=False)
    interpreter = YesNoField(label=_("Was an interpreter used?"), required=False)
    needs = TicksField(label=_("What is needed at once"), required=False)
    enters_nrm = YesNoField(label=_("Does the person enter the referral mechanism?"), required=False)

    def __init__(self, *args: Any, cases: list[Any], held: frozenset[str], **given: Any) -> None:
        super().__init__(*args, **given)
        here, choose = language(), ("", _now("Choose"))
        self.cases = {case.code: case for case in cases}
        self.fields["into"].choices = labelled(INTO)
        self.fields["case"].choices = [choose, *((code, f"{code} {case.title}") for code, case in self.cases.items())]
        self.fields["gender"].choices = [choose, *labelled(GENDERS)]
        self.fields["nationality"].choices = [choose, *names.countries(here)]
        mine = sorted(held & ACTS["identification.record_screening"].disciplines)
        self.fields["discipline"].choices = of_disciplines(mine)
        if len(mine) == 1:
            self.initial.setdefault("discipline", mine[0])
        self.fields["body"].choices = [choose, *packs.choices("decider", here)]
        self.fields["place"].choices = [choose, *labelled(rules.PLACES)]
        self.fields["situation"].choices = [choose, *packs.choices("screening_situation", here)]
        self.fields["language"].choices = [choose, *names.languages(here)]
        self.fields["needs"].choices = labelled(rules.NEEDS)

    def clean_case(self) -> Any:
        return self.cases.get(self.cleaned_data["case"])

    def clean(self) -> dict[str, Any]:
        """What the act takes: the case, whom it is about, and the screening around the answers."""
        told = super().clean() or {}
        if told.get("into") == "case":
            if told.get("case") is None:
                self.add_error("case", ValidationError(_now(NO_CASE)))
            if told.get("on") is None and "on" not in self.errors:
                self.add_error("on", ValidationError(NO_DAY))
        told["screening"] = {name: told.pop(name, None) for name in SCREENING}
        told["new"] = self._new(told, told["screening"])
        return told

    def _new(self, told: dict[str, Any], screening: dict[str, Any]) -> dict[str, Any]:
        name, age, nationality = told.pop("name", ""), told.pop("age", None), told.pop("nationality", "")
        on, language = screening["on"], screening["language"]
        screening["interpreter"] = bool(screening["interpreter"])
        return {
            "names": [("original" if is_thai(name) else "romanised", name)] if name else [], "name_unknown": not name,
            "gender": told.pop("gender", "") or "non_specified_unknown",
            "birth": birth_of(age, on) if on else None,
            "citizenships": [nationality] if nationality else [], "languages": [language] if language else [],
            "interpreter": screening["interpreter"],
        }  # fmt: skip


def initial_of(about: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What the phone told around the questions, as the form starts with it."""
    yes_no: dict[Any, Any] = {"yes": True, "no": False}
    initial = {**about, "into": "case"}
    for name in ("interpreter", "enters_nrm"):
        initial[name] = yes_no.get(about.get(name))
    initial["child_at_time"] = yes_no.get(about.get("child_at_time"), "unknown")
    initial["on"] = min(day_of(about.get("on")) or today, today)
    return initial


def day_of(told: Any) -> date | None:
    """The day as the phone wrote it; None for anything else."""
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        return None
