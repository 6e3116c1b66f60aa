"""What a team hands in is read rightly or refused with a sentence, never with a traceback."""


import io
import random
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan import packs
from prasan.care import rules as care_rules
from prasan.cases import rules as case_rules
from prasan.exchange import cells, codes, rules
from prasan.exchange.layout import Column, layout
from prasan.exchange.rows import read_rows
from prasan.exchange.source import Source
from prasan.exchange.template import lists_used, write_template
from prasan.justice import rules as court_rules
from prasan.plain.birth import PartialDate
from prasan.plain.problem import Refused
from prasan.plain.xlsx import Faulty, Workbook
from prasan.training import rules as training_rules

from .books import CASES, PEOPLE, source_of, workbook


def rows_of(source, code):
    header = []
    return list(read_rows(source, source.plan.sheet(code), header)), header[0]


def refusal(content, name="caseload.xlsx"):
    def read():
        source = Source(io.BytesIO(content), name)
        for code in source.sheets:
            list(source.rows(code))

    with pytest.raises(Refused) as caught:
        read()
    return caught.value.problems[0].message


def with_parts(content, changes):
    """The same workbook with some parts exchanged, added or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in changes:
                new.writestr(part.filename, old.read(part.filename))
        for name, data in changes.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


SMALL = workbook({"Cases": CASES})
SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(rows):
    return f'<worksheet xmlns="http://x"><sheetData>{rows}</sheetData></worksheet>'


def column(kind, **more):
    return Column("c", "C", "ค", kind, **more)


@pytest.mark.parametrize("typed", [
    "15/2/2567", "15-2-2024", "15 ก.พ. 2567", "๑๕ กุมภาพันธ์ ๒๕๖๗", "2024-02-15", "2024-02-15 00:00:00", 45337.0,
    45337.75, 243664.0,
])  # fmt: skip
def test_a_day_is_read_in_either_era_as_text_or_number(typed):
    assert cells.value(column("day"), typed) == date(2024, 2, 15)


def test_a_date_cell_of_either_era_is_the_same_day():
    book = [*CASES[:1], ["C-1", "a", "", "other", "", "", date(2024, 2, 15)], ["C-2", "b", "", "other", "", "", date(2567, 2, 15)]]
    rows, _header = rows_of(source_of({"Cases": book}), "cases")
    assert [row.values["opened_on"] for row in rows] == [date(2024, 2, 15)] * 2


def test_a_leap_day_that_only_the_wrong_era_has_is_refused():
    with pytest.raises(Refused) as caught:
        cells.value(column("day"), float((date(2568, 2, 29) - date(1899, 12, 30)).days))
    assert "There is no day 29" in str(caught.value)


def test_a_workbook_that_counts_from_1904_is_read_rightly():
    book = zipfile.ZipFile(io.BytesIO(SMALL)).read("xl/workbook.xml").decode().replace("<workbookPr", '<workbookPr date1904="1"')
    styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    xml = sheet_xml('<row r="1"><c r="A1" s="0"><v>43875</v></c></row>')
    content = with_parts(SMALL, {"xl/workbook.xml": book, "xl/styles.xml": styles, SHEET: xml})
    (_number, row), = Source(io.BytesIO(content), "a.xlsx").rows("cases")
    assert row[0].date() == date(2024, 2, 15)


@pytest.mark.parametrize(("typed", "iso"), [
    (2548.0, "2005"), ("2548", "2005"), ("มิ.ย. 2548", "2005-06"), ("about 2005", "2005~"), (38518.0, "2005-06-15"),
])  # fmt: skip
def test_a_birth_date_is_read_as_far_as_it_is_known(typed, iso):
    found = cells.value(column("birth"), typed)
    assert isinstance(found, PartialDate)
    assert found.iso() == iso


@pytest.mark.parametrize(("kind", "typed", "read"), [
    ("amount", "฿200,000", Decimal("200000.00")), ("amount", 50000.1 + 0.2, Decimal("50000.30")),
    ("amount", "๒๐๐", Decimal("200.00")), ("whole", 12.0, 12), ("whole", "1,200", 1200), ("yesno", "ใช่", True),
    ("yesno", False, False), ("yesno", "0", False), ("time", "06.30 น.", time(6, 30)), ("time", 0.270833333, time(6, 30)),
    ("rate", "7.5%", Decimal("7.50")), ("ref", 12.0, "12"), ("text", "a\u200bb", "ab"), ("refs", "a; b;", ["a", "b"]),
])  # fmt: skip
def test_a_cell_is_read_as_its_column_expects(kind, typed, read):
    assert cells.value(column(kind), typed) == read


@pytest.mark.parametrize(("kind", "typed"), [
    ("amount", "-1"), ("amount", 1.005), ("whole", 1.5), ("whole", "x"), ("yesno", "perhaps"), ("day", True), ("day", 7.0),
    ("day", "31/4/2567"), ("rate", "NaN"), ("rate", "1e999"), ("time", "25:00"), ("birth", "some time"), ("ref", "x" * 81),
    ("whole", 1e300), ("day", 1e300), ("text", Faulty(rules.FAULTY_CELL, "#REF!")),
])  # fmt: skip
def test_a_cell_that_cannot_be_meant_is_a_sentence(kind, typed):
    with pytest.raises(Refused):
        cells.value(column(kind), typed)


@pytest.mark.parametrize("typed", ["feminine", "Feminine", "หญิง", "Woman or girl", "Woman or girl | หญิง", " FEMININE "])
def test_a_choice_is_read_by_code_words_or_standard(typed):
    assert cells.value(column("choice", list="gender"), typed) == "feminine"


def test_both_spellings_of_the_unacquainted_are_read():
    relation = column("choice", list="relation")
    assert cells.value(relation, "Unaquainted") == cells.value(relation, "Unacquainted") == "stranger"


def test_every_value_of_the_standard_is_read_where_our_lists_have_it():
    for row in packs.data("htcds_2_0_fields"):
        where = [c for sheet in layout().sheets for c in sheet.columns if c.list and row["field"] in c.names]
        names = [n for n in row["value_names"].split(" ; ") if n and not n.startswith(("[", "Use "))]
        for one in where:
            unread = [n for n in names if codes.read(one.list, n) is None]
            if one.list != "industry":  # its divisions are labels of the standard, kept as sections here
                assert unread == [], row["field"]


def test_the_rooms_lists_in_the_workbook_are_the_rooms_codes():
    own = {name: {row["code"] for row in rows} for name, rows in layout().lists.items()}
    assert own["service_outcome"] == set(care_rules.SERVICE_OUTCOMES)
    assert own["training_topic"] == set(training_rules.TOPICS)
    assert own["sentence_kind"] == set(court_rules.SENTENCE_KINDS)
    assert own["pay_method"] == set(court_rules.METHODS)
    assert own["money_kind"] == {"ordered", *court_rules.PAYMENT_KINDS}
    assert own["event_kind"] >= set(case_rules.CUSTODY)


def test_the_template_reads_back_as_an_empty_caseload_with_every_list():
    out = io.BytesIO()
    write_template(out)
    source = Source(out, "template.xlsx")
    assert source.sheets == [sheet.code for sheet in layout().sheets]
    assert source.others == []
    for code in source.sheets:
        rows, header = rows_of(source, code)
        assert rows == []
        assert (header.problems, header.unknown) == ([], [])
        assert {c.code for _place, c, _extra in header.columns} == set(source.plan.sheet(code).by_code)
    parts = zipfile.ZipFile(out)
    strings = parts.read("xl/sharedStrings.xml").decode()
    assert "กุมภาพันธ์" not in parts.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in parts.read("docProps/core.xml").decode()
    assert 'state="hidden"' not in parts.read("xl/workbook.xml").decode()
    for name in lists_used(layout()):
        for _code, english, thai, _standard in codes.rows(name)[:3]:
            assert codes.read(name, codes.chosen(english, thai)) is not None
            assert thai.replace("&", "&amp;") in strings
    assert "<f>" not in parts.read(SHEET).decode()


def test_the_template_filled_in_is_read(tmp_path):
    plan = layout()
    filled = {}
    for sheet in plan.sheets:
        offers = {c.code: codes.chosen(*codes.rows(c.list)[0][1:3]) for c in sheet.columns if c.list}
        filled[sheet.en] = [[c.header for c in sheet.columns], [offers.get(c.code, "") for c in sheet.columns]]
    source = source_of(filled)
    for sheet in plan.sheets:
        (row,), header = rows_of(source, sheet.code)
        assert header.unknown == []
        wrong = {p.field for p in row.problems if p.message != rules.NEEDED}
        assert wrong == set(), sheet.code
        for one in sheet.columns:
            if one.list:
                assert row.values[one.code] in (codes.rows(one.list)[0][0], [codes.rows(one.list)[0][0]])


def test_unknown_columns_and_sheets_are_told_and_missing_ones_refused():
    source = source_of({"Cases": [["case_ref", "title", "Colour"], ["C-1", "a", "red"]], "Holidays": [["x"]]})
    rows, header = rows_of(source, "cases")
    assert source.others == ["Holidays"]
    assert header.unknown == ["Colour"]
    assert {p.field for p in header.problems} == {"forms", "opened_on"}
    assert rows == []


def test_the_value_of_a_formula_is_read_and_a_formula_without_one_refused():
    head = ["case_ref", "title", "forms", "opened_on"]
    book = {"Cases": [head, ["C-1", ("=A1&B1", "joined"), "other", "2024-01-01"], ["C-2", ("=1/0", "#DIV/0!"), "other", "2024-01-01"],
                      ["C-3", ("=Q1", ""), "other", "2024-01-01"]]}  # fmt: skip
    content = workbook(book)
    xml = zipfile.ZipFile(io.BytesIO(content)).read(SHEET).decode()
    assert "<f>Q1</f><v></v>" in xml
    content = with_parts(content, {SHEET: xml.replace("<f>Q1</f><v></v>", "<f>Q1</f>").replace(' t="str"><f>Q1', "><f>Q1")})
    rows, _header = rows_of(Source(io.BytesIO(content), "a.xlsx"), "cases")
    assert rows[0].values["title"] == "joined"
    assert [(p.field, p.message) for p in rows[1].problems] == [("title", rules.FAULTY_CELL)]
    assert [(p.field, p.message) for p in rows[2].problems] == [("title", rules.EMPTY_FORMULA)]


@pytest.mark.parametrize(("content", "name", "message"), [
    (SMALL, "caseload.xlsm", rules.MACROS),
    (with_parts(SMALL, {"xl/vbaProject.bin": b"x"}), "caseload.xlsx", rules.MACROS),
    (with_parts(SMALL, {"[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'}),
     "caseload.xlsx", rules.MACROS),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "caseload.xlsx", rules.OLD_FORMAT),
    (b"", "caseload.xlsx", rules.EMPTY_FILE),
    (b"%PDF-1.7", "caseload.xlsx", rules.NOT_A_WORKBOOK),
    (b"PK\x03\x04 not really", "caseload.xlsx", rules.DAMAGED),
    (SMALL[: len(SMALL) // 2], "caseload.xlsx", rules.DAMAGED),
    (with_parts(SMALL, {"xl/workbook.xml": None}), "caseload.xlsx", rules.DAMAGED),
    (with_parts(SMALL, {SHEET: "<worksheet><row>"}), "caseload.xlsx", rules.DAMAGED),
    (with_parts(SMALL, {SHEET: sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')}), "caseload.xlsx", rules.DAMAGED),
    (with_parts(SMALL, {SHEET: sheet_xml('<row r="2"/><row r="1"/>')}), "caseload.xlsx", rules.DAMAGED),
    (with_parts(SMALL, {SHEET: sheet_xml('<row r="9999999999"><c><v>1</v></c></row>')}), "caseload.xlsx", rules.DAMAGED),
    (with_parts(SMALL, {SHEET: sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>')}), "caseload.xlsx", rules.TOO_WIDE),
    (with_parts(SMALL, {SHEET: sheet_xml(f'<row r="1"><c r="A1" t="str"><v>{"x" * 40000}</v></c></row>')}),
     "caseload.xlsx", rules.TOO_LONG_CELL),
    (workbook({"Other": [["a"]]}), "caseload.xlsx", rules.NO_SHEET),
    (workbook({"Cases": CASES, "คดี": CASES}), "caseload.xlsx", rules.SHEET_TWICE),
])  # fmt: skip
def test_what_is_no_honest_workbook_is_refused(content, name, message):
    assert refusal(content, name) == message


@pytest.mark.parametrize("declared", [
    '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "secret.txt">]>',
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
    '<!DOCTYPE worksheet SYSTEM "http://example.org/x.dtd">',
])  # fmt: skip
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"])
def test_document_types_and_entities_are_refused_in_every_part(declared, part):
    whole = zipfile.ZipFile(io.BytesIO(SMALL)).read(part).decode().replace("?>", f"?>{declared}", 1)
    assert refusal(with_parts(SMALL, {part: whole})) == rules.FORBIDDEN_XML


def test_zip_bombs_are_refused_before_and_while_they_unpack():
    assert refusal(with_parts(SMALL, {SHEET: b" " * (80 * 1024 * 1024)})) == rules.BOMB
    assert refusal(with_parts(SMALL, {f"xl/part{n}": b"x" for n in range(2100)})) == rules.BOMB
    noise = random.Random(1).randbytes(15_000).hex()
    lying = with_parts(SMALL, {SHEET: sheet_xml(f"<!-- {noise} -->")})
    with pytest.raises(Refused) as refused:
        Workbook(io.BytesIO(lying), most_bytes=20_000)
    assert refused.value.problems[0].message == rules.BOMB


def test_a_single_far_cell_costs_nothing():
    xml = sheet_xml('<row r="1"><c r="A1" t="str"><v>case_ref</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    tracemalloc.start()
    rows = list(Source(io.BytesIO(with_parts(SMALL, {SHEET: xml})), "a.xlsx").rows("cases"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [number for number, _row in rows] == [1, 1_048_576]
    assert peak < 20_000_000


def test_five_thousand_rows_are_read_in_bounded_memory():
    book = [PEOPLE[0], *([f"P-{n}", *PEOPLE[1][1:]] for n in range(5000))]
    content = workbook({"People": book})
    tracemalloc.start()
    source = Source(io.BytesIO(content), "a.xlsx")
    count = sum(1 for _row in read_rows(source, source.plan.sheet("people"), []))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5000
    assert peak < 12_000_000


def csv_source(content, name="people.csv"):
    return Source(io.BytesIO(content), name)


CSV = "person_ref;prs_FirstName;case_ref\nP-1;มะลิ;C-1\n"


@pytest.mark.parametrize("content", [
    CSV.encode(), CSV.encode("utf-8-sig"), CSV.encode("utf-16"), CSV.replace(";", ",").encode(), CSV.replace(";", "\t").encode(),
])  # fmt: skip
def test_a_sheet_as_csv_is_read_whatever_separates_it(content):
    assert list(csv_source(content).rows("people"))[1][1] == {0: "P-1", 1: "มะลิ", 2: "C-1"}


@pytest.mark.parametrize(("content", "message"), [
    (CSV.encode("cp874"), rules.ENCODING), (b"a,b\n\x00\x01,2\n", rules.ENCODING), (b'a,b\n"x"y,2\n', rules.BAD_CSV),
    (b"a," * 600 + b"\n", rules.TOO_WIDE), (b'"' + b"x" * 200_000 + b'"\n', rules.BAD_CSV),
])  # fmt: skip
def test_a_csv_file_in_a_wrong_form_is_refused(content, message):
    assert refusal(content, "people.csv") == message


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_workbook_with_any_damage_is_read_or_refused(data):
    content = bytearray(SMALL)
    for _time in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        source = Source(io.BytesIO(bytes(content)), "caseload.xlsx")
        for code in source.sheets:
            list(read_rows(source, source.plan.sheet(code), []))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(cells.READERS)), st.one_of(st.text(max_size=40), st.floats(), st.booleans(), st.datetimes()))
def test_any_cell_is_read_or_refused(kind, cell):
    with suppress(Refused):
        cells.value(column(kind, list="gender"), cell)
