"""The pages of figures: numbers with their definition, charts with their table, one's own cases only."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from prasan import packs
from prasan.impact import history

from .ledger import add

pytestmark = pytest.mark.urls("prasan.impact.tests.urls")
FILE = Path(packs.__file__).parent / "data" / "published_figures.csv"


@pytest.fixture
def filled(world):
    """Published history, an arrest cohort with one pending, in the case of the team and in another."""
    history.import_history(path=FILE, apply=True)
    for who, told in ((1, {"case": world.case, "sex": "female"}), (2, {"sex": "male"}), (3, {})):
        add("suspect_arrested", date(2025, 3, who), who, **told)
    add("offender_convicted", date(2026, 1, 5), 1, case=world.case)
    add("compensation_paid", date(2026, 2, 5), 1, quantity=Decimal(5000), unit="THB", route="court", case=world.case)
    return world


def page(client, path="/figures/"):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_headlines_print_history_and_live_facts_with_their_levels(filled, sign_in):
    body = page(sign_in(filled.fah))
    for told in ("330 persons", "571 persons", "995,000 NZD", "205,000 THB", "175 persons",
                 "Of which 327 persons from published reports.", "Contribution: 3 joint, 327 not recorded."):
        assert told in body, told
    assert "Not ready for publication: The figures were never compared" in body


def test_a_year_of_either_era_prints_its_own_numbers(filled, sign_in):
    client = sign_in(filled.fah)
    for asked in ("year=2021", "since=1/1/2564&until=31/12/2564"):
        body = page(client, f"/figures/?{asked}")
        assert "78 persons" in body
        assert "227 persons" in body
        assert "Overlaps, not counted here: 200,000 THB" in body
    assert "in a longer span" in page(client)
    assert "2021 / 2564" in page(client)


def test_a_period_that_cannot_be_read_is_said_and_the_beginning_is_shown(filled, sign_in):
    assert "is not a date" in page(sign_in(filled.fah), "/figures/?since=soon")
    assert sign_in(filled.dao).get("/figures/export.csv?since=soon").status_code == 422


def test_the_cohort_shows_the_pending_and_its_table_equals_the_drawing(filled, sign_in):
    body = page(sign_in(filled.fah))
    assert 'id="impact-cohort-desc">Of 3 persons arrested, 1 were convicted, 0 acquitted, and 2 are pending.' in body
    assert body.count("impact-cohort-hatch") > 1
    assert ">1 + 2<" in body
    assert re.search(r"Convicted</th><td[^>]*>1</td><td[^>]*>2</td>", body)
    assert 'id="impact-tiers-title"' in body
    assert body.count("<th scope=\"row\" class=\"govuk-table__header\">20") >= 8


def test_the_page_holds_no_style_no_handler_and_only_one_heading(filled, sign_in):
    for path in ("/figures/", "/figures/indicators/A1/"):
        body = page(sign_in(filled.fah), path)
        assert not re.search(r"\sstyle\s*=|<[^>]*\son[a-z]+\s*=|<style", body)
        assert body.count("<h1") == 1


def test_an_indicator_tells_definition_pitfall_vintages_and_unknown(filled, sign_in):
    body = page(sign_in(filled.fah), "/figures/indicators/A1/")
    for told in ("330 persons", "arrested is not convicted", "258 persons", "Beside it, never added", "Counts",
                 "Unknown", "Female", "Published reports, not broken down"):
        assert told in body, told
    assert page(sign_in(filled.fah), "/figures/indicators/M2/")
    assert sign_in(filled.fah).get("/figures/indicators/Z9/").status_code == 404


@pytest.mark.parametrize("code", list(packs.indicators()))
def test_every_indicator_has_its_page(filled, sign_in, code):
    assert code in page(sign_in(filled.fah), f"/figures/indicators/{code}/?year=2026")


def test_a_small_share_is_written_as_n_of_n(filled, sign_in):
    body = page(sign_in(filled.fah), "/figures/indicators/C3/")
    assert ">1 of 1<" in body
    assert "100 %" not in body


def test_only_ones_own_cases_stand_behind_a_number(filled, sign_in):
    mine = page(sign_in(filled.mali), "/figures/indicators/A1/")
    assert filled.case.code in mine
    others = page(sign_in(filled.fah), "/figures/indicators/A1/")
    assert filled.case.code not in others
    assert "None of your cases stands behind this number." in others


def test_an_interpreter_is_told_why_not_and_a_lawyer_takes_no_file(filled, sign_in):
    assert sign_in(filled.chai).get("/figures/").status_code == 403
    assert sign_in(filled.preecha).get("/figures/export.csv").status_code == 403
    assert "/figures/export.csv" not in page(sign_in(filled.preecha))


def test_the_files_come_with_the_period_that_is_shown(filled, sign_in):
    client = sign_in(filled.fah)
    assert "/figures/export.csv?year=2021" in page(client, "/figures/?year=2021")
    answer = client.get("/figures/export.xlsx?year=2021")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures-2021-01-01-2021-12-31.xlsx"'
    assert client.get("/figures/export.exe").status_code == 404


def test_the_thai_page_speaks_thai_and_the_empty_page_is_designed(cast_only, sign_in):
    body = page(sign_in(cast_only.fah, "th"))
    assert '<html lang="th"' in body
    assert "ผู้ต้องหาที่ถูกจับกุม" in body
    assert "No arrest is recorded yet" in page(sign_in(cast_only.fah))
