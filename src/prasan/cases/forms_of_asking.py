"""Forms of a question to another team and of its answer."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from prasan.people.rules import ATTACH_REASONS
from prasan.web.forms import CharField, DayField, Form, RadioField
from prasan.web.values import labelled

from . import rules


class AskForm(Form):
    """Whom one looks for, why, and as what the person would come into the case."""

    name = CharField(label=lazy("Name"), required=False, max_length=200)
    romanised = CharField(label=lazy("Name in Latin letters"), required=False, max_length=200)
    reason = RadioField(label=lazy("Why do you ask?"))
    part = RadioField(label=lazy("Part in this case"))
    since_on = DayField(label=lazy("Since"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = labelled(ATTACH_REASONS)
        self.fields["part"].choices = labelled(rules.PARTS)

    def clean(self) -> dict[str, Any]:
        """Hand the names on as one list, as the act takes them."""
        values: dict[str, Any] = super().clean() or {}
        values["names"] = [values.pop(field, "") for field in ("name", "romanised")]
        return values


class AnswerForm(Form):
    """Yes or no; neither tells the asker more."""

    answer = RadioField(label=lazy("May this person be attached to their case?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].choices = [
            ("yes", lazy("Yes: the person takes part in both cases, and both teams see the person")),
            ("no", lazy("No: they are told only “not attached”")),
        ]
