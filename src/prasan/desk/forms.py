"""Questions of the pages across disciplines."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from prasan import packs
from prasan.access.opening import REASONS
from prasan.accounts.models import Agency, Staff
from prasan.accounts.rules import AGENCY_KINDS, DIGITS, DISCIPLINES, LANGUAGES
from prasan.cases import rules as case_rules
from prasan.cases.forms import PersonForm
from prasan.people.rules import CONSENT_PURPOSES, CONSENT_QUESTIONS, CONTACT_KINDS
from prasan.web.forms import (
    BooleanField,
    CharField,
    DayField,
    Form,
    LongTextField,
    RadioField,
    SelectField,
    TicksField,
)
from prasan.web.values import labelled, language

NEW_PERSON = "new"


class CaseFilter(Form):
    """What a list of cases can be narrowed by."""

    mark_optional = False
    text = CharField(label=lazy("Code or title"), required=False)
    status = SelectField(label=lazy("Status"), required=False, blank=lazy("All"))
    form = SelectField(label=lazy("Form of exploitation"), required=False, blank=lazy("All"))
    province = SelectField(label=lazy("Province"), required=False, blank=lazy("All"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        everything = [("", _("All"))]
        self.fields["status"].choices = everything + labelled(case_rules.STATUSES)
        self.fields["form"].choices = everything + packs.choices("exploitation_form", language())
        self.fields["province"].choices = everything + packs.choices("province", language())


class SearchForm(Form):
    mark_optional = False
    q = CharField(label=lazy("Code, name or words"), required=False, max_length=200,
                  help_text=lazy("Names are found in Thai or Latin letters, whole or in part."))  # fmt: skip


class NewPersonForm(PersonForm):
    """A person for a case; when the name comes near somebody of the viewer's own cases, one more question."""

    def __init__(self, *args: Any, near: list[tuple[str, str]] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if near is not None:
            choices = [*near, (NEW_PERSON, _("No, this is another person"))]
            self.fields["same_as"] = RadioField(label=_("Is it one of these?"), choices=choices)
            self.fields["same_as"].error_messages["required"] = _("Look first: somebody known has a name like this.")
            self.order_fields(["same_as"])


class OpenForm(Form):
    why = RadioField(label=lazy("Why do you open the name?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].choices = labelled(REASONS, "contact", "interview", "safety", "court", "services", "correct",
                                          "duplicate")  # fmt: skip


class ContactForm(Form):
    kind = RadioField(label=lazy("Way to reach the person"))
    value = CharField(label=lazy("Number, account or whom to ask"), max_length=200)
    safe_times = CharField(label=lazy("When it is safe"), max_length=200)
    do_not_say = CharField(label=lazy("What must not be said"), required=False, max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = labelled(CONTACT_KINDS)


class ConsentForm(Form):
    purpose = RadioField(label=lazy("What the person agrees to"))
    agency = SelectField(label=lazy("For which agency"), required=False)
    given_on = DayField(label=lazy("Given on"))
    expires_on = DayField(label=lazy("Until"), required=False)
    language = SelectField(label=lazy("Language it was explained in"))
    interpreter_used = BooleanField(label=lazy("With an interpreter"), required=False)
    child_assent = BooleanField(label=lazy("A child's own assent"), required=False)
    told = TicksField(label=lazy("What was asked and told"), required=False)
    words = LongTextField(label=lazy("In the person's own words"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["purpose"].choices = labelled(CONSENT_PURPOSES)
        self.fields["agency"].choices = [("", _("Choose")), *((str(a.pk), a.name) for a in Agency.objects.all())]
        self.fields["language"].choices = [("", _("Choose")), *packs.names.languages(language())]
        self.fields["told"].choices = labelled(CONSENT_QUESTIONS)

    def clean_agency(self) -> Agency | None:
        value = self.cleaned_data["agency"]
        return Agency.objects.get(pk=value) if value else None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        told = values.pop("told", [])
        values["answers"] = {code: "yes" if code in told else "no" for code in CONSENT_QUESTIONS}
        return values


class ErrorForm(Form):
    reason = RadioField(label=lazy("What is wrong with it"))
    words = LongTextField(label=lazy("In your words"), required=False,
                          help_text=lazy("Kept sealed in the journal. Nothing is deleted."))  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = labelled(case_rules.ERROR_REASONS)


class AccountForm(Form):
    language = RadioField(label=lazy("Language"))
    digits = RadioField(label=lazy("Digits in Thai"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].choices = labelled(LANGUAGES)
        self.fields["digits"].choices = labelled(DIGITS)


class InviteForm(Form):
    username = CharField(label=lazy("User name"), max_length=60)
    name = CharField(label=lazy("Name"), max_length=120)
    name_th = CharField(label=lazy("Name in Thai"), max_length=120, required=False)
    agency = SelectField(label=lazy("Agency"))
    disciplines = TicksField(label=lazy("Disciplines"))
    language = RadioField(label=lazy("Language"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", _("Choose")), *((str(a.pk), a.name) for a in Agency.objects.all())]
        self.fields["disciplines"].choices = labelled(DISCIPLINES)
        self.fields["language"].choices = labelled(LANGUAGES)

    def clean_agency(self) -> Agency:
        return Agency.objects.get(pk=self.cleaned_data["agency"])


class DeskForm(Form):
    code = CharField(label=lazy("Code"), max_length=30, help_text=lazy("Small Latin letters, for example hotline."))
    name_en = CharField(label=lazy("Name in English"), max_length=120)
    name_th = CharField(label=lazy("Name in Thai"), max_length=120)


class AgencyForm(DeskForm):
    kind = RadioField(label=lazy("Kind of organisation"))
    province = SelectField(label=lazy("Province"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = labelled(AGENCY_KINDS)
        self.fields["province"].choices = [("", _("Choose")), *packs.choices("province", language())]


class DeskMembersForm(Form):
    staff = TicksField(label=lazy("Members of this desk"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = Staff.objects.active().select_related("agency").order_by("agency__code", "name")
        self.fields["staff"].choices = [(str(s.pk), f"{s.shown_name()} ({s.agency.name})") for s in people]

    def clean_staff(self) -> list[Staff]:
        return list(Staff.objects.filter(pk__in=self.cleaned_data["staff"]))


class DisciplinesForm(Form):
    disciplines = TicksField(label=lazy("Disciplines"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["disciplines"].choices = labelled(DISCIPLINES)


class HandoverForm(Form):
    staff = SelectField(label=lazy("New lead member"))
    discipline = RadioField(label=lazy("In which discipline"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = Staff.objects.active().select_related("agency")
        self.fields["staff"].choices = [("", _("Choose")), *((str(s.pk), s.shown_name()) for s in people)]
        self.fields["discipline"].choices = labelled(DISCIPLINES)

    def clean_staff(self) -> Staff:
        return Staff.objects.get(pk=self.cleaned_data["staff"])


class PasswordForm(Form):
    password = CharField(label=lazy("New password"), max_length=200)
    again = CharField(label=lazy("The same once more"), max_length=200)

    def __init__(self, *args: Any, staff: Staff, **options: Any) -> None:
        from django.forms import PasswordInput

        super().__init__(*args, **options)
        self.staff = staff
        for name in ("password", "again"):
            self.fields[name].widget = PasswordInput(attrs={"autocomplete": "new-password"})
            self.fields[name].strip = False

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.staff)
        return str(self.cleaned_data["password"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("password") and values.get("again") != values["password"]:
            self.add_error("again", _("The two passwords differ."))
        return values
