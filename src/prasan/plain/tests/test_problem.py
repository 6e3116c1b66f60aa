"""Problems, refusals and marked words."""

import pytest

from prasan.plain.problem import Problem, Refused, refuse_if
from prasan.plain.words import gettext_noop


def test_a_marked_sentence_stays_as_it_is():
    assert gettext_noop("The day is missing.") == "The day is missing."


def test_a_problem_fills_its_sentence_and_leaves_a_bare_percent_alone():
    assert str(Problem("At most %(most)s.", "length", {"most": 5})) == "At most 5."
    assert str(Problem("100% is the most.")) == "100% is the most."


def test_problems_are_compared_by_value_and_can_be_gathered():
    assert Problem("a", "x", {"n": 1}) == Problem("a", "x", {"n": 1}) != Problem("a", "x", {"n": 2})
    assert len({Problem("a"), Problem("a"), Problem("b")}) == 2


def test_nothing_wrong_refuses_nothing():
    assert refuse_if(iter(())) is None


def test_everything_wrong_is_told_at_once():
    with pytest.raises(Refused, match=r"one; two") as refused:
        refuse_if(Problem(message) for message in ("one", "two"))
    assert [problem.message for problem in refused.value.problems] == ["one", "two"]


def test_one_problem_alone_is_taken():
    assert Refused(Problem("one", "on")).problems == [Problem("one", "on")]


def test_a_refusal_without_a_reason_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        Refused([])
