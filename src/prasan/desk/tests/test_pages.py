"""Pages across disciplines, as the cast sees them."""

import pytest

from prasan.cases.models import Participation
from tests.cast import MARKER

MEMBERS = ("nok", "mali", "preecha", "anan", "dao", "noi", "chai")


@pytest.mark.parametrize("name", ["nok", "mali", "preecha", "anan", "dao", "fah", "somchai", "ubon"])
@pytest.mark.parametrize("language", ["en", "th"])
def test_everybody_has_a_day_in_both_languages(world, sign_in, name, language):
    page = sign_in(world.staff[name], language).get("/")
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_opens_the_case_and_reads_no_name(world, sign_in, name):
    page = sign_in(world.staff[name]).get(f"/cases/{world.case.code}/")
    assert page.status_code == 200
    assert world.survivor.person.code in page.content.decode()
    assert MARKER not in page.content.decode()


def test_the_outsider_gets_the_same_answer_as_for_a_case_that_is_not_there(world, sign_in):
    client = sign_in(world.somchai)
    theirs, absent = client.get(f"/cases/{world.case.code}/"), client.get("/cases/TH-2026-9999/")
    assert theirs.status_code == absent.status_code == 404

    def body(page):
        return page.content.decode().replace(world.case.code, "").replace("TH-2026-9999", "")

    strip = [body(theirs), body(absent)]
    assert len(strip[0]) == len(strip[1])


def test_a_name_is_opened_with_a_reason_and_the_journal_has_it(world, sign_in):
    from prasan.journal.models import Line

    client = sign_in(world.mali)
    address = f"/cases/{world.case.code}/people/{world.survivor.person.code}/"
    assert MARKER not in client.get(address).content.decode()
    assert MARKER in client.post(address + "open/", {"why": "contact"}).content.decode()
    assert Line.objects.filter(act="vault.open_identity", by=str(world.mali.pk)).exists()
    assert MARKER not in client.post(address + "open/", {"why": ""}).content.decode()


def test_a_person_is_added_and_a_near_name_asks_first(world, sign_in):
    client = sign_in(world.mali)
    form = {"part": "victim", "since_on": "2026-11-01", "name": f"{MARKER} ใจดี", "gender": "feminine"}
    first = client.post(f"/cases/{world.case.code}/people/new/", form)
    assert first.status_code == 422
    assert world.survivor.person.code in first.content.decode()
    second = client.post(f"/cases/{world.case.code}/people/new/", {**form, "same_as": "new"})
    assert second.status_code == 302
    with world.acting("mali"):
        assert Participation.objects.filter(case=world.case, part="victim").count() == 1


def test_a_form_that_is_sent_twice_counts_once(world, sign_in):
    client = sign_in(world.nok)
    form = {"title": "Call", "partition": "shared", "key": "k-1"}
    address = f"/cases/{world.case.code}/tasks/new/"
    assert client.post(address, form).status_code == client.post(address, form).status_code == 302
    assert client.get(f"/cases/{world.case.code}/").content.decode().count("/done/") == 1


def test_a_draft_survives_and_only_its_owner_sees_it(world, sign_in):
    address = f"/cases/{world.case.code}/notes/new/"
    client = sign_in(world.mali)
    client.post(address, {"text": "ร่างของมะลิ", "save_draft": "yes"})
    assert "ร่างของมะลิ" in sign_in(world.mali).get(address).content.decode()
    assert "ร่างของมะลิ" not in sign_in(world.nok).get(address).content.decode()
    client.post(address, {"discard_draft": "yes"})
    assert "ร่างของมะลิ" not in client.get(address).content.decode()


def test_search_by_name_in_either_script_shows_codes_only(world, sign_in):
    client = sign_in(world.mali)
    page = client.post("/search/", {"q": MARKER}).content.decode()
    assert world.survivor.person.code in page
    assert world.survivor.person.code not in sign_in(world.somchai).post("/search/", {"q": MARKER}).content.decode()


