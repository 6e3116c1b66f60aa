"""Rows of a workbook are read as a person would see them, or refused with the sentence that says why."""

import io
from datetime import datetime

import pytest

from prasan.plain import xlsx
from prasan.plain.archive import BOMB, DAMAGED, MACROS
from prasan.plain.problem import Problem, Refused
from prasan.plain.xlsx import EMPTY_FORMULA, FAULTY_CELL, TOO_LONG_CELL, TOO_MANY_ROWS, TOO_WIDE, Faulty, Workbook

from .books import BOOK, workbook

STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="d mmm yyyy"/><numFmt numFmtId="165" formatCode="0&quot;day&quot;"/>'
    '<numFmt numFmtId="166" formatCode="[Red]0\\d_d*h"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>'
    '<cellStyles><xf numFmtId="14"/></cellStyles></styleSheet>'
)


def opened(content, **bounds):
    return Workbook(io.BytesIO(content), **bounds)


def read(rows, **parts):
    return list(opened(workbook(rows, **parts)).rows("Cases"))


def cell(xml, **parts):
    """What is read of one cell, None when nothing is."""
    rows = read(f'<row r="1"><c r="A1" t="str"><v>first</v></c>{xml}</row>', **parts)
    return rows[0][1].get(1)


def refusal(rows="", bounds=None, **parts):
    with pytest.raises(Refused) as caught:
        list(opened(workbook(rows, **parts), **(bounds or {})).rows("Cases"))
    (problem,) = caught.value.problems
    return problem


def test_the_sheets_are_named_in_their_order_where_their_part_is_in_the_file():
    named = ("rId1", "Cases"), ("rId2", "Outside"), ("rId3", "Lost"), ("rId4", "Absolute"), ("rId5", "Unlinked")
    book = "".join(f'<x:sheet name="{name}" r:id="{key}"/>' for key, name in named) + '<sheet name="Bare"/>'
    targets = ("rId1", "worksheets/sheet1.xml", ""), ("rId2", "worksheets/sheet1.xml", ' TargetMode="External"'), \
        ("rId3", "worksheets/none.xml", ""), ("rId4", "/xl/worksheets/sheet1.xml", "")  # fmt: skip
    links = "".join(f'<Relationship Id="{key}" Target="{target}"{more}/>' for key, target, more in targets)
    content = workbook('<row><c><v>7</v></c></row>', book=f"<workbook>{book}</workbook>", links=f"<Relationships>{links}</Relationships>")
    assert opened(content).sheets == ["Cases", "Absolute"]
    assert list(opened(content).rows("Absolute")) == [(1, {0: 7.0})]


@pytest.mark.parametrize(("xml", "value"), [
    ("<c><v>2.5</v></c>", 2.5),
    ('<c t="n" s="0"><v>45337</v></c>', 45337.0),
    ('<c t="b"><v>1</v></c>', True),
    ('<c t="b"><v>0</v></c>', False),
    ('<c t="d"><v>2024-02-15</v></c>', "2024-02-15"),
    ('<c t="str"><f>A1</f><v>made</v></c>', "made"),
    ('<c t="str"><f>A1</f><v></v></c>', None),
    ("<c><f>1+1</f><v>2</v></c>", 2.0),
    ("<c><f>1+1</f></c>", Faulty(EMPTY_FORMULA)),
    ("<c/>", None),
    ('<c t="e"><v>#REF!</v></c>', Faulty(FAULTY_CELL, "#REF!")),
    (f'<c t="e"><v>{"x" * 50}</v></c>', Faulty(FAULTY_CELL, "x" * 20)),
    ('<c t="inlineStr"><is><t>มะลิ</t></is></c>', "มะลิ"),
    ('<c t="inlineStr"><is><r><t>ma</t></r><r><t>li</t></r></is></c>', "mali"),
    ('<c t="inlineStr"><is><t>name</t><rPh><t>sound</t></rPh></is></c>', "name"),
    ('<c t="inlineStr"><is><rPh><t>sound</t></rPh><t>name</t></is></c>', "name"),
    ("<x:c><x:v>3</x:v></x:c>", 3.0),
    ("<c>stray<v>4</v>stray</c>", 4.0),
])  # fmt: skip
def test_a_cell_holds_its_value_never_its_formula(xml, value):
    assert cell(xml, styles=STYLES) == value


@pytest.mark.parametrize(("style", "number", "value"), [
    (0, "45337", 45337.0),
    (1, "45337", datetime(2024, 2, 15)),
    (1, "45337.75", datetime(2024, 2, 15, 18)),
    (2, "45337", datetime(2024, 2, 15)),
    (3, "45337", 45337.0),
    (4, "45337", 45337.0),
    (1, "1", datetime(1900, 1, 1)),
    (1, "59", datetime(1900, 2, 28)),
    (1, "61", datetime(1900, 3, 1)),
    (1, "2958465", datetime(9999, 12, 31)),
    (1, "2958466", Faulty(FAULTY_CELL, "#DATE")),
    (1, "-1", Faulty(FAULTY_CELL, "#DATE")),
    (1, "NaN", Faulty(FAULTY_CELL, "#DATE")),
])  # fmt: skip
def test_a_number_is_a_date_where_the_style_of_its_cell_shows_one(style, number, value):
    assert cell(f'<c s="{style}"><v>{number}</v></c>', styles=STYLES) == value


