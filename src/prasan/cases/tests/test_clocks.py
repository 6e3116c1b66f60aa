"""Clocks of law: begun, kept, stopped, extended, set by hand, missed; nothing without its line."""

from datetime import UTC, date, datetime, timedelta

import pytest

from prasan.access.allow import Changed
from prasan.access.check import NOT_MEMBER, NOT_YOUR_DISCIPLINE, Denied
from prasan.access.opening import NOT_YOUR_PART
from prasan.access.table import PARTITIONS
from prasan.cases import queries_of_time
from prasan.cases.actions import clocks, custody, persons, team, ticking
from prasan.cases.models import CustodyStep, Event, RunningClock, TeamMember
from prasan.cases.rules import time as rules
from prasan.journal.models import Line
from prasan.plain.counting import NOBODY_EXTENDS
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_case
from tests.kept import cannot_write, everything, fresh, stored, the_one

from .acts import arrest, in_error

pytestmark = pytest.mark.django_db
READ_ON = date(2026, 11, 20)
SUNDAY, MONDAY = date(2026, 12, 20), date(2026, 12, 21)


def begin(world, code="appeal", start=READ_ON, event="judgment_read", by="preecha", **told):
    with world.acting(by):
        return clocks.begin(world.case, code, by=world.staff[by], start=start, event=event, at=AT,
                            **({"about": world.suspect.person} | told))  # fmt: skip


def extend(world, clock, by="preecha", **told):
    given = {"length": 10, "unit": "days", "on": TODAY, "reason": "The court allowed it", "version": clock.version}
    with world.acting(by):
        return clocks.extend_clock(by=world.staff[by], clock=clock, at=AT, today=TODAY, **given | told)


def by_hand(world, clock, by="preecha", **told):
    given = {"reason": "The judgment was read again", "version": clock.version}
    with world.acting(by):
        return clocks.override_clock(by=world.staff[by], clock=clock, at=AT, today=TODAY, **given | told)


def acts_of(clock):
    target = clocks.reference(clock)
    return [line.act for line in Line.objects.filter(target=target).order_by("n")]


def kinds(world):
    return [event.kind for event in stored(Event, case=world.case) if event.kind.startswith("clock_")]


def test_a_clock_begins_with_its_end_by_the_law_and_its_line(world):
    clock = begin(world)
    assert (clock.end_on, clock.unmoved_on) == (MONDAY, SUNDAY)
    assert clock.ends_at == datetime(2026, 12, 21, 17, tzinfo=UTC)
    assert (clock.state, clock.confirmed, clock.partition) == ("running", True, "shared")
    assert acts_of(clock) == ["cases.begin_clock"]


def test_the_same_start_again_gives_the_clock_that_runs_already(world):
    assert begin(world).pk == begin(world).pk
    assert begin(world, start=TODAY).pk != begin(world).pk


def test_a_row_that_ships_off_starts_nothing_and_an_unknown_code_neither(world):
    assert begin(world, "reflection-b", event="victim_identified") is None
    assert begin(world, "no-such-clock") is None
    assert stored(RunningClock, clock="reflection-b") == []


def test_a_clock_of_hours_runs_from_the_instant_and_ends_to_the_minute(world):
    since = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    clock = begin(world, "temporary-protection", start=since, event="person_protected")
    assert (clock.end_at, clock.end_on) == (since + timedelta(hours=24), None)


def test_kept_and_stopped_clocks_tell_by_what_and_leave_their_line(world):
    one, other = begin(world), begin(world, start=TODAY)
    with world.acting("preecha"):
        told = {"by": world.preecha, "at": AT}
        assert clocks.satisfy(world.case, "appeal", event="appealed", target="nothing", **told) == 0
        assert clocks.satisfy(world.case, "appeal", event="appealed", about=world.survivor.person, **told) == 0
        assert clocks.satisfy(world.case, "appeal", event="appealed", about=world.suspect.person, **told) == 2
        assert clocks.stop(world.case, "appeal", event="released", **told) == 0
    fresh(one)
    assert (one.state, one.ended_by_event, one.ended_at) == ("satisfied", "appealed", AT)
    assert acts_of(other) == ["cases.begin_clock", "cases.satisfy_clock"]


