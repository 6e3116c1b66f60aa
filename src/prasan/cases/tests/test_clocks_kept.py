"""When a clock was kept or missed is told by what happened, not by when it was typed; what falls away gives way."""

from datetime import date, timedelta

import pytest

from prasan.access.check import NOT_YOUR_DISCIPLINE, Denied
from prasan.access.opening import NOT_YOUR_PART
from prasan.cases import queries_of_time
from prasan.cases.actions import clocks, custody, persons, ticking
from prasan.cases.models import RunningClock
from prasan.cases.rules import time as rules
from prasan.plain import counting
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import everything, fresh, stored, the_one

from .acts import arrest, in_error
from .test_clocks import READ_ON, begin, by_hand, extend, kinds, running

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def custody_step(world, step, at):
    with world.acting("nok"):
        return custody.record_custody(by=world.nok, participation=world.suspect, step=step, step_at=at, at=AT)


def arrested(world, at):
    with world.acting("nok"):
        return arrest(world, step_at=at)


@pytest.mark.parametrize(("hours", "kept"), [(20, True), (47, True), (48, False), (96, False)])
@pytest.mark.parametrize("ticked", [True, False])
def test_a_remand_typed_days_later_was_in_time_or_late_by_its_own_hour(world, hours, kept, ticked):
    start = AT - 10 * DAY
    arrested(world, start)
    if ticked:
        ticking.tick(AT)
    custody_step(world, "remanded", start + hours * HOUR)
    clock = the_one(RunningClock, clock="arrest-to-court")
    assert (clock.state, clock.missed_at is None, clock.ended_at) == ("satisfied", kept, start + hours * HOUR)
    assert ("clock_missed" in kinds(world)) is (ticked or not kept)


def test_a_day_counts_from_its_first_hour(world):
    clock = begin(world, "temporary-protection", start=AT, event="person_protected")
    with world.acting("mali"):
        clocks.satisfy(world.case, clock.clock, by=world.mali, event="consented_to_stay", at=AT + 9 * DAY,
                       happened=TODAY + DAY)  # fmt: skip
    fresh(clock)
    assert (clock.state, clock.missed_at) == ("satisfied", None)


def kept(world, clock, by="preecha", **told):
    given = {"event": "petition_44_1_filed", "on": TODAY, "version": clock.version}
    with world.acting(by):
        return clocks.keep_clock(by=world.staff[by], clock=clock, at=AT, today=TODAY, **given | told)


def test_what_was_done_at_a_court_keeps_its_clock_and_can_be_taken_back(world):
    clock = begin(world, "petition-44-1", start=READ_ON, event="indicted", partition="legal")
    kept(world, clock, on=READ_ON + DAY)
    assert (clock.state, clock.ended_by_event, clock.missed_at) == ("satisfied", "petition_44_1_filed", None)
    assert kinds(world) == ["clock_kept"]
    with world.acting("preecha"):
        clocks.take_back(by=world.preecha, clock=clock, version=clock.version, at=AT, today=TODAY)
    assert (clock.state, clock.ended_by_event, clock.ended_by) == ("running", "", "")
    assert sorted(kinds(world)) == ["clock_kept", "clock_runs_again"]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"event": "indicted"}, rules.NOT_FILED), ({"event": ""}, rules.NOT_FILED),
        ({"on": READ_ON - DAY}, rules.BEFORE_START), ({"on": TODAY + DAY}, "This date lies in the future."),
    ],
)  # fmt: skip
def test_only_what_the_clock_waits_for_is_written_on_a_day_since_it_began(world, told, sentence):
    clock = begin(world, "petition-44-1", start=READ_ON, event="indicted")
    before = everything()
    with pytest.raises(Refused) as refused:
        kept(world, clock, **told)
    assert sentence in [p.message for p in refused.value.problems]
    assert everything() == before


def test_what_another_record_ended_is_not_taken_back_at_the_clock(world):
    arrested(world, AT)
    custody_step(world, "remanded", AT)
    clock = the_one(RunningClock, clock="arrest-to-court")
    with world.acting("nok"), pytest.raises(Refused, match="correct the record"):
        clocks.take_back(by=world.nok, clock=clock, version=clock.version, at=AT, today=TODAY)


def test_who_may_not_see_a_clock_does_not_write_that_it_was_kept(world):
    hidden = begin(world, "petition-44-1", event="indicted", partition="investigation")
    for who, sentence in (("mali", NOT_YOUR_PART), ("chai", NOT_YOUR_DISCIPLINE)):
        with pytest.raises(Denied) as denied:
            kept(world, hidden, by=who)
        assert denied.value.reason == sentence


