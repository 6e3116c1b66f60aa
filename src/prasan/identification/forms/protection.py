"""The forms of protection, reflection, welfare, rights and refusal; parsing and labels only."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.cases.forms import OfPersonForm
from prasan.packs import names
from prasan.web.components import component
from prasan.web.forms import (
    BooleanField,
    CharField,
    DayField,
    Form,
    HiddenInput,
    InstantField,
    IntegerField,
    LongTextField,
    RadioField,
    SelectField,
    TicksField,
    YesNoField,
)
from prasan.web.values import labelled, language

from .. import rules
from ..rules import early_ends
from ..rules import protection as words


def choose(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", _now("Choose")), *pairs]


class VersionForm(Form):
    """A form that changes a row: refused when somebody saved the row meanwhile."""

    version = IntegerField(widget=HiddenInput)


class ProtectionForm(OfPersonForm):
    """Taken under protection by s.29."""

    since = InstantField(label=_("From which instant on?"), help_text=_("24 hours run from here, by the clock."))
    body = SelectField(label=_("By whom"))
    place = RadioField(label=_("Where"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["body"].choices = choose(packs.choices("decider", language()))
        self.fields["place"].choices = labelled(words.PROTECTION_PLACES)
        never = _now("Never: it will be refused.")
        self.fields["place"].choice_hints = dict.fromkeys(words.NEVER_PLACES, never) | {
            code: _now(words.NOT_A_CELL) for code in words.DOUBTFUL_PLACES
        }


class StayForm(VersionForm):
    """The answer about staying."""

    stays = YesNoField(
        label=_("Does the person agree to stay?"),
        help_text=_("A no is an answer: the person may go, and help goes on outside."),
    )
    on = DayField(label=_("Day of the answer"))
    field_order = ("stays", "on", "version")


class CourtForm(VersionForm):
    """The court's order on protection."""

    granted_at = InstantField(label=_("When did the court grant it?"))
    until = InstantField(
        label=_("Until when, if the order gives fewer than 7 days"), required=False,
        help_text=_("Leave empty when the order gives the whole time that the law allows."),
    )  # fmt: skip
    field_order = ("granted_at", "until", "version")


class EndProtectionForm(VersionForm):
    """Temporary protection ended."""

    ended_at = InstantField(label=_("When did it end?"))
    how = RadioField(label=_("How did it end?"))
    field_order = ("ended_at", "how", "version")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["how"].choices = labelled(words.ENDINGS)


class BeginReflectionForm(OfPersonForm):
    """Somebody entered the referral mechanism elsewhere."""

    on = DayField(label=_("Day of entry into the referral mechanism"))


