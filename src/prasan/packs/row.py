"""One row of a pack, and the refusal that names the file and the line of a bad one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


class BadPack(Exception):
    """A pack cannot be used: the file, the line and the reason, in plain words."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        """Hold the place, so that a person can go and mend it."""
        self.file, self.line, self.reason = file, line, reason
        super().__init__(f"{file}:{line}: {reason}")


@dataclass(frozen=True, slots=True)
class Equivalent:
    """What another standard writes for one of our codes, and how well it fits."""

    profile: str
    standard_code: str
    relation: str
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One code of one list with both labels, its validity, and whatever else the pack tells of it."""

    list_name: str
    code: str
    en: str
    th: str
    file: str
    line: int
    told: Mapping[str, Any]

    def label(self, lang: str) -> str:
        """Give the label in Thai when Thai is asked for, else in English."""
        return self.th if lang.lower().startswith("th") else self.en

    def text(self, key: str, lang: str) -> str:
        """Give a longer text of the row, such as its definition, in the language asked for."""
        return str(self.told.get(f"{key}_{'th' if lang.lower().startswith('th') else 'en'}", ""))

    def get(self, key: str, default: Any = None) -> Any:
        """Look up anything else that the row tells."""
        return self.told.get(key, default)

    def __getitem__(self, key: str) -> Any:
        return self.told[key]

    @property
    def source(self) -> str:
        """Where the row is taken from."""
        return str(self.told.get("source", ""))

    @property
    def valid_from(self) -> date | None:
        """The first day on which the row holds; None when that day is not recorded."""
        return self.told.get("valid_from") or None

    @property
    def valid_to(self) -> date | None:
        """The last day on which the row holds; None when it still does."""
        return self.told.get("valid_to") or None

    @property
    def sourced(self) -> bool:
        """Whether a named text supports the row in every part that changes its result."""
        return self.told.get("confidence", "sourced") == "sourced" and not self.told.get("unconfirmed_parts")

    @property
    def confirmed_by(self) -> str:
        """Who confirmed the row, or nothing: then pages say that no lawyer has confirmed it yet."""
        return str(self.told.get("confirmed_by", ""))

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on that day."""
        starts, ends = self.valid_from, self.valid_to
        return (starts is None or starts <= day) and (ends is None or day <= ends)
