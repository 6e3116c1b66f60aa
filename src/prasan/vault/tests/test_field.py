"""What a phone sealed to the organisation opens to it alone, through the gate, and not after its row's key is gone."""

from datetime import UTC, datetime
from uuid import uuid4

import pyrage
import pytest

from prasan import vault
from prasan.people.models import Name, Person
from prasan.vault import field, keys, sealing
from prasan.vault.models import WrappedKey

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
CLEAR = "พบผู้เสียหายสามคน".encode()


@pytest.fixture
def gate(monkeypatch):
    """A gate that lets everything through and remembers it."""
    asked = []
    monkeypatch.setattr(sealing, "_gate", lambda by, why, pairs, at: asked.append((by, why, pairs, at)))
    return asked


@pytest.fixture
def recipient(instance_keys):
    return field.ready(AT)


def sent(content):
    """A row that keeps what a phone sent."""
    row = Name(id=uuid4(), person=Person(id=uuid4()), value=content)
    field.wrap(row, "value", AT)
    return row


def opened(row):
    return field.open_sent(row, "value", by="nok", why="intake", at=AT)


def test_the_public_half_is_made_once_and_stays_the_same(instance_keys):
    with pytest.raises(keys.NoSuchKey):
        field.recipient()
    first = field.ready(AT)
    assert first.startswith("age1")
    assert [field.ready(AT), field.recipient()] == [first, first]
    assert WrappedKey.objects.get(owner_kind="field").created_at == AT


def test_two_who_ask_at_once_for_the_first_time_get_the_same_public_half(instance_keys, monkeypatch):
    ask, other = field.recipient, []

    def overtaken():
        try:
            return ask()
        except keys.NoSuchKey:
            keys.new_key(keys.FIELD, AT)
            other.append(ask())
            raise

    monkeypatch.setattr(field, "recipient", overtaken)
    assert field.ready(AT) == other[0]
    assert WrappedKey.objects.filter(owner_kind="field").count() == 1


def test_what_a_phone_sealed_opens_through_the_gate_and_is_not_kept_as_it_came(recipient, gate):
    came = field.seal_to(recipient, CLEAR)
    row = sent(came)
    assert row.value != came
    assert opened(row) == CLEAR
    assert gate == [("nok", "intake", [(row, "value")], AT)]


def test_without_a_gate_nothing_that_was_sent_opens(recipient, monkeypatch):
    row = sent(field.seal_to(recipient, CLEAR))
    monkeypatch.setattr(sealing, "_gate", None)
    with pytest.raises(sealing.Locked, match="No gate is installed: nothing opens"):
        opened(row)


def test_what_the_gate_refuses_stays_shut(recipient, monkeypatch):
    def shut(*_asked):
        raise PermissionError("not on this desk")

    row = sent(field.seal_to(recipient, CLEAR))
    monkeypatch.setattr(sealing, "_gate", shut)
    with pytest.raises(PermissionError, match="not on this desk"):
        opened(row)


def test_what_was_sealed_to_another_or_changed_or_is_not_sealed_is_not_for_us(recipient, gate):
    other = str(pyrage.x25519.Identity.generate().to_public())
    came = field.seal_to(recipient, CLEAR)
    for content in (field.seal_to(other, CLEAR), came[:-1], came[:-1] + bytes([came[-1] ^ 1]), CLEAR, b""):
        with pytest.raises(field.NotForUs):
            opened(sent(content))
    changed, moved = sent(came), sent(came)
    changed.value = changed.value[:-1]
    moved.value = sent(came).value
    for row in (changed, moved):
        with pytest.raises(field.NotForUs):
            opened(row)


def test_after_the_key_of_its_row_was_destroyed_nothing_opens_what_was_sent(recipient, gate):
    row = sent(field.seal_to(recipient, CLEAR))
    assert opened(row) == CLEAR
    vault.destroy_key(sealing.owner_of(row))
    with pytest.raises(field.NotForUs):
        opened(row)
