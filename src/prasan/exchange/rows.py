"""Turns the cells of a sheet into rows of values, each with what is wrong in it and the key that names it."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from prasan.plain.birth import PartialDate
from prasan.plain.problem import Problem, Refused
from prasan.plain.text import normalise

from . import cells, rules
from .layout import Column, Sheet
from .source import Source

DEFAULTS: dict[str, dict[str, Any]] = {
    "cases": {"status": "active", "mode": "unknown"},
    "charges": {"status": "under_inquiry"},
    "verdicts": {"instance": "first", "plea": "not_asked"},
    "money": {"currency": "THB", "method": "transfer"},
    "services": {"outcome": "given"},
}


@dataclass
class Row:
    """One row (or, where rows are gathered, the rows of one reference): its values by column code."""

    sheet: Sheet
    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    group: list["Row"] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)

    def get(self, code: str, otherwise: Any = None) -> Any:
        found = self.values.get(code)
        return otherwise if found is None else found

    @property
    def reference(self) -> str:
        """What its author calls it: the parts of its key, or "" when it has none."""
        parts = [key_part(self.values.get(code)) for code in self.sheet.key]
        return "\x1f".join(parts) if all(parts) else ""

    @property
    def content(self) -> str:
        """Its values in one form, whatever way they were typed."""
        told = [self.values, *(row.values for row in self.group)]
        return json.dumps(told, default=_stored, ensure_ascii=False, sort_keys=True)


def _stored(value: Any) -> str:
    return value.iso() if isinstance(value, PartialDate) else str(value)


def key_part(value: Any) -> str:
    return normalise(str(value)).casefold() if value is not None else ""


class Digests:
    """Keyed digests of references and contents: what is kept of a row tells nothing without the key."""

    def __init__(self, secret: str) -> None:
        self.secret = secret.encode()
        self.unnamed: dict[str, int] = {}

    def of(self, *parts: str) -> str:
        return hmac.new(self.secret, "\x00".join(parts).encode(), hashlib.sha256).hexdigest()[:32]

    def key(self, row: Row) -> str:
        """The digest of a row's reference; a row without one is named by its content and its how-manieth."""
        if row.reference:
            return self.of("key", row.sheet.code, row.reference)
        content = self.of("content", row.sheet.code, row.content)
        self.unnamed[content] = self.unnamed.get(content, 0) + 1
        return self.of("unnamed", content, str(self.unnamed[content]))

    def digest(self, row: Row) -> str:
        return self.of("row", row.sheet.code, row.content)


@dataclass
class Header:
    """Which column of the file is which column of ours, and what of it was not understood."""

    number: int = 0
    columns: list[tuple[int, Column, bool]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read_header(sheet: Sheet, number: int, row: dict[int, Any]) -> Header:
    """Understand the names of the columns."""
    header, seen = Header(number), set()
    for place, cell in sorted(row.items()):
        name = str(cell)
        column, extra = sheet.column_named(name)
        if column is None:
            header.unknown.append(cells.short(name))
        elif (column.code, extra) in seen:
            header.problems.append(Problem(rules.COLUMN_TWICE, params={"name": column.en}))
        else:
            seen.add((column.code, extra))
            header.columns.append((place, column, extra))
    has = {code for code, _extra in seen}
    header.problems += [
        Problem(rules.MISSING_COLUMN, field=c.code, params={"name": c.en})
        for c in sheet.columns
        if c.needed and c.code not in has
    ]
    return header


def _row(sheet: Sheet, header: Header, number: int, cells_of_row: dict[int, Any]) -> Row:
    row, extras = Row(sheet, number, dict(DEFAULTS.get(sheet.code, {}))), {}
    for place, column, extra in header.columns:
        try:
            value = cells.value(column, cells_of_row.get(place))
        except Refused as refusal:
            row.problems += [Problem(p.message, column.code, p.params) for p in refusal.problems]
            continue
        if value is not None and extra:
            extras[column.code] = value
        elif value is not None:
            row.values[column.code] = value
            row.typed.add(column.code)
    for code, more in extras.items():
        row.values[code] = cells.joined(sheet.by_code[code], row.values.get(code), more)
    wrong = {problem.field for problem in row.problems}
    row.typed |= extras.keys()
    row.problems += [
        Problem(rules.NEEDED, field=column.code)
        for column in sheet.columns
        if column.needed and column.code not in row.values and column.code not in wrong
    ]
    return row


def read_rows(source: Source, sheet: Sheet, header_out: list[Header]) -> Iterator[Row]:
    """The rows of a sheet under its header, which is put into `header_out` first; rows of one reference that
    stand together are gathered where the sheet says so."""
    found = source.rows(sheet.code)
    first = next(found, None)
    if first is None:
        header_out.append(Header(1, problems=[Problem(rules.NO_HEADER)]))
        return
    header = read_header(sheet, *first)
    header_out.append(header)
    if header.problems:
        return
    rows = (_row(sheet, header, number, told) for number, told in found)
    yield from _gathered(rows) if sheet.gather else rows


def _gathered(rows: Iterable[Row]) -> Iterator[Row]:
    whole: Row | None = None
    for row in rows:
        if whole is not None and row.reference and row.reference == whole.reference:
            whole.group.append(row)
            whole.problems += [
                Problem(p.message, p.field, {**p.params, "at_row": row.number}) for p in row.problems
            ]
            continue
        if whole is not None:
            yield whole
        whole = row
    if whole is not None:
        yield whole


def batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Rows in lists of at most `size`."""
    running = iter(rows)
    while batch := list(islice(running, size)):
        yield batch
