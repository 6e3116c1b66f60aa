"""Reading published figures: clear sentences for bad rows, all or nothing, corrections supersede."""

from datetime import date
from decimal import Decimal

import pytest

from prasan.access.check import Denied
from prasan.facts.models import Fact
from prasan.impact import history
from prasan.journal.models import Line
from tests.kept import cannot_write

HEAD = "code,since,until,value,unit,source,disaggregation,published_on\n"
GOOD = "A1,2011-01-01,2022-06-30,327,person,Report 2022,total,\n"


def written(tmp_path, text, name="history.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(("row", "sentence"), [
    ("Z9,2011-01-01,2022-06-30,1,person,R,,", "history.csv, row 3, column code: there is no indicator “Z9”."),
    ("A1,soon,2022-06-30,1,person,R,,", "history.csv, row 3, column since: “soon” is not a date."),
    ("A1,2011-01-01,,1,person,R,,", "history.csv, row 3, column until: “” is not a date."),
    ("A1,2022-06-30,2011-01-01,1,person,R,,", "history.csv, row 3, column until: the span ends before it begins."),
    ("A1,2011-01-01,2012-01-01,many,person,R,,", "column value: “many” is not a number"),
    ("A1,2011-01-01,2012-01-01,-1,person,R,,", "column value: “-1” is not a number"),
    ("A1,2011-01-01,2012-01-01,NaN,person,R,,", "column value: “NaN” is not a number"),
    ("A1,2011-01-01,2012-01-01,1.005,person,R,,", "column value: “1.005” is not a number"),
    ("A1,2011-01-01,2012-01-01,1,people,R,,", "column unit: “people” is not a unit"),
    ("A1,2011-01-01,2012-01-01,1,person,,,", "column source: say where the figure was published."),
    (f"A1,2011-01-01,2012-01-01,1,person,{'x' * 201},,", "column source: at most 200 characters."),
    ("A1,2011-01-01,2012-01-01,1,person,R,height=tall,", "column disaggregation: “height=tall”"),
    ("A1,2011-01-01,2012-01-01,1,person,R,,once", "column published_on: “once” is not a date."),
    ("A1,2011-01-01,2022-06-30,328,person,Report 2022,,", "row 3: row 2 tells another value"),
    ("A1,2011-01-01,2022-06-30,328,person,Report,,,too,many", "row 3: the row has more cells than the first row."),
])  # fmt: skip
def test_a_bad_row_is_named_by_file_row_and_column_and_nothing_is_written(instance_keys, tmp_path, row, sentence):
    outcome = history.import_history(path=written(tmp_path, HEAD + GOOD + row + "\n"), apply=True)
    assert len(outcome.problems) == 1
    assert sentence in str(outcome.problems[0])
    assert not Fact.objects.exists()


@pytest.mark.parametrize("text", ["who,value\nx,1\n", ""])
def test_missing_columns_are_named(tmp_path, text):
    told = [str(p) for p in history.read(written(tmp_path, text)).problems]
    assert "history.csv, row 1: the column “code” is missing." in told


def test_a_file_that_is_no_table_is_refused_without_a_traceback(tmp_path):
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\xff\xd8\xff\xe0 not text")
    assert "cannot be read" in str(history.read(path).problems[0])
    assert "cannot be read" in str(history.read(tmp_path / "absent.csv").problems[0])


def test_a_row_of_two_codes_counts_for_each_and_both_eras_are_read(tmp_path):
    text = HEAD + "A1 C1,1/1/2564,31 ธ.ค. 2564,19,person,TIP article 2022,total,\n"
    found = history.read(written(tmp_path, "\ufeff" + text)).rows
    assert [(r.code, r.since, r.until, r.value) for r in found] == [
        (code, date(2021, 1, 1), date(2021, 12, 31), Decimal(19)) for code in ("A1", "C1")
    ]


@pytest.mark.parametrize(("told", "day"), [
    ("Good magazine 2020-09 (x)", date(2020, 9, 1)), ("Report 2022", date(2022, 1, 1)),
    ("2565-03-05", date(2022, 3, 5)),
    ("no year here", None), ("number 12022", None),
])  # fmt: skip
def test_the_day_of_printing_is_only_what_the_source_itself_names(told, day):
    assert history._printed_on(told) == day


def test_a_corrected_value_supersedes_and_the_old_line_stays(instance_keys, tmp_path):
    history.import_history(path=written(tmp_path, HEAD + GOOD), apply=True)
    outcome = history.import_history(path=written(tmp_path, HEAD + GOOD.replace("327", "329")), apply=True)
    assert (outcome.new, outcome.changed) == (0, 1)
    kept = [(fact.quantity, fact.superseded_at is None) for fact in Fact.objects.order_by("quantity")]
    assert kept == [(327, False), (329, True)]
    assert Line.objects.filter(act="impact.import_history").count() == 2


def test_a_part_of_a_figure_is_kept_and_never_taken_for_the_total(instance_keys, tmp_path):
    from prasan.impact.figures import Span, compute

    part = "A1,2011-01-01,2022-12-30,100,person,Report 2022,sex=female,\n"
    history.import_history(path=written(tmp_path, HEAD + GOOD + part), apply=True)
    (figure,) = compute(Span(None, date(2026, 11, 24)), today=date(2026, 11, 24), codes=["A1"])
    assert [e.value for e in figure.entries] == [327]
    assert Fact.objects.get(sex="female").quantity == 100


def test_a_report_reader_may_not_import_and_a_coordinator_may(cast_only, tmp_path):
    path = written(tmp_path, HEAD + GOOD)
    with pytest.raises(Denied):
        history.import_history(by=cast_only.fah, path=path, apply=True)
    assert history.import_history(by=cast_only.dao, path=path, apply=True).new == 1


def test_nothing_is_imported_when_the_journal_fails(instance_keys, tmp_path, monkeypatch):
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    path = written(tmp_path, HEAD + GOOD)
    with pytest.raises(OSError, match="no line"):
        history.import_history(path=path, apply=True)
    assert not Fact.objects.exists()
