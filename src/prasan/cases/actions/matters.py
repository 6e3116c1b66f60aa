"""The acts on a case itself: opened, changed, closed, re-opened."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from prasan import journal
from prasan.access.check import check
from prasan.access.held import held
from prasan.access.system import system_read
from prasan.facts import ledger
from prasan.facts.kinds import KINDS
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.text import normalise

from .. import rules
from ..facts_of import of_case
from ..models import Case, CaseNumber, Task
from . import team, timeline

CASE_DISCIPLINES = ("coordinator", "investigator", "social_worker", "lawyer", "law_enforcement")


def _next_code(year: int, country: str) -> str:
    CaseNumber.objects.get_or_create(year=year)
    CaseNumber.objects.filter(year=year).update(last=models.F("last") + 1)
    return f"{country}-{year}-{CaseNumber.objects.get(year=year).last:04d}"


@transaction.atomic
def open_case(
    *, by: Any, title: str, forms: list[str], opened_on: date, at: datetime, today: date, mode: str = "unknown",
    province: str = "", summary: str = "", discipline: str = "", id: Any = None, country: str = "TH",
) -> Case:  # fmt: skip
    """Open a case; whoever opens it is the lead member of its team, in one of their own disciplines."""
    check(by, "cases.open_case")
    refuse_if(rules.case_problems(title=title, forms=forms, opened_on=opened_on, today=today))
    discipline = discipline or next(d for d in CASE_DISCIPLINES if d in by.disciplines)
    refuse_if([] if discipline in by.disciplines else [Problem(rules.NOT_HELD, field="discipline")])
    case = Case(
        id=id or uuid4(), code=_next_code(opened_on.year, country), title=normalise(title), forms=forms,
        mode=mode, province=province, lead_agency=by.agency, opened_on=opened_on, summary=summary.strip(),
        made_at=at, made_by=by,
    )  # fmt: skip
    case.save(force_insert=True)
    journal.enter(by=by, act="cases.open_case", target=case, case=case)
    timeline.record(case, "case_opened", on=opened_on, made_at=at, by=by)
    team._join(case, by, discipline, by=by, on=opened_on, at=at, is_lead=True, reason="opened")
    return case


@transaction.atomic
def change_case(*, by: Any, case: Case, version: int, today: date, **values: Any) -> Case:
    """Change title, forms, mode, province or summary; what stood before is kept sealed in the journal."""
    check(by, "cases.change_case", case)
    held(case, version)
    told = {"title": case.title, "forms": case.forms, **values}
    refuse_if(rules.case_problems(title=told["title"], forms=told["forms"], opened_on=case.opened_on, today=today))
    was = {name: getattr(case, name) for name in values}
    for name, value in values.items():
        setattr(case, name, value)
    case.version += 1
    case.save()
    journal.enter(by=by, act="cases.change_case", target=case, case=case, change={"was": was, "now": values})
    ledger.restate(lambda fact: _dimensions(fact, case), case_id=case.pk)
    return case


def _dimensions(fact: Any, case: Case) -> dict[str, str]:
    """The case's dimensions for one of its facts; a form that was decided for a person stays."""
    told = {name: value for name, value in of_case(case).items() if value and getattr(fact, name)}
    if KINDS[fact.kind].own_form:
        told.pop("form", None)
    return told


@transaction.atomic
def move_case(*, by: Any, case: Case, status: str, reason: str, at: datetime, today: date) -> Case:
    """Follow-up, close, re-open: by the allowed moves, with a reason, and never with work left undone."""
    check(by, "cases.close_case", case)
    refuse_if(rules.move_problems(old=case.status, new=status, reason=reason))
    closing = status in {"closed", "closed_referred"}
    if closing:
        with system_read("team_change", line=False):
            left = Task.objects.filter(case=case, done_at=None, closed_as="").count()
        refuse_if([Problem(rules.OPEN_TASKS, params={"count": left})] if left else [])
    case.status, case.closed_on, case.version = status, today if closing else None, case.version + 1
    case.save(update_fields=["status", "closed_on", "version"])
    journal.enter(by=by, act="cases.close_case", target=case, case=case, change={"reason": reason})
    if closing or status == "active":
        timeline.record(case, "case_closed" if closing else "case_reopened", on=today, made_at=at, by=by)
    return case
