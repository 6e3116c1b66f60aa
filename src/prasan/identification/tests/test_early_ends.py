"""Reflection ends early when one tells it and the witness confirms it; nobody ends it alone."""

from decimal import Decimal

import pytest

from prasan.access.allow import Changed
from prasan.access.system import system_read
from prasan.cases.actions import clocks
from prasan.cases.models import Event, RunningClock
from prasan.cases.queries_of_time import blocked
from prasan.cases.rules.time import PROTECTS
from prasan.facts.models import Fact
from prasan.identification import due_of_protection
from prasan.identification import queries_of_protection as queries
from prasan.identification.models import EarlyEnd, Reflection
from prasan.identification.rules import early_ends as ending
from prasan.identification.rules import protection as rules
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import cannot_write, everything, stored, the_one

from .protecting import DAY, answer_end, by, clock, differences, end, in_reflection, propose_end, record_interview

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")


def test_the_own_recorded_wish_ends_the_period_early_and_lies_sealed(world):
    row = end(world, in_reflection(world, on=TODAY - 4 * DAY))
    told = the_one(EarlyEnd)
    assert (row.ended_as, row.ended_on) == ("own_wish", TODAY)
    assert (told.status, told.interpreter, told.witness) == ("confirmed", True, world.ploy)
    assert clock("reflection-a", row).state == "stopped"
    fact = Fact.objects.get(kind="reflection_ended", superseded_at=None)
    assert (fact.quantity, fact.category, fact.on) == (Decimal(4), "own_wish", TODAY)
    assert differences() == []
    with world.acting("mali"):
        assert queries.opened(world.mali, [told], "wish", AT) == {told.pk: "อยากคุยกับเจ้าหน้าที่แล้ว"}
        assert blocked(world.case, world.survivor.person, "identification_interview", AT) == []
    assert "อยาก".encode() not in bytes(told.wish)
    acts = ["identification.propose_early_end", "identification.answer_early_end"]
    assert [Line.objects.get(act=act).by for act in acts] == [str(world.mali.pk), str(world.ploy.pk)]


def test_until_the_witness_confirms_it_the_period_runs_on_and_the_proposal_is_on_the_witness_s_day(world):
    row = in_reflection(world, on=TODAY - DAY)
    told = propose_end(world, row)
    assert the_one(Reflection).ended_on is None
    assert clock("reflection-a", row).state == "running"
    for name, lines in (("ploy", 1), ("mali", 0), ("preecha", 0)):
        with world.acting(name):
            due = [line for line in due_of_protection.due(world.staff[name], TODAY) if "witness" in line.text]
            assert [world.survivor.person.code in line.text for line in due] == [True] * lines
    with pytest.raises(Refused) as refused:
        propose_end(world, row)
    assert [p.message for p in refused.value.problems] == [ending.END_WAITS]
    for name in ("mali", "anan", "preecha"):
        with pytest.raises(Refused) as refused:
            answer_end(world, told, name)
        assert ending.NOT_THE_WITNESS in [p.message for p in refused.value.problems]
    answer_end(world, told)
    with world.acting("ploy"):
        assert not any("witness" in line.text for line in due_of_protection.due(world.ploy, TODAY))
    with pytest.raises(Changed):
        answer_end(world, told, version=1)


def test_a_refused_early_end_ends_nothing_keeps_its_words_and_may_be_told_anew(world):
    row = in_reflection(world, on=TODAY - DAY)
    told = answer_end(world, propose_end(world, row), answer="refused")
    assert (told.status, told.answered_on, bool(told.wish)) == ("refused", TODAY, True)
    assert (the_one(Reflection).ended_on, clock("reflection-a", row).state) == (None, "running")
    assert stored(Event, kind="early_end_refused")
    assert propose_end(world, row).status == "proposed"


def test_an_early_end_that_nobody_answers_in_three_days_counts_no_more(world):
    row = in_reflection(world, on=TODAY - DAY)
    told = propose_end(world, row)
    later = {"at": AT + 4 * DAY, "today": TODAY + 4 * DAY}
    with world.acting("ploy"):
        assert len(queries.ends_to_answer(world.ploy, TODAY + 3 * DAY)) == 1
        assert queries.ends_to_answer(world.ploy, later["today"]) == []
    with pytest.raises(Refused) as refused:
        answer_end(world, told, **later)
    assert [p.message for p in refused.value.problems] == [ending.END_ANSWERED]
    assert propose_end(world, row, **later).pk != told.pk


