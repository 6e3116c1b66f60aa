"""Writes a backup: two age files to the same recipients, the data without keys and the wrapped keys alone."""

import base64
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.db import connection, connections, transaction
from django.utils.translation import gettext as _

from prasan import __version__, journal
from prasan.access.system import SYSTEM_ROLE, has_system_role, system_read
from prasan.conf.environment import instance
from prasan.journal.models import Head
from prasan.vault import age, custody, escrow
from prasan.vault.models import WrappedKey
from prasan.vault.sqlcipher import copying

from . import databases
from .speaking import Stop

FORMAT = 1
NOT_COUNTED = ("vault_wrappedkey", "django_session")
KEYS_OUT = [f"--exclude-table-data=public.{table}" for table in NOT_COUNTED]


@contextmanager
def whole_or_not(path: Path) -> Iterator[IO[bytes]]:
    """A new private file that appears under its name only when it was written to the end."""
    if path.exists():
        raise Stop(_("%(path)s exists already; it is not overwritten.") % {"path": path})
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def kept_files(home: Path) -> dict[str, Path]:
    """The sealed files of the instance and its own rows of the packs, by their place in it."""
    found = [path for folder in ("files", "packs") for path in sorted((home / folder).rglob("*"))]
    return {str(path.relative_to(home)): path for path in found if path.is_file()}


def save(data: Path, key_file: Path, to: list[str]) -> dict[str, Any]:
    """Write both files; returns the manifest. Refused until an escrow was verified; the demo is exempt."""
    wanted = age.recipients(to)
    demo = instance().get("kind") == "demo"
    kept = escrow.verified()
    if kept is None and not demo:
        raise Stop(
            _("No escrow of the instance key was verified, so a backup would restore nothing that is sealed: "
              "run `prasan keys escrow --to ...` and `prasan keys verify-escrow --identity FILE` first.")
        )  # fmt: skip
    with system_read("backup"):
        pass
    sealed = bytes(kept.sealed) if kept else escrow.sealed_key(to)
    with tempfile.TemporaryDirectory(dir=custody.place().home, prefix=".backup-") as folder:
        with whole_or_not(data) as out:
            manifest = _data_stream(Path(folder), out, wanted)
        try:
            with whole_or_not(key_file) as out:
                out.write(age.seal(_key_stream(sealed, manifest), wanted))
        except BaseException:
            data.unlink(missing_ok=True)
            raise
    with transaction.atomic():
        journal.enter(by="system:backup", act="vault.backup", why=digest(data)[:16])
    return manifest


def _data_stream(folder: Path, out: IO[bytes], to: list[Any]) -> dict[str, Any]:
    home = custody.place().home
    members = {"instance.toml": home / "instance.toml", **kept_files(home)}
    told: dict[str, Any] = {"engine": connection.vendor}
    if connection.vendor == "sqlite":
        members["data/prasan.sqlite"] = folder / "prasan.sqlite"
        copying.copy_without_keys(folder / "prasan.sqlite")
        told["tables"] = copying.counts(folder / "prasan.sqlite")
        told["journal"] = _journal_of_copy(folder / "prasan.sqlite")
    else:
        members["data/dump.age"] = folder / "dump.age"
        told |= _dump(folder / "dump.age", to)
    for name in NOT_COUNTED:
        told["tables"].pop(name, None)
    if custody.place().database_key.exists():
        members["data/database.key"] = custody.place().database_key
    manifest = {
        "format": FORMAT, "software": __version__, "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "instance": instance().get("id", ""), "kind": instance().get("kind", ""), **told,
        "files": {name: digest(path) for name, path in sorted(members.items())},
    }  # fmt: skip
    _seal_archive(manifest, members, out, to)
    return manifest


