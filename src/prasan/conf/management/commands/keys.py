"""Shows where the instance key is kept; rotates it, puts it in escrow, proves the escrow, recovers from it."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from prasan import journal
from prasan.conf.environment import instance as described
from prasan.conf.operating import backup, instance, rotation
from prasan.conf.operating.speaking import Operation, Stop
from prasan.vault import age, custody, escrow
from prasan.vault.models import WrappedKey


class Command(Operation):
    help = "show custody; rotate, escrow, verify-escrow, recover"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", default="show",
                            choices=("show", "rotate", "escrow", "verify-escrow", "recover"))  # fmt: skip
        parser.add_argument("--to", nargs="+", action="extend", default=[], metavar="RECIPIENT")
        parser.add_argument("--out", type=Path, help="escrow: write the sealed key also to a file")
        parser.add_argument("--identity", type=Path, action="append", default=[], metavar="FILE")
        parser.add_argument("--escrow", type=Path, metavar="FILE", help="recover: the sealed key, as --out wrote it")
        parser.add_argument("--custody", default="", help="rotate, recover: where the key goes (default: as it is)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] != "recover":
            rotation.settle(self.say)
            custody.instance_aead()
        getattr(self, options["action"].replace("-", "_"))(options)

    def show(self, options: dict[str, Any]) -> None:
        record, kept = custody.described(), escrow.verified()
        place = f" ({record['path']})" if "path" in record else ""
        self.say(_("Custody: %(kind)s") % {"kind": record["kind"] + place})
        self.say(_("Instance key: %(id)s, wraps %(n)s keys") % {
            "id": record["key_id"], "n": WrappedKey.objects.filter(wrapped_by=record["key_id"]).count(),
        })  # fmt: skip
        if kept and kept.verified_at:
            self.say(_("Escrow verified: %(at)s, %(n)s recipients") % {
                "at": kept.verified_at.date().isoformat(), "n": len(kept.recipients),
            })  # fmt: skip
        else:
            self.say(_("Escrow verified: never"))

    def rotate(self, options: dict[str, Any]) -> None:
        record = custody.described()
        text = options["custody"] or record["kind"] + (f":{record['path']}" if "path" in record else "")
        choice = instance.Choice.parse(text, described().get("id") or "prasan")
        count, shown = rotation.rotate(choice)
        self.say(_("%(n)s keys are wrapped by the new instance key %(id)s.") % {
            "n": count, "id": custody.described()["key_id"],
        })  # fmt: skip
        if shown:
            self.say(_("Keep this line; it is shown once and stored nowhere:"))
            self.say(shown)
        self.say(_("The old escrow opens the old key only: run `prasan keys escrow --to ...` and verify it."))

    def escrow(self, options: dict[str, Any]) -> None:
        with transaction.atomic():
            row = escrow.make(options["to"], datetime.now(UTC))
            journal.enter(by="system:keys", act="vault.escrow")
        if options["out"]:
            with backup.whole_or_not(options["out"]) as out:
                out.write(bytes(row.sealed))
        self.say(_("Sealed to %(n)s recipients. Verify it now: prasan keys verify-escrow --identity FILE") % {
            "n": len(row.recipients),
        })  # fmt: skip

    def verify_escrow(self, options: dict[str, Any]) -> None:
        if not options["identity"]:
            raise Stop(_("--identity FILE is needed."))
        with transaction.atomic():
            escrow.verify(options["identity"], datetime.now(UTC))
            journal.enter(by="system:keys", act="vault.verify_escrow")
        self.say(_("The escrow opens and holds the instance key."))

    def recover(self, options: dict[str, Any]) -> None:
        """A lost passphrase or key file: the key out of an escrow file, into new custody."""
        if not options["escrow"] or not options["identity"]:
            raise Stop(_("--escrow FILE and --identity FILE are needed."))
        record = custody.described()
        serialised = escrow.opened_key(options["escrow"].read_bytes(), age.identities(options["identity"]))
        if custody.key_id(serialised) != record["key_id"]:
            raise Stop(_("This escrow holds another key than the one that this instance uses."))
        text = options["custody"] or (f"file:{record['path']}" if "path" in record else record["kind"])
        choice = instance.Choice.parse(text, described().get("id") or "prasan")
        shutil.copy2(custody.place().custody, custody.place().custody.with_suffix(".before"))
        shown = instance.keep_key(serialised, choice)
        custody.place().custody.with_suffix(".before").unlink()
        with transaction.atomic():
            journal.enter(by="system:keys", act="vault.recover")
        self.say(_("The instance key is back in custody: %(kind)s.") % {"kind": choice.kind})
        if shown:
            self.say(shown)
