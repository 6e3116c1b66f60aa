"""Sealed files: what was cut, changed, exchanged or left half-written never opens and never passes for whole."""

import hashlib
import io
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction

from prasan.vault import custody, files, keys, sealing
from prasan.vault.models import WrappedKey

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
FRAME = 1024 * 1024


@dataclass
class Row:
    """What a room hands in: which file, and where it lies."""

    file_id: str
    address: str


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(custody.Place, "files", property(lambda place: tmp_path / "files"))
    return tmp_path / "files"


@pytest.fixture
def asked(monkeypatch):
    """A gate that lets everybody through and remembers who asked for what."""
    seen = []
    monkeypatch.setattr(sealing, "_gate", lambda by, why, pairs, at: seen.append((by, why, pairs, at)))
    return seen


def sealed(content, file_id=None):
    file_id = file_id or str(uuid4())
    stored = files.store(io.BytesIO(content), file_id)
    return Row(file_id, stored.address), stored


def opened(row):
    return b"".join(files.read(row, "address", by="mali", why="work", at=AT))


def put(content):
    """Lay bytes on the disk under their right address, as somebody with the disk and the database could."""
    address = hashlib.sha256(content).hexdigest()
    path = files.path_of(address)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return address


def damaged(row, content):
    """Whether the content, laid down under its right address, is refused as the file of this row."""
    try:
        opened(Row(row.file_id, put(content)))
    except files.Damaged:
        return True
    return False


def test_a_file_comes_back_as_it_was_and_lies_under_the_hash_of_its_ciphertext(db, folder, asked):
    content = os.urandom(2 * FRAME + 12345)
    row, stored = sealed(content)
    assert opened(row) == content
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    lying = files.path_of(row.address)
    assert lying.parent.name == row.address[:2]
    assert hashlib.sha256(lying.read_bytes()).hexdigest() == row.address
    assert content[:64] not in lying.read_bytes()
    assert lying.stat().st_mode & 0o077 == 0
    assert asked[0][2] == [(row, "address")]


def test_the_same_content_twice_shares_neither_key_nor_address(db, folder):
    assert sealed(b"the same")[1].address != sealed(b"the same")[1].address


def test_without_a_gate_no_file_opens(db, folder, monkeypatch):
    row, _stored = sealed(b"secret")
    monkeypatch.setattr(sealing, "_gate", None)
    with pytest.raises(sealing.Locked):
        files.read(row, "address", by="mali", why="work", at=AT)


def test_the_gate_is_asked_before_the_first_byte_is_wanted(db, folder, monkeypatch):
    row, _stored = sealed(b"secret")

    def refuses(*_asked):
        raise PermissionError

    monkeypatch.setattr(sealing, "_gate", refuses)
    with pytest.raises(PermissionError):
        files.read(row, "address", by="somchai", why="work", at=AT)


def test_a_file_cut_at_any_byte_does_not_open(db, folder, asked):
    row, _stored = sealed(b"a short letter, signed")
    whole = files.path_of(row.address).read_bytes()
    assert not damaged(row, whole)
    assert [n for n in range(len(whole)) if not damaged(row, whole[:n])] == []


def test_a_file_cut_at_a_frame_border_does_not_pass_for_a_shorter_one(db, folder, asked):
    row, _stored = sealed(os.urandom(3 * FRAME))
    whole = files.path_of(row.address).read_bytes()
    borders = [n + near for n in range(0, len(whole), FRAME) for near in (-1, 0, 1) if n + near >= 0]
    assert len(borders) > 9
    assert [n for n in borders if not damaged(row, whole[:n])] == []


def test_frames_that_changed_places_do_not_open(db, folder, asked):
    row, _stored = sealed(os.urandom(4 * FRAME))
    whole = files.path_of(row.address).read_bytes()
    pieces = [whole[n : n + FRAME] for n in range(0, len(whole), FRAME)]
    pieces[1], pieces[2] = pieces[2], pieces[1]
    assert damaged(row, b"".join(pieces))


def test_one_flipped_bit_anywhere_is_noticed(db, folder, asked):
    row, _stored = sealed(b"a short letter, signed")
    whole = files.path_of(row.address).read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        assert damaged(row, bytes(changed)), place


def test_bytes_changed_in_place_are_refused_before_anything_is_handed_on(db, folder, asked):
    row, _stored = sealed(os.urandom(2 * FRAME))
    path = files.path_of(row.address)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(files.Damaged):
        files.read(row, "address", by="mali", why="work", at=AT)


