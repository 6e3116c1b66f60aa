"""All acts on cases: each leaves its line; without a line nothing is saved; who has no part in it is denied."""

import pytest

from prasan.access import check
from prasan.access.check import Denied
from prasan.journal.models import Line
from tests.kept import cannot_write, everything, fresh

from .acts import ACTS

# The acts that every member of a team has, whatever the discipline.
OF_EVERYBODY = {"give a task", "finish a task", "write a note", "share a note", "enter a date"}
OF_THE_OFFICE = {"open a case", "propose a handover", "confirm a handover"}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_leaves_its_line_and_none_without_it(world, name, monkeypatch):
    by, do, before, act = ACTS[name]
    with world.acting(by):
        made = before and before(world)
        kept = everything()
        with monkeypatch.context() as broken:
            broken.setattr("prasan.journal.writing.enter", cannot_write)
            with pytest.raises(OSError):
                do(world, _fresh(made), by)
        assert everything() == kept
        fresh(world.case)
        count = Line.objects.count()
        do(world, _fresh(made), by)
        lines = list(Line.objects.filter(n__gt=count))
    assert act in {line.act for line in lines}
    assert {(line.by, line.outcome) for line in lines} == {(str(world.staff[by].pk), "done")}
    cases = {str(line.case_id) for line in lines if line.act == act}
    assert "None" not in cases


def _fresh(made):
    """The row as the database has it: a failed act leaves its values on the object in hand."""
    if made is not None and hasattr(made, "refresh_from_db"):
        fresh(made)
    return made


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_denied_to_who_has_no_part_in_it(world, name):
    by, do, before, _act = ACTS[name]
    office = name in OF_THE_OFFICE
    with world.acting(by):
        made = before and before(world)
        kept = everything()
        denials = [] if office else [("somchai", check.NOT_MEMBER)]
        if name not in OF_EVERYBODY:
            denials.append(("fah", check.NOT_YOUR_DISCIPLINE) if office else ("chai", check.NOT_YOUR_DISCIPLINE))
        for who, sentence in denials:
            with pytest.raises(Denied) as denied:
                do(world, made, who)
            assert denied.value.reason == sentence
    assert everything() == kept
