"""The pages of the ledger: what was told stands before the form, words open on one page, a child is safeguarded."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prasan.cases.actions import interviews
from prasan.cases.models import Interview
from prasan.identification.actions.ages import record_age
from prasan.journal.models import Line
from prasan.people.actions import change_person
from prasan.plain.birth import PartialDate
from tests.cast import AT, TODAY
from tests.kept import fresh, stored, the_one


def place(world, part=None):
    return f"/cases/{world.case.code}/people/{(part or world.survivor).person.code}/"


def born(world, year):
    person = world.survivor.person
    with world.acting("mali"):
        fresh(person)
        change_person(by=world.mali, person=person, version=person.version, at=AT, today=TODAY, gender="feminine",
                      birth=PartialDate(year))  # fmt: skip


def told(world, by="nok", **changed):
    with world.acting(by):
        return interviews.record_interview(**({
            "by": world.staff[by], "case": world.case, "person": world.survivor.person, "body": "police",
            "held_at": AT - timedelta(hours=3), "purpose": "inquiry", "topics": ["recruitment", "journey"],
            "place": "separate", "present": [], "recording": "written", "told": "ถูกชวนทางเฟซบุ๊ก", "at": AT,
        } | changed))  # fmt: skip


def form(**changed):
    return {
        "held_at_day": "24/11/2569", "held_at_clock": "09:00", "body": "police", "agency": "สภ.เมือง",
        "purpose": "inquiry", "topics": ["violence"], "place": "separate", "recording": "audio",
        "present": ["inquiry_officer"], "told": "ถูกทำร้าย", "answered_yes": ["violence"], "answered_no": [],
    } | changed  # fmt: skip


def test_the_form_shows_first_what_was_told_already_and_opens_the_words_to_readers_alone(world, sign_in):
    born(world, 1990)
    row = told(world)
    for name, way in (("nok", True), ("mali", False)):
        page = sign_in(world.staff[name]).get(place(world) + "interviews/new/").content.decode()
        assert page.index("How the person was recruited") < page.index("When the interview began")
        assert (f"/interviews/{row.pk}/" in page) is way
        assert ("kept in a part that your discipline does not read" in page) is not way
        assert ("Police" in page.split('id="told"')[1].split("</section>")[0]) is way
        assert "ถูกชวน" not in page
        assert "Child, or taken as a child" not in page


def test_an_interview_is_recorded_on_its_page_and_its_words_open_on_its_own_page_with_a_line(world, sign_in):
    born(world, 1990)
    client = sign_in(world.nok)
    answer = client.post(place(world) + "interviews/new/", form())
    assert answer.status_code == 302, answer.context["form"].errors
    row = the_one(Interview)
    assert (row.answers, row.agency) == ({"violence": "yes"}, "สภ.เมือง")
    opened = Line.objects.filter(act="vault.open", target=f"cases.interview:{row.pk}")
    assert opened.count() == 0
    for where in (place(world), place(world) + "interviews/", f"/cases/{world.case.code}/"):
        assert "ถูกทำร้าย" not in client.get(where).content.decode()
    assert opened.count() == 0
    page = client.get(answer.url).content.decode()
    assert "ถูกทำร้าย" in page
    assert "สภ.เมือง (Police)" in page
    assert opened.count() == 1
    other = sign_in(world.mali).get(answer.url).content.decode()
    assert "ถูกทำร้าย" not in other
    assert "that your discipline does not read" in other
    for hidden in ("สภ.เมือง", "Police inquiry", "Inquiry officer", "Separate, private place"):
        assert hidden in page
        assert hidden not in other
        assert hidden not in sign_in(world.mali).get(place(world) + "interviews/").content.decode()
    assert "Violence and threats" in other
    assert opened.count() == 1


def test_the_person_page_and_the_case_page_count_how_often_and_by_whom(world, sign_in):
    born(world, 1990)
    told(world)
    told(world, body="ngo", purpose="identification", topics=["journey"], again_because="ตำรวจไม่ส่งบันทึก")
    client = sign_in(world.mali)
    page = client.get(place(world)).content.decode()
    assert "This person had to tell 2 times" in page
    assert "Once something was asked that had been told before." in page
    case = client.get(f"/cases/{world.case.code}/").content.decode()
    assert 'id="interviews"' in case
    assert "How often each person had to tell what happened" in case
    assert "Told again" in client.get(place(world) + "interviews/").content.decode()
    assert 'id="interviews"' not in sign_in(world.noi).get(f"/cases/{world.case.code}/").content.decode()
    assert 'id="interviews"' not in sign_in(world.noi).get(place(world)).content.decode()


def test_a_child_without_safeguards_is_refused_beside_the_questions_and_nothing_is_kept(world, sign_in):
    born(world, 2012)
    client = sign_in(world.nok)
    assert "Child, or taken as a child" in client.get(place(world) + "interviews/new/").content.decode()
    answer = client.post(place(world) + "interviews/new/", form())
    errors = answer.context["form"].errors
    assert answer.status_code == 422
    assert [len(errors[name]) for name in ("present", "place", "recording")] == [3, 1, 1]
    assert stored(Interview) == []
    assert Line.objects.filter(act="cases.record_interview", outcome="refused").count() == 1
    urgent = form(present=["psychologist"], exception="รอไม่ได้")
    answer = client.post(place(world) + "interviews/new/", urgent)
    page = client.get(answer.url).content.decode()
    assert "Held as an urgent exception" in page
    assert "a public prosecutor must be present" in page
    assert "รอไม่ได้" in page


def test_what_was_reported_stands_in_red_with_what_was_missing(world, sign_in):
    born(world, 2012)
    client = sign_in(world.nok)
    answer = client.post(place(world) + "interviews/new/", form(reported="on", agency="สภ.แม่สาย"))
    assert answer.status_code == 302, answer.context["form"].errors
    page = client.get(answer.url).content.decode()
    assert "Another body held this interview" in page
    assert "a public prosecutor must be present" in page
    listed = client.get(place(world) + "interviews/").content.decode()
    assert "Reported: safeguards missing" in listed
    assert "govuk-tag--red" in listed
    own = client.post(place(world) + "interviews/new/", form(reported="on", body="ngo", agency="Prasan Foundation"))
    assert own.context["form"].errors.keys() >= {"reported"}


def test_what_a_person_told_a_lawyer_has_no_page_for_others(world, sign_in):
    born(world, 1990)
    row = told(world, "preecha", purpose="compensation", body="ngo", agency="Law clinic X", topics=["money"])
    at = f"/cases/{world.case.code}/interviews/{row.pk}/"
    assert "Law clinic X" in sign_in(world.preecha).get(at).content.decode()
    for name in ("anan", "mali"):
        client = sign_in(world.staff[name])
        assert client.get(at).status_code == 404
        for where in (place(world), place(world) + "interviews/", place(world) + "interviews/new/", f"/cases/{world.case.code}/"):
            page = client.get(where).content.decode()
            assert "Law clinic X" not in page
            assert str(row.pk) not in page


def test_a_second_interview_asks_for_the_reason_on_the_page(world, sign_in):
    born(world, 1990)
    told(world, topics=["violence"])
    client = sign_in(world.nok)
    answer = client.post(place(world) + "interviews/new/", form())
    assert answer.status_code == 422
    assert "This was told before: Violence and threats." in answer.content.decode()
    assert client.post(place(world) + "interviews/new/", form(again_because="อัยการขอ")).status_code == 302
    both = form(topics=["money"], answered_no=["violence"])
    assert client.post(place(world) + "interviews/new/", both).status_code == 422


def test_a_correction_starts_with_what_was_written_and_a_wrong_address_finds_nothing(world, sign_in):
    born(world, 1990)
    row, client = told(world, answers={"violence": "no"}), sign_in(world.nok)
    where = place(world) + f"interviews/new/?replaces={row.pk}"
    shown = client.get(where).context["form"]
    assert (shown["told"].value(), shown["answered_no"].value()) == ("ถูกชวนทางเฟซบุ๊ก", ["violence"])
    assert client.post(where, form()).status_code == 302
    assert the_one(Interview, pk=row.pk).closed_as == "superseded"
    for wrong in ("x", row.pk, "00000000-0000-4000-8000-000000000000"):
        assert client.get(place(world) + f"interviews/new/?replaces={wrong}").status_code == 404
    second = the_one(Interview, closed_as="")
    assert sign_in(world.mali).get(place(world) + f"interviews/new/?replaces={second.pk}").status_code == 404
    error = f"/cases/{world.case.code}/correct/interview/{second.pk}/"
    assert sign_in(world.mali).get(error).status_code == 403
    assert client.post(error, {"reason": "twice", "version": 1}).status_code == 302
    assert stored(Interview, closed_as="") == []


@pytest.mark.parametrize("page", ["interviews/", "interviews/new/", "interview"])
def test_each_page_speaks_thai_and_shuts_for_others(world, sign_in, page):
    born(world, 1990)
    row = told(world)
    where = f"/cases/{world.case.code}/interviews/{row.pk}/" if page == "interview" else place(world) + page
    thai = sign_in(world.nok, "th").get(where)
    assert thai.status_code == 200
    assert 'lang="th"' in thai.content.decode()
    assert sign_in(world.somchai).get(where).status_code == 404
    assert sign_in(world.noi).get(where).status_code == 403


def test_the_person_page_says_that_the_age_is_in_dispute_until_it_is_decided(world, sign_in):
    client = sign_in(world.mali)
    assert "treated as a child until it is decided" in client.get(place(world)).content.decode()
    with world.acting("mali"):
        record_age(by=world.mali, case=world.case, person=world.survivor.person, result="adult", methods=["documents"],
                   body="mdt", reasons="x", on=TODAY, at=AT, today=TODAY)  # fmt: skip
    page = client.get(place(world)).content.decode()
    assert "treated as a child until it is decided" not in page
    assert "Decided on 24 November 2026: Adult." in page
    assert "Child, or taken as a child" not in client.get(place(world) + "interviews/new/").content.decode()


def test_the_pages_ask_the_database_no_more_often_because_there_are_more_interviews(world, sign_in):
    born(world, 1990)
    clients = {name: sign_in(world.staff[name]) for name in ("nok", "mali")}
    paths = (f"/cases/{world.case.code}/", place(world), place(world) + "interviews/", place(world) + "interviews/new/")

    def asked():
        found = {}
        for (name, client), path in product(clients.items(), paths):
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found[name, path] = len(captured)
        return found

    told(world)
    few = asked()
    for n in range(6):
        told(world, topics=["money"], again_because=f"x{n}")
    assert asked() == few