def test_a_record_is_marked_as_entered_in_error(world, sign_in):
    client = sign_in(world.mali)
    address = f"/cases/{world.case.code}/correct/part/{world.survivor.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "wrong_case", "version": 1}).status_code == 302
    assert client.post(address, {"reason": "wrong_case", "version": 1}).status_code == 409


def test_the_lead_removes_a_member_who_sees_nothing_from_then_on(world, sign_in):
    from prasan.cases.models import TeamMember

    with world.acting("dao"):
        member = TeamMember.objects.get(case=world.case, staff=world.nok)
    assert sign_in(world.dao).post(f"/cases/{world.case.code}/team/{member.pk}/remove/").status_code == 302
    assert sign_in(world.nok).get(f"/cases/{world.case.code}/").status_code == 404


def test_staff_pages_are_for_the_administrator_and_show_no_case(world, sign_in):
    assert sign_in(world.ubon).get("/staff/").status_code == 200
    assert sign_in(world.nok).get("/staff/").status_code == 403
    form = {"username": "New", "name": "New", "agency": world.agencies["own"].pk, "disciplines": ["lawyer"], "language": "th"}
    page = sign_in(world.ubon).post("/staff/invite/", form, follow=True)
    assert "/join/" in page.content.decode()


def test_the_cast_door_is_closed_outside_the_demo(world, client):
    assert client.get("/cast/").status_code == 404


def test_the_administrator_makes_agencies_and_desks_and_says_who_sits_there(world, sign_in):
    from prasan.access.models import Desk, DeskAccess

    client = sign_in(world.ubon)
    names = {"name_en": "Office", "name_th": "สำนักงาน"}
    assert client.post("/staff/network/agencies/new/", {"code": "Bad code", "kind": "ngo", **names}).status_code == 422
    assert client.post("/staff/network/agencies/new/", {"code": "office", "kind": "ngo", **names}).status_code == 302
    assert client.post("/staff/network/desks/new/", {"code": "hotline", **names}).status_code == 422
    assert client.post("/staff/network/desks/new/", {"code": "night", **names}).status_code == 302
    desk = Desk.objects.get(code="night")
    address = f"/staff/network/desks/{desk.pk}/members/"
    client.post(address, {"staff": [world.preecha.pk, world.mali.pk]})
    client.post(address, {"staff": [world.preecha.pk], "key": "second"})
    assert sign_in(world.preecha).get("/leads/").status_code == 200
    assert DeskAccess.objects.get(desk=desk, user=world.mali).until.year < 9999
    assert "Preecha" in client.get("/staff/network/").content.decode()
    assert sign_in(world.dao).get("/staff/network/").status_code == 403


@pytest.mark.parametrize(("who", "pages"), [
    ("fah", ("/figures/", "/nrm-report/")), ("kwan", ("/training/", "/training/sessions/new/")),
    ("tawan", ("/cases/",)), ("ubon", ("/staff/",)),
])  # fmt: skip
def test_a_discipline_without_cases_of_its_own_starts_at_its_own_work(world, sign_in, who, pages):
    client = sign_in(world.staff[who])
    begin = client.get("/").content.decode().partition('id="start"')[2].partition("</section>")[0]
    for page in pages:
        assert f'href="{page}"' in begin
        assert client.get(page).status_code == 200


def test_who_works_in_cases_is_not_sent_elsewhere(world, sign_in):
    assert 'id="start"' not in sign_in(world.mali).get("/").content.decode()


def test_a_colleague_of_another_agency_is_suspended_by_the_administrator_only(world, sign_in):
    from prasan.accounts.models import Staff

    assert sign_in(world.mali).post(f"/colleagues/{world.somchai.pk}/suspend/").status_code == 403
    assert sign_in(world.ubon).post(f"/colleagues/{world.somchai.pk}/suspend/").status_code == 302
    assert not Staff.objects.get(pk=world.somchai.pk).is_active
