"""The sheet Events: custody, removals, the investigation, dates to keep, and notes."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from prasan.cases import rules as case_rules
from prasan.cases.actions import custody, work
from prasan.investigation import actions as investigation
from prasan.investigation import rules as investigation_rules
from prasan.investigation.models import Investigation
from prasan.plain.dates import instant
from prasan.plain.problem import Problem

from .. import rules
from ..known import Known
from ..rows import Row
from .pen import Pen, Work

CUSTODY = frozenset(case_rules.CUSTODY)
APPOINTMENTS = frozenset({"hearing", "meeting", "interview", "visit", "medical"})
ABOUT_A_PERSON = CUSTODY | {"removed_from_harm", "interview"}


def _problems(row: Row, known: Known) -> Iterator[Problem]:
    kind, on = row.get("kind"), row.get("on")
    case, problems = known.find("cases", row, "case_ref")
    person = None
    if row.get("person_ref"):
        case, person, problems = known.person_in_case(row)
    elif kind in ABOUT_A_PERSON:
        problems = [*problems, Problem(rules.NEEDS_PERSON, "person_ref")]
    yield from problems
    if kind == "note":
        yield from case_rules.text_problems(row.get("words", ""), "words")
    if kind not in APPOINTMENTS:
        yield from case_rules.day_problems(on, known.today, "on")
    if problems:
        return
    if kind == "arrested" and not row.get("contribution"):
        yield Problem(custody.NEEDS_CONTRIBUTION, "contribution")
    elif kind == "removed_from_harm":
        survivor = bool(known.parts_of(case, person) & case_rules.SURVIVOR_PARTS)
        found = investigation_rules.removal_problems(
            is_survivor=survivor, already=known.was_removed(case, person), on=on, today=known.today,
            contribution=row.get("contribution", ""), operation_status="",
        )  # fmt: skip
        wrong = [p for p in found if p.field != "on"]
        yield from (Problem(p.message, "person_ref" if p.field == "participation" else p.field) for p in wrong)
        if not wrong:
            known.removed.add((case, person))
    elif kind.startswith("investigation_"):
        yield from _investigation_problems(row, known, case)


def _investigation_problems(row: Row, known: Known, case: Any) -> Iterator[Problem]:
    opened, closed = known.investigation(case)
    on = row.get("on")
    if row.get("kind") == "investigation_opened":
        if opened is not None:
            yield Problem(investigation_rules.ALREADY_OPEN, "kind")
        else:
            known.investigations[case] = (on, closed)
    elif opened is None or on < opened:
        yield Problem(investigation_rules.ENDS_FIRST, "on")
    elif closed is not None:
        yield Problem(investigation_rules.ALREADY_CLOSED, "kind")
    else:
        known.investigations[case] = (opened, on)


def _write(row: Row, pen: Pen) -> Any:
    kind, case, on = row.get("kind"), pen.case(row), row.get("on")
    when = instant(on, row.get("time") or time())
    if kind in CUSTODY:
        return _custody(row, pen, case, when)
    if kind == "removed_from_harm":
        part = pen.participation(case, row.get("person_ref"), case_rules.SURVIVOR_PARTS)
        return investigation.record_removal(
            **pen.acting(), participation=part, on=on, contribution=row.get("contribution")
        )
    if kind == "investigation_opened":
        return investigation.open_investigation(**pen.acting(), case=case, opened_on=on)
    if kind == "investigation_closed":
        standing = Investigation.objects.get(case=case, closed_as="")
        return investigation.close_investigation(
            **pen.acting(), investigation=standing, closed_on=on, version=standing.version
        )
    about = pen.person(row) if row.get("person_ref") else None
    told = {"by": pen.by, "at": pen.at, "case": case, "about": about}
    if kind == "note":
        return work.add_note(**told, partition="shared", text=row.get("words"))
    return work.add_appointment(**told, kind=kind, starts_at=when, where=row.get("words", ""))


def _custody(row: Row, pen: Pen, case: Any, when: Any) -> Any:
    """The arrest of a suspect counts; that of a survivor is custody with its s.41 check."""
    part = pen.participation(case, row.get("person_ref"), case_rules.DEFENDANT_PARTS)
    told = {"by": pen.by, "at": pen.at, "participation": part, "body": row.get("body", ""),
            "province": row.get("province", ""), "contribution": row.get("contribution", "")}  # fmt: skip
    if row.get("kind") == "arrested" and part.is_defendant:
        return investigation.record_arrest(**told, today=pen.today, arrested_at=when)
    return custody.record_custody(**told, step=row.get("kind"), step_at=when)


EVENTS: Any = Work(_problems, _write, widened=True)
