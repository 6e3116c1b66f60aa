"""A row is read again inside the transaction that changes it: whoever comes second is told so, and undoes nothing."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from prasan.plain.problem import Problem, refuse_if
from prasan.plain.words import gettext_noop as _

from .allow import Changed

CLOSED = _("This record was already corrected.")


def held[Row: Any](row: Row, version: int, *, even_closed: bool = False) -> Row:
    """The same row as it stands now, locked until the transaction ends; acts call this before they look at it.

    `Changed` when somebody saved it since `version` was shown, or when it is in the viewer's sight no more."""
    now = type(row).objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if now is None or now.version != version or getattr(now, "closed_as", "") != getattr(row, "closed_as", ""):
        raise Changed
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, getattr(now, field.attname))
    refuse_if([Problem(CLOSED)] if getattr(row, "closed_as", "") and not even_closed else [])
    return row


def first_come[Result](do: Callable[[], Result]) -> Result:
    """Do an act; what a unique constraint stops was saved by somebody else in this moment: `Changed`, no failure."""
    try:
        with transaction.atomic():
            return do()
    except IntegrityError as error:
        if not _is_taken(error):
            raise
        raise Changed from error


def _is_taken(error: IntegrityError) -> bool:
    """Whether a unique constraint stopped it, in the words of either database."""
    return getattr(error.__cause__, "sqlstate", "") == "23505" or "UNIQUE constraint failed" in str(error)