def test_the_police_alone_cannot_end_reflection_whichever_two_officers_they_are(world):
    row = in_reflection(world, on=TODAY - DAY)
    for name, witness in (("anan", world.nok), ("anan", world.wit), ("nok", world.anan), ("dao", world.anan)):
        for how in ("own_wish", "left", "transferred"):
            with pytest.raises(Refused) as refused:
                propose_end(world, row, name, how, witness=witness)
            assert [p.message for p in refused.value.problems] == [ending.NOT_THIS_PAIR]
    propose_end(world, row, "anan", witness=world.ploy)
    assert the_one(Reflection).ended_on is None
    with pytest.raises(Refused):
        record_interview(world, "anan")


def test_the_clock_of_reflection_is_not_stopped_or_shortened_by_hand(world):
    row = in_reflection(world)
    running = clock("reflection-a", row)
    for told in ({"stop": True}, {"end_on": TODAY}):
        with pytest.raises(Refused) as refused:
            by(world, "anan", clocks.override_clock, clock=running, reason="Interview", version=running.version, **told)
        assert [p.message for p in refused.value.problems] == [PROTECTS]
    longer = {"end_on": TODAY + 40 * DAY, "reason": "The cabinet closed the office", "version": running.version}
    assert by(world, "mali", clocks.override_clock, clock=running, **longer).end_on == TODAY + 40 * DAY


def test_whoever_left_ended_on_that_day_once_a_second_person_says_so(world):
    row = end(world, in_reflection(world, on=TODAY - 4 * DAY), "noi", how="left", on=TODAY - 2 * DAY, witness=world.ploy)
    assert (row.ended_as, row.ended_on, the_one(EarlyEnd).wish) == ("left", TODAY - 2 * DAY, None)
    assert clock("reflection-a", row).state == "stopped"
    assert differences() == []


def test_a_period_that_is_over_ends_by_itself_and_no_witness_confirms_it(world):
    row = in_reflection(world, on=TODAY - 2 * DAY)
    told = propose_end(world, row)
    with system_read("verify", line=False):
        RunningClock._base_manager.filter(clock="reflection-a").update(ends_at=AT)
    with pytest.raises(Refused) as refused:
        answer_end(world, told)
    assert [p.message for p in refused.value.problems] == [rules.ALREADY_ENDED]
    with pytest.raises(Refused) as refused:
        propose_end(world, row, how="left")
    assert [p.message for p in refused.value.problems] == [rules.RAN_OUT, ending.END_WAITS]


@pytest.mark.parametrize("broken", ["propose", "answer"])
def test_without_its_journal_line_an_early_end_is_neither_told_nor_confirmed(world, monkeypatch, broken):
    row = in_reflection(world, on=TODAY - DAY)
    told = propose_end(world, row) if broken == "answer" else None
    before = everything()
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        answer_end(world, told) if told else propose_end(world, row)
    monkeypatch.undo()
    assert everything() == before


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": ""}, "Write something."), ({"understood": "neither"}, ending.NEEDS_INTERPRETER),
        ({"witness": None}, ending.NO_WITNESS), ({"how": "ran_out"}, rules.UNKNOWN_CODE),
        ({"language": "tha", "understood": "shared"}, ending.NOT_THEIR_LANGUAGE),
    ],
)  # fmt: skip
def test_nothing_else_ends_the_period_early(world, changed, sentence):
    row = in_reflection(world)
    with pytest.raises(Refused) as refused:
        propose_end(world, row, **changed)
    assert [p.message for p in refused.value.problems] == [sentence]
    assert the_one(Reflection).ended_on is None


def test_nobody_is_the_own_witness_and_a_witness_is_of_the_team(world):
    row = in_reflection(world)
    for witness, sentence in ((world.mali, ending.WITNESS_IS_SELF), (world.somchai, ending.NO_WITNESS),
                              (world.chai, ending.NO_WITNESS)):  # fmt: skip
        with pytest.raises(Refused) as refused:
            propose_end(world, row, witness=witness)
        assert [p.message for p in refused.value.problems] == [sentence]
