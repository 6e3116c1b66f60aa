"""The pages of training: shown, sent, refused, denied, in both languages."""

import pytest

from prasan.training.models import Attendance, Session

pytestmark = pytest.mark.urls("prasan.training.tests.urls")
ENTRY = {
    "title": "Digital evidence", "topic": "digital", "on": "2/11/2569", "hours": "3", "place": "TH-57",
    "kind_1": "law_enforcement", "female_1": "9", "male_1": "11", "kind_4": "ngo", "unknown_4": "2",
}  # fmt: skip


def test_a_trainer_enters_a_session_and_reads_it_back(cast_only, sign_in):
    client = sign_in(cast_only.kwan)
    assert client.get("/training/sessions/new/").status_code == 200
    answer = client.post("/training/sessions/new/", ENTRY, follow=True)
    body = answer.content.decode()
    assert "Digital evidence" in body
    assert sum(Attendance.objects.values_list("count", flat=True)) == 22
    assert str(Session.objects.get().on) == "2026-11-02"
    assert "Digital evidence" in client.get("/training/?year=2026&topic=digital").content.decode()
    assert "Digital evidence" not in client.get("/training/?topic=law").content.decode()


def test_a_group_without_its_kind_is_refused_with_a_sentence(cast_only, sign_in):
    answer = sign_in(cast_only.kwan).post("/training/sessions/new/", ENTRY | {"kind_1": ""})
    assert answer.status_code == 422
    assert "Group 1: choose the kind of organisation." in answer.content.decode()
    assert not Session.objects.exists()


def test_a_session_is_corrected_and_taken_out_on_its_pages(cast_only, sign_in):
    client = sign_in(cast_only.kwan)
    client.post("/training/sessions/new/", ENTRY)
    code = Session.objects.get().code
    form = client.get(f"/training/sessions/{code}/correct/").content.decode()
    assert 'value="11"' in form
    client.post(f"/training/sessions/{code}/correct/", ENTRY | {"male_1": "10", "version": "1"})
    new = Session.objects.get(closed_as="")
    assert new.replaces.code == code
    assert client.get(f"/training/sessions/{code}/correct/").status_code == 404
    assert client.post(f"/training/sessions/{new.code}/error/", {"reason": "twice", "version": "7"}).status_code == 409
    client.post(f"/training/sessions/{new.code}/error/", {"reason": "twice", "version": "1"})
    assert not Session.objects.filter(closed_as="").exists()


def test_a_report_reader_reads_and_a_social_worker_is_told_why_not(cast_only, sign_in):
    reader = sign_in(cast_only.fah)
    assert reader.get("/training/").status_code == 200
    assert "Record a session" not in reader.get("/training/").content.decode()
    assert reader.get("/training/sessions/new/").status_code == 403
    denied = sign_in(cast_only.mali).get("/training/")
    assert denied.status_code == 403
    assert "This is for these disciplines" in denied.content.decode()
    assert reader.get("/training/sessions/T-NOTHING/").status_code == 404


def test_the_thai_page_writes_the_year_of_the_buddhist_era(cast_only, sign_in):
    client = sign_in(cast_only.kwan, "th")
    client.post("/training/sessions/new/", ENTRY)
    body = client.get("/training/").content.decode()
    assert '<html lang="th"' in body
    assert "2569" in body
