"""Every command ends in work done or in one sentence: no traceback for a full disk or a missing key."""

import errno
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from prasan.plain.problem import Refused
from prasan.vault import custody
from prasan.vault.custody import NoKey

NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}


class Stop(CommandError):
    """The command cannot go on, for the reason given; a sentence for the person at the keyboard."""


def language_of_terminal() -> str:
    """Thai where the terminal says so, else English."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "th" if told.startswith("th") else "en"


def _of_system(fault: OSError) -> str:
    place = fault.filename or ""
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _("The disk is full. Make room and run the command again. %(place)s") % {"place": place}
    if fault.errno in NOT_WRITABLE:
        return _("No permission for %(place)s: choose another folder or change its owner.") % {"place": place}
    return f"{fault.strerror or fault}: {place}".rstrip(": ")


def _of_database(fault: DatabaseError) -> str:
    text = str(fault).strip()
    if "disk is full" in text or "No space left" in text:
        return _("The disk is full. Make room and run the command again. %(place)s") % {"place": custody.place().home}
    if "file is not a database" in text:
        return _("The database does not open with this instance's key, or it is damaged.")
    if "unable to open database file" in text or "readonly database" in text:
        return _("The database file cannot be opened or written: look at the owner of the instance folder.")
    if "no such table" in text or "does not exist" in text:
        return _("The database is empty or older than this version: run `prasan upgrade`. (%(told)s)") % {
            "told": text.splitlines()[0]
        }
    return _("The database refused: %(told)s") % {"told": text.splitlines()[0] if text else ""}


def sentence(fault: BaseException) -> str:
    """What to tell about a fault that is expected to happen in operation."""
    if isinstance(fault, Refused):
        return " ".join(_(p.message) % p.params if p.params else _(p.message) for p in fault.problems)
    if isinstance(fault, OSError):
        return _of_system(fault)
    if isinstance(fault, DatabaseError):
        return _of_database(fault)
    return str(fault)


EXPECTED = (CommandError, Refused, NoKey, OSError, DatabaseError)


class Operation(BaseCommand):
    """A command of the operator: files it writes are its owner's alone, its faults are sentences."""

    requires_system_checks = ()
    requires_migrations_checks = False
    at_terminal = False

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> ArgumentParser:
        parser = super().create_parser(prog_name, subcommand, **options)
        parser.add_argument("--language", choices=("th", "en"), default=language_of_terminal())
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        self.at_terminal = True
        super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> Any:
        os.umask(0o077)
        try:
            with translation.override(options.get("language") or "en"):
                try:
                    return super().execute(*args, **options)
                except EXPECTED as fault:
                    code = getattr(fault, "returncode", 1)
                    if not self.at_terminal:
                        raise CommandError(sentence(fault), returncode=code) from fault
                    self.stderr.write(sentence(fault))
                    sys.exit(code)
        except KeyboardInterrupt:
            self.stderr.write("")
            sys.exit(130)

    def say(self, text: str) -> None:
        """One line to the person, at once."""
        self.stdout.write(text)
        self.stdout.flush()


def interactive() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str, default: str = "", check: Callable[[str], bool] = bool) -> str:
    """Ask until the answer will do; only for a terminal."""
    while True:
        shown = f"{question} [{default}]: " if default else f"{question}: "
        answer = input(shown).strip() or default
        if check(answer):
            return answer
