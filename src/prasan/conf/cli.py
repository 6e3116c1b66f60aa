"""The command `prasan`: our own commands on Django's command line, listed first."""

import os
import sys


def main() -> None:
    """Run one command; a missing key or instance is a sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.conf.settings")
    from django.core.management import execute_from_command_line

    from prasan.vault.custody import NoKey

    try:
        execute_from_command_line(sys.argv)
    except NoKey as missing:
        sys.stderr.write(f"{missing}\n")
        sys.exit(2)
