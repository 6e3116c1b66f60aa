"""What a viewer of care sees: services and stays without their place, and the place only when it is opened."""

from datetime import datetime
from typing import Any

from django.db import models

from prasan import vault
from prasan.access.check import check
from prasan.cases.queries import readable_partitions

from .models import Service, Stay


def services(viewer: Any, case: Any) -> list[Service]:
    """The services of a case, newest first; their words stay sealed."""
    check(viewer, "care.view", case)
    rows = Service.objects.filter(case=case, closed_as="").select_related("person", "provider")
    return list(rows.order_by("-on", "-made_at")[:200])


def stays(viewer: Any, case: Any) -> list[Stay]:
    """The stays of a case, open ones first. Never the place."""
    check(viewer, "care.view", case)
    rows = Stay.objects.filter(case=case, closed_as="").select_related("person").defer("place")
    return list(rows.order_by(models.F("until_on").desc(nulls_first=True), "-since_on"))


def words_of(viewer: Any, row: Any, at: datetime, why: str = "work") -> dict[str, str]:
    """The sealed words of a service or stay (not the place), opened under one journal line."""
    check(viewer, "care.view", row)
    fields = [f for f in ("what", "words", "limit_reason") if getattr(row, f, None) is not None]
    opened = vault.open_many([(row, f) for f in fields], by=viewer, why=why, at=at)
    return {field: text or "" for field, text in zip(fields, opened, strict=True)}


def open_place(viewer: Any, stay: Stay, why: str, at: datetime) -> str:
    """Where the person stays: for those who care for them, with a reason, one line in the journal."""
    check(viewer, "care.open_place", stay)
    return vault.open(stay, "place", by=viewer, why=why, at=at) or ""


def without_consent(viewer: Any) -> list[Stay]:
    """Open stays in the viewer's cases of care to which the person has not agreed: not asked, or a no."""
    rows = Stay.objects.filter(until_on=None, closed_as="").exclude(consent_to_stay=True).defer("place")
    found = list(rows.select_related("case", "person").order_by("since_on")[:50])
    reads = readable_partitions(viewer, {row.case_id for row in found})
    return [row for row in found if "care" in reads.get(row.case_id, frozenset())]
