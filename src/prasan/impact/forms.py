"""The form that chooses a period: a year, or days, in either era."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from prasan.web.forms import CharField, Form, SelectField


class PeriodForm(Form):
    """Of which period to show the figures."""

    mark_optional = False
    year = SelectField(label=_("Year"), required=False)
    since = CharField(label=_("Or from"), required=False, max_length=40)
    until = CharField(label=_("Until"), required=False, max_length=40)

    def __init__(self, *args: Any, years: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["year"].choices = [("", _("Since the beginning")), *years]
