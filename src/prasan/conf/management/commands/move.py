"""Moves an embedded instance to PostgreSQL."""

import os
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from prasan.conf.operating import databases, move
from prasan.conf.operating.speaking import Operation
from prasan.vault import custody


class Command(Operation):
    help = "carry an embedded instance, chain and keys included, to PostgreSQL"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, metavar="DATABASE_URL", help="as the application signs in")
        parser.add_argument("--owner", default=os.environ.get(databases.OWNER_URL, ""), metavar="URL",
                            help="as the owner of the tables signs in (default: DATABASE_OWNER_URL)")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        custody.instance_aead()
        counts = move.move(options["to"], options["owner"], self.say)
        self.say(_("Moved and verified: %(n)s tables.") % {"n": len(counts)})
        self.say(_("Set DATABASE_URL from now on. The embedded file was set aside as prasan.moved: destroy it when the new database is backed up."))  # fmt: skip # noqa: E501
