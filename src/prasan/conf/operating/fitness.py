"""Whether this instance is fit to hold real data: every refusal is one sentence, and `serve` asks the same."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.conf.environment import environment, instance
from prasan.plain.dates import local_day
from prasan.vault import custody

REFUSE, NOTE, FINE = "refuse", "note", "fine"
LEAST_FREE = 0.10
NETWORK = ("nfs", "cifs", "smb", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs", "fuse.rclone", "davfs")
GRACE, BACKUP_AGE, DRILL_AGE = timedelta(days=7), timedelta(days=7), timedelta(days=92)
SLIP = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it stands, in a sentence. Age alone (`serves`) does not stop a server."""

    code: str
    level: str
    sentence: str
    serves: bool = False


def refuse(code: str, sentence: str, serves: bool = False) -> Finding:
    return Finding(code, REFUSE, sentence, serves)


def kind() -> Iterator[Finding]:
    told = instance()
    if told.get("kind") == "demo":
        yield refuse("demo", _("This is a demonstration instance: it is never fit to hold real data."))
    if settings.DEMO_SIGN_IN and told.get("kind") != "demo":
        yield refuse("demo_switch", _("PRASAN_DEMO_SIGN_IN is set on an instance that `prasan demo` did not make."))
    if told.get("kind") != "demo" and not settings.TLS:
        yield refuse("tls", _("PRASAN_TLS is off: cookies would travel readable. Only the demo may do that."))


def key_custody() -> Iterator[Finding]:
    record = custody.described()
    custody.instance_aead()
    if record["kind"] == "environment":
        yield Finding("custody", NOTE, _("The instance key is in the environment: other programs of the same user can read it; second best."))  # fmt: skip # noqa: E501
    elif record["kind"] == "passphrase":
        yield Finding("custody", FINE, _("The instance key is locked by a passphrase."))
    else:
        path = Path(record["path"])
        yield from readable_by_others(path, "key_readable")
        home = custody.place().home.resolve()
        if path.resolve().is_relative_to(home) and instance().get("kind") != "demo":
            yield refuse("key_beside_data", _("The key file lies beside the data: who copies the folder has both."))
        yield Finding("custody", FINE, _("The instance key is in the file %(path)s.") % {"path": path})


def readable_by_others(path: Path, code: str) -> Iterator[Finding]:
    if sys.platform != "win32" and path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield refuse(code, _("Others can read %(path)s: take their permissions away (chmod go-rwx).") % {"path": path})


def folders() -> Iterator[Finding]:
    at = custody.place()
    for path in (at.home, at.database.parent, at.database, at.files, at.custody, at.database_key):
        yield from readable_by_others(path, "permissions")
    if not os.access(at.home, os.W_OK):
        yield refuse("writable", _("The instance folder %(home)s cannot be written.") % {"home": at.home})
    usage = shutil.disk_usage(at.home)
    if usage.free < usage.total * LEAST_FREE:
        share = f"{usage.free / usage.total:.0%}"
        yield refuse("disk", _("Only %(share)s of the disk is free; at least 10 %% is needed.") % {"share": share})
    filesystem = filesystem_of(at.home)
    if filesystem.startswith(NETWORK):
        yield refuse("network_disk", _("The data lies on a network file system (%(kind)s): use a local disk.") % {"kind": filesystem})  # fmt: skip # noqa: E501
    if Path("/proc/swaps").exists() and len(Path("/proc/swaps").read_text().splitlines()) > 1:
        yield Finding("swap", NOTE, _("Swap is on: keys in memory could reach the disk. Encrypt it or turn it off."))


