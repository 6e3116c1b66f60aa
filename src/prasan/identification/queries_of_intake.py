"""An intake as a member of its desk sees it: the queue page by page, one person, and counts that name nobody."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models.functions import TruncHour

from prasan import packs, vault
from prasan.access.check import check, now
from prasan.access.models import Desk
from prasan.cases.models import Case
from prasan.cases.queries import my_cases
from prasan.packs.forms import from_content

from .models import Intake, IntakePerson
from .rules import intake as rules

PAGE = 50
OWN_LANGUAGE = "tha"
HOURS = 8
ORDER = models.Case(
    *(models.When(group=code, then=models.Value(place)) for place, code in enumerate(rules.GROUPS)),
    default=models.Value(len(rules.GROUPS)),
)


def my_desks(viewer: Any) -> list[Desk]:
    """The intake desks of which the viewer is a member."""
    return list(Desk.objects.filter(access__user_id=viewer.pk, access__until__gt=now()).order_by("code"))


def intakes(viewer: Any) -> models.QuerySet[Intake]:
    """The intakes of the viewer's desks, open ones first, newest first."""
    return Intake.objects.filter(closed_as="").select_related("desk").order_by("-status", "-on", "-made_at")


def counts_of(viewer: Any, rows: list[Intake]) -> dict[Any, Counter[str]]:
    """How many people of each intake stand where; one query for all of a page."""
    found: dict[Any, Counter[str]] = {row.pk: Counter() for row in rows}
    people = IntakePerson.objects.filter(intake__in=rows, closed_as="").values_list("intake_id", "status")
    for pk, status, count in people.annotate(n=models.Count("pk")).order_by():
        found[pk][status] += count
    return found


@dataclass
class Standing:
    """How far the work of one intake has come: counts only."""

    total: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    waiting: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    children: int = 0
    interpreters: int = 0
    entered: int = 0
    age_unknown: int = 0

    @property
    def open(self) -> int:
        """People who still wait for a screening, or are being screened."""
        return self.statuses["waiting"] + self.statuses["claimed"]

    @property
    def done(self) -> int:
        """People whose screening is over, however it ended."""
        return self.total - self.open


def standing(viewer: Any, intake: Intake) -> Standing:
    """Everything that the board and the page count, from one query over the intake's people."""
    check(viewer, "identification.view_intake", intake)
    told = Standing()
    columns = ("status", "group", "language", "is_child", "enters_nrm")
    rows = IntakePerson.objects.filter(intake=intake, closed_as="").values_list(*columns)
    for status, group, language, child, enters, count in rows.annotate(n=models.Count("pk")).order_by():
        told.total += count
        told.statuses[status] += count
        told.entered += count if enters else 0
        if status not in {"waiting", "claimed"}:
            continue
        told.age_unknown += count if child is None else 0
        if status == "waiting":
            told.waiting[group] += count
            told.languages[language] += count
            told.children += count if child is not False else 0
            told.interpreters += count if language not in {"", OWN_LANGUAGE} else 0
    return told


def by_hour(viewer: Any, intake: Intake, at: datetime) -> list[tuple[datetime, int]]:
    """How many were screened in each of the last hours, the running hour last."""
    first = at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS - 1)
    rows = IntakePerson.objects.filter(intake=intake, closed_as="", screened_at__gte=first)
    by_hours = rows.annotate(hour=TruncHour("screened_at", tzinfo=UTC)).values_list("hour")
    counted = dict(by_hours.annotate(n=models.Count("pk")).order_by())
    hours = [first + timedelta(hours=n) for n in range(HOURS)]
    return [(hour, counted.get(hour, 0)) for hour in hours]


def people(viewer: Any, intake: Intake, *, status: str = "", group: str = "") -> models.QuerySet[IntakePerson]:
    """The people of an intake in the order of the queue; `status` may be "open" (waits or being screened)."""
    rows = IntakePerson.objects.filter(intake=intake, closed_as="")
    if status == "open":
        rows = rows.filter(status__in=("waiting", "claimed"))
    elif status:
        rows = rows.filter(status=status)
    if group:
        rows = rows.filter(group=group)
    return rows.order_by(ORDER, "number")


def page_of(rows: models.QuerySet[IntakePerson], number: Any) -> Page[IntakePerson]:
    """One page of the queue; only its own rows are read, without what is sealed and without answers."""
    narrow = rows.select_related("screener").defer("name", "words", "answers", "indicators", "needs", "token")
    return Paginator(narrow, PAGE).get_page(number)


def screens(viewer: Any, row: IntakePerson) -> bool:
    """Whether it is the viewer who screens this person now."""
    return bool(row.status == "claimed" and row.screener_id == viewer.pk)


def name_of(viewer: Any, row: IntakePerson, at: datetime, why: str = "") -> str:
    """The name, to call the person by: for whoever screens now, and for others with a reason of the list.

    Opened under one journal line and counted; "" when none was given, or for anybody else."""
    check(viewer, "identification.screen_intake_person", row)
    if row.name is None or not (why or screens(viewer, row)):
        return ""
    return str(vault.open(row, "name", by=viewer, why=why or "intake", at=at) or "")


def words_of(viewer: Any, row: IntakePerson, at: datetime) -> dict[str, str]:
    """What was said in words at the screening, by question; opened under one journal line."""
    check(viewer, "identification.screen_intake_person", row)
    if row.words is None:
        return {}
    return dict(vault.open(row, "words", by=viewer, why="intake", at=at) or {})


def form_of(row: IntakePerson) -> packs.Form | None:
    """The form that was asked, as it was then."""
    return from_content(row.form.content) if row.form_id else None


def to_move(viewer: Any, intake: Intake) -> models.QuerySet[IntakePerson]:
    """People who were screened and are in no case yet: those who enter the mechanism first."""
    rows = IntakePerson.objects.filter(intake=intake, status="screened", closed_as="")
    return rows.defer("name", "words", "answers").order_by("-enters_nrm", "number")


def chosen(viewer: Any, intake: Intake, ids: list[str]) -> list[IntakePerson]:
    """The people that were ticked, as far as they belong to this intake and are in no case yet."""
    rows = IntakePerson.objects.filter(intake=intake, pk__in=ids, status="screened", closed_as="")
    return list(rows.order_by("number").only("pk", "intake_id"))


def open_cases(viewer: Any) -> list[Case]:
    """The viewer's cases that people may be taken into."""
    return list(my_cases(viewer).exclude(status__in=("closed", "closed_referred"))[:200])


def case_of(viewer: Any, row: IntakePerson) -> Case | None:
    """The case that a person was taken into, when the viewer is on its team."""
    return Case.objects.filter(pk=row.case_id).first() if row.case_id else None
