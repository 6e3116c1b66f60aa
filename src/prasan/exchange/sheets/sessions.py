"""The sheet Training: sessions and who came, as counts."""

from collections.abc import Iterator
from typing import Any

from prasan import packs
from prasan.plain.problem import Problem
from prasan.training import rules as training_rules
from prasan.training.actions import record_session
from prasan.training.models import Session

from .. import rules
from ..known import Known
from ..rows import Row
from .pen import Pen, Work

OF_SESSION = ("title", "topic", "on", "hours", "province")


def groups_of(row: Row) -> list[training_rules.Group]:
    """The lines of attendance: one a kind of organisation and sex, without the empty ones."""
    found = []
    for line in (row, *row.group):
        for sex in training_rules.SEXES:
            if line.get(sex):
                found.append(training_rules.Group(
                    agency_kind=line.get("agency_kind"), sex=sex, count=line.get(sex),
                    organisation=line.get("organisation", ""),
                ))  # fmt: skip
    return found


def _problems(row: Row, known: Known) -> Iterator[Problem]:
    yield from training_rules.session_problems(
        title=row.get("title"), topic=row.get("topic"), on=row.get("on"), hours=row.get("hours"), today=known.today
    )
    yield from training_rules.group_problems(groups_of(row), kinds=packs.codes("organisation_kind"))
    for line in row.group:
        if any(line.get(name) != row.get(name) for name in OF_SESSION):
            yield Problem(rules.SESSION_DIFFERS, "session_ref", {"at_row": line.number})


def _write(row: Row, pen: Pen) -> Session:
    return record_session(
        **pen.acting(), title=row.get("title"), topic=row.get("topic"), on=row.get("on"), hours=row.get("hours"),
        groups=groups_of(row), place=row.get("province", ""),
    )  # fmt: skip


TRAINING: Any = Work(_problems, _write, model=Session)
