"""The caseload workbook as data: sheets and columns with their names in both languages and in HTCDS."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from prasan.plain.text import normalise

_JOINERS = re.compile(r"[\s_\-*.:·/()|]+")


def squash(text: str) -> str:
    """The form in which names and choices are compared: no spaces, signs or capitals."""
    return _JOINERS.sub("", normalise(text).casefold())


@dataclass(frozen=True)
class Column:
    """One column: its code, its name in both languages, what kind of value it holds."""

    code: str
    en: str
    th: str
    kind: str
    list: str = ""
    needed: bool = False
    names: tuple[str, ...] = ()
    limit: int = 8000
    most: int = 1_000_000
    note: bool = False
    hint_en: str = ""
    hint_th: str = ""

    @property
    def header(self) -> str:
        """What the template writes at its head."""
        return f"{self.en}{' *' if self.needed else ''}\n{self.th}"

    def title(self, lang: str) -> str:
        return self.th if lang.startswith("th") else self.en


@dataclass(frozen=True)
class Sheet:
    """One sheet: its columns, and which of them make the reference by which a row is found again."""

    code: str
    en: str
    th: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    gather: bool = False
    lead_en: str = ""
    lead_th: str = ""
    by_code: dict[str, Column] = field(default_factory=dict, hash=False, compare=False)
    by_name: dict[str, Column] = field(default_factory=dict, hash=False, compare=False)
    extra: dict[str, Column] = field(default_factory=dict, hash=False, compare=False)

    def title(self, lang: str) -> str:
        return self.th if lang.startswith("th") else self.en

    def column_named(self, text: str) -> tuple[Column | None, bool]:
        """The column that a header means, and whether it is the `x_` column of its extensions."""
        for part in (text, *text.splitlines()):
            wanted = squash(part)
            if wanted in self.by_name:
                return self.by_name[wanted], False
            if wanted in self.extra:
                return self.extra[wanted], True
        return None, False


@dataclass(frozen=True)
class Layout:
    """The whole workbook."""

    sheets: tuple[Sheet, ...]
    lists: dict[str, list[dict[str, str]]]
    readme: dict[str, list[str]]

    def sheet(self, code: str) -> Sheet:
        return next(s for s in self.sheets if s.code == code)

    def sheet_named(self, text: str) -> Sheet | None:
        wanted = squash(text)
        names = ((s, {squash(n) for n in (s.code, s.en, s.th, f"{s.en} {s.th}")}) for s in self.sheets)
        return next((sheet for sheet, known in names if wanted in known), None)


def _sheet(told: dict[str, Any]) -> Sheet:
    columns = tuple(Column(**{**c, "names": tuple(c.get("names", ()))}) for c in told.pop("column"))
    sheet = Sheet(**{**told, "key": tuple(told["key"])}, columns=columns)
    for column in columns:
        sheet.by_code[column.code] = column
        for name in (column.code, column.en, column.th, f"{column.en} {column.th}", *column.names):
            sheet.by_name.setdefault(squash(name), column)
        for name in (*column.names, column.code):
            sheet.extra.setdefault(squash(f"x_{name}"), column)
    return sheet


@cache
def layout() -> Layout:
    """The workbook as its file describes it."""
    told = tomllib.loads(files("prasan.exchange").joinpath("workbook.toml").read_text("utf-8"))
    lists = {one["name"]: one["row"] for one in told["list"]}
    return Layout(tuple(_sheet(s) for s in told["sheet"]), lists, told["readme"])
