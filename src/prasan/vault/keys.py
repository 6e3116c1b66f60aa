"""Keys of owners (a person, a lead, a file, the instance): made, unwrapped, destroyed; callers never see them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import pyrage
import tink
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tink import aead, prf, secret_key_access, streaming_aead

from . import custody
from .models import WrappedKey

prf.register()
streaming_aead.register()

TEMPLATES = {
    "token": prf.prf_key_templates.HMAC_SHA256,
    "file": streaming_aead.streaming_aead_key_templates.AES256_GCM_HKDF_1MB,
}


@dataclass(frozen=True)
class Owner:
    """Whose key: `person`, `lead`, `file` with an id; `instance`, `token`, `journal`, `field` are one each."""

    kind: str
    id: str = ""

    @property
    def label(self) -> str:
        """The associated data of the wrapped key, so that rows cannot be swapped between owners."""
        return f"{self.kind}:{self.id}"


INSTANCE = Owner("instance")
TOKEN = Owner("token")
JOURNAL = Owner("journal")
FIELD = Owner("field")


class NoSuchKey(Exception):
    """The owner's key was destroyed (erased) or never made: what it sealed is gone."""


def new_key(owner: Owner, at: datetime | None = None) -> None:
    """Make and store the key of a new owner."""
    if owner.kind == "journal":
        serialised = Ed25519PrivateKey.generate().private_bytes_raw()
    elif owner.kind == "field":
        serialised = str(pyrage.x25519.Identity.generate()).encode()
    else:
        handle = tink.new_keyset_handle(TEMPLATES.get(owner.kind, aead.aead_key_templates.AES256_GCM))
        serialised = tink.proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
    WrappedKey.objects.create(
        owner_kind=owner.kind,
        owner_id=owner.id,
        wrapped_by=custody.described()["key_id"],
        blob=custody.wrap(serialised, owner.label),
        created_at=at or datetime.now(UTC),
    )


def destroy_key(owner: Owner) -> int:
    """Erase an owner: without its key rows every value sealed for it is noise. Returns the rows destroyed."""
    if owner in (INSTANCE, TOKEN, JOURNAL, FIELD):
        raise ValueError("The keys of the instance itself are rotated, never destroyed.")
    return WrappedKey.objects.filter(owner_kind=owner.kind, owner_id=owner.id).delete()[0]


def unwrap_row(row: WrappedKey) -> bytes:
    return custody.unwrap(bytes(row.blob), f"{row.owner_kind}:{row.owner_id}")


def serialised_key(owner: Owner) -> bytes:
    row = (
        WrappedKey.objects.filter(
            owner_kind=owner.kind, owner_id=owner.id, wrapped_by=custody.described()["key_id"]
        )
        .order_by("-version")
        .first()
    )
    if row is None:
        raise NoSuchKey(owner.kind)
    return unwrap_row(row)


def primitive(serialised: bytes, kind: str) -> Any:
    """The working cipher of an unwrapped keyset: AEAD for values, streaming AEAD for files, PRF for tokens."""
    shape = {"token": prf.PrfSet, "file": streaming_aead.StreamingAead}.get(kind, aead.Aead)
    return tink.proto_keyset_format.parse(serialised, secret_key_access.TOKEN).primitive(shape)


@lru_cache(maxsize=8)
def _own_primitive(kind: str, key_id: str, home: str) -> Any:
    return primitive(serialised_key(Owner(kind)), kind)


def cipher(owner: Owner) -> Any:
    """The cipher of one owner; those of the instance itself are kept, those of persons never."""
    if owner in (INSTANCE, TOKEN):
        return _own_primitive(owner.kind, custody.described()["key_id"], str(custody.place().home))
    return primitive(serialised_key(owner), owner.kind)


def ciphers(owners: set[Owner]) -> dict[Owner, Any]:
    """Ciphers of many owners with one query a thousand; owners without a key are absent."""
    wanted = {(o.kind, o.id): o for o in owners if o not in (INSTANCE, TOKEN)}
    found = {o: cipher(o) for o in owners if o in (INSTANCE, TOKEN)}
    ids, key_id = sorted({i for _k, i in wanted}), custody.described()["key_id"]
    for start in range(0, len(ids), 1000):
        rows = WrappedKey.objects.filter(owner_id__in=ids[start : start + 1000], wrapped_by=key_id)
        for row in rows.order_by("version").iterator():
            owner = wanted.get((row.owner_kind, row.owner_id))
            if owner is not None:
                found[owner] = primitive(unwrap_row(row), row.owner_kind)
    return found


def owners(kind: str) -> set[str]:
    """The ids of all owners of a kind whose key still exists: what others sealed is gone."""
    rows = WrappedKey.objects.filter(owner_kind=kind, wrapped_by=custody.described()["key_id"])
    return set(rows.values_list("owner_id", flat=True).iterator())


def token(kind: str, value: str) -> str:
    """A keyed match token: equal values give equal tokens, and without the key nothing can be tried out."""
    result: bytes = cipher(TOKEN).primary().compute(f"{kind}\x00{value}".encode(), 16)
    return result.hex()


def sign(message: bytes) -> bytes:
    """Ed25519 signature of the journal key, in the plain form that openssl verifies."""
    return Ed25519PrivateKey.from_private_bytes(serialised_key(JOURNAL)).sign(message)


def public_key() -> bytes:
    """The journal key's public half, PEM: printed in the handbook, kept by partners."""
    private = Ed25519PrivateKey.from_private_bytes(serialised_key(JOURNAL))
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def verify(message: bytes, signature: bytes, public_pem: bytes | None = None) -> bool:
    """Whether a signature is of this instance's journal key (or of the public key that is handed in)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    key = load_pem_public_key(public_pem or public_key())
    assert isinstance(key, Ed25519PublicKey)
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def rotate(new_serialised: bytes, store: Any) -> int:
    """Re-wrap every key with a new instance key; data is not touched. Returns the rows re-wrapped.

    `store` puts the new instance key into custody; it runs inside the caller's transaction, last, so that
    a failure before it leaves the old custody and the old rows in force.
    """
    old_id = custody.described()["key_id"]
    rows = [(row, unwrap_row(row)) for row in WrappedKey.objects.filter(wrapped_by=old_id)]
    database_key = custody.database_key() if custody.place().database_key.exists() else None
    new_id = custody.key_id(new_serialised)
    handle = tink.proto_keyset_format.parse(new_serialised, secret_key_access.TOKEN)
    wrapper = handle.primitive(aead.Aead)
    for row, serialised in rows:
        row.blob = wrapper.encrypt(serialised, f"{row.owner_kind}:{row.owner_id}".encode())
        row.wrapped_by, row.version = new_id, row.version + 1
        row.save(update_fields=["blob", "wrapped_by", "version"])
    if database_key is not None:
        custody.write_private(custody.place().database_key, wrapper.encrypt(database_key, b"database"))
    store()
    _own_primitive.cache_clear()
    return len(rows)
