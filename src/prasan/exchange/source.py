"""One way to read what a team hands in: a workbook with many sheets, or a CSV file that is one sheet."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePath
from typing import Any, BinaryIO

from prasan.plain.archive import OLE, refuse
from prasan.plain.xlsx import MOST_COLUMNS, MOST_LETTERS, Grid, Workbook

from . import rules
from .layout import Layout, layout


class Source:
    """A file that was opened: which of our sheets it has, what else was in it, and the rows of each sheet."""

    def __init__(self, stream: BinaryIO, name: str, sheet: str = "") -> None:
        """`name` is the file's name, `sheet` says which sheet a CSV file is."""
        self.plan: Layout = layout()
        self.others: list[str] = []
        self._names: dict[str, str] = {}
        self._rows: Callable[[str], Grid]
        stream.seek(0)
        head = stream.read(8)
        stream.seek(0)
        ending = PurePath(name).suffix.lower()
        if not head:
            raise refuse(rules.EMPTY_FILE)
        if ending in {".xlsm", ".xltm", ".xlam"}:
            raise refuse(rules.MACROS)
        if head == OLE:
            raise refuse(rules.OLD_FORMAT)
        if head.startswith(b"PK"):
            self._open_workbook(stream)
        elif ending in {".csv", ".tsv", ".txt"}:
            self._open_csv(stream, sheet or PurePath(name).stem)
        else:
            raise refuse(rules.NOT_A_WORKBOOK)

    def _open_workbook(self, stream: BinaryIO) -> None:
        book = Workbook(stream)
        for name in book.sheets:
            ours = self.plan.sheet_named(name)
            if ours is None:
                if name.casefold() not in {"readme", "codes"}:
                    self.others.append(name)
            elif ours.code in self._names:
                raise refuse(rules.SHEET_TWICE, name=ours.en)
            else:
                self._names[ours.code] = name
        if not self._names:
            raise refuse(rules.NO_SHEET, sheets=", ".join(s.en for s in self.plan.sheets))
        self._rows = book.rows

    def _open_csv(self, stream: BinaryIO, sheet: str) -> None:
        ours = self.plan.sheet_named(sheet)
        if ours is None:
            raise refuse(rules.NO_SHEET, sheets=", ".join(s.en for s in self.plan.sheets))
        self._names[ours.code] = sheet
        self._rows = partial(csv_rows, stream)

    @property
    def sheets(self) -> list[str]:
        """The codes of our sheets that the file has, in the order in which they are imported."""
        return [s.code for s in self.plan.sheets if s.code in self._names]

    def rows(self, code: str) -> Grid:
        """The rows of one sheet; may be asked for again."""
        return self._rows(self._names[code])


def csv_rows(stream: BinaryIO, _sheet: str = "") -> Iterator[tuple[int, dict[int, Any]]]:
    """The rows of a CSV file in UTF-8 (or UTF-16 with its mark); anything else is a sentence."""
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = io.TextIOWrapper(stream, encoding="utf-16" if marked else "utf-8-sig", newline="")
    lines = csv.reader(_clean(text), delimiter=_delimiter(head, marked), strict=True)
    try:
        for number, cells in enumerate(lines, start=1):
            if len(cells) > MOST_COLUMNS:
                raise refuse(rules.TOO_WIDE, limit=MOST_COLUMNS)
            if any(len(cell) > MOST_LETTERS for cell in cells):
                raise refuse(rules.TOO_LONG_CELL, limit=MOST_LETTERS)
            row = {column: cell for column, cell in enumerate(cells) if cell.strip()}
            if row:
                yield number, row
    except UnicodeError:
        raise refuse(rules.ENCODING) from None
    except csv.Error:
        raise refuse(rules.BAD_CSV, line=lines.line_num) from None
    finally:
        text.detach()


def _clean(text: Any) -> Iterator[str]:
    """Lines of a bounded length: a line that never ends is no table."""
    while line := text.readline(4 * MOST_LETTERS):
        if "\x00" in line:
            raise UnicodeError
        yield line


def _delimiter(head: bytes, marked: bool) -> str:
    line = head.decode("utf-16" if marked else "utf-8", "ignore").splitlines()[:1]
    return max(",;\t", key=lambda sign: line[0].count(sign) if line else 0)
