"""Search finds Thai in the middle of a word, newest first, and only what the viewer may read at this instant."""

from datetime import timedelta

import pytest
from django.db import connection

from prasan.access.scoping import viewing
from prasan.cases.actions import correct, matters, team, work
from prasan.cases.models import TeamMember
from prasan.search import indexing, write
from prasan.search.models import CaseDocument
from prasan.search.query import MOST, search
from tests.cast import AT, TODAY, make_case


def found(world, name, q, at=AT):
    with viewing(world.staff[name], at):
        return [(hit.kind, hit.snippet) for hit in search(world.staff[name], q, at)]


def note(world, name, text, partition="shared", **options):
    with world.acting(name):
        return work.add_note(
            by=world.staff[name], case=world.case, partition=partition, text=text, at=AT, **options
        )


def test_thai_in_the_middle_of_a_run_of_letters_is_found(world):
    note(world, "mali", "พบป้ายโฆษณาร้านคาราโอเกะใกล้ตลาด")
    assert found(world, "nok", "คาราโอเกะ") == [("cases.note", "พบป้ายโฆษณาร้านคาราโอเกะใกล้ตลาด")]
    assert found(world, "nok", "โอเกะ ตลาด")
    assert not found(world, "nok", "โอเกะ วัด")


def test_the_title_of_a_case_and_its_code_are_found_whatever_the_case_of_letters(world):
    assert found(world, "mali", "KARAOKE")[0][0] == "cases.case"
    assert found(world, "mali", world.case.code.lower())[0][0] == "cases.case"


def test_an_outsider_finds_nothing(world):
    note(world, "mali", "คาราโอเกะ")
    found(world, "mali", "คาราโอเกะ")
    assert found(world, "somchai", "คาราโอเกะ") == []
    assert found(world, "somchai", "Karaoke") == []
    assert found(world, "ubon", "Karaoke") == []


def test_a_removed_member_finds_nothing_at_the_next_request(world):
    assert found(world, "anan", "Karaoke")
    with world.acting("dao"):
        member = TeamMember.objects.get(staff=world.anan, case=world.case)
        team.remove_member(by=world.dao, case=world.case, member=member, at=AT, today=TODAY)
    assert found(world, "anan", "Karaoke") == []
    assert found(world, "nok", "Karaoke")


def test_a_note_of_care_is_found_by_care_alone(world):
    note(world, "mali", "counselling went well", partition="care")
    assert [kind for kind, _words in found(world, "ploy", "counselling")] == ["cases.note"]
    assert found(world, "nok", "counselling") == []
    assert found(world, "preecha", "counselling") == []


def test_the_partition_counts_in_each_case_by_itself(world):
    other = make_case(world, title="Farm in Tak")
    with world.acting("dao"):
        member = TeamMember.objects.get(staff=world.mali, case=other)
        team.remove_member(by=world.dao, case=other, member=member, at=AT, today=TODAY)
    with world.acting("ploy"):
        work.add_note(by=world.ploy, case=other, partition="care", text="counselling", at=AT)
    assert found(world, "ploy", "counselling")
    assert found(world, "mali", "counselling") == []


def test_what_is_sealed_about_a_person_is_never_in_the_index(world):
    note(world, "mali", "secret words", about=world.survivor.person)
    found(world, "mali", "anything")
    with world.acting("mali"):
        assert found(world, "mali", "secret") == []
        assert not CaseDocument.objects.filter(text__contains="secret").exists()


def test_a_sealed_field_cannot_be_put(world):
    with world.acting("mali"), pytest.raises(ValueError, match="may not be searched"):
        write.put(world.survivor.person, "wishes", case=world.case)


def test_a_changed_title_is_found_by_its_new_words_only(world):
    assert found(world, "mali", "Karaoke")
    with world.acting("dao"):
        matters.change_case(
            by=world.dao, case=world.case, version=world.case.version, today=TODAY, title="Brick kiln"
        )
    assert found(world, "mali", "Karaoke") == []
    assert found(world, "mali", "Brick")


def test_what_was_entered_in_error_is_found_no_more(world):
    row = note(world, "mali", "wrong words")
    assert found(world, "mali", "wrong words")
    with world.acting("mali"):
        correct.enter_in_error(
            by=world.mali, row=row, act="cases.correct", reason="twice", version=row.version, at=AT, today=TODAY
        )
        assert list(search(world.mali, "wrong words", AT)) == []


def test_short_words_match_the_beginning_of_words(world):
    assert found(world, "mali", "Ka")
    assert found(world, "mali", "ba")
    assert found(world, "mali", "ke") == []
    assert found(world, "mali", "   ") == []


def test_signs_of_the_query_language_are_only_letters(world):
    for q in ('"', 'Karaoke" OR "x', "NEAR(", "a* OR b", "%%%", "___"):
        assert found(world, "mali", q) == []


def test_the_newest_come_first_and_more_are_announced(world):
    with world.acting("nok"):
        for n in range(MOST + 1):
            work.add_task(
                by=world.nok, case=world.case, title=f"Telephone bill {n:02d}",
                at=AT + timedelta(minutes=n), today=TODAY,
            )
        hits = search(world.nok, "Telephone", AT)
    assert len(hits) == MOST
    assert hits.more
    assert hits[0].snippet == f"Telephone bill {MOST:02d}"
    assert hits[0].case.code == world.case.code
    assert [h.made_at for h in hits] == sorted((h.made_at for h in hits), reverse=True)


def test_nothing_is_written_when_nothing_changed(world):
    with world.acting("nok"):
        assert indexing.catch_up(world.nok) == 1
        assert indexing.catch_up(world.nok) == 0


def test_rebuilding_makes_the_index_from_the_rows(world):
    with world.acting("nok"):
        indexing.catch_up(world.nok)
        assert CaseDocument.objects.filter(kind="cases.case").count() == 1
        before = CaseDocument.objects.get(kind="cases.case").pk
    assert indexing.rebuild() == 1
    with world.acting("nok"):
        assert CaseDocument.objects.get(kind="cases.case").pk == before


def test_a_deleted_word_leaves_the_trigram_table(world):
    if connection.vendor != "sqlite":
        pytest.skip("the trigram table is the embedded database's")
    row = note(world, "mali", "zyxwvut")
    assert found(world, "mali", "zyxwvut")
    with world.acting("mali"):
        write.drop(row)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_casedocument_fts WHERE search_casedocument_fts MATCH '\"xwv\"'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT v FROM search_casedocument_fts_config WHERE k = 'secure-delete'")
        assert cursor.fetchone() == (1,)
        cursor.execute("INSERT INTO search_casedocument_fts(search_casedocument_fts) VALUES ('integrity-check')")


def test_what_one_search_could_not_bring_up_to_date_the_next_one_does(world, monkeypatch):
    other = make_case(world, title="Fishing boat in Ranong")
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    with world.acting("nok"):
        assert [indexing.catch_up(world.nok) for _ in range(3)] == [1, 1, 0]
        assert [h.case.pk for h in search(world.nok, "Ranong", AT)] == [other.pk]


def test_a_long_journal_is_read_in_parts_and_none_of_it_is_skipped(world, monkeypatch):
    monkeypatch.setattr(indexing, "LINES", 2)
    with world.acting("nok"):
        work.add_task(by=world.nok, case=world.case, title="Ask the harbour", at=AT, today=TODAY)
        while indexing.catch_up(world.nok):
            pass
        assert [h.snippet for h in search(world.nok, "harbour", AT)] == ["Ask the harbour"]
