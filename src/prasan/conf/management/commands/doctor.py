"""Says whether this instance is fit to hold real data, and why not."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from prasan import __version__
from prasan.conf.environment import instance
from prasan.conf.operating import fitness
from prasan.conf.operating.speaking import Operation

MARKS = {fitness.REFUSE: "✗", fitness.NOTE: "!", fitness.FINE: "✓"}


class Command(Operation):
    help = "say whether this instance is fit to hold real data; exit code 0 only then"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for monitoring")

    def handle(self, *args: Any, **options: Any) -> None:
        found = fitness.examine()
        fit = fitness.fit(found)
        if options["json"]:
            told = [{"code": f.code, "level": f.level, "sentence": f.sentence} for f in found]
            text = {"fit": fit, "kind": instance().get("kind", ""), "version": __version__, "findings": told}
            self.say(json.dumps(text, ensure_ascii=False, indent=1))
        else:
            for finding in found:
                self.say(f"{MARKS[finding.level]} {finding.sentence}")
            self.say(_("Fit to hold real data.") if fit else _("Not fit to hold real data."))
        if not fit:
            sys.exit(1)
