"""When figures may be published, which sums are refused, which periods can be asked."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from prasan.impact import rules
from prasan.impact.figures import read_period
from prasan.plain.problem import Refused

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def reconciled(hours=1, differences=()):
    return SimpleNamespace(at=AT - timedelta(hours=hours), differences=list(differences))


@pytest.mark.parametrize(("reconciliation", "sentence"), [
    (None, rules.NEVER_RECONCILED),
    (reconciled(hours=25), rules.STALE),
    (reconciled(differences=["missing fact: x"]), rules.DIFFERENCES),
])  # fmt: skip
def test_nothing_is_published_without_a_fresh_and_empty_reconciliation(reconciliation, sentence):
    assert rules.publishable(reconciliation, AT).message == sentence


def test_a_fresh_reconciliation_without_a_difference_opens_the_way():
    assert rules.publishable(reconciled(hours=24), AT) is None


@pytest.mark.parametrize(
    ("adds", "refused"), [("yes", False), ("nearly", False), ("no", True), ("cohort", True), ("", True)]
)
def test_only_what_the_catalogue_allows_is_added_over_years(adds, refused):
    assert bool(list(rules.summing_problems("V6", adds))) is refused


def test_two_units_and_a_total_with_its_parts_are_never_added():
    assert [p.message for p in rules.mixing_problems(["THB", "NZD"])] == [rules.TWO_UNITS]
    assert [p.message for p in rules.mixing_problems(["THB"], ["total", "sex=female"])] == [rules.TOTAL_AND_PARTS]
    assert not list(rules.mixing_problems(["THB", "THB"], ["sex=female", "sex=male"]))


@pytest.mark.parametrize(("asked", "since", "until"), [
    ({}, None, TODAY),
    ({"year": "2021"}, date(2021, 1, 1), date(2021, 12, 31)),
    ({"year": "2564"}, date(2021, 1, 1), date(2021, 12, 31)),
    ({"year": "๒๕๖๔"}, date(2021, 1, 1), date(2021, 12, 31)),
    ({"until": "30/6/2565"}, None, date(2022, 6, 30)),
    ({"since": "2021-02-01", "until": "2564-03-31"}, date(2021, 2, 1), date(2021, 3, 31)),
])  # fmt: skip
def test_periods_are_read_in_both_eras(asked, since, until):
    span = read_period(today=TODAY, **asked)
    assert (span.since, span.until) == (since, until)


@pytest.mark.parametrize("asked", [
    {"year": "2021", "since": "2021-01-01"}, {"since": "2022-01-01", "until": "2021-01-01"}, {"year": "21"},
    {"year": "last"}, {"since": "yesterday's"}, {"since": "2027-01-01"},
])  # fmt: skip
def test_periods_that_cannot_be_are_refused(asked):
    with pytest.raises(Refused):
        read_period(today=TODAY, **asked)
