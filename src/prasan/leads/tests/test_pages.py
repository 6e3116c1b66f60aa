"""Pages of the intake desk: what they show, what they save, and to whom they do not exist."""

import pytest

from prasan.access.scoping import viewing
from prasan.leads import due
from prasan.leads.actions import abuse
from prasan.leads.models import AbuseNotice, Lead
from tests.cast import AT, TODAY

from .intake import PHONE, SOURCE, make_lead, second_desk


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    settings.ROOT_URLCONF = "prasan.leads.tests.urls"


GOOD = {
    "channel": "walk_in", "received_on": "23/11/2569", "urgency": "soon", "text": "คนงานถูกยึดหนังสือเดินทาง",
    "identifiers": PHONE, "mode": "physical", "source_name": "ป้าแดง",
}  # fmt: skip


def newest(world, name="nok"):
    with viewing(world.staff[name], AT):
        return Lead.objects.order_by("-made_at").first()


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def test_a_lead_is_recorded_by_the_form_and_shown_with_its_age(cast_only, sign_in):
    client = sign_in(cast_only.nok)
    assert "One on each line" in page(client, "/leads/new/")
    answer = client.post("/leads/new/", GOOD)
    lead = newest(cast_only)
    assert answer.headers["Location"] == f"/leads/{lead.code}/"
    shown = page(client, f"/leads/{lead.code}/")
    assert GOOD["text"] in shown
    assert PHONE in shown
    assert "Nowhere else" in shown
    assert "ป้าแดง" not in shown
    listed = page(client, "/leads/")
    assert lead.code in listed
    assert "1 day" in listed
    assert GOOD["text"] not in listed


def test_an_empty_form_says_what_is_missing_beside_its_fields(cast_only, sign_in):
    answer = sign_in(cast_only.nok).post("/leads/new/", {"text": "x"})
    assert answer.status_code == 422
    assert "How did it reach you?" in answer.content.decode()
    assert newest(cast_only) is None


def test_to_an_outsider_a_lead_does_not_exist(cast_only, sign_in):
    lead = make_lead(cast_only)
    second_desk(cast_only)
    client = sign_in(cast_only.somchai)
    acts = ("", "triage/", "accept/", "merge/", "refer/", "close/", "source/", "correct/", "in-error/", "abuse/new/")
    for name in acts:
        assert client.get(f"/leads/{lead.code}/{name}").status_code == 404
    assert lead.code not in page(client, "/leads/")


@pytest.mark.parametrize("name", ["preecha", "anan", "ubon", "fah"])
def test_who_is_on_no_desk_is_told_so(cast_only, sign_in, name):
    for address in ("/leads/", "/leads/new/", "/leads/abuse/", "/leads/abuse/new/"):
        assert "members of the intake desk" in page(sign_in(cast_only.staff[name]), address, 403)


def test_the_filters_narrow_the_list(cast_only, sign_in):
    first, second = make_lead(cast_only, urgency="danger"), make_lead(cast_only)
    client = sign_in(cast_only.nok)
    listed = page(client, "/leads/?urgency=danger&status=open&owner=nobody")
    assert first.code in listed
    assert second.code not in listed
    assert first.code not in page(client, "/leads/?owner=me")
    assert first.code not in page(client, "/leads/?status=closed")


def test_matches_are_shown_by_code_at_home_and_as_a_question_elsewhere(cast_only, sign_in):
    first, second = make_lead(cast_only, identifiers=PHONE), make_lead(cast_only, identifiers=PHONE)
    shown = page(sign_in(cast_only.mali), f"/leads/{second.code}/")
    assert first.code in shown
    assert "ask its custodian" not in shown
    other = make_lead(cast_only, by="somchai", desk=second_desk(cast_only), identifiers=PHONE)
    shown = page(sign_in(cast_only.somchai), f"/leads/{other.code}/")
    assert "Another file holds this: ask its custodian." in shown
    assert first.code not in shown
    assert second.code not in shown


def test_a_lead_goes_through_triage_into_a_case(cast_only, sign_in):
    lead, client = make_lead(cast_only), sign_in(cast_only.nok)
    at = f"/leads/{lead.code}/"
    assert 'name="version" value="1"' in page(client, at + "triage/")
    client.post(at + "triage/", {"version": 1, "urgency": "child", "owner": cast_only.mali.pk})
    assert newest(cast_only).owner == cast_only.mali
    assert "Karaoke" in page(client, at + "accept/")
    answer = client.post(at + "accept/", {"version": 2, "into": "new", "title": "Karaoke bar", "forms": ["servitude"]})
    assert answer.status_code == 302, answer.content.decode()
    accepted = newest(cast_only)
    assert accepted.status == "accepted"
    shown = page(client, at)
    with cast_only.acting("nok"):
        code = accepted.case.code
    assert f"/cases/{code}/" in shown
    assert code not in page(sign_in(cast_only.mali), at)
    assert "Merge into another lead" not in shown


def test_a_lead_is_merged_referred_and_closed_by_its_pages(cast_only, sign_in):
    first, second, third = (make_lead(cast_only) for _n in range(3))
    client = sign_in(cast_only.dao)
    assert client.post(f"/leads/{first.code}/merge/", {"version": 1, "into": "L-NONE111"}).status_code == 422
    client.post(f"/leads/{first.code}/merge/", {"version": 1, "into": second.code.lower()})
    client.post(f"/leads/{second.code}/refer/", {"version": 1, "agency": "police", "words": "theirs"})
    client.post(f"/leads/{third.code}/close/", {"version": 1, "reason": "misuse"})
    with cast_only.acting("dao"):
        assert [Lead.objects.get(pk=x.pk).status for x in (first, second, third)] == ["merged", "referred", "closed"]
    assert second.code in page(client, f"/leads/{first.code}/")
    assert "Provincial Police" in page(client, f"/leads/{second.code}/")


