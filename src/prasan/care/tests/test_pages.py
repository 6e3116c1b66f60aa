"""The pages of care, as each member of the team meets them."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from prasan.care import panel
from prasan.care.models import Service, Stay
from prasan.cases.actions import correct
from prasan.journal.models import Line
from prasan.people.rules import OTHER_PERSON
from prasan.plain.problem import Refused
from tests.cast import make_person

from .test_actions import PLACE, house, serve

pytestmark = pytest.mark.urls("prasan.care.tests.urls")


def page(name, world, **row):
    return reverse(f"care:{name}", kwargs={"case": world.case.code, **row})


def stay_form(world, **changed):
    return {
        "participation": str(world.survivor.pk), "kind": "other", "since_on": "20/11/2569", "place": PLACE,
        "consent_to_stay": "unknown", "phone_access": "free", "free_movement": "free",
    } | changed  # fmt: skip


def service_form(world, **changed):
    return {
        "participation": str(world.survivor.pk), "kind": "legal", "what": "ปรึกษาทนายความ", "on": "20 พ.ย. 2569",
        "provider": "own", "outcome": "given", "words": "",
    } | changed  # fmt: skip


def test_a_service_is_recorded_and_shown_with_its_words(world, sign_in):
    client = sign_in(world.mali)
    form = client.get(page("record-service", world) + f"?person={world.survivor.person.code}")
    assert "never depends on cooperating" in form.content.decode()
    assert form.context["form"]["participation"].value() == str(world.survivor.pk)
    answer = client.post(page("record-service", world), service_form(world))
    assert answer.status_code == 302, answer.context["form"].errors
    assert "ปรึกษาทนายความ" in client.get(answer.url).content.decode()
    wrong = client.post(page("record-service", world), service_form(world, what=""))
    assert wrong.status_code == 422


def test_the_forms_speak_thai(world, sign_in):
    client = sign_in(world.mali, "th")
    html = client.get(page("record-stay", world), headers={"accept-language": "th"}).content.decode()
    assert "สถานคุ้มครองของรัฐ" in html
    assert 'lang="th"' in html


def test_a_stay_is_recorded_answered_and_ended_through_the_pages(world, sign_in):
    client = sign_in(world.noi)
    at = client.post(page("record-stay", world), stay_form(world)).url
    with world.acting("noi"):
        row = Stay.objects.get()
    html = client.get(at).content.decode()
    assert "Not asked yet" in html
    assert PLACE not in html
    consent = page("consent-to-stay", world, stay=row.pk)
    assert client.get(consent).status_code == 200
    assert client.post(consent, {"consent": "yes", "on": "21/11/2569", "version": 1}).status_code == 302
    assert client.post(consent, {"consent": "yes", "on": "21/11/2569", "version": 1}).status_code == 409
    leaving = page("end-stay", world, stay=row.pk)
    assert "Leaving is a right" in client.get(leaving).content.decode()
    assert client.post(leaving, {"until_on": "1/11/2569", "because": "own_wish", "version": 2}).status_code == 422
    assert client.post(leaving, {"until_on": "24/11/2569", "because": "own_wish", "version": 2}).status_code == 302
    ended = client.get(at).content.decode()
    assert "Own wish" in ended
    assert leaving not in ended


def test_a_limit_without_reason_is_refused_beside_its_field(world, sign_in):
    answer = sign_in(world.noi).post(page("record-stay", world), stay_form(world, phone_access="none"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["limit_reason"]


def test_the_place_is_shown_on_the_answer_to_a_reason_only(world, sign_in):
    row = house(world)
    client = sign_in(world.mali)
    at = page("open-place", world, stay=row.pk)
    assert PLACE not in client.get(at).content.decode()
    assert client.post(at, {}).status_code == 422
    before = Line.objects.filter(act="vault.open_place").count()
    shown = client.post(at, {"why": "safety"})
    assert PLACE in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert Line.objects.filter(act="vault.open_place").count() == before + 1


def test_corrections_start_with_what_was_told_but_never_with_the_place(world, sign_in):
    stay, service = house(world, consent_to_stay=None, consent_on=None), serve(world)
    client = sign_in(world.mali)
    form = client.get(page("record-stay", world) + f"?replaces={stay.pk}").context["form"]
    assert (form["kind"].value(), form["consent_to_stay"].value()) == ("ngo_registered", "unknown")
    assert not form["place"].value()
    at = page("record-service", world) + f"?replaces={service.pk}"
    assert client.get(at).context["form"]["what"].value() == "พบแพทย์ที่โรงพยาบาล"
    assert client.post(at, service_form(world)).status_code == 302
    with world.acting("mali"):
        assert Service.objects.get(pk=service.pk).closed_as == "superseded"
    for wrong in ("x", str(stay.pk)):
        assert client.get(page("record-service", world) + f"?replaces={wrong}").status_code == 404


@pytest.mark.parametrize(("name", "record", "form"), [
    ("record-service", serve, service_form), ("record-stay", house, stay_form)])  # fmt: skip
def test_a_correction_stays_with_its_person(world, sign_in, name, record, form):
    row, other, client = record(world), make_person(world, world.case, name="อีกคน"), sign_in(world.mali)
    at = page(name, world) + f"?replaces={row.pk}"
    choices = [str(code) for code, _label in client.get(at).context["form"].fields["participation"].choices]
    assert (str(world.survivor.pk) in choices, str(other.pk) in choices) == (True, False)
    assert client.post(at, form(world, participation=str(other.pk))).status_code == 422
    with pytest.raises(Refused) as refused:
        record(world, participation=other, replaces=row)
    assert [p.message for p in refused.value.problems] == [OTHER_PERSON]


@pytest.mark.parametrize(("name", "record"), [("service", serve), ("stay", house)])
def test_what_is_not_in_force_says_so_and_offers_nothing(world, sign_in, name, record):
    old, client = record(world), sign_in(world.mali)
    where = page(name, world, **{name: old.pk})
    assert "replaces=" in client.get(where).content.decode()
    with world.acting("mali"):
        correct.close(old, "superseded", "other")
    html = client.get(where).content.decode()
    assert "No longer in force: a newer record stands in its place." in html
    assert "replaces=" not in html


@pytest.mark.parametrize("name", ["record-service", "service", "record-stay", "stay", "consent-to-stay", "end-stay",
                                  "open-place"])  # fmt: skip
@pytest.mark.parametrize(("member", "status"), [("somchai", 404), ("nok", 403), ("preecha", 403), ("dao", 403)])
def test_an_outsider_finds_nothing_and_another_discipline_is_told_why(world, sign_in, name, member, status):
    ids = {"service": {"service": serve(world).pk}}.get(name, {})
    if name in {"stay", "consent-to-stay", "end-stay", "open-place"}:
        ids = {"stay": house(world).pk}
    assert sign_in(world.staff[member]).get(page(name, world, **ids)).status_code == status


@pytest.mark.parametrize("full", [True, False])
def test_the_panel_is_for_care_alone_and_tells_no_place(world, full):
    if full:
        serve(world)
        house(world)
    with world.acting("noi"):
        shown = panel.panel(world.noi, world.case)
        html = render_to_string(shown.template, shown.context)
    assert ("Registered private shelter" in html) is full
    assert ("No service is recorded yet." in html) is not full
    assert PLACE not in html
    with world.acting("nok"):
        assert panel.panel(world.nok, world.case) is None
