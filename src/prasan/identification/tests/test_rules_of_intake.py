"""What is refused at an intake of many people: its day and place, a person's moves, a screening's end, a refusal."""

from datetime import date, timedelta

import pytest

from prasan import packs
from prasan.cases.rules import FUTURE
from prasan.identification.rules import NOTHING_ASKED, UNKNOWN_ANSWER
from prasan.identification.rules import forms as asking
from prasan.identification.rules import intake as rules
from prasan.plain.problem import Problem

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
MOST = Problem(rules.NOT_A_NUMBER_OF_PEOPLE, "expected", {"most": "20,000"})


def unknown(field):
    return Problem(rules.UNKNOWN_CODE, field)


@pytest.mark.parametrize(("changes", "problems"), [
    ({}, []),
    ({"province": "", "expected": None}, []),
    ({"expected": 1}, []),
    ({"expected": 20_000}, []),
    ({"expected": 0}, [MOST]),
    ({"expected": 20_001}, [MOST]),
    ({"on": TODAY + DAY}, [Problem(FUTURE, "on")]),
    ({"place": "moon"}, [unknown("place")]),
    ({"province": "TH-99"}, [unknown("province")]),
    ({"situation": ""}, [unknown("situation")]),
])  # fmt: skip
def test_an_intake_says_when_where_and_in_which_situation(changes, problems):
    situation = min(packs.codes("screening_situation"))
    told = {"on": TODAY, "place": min(rules.PLACES), "province": "TH-57", "situation": situation, "expected": 300, "today": TODAY}
    assert list(rules.intake_problems(**(told | changes))) == problems


@pytest.mark.parametrize("old", rules.PERSON_STATUSES)
@pytest.mark.parametrize("new", rules.PERSON_STATUSES)
def test_a_person_moves_from_a_status_only_to_those_that_follow_it(old, new):
    told = [] if new in rules.PERSON_STATES[old] else [Problem(rules.NOT_NOW, params={"status": rules.PERSON_STATUSES[old]})]
    assert list(rules.move_problems(old, new)) == told


@pytest.mark.parametrize(("changes", "problems"), [
    ({}, []),
    ({"enters_nrm": False, "needs": []}, []),
    ({"on": TODAY - DAY}, []),
    ({"on": TODAY + DAY}, [Problem(FUTURE, "on")]),
    ({"on": TODAY - 2 * DAY}, [Problem(rules.BEFORE_INTAKE, "on")]),
    ({"enters_nrm": None}, [Problem(rules.NO_NRM_ANSWER, "enters_nrm")]),
    ({"needs": [min(rules.NEEDS), "gold"]}, [unknown("needs")]),
    ({"body": "nobody"}, [unknown("body")]),
])  # fmt: skip
def test_a_screening_ends_with_the_answer_about_the_referral_mechanism_and_needs_of_the_list(changes, problems):
    told = {"needs": [min(rules.NEEDS)], "enters_nrm": True, "body": "police", "on": TODAY, "met_on": TODAY - DAY, "today": TODAY}
    assert list(rules.result_problems(**(told | changes))) == problems


NOT_GROWN = Problem(rules.CHILD_CANNOT_REFUSE)


@pytest.mark.parametrize(("changes", "problems"), [
    ({}, []),
    ({"status": "waiting", "age": 20}, []),
    ({"status": "moved"}, [Problem(rules.NOT_NOW, params={"status": "In a case"})]),
    ({"age": 17}, [NOT_GROWN]),
    ({"age": 19}, [NOT_GROWN]),
    ({"age": None}, [NOT_GROWN]),
    ({"age": None, "alone": True}, [NOT_GROWN]),
    ({"alone": True}, [Problem(rules.ANOTHER_MUST)]),
    ({"refused": "nothing"}, [unknown("refused")]),
    ({"sex": ""}, [unknown("sex")]),
])  # fmt: skip
def test_only_a_known_adult_refuses_and_not_before_the_member_who_made_one_of_a_child(changes, problems):
    told = {"status": "claimed", "age": 30, "alone": False, "refused": "all", "sex": "female"}
    assert list(rules.refusal_problems(**(told | changes))) == problems


@pytest.mark.parametrize(("age", "said", "group"), [
    (17, True, "child"), (None, True, "child"), (30, False, "adult"), (None, False, "unknown"), (None, None, "unknown"),
])  # fmt: skip
def test_who_is_only_said_to_be_an_adult_counts_as_not_known_for_the_choice_of_a_form(age, said, group):
    assert rules.age_group(age, said) == group


@pytest.mark.parametrize(("age", "child", "word"), [
    (0, True, "0"), (30, False, "30"), (None, True, "child"), (None, False, "adult"), (None, None, "unknown"),
])  # fmt: skip
def test_the_journal_says_the_age_as_a_number_or_as_it_was_said(age, child, word):
    assert rules.said_age(age, child) == word


@pytest.mark.parametrize(("group", "child_at_time", "problems"), [
    ("adult", None, []), ("unknown", False, []),
    ("adult", True, []), ("child", False, [Problem(asking.NOT_OF_AGE)]),
    ("unknown", None, [Problem(asking.NOT_OF_AGE)]), ("unknown", True, [Problem(asking.NOT_OF_AGE)]),
])  # fmt: skip
def test_a_form_for_adults_alone_is_asked_of_no_child_and_of_nobody_of_no_known_age(group, child_at_time, problems):
    assert list(asking.form_problems(packs.forms()["first_contact_adult"], group, child_at_time)) == problems
    assert list(asking.form_problems(packs.forms()["first_contact_child"], group, child_at_time)) == []


@pytest.mark.parametrize(("answers", "problems"), [
    ({"recruited": "yes"}, []),
    ({"recruited": "yes", "colour": "red"}, [Problem(UNKNOWN_ANSWER, "q_colour")]),
    ({"recruited": "perhaps"}, [Problem(UNKNOWN_ANSWER, "q_recruited")]),
    ({"recruited": "not_asked"}, [Problem(NOTHING_ASKED)]),
    ({}, [Problem(NOTHING_ASKED)]),
])  # fmt: skip
def test_answers_fit_the_form_and_at_least_something_was_asked(answers, problems):
    told = {"words": {}, "group": "adult", "child_at_time": False}
    assert list(rules.asking_problems(form=packs.forms()["first_contact_adult"], answers=answers, **told)) == problems
