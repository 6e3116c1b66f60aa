"""The demonstration: an encrypted store with a fictional team and its history, built and served by one command."""

import os
import shutil
import time
from importlib import import_module, util
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connections
from django.utils.translation import gettext as _

from prasan.conf.environment import environment
from prasan.conf.environment import instance as described
from prasan.conf.operating import databases, fitness, instance, serving
from prasan.conf.operating.speaking import Operation, Stop
from prasan.vault import custody


class Command(Operation):
    help = "build the demonstration with its fictional team, and serve it"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="build only")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--fresh", action="store_true", help="throw the demo store away and build it anew")

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        if not options["no_serve"]:
            serving.refuse_taken("127.0.0.1", options["port"])
        home = custody.place().home
        if instance.occupied(home) and described().get("kind") != "demo":
            raise Stop(
                _("%(home)s holds something that `prasan demo` did not make; nothing was changed. "
                  "Choose another folder by PRASAN_HOME.") % {"home": home}
            )  # fmt: skip
        if described() and (options["fresh"] or described().get("complete") != "yes"):
            self.clear(home)
        settings.DEMO = True
        if described():
            self.reuse()
        else:
            self.build()
        self.cast(options["port"], served=not options["no_serve"])
        if not options["no_serve"]:
            os.environ["PRASAN_DEMO_SIGN_IN"] = "true"
            serving.serve("127.0.0.1", options["port"], self.say)

    def progress(self, text: str) -> None:
        """One line with the seconds since the start."""
        self.say(f"[{time.monotonic() - self.began:5.1f} s] {text}")

    def clear(self, home: Any) -> None:
        """Only ever a demo store."""
        connections.close_all()
        if environment().database_url:
            with databases.as_owner():
                databases.wipe()
        shutil.rmtree(home)
        custody.forget()

    def build(self) -> None:
        self.progress(_("Making an encrypted store in %(home)s ...") % {"home": custody.place().home})
        choice, identifier = instance.Choice("file", custody.place().key_file), instance.new_identifier()
        with instance.all_or_nothing():
            instance.create("demo", choice, identifier, self.progress)
            if util.find_spec("prasan.demo.build"):
                import_module("prasan.demo.build").build(self.progress)
            else:
                self.progress(_("This version carries no fictional team: the store is empty."))
            instance.describe("demo", identifier, complete="yes")
        self.progress(_("The demonstration is ready."))

    def reuse(self) -> None:
        if list(fitness.migrations()):
            databases.migrate()
        self.progress(_("The store of last time is used again (`prasan demo --fresh` builds it anew)."))

    def cast(self, port: int, *, served: bool) -> None:
        """Who can be chosen, and how."""
        from prasan.accounts.models import Staff

        self.say("")
        for staff in Staff.objects.active().select_related("agency").order_by("pk"):
            held = ", ".join(sorted(staff.disciplines))
            self.say(f"  {staff.username:12} {staff.name:24} {held:32} {staff.agency.code}")
        self.say("")
        self.say(_("Everybody and everything in it is made up. No password: choose a member of the cast."))
        if served:
            self.say(_("Open %(address)s and choose. Ctrl-C ends it.") % {"address": f"http://localhost:{port}"})
