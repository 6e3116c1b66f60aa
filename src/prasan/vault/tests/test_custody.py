"""The instance key in each kind of custody: what opens it, what does not, and the sentence that says so."""

import base64
import json
import os
import stat
from pathlib import Path

import pytest

from prasan.vault import custody


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Another instance folder for one test; the suite's own afterwards."""
    before = custody.place().home
    monkeypatch.delenv(custody.HANDED_DOWN, raising=False)
    monkeypatch.setattr(custody, "ask_passphrase", None)
    custody.use(tmp_path)
    yield tmp_path
    custody.use(before)


def test_a_key_in_a_file_is_private_and_comes_back(home):
    key = custody.new_keyset()
    custody.store(key, "file")
    assert custody.keyset() == key
    assert stat.S_IMODE(custody.place().key_file.stat().st_mode) == 0o600
    path = str(home / "keys" / "instance.key")
    assert custody.described() == {"kind": "file", "key_id": custody.key_id(key), "path": path}


def test_a_key_file_may_lie_elsewhere(home, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("stick") / "my.key"
    custody.store(custody.new_keyset(), "file", path=elsewhere)
    assert custody.keyset()
    assert not custody.place().key_file.exists()


@pytest.mark.parametrize("content", [None, b"no base64 here!"])
def test_a_key_file_that_is_gone_or_garbled_is_a_sentence(home, content):
    custody.store(custody.new_keyset(), "file")
    custody.forget()
    custody.place().key_file.unlink()
    if content:
        custody.place().key_file.write_bytes(content)
    with pytest.raises(custody.NoKey, match="not readable at"):
        custody.keyset()


def test_a_key_in_the_environment_is_read_from_there(home, monkeypatch):
    key = custody.new_keyset()
    custody.store(key, "environment")
    monkeypatch.delenv(custody.ENVIRONMENT_NAME, raising=False)
    with pytest.raises(custody.NoKey, match="expected in the environment"):
        custody.keyset()
    monkeypatch.setenv(custody.ENVIRONMENT_NAME, base64.b64encode(key).decode())
    assert custody.keyset() == key


def test_a_passphrase_opens_the_key_and_another_does_not(home, monkeypatch):
    key = custody.new_keyset()
    custody.store(key, "passphrase", passphrase="six words nobody would ever guess")
    assert key not in b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())
    with pytest.raises(custody.NoKey, match="nobody can be asked"):
        custody.keyset()
    monkeypatch.setattr(custody, "ask_passphrase", lambda: "six words nobody would ever Guess")
    with pytest.raises(custody.NoKey, match="does not open"):
        custody.keyset()
    monkeypatch.setattr(custody, "ask_passphrase", lambda: "six words nobody would ever guess")
    assert custody.keyset() == key


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="Linux only")
def test_a_passphrase_key_is_handed_down_without_argv_environment_or_disk(home, monkeypatch):
    key = custody.new_keyset()
    monkeypatch.setenv(custody.HANDED_DOWN, "")
    custody.store(key, "passphrase", passphrase="six words nobody would ever guess")
    monkeypatch.setattr(custody, "ask_passphrase", lambda: "six words nobody would ever guess")
    custody.hand_down()
    handle = os.environ[custody.HANDED_DOWN]
    assert base64.b64encode(key).decode() not in os.environ.values()
    custody.forget()
    monkeypatch.setattr(custody, "ask_passphrase", None)
    assert custody.keyset() == key
    os.close(int(handle.rsplit("/", 1)[1]))


def test_a_key_in_a_file_is_not_handed_down(home, monkeypatch):
    monkeypatch.setenv(custody.HANDED_DOWN, "")
    custody.store(custody.new_keyset(), "file")
    custody.hand_down()
    assert os.environ[custody.HANDED_DOWN] == ""


def test_another_kind_of_custody_is_refused(home):
    with pytest.raises(ValueError, match="cloud"):
        custody.store(custody.new_keyset(), "cloud")


def test_a_folder_without_an_instance_says_how_to_make_one(home):
    for ask in (custody.described, custody.database_key):
        with pytest.raises(custody.NoKey, match="run `prasan init` or `prasan demo`"):
            ask()


def test_a_damaged_description_is_a_sentence(home):
    custody.write_private(custody.place().custody, b"{")
    with pytest.raises(custody.NoKey, match="is damaged"):
        custody.described()


def test_no_folder_set_is_a_sentence(home, monkeypatch):
    monkeypatch.setattr(custody, "_place", None)
    with pytest.raises(custody.NoKey, match="No instance folder is set"):
        custody.place()


def test_the_key_of_another_instance_is_noticed(home):
    custody.store(custody.new_keyset(), "file")
    custody.place().key_file.write_bytes(base64.b64encode(custody.new_keyset()))
    with pytest.raises(custody.NoKey, match="is not the one that this instance was made with"):
        custody.instance_aead()


def test_a_wrapped_key_opens_only_under_its_own_label(home):
    custody.store(custody.new_keyset(), "file")
    wrapped = custody.wrap(b"a person's key", "person:1")
    assert custody.unwrap(wrapped, "person:1") == b"a person's key"
    with pytest.raises(custody.NoKey, match="does not open"):
        custody.unwrap(wrapped, "person:2")


def test_the_database_key_is_wrapped_and_the_same_for_every_process(home):
    custody.store(custody.new_keyset(), "file")
    custody.make_database_key()
    key = custody.database_key()
    custody.forget()
    assert custody.database_key() == key
    assert len(key) == 32
    assert key not in custody.place().database_key.read_bytes()


def test_the_signing_secret_follows_from_the_key_and_is_stored_nowhere(home):
    custody.store(custody.new_keyset(), "file")
    secret = custody.django_secret()
    assert secret == custody.django_secret()
    assert len(base64.b64decode(secret)) == 48
    assert all(secret.encode() not in p.read_bytes() for p in home.rglob("*") if p.is_file())
    custody.place().key_file.unlink()
    custody.store(custody.new_keyset(), "file")
    assert custody.django_secret() != secret


def test_a_private_file_is_written_whole_or_not_at_all(home, monkeypatch):
    target = Path(home) / "deep" / "file"
    custody.write_private(target, b"first")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(custody.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        custody.write_private(target, b"second")
    assert target.read_bytes() == b"first"


def test_everything_of_an_instance_lies_in_its_folder(home):
    at = custody.place()
    for path in (at.custody, at.key_file, at.database, at.database_key, at.files):
        assert path.is_relative_to(home)


def test_the_description_holds_no_secret(home):
    key = custody.new_keyset()
    custody.store(key, "file")
    told = json.loads(custody.place().custody.read_text())
    assert set(told) == {"kind", "key_id", "path"}
