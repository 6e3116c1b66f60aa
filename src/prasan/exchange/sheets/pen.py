"""Who writes the rows of an import, when, and how a sheet says what its rows become."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from prasan import vault
from prasan.access.system import system_read
from prasan.plain.problem import Problem, Refused

from .. import rules
from ..known import Known
from ..lookup import LookUp, current_parts
from ..rows import Row

KEPT = 500


@dataclass
class Pen:
    """The importer's hand: acts run as this person, at this instant, on records found by reference."""

    by: Any
    at: datetime
    today: date
    lookup: LookUp
    cases: dict[UUID, Any] = field(default_factory=dict)

    def acting(self) -> dict[str, Any]:
        """What every act is told."""
        return {"by": self.by, "at": self.at, "today": self.today}

    def case(self, row: Row) -> Any:
        """The case of a row; the last few are kept at hand."""
        pk = self.lookup.pk("cases", row.get("case_ref", ""))
        if pk is None:
            raise Refused(self.lookup.missing("cases", row.get("case_ref", ""), "case_ref"))
        if pk not in self.cases:
            if len(self.cases) >= KEPT:
                self.cases.clear()
            self.cases[pk] = self.lookup.row("cases", row.get("case_ref"))
        return self.cases[pk]

    def person(self, row: Row, column: str = "person_ref") -> Any:
        """The person of a row."""
        return self.person_named(row.get(column, ""), column)

    def person_named(self, ref: str, column: str = "person_ref") -> Any:
        if self.lookup.pk("people", ref) is None:
            raise Refused(self.lookup.missing("people", ref, column))
        return self.lookup.row("people", ref)

    def participation(self, case: Any, ref: str, wanted: frozenset[str], column: str = "person_ref") -> Any:
        """A person's part in a case, one of those wanted when there is one."""
        pk = self.lookup.pk("people", ref)
        if pk is None:
            raise Refused(self.lookup.missing("people", ref, column))
        parts = current_parts(case.pk, pk)
        if not parts:
            raise Refused(Problem(rules.NOT_IN_CASE, column))
        return next((part for part in parts if part.part in wanted), parts[0])

    def opened(self, rows: list[Any], name: str) -> list[Any]:
        """Sealed values of a person, to see what a changed row adds; a system read, journalled by count."""
        with system_read("import") as system:
            return vault.open_many([(r, name) for r in rows], by=system, why="import", at=self.at)


def _no_change(_row: Row, _target: Any, _known: Known) -> Iterator[Problem]:
    return iter(())


@dataclass(frozen=True)
class Work:
    """A sheet: what is wrong with a row, how it is written, and (where it can) how a record is changed by it.

    `widened` says that the acts belong to disciplines beside the coordinator's (see `authority`); `settles`
    that they may change people's parts.
    """

    problems: Callable[[Row, Known], Iterator[Problem]]
    write: Callable[[Row, Pen], Any]
    change: Callable[[Row, Any, Pen], Any] | None = None
    change_problems: Callable[[Row, Any, Known], Iterator[Problem]] = _no_change
    model: Any = None
    widened: bool = False
    settles: bool = False
