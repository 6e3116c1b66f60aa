"""The dry run: every row is read and judged before anything is written, and without holding a lock."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from prasan import vault
from prasan.access.scoping import viewer_id, viewing
from prasan.plain.problem import Problem

from . import rules
from .known import Known
from .layout import Sheet
from .lookup import LookUp
from .models import ImportedRow
from .report import Report
from .rows import Digests, Header, Row, batches, read_rows
from .sheets import WORKS
from .source import Source

BATCH = 200
MOST_ROWS = 1_000_000

Progress = Callable[[int], None]


def silent(_rows: int) -> None:
    """No progress to show."""


@dataclass
class Judged:
    """A row with its digests, the record that it became before, and what is to be done with it."""

    row: Row
    key: str
    digest: str
    before: ImportedRow | None = None
    outcome: str = "new"
    target: Any = None


def digests() -> Digests:
    """Digests under this instance's own key."""
    return Digests(vault.token("exchange", "imported rows"))


def judged(source: Source, sheet: Sheet, header: list[Header], own: Digests) -> Iterator[list[Judged]]:
    """The rows of a sheet in batches, each with what was imported under its reference."""
    for batch in batches(read_rows(source, sheet, header), BATCH):
        found = [Judged(row, own.key(row), own.digest(row)) for row in batch]
        before = ImportedRow.objects.filter(sheet=sheet.code, key__in=[one.key for one in found])
        by_key = {row.key: row for row in before}
        for one in found:
            one.before = by_key.get(one.key)
            if one.before is not None:
                one.outcome = "same" if one.before.digest == one.digest else "changed"
        yield found


def check(source: Source, *, by: Any, at: datetime, today: date, progress: Progress = silent) -> Report:
    """What an import of this file by this person would create, change and refuse."""
    own, report, seen = digests(), Report(), 0
    known = Known(by, LookUp(own), today)
    for name in source.others:
        report.note(rules.UNKNOWN_SHEET, name=name)
    with nullcontext() if viewer_id() == by.pk else viewing(by, at):
        for code in source.sheets:
            sheet, header = source.plan.sheet(code), list[Header]()
            report.counts[code] = dict.fromkeys(rules.OUTCOMES, 0)
            report.refused_rows[code] = set()
            for batch in judged(source, sheet, header, own):
                for one in batch:
                    _judge(one, known, report)
                seen += sum(1 + len(one.row.group) for one in batch)
                if seen > MOST_ROWS:
                    report.refuse(code, one.row.number, Problem(rules.TOO_MANY_ROWS, params={"limit": MOST_ROWS}))
                    return report
                progress(seen)
            _tell_header(code, header[0] if header else Header(), report)
    return report




def _tell_header(code: str, header: Header, report: Report) -> None:
    for problem in header.problems:
        report.refuse(code, header.number, problem)
    for name in header.unknown:
        report.note(rules.UNKNOWN_COLUMN, code, header.number, name=name)


def _judge(one: Judged, known: Known, report: Report) -> None:
    """Decide on one row; good rows become known to the rows below."""
    row, work = one.row, WORKS[one.row.sheet.code]
    problems = [*row.problems, *known.twice(row)]
    if not problems and one.outcome == "new":
        problems = list(work.problems(row, known))
    elif not problems and one.outcome == "changed":
        problems = _judge_change(one, known, report)
    if problems:
        one.outcome = "refused"
        report.refused_rows[row.sheet.code].add(row.number)
        known.refuse(row)
        for problem in problems:
            report.refuse(row.sheet.code, row.number, problem)
    elif one.outcome == "new":
        known.accept(row)
    report.count(row.sheet.code, one.outcome)


def _judge_change(one: Judged, known: Known, report: Report) -> list[Any]:
    """A changed row changes its record where the sheet can, and only as it was imported."""
    row, work = one.row, WORKS[one.row.sheet.code]
    target = target_of(one)
    if work.change is None or target is None:
        one.outcome = "left"
        report.note(rules.DIFFERS, row.sheet.code, row.number)
    elif one.before is not None and target.version != one.before.target_version:
        one.outcome = "left"
        report.note(rules.CHANGED_HERE, row.sheet.code, row.number)
    else:
        return list(work.change_problems(row, target, known))
    return []


def target_of(one: Judged) -> Any:
    """The record that a row became, when the importer may see it and it is in force."""
    work = WORKS[one.row.sheet.code]
    if work.model is None or one.before is None:
        return None
    return work.model.objects.filter(pk=one.before.target_id, closed_as="").first()
