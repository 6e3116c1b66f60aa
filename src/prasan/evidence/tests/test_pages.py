"""The pages of attachments: who sees what, how a copy is handed out, and that no path gives what was destroyed."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from prasan.access.scoping import viewing
from prasan.evidence.models import AbuseRecord, Item
from prasan.evidence.panel import panel
from prasan.evidence.tests.conftest import LETTER, lying
from tests.cast import AT


def at(world, *parts):
    return "/".join(["", "cases", world.case.code, "evidence", *map(str, parts), ""])


def posted(**told):
    return {
        "looked": "on", "kind": "paper", "partition": "care", "received_on": "20/11/2569", "from_whom": "survivor",
        "file": SimpleUploadedFile("จดหมาย.pdf", LETTER), **told,
    }  # fmt: skip


FOUND = {
    "found_where": "https://example.test/x", "found_at_day": "20/11/2569", "found_at_clock": "10:00",
    "reported_to": "not_yet", "report_ref": "",
}  # fmt: skip
CHILD_PAGES = ("", "receipt", "open", "suspected-abuse", "correct")


def test_a_file_is_sealed_through_the_form_and_the_receipt_shows_its_hash(world, sign_in, folder):
    client = sign_in(world.mali)
    page = client.get(at(world, "new")).content.decode()
    assert page.index('name="looked"') < page.index('name="file"')
    answer = client.post(at(world, "new"), posted(about=world.survivor.pk))
    assert answer.status_code == 302
    with viewing(world.mali, AT):
        item = Item.objects.get()
    assert answer.url == at(world, item.pk, "receipt")
    receipt = client.get(answer.url).content.decode()
    assert item.code in receipt
    assert "SHA-256" in receipt
    assert hashlib.sha256(LETTER).hexdigest() in receipt
    for page in (receipt, client.get(at(world, item.pk)).content.decode()):
        assert re.search(r"Sealed by\s*</dt>\s*<dd[^>]*>\s*Mali\s*</dd>", page)
    assert "20 November 2026 / 20 พฤศจิกายน 2569" in receipt
    assert "จดหมาย" in client.get(at(world, item.pk)).content.decode()
    assert item.code in client.get(at(world)).content.decode()
    assert len(lying(folder)) == 1


def test_without_the_tick_nothing_is_taken_in_and_the_page_leads_to_the_report(world, sign_in, folder):
    client = sign_in(world.mali)
    told = posted()
    del told["looked"]
    answer = client.post(at(world, "new"), told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Nothing was taken in" in page
    assert at(world, "suspected-abuse") in page
    assert lying(folder) == []
    report = client.get(at(world, "suspected-abuse")).content.decode()
    for name in ("TICAC", "ThaiHotline", "NCMEC", "1300", "191"):
        assert name in report


def test_a_file_that_is_too_large_for_the_house_gets_a_sentence_of_its_own(world, sign_in, folder, monkeypatch):
    monkeypatch.setattr("prasan.evidence.rules.LARGEST", 1000)
    answer = sign_in(world.mali).post(at(world, "new"), posted(file=SimpleUploadedFile("a.pdf", b"x" * 2000)))
    assert answer.status_code == 422
    assert "at most" in answer.content.decode()
    assert lying(folder) == []


def test_a_copy_is_a_download_that_no_browser_opens_runs_or_guesses_at(world, sign_in, seal):
    item = seal(file_name="page.html", content=b"<script>alert(1)</script>")
    client = sign_in(world.mali)
    assert client.get(at(world, item.pk, "open")).status_code == 200
    answer = client.post(at(world, item.pk, "open"), {"why": "court"})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"] == f'attachment; filename="{item.code}.bin"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Length"] == "25"


def test_no_copy_without_a_reason(world, sign_in, seal):
    item = seal()
    for told in ({}, {"why": "because"}):
        answer = sign_in(world.mali).post(at(world, item.pk, "open"), told)
        assert answer.status_code == 422
        assert not answer.streaming


@pytest.mark.parametrize("page", CHILD_PAGES)
def test_an_outsider_cannot_tell_an_attachment_from_one_that_is_not_there(world, sign_in, seal, page):
    item = seal(partition="shared")
    client = sign_in(world.somchai)
    real = client.get(at(world, item.pk, *filter(None, [page])))
    absent = client.get(at(world, world.case.pk, *filter(None, [page])))
    assert real.status_code == absent.status_code == 404
    assert client.post(at(world, item.pk, "open"), {"why": "work"}).status_code == 404
    assert client.get(at(world)).status_code == 404


@pytest.mark.parametrize("page", CHILD_PAGES)
def test_another_part_of_the_case_gets_403(world, sign_in, seal, page):
    item = seal()
    client = sign_in(world.nok)
    assert client.get(at(world, item.pk, *filter(None, [page]))).status_code == 403
    assert client.post(at(world, item.pk, "open"), {"why": "work"}).status_code == 403
    assert item.code not in client.get(at(world)).content.decode()


def test_the_coordinator_and_the_interpreter_have_no_right_here(world, sign_in):
    for name in ("dao", "chai"):
        assert sign_in(world.staff[name]).get(at(world)).status_code == 403


def test_an_attachment_of_one_case_is_not_found_under_another(world, sign_in, seal):
    from tests.cast import make_case

    item, other = seal(partition="shared"), make_case(world, "Another matter")
    client = sign_in(world.mali)
    assert client.get(f"/cases/{other.code}/evidence/{item.pk}/").status_code == 404


def test_marked_material_gives_no_bytes_by_any_page(world, sign_in, seal, folder, django_capture_on_commit_callbacks):
    item = seal()
    client = sign_in(world.mali)
    assert "Destroy now" in client.get(at(world, item.pk, "suspected-abuse")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(at(world, item.pk, "suspected-abuse"), FOUND | {"version": "1"})
    assert answer.status_code == 302
    assert lying(folder) == []
    record_page = client.get(answer.url).content.decode()
    assert "https://example.test/x" in record_page
    assert re.search(r"Seen by\s*</dt>\s*<dd[^>]*>\s*Mali\s*</dd>", record_page)
    for page in CHILD_PAGES:
        shown = client.get(at(world, item.pk, *filter(None, [page])))
        assert LETTER not in shown.content
    tried = client.post(at(world, item.pk, "open"), {"why": "court"})
    assert (tried.status_code, tried.streaming) == (422, False)
    assert "was destroyed" in tried.content.decode()
    told = {"reported_to": "hotline", "report_ref": "TH-17", "version": "1"}
    assert client.post(answer.url + "report/", told).status_code == 302
    assert "TH-17" in client.get(answer.url).content.decode()


def test_marking_in_an_old_version_shows_the_page_that_says_so(world, sign_in, seal):
    item = seal()
    answer = sign_in(world.mali).post(at(world, item.pk, "suspected-abuse"), FOUND | {"version": "9"})
    assert answer.status_code == 409


def test_what_was_only_seen_is_written_down_through_the_page(world, sign_in, folder):
    client = sign_in(world.nok)
    answer = client.post(at(world, "suspected-abuse"), FOUND)
    assert answer.status_code == 302
    with viewing(world.nok, AT):
        assert AbuseRecord.objects.get().item is None
    assert client.get(answer.url).status_code == 200
    assert sign_in(world.mali).get(answer.url).status_code == 403
    assert sign_in(world.somchai).get(answer.url).status_code == 404


def test_entered_in_error_closes_an_attachment(world, sign_in, seal):
    item = seal(partition="shared")
    client = sign_in(world.preecha)
    told = {"reason": "wrong_case", "words": "", "version": "1"}
    assert client.post(at(world, item.pk, "correct"), told).status_code == 302
    assert item.code not in client.get(at(world)).content.decode()
    assert client.post(at(world, item.pk, "open"), {"why": "work"}).status_code == 422


def test_the_pages_speak_thai(world, sign_in, seal):
    item = seal()
    client = sign_in(world.mali, "th")
    for page in ("", "new", f"{item.pk}/open", f"{item.pk}/receipt", "suspected-abuse"):
        answer = client.get(at(world, *filter(None, [page])))
        assert answer.status_code == 200
        assert 'lang="th"' in answer.content.decode()


def test_the_panel_shows_codes_to_those_who_read_the_part_and_is_absent_for_others(world, seal):
    item = seal()
    with world.acting("mali"):
        shown = panel(world.mali, world.case)
        assert [row["code"] for row in shown.context["rows"]] == [item.code]
        assert len(shown.links) == 3
    with world.acting("nok"):
        assert panel(world.nok, world.case).context["rows"] == []
    with world.acting("dao"):
        assert panel(world.dao, world.case) is None
