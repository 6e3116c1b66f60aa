"""Acts on attachments: sealed, opened, destroyed, corrected; refused, denied; and nothing without its line."""

import hashlib
import io
import os
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from prasan.access.allow import Changed
from prasan.access.check import NOT_MEMBER, Denied
from prasan.access.opening import NOT_YOUR_PART
from prasan.cases.models import Event
from prasan.evidence import actions, due, queries, rules
from prasan.evidence.models import AbuseRecord, Item
from prasan.evidence.tests.conftest import FOUND, LETTER, lying
from prasan.journal import checking
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from prasan.vault import files, keys
from prasan.vault.models import WrappedKey
from tests.cast import AT, TODAY, make_case, make_person
from tests.kept import cannot_write


def acts():
    return list(Line.objects.order_by("n").values_list("act", "outcome"))


def opened(world, item, by="mali", why="court"):
    with world.acting(by):
        return b"".join(actions.open_item(by=world.staff[by], item=item, why=why, at=AT))


def mark(world, item, by="mali", version=None, **told):
    with world.acting(by):
        return actions.mark_abuse(by=world.staff[by], item=item, version=version or item.version, at=AT, **FOUND | told)


def refusal(wanted):
    return [p.message for p in wanted.value.problems]


def test_a_sealed_file_comes_back_with_journal_timeline_and_nothing_readable_in_the_row(world, seal):
    item = seal()
    assert ("evidence.seal_item", "done") in acts()
    assert opened(world, item) == LETTER
    assert acts()[-2:] == [("evidence.open_item", "done"), ("vault.open", "done")]
    with world.acting("mali"):
        event = Event.objects.get(kind="sealed")
        assert (event.partition, event.about) == ("care", world.survivor.person)
        assert queries.file_name(world.mali, item, AT) == "จดหมาย สมหญิง.pdf"
        assert queries.content_hash(world.mali, item, AT) == hashlib.sha256(LETTER).hexdigest()
        stored = Item.objects.get(pk=item.pk)
    readable = " ".join(str(v) for v in stored.__dict__.values()) + "".join(Line.objects.values_list("body", flat=True))
    assert hashlib.sha256(LETTER).hexdigest() not in readable
    assert "สมหญิง" not in readable
    assert stored.media_type == "application/pdf"
    assert checking.check().ok


class Untouchable(io.BytesIO):
    """A file that must not be read."""

    def read(self, size=-1):
        raise AssertionError("a file was read before anybody had looked at it")


def test_without_the_tick_not_one_byte_is_read_and_no_key_is_made(world, seal, folder):
    with pytest.raises(Refused) as wanted:
        seal(looked=False, file=Untouchable(LETTER))
    assert refusal(wanted) == [rules.NOT_LOOKED]
    assert lying(folder) == []
    assert not WrappedKey.objects.filter(owner_kind="file").exists()


def test_the_database_itself_refuses_an_attachment_that_nobody_looked_at(world, seal):
    item = seal()
    with pytest.raises(IntegrityError), transaction.atomic(), world.acting("mali"):
        Item.objects.filter(pk=item.pk).update(checked_no_abuse=False)


def test_a_file_that_lies_about_its_size_is_stopped_on_the_way(world, seal, folder, monkeypatch):
    monkeypatch.setattr(rules, "LARGEST", 20)
    with pytest.raises(Refused) as wanted:
        seal(content=b"x" * 21, size=5)
    assert refusal(wanted) == [rules.TOO_LARGE]
    assert lying(folder) == []


def test_the_quota_counts_every_part_of_the_case(world, seal, monkeypatch):
    seal()
    monkeypatch.setattr(rules, "CASE_QUOTA", len(LETTER) + 3)
    with pytest.raises(Refused) as wanted:
        seal(by="nok", partition="investigation", content=b"four", about=None)
    assert refusal(wanted) == [rules.CASE_FULL]
    assert seal(by="nok", partition="investigation", content=b"thr", about=None).size == 3


def test_a_person_of_another_case_cannot_be_named(world, seal):
    other = make_person(world, make_case(world, "Another matter"), name="ผู้อื่น")
    with pytest.raises(Refused) as wanted:
        seal(about=other)
    assert refusal(wanted) == [rules.OTHER_CASE]


