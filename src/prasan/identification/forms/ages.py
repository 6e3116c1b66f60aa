"""The form of an age assessment: the gentlest ways first."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.web.forms import DayField, Form, IntegerField, LongTextField, RadioField, SelectField, TicksField
from prasan.web.values import labelled, language

from ..rules.ages import EXAMINATIONS
from ..rules.protection import AGE_METHODS, AGE_RESULTS


class AgeForm(Form):
    """What was found out, how, by whom and why."""

    result = RadioField(label=_("What was decided"))
    low = IntegerField(label=_("Lowest age in years, where a range was given"), required=False)
    high = IntegerField(label=_("Highest age in years, where a range was given"), required=False)
    methods = TicksField(label=_("How the age was found out"),
                         help_text=_("Less invasive ways come first. An examination needs the person's agreement, and "
                                     "only where all else left doubt."))  # fmt: skip
    body = SelectField(label=_("Which body decided"))
    on = DayField(label=_("Day of the decision"))
    reasons = LongTextField(label=_("Reasons"), max_length=8000, help_text=_("Sealed under the person's key."))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["result"].choices = labelled(AGE_RESULTS)
        self.fields["methods"].choices = labelled(AGE_METHODS)
        last = _now("Only after less invasive ways were tried.")
        self.fields["methods"].choice_hints = dict.fromkeys(EXAMINATIONS, last)
        self.fields["body"].choices = [("", _now("Choose")), *packs.choices("decider", language())]
