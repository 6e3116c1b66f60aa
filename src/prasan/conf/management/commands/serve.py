"""Serves the instance, after the refusals of the doctor."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from prasan.conf.environment import instance
from prasan.conf.operating import serving
from prasan.conf.operating.speaking import Operation, Stop
from prasan.vault import custody


class Command(Operation):
    help = "serve the instance (granian), with the background worker"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--certificate", type=Path, help="TLS certificate, where no proxy stands in front")
        parser.add_argument("--certificate-key", type=Path, help="its private key")

    def handle(self, *args: Any, **options: Any) -> None:
        custody.described()
        if bool(options["certificate"]) != bool(options["certificate_key"]):
            raise Stop(_("--certificate and --certificate-key belong together."))
        if instance().get("kind") == "demo" and options["host"] not in {"127.0.0.1", "::1", "localhost"}:
            raise Stop(_("The demo is served to this machine only."))
        serving.refuse_taken(options["host"], options["port"])
        serving.refuse_unfit()
        serving.banner(self.say)
        if instance().get("kind") != "demo" and not options["certificate"]:
            self.say(_("No certificate given: a TLS proxy must stand in front."))
        serving.serve(options["host"], options["port"], self.say, certificate=options["certificate"],
                      key=options["certificate_key"])  # fmt: skip
