"""What a phone of the field may do: pair once, send once, be revoked; and what it learns."""

import hashlib
import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from prasan import packs
from prasan.access.models import DeskAccess
from prasan.access.system import system_read
from prasan.identification.actions import field as actions
from prasan.identification.models import FieldDevice, FormVersion
from prasan.identification.rules import field as rules
from prasan.identification.rules import field_words
from prasan.journal.models import Line
from tests.cast import AT
from tests.kept import cannot_write

from .phoning import accept, count, submission

pytestmark = pytest.mark.usefixtures("own_addresses")


def test_a_code_pairs_once_and_only_within_an_hour(world, phone):
    again = phone.client.post("/field/pair/", json.dumps({"code": phone.code}), content_type="application/json")
    assert (again.status_code, again.json()) == (401, {"why": "code"})
    with world.acting("nok"):
        _row, code = actions.register_device(by=world.nok, desk=world.desk, label="late", at=AT)
    with time_machine.travel(AT + timedelta(minutes=61), tick=False):
        late = phone.client.post("/field/pair/", json.dumps({"code": code}), content_type="application/json")
    assert late.status_code == 401
    typed = "-".join([code[:4], code[4:8], code[8:]]).lower()
    assert phone.client.post("/field/pair/", json.dumps({"code": typed}), content_type="application/json").status_code == 200


def pairs(phone, code, **more):
    return phone.client.post("/field/pair/", json.dumps({"code": code}), content_type="application/json", **more)


def test_codes_cannot_be_tried_out(world, phone):
    tried = [pairs(phone, f"BCDF{n:08}", REMOTE_ADDR=f"198.51.100.{n}") for n in range(25)]
    assert {one.status_code for one in tried[:20]} == {401}
    assert (tried[-1].status_code, tried[-1].headers["Retry-After"]) == (429, "60")
    assert pairs(phone, "WXYZ0000AAAA").status_code == 401


def test_codes_that_all_begin_differently_are_counted_together(world, phone, monkeypatch):
    monkeypatch.setattr("prasan.identification.views.phone.TRIES_OF_ALL", 30)
    letters = "BCDFGH"
    tried = [pairs(phone, f"{one}{two}00{one * 8}") for one in letters for two in letters]
    assert [one.status_code for one in (tried[0], tried[-1])] == [401, 429]


def test_a_worker_registers_a_phone_for_oneself_alone(world, phone):
    assert phone.row.staff == phone.row.made_by == world.nok
    phone.send()
    lines = Line.objects.filter(act__in=["identification.pair_device", "identification.send_field"])
    assert set(lines.values_list("by", flat=True)) == {str(world.nok.pk)}


def test_what_a_phone_loads_is_the_same_for_all_and_costs_no_query(phone, django_assert_num_queries):
    first = Client().get("/field/content/").content
    with django_assert_num_queries(0):
        assert Client().get("/field/content/").content == first


def test_neither_the_code_nor_the_token_is_stored(world, phone):
    with system_read("verify", line=False):
        row = FieldDevice.objects.get(pk=phone.row.pk)
    assert row.digest == actions.digest_of(phone.token)
    assert phone.token not in str(vars(row))


def test_the_same_bytes_are_kept_once_and_other_bytes_under_the_same_number_are_not(world, phone):
    id = uuid.uuid4()
    first, other = phone.sealed(id), phone.sealed(id)
    assert [phone.put(id, body).status_code for body in (first, first, other, first)] == [201, 200, 409, 200]
    assert submission(id).digest == hashlib.sha256(first).hexdigest()
    assert count() == 1
    assert Line.objects.filter(act="identification.send_field", outcome="done").count() == 1


def test_what_was_decided_is_recognised_when_it_comes_once_more(world, phone):
    id = uuid.uuid4()
    body = phone.sealed(id)
    phone.put(id, body)
    accept(world, submission(id))
    assert phone.put(id, body).status_code == 200
    assert bytes(submission(id).content) == b""
    assert submission(id).status == "accepted"


