"""The calendar, the search, the list of cases, the journal of a case and the page that corrects any record."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation

from prasan.cases.actions import work
from prasan.cases.models import Note
from prasan.cases.tests import acts
from prasan.desk import rooms
from prasan.desk.queries import told
from prasan.desk.views.matters import said_event
from prasan.journal.models import Line
from tests.cast import AT, TODAY
from tests.kept import fresh, the_one

ABSENT = "00000000-0000-0000-0000-000000000000"


def test_the_calendar_shows_five_weeks_from_any_day(world, sign_in):
    with world.acting("mali"):
        work.add_appointment(by=world.mali, case=world.case, kind="medical", starts_at=AT, at=AT)
    client = sign_in(world.mali)
    assert world.case.code in client.get("/calendar/").content.decode()
    assert world.case.code in client.get("/calendar/?from=2026-11-01").content.decode()
    assert world.case.code not in client.get("/calendar/?from=2026-11-25").content.decode()
    assert world.case.code in client.get("/").content.decode()


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "0001-01-01", "9999-12-31", ""])
def test_a_day_that_cannot_be_reckoned_shows_the_calendar_of_today(world, sign_in, day):
    page = sign_in(world.mali).get("/calendar/", {"from": day})
    assert page.status_code == 200
    assert page.context["first"] == TODAY


def test_a_code_in_the_search_leads_straight_there(world, sign_in):
    client = sign_in(world.mali)
    case, person = world.case.code, world.survivor.person.code
    assert client.get("/search/").status_code == 200
    for text in (case, f" {case.lower()} "):
        assert client.post("/search/", {"q": text}).headers["Location"] == f"/cases/{case}/"
    for text in (person, person.lower(), person.replace("-", "–")):
        assert client.post("/search/", {"q": text}).headers["Location"] == f"/cases/{case}/people/{person}/"
    outside = sign_in(world.somchai)
    for text in (case, person):
        assert outside.post("/search/", {"q": text}).status_code == 200
    assert client.post("/search/", {"q": "P-0000000"}).status_code == 200
    assert client.post("/search/", {"q": " "}).status_code == 200


def test_words_of_what_one_may_read_are_found(world, sign_in):
    with world.acting("mali"):
        acts.add_note(world, text="Karaoke owner named in the interview")
    assert sign_in(world.mali).post("/search/", {"q": "Karaoke"}).status_code == 200


def test_the_list_of_cases_is_filtered_and_a_bad_filter_is_ignored(world, sign_in):
    client = sign_in(world.dao)
    assert world.case.code in client.get("/cases/").content.decode()
    assert world.case.code in client.get("/cases/?province=TH-57&form=sexual_exploitation").content.decode()
    assert world.case.code not in client.get("/cases/?status=closed").content.decode()
    assert world.case.code in client.get("/cases/?status=nonsense&page=99").content.decode()
    with world.acting("dao"):
        acts.open_case(world, province="", forms=["unknown"])
    assert client.get("/cases/").content.decode().count("/cases/TH-2026-") >= 2


def test_the_journal_of_a_case_tells_acts_in_words_to_its_lead_alone(world, sign_in):
    with world.acting("mali"):
        acts.add_note(world)
    page = sign_in(world.dao).get(f"/cases/{world.case.code}/journal/")
    assert page.status_code == 200
    assert "Write a note" in page.content.decode()
    assert "Mali" in page.content.decode()
    assert sign_in(world.mali).get(f"/cases/{world.case.code}/journal/").status_code == 403


def test_lines_are_told_with_the_colleague_or_the_system_and_what_was_opened(world):
    from prasan.access.system import system_read

    with system_read("verify"):
        pass
    lines = list(Line.objects.order_by("-n"))
    rows = told(lines)
    assert (rows[0]["who"], rows[0]["system"], rows[0]["act"]) == (None, "system:verify", "The system read without a viewer")
    assert {str(row["who"]) for row in rows if row["who"]} == {str(world.staff[n]) for n in ("dao", "mali", "nok")}
    assert "Open a case" in [row["act"] for row in rows]
    assert told([]) == []


@pytest.mark.parametrize("kind", ["nothing", "person", "team"])
def test_a_kind_of_record_that_cannot_be_corrected_is_not_found(world, sign_in, kind):
    address = f"/cases/{world.case.code}/correct/{kind}/{world.survivor.pk}/"
    assert sign_in(world.mali).get(address).status_code == 404


def test_a_record_of_another_part_of_the_case_is_corrected_by_its_readers_only(world, sign_in):
    with world.acting("mali"):
        note = acts.add_note(world, partition="care")
    address = f"/cases/{world.case.code}/correct/note/{note.pk}/"
    assert sign_in(world.nok).get(address).status_code == 403
    assert sign_in(world.nok).post(address, {"reason": "twice", "version": 1}).status_code == 403
    assert sign_in(world.chai).get(address).status_code == 403
    assert the_one(Note).closed_as == ""
    client = sign_in(world.mali)
    assert client.post(address, {"reason": "", "version": 1}).status_code == 422
    assert client.post(address, {"reason": "twice", "version": 1, "words": "สองครั้ง"}).status_code == 302
    assert the_one(Note).closed_as == "error"
    assert client.get(f"/cases/{world.case.code}/correct/note/{ABSENT}/").status_code == 404


@pytest.mark.parametrize("version", ["", "one"])
def test_a_version_that_is_no_number_is_not_mistaken_for_the_right_one(world, sign_in, version):
    address = f"/cases/{world.case.code}/correct/part/{world.survivor.pk}/"
    assert sign_in(world.mali).post(address, {"reason": "twice", "version": version}).status_code == 409
    fresh(world.survivor)
    assert world.survivor.closed_as == ""


def test_a_room_that_is_listed_and_offers_nothing_is_an_error():
    with pytest.raises(ModuleNotFoundError, match=r"prasan\.people\.ledger"):
        list(rooms._offered(("cases", "people"), "ledger", "facts"))


@pytest.mark.parametrize(("listed", "module"), [(rooms.PANELS, "panel"), (rooms.DUES, "due"), (rooms.LEDGERS, "ledger")])
def test_every_room_that_offers_something_is_listed(listed, module):
    offering = {path.parent.name for path in Path(rooms.__file__).parent.parent.glob(f"*/{module}.py")}
    named = {name.partition(":")[0] for name in listed}
    assert named == offering - {"web", "facts"}


def test_a_thai_timeline_says_baht_and_cites_a_section_in_thai():
    paid = SimpleNamespace(kind="compensation_paid", params={"person": "P-1", "amount": "200,000 THB"})
    charged = SimpleNamespace(kind="charged", params={"person": "P-1", "section": "312 ter"})
    with translation.override("th"):
        assert "200,000 บาท" in said_event(paid)
        assert "312 ตรี" in said_event(charged)
    with translation.override("en"):
        assert "200,000 THB" in said_event(paid)


def test_the_timeline_speaks_of_custody_verdicts_and_answers_in_words(world, sign_in):
    from prasan.cases.actions import referrals

    with world.acting("nok"):
        acts.arrest(world)
    with world.acting("mali"):
        row = acts.referral(world)
        told = {"status": "accepted", "on": TODAY, "at": AT, "today": TODAY}
        referrals.answer_referral(by=world.mali, referral=row, version=row.version, **told)
    page = sign_in(world.mali).get(f"/cases/{world.case.code}/").content.decode()
    assert f"{world.suspect.person.code}: Arrested" in page
    assert "was answered: Accepted" in page


def test_who_may_not_open_a_case_is_not_offered_it(world, sign_in):
    assert "/cases/new/" in sign_in(world.dao).get("/cases/").content.decode()
    page = sign_in(world.fah).get("/cases/").content.decode()
    for way in ("/cases/new/", "/orphans/", "/import/"):
        assert f'href="{way}' not in page
