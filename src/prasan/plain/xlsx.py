"""Reads the cells of a workbook row by row in bounded memory; the values of formulas, never the formulas."""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from .archive import BOMB, MACROS, MOST_BYTES, Archive, local, readable, refuse
from .words import gettext_noop as _

MOST_ROWS = 1_048_576
MOST_COLUMNS = 512
MOST_LETTERS = 32_767
MOST_STRINGS = 5_000_000
BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)
LAST_SERIAL = 2_958_465

TOO_MANY_ROWS = _("A sheet has more than %(limit)s rows. Divide the workbook.")
TOO_WIDE = _("A row has more than %(limit)s columns.")
TOO_LONG_CELL = _("A cell holds more than %(limit)s characters.")
FAULTY_CELL = _("The cell holds the error %(error)s.")
EMPTY_FORMULA = _("The cell holds a formula without a value. Open the workbook, save it, and import again.")


@dataclass(frozen=True)
class Faulty:
    """A cell that has no value: an error, or a formula that was never computed."""

    message: str
    error: str = ""


Grid = Iterator[tuple[int, dict[int, Any]]]


class Strings:
    """The shared strings of a workbook, packed into one run of bytes instead of a million objects."""

    def __init__(self) -> None:
        self.bytes, self.ends = bytearray(), array("Q")

    def add(self, text: str) -> None:
        if len(self.ends) >= MOST_STRINGS:
            raise refuse(BOMB)
        self.bytes += text.encode("utf-8", "replace")
        self.ends.append(len(self.bytes))

    def __getitem__(self, index: int) -> str:
        if index < 0:
            raise IndexError(index)
        start = self.ends[index - 1] if index else 0
        return self.bytes[start : self.ends[index]].decode()


class Workbook:
    """One workbook: the names of its sheets, and the rows of each. What is beyond the bounds is refused unread."""

    def __init__(self, stream: BinaryIO, *, most_bytes: int = MOST_BYTES, most_rows: int = MOST_ROWS,
                 most_columns: int = MOST_COLUMNS) -> None:  # fmt: skip
        self.archive = Archive(stream, most_bytes)
        self.most_rows, self.most_columns = most_rows, most_columns
        with readable():
            self._refuse_macros()
            self.targets = self._targets()
            self.date_styles = self._date_styles()
            self.strings = self._strings()

    @property
    def sheets(self) -> list[str]:
        return list(self.targets)

    def _refuse_macros(self) -> None:
        found: list[str] = []
        self.archive.parse_whole(
            "[Content_Types].xml", lambda _tag, told: found.append(told.get("ContentType", ""))
        )
        if any("macroenabled" in kind.lower() for kind in found):
            raise refuse(MACROS)

    def _targets(self) -> dict[str, str]:
        """The visible names of the sheets, with the part that holds each."""
        sheets: list[tuple[str, str]] = []
        self.from_1904 = False

        def book(tag: str, told: dict[str, str]) -> None:
            if local(tag) == "sheet":
                number = next((v for k, v in told.items() if k.endswith(":id")), "")
                sheets.append((told.get("name", ""), number))
            elif local(tag) == "workbookPr":
                self.from_1904 = told.get("date1904", "") in {"1", "true"}

        links: dict[str, str] = {}

        def link(tag: str, told: dict[str, str]) -> None:
            if local(tag) == "Relationship" and told.get("TargetMode") != "External":
                links[told.get("Id", "")] = told.get("Target", "")

        self.archive.parse_whole("xl/workbook.xml", book)
        self.archive.parse_whole("xl/_rels/workbook.xml.rels", link)
        found = {}
        for name, number in sheets:
            target = links.get(number, "").lstrip("/")
            part = target if target.startswith("xl/") else f"xl/{target}"
            if part in self.archive.names:
                found[name] = part
        return found

    def _date_styles(self) -> list[bool]:
        """For each cell style whether its number is shown as a date."""
        formats: dict[str, str] = {}
        styles: list[bool] = []
        inside = [False]

        def start(tag: str, told: dict[str, str]) -> None:
            name = local(tag)
            if name == "numFmt":
                formats[told.get("numFmtId", "")] = told.get("formatCode", "")
            elif name == "cellXfs":
                inside[0] = True
            elif name == "xf" and inside[0]:
                number = told.get("numFmtId", "0")
                bare = _QUOTED.sub("", formats.get(number, ""))
                styles.append(int(number) in BUILT_IN_DATES or bool(_DATE_LETTER.search(bare)))

        def end(tag: str) -> None:
            if local(tag) == "cellXfs":
                inside[0] = False

        if "xl/styles.xml" in self.archive.names:
            self.archive.parse_whole("xl/styles.xml", start, end)
        return styles

    def _strings(self) -> Strings:
        strings = Strings()
        parts: list[str] = []
        state = {"text": False, "sound": False}

        def start(tag: str, _told: dict[str, str]) -> None:
            name = local(tag)
            if name == "t":
                state["text"] = not state["sound"]
            elif name == "rPh":
                state["sound"] = True
            elif name == "si":
                parts.clear()

        def end(tag: str) -> None:
            name = local(tag)
            if name == "t":
                state["text"] = False
            elif name == "rPh":
                state["sound"] = False
            elif name == "si":
                strings.add(_bounded("".join(parts)))

        def text(told: str) -> None:
            if state["text"]:
                parts.append(told)

        if "xl/sharedStrings.xml" in self.archive.names:
            self.archive.parse_whole("xl/sharedStrings.xml", start, end, text)
        return strings

    def rows(self, sheet: str) -> Grid:
        """The rows that hold something, with their numbers; a cell by its column, counted from 0."""
        reader = _Cells(self)
        with readable():
            for _piece in self.archive.parse(self.targets[sheet], reader.start, reader.end, reader.text):
                yield from reader.done
                reader.done.clear()

    def value(self, kind: str, style: str, text: str, formula: bool) -> Any:
        """What a cell holds: text, number, yes or no, a date, or a fault."""
        if not text:
            return Faulty(EMPTY_FORMULA) if formula and kind != "str" else None
        if kind == "s":
            return self.strings[int(text)]
        if kind in {"str", "inlineStr", "d"}:
            return text
        if kind == "b":
            return text == "1"
        if kind == "e":
            return Faulty(FAULTY_CELL, text[:20])
        number = float(text)
        if style and self.date_styles[int(style)]:
            return self.instant(number)
        return number

    def instant(self, serial: float) -> Any:
        """The date of a serial number: days since 1900 (with its wrong leap day) or since 1904."""
        if not 0 <= serial <= LAST_SERIAL:
            return Faulty(FAULTY_CELL, "#DATE")
        first = datetime(1904, 1, 1) if self.from_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
        return first + timedelta(seconds=round(serial * 86400))