def filesystem_of(path: Path, table: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system that a folder lies on; "" where the system does not tell."""
    best, found = "", ""
    if table.exists():
        for line in table.read_text().splitlines():
            _device, place, kind_of, *_rest = line.split(" ")
            place = place.replace("\\040", " ")
            if path.resolve().is_relative_to(place) and len(place) >= len(best):
                best, found = place, kind_of
    return found


def software() -> Iterator[Finding]:
    """What Django's own deployment checks and ours say."""
    real = instance().get("kind") != "demo"
    found = checks.run_checks(include_deployment_checks=real, databases=["default"])
    for one in found:
        if one.level >= checks.WARNING and not one.is_silenced():
            yield refuse("check", f"{one.id}: {one.msg}".replace("\n", " "))
    from django.contrib.staticfiles import finders

    if not finders.find("dist/app.css"):
        yield refuse("static", _("The built style sheet is missing from this installation."))


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield refuse("migrations", _("%(n)s migrations are pending: run `prasan upgrade`.") % {"n": len(plan)})


def journal_head() -> Iterator[Finding]:
    """The end of the chain: last line, sealed head, clock. `prasan verify` re-computes all of it."""
    from prasan.journal.models import Checkpoint, Head, Line
    from prasan.journal.writing import START, chained, head_seal

    last = Line.objects.order_by("-n").first()
    head = Head.objects.filter(pk=1).first() or Head()
    before = Line.objects.filter(n=last.n - 1).values_list("hash", flat=True).first() if last else None
    whole = not last or last.hash == chained(before or START, last.body.encode())
    told = (last.n, last.hash) if last else (0, START)
    sealed = not head.count or head.seal == head_seal(head.count, head.hash)
    if not whole or not sealed or told != (head.count, head.hash):
        yield refuse("journal", _("The end of the journal cannot be verified: run `prasan verify`."))
    else:
        yield Finding("journal", FINE, _("The journal ends at line %(n)s.") % {"n": head.count})
    if last and last.at > timezone.now() + SLIP:
        yield refuse("clock", _("The clock stands before the last line of the journal: set the clock."))
    if Line.objects.filter(by="system:demo").exists() and instance().get("kind") != "demo":
        yield refuse("demo_data", _("There is demonstration data in this instance."))
    point = Checkpoint.objects.order_by("-count").first()
    if last and (point is None or (point.count < last.n and timezone.now() - point.at > timedelta(days=2))):
        yield Finding("checkpoint", NOTE, _("The last daily checkpoint is missing: is `prasan serve` or `prasan worker` running?"))  # fmt: skip # noqa: E501


def recovery() -> Iterator[Finding]:
    """Escrow, backup and restore drill: without them a lost disk or key loses everything."""
    from prasan.journal.models import Line
    from prasan.vault import escrow

    if instance().get("kind") == "demo":
        return
    if escrow.verified() is None:
        yield refuse("escrow", _("No escrow of the instance key was verified: `prasan keys escrow`, then `prasan keys verify-escrow`."), True)  # fmt: skip # noqa: E501
    made = datetime.fromisoformat(instance().get("created", "2026-01-01T00:00:00+00:00"))
    young = timezone.now() - made < GRACE
    for act, age, words in (
        ("vault.backup", BACKUP_AGE, _("The last backup is older than %(days)s days, or there is none.")),
        ("vault.restore_drill", DRILL_AGE, _("The last restore drill is older than %(days)s days, or there was none.")),
    ):
        since = timezone.now() - age
        if not Line.objects.filter(act=act, by="system:backup", at__gt=since).exists():
            level = NOTE if young else REFUSE
            yield Finding(act.split(".")[1], level, words % {"days": age.days}, True)


def jobs() -> Iterator[Finding]:
    from django_tasks_db.models import DBTaskResult

    from prasan.cases.actions import ticking

    due = datetime.now(UTC) - timedelta(hours=1)
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=due).count()
    if waiting:
        yield Finding("worker", NOTE, _("%(n)s jobs wait for more than an hour: the worker is not running.") % {"n": waiting})  # fmt: skip # noqa: E501
    unmarked = ticking.unmarked(due)
    if unmarked:
        yield Finding("clocks", NOTE, _("%(n)s clocks were over for more than an hour and not marked: the worker is not running.") % {"n": unmarked})  # fmt: skip # noqa: E501


def database_settings() -> Iterator[Finding]:
    from . import fitness_postgresql, fitness_sqlcipher

    yield from fitness_sqlcipher.findings() if connection.vendor == "sqlite" else fitness_postgresql.findings()


def own_rows() -> Iterator[Finding]:
    """The agency's own rows of the packs: in use, or waiting for a second person."""
    from prasan import packs
    from prasan.cases.models import OwnRows
    from prasan.conf import own_rows as rows

    if rows.waiting():
        yield Finding("own_rows", NOTE, _("Own rows of the packs wait for a second person, or for a new start: see the page /packs/. Ours are used."))  # fmt: skip # noqa: E501
    elif packs.current().own:
        last = OwnRows.objects.filter(digest=packs.current().own).order_by("-activated_at").first()
        since = local_day(last.activated_at).isoformat() if last and last.activated_at else "?"
        yield Finding("own_rows", FINE, _("Own rows of the packs are in use, confirmed on %(day)s.") % {"day": since})


LOOKED_AT: tuple[Callable[[], Iterator[Finding]], ...] = (
    kind, key_custody, folders, database_settings, migrations, journal_head, recovery, jobs, own_rows, software,
)  # fmt: skip


def examine() -> list[Finding]:
    """All findings; what cannot be looked at is refused with its reason."""
    from .speaking import EXPECTED, sentence

    if not instance() or not custody.place().custody.exists():
        told = _("There is no instance in %(home)s: run `prasan init` or `prasan demo`.")
        return [refuse("instance", told % {"home": environment().home})]
    found: list[Finding] = []
    for look in LOOKED_AT:
        try:
            found += look()
        except EXPECTED as fault:
            found.append(refuse(look.__name__, sentence(fault)))
    return found


def fit(findings: list[Finding]) -> bool:
    return all(f.level != REFUSE for f in findings)


def stopping(findings: list[Finding]) -> list[Finding]:
    """The refusals that keep a server of real data from starting."""
    return [f for f in findings if f.level == REFUSE and not f.serves]
