"""Temporary protection by section 29: 24 hours, the court's days, the own consent to stay."""

from datetime import timedelta

import pytest

from prasan.cases.models import Event
from prasan.identification import due_of_protection
from prasan.identification import queries_of_protection as queries
from prasan.identification.actions import protection
from prasan.identification.rules import protection as rules
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import stored

from .protecting import (
    DAY,
    HOUR,
    by,
    clock,
    standing,
    under_protection,
)

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")


def test_protection_starts_24_hours_by_the_clock_and_says_on_what_the_stay_rests(world):
    row = under_protection(world)
    assert clock("temporary-protection", row).ends_at == row.at + timedelta(hours=24)
    assert standing(world).basis(AT) == "law"
    assert standing(world).basis(row.at + timedelta(hours=24)) == "none"
    assert Line.objects.filter(act="identification.record_protection", target=f"identification.protection:{row.pk}").exists()
    assert stored(Event, kind="protection_began")


def test_the_own_consent_to_stay_carries_after_the_law_and_can_be_taken_back(world):
    row = under_protection(world)
    row = by(world, "mali", protection.record_stay, protection=row, stays=True, on=TODAY, version=1)
    later = row.at + timedelta(hours=30)
    assert standing(world).basis(later) == "consent"
    assert clock("temporary-protection", row).state == "satisfied"
    row = by(world, "mali", protection.record_stay, protection=row, stays=False, on=TODAY, version=2)
    assert clock("temporary-protection", row).state == "running"
    assert standing(world).basis(later) == "none"


def test_the_court_gives_at_most_7_days(world):
    row = under_protection(world)
    row = by(world, "mali", protection.record_court_order, protection=row, granted_at=AT, version=1)
    assert clock("temporary-protection", row).state == "satisfied"
    assert standing(world).basis(AT + 3 * DAY) == "court"
    assert standing(world).basis(AT + 8 * DAY) == "none"


@pytest.mark.parametrize(("days", "holds"), [(2, 2), (30, 7)])
def test_the_order_s_own_end_is_that_of_the_clock_and_never_later_than_the_law_s(world, days, holds):
    row, until = under_protection(world), AT + days * DAY
    row = by(world, "mali", protection.record_court_order, protection=row, granted_at=AT, until=until, version=1)
    ends_at = clock("court-extension", row).ends_at
    assert (ends_at == until) is (days == holds)
    assert timedelta(0) <= ends_at - (AT + holds * DAY) < DAY
    assert standing(world).law_ends_at() == ends_at
    assert standing(world).basis(ends_at - HOUR) == "court"
    assert standing(world).basis(ends_at) == "none"


def test_an_end_stops_both_clocks_and_a_new_protection_may_follow(world):
    row = under_protection(world)
    row = by(world, "mali", protection.end_protection, protection=row, ended_at=AT, how="left", version=1)
    assert clock("temporary-protection", row).state != "running"
    assert standing(world).basis(AT + 9 * DAY) == "ended"
    assert under_protection(world, since=AT).pk != row.pk


def test_a_cell_is_refused_and_so_is_a_second_protection_and_a_suspect(world):
    with pytest.raises(Refused) as refused:
        under_protection(world, place="cell")
    assert [p.message for p in refused.value.problems] == [rules.NEVER_IN_A_CELL]
    with pytest.raises(Refused) as refused:
        under_protection(world, participation=world.suspect)
    assert [p.message for p in refused.value.problems] == [rules.NOT_A_SURVIVOR]
    under_protection(world)
    with pytest.raises(Refused) as refused:
        under_protection(world)
    assert [p.message for p in refused.value.problems] == [rules.ALREADY_PROTECTED]


def test_my_day_asks_about_staying_before_the_end_and_shouts_after_it(world):
    row = under_protection(world, since=AT - timedelta(hours=2))
    with world.acting("mali"):
        assert [line.tone for line in due_of_protection.due(world.mali, TODAY)] == ["soon"]
        assert queries.stays_due(world.mali, AT + 2 * DAY)[0][2] is True
    by(world, "mali", protection.record_stay, protection=row, stays=True, on=TODAY, version=1)
    with world.acting("mali"):
        assert due_of_protection.due(world.mali, TODAY) == []
    with world.acting("noi"):
        assert due_of_protection.due(world.noi, TODAY) == []


# Reflection
