"""The acts on attachments: sealed after a look, opened through the gate, destroyed when abuse is suspected."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO
from uuid import uuid4

from django.db import transaction

from prasan import journal, vault
from prasan.access.check import check, partitions_of
from prasan.access.held import held
from prasan.access.system import system_read
from prasan.cases.actions import correct, timeline
from prasan.plain.dates import local_day
from prasan.plain.problem import Problem, Refused, refuse_if
from prasan.plain.refs import new_code
from prasan.plain.text import normalise
from prasan.vault import files

from . import queries, rules
from .models import AbuseRecord, Item

YOUNGEST_LEFT = timedelta(days=1)
FEW = 10
OWN_PARTS = ("investigation", "care", "legal", "shared")


@transaction.atomic
def seal_item(
    *, by: Any, case: Any, file: BinaryIO, file_name: str, size: int, looked: bool, kind: str, partition: str,
    from_whom: str, received_on: date, at: datetime, today: date, about: Any = None, id: Any = None,
) -> Item:  # fmt: skip
    """Seal a file that somebody has looked at. Without the tick (`looked`) not one byte of it is read."""
    check(by, "evidence.seal_item", case)
    queries.require_partition(by, case, partition, "evidence.seal_item")
    refuse_if([
        *rules.item_problems(
            looked=looked, size=size, used=queries.used_bytes(by, case), file_name=file_name, kind=kind,
            from_whom=from_whom, received_on=received_on, today=today,
        ),
        *([Problem(rules.OTHER_CASE, field="about")] if about and about.case_id != case.pk else []),
    ])  # fmt: skip
    taken = Item._base_manager.filter
    item = Item(
        id=id or uuid4(), code=new_code("E", length=7, taken=lambda c: taken(code=c).exists()), case=case,
        about=about, kind=kind, partition=partition, received_on=received_on, from_whom=from_whom,
        checked_no_abuse=looked, media_type=rules.media_type(file_name), made_at=at, made_by=by,
    )  # fmt: skip
    try:
        stored = files.store(file, item.file_id, limit=rules.LARGEST)
    except files.TooLarge:
        limit = rules.LARGEST // 1_000_000
        raise Refused(Problem(rules.TOO_LARGE, field="file", params={"limit": limit})) from None
    try:
        item.address, item.size = stored.address, stored.size
        vault.seal(item, sha256=stored.sha256, name=normalise(file_name))
        item.save(force_insert=True)
        journal.enter(by=by, act="evidence.seal_item", target=item, case=case)
        timeline.record(case, "sealed", on=today, made_at=at, by=by, target=item, partition=partition,
                        about=about.person if about else None)  # fmt: skip
    except BaseException:
        files.remove(stored.address)
        raise
    return item


def open_item(*, by: Any, item: Item, why: str, at: datetime) -> Iterator[bytes]:
    """Hand out a copy of the bytes. The line comes first; a file that was tampered with gives nothing."""
    check(by, "evidence.open_item", item)
    queries.require_partition(by, item.case_id, item.partition, "evidence.open_item")
    refuse_if(rules.opening_problems(status=item.status, in_force=item.in_force))
    with transaction.atomic():
        journal.enter(by=by, act="evidence.open_item", target=item, case=item.case_id, why=why)
        try:
            return files.read(item, "address", by=by, why=why, at=at)
        except files.Damaged:
            journal.enter(by=by, act="evidence.open_item", target=item, case=item.case_id, outcome="refused")
    raise Refused(Problem(rules.DAMAGED))


def _write_down(
    *, by: Any, case: Any, item: Item | None, partition: str, found_where: str, found_at: datetime,
    reported_to: str, report_ref: str, at: datetime, id: Any = None,
) -> AbuseRecord:  # fmt: skip
    refuse_if(rules.abuse_problems(
        found_where=found_where, found_at=found_at, reported_to=reported_to, report_ref=report_ref, at=at,
    ))  # fmt: skip
    record = AbuseRecord(
        id=id or uuid4(), case=case, item=item, partition=partition, found_at=found_at, finder=by,
        reported_to=reported_to, report_ref=normalise(report_ref), made_at=at, made_by=by,
    )  # fmt: skip
    vault.seal(record, found_where=normalise(found_where))
    record.save(force_insert=True)
    return record


@transaction.atomic
def mark_abuse(*, by: Any, item: Item, version: int, at: datetime, id: Any = None, **found: Any) -> AbuseRecord:
    """Suspected abuse of a child in a file that came in: its key and bytes are destroyed in this very act.

    Address, time, finder and reference of the report stay; no hash, no name, no person. `found` are
    `found_where`, `found_at`, `reported_to`, `report_ref`.
    """
    check(by, "evidence.mark_abuse", item)
    queries.require_partition(by, item.case_id, item.partition, "evidence.mark_abuse")
    held(item, version, even_closed=True)
    refuse_if([] if "destroyed" in rules.STATES[item.status] else [Problem(rules.DESTROYED)])
    record = _write_down(by=by, case=item.case, item=item, partition=item.partition, at=at, id=id, **found)
    address = item.address
    item.status, item.address, item.size, item.media_type = "destroyed", "", 0, ""
    item.sha256 = item.name = item.about = None
    item.from_whom, item.version = "", item.version + 1
    item.save()
    journal.enter(by=by, act="evidence.mark_abuse", target=item, case=item.case_id)
    files.destroy(item.file_id, address)
    return record


@transaction.atomic
def record_suspicion(*, by: Any, case: Any, at: datetime, id: Any = None, **found: Any) -> AbuseRecord:
    """Suspected abuse of a child that was seen and not taken in: the same record, and no file at all."""
    check(by, "evidence.mark_abuse", case)
    held = partitions_of(by, case)
    partition = next(part for part in OWN_PARTS if part in held)
    record = _write_down(by=by, case=case, item=None, partition=partition, at=at, id=id, **found)
    journal.enter(by=by, act="evidence.record_suspicion", target=record, case=case)
    return record


@transaction.atomic
def record_report(*, by: Any, record: AbuseRecord, version: int, reported_to: str, report_ref: str) -> AbuseRecord:
    """The report was made: to whom, and its reference."""
    check(by, "evidence.mark_abuse", record)
    queries.require_partition(by, record.case_id, record.partition, "evidence.mark_abuse")
    held(record, version)
    refuse_if(rules.report_problems(reported_to=reported_to, report_ref=report_ref))
    was = {"reported_to": record.reported_to, "report_ref": record.report_ref}
    record.reported_to, record.report_ref = reported_to, normalise(report_ref)
    record.version += 1
    record.save(update_fields=["reported_to", "report_ref", "version"])
    journal.enter(by=by, act="evidence.record_report", target=record, case=record.case_id, change={"was": was})
    return record


def sweep(at: datetime) -> int:
    """Take away what a power cut left: files older than a day that no item names. Returns how many.

    As many of them as there are items look like a wrong database or a wrong folder, not like power cuts: then
    nothing is touched.
    """
    with system_read("tick", line=False):
        known = list(Item.objects.exclude(address="").values_list("address", flat=True))
    before = at - YOUNGEST_LEFT
    left = files.orphans(known, made_before=before)
    if not left or len(left) > max(len(known), FEW):
        return 0
    with transaction.atomic():
        journal.enter(by="system:tick", act="evidence.sweep", why=str(len(left)))
    return files.sweep(known, made_before=before)


@transaction.atomic
def correct_item(*, by: Any, item: Item, reason: str, version: int, at: datetime, words: str = "") -> Item:
    """Entered in error (wrong case, wrong person, twice): nobody opens it any more; seal it again where it belongs."""
    check(by, "evidence.correct", item)
    queries.require_partition(by, item.case_id, item.partition, "evidence.correct")
    marked: Item = correct.enter_in_error(
        by=by, row=item, act="evidence.correct", reason=reason, version=version, at=at, today=local_day(at), words=words
    )
    return marked
