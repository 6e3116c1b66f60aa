"""Nobody is asked twice, and nobody is asked while a clock forbids it."""

from datetime import timedelta

import pytest

from prasan.access.check import Denied
from prasan.access.models import CaseAccess
from prasan.access.opening import NOT_YOUR_PART
from prasan.access.system import system_read
from prasan.cases import queries_of_telling as queries
from prasan.cases.actions import correct, persons, work
from prasan.cases.models import Appointment, Interview
from prasan.cases.rules import telling
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_case, make_person
from tests.kept import stored, the_one

from .interviewing import SAFE, adult, born, clock, record, refused


def test_a_guardian_under_suspicion_is_refused_and_the_sentence_names_the_representative(world):
    born(world, 2012)
    with_guardian = {**SAFE, "present": [*SAFE["present"], "guardian"]}
    assert refused(world, **with_guardian) == {telling.SUSPICION_UNSAID}
    assert refused(world, **with_guardian, guardian_suspected=True) == {telling.GUARDIAN_SUSPECTED}
    assert "s.6" in telling.GUARDIAN_SUSPECTED
    assert record(world, **with_guardian, guardian_suspected=False).present[-1] == "guardian"


def test_a_guardian_who_is_a_suspect_of_the_case_is_found_whatever_was_answered(world):
    adult(world)
    told = {"guardian": world.suspect.person, "guardian_suspected": False}
    assert refused(world, **told) == {telling.GUARDIAN_SUSPECTED}
    aunt = make_person(world, world.case, "other", "ป้า", by="mali")
    row = record(world, guardian=aunt.person, guardian_suspected=False)
    assert (row.guardian_id, row.present) == (aunt.person_id, ["inquiry_officer", "guardian"])


def test_an_interpreter_is_asked_about_and_a_conflict_warns(world):
    adult(world)
    there = ["inquiry_officer", "interpreter"]
    assert refused(world, present=there) == {telling.CONFLICT_UNSAID}
    row = record(world, present=there, interpreter_free_of_conflict=False)
    warned = telling.warnings(free_of_conflict=row.interpreter_free_of_conflict, officer_agreed=False,
                              has_exception=row.has_exception)  # fmt: skip
    assert warned == [telling.INTERPRETER_CONFLICT, telling.OFFICER_NOT_AGREED]
    assert telling.warnings(free_of_conflict=True, officer_agreed=True, has_exception=False) == []


def test_a_second_interview_on_a_topic_needs_a_reason_is_marked_and_counted(world):
    adult(world)
    first = record(world, topics=["recruitment", "journey"])
    assert refused(world, topics=["journey", "money"]) == {telling.TOLD_ALREADY}
    second = record(world, topics=["journey", "money"], again_because="ศาลขอให้ยืนยัน")
    third = record(world, topics=["violence"], again_because="ไม่จำเป็น")
    assert [r.repeats for r in (first, second, third)] == [False, True, False]
    assert third.again_because is None
    with world.acting("nok"):
        assert queries.words_of(world.nok, second, AT).again_because == "ศาลขอให้ยืนยัน"
        (counted,) = queries.tellings(queries.interviews(world.nok, world.case))
    assert (counted.times, counted.repeats, counted.bodies) == (3, 1, ("police",))


def test_another_agency_does_not_ask_again_either_and_sees_who_was_told(world):
    adult(world)
    first = record(world)
    assert refused(world, "mali", body="ngo", purpose="care", told="") == {telling.TOLD_ALREADY}
    with world.acting("mali"):
        ((row, reads),) = queries.told_on(world.mali, world.survivor.person)["recruitment"]
    assert (row.pk, reads) == (first.pk, False)


def test_what_a_person_told_a_lawyer_is_known_and_counted_for_readers_of_that_part_alone(world):
    adult(world)
    row = record(world, "preecha", purpose="compensation", body="ngo", topics=["money"])
    for name, known in (("preecha", True), ("wit", True), ("nok", False), ("mali", False), ("anan", False)):
        with world.acting(name):
            viewer = world.staff[name]
            assert bool(queries.interviews(viewer, world.case)) is known
            assert bool(queries.tellings(queries.interviews(viewer, world.case))) is known
            assert ("money" in queries.told_on(viewer, world.survivor.person)) is known
            assert queries.is_known(viewer, row) is known
    assert record(world, topics=["money"]).repeats is False


def test_who_asked_is_counted_for_readers_of_that_part_alone(world):
    adult(world)
    record(world)
    for name, bodies in (("nok", ("police",)), ("mali", ())):
        with world.acting(name):
            (counted,) = queries.tellings(queries.interviews(world.staff[name], world.case))
            assert (counted.times, counted.bodies) == (1, bodies)


