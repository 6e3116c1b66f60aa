"""The forms of the provincial report: which period and province, and the parts that a coordinator types."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.web.forms import (
    Form,
    HiddenInput,
    IntegerField,
    LongTextField,
    MoneyField,
    RadioField,
    SelectField,
    YesNoField,
)
from prasan.web.values import labelled, language

from ..papers_of_report import period_words
from ..rules.report import GROUPS, LONGEST, periods_before

NO_NAMES = _("No names and no details of a person.")


def provinces() -> list[tuple[str, str]]:
    """The provinces in the page's language."""
    return packs.choices("province", language())


class ReportForm(Form):
    """Of which period and province to show the report."""

    mark_optional = False
    period = SelectField(label=_("Period"), required=False)
    province = SelectField(label=_("Province"), required=False)

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["period"].choices = [(one.code, period_words(one)) for one in periods_before(today)]
        self.fields["province"].choices = [("", _("All provinces")), *provinces()]


class WriteForm(Form):
    """Parts 1 and 3; no question is required, and no name belongs into any of them."""

    version = IntegerField(widget=HiddenInput)
    group = RadioField(label=_("Surveillance group of the province"), required=False)
    has_plan = YesNoField(label=_("Does the province have a plan?"), required=False, not_known=True)
    activities = LongTextField(label=_("Activities done"), required=False, max_length=LONGEST, help_text=NO_NAMES)
    budget_received = MoneyField(label=_("NRM budget received"), required=False)
    budget_spent = MoneyField(label=_("NRM budget spent"), required=False)
    fund_asked = IntegerField(label=_("Fund projects asked for"), required=False, min_value=0, max_value=9999)
    fund_approved = IntegerField(label=_("Fund projects approved"), required=False, min_value=0, max_value=9999)
    fund_running = IntegerField(label=_("Fund projects running"), required=False, min_value=0, max_value=9999)
    fund_finished = IntegerField(label=_("Fund projects finished"), required=False, min_value=0, max_value=9999)
    problems = LongTextField(label=_("Problems"), required=False, max_length=LONGEST, help_text=NO_NAMES)
    suggestions = LongTextField(label=_("Suggestions"), required=False, max_length=LONGEST)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["group"].choices = labelled(GROUPS)
