"""What is asked about an interview that was held; the people of a case stand in it by code only."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from prasan import packs
from prasan.people.models import Person
from prasan.web.forms import (
    BooleanField,
    CharField,
    Form,
    InstantField,
    LongTextField,
    RadioField,
    SelectField,
    TicksField,
    YesNoField,
)
from prasan.web.values import labelled, language

from . import queries_of_telling
from .forms import person_choices, person_of
from .models import Case
from .rules import telling
from .rules.time import INTERVIEW_PLACES, PRESENT, PURPOSES, RECORDINGS


class InterviewForm(Form):
    """One line of the ledger. Reasons and words are sealed; nothing about cooperating is asked."""

    held_at = InstantField(label=lazy("When the interview began"))
    until = InstantField(label=lazy("When it ended"), required=False)
    body = SelectField(label=lazy("Which body held it"))
    agency = CharField(label=lazy("Which office or organisation"), required=False, max_length=80,
                       help_text=lazy("Never the name of a person."))  # fmt: skip
    reported = BooleanField(
        label=lazy("It was reported to us: another body held it, without a member of this team"), required=False,
        help_text=lazy("It is kept whatever it lacked, and what it lacked is shown: nobody is to ask the same again."))
    purpose = RadioField(label=lazy("What the interview was for"), choice_hints={
        "care": lazy("Needs, health and wishes. Not what happened.")})  # fmt: skip
    topics = TicksField(label=lazy("What was told"), help_text=lazy("Whoever comes next is not to ask it again."))
    place = RadioField(label=lazy("Where"))
    recording = RadioField(label=lazy("How it was recorded"))
    present = TicksField(label=lazy("Who was present"), required=False)
    guardian = SelectField(label=lazy("Which parent or guardian was present"), required=False,
                           help_text=lazy("If they take part in this case. By code only."))  # fmt: skip
    guardian_suspected = YesNoField(label=lazy("Is the parent or guardian under suspicion here?"), required=False)
    language = SelectField(label=lazy("Language of the interview"), required=False)
    interpreter_free_of_conflict = YesNoField(
        label=lazy("Was the interpreter free of conflict?"), required=False,
        help_text=lazy("Not from the employer, not from a trafficker, not known to them."))  # fmt: skip
    officer_agreed = YesNoField(
        label=lazy("Was the officer a woman, or did the person agree to the officer?"), required=False, not_known=True,
        help_text=lazy("Sexual offences (Criminal Procedure Code s.133). Ask every person, of any gender, whom they "
                       "prefer to speak with."))  # fmt: skip
    exception = LongTextField(
        label=lazy("Urgent exception: why it could not wait"), required=False,
        help_text=lazy("Only for a child's interview that was extremely urgent. At least one of those who should be "
                       "present was. The reason is sealed."))  # fmt: skip
    again_because = LongTextField(
        label=lazy("Why it had to be told again"), required=False,
        help_text=lazy("Only where the person told of the same topic before. Sealed."))  # fmt: skip
    told = LongTextField(
        label=lazy("What was said"), required=False, max_length=telling.LONGEST * 5,
        help_text=lazy("Kept once, sealed, for the discipline that asked; of an identification for the whole team."),
    )
    answered_yes = TicksField(label=lazy("Questions of screening answered with yes"), required=False)
    answered_no = TicksField(label=lazy("Questions of screening answered with no"), required=False)
    folded = ("answered_yes", "answered_no")

    def __init__(self, *args: Any, viewer: Any, case: Case, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        here, choose = language(), ("", _("Choose"))
        self.fields["body"].choices = [choose, *packs.choices("decider", here)]
        self.fields["purpose"].choices = labelled(PURPOSES)
        self.fields["topics"].choices = labelled(telling.TOPICS)
        self.fields["place"].choices = labelled(INTERVIEW_PLACES)
        self.fields["recording"].choices = labelled(RECORDINGS)
        self.fields["present"].choices = labelled(PRESENT)
        others = [(code, label) for code, label in person_choices(viewer, case) if code != person.code]
        self.fields["guardian"].choices = [("", _("Nobody of this case")), *others]
        self.fields["language"].choices = [choose, *packs.names.languages(here)]
        questions = [(code, row.label(here)) for code, row in queries_of_telling.questions().items()]
        self.fields["answered_yes"].choices = self.fields["answered_no"].choices = questions

    def clean_guardian(self) -> Person | None:
        return person_of(self.cleaned_data["guardian"])

    def clean(self) -> dict[str, Any]:
        """Gather the answers under their question codes; yes to both is a slip."""
        given = super().clean() or {}
        yes, no = (set(given.pop(name, None) or ()) for name in self.folded)
        if yes & no:
            self.add_error("answered_no", _("A question cannot be answered with both yes and no."))
        given["answers"] = dict.fromkeys(sorted(yes), "yes") | dict.fromkeys(sorted(no), "no")
        return given

    def asked(self) -> list[Any]:
        """All but the questions of screening, which fold away."""
        return [bound for bound in self if bound.name not in self.folded]

    def answered(self) -> list[Any]:
        return [self[name] for name in self.folded]
