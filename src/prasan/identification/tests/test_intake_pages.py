"""The pages of an intake: entering, taking the next person, screening, refusing, moving, the board."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prasan.access.models import Draft
from prasan.identification.actions import intake as acts
from prasan.identification.actions import intake_moving
from prasan.identification.models import IntakePerson, Refusal
from prasan.identification.rules import intake as rules
from prasan.identification.tests.intakes import SECRET, line, opened, screened
from prasan.identification.tests.test_intake_rules import HEAD, book
from prasan.journal.models import Line
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db


MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)
TAG, LATIN = re.compile(r"<[^>]+>|&\w+;"), re.compile(r"[A-Za-z]{3,}")
SAME = {"adult", "child", "xlsx"}  # what is typed or called the same in either language


def at(event, *parts):
    return "/".join(["/intakes", event.code, *map(str, parts)]) + "/"


def rows_of(world, event):
    with world.acting("mali"):
        return list(IntakePerson.objects.filter(intake=event).order_by("number"))


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_an_intake_is_opened_on_a_page_and_stands_in_the_list(world, sign_in):
    client = sign_in(world.mali)
    told = {"on": "24/11/2569", "place": "immigration", "situation": "scam_compound", "expected": "6000"}
    response = client.post("/intakes/new/", told)
    assert response.status_code == 302
    assert "N-" in text(client.get("/intakes/"))
    assert "6,000" in text(client.get(response.url))
    assert client.post("/intakes/new/", {"on": "x"}).status_code == 422


def test_the_way_to_intakes_is_shown_to_members_of_a_desk_alone(world, sign_in):
    assert b'href="/intakes/"' in sign_in(world.mali).get("/").content
    assert b'href="/intakes/"' not in sign_in(world.preecha).get("/").content


def test_the_queue_shows_numbers_and_groups_and_no_name(world, sign_in, event, people):
    page = sign_in(world.dao).get(at(event))
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    assert "2 Urgent Waits Male, 12" in text(page)
    assert "1 Next in turn Waits Female, 30" in text(page)
    filtered = sign_in(world.dao).get(at(event) + "?group=urgent&status=open")
    assert "1 person" in text(filtered)


def test_outsiders_do_not_find_an_intake_and_learn_nothing(world, sign_in, event, people):
    for name in ("somchai", "preecha", "fah"):
        client = sign_in(world.staff[name])
        for path in (at(event), at(event, "board"), at(event, "people", people[0].pk), at(event, "move")):
            answer = client.get(path)
            assert answer.status_code == 404
            assert SECRET not in answer.content.decode()


def test_a_person_of_another_intake_is_not_there(world, sign_in, event, people):
    other = opened(world)
    assert sign_in(world.mali).get(at(other, "people", people[0].pk)).status_code == 404


def test_the_fast_table_saves_filled_rows_together_and_gives_the_numbers(world, sign_in, event):
    client = sign_in(world.mali)
    page = client.get(at(event, "people", "new") + "?rows=20")
    assert page.content.decode().count("-name") >= 20
    told = {"all-nationality": "MMR", "all-language": "mya", "r0-name": "ก", "r0-sex": "m", "r0-age": "30",
            "r2-name": "ข", "r2-sex": "ญ", "r2-age": "8", "r2-nationality": "Lao", "r2-marks": ["alone", "injured"]}  # fmt: skip
    response = client.post(at(event, "people", "new"), told)
    assert response.status_code == 302
    assert "1 to 2" in text(client.get(response.url))
    found = rows_of(world, event)
    assert [(r.number, r.sex, r.age, r.nationality, r.language) for r in found] == [
        (1, "male", 30, "MMR", "mya"), (2, "female", 8, "LAO", "mya")]  # fmt: skip
    assert found[1].urgent == ["child", "injured", "alone"]


def test_a_slip_in_the_table_keeps_all_that_was_typed_and_writes_nothing(world, sign_in, event):
    client = sign_in(world.mali)
    told = {"r0-name": "ก", "r0-age": "30", "r1-name": "ข", "r1-age": "very old"}
    page = client.post(at(event, "people", "new"), told)
    assert page.status_code == 422
    assert "very old" in page.content.decode()
    assert "Row 2" in text(page)
    assert "ก" in page.content.decode()
    assert rows_of(world, event) == []
    assert client.post(at(event, "people", "new"), {}).status_code == 422


def upload(client, event, content, name="list.xlsx", **more):
    return client.post(at(event, "people", "list"), {"file": SimpleUploadedFile(name, content), **more})


def test_a_list_is_entered_and_the_same_again_adds_nothing(world, sign_in, event):
    client, told = sign_in(world.mali), book(HEAD, (1, "ก", "m", 20, "Thai", "Thai", ""), (2, "ข", "f", 9))
    first = upload(client, event, told)
    assert first.status_code == 302
    assert "2 people entered, 0 were there already" in text(client.get(first.url))
    again = upload(client, event, told)
    assert "0 people entered, 2 were there already" in text(client.get(again.url))
    assert len(rows_of(world, event)) == 2


def test_a_list_with_slips_writes_nothing_until_the_good_rows_are_accepted(world, sign_in, event):
    client, told = sign_in(world.mali), book(HEAD, (1, "ก", "m", 20), (2, "ข", "f", "very old"), (1, "ค", "m", 3))
    page = upload(client, event, told)
    assert page.status_code == 422
    assert "very old" in text(page)
    assert "Age" in text(page)
    assert "1 rows are good" in text(page)
    assert rows_of(world, event) == []
    assert upload(client, event, told, accept_good="on").status_code == 302
    assert [row.number for row in rows_of(world, event)] == [1]


def test_a_file_that_is_no_list_is_told_in_a_sentence(world, sign_in, event):
    page = upload(sign_in(world.mali), event, b"PK\x03\x04 nothing")
    assert page.status_code == 422
    assert "damaged" in text(page)


def test_the_empty_list_is_a_workbook(world, sign_in):
    answer = sign_in(world.mali).get("/intakes/empty-list/")
    assert b"".join(answer.streaming_content).startswith(b"PK")


def screening(page, **told):
    return {"version": re.search(r'name="version" value="(\d+)"', page.content.decode())[1], "interpreter": "no",
            "child_at_time": "no", "enters_nrm": "yes", "q_recruited": "yes", **told}  # fmt: skip


def test_the_next_person_is_taken_screened_and_shown(world, sign_in, event, people):
    mali, nok = sign_in(world.mali), sign_in(world.nok)
    mine, theirs = mali.post(at(event, "next")).url, nok.post(at(event, "next")).url
    assert mine == at(event, "people", people[1].pk, "screen")
    assert theirs == at(event, "people", people[0].pk, "screen")
    page = nok.get(theirs)
    assert page.status_code == 200
    assert SECRET in page.content.decode()
    saved = nok.post(theirs, screening(page))
    assert saved.status_code == 302
    shown = nok.get(saved.url)
    assert "Next person" in text(shown)
    row = rows_of(world, event)[0]
    assert (row.status, row.enters_nrm, row.answers["recruited"]) == ("screened", True, "yes")
    assert nok.get(at(event, "people", row.pk)).status_code == 200
    assert Line.objects.filter(act="vault.open_identity", by=str(world.nok.pk)).exists()


def test_when_nobody_waits_the_next_person_is_nobody(world, sign_in, event):
    client = sign_in(world.mali)
    response = client.post(at(event, "next"))
    assert response.url == at(event)
    assert "Nobody waits" in text(client.get(response.url))
    assert client.get(at(event, "next")).status_code == 405


def test_who_saves_an_old_form_is_told_that_it_changed(world, sign_in, event, people):
    client = sign_in(world.mali)
    where = client.post(at(event, "next")).url
    told = screening(client.get(where))
    assert client.post(where, {**told, "key": ""}).status_code == 302
    assert client.post(where, {**told, "key": ""}).status_code == 409


def test_a_screening_without_an_answer_is_kept_on_the_page(world, sign_in, event, people):
    client = sign_in(world.mali)
    where = client.post(at(event, "next")).url
    page = client.post(where, screening(client.get(where), enters_nrm="", q_recruited="not_asked"))
    assert page.status_code == 422


def test_a_child_is_asked_by_a_form_for_children(world, sign_in, event, people):
    client = sign_in(world.mali)
    page = client.get(client.post(at(event, "next")).url)
    assert "First contact, child" in text(page)
    assert b"refuse/" not in page.content


def test_a_refusal_destroys_the_name_and_the_drafts_of_the_screening(world, sign_in, event, people):
    client, row = sign_in(world.mali), people[0]
    client.post(at(event, "people", row.pk, "take"))
    where = at(event, "people", row.pk, "screen")
    client.post(where, screening(client.get(where), save_draft="yes"))
    assert Draft.objects.count() == 1
    page = client.get(at(event, "people", row.pk, "refuse"))
    assert "destroyed" in text(page)
    answer = client.post(at(event, "people", row.pk, "refuse"),
                         {"refused": "help", "sex": "female", "card_given": "on", "version": "2"})  # fmt: skip
    assert answer.status_code == 302
    assert (Refusal.objects.count(), Draft.objects.count()) == (1, 0)
    assert rows_of(world, event)[0].name is None


def test_a_child_cannot_be_refused_on_the_page_either(world, sign_in, event, people):
    page = sign_in(world.mali).post(at(event, "people", people[1].pk, "refuse"), {"refused": "help", "sex": "male"})
    assert page.status_code == 422
    assert "help goes on" in text(page)


def test_the_buttons_of_one_person_do_what_they_say_or_say_why_not(world, sign_in, event, people):
    mali, nok, person = sign_in(world.mali), sign_in(world.nok), ("people", people[0].pk)
    assert mali.post(at(event, *person, "take")).url == at(event, *person, "screen")
    refused = nok.post(at(event, *person, "take"))
    assert "Somebody else is screening" in text(nok.get(refused.url))
    assert mali.post(at(event, *person, "put-back")).url == at(event)
    assert mali.post(at(event, *person, "left")).url == at(event)
    version = rows_of(world, event)[0].version
    assert mali.post(at(event, *person, "group"), {"group": "later", "version": version}).status_code == 302
    changed = mali.post(at(event, *person, "correct"), {"age": "16", "sex": "female"})
    assert changed.status_code == 302
    row = rows_of(world, event)[0]
    assert (row.status, row.group, row.age) == ("left", "later", 16)
    assert mali.post(at(event, *person, "in-error"), {"reason": "twice"}).status_code == 302
    for page in ("take", "put-back", "left"):
        assert mali.get(at(event, *person, page)).status_code == 405


def test_whom_a_colleague_screens_is_put_back_by_nobody_else_before_an_hour_has_passed(world, sign_in, event, people, monkeypatch):
    person = at(event, "people", people[0].pk)
    mali, nok = sign_in(world.mali), sign_in(world.nok)
    mali.post(f"{person}take/")
    assert f"{person}put-back/" in mali.get(person).content.decode()
    page = nok.get(person).content.decode()
    assert f"{person}put-back/" not in page
    assert f"{person}left/" not in page
    assert "You are not the one who screens" in text(nok.post(f"{person}put-back/", follow=True))
    assert rows_of(world, event)[0].status == "claimed"
    monkeypatch.setattr(rules, "STALE", timedelta(0))
    assert f"{person}put-back/" in nok.get(person).content.decode()
    assert "The person waits again." in text(nok.post(f"{person}put-back/", follow=True))


def test_who_left_after_the_screening_and_is_here_again_does_not_wait_again(world, sign_in, event, people):
    client, row = sign_in(world.mali), screened(world, people[0])
    client.post(at(event, "people", row.pk, "left"))
    told = text(client.post(at(event, "people", row.pk, "put-back"), follow=True))
    assert "is here again, and was screened before" in told
    assert "waits again" not in told
    assert rows_of(world, event)[0].status == "screened"


def test_the_page_of_who_is_in_a_case_says_nothing_of_the_person(world, sign_in, event, people):
    row = screened(world, people[0])
    with world.acting("mali"):
        intake_moving.move_people(by=world.mali, intake=event, rows=[row], case=world.case, at=AT, today=TODAY)
    told = text(sign_in(world.nok).get(at(event, "people", row.pk)))
    for word in ("Female", "30", "Thai", "age not known"):
        assert word not in told, word


def test_people_are_taken_into_a_new_case_and_then_into_the_same(world, sign_in, event, people):
    rows = [screened(world, row) for row in people]
    client = sign_in(world.mali)
    page = client.get(at(event, "move"))
    assert page.content.decode().count("checked") >= 2
    assert SECRET not in page.content.decode()
    told = {"title": "Return over the border", "forms": ["unknown"], "people": [str(rows[0].pk)]}
    first = client.post(at(event, "move"), told)
    assert first.status_code == 302
    code = first.url.rpartition("=")[2]
    last = client.post(at(event, "move"), {"case": code, "people": [str(row.pk) for row in rows]})
    assert last.url == f"/cases/{code}/"
    assert {row.status for row in rows_of(world, event)} == {"moved"}
    shown = client.get(at(event, "people", rows[0].pk))
    assert code in text(shown)
    assert code not in text(sign_in(world.nok).get(at(event, "people", rows[0].pk)))


@pytest.mark.parametrize("told", [{}, {"title": "x", "forms": ["unknown"]}, {"people": ["not-an-id"], "title": "x"}])
def test_moving_nobody_or_nowhere_is_said(world, sign_in, event, people, told):
    assert sign_in(world.mali).post(at(event, "move"), told).status_code in {404, 422}


def test_an_intake_is_closed_with_what_is_left_open_and_opened_again(world, sign_in, event, people):
    client = sign_in(world.dao)
    assert "2 people still wait" in text(client.get(at(event, "close")))
    assert client.post(at(event, "close"), {"version": "1"}).status_code == 302
    assert "Open again" in text(client.get(at(event)))
    assert client.post(at(event, "people", "new"), {"r0-name": "ก"}).status_code == 422
    assert client.post(at(event, "close"), {"version": "2"}).status_code == 302


def test_the_board_counts_and_looks_again_by_itself_and_names_nobody(world, sign_in, event, people):
    screened(world, people[0])
    page = sign_in(world.mali).get(at(event, "board"))
    body = page.content.decode()
    assert '<meta http-equiv="refresh" content="30">' in body
    assert "<script" not in body.split("<main")[1].split("</main")[0]
    assert SECRET not in body
    assert str(people[1].pk) not in body
    told = text(page)
    for words in ("Children waiting, or age not known 1", "Need an interpreter 1", "Enter the mechanism 1", "Burmese 1"):
        assert words in told, words


@pytest.mark.parametrize("path", ["", "people/new", "people/list", "board", "move", "close"])
def test_pages_speak_thai(world, sign_in, event, people, path):
    where = at(event, *filter(None, [path]))
    told = {lang: MAIN.search(sign_in(world.mali, lang).get(where).content.decode())[1] for lang in ("th", "en")}
    english, thai = (set(LATIN.findall(TAG.sub(" ", told[lang]))) for lang in ("en", "th"))
    said = {word for word in english if word.islower()}
    assert len(said) > 5
    assert not said & thai - SAME


def test_pages_of_one_person_speak_thai(world, sign_in, event, people):
    client = sign_in(world.mali, "th")
    where = client.post(at(event, "next")).url
    for page in (where, where.replace("screen/", ""), where.replace("screen", "refuse"), where.replace("screen", "group")):
        assert client.get(page).status_code == 200


def questions(client, path):
    for _turn in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_people(world, sign_in, event):
    client = sign_in(world.mali)
    pages = [at(event), at(event, "board"), at(event, "move"), at(event, "close"), "/intakes/"]

    def grow(count):
        with world.acting("mali"):
            rows = acts.add_people(by=world.mali, intake=event, lines=[line(name="ก", age=30, language="lao")] * count, at=AT)
        screened(world, rows[0])
        return [questions(client, page) for page in pages]

    few = grow(3)
    assert grow(60) == few


def test_a_list_of_many_reads_in_few_statements(world, sign_in, event):
    told = book(HEAD, *((n, "", "m", 20 + n % 50, "Thai", "Thai", "") for n in range(1, 401)))
    client = sign_in(world.mali)
    with CaptureQueriesContext(connection) as captured:
        assert upload(client, event, told).status_code == 302
    assert len(captured) < 60


def test_words_of_a_screening_are_read_by_whoever_screened_and_by_nobody_else_in_passing(world, sign_in, event, people):
    said = "อยากกลับไปหาแม่"
    row = screened(world, people[0], answers={"recruited": "yes", "wishes": "told"}, words={"wishes": said})
    place = at(event, "people", row.pk)
    assert said in sign_in(world.mali).get(place).content.decode()
    other = sign_in(world.dao).get(place).content.decode()
    assert said not in other
    assert "In words" in other
