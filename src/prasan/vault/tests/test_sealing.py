"""Known answers of the seal: changed, cut, swapped or foreign ciphertext never opens; nothing opens without a gate."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import tink

from prasan import vault
from prasan.people.models import Name, Person
from prasan.vault import custody, keys, models, sealing
from prasan.vault.models import WrappedKey

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
VALUE = "สมชาย ใจดี"


@pytest.fixture
def gate(monkeypatch):
    """A gate that lets everything through and remembers it."""
    asked = []
    monkeypatch.setattr(sealing, "_gate", lambda by, why, pairs, at: asked.append((by, why, len(pairs))))
    return asked


@pytest.fixture
def person(instance_keys):
    one = Person(id=uuid4())
    vault.new_key(one.sealed_by())
    return one


def name_of(person, value=VALUE):
    row = Name(id=uuid4(), person=person)
    vault.seal(row, value=value)
    return row


def opened(row, field="value"):
    return vault.open(row, field, by="mali", why="work", at=AT)


def test_what_was_sealed_opens_again_and_the_gate_was_asked_once(person, gate):
    row = name_of(person)
    assert VALUE.encode() not in row.value
    assert opened(row) == VALUE
    assert gate == [("mali", "work", 1)]


def test_many_values_open_under_one_question(person, gate):
    names = [f"name {n}" for n in range(5)]
    pairs = [(name_of(person, name), "value") for name in names]
    assert vault.open_many(pairs, by="mali", why="work", at=AT) == names
    assert gate == [("mali", "work", 5)]


def test_nothing_is_asked_for_nothing(person, gate):
    assert vault.open_many([], by="mali", why="work", at=AT) == []
    assert gate == []


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_value_stays_empty(person, gate, empty):
    row = name_of(person, empty)
    assert row.value is None
    assert opened(row) is None


def test_without_a_gate_nothing_opens(person, monkeypatch):
    row = name_of(person)
    monkeypatch.setattr(sealing, "_gate", None)
    with pytest.raises(sealing.Locked, match="nothing opens"):
        opened(row)


def test_a_second_gate_is_refused(monkeypatch):
    monkeypatch.setattr(sealing, "_gate", None)
    vault.install_gate(print)
    with pytest.raises(sealing.Locked, match="already installed"):
        vault.install_gate(repr)
    assert sealing._gate is print


def test_a_gate_that_refuses_leaves_the_value_closed(person, monkeypatch):
    row = name_of(person)

    def refuse(*_told):
        raise PermissionError

    monkeypatch.setattr(sealing, "_gate", refuse)
    with pytest.raises(PermissionError):
        opened(row)


def test_every_flipped_byte_is_found(person, gate):
    row = name_of(person)
    whole = bytes(row.value)
    for at in range(len(whole)):
        row.value = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(tink.TinkError):
            opened(row)


def test_every_cut_is_found(person, gate):
    row = name_of(person)
    whole = bytes(row.value)
    for length in range(len(whole)):
        row.value = whole[:length]
        with pytest.raises(tink.TinkError):
            opened(row)


def test_a_value_moved_to_another_row_or_column_does_not_open(person, gate):
    first, second = name_of(person), name_of(person, "another")
    second.value = first.value
    with pytest.raises(tink.TinkError):
        opened(second)
    person.wishes = first.value
    with pytest.raises(tink.TinkError):
        opened(person, "wishes")


def test_a_value_of_another_person_does_not_open(person, gate):
    other = Person(id=uuid4())
    vault.new_key(other.sealed_by())
    row = name_of(person)
    row.person = other
    with pytest.raises(tink.TinkError):
        opened(row)


def test_key_rows_swapped_between_two_people_do_not_open(person, gate):
    other = Person(id=uuid4())
    vault.new_key(other.sealed_by())
    row = name_of(person)
    mine, theirs = (WrappedKey.objects.get(owner_id=str(p.pk)) for p in (person, other))
    WrappedKey.objects.filter(pk=mine.pk).update(blob=bytes(theirs.blob))
    with pytest.raises(custody.NoKey):
        opened(row)


def test_an_erased_person_comes_back_as_nothing_and_cannot_be_sealed_for(person, gate):
    row = name_of(person)
    assert vault.destroy_key(person.sealed_by()) == 1
    assert opened(row) is None
    with pytest.raises(keys.NoSuchKey, match="person"):
        name_of(person)


def test_the_instance_s_own_keys_are_never_destroyed(instance_keys):
    for owner in (keys.INSTANCE, keys.TOKEN, keys.JOURNAL):
        with pytest.raises(ValueError, match="never destroyed"):
            vault.destroy_key(owner)


def test_the_same_value_never_gives_the_same_ciphertext(person):
    assert len({bytes(name_of(person).value) for _ in range(2000)}) == 2000
    row = Name(id=uuid4(), person=person)
    seen = set()
    for _ in range(2000):
        vault.seal(row, value=VALUE)
        seen.add(bytes(row.value)[5:17])
    assert len(seen) == 2000, "a nonce was used twice"


def test_a_blob_opens_only_in_its_place(instance_keys):
    blob = vault.seal_blob({"old": 1}, vault.INSTANCE, "journal:7")
    assert vault.open_blob(blob, vault.INSTANCE, "journal:7") == {"old": 1}
    with pytest.raises(tink.TinkError):
        vault.open_blob(blob, vault.INSTANCE, "journal:8")


def test_the_instance_s_own_cipher_opens_beside_a_person_s(person, instance_keys):
    found = keys.ciphers({keys.INSTANCE, person.sealed_by(), keys.Owner("person", str(uuid4()))})
    assert set(found) == {keys.INSTANCE, person.sealed_by()}


def test_a_key_row_of_another_kind_with_the_same_id_is_not_taken(person):
    vault.new_key(keys.Owner("lead", str(person.pk)))
    assert set(keys.ciphers({person.sealed_by()})) == {person.sealed_by()}


def test_tokens_are_equal_for_equal_values_and_tell_kinds_apart(instance_keys):
    assert vault.token("phone", "+66800000000") == vault.token("phone", "+66800000000")
    assert vault.token("phone", "1") != vault.token("plate", "1")


def test_a_signature_verifies_with_the_public_half_alone(instance_keys):
    signature = vault.sign(b"checkpoint")
    assert vault.verify(b"checkpoint", signature)
    assert vault.verify(b"checkpoint", signature, vault.public_key())
    assert not vault.verify(b"checkpoinT", signature)


def test_the_vault_has_no_other_names():
    with pytest.raises(AttributeError):
        vault.no_such_thing  # noqa: B018
    with pytest.raises(AttributeError):
        vault._hidden  # noqa: B018
    with pytest.raises(AttributeError):
        vault.sqlcipherr  # noqa: B018


def test_rows_of_the_vault_tell_no_secret_about_themselves():
    assert str(WrappedKey(owner_kind="person", version=2)) == "person key, version 2"
    assert str(models.Escrow(key_id="0001")) == "escrow of key 0001"
    _name, path, args, options = models.SealedField().deconstruct()
    assert (path, args, "editable" in options) == ("prasan.vault.models.SealedField", [], False)
