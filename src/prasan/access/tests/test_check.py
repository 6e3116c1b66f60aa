"""Who may do what: the table as a truth table, with the sentence that is said."""

import pytest
from django.contrib.auth.models import AnonymousUser

from prasan.access import check
from prasan.access.check import Denied, may, partitions, refusal
from prasan.access.table import ACTS, Act
from prasan.cases.actions import matters, team
from tests.cast import AT, TODAY, make_case

NOT_MEMBER, NOT_DESK = check.NOT_MEMBER, check.NOT_DESK

# act, who, the sentence ("" = allowed)
TRUTH = [
    ("cases.view", "mali", ""),
    ("cases.view", "chai", ""),
    ("cases.view", "somchai", NOT_MEMBER),
    ("cases.view", "ubon", NOT_MEMBER),
    ("cases.view", "fah", NOT_MEMBER),
    ("cases.manage_team", "dao", ""),
    ("cases.manage_team", "nok", check.NOT_YOUR_DISCIPLINE),
    ("cases.manage_team", "ubon", NOT_MEMBER),
    ("care.view", "mali", ""),
    ("care.view", "nok", check.NOT_YOUR_DISCIPLINE),
    ("care.view", "preecha", check.NOT_YOUR_DISCIPLINE),
    ("justice.record_verdict", "preecha", ""),
    ("justice.record_verdict", "wit", ""),
    ("justice.record_verdict", "mali", check.NOT_YOUR_DISCIPLINE),
    ("leads.view", "nok", ""),
    ("leads.view", "preecha", NOT_DESK),
    ("leads.view", "somchai", NOT_DESK),
    ("training.record_session", "kwan", ""),
    ("training.record_session", "mali", check.NOT_YOUR_DISCIPLINE),
    ("access.manage_staff", "ubon", ""),
    ("access.manage_staff", "dao", check.NOT_YOUR_DISCIPLINE),
    ("desk.my_day", "somchai", ""),
]


@pytest.mark.parametrize(("act", "who", "sentence"), TRUTH)
def test_the_table_holds(world, act, who, sentence):
    obj = world.case if ACTS[act].scope == "case" else None
    denied = refusal(world.staff[who], act, obj)
    assert (denied.reason if denied else "") == sentence
    assert may(world.staff[who], act, obj) is (sentence == "")


def test_whoever_leads_a_case_builds_its_team_in_any_discipline_and_nobody_else_of_the_team_does(world):
    assert refusal(world.mali, "cases.manage_team", world.case).reason == check.NOT_YOUR_DISCIPLINE
    with world.acting("mali"):
        own = matters.open_case(by=world.mali, title="Market", forms=["forced_labour"], mode="physical",
                                province="TH-10", opened_on=TODAY, at=AT, today=TODAY)  # fmt: skip
        assert refusal(world.mali, "cases.manage_team", own) is None
        team.add_member(by=world.mali, case=own, staff=world.nok, discipline="investigator", at=AT, today=TODAY)
    assert refusal(world.nok, "cases.manage_team", own).reason == check.NOT_YOUR_DISCIPLINE
    assert refusal(world.dao, "cases.manage_team", own).reason == check.NOT_MEMBER


def test_a_denial_names_the_disciplines(world):
    with pytest.raises(Denied) as denied:
        check.check(world.mali, "justice.record_verdict", world.case)
    assert denied.value.reason % denied.value.params == "This is for these disciplines: lawyer, prosecutor."


def test_an_act_that_is_not_in_the_table_is_a_bug(world):
    with pytest.raises(KeyError):
        check.check(world.mali, "cases.read_everything", world.case)


def test_an_act_on_a_case_needs_the_case(world):
    with pytest.raises(TypeError):
        check.check(world.mali, "cases.view", None)


def test_nobody_and_the_disabled_are_refused_and_public_pages_are_not(world):
    assert refusal(None, "desk.my_day").reason == check.NOT_ACTIVE
    assert refusal(AnonymousUser(), "desk.my_day").reason == check.NOT_ACTIVE
    world.mali.is_active = False
    assert refusal(world.mali, "cases.view", world.case).reason == check.NOT_ACTIVE
    assert may(None, "public")


def test_membership_of_one_case_opens_no_other(world):
    other = make_case(world, "Another case")
    with world.acting("dao"):
        from prasan.cases.models import TeamMember
        from tests.cast import AT, TODAY

        member = TeamMember.objects.get(case=other, staff=world.mali)
        team.remove_member(by=world.dao, case=other, member=member, at=AT, today=TODAY)
    assert may(world.mali, "cases.view", world.case)
    assert not may(world.mali, "cases.view", other)


def test_a_person_is_seen_through_the_cases_of_the_viewer(world):
    assert may(world.nok, "people.view", world.survivor.person)
    assert not may(world.somchai, "people.view", world.survivor.person)


def test_a_record_of_a_case_is_checked_through_its_case(world):
    assert may(world.mali, "cases.change_part", world.survivor)
    assert not may(world.somchai, "cases.change_part", world.survivor)


def test_staff_without_any_discipline_may_only_what_everybody_may(world):
    world.mali.held.update(until_on="2026-01-01")
    vars(world.mali).pop("_disciplines", None)
    assert may(world.mali, "access.suspend")
    assert not may(world.mali, "training.view")


def test_partitions_are_private_by_default():
    assert partitions(frozenset()) == frozenset()
    assert partitions(frozenset({"coordinator"})) == {"shared"}
    assert partitions(frozenset({"investigator"})) == {"shared", "investigation"}
    assert partitions(frozenset({"psychologist"})) == {"shared", "care"}
    assert partitions(frozenset({"prosecutor"})) == {"shared", "legal", "investigation"}


def test_an_open_act_still_asks_for_a_discipline():
    assert not Act("case", frozenset({"*"}), "x").admits(frozenset())


def test_a_request_that_only_reads_asks_once_and_the_next_one_asks_anew(world, django_assert_num_queries):
    with check.reading():
        with django_assert_num_queries(1):
            assert may(world.mali, "cases.view", world.case)
            assert may(world.mali, "cases.add_note", world.case)
        check.CaseAccess.objects.filter(user=world.mali, case=world.case).update(until=check.now())
        assert may(world.mali, "cases.view", world.case)
    with check.reading():
        assert not may(world.mali, "cases.view", world.case)
    assert not may(world.mali, "cases.view", world.case)


def test_a_desk_is_asked_for_once_a_request_and_anew_by_the_next(world, django_assert_num_queries):
    with check.reading():
        with django_assert_num_queries(1):
            assert check.on_desk(world.nok)
            assert check.on_desk(world.nok)
        assert not check.on_desk(world.nok, 999), "another desk is another question"
        check.DeskAccess.objects.filter(user=world.nok).update(until=check.now())
    with check.reading():
        assert not check.on_desk(world.nok)


def test_what_is_remembered_of_one_viewer_answers_nobody_else(world):
    with check.reading():
        assert check.on_desk(world.nok)
        assert not check.on_desk(world.somchai)
        assert may(world.mali, "cases.view", world.case)
        assert not may(world.somchai, "cases.view", world.case)
        assert not may(world.somchai, "people.view", world.survivor.person)
        assert may(world.mali, "people.view", world.survivor.person)