@pytest.mark.parametrize(("said", "day"), [
    ('date1904="1"', datetime(2028, 2, 16)), ('date1904="true"', datetime(2028, 2, 16)),
    ('date1904="0"', datetime(2024, 2, 15)), ("", datetime(2024, 2, 15)),
])  # fmt: skip
def test_days_are_counted_from_1904_where_the_workbook_says_so(said, day):
    book = BOOK.replace("<workbookPr", f"<workbookPr {said}")
    assert cell('<c s="1"><v>45337</v></c>', styles=STYLES, book=book) == day


def test_shared_text_is_joined_from_its_runs_without_what_tells_its_sound():
    strings = "<sst><si><t>first</t></si>stray<si><r><t>ma</t></r><r><rPr/><t>li</t></r><rPh><t>sound</t></rPh></si><si/></sst>"
    assert cell('<c t="s"><v>0</v></c>', strings=strings) == "first"
    assert cell('<c t="s"><v>1</v></c>', strings=strings) == "mali"
    assert cell('<c t="s"><v>2</v></c>', strings=strings) is None


def test_shared_text_keeps_its_place_after_empty_and_thai_text():
    strings = xlsx.Strings()
    for text in ("ก", "", "b"):
        strings.add(text)
    assert [strings[n] for n in range(3)] == ["ก", "", "b"]


def test_more_shared_text_than_any_workbook_has_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_STRINGS", 2)
    strings = "<sst><si><t>a</t></si><si><t>b</t></si>{}</sst>"
    assert cell('<c t="s"><v>1</v></c>', strings=strings.format("")) == "b"
    assert refusal(strings=strings.format("<si><t>c</t></si>")) == Problem(BOMB)


@pytest.mark.parametrize(("rows", "found"), [
    ('<row r="2"><c r="A2"><v>1</v></c></row><row><c><v>2</v></c></row>', [(2, {0: 1.0}), (3, {0: 2.0})]),
    ("<row><c/></row><row/><row><c><v>3</v></c></row>", [(3, {0: 3.0})]),
    ('<row><c r="C1"><v>1</v></c><c><v>2</v></c></row>', [(1, {2: 1.0, 3: 2.0})]),
    ('<row><c r="z1"><v>1</v></c><c r="AA1"><v>2</v></c></row>', [(1, {25: 1.0, 26: 2.0})]),
    ("<x:row><x:c><x:v>1</x:v></x:c></x:row>", [(1, {0: 1.0})]),
    ("", []),
])  # fmt: skip
def test_rows_that_hold_something_are_found_at_their_numbers_and_cells_in_their_columns(rows, found):
    assert read(rows) == found


@pytest.mark.parametrize("rows", [
    '<row r="2"/><row r="1"/>',
    '<row r="1"/><row r="1"/>',
    '<row r="0"/>',
    '<row r="1048577"/>',
    '<row r="x"/>',
    '<row><c r="1"/></row>',
    '<row><c r="ABCD1"/></row>',
    '<row><c r="Ä1"/></row>',
    '<row><c r="$A$1"/></row>',
    "<row><c><v>many</v></c></row>",
    '<row><c t="s"><v>0</v></c></row>',
    '<row><c t="s"><v>-1</v></c></row>',
    '<row><c s="9"><v>1</v></c></row>',
])  # fmt: skip
def test_rows_and_cells_that_no_spreadsheet_writes_are_damage(rows):
    assert refusal(rows, strings="<sst/>", styles=STYLES) == Problem(DAMAGED)


def test_the_last_of_the_shared_texts_is_not_taken_for_a_number_below_zero():
    assert refusal('<row><c t="s"><v>-1</v></c></row>', strings="<sst><si><t>a</t></si></sst>") == Problem(DAMAGED)


@pytest.mark.parametrize(("rows", "bounds", "problem"), [
    ('<row r="3"/>', {"most_rows": 2}, Problem(TOO_MANY_ROWS, params={"limit": "2"})),
    ('<row r="1048576"/>', {"most_rows": 5000}, Problem(TOO_MANY_ROWS, params={"limit": "5,000"})),
    ('<row><c r="C1"><v>1</v></c></row>', {"most_columns": 2}, Problem(TOO_WIDE, params={"limit": 2})),
    ('<row><c r="SS1"><v>1</v></c></row>', {}, Problem(TOO_WIDE, params={"limit": 512})),
    (f'<row><c t="str"><v>{"x" * 32_768}</v></c></row>', {}, Problem(TOO_LONG_CELL, params={"limit": 32_767})),
])  # fmt: skip
def test_what_is_beyond_a_bound_is_refused_with_the_bound(rows, bounds, problem):
    assert refusal(rows, bounds) == problem


def test_the_last_row_column_and_letter_within_the_bounds_are_read():
    rows = f'<row r="2"><c r="B2" t="str"><v>{"x" * 32_767}</v></c><c r="C2"/></row>'
    assert list(opened(workbook(rows), most_rows=2, most_columns=2).rows("Cases")) == [(2, {1: "x" * 32_767})]


def test_a_shared_text_of_too_many_letters_is_refused_before_any_row():
    strings = f"<sst><si><t>{'x' * 32_768}</t></si></sst>"
    assert refusal(strings=strings) == Problem(TOO_LONG_CELL, params={"limit": 32_767})


def test_a_workbook_that_may_run_macros_is_refused_by_its_declared_kind():
    types = '<Types><Default Extension="xml"/><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert refusal(types=types) == Problem(MACROS)


def test_styles_that_are_no_numbers_are_damage():
    assert refusal(styles='<styleSheet><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>') == Problem(DAMAGED)
