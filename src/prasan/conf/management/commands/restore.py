"""Restores a backup into an empty instance folder, proved whole; or only proves that it could be."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from prasan import journal
from prasan.conf.environment import instance as described
from prasan.conf.operating import instance, restore
from prasan.conf.operating.speaking import Operation
from prasan.vault import age, custody


class Command(Operation):
    help = "restore a backup into an empty folder and verify it"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("data", type=Path, metavar="DATA.age")
        parser.add_argument("--keys", type=Path, required=True, metavar="KEYS.age")
        parser.add_argument("--identity", type=Path, required=True, action="append", metavar="FILE",
                            help="age identity; give it twice when backup and escrow differ")  # fmt: skip
        parser.add_argument("--custody", default="", help="file, file:PATH, passphrase or environment")
        parser.add_argument("--check", action="store_true", help="a drill: verify, then take it away again")

    def handle(self, *args: Any, **options: Any) -> None:
        drill = options["check"]
        if not drill:
            instance.refuse_occupied()
        began = datetime.now(UTC)
        by = age.identities(options["identity"])
        done = restore.restore(options["data"], options["keys"], by, options["custody"], self.say, drill=drill)
        seconds = (datetime.now(UTC) - began).total_seconds()
        if drill:
            if described():
                with transaction.atomic():
                    journal.enter(by="system:backup", act="vault.restore_drill")
            self.say(_("The drill passed in %(s)s seconds; nothing was kept.") % {"s": f"{seconds:.1f}"})
            return
        self.say(_("Restored into %(home)s in %(s)s seconds.") % {
            "home": custody.place().home, "s": f"{seconds:.1f}",
        })  # fmt: skip
        if done.shown_once:
            self.say(_("Keep this line; it is shown once and stored nowhere:"))
            self.say(done.shown_once)
