"""What is asked on the pages of a case; parsing and labels only."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from prasan import packs
from prasan.access.check import partitions_of
from prasan.accounts.models import Agency, Staff
from prasan.accounts.rules import DISCIPLINES
from prasan.people.models import Person
from prasan.people.rules import GENDERS, NAME_KINDS, SEXES
from prasan.web.forms import (
    BooleanField,
    CharField,
    DayField,
    Form,
    InstantField,
    LongTextField,
    PartialDateField,
    RadioField,
    SelectField,
    TicksField,
)
from prasan.web.values import labelled, language

from . import queries, rules
from .models import Case, Participation


def person_choices(viewer: Any, case: Case) -> list[tuple[str, str]]:
    """The people of a case by code and part; never by name."""
    parts: dict[str, list[str]] = {}
    for row in queries.participations(viewer, case):
        parts.setdefault(row.person.code, []).append(_(rules.PARTS[row.part]))
    return [(code, f"{code} ({', '.join(names)})") for code, names in parts.items()]


class OfPersonForm(Form):
    """A form about one person of the case, chosen by code only."""

    participation = SelectField(label=lazy("Person"), help_text=lazy("By code only. Names are opened elsewhere."))

    def __init__(self, *args: Any, people: list[Participation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(row.pk): row for row in people}
        self.fields["participation"].choices = [
            ("", _("Choose")),
            *((pk, f"{row.person.code} ({_(rules.PARTS[row.part])})") for pk, row in self.people.items()),
        ]

    def clean_participation(self) -> Participation:
        try:
            return self.people[self.cleaned_data["participation"]]
        except KeyError:
            raise ValidationError(_("Choose a person of this case.")) from None


class CaseForm(Form):
    """A case in a few words that name nobody."""

    title = CharField(label=lazy("Title"), help_text=lazy("Names nobody, for example “Karaoke bar, Chiang Rai”."),
                      max_length=120)  # fmt: skip
    forms = TicksField(label=lazy("Forms of exploitation"))
    mode = RadioField(label=lazy("Online or physical"))
    province = SelectField(label=lazy("Province"), required=False)
    summary = LongTextField(label=lazy("Summary"), required=False, help_text=lazy("Use codes, never names."))
    opened_on = DayField(label=lazy("Opened on"))
    discipline = RadioField(label=lazy("You work on it as"))

    def __init__(self, *args: Any, disciplines: frozenset[str] = frozenset(), existing: bool = False,
                 **options: Any) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.fields["forms"].choices = packs.choices("exploitation_form", language())
        self.fields["mode"].choices = labelled(rules.MODES)
        self.fields["province"].choices = [("", _("Choose")), *packs.choices("province", language())]
        mine = [d for d in DISCIPLINES if d in disciplines]
        self.fields["discipline"].choices = labelled(DISCIPLINES, *mine)
        if existing:
            del self.fields["opened_on"], self.fields["discipline"]


class MoveForm(Form):
    status = RadioField(label=lazy("New status"))
    reason = LongTextField(label=lazy("Reason"))

    def __init__(self, *args: Any, status: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["status"].choices = labelled(rules.STATUSES, *rules.STATES[status])


class PersonForm(Form):
    """Somebody new in a case. Only what is safe, needed and can be protected."""

    part = RadioField(label=lazy("Part in this case"))
    since_on = DayField(label=lazy("Since"))
    name = CharField(label=lazy("Name"), required=False, max_length=200,
                     help_text=lazy("As the person writes it, or as it was said. Kept sealed."))  # fmt: skip
    romanised = CharField(label=lazy("Name in Latin letters"), required=False, max_length=200)
    nickname = CharField(label=lazy("Nickname or other name"), required=False, max_length=200)
    name_unknown = BooleanField(label=lazy("The name is not known"), required=False)
    gender = RadioField(label=lazy("Gender"))
    sex = RadioField(label=lazy("Registered sex, only where a report asks for it"), required=False)
    birth = PartialDateField(label=lazy("Birth date, as far as known"), required=False)
    citizenships = SelectField(label=lazy("Citizenship"), required=False)
    languages = SelectField(label=lazy("Language"), required=False)
    interpreter = BooleanField(label=lazy("Needs an interpreter"), required=False)
    worker_sex = RadioField(label=lazy("Prefers to speak with"), required=False)
    wishes = LongTextField(label=lazy("What the person wishes"), required=False,
                           help_text=lazy("In the person's own words. Stands first on the page."))  # fmt: skip
    safety = LongTextField(label=lazy("Safety: what must be known"), required=False)

    def __init__(self, *args: Any, existing: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["part"].choices = labelled(rules.PARTS, *(p for p in rules.PARTS if p != "convicted"))
        self.fields["gender"].choices = labelled(GENDERS)
        self.fields["sex"].choices = labelled(SEXES)
        self.fields["worker_sex"].choices = [("female", _("A woman")), ("male", _("A man")), ("", _("No preference"))]
        self.fields["citizenships"].choices = [("", _("Choose")), *packs.names.countries(language())]
        self.fields["languages"].choices = [("", _("Choose")), *packs.names.languages(language())]
        if existing:
            for name in ("part", "since_on", "name", "romanised", "nickname", "name_unknown"):
                del self.fields[name]

    def details(self) -> dict[str, Any]:
        """The values as the act takes them: names as pairs, lists as lists."""
        v = dict(self.cleaned_data)
        kinds = {"name": "original", "romanised": "romanised", "nickname": "nickname"}
        names = [(kind, v.pop(field)) for field, kind in kinds.items() if v.get(field)]
        for field in kinds:
            v.pop(field, None)
        v["citizenships"] = [v["citizenships"]] if v["citizenships"] else []
        v["languages"] = [v["languages"]] if v["languages"] else []
        return v | ({"names": names} if "part" in self.fields else {})


class PartForm(Form):
    part = RadioField(label=lazy("Part in this case"))
    ends = RadioField(label=lazy("Does an earlier part end with this?"), required=False)
    on = DayField(label=lazy("Since"))

    def __init__(self, *args: Any, current: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["part"].choices = labelled(rules.PARTS)
        self.fields["ends"].choices = [("", _("No, both stand")), *labelled(rules.PARTS, *current)]


class NameForm(Form):
    kind = RadioField(label=lazy("Kind of name"), choices=())
    text = CharField(label=lazy("Name"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = labelled(NAME_KINDS)


class TaskForm(Form):
    title = CharField(label=lazy("What is to be done"), max_length=160, help_text=lazy("Use codes, never names."))
    owner = SelectField(label=lazy("Who"), required=False)
    due_on = DayField(label=lazy("By when"), required=False)
    partition = RadioField(label=lazy("Who may see it"))
    about = SelectField(label=lazy("About"), required=False)

    def __init__(self, *args: Any, viewer: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case
        members = {m.staff.pk: m.staff.shown_name() for m in queries.team(viewer, case)}
        self.fields["owner"].choices = [("", _("Nobody yet")), *((str(pk), name) for pk, name in members.items())]
        self.fields["partition"].choices = _own_partitions(viewer, case)
        self.fields["about"].choices = [("", _("Nobody in particular")), *person_choices(viewer, case)]

    def clean_owner(self) -> Staff | None:
        value = self.cleaned_data["owner"]
        return Staff.objects.get(pk=value) if value else None

    def clean_about(self) -> Person | None:
        return person_of(self.cleaned_data["about"])


class NoteForm(Form):
    partition = RadioField(label=lazy("Who may read it"))
    about = SelectField(label=lazy("About"), required=False,
                        help_text=lazy("A note about one person is sealed under that person's own key."))  # fmt: skip
    text = LongTextField(label=lazy("Note"), help_text=lazy("When it speaks of several people, use their codes."))

    def __init__(self, *args: Any, viewer: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partition"].choices = _own_partitions(viewer, case)
        self.fields["about"].choices = [("", _("Nobody in particular")), *person_choices(viewer, case)]

    def clean_about(self) -> Person | None:
        return person_of(self.cleaned_data["about"])


class ShareForm(Form):
    discipline = RadioField(label=lazy("Show it to"))
    purpose = CharField(label=lazy("Purpose"), max_length=200)

    def __init__(self, *args: Any, viewer: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        on_team = {m.discipline for m in queries.team(viewer, case)}
        self.fields["discipline"].choices = labelled(DISCIPLINES, *(d for d in DISCIPLINES if d in on_team))


class AppointmentForm(Form):
    kind = RadioField(label=lazy("Kind"))
    starts_at = InstantField(label=lazy("When"))
    until = InstantField(label=lazy("Until"), required=False)
    where = CharField(label=lazy("Where"), required=False, max_length=120,
                      help_text=lazy("Never the place of a shelter."))  # fmt: skip
    partition = RadioField(label=lazy("Who may see it"))
    about = SelectField(label=lazy("About"), required=False)

    def __init__(self, *args: Any, viewer: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = labelled(rules.APPOINTMENTS)
        self.fields["partition"].choices = _own_partitions(viewer, case)
        self.fields["about"].choices = [("", _("Nobody in particular")), *person_choices(viewer, case)]

    def clean_about(self) -> Person | None:
        return person_of(self.cleaned_data["about"])


class CustodyForm(Form):
    step = RadioField(label=lazy("What happened"))
    step_at = InstantField(label=lazy("When"))
    body = CharField(label=lazy("Which body"), required=False, max_length=40)
    province = SelectField(label=lazy("Province"), required=False)
    contribution = RadioField(label=lazy("How the team contributed"), required=False,
                              help_text=lazy("Needed for an arrest: the figures print it."))  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["step"].choices = labelled(rules.CUSTODY)
        self.fields["province"].choices = [("", _("Choose")), *packs.choices("province", language())]
        self.fields["contribution"].choices = labelled(rules.CONTRIBUTIONS)


class MemberForm(Form):
    staff = SelectField(label=lazy("Colleague"))
    discipline = RadioField(label=lazy("In which discipline"))
    is_lead = BooleanField(label=lazy("Lead member"), required=False)
    reason = CharField(label=lazy("Reason"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = Staff.objects.active().select_related("agency").order_by("agency__code", "name")
        self.fields["staff"].choices = [
            ("", _("Choose")), *((str(s.pk), f"{s.shown_name()} ({s.agency.name})") for s in people)
        ]  # fmt: skip
        self.fields["discipline"].choices = labelled(DISCIPLINES)

    def clean_staff(self) -> Staff:
        return Staff.objects.get(pk=self.cleaned_data["staff"])


class ReferralForm(Form):
    agency = SelectField(label=lazy("To which agency"))
    reason = RadioField(label=lazy("Reason"))
    on = DayField(label=lazy("Day"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", _("Choose")), *((str(a.pk), a.name) for a in Agency.objects.all())]
        self.fields["reason"].choices = labelled(rules.REFERRAL_REASONS)

    def clean_agency(self) -> Agency:
        return Agency.objects.get(pk=self.cleaned_data["agency"])


class AnswerForm(Form):
    status = RadioField(label=lazy("Their answer"))
    on = DayField(label=lazy("Day"))

    def __init__(self, *args: Any, status: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["status"].choices = labelled(rules.REFERRAL_STATUSES, *rules.REFERRAL_STATES[status])


def _own_partitions(viewer: Any, case: Case) -> list[tuple[str, str]]:
    readable = partitions_of(viewer, case)
    return labelled(rules.PARTITIONS, *(p for p in rules.PARTITIONS if p in readable))


def person_of(code: str) -> Person | None:
    """The person behind a chosen code, through the viewer's scope."""
    return Person.objects.get(code=code) if code else None
