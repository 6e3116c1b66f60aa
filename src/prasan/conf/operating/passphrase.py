"""Asks for the passphrase of the instance key: on the terminal, or as the first line of standard input."""

import getpass
import sys

from django.utils.translation import gettext as _

from prasan.vault import custody

from .speaking import Stop, interactive

FEWEST_LETTERS = 15
_told: list[str] = []


def remember(passphrase: str) -> None:
    """Keep a passphrase for the rest of this process (a key is unlocked again after it was changed)."""
    _told[:] = [passphrase]


def asked() -> str:
    """The passphrase, asked once a process; NoKey when nobody can be asked."""
    if not _told:
        given = getpass.getpass(_("Passphrase of the instance key: ")) if interactive() else _first_line()
        if not given:
            raise custody.NoKey(
                "The instance key is locked by a passphrase: give it at the terminal, or as the first line of "
                "standard input."
            )
        remember(given)
    return _told[0]


def _first_line() -> str:
    try:
        return sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
    except (OSError, ValueError):
        return ""


def chosen() -> str:
    """A new passphrase, typed twice at a terminal; at least 15 letters."""
    first = getpass.getpass(_("New passphrase of the instance key: ")) if interactive() else _first_line()
    if len(first) < FEWEST_LETTERS:
        raise Stop(_("A passphrase has at least %(n)s letters: several words.") % {"n": FEWEST_LETTERS})
    if interactive() and getpass.getpass(_("Once more: ")) != first:
        raise Stop(_("The two passphrases differ."))
    remember(first)
    return first