def test_a_revoked_phone_may_not_send_and_is_told_so(world, phone):
    with world.acting("nok"):
        device = FieldDevice.objects.get(pk=phone.row.pk)
        actions.revoke_device(by=world.nok, device=device, version=device.version, at=AT)
    id = uuid.uuid4()
    answer = phone.put(id, phone.sealed(id))
    assert (answer.status_code, answer.json()) == (401, {"why": "revoked"})
    asked = phone.client.get("/field/standing/", headers={"authorization": f"Bearer {phone.token}"})
    assert asked.json() == {"why": "revoked"}
    assert count() == 0
    assert Line.objects.filter(act="identification.send_field", outcome="denied").count() == 2


def test_whoever_left_the_desk_may_not_send(world, phone):
    DeskAccess.objects.filter(user=world.nok).update(until=AT - timedelta(days=1))
    id = uuid.uuid4()
    answer = phone.put(id, phone.sealed(id))
    assert (answer.status_code, answer.json()) == (403, {"why": "no_desk"})
    DeskAccess.objects.filter(user=world.nok).update(until=AT + timedelta(days=1))
    world.nok.is_active = False
    world.nok.save()
    assert phone.put(id, phone.sealed(id)).status_code == 403


def test_without_its_token_nothing_is_taken_in(world, phone):
    id = uuid.uuid4()
    for token in ("", "x", phone.code):
        assert phone.put(id, phone.sealed(id), token=token).status_code == 401
    assert count() == 0


def test_too_much_and_too_little_is_refused_before_it_is_read(world, phone):
    id = uuid.uuid4()
    assert phone.put(id, b"x" * (rules.MOST_BYTES + 1)).status_code == 413
    assert phone.put(id, b"").status_code == 411
    assert phone.put(id, b"x", **{"x-prasan-form": "../etc"}).status_code == 400
    assert phone.put(id, b"x", **{"x-prasan-form-digest": "no"}).status_code == 400
    assert phone.client.generic("PUT", f"/field/inbox/{id}/", b"", CONTENT_LENGTH="").status_code == 411
    assert phone.client.get(f"/field/inbox/{id}/").status_code == 405
    assert count() == 0


def test_a_phone_that_sends_too_fast_and_a_desk_that_is_full_are_told(world, phone, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_MINUTE", 1)
    phone.send()
    id = uuid.uuid4()
    assert phone.put(id, phone.sealed(id)).status_code == 429
    monkeypatch.setattr(rules, "MOST_A_MINUTE", 10)
    monkeypatch.setattr(rules, "MOST_WAITING", 1)
    answer = phone.put(id, phone.sealed(id))
    assert (answer.status_code, answer.json()) == (507, {"why": "full"})


def test_nothing_is_kept_when_the_journal_cannot_be_written(world, phone, monkeypatch):
    monkeypatch.setattr("prasan.journal.enter", cannot_write)
    id = uuid.uuid4()
    with pytest.raises(OSError, match="no line"):
        phone.put(id, phone.sealed(id))
    assert count() == 0


def test_the_page_of_the_phone_tells_nothing_of_any_case(world, phone):
    shown = Client()
    bodies = [shown.get(path).content.decode() for path in (
        "/field/", "/field/calendar/", "/field/worker.js", "/field/manifest.webmanifest", "/field/content/")]  # fmt: skip
    for word in (world.case.code, world.survivor.person.code, "Prasan", "ประสาน", "trafficking"):
        assert not [b[:60] for b in bodies[:4] if word in b], word
    assert world.case.code not in bodies[4]
    told = json.loads(bodies[4])
    assert set(told["texts"]["th"]) == set(told["texts"]["en"]) == set(field_words.PHONE)
    assert {f["content"]["code"] for f in told["forms"]} == set(packs.forms())
    assert FormVersion.objects.filter(digest=told["forms"][0]["digest"]).exists()
    policy = shown.get("/field/").headers["Content-Security-Policy"]
    assert "trusted-types prasan-field" in policy
    assert "unsafe" not in policy
