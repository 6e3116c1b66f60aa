"""Recommendations and measures: done, refused, denied; journal and facts; seeds that change nothing twice."""

from datetime import date

import pytest

from prasan import packs
from prasan.access.allow import Changed
from prasan.access.check import Denied
from prasan.facts import ledger as facts_ledger
from prasan.facts.models import Fact
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from prasan.policy import actions, ledger, queries, rules
from prasan.policy.models import Measure, OfficialFigure, Recommendation, TierPlacement
from tests.cast import AT, TODAY
from tests.kept import cannot_write

TOLD = {
    "text_en": "Let survivors keep their phones in shelters.", "made_on": date(2026, 3, 1), "indicia": ["tip_02"],
    "addressed_to": "Ministry of Social Development", "contribution": "joint",
}  # fmt: skip


def recommend(world, by="preecha", **changes):
    return actions.record_recommendation(by=getattr(world, by), at=AT, today=TODAY, **(TOLD | changes))


def measure(world, row, stage, on, by="dao", words="Order 12/2569"):
    return actions.record_measure(by=getattr(world, by), recommendation=row, stage=stage, on=on, words=words,
                                  at=AT, today=TODAY)  # fmt: skip


def live():
    return sorted(Fact.objects.filter(superseded_at=None).values_list("kind", "on", "contribution"))


def test_a_recommendation_counts_as_adopted_once_when_a_measure_is_in_force(cast_only):
    row = recommend(cast_only)
    measure(cast_only, row, "accepted", date(2026, 5, 1))
    assert live() == [("recommendation_made", date(2026, 3, 1), "joint")]
    measure(cast_only, row, "in_force", date(2026, 9, 1))
    assert live()[0] == ("recommendation_adopted", date(2026, 9, 1), "joint")
    with pytest.raises(Refused):
        measure(cast_only, row, "in_force", date(2026, 10, 1))
    assert queries.recommendations(cast_only.fah, stage="in_force").get().stage_on == date(2026, 9, 1)
    assert Line.objects.filter(act="policy.record_measure").count() == 2
    assert list(facts_ledger.compare(ledger.facts())) == []
    Measure.objects.filter(stage="in_force").update(on=date(2026, 9, 2))
    assert len(list(facts_ledger.compare(ledger.facts()))) == 1


def test_an_investigator_is_denied_and_an_empty_text_is_refused(cast_only):
    with pytest.raises(Denied):
        recommend(cast_only, by="nok")
    with pytest.raises(Refused) as refused:
        recommend(cast_only, text_en="")
    assert [p.message for p in refused.value.problems] == [rules.NO_TEXT]
    row = recommend(cast_only)
    with pytest.raises(Denied):
        measure(cast_only, row, "accepted", TODAY, by="fah")


def test_a_correction_carries_the_measures_over_and_counts_once(cast_only):
    old = recommend(cast_only)
    measure(cast_only, old, "in_force", date(2026, 9, 1))
    new = recommend(cast_only, made_on=date(2026, 2, 1), replaces=old, version=1)
    assert [kind for kind, _on, _c in live()] == ["recommendation_adopted", "recommendation_made"]
    assert [m.stage for m in queries.measures_in_force(new)] == ["in_force"]
    assert list(facts_ledger.compare(ledger.facts())) == []
    with pytest.raises(Changed):
        recommend(cast_only, replaces=new, version=5)


def test_entered_in_error_takes_a_measure_or_all_of_it_out(cast_only):
    row = recommend(cast_only)
    done = measure(cast_only, row, "in_force", date(2026, 9, 1))
    told = {"by": cast_only.dao, "reason": "twice", "version": 1, "at": AT, "today": TODAY}
    actions.enter_in_error(row=done, **told)
    assert [kind for kind, *_ in live()] == ["recommendation_made"]
    assert queries.stage_of(row) == "made"
    measure(cast_only, row, "in_force", date(2026, 9, 1))
    actions.enter_in_error(row=row, **told)
    assert live() == []
    assert list(facts_ledger.compare(ledger.facts())) == []
    with pytest.raises(Refused):
        measure(cast_only, row, "accepted", TODAY)


@pytest.mark.parametrize("act", ["recommend", "measure", "error"])
def test_nothing_is_saved_when_the_journal_fails(cast_only, monkeypatch, act):
    row = recommend(cast_only)

    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    told = {"by": cast_only.dao, "row": row, "reason": "twice", "version": 1, "at": AT, "today": TODAY}
    acts = {
        "recommend": lambda: recommend(cast_only),
        "measure": lambda: measure(cast_only, row, "in_force", TODAY),
        "error": lambda: actions.enter_in_error(**told),
    }
    with pytest.raises(OSError, match="no line"):
        acts[act]()
    assert Recommendation.objects.filter(closed_as="").count() == 1
    assert not Measure.objects.exists()
    assert len(live()) == 1


def test_tiers_are_seeded_once_and_thailand_is_whole(instance_keys):
    assert actions.seed_tiers() == 2398
    assert actions.seed_tiers() == 0
    thai = dict(TierPlacement.objects.filter(iso3="THA").values_list("report_year", "tier"))
    assert sorted(thai) == list(range(2001, 2026))
    assert [thai[y] for y in range(2015, 2023)] == ["3", "2WL", "2WL", "2", "2", "2", "2WL", "2"]
    assert rules.years_in_a_row(thai, 2013) == 4


def test_a_tier_that_was_entered_by_hand_is_not_overwritten(instance_keys):
    TierPlacement.objects.create(iso3="THA", country="Thailand", report_year=2015, tier="2", source="by hand")
    assert actions.seed_tiers() == 2397
    assert TierPlacement.objects.get(iso3="THA", report_year=2015).source == "by hand"


def test_official_figures_are_seeded_once_apart_from_our_own(instance_keys):
    published = packs.data("published_figures.csv")
    own = [r for r in published if r["code"]]
    assert actions.seed_official_figures(at=AT) == 75 + 77 + len(published) - len(own)
    assert actions.seed_official_figures(at=AT) == 0
    assert not OfficialFigure.objects.filter(publisher="LIFT International").exists()
    year = OfficialFigure.objects.filter(series="victims_identified", data_year=2019, disaggregation="total")
    assert {int(v) for v in year.values_list("value", flat=True)} >= {868, 1807, 1821}
    restated = OfficialFigure.objects.get(
        dataset="thailand_official_series.csv", series="victims_identified", data_year=2021, status="restated"
    )
    assert (restated.value, restated.qualifier, restated.restates.value) == (424, "approximately", 414)
