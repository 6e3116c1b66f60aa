"""Files: the same numbers as the page, Thai readable, no cell a formula, the journal told."""

import csv
import io
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from prasan.access.check import Denied
from prasan.impact import actions, history, papers
from prasan.impact.figures import Span
from prasan.journal.models import Line
from tests.cast import AT, TODAY
from tests.kept import cannot_write

EVIL = ("=HYPERLINK(\"http://x\")", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx")


def publish(tmp_path, source="Report 2022"):
    path = tmp_path / "h.csv"
    rows = [["code", "since", "until", "value", "unit", "source"],
            ["A1", "2011-01-01", "2022-06-30", "327", "person", source],
            ["A1", "2011-01-01", "2020-09-30", "258", "person", "Good 2020"]]  # fmt: skip
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    outcome = history.import_history(path=path, apply=True)
    assert outcome.new == 2


def taken(world, form, by="dao"):
    return actions.export_figures(by=getattr(world, by), span=Span(None, TODAY), form=form, at=AT, today=TODAY)[1]


@pytest.mark.parametrize("text", EVIL)
def test_a_text_that_looks_like_a_formula_is_made_harmless(text):
    assert papers.cell_of(text) == "'" + text
    assert papers.cell_of(-5) == -5


def test_the_csv_has_a_mark_for_thai_and_the_numbers_of_the_page(cast_only, tmp_path):
    publish(tmp_path, "=cmd|x")
    data = taken(cast_only, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    first = next(r for r in rows if r["table"] == "period" and r["code"] == "A1")
    assert (first["value"], first["of_which_published"], first["name_th"]) == ("327", "327", "ผู้ต้องหาที่ถูกจับกุม")
    assert first["source"] == "'=cmd|x"
    years = [r for r in rows if r["table"] == "year" and r["code"] == "A1"]
    assert {r["year_be"] for r in years} >= {"2554", "2569"}


def test_the_workbook_reads_back_and_holds_no_formula(cast_only, tmp_path):
    publish(tmp_path, EVIL[0])
    data = taken(cast_only, "xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["README", "figures", "published", "indicators"]
    rows = book.get_sheet_by_name("figures").to_python()
    line = next(r for r in rows if r[1] == "A1" and r[0] == "period")
    assert (line[9], line[10], line[11]) == (327, 327, EVIL[0])
    published = book.get_sheet_by_name("published").to_python()
    assert [(r[4], r[7]) for r in published[1:]] == [(327, "counts"), (258, "older or narrower, beside it")]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_the_journal_names_the_file_and_a_lawyer_may_look_but_not_take(cast_only):
    taken(cast_only, "csv")
    assert Line.objects.get(act="impact.export").target == f"impact.figures:start:{date(2026, 11, 24)}:csv"
    with pytest.raises(Denied):
        taken(cast_only, "csv", by="preecha")


def test_nothing_leaves_when_the_journal_fails(cast_only, monkeypatch):
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        taken(cast_only, "csv")
