"""Writes a backup as two files: the data without keys, and the wrapped keys."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from prasan.conf.environment import instance
from prasan.conf.operating import backup
from prasan.conf.operating.speaking import Operation
from prasan.vault import custody


class Command(Operation):
    help = "save data and keys as two age files for at least two recipients"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("data", type=Path, metavar="DATA.age")
        parser.add_argument("keys", type=Path, metavar="KEYS.age")
        parser.add_argument("--to", nargs="+", action="extend", required=True, metavar="RECIPIENT")

    def handle(self, *args: Any, **options: Any) -> None:
        custody.instance_aead()
        if instance().get("kind") == "demo":
            self.say(_("Demonstration data: saved without a verified escrow; the key is sealed to the recipients."))
        manifest = backup.save(options["data"], options["keys"], options["to"])
        self.say(
            _("Saved: %(rows)s rows in %(tables)s tables, %(lines)s journal lines, %(files)s files.") % {
                "rows": sum(manifest["tables"].values()), "tables": len(manifest["tables"]),
                "lines": manifest["journal"]["lines"], "files": len(manifest["files"]),
            }
        )  # fmt: skip
        self.say(_("Keep the key file apart from the data file, and only for 30 days."))