def _seal_archive(manifest: dict[str, Any], members: dict[str, Path], out: IO[bytes], to: list[Any]) -> None:
    """Archive through a pipe straight into age: no clear archive touches the disk."""
    reader, writer = os.pipe()
    fault: list[BaseException] = []

    def write() -> None:
        try:
            with os.fdopen(writer, "wb") as pipe, tarfile.open(fileobj=pipe, mode="w|") as archive:
                text = json.dumps(manifest, indent=1).encode()
                head = tarfile.TarInfo("manifest.json")
                head.size = len(text)
                archive.addfile(head, io.BytesIO(text))
                for name, path in members.items():
                    archive.add(path, name, recursive=False)
        except BaseException as told:
            fault.append(told)

    thread = threading.Thread(target=write)
    thread.start()
    with os.fdopen(reader, "rb") as pipe:
        age.encrypt(pipe, out, to)
    thread.join()
    if fault:
        raise fault[0]


def _journal_of_copy(path: Path) -> dict[str, Any]:
    copy = copying.opened(path)
    try:
        row = copy.execute("SELECT count, hash FROM journal_head WHERE id = 1").fetchone()
    finally:
        copy.close()
    return {"lines": row[0], "head": row[1]}


def _dump(target: Path, to: list[Any]) -> dict[str, Any]:
    """pg_dump of one snapshot, sealed as it comes; the counts are of the same snapshot."""
    import psycopg

    told = databases.own()
    told["OPTIONS"] = {**told["OPTIONS"], "isolation_level": psycopg.IsolationLevel.REPEATABLE_READ}
    role = [f"--role={SYSTEM_ROLE}", "--enable-row-security"] if has_system_role() else []
    databases.aim(told, "snapshot")
    arguments, surroundings = databases.told_to_tools("snapshot")
    try:
        with transaction.atomic(using="snapshot"), connections["snapshot"].cursor() as cursor:
            if role:
                cursor.execute(f"SET LOCAL ROLE {SYSTEM_ROLE}")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = f"--snapshot={cursor.fetchone()[0]}"
            program = [databases.tool("pg_dump"), "--format=custom", "--no-owner", "--no-acl", snapshot]
            with target.open("wb") as out:
                process = subprocess.Popen(
                    [*program, *role, *KEYS_OUT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                    env=surroundings,
                )  # fmt: skip
                assert process.stdout is not None
                age.encrypt(process.stdout, out, to)
            _out, errors = process.communicate()
            if process.returncode:
                raise Stop(errors.decode(errors="replace").strip().splitlines()[-1])
            return _counted(cursor)
    finally:
        connections["snapshot"].close()


def _counted(cursor: Any) -> dict[str, Any]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    names = [row[0] for row in cursor.fetchall()]
    tables = {}
    for name in names:
        cursor.execute(f'SELECT count(*) FROM "{name}"')
        tables[name] = cursor.fetchone()[0]
    head = Head.objects.using("snapshot").get(pk=1)
    return {"tables": tables, "journal": {"lines": head.count, "head": head.hash}}


def _key_stream(sealed: bytes, manifest: dict[str, Any]) -> bytes:
    """All wrapped keys, the wrapped database key and the escrowed instance key; nothing in it is open."""
    at = custody.place()
    rows = [
        {
            "owner_kind": row.owner_kind, "owner_id": row.owner_id, "wrapped_by": row.wrapped_by,
            "version": row.version, "blob": base64.b64encode(bytes(row.blob)).decode(),
            "created_at": row.created_at.isoformat(),
        }
        for row in WrappedKey.objects.order_by("pk").iterator()
    ]  # fmt: skip
    database_key = base64.b64encode(at.database_key.read_bytes()).decode() if at.database_key.exists() else ""
    return json.dumps(
        {
            "format": FORMAT, "instance": manifest["instance"], "made": manifest["made"],
            "key_id": custody.described()["key_id"], "database_key": database_key,
            "escrow": base64.b64encode(sealed).decode(), "wrapped": rows,
        }
    ).encode()  # fmt: skip
