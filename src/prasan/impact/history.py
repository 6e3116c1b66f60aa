"""Figures from before the system enter as published facts with their span and source, never as invented cases."""

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction

from prasan import journal, packs
from prasan.access.check import check
from prasan.access.system import system_read
from prasan.facts.models import Fact
from prasan.packs.closed import FIGURE_UNITS
from prasan.plain.dates import parse_date
from prasan.plain.problem import Problem, Refused
from prasan.plain.text import normalise
from prasan.plain.words import gettext_noop as _

from .figures.composing import is_currency
from .figures.published import KIND, SOURCE_KIND

NEEDED = ("code", "since", "until", "value", "unit", "source")
DISAGGREGATIONS = {
    "sex": "sex", "age": "age_group", "citizenship": "citizenship", "form": "form", "category": "category",
}  # fmt: skip
LARGEST = 5_000_000
MOST_ROWS = 20_000

UNREADABLE = _("%(file)s: this file cannot be read as a table in UTF-8.")
TOO_LARGE = _("%(file)s: the file is larger than %(limit)s bytes or %(rows)s rows.")
NO_COLUMN = _("%(file)s, row 1: the column “%(column)s” is missing.")
NOT_CODE = _("%(file)s, row %(row)s, column code: there is no indicator “%(text)s”.")
NOT_DAY = _("%(file)s, row %(row)s, column %(column)s: “%(text)s” is not a date.")
BACKWARD = _("%(file)s, row %(row)s, column until: the span ends before it begins.")
NOT_NUMBER = _("%(file)s, row %(row)s, column value: “%(text)s” is not a number from 0 up with at most two decimals.")
NOT_UNIT = _("%(file)s, row %(row)s, column unit: “%(text)s” is not a unit. Write person, case, THB and the like.")
NO_SOURCE = _("%(file)s, row %(row)s, column source: say where the figure was published.")
TOO_LONG = _("%(file)s, row %(row)s, column source: at most 200 characters.")
NOT_PART = _("%(file)s, row %(row)s, column disaggregation: “%(text)s” is not total, sex=…, age=…, form=… or the like.")
TWICE = _("%(file)s, row %(row)s: row %(other)s tells another value for the same figure of the same source.")
LENGTH = _("%(file)s, row %(row)s: the row has more cells than the first row.")


@dataclass(frozen=True)
class HistoryRow:
    """One printed figure of our own for one indicator; a row of two codes gives two of these."""

    line: int
    code: str
    since: date
    until: date
    value: Decimal
    unit: str
    source: str
    published_on: date | None
    part: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The same figure of the same source has the same key in every file."""
        told = (self.code, self.since, self.until, self.unit, self.part, self.source)
        return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass
class Reading:
    """What a file holds: our own figures, what is wrong, and how many rows are of others (no code)."""

    rows: list[HistoryRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    of_others: int = 0


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do."""

    new: int
    changed: int
    unchanged: int
    of_others: int
    applied: bool
    problems: tuple[Problem, ...] = ()


def read(path: Path) -> Reading:
    """Read a file of published figures (the columns of packs/data/published_figures.csv, `published_on` besides)."""
    name, found = path.name, Reading()
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(Problem(TOO_LARGE, params={"file": name, "limit": LARGEST, "rows": MOST_ROWS}))
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines, strict=True)
            for column in NEEDED:
                if column not in (table.fieldnames or ()):
                    found.problems.append(Problem(NO_COLUMN, params={"file": name, "column": column}))
            if not found.problems:
                _read_rows(table, name, found)
    except Refused as refused:
        found.problems += refused.problems
    except (OSError, UnicodeDecodeError, csv.Error):
        found.problems.append(Problem(UNREADABLE, params={"file": name}))
    return found


def _read_rows(table: Any, name: str, found: Reading) -> None:
    seen: dict[str, HistoryRow] = {}
    for number, told in enumerate(table, start=2):
        if number > MOST_ROWS:
            raise Refused(Problem(TOO_LARGE, params={"file": name, "limit": LARGEST, "rows": MOST_ROWS}))
        if None in told:
            found.problems.append(Problem(LENGTH, params={"file": name, "row": number}))
            continue
        cells = {column: normalise(text or "") for column, text in told.items()}
        if not cells["code"]:
            found.of_others += 1
            continue
        problems = list(_row_problems(cells, name, number))
        found.problems += problems
        for row in [] if problems else _rows_of(cells, number):
            twin = seen.setdefault(row.key, row)
            if twin.value != row.value:
                params = {"file": name, "row": number, "other": twin.line}
                found.problems.append(Problem(TWICE, params=params))
            elif twin is row:
                found.rows.append(row)


