"""Figures as files: the same numbers as CSV and workbook, where no cell can become a formula."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from prasan import packs
from prasan.web.papers.cells import safe

from . import rules
from .figures import Figure, Span
from .figures.published import Published
from .figures.telling import sources

HEAD = ("table", "code", "name_en", "name_th", "unit", "since", "until", "year_ce", "year_be", "value",
        "of_which_published", "source", "definition_en", "definition_th", "version", "adds_over_years")  # fmt: skip
HEAD_PUBLISHED = ("code", "unit", "since", "until", "value", "source", "published_on", "standing")


@dataclass(frozen=True)
class Export:
    """What goes into a file: the figures of a period, the headlines by year, contribution levels."""

    span: Span
    at: datetime
    today: date
    figures: list[Figure]
    years: dict[int, dict[str, Figure]]
    contributions: dict[str, dict[str, int]] = field(default_factory=dict)


def cell_of(value: Any) -> Any:
    """An amount without the noughts of its column; a text that could be a formula gets an apostrophe."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")
    return safe(value)


def _lines(table: str, figure: Figure, year: int | None = None) -> Iterator[tuple[Any, ...]]:
    one, span = figure.indicator, figure.span
    for entry in figure.entries:
        published = entry.published.value if entry.published else None
        yield (
            table, one.code, one.label("en"), one.label("th"), entry.unit, span.since, span.until, year,
            year and year + 543, entry.value, published, "; ".join(sources(figure, entry)),
            one.definition("en"), one.definition("th"), one.version, one.adds_over_years,
        )  # fmt: skip
    for part in figure.parts:
        yield (table, part.code, part.en, part.th, part.unit, span.since, span.until, year, year and year + 543,
               part.value, None, "", "", "", one.version, "")  # fmt: skip


def rows_of(export: Export) -> Iterator[tuple[Any, ...]]:
    """The long form: the period first, then each year; a year is never added to another here."""
    for figure in export.figures:
        yield from _lines("period", figure)
    for year, figures in export.years.items():
        for figure in figures.values():
            yield from _lines("year", figure, year)


def _standings(figure: Figure) -> Iterator[tuple[Published, str]]:
    for entry in figure.entries:
        if entry.published:
            yield entry.published, "counts"
        for row in entry.vintages:
            yield row, "older or narrower, beside it"
        for row in entry.apart:
            yield row, "never added"
    for row in figure.overlapping:
        yield row, "overlaps the period"


def published_rows(export: Export) -> Iterator[tuple[Any, ...]]:
    """Every published figure that the period meets, and how it stands to the number."""
    for figure in export.figures:
        for row, standing in _standings(figure):
            yield (row.code, row.unit, row.since, row.until, row.value, row.source, row.published_on, standing)


def readme_rows(export: Export) -> Iterator[tuple[Any, ...]]:
    """What must be said beside the numbers."""
    yield ("Prasan", _("Figures"))
    yield (_("Period from"), export.span.since or _("the beginning"))
    yield (_("Period until"), export.span.until)
    yield (_("Data as known on"), f"{export.at:%Y-%m-%d %H:%M} UTC")
    yield (_("Version of the packs"), packs.version())
    yield ("", _("Persons over a span are counted once; yearly numbers of persons and stocks are never added up."))
    yield ("", _("Money stays in its currency. Ordered is not paid."))
    yield ("", _("A share is made of one cohort; pending is not failure."))
    contribution = _("contribution")
    for code, levels in export.contributions.items():
        for level, count in sorted(levels.items()):
            yield (f"{code}: {contribution}", f"{_(rules.CONTRIBUTIONS.get(level, level))}: {count}")


def csv_file(export: Export) -> bytes:
    """UTF-8 with a byte order mark, so that a spreadsheet shows Thai."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in rows_of(export):
        writer.writerow([cell_of(cell) for cell in row])
    return ("\ufeff" + text.getvalue()).encode()


def workbook(export: Export) -> bytes:
    """README first, then one table a sheet; strings are written as strings."""
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(held, options) as book:
        bold = book.add_format({"bold": True})
        _sheet(book, "README", None, readme_rows(export), bold, (28, 90))
        _sheet(book, "figures", HEAD, rows_of(export), bold, (9, 9, 34, 34, 14, 12, 12, 9, 9, 14, 14, 40))
        _sheet(book, "published", HEAD_PUBLISHED, published_rows(export), bold, (9, 9, 12, 12, 14, 60, 14, 28))
        codes = ((c, i.unit, i.label("en"), i.label("th"), i.pitfall("en"), i.pitfall("th"))
                 for c, i in packs.indicators().items())  # fmt: skip
        head = ("code", "unit", "en", "th", "pitfall_en", "pitfall_th")
        _sheet(book, "indicators", head, codes, bold, (9, 14, 40, 40))
    return held.getvalue()


def _sheet(book: Any, name: str, head: tuple[str, ...] | None, rows: Iterator[Any], bold: Any,
           widths: tuple[int, ...]) -> None:  # fmt: skip
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, text in enumerate(head or ()):
        sheet.write_string(0, column, text, bold)
    if head:
        sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1 if head else 0):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell)


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, cell.isoformat() if isinstance(cell, date) else str(cell))
