"""Investigations, operations, removals, arrests: the rules alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from prasan.investigation import rules

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TOMORROW = TODAY + timedelta(days=1)
PLAN = {
    "planned_on": TOMORROW, "today": TODAY, "place_kind": "massage", "province": "TH-57",
    "provinces": frozenset({"TH-57"}), "lead_body": "dsi", "bodies": frozenset({"dsi"}), "risk_checked": True,
    "risk_words": "exits, families",
}  # fmt: skip
RESULT = {"old": "planned", "new": "done", "done_at": AT, "contribution": "joint", "today": TODAY}
REMOVAL = {
    "is_survivor": True, "already": False, "on": TODAY, "contribution": "led", "today": TODAY,
    "operation_status": "",
}  # fmt: skip


def told(problems):
    return [p.message for p in problems]


def test_an_investigation_is_opened_once_and_never_in_the_future():
    assert told(rules.opening_problems(opened_on=TODAY, today=TODAY, exists=False)) == []
    assert told(rules.opening_problems(opened_on=TOMORROW, today=TODAY, exists=True)) == [
        rules.FUTURE,
        rules.ALREADY_OPEN,
    ]


@pytest.mark.parametrize(
    ("closed_on", "already", "sentences"),
    [
        (TODAY, None, []),
        (date(2026, 10, 1), None, []),
        (date(2026, 9, 30), None, [rules.ENDS_FIRST]),
        (TOMORROW, None, [rules.FUTURE]),
        (TODAY, TODAY, [rules.ALREADY_CLOSED]),
    ],
)
def test_an_investigation_ends_once_and_not_before_it_began(closed_on, already, sentences):
    opened_on = date(2026, 10, 1)
    found = rules.closing_problems(opened_on=opened_on, closed_on=closed_on, today=TODAY, already=already)
    assert told(found) == sentences


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({}, []),
        ({"province": ""}, []),
        ({"risk_checked": False, "risk_words": ""}, []),
        ({"planned_on": TODAY - timedelta(days=30)}, []),
        ({"planned_on": date(2028, 1, 1)}, [rules.TOO_FAR]),
        ({"planned_on": date(1989, 1, 1)}, [rules.OLDER_THAN_SYSTEM]),
        ({"place_kind": "castle"}, [rules.NO_PLACE]),
        ({"province": "TH-99"}, [rules.NO_PROVINCE]),
        ({"lead_body": ""}, [rules.NO_BODY]),
        ({"risk_words": " "}, [rules.NO_WORDS]),
        ({"risk_words": "x" * 1001}, [rules.TOO_LONG]),
    ],
)
def test_a_plan_says_where_who_leads_and_what_was_checked(change, sentences):
    assert told(rules.plan_problems(**PLAN | change)) == sentences


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({}, []),
        ({"new": "cancelled", "done_at": None, "contribution": ""}, []),
        ({"new": "cancelled"}, [rules.NOT_DONE]),
        ({"done_at": None}, [rules.NO_DONE_AT]),
        ({"contribution": ""}, [rules.NO_CONTRIBUTION]),
        ({"done_at": AT + timedelta(days=1)}, [rules.FUTURE]),
        ({"old": "done", "new": "planned"}, [rules.NOT_ALLOWED_MOVE]),
        ({"old": "cancelled"}, [rules.NOT_ALLOWED_MOVE]),
    ],
)
def test_a_plan_is_carried_out_with_time_and_contribution_or_called_off(change, sentences):
    assert told(rules.result_problems(**RESULT | change)) == sentences


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({}, []),
        ({"is_survivor": False}, [rules.NOT_SURVIVOR]),
        ({"already": True}, [rules.COUNTED]),
        ({"contribution": ""}, [rules.NO_CONTRIBUTION]),
        ({"on": TOMORROW}, [rules.FUTURE]),
        ({"operation_status": "cancelled"}, [rules.NOT_CARRIED_OUT]),
    ],
)
def test_a_survivor_leaves_harm_once_and_the_contribution_is_said(change, sentences):
    assert told(rules.removal_problems(**REMOVAL | change)) == sentences


def test_the_arrest_of_somebody_who_is_no_suspect_is_not_recorded_here():
    good = {"is_defendant": True, "contribution": "led", "operation_status": "done"}
    assert told(rules.arrest_problems(**good)) == []
    assert told(rules.arrest_problems(**good | {"is_defendant": False})) == [rules.NOT_DEFENDANT]
    assert told(rules.arrest_problems(**good | {"contribution": "?"})) == [rules.NO_CONTRIBUTION]
    assert told(rules.arrest_problems(**good | {"operation_status": "cancelled"})) == [rules.NOT_CARRIED_OUT]


def test_a_day_before_1990_is_taken_for_a_slip():
    assert told(rules.day_problems(date(1989, 12, 31), TODAY, "on")) == [rules.OLDER_THAN_SYSTEM]
    assert told(rules.day_problems(date(1990, 1, 1), TODAY, "on")) == []
