"""Brings a backup back into an empty folder and proves it whole before it counts; all or nothing."""

import base64
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, connections, transaction
from django.utils.translation import gettext as _

from prasan import journal
from prasan.conf.environment import database, environment
from prasan.journal import checking
from prasan.vault import age, custody, escrow
from prasan.vault.models import WrappedKey
from prasan.vault.sqlcipher import copying

from . import backup, databases
from .instance import Choice, keep_key
from .speaking import Stop

Progress = Callable[[str], None]


@dataclass
class Restored:
    """What came back, and what has to go again if it does not verify."""

    manifest: dict[str, Any]
    lines: int = 0
    shown_once: str = ""
    filled: bool = False
    environment_key: str | None = None
    made_files: list[Path] = field(default_factory=list)


def read_keys(path: Path, by: list[Any]) -> dict[str, Any]:
    """The key stream, opened."""
    try:
        told = json.loads(age.open_sealed(path.read_bytes(), by, path.name))
    except ValueError:
        told = None
    if not isinstance(told, dict) or told.get("format") != backup.FORMAT or "wrapped" not in told:
        raise Stop(_("%(path)s is not a key stream of this version.") % {"path": path})
    return told


def unpack(path: Path, by: list[Any], into: Path) -> dict[str, Any]:
    """Open the data stream into a folder; every file is compared with the manifest."""
    into.mkdir(mode=0o700)
    archive = into / ".archive"
    with path.open("rb") as source, archive.open("wb") as target:
        age.decrypt(source, target, by, path.name)
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(into, filter="data")
    except tarfile.TarError:
        raise Stop(_("%(path)s is not a data stream of a backup.") % {"path": path}) from None
    archive.unlink()
    if not (into / "manifest.json").is_file():
        raise Stop(_("%(path)s is not a data stream of a backup.") % {"path": path})
    manifest = json.loads((into / "manifest.json").read_text())
    for name, digest in manifest["files"].items():
        if not (into / name).is_file() or backup.digest(into / name) != digest:
            raise Stop(_("%(name)s in the backup is missing or was changed.") % {"name": name})
    (into / "manifest.json").unlink()
    return dict(manifest)


def place_database(staging: Path, manifest: dict[str, Any], by: list[Any]) -> None:
    """Let this process work on the restored database: the file in the folder, or an empty PostgreSQL."""
    url = environment().database_url
    if (manifest["engine"] == "sqlite") != (not url):
        raise Stop(_("This backup is of %(engine)s; DATABASE_URL says otherwise.") % {"engine": manifest["engine"]})
    if not url:
        fault = copying.damage(custody.place().database)
        if fault:
            raise Stop(_("The restored database is damaged: %(fault)s") % {"fault": fault})
        databases.aim(database("", custody.place().database))
        return
    databases.aim(database(os.environ.get(databases.OWNER_URL) or url, staging))
    if not databases.is_empty():
        raise Stop(_("The database that DATABASE_URL names is not empty; nothing was changed."))
    dump = staging / "data" / "dump.age"
    clear = staging / "data" / ".list"
    with dump.open("rb") as source, _restoring(clear) as target:
        age.decrypt(source, target, by, "dump")


class _restoring:  # noqa: N801 (reads as a verb where it is used)
    """A memory file that holds the dump while pg_restore reads it twice: its list, then its content."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __enter__(self) -> Any:
        self.descriptor = os.memfd_create("prasan-dump") if hasattr(os, "memfd_create") else os.open(
            self.place, os.O_RDWR | os.O_CREAT, 0o600
        )  # fmt: skip
        self.file = os.fdopen(self.descriptor, "w+b")
        return self.file

    def __exit__(self, kind: Any, *rest: Any) -> None:
        try:
            if kind is None:
                self.file.flush()
                self._run()
        finally:
            self.file.close()
            self.place.unlink(missing_ok=True)

    def _run(self) -> None:
        program, handed = databases.tool("pg_restore"), {"pass_fds": (self.descriptor,)}
        source = f"/dev/fd/{self.descriptor}" if not self.place.exists() else str(self.place)
        listing = subprocess.run([program, "--list", source], capture_output=True, text=True, check=False, **handed)  # type: ignore[call-overload]
        wanted = [line for line in listing.stdout.splitlines() if not _wall(line)]
        chosen = self.place.with_name(".chosen")
        chosen.write_text("\n".join(wanted) + "\n")
        arguments, surroundings = databases.told_to_tools()
        done = subprocess.run(
            [program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl",
             f"--use-list={chosen}", *arguments, source],
            capture_output=True, text=True, env=surroundings, check=False, **handed,
        )  # type: ignore[call-overload]  # fmt: skip
        chosen.unlink()
        if done.returncode:
            raise Stop(done.stderr.strip().splitlines()[0])


def _wall(line: str) -> bool:
    """Policies name roles of the old server: the wall is put up afresh; the schema is there already."""
    return any(f" {kind} " in line for kind in ("POLICY", "ROW SECURITY", "SCHEMA", "COMMENT"))


def place_keys(wrapped: list[dict[str, Any]]) -> None:
    """The key table becomes exactly the key stream: who was erased since the data was saved stays erased."""
    with transaction.atomic():
        WrappedKey.objects.all().delete()
        WrappedKey.objects.bulk_create(
            WrappedKey(**{**row, "blob": base64.b64decode(row["blob"]),
                          "created_at": datetime.fromisoformat(row["created_at"])})
            for row in wrapped
        )  # fmt: skip


def differences(manifest: dict[str, Any]) -> str:
    """The first table whose rows were not counted as the backup says; "" when all agree."""
    for name, told in manifest["tables"].items():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found = cursor.fetchone()[0]
        if found != told:
            return _("table %(name)s has %(found)s rows, the backup says %(told)s") % {
                "name": name, "found": found, "told": told,
            }  # fmt: skip
    return ""


def prove(manifest: dict[str, Any]) -> int:
    """Counts and the whole journal agree with what was saved; returns the journal's lines."""
    fault = differences(manifest)
    verdict = checking.check()
    fault = fault or verdict.fault
    if (verdict.lines, verdict.head) != (manifest["journal"]["lines"], manifest["journal"]["head"]):
        fault = fault or _("the journal does not end where the backup says")
    if fault:
        raise Stop(_("The restored instance does not verify: %(fault)s. Nothing was kept.") % {"fault": fault})
    return verdict.lines


