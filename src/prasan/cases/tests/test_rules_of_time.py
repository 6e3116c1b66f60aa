"""What is refused when a clock is extended or put right by hand, and when a day off is added or cancelled."""

from datetime import date, timedelta

import pytest

from prasan.cases.rules import FUTURE, NO_REASON, OLDER_THAN_SYSTEM, TOO_LONG
from prasan.cases.rules import time as rules
from prasan.plain.problem import Problem

TODAY = date(2026, 11, 24)  # a Tuesday
DAY = timedelta(days=1)
REASON_LONG = Problem(TOO_LONG, "reason", {"limit": 300})


def extend(**changes):
    told = {"running": True, "against": [], "length": 3, "unit": "days", "until": None, "end_on": TODAY + 5 * DAY, "on": TODAY,
            "start_on": TODAY - DAY, "reason": "The court allowed it", "today": TODAY}  # fmt: skip
    return list(rules.extension_problems(**(told | changes)))


@pytest.mark.parametrize(("changes", "problems"), [
    ({}, []),
    ({"length": 1}, []),
    ({"length": 999, "unit": "working days"}, []),
    ({"length": None, "until": TODAY + 6 * DAY, "unit": ""}, []),
    ({"length": None, "until": TODAY, "end_on": None}, []),
    ({"on": TODAY - DAY}, []),
    ({"reason": "x" * 300}, []),
    ({"on": TODAY + DAY}, [Problem(FUTURE, "on")]),
    ({"on": date(1989, 12, 31), "start_on": date(1989, 1, 1)}, [Problem(OLDER_THAN_SYSTEM, "on")]),
    ({"on": TODAY - 2 * DAY}, [Problem(rules.BEFORE_START, "on")]),
    ({"reason": " \u200b"}, [Problem(NO_REASON, "reason")]),
    ({"reason": "x" * 301}, [REASON_LONG]),
    ({"running": False}, [Problem(rules.NOT_RUNNING)]),
    ({"against": [Problem("The law allows one extension.")]}, [Problem("The law allows one extension.")]),
    ({"length": None}, [Problem(rules.NO_LENGTH, "length")]),
    ({"length": 0}, [Problem(rules.LENGTH_RANGE, "length")]),
    ({"length": 1000}, [Problem(rules.LENGTH_RANGE, "length")]),
    ({"unit": "fortnights"}, [Problem(rules.NO_SUCH_UNIT, "unit")]),
    ({"length": None, "unit": ""}, [Problem(rules.NO_LENGTH, "length"), Problem(rules.NO_SUCH_UNIT, "unit")]),
    ({"until": TODAY + 9 * DAY}, [Problem(rules.BOTH_LENGTHS, "until")]),
    ({"length": None, "until": TODAY + 5 * DAY}, [Problem(rules.NOT_LONGER, "until", {"end": date(2026, 11, 29)})]),
])  # fmt: skip
def test_a_clock_is_extended_by_a_length_or_to_a_later_day_with_a_reason(changes, problems):
    assert extend(**changes) == problems


@pytest.mark.parametrize(("changes", "problems"), [
    ({}, []),
    ({"on": TODAY - DAY}, []),
    ({"on": TODAY + DAY}, [Problem(FUTURE, "on")]),
    ({"on": TODAY - 2 * DAY}, [Problem(rules.BEFORE_START, "on")]),
    ({"running": False}, [Problem(rules.NOT_RUNNING)]),
    ({"event": "judgment_read"}, [Problem(rules.NOT_FILED, "event")]),
])  # fmt: skip
def test_a_running_clock_is_kept_by_what_it_offers_on_a_day_since_it_began(changes, problems):
    told = {"running": True, "event": "petition_filed", "offered": {"petition_filed"}, "on": TODAY,
            "start_on": TODAY - DAY, "today": TODAY}  # fmt: skip
    assert list(rules.kept_problems(**(told | changes))) == problems


def override(**changes):
    told = {"running": True, "end_on": TODAY, "stop": False, "start_on": TODAY - DAY, "reason": "Counted wrongly"}
    return list(rules.override_problems(**(told | changes)))


