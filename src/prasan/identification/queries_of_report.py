"""The provincial NRM report: six rows counted from live facts, the cases behind each, and the typed parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from prasan import packs
from prasan.access.check import check
from prasan.cases.models import Case
from prasan.facts.kinds import KINDS
from prasan.facts.ledger import live
from prasan.facts.models import Fact, Reconciliation
from prasan.packs import Row

from .models import NrmReport, Refusal
from .rules.report import Period, months_in

SHOWN_CASES = 500
KNOWN, OF_CASE = Q(person__gt=""), Q(person="", case_id__isnull=False)
ALONE = Q(person="", case_id__isnull=True)
SUMS = {
    "times": Count("pk"), "known": Count("pk", filter=KNOWN), "keys": Count("person", distinct=True, filter=KNOWN),
    "of_case": Count("pk", filter=OF_CASE), "cases": Count("case_id", distinct=True, filter=OF_CASE),
    "alone": Count("pk", filter=ALONE),
}  # fmt: skip


@dataclass(frozen=True)
class Numbers:
    """Times, different persons (None where the row counts no persons), and follow-ups, by the written definitions."""

    times: int = 0
    persons: int | None = 0
    follow_ups: int = 0


@dataclass(frozen=True)
class Line:
    """One row of part 2 with its numbers, for the whole period and month by month."""

    row: Row
    total: Numbers
    months: Mapping[str, Numbers] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """When the facts were last compared with the records, and in how many places they differed."""

    at: datetime | None
    differences: int

    @property
    def agrees(self) -> bool:
        """Whether a comparison was made and found no difference."""
        return self.at is not None and not self.differences


@dataclass(frozen=True)
class Report:
    """All parts of one report: `province` is a code, or "" for all provinces together."""

    period: Period
    province: str
    lines: list[Line]
    typed: NrmReport | None
    refusals: int
    standing: Standing


@dataclass(frozen=True)
class Behind:
    """The cases behind a number: those of the viewer, how many others, and events that belong to no case yet."""

    cases: list[Case]
    others: int
    without_case: int


def rows() -> list[Row]:
    """The rows of the form in its order."""
    return sorted(packs.rows("nrm_row"), key=lambda row: int(row["number"]))


def row_of(code: str) -> Row | None:
    """One row of the form."""
    return next((row for row in rows() if row.code == code), None)


def facts_of(row: Row, period: Period, province: str) -> QuerySet[Fact]:
    """The live facts that a row counts: kinds, days (both ends counted), province, and what the row leaves out."""
    found = live().filter(kind__in=tuple(row["facts"]), on__gte=period.since, on__lte=period.until)
    if province:
        found = found.filter(province=province)
    if row.get("only"):
        found = found.filter(category__in=tuple(row["only"]))
    if row.get("without"):
        found = found.exclude(category__in=tuple(row["without"]))
    if row.get("after"):
        earlier = live().filter(kind__in=tuple(row["after"]), person=OuterRef("person"), on__lte=OuterRef("on"))
        found = found.filter(KNOWN).filter(Exists(earlier))
    return found


def _numbers(row: Row, told: Mapping[str, Any]) -> Numbers:
    """Follow-ups are what lies beyond the first event of each person, or of each case while nobody is known.

    An event about a person whose key is not known (an intake without a case) is one person by itself.
    """
    of_persons = any(KINDS[kind].unit == "person" for kind in row["facts"])
    persons = told["keys"] + told["of_case"] + told["alone"] if of_persons else None
    beyond = told["known"] - told["keys"]
    return Numbers(told["times"], persons, beyond if of_persons else beyond + told["of_case"] - told["cases"])


def numbers(row: Row, period: Period, province: str) -> Numbers:
    """The three numbers of one row for a whole period."""
    return _numbers(row, facts_of(row, period, province).aggregate(**SUMS))


def by_month(row: Row, period: Period, province: str) -> dict[str, Numbers]:
    """The same month by month; a person of two months stands in both, so that months are never added up."""
    told = facts_of(row, period, province).values(of_year=ExtractYear("on"), of_month=ExtractMonth("on"))
    found = {(one["of_year"], one["of_month"]): _numbers(row, one) for one in told.annotate(**SUMS).order_by()}
    empty = _numbers(row, dict.fromkeys(SUMS, 0))
    return {m.code: found.get((m.since.year, m.since.month), empty) for m in months_in(period)}


def report(viewer: Any, period: Period, province: str = "", *, months: bool = False) -> Report:
    """The report as it stands now; nothing of it is stored but the typed parts."""
    check(viewer, "identification.view_report")
    lines = [
        Line(row, numbers(row, period, province), by_month(row, period, province) if months else {})
        for row in rows()
    ]
    refused = Refusal.objects.filter(closed_as="", on__gte=period.since, on__lte=period.until)
    if province:
        refused = refused.filter(province=province)
    return Report(period, province, lines, typed(viewer, period, province), refused.count(), _standing())


def typed(viewer: Any, period: Period, province: str) -> NrmReport | None:
    """What was typed for one province and period, if anything."""
    check(viewer, "identification.view_report")
    if not province:
        return None
    rows_ = NrmReport.objects.filter(province=province, since=period.since, until=period.until, closed_as="")
    return rows_.select_related("made_by").first()


def _standing() -> Standing:
    last = Reconciliation.objects.order_by("-at").first()
    return Standing(last.at, len(last.differences)) if last else Standing(None, 0)


def cases_behind(viewer: Any, row: Row, period: Period, province: str) -> Behind:
    """The cases behind a number by code, of the viewer's own teams only; of all others nothing but how many."""
    check(viewer, "identification.view_report")
    found = facts_of(row, period, province)
    whole = found.aggregate(cases=Count("case_id", distinct=True), without=Count("pk", filter=Q(case_id__isnull=True)))
    ids = found.filter(case_id__isnull=False).values("case_id")
    mine = Case.objects.filter(pk__in=ids, closed_as="").order_by("-opened_on", "-code")
    return Behind(list(mine[:SHOWN_CASES]), whole["cases"] - mine.count(), whole["without"])