def test_an_extension_runs_from_the_unmoved_day_and_is_then_not_confirmed(world):
    clock = extend(world, begin(world))
    assert (clock.end_on, clock.confirmed) == (date(2026, 12, 30), False)
    assert clock.extensions[0]["reason"] == "The court allowed it"
    assert acts_of(clock) == ["cases.begin_clock", "cases.extend_clock"]
    assert kinds(world) == ["clock_extended"]


def test_the_day_that_an_order_states_wins(world):
    assert extend(world, begin(world), length=None, until=date(2027, 1, 15)).end_on == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("told", "message", "field"),
    [
        ({"length": None}, rules.NO_LENGTH, "length"),
        ({"length": 0}, rules.LENGTH_RANGE, "length"),
        ({"length": 1000}, rules.LENGTH_RANGE, "length"),
        ({"unit": "fortnights"}, rules.NO_SUCH_UNIT, "unit"),
        ({"until": date(2027, 1, 15)}, rules.BOTH_LENGTHS, "until"),
        ({"length": None, "until": date(2026, 12, 1)}, rules.NOT_LONGER, "until"),
        ({"on": date(2026, 11, 1)}, rules.BEFORE_START, "on"),
        ({"on": date(2026, 12, 1)}, "This date lies in the future.", "on"),
        ({"reason": "  "}, "Write the reason.", "reason"),
        ({"reason": "x" * 301}, "At most %(limit)s characters.", "reason"),
    ],
)
def test_an_extension_that_cannot_be_is_refused_with_its_sentence(world, told, message, field):
    clock = begin(world)
    kept = everything()
    with pytest.raises(Refused) as refused:
        extend(world, clock, **told)
    assert (message, field) in [(p.message, p.field) for p in refused.value.problems]
    assert everything() == kept


def test_nobody_extends_what_the_law_lets_nobody_extend(world):
    clock = begin(world, "arrest-to-court", start=AT, event="arrested")
    with pytest.raises(Refused) as refused:
        extend(world, clock, length=1)
    assert [p.message for p in refused.value.problems] == [NOBODY_EXTENDS]


def test_what_is_over_is_neither_extended_nor_set_by_hand(world):
    clock = by_hand(world, begin(world), stop=True)
    assert (clock.state, clock.ended_by_event) == ("stopped", "overridden")
    for act in (lambda: extend(world, clock), lambda: by_hand(world, clock, stop=True)):
        with pytest.raises(Refused) as refused:
            act()
        assert rules.NOT_RUNNING in [p.message for p in refused.value.problems]


def test_an_end_set_by_hand_stands_with_its_reason_in_journal_and_timeline(world):
    clock = by_hand(world, begin(world), end_on=date(2026, 12, 25))
    assert (clock.end_on, clock.ends_at) == (date(2026, 12, 25), datetime(2026, 12, 25, 17, tzinfo=UTC))
    assert clock.override_reason == "The judgment was read again"
    assert acts_of(clock)[-1] == "cases.override_clock"
    line = Line.objects.get(act="cases.override_clock")
    assert '"rev"' in line.body
    assert "read again" not in line.body
    assert kinds(world) == ["clock_overridden"]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({}, rules.END_OR_STOP),
        ({"stop": True, "end_on": MONDAY}, rules.END_OR_STOP),
        ({"end_on": date(2026, 11, 1)}, rules.BEFORE_START),
        ({"stop": True, "reason": " "}, "Write the reason."),
    ],
)
def test_setting_by_hand_without_end_or_reason_is_refused(world, told, message):
    clock = begin(world)
    with pytest.raises(Refused) as refused:
        by_hand(world, clock, **told)
    assert message in [p.message for p in refused.value.problems]


