"""What a viewer sees of screening and identification: per person, per row, and what waits for a second discipline."""

from datetime import datetime
from itertools import count
from typing import Any

from django.db import models

from prasan import vault
from prasan.access.check import check, now
from prasan.access.models import CaseAccess
from prasan.access.table import ACTS

from .models import Concurrence, Decision, Screening

AT_A_TIME = 200


def screenings(viewer: Any, case: Any) -> list[Screening]:
    """The screenings of a case, newest first."""
    check(viewer, "identification.view", case)
    rows = Screening.objects.filter(case=case, closed_as="").select_related("person", "made_by__agency")
    return list(rows.order_by("-on", "-made_at"))


def decisions(viewer: Any, case: Any) -> list[Decision]:
    """The decisions of a case, newest first, proposals and returned ones among them."""
    check(viewer, "identification.view", case)
    rows = Decision.objects.filter(case=case, closed_as="").select_related("person", "proposed_by")
    return list(rows.order_by("-on", "-made_at"))


def concurrences(viewer: Any, decision: Decision) -> list[Concurrence]:
    """Who concurs, in which discipline, since when."""
    rows = Concurrence.objects.filter(decision=decision, closed_as="").select_related("staff__agency")
    return list(rows.order_by("made_at"))


def words_of(viewer: Any, decision: Decision, at: datetime, why: str = "work") -> tuple[str, str]:
    """The reasons, and why it was returned; opened under one journal line."""
    check(viewer, "identification.view", decision)
    fields = [f for f in ("reasons", "returned_because") if getattr(decision, f) is not None]
    opened = dict(zip(fields, vault.open_many([(decision, f) for f in fields], by=viewer, why=why, at=at), strict=True))
    return opened.get("reasons") or "", opened.get("returned_because") or ""


def screening_words(viewer: Any, row: Screening, at: datetime, why: str = "work") -> dict[str, str]:
    """What was answered in words, by question; opened under one journal line, and none when there are none."""
    check(viewer, "identification.view", row)
    opened = vault.open(row, "words", by=viewer, why=why, at=at) if row.words is not None else None
    return dict(opened or {})


def awaiting(viewer: Any) -> list[Decision]:
    """Proposals in the viewer's cases with which the viewer could concur: not their own, another discipline."""
    rows = Decision.objects.filter(status="proposed", closed_as="").exclude(proposed_by=viewer)
    return could_join(viewer, rows.order_by("on"), "identification.concur")


def could_join(viewer: Any, rows: models.QuerySet[Any], act: str, most: int = 50) -> list[Any]:
    """Of rows that one discipline wrote, the first ones on which the viewer may act in another discipline."""
    found: list[Any] = []
    for start in count(0, AT_A_TIME):
        some = list(rows.select_related("case", "person")[start : start + AT_A_TIME])
        access = CaseAccess.objects.filter(user_id=viewer.pk, case_id__in={r.case_id for r in some}, until__gt=now())
        held = {row.case_id: row.held & ACTS[act].disciplines for row in access}
        found += [row for row in some if held.get(row.case_id, frozenset()) - {row.discipline}]
        if len(found) >= most or len(some) < AT_A_TIME:
            break
    return found[:most]
