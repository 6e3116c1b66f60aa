"""Files that leave the instance (backups, the escrowed key) are sealed by age to named recipients outside."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

import pyrage

from prasan.plain.problem import Problem, Refused
from prasan.plain.words import gettext_noop as _

FEWEST = 2
NOT_RECIPIENT = _("%(given)s is not an age recipient: it looks like age1... and is printed by age-keygen.")
TOO_FEW = _("Give at least two different recipients: with only one, a lost identity loses everything.")
NO_IDENTITY = _("%(file)s holds no age identity: a line that starts with AGE-SECRET-KEY-1.")
NOT_FOR_US = _("%(what)s does not open with this identity, or was changed or cut.")


def recipients(given: Iterable[str]) -> list[Any]:
    """The recipients that were named; at least two different ones, each well formed, or `Refused`."""
    wanted = list(dict.fromkeys(text.strip() for text in given))
    if len(wanted) < FEWEST:
        raise Refused([Problem(TOO_FEW, field="to")])
    return [_recipient(text) for text in wanted]


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise Refused([Problem(NOT_RECIPIENT, field="to", params={"given": text})]) from None


def identities(paths: Iterable[Path]) -> list[Any]:
    """The identities in files as age-keygen writes them (comments start with #); `Refused` for a file of none."""
    found: list[Any] = []
    for path in paths:
        lines = [line.strip() for line in path.read_text(errors="replace").splitlines()]
        keys = [line for line in lines if line and not line.startswith("#")]
        try:
            found += [pyrage.x25519.Identity.from_str(key) for key in keys]
        except pyrage.IdentityError:
            keys = []
        if not keys:
            raise Refused([Problem(NO_IDENTITY, field="identity", params={"file": str(path)})])
    return found


def encrypt(source: IO[bytes], target: IO[bytes], to: Sequence[Any]) -> None:
    """Seal a stream to recipients."""
    pyrage.encrypt_io(source, target, to)


def decrypt(source: IO[bytes], target: IO[bytes], by: Sequence[Any], what: str) -> None:
    """Open a stream; `Refused` names `what` when it is not for these identities or is not whole.

    What was written to `target` before a fault shows is not to be used: the caller throws it away.
    """
    try:
        pyrage.decrypt_io(source, target, by)
    except (pyrage.DecryptError, OSError) as fault:
        if getattr(fault, "errno", None):
            raise
        raise Refused([Problem(NOT_FOR_US, params={"what": what})]) from None


def seal(plain: bytes, to: Sequence[Any]) -> bytes:
    """Seal a few bytes to recipients."""
    target = io.BytesIO()
    encrypt(io.BytesIO(plain), target, to)
    return target.getvalue()


def open_sealed(sealed: bytes, by: Sequence[Any], what: str) -> bytes:
    """Open a few bytes; `Refused` when they are not for these identities."""
    target = io.BytesIO()
    decrypt(io.BytesIO(sealed), target, by, what)
    return target.getvalue()
