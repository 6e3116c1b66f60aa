"""What a phone may be called, for how long it may be paired, what its form may hold, and how its form is refused."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from prasan.identification.rules import field as rules
from prasan.plain.problem import Problem

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
FORM = {"v": 1, "id": "a", "form": "f", "form_digest": "d", "about": {"name": "มะลิ", "age": 9, "needs": ["food"]},
        "answers": {"q": "yes"}, "words": {"q": "เล่าเอง"}}  # fmt: skip


def read(form):
    return rules.read(json.dumps(form).encode(), id="a", form="f", form_digest="d")


@pytest.mark.parametrize(("label", "problems"), [
    ("Border post 1", []),
    ("x" * 60, []),
    ("", [Problem(rules.NO_LABEL, "label")]),
    (" \t", [Problem(rules.NO_LABEL, "label")]),
    ("x" * 61, [Problem(rules.LONG_LABEL, "label")]),
    (" " * 61, [Problem(rules.NO_LABEL, "label"), Problem(rules.LONG_LABEL, "label")]),
])  # fmt: skip
def test_a_phone_has_a_short_name_by_which_it_is_known_again(label, problems):
    assert list(rules.label_problems(label)) == problems


@pytest.mark.parametrize(("changes", "problems"), [
    ({}, []),
    ({"reason": "other", "words": "ลองส่ง"}, []),
    ({"words": "x" * 180}, []),
    ({"status": "accepted"}, [Problem(rules.DECIDED)]),
    ({"status": "refused"}, [Problem(rules.DECIDED)]),
    ({"reason": ""}, [Problem(rules.NO_REASON, "reason")]),
    ({"reason": "boredom"}, [Problem(rules.NO_REASON, "reason")]),
    ({"reason": "other", "words": " "}, [Problem(rules.NO_WORDS, "words")]),
    ({"words": "x" * 181}, [Problem(rules.LONG_WORDS, "words")]),
    ({"destroyed": False}, [Problem(rules.NO_CONFIRMATION, "destroyed")]),
])  # fmt: skip
def test_what_was_sent_is_refused_once_with_a_reason_and_knowing_that_it_is_gone(changes, problems):
    told = {"status": "waiting", "reason": "test", "words": "", "destroyed": True}
    assert list(rules.refusal_problems(**(told | changes))) == problems


@pytest.mark.parametrize(("minutes", "holds"), [(-1, False), (0, True), (59, True), (60, False)])
def test_a_pairing_code_holds_for_an_hour_from_its_making(minutes, holds):
    assert rules.may_pair(AT, AT + timedelta(minutes=minutes)) is holds


def test_a_finished_form_is_read_with_its_words_and_without_what_was_never_asked():
    told = read(FORM | {"about": {**FORM["about"], "favourite_colour": "red"}})
    assert told == rules.Told(FORM["about"], {"q": "yes"}, {"q": "เล่าเอง"})


@pytest.mark.parametrize("kept", [
    "x" * rules.LONGEST_WORDS, 0, 999_999, [], ["x" * 60] * 60,
])  # fmt: skip
def test_short_texts_small_numbers_and_a_few_codes_are_answers(kept):
    assert read(FORM | {"answers": {"k" * 60: kept}}).answers == {"k" * 60: kept}


@pytest.mark.parametrize("change", [
    {"answers": {"q": "x" * (rules.LONGEST_WORDS + 1)}},
    {"answers": {"q": -1}},
    {"answers": {"q": 1_000_000}},
    {"answers": {"q": 1.5}},
    {"answers": {"q": True}},
    {"answers": {"q": None}},
    {"answers": {"q": {"a": "b"}}},
    {"answers": {"q": ["x"] * 61}},
    {"answers": {"q": ["x" * 61]}},
    {"answers": {"q": [1]}},
    {"answers": {"k" * 61: "yes"}},
    {"answers": ["yes"]},
    {"answers": None},
    {"answers": {f"q{n}": "yes" for n in range(rules.MOST_ANSWERS + 1)}},
    {"words": {"q": ["in", "pieces"]}},
    {"words": {"q": 1}},
    {"about": "มะลิ"},
    {"v": 2},
    {"id": "b"},
    {"form": "g"},
    {"form_digest": "e"},
])  # fmt: skip
def test_what_no_form_of_ours_holds_or_another_number_is_unreadable(change):
    assert read(FORM).answers == {"q": "yes"}
    with pytest.raises(rules.Unreadable):
        read(FORM | change)


@pytest.mark.parametrize("opened", [b"", b"\xff", b"[]", b"null", b"[" * 200_000])
def test_what_is_no_form_at_all_is_unreadable(opened):
    with pytest.raises(rules.Unreadable):
        rules.read(opened, id="a", form="f", form_digest="d")
