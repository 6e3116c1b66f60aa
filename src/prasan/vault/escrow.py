"""The instance key sealed to recovery recipients outside, and the proof that one of them can open it."""

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from prasan.plain.problem import Problem, Refused
from prasan.plain.words import gettext_noop as _

from . import age, custody
from .models import Escrow

WHAT = _("The escrowed instance key")
NONE_YET = _("There is no escrow of the present instance key: run `prasan keys escrow --to RECIPIENT` first.")
ANOTHER_KEY = _("This escrow holds another key than the one that this instance uses.")


def sealed_key(to: Iterable[str]) -> bytes:
    """The instance key, sealed to at least two recipients."""
    return age.seal(base64.b64encode(custody.keyset()), age.recipients(to))


def opened_key(sealed: bytes, by: Sequence[Any]) -> bytes:
    """The instance key out of an escrow, serialised; `Refused` when the identities do not open it."""
    return base64.b64decode(age.open_sealed(sealed, by, WHAT))


def make(to: Iterable[str], at: datetime) -> Escrow:
    """Seal the instance key to the recipients and keep the sealed copy; it counts once it was verified."""
    named = list(to)
    return Escrow.objects.create(
        key_id=custody.described()["key_id"], recipients=named, sealed=sealed_key(named), made_at=at
    )


def newest() -> Escrow | None:
    """The newest escrow of the key in use."""
    return Escrow.objects.filter(key_id=custody.described()["key_id"]).order_by("-pk").first()


def verified() -> Escrow | None:
    """The newest escrow of the key in use that a recovery identity has opened; without it no backup is made."""
    rows = Escrow.objects.filter(key_id=custody.described()["key_id"], verified_at__isnull=False)
    return rows.order_by("-pk").first()


def verify(identity_files: Iterable[Path], at: datetime) -> Escrow:
    """The drill: open the newest escrow with a recovery identity and compare; `Refused` when it fails."""
    row = newest()
    if row is None:
        raise Refused([Problem(NONE_YET)])
    if opened_key(bytes(row.sealed), age.identities(identity_files)) != custody.keyset():
        raise Refused([Problem(ANOTHER_KEY)])
    row.verified_at = at
    row.save(update_fields=["verified_at"])
    return row
