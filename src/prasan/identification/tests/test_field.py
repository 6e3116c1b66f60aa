"""What came from the field is opened by its desk, accepted or refused once, and then gone."""

import json
import uuid
from datetime import timedelta

import pytest

from prasan import packs
from prasan.access import actions as staff
from prasan.access.allow import Changed
from prasan.access.check import Denied
from prasan.access.models import Desk, DeskAccess
from prasan.access.system import system_read
from prasan.accounts.models import FactorReset
from prasan.cases.models import Participation
from prasan.identification import due_of_field
from prasan.identification.actions import field as actions
from prasan.identification.models import FieldDevice, FieldSubmission, FormVersion, Screening
from prasan.identification.rules import field as rules
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from prasan.vault import field as sealed
from prasan.vault import keys
from tests.cast import AT, TODAY
from tests.full_field import send_from_field

from .phoning import FORM, NAME, WORDS, accept, screening, submission

pytestmark = pytest.mark.usefixtures("own_addresses")

GOOD = {"v": 1, "id": "a", "form": "f", "form_digest": "d", "about": {}, "answers": {"q": "yes"}, "words": {}}


@pytest.mark.parametrize("change", [
    {"v": 2}, {"id": "b"}, {"form": "g"}, {"form_digest": "e"}, {"answers": []}, {"answers": {"q": {"deep": 1}}},
    {"answers": {"q": "x" * 10_001}}, {"answers": {str(n): "yes" for n in range(501)}}, {"words": {"q": 5}},
    {"about": None}, {"answers": {"q": True}}, {"answers": {"q": ["x"] * 61}},
])  # fmt: skip
def test_what_is_not_the_form_that_was_announced_is_unreadable(change):
    read = {"id": "a", "form": "f", "form_digest": "d"}
    assert rules.read(json.dumps(GOOD).encode(), **read).answers == {"q": "yes"}
    with pytest.raises(rules.Unreadable):
        rules.read(json.dumps(GOOD | change).encode(), **read)


@pytest.mark.parametrize("clear", [b"", b"\xff", b"[]", b"null", b"[" * 100_000])
def test_garbage_is_unreadable(clear):
    with pytest.raises(rules.Unreadable):
        rules.read(clear, id="a", form="f", form_digest="d")


# The desk


def test_a_member_of_the_desk_opens_under_one_journal_line(world, phone):
    row = phone.send()
    before = Line.objects.count()
    with world.acting("nok"):
        told = actions.open_sent(by=world.nok, submission=row, at=AT)
    assert told.about["name"] == NAME
    line = Line.objects.order_by("-n").first()
    assert (Line.objects.count() - before, line.act, line.by) == (1, "vault.open_identity", str(world.nok.pk))
    assert NAME not in line.body


def test_nothing_of_what_was_sent_is_read_by_another_desk_or_by_nobody(world, phone, sign_in):
    row = phone.send()
    other = Desk.objects.create(code="other", name_en="Other", name_th="อื่น")
    DeskAccess.objects.create(user=world.somchai, desk=other)
    client = sign_in(world.somchai)
    for name in ("", "open/", "accept/", "refuse/"):
        assert client.get(f"/from-the-field/{row.pk}/{name}").status_code == 404
    assert client.get(f"/field-phones/{phone.row.pk}/revoke/").status_code == 404
    assert "blue" not in client.get("/from-the-field/").content.decode()
    for by in ("somchai", "preecha", "ubon"):
        with world.acting(by), pytest.raises(Denied):
            actions.open_sent(by=world.staff[by], submission=row, at=AT)
        with pytest.raises(Denied):
            sealed.open_sent(row, "content", by=world.staff[by], why="intake", at=AT)
    assert sign_in(world.preecha).get("/from-the-field/").status_code == 403


def test_accepting_makes_a_person_and_a_screening_and_empties_what_was_sent(world, phone):
    form = packs.forms()[FORM]
    worded = next(q for q in form.questions if q.kind == "words")
    answers, words = {form.questions[0].code: "yes", worded.code: "told"}, {worded.code: WORDS}
    if worded.asked_if:
        answers[worded.asked_if.question] = worded.asked_if.values[0]
    row = accept(world, phone.send(answers=answers, words=words))
    assert (row.status, row.case_id, bytes(row.content)) == ("accepted", world.case.pk, b"")
    with world.acting("mali"):
        made = Screening.objects.order_by("-made_at").first()
        assert made.participation.part == "potential_victim"
    assert made.answers == answers
    assert made.form.digest == row.form_digest
    line = Line.objects.filter(act="identification.accept_field").get()
    assert line.target.endswith(str(row.pk))
    with pytest.raises(Refused):
        accept(world, row)
    stale = submission(row.pk)
    stale.status, stale.version = "waiting", 1
    with pytest.raises((Changed, Refused)):
        accept(world, stale)


