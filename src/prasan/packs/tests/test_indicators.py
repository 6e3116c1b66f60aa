"""Holds the indicators against their catalogue and against the rules that keep figures honest."""

import pytest

from prasan import packs
from prasan.packs import closed


def test_the_thirty_indicators_of_the_catalogue_are_there_in_its_order():
    assert list(packs.indicators()) == [told["id"] for told in packs.data("indicator_catalogue")]
    assert len(packs.indicators()) == 30


def test_what_may_be_added_over_years_is_what_the_catalogue_says():
    told = {row["id"]: row["adds_over_years"] for row in packs.data("indicator_catalogue")}
    assert {code: one.adds_over_years for code, one in packs.indicators().items()} == told


@pytest.mark.parametrize(
    ("code", "op", "facts"),
    [
        ("L1", "events", ("lead_received",)),
        ("I1", "events", ("investigation_opened",)),
        ("A1", "persons", ("suspect_arrested",)),
        ("P1", "persons", ("person_indicted",)),
        ("C1", "persons", ("offender_convicted",)),
        ("C2", "persons", ("defendant_acquitted",)),
        ("V1", "persons", ("person_screened",)),
        ("V2", "first_persons", ("victim_identified",)),
        ("V4", "persons", ("removed_from_harm",)),
        ("V6", "persons", ("service_given",)),
        ("V7", "first_persons", ("service_given",)),
        ("V8", "events", ("service_given",)),
        ("T1", "sum", ("training_attended",)),
        ("Q1", "events", ("recommendation_adopted",)),
    ],
)
def test_an_indicator_counts_its_own_facts(code, op, facts):
    measure = packs.indicators()[code].measure
    assert (measure.op, measure.facts) == (op, facts)


def test_a_stock_is_what_came_minus_what_left():
    stock = packs.indicators()["V9"].measure
    assert (stock.op, stock.facts, stock.minus) == ("stock", ("shelter_entered",), ("shelter_left",))


def test_the_conviction_rate_is_of_decided_persons_and_never_of_arrests():
    rate = packs.indicators()["C3"].measure
    assert (rate.numerator, rate.denominator) == (("C1",), ("C1", "C2"))


def test_only_court_routes_count_as_compensation():
    courts = {row.code for row in packs.rows("money_route") if row["court"]}
    for code, fact in (("M1", "compensation_ordered"), ("M2", "compensation_paid")):
        one = packs.indicators()[code]
        assert one.measure.facts == (fact,)
        assert set(one.measure.where["route"]) == courts
        assert not {route for part in one.parts for route in part.measure.where["route"]} & courts


def test_arrests_convictions_and_removals_need_a_contribution_level():
    assert {code for code, one in packs.indicators().items() if one.requires_contribution} == {
        "A1",
        "C1",
        "V4",
    }


def test_every_unit_is_of_the_closed_set_or_a_currency():
    for one in packs.indicators().values():
        assert {one.unit, *(part.unit for part in one.parts)} <= closed.FIGURE_UNITS | {"THB"}


def test_every_indicator_is_defined_and_warned_of_in_both_languages():
    for one in packs.indicators().values():
        for lang in closed.LANGUAGES:
            assert one.label(lang)
            assert one.definition(lang)
            assert one.pitfall(lang)
        assert one.definition("th") != one.definition("en")


def test_taking_part_in_justice_is_never_a_target():
    assert packs.indicators()["V10"].row["never_a_target"] is True