def test_two_files_exchanged_do_not_open(db, folder, asked):
    first, second = sealed(b"the first")[0], sealed(b"the second")[0]
    for row, other in ((first, second), (second, first)):
        with pytest.raises(files.Damaged):
            opened(Row(row.file_id, other.address))


def test_bytes_bound_to_another_file_do_not_open_even_with_the_right_key(db, folder):
    row, _stored = sealed(b"the first")
    owner = files.owner_of_file(row.file_id)
    right = files.frames(files.path_of(row.address).open("rb"), keys.cipher(owner), owner.label.encode())
    assert b"".join(right) == b"the first"
    wrong = files.frames(files.path_of(row.address).open("rb"), keys.cipher(owner), f"file:{uuid4()}".encode())
    with pytest.raises(files.Damaged):
        b"".join(wrong)


def test_a_key_moved_to_another_file_does_not_unwrap(db, folder, asked):
    first, second = sealed(b"the first")[0], sealed(b"the second")[0]
    blob = WrappedKey.objects.get(owner_id=first.file_id).blob
    WrappedKey.objects.filter(owner_id=second.file_id).update(blob=blob)
    with pytest.raises(custody.NoKey):
        opened(second)


def test_a_missing_file_is_damaged_and_not_empty(db, folder, asked):
    row, _stored = sealed(b"here")
    files.remove(row.address)
    with pytest.raises(files.Damaged):
        opened(row)


@pytest.mark.parametrize("address", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_address_names_no_path(address):
    with pytest.raises(ValueError):
        files.path_of(address)


class Breaking(io.BytesIO):
    """A stream that fails after its first piece."""

    def read(self, size=-1):
        if self.tell():
            raise ConnectionError
        return super().read(10)


def test_a_stream_that_breaks_leaves_nothing_on_the_disk(db, folder):
    with pytest.raises(ConnectionError):
        files.store(Breaking(b"x" * 100), str(uuid4()))
    assert files.orphans([]) == []


def test_a_stream_longer_than_allowed_leaves_nothing_on_the_disk(db, folder):
    with pytest.raises(files.TooLarge):
        files.store(io.BytesIO(b"x" * 101), str(uuid4()), limit=100)
    assert files.orphans([]) == []
    assert sealed(b"x" * 100)[1].size == 100


def test_the_file_is_on_the_disk_before_it_has_its_name_and_the_folder_after(db, folder, monkeypatch):
    steps = []
    force, rename, folders = files._Sink.force, type(folder).rename, files._force_folder
    monkeypatch.setattr(files._Sink, "force", lambda sink: (steps.append("file"), force(sink))[1])
    monkeypatch.setattr(type(folder), "rename", lambda p, to: (steps.append("name"), rename(p, to))[1])
    monkeypatch.setattr(files, "_force_folder", lambda at: (steps.append("folder"), folders(at))[1])
    sealed(b"in order")
    assert steps[0] == "file"
    assert steps[-2:] == ["name", "folder"]


def test_a_power_cut_before_the_name_leaves_an_orphan_that_the_sweeper_takes(db, folder, monkeypatch):
    kept, _stored = sealed(b"kept")
    left = folder / ".incoming-0011"
    left.write_bytes(b"half")
    unnamed, _stored = sealed(b"its rows were never written")
    known = [kept.address]
    assert {p.name for p in files.orphans(known)} == {left.name, unnamed.address}
    assert files.orphans(known, made_before=datetime(2020, 1, 1, tzinfo=UTC)) == []
    assert files.sweep(known, made_before=datetime(2100, 1, 1, tzinfo=UTC)) == 2
    assert files.orphans(known) == []
    assert files.path_of(kept.address).exists()


def test_a_destroyed_file_has_neither_key_nor_bytes(db, folder, asked, django_capture_on_commit_callbacks):
    row, _stored = sealed(b"to be destroyed")
    content = files.path_of(row.address).read_bytes()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        files.destroy(row.file_id, row.address)
    assert not files.path_of(row.address).exists()
    put(content)
    with pytest.raises(keys.NoSuchKey):
        opened(row)


def test_a_destruction_that_was_taken_back_keeps_key_and_bytes(db, folder, asked, django_capture_on_commit_callbacks):
    row, _stored = sealed(b"still here")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        files.destroy(row.file_id, row.address)
        transaction.set_rollback(True)
    assert opened(row) == b"still here"


def test_a_second_file_in_the_same_folder_of_addresses_is_stored_too(db, folder):
    address = "ab" + "0" * 62
    assert files._folder(files.path_of(address)) == files._folder(files.path_of(address)) == folder / "ab"


def test_an_instance_without_any_file_has_no_orphans(folder):
    assert files.orphans([]) == []