def _row_problems(cells: dict[str, str], name: str, number: int) -> Iterator[Problem]:
    at = {"file": name, "row": number}
    for code in cells["code"].split():
        if code not in packs.indicators():
            yield Problem(NOT_CODE, field="code", params={**at, "text": code})
    days = {column: _day(cells[column]) for column in ("since", "until")}
    for column, day in days.items():
        if day is None:
            yield Problem(NOT_DAY, field=column, params={**at, "column": column, "text": cells[column]})
    if days["since"] and days["until"] and days["until"] < days["since"]:
        yield Problem(BACKWARD, field="until", params=at)
    if _number(cells["value"]) is None:
        yield Problem(NOT_NUMBER, field="value", params={**at, "text": cells["value"]})
    if cells["unit"] not in FIGURE_UNITS and not (is_currency(cells["unit"]) and cells["unit"].isascii()):
        yield Problem(NOT_UNIT, field="unit", params={**at, "text": cells["unit"]})
    if not cells["source"]:
        yield Problem(NO_SOURCE, field="source", params=at)
    elif len(cells["source"]) > 200:
        yield Problem(TOO_LONG, field="source", params=at)
    if _part(cells.get("disaggregation", "")) is None:
        yield Problem(NOT_PART, field="disaggregation", params={**at, "text": cells["disaggregation"]})
    printed = cells.get("published_on", "")
    if printed and _printed_on(printed) is None:
        yield Problem(NOT_DAY, field="published_on", params={**at, "column": "published_on", "text": printed})


def _rows_of(cells: dict[str, str], number: int) -> Iterator[HistoryRow]:
    """One figure for each code of the row: "A1 C1" (arrested and convicted) counts for both."""
    since, until = parse_date(cells["since"]), parse_date(cells["until"])
    value = Decimal(cells["value"])
    printed = _printed_on(cells.get("published_on", "")) or _printed_on(cells["source"])
    for code in dict.fromkeys(cells["code"].split()):
        yield HistoryRow(number, code, since, until, value, cells["unit"], cells["source"], printed,
                         _part(cells.get("disaggregation", "")) or ())  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except Refused:
        return None


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    exponent = value.as_tuple().exponent
    fine = value.is_finite() and 0 <= value < Decimal(10) ** 14 and isinstance(exponent, int) and exponent >= -2
    return value if fine else None


def _part(text: str) -> tuple[tuple[str, str], ...] | None:
    """Of which part of all a figure is; () for the total, None when it cannot be read."""
    if text in {"", "total"}:
        return ()
    name, equals, value = text.partition("=")
    if not equals or name not in DISAGGREGATIONS or not 0 < len(value) <= (40 if name in {"form", "category"} else 8):
        return None
    return ((DISAGGREGATIONS[name], value),)


_PRINTED = re.compile(r"(?<!\d)((?:19|20|25)\d{2})(?:-(0[1-9]|1[0-2]))?(?:-(0[1-9]|[12]\d|3[01]))?(?!\d)")


def _printed_on(text: str) -> date | None:
    """The day, month or year of printing as the column or the source itself names it; only ranks equal spans."""
    found = _PRINTED.search(text)
    if not found:
        return None
    year = int(found[1]) - (543 if int(found[1]) > 2400 else 0)
    try:
        return date(year, int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def import_history(*, by: Any = None, path: Path, apply: bool = False) -> Outcome:
    """Bring our own published figures into the ledger. Without `apply` nothing is written; the same file twice
    changes nothing; a value that differs supersedes the older one, which stays as it was."""
    if by is not None:
        check(by, "exchange.import")
    reading = read(Path(path))
    if reading.problems:
        return Outcome(0, 0, 0, reading.of_others, False, tuple(reading.problems))
    keys = {row.key: row for row in reading.rows}
    with transaction.atomic():
        kept = {
            fact.source_id: fact
            for fact in Fact.objects.filter(kind=KIND, source_kind=SOURCE_KIND, superseded_at__isnull=True)
            if fact.source_id in keys
        }
        new = [row for key, row in keys.items() if key not in kept]
        changed = [row for key, row in keys.items() if key in kept and kept[key].quantity != row.value]
        if apply and (new or changed):
            _write(by, new, [(kept[row.key], row) for row in changed], Path(path).name)
    same = len(keys) - len(new) - len(changed)
    return Outcome(len(new), len(changed), same, reading.of_others, apply)


def _write(by: Any, new: list[HistoryRow], changed: list[tuple[Fact, HistoryRow]], name: str) -> None:
    at = datetime.now(UTC)
    told = {"file": name, "new": len(new), "changed": len(changed)}
    with system_read("history", line=False):
        for old, _row in changed:
            old.superseded_at = at
            old.save(update_fields=["superseded_at"])
        Fact.objects.bulk_create(_fact(row, at) for row in [*new, *(row for _old, row in changed)])
        journal.enter(by=by or "system:history", act="impact.import_history", change=told)


def _fact(row: HistoryRow, at: datetime) -> Fact:
    indicator = packs.indicators()[row.code]
    route = str((indicator.measure.where.get("route") or ("",))[0])
    return Fact(
        kind=KIND, on=row.since, until=row.until, quantity=row.value, unit=row.unit, indicator=row.code,
        version=indicator.version, source_kind=SOURCE_KIND, source_id=row.key, source=row.source, route=route,
        published_on=row.published_on, recorded_at=at, **dict(row.part),
    )  # fmt: skip
