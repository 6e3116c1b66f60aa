"""What an import found or did: counts by sheet, every refused row with its place and sentence."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext

from prasan.plain.problem import Problem

from . import rules
from .layout import layout

KEPT = 2_000


@dataclass
class Remark:
    """One thing to say about a file, a sheet or a row."""

    message: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in the active language."""
        told = {name: gettext(v) if isinstance(v, str) and v else v for name, v in self.params.items()}
        message = gettext(self.message)
        return message % told if told else message

    def place(self, lang: str) -> tuple[str, str, str]:
        """Sheet, row and column as a reader finds them."""
        if not self.sheet:
            return "", "", ""
        sheet = layout().sheet(self.sheet)
        column = sheet.by_code.get(self.column)
        return sheet.title(lang), str(self.row or ""), column.title(lang) if column else ""


@dataclass
class Report:
    """The outcome of a dry run or of an import."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    refusals: list[Remark] = field(default_factory=list)
    more_refusals: int = 0
    notes: list[Remark] = field(default_factory=list)
    refused_rows: dict[str, set[int]] = field(default_factory=dict)
    written: int = 0
    stopped: Remark | None = None

    def count(self, sheet: str, outcome: str) -> None:
        counts = self.counts.setdefault(sheet, dict.fromkeys(rules.OUTCOMES, 0))
        counts[outcome] += 1

    def refuse(self, sheet: str, row: int, problem: Problem) -> None:
        """Keep a refusal; beyond a bound they are counted only."""
        if len(self.refusals) >= KEPT:
            self.more_refusals += 1
            return
        params: dict[str, Any] = {k: v if isinstance(v, int) else str(v) for k, v in problem.params.items()}
        self.refusals.append(
            Remark(problem.message, sheet, params.pop("at_row", row), problem.field, params)
        )

    def note(self, message: str, sheet: str = "", row: int = 0, **params: Any) -> None:
        if len(self.notes) < KEPT:
            self.notes.append(Remark(message, sheet, row, "", params))

    @property
    def good(self) -> bool:
        """Whether all rows can be written."""
        return not self.refusals

    @property
    def empty(self) -> bool:
        """Whether no sheet had any row at all, and nothing was found wrong with the file."""
        return not self.refusals and not any(sum(counts.values()) for counts in self.counts.values())

    def total(self, *outcomes: str) -> int:
        return sum(counts[outcome] for counts in self.counts.values() for outcome in outcomes)

    def table(self, lang: str) -> Iterator[dict[str, Any]]:
        """One line a sheet: its title and the count of each outcome."""
        for code, counts in self.counts.items():
            yield {"sheet": layout().sheet(code).title(lang), **counts}

    def stored(self) -> dict[str, Any]:
        """A form that can be sealed; the refused rows are found again by a new check."""
        told = asdict(self)
        told.pop("refused_rows")
        return told

    @classmethod
    def restored(cls, told: dict[str, Any]) -> "Report":
        remarks = {name: [Remark(**r) for r in told[name]] for name in ("refusals", "notes")}
        stopped = Remark(**told["stopped"]) if told["stopped"] else None
        return cls(**{**told, **remarks, "stopped": stopped})
