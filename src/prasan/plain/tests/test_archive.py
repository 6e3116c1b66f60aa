"""An archive that is damaged, locked, lying, too large or holds programs is refused with one sentence."""

import io
import struct
import zipfile

import pytest

from prasan.plain import archive
from prasan.plain.archive import BOMB, DAMAGED, FORBIDDEN_XML, MACROS, Archive, local
from prasan.plain.problem import Refused

from .books import packed

PART = "xl/workbook.xml"


def opened(content, **bounds):
    return Archive(io.BytesIO(content), **bounds)


def sentence(act):
    """The one sentence with which this was refused."""
    with pytest.raises(Refused) as caught, archive.readable():
        act()
    (problem,) = caught.value.problems
    return problem.message


def claiming(content, *, size=None, locked=False):
    """The same archive of one part, whose directory states another size, or that a password is needed."""
    altered = bytearray(content)
    entry = altered.find(b"PK\x01\x02")
    for head in (0, entry + 2):
        if size is not None:
            altered[head + 22 : head + 26] = struct.pack("<I", size)
        if locked:
            altered[head + 6] |= 1
    return bytes(altered)


@pytest.mark.parametrize(("content", "message"), [
    (b"", DAMAGED),
    (b"%PDF-1.7", DAMAGED),
    (packed({PART: "<a/>"})[:-10], DAMAGED),
    (packed({PART: "<a/>", "xl/vbaProject.bin": b"x"}), MACROS),
    (packed({PART: "<a/>", "word/VBAPROJECT.BIN": b"x"}), MACROS),
    (packed({PART: b" " * (5 * 1024 * 1024)}), BOMB),
    (packed({f"xl/part{n}": b"" for n in range(archive.MOST_PARTS + 1)}), BOMB),
])  # fmt: skip
def test_what_cannot_be_trusted_is_not_opened(content, message):
    assert sentence(lambda: opened(content)) == message


def test_all_parts_together_stay_within_the_bound():
    content = packed({"a": b"x" * 60, "b": b"x" * 40})
    assert opened(content, most_bytes=100).names == {"a", "b"}
    assert sentence(lambda: opened(content, most_bytes=99)) == BOMB


def test_a_part_may_unpack_far_while_it_is_small():
    assert opened(packed({PART: b" " * archive.RATIO_FROM})).names == {PART}
    assert sentence(lambda: opened(packed({PART: b" " * (archive.RATIO_FROM + 1)}))) == BOMB


@pytest.mark.parametrize("content", [
    claiming(packed({PART: b" " * 4000}), size=10),
    claiming(packed({PART: b"<a/>"}, zipfile.ZIP_STORED), locked=True),
])  # fmt: skip
def test_a_part_that_is_locked_or_longer_than_its_directory_says_is_damaged(content):
    book = opened(content)
    assert sentence(lambda: book.parse_whole(PART, lambda *_told: None)) == DAMAGED


def test_the_bound_holds_while_unpacking_even_when_more_comes_than_the_directory_claimed():
    book = opened(packed({PART: b"x" * 10}), most_bytes=20)
    assert b"".join(book.pieces(PART)) == b"x" * 10

    class Endless:
        def open(self, _name):
            return io.BytesIO(b"x" * 21)

    book.zip = Endless()
    assert sentence(lambda: list(book.pieces(PART))) == BOMB


def test_a_part_that_is_not_there_makes_the_workbook_damaged():
    book = opened(packed({PART: "<a/>"}))
    assert sentence(lambda: list(book.pieces("xl/styles.xml"))) == DAMAGED


@pytest.mark.parametrize(("xml", "message"), [
    ("<a><b></a>", DAMAGED),
    ("<a>", DAMAGED),
    ("", DAMAGED),
    ('<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', FORBIDDEN_XML),
    ('<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>', FORBIDDEN_XML),
])  # fmt: skip
def test_xml_that_is_broken_or_declares_what_could_grow_is_refused(xml, message):
    book = opened(packed({PART: xml}))
    assert sentence(lambda: book.parse_whole(PART, lambda *_told: None)) == message


def test_a_part_is_parsed_piece_by_piece_and_hands_control_back_between():
    entries = "".join(f"<b n='{n:06}'/>" for n in range(40_000))
    book = opened(packed({PART: f"<a>{entries}</a>"}))
    seen, counts = [], []
    for _piece in book.parse(PART, lambda *told: seen.append(told), lambda _tag: None, lambda _text: None):
        counts.append(len(seen))
    assert len(counts) == len(f"<a>{entries}</a>") // archive.CHUNK + 2
    assert counts == sorted(counts)
    assert 0 < counts[0] < counts[-1] == 40_001


def test_elements_ends_and_text_of_a_small_part_are_told_in_order():
    told = []
    book = opened(packed({PART: "<x:a>one<b>two</b></x:a>"}))
    book.parse_whole(PART, lambda tag, _given: told.append(tag), lambda tag: told.append(f"/{tag}"), told.append)
    assert told == ["x:a", "one", "b", "two", "/b", "/x:a"]


def test_the_name_of_an_element_is_known_without_its_prefix():
    assert [local("x:sheet"), local("sheet")] == ["sheet", "sheet"]