def test_an_outsider_seals_opens_and_destroys_nothing(world, seal):
    item = seal(partition="shared")
    for act in (
        lambda: actions.open_item(by=world.somchai, item=item, why="work", at=AT),
        lambda: actions.mark_abuse(by=world.somchai, item=item, version=1, at=AT, **FOUND),
        lambda: actions.record_suspicion(by=world.somchai, case=world.case, at=AT, **FOUND),
        lambda: actions.correct_item(by=world.somchai, item=item, reason="twice", version=1, at=AT),
    ):
        with world.acting("somchai"), pytest.raises(Denied) as denied:
            act()
        assert denied.value.reason == NOT_MEMBER
    with pytest.raises(Denied):
        seal(by="somchai", partition="shared")
    assert opened(world, item) == LETTER


def test_another_part_of_the_case_seals_opens_and_destroys_nothing(world, seal):
    item = seal()
    nok = world.nok
    for act in (
        lambda: actions.open_item(by=nok, item=item, why="work", at=AT),
        lambda: actions.mark_abuse(by=nok, item=item, version=1, at=AT, **FOUND),
        lambda: actions.correct_item(by=nok, item=item, reason="twice", version=1, at=AT),
        lambda: queries.file_name(nok, item, AT),
    ):
        with world.acting("nok"), pytest.raises(Denied) as denied:
            act()
        assert denied.value.reason == NOT_YOUR_PART
    with pytest.raises(Denied):
        seal(by="nok", partition="care")
    with world.acting("nok"):
        assert queries.items(nok, world.case) == []
    with world.acting("mali"):
        assert queries.items(world.mali, world.case) == [item]


def test_the_gate_stands_before_the_bytes_even_for_code_that_skips_the_act(world, seal):
    item = seal()
    with world.acting("nok"), pytest.raises(Denied):
        files.read(item, "address", by=world.nok, why="work", at=AT)


def test_a_reason_that_is_not_on_the_list_opens_nothing(world, seal):
    with pytest.raises(Denied):
        opened(world, seal(), why="because")


def test_a_file_changed_on_the_disk_gives_nothing_and_the_attempt_stays_written_down(world, seal):
    item = seal()
    path = files.path_of(item.address)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(Refused) as wanted:
        opened(world, item)
    assert refusal(wanted) == [rules.DAMAGED]
    if connection.vendor == "sqlite":  # elsewhere the viewer's scope is one transaction, and this test leaves it by the refusal
        assert ("evidence.open_item", "refused") in acts()


def test_marked_material_leaves_no_byte_no_key_no_hash_and_no_name(
    world, seal, folder, django_capture_on_commit_callbacks
):
    item = seal()
    kept = files.path_of(item.address).read_bytes()
    address = item.address
    with django_capture_on_commit_callbacks(execute=True):
        record = mark(world, item)
    assert lying(folder) == []
    assert not WrappedKey.objects.filter(owner_kind="file").exists()
    with world.acting("mali"):
        item = Item.objects.get(pk=item.pk)
        assert (item.status, item.address, item.size, item.media_type) == ("destroyed", "", 0, "")
        assert item.sha256 is item.name is item.about is None
        assert item.from_whom == ""
        assert queries.found_where(world.mali, record, AT) == FOUND["found_where"]
        assert queries.content_hash(world.mali, item, AT) == ""
        assert queries.file_name(world.mali, item, AT) == ""
    assert (record.finder, record.found_at, record.item_id) == (world.mali, AT, item.pk)
    assert ("evidence.mark_abuse", "done") in acts()
    with pytest.raises(Refused) as wanted:
        opened(world, item)
    assert refusal(wanted) == [rules.DESTROYED]
    files.path_of(address).write_bytes(kept)
    item.address = address
    with world.acting("mali"), pytest.raises(keys.NoSuchKey):
        files.read(item, "address", by=world.mali, why="work", at=AT)


def test_the_database_itself_refuses_to_keep_anything_of_destroyed_material(world, seal):
    item = seal()
    with pytest.raises(IntegrityError), transaction.atomic(), world.acting("mali"):
        Item.objects.filter(pk=item.pk).update(status="destroyed")


def test_material_is_destroyed_once_and_only_in_the_version_that_was_seen(world, seal):
    item = seal()
    with pytest.raises(Changed):
        mark(world, item, version=7)
    mark(world, item)
    with pytest.raises(Refused) as wanted:
        mark(world, item)
    assert refusal(wanted) == [rules.DESTROYED]


