"""What all acts of justice share: rows stay inside their case, facts follow the rows, parts follow the court."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from prasan import facts
from prasan.access.check import NOT_MEMBER, Denied, check
from prasan.cases.actions import correct, persons

from .. import facts_of
from ..models import Verdict

CORRECT = "justice.correct"


def inside(case: Any, act: str, *rows: Any) -> None:
    """Every record that an act joins is of the same case; anything else is as if it were absent."""
    if any(row is not None and row.case_id != case.pk for row in rows):
        raise Denied(NOT_MEMBER, act)


def may_replace(by: Any, old: Any) -> None:
    """A correction is an act of its own, beside the act that writes the new row."""
    if old is not None:
        check(by, CORRECT, old)


def replace(*, by: Any, old: Any, new: Any, at: datetime, today: date) -> None:
    """Close the row that a new one corrects."""
    if old is not None:
        correct.supersede(by=by, old=old, new=new, at=at, today=today)


def tell(row: Any) -> None:
    """Add the facts of a row."""
    for told in facts_of.of(row):
        facts.add(**told)


def change(rows: Iterable[Any], **values: Any) -> list[Any]:
    """Change a mark on rows that lie under another one, and tell their facts afresh."""
    changed = list(rows)
    for row in changed:
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*values, "version"])
        facts.withdraw(row)
        tell(row)
    return changed


def settle_part(charge: Any, *, by: Any, on: date, at: datetime) -> None:
    """A person is convicted in a case while a guilty verdict stands there, else accused again."""
    case, person = charge.case, charge.accused.person
    guilty = Verdict.objects.filter(
        case=case, charge__accused__person=person, charge__closed_as="", closed_as="", outcome="guilty",
        overturned_by=None,
    ).exists()  # fmt: skip
    if guilty:
        persons.become(case, person, "convicted", by=by, on=on, at=at, ends="accused")
    elif type(charge.accused).objects.filter(
        case=case, person=person, part="convicted", until_on=None, closed_as=""
    ).exists():
        persons.become(case, person, "accused", by=by, on=on, at=at, ends="convicted")
