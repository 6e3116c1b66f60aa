"""Brings an instance to this version: backup, migrate, verify."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from prasan.conf.environment import instance
from prasan.conf.operating import backup, databases
from prasan.conf.operating.speaking import Operation, Stop, ask, interactive
from prasan.journal import checking
from prasan.vault import custody


class Command(Operation):
    help = "bring the instance to this version: backup, migrate, verify"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--backup", nargs=2, type=Path, metavar=("DATA.age", "KEYS.age"))
        parser.add_argument("--to", nargs="+", default=[], metavar="RECIPIENT")
        parser.add_argument("--no-backup", action="store_true", help="a backup of today exists already")

    def handle(self, *args: Any, **options: Any) -> None:
        custody.instance_aead()
        if options["backup"]:
            data, key_file = options["backup"]
            backup.save(data, key_file, options["to"])
            self.say(_("Backup written."))
        elif not options["no_backup"] and instance().get("kind") != "demo":
            self.without_backup()
        for told in databases.migrate():
            self.say(told)
        verdict = checking.check()
        if not verdict.ok:
            raise Stop(verdict.fault)
        self.say(_("Upgraded; %(n)s journal lines verify.") % {"n": verdict.lines})

    def without_backup(self) -> None:
        if not interactive():
            raise Stop(_("Give --backup DATA.age KEYS.age --to RECIPIENT..., or --no-backup if one was just made."))
        if ask(_("Go on without a backup? yes/no"), "no") != "yes":
            raise Stop(_("Nothing was changed."))
