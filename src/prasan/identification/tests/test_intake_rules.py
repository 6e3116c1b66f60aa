"""Who is urgent, how a line of a list is read, and what a bad file is told."""

import io
import time
import tracemalloc
import zipfile
from datetime import timedelta

import pytest
import xlsxwriter

from prasan import packs
from prasan.identification.forms import intake_book
from prasan.identification.rules import intake as rules
from prasan.identification.rules.intake_lines import (
    LANGUAGE_WORDS,
    NATIONALITY_WORDS,
    Line,
    code_of,
    column_of,
    read_line,
)
from prasan.packs import names
from prasan.plain import archive, xlsx
from prasan.plain.problem import Refused
from tests.cast import AT


def book(*rows, sheet="People"):
    out = io.BytesIO()
    written = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = written.add_worksheet(sheet)
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            page.write(row, place, cell)
    written.close()
    return out.getvalue()


HEAD = ("Number / ลำดับ", "ชื่อ-สกุล", "Sex", "อายุ", "Nationality", "ภาษา", "Urgent marks")


@pytest.mark.parametrize(
    ("marks", "age", "said", "group"),
    [
        ([], 30, None, "normal"), ([], 17, None, "urgent"), ([], None, None, "urgent"), ([], None, False, "normal"),
        (["injured"], 40, None, "urgent"), (["alone"], 20, None, "urgent"), (["child"], 30, None, "normal"),
        ([], 18, None, "urgent"), ([], 19, None, "urgent"), ([], 20, None, "normal"),
    ],
)  # fmt: skip
def test_the_group_follows_the_marks_and_who_may_be_a_child_is_urgent(marks, age, said, group):
    assert rules.group_of(rules.marks_of(marks, rules.is_child(age, said))) == group


def test_the_rule_puts_nobody_into_later():
    assert rules.group_of(rules.URGENT) == "urgent"
    assert "later" not in {group for group, _marks in rules.TRIAGE}


def test_a_claim_is_stale_after_an_hour_and_not_before():
    assert not rules.is_stale(AT - timedelta(minutes=59), AT)
    assert rules.is_stale(AT - timedelta(minutes=60), AT)


def test_who_is_moved_or_refused_stays_so():
    assert rules.PERSON_STATES["moved"] == rules.PERSON_STATES["refused"] == ()
    assert set(rules.PERSON_STATES) == set(rules.PERSON_STATUSES)


def test_a_line_is_read_in_thai_english_and_codes():
    thai = {"number": "๑๒", "name": "  สมชาย   ใจดี ", "sex": "ช", "age": "๑๗ ปี", "nationality": "พม่า", "language": "พม่า",
            "urgent": "บาดเจ็บ, ลำพัง"}  # fmt: skip
    english = {"number": "12", "name": "สมชาย ใจดี", "sex": "Male", "age": "17 years", "nationality": "Burmese",
               "language": "mya", "urgent": "injured; alone; child"}  # fmt: skip
    wanted = Line(12, "สมชาย ใจดี", "male", 17, True, "MMR", "mya", ("child", "injured", "alone"))
    assert read_line(thai) == (wanted, [])
    assert read_line(english) == (wanted, [])


def test_every_word_leads_to_a_code_that_the_packs_know():
    assert set(NATIONALITY_WORDS) <= set(dict(names.countries("en")))
    assert set(LANGUAGE_WORDS) <= set(dict(names.languages("en")))
    assert code_of("urgent", "Injured or ill") == "injured"


def test_each_slip_of_a_line_names_its_cell():
    told = {"number": "x", "name": "n" * 201, "sex": "?!", "age": "old", "nationality": "Narnia", "language": "Elvish",
            "urgent": "hungry"}  # fmt: skip
    _line, problems = read_line(told, needs_number=True)
    assert [p.field for p in problems] == ["number", "name", "sex", "age", "nationality", "language", "urgent"]


def test_a_list_needs_numbers_and_a_tablet_does_not():
    assert [p.field for p in read_line({"name": "n"}, needs_number=True)[1]] == ["number"]
    assert read_line({"name": "n", "age": "20"})[1] == []


@pytest.mark.parametrize(("heading", "column"), [("Number / ลำดับ", "number"), ("ชื่อ - สกุล", ""), ("ชื่อ สกุล", "name"),
                                                 ("AGE (years)", "age"), ("สัญชาติ", "nationality"), ("Remarks", "")])
def test_headings_are_known_in_both_languages(heading, column):
    assert column_of(heading) == column


def test_a_workbook_is_read_with_its_rows_as_the_spreadsheet_counts_them():
    told = book(("List of the night",), (), HEAD, (1, "A", "m", 20, "Thai", "Thai", ""), (), (2, "B", "f", 9, "LAO", "lao", "alone"))
    read = intake_book.read_book("list.xlsx", told)
    assert [(row, line.number, line.age) for row, line in read.lines] == [(4, 1, 20), (6, 2, 9)]
    assert read.wrong == []


def test_the_same_is_read_from_csv_in_utf_8_and_utf_16():
    text = "number;name;age\r\n1;ก;20\r\n2;ข;adult\r\n"
    for content in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        read = intake_book.read_book("list.csv", content)
        assert [line.number for _row, line in read.lines] == [1, 2]


def test_bad_rows_are_told_with_row_and_column_and_good_ones_kept():
    told = book(HEAD, (1, "A", "m", 20), (1, "B", "m", 20), ("three", "C", "m", 20), (4, "D", "zzz", 300))
    read = intake_book.read_book("list.xlsx", told)
    assert [row for row, _line in read.lines] == [2]
    assert [(w.row, w.column) for w in read.wrong] == [(3, "number"), (4, "number"), (5, "sex"), (5, "age")]


