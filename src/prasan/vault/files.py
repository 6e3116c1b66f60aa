"""Sealed files: each under its own key, stored under the hash of what lies on the disk, read only through the gate.

A file is written to a temporary name while it is hashed and encrypted, forced to the disk, renamed to its
address, and its folder forced to the disk; only then does the caller write the rows, in one transaction. What
a power cut leaves is therefore a file that no row names: `orphans` finds it.
"""

import hashlib
import io
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import tink
from django.db import transaction

from . import custody, keys, sealing

CHUNK = 1024 * 1024
ADDRESS = re.compile(r"[0-9a-f]{64}")


class Damaged(Exception):
    """What lies on the disk is not what was sealed: cut, changed, exchanged or missing."""


class TooLarge(Exception):
    """The stream is longer than the caller allows; nothing of it was kept."""


@dataclass(frozen=True)
class Stored:
    """Where a sealed file lies, its length in bytes before sealing, and the SHA-256 of its content, in hex."""

    address: str
    size: int
    sha256: str


def owner_of_file(file_id: str) -> keys.Owner:
    """The owner of a file's key; its label `file:<uuid>` is also what binds the bytes to this file."""
    return keys.Owner("file", file_id)


def path_of(address: str) -> Path:
    """Where a file of this address lies: a folder by its first two digits."""
    if not ADDRESS.fullmatch(address):
        raise ValueError("an address is 64 hexadecimal digits")
    return custody.place().files / address[:2] / address


class _Sink(io.RawIOBase):
    """The temporary file that the cipher writes to, hashing what passes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.digest.update(data)
        return self._file.write(data)

    def force(self) -> None:
        """To the disk, so that the name that follows never names half a file."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def end(self) -> None:
        self._file.close()


def _force_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folder(path: Path) -> Path:
    """The folder of an address, made and forced to the disk when it is new."""
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _force_folder(path.parent.parent)
    return path.parent


def _encrypt(stream: BinaryIO, sink: _Sink, owner: keys.Owner, limit: int | None) -> tuple[int, str]:
    plain, size = hashlib.sha256(), 0
    sealed = keys.cipher(owner).new_encrypting_stream(sink, owner.label.encode())
    with sealed:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if limit is not None and size > limit:
                raise TooLarge
            plain.update(chunk)
            sealed.write(chunk)
    sink.force()
    return size, plain.hexdigest()


def store(stream: BinaryIO, file_id: str, *, limit: int | None = None) -> Stored:
    """Seal a stream under a new key of its own; called inside the transaction that then writes the rows.

    `limit` is the most bytes that are taken in. Whatever goes wrong, no file stays behind.
    """
    owner = owner_of_file(file_id)
    keys.new_key(owner)
    custody.place().files.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = custody.place().files / f".incoming-{secrets.token_hex(8)}"
    sink = _Sink(temporary)
    try:
        try:
            size, sha256 = _encrypt(stream, sink, owner, limit)
        finally:
            sink.end()
        final = path_of(sink.digest.hexdigest())
        folder = _folder(final)
        temporary.rename(final)
        _force_folder(folder)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return Stored(final.name, size, sha256)


def _verified(address: str) -> BinaryIO:
    """The stored file, open for reading, once its bytes are those of its address."""
    try:
        handle = path_of(address).open("rb")
    except OSError:
        raise Damaged from None
    if hashlib.file_digest(handle, "sha256").hexdigest() != address:
        handle.close()
        raise Damaged
    handle.seek(0)
    return handle


def frames(handle: BinaryIO, cipher: Any, bound_to: bytes) -> Iterator[bytes]:
    """The content, frame by frame; each is authenticated before it is handed on, and so is the end."""
    with handle:
        try:
            opened = cipher.new_decrypting_stream(handle, bound_to)
            while chunk := opened.read(CHUNK):
                yield chunk
        except (tink.TinkError, OSError):
            raise Damaged from None


def read(row: Any, field: str, *, by: Any, why: str, at: datetime) -> Iterator[bytes]:
    """Open the file whose address stands in `row.field`; the gate, the key and the first frame come at once.

    The row answers `file_id`. Raises `Damaged`, or `NoSuchKey` for a file that was destroyed. What is handed
    back no longer needs the database, so that an answer may be sent after the viewer's scope was closed.
    """
    if sealing._gate is None:
        raise sealing.Locked("No gate is installed: nothing opens.")
    sealing._gate(by, why, [(row, field)], at)
    owner = owner_of_file(str(row.file_id))
    cipher = keys.cipher(owner)
    opened = frames(_verified(getattr(row, field)), cipher, owner.label.encode())
    return _joined(next(opened, b""), opened)


def _joined(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def remove(address: str) -> None:
    """Take the bytes off the disk; without its key they are noise already."""
    path = path_of(address)
    with suppress(FileNotFoundError):
        path.unlink()
        _force_folder(path.parent)


def destroy(file_id: str, address: str) -> None:
    """Destroy a file for ever: its key in the caller's transaction, its bytes when that is committed."""
    keys.destroy_key(owner_of_file(file_id))
    transaction.on_commit(lambda: remove(address), robust=True)


def orphans(known: Iterable[str], *, made_before: datetime | None = None) -> list[Path]:
    """Files that no row names (`known` are the addresses of the rows), half-written ones among them.

    `made_before` spares what is just being written, whose rows are not there yet.
    """
    addresses, root = set(known), custody.place().files
    if not root.is_dir():
        return []
    lying = [path for path in (*root.glob(".incoming-*"), *root.glob("??/*")) if path.is_file()]
    return sorted(
        path
        for path in lying
        if path.name not in addresses
        and (made_before is None or datetime.fromtimestamp(path.stat().st_mtime, UTC) < made_before)
    )


def sweep(known: Iterable[str], *, made_before: datetime) -> int:
    """Remove the orphans; returns how many."""
    found = orphans(known, made_before=made_before)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
