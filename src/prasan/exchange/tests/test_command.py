"""`prasan import` at the keyboard: dry by default, sentences in the language asked for, the same exit codes."""


import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from prasan.cases.models import Case
from prasan.exchange.models import ImportedRow
from prasan.facts.models import Fact
from prasan.journal.models import Line

from .books import WHOLE, changed, workbook


@pytest.fixture
def caseload(tmp_path):
    path = tmp_path / "caseload.xlsx"
    path.write_bytes(workbook(WHOLE))
    return path


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue()


def test_a_dry_run_says_what_would_happen_and_writes_nothing(cast_only, caseload):
    told = run(caseload)
    assert "Cases: Would be created 2" in told
    assert "Dry run: nothing was written." in told
    assert not ImportedRow.objects.exists()


def test_apply_writes_in_the_name_of_the_first_coordinator(cast_only, caseload):
    assert "Written: 21 rows." in run(caseload, "--apply")
    assert set(Line.objects.filter(act="cases.open_case").values_list("by", flat=True)) == {str(cast_only.dao.pk)}
    assert "Already there 2" in run(caseload)
    assert "Written: 0 rows." in run(caseload, "--apply")


@pytest.mark.parametrize(("language", "words"), [("en", "People, row 2, Gender: This is needed."), ("th", "บุคคล")])
def test_a_refused_row_is_told_with_its_place_in_either_language(cast_only, tmp_path, language, words):
    path = tmp_path / "caseload.xlsx"
    path.write_bytes(workbook(changed("People", 2, "prs_Gender", "")))
    out = io.StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command("import", str(path), "--apply", "--lang", language, "--refused", str(tmp_path / "r.csv"), stdout=out)
    assert words in out.getvalue()
    assert "Nothing was written." in str(stopped.value) or language == "th"
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with cast_only.acting("dao"):
        assert not Case.objects.exists()


def test_good_rows_are_accepted_when_asked_for(cast_only, tmp_path):
    path = tmp_path / "caseload.xlsx"
    path.write_bytes(workbook(changed("People", 4, "prs_Gender", "")))
    assert "Written: 19 rows." in run(path, "--apply", "--accept-good-rows")


@pytest.mark.parametrize("name", ["nobody", "mali"])
def test_only_a_coordinator_can_be_named(cast_only, caseload, name):
    with pytest.raises(CommandError, match="is not an active member of staff who may import"):
        run(caseload, "--as", name)
    assert "Dry run" in run(caseload, "--as", "DAO")


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.xlsm", b"PK", "macros"), ("a.xlsx", b"PK\x03\x04", "damaged"), ("a.csv", b"x", "No sheet of this file"),
    ("people.csv", "ชื่อ\n".encode("cp874"), "not in UTF-8"), ("a.xlsx", b"", "empty"),
])  # fmt: skip
def test_what_cannot_be_read_ends_in_a_sentence(cast_only, tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(path)


def test_a_missing_file_and_a_folder_end_in_a_sentence(cast_only, tmp_path):
    for place in (tmp_path / "absent.xlsx", tmp_path):
        with pytest.raises(CommandError):
            run(place)
    with pytest.raises(CommandError, match="Name the file"):
        run()


def test_a_single_sheet_as_csv_is_imported(cast_only, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("case_ref;title;forms;opened_on\nC-1;Karaoke;SexualExploitation;15/2/2567\n", encoding="utf-8")
    assert "Written: 1 rows." in run(path, "--apply", "--sheet", "Cases")


def test_the_template_is_written_and_can_be_imported(cast_only, tmp_path):
    path = tmp_path / "empty.xlsx"
    assert "empty.xlsx" in run("--template", path)
    assert "Dry run: nothing was written." in run(path)


def test_history_goes_to_the_facts(cast_only, tmp_path):
    path = tmp_path / "figures.csv"
    path.write_text(
        "who,indicator,code,since,until,period,value,unit,disaggregation,source,note\n"
        "Own,arrested,A1,2021-01-01,2021-12-31,2021,19,person,total,Annual report 2021,\n"
    )
    assert "1 new" in run(path, "--history")
    assert not Fact.objects.exists()
    run(path, "--history", "--apply")
    assert Fact.objects.get().quantity == 19


def test_a_refused_cell_that_looks_like_a_formula_is_made_harmless(cast_only, tmp_path):
    path = tmp_path / "caseload.xlsx"
    book = changed("People", 2, "case_ref", "=cmd|' /C calc'!A1")
    path.write_bytes(workbook({"People": book["People"]}))
    with pytest.raises(CommandError):
        run(path, "--refused", tmp_path / "r.csv")
    lines = (tmp_path / "r.csv").read_text("utf-8-sig")
    assert not any(line.lstrip('"').startswith(("=", "+", "@")) for line in lines.splitlines())
