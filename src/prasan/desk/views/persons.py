"""A person's page under a code: wishes and safety first; the name is opened by an act with a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prasan import packs, vault
from prasan.access.allow import allow
from prasan.access.check import check, may
from prasan.access.pages import act_page, version_of
from prasan.cases import rules
from prasan.cases.actions import persons
from prasan.cases.forms import NameForm, PersonForm
from prasan.cases.models import Case, CustodyStep, Participation
from prasan.cases.views import person_page
from prasan.people import actions, queries
from prasan.people.models import Consent, Person
from prasan.people.rules import CONSENT_PURPOSES, CONTACT_KINDS, GENDERS, NAME_KINDS
from prasan.web import values
from prasan.web.clock import now, today
from prasan.web.values import language

from ..forms import NEW_PERSON, ConsentForm, ContactForm, NewPersonForm, OpenForm
from . import telling


def _person_act(request: HttpRequest, form: type[Any], do: Any, *, case: Case, person: Person, act: str, title: str,
                **options: Any) -> HttpResponse:  # fmt: skip
    where = person_page(case, person)
    return act_page(request, form, do, act=act, title=title, done=where, back_href=where,
                    caption=f"{case.code} · {person.code}", **options)  # fmt: skip


@allow("cases.add_person")
def add_person(request: HttpRequest, *, case: Case) -> HttpResponse:
    """Add somebody; a name near somebody in the viewer's own cases asks first whether it is the same person.

    Of other teams nothing is searched: the question to them is always offered, and answers nothing.
    """
    near = _near(request) if request.method == "POST" and "name" in request.POST else []
    form_options = {"near": near} if near else {}
    holder: dict[str, Any] = {}

    def build(*args: Any, **options: Any) -> NewPersonForm:
        holder["form"] = NewPersonForm(*args, **options)
        return holder["form"]  # type: ignore[no-any-return]

    def do(values: dict[str, Any]) -> Participation:
        same, at = values.pop("same_as", NEW_PERSON), now()
        if same != NEW_PERSON:
            return persons.attach_person(by=request.user, case=case, person=Person.objects.get(code=same), at=at,
                                         part=values["part"], since_on=values["since_on"], today=today())  # fmt: skip
        details = holder["form"].details()
        details.pop("same_as", None)
        return persons.add_person(by=request.user, case=case, at=at, today=today(), **details)

    return act_page(
        request, build, do, act="cases.add_person", title=_("Add a person"), caption=case.code,  # type: ignore[arg-type]
        done=lambda part: person_page(case, part.person), back_href=case.get_absolute_url(), form_options=form_options,
        initial={"since_on": today(), "worker_sex": "", "sex": ""},
        lead=_("Ask only what is needed now. Everything that identifies the person is sealed."),
        template="desk/add_person.html", ask_href=reverse("cases:ask-attach", kwargs={"case": case.code}),
    )  # fmt: skip


def _near(request: HttpRequest) -> list[tuple[str, str]]:
    """People of the viewer's own cases whose name comes near the one entered, to choose from."""
    names = [request.POST.get(n, "") for n in ("name", "romanised")]
    choices = []
    for person, _score in queries.near_duplicates(request.user, names, now()):
        year = values.year(person.birth_year) or _("birth year not known")
        choices.append((person.code, f"{person.code} · {_(GENDERS[person.gender])} · {year}"))
    return choices


@allow("people.view")
def person(request: HttpRequest, *, case: Case, person: Person) -> HttpResponse:
    return _page(request, case, person)


def _page(request: HttpRequest, case: Case, row: Person, names: Any = None, contacts: Any = None,
          form: Any = None) -> HttpResponse:  # fmt: skip
    viewer, at = request.user, now()
    parts = Participation.objects.filter(case=case, person=row, closed_as="").order_by("since_on")
    may_open = may(viewer, "people.open_identity", row)
    wishes, safety = [None, None]
    if may_open and (row.wishes or row.safety):
        wishes, safety = vault.open_many([(row, "wishes"), (row, "safety")], by=viewer, why="work", at=at)
    may_custody = may(viewer, "cases.record_custody", case)
    custody = CustodyStep.objects.filter(case=case, participation__person=row, closed_as="").order_by("at")
    steps = [{"title": _(rules.CUSTODY[s.step]), "at": s.at} for s in custody]
    context = {
        "title": row.code, "case": case, "person": row, "back_href": case.get_absolute_url(), "caption": case.code,
        "parts": [{"row": p, "text": _(rules.PARTS[p.part])} for p in parts],
        "gender": _(GENDERS[row.gender]), "group": row.age_group(today()),
        "citizenship": ", ".join(packs.names.country(c, language()) for c in row.citizenships),
        "languages": ", ".join(packs.names.language(c, language()) for c in row.languages),
        "wishes": wishes, "safety": safety, "may_open": may_open, "open_form": form or OpenForm(),
        "names": [(_(NAME_KINDS[n.kind]), text) for n, text in names or ()],
        "contacts": [(_(CONTACT_KINDS[c.kind]), *values) for c, values in contacts or ()],
        "opened": names is not None, "custody": steps, "today": today(),
        "consents": [{"row": c, "purpose": _(CONSENT_PURPOSES[c.purpose]), "stands": c.covers(today())}
                     for c in queries.consents_of(viewer, row)],
        "links": _links(viewer, case, row, any(p.is_survivor for p in parts)),
        "telling": telling.of_person(viewer, case, row),
        "age": telling.age_of(viewer, case, row),
        "may_consent": may(viewer, "people.record_consent", row),
        "may_custody": may_custody, "ask_custody": _part_in_doubt(parts) if may_custody else None,
    }  # fmt: skip
    return render(request, "desk/person.html", context)


