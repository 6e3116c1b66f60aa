"""A new instance key: everything sealed before still opens, everything is wrapped anew, and a fault changes nothing."""

import shutil
from uuid import uuid4

import pytest
from django.db import transaction

from prasan import vault
from prasan.vault import custody, keys
from prasan.vault.models import WrappedKey


@pytest.fixture
def home(instance_keys, tmp_path):
    """The suite's own keys, copied, so that a rotation here leaves them as they were."""
    before = custody.place().home
    custody.use(tmp_path)
    keyset = (before / "keys" / "instance.key").read_bytes()
    custody.write_private(tmp_path / "keys" / "instance.key", keyset)
    custody.use(before)
    serialised, database_key = custody.keyset(), before / "data" / "database.key"
    custody.use(tmp_path)
    custody.store(serialised, "file")
    if database_key.exists():
        custody.place().database_key.parent.mkdir(exist_ok=True)
        shutil.copy(database_key, custody.place().database_key)
    keys._own_primitive.cache_clear()
    yield tmp_path
    custody.use(before)
    keys._own_primitive.cache_clear()


def test_after_a_rotation_old_data_opens_and_every_row_names_the_new_key(home):
    owner = keys.Owner("person", str(uuid4()))
    vault.new_key(owner)
    blob, token = vault.seal_blob("old", owner, "x"), vault.token("phone", "1")
    database_key, new = custody.database_key(), custody.new_keyset()
    count = vault.rotate(new, lambda: custody.store(new, "file"))
    assert count == WrappedKey.objects.count()
    assert set(WrappedKey.objects.values_list("wrapped_by", flat=True)) == {custody.key_id(new)}
    assert set(WrappedKey.objects.values_list("version", flat=True)) == {2}
    assert vault.open_blob(blob, owner, "x") == "old"
    assert vault.token("phone", "1") == token
    assert custody.database_key() == database_key
    fresh = keys.Owner("person", str(uuid4()))
    vault.new_key(fresh)
    assert WrappedKey.objects.get(owner_id=fresh.id).wrapped_by == custody.key_id(new)


def test_a_rotation_without_an_embedded_database_has_no_database_key_to_wrap(home):
    custody.place().database_key.unlink(missing_ok=True)
    new = custody.new_keyset()
    vault.rotate(new, lambda: custody.store(new, "file"))
    assert not custody.place().database_key.exists()


def test_a_fault_before_the_end_leaves_the_old_rows_in_force(home):
    before = set(WrappedKey.objects.values_list("pk", "wrapped_by", "version"))

    def full():
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"), transaction.atomic():
        vault.rotate(custody.new_keyset(), full)
    assert set(WrappedKey.objects.values_list("pk", "wrapped_by", "version")) == before
