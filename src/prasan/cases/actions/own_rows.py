"""An agency's own rows of the packs count only when two people stand for exactly these bytes: by digest, journalled."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from prasan import journal, packs
from prasan.access.check import check
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.words import gettext_noop as _

from ..models import OwnRows

ACT = "packs.activate"
NONE_THERE = _("There are no own rows in the folder.")
CHANGED = _("The files are not those that were shown. Read them again.")
DONE = _("These rows were confirmed before.")
NOT_PROPOSED = _("Nobody has proposed these rows yet.")
SECOND = _("A second person confirms: you proposed these rows yourself.")


def standing(digest: str) -> OwnRows | None:
    """What was decided last about exactly these rows."""
    return OwnRows.objects.filter(digest=digest).order_by("-pk").first()


def activated(digest: str) -> bool:
    """Whether these rows are the last that two people put into use."""
    last = OwnRows.objects.exclude(activated_at=None).order_by("-activated_at", "-pk").first()
    return bool(digest) and last is not None and last.digest == digest


def _as_shown(folder: Path, digest: str) -> None:
    """The rows that lie there now are those that were read; a bad one is no row at all (`BadPack`)."""
    own = packs.own_rows(folder).own
    refuse_if([Problem(NONE_THERE)] if not own else [Problem(CHANGED)] if own != digest else [])


@transaction.atomic
def propose(*, by: Any, folder: Path, digest: str, at: datetime) -> OwnRows:
    """One person stands for these rows. Nothing changes yet."""
    check(by, ACT)
    _as_shown(folder, digest)
    refuse_if([Problem(DONE)] if activated(digest) else [])
    row = OwnRows.objects.create(digest=digest, proposed_by=by, proposed_at=at)
    journal.enter(by=by, act="packs.propose", target=row, why=digest)
    return row


@transaction.atomic
def activate(*, by: Any, folder: Path, digest: str, at: datetime) -> OwnRows:
    """A second person confirms: from the next start of the server these rows are used, for as long as they stay so."""
    check(by, ACT)
    _as_shown(folder, digest)
    row = OwnRows.objects.select_for_update().filter(digest=digest, activated_at=None).order_by("-pk").first()
    if row is None:
        refuse_if([Problem(DONE if activated(digest) else NOT_PROPOSED)])
    assert row is not None
    refuse_if([Problem(SECOND)] if row.proposed_by_id == by.pk else [])
    row.activated_by, row.activated_at = by, at
    row.save(update_fields=["activated_by", "activated_at"])
    journal.enter(by=by, act=ACT, target=row, why=digest)
    return row
