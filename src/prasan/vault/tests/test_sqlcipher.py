"""The embedded file: encrypted, in the settings that lose nothing, and copied without the keys of people."""

from uuid import uuid4

import pytest
from django.db import connection

from prasan import vault
from prasan.vault import custody, keys
from prasan.vault.sqlcipher import base, copying

embedded = pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database")
WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "mmap_size": 0,
          "temp_store": 2}  # fmt: skip


@pytest.fixture
def store(db, tmp_path):
    """A small encrypted file of this instance, and a wrapper that works on it."""
    settings = {**connection.settings_dict, "NAME": str(tmp_path / "store.sqlite"), "OPTIONS": {}}
    wrapper = base.DatabaseWrapper(settings, "copied")
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE vault_wrappedkey (owner_kind text)")
        cursor.execute("CREATE TABLE django_session (k text)")
        cursor.execute("CREATE TABLE parent (id integer PRIMARY KEY)")
        cursor.execute("CREATE TABLE child (parent integer REFERENCES parent(id))")
        cursor.execute("INSERT INTO vault_wrappedkey VALUES (%s)", ["person-key-marker"])
        cursor.execute("INSERT INTO django_session VALUES ('session-marker')")
        cursor.executemany("INSERT INTO parent VALUES (%s)", [(1,), (2,)])
    yield wrapper
    wrapper.close()


@embedded
def test_a_connection_has_the_settings_that_lose_nothing(store):
    with store.cursor() as cursor:
        found = {}
        for name in WANTED:
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    assert found == WANTED
    assert store.get_database_version() >= (3, 51, 3)


@embedded
def test_the_file_and_its_log_hold_no_readable_word(store, tmp_path):
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert b"marker" not in content
        assert not content.startswith(b"SQLite format 3")


@embedded
def test_another_key_does_not_open_the_file(store, tmp_path, monkeypatch):
    store.close()
    monkeypatch.setattr(custody, "database_key", lambda: bytes(32))
    with pytest.raises(base.Database.DatabaseError, match="not a database"):
        copying.counts(tmp_path / "store.sqlite")


@embedded
def test_a_copy_has_no_keys_and_no_sessions_but_every_other_row(store, tmp_path, monkeypatch):
    monkeypatch.setattr(copying, "connection", store)
    copying.copy_without_keys(tmp_path / "copy.sqlite")
    assert copying.counts(tmp_path / "copy.sqlite") == {
        "child": 0, "django_session": 0, "parent": 2, "vault_wrappedkey": 0,
    }  # fmt: skip
    assert copying.counts(tmp_path / "store.sqlite")["vault_wrappedkey"] == 1
    assert not (tmp_path / "copy.sqlite").read_bytes().startswith(b"SQLite format 3")


@embedded
def test_damage_is_told(store, tmp_path):
    path = tmp_path / "store.sqlite"
    with store.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("INSERT INTO child VALUES (99)")
    assert copying.damage(path).startswith("foreign_key_check")
    with store.cursor() as cursor:
        cursor.execute("DELETE FROM child")
    store.close()
    assert copying.damage(path) == ""
    whole = path.read_bytes()
    path.write_bytes(whole[:6000] + bytes([whole[6000] ^ 1]) + whole[6001:])
    assert copying.damage(path) != ""
    path.write_bytes(bytes(8192))
    assert copying.damage(path).startswith("cipher_integrity_check: HMAC verification failed")


def test_queries_that_are_captured_are_told_without_their_values():
    assert base.DatabaseOperations(connection).last_executed_query(None, "SELECT %s", ["a name"]) == "SELECT %s"


def test_an_owner_s_label_binds_its_key_to_it(db):
    owner = keys.Owner("person", str(uuid4()))
    vault.new_key(owner)
    assert owner.label == f"person:{owner.id}"
