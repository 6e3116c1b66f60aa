"""Reflection begins on entry, runs by its clock, and what must wait for its end waits."""


import pytest

from prasan.cases.models import RunningClock
from prasan.cases.queries_of_time import blocked
from prasan.cases.rules import telling
from prasan.facts.models import Fact
from prasan.identification.actions import reflection, stages
from prasan.identification.models import Decision, Reflection
from prasan.identification.rules import early_ends as ending
from prasan.identification.rules import protection as rules
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import stored, the_one

from .protecting import DAY, HOUR, by, clock, differences, end, facts_now, fresh, in_reflection, standing
from .test_actions import concur, propose, screen

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")


def test_entry_into_the_referral_mechanism_begins_reflection_and_blocks_interviews(world):
    row = in_reflection(world)
    assert (row.entered_on, row.person_id) == (TODAY, world.survivor.person_id)
    with world.acting("mali"):
        for what in ("identification_interview", "interview_invitation"):
            assert [c.clock for c in blocked(world.case, world.survivor.person, what, AT)] == ["reflection-a"]
        assert blocked(world.case, world.survivor.person, "identification_interview", AT + 30 * DAY) == []
    assert facts_now() == ["reflection_started"]
    assert differences() == []
    assert Line.objects.filter(act="identification.record_reflection").count() == 1


def test_without_entry_there_is_no_reflection_and_a_second_screening_begins_no_second_one(world):
    screen(world, enters_nrm=False)
    assert stored(Reflection) == []
    in_reflection(world)
    screen(world, form="first_contact_child", answers={"recruited": "yes"})
    assert len(stored(Reflection)) == 1


def test_a_corrected_screening_corrects_the_period_that_it_began(world):
    first = screen(world)
    row = the_one(Reflection)
    second = screen(world, replaces=first, situation="online")
    assert the_one(Reflection, closed_as="").screening_id == second.pk
    third = screen(world, "ploy", "psychologist", replaces=second, on=TODAY - DAY)
    assert the_one(Reflection, closed_as="").entered_on == TODAY - DAY
    assert clock("reflection-a", row).state == "stopped"
    assert differences() == []
    screen(world, replaces=third, enters_nrm=False)  # Mali takes back what Ploy wrote
    assert stored(Reflection, closed_as="") == []
    assert facts_now() == []
    assert differences() == []


def test_a_screening_entered_in_error_takes_the_period_with_it(world):
    row = screen(world)
    by(world, "ploy", stages.enter_in_error, row=row, reason="twice", version=1)
    assert stored(Reflection, closed_as="") == []
    assert stored(RunningClock, clock="reflection-a", state="running") == []
    assert facts_now() == []


@pytest.mark.parametrize("name", ["mali", "anan", "dao"])
def test_nobody_ends_a_running_period_by_a_correction_alone(world, name):
    """Mali wrote it; a police officer and a coordinator do not stand beside the person."""
    row, period = screen(world), the_one(Reflection)
    for what in (row, period):
        with pytest.raises(Refused) as refused:
            by(world, name, stages.enter_in_error, row=fresh(world, what), reason="twice", version=1)
        assert [p.message for p in refused.value.problems] == [ending.NOT_ALONE]
    assert clock("reflection-a", period).state == "running"
    assert the_one(Reflection).in_force


@pytest.mark.parametrize("changed", [{"enters_nrm": False}, {"on": TODAY - 20 * DAY}])
def test_nor_by_correcting_the_entry_or_its_day(world, changed):
    row = screen(world)
    with pytest.raises(Refused) as refused:
        screen(world, replaces=row, **changed)
    assert ending.NOT_ALONE in [p.message for p in refused.value.problems]


def test_a_period_that_has_run_out_holds_no_correction_up(world):
    row = screen(world, on=TODAY - 30 * DAY)
    by(world, "mali", stages.enter_in_error, row=row, reason="twice", version=1)
    assert not fresh(world, row).in_force