def test_who_comes_too_late_is_told_that_it_changed(cast_only, sign_in):
    lead, client = make_lead(cast_only), sign_in(cast_only.nok)
    told = {"version": 1, "urgency": "child", "owner": ""}
    assert client.post(f"/leads/{lead.code}/triage/", told).status_code == 302
    assert client.post(f"/leads/{lead.code}/triage/", told).status_code == 409


def test_the_source_is_shown_once_after_the_reason(cast_only, sign_in):
    lead, client = make_lead(cast_only, source=SOURCE), sign_in(cast_only.mali)
    assert SOURCE["name"] not in page(client, f"/leads/{lead.code}/source/")
    assert client.post(f"/leads/{lead.code}/source/", {}).status_code == 422
    answer = client.post(f"/leads/{lead.code}/source/", {"why": "contact"})
    assert SOURCE["name"] in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert "The source was opened" in page(client, f"/leads/{lead.code}/")


def test_a_correction_begins_with_what_stood_there_and_points_back(cast_only, sign_in):
    lead, client = make_lead(cast_only, identifiers="line: shop1", source=SOURCE), sign_in(cast_only.nok)
    shown = page(client, f"/leads/{lead.code}/correct/")
    assert "line: shop1" in shown
    assert SOURCE["name"] not in shown
    answer = client.post(f"/leads/{lead.code}/correct/", {**GOOD, "version": 1})
    right = answer.headers["Location"]
    assert right.strip("/") != f"leads/{lead.code}"
    assert right in page(client, f"/leads/{lead.code}/")
    assert f"Corrects {lead.code}" in page(client, right)
    client.post(f"{right}in-error/", {"version": 1, "reason": "twice"})
    assert "Entered in error" in page(client, right)
    assert right not in page(client, "/leads/")


def test_the_abuse_page_says_stop_and_takes_no_file(cast_only, sign_in):
    lead, client = make_lead(cast_only), sign_in(cast_only.nok)
    for address in ("/leads/", f"/leads/{lead.code}/", "/leads/new/"):
        assert "I may have seen abuse of a child" in page(client, address)
    shown = page(client, f"/leads/{lead.code}/abuse/new/")
    for word in ("Stop.", "TICAC", "ThaiHotline", "NCMEC", "191"):
        assert word in shown
    assert 'type="file"' not in shown
    told = {"danger": "yes", "address": "https://bad.example/r", "seen_at_0": "23/11/2569", "seen_at_1": "10:00",
            "seen_at_day": "23/11/2569", "seen_at_clock": "10:00", "seen_by": "caller"}  # fmt: skip
    answer = client.post(f"/leads/{lead.code}/abuse/new/", told)
    assert answer.status_code == 302, answer.content.decode()
    shown = page(client, answer.headers["Location"])
    assert "https://bad.example/r" in shown
    assert "Not reported yet" in shown
    listed = page(client, "/leads/abuse/")
    assert lead.code in listed
    assert "bad.example" not in listed
    answer = client.post(answer.headers["Location"] + "report/", {
        "version": 1, "reported_to": ["ticac"], "reported_at_day": "24/11/2569", "reported_at_clock": "09:00",
        "reference": "T-77",
    })  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    assert "T-77" in page(client, answer.headers["Location"])
    with cast_only.acting("nok"):
        notice = AbuseNotice.objects.get()
    second_desk(cast_only)
    assert sign_in(cast_only.somchai).get(f"/leads/abuse/{notice.pk}/").status_code == 404


def test_the_pages_speak_thai(cast_only, sign_in):
    lead, client = make_lead(cast_only, urgency="danger"), sign_in(cast_only.nok, "th")
    for address in ("/leads/", "/leads/new/", f"/leads/{lead.code}/", f"/leads/{lead.code}/abuse/new/"):
        shown = page(client, address)
        assert '<html lang="th"' in shown
    assert "พ.ย. 2569" in shown or "พฤศจิกายน 2569" in page(client, f"/leads/{lead.code}/")
    assert "สายด่วน 1300" in page(client, "/leads/")


def test_my_day_shows_leads_without_an_owner_and_abuse_that_was_not_reported(cast_only):
    lead = make_lead(cast_only)
    with cast_only.acting("nok"):
        told = {"address": "x", "seen_at": AT, "seen_by": "y", "danger": False}
        abuse.note_abuse(by=cast_only.nok, desk=cast_only.desk, at=AT, **told)
        lines = due.due(cast_only.nok, TODAY)
    assert [(line.tone, lead.code in line.text) for line in lines] == [("late", False), ("today", True)]
    with cast_only.acting("preecha"):
        assert due.due(cast_only.preecha, TODAY) == []


def test_who_is_on_two_desks_chooses_one(cast_only, sign_in):
    second_desk(cast_only, "nok")
    client = sign_in(cast_only.nok)
    assert "Other desk" in page(client, "/leads/new/")
    assert client.post("/leads/new/", GOOD).status_code == 422
    client.post("/leads/new/", {**GOOD, "desk": "other-desk"})
    assert newest(cast_only).desk.code == "other-desk"
