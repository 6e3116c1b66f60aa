"""The pages of policy: shown, sent, refused, denied, in both languages; tiers with gaps and their table."""

import re

import pytest

from prasan.policy import actions, rules
from prasan.policy.models import Measure, OfficialFigure, Recommendation, TierPlacement
from tests.cast import AT

pytestmark = pytest.mark.urls("prasan.policy.tests.urls")
ENTRY = {
    "text_th": "ให้ผู้เสียหายใช้โทรศัพท์ได้", "text_en": "Let survivors keep their phones", "made_on": "1/3/2569",
    "addressed_to": "MSDHS", "indicia": ["tip_02", "tip_10"], "contribution": "joint",
}  # fmt: skip


def test_a_lawyer_records_a_recommendation_and_what_became_of_it(cast_only, sign_in):
    client = sign_in(cast_only.preecha)
    client.post("/policy/recommendations/new/", ENTRY)
    row = Recommendation.objects.get()
    here = f"/policy/recommendations/{row.code}/"
    assert "Let survivors keep their phones" in client.get("/policy/").content.decode()
    refused = client.post(f"{here}measures/new/", {"stage": "in_force", "on": "1/2/2569", "words": "Order"})
    assert refused.status_code == 422
    assert "before the recommendation was made" in refused.content.decode()
    client.post(f"{here}measures/new/", {"stage": "in_force", "on": "1/5/2569", "words": "Order 12"})
    body = client.get(here).content.decode()
    assert "Order 12" in body
    assert "In force" in body
    assert "Record what became of it" not in body
    assert client.get("/policy/?stage=rejected&indicium=tip_02").content.decode().count(row.code) == 0


def test_a_recommendation_is_corrected_and_entries_are_taken_out(cast_only, sign_in):
    client = sign_in(cast_only.dao)
    client.post("/policy/recommendations/new/", ENTRY)
    row = Recommendation.objects.get()
    here = f"/policy/recommendations/{row.code}/"
    client.post(f"{here}measures/new/", {"stage": "accepted", "on": "1/5/2569", "words": "Letter"})
    measure = Measure.objects.get()
    assert client.get(f"{here}measures/{measure.pk}/error/").status_code == 200
    client.post(f"{here}measures/{measure.pk}/error/", {"reason": "twice", "version": "1"})
    assert not Measure.objects.filter(closed_as="").exists()
    client.post(f"{here}correct/", ENTRY | {"addressed_to": "Cabinet", "version": "1"})
    new = Recommendation.objects.get(closed_as="")
    assert new.addressed_to == "Cabinet"
    assert client.get(f"{here}correct/").status_code == 404
    client.post(f"/policy/recommendations/{new.code}/error/", {"reason": "twice", "version": "1"})
    assert not Recommendation.objects.filter(closed_as="").exists()


def test_a_thai_page_names_countries_units_and_the_currency_in_thai(cast_only, sign_in):
    actions.seed_tiers()
    actions.seed_official_figures(at=AT)
    client = sign_in(cast_only.fah, "th")
    tiers = client.get("/policy/tiers/?country=MMR").content.decode()
    assert "เมียนมา" in tiers
    assert ">Cambodia<" not in tiers
    assert "กัมพูชา" in tiers
    figures = client.get("/policy/official-figures/?series=assets_seized").content.decode()
    assert "บาท" in figures
    assert ">THB<" not in figures


def test_every_series_and_unit_of_the_published_data_has_a_name(cast_only):
    actions.seed_official_figures(at=AT)
    rows = OfficialFigure.objects.all()
    series = {row.series.removeprefix(rules.WORLD) for row in rows}
    units = {row.unit for row in rows if not (row.unit.isupper() and len(row.unit) == 3)}
    assert (series - rules.SERIES.keys(), units - rules.PUBLISHED_UNITS.keys()) == (set(), set())


def test_the_tiers_page_draws_stairs_gaps_and_the_same_table(cast_only, sign_in):
    actions.seed_tiers()
    client = sign_in(cast_only.fah)
    body = client.get("/policy/tiers/").content.decode()
    assert body.count("<svg class=\"prasan-chart\"") == 2
    assert len(re.findall(r"<th scope=\"row\"[^>]*>20\d\d / 25\d\d</th>", body)) == 25 + 8
    assert "2013 / 2556" in body
    assert "mean" not in re.sub(r"does not mean", "", body)
    TierPlacement.objects.filter(iso3="THA", report_year=2018).delete()
    again = client.get("/policy/tiers/").content.decode()
    assert again.count("Not known here") == 2
    assert "2018: not known here" in again
    assert "Myanmar" in client.get("/policy/tiers/?country=MMR").content.decode()


def test_the_tiers_page_is_designed_also_when_nothing_is_seeded(cast_only, sign_in):
    assert "No tier is known here" in sign_in(cast_only.fah).get("/policy/tiers/").content.decode()


def test_official_figures_stand_apart_with_their_sources(cast_only, sign_in):
    actions.seed_official_figures(at=AT)
    body = sign_in(cast_only.fah).get("/policy/official-figures/?series=victims_identified").content.decode()
    for told in ("about 424", "1,821", "868", "Restated"):
        assert told in body


def test_who_may_not_is_told_why_and_the_thai_page_is_thai(cast_only, sign_in):
    assert sign_in(cast_only.chai).get("/policy/").status_code == 403
    assert sign_in(cast_only.fah).get("/policy/recommendations/new/").status_code == 403
    assert sign_in(cast_only.fah).get("/policy/recommendations/R-NONE/").status_code == 404
    actions.seed_tiers()
    body = sign_in(cast_only.fah, "th").get("/policy/tiers/").content.decode()
    assert '<html lang="th"' in body
    assert "บัญชีที่ต้องจับตามอง" in body
