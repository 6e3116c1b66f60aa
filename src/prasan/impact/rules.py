"""Figures: which periods can be asked, which sums are refused, when figures may be published."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

FRESH = timedelta(hours=24)
# What the engine may add up over years (indicator catalogue, column adds_over_years).
ADDS = frozenset({"yes", "nearly"})
HEADLINES = ("A1", "C1", "V4", "V6", "V7", "T1", "M1", "M2", "Q1")
FEW_PERSONS = 20
CONTRIBUTIONS = {
    "led": _("led"),
    "joint": _("joint"),
    "supported": _("supported"),
    "informed": _("informed"),
    "": _("not recorded"),
}
DIMENSIONS = {
    "sex": _("Sex"),
    "age_group": _("Age"),
    "form": _("Form of exploitation"),
    "citizenship": _("Citizenship"),
    "category": _("Category"),
    "route": _("Route"),
    "contribution": _("Contribution"),
    "mode": _("Online or physical"),
}
UNKNOWN = frozenset({"", "unknown"})

NEVER_RECONCILED = _("The figures were never compared with the records: run the reconciliation first.")
STALE = _("The last reconciliation is older than %(hours)s hours: run it again.")
DIFFERENCES = _("The facts differ from the records in %(count)s places: nothing is published until they agree.")
YEAR_AND_DAYS = _("Give a year, or days from and until, not both.")
RUNS_BACKWARD = _("The last day of the period lies before its first.")
NOT_A_YEAR = _("“%(text)s” is not a year. Write it like 2021 or 2564.")
NO_INDICATOR = _("There is no indicator “%(code)s”.")
NEVER_SUMMED = _("%(code)s is never added up over years: the same person, or the same stock, would count twice.")
TWO_UNITS = _("Amounts in different units or currencies are never added to one another.")
TOTAL_AND_PARTS = _("A total is never added to its own parts.")


def publishable(reconciliation: Any, at: datetime) -> Problem | None:
    """Whether figures may be published: the newest reconciliation is there, fresh, and without a difference."""
    if reconciliation is None:
        return Problem(NEVER_RECONCILED)
    if at - reconciliation.at > FRESH:
        return Problem(STALE, params={"hours": int(FRESH.total_seconds() // 3600)})
    if reconciliation.differences:
        return Problem(DIFFERENCES, params={"count": len(reconciliation.differences)})
    return None


def summing_problems(code: str, adds_over_years: str) -> Iterator[Problem]:
    """The engine refuses sums over years that the catalogue forbids; it does not warn."""
    if adds_over_years not in ADDS:
        yield Problem(NEVER_SUMMED, params={"code": code})


def mixing_problems(units: Sequence[str], parts: Sequence[str] = ()) -> Iterator[Problem]:
    """One unit a sum; and no total together with its own parts."""
    if len(set(units)) > 1:
        yield Problem(TWO_UNITS)
    if "total" in parts and len(set(parts)) > 1:
        yield Problem(TOTAL_AND_PARTS)


def period_problems(*, year: int | None, since: date | None, until: date | None) -> Iterator[Problem]:
    """A year, or a span, never both; and a span runs forward."""
    if year is not None and (since is not None or until is not None):
        yield Problem(YEAR_AND_DAYS, field="year")
    elif since is not None and until is not None and until < since:
        yield Problem(RUNS_BACKWARD, field="until")