def test_every_event_that_is_written_at_a_clock_is_one_that_some_clock_waits_for():
    from prasan import packs

    waited = {event for clock in packs.clocks().values() for event in clock.satisfied_by}
    assert waited >= rules.FILED_ELSEWHERE


def test_an_extension_runs_on_from_the_end_that_was_set_by_hand(world):
    clock = begin(world)
    by_hand(world, clock, end_on=date(2027, 2, 1))
    extend(world, clock, length=9)
    assert (clock.end_on, clock.unmoved_on) == (date(2027, 2, 10), date(2027, 2, 10))
    assert [e.get("by_hand", False) for e in clock.extensions] == [True, False]


def test_a_clock_without_a_period_ends_on_the_day_that_was_set(world):
    clock = begin(world, "petition-44-1", event="indicted")
    assert clock.ends_at is None
    by_hand(world, clock, end_on=date(2027, 1, 15))
    fresh(clock)
    assert (clock.end_on, clock.state) == (date(2027, 1, 15), "running")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"length": 2, "unit": "weeks"}, counting.LATER), ({"length": 12, "unit": "months"}, counting.LATER),
        ({"length": 500, "unit": "hours"}, counting.LATER),
        ({"length": None, "until": TODAY + 300 * DAY}, counting.LATER),
    ],
)  # fmt: skip
def test_no_unit_and_no_day_takes_a_limit_of_liberty_past_the_law(world, told, sentence):
    clock = begin(world, "temporary-protection", start=AT, event="person_protected", by="mali")
    was = clock.ends_at
    with pytest.raises(Refused) as refused:
        extend(world, clock, by="mali", **told)
    assert sentence in [p.message for p in refused.value.problems]
    fresh(clock)
    assert (clock.ends_at, clock.extensions) == (was, [])
    extend(world, clock, by="mali", length=7, unit="days")


def test_hours_do_not_extend_days_and_the_page_says_so(world):
    with pytest.raises(Refused) as refused:
        extend(world, begin(world), length=5, unit="hours")
    assert [p.message for p in refused.value.problems] == [counting.HOURS_OF_DAYS]


def test_a_part_in_error_leaves_the_right_of_another_part_running(world):
    with world.acting("mali"):
        other = persons.change_part(by=world.mali, case=world.case, person=world.survivor.person, part="victim", on=TODAY,
                                    at=AT, today=TODAY)  # fmt: skip
        in_error(world, world.survivor)
    clock = the_one(RunningClock, clock="rights-notice", state="running")
    assert (clock.target, clock.start_on) == (clocks.reference(other), TODAY)


def test_the_first_of_two_entries_of_one_arrest_in_error_leaves_its_limit_running(world):
    first = arrested(world, AT - 3 * HOUR)
    second = arrested(world, AT - 2 * HOUR)
    with world.acting("nok"):
        in_error(world, first, by="nok")
    clock = the_one(RunningClock, clock="arrest-to-court", state="running")
    assert (clock.target, clock.end_at) == (clocks.reference(second), AT + 46 * HOUR)


def test_an_entry_in_error_starts_nothing_that_a_later_step_ended(world):
    first = arrested(world, AT - 3 * HOUR)
    arrested(world, AT - 2 * HOUR)
    custody_step(world, "remanded", AT - HOUR)
    with world.acting("nok"):
        in_error(world, first, by="nok")
    assert running(world, about=world.suspect.person) == ["remand"]


def test_a_reflection_that_was_an_error_forbids_nothing_afterwards(world):
    clock = begin(world, "reflection-a", start=TODAY, event="nrm_entered", about=world.survivor.person)
    moment = AT - HOUR

    def forbidden():
        with world.acting("mali"):
            return queries_of_time.blocked(world.case, world.survivor.person, "identification_interview", moment)

    assert forbidden() == [clock]
    with world.acting("mali"):
        clocks.stop(world.case, "reflection-a", by=world.mali, event="entered_in_error", at=AT)
    assert forbidden() == []


def test_what_others_must_not_know_does_not_push_out_what_is_one_s_own(world, monkeypatch):
    monkeypatch.setattr(queries_of_time, "MOST_DUE", 2)
    for days in range(4):
        begin(world, "bail", start=AT - (200 + days) * DAY, event="released_on_bail", partition="investigation")
    own = begin(world, start=TODAY - 60 * DAY)
    with world.acting("mali"):
        assert own in queries_of_time.clocks_due(world.mali, AT)
    assert len(stored(RunningClock, clock="bail")) == 4