class EndReflectionForm(VersionForm):
    """Early only by the person's own recorded wish: words, language, how understood; and always with a witness."""

    how = RadioField(label=_("How did it end?"))
    on = DayField(label=_("On which day?"))
    words = LongTextField(
        label=_("The wish, in the person's own words"), max_length=4000, required=False,
        help_text=_("Only for the person's own wish. Sealed under the person's key. Nobody may ask for this wish."),
    )  # fmt: skip
    language = SelectField(label=_("In which language was it said?"), required=False)
    understood = RadioField(label=_("How did you understand each other?"), required=False)
    witness = SelectField(
        label=_("Witness: who else of the team was present?"), required=False,
        help_text=_("Of another discipline. The period runs on until the witness, signed in, confirms it."),
    )  # fmt: skip
    field_order = ("how", "on", "words", "language", "understood", "witness", "version")

    def __init__(self, *args: Any, witnesses: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["how"].choices = labelled(early_ends.EARLY_ENDINGS)
        self.fields["language"].choices = choose(names.languages(language()))
        self.fields["understood"].choices = labelled(words.UNDERSTOOD_EACH_OTHER)
        self.fields["witness"].choices = [("", _now("Nobody")), *witnesses]


class AnswerEndForm(VersionForm):
    """The witness says whether it was so."""

    answer = RadioField(label=_("Was it so?"))
    field_order = ("answer", "version")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["answer"].choices = labelled(early_ends.WITNESSED)


class CheckForm(Form):
    """How one person is today."""

    on = DayField(label=_("Day"))
    wellbeing = RadioField(label=_("How is the person?"))
    needs = TicksField(label=_("What is needed"), required=False)
    words = LongTextField(
        label=_("What the person wants you to know"), max_length=2000, required=False,
        help_text=_("About today, sleep, food, fear, wishes. Never about what happened. Sealed."),
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["wellbeing"].choices = labelled(words.WELLBEING)
        self.fields["needs"].choices = labelled(rules.NEEDS)


class RoundForm(Form):
    """All people of a case in reflection, a line each: how the person is and what is needed; a line may stay empty."""

    on = DayField(label=_("Day of the round"))
    mark_optional = False

    def __init__(self, *args: Any, people: list[dict[str, Any]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.people = people
        for one in people:
            key = one["key"]
            self.fields[f"w_{key}"] = RadioField(label=one["code"], choices=labelled(words.WELLBEING), required=False)
            self.fields[f"n_{key}"] = TicksField(
                label=_now("What %(person)s needs") % {"person": one["code"]}, choices=labelled(rules.NEEDS),
                required=False,
            )  # fmt: skip
            self.fields[f"s_{key}"] = CharField(widget=HiddenInput, required=False)
            self.initial[f"s_{key}"] = one["seen"]

    def clean(self) -> dict[str, Any]:
        """Gather the marks; whoever was not met has none."""
        told = super().clean() or {}
        marks = []
        for one in self.people:
            key = one["key"]
            mark = {"reflection": key, "wellbeing": told.pop(f"w_{key}", ""), "needs": told.pop(f"n_{key}", []),
                    "seen": told.pop(f"s_{key}", "")}  # fmt: skip
            if mark["wellbeing"]:
                marks.append(mark)
            elif mark["needs"]:
                self.add_error(f"w_{key}", _now("Say how %(person)s is.") % {"person": one["code"]})
        if not marks and not self.errors:
            self.add_error(None, _now("Tick at least one person."))
        return told | {"marks": marks}

    def lines(self) -> list[dict[str, Any]]:
        """Each person with the drawn radios and ticks, so that forty fit on a page."""
        return [{**one, "drawn": self._line(one)} for one in self.people]

    def _line(self, one: dict[str, Any]) -> SafeString:
        how, needs, seen = (self[f"{letter}_{one['key']}"] for letter in "wns")
        items = [{"value": code, "text": text, "checked": code == how.value(), "id": f"{how.auto_id}_{n}"}
                 for n, (code, text) in enumerate(how.field.choices)]  # fmt: skip
        given: dict[str, Any] = {"error_message": " ".join(how.errors)} if how.errors else {}
        legend = {"text": one["code"], "classes": "govuk-fieldset__legend--s"}
        radios = component(
            "radios", name=how.html_name, id_prefix=how.auto_id, items=items, fieldset={"legend": legend},
            hint=one["last"], classes="govuk-radios--inline govuk-radios--small", **given,
        )  # fmt: skip
        chosen = needs.value() or []
        boxes = [{"value": code, "text": text, "checked": code in chosen, "id": f"{needs.auto_id}_{n}"}
                 for n, (code, text) in enumerate(needs.field.choices)]  # fmt: skip
        ticks = component(
            "checkboxes", name=needs.html_name, id_prefix=needs.auto_id, items=boxes, classes="govuk-checkboxes--small",
            fieldset={"legend": {"text": str(needs.label), "classes": "govuk-visually-hidden"}},
        )  # fmt: skip
        details = component("details", summary_text=_now("Needs of %(person)s") % {"person": one["code"]}, html=ticks,
                            open=bool(chosen))  # fmt: skip
        return format_html_join("", "{}", ((part,) for part in (seen.as_hidden(), radios, details)))


class RightsForm(Form):
    """Several rights told in one talk."""

    rights = TicksField(label=_("Which rights were told?"))
    on = DayField(label=_("Day"))
    body = SelectField(label=_("Told by"))
    language = SelectField(label=_("In which language?"))
    interpreter = YesNoField(label=_("Was an interpreter used?"))
    understood = RadioField(label=_("How was it understood?"))
    handed_over = BooleanField(label=_("The paper was handed over"), required=False)

    def __init__(self, *args: Any, rights: list[str], **given: Any) -> None:
        super().__init__(*args, **given)
        here, rows = language(), packs.current().by_code["right"]
        self.fields["rights"].choices = [(code, rows[code].label(here)) for code in rights]
        self.fields["rights"].choice_hints = {code: rows[code].text("plain", here) for code in rights}
        self.fields["body"].choices = choose(packs.choices("decider", here))
        self.fields["language"].choices = choose(names.languages(here))
        self.fields["understood"].choices = labelled(words.UNDERSTANDINGS)
        self.fields["understood"].choice_hints = {
            "nodded": _now("A nod is weak. Ask the person to say it again."),
            "not_understood": _now("It stays open. Tell it again, later or in another language."),
        }


class RefusalForm(Form):
    """One more adult who said no. There is no field for words, and none may be added."""

    adult = RadioField(label=_("Is the person an adult?"))
    on = DayField(label=_("Day"))
    province = SelectField(label=_("Province"))
    place = SelectField(label=_("Kind of place"))
    situation = SelectField(label=_("Situation"), required=False)
    sex = RadioField(label=_("Sex"))
    language = SelectField(label=_("Language"), required=False)
    refused = RadioField(label=_("What was refused?"))
    card_given = YesNoField(label=_("Was the card with the numbers given?"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        here = language()
        self.fields["adult"].choices = labelled(words.ADULT)
        self.fields["province"].choices = choose(packs.choices("province", here))
        self.fields["place"].choices = choose(labelled(rules.PLACES))
        self.fields["situation"].choices = choose(packs.choices("screening_situation", here))
        self.fields["sex"].choices = labelled(words.SEXES)
        self.fields["language"].choices = choose(names.languages(here))
        self.fields["refused"].choices = labelled(words.REFUSED)
