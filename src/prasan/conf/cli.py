"""The command `prasan`: our own commands on Django's command line, listed first."""

import os
import sys


def main() -> None:
    """Run one command; a missing key or instance is a sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.conf.settings")
    from django.core.management import execute_from_command_line

    from prasan import __version__
    from prasan.conf.operating import passphrase
    from prasan.vault import custody

    custody.ask_passphrase = passphrase.asked
    try:
        if sys.argv[1:] in ([], ["help"], ["--help"], ["-h"]):
            from prasan.conf.operating.contents import show

            show()
            return
        if sys.argv[1:] in (["--version"], ["version"]):
            sys.stdout.write(f"prasan {__version__}\n")
            return
        execute_from_command_line(sys.argv)
    except custody.NoKey as missing:
        sys.stderr.write(f"{missing}\n")
        sys.exit(2)