def test_material_that_was_entered_in_error_can_still_be_destroyed(
    world, seal, folder, django_capture_on_commit_callbacks
):
    item = seal()
    with world.acting("preecha"), pytest.raises(Denied):
        actions.correct_item(by=world.preecha, item=item, reason="twice", version=1, at=AT)
    shared = seal(partition="shared")
    with world.acting("preecha"):
        actions.correct_item(by=world.preecha, item=shared, reason="twice", version=1, at=AT)
        assert queries.items(world.preecha, world.case) == []
    with pytest.raises(Refused) as wanted:
        opened(world, shared)
    assert refusal(wanted) == [rules.CLOSED]
    with django_capture_on_commit_callbacks(execute=True):
        mark(world, shared)
    assert [p.name for p in lying(folder)] == [item.address]


def test_suspected_abuse_that_was_only_seen_is_written_down_without_any_file(world, folder):
    with world.acting("nok"):
        record = actions.record_suspicion(by=world.nok, case=world.case, at=AT, **FOUND)
        assert (record.item, record.partition) == (None, "investigation")
        assert [d.tone for d in due.due(world.nok, TODAY)] == ["late"]
        told = {"reported_to": "police_unit", "report_ref": "17/2569"}
        with pytest.raises(Changed):
            actions.record_report(by=world.nok, record=record, version=9, **told)
        actions.record_report(by=world.nok, record=record, version=1, **told)
        assert AbuseRecord.objects.get().report_ref == "17/2569"
        assert due.due(world.nok, TODAY) == []
    with world.acting("mali"):
        assert queries.abuse_records(world.mali, world.case) == []
        with pytest.raises(Denied):
            actions.record_report(by=world.mali, record=record, version=2, **told)
    assert lying(folder) == []
    assert [a for a, _o in acts() if "record_" in a] == ["evidence.record_suspicion", "evidence.record_report"]


def left_lying(folder, name, days):
    path = folder / "ab" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    then = (AT - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))
    return path


def test_the_periodic_work_takes_away_what_a_power_cut_left_and_nothing_else(world, seal, folder):
    item = seal()
    os.utime(files.path_of(item.address), (0, 0))
    old, young = left_lying(folder, "c" * 64, days=2), left_lying(folder, "d" * 64, days=0)
    assert actions.sweep(AT) == 1
    assert (old.exists(), young.exists()) == (False, True)
    assert opened(world, item) == LETTER
    assert ("evidence.sweep", "done") in acts()
    lines = len(acts())
    assert actions.sweep(AT) == 0
    assert len(acts()) == lines


def test_many_files_that_no_item_names_look_like_a_wrong_database_and_stay(db, folder):
    for n in range(actions.FEW + 1):
        left_lying(folder, f"{n:064d}", days=5)
    assert actions.sweep(AT) == 0
    assert len(lying(folder)) == actions.FEW + 1


@pytest.mark.parametrize("act", ["seal", "open", "mark", "suspicion", "report", "correct"])
def test_an_act_that_cannot_be_written_down_did_not_happen(
    world, seal, folder, act, monkeypatch, django_capture_on_commit_callbacks
):
    item = seal(partition="shared")
    with world.acting("mali"):
        record = actions.record_suspicion(by=world.mali, case=world.case, at=AT, **FOUND)
    before = lying(folder)

    doing = {
        "seal": lambda: seal(content=b"second"),
        "open": lambda: opened(world, item),
        "mark": lambda: mark(world, item),
        "suspicion": lambda: actions.record_suspicion(by=world.mali, case=world.case, at=AT, **FOUND),
        "report": lambda: actions.record_report(
            by=world.mali, record=record, version=1, reported_to="ncmec", report_ref="1"
        ),
        "correct": lambda: actions.correct_item(by=world.preecha, item=item, reason="twice", version=1, at=AT),
    }[act]
    with monkeypatch.context() as patched, django_capture_on_commit_callbacks(execute=True):
        patched.setattr("prasan.journal.writing.enter", cannot_write)
        with pytest.raises(OSError, match="no line"), world.acting("preecha" if act == "correct" else "mali"):
            doing()
    assert lying(folder) == before
    with world.acting("mali"):
        assert [(i.status, i.closed_as) for i in Item.objects.all()] == [("sealed", "")]
        assert [r.reported_to for r in AbuseRecord.objects.all()] == ["not_yet"]
    assert WrappedKey.objects.filter(owner_kind="file").count() == 1
