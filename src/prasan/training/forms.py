"""The forms of training: a session with up to eight groups that attended, by sex, in counts."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.forms import DecimalField
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.web.forms import CharField, DayField, Form, IntegerField, RadioField, SelectField
from prasan.web.values import labelled, language

from .rules import ERROR_REASONS, SEXES, TOPICS, Group

GROUPS = range(1, 9)
SHOWN_AT_ONCE = 3


class SessionForm(Form):
    """One session and who came."""

    title = CharField(label=_("Title of the session"), max_length=160)
    topic = SelectField(label=_("Topic"), choices=labelled(TOPICS))
    on = DayField(label=_("Day of the session"))
    hours = DecimalField(label=_("Hours"), max_digits=5, decimal_places=2, min_value=Decimal(0))
    place = SelectField(label=_("Province"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["place"].choices = [("", _("Not recorded")), *packs.choices("province", language())]
        kinds = packs.choices("organisation_kind", language())
        for row in GROUPS:
            self.fields[f"kind_{row}"] = SelectField(
                label=_("Kind of organisation"), choices=kinds, required=False
            )
            self.fields[f"organisation_{row}"] = CharField(
                label=_("Name of the organisation"), max_length=160, required=False
            )
            for sex, label in SEXES.items():
                self.fields[f"{sex}_{row}"] = IntegerField(
                    label=_(label), required=False, min_value=0, max_value=5000
                )

    @property
    def session_fields(self) -> list[Any]:
        """The questions about the session itself."""
        return [self[name] for name in ("title", "topic", "on", "hours", "place")]

    @property
    def group_fields(self) -> Iterator[dict[str, Any]]:
        """The questions of each group; those beyond the first few lie folded until they are used."""
        for row in GROUPS:
            names = [f"kind_{row}", f"organisation_{row}", *(f"{sex}_{row}" for sex in SEXES)]
            fields = [self[name] for name in names]
            yield {"row": row, "fields": fields, "more": row > SHOWN_AT_ONCE}

    def clean(self) -> dict[str, Any]:
        """Hand on the attendance as `groups`."""
        return {**(super().clean() or {}), "groups": self._groups()}

    def _groups(self) -> list[Group]:
        """The attendance as entered: one line a group and sex; an empty group is left out."""
        found: list[Group] = []
        for row in GROUPS:
            told = {sex: self.cleaned_data.get(f"{sex}_{row}") for sex in SEXES}
            kind = self.cleaned_data.get(f"kind_{row}", "")
            organisation = self.cleaned_data.get(f"organisation_{row}", "")
            lines = [Group(kind, sex, n, organisation) for sex, n in told.items() if n]
            if not lines and (kind or organisation):
                lines = [Group(kind, "", 0, organisation)]
            found += lines
        return found


class ErrorForm(Form):
    """Why a session counts no more."""

    reason = RadioField(label=_("What was wrong?"), choices=labelled(ERROR_REASONS))
    words = CharField(label=_("In your words"), required=False, max_length=500)


class FilterForm(Form):
    """Which sessions to list."""

    mark_optional = False
    year = SelectField(label=_("Year"), required=False, blank=_("All years"))
    topic = SelectField(label=_("Topic"), required=False, blank=_("All topics"), choices=labelled(TOPICS))

    def __init__(self, *args: Any, years: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["year"].choices = [("", _("All years")), *years]
