"""Escrow and age: two recipients or more, a drill that proves it, and nothing that opens for anybody else."""

import io
from datetime import UTC, datetime

import pyrage
import pytest

from prasan.plain.problem import Refused
from prasan.vault import age, custody, escrow

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def people(tmp_path):
    """Three recovery people: their identity files and what they print as recipient."""
    made = {}
    for name in ("court", "embassy", "stranger"):
        identity = pyrage.x25519.Identity.generate()
        path = tmp_path / f"{name}.txt"
        path.write_text(f"# created: today\n# public key: {identity.to_public()}\n{identity}\n")
        made[name] = (path, str(identity.to_public()))
    return made


def test_one_recipient_or_the_same_twice_is_too_few(people):
    one = people["court"][1]
    for given in ([], [one], [one, f" {one}"]):
        with pytest.raises(Refused, match="at least two different recipients"):
            age.recipients(given)


def test_what_is_no_recipient_is_named(people):
    with pytest.raises(Refused, match="age2nonsense is not an age recipient"):
        age.recipients([people["court"][1], "age2nonsense"])


@pytest.mark.parametrize("text", ["", "# only a comment\n", "AGE-SECRET-KEY-1NONSENSE\n"])
def test_a_file_without_an_identity_is_named(tmp_path, text):
    path = tmp_path / "empty.txt"
    path.write_text(text)
    with pytest.raises(Refused, match=r"empty\.txt holds no age identity"):
        age.identities([path])


def test_either_recipient_opens_and_a_stranger_does_not(people):
    sealed = age.seal(b"text", age.recipients([people["court"][1], people["embassy"][1]]))
    for name in ("court", "embassy"):
        assert age.open_sealed(sealed, age.identities([people[name][0]]), "it") == b"text"
    with pytest.raises(Refused, match="it does not open with this identity"):
        age.open_sealed(sealed, age.identities([people["stranger"][0]]), "it")


def test_a_sealed_stream_that_was_cut_or_flipped_anywhere_does_not_open(people):
    to, by = age.recipients([people["court"][1], people["embassy"][1]]), age.identities([people["court"][0]])
    whole = age.seal(b"x" * 90, to)
    for at in range(len(whole)):
        with pytest.raises(Refused):
            age.open_sealed(whole[:at], by, "it")
        flipped = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(Refused):
            age.open_sealed(flipped, by, "it")


def test_a_stream_cut_at_a_frame_border_does_not_pass_for_whole(people):
    to, by = age.recipients([people["court"][1], people["embassy"][1]]), age.identities([people["court"][0]])
    frame, sealed = 64 * 1024 + 16, age.seal(bytes(200_000), to)
    head = len(sealed) - 200_000 - 16 * 4
    for border in (1, 2, 3):
        with pytest.raises(Refused):
            age.decrypt(io.BytesIO(sealed[: head + border * frame]), io.BytesIO(), by, "it")


def test_a_full_disk_is_not_mistaken_for_a_wrong_identity(people):
    class Full(io.BytesIO):
        def write(self, _data):
            raise OSError(28, "No space left on device")

    sealed = age.seal(b"text", age.recipients([people["court"][1], people["embassy"][1]]))
    with pytest.raises(OSError, match="No space left"):
        age.decrypt(io.BytesIO(sealed), Full(), age.identities([people["court"][0]]), "it")


def test_an_escrow_counts_only_after_a_recovery_identity_opened_it(people, instance_keys):
    assert escrow.verified() is None
    with pytest.raises(Refused, match="no escrow of the present instance key"):
        escrow.verify([people["court"][0]], AT)
    made = escrow.make([people["court"][1], people["embassy"][1]], AT)
    assert (escrow.newest(), escrow.verified()) == (made, None)
    with pytest.raises(Refused, match="does not open with this identity"):
        escrow.verify([people["stranger"][0]], AT)
    assert escrow.verified() is None
    assert escrow.verify([people["embassy"][0]], AT) == escrow.verified()
    assert escrow.opened_key(bytes(made.sealed), age.identities([people["court"][0]])) == custody.keyset()


def test_an_escrow_of_another_key_is_noticed_by_the_drill(people, instance_keys):
    made = escrow.make([people["court"][1], people["embassy"][1]], AT)
    made.sealed = age.seal(b"YW5vdGhlcg==", age.recipients([people["court"][1], people["embassy"][1]]))
    made.save()
    with pytest.raises(Refused, match="another key"):
        escrow.verify([people["court"][0]], AT)
    assert escrow.verified() is None
