"""The pages of an import: upload, report, yes, progress; for a coordinator alone, and only their own."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from prasan.accounts.models import HeldDiscipline
from prasan.cases.models import Case
from prasan.exchange import actions, tasks
from prasan.exchange.models import ImportedRow, Upload
from prasan.exchange.template import write_template
from prasan.journal.models import Line
from tests.cast import AT

from .books import WHOLE, changed, workbook


def hand_in(client, book=None, name="caseload.xlsx", content=None):
    file = SimpleUploadedFile(name, content if content is not None else workbook(book or WHOLE))
    return client.post("/import/", {"file": file}, follow=True)


def run_queue():
    """What the background worker would do with what was queued."""
    from django_tasks_db.models import DBTaskResult

    payloads = [r.args_kwargs for r in DBTaskResult.objects.order_by("enqueued_at")]
    for upload in Upload.objects.filter(status="waiting"):
        tasks.check_upload.func(str(upload.pk))
    for upload in Upload.objects.filter(status="writing"):
        tasks.write_upload.func(str(upload.pk))
    return payloads


def test_a_workbook_is_checked_confirmed_and_written_in_the_background(cast_only, sign_in):
    client = sign_in(cast_only.dao)
    assert client.get("/import/").status_code == 200
    page = hand_in(client).content.decode()
    assert "All rows are good. Nothing is written yet." in page
    assert not ImportedRow.objects.exists()
    page = client.post("/import/write/", follow=True).content.decode()
    assert "Being written" in page
    assert 'http-equiv="refresh"' in page
    payloads = run_queue()
    assert [list(map(type, p["args"])) for p in payloads] == [[str]]
    page = client.get("/import/report/").content.decode()
    assert "21 of 21" in page
    assert 'http-equiv="refresh"' not in page
    assert ImportedRow.objects.count() == 21
    assert bytes(Upload.objects.get().sealed) == b""
    with cast_only.acting("dao"):
        assert Case.objects.count() == 2
    whys = [line.body for line in Line.objects.filter(act="exchange.import")]
    assert len(whys) == 4


def test_refused_rows_are_listed_and_only_the_good_ones_can_be_written(cast_only, sign_in):
    client = sign_in(cast_only.dao)
    page = hand_in(client, changed("People", 4, "prs_Gender", "")).content.decode()
    assert "This is needed." in page
    assert "Mend them, or write the good rows only." in page
    client.post("/import/write/")
    assert Upload.objects.get().status == "checked"
    client.post("/import/write-good/")
    run_queue()
    assert ImportedRow.objects.count() == 19


def test_the_report_speaks_thai(cast_only, sign_in):
    page = hand_in(sign_in(cast_only.dao, "th"), changed("People", 4, "prs_Gender", "")).content.decode()
    assert '<html lang="th"' in page
    assert "เพศสภาพ" in page


def test_a_workbook_without_rows_says_just_that(cast_only, sign_in):
    empty = io.BytesIO()
    write_template(empty)
    page = hand_in(sign_in(cast_only.dao), content=empty.getvalue()).content.decode()
    assert "The workbook has no rows." in page
    assert "All rows are good" not in page
    assert "nothing to write" not in page
    assert "/import/write/" not in page


def test_the_same_workbook_again_has_nothing_to_write(cast_only, sign_in):
    client = sign_in(cast_only.dao)
    for _time in range(2):
        page = hand_in(client).content.decode()
        client.post("/import/write/")
        run_queue()
    assert "There is nothing to write" in page
    assert ImportedRow.objects.count() == 21


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.xlsm", b"PK\x03\x04", "macros"), ("a.xlsx", b"hello there", "not a workbook"), ("a.xlsx", b"", "empty"),
])  # fmt: skip
def test_what_is_no_workbook_is_refused_beside_the_field(cast_only, sign_in, name, content, words):
    answer = hand_in(sign_in(cast_only.dao), name=name, content=content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_file_above_the_limit_is_refused(cast_only, sign_in, monkeypatch):
    monkeypatch.setattr(actions, "LARGEST", 100)
    answer = hand_in(sign_in(cast_only.dao))
    assert answer.status_code == 422
    assert "on the command line" in answer.content.decode()


def test_a_large_workbook_is_checked_in_the_background(cast_only, sign_in, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 100)
    client = sign_in(cast_only.dao)
    page = hand_in(client).content.decode()
    assert 'http-equiv="refresh"' in page
    assert Upload.objects.get().status == "waiting"
    run_queue()
    assert "All rows are good" in client.get("/import/report/").content.decode()


def test_what_lies_in_the_table_is_sealed(cast_only, sign_in):
    hand_in(sign_in(cast_only.dao))
    upload = Upload.objects.get()
    assert b"PK" not in bytes(upload.sealed)[:4]
    assert "มะลิวัลย์".encode() not in bytes(upload.sealed) + bytes(upload.report)
    assert actions.source_of(upload).sheets[0] == "cases"


def test_a_coordinator_sees_only_their_own_workbook(cast_only, sign_in):
    hand_in(sign_in(cast_only.dao))
    HeldDiscipline.objects.create(staff=cast_only.somchai, discipline="coordinator", since_on=AT.date())
    other = sign_in(cast_only.somchai)
    assert other.get("/import/report/").status_code == 302
    other.post("/import/discard/")
    other.post("/import/write/")
    assert Upload.objects.get().status == "checked"


@pytest.mark.parametrize("name", ["mali", "nok", "ubon", "fah"])
def test_nobody_else_imports(cast_only, sign_in, name):
    client = sign_in(cast_only.staff[name])
    for path in ("", "template/", "report/"):
        assert client.get(f"/import/{path}").status_code == 403
    for path in ("write/", "write-good/", "discard/"):
        assert client.post(f"/import/{path}").status_code == 403
    assert hand_in(client).status_code == 403


def test_the_template_is_a_workbook(cast_only, sign_in):
    answer = sign_in(cast_only.dao).get("/import/template/")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]


def test_a_workbook_is_thrown_away_and_expires(cast_only, sign_in, frozen):
    client = sign_in(cast_only.dao)
    hand_in(client)
    client.post("/import/discard/")
    assert not Upload.objects.exists()
    hand_in(client)
    assert actions.expire(AT + timedelta(hours=23)) == 0
    assert actions.expire(AT + timedelta(hours=25)) == 1


def test_a_writing_that_died_can_go_on(cast_only, sign_in, frozen):
    client = sign_in(cast_only.dao)
    hand_in(client)
    client.post("/import/write/")
    assert "Go on writing" not in client.get("/import/report/").content.decode()
    Upload.objects.update(changed_at=AT - timedelta(minutes=11))
    assert "Go on writing" in client.get("/import/report/").content.decode()
    client.post("/import/write/")
    run_queue()
    assert ImportedRow.objects.count() == 21


def test_a_fault_while_writing_leaves_a_page_that_says_so(cast_only, sign_in, monkeypatch):
    client = sign_in(cast_only.dao)
    hand_in(client)
    client.post("/import/write/")

    def failing(*_told, **_more):
        raise RuntimeError("power")

    monkeypatch.setattr(actions, "import_file", failing)
    with pytest.raises(RuntimeError):
        run_queue()
    assert Upload.objects.get().status == "stopped"
    assert "Go on writing" in client.get("/import/report/").content.decode()


def test_a_former_coordinators_workbook_is_not_written(cast_only, sign_in):
    client = sign_in(cast_only.dao)
    hand_in(client)
    client.post("/import/write/")
    cast_only.dao.held.update(until_on=AT.date())
    run_queue()
    assert not ImportedRow.objects.exists()


def test_an_upload_whose_journal_line_fails_is_not_kept(cast_only, sign_in, monkeypatch):
    from prasan.journal import writing

    def failing(**_line):
        raise RuntimeError("the journal cannot be written")

    monkeypatch.setattr(writing, "enter", failing)
    monkeypatch.setattr("prasan.journal.enter", failing, raising=False)
    with pytest.raises(RuntimeError):
        actions.keep_upload(by=cast_only.dao, name="a.xlsx", content=workbook(WHOLE), at=AT, today=AT.date())
    assert not Upload.objects.exists()
