"""The forms of a decision looked at again: asked for, answered."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.web.forms import DayField, HiddenInput, IntegerField, LongTextField, RadioField, SelectField
from prasan.web.values import labelled, language

from ..rules.protection import ASKERS, REVIEW_KINDS, REVIEW_OUTCOMES
from .stages import ActForm


class AskForm(ActForm):
    """Somebody asks that a decision be looked at again."""

    kind = RadioField(label=_("What is asked for"))
    asked_by = RadioField(label=_("Who asks"))
    grounds = LongTextField(label=_("Grounds"), max_length=8000,
                            help_text=_("In the words of whoever asks. Sealed under the person's key."))  # fmt: skip
    on = DayField(label=_("Day on which it was asked for"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = labelled(REVIEW_KINDS)
        self.fields["asked_by"].choices = labelled(ASKERS)
        self.order_fields(["kind", "asked_by", "grounds", "on", "discipline"])


class AnswerForm(ActForm):
    """Another discipline answers with reasons."""

    outcome = RadioField(label=_("Answer"))
    answer = LongTextField(label=_("Reasons of the answer"), max_length=8000,
                           help_text=_("Sealed under the person's key."))  # fmt: skip
    body = SelectField(label=_("Which body answers"))
    on = DayField(label=_("Day of the answer"))
    version = IntegerField(widget=HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["outcome"].choices = labelled(REVIEW_OUTCOMES)
        self.fields["outcome"].choice_hints = {
            "upheld": _now("Help goes on as before, whatever the decision says."),
            "decide_new": _now("You go on to propose the new decision; it counts when a second discipline concurs."),
        }
        self.fields["body"].choices = [("", _now("Choose")), *packs.choices("decider", language())]
        self.order_fields(["outcome", "answer", "body", "on", "discipline"])
