"""What is refused on a case: the rules alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from prasan.cases import rules

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
GOOD = {"title": "Karaoke bar", "forms": ["forced_labour"], "opened_on": TODAY, "today": TODAY}


def told(problems):
    return [(p.field, p.message) for p in problems]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"title": " "}, [("title", rules.NO_TITLE)]),
        ({"title": "x" * 121}, [("title", rules.TOO_LONG)]),
        ({"forms": []}, [("forms", rules.NO_FORM)]),
        ({"opened_on": date(2026, 11, 25)}, [("opened_on", rules.FUTURE)]),
        ({"opened_on": date(1989, 12, 31)}, [("opened_on", rules.OLDER_THAN_SYSTEM)]),
        ({"opened_on": date(1990, 1, 1)}, []),
    ],
)
def test_a_case_needs_a_title_a_form_and_a_day_that_was(changes, found):
    assert told(rules.case_problems(**(GOOD | changes))) == found


MOVES = {
    ("active", "follow_up"), ("active", "closed"), ("active", "closed_referred"), ("follow_up", "active"),
    ("follow_up", "closed"), ("follow_up", "closed_referred"), ("closed", "active"), ("closed_referred", "active"),
}  # fmt: skip


@pytest.mark.parametrize("old", rules.STATUSES)
@pytest.mark.parametrize("new", rules.STATUSES)
def test_a_case_moves_by_the_allowed_moves_only(old, new):
    found = list(rules.move_problems(old=old, new=new, reason="why"))
    assert told(found) == ([] if (old, new) in MOVES else [("status", rules.NOT_ALLOWED_MOVE)])
    assert all("%(" not in str(p) for p in found)


def test_a_move_says_why():
    assert told(rules.move_problems(old="active", new="closed", reason=" ")) == [("reason", rules.NO_REASON)]


@pytest.mark.parametrize(
    ("text", "told_how", "found"),
    [
        ("ok", {}, []),
        (" ", {}, [("text", rules.NO_TEXT)]),
        (" ", {"needed": False}, []),
        ("x" * 11, {"limit": 10}, [("text", rules.TOO_LONG)]),
        ("x" * rules.LONGEST, {}, []),
    ],
)
def test_a_text_is_written_and_not_endless(text, told_how, found):
    assert told(rules.text_problems(text, "text", **told_how)) == found


def test_a_date_to_keep_ends_after_it_began():
    assert told(rules.appointment_problems(at=AT, until=None)) == []
    assert told(rules.appointment_problems(at=AT, until=AT)) == []
    early = AT - timedelta(minutes=1)
    assert told(rules.appointment_problems(at=AT, until=early)) == [("until", rules.ENDS_FIRST)]


@pytest.mark.parametrize(("days", "tone"), [(-1, "late"), (0, "today"), (1, "soon"), (3, "soon"), (4, "later")])
def test_a_due_day_presses_more_the_nearer_it_is(days, tone):
    assert rules.overdue(TODAY + timedelta(days=days), TODAY) == tone
