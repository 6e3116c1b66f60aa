"""The one line of bytes that hashes are taken over."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.plain.canonical import canonical_json

words = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner) | st.dictionaries(words, inner),
)


def test_keys_are_sorted_and_thai_stays_thai():
    assert canonical_json({"ข": (1, None), "a": True}) == '{"a":true,"ข":[1,null]}'.encode()


@given(values)
def test_it_is_one_line_and_reads_back(value):
    line = canonical_json(value)
    assert b"\n" not in line
    assert json.loads(line) == value
    assert canonical_json(json.loads(line)) == line


@given(st.dictionaries(words, st.integers()))
def test_the_order_of_entry_does_not_matter(value):
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), {"a": [0.5]}, {1: "a"}, Decimal(1), date(2026, 1, 1), b"x", {"a": {1}}]
)
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)


def test_half_characters_are_refused():
    with pytest.raises(UnicodeEncodeError):
        canonical_json("\ud800")
