"""The forms of care: a service, a stay, its end, and the reason for opening a place."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.access.opening import REASONS
from prasan.accounts.models import Agency
from prasan.cases.forms import OfPersonForm
from prasan.web.forms import (
    DayField,
    Form,
    HiddenInput,
    IntegerField,
    LongTextField,
    RadioField,
    SelectField,
    YesNoField,
)
from prasan.web.values import labelled, language

from . import rules

PLACE_REASONS = ("safety", "contact", "services", "court")


class ServiceForm(OfPersonForm):
    """A service as it was given, or why it was not."""

    kind = SelectField(label=_("Kind of service"))
    what = LongTextField(label=_("What it was"), max_length=2000, help_text=_("Sealed under the person's key."))
    on = DayField(label=_("Day"))
    provider = SelectField(label=_("Who gave it"))
    outcome = RadioField(label=_("What came of it"))
    words = LongTextField(label=_("What the person says about it, in their own words"), max_length=2000, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.agencies = {agency.code: agency for agency in Agency.objects.order_by("-is_own", "code")}
        self.fields["kind"].choices = [("", _now("Choose")), *packs.choices("support_plan", language())]
        self.fields["outcome"].choices = labelled(rules.SERVICE_OUTCOMES)
        self.fields["provider"].choices = [("", _now("Choose")), *((c, a.name) for c, a in self.agencies.items())]

    def clean_provider(self) -> Agency:
        return self.agencies[self.cleaned_data["provider"]]


class StayForm(OfPersonForm):
    """A stay: the person's own consent, phone and movement before all else; the place is sealed."""

    kind = RadioField(label=_("Kind of place"))
    since_on = DayField(label=_("First day"))
    place = LongTextField(
        label=_("Place"), max_length=rules.LONGEST_PLACE,
        help_text=_("Sealed at once. No list, search or export shows it; each opening is written down."),
    )  # fmt: skip
    consent_to_stay = YesNoField(
        label=_("Does the person agree to stay?"), not_known=True,
        help_text=_("Ask in their own language. “Not known” means not asked yet. A no is written down too."),
    )  # fmt: skip
    consent_on = DayField(label=_("Day of that answer"), required=False)
    phone_access = RadioField(label=_("Can the person use a phone?"))
    free_movement = RadioField(label=_("Can the person go out?"))
    limit_reason = LongTextField(
        label=_("If limited: why, and on which basis"), max_length=2000, required=False,
        help_text=_("A limit is the exception. It needs a reason, and a day on which it is looked at again."),
    )  # fmt: skip
    limit_review_on = DayField(label=_("If limited: day of review"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"].choices = packs.choices("shelter_kind", language())
        for name in ("phone_access", "free_movement"):
            self.fields[name].choices = labelled(rules.ACCESS)


class ConsentForm(Form):
    """The person's answer about staying, today or on the day it was given."""

    consent = YesNoField(
        label=_("Does the person agree to stay?"),
        help_text=_("Ask in their own language. The answer may change at any time."),
    )  # fmt: skip
    on = DayField(label=_("Day of that answer"))
    version = IntegerField(widget=HiddenInput)


class EndForm(Form):
    """The last day of a stay, and why it ended."""

    until_on = DayField(label=_("Last day"))
    because = RadioField(label=_("Why the stay ended"))
    version = IntegerField(widget=HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["because"].choices = labelled(rules.LEFT_BECAUSE)


class PlaceForm(Form):
    """Why a place is opened."""

    why = RadioField(label=_("Why do you need the place?"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["why"].choices = [(code, _now(REASONS[code])) for code in PLACE_REASONS]
