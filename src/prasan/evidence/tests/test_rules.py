"""What may be sealed and what is written down: the rules alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from prasan.evidence import rules

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
GOOD = {
    "looked": True, "size": 10, "used": 0, "file_name": "a.pdf", "kind": "paper", "from_whom": "police",
    "received_on": TODAY, "today": TODAY,
}  # fmt: skip
FOUND = {"found_where": "a page", "found_at": AT, "reported_to": "hotline", "report_ref": "17", "at": AT}


def told(problems):
    return [p.message for p in problems]


def test_a_file_that_was_looked_at_is_taken_in():
    assert told(rules.item_problems(**GOOD)) == []


def test_without_the_tick_nothing_else_is_even_looked_at():
    assert told(rules.item_problems(**GOOD | {"looked": False, "size": 0, "kind": "?"})) == [rules.NOT_LOOKED]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"size": 0}, rules.EMPTY),
        ({"size": rules.LARGEST + 1}, rules.TOO_LARGE),
        ({"used": rules.CASE_QUOTA - 9}, rules.CASE_FULL),
        ({"file_name": "a" * 201}, rules.NAME_TOO_LONG),
        ({"kind": "film"}, rules.NO_KIND),
        ({"from_whom": ""}, rules.NO_SOURCE),
        ({"received_on": TODAY + timedelta(days=1)}, rules.LATER),
    ],
)
def test_each_thing_that_is_wrong_has_its_sentence(change, sentence):
    assert told(rules.item_problems(**GOOD | change)) == [sentence]


def test_the_quota_may_be_filled_to_the_last_byte():
    assert told(rules.item_problems(**GOOD | {"used": rules.CASE_QUOTA - 10})) == []
    assert told(rules.item_problems(**GOOD | {"size": rules.LARGEST})) == []


def test_the_type_is_guessed_from_the_end_of_the_name_alone():
    assert rules.media_type("สัญญา.PDF") == "application/pdf"
    assert rules.media_type("page.html") == rules.media_type("run.exe") == rules.media_type("x") == rules.UNKNOWN_TYPE


def test_a_copy_has_our_name_and_an_end_that_starts_nothing():
    assert rules.name_of_copy("E-123", "application/pdf") == "E-123.pdf"
    assert rules.name_of_copy("E-123", rules.UNKNOWN_TYPE) == "E-123.bin"


def test_what_was_destroyed_or_entered_in_error_is_not_opened():
    assert told(rules.opening_problems(status="sealed", in_force=True)) == []
    assert told(rules.opening_problems(status="destroyed", in_force=True)) == [rules.DESTROYED]
    assert told(rules.opening_problems(status="sealed", in_force=False)) == [rules.CLOSED]


def test_suspected_abuse_is_written_down_with_address_time_and_reference():
    assert told(rules.abuse_problems(**FOUND)) == []
    assert told(rules.abuse_problems(**FOUND | {"reported_to": "not_yet", "report_ref": ""})) == []
    for change, sentence in (
        ({"found_where": "  "}, rules.NO_WHERE),
        ({"found_at": AT + timedelta(minutes=1)}, rules.LATER),
        ({"report_ref": ""}, rules.NEEDS_REFERENCE),
        ({"reported_to": ""}, rules.NO_REPORT),
    ):
        assert told(rules.abuse_problems(**FOUND | change)) == [sentence]


def test_what_was_destroyed_never_comes_back():
    assert rules.STATES["destroyed"] == ()
