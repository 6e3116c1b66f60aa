"""The sheet Cases: opened, closed, and changed when their row changed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from prasan.cases import rules as case_rules
from prasan.cases.actions import matters
from prasan.cases.models import Case
from prasan.plain.problem import Problem

from .. import rules
from ..known import Known
from ..rows import Row
from .pen import Pen, Work

CLOSED = frozenset({"closed", "closed_referred"})
CHANGEABLE = ("title", "forms", "mode", "province", "summary")


def _problems(row: Row, known: Known) -> Iterator[Problem]:
    opened, closed = row.get("opened_on"), row.get("closed_on")
    yield from case_rules.case_problems(
        title=row.get("title"), forms=row.get("forms"), opened_on=opened, today=known.today
    )
    if closed is not None:
        yield from case_rules.day_problems(closed, known.today, "closed_on")
        if closed < opened:
            yield Problem(rules.CLOSED_FIRST, "closed_on")
        if row.get("status") not in CLOSED:
            yield Problem(rules.CLOSED_BUT_OPEN, "closed_on")


def _write(row: Row, pen: Pen) -> Case:
    case = matters.open_case(
        **pen.acting(), title=row.get("title"), forms=row.get("forms"), opened_on=row.get("opened_on"),
        mode=row.get("mode"), province=row.get("province", ""), summary=row.get("summary", ""),
    )  # fmt: skip
    return _move(case, row, pen)


def _move(case: Case, row: Row, pen: Pen) -> Case:
    """To the status of the row; a case that was closed long ago is closed on that day."""
    status = row.get("status")
    if status == case.status:
        return case
    day = row.get("closed_on") or pen.today if status in CLOSED else pen.today
    return matters.move_case(
        by=pen.by, case=case, status=status, reason=gettext(rules.IMPORTED_REASON), at=pen.at, today=day
    )


def _change_problems(row: Row, case: Case, known: Known) -> Iterator[Problem]:
    yield from _problems(row, known)
    if row.get("opened_on") != case.opened_on:
        yield Problem(rules.DIFFERS, "opened_on")
    if "status" in row.typed and row.get("status") != case.status:
        yield from case_rules.move_problems(old=case.status, new=row.get("status"), reason="import")


def _change(row: Row, case: Case, pen: Pen) -> Case:
    """What the row tells now; an empty cell takes nothing away."""
    told = {name: row.get(name) for name in CHANGEABLE if name in row.typed}
    told = {name: value for name, value in told.items() if value != getattr(case, name)}
    if told:
        case = matters.change_case(by=pen.by, case=case, version=case.version, today=pen.today, **told)
    return _move(case, row, pen) if "status" in row.typed else case


CASES: Any = Work(_problems, _write, _change, _change_problems, model=Case)