class _Cells:
    """Collects the cells of the row that is being parsed; finished rows wait in `done`."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.done: list[tuple[int, dict[int, Any]]] = []
        self.columns: dict[str, int] = {}
        self.row: dict[int, Any] = {}
        self.number, self.next_column, self.column = 0, 0, 0
        self.kind, self.style = "n", ""
        self.parts: list[str] = []
        self.taking = self.formula = self.sound = False

    def start(self, tag: str, told: dict[str, str]) -> None:
        name = tag if ":" not in tag else local(tag)
        if name == "c":
            self.column = self._column(told.get("r"))
            self.kind, self.style = told.get("t", "n"), told.get("s", "")
            self.parts, self.formula = [], False
        elif name == "v" or name == "t":
            self.taking = not self.sound
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.sound = True
        elif name == "row":
            number = int(told["r"]) if "r" in told else self.number + 1
            if not self.number < number <= MOST_ROWS:
                raise ValueError("rows out of order")
            if number > self.book.most_rows:
                raise refuse(TOO_MANY_ROWS, limit=f"{self.book.most_rows:,}")
            self.number, self.next_column, self.row = number, 0, {}

    def _column(self, reference: str | None) -> int:
        if reference is None:
            column = self.next_column
        else:
            letters = reference.rstrip("0123456789")
            found = self.columns.get(letters)
            column = self.columns[letters] = _number_of(letters) if found is None else found
        self.next_column = column + 1
        return column

    def text(self, told: str) -> None:
        if self.taking:
            self.parts.append(told)

    def end(self, tag: str) -> None:
        name = tag if ":" not in tag else local(tag)
        if name == "v" or name == "t":
            self.taking = False
        elif name == "c":
            text = "".join(self.parts)
            value = self.book.value(self.kind, self.style, _bounded(text), self.formula)
            if value is not None and value != "":
                self.row[self.column] = value
        elif name == "row":
            if self.row:
                if max(self.row) >= self.book.most_columns:
                    raise refuse(TOO_WIDE, limit=self.book.most_columns)
                self.done.append((self.number, self.row))
            self.row = {}
        elif name == "rPh":
            self.sound = False


def _bounded(text: str) -> str:
    if len(text) > MOST_LETTERS:
        raise refuse(TOO_LONG_CELL, limit=MOST_LETTERS)
    return text


def _number_of(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
