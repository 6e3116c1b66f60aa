"""`check` raises with the sentence and `may` answers by the same rule, so that page, API and error never drift."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.db import models

from prasan.plain.words import gettext_noop as _

from .models import CaseAccess, DeskAccess, PersonAccess
from .table import ACTS, PARTITIONS, Act

NOT_ACTIVE = _("This account is not active.")
NOT_MEMBER = _("You are not a member of the team for this.")
NOT_DESK = _("This is for members of the intake desk.")
NOT_YOUR_DISCIPLINE = _("This is for these disciplines: %(disciplines)s.")


_known: ContextVar[dict[tuple[str, Any, Any], Any] | None] = ContextVar("known_access", default=None)


class Denied(Exception):
    """Not allowed; `reason` is a sentence in English to be translated, `params` fills it."""

    def __init__(self, reason: str, act: str = "", **params: Any) -> None:
        super().__init__(act)
        self.reason, self.act, self.params = reason, act, params


def now() -> datetime:
    """Access is decided by the wall clock: an access that ended is refused at the next request."""
    return datetime.now(UTC)


@contextmanager
def reading() -> Iterator[None]:
    """For one request that only reads: what its viewer holds in a case, with a person or at a desk is asked once.

    Requests that change something do not use it, because a team may change under their hands.
    """
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def case_access(by: Any, case_id: Any) -> frozenset[str]:
    """The disciplines in which `by` is an active member of the case's team; empty for everybody else."""
    return _access("case", CaseAccess, by, case_id)


def holdings(by: Any) -> frozenset[str]:
    """What `by` holds in the cases of theirs: each set of disciplines once, as the rows of access write it."""
    rows = CaseAccess.objects.filter(user_id=by.pk, until__gt=now()).order_by()
    each = rows.values_list("disciplines", flat=True).distinct()
    return _asked_once(("holdings", by.pk, None), lambda: frozenset(each))


def person_access(by: Any, person_id: Any) -> frozenset[str]:
    """The disciplines in which `by` works with this person in any case of theirs."""
    return _access("person", PersonAccess, by, person_id)


def _access(what: str, model: Any, by: Any, pk: Any) -> frozenset[str]:
    def held() -> frozenset[str]:
        row = model.objects.filter(**{"user_id": by.pk, f"{what}_id": pk, "until__gt": now()}).first()
        return row.held if row else frozenset()

    return _asked_once((what, by.pk, pk), held)


def _asked_once[T](key: tuple[str, Any, Any], find: Callable[[], T]) -> T:
    """What `find` answers; within one request that only reads it is asked a single time."""
    known = _known.get()
    if known is None:
        return find()
    if key not in known:
        known[key] = find()
    found: T = known[key]
    return found


def on_desk(by: Any, desk_id: Any = None) -> bool:
    """Whether `by` is a member of that intake desk, or of any."""
    rows = DeskAccess.objects.filter(user_id=by.pk, until__gt=now())
    return _asked_once(("desk", by.pk, desk_id), (rows.filter(desk_id=desk_id) if desk_id else rows).exists)


def _names(act: Act) -> str:
    return ", ".join(sorted(act.disciplines))


def _held(by: Any, act: Act, obj: Any) -> tuple[frozenset[str], str]:
    """What counts for this act, and the sentence when nothing does."""
    if act.scope == "case":
        if obj is None:
            raise TypeError("an act on a case needs the case, a record of it or the person")
        label = obj._meta.label_lower
        if label == "people.person":
            return person_access(by, obj.pk), NOT_MEMBER
        case_id = obj.pk if label == "cases.case" else getattr(obj, "case_id", None)
        if case_id is None:
            return person_access(by, obj.person_id), NOT_MEMBER
        return case_access(by, case_id), NOT_MEMBER
    if act.scope == "intake":
        holder = obj if hasattr(obj, "desk_id") else getattr(obj, "lead", None) or getattr(obj, "intake", None)
        desk_id = getattr(holder, "desk_id", None)
        return (by.disciplines if on_desk(by, desk_id) else frozenset()), NOT_DESK
    return by.disciplines or frozenset({"none"}), NOT_MEMBER


def _leads(by: Any, obj: Any) -> bool:
    """Whether `by` leads this case."""
    case_id = getattr(obj, "case_id", obj.pk)
    return CaseAccess.objects.filter(user_id=by.pk, case_id=case_id, until__gt=now(), is_lead=True).exists()


def refusal(by: Any, act: str, obj: models.Model | None = None) -> Denied | None:
    """Why `by` may not do `act` on `obj`, or None. An act that is not in the table is a bug, not a denial."""
    row = ACTS[act]
    if row.scope == "public":
        return None
    if by is None or not getattr(by, "is_active", False):
        return Denied(NOT_ACTIVE, act)
    if row.scope == "self":
        return None
    held, sentence = _held(by, row, obj)
    if not held:
        return Denied(sentence, act)
    if not row.admits(held) and not (row.lead and _leads(by, obj)):
        return Denied(NOT_YOUR_DISCIPLINE, act, disciplines=_names(row))
    return None


def check(by: Any, act: str, obj: models.Model | None = None) -> None:
    """Raise `Denied` with the sentence unless `by` may do `act` on `obj`."""
    denied = refusal(by, act, obj)
    if denied is not None:
        raise denied


def may(by: Any, act: str, obj: models.Model | None = None) -> bool:
    """The same rule as `check`, as an answer."""
    return refusal(by, act, obj) is None


def partitions(held: frozenset[str]) -> frozenset[str]:
    """The partitions of a case that these disciplines read; every member reads `shared`."""
    return frozenset(
        name for name, readers in PARTITIONS.items() if ("*" in readers and held) or readers & held
    )


def deadlines(held: frozenset[str]) -> frozenset[str]:
    """The partitions whose clocks these disciplines may see: those that they read, and the court's for everybody who
    sees its charges, so that no deadline runs unseen where a team has no lawyer."""
    return partitions(held) | ({"legal"} if held & ACTS["justice.view"].disciplines else frozenset())


def partitions_of(by: Any, case: Any) -> frozenset[str]:
    """The partitions of this case that `by` reads."""
    return partitions(case_access(by, getattr(case, "pk", case)))
