"""Acts on cases: done, refused, denied; the journal and the facts; nothing without its line."""

import pytest

from prasan.access.check import Denied
from prasan.cases import queries
from prasan.cases.actions import work
from prasan.journal import checking
from tests.cast import AT, TODAY


def test_the_whole_team_sees_the_case_and_the_outsider_sees_nothing(world):
    with world.acting("mali"):
        assert [c.code for c in queries.my_cases(world.mali)] == [world.case.code]
    with world.acting("somchai"):
        assert list(queries.my_cases(world.somchai)) == []


def test_a_note_of_care_is_not_for_the_investigator(world):
    with world.acting("mali"):
        work.add_note(by=world.mali, case=world.case, partition="care", text="ลับ", at=AT, about=world.survivor.person)
        assert [n.shown for n in queries.notes(world.mali, world.case, AT)] == ["ลับ"]
    with world.acting("nok"):
        assert queries.notes(world.nok, world.case, AT) == []
        with pytest.raises(Denied):
            work.add_note(by=world.nok, case=world.case, partition="care", text="x", at=AT)


def test_the_journal_of_all_this_is_whole(world):
    assert checking.check().ok
    assert TODAY
