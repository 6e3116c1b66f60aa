"""Codes that stand for people and things."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.plain import refs

prefixes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=4)
codes = st.builds(lambda prefix, length: refs.new_code(prefix, length=length), prefixes, st.integers(3, 20))


def test_a_code_has_its_shape():
    assert re.fullmatch(rf"P-[{refs.LETTERS}]{{6}}", refs.new_code("P"))


@given(codes)
def test_a_new_code_is_good(code):
    assert refs.check_code(code)
    assert refs.tidy_code(code) == code


@given(codes, st.data())
def test_every_slip_of_one_letter_is_caught(code, data):
    at = data.draw(st.sampled_from([i for i, letter in enumerate(code) if letter != "-"]))
    letters = refs.LETTERS if at > code.index("-") else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    wrong = data.draw(st.sampled_from([letter for letter in letters if letter != code[at]]))
    assert not refs.check_code(code[:at] + wrong + code[at + 1 :])


@given(codes, st.data())
def test_every_swap_of_two_letters_is_caught(code, data):
    body = code.index("-") + 1
    one = data.draw(st.integers(body, len(code) - 1))
    other = data.draw(st.integers(body, len(code) - 1))
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    swapped = "".join(letters)
    assert refs.check_code(swapped) == (swapped == code)


@pytest.mark.parametrize(
    "code", ["", "P", "P-", "P7K3M9Q", "p-7K3M9Q", "PERSON-7K3M9Q", "P-0O0O0O", "P-7", "ก-7K3M9Q", "P-7k3m9q"]
)
def test_what_is_no_code_is_not_taken_for_one(code):
    assert not refs.check_code(code)


def test_a_code_typed_loosely_is_brought_to_its_form():
    assert refs.tidy_code(" p-7k3 m9q ") == "P-7K3M9Q"
    assert refs.tidy_code("p – il3-m9q") == "P-113M9Q"


def test_a_taken_code_is_drawn_again():
    seen: list[str] = []

    def taken(code: str) -> bool:
        seen.append(code)
        return len(seen) < 3

    assert refs.new_code("C", taken=taken) == seen[2]


def test_codes_are_drawn_by_chance():
    assert len({refs.new_code("P", length=12) for _ in range(200)}) == 200


def test_no_letter_makes_a_word_or_is_misread():
    assert not set(refs.LETTERS) & set("AEIOU0L")


@pytest.mark.parametrize(
    ("prefix", "length"), [("p", 6), ("", 6), ("LONGER", 6), ("P1", 6), ("P", 2), ("P", 21)]
)
def test_a_prefix_or_length_outside_the_rule_is_an_error(prefix, length):
    with pytest.raises(ValueError):
        refs.new_code(prefix, length=length)