@pytest.mark.parametrize("act", [extend, lambda w, c, **t: by_hand(w, c, stop=True, **t)])
def test_who_has_no_part_in_it_neither_extends_nor_sets_by_hand(world, act):
    shared, hidden = begin(world), begin(world, start=TODAY, partition="investigation")
    legal = begin(world, "limitation", event="offence_committed", start=TODAY, partition="legal")
    kept = everything()
    for who, clock, sentence in (
        ("chai", shared, NOT_YOUR_DISCIPLINE), ("somchai", shared, NOT_MEMBER), ("mali", hidden, NOT_YOUR_PART),
        ("chai", legal, NOT_YOUR_DISCIPLINE),
    ):  # fmt: skip
        with pytest.raises(Denied) as denied:
            act(world, clock, by=who)
        assert denied.value.reason == sentence
    assert everything() == kept


def test_two_windows_do_not_overwrite_one_another(world):
    clock = begin(world)
    with world.acting("preecha"):
        other = RunningClock.objects.get(pk=clock.pk)
    extend(world, clock)
    for act in (lambda: extend(world, other, version=1), lambda: by_hand(world, clock, stop=True, version=1)):
        with pytest.raises(Changed):
            act()


@pytest.mark.parametrize("act", [extend, lambda w, c: by_hand(w, c, stop=True)])
def test_without_a_line_nothing_is_saved(world, act, monkeypatch):
    clock = begin(world)
    kept = everything()
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError):
        act(world, clock)
    assert everything() == kept


def test_time_alone_misses_a_clock_once_and_the_timeline_says_so(world):
    clock = begin(world)
    assert ticking.tick(datetime(2026, 12, 21, 16, 59, tzinfo=UTC)) == 0
    late = datetime(2026, 12, 21, 17, tzinfo=UTC)
    assert ticking.unmarked(late) == 1
    assert (ticking.tick(late), ticking.tick(late), ticking.unmarked(late)) == (1, 0, 0)
    fresh(clock)
    assert (clock.missed_at, clock.state) == (late, "running")
    assert [e.on for e in stored(Event, kind="clock_missed")] == [MONDAY]
    assert Line.objects.get(act="cases.miss_clock").by == "system:tick"


def test_reflection_is_late_only_after_its_days_of_grace_and_rights_are_never_marked(world):
    clock = begin(world, "reflection-a", start=date(2026, 11, 2), event="nrm_entered")
    assert clock.end_on == date(2026, 11, 17)
    assert ticking.tick(datetime(2026, 11, 19, tzinfo=UTC)) == 0
    assert ticking.tick(datetime(2026, 11, 21, tzinfo=UTC)) == 1
    assert the_one(RunningClock, clock="rights-notice").missed_at is None


def test_a_running_clock_says_what_it_blocks_and_for_whom(world):
    begin(world, "reflection-a", start=TODAY, event="nrm_entered", about=world.survivor.person)
    with world.acting("mali"):
        case, person = world.case, world.survivor.person
        found = queries_of_time.blocked(case, person, "identification_interview", AT)
        assert [c.clock for c in found] == ["reflection-a"]
        assert queries_of_time.blocked(case, person, "justice_interview", AT) == []
        assert queries_of_time.blocked(case, world.suspect.person, "identification_interview", AT) == []
        assert queries_of_time.blocked(case, person, "identification_interview", AT + timedelta(days=40)) == []


def test_each_reads_the_clocks_of_the_own_partitions_and_the_court_s_where_charges_are_seen(world):
    begin(world, partition="legal")
    begin(world, "bail", event="released_on_bail", partition="investigation")
    other = make_case(world, "Another")
    with world.acting("preecha"):
        clocks.begin(other, "appeal", by=world.preecha, start=READ_ON, event="judgment_read", at=AT)
        seen = {c.case_id for c in queries_of_time.clocks_due(world.preecha, AT, 40) if c.clock == "appeal"}
        assert seen == {world.case.pk, other.pk}
    with world.acting("mali"):
        assert [c.clock for c in queries_of_time.clocks_of(world.mali, world.case)] == ["appeal", "rights-notice"]
        assert {c.case_id for c in queries_of_time.clocks_due(world.mali, AT, 40) if c.clock == "appeal"} == {other.pk}
        assert "bail" not in {c.clock for c in queries_of_time.clocks_due(world.mali, AT, 400)}
    with world.acting("chai"):
        assert [c.clock for c in queries_of_time.clocks_of(world.chai, world.case)] == ["rights-notice"]
        assert {c.case_id for c in queries_of_time.clocks_due(world.chai, AT, 40) if c.clock == "appeal"} == {other.pk}
    with world.acting("somchai"):
        assert queries_of_time.clocks_due(world.somchai, AT, 40) == []
        assert queries_of_time.clocks_of(world.somchai, world.case) == []


