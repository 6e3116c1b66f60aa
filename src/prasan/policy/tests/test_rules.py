"""Stages, tiers and series: what moves, what is counted in a row, what is never joined."""

from datetime import date

import pytest

from prasan.policy import rules

TODAY = date(2026, 11, 24)
GOOD = {
    "text_en": "Let survivors keep their phones.", "text_th": "", "made_on": date(2026, 3, 1), "indicia": ["tip_02"],
    "addressed_to": "Ministry", "contribution": "joint", "known": {"tip_02"}, "today": TODAY,
}  # fmt: skip


def said(**changes):
    return [p.message for p in rules.recommendation_problems(**(GOOD | changes))]


def test_a_recommendation_needs_text_addressee_day_and_contribution():
    assert said() == []
    assert said(text_en=" ") == [rules.NO_TEXT]
    assert said(addressed_to="") == [rules.NO_ADDRESSEE]
    assert said(made_on=date(2027, 1, 1)) == [rules.FUTURE]
    assert said(indicia=["tip_99"]) == [rules.NOT_INDICIUM]
    assert said(contribution="") == [rules.NO_CONTRIBUTION]
    assert said(text_en="x" * 4001) == [rules.TOO_LONG]


@pytest.mark.parametrize(("old", "stage", "fine"), [
    ("made", "accepted", True), ("made", "in_force", True), ("accepted", "in_force", True),
    ("accepted", "accepted", False), ("in_force", "rejected", False), ("in_force", "in_force", False),
    ("rejected", "repeated", True), ("repeated", "repeated", True),
])  # fmt: skip
def test_only_the_allowed_moves_pass(old, stage, fine):
    told = {"on": TODAY, "words": "Order 12", "made_on": date(2026, 1, 1), "last_on": None, "today": TODAY}
    found = [p.message for p in rules.measure_problems(old=old, stage=stage, **told)]
    assert found == ([] if fine else [rules.NOT_ALLOWED_MOVE])


def test_a_measure_needs_evidence_and_lies_after_what_came_before():
    told = {"old": "made", "stage": "accepted", "today": TODAY, "made_on": date(2026, 3, 1)}
    found = rules.measure_problems(on=date(2026, 2, 1), words="", last_on=None, **told)
    assert [p.message for p in found] == [rules.NO_EVIDENCE, rules.BEFORE_MADE]
    found = rules.measure_problems(on=date(2026, 4, 1), words="Order", last_on=date(2026, 5, 1), **told)
    assert [p.message for p in found] == [rules.BEFORE_LAST]


def test_years_in_a_row_stop_at_another_tier_and_at_a_gap():
    tiers = {2010: "2WL", 2011: "2WL", 2012: "2", 2014: "2WL", 2015: "2WL"}
    assert [rules.years_in_a_row(tiers, y) for y in (2011, 2012, 2014, 2015, 2016)] == [2, 0, 1, 2, 0]


def test_days_before_1990_and_endless_evidence_are_refused():
    assert said(made_on=date(1989, 12, 31)) == [rules.TOO_EARLY]
    told = {"old": "made", "stage": "accepted", "today": TODAY, "made_on": date(2026, 3, 1), "last_on": None}
    found = rules.measure_problems(on=TODAY, words="x" * 4001, **told)
    assert [p.message for p in found] == [rules.TOO_LONG]
