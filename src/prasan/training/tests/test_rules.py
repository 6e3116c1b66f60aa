"""What is refused of a training session."""

from datetime import date
from decimal import Decimal

from prasan.training import rules

TODAY = date(2026, 11, 24)
KINDS = frozenset({"law_enforcement", "ngo"})
GOOD = {"title": "Interviewing", "topic": "interviewing", "on": date(2026, 11, 2), "hours": Decimal(6)}


def said(**changes):
    return [p.message for p in rules.session_problems(**{**GOOD, "today": TODAY, **changes})]


def test_a_good_session_has_no_problem():
    assert said() == []
    assert list(rules.group_problems([rules.Group("ngo", "female", 12)], kinds=KINDS)) == []


def test_a_session_needs_title_topic_a_day_that_was_and_hours():
    assert said(title="  ") == [rules.NO_TITLE]
    assert said(title="x" * 161) == [rules.TOO_LONG]
    assert said(topic="dance") == [rules.NO_TOPIC]
    assert said(on=date(2026, 11, 25)) == [rules.FUTURE]
    assert said(on=date(1989, 12, 31)) == [rules.TOO_EARLY]
    assert said(hours=Decimal(0)) == [rules.BAD_HOURS]
    assert said(hours=Decimal(401)) == [rules.BAD_HOURS]


def test_a_group_needs_its_kind_and_its_number():
    groups = [
        rules.Group("", "female", 3), rules.Group("ngo", "", 0), rules.Group("ngo", "male", -1),
        rules.Group("ngo", "male", 5001),
    ]  # fmt: skip
    found = list(rules.group_problems(groups, kinds=KINDS))
    assert [p.message for p in found] == [rules.NO_KIND, rules.NO_COUNT, rules.NEGATIVE, rules.TOO_MANY]
    assert [p.params["row"] for p in found] == [1, 2, 3, 4]
    assert [p.message for p in rules.group_problems([], kinds=KINDS)] == [rules.NOBODY]
