"""The list of people as a workbook or CSV file: read within bounds, and the empty one with its codes to take along."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import PurePath
from typing import Any

import xlsxwriter
from django.utils.translation import gettext, override

from prasan.packs import names
from prasan.plain.archive import MACROS, OLE
from prasan.plain.problem import Problem, Refused
from prasan.plain.words import gettext_noop as _
from prasan.plain.xlsx import Faulty, Workbook

from ..rules.intake import URGENT
from ..rules.intake_lines import COLUMNS, TWICE, Line, column_of, read_line
from ..rules.protection import SEXES

MOST_BYTES, MOST_UNPACKED, MOST_ROWS, MOST_COLUMNS = 8_000_000, 120_000_000, 20_000, 60
HEADING_WITHIN = 15

EMPTY = _("The file is empty.")
TOO_LARGE = _("The file is larger than %(most)s MB. Divide it.")
NOT_A_LIST = _("This is not a workbook (.xlsx) or a CSV file.")
OLD_FORMAT = _("This is an old workbook (.xls) or one with a password. Save it as .xlsx without a password.")
ENCODING = _("This CSV file is not in UTF-8. Save it as “CSV UTF-8”.")
BAD_CSV = _("Line %(line)s of the CSV file cannot be read.")
TOO_MANY_ROWS = _("The list has more than %(most)s rows. Divide it.")
NO_HEADING = _("No row of headings was found: at least the columns Number and Age or Name are needed.")


@dataclass(frozen=True)
class Wrong:
    """What is wrong in one cell: the row as the spreadsheet counts it, the column, the sentence."""

    row: int
    column: str
    problem: Problem


@dataclass(frozen=True)
class Book:
    """What a file tells: the good lines with their rows, and what is wrong in the others."""

    lines: list[tuple[int, Line]]
    wrong: list[Wrong]


def _refuse(message: str, **params: Any) -> Refused:
    return Refused(Problem(message, field="file", params=params))


def read_book(name: str, content: bytes) -> Book:
    """Read a file of people; `Refused` when it is no such file at all."""
    if not content:
        raise _refuse(EMPTY)
    if len(content) > MOST_BYTES:
        raise _refuse(TOO_LARGE, most=MOST_BYTES // 1_000_000)
    ending = PurePath(name).suffix.lower()
    if content.startswith(OLE[:4]):
        raise _refuse(OLD_FORMAT)
    if ending in {".xlsm", ".xltm", ".xlam"}:
        raise _refuse(MACROS)
    if content.startswith(b"PK"):
        rows = _workbook_rows(content)
    elif ending in {".csv", ".tsv", ".txt"}:
        rows = _csv_rows(content)
    else:
        raise _refuse(NOT_A_LIST)
    return _told(rows)


def _workbook_rows(content: bytes) -> Iterator[list[str]]:
    """The first sheet that has a row of headings; formulas are never computed, only their kept values read."""
    try:
        book = Workbook(io.BytesIO(content), most_bytes=MOST_UNPACKED, most_rows=MOST_ROWS + HEADING_WITHIN + 1,
                        most_columns=MOST_COLUMNS)  # fmt: skip
        for name in book.sheets:
            if _heading(list(islice(_lines(book, name), HEADING_WITHIN))) is not None:
                yield from _lines(book, name)
                return
    except Refused as refused:
        raise Refused([replace(problem, field="file") for problem in refused.problems]) from None
    raise _refuse(NO_HEADING)


def _lines(book: Workbook, sheet: str) -> Iterator[list[str]]:
    """The rows of a sheet as the spreadsheet counts them, those that hold nothing among them."""
    last = 0
    for number, cells in book.rows(sheet):
        yield from ([] for _empty in range(last + 1, number))
        yield [cell_text(cells.get(place)) for place in range(max(cells) + 1)]
        last = number


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeError:
        raise _refuse(ENCODING) from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter, strict=True)
    try:
        for row in lines:
            yield [cell[:2000] for cell in row[:MOST_COLUMNS]]
    except csv.Error:
        raise _refuse(BAD_CSV, line=lines.line_num) from None


def cell_text(cell: Any) -> str:
    """A cell as text: whole numbers without a point, days as ISO writes them."""
    if isinstance(cell, Faulty):
        return cell.error or "#"  # a slip in its column, not an empty cell
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return "" if cell is None else str(cell)[:2000]


def _columns(row: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, heading in enumerate(row):
        column = column_of(heading)
        if column and column not in found.values():
            found[place] = column
    return found


def _heading(rows: list[list[str]]) -> tuple[int, dict[int, str]] | None:
    """Where the row of headings stands, and which column is which."""
    for index, row in enumerate(rows[:HEADING_WITHIN]):
        found = _columns(row)
        if "number" in found.values() and {"age", "name"} & set(found.values()):
            return index, found
    return None


def _told(rows: Iterator[list[str]]) -> Book:
    """Read line by line below the headings; empty lines are passed over."""
    head: list[list[str]] = []
    place = None
    for row in rows:
        head.append(row)
        place = _heading(head)
        if place is not None or len(head) >= HEADING_WITHIN:
            break
    if place is None:
        raise _refuse(NO_HEADING)
    lines: list[tuple[int, Line]] = []
    wrong: list[Wrong] = []
    seen: dict[int, int] = {}
    for number, row in enumerate(rows, start=place[0] + 2):
        cells = {column: row[at] for at, column in place[1].items() if at < len(row) and row[at].strip()}
        if not cells:
            continue
        if len(lines) + len(wrong) > MOST_ROWS * 2 or len(lines) >= MOST_ROWS:
            raise _refuse(TOO_MANY_ROWS, most=f"{MOST_ROWS:,}")
        line, problems = read_line(cells, needs_number=True)
        if line.number in seen:
            problems.append(Problem(TWICE, field="number", params={"number": line.number, "row": seen[line.number]}))
        if line.number:
            seen.setdefault(line.number, number)
        if problems:
            wrong += [Wrong(number, problem.field, problem) for problem in problems]
        else:
            lines.append((number, line))
    return Book(lines, wrong)


def _both(text: str) -> str:
    """A heading or code in both languages."""
    said = []
    for lang in ("en", "th"):
        with override(lang):
            said.append(gettext(text))
    return " / ".join(dict.fromkeys(said))


def code_lists() -> dict[str, list[str]]:
    """What may stand in a column, in both languages."""
    thai = {what: dict(listed("th")) for what, listed in LISTED.items()}
    named = {
        what: [f"{label} / {thai[what].get(code, label)}" for code, label in listed("en")]
        for what, listed in LISTED.items()
    }
    return {"sex": [_both(label) for label in SEXES.values()], **named,
            "urgent": [_both(label) for label in URGENT.values()]}  # fmt: skip


LISTED = {"nationality": names.countries, "language": names.languages}


def template() -> io.BytesIO:
    """The empty workbook: one sheet to fill in, one with the codes; a spreadsheet offers them in the cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4EFF0", "border": 1})
    people, codes = book.add_worksheet("People"), book.add_worksheet("Codes")
    people.freeze_panes(1, 0)
    lists = code_lists()
    for place, (column, title) in enumerate(COLUMNS.items()):
        people.write_string(0, place, _both(title), head)
        people.set_column(place, place, 34 if column in {"name", "urgent"} else 18)
    for place, (column, words) in enumerate(lists.items()):
        codes.write_string(0, place, _both(COLUMNS[column]), head)
        codes.set_column(place, place, 42)
        for row, word in enumerate(words, start=1):
            codes.write_string(row, place, word)
        if column != "urgent":
            letter = "ABCD"[place]
            where = list(COLUMNS).index(column)
            people.data_validation(1, where, MOST_ROWS, where, {
                "validate": "list", "source": f"=Codes!${letter}$2:${letter}${len(words) + 1}",
                "error_type": "information"})  # fmt: skip
    book.close()
    out.seek(0)
    return out