def test_what_somebody_else_told_does_not_count_as_told(world):
    adult(world)
    record(world, part=world.suspect, purpose="identification", **SAFE)
    assert record(world).repeats is False


def test_the_ledger_of_another_team_is_not_seen_and_asks_nobody_for_a_reason(world):
    adult(world)
    other = make_case(world, "Other matter")
    with world.acting("mali"):
        persons.attach_person(by=world.mali, case=other, person=world.survivor.person, part="witness", since_on=TODAY,
                              at=AT, today=TODAY)  # fmt: skip
    record(world, case=other)
    with world.acting("nok"):
        assert set(queries.told_on(world.nok, world.survivor.person)) == {"recruitment"}
    assert refused(world) == {telling.TOLD_ALREADY}
    with system_read("team_change", line=False):
        CaseAccess.objects.filter(case=other, user=world.nok).update(until=AT - timedelta(days=1))
    with world.acting("nok"):
        assert queries.told_on(world.nok, world.survivor.person) == {}
    assert record(world).repeats is False


@pytest.mark.parametrize("block", telling.BLOCKS)
def test_while_a_clock_blocks_it_an_inquiry_interview_is_refused_and_the_sentence_names_clock_and_end(world, block):
    adult(world)
    clock(world, [block], start_on=TODAY - timedelta(days=3))
    with pytest.raises(Refused) as found:
        record(world)
    (problem,) = found.value.problems
    assert problem.message == telling.CLOCK_RUNS
    assert problem.params["end"] == "6 December 2026"
    assert "eflection" in str(problem)


def test_reflection_leaves_care_open_and_blocks_nobody_else_and_nothing_after_its_end(world):
    adult(world)
    clock(world, ["identification_interview", "interview_invitation"], start_on=TODAY - timedelta(days=3))
    assert record(world, "mali", purpose="care", topics=["health"], body="ngo", told="").partition == "care"
    assert record(world, part=world.suspect, purpose="other", **SAFE).pk
    assert record(world, held_at=AT - timedelta(days=9)).pk


@pytest.mark.parametrize("gone", [{"state": "stopped"}, {"state": "satisfied"}, {"closed_as": "error"},
                                  {"start_on": TODAY - timedelta(days=40)}])  # fmt: skip
def test_a_clock_that_no_longer_runs_blocks_nothing(world, gone):
    adult(world)
    clock(world, list(telling.BLOCKS), **gone)
    assert record(world).pk


def test_an_identification_interview_is_blocked_by_the_first_phase_and_not_by_the_second(world):
    adult(world)
    clock(world, ["justice_interview"], start_on=TODAY - timedelta(days=3))
    assert record(world, purpose="identification", body="ngo").pk
    assert telling.CLOCK_RUNS in refused(world, topics=["money"])


def test_no_appointment_for_an_interview_is_made_while_a_clock_blocks_invitations(world):
    clock(world, ["identification_interview", "interview_invitation"], start_on=TODAY - timedelta(days=3))

    def invite(kind="interview", about=world.survivor.person, days=2):
        with world.acting("mali"):
            return work.add_appointment(by=world.mali, case=world.case, kind=kind, about=about, at=AT,
                                        starts_at=AT + timedelta(days=days))  # fmt: skip

    for days in (2, 40):
        with pytest.raises(Refused) as found:
            invite(days=days)
        assert [p.message for p in found.value.problems] == [telling.CLOCK_RUNS]
    assert stored(Appointment) == []
    assert invite("visit").pk
    assert invite(about=world.suspect.person).pk
    with pytest.raises(Refused) as found:
        invite(about=None)
    assert [(p.message, p.field) for p in found.value.problems] == [(telling.NO_PERSON, "about")]
    assert invite("visit", about=None).pk


def test_a_correction_replaces_the_interview_and_is_no_repetition(world):
    adult(world)
    first = record(world)
    second = record(world, topics=["recruitment", "money"], replaces=first)
    assert second.repeats is False
    assert the_one(Interview, pk=first.pk).closed_as == "superseded"
    assert Line.objects.filter(act="cases.correct").count() == 1
    with world.acting("nok"):
        assert queries.interviews(world.nok, world.case) == [(second, True)]
    with pytest.raises(Denied) as denied:
        record(world, "mali", replaces=second, told="")
    assert denied.value.reason == NOT_YOUR_PART


def test_an_interview_entered_in_error_leaves_the_ledger(world):
    adult(world)
    row = record(world)
    with world.acting("nok"):
        correct.enter_in_error(by=world.nok, row=row, act="cases.correct", reason="twice", version=1, at=AT, today=TODAY)
        assert queries.interviews(world.nok, world.case) == []
    assert record(world).repeats is False