def test_time_alone_ends_the_period_on_its_last_day_once(world):
    row = in_reflection(world, on=TODAY - 30 * DAY)
    last = clock("reflection-a", row).end_on
    assert reflection.run_out_everywhere(at=AT) == 1
    row = the_one(Reflection)
    assert (row.ended_as, row.ended_on) == ("ran_out", last)
    assert reflection.run_out_everywhere(at=AT) == 0
    assert Fact.objects.get(kind="reflection_ended").quantity == (last - row.entered_on).days
    assert differences() == []
    assert Line.objects.filter(act="identification.reflection_ran_out").get().by == "system:tick"
    assert clock("reflection-a", row).state == "running"  # what it opened still waits: the interview


def test_a_period_that_has_passed_is_shown_so_before_anybody_wrote_it_down(world):
    in_reflection(world, on=TODAY - 30 * DAY)
    assert standing(world).reflecting(AT) is False
    assert standing(world).reflecting(AT - 29 * DAY) is True


def test_a_decision_ends_the_wait_after_the_period_and_never_the_period_itself(world):
    row = in_reflection(world, on=TODAY - 30 * DAY)
    concur(world, propose(world))
    assert clock("reflection-a", row).state == "satisfied"
    assert stored(RunningClock, clock="reflection-b") == []  # ships off


@pytest.mark.parametrize("outcome", ["identified", "not_identified", "undetermined"])
def test_the_formal_decision_waits_for_the_end_of_reflection(world, outcome):
    in_reflection(world)
    with pytest.raises(Refused) as refused:
        propose(world, outcome=outcome)
    assert [p.message for p in refused.value.problems] == [telling.CLOCK_RUNS]
    assert stored(Decision) == []


def test_that_somebody_is_presumed_a_victim_is_said_at_any_time_and_leaves_the_period_alone(world):
    row = in_reflection(world)
    concur(world, propose(world, outcome="presumed"))
    assert clock("reflection-a", row).state == "running"
    assert the_one(Reflection).ended_on is None


def test_a_wish_that_the_witness_confirmed_opens_the_decision_from_that_instant_on_and_not_before(world):
    end(world, in_reflection(world, on=TODAY - 4 * DAY))
    with pytest.raises(Refused):
        propose(world, on=TODAY - 2 * DAY)
    later = AT + HOUR
    decided = by(world, "mali", stages.propose_decision, at=later, participation=world.survivor, outcome="identified",
                 law_basis="s6", forms=["sexual_exploitation"], reasons="ครบองค์ประกอบ", on=TODAY, body="mdt",
                 discipline="social_worker")  # fmt: skip
    assert decided.status == "proposed"


def test_the_second_phase_begins_where_the_pack_has_it_on(world, monkeypatch):
    from dataclasses import replace

    from prasan import packs

    of_pack = packs.clock

    def switched_on(code, on):
        law = of_pack(code, on)
        return replace(law, enabled=True) if code == "reflection-b" else law

    monkeypatch.setattr(packs, "clock", switched_on)
    in_reflection(world, on=TODAY - 30 * DAY)
    row = concur(world, propose(world))
    assert clock("reflection-b", row).end_on is not None
    with world.acting("mali"):
        assert blocked(world.case, world.survivor.person, "justice_interview", AT)


def test_a_period_begins_by_hand_for_whoever_entered_elsewhere(world):
    row = by(world, "noi", reflection.begin_reflection, participation=world.survivor, on=TODAY - DAY)
    assert clock("reflection-a", row).start_on == TODAY - DAY
    with pytest.raises(Refused) as refused:
        by(world, "noi", reflection.begin_reflection, participation=world.survivor, on=TODAY)
    assert [p.message for p in refused.value.problems] == [rules.ALREADY_REFLECTING]
    with pytest.raises(Refused):
        by(world, "noi", reflection.begin_reflection, participation=world.suspect, on=TODAY)
