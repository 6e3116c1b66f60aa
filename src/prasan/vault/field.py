"""The organisation's key for forms from the field: phones seal to its public half, and it opens through the gate."""

from datetime import datetime
from typing import Any

import pyrage
import tink
from django.db import IntegrityError, transaction

from . import keys, sealing


class NotForUs(Exception):
    """These bytes were not sealed to this organisation, or were changed or cut on the way."""


def ready(at: datetime) -> str:
    """The public half, making the identity the first time; two who ask at once get the same one."""
    try:
        return recipient()
    except keys.NoSuchKey:
        try:
            with transaction.atomic():
                keys.new_key(keys.FIELD, at)
        except IntegrityError:
            pass
    return recipient()


def _identity() -> Any:
    return pyrage.x25519.Identity.from_str(keys.serialised_key(keys.FIELD).decode())


def recipient() -> str:
    """The public half (`age1...`): no secret. `NoSuchKey` while no phone was ever registered."""
    return str(_identity().to_public())


def wrap(row: Any, field: str, at: datetime) -> None:
    """Seal what came once more, under a new key of the row: with that key it is destroyed in old backups too."""
    owner = sealing.owner_of(row)
    keys.new_key(owner, at)
    setattr(row, field, keys.cipher(owner).encrypt(getattr(row, field), sealing.associated_data(row, field)))


def open_sent(row: Any, field: str, *, by: Any, why: str, at: datetime) -> bytes:
    """What a phone sealed, in clear; one journal line is written first. `NotForUs` for anything else."""
    if sealing._gate is None:
        raise sealing.Locked("No gate is installed: nothing opens.")
    sealing._gate(by, why, [(row, field)], at)
    try:
        own = keys.cipher(sealing.owner_of(row))
        sent = own.decrypt(bytes(getattr(row, field)), sealing.associated_data(row, field))
        return bytes(pyrage.decrypt(sent, [_identity()]))
    except (pyrage.DecryptError, tink.TinkError, keys.NoSuchKey, ValueError):
        raise NotForUs from None


def seal_to(recipient: str, clear: bytes) -> bytes:
    """Seal as a phone does, to the public half alone: for a trial without a phone, such as the demo."""
    return bytes(pyrage.encrypt(clear, [pyrage.x25519.Recipient.from_str(recipient)]))