@pytest.mark.parametrize("how", ["accept", "refuse"])
def test_what_was_decided_cannot_be_read_from_an_old_backup_either(world, phone, how):
    row = phone.send()
    copy = submission(row.pk)
    assert not bytes(copy.content).startswith(b"age-encryption")
    if how == "accept":
        accept(world, row)
    else:
        with world.acting("nok"):
            actions.refuse(by=world.nok, submission=row, version=1, reason="test", words="", destroyed=True, at=AT)
    with world.acting("nok"):
        assert actions.open_sent(by=world.nok, submission=copy, at=AT) is None
    assert not keys.WrappedKey.objects.filter(owner_kind="submission").exists()


def test_what_was_moved_to_another_row_does_not_open(world, phone):
    one, other = phone.send(), phone.send()
    one.content = other.content
    with world.acting("nok"):
        assert actions.open_sent(by=world.nok, submission=one, at=AT) is None


def test_a_form_that_was_never_handed_out_is_refused_with_a_sentence(world, phone):
    from dataclasses import replace

    strange = replace(packs.forms()[FORM], version="of another house")
    id = uuid.uuid4()
    assert phone.put(id, phone.sealed(id, form=strange), form=strange).status_code == 201
    with pytest.raises(Refused, match="never handed out"):
        accept(world, submission(id))
    with world.acting("mali"):
        assert Screening.objects.count() == 0
    assert accept(world, submission(id), into="nothing", case=None).status == "accepted"


def test_a_form_is_kept_when_a_phone_sends_it(world, phone):
    FormVersion.objects.all().delete()
    row = phone.send()
    assert FormVersion.objects.filter(digest=row.form_digest).exists()


@pytest.mark.parametrize("lost", ["suspended", "factor"])
def test_whoever_is_locked_out_or_loses_the_second_factor_has_no_phone_any_more(world, phone, lost):
    with world.acting("dao"):
        if lost == "suspended":
            staff.suspend(by=world.dao, staff=world.nok, at=AT)
        else:
            asked = FactorReset.objects.create(staff=world.nok, asked_by=world.ubon, asked_at=AT)
            staff.confirm_factor_reset(by=world.dao, reset=asked, at=AT)
    with system_read("verify", line=False):
        assert FieldDevice.objects.get(pk=phone.row.pk).revoked_at == AT
    if lost == "suspended":
        staff.resume(by=world.ubon, staff=world.nok, at=AT)
    id = uuid.uuid4()
    assert phone.put(id, phone.sealed(id)).json() == {"why": "revoked"}


def test_of_two_who_decide_at_once_the_second_is_told(world, phone):
    row = phone.send()
    mine, theirs = submission(row.pk), submission(row.pk)
    accept(world, mine)
    with world.acting("nok"), pytest.raises(Changed):
        actions.refuse(by=world.nok, submission=theirs, version=theirs.version, reason="test", words="",
                       destroyed=True, at=AT)  # fmt: skip
    with world.acting("mali"):
        assert Screening.objects.count() == 1


def test_accepting_is_all_or_nothing(world, phone):
    row = phone.send()
    with world.acting("mali"):
        before = Participation.objects.count()
    with pytest.raises(Refused):
        accept(world, submission(row.pk), screening=screening(body="nobody"))
    with world.acting("mali"):
        assert (Participation.objects.count(), Screening.objects.count()) == (before, 0)
    assert submission(row.pk).status == "waiting"
    assert bytes(submission(row.pk).content)


def test_a_person_of_the_case_is_named_by_code_and_a_stranger_to_it_is_not_found(world, phone):
    row = phone.send()
    with pytest.raises(Refused):
        accept(world, submission(row.pk), person="P-999999")
    accept(world, submission(row.pk), person=world.survivor.person.code.lower())
    with world.acting("mali"):
        assert Screening.objects.get().person == world.survivor.person


def test_it_may_be_accepted_into_nothing(world, phone):
    row = accept(world, phone.send(), into="nothing", case=None)
    assert (row.status, row.case_id, bytes(row.content)) == ("accepted", None, b"")
    with world.acting("mali"):
        assert Screening.objects.count() == 0


def test_a_member_of_the_desk_who_is_not_in_the_case_cannot_put_anything_there(world, phone):
    row = phone.send()
    DeskAccess.objects.create(user=world.somchai, desk=world.desk)
    with pytest.raises(Denied):
        accept(world, submission(row.pk), by="somchai")
    assert submission(row.pk).status == "waiting"


def test_what_cannot_be_opened_is_shown_as_such_and_can_only_be_refused(world, phone, sign_in):
    id = uuid.uuid4()
    assert phone.put(id, b"age-encryption.org/v1\nnonsense").status_code == 201
    twice = uuid.uuid4()
    assert phone.put(twice, phone.sealed(uuid.uuid4())).status_code == 201
    client = sign_in(world.mali)
    for one in (id, twice):
        page = client.get(f"/from-the-field/{one}/open/").content.decode()
        assert "This cannot be opened" in page
        assert f"/from-the-field/{one}/accept/" not in page
        with pytest.raises(Refused):
            accept(world, submission(one))
    told = {"reason": "unreadable", "destroyed": "on"}
    assert client.post(f"/from-the-field/{id}/refuse/", {"reason": "unreadable"}).status_code == 422
    assert client.post(f"/from-the-field/{id}/refuse/", told).status_code == 302
    assert (submission(id).status, submission(id).reason, bytes(submission(id).content)) == ("refused", "unreadable", b"")
    assert "decided already" in client.get(f"/from-the-field/{id}/open/").content.decode()


