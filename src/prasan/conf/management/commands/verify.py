"""Re-computes the journal and names the first bad line; also for a file, without any instance."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from prasan import vault
from prasan.conf.operating import backup
from prasan.conf.operating.speaking import Operation, Stop
from prasan.journal import checking
from prasan.vault import custody

ADDRESS = re.compile(r"^[0-9a-f]{64}$")


class Command(Operation):
    help = "re-compute the journal and name the first bad line"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--export", type=Path, metavar="FILE", help="write the journal, one line an entry")
        parser.add_argument("--file", type=Path, metavar="FILE", help="check such a file; needs no instance")
        parser.add_argument("--foreign", type=Path, metavar="FILE", help="compare with a partner's checkpoints")
        parser.add_argument("--checkpoint", action="store_true", help="sign where the journal stands now")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            self.told(checking.check_file(options["file"]))
            return
        custody.instance_aead()
        self.told(checking.check())
        self.files()
        if options["foreign"]:
            fault = checking.check_foreign(options["foreign"])
            if fault:
                raise Stop(fault)
            self.say(_("The partner's checkpoints agree."))
        if options["checkpoint"]:
            self.checkpoint()
        if options["export"]:
            with backup.whole_or_not(options["export"]):
                pass
            options["export"].unlink()
            count = checking.export(options["export"])
            self.say(_("%(n)s lines written to %(path)s.") % {"n": count, "path": options["export"]})

    def told(self, verdict: checking.Verdict) -> None:
        if not verdict.ok:
            raise Stop(verdict.fault)
        self.say(_("%(n)s lines agree; the journal ends with %(head)s.") % {"n": verdict.lines, "head": verdict.head})

    def files(self) -> None:
        """Sealed files lie under the hash of their ciphertext: a changed one is found without opening it."""
        count = 0
        for path in custody.place().files.rglob("*"):
            if path.is_file() and ADDRESS.match(path.name):
                if backup.digest(path) != path.name:
                    raise Stop(_("the sealed file %(name)s was changed") % {"name": path.name})
                count += 1
        if count:
            self.say(_("%(n)s sealed files are unchanged.") % {"n": count})

    def checkpoint(self) -> None:
        with transaction.atomic():
            point = checking.close_segment()
        point = point or checking.Checkpoint.objects.order_by("-count").first()
        if point is None:
            self.say(_("The journal is empty: there is nothing to sign."))
            return
        self.say(point.text.rstrip("\n"))
        self.say(bytes(point.signature).hex())
        self.say(vault.public_key().decode().rstrip("\n"))
