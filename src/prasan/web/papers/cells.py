"""Tables as files: CSV that shows Thai, and workbooks in which no text can become a formula or a link."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook: its name, a head (none for a page of words), its rows, its column widths."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()


def _unseen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}


def safe(cell: Any) -> Any:
    """A text that a spreadsheet could take for a formula, also behind signs nobody sees, gets an apostrophe."""
    if isinstance(cell, str):
        first = next((sign for sign in cell if not _unseen(sign)), "")
        return f"'{cell}" if cell.startswith(DANGEROUS) or first in DANGEROUS else cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, so that a spreadsheet shows Thai; no cell can be a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
    return ("\ufeff" + text.getvalue()).encode()


def workbook(sheets: Iterable[Sheet], at: datetime) -> bytes:
    """One table a sheet; texts are written as texts; no author, no hidden sheet."""
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with xlsxwriter.Workbook(held, options) as book:
        book.set_properties({"author": "", "created": at})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            for column, width in enumerate(one.widths):
                sheet.set_column(column, column, width, wrapped)
            for column, text in enumerate(one.head):
                sheet.write_string(0, column, text, bold)
            if one.head:
                sheet.freeze_panes(1, 0)
            for number, row in enumerate(one.rows, start=1 if one.head else 0):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell)
    return held.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, str(safe(cell)) if not isinstance(cell, str) else cell)
