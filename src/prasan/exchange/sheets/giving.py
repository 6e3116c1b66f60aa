"""The sheet Services: what was given, by whom, and what came of it."""

from collections.abc import Iterator
from typing import Any

from prasan.care import rules as care_rules
from prasan.care.actions import record_service
from prasan.care.models import Service
from prasan.cases.rules import SURVIVOR_PARTS
from prasan.plain.problem import Problem

from .. import rules
from ..known import Known
from ..rows import Row
from .pen import Pen, Work


def _problems(row: Row, known: Known) -> Iterator[Problem]:
    _case, _person, problems = known.person_in_case(row)
    yield from problems
    yield from care_rules.service_problems(
        kind=row.get("kind"), outcome=row.get("outcome"), what=row.get("what"), words=row.get("words", ""),
        on=row.get("on"), today=known.today,
    )  # fmt: skip
    name = row.get("provider")
    if name and known.lookup.agency(name) is None:
        yield Problem(rules.NO_AGENCY, "provider", {"name": name})


def _write(row: Row, pen: Pen) -> Service:
    name = row.get("provider")
    return record_service(
        **pen.acting(), participation=pen.participation(pen.case(row), row.get("person_ref"), SURVIVOR_PARTS),
        kind=row.get("kind"), what=row.get("what"), on=row.get("on"), outcome=row.get("outcome"),
        provider=pen.lookup.agency(name) if name else pen.by.agency, words=row.get("words", ""),
    )  # fmt: skip


SERVICES: Any = Work(_problems, _write, model=Service, widened=True)
