"""What is refused of a lead, and where a lead may go: truth tables without a database."""

from datetime import UTC, date, datetime

import pytest

from prasan.leads import rules

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
KNOWN = {"channel": {"walk_in"}, "forms": {"unknown"}, "mode": {"online"}, "province": {"TH-10"}}
GOOD = {
    "channel": "walk_in", "urgency": "soon", "text": "told", "forms": ["unknown"], "mode": "online",
    "province": "TH-10", "received_on": TODAY, "today": TODAY, "known": KNOWN,
}  # fmt: skip


def said(**changed):
    return [(p.field, p.message) for p in rules.problems(**{**GOOD, **changed})]


def test_a_lead_that_says_how_it_came_and_what_was_told_is_taken():
    assert said() == []
    assert said(province="", forms=[]) == []


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"channel": ""}, "channel", rules.NO_CHANNEL),
        ({"channel": "pigeon"}, "channel", rules.UNKNOWN_CODE),
        ({"urgency": ""}, "urgency", rules.NO_URGENCY),
        ({"text": " \u200b "}, "text", rules.NO_TEXT),
        ({"text": "x" * 8001}, "text", rules.TOO_LONG),
        ({"forms": ["x"]}, "forms", rules.UNKNOWN_CODE),
        ({"mode": "x"}, "mode", rules.UNKNOWN_CODE),
        ({"province": "x"}, "province", rules.UNKNOWN_CODE),
        ({"received_on": date(2026, 11, 25)}, "received_on", rules.FUTURE),
        ({"received_on": date(1989, 12, 31)}, "received_on", rules.OLDER_THAN_SYSTEM),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(changed, field, message):
    assert said(**changed) == [(field, message)]


def test_every_state_is_a_status_and_moves_only_between_statuses():
    assert set(rules.STATES) == set(rules.STATUSES)
    assert {to for moves in rules.STATES.values() for to in moves} <= set(rules.STATUSES)


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("new", "accepted", True), ("triaged", "triaged", True), ("closed", "triaged", True),
        ("closed", "accepted", False), ("accepted", "closed", False), ("merged", "triaged", False),
        ("referred", "closed", True), ("new", "new", False),
    ],
)  # fmt: skip
def test_a_lead_moves_only_as_the_table_says(old, new, allowed):
    assert (list(rules.move_problems(old, new)) == []) is allowed


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"same": True}, rules.SAME_LEAD),
        ({"into_status": "merged"}, rules.ALREADY_MERGED),
        ({"same_desk": False}, rules.OTHER_DESK),
        ({}, None),
    ],
)
def test_a_lead_is_merged_only_into_one_that_stands_for_itself(told, message):
    given = {"same": False, "same_desk": True, "into_status": "new", "into_code": "L-1"} | told
    assert [p.message for p in rules.merge_problems(**given)] == ([message] if message else [])


def test_closing_for_another_reason_says_which():
    assert [p.message for p in rules.close_problems(reason="other", words=" ")] == [rules.NO_WORDS]
    assert [p.message for p in rules.close_problems(reason="", words="")] == [rules.NO_REASON]
    assert list(rules.close_problems(reason="misuse", words="")) == []


@pytest.mark.parametrize(
    ("urgency", "received_on", "tone"),
    [
        ("danger", TODAY, "late"), ("child", TODAY, "today"), ("normal", TODAY, "soon"),
        ("normal", date(2026, 11, 23), "today"), ("normal", date(2026, 11, 22), "late"),
    ],
)  # fmt: skip
def test_a_lead_presses_at_once_in_danger_and_otherwise_after_a_day(urgency, received_on, tone):
    assert rules.lateness(urgency, received_on, TODAY) == tone


def test_a_report_lies_between_the_sighting_and_now():
    later = datetime(2026, 11, 25, tzinfo=UTC)
    late = [p.message for p in rules.report_problems(to=["ticac"], reported_at=later, seen_at=AT, at=AT)]
    assert late == [rules.FUTURE]
    early = [p.message for p in rules.report_problems(to=["x"], reported_at=AT, seen_at=later, at=AT)]
    assert early == [rules.NO_REPORT, rules.REPORT_FIRST]


def test_words_at_the_end_of_a_lead_are_few():
    assert [p.message for p in rules.close_problems(reason="other", words="x" * 400)] == []
    assert [p.message for p in rules.close_problems(reason="other", words="x" * 401)] == [rules.TOO_LONG]


def test_a_sighting_of_abuse_says_where_who_and_a_time_that_was():
    good = {"address": "https://example.test/x", "seen_by": "nok", "seen_at": AT, "at": AT}
    assert list(rules.abuse_problems(**good)) == []
    later = datetime(2026, 11, 25, tzinfo=UTC)
    bad = {"address": " ", "seen_by": "", "seen_at": later, "at": AT}
    assert [p.message for p in rules.abuse_problems(**bad)] == [rules.NO_ADDRESS, rules.NO_WITNESS, rules.FUTURE]