def test_an_older_version_of_a_form_is_read_with_its_own_questions(world, phone, monkeypatch, sign_in):
    old = packs.forms()[FORM]
    from dataclasses import replace

    newer = {**packs.forms(), FORM: replace(old, version="later", groups=old.groups[1:])}
    monkeypatch.setattr(packs, "forms", lambda on=None: newer)
    row = FieldSubmission(pk=uuid.uuid4())
    body = phone.sealed(row.pk, form=old, answers={old.questions[0].code: "yes"})
    assert phone.put(row.pk, body, form=old).status_code == 201
    page = sign_in(world.mali).get(f"/from-the-field/{row.pk}/open/").content.decode()
    assert "earlier version" in page
    accept(world, submission(row.pk))
    with world.acting("mali"):
        assert Screening.objects.get().form.digest == old.digest() != newer[FORM].digest()


def test_the_desk_registers_lists_and_revokes_a_phone_by_its_pages(world, sign_in):
    client = sign_in(world.nok)
    assert client.get("/field-phones/new/").status_code == 200
    assert client.post("/field-phones/new/", {"label": ""}).status_code == 422
    told = {"desk": world.desk.pk, "label": "ใหม่"}
    page = client.post("/field-phones/new/", told).content.decode()
    assert 'class="prasan-qr"' in page
    with world.acting("nok"):
        row = FieldDevice.objects.get()
    assert "Not connected yet" in client.get("/field-phones/").content.decode()
    assert client.get(f"/field-phones/{row.pk}/revoke/").status_code == 200
    assert client.post(f"/field-phones/{row.pk}/revoke/", {"version": row.version}).status_code == 302
    assert "Revoked" in client.get("/field-phones/").content.decode()
    assert row.staff == world.nok
    assert client.post("/field-phones/new/", told | {"desk": 0}).status_code == 422


def test_the_list_says_when_and_from_whom_and_nothing_of_what_was_told(world, phone, sign_in):
    row = phone.send(words={})
    client = sign_in(world.mali)
    for page in ("/from-the-field/", f"/from-the-field/{row.pk}/"):
        shown = client.get(page).content.decode()
        assert "blue" in shown
        assert NAME not in shown
    opened = client.get(f"/from-the-field/{row.pk}/open/").content.decode()
    assert NAME in opened
    assert "no-store" in client.get(f"/from-the-field/{row.pk}/open/").headers["Cache-Control"]


def test_it_is_accepted_by_the_form(world, phone, sign_in):
    row = phone.send()
    client = sign_in(world.mali)
    page = client.get(f"/from-the-field/{row.pk}/accept/")
    assert NAME in page.content.decode()
    told = {"into": "case", "case": world.case.code, "name": NAME, "gender": "feminine", "age": "15",
            "discipline": "social_worker", "on": "24/11/2569", "body": "ngo", "place": "office",
            "situation": "sexual_offline", "child_at_time": "yes", "interpreter": "no", "enters_nrm": "yes",
            "version": row.version, "key": "k"}  # fmt: skip
    assert client.post(f"/from-the-field/{row.pk}/accept/", told | {"case": ""}).status_code == 422
    done = client.post(f"/from-the-field/{row.pk}/accept/", told)
    assert done.status_code == 302, done.content.decode()[-3000:]
    with world.acting("mali"):
        assert Screening.objects.get().person.birth_year == 2011
    assert client.post(f"/from-the-field/{row.pk}/accept/", told).status_code == 302
    with world.acting("mali"):
        assert Screening.objects.count() == 1


def test_the_field_key_follows_the_instance_key_and_is_never_destroyed(world, phone):
    with pytest.raises(ValueError, match="rotated"):
        keys.destroy_key(keys.FIELD)
    assert sealed.ready(AT) == phone.told["recipient"]
    row = phone.send()
    keys.WrappedKey.objects.filter(owner_kind="field").delete()
    with world.acting("nok"):
        assert actions.open_sent(by=world.nok, submission=row, at=AT) is None


def test_my_day_counts_what_waits_and_the_seed_of_the_matrix_can_be_opened(world, sign_in):
    assert due_of_field.due(world.preecha, TODAY) == []
    with world.acting("nok"):
        assert due_of_field.due(world.nok, TODAY) == []
    rows = send_from_field(world, world.desk)
    with world.acting("nok"):
        (line,) = due_of_field.due(world.nok, TODAY)
        assert (line.tone, line.text) == ("today", "1 form from the field waits")
        assert due_of_field.due(world.nok, TODAY + timedelta(days=1))[0].tone == "late"
    client = sign_in(world.mali)
    for name in ("", "open/", "accept/", "refuse/"):
        assert client.get(f"/from-the-field/{rows['submission']}/{name}").status_code == 200
    assert client.get(f"/field-phones/{rows['device']}/revoke/").status_code == 200
