"""Spellings of one phone, account or link meet in one form; what is none of these stays what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.linkage.observables import KINDS, read_line, read_lines

SAME = {
    ("phone", "+66812345678"): (
        "๐๘๑-๒๓๔ ๕๖๗๘", "081 234 5678", "+66 81 234 5678", "โทร 0812345678 ป้าแดง", "tel: (081) 234-5678",
    ),
    ("line", "shop1"): ("line: @Shop1", "ไลน์ shop1", "line id SHOP1", "https://line.me/ti/p/~shop1"),
    ("facebook", "somename"): (
        "https://www.facebook.com/Some.Name?fbclid=1", "m.facebook.com/some.name/", "fb: SomeName",
    ),
    ("facebook", "id:1000"): ("https://m.facebook.com/profile.php?id=1000&ref=x",),
    ("url", "example.com/a?b=2"): ("WWW.Example.com/a/?utm_source=x&b=2", "https://example.com/a?b=2#top"),
    ("bank", "1234567890"): ("bank: 123-4-56789-0", "บัญชีกสิกร ๑๒๓-๔-๕๖๗๘๙-๐"),
    ("email", "a@b.com"): ("A@B.com", "email: a@b.com"),
    ("other", "รถกระบะ กข 1234"): ("รถกระบะ กข 1234",),
    ("other", "line up at the factory"): ("line up at the factory",),
}  # fmt: skip


@pytest.mark.parametrize(("expected", "written"), [(e, w) for e, many in SAME.items() for w in many])
def test_one_thing_written_in_many_ways_is_one_observable(expected, written):
    found = read_line(written)
    assert (found.kind, found.normal) == expected


def test_an_empty_line_is_nothing_and_a_repeated_one_counts_once():
    assert [o.kind for o in read_lines("081 234 5678\n\n0812345678\nline: x1")] == ["phone", "line"]


def test_two_phones_stay_two():
    assert len(read_lines("081 234 5678\n081 234 5679")) == 2


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text):
    for found in read_lines(text):
        assert found.kind in KINDS
        assert found.written
