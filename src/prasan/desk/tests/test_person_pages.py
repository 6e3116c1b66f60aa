"""A person's pages: details, names, safe contacts, consent; and somebody who is known already."""

import pytest

from prasan.cases.models import Participation
from prasan.cases.tests import acts
from prasan.people.models import Consent, Person
from tests.cast import AT, MARKER, TODAY, make_case, make_person
from tests.kept import stored, the_one


def place(world, part=None):
    return f"/cases/{world.case.code}/people/{(part or world.survivor).person.code}/"


def test_wishes_and_safety_stand_on_the_page_for_those_who_may_open_them(world, sign_in):
    client = sign_in(world.mali)
    form = {"gender": "feminine", "wishes": "กลับไปเรียน", "safety": "อย่าโทรตอนเย็น", "version": 1, "birth_0": ""}
    assert client.post(place(world) + "change/", form).status_code == 302
    page = client.get(place(world)).content.decode()
    assert "กลับไปเรียน" in page
    assert "อย่าโทรตอนเย็น" in page
    assert "กลับไปเรียน" not in sign_in(world.wit).get(place(world, world.suspect)).content.decode()
    assert "กลับไปเรียน" in client.get(place(world) + "change/").content.decode()
    assert client.post(place(world) + "change/", form).status_code == 409
    assert client.post(place(world) + "change/", {**form, "gender": "", "version": 2}).status_code == 422


def test_custody_is_a_question_apart_for_a_survivor_and_a_plain_link_for_a_suspect(world, sign_in):
    client = sign_in(world.nok)
    asked = "Was this person arrested or detained?"
    survivor, suspect = (client.get(place(world, part)).content.decode() for part in (world.survivor, world.suspect))
    assert (asked in survivor, "Arrest or custody" in survivor) == (True, False)
    assert f"/custody/{world.survivor.pk}/" in survivor
    assert (asked in suspect, "Arrest or custody" in suspect) == (False, True)


def test_a_birth_date_comes_back_whole_on_the_page_that_changes_it(world, sign_in):
    from prasan.people.actions import change_person
    from prasan.plain.birth import PartialDate

    with world.acting("mali"):
        change_person(by=world.mali, person=world.survivor.person, version=1, at=AT, today=TODAY, gender="feminine",
                      birth=PartialDate(2009, 4, 12))  # fmt: skip
    page = sign_in(world.mali).get(place(world) + "change/").content.decode()
    assert "2009" in page
    assert 'value="12"' in page


def test_a_name_and_a_safe_contact_are_added_and_shown_only_when_opened(world, sign_in):
    client = sign_in(world.mali)
    assert client.get(place(world) + "names/new/").status_code == 200
    assert client.post(place(world) + "names/new/", {"kind": "nickname", "text": "เดือน"}).status_code == 302
    assert client.get(place(world) + "contacts/new/").status_code == 200
    contact = {"kind": "phone", "value": "0811111111", "safe_times": "เช้า", "do_not_say": "คดี"}
    assert client.post(place(world) + "contacts/new/", contact).status_code == 302
    shut = client.get(place(world)).content.decode()
    opened = client.post(place(world) + "open/", {"why": "contact"}).content.decode()
    for told in ("เดือน", "0811111111", "คดี"):
        assert told not in shut
        assert told in opened


def test_consent_is_recorded_with_what_was_told_and_taken_back(world, sign_in):
    client, shelter = sign_in(world.mali), world.agencies["shelter"]
    address = place(world) + "consents/new/"
    assert client.get(address).status_code == 200
    form = {"purpose": "sharing_with_agency", "given_on": "2026-11-20", "expires_on": "2027-11-20", "language": "my",
            "told": ["told_purpose"], "words": "ตกลง"}  # fmt: skip
    language = _first_language(client.get(address).content.decode())
    assert client.post(address, {**form, "language": language}).status_code == 422
    assert client.post(address, {**form, "language": language, "agency": shelter.pk}).status_code == 302
    row = the_one(Consent)
    assert (row.agency, row.answers["told_purpose"], row.answers["told_use_of_data"]) == (shelter, "yes", "no")
    refer = place(world) + "refer/"
    told = {"agency": shelter.pk, "reason": "other", "on": "2026-11-24"}
    assert client.post(refer, told).status_code == 302
    assert client.post(f"{place(world)}consents/{row.pk}/withdraw/").status_code == 302
    assert the_one(Consent).withdrawn_on == TODAY
    assert "no consent that covers" in client.post(refer, told).content.decode()


def _first_language(page):
    import re

    options = page[page.index('name="language"') :]
    return re.search(r'<option value="(\w+)"', options)[1]


def test_a_consent_of_somebody_else_is_not_found(world, sign_in):
    with world.acting("mali"):
        row = acts.consent(world)
    client = sign_in(world.mali)
    assert client.post(f"{place(world, world.suspect)}consents/{row.pk}/withdraw/").status_code == 404
    assert client.get(f"{place(world)}consents/{row.pk}/withdraw/").status_code == 405
    assert the_one(Consent).withdrawn_on is None


def test_somebody_known_from_another_case_is_attached_and_not_entered_twice(world, sign_in):
    other = make_case(world, "Another")
    known = make_person(world, other, name="เดือนเพ็ญ ศรีสุข")
    client, address = sign_in(world.mali), f"/cases/{world.case.code}/people/new/"
    assert client.get(address).status_code == 200
    form = {"part": "witness", "since_on": "2026-11-01", "name": "เดือนเพ็ญ ศรีสุข", "gender": "feminine"}
    before = len(stored(Person))
    asked = client.post(address, form)
    assert (asked.status_code, known.person.code in asked.content.decode()) == (422, True)
    assert client.post(address, {**form, "same_as": known.person.code}).status_code == 302
    assert len(stored(Person)) == before
    assert stored(Participation, case=world.case, person=known.person, part="witness")


def test_at_entry_nothing_tells_whether_another_team_knows_somebody(world, sign_in):
    with world.acting("somchai"):
        theirs = acts.open_case(world, by="somchai")
    client, address = sign_in(world.somchai), f"/cases/{theirs.code}/people/new/"
    form = {"part": "witness", "since_on": "2026-11-01", "gender": "feminine"}
    unknown = client.post(address, {**form, "name": "ไม่เคยมีใครชื่อนี้"})
    known = client.post(address, {**form, "name": f"{MARKER} ใจดี"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (302, b"")
    assert f"/cases/{theirs.code}/attach-requests/new/" in client.get(address).content.decode()


def test_a_person_of_another_case_is_not_found_under_this_one(world, sign_in):
    other = make_case(world, "Another")
    known = make_person(world, other, name="อื่น")
    assert sign_in(world.mali).get(place(world, known)).status_code == 404


@pytest.mark.parametrize(("name", "ways"), [("mali", {"protection", "rights"}), ("chai", {"rights"})])
def test_protection_and_rights_are_one_step_from_the_page_of_a_survivor(world, sign_in, name, ways):
    shown = sign_in(world.staff[name]).get(place(world)).content.decode()
    assert {way for way in ("protection", "rights") if f'href="{place(world)}{way}/"' in shown} == ways
    suspect = sign_in(world.staff["mali"]).get(place(world, world.suspect)).content.decode()
    assert "/rights/" not in suspect
