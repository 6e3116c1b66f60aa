"""The gate: a reason, membership, the partition, the allowance; one line each, before anything is opened."""

from types import SimpleNamespace
from unittest.mock import patch

import pytest

from prasan import vault
from prasan.access import opening
from prasan.access.check import Denied
from prasan.access.system import System, system_read
from prasan.cases.actions import work
from prasan.cases.models import Note
from prasan.journal.models import Line
from prasan.people import queries
from prasan.people.models import Name
from prasan.vault import sealing
from tests.cast import AT, MARKER, TODAY


def names(world):
    return list(Name.objects.filter(person=world.survivor.person))


def test_each_opening_is_one_line_that_lists_what_was_opened(world):
    with world.acting("mali"):
        rows, before = names(world), Line.objects.count()
        assert vault.open(rows[0], "value", by=world.mali, why="contact", at=AT)["text"].startswith(MARKER)
    line = Line.objects.order_by("-n").first()
    assert Line.objects.count() == before + 1
    assert (line.act, line.by, line.opened) == ("vault.open_identity", str(world.mali.pk), 1)
    assert str(rows[0].pk) in line.body
    assert MARKER not in line.body


def test_without_a_reason_of_the_list_nothing_opens(world):
    with world.acting("mali"), pytest.raises(Denied) as denied:
        vault.open(names(world)[0], "value", by=world.mali, why="curiosity", at=AT)
    assert denied.value.reason == opening.NO_REASON


def test_who_is_no_member_opens_nothing(world):
    with world.acting("mali"):
        row = names(world)[0]
    with pytest.raises(Denied):
        vault.open(row, "value", by=world.somchai, why="contact", at=AT)


def test_a_note_of_another_discipline_stays_shut_until_it_is_shared(world):
    with world.acting("mali"):
        note = work.add_note(by=world.mali, case=world.case, partition="care", text="ลับ", at=AT,
                             about=world.survivor.person)  # fmt: skip
    with world.acting("nok"), pytest.raises(Denied) as denied:
        vault.open(note, "sealed_text", by=world.nok, why="work", at=AT)
    assert denied.value.reason == opening.NOT_YOUR_PART
    with world.acting("mali"):
        work.share_item(by=world.mali, case=world.case, note=note, discipline="investigator", purpose="x", at=AT)
    with world.acting("nok"):
        from prasan.cases.queries import notes

        assert [n.shown for n in notes(world.nok, world.case, AT)] == ["ลับ"]
    with world.acting("preecha"):
        assert Note.objects.count() == 1
        assert notes(world.preecha, world.case, AT) == []


def test_when_the_line_cannot_be_written_nothing_is_opened(world):
    with world.acting("mali"), patch("prasan.journal.writing.enter", side_effect=OSError), pytest.raises(OSError):
        vault.open(names(world)[0], "value", by=world.mali, why="contact", at=AT)


def test_the_allowance_of_the_hour_ends_the_openings(world, settings):
    settings.OPENINGS_AN_HOUR = 2
    with world.acting("mali"):
        row = names(world)[0]
        for _n in range(2):
            vault.open(row, "value", by=world.mali, why="contact", at=AT)
        with pytest.raises(Denied) as denied:
            vault.open(row, "value", by=world.mali, why="contact", at=AT)
    assert denied.value.params == {"count": 2, "limit": 2}


def test_hits_of_a_name_search_count_toward_the_allowance(world, settings):
    settings.OPENINGS_AN_HOUR = 1
    with world.acting("mali"):
        queries.search_names(world.mali, MARKER, AT)
        with pytest.raises(Denied):
            queries.search_names(world.mali, MARKER, AT)


def test_a_system_reader_opens_only_inside_its_own_read(world):
    with world.acting("mali"):
        row = names(world)[0]
    with pytest.raises(Denied):
        vault.open(row, "value", by=System("reconcile"), why="x", at=AT)
    with system_read("build_name_index") as reader:
        assert vault.open(row, "value", by=reader, why="build", at=AT)


def test_without_a_gate_nothing_opens_and_no_second_gate_is_taken(world, monkeypatch):
    with pytest.raises(sealing.Locked):
        sealing.install_gate(lambda *_a: None)
    monkeypatch.setattr(sealing, "_gate", None)
    with world.acting("mali"), pytest.raises(sealing.Locked):
        vault.open(names(world)[0], "value", by=world.mali, why="contact", at=AT)


def test_an_erased_person_opens_to_nothing(world):
    with world.acting("mali"):
        row = names(world)[0]
        vault.destroy_key(row.sealed_by())
        assert vault.open(row, "value", by=world.mali, why="contact", at=AT) is None


def test_opening_nothing_writes_nothing(world):
    before = Line.objects.count()
    assert vault.open_many([], by=world.mali, why="contact", at=AT) == []
    assert Line.objects.count() == before


def test_what_was_told_to_a_desk_opens_to_that_desk_alone(world):
    from prasan.leads.actions import intake

    with world.acting("nok"):
        lead = intake.record_lead(by=world.nok, desk=world.desk, channel="walk_in", received_on=TODAY, urgency="soon",
                                  text="เบาะแสลับ", at=AT, today=TODAY, forms=["unknown"])  # fmt: skip
    assert opening._refusal(world.mali, lead, "text") == ""
    assert opening._refusal(world.preecha, lead, "text") == opening.NOT_MEMBER
    of_lead = SimpleNamespace(lead_id=lead.pk, lead=lead)
    assert opening._refusal(world.mali, of_lead, "x") == ""
    assert opening._refusal(world.somchai, of_lead, "x") == opening.NOT_MEMBER
