"""Where the instance key lives and how it is unlocked: file, environment or passphrase; the rest hangs on it."""

import base64
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tink
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tink import aead, secret_key_access

KINDS = ("file", "environment", "passphrase")
ENVIRONMENT_NAME = "PRASAN_INSTANCE_KEY"
HANDED_DOWN = "PRASAN_KEY_HANDLE"
ARGON2 = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4, "hash_len": 32, "type": Type.ID}

aead.register()


class NoKey(Exception):
    """The instance key cannot be had; the text is a sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Place:
    """The folder of one instance, and the files in it that hold or describe keys."""

    home: Path

    @property
    def custody(self) -> Path:
        return self.home / "keys" / "custody.json"

    @property
    def key_file(self) -> Path:
        return self.home / "keys" / "instance.key"

    @property
    def database(self) -> Path:
        return self.home / "data" / "prasan.sqlite"

    @property
    def database_key(self) -> Path:
        """The wrapped database key: it cannot lie inside the database that it opens."""
        return self.home / "data" / "database.key"

    @property
    def files(self) -> Path:
        return self.home / "files"


_place: Place | None = None
ask_passphrase: Callable[[], str] | None = None


def use(home: Path) -> None:
    """Point this process at one instance folder; forgets what was unlocked before."""
    global _place
    _place = Place(home)
    forget()


def forget() -> None:
    """Drop every unlocked key of this process."""
    keyset.cache_clear()
    instance_aead.cache_clear()
    database_key.cache_clear()


def place() -> Place:
    if _place is None:
        raise NoKey("No instance folder is set: call custody.use(home) first.")
    return _place


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def new_keyset() -> bytes:
    """A fresh instance key: a Tink keyset, AES-256-GCM, serialised."""
    handle = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
    return tink.proto_keyset_format.serialize(handle, secret_key_access.TOKEN)


def key_id(serialised: bytes) -> str:
    """The public number of an instance key: what wrapped rows name in `wrapped_by`."""
    handle = tink.proto_keyset_format.parse(serialised, secret_key_access.TOKEN)
    return f"{handle.keyset_info().primary_key_id:010d}"


def _passphrase_cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(hash_secret_raw(passphrase.encode(), salt, **ARGON2))  # type: ignore[arg-type]


def store(serialised: bytes, kind: str, *, path: Path | None = None, passphrase: str = "") -> None:
    """Put the instance key into custody and describe where it is (the description holds no secret)."""
    at = place()
    record: dict[str, Any] = {"kind": kind, "key_id": key_id(serialised)}
    if kind == "file":
        target = path or at.key_file
        write_private(target, base64.b64encode(serialised))
        record["path"] = str(target)
    elif kind == "passphrase":
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        sealed = _passphrase_cipher(passphrase, salt).encrypt(nonce, serialised, b"prasan instance key")
        record |= {name: base64.b64encode(v).decode() for name, v in
                   (("salt", salt), ("nonce", nonce), ("sealed", sealed))}
    elif kind != "environment":
        raise ValueError(kind)
    write_private(at.custody, json.dumps(record, indent=1).encode())
    forget()


def described() -> dict[str, Any]:
    """What `prasan keys` and the start banner show: kind, key number, place. No secret."""
    try:
        return dict(json.loads(place().custody.read_text()))
    except FileNotFoundError:
        raise NoKey(f"There is no Prasan instance in {place().home}: run `prasan init` or `prasan demo`.") from None
    except ValueError:
        raise NoKey(f"The key description {place().custody} is damaged: restore it from a backup.") from None


def _by_passphrase(record: dict[str, Any], passphrase: str) -> bytes:
    salt, nonce, sealed = (base64.b64decode(record[n]) for n in ("salt", "nonce", "sealed"))
    try:
        return _passphrase_cipher(passphrase, salt).decrypt(nonce, sealed, b"prasan instance key")
    except InvalidTag:
        raise NoKey("That passphrase does not open the instance key.") from None


@cache
def keyset() -> bytes:
    """The instance key itself, unlocked once a process. Raises NoKey with a sentence."""
    record = described()
    handed = os.environ.get(HANDED_DOWN)
    if handed:
        return base64.b64decode(Path(handed).read_bytes())
    if record["kind"] == "file":
        try:
            return base64.b64decode(Path(record["path"]).read_bytes(), validate=True)
        except (OSError, ValueError):
            raise NoKey(f"The instance key is not readable at {record['path']}.") from None
    if record["kind"] == "environment":
        value = os.environ.get(ENVIRONMENT_NAME, "")
        if not value:
            raise NoKey(f"The instance key is expected in the environment variable {ENVIRONMENT_NAME}.")
        return base64.b64decode(value)
    if ask_passphrase is None:
        raise NoKey("The instance key is locked by a passphrase, and nobody can be asked for it here.")
    return _by_passphrase(record, ask_passphrase())


def hand_down() -> None:
    """Let worker processes of this one have the unlocked key without argv, environment or disk.

    Linux: an anonymous memory file, named by its path under /proc, readable by the same user only while
    this process lives. Elsewhere: nothing is done, and custody by passphrase needs one process.
    """
    if described()["kind"] != "passphrase" or not hasattr(os, "memfd_create"):
        return
    descriptor = os.memfd_create("prasan-key")
    os.write(descriptor, base64.b64encode(keyset()))
    os.environ[HANDED_DOWN] = f"/proc/{os.getpid()}/fd/{descriptor}"


@cache
def instance_aead() -> Any:
    """The primitive that wraps and unwraps every other key."""
    record = described()
    serialised = keyset()
    if key_id(serialised) != record["key_id"]:
        raise NoKey("The instance key that was found is not the one that this instance was made with.")
    return tink.proto_keyset_format.parse(serialised, secret_key_access.TOKEN).primitive(aead.Aead)


def wrap(plain: bytes, label: str) -> bytes:
    return bytes(instance_aead().encrypt(plain, label.encode()))


def unwrap(wrapped: bytes, label: str) -> bytes:
    try:
        return bytes(instance_aead().decrypt(wrapped, label.encode()))
    except tink.TinkError:
        raise NoKey(f"A wrapped key ({label}) does not open with this instance key.") from None


def make_database_key() -> None:
    """A new random 256-bit key for the embedded database, wrapped beside it."""
    write_private(place().database_key, wrap(secrets.token_bytes(32), "database"))
    database_key.cache_clear()


@cache
def database_key() -> bytes:
    try:
        return unwrap(place().database_key.read_bytes(), "database")
    except FileNotFoundError:
        raise NoKey(f"There is no Prasan instance in {place().home}: run `prasan init` or `prasan demo`.") from None


def django_secret() -> str:
    """Django's signing secret, derived from the instance key so that it is never stored or set by hand."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(hashes.SHA256(), 48, salt=None, info=b"prasan django secret").derive(keyset())
    return base64.b64encode(derived).decode()
