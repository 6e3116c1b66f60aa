"""Paper: Thai breaks between words, the file is tagged and names nobody, and nothing of the data is markup."""

import re
import zlib

import pytest

from prasan.web import papers
from prasan.web.papers import cells

SHEET = {
    "name": "Prasan ประสาน", "day": "24 พฤศจิกายน 2569", "heading": "รายงาน", "caption": "จังหวัดเชียงราย", "flags": [],
    "facts-head": ["รายการ", "คำตอบ"], "foot": "ภายใน", "sign": ["ผู้ตรวจสอบ"],
    "sections": [
        {"title": "ส่วนที่ 1", "rows": [["แผนของจังหวัด", "มี"]]},
        {"title": "ส่วนที่ 2", "table": {"head": ["แถว", "ครั้ง"], "rows": [["รับแจ้งเหตุ", "12"]], "numeric": [1]}},
    ],
}  # fmt: skip


def pieces(text):
    return papers.cut(text).split(papers.NO_BREAK)


def test_thai_may_break_between_words_and_nowhere_else():
    assert pieces("ค่าสินไหมทดแทนและความช่วยเหลือ") == ["ค่าสินไหมทดแทน", "และ", "ความช่วยเหลือ"]


@pytest.mark.parametrize("text", ["เจ้าหน้าที่ต่างๆ ทุกคน", "(ฉบับที่ 3) พ.ศ. 2551", "“คำพิพากษา” น้ำ", "No Thai here", ""])
def test_cutting_adds_nothing_but_places_to_break(text):
    assert papers.cut(text).replace(papers.NO_BREAK, "") == text


@pytest.mark.parametrize(("text", "whole"), [("เจ้าหน้าที่ต่างๆ", "ต่างๆ"), ("(ฉบับที่สาม)", "(ฉบับ"), ("พ.ศ. 2551", "พ.ศ. 2551")])
def test_marks_and_abbreviations_stay_with_their_word(text, whole):
    assert whole in pieces(text)


def test_text_without_thai_is_left_alone():
    assert papers.cut_all({"a": ["plain text", 7, None, True]}) == {"a": ["plain text", 7, None, True]}


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_paper_is_tagged_titled_and_carries_no_day_of_the_machine(lang):
    made = papers.pdf("sheet", SHEET, lang, title="Report")
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Marked true" in made
    assert b"pdfuaid" in made
    assert f"/Lang({lang})".encode() in made.replace(b" ", b"")
    assert b"CreationDate" not in made
    assert b"/Author" not in made


def test_the_same_data_give_the_same_paper():
    assert papers.pdf("sheet", SHEET, "th", title="R") == papers.pdf("sheet", SHEET, "th", title="R")


def readable_signs(made):
    """Every sign that the maps from glyphs to text of a PDF can give back."""
    found = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            continue
        if b"begincmap" in text:
            for code in re.findall(rb"<[0-9A-Fa-f]+> <([0-9A-Fa-f]+)>", text):
                found |= set(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return found


def test_thai_is_set_in_sarabun_and_stands_in_the_text_layer():
    made = papers.pdf("sheet", SHEET, "th", title="R")
    assert b"Sarabun" in made
    assert set("รับแจ้งเหตุผู้ตรวจสอบเชียงราย") <= readable_signs(made)
    assert not set("ฬฮ") & readable_signs(made)


def test_text_of_the_data_is_never_markup():
    evil = '#panic("x") $x$ *b* [c] @ref <label> \\ // `code` #read("/etc/passwd")'
    told = SHEET | {"heading": evil, "sections": [{"title": evil, "text": evil, "rows": [[evil, evil]]}]}
    assert papers.pdf("sheet", told, "en", title=evil).startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["nothing", "../papers/sheet", "/etc/passwd"])
def test_an_unknown_template_fails_clearly(name):
    with pytest.raises(papers.PaperFailed, match="no such template"):
        papers.pdf(name, {}, "en", title="x")


def test_missing_data_fail_with_the_template_and_not_with_the_data():
    with pytest.raises(papers.PaperFailed) as raised:
        papers.pdf("sheet", {"name": "ชื่อลับ"}, "en", title="x")
    assert "sheet" in str(raised.value)
    assert "ชื่อลับ" not in str(raised.value)


def test_a_long_table_runs_over_pages_and_a_picture_shows_each():
    rows = [[f"แถวที่ {n}", str(n)] for n in range(120)]
    told = SHEET | {"sections": [{"title": "ตาราง", "table": {"head": ["แถว", "ครั้ง"], "rows": rows, "numeric": [1]}}]}
    shown = papers.pictures("sheet", told, "th", title="R")
    assert len(shown) >= 3
    assert all(page.startswith(b"\x89PNG") for page in shown)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\u200b=1", "\ufeff\u2060+1", " =1", "＝1"])
def test_no_cell_can_be_a_formula_also_behind_signs_nobody_sees(text):
    assert cells.safe(text) == "'" + text


@pytest.mark.parametrize("cell", ["รับแจ้งเหตุ", "a=b", -5, 0, "(x)"])
def test_other_cells_stay_as_they_are(cell):
    assert cells.safe(cell) == cell


def test_no_template_holds_words_of_a_language():
    for path in papers.HOME.glob("*.typ"):
        held = re.sub(r"//[^\n]*", "", path.read_text())
        assert not re.search("[\u0e01-\u0e4e]", held), path.name