def test_formulas_are_text_or_their_kept_value_and_are_never_run():
    out = io.BytesIO()
    written = xlsxwriter.Workbook(out, {"in_memory": True})
    page = written.add_worksheet()
    for place, text in enumerate(("number", "name", "age")):
        page.write_string(0, place, text)
    page.write_formula(1, 0, "=1+1", None, 2)
    page.write_string(1, 1, "=cmd|' /C calc'!A0")
    page.write_formula(1, 2, "=10*3", None, 30)
    page.write_row(2, 0, [3, "A"])
    page.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    written.close()
    read = intake_book.read_book("list.xlsx", out.getvalue())
    assert [(line.number, line.name, line.age) for _row, line in read.lines] == [(2, "=cmd|' /C calc'!A0", 30)]
    assert [(w.row, w.column) for w in read.wrong] == [(3, "age")], "an error is a slip, not an unknown age"


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (intake_book.MOST_UNPACKED + 1))
    return out.getvalue()


def with_macros():
    out = io.BytesIO(book(HEAD, (1, "A")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", intake_book.EMPTY), ("a.xlsx", b"PK\x03\x04 nothing", archive.DAMAGED),
        ("a.xls", b"\xd0\xcf\x11\xe0 old", intake_book.OLD_FORMAT), ("a.pdf", b"%PDF", intake_book.NOT_A_LIST),
        ("a.csv", b"number,name\n1,\xa1", intake_book.ENCODING), ("a.csv", b"one,two\n1,2\n", intake_book.NO_HEADING),
        ("a.csv", b'number,name\n1,"never closed', intake_book.BAD_CSV), ("a.xlsm", book(HEAD), archive.MACROS),
        ("a.xlsx", with_macros(), archive.MACROS), ("a.xlsx", bomb(), archive.BOMB),
        ("a.xlsx", book(("a", "b")), intake_book.NO_HEADING), ("a.csv", b"x" * 8_000_001, intake_book.TOO_LARGE),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_one_sentence(name, content, sentence):
    with pytest.raises(Refused) as refused:
        intake_book.read_book(name, content)
    assert [p.message for p in refused.value.problems] == [sentence]


def test_a_list_of_more_than_twenty_thousand_rows_is_refused():
    text = "number,age\n" + "".join(f"{n},20\n" for n in range(1, 20_002))
    with pytest.raises(Refused) as refused:
        intake_book.read_book("a.csv", text.encode())
    assert refused.value.problems[0].message == intake_book.TOO_MANY_ROWS


def far(*cells, row=1):
    """A tiny workbook with a heading and one cell far away."""
    out = io.BytesIO(book(HEAD, (1, "A", "m", 20)))
    with zipfile.ZipFile(out) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    more = "".join(f'<c r="{cell}" t="inlineStr"><is><t>x</t></is></c>' for cell in cells)
    parts[sheet] = parts[sheet].replace(b"</sheetData>", f'<row r="{row}">{more}</row></sheetData>'.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, content in parts.items():
            archived.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(("content", "sentence"), [
    (far("XFD1048576", row=1_048_576), xlsx.TOO_MANY_ROWS), (far("A20017", row=20_017), xlsx.TOO_MANY_ROWS),
    (far("XFD5", row=5), xlsx.TOO_WIDE), (far("BI5", row=5), xlsx.TOO_WIDE),
])  # fmt: skip
def test_a_tiny_workbook_with_a_cell_far_away_is_refused_and_takes_no_memory(content, sentence):
    tracemalloc.start()
    with pytest.raises(Refused) as refused:
        intake_book.read_book("list.xlsx", content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(p.message, p.field) for p in refused.value.problems] == [(sentence, "file")]
    assert peak < 20_000_000


def test_a_cell_at_the_edge_is_still_read():
    read = intake_book.read_book("list.xlsx", far("A20016", row=20_016))
    assert ([line.number for _row, line in read.lines], [(w.row, w.column) for w in read.wrong]) == (
        [1], [(20_016, "number")])  # fmt: skip


@pytest.mark.parametrize("cell", ["(" * 2000, "(a" * 1000, "/" * 2000, ";" * 2000, "a;" * 1000, "a,(" * 600])
def test_a_cell_full_of_brackets_or_separators_is_refused_at_once(cell):
    begun = time.perf_counter()
    for _time in range(20):
        line, problems = read_line(dict.fromkeys(("sex", "age", "nationality", "language", "urgent"), cell))
        column_of(cell)
    assert time.perf_counter() - begun < 1
    assert problems
    assert line.sex == ""


def test_a_truncated_workbook_is_damaged():
    whole = book(HEAD, *((n, "A", "m", 20) for n in range(1, 500)))
    for cut in (len(whole) // 3, len(whole) - 30):
        with pytest.raises(Refused):
            intake_book.read_book("a.xlsx", whole[:cut])


def test_the_empty_list_is_read_back_and_its_codes_are_understood():
    read = intake_book.read_book("t.xlsx", intake_book.template().getvalue())
    assert (read.lines, read.wrong) == ([], [])
    for what, words in intake_book.code_lists().items():
        unknown = [word for word in words if code_of(what, word) is None]
        assert unknown == [], what


def test_the_form_for_a_child_fits_whoever_has_no_age():
    group = rules.age_group(None, None)
    adult = packs.forms()["first_contact_adult"]
    problems = rules.asking_problems(form=adult, answers={"recruited": "yes"}, words={}, group=group, child_at_time=None)
    assert len(list(problems)) == 1