def test_where_no_lawyer_is_left_the_court_s_clocks_come_to_whoever_sees_its_charges(world):
    begin(world, partition="legal")

    def due(name):
        with world.acting(name):
            return [c.clock for c in queries_of_time.clocks_due(world.staff[name], AT, 40) if c.clock == "appeal"]

    assert (due("preecha"), due("mali"), due("chai")) == (["appeal"], [], [])
    with world.acting("dao"):
        for member in TeamMember.objects.filter(case=world.case, discipline__in=PARTITIONS["legal"], until_on=None):
            team.remove_member(by=world.dao, case=world.case, member=member, at=AT, today=TODAY)
    assert (due("mali"), due("nok"), due("chai")) == (["appeal"], ["appeal"], [])


def running(world, **where):
    return sorted(c.clock for c in stored(RunningClock, case=world.case, state="running", closed_as="", **where))


def test_whoever_may_be_a_victim_is_told_of_rights_once(world):
    clock = the_one(RunningClock, clock="rights-notice")
    assert (clock.about_id, clock.start_on, clock.end_on) == (world.survivor.person_id, date(2026, 10, 2), None)
    with world.acting("mali"):
        persons.change_part(by=world.mali, case=world.case, person=world.survivor.person, part="victim", on=TODAY,
                            at=AT, today=TODAY)  # fmt: skip
    assert the_one(RunningClock, clock="rights-notice").pk == clock.pk
    with world.acting("mali"):
        in_error(world, world.survivor)
    fresh(clock)
    assert (clock.state, clock.ended_by_event) == ("stopped", "entered_in_error")


def test_an_arrest_reaches_the_court_in_48_hours_then_remand_then_bail(world):
    with world.acting("nok"):
        row = arrest(world)
    assert running(world, about=world.suspect.person) == ["arrest-to-court"]
    clock = the_one(RunningClock, clock="arrest-to-court")
    assert (clock.end_at, clock.target) == (AT + timedelta(hours=48), clocks.reference(row))
    for step, expected in (("remanded", ["remand"]), ("bailed", ["bail"]), ("released", [])):
        with world.acting("nok"):
            custody.record_custody(by=world.nok, participation=world.suspect, step=step, step_at=AT, at=AT)
        assert running(world, about=world.suspect.person) == expected
    states = {c.clock: c.state for c in stored(RunningClock, about=world.suspect.person)}
    assert states == {"arrest-to-court": "satisfied", "remand": "stopped", "bail": "stopped"}


def test_an_arrest_in_error_stops_its_clock_and_a_remand_in_error_lets_it_run_again(world):
    with world.acting("nok"):
        row = arrest(world)
        remand = custody.record_custody(by=world.nok, participation=world.suspect, step="remanded", step_at=AT, at=AT)
        in_error(world, remand, by="nok")
        assert running(world, about=world.suspect.person) == ["arrest-to-court"]
        in_error(world, row, by="nok")
    assert running(world, about=world.suspect.person) == []


def test_a_corrected_arrest_runs_from_the_right_moment_alone(world):
    earlier = AT - timedelta(hours=5)
    with world.acting("nok"):
        arrest(world, replaces=arrest(world), step_at=earlier)
    assert len(stored(CustodyStep, closed_as="")) == 1
    assert the_one(RunningClock, clock="arrest-to-court", state="running").start_at == earlier
