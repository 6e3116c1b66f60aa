"""The gate before every sealed value: who, why, within which allowance; the journal line comes first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction

from prasan import journal
from prasan.journal.models import Line
from prasan.plain.words import gettext_noop as _

from .check import NOT_MEMBER, Denied, case_access, on_desk, partitions, person_access
from .system import System, running

# Short list of reasons; free words go sealed into the journal's revision.
REASONS: dict[str, str] = {
    "contact": _("To contact the person"),
    "interview": _("To prepare or hold an interview"),
    "safety": _("For the person's safety"),
    "court": _("For a court paper or hearing"),
    "services": _("To arrange a service"),
    "correct": _("To correct the record"),
    "duplicate": _("To check whether this is the same person"),
    "work": _("To read what my discipline wrote"),
    "intake": _("To sort what came in: a lead, or people of an intake"),
    "draft": _("To go on with my own draft"),
}
IDENTITIES = {"identification.intakeperson.name", "identification.fieldsubmission.content"}
COUNTED = ("vault.open_identity", "vault.open_place", "people.search_names", "people.ask_attach")
TOO_MANY = _("You have opened %(count)s identities; the allowance is %(limit)s. Ask the coordinator.")
NO_REASON = _("Opening needs a reason from the list.")
NOT_YOUR_PART = _("This part of the case belongs to another discipline and was not shared.")


def sensitivity(row: models.Model, field: str) -> str:
    """The class of one field, as its model's `Sensitivity` says."""
    return str(getattr(row.Sensitivity, field))  # type: ignore[attr-defined]


def _is_identity(row: models.Model, field: str) -> bool:
    """A name or what leads to one: of people, of an intake before there is a case, and all that a phone sent."""
    if sensitivity(row, field) != "person":
        return False
    return row._meta.app_label == "people" or f"{row._meta.label_lower}.{field}" in IDENTITIES


def _refusal(by: Any, row: Any, field: str) -> str:
    """Why this value may not be opened by `by`; "" when it may."""
    if hasattr(row, "lead_id") or hasattr(row, "intake_id") or hasattr(row, "desk_id"):
        holder = row if hasattr(row, "desk_id") else row.lead if hasattr(row, "lead_id") else row.intake
        desk_id = holder.desk_id
        return "" if on_desk(by, desk_id) else NOT_MEMBER
    if getattr(row, "case_id", None):
        held = case_access(by, row.case_id)
    else:
        held = person_access(by, row.person_id if hasattr(row, "person_id") else row.pk)
    if not held:
        return NOT_MEMBER
    partition = getattr(row, "partition", "shared")
    if partition in partitions(held) or held & getattr(row, "shared_with", frozenset()):
        return ""
    return NOT_YOUR_PART


def count_openings(by: Any, at: datetime, wanted: int) -> None:
    """Refuse so many more openings (names opened, hits of name searches, questions after somebody) with `Denied`
    when those of the hour or the day would pass the allowance. The journal is the count: each is the `ids` of the
    line that the act itself writes, and nothing is kept beside it."""
    lines = Line.objects.filter(by=str(by.pk), act__in=COUNTED)
    for limit, span in (
        (settings.OPENINGS_AN_HOUR, timedelta(hours=1)),
        (settings.OPENINGS_A_DAY, timedelta(days=1)),
    ):
        count = lines.filter(at__gt=at - span).aggregate(total=models.Sum("opened"))["total"] or 0
        if count + wanted > limit:
            raise Denied(TOO_MANY, "vault.open_identity", count=count, limit=limit)


def gate(by: Any, why: str, pairs: Sequence[tuple[models.Model, str]], at: datetime) -> None:
    """Check and journal one opening; raises `Denied`, and then nothing was opened.

    A system read (`access.system_read`) opens what its purpose needs under one line with count and digest.
    """
    ids = {f"{row._meta.label_lower}.{field}:{row.pk}" for row, field in pairs}
    if isinstance(by, System):
        if running() != by.name:
            raise Denied(NOT_MEMBER, "vault.open")
        with transaction.atomic():
            journal.enter(by=f"system:{by.name}", act="vault.open_many", why=why, ids=ids)
        return
    if why not in REASONS:
        raise Denied(NO_REASON, "vault.open")
    seen: dict[tuple[str, str], str] = {}
    for row, field in pairs:
        home = getattr(row, "intake_id", None) or getattr(row, "case_id", None) or row.pk
        place = (str(home), getattr(row, "partition", ""))
        if place not in seen or hasattr(row, "shared_with"):
            seen[place] = _refusal(by, row, field)
        if seen[place]:
            raise Denied(seen[place], "vault.open")
    counted = {str(getattr(r, "person_id", r.pk)): "vault.open_identity" for r, f in pairs if _is_identity(r, f)}
    counted |= {str(r.pk): "vault.open_place" for r, f in pairs if sensitivity(r, f) == "place_now"}
    if counted:
        count_openings(by, at, len(counted))
    act = max(counted.values(), default="vault.open")
    target, case = (pairs[0][0], getattr(pairs[0][0], "case_id", None))
    with transaction.atomic():
        journal.enter(by=by, act=act, target=target, case=case, why=why, ids=ids)