@pytest.mark.parametrize(("changes", "problems"), [
    ({}, []),
    ({"end_on": None, "stop": True}, []),
    ({"end_on": TODAY - DAY}, []),
    ({"protects_until": TODAY}, []),
    ({"reason": ""}, [Problem(NO_REASON, "reason")]),
    ({"reason": "x" * 301}, [REASON_LONG]),
    ({"running": False}, [Problem(rules.NOT_RUNNING)]),
    ({"stop": True}, [Problem(rules.END_OR_STOP, "end_on")]),
    ({"end_on": None}, [Problem(rules.END_OR_STOP, "end_on")]),
    ({"end_on": None, "protects_until": TODAY}, [Problem(rules.END_OR_STOP, "end_on")]),
    ({"end_on": TODAY - 2 * DAY}, [Problem(rules.BEFORE_START, "end_on")]),
    ({"protects_until": TODAY + DAY}, [Problem(rules.PROTECTS)]),
    ({"end_on": None, "stop": True, "protects_until": TODAY - 9 * DAY}, [Problem(rules.PROTECTS)]),
])  # fmt: skip
def test_a_clock_is_put_right_with_a_reason_and_never_shortened_where_it_gives_rest(changes, problems):
    assert override(**changes) == problems


def day_off(**changes):
    told = {"on": TODAY, "is_off": True, "calendars": ["court"], "off_in": [], "corrected": False, "name_en": "Day of the house",
            "name_th": "วันของบ้าน", "source": "Gazette 143", "first": TODAY - 9 * DAY, "last": TODAY + 9 * DAY}  # fmt: skip
    return list(rules.day_off_problems(**(told | changes)))


FAR = Problem(rules.FAR_DAY, "on", {"first": date(2026, 11, 15), "last": date(2026, 12, 3)})
CANCEL = {"is_off": False, "off_in": ["court", "bank"]}


@pytest.mark.parametrize(("changes", "problems"), [
    ({}, []),
    (CANCEL, []),
    ({"calendars": ["court", "bank"], "off_in": ["court"]}, []),
    (CANCEL | {"calendars": ["court", "government"]}, []),
    ({"on": TODAY - 8 * DAY}, []),
    ({"on": TODAY + 9 * DAY}, []),
    ({"name_en": "x" * 120, "name_th": "ก" * 120, "source": "x" * 200}, []),
    ({"on": TODAY - 10 * DAY}, [FAR]),
    ({"on": TODAY + 10 * DAY}, [FAR]),
    ({"on": TODAY + 4 * DAY}, [Problem(rules.WEEKEND, "on")]),
    ({"on": TODAY + 5 * DAY}, [Problem(rules.WEEKEND, "on")]),
    ({"calendars": []}, [Problem(rules.NO_CALENDAR, "calendars")]),
    ({"calendars": ["court", "market"]}, [Problem(rules.NO_CALENDAR, "calendars")]),
    ({"corrected": True}, [Problem(rules.ALREADY_CORRECTED, "on")]),
    ({"off_in": ["court", "bank"]}, [Problem(rules.ALREADY_OFF, "on")]),
    ({"is_off": False}, [Problem(rules.ALREADY_WORKED, "on")]),
    ({"is_off": False, "off_in": ["bank"]}, [Problem(rules.ALREADY_WORKED, "on")]),
    ({"name_en": " "}, [Problem(rules.NAMES_NEEDED, "name_en")]),
    ({"name_th": "\u200b"}, [Problem(rules.NAMES_NEEDED, "name_th")]),
    ({"name_en": "x" * 121}, [Problem(TOO_LONG, "name_en", {"limit": 120})]),
    ({"name_th": "ก" * 121}, [Problem(TOO_LONG, "name_th", {"limit": 120})]),
    ({"source": ""}, [Problem(rules.NO_SOURCE, "source")]),
    ({"source": "x" * 201}, [Problem(TOO_LONG, "source", {"limit": 200})]),
])  # fmt: skip
def test_a_day_off_is_added_where_it_is_worked_or_cancelled_where_it_is_off_with_names_and_source(changes, problems):
    assert day_off(**changes) == problems