def restore(data: Path, key_file: Path, by: list[Any], custody_text: str, say: Progress, *, drill: bool) -> Restored:
    """Restore into PRASAN_HOME (or, for a drill, into a folder beside it that goes again)."""
    home = custody.place().home
    staging = home.with_name(f".{home.name}.restoring")
    shutil.rmtree(staging, ignore_errors=True)
    home.parent.mkdir(parents=True, exist_ok=True)
    result = Restored({}, environment_key=os.environ.get(custody.ENVIRONMENT_NAME))
    try:
        keys_told = read_keys(key_file, by)
        result.manifest = unpack(data, by, staging)
        say(_("Opened: saved %(made)s.") % {"made": result.manifest["made"]})
        if keys_told["instance"] != result.manifest["instance"]:
            raise Stop(_("The two files are of different instances."))
        serialised = escrow.opened_key(base64.b64decode(keys_told["escrow"]), by)
        custody.use(staging)
        choice = _choice(custody_text, result.manifest, drill)
        if choice.path and choice.path.exists():
            raise Stop(_("There is already a key in %(path)s; it is not overwritten.") % {"path": choice.path})
        result.made_files += [choice.path] if choice.path else []
        result.shown_once = keep_key(serialised, choice)
        if keys_told["database_key"]:
            custody.write_private(custody.place().database_key, base64.b64decode(keys_told["database_key"]))
        place_database(staging, result.manifest, by)
        result.filled = True
        place_keys(keys_told["wrapped"])
        result.lines = prove(result.manifest)
        told = {"n": result.lines, "t": len(result.manifest["tables"])}
        say(_("Verified: %(n)s journal lines, %(t)s tables.") % told)
        _finish(home, staging, serialised, choice, drill)
        if drill:
            _forget_drill(home, result)
    except BaseException:
        _undo(home, staging, result)
        raise
    return result


def _choice(text: str, manifest: dict[str, Any], drill: bool) -> Choice:
    if drill:
        return Choice("environment")
    if manifest["kind"] == "demo" and not text:
        return Choice("file", custody.place().key_file)
    return Choice.parse(text or "file", manifest["instance"] or "restored")


def _finish(home: Path, staging: Path, serialised: bytes, choice: Choice, drill: bool) -> None:
    if environment().database_url:
        (staging / "data" / "dump.age").unlink(missing_ok=True)
        databases.install_wall(databases.application_role())
    connections.close_all()
    if drill:
        return
    if home.exists():
        home.rmdir()
    (staging / "files").mkdir(exist_ok=True, mode=0o700)
    staging.rename(home)
    custody.use(home)
    if choice.path and choice.path.is_relative_to(staging):
        custody.store(serialised, "file", path=home / choice.path.relative_to(staging))
    databases.aim(databases.own())
    with transaction.atomic():
        journal.enter(by="system:restore", act="vault.restore")


def _forget_drill(home: Path, result: Restored) -> None:
    """A drill leaves nothing: not the folder, not the key in this process."""
    shutil.rmtree(home.with_name(f".{home.name}.restoring"), ignore_errors=True)
    os.environ.pop(custody.ENVIRONMENT_NAME, None)
    if result.environment_key is not None:
        os.environ[custody.ENVIRONMENT_NAME] = result.environment_key
    custody.use(home)
    databases.aim(databases.own())


def _undo(home: Path, staging: Path, result: Restored) -> None:
    if result.filled and environment().database_url:
        with suppress(DatabaseError):
            databases.wipe()
    connections.close_all()
    for path in result.made_files:
        path.unlink(missing_ok=True)
    _forget_drill(home, result)
