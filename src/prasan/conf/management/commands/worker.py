"""The background worker alone, for an instance that is served by several processes."""

import signal
from typing import Any

from django.core.management.base import CommandParser

from prasan.conf.operating.background import Background, tend
from prasan.conf.operating.speaking import Operation
from prasan.vault import custody


class Command(Operation):
    help = "run queued jobs and sign the day's checkpoint, until stopped"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now and end")
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between looks")

    def handle(self, *args: Any, **options: Any) -> None:
        custody.instance_aead()
        background = Background(options["interval"])
        if options["once"]:
            failed = tend()
            background.worker.run()  # type: ignore[attr-defined]
            if failed:
                raise SystemExit(1)
            return
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda _number, _frame: background.stop())
        background.start()
        while background.is_alive():
            background.join(timeout=1)
