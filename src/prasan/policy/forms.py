"""The forms of policy: a recommendation, a measure, and why one of them counts no more."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.web.forms import CharField, DayField, Form, LongTextField, RadioField, SelectField, TicksField
from prasan.web.values import labelled, language

from .rules import CONTRIBUTIONS, ERROR_REASONS, MEASURES, STAGES, STATES


class RecommendationForm(Form):
    """What was asked of whom."""

    text_th = LongTextField(label=_("Recommendation in Thai"), required=False, max_length=4000)
    text_en = LongTextField(label=_("Recommendation in English"), required=False, max_length=4000)
    made_on = DayField(label=_("Made on"))
    addressed_to = CharField(label=_("Made to"), max_length=160, help_text=_("For example a ministry or an office"))
    indicia = TicksField(label=_("Indicia of the TIP Report that it touches"), required=False)
    contribution = RadioField(label=_("How did the team contribute?"), choices=labelled(CONTRIBUTIONS))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["indicia"].choices = packs.choices("tip_indicium", language())


class MeasureForm(Form):
    """What became of a recommendation."""

    stage = RadioField(label=_("What happened?"))
    on = DayField(label=_("Since when?"))
    words = LongTextField(
        label=_("What shows it?"), max_length=4000, help_text=_("The document, order or statement, with its number")
    )

    def __init__(self, *args: Any, stage_now: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["stage"].choices = [(code, _(MEASURES[code])) for code in STATES[stage_now]]


class ErrorForm(Form):
    """Why an entry counts no more."""

    reason = RadioField(label=_("What was wrong?"), choices=labelled(ERROR_REASONS))
    words = CharField(label=_("In your words"), required=False, max_length=500)


class FilterForm(Form):
    """Which recommendations to list."""

    mark_optional = False
    stage = SelectField(label=_("Stage"), required=False, blank=_("All stages"), choices=labelled(STAGES))
    indicium = SelectField(label=_("Indicium"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        choices = packs.choices("tip_indicium", language())
        self.fields["indicium"].choices = [("", _("All indicia")), *choices]


class SeriesForm(Form):
    """Which official series to list."""

    mark_optional = False
    series = SelectField(label=_("Series"), required=False)

    def __init__(self, *args: Any, series: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["series"].choices = [("", _("All series")), *series]


class CountryForm(Form):
    """Of which country to show the tiers."""

    mark_optional = False
    country = SelectField(label=_("Country"), required=False)

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["country"].choices = countries