def _part_in_doubt(parts: Any) -> Any:
    """The part of somebody who is in the case as a survivor only: victims are arrested too (ATIP s.41)."""
    rows = list(parts)
    return rows[-1].pk if rows and all(row.is_survivor for row in rows) else None


def _links(viewer: Any, case: Case, row: Person, survivor: bool) -> list[dict[str, str]]:
    at = {"case": case.code, "person": row.code}
    ways = (
        ("people.change_person", row, "desk:change-person", _("Change the details")),
        ("people.change_person", row, "desk:add-name", _("Add a name")),
        ("people.change_person", row, "desk:add-contact", _("Add a safe contact")),
        ("people.record_consent", row, "desk:add-consent", _("Record consent")),
        ("cases.change_part", case, "cases:change-part", _("Change the part")),
        ("cases.refer_person", case, "cases:refer", _("Refer to another agency")),
    )
    if survivor:
        ways = (
            ("identification.view", case, "identification:protection-of", _("Protection")),
            ("identification.tell_right", case, "identification:rights", _("Rights")), *ways,
        )  # fmt: skip
    return [
        {"text": text, "href": reverse(name, kwargs=at), "kind": "secondary"}
        for act, obj, name, text in ways
        if may(viewer, act, obj)
    ]


@allow("people.open_identity")
@require_POST
def open_identity(request: HttpRequest, *, case: Case, person: Person) -> HttpResponse:
    """Names and safe contacts, shown once in answer to a reason; the journal has the line first."""
    check(request.user, "people.open_identity", person)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _page(request, case, person, form=form)
    why, at = form.cleaned_data["why"], now()
    names = queries.names_of(request.user, person, why, at)
    return _page(request, case, person, names, queries.contacts_of(request.user, person, why, at), form)


@allow("people.change_person")
def change_person(request: HttpRequest, *, case: Case, person: Person) -> HttpResponse:
    holder: dict[str, Any] = {}
    wishes = safety = day = None
    if request.method != "POST":
        pairs = [(person, "wishes"), (person, "safety"), (person, "birth_day")]
        wishes, safety, day = vault.open_many(pairs, by=request.user, why="correct", at=now())
    birth = person.known_birth
    if birth and day:
        birth = type(birth)(birth.year, day["month"], day["day"], birth.about)

    def build(*args: Any, **options: Any) -> PersonForm:
        holder["form"] = PersonForm(*args, existing=True, **options)
        return holder["form"]  # type: ignore[no-any-return]

    version = version_of(request, person)
    initial = {
        "gender": person.gender, "sex": person.sex, "birth": birth, "citizenships": person.citizenship,
        "languages": next(iter(person.languages), ""), "interpreter": person.interpreter,
        "worker_sex": person.worker_sex, "wishes": wishes, "safety": safety,
    }  # fmt: skip
    return _person_act(
        request, build, lambda v: actions.change_person(  # type: ignore[arg-type]
            by=request.user, person=person, version=version, at=now(), today=today(), **holder["form"].details()),
        case=case, person=person, act="people.change_person", title=_("Change the details"), initial=initial,
        version=person.version,
    )  # fmt: skip


@allow("people.change_person")
def add_name(request: HttpRequest, *, case: Case, person: Person) -> HttpResponse:
    return _person_act(
        request, NameForm, lambda v: actions.add_name(by=request.user, person=person, at=now(), today=today(), **v),
        case=case, person=person, act="people.change_person", title=_("Add a name"),
    )  # fmt: skip


@allow("people.change_person")
def add_contact(request: HttpRequest, *, case: Case, person: Person) -> HttpResponse:
    return _person_act(
        request, ContactForm, lambda v: actions.add_contact(by=request.user, person=person, at=now(), **v),
        case=case, person=person, act="people.change_person", title=_("Add a safe contact"),
    )  # fmt: skip


@allow("people.record_consent")
def add_consent(request: HttpRequest, *, case: Case, person: Person) -> HttpResponse:
    return _person_act(
        request, ConsentForm,
        lambda v: actions.record_consent(by=request.user, person=person, at=now(), today=today(), **v),
        case=case, person=person, act="people.record_consent", title=_("Record consent"),
        initial={"given_on": today()},
        lead=_("Consent never conditions protection or help. It is specific, limited in time, and can be withdrawn."),
    )  # fmt: skip


@allow("people.record_consent")
@require_POST
def withdraw_consent(request: HttpRequest, *, case: Case, person: Person, consent: str) -> HttpResponse:
    """The person takes it back: from the next request on nothing leaves on it."""
    from django.http import Http404

    row = Consent.objects.filter(pk=consent, person=person).first()
    if row is None:
        raise Http404
    actions.withdraw_consent(by=request.user, consent=row, on=today())
    return redirect(person_page(case, person))
