"""What a viewer sees of sealed attachments: those of the partitions that the viewer reads. Fetching is checking."""

from datetime import datetime
from typing import Any

from django.db import models

from prasan import vault
from prasan.access.check import Denied, partitions_of
from prasan.access.opening import NOT_YOUR_PART

from .models import AbuseRecord, Item


def require_partition(viewer: Any, case: Any, partition: str, act: str) -> None:
    """Raise `Denied` with the sentence unless the viewer reads this partition of the case."""
    if partition not in partitions_of(viewer, case):
        raise Denied(NOT_YOUR_PART, act)


def items(viewer: Any, case: Any, limit: int = 200) -> list[Item]:
    """The attachments of a case that are in force, newest first."""
    rows = Item.objects.filter(case=case, closed_as="", partition__in=partitions_of(viewer, case))
    return list(rows.select_related("about__person", "made_by").order_by("-made_at", "code")[:limit])


def abuse_records(viewer: Any, case: Any) -> list[AbuseRecord]:
    """What was written down of suspected abuse, without the addresses."""
    rows = AbuseRecord.objects.filter(case=case, closed_as="", partition__in=partitions_of(viewer, case))
    return list(rows.select_related("item", "finder").order_by("-made_at"))


def abuse_record_of(viewer: Any, item: Item) -> AbuseRecord | None:
    """The record that stays of a destroyed attachment."""
    return AbuseRecord.objects.filter(item=item, closed_as="").first()


def used_bytes(viewer: Any, case: Any) -> int:
    """How much of its quota a case has used, in all partitions."""
    return Item.objects.filter(case=case).aggregate(total=models.Sum("size"))["total"] or 0


def file_name(viewer: Any, item: Item, at: datetime) -> str:
    """The name that the file came with, opened under one journal line."""
    return vault.open(item, "name", by=viewer, why="work", at=at) or ""


def content_hash(viewer: Any, item: Item, at: datetime) -> str:
    """The SHA-256 that was taken at intake, for the receipt; "" for what was destroyed."""
    if item.status != "sealed":
        return ""
    return vault.open(item, "sha256", by=viewer, why="work", at=at) or ""


def found_where(viewer: Any, record: AbuseRecord, at: datetime) -> str:
    """The address of suspected material, to be told to the police; opened under one journal line."""
    return vault.open(record, "found_where", by=viewer, why="work", at=at) or ""
