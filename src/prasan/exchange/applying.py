"""The writing: rows that were found good become acts, in batches that are whole or nothing and can be resumed."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from prasan import journal
from prasan.access.allow import Changed
from prasan.access.check import Denied
from prasan.access.check import check as allowed
from prasan.access.scoping import viewing
from prasan.plain.problem import Problem, Refused

from . import rules
from .authority import settle, widened
from .checking import Judged, Progress, check, digests, judged, silent, target_of
from .crowd import add_people
from .lookup import LookUp
from .models import ImportedRow
from .report import Remark, Report
from .rows import Header
from .sheets import WORKS, Pen
from .source import Source

ACT = "exchange.import"
IN_ONE_GO = 100


class Stopped(Exception):
    """An act refused a row that the dry run found good: somebody changed something meanwhile."""

    def __init__(self, one: Judged, problem: Problem) -> None:
        super().__init__(problem.message)
        self.one, self.problem = one, problem


def import_file(
    source: Source, *, by: Any, at: datetime, today: date, accept_good: bool = False, progress: Progress = silent,
    checked: Progress = silent, begin: Progress = silent,
) -> Report:  # fmt: skip
    """Check everything, then write it; nothing at all when a row is refused, unless the good ones are to go in.

    `checked` hears of the progress of the check, `begin` how many rows are to be written, `progress` how many
    were.
    """
    allowed(by, ACT)
    report = check(source, by=by, at=at, today=today, progress=checked)
    if not report.good and not accept_good:
        return report
    _journal(by, "started", report)
    begin(report.total("new", "changed"))
    pen = Pen(by, at, today, LookUp(digests()))
    try:
        for batch in _to_write(source, report, pen):
            report.written += _write(batch, pen)
            progress(report.written)
    except Stopped as stopped:
        row, problem = stopped.one.row, stopped.problem
        reason = Remark(problem.message, params=dict(problem.params)).sentence
        report.stopped = Remark(rules.WENT_WRONG, row.sheet.code, row.number, problem.field, {"reason": reason})
    _journal(by, "stopped" if report.stopped else "finished", report)
    return report


@transaction.atomic
def _journal(by: Any, why: str, report: Report) -> None:
    journal.enter(by=by, act=ACT, why=why, change={"counts": report.counts, "written": report.written})


def _to_write(source: Source, report: Report, pen: Pen) -> Iterator[list[Judged]]:
    """The rows that are new or changed, in batches of one sheet. The file is read a second time."""
    for code in source.sheets:
        header: list[Header] = []
        refused, can_change = report.refused_rows.get(code, set()), WORKS[code].change is not None
        flowing = (
            one
            for batch in judged(source, source.plan.sheet(code), header, pen.lookup.digests)
            for one in batch
            if one.row.number not in refused and (one.outcome == "new" or (can_change and one.outcome == "changed"))
        )
        while batch := list(islice(flowing, IN_ONE_GO)):
            yield batch


@contextmanager
def _writing(batch: list[Judged], pen: Pen) -> Iterator[None]:
    """The importer's scope and one transaction around a batch; what was kept at hand goes when it fails."""
    try:
        with viewing(pen.by, pen.at), transaction.atomic():
            work = WORKS[batch[0].row.sheet.code]
            with widened(pen.by, _cases(batch, pen)) if work.widened else nullcontext():
                yield
            if work.settles:
                settle(_persons(batch, pen), pen.at)
    except BaseException:
        pen.cases.clear()
        pen.lookup.found.clear()
        raise


def _cases(batch: list[Judged], pen: Pen) -> set[Any]:
    """The cases of the rows; a verdict's is that of its charge."""
    found = set()
    for one in batch:
        if one.row.get("case_ref"):
            found.add(pen.lookup.pk("cases", one.row.get("case_ref")))
        elif pen.lookup.pk("charges", one.row.get("charge_ref", "")):
            found.add(pen.lookup.row("charges", one.row.get("charge_ref")).case_id)
    return found - {None}


def _persons(batch: list[Judged], pen: Pen) -> set[Any]:
    """The accused of charges and verdicts: what a court says moves their parts."""
    found = set()
    for one in batch:
        if one.row.sheet.code == "charges":
            found.add(pen.person(one.row))
        else:
            found.add(pen.lookup.row("charges", one.row.get("charge_ref")).accused.person)
    return found


def _write(batch: list[Judged], pen: Pen) -> int:
    """One batch: each row's acts, and the line by which the row is known again, in the same transaction. Returns
    how many rows were written."""
    with _writing(batch, pen):
        batch = _still_to_write(batch)
        if not batch:
            return 0
        rows = _write_together(batch, pen)
        if rows is None:
            rows = [row for one in batch if (row := _write_one(one, pen)) is not None]
        ImportedRow.objects.bulk_create(row for row in rows if row.pk is None)
        known = [row for row in rows if row.pk is not None]
        ImportedRow.objects.bulk_update(known, ["digest", "target_version", "imported_at", "imported_by"])
    return len(rows)


def _still_to_write(batch: list[Judged]) -> list[Judged]:
    """Without the rows that another import wrote while this one was on its way to them."""
    keys = [one.key for one in batch if one.outcome == "new"]
    there = set(ImportedRow.objects.filter(sheet=batch[0].row.sheet.code, key__in=keys).values_list("key", flat=True))
    return [one for one in batch if one.outcome != "new" or one.key not in there]


def _write_one(one: Judged, pen: Pen) -> ImportedRow | None:
    work = WORKS[one.row.sheet.code]
    try:
        if one.outcome == "changed":
            target = target_of(one)
            unlike = target is None or one.before is None or target.version != one.before.target_version
            if work.change is None or unlike:
                return None
            target = work.change(one.row, target, pen)
            pen.cases.pop(target.pk, None)
        else:
            target = work.write(one.row, pen)
    except Refused as refused:
        raise Stopped(one, refused.problems[0]) from refused
    except Denied as denied:
        raise Stopped(one, Problem(denied.reason, params=denied.params)) from denied
    except Changed:
        raise Stopped(one, Problem(rules.CHANGED_HERE)) from None
    return _remember(one, target, pen)


def _write_together(batch: list[Judged], pen: Pen) -> list[ImportedRow] | None:
    """A batch of new people is written in one go; None for all others."""
    if any(one.row.sheet.code != "people" or one.outcome != "new" for one in batch):
        return None
    try:
        people = add_people([one.row for one in batch], pen)
    except (Refused, Denied):
        return None
    if people is None:
        return None
    return [_remember(one, person, pen) for one, person in zip(batch, people, strict=True)]


def _remember(one: Judged, target: Any, pen: Pen) -> ImportedRow:
    """The line by which a row is known again."""
    sheet = one.row.sheet.code
    if one.row.reference:
        pen.lookup.learn(sheet, one.row.reference, target.pk)
    return ImportedRow(
        pk=one.before.pk if one.before else None,
        sheet=sheet, key=one.key, digest=one.digest, target_kind=target._meta.label_lower, target_id=target.pk,
        target_version=target.version, imported_at=pen.at, imported_by=pen.by,
    )  # fmt: skip
