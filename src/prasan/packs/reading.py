"""Reads the pack files and an agency's overlay into one whole, with the line of every row."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .row import BadPack, Row

HOME = Path(__file__).parent
FOLDERS = ("international", "th")
HEADER = re.compile(r"^\[\[\s*([A-Za-z0-9_-]+)\s*\]\]", re.MULTILINE)
AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Pack:
    """Everything that the files tell: lists of rows, plain tables, and the version naming this content.

    `own` names the agency's own rows alone, "" where there are none: it stays the same over our upgrades."""

    lists: Mapping[str, tuple[Row, ...]]
    tables: Mapping[str, Any]
    version: str
    overlay: Path | None = None
    by_code: Mapping[str, Mapping[str, Row]] = field(default_factory=dict)
    own: str = ""


def _lines_of(text: str) -> dict[str, list[int]]:
    """The line of every row, by counting the table headers of its list."""
    lines: dict[str, list[int]] = {}
    line, seen = 1, 0
    for found in HEADER.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        lines.setdefault(found[1], []).append(line)
    return lines


def _parse(name: str, content: bytes) -> tuple[dict[str, Any], dict[str, list[int]]]:
    try:
        text = content.decode("utf-8")
        return tomllib.loads(text), _lines_of(text)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadPack(name, line, "the file is not written in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        place = AT_LINE.search(str(error))
        line = int(place[1]) if place else content.count(b"\n") + 1
        raise BadPack(name, line, f"the file cannot be read: {error}") from error


def _row(name: str, list_name: str, told: dict[str, Any], shared: dict[str, Any], line: int) -> Row:
    code = told.get("code")
    if not isinstance(code, str) or not code:
        raise BadPack(name, line, f"a row of {list_name} has no code")
    whole = shared | told
    for key in ("valid_from", "valid_to"):
        if whole.get(key, "") != "" and type(whole[key]) is not date:
            raise BadPack(name, line, f"{key} of {code} is not a day written as 2024-02-15")
    english, thai = (str(whole.get(lang, whole.get(f"name_{lang}", ""))) for lang in ("en", "th"))
    return Row(list_name, code, english, thai, name, line, MappingProxyType(whole))


def _rows(name: str, content: bytes) -> tuple[list[Row], dict[str, Any]]:
    """The rows of one file in their order, and its plain tables."""
    data, lines = _parse(name, content)
    shared = data.pop("all", {})
    rows: list[Row] = []
    tables: dict[str, Any] = {}
    for key, value in data.items():
        if not (isinstance(value, list) and value and all(isinstance(item, dict) for item in value)):
            tables[key] = value
            continue
        where = lines.get(key, [])
        for number, told in enumerate(value):
            line = where[number] if number < len(where) else 1
            rows.append(_row(name, key, told, shared, line))
    return rows, tables


def _overlaid(rows: list[Row], over: list[Row]) -> list[Row]:
    """Lay an agency's rows over ours: same code and first day replaces key by key, anything else is added."""
    place = {(r.list_name, r.code, r.valid_from): n for n, r in enumerate(rows)}
    merged = list(rows)
    for new in over:
        at = place.get((new.list_name, new.code, new.valid_from))
        if at is None:
            old = [r for r in rows if (r.list_name, r.code) == (new.list_name, new.code)]
            at = place[(new.list_name, new.code, old[0].valid_from)] if _only_adds(new, old) else None
        if at is None:
            merged.append(new)
            continue
        base = merged[at]
        whole = MappingProxyType(dict(base.told) | dict(new.told))
        merged[at] = Row(
            base.list_name, base.code, new.en or base.en, new.th or base.th, new.file, new.line, whole
        )
    return merged


def _only_adds(new: Row, old: list[Row]) -> bool:
    """Whether a row without a first day of its own speaks of the only version that there is."""
    return len(old) == 1 and "valid_from" not in new.told


def _files(overlay: Path | None) -> Iterator[tuple[str, bytes, bool]]:
    for folder in FOLDERS:
        for path in sorted((HOME / folder).glob("*.toml")):
            yield f"packs/{folder}/{path.name}", path.read_bytes(), False
    if overlay is not None:
        for path in sorted(overlay.glob("*.toml")):
            yield f"overlay/{path.name}", path.read_bytes(), True


def _data_files() -> Iterator[tuple[str, bytes]]:
    for path in sorted((HOME / "data").glob("*.csv")):
        yield f"packs/data/{path.name}", path.read_bytes()


def _newest(group: list[Row]) -> dict[str, Row]:
    """The newest version of each code, in the order of the list."""
    newest: dict[str, Row] = {}
    for row in group:
        known = newest.get(row.code)
        if known is None or (row.valid_from or date.min) >= (known.valid_from or date.min):
            newest[row.code] = row
    return newest


@lru_cache(maxsize=8)
def read(overlay: Path | None = None) -> Pack:
    """Read our packs, and an agency's overlay if one is given; BadPack at the first unreadable row."""
    digest, own = hashlib.sha256(), hashlib.sha256()
    rows: list[Row] = []
    over: list[Row] = []
    tables: dict[str, Any] = {}
    for name, content, laid_over in _files(overlay):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        if laid_over:
            own.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        found, plain = _rows(name, content)
        (over if laid_over else rows).extend(found)
        tables |= plain
    for name, content in _data_files():
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    lists: dict[str, list[Row]] = {}
    for row in _overlaid(rows, over):
        lists.setdefault(row.list_name, []).append(row)
    by_code = {name: _newest(group) for name, group in lists.items()}
    frozen = MappingProxyType({name: tuple(group) for name, group in lists.items()})
    told = own.hexdigest() if over else ""
    return Pack(frozen, MappingProxyType(tables), digest.hexdigest()[:12], overlay, by_code, told)
