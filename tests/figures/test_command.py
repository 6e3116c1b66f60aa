"""`prasan figures` as other programs read it: its shape, both eras, its numbers."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from prasan import packs
from prasan.impact import history

FILE = Path(packs.__file__).parent / "data" / "published_figures.csv"
UNITS = {"person", "case", "event", "lead", "service", "recommendation", "attendance", "day", "hour", "percent"}


@pytest.fixture
def printed(instance_keys, frozen):
    history.import_history(path=FILE, apply=True)


def asked(capsys, *words):
    call_command("figures", *words)
    return capsys.readouterr().out


def told(capsys, *words):
    return json.loads(asked(capsys, *words, "--format", "json"))


def values(document, code):
    return [(row["value"], row["unit"]) for row in document["indicators"] if row["code"] == code]


@pytest.mark.parametrize("until", ["2022-06-30", "30/6/2565"])
def test_the_document_since_the_beginning(printed, capsys, until):
    document = told(capsys, "--until", until)
    assert (document["since"], document["until"], document["cut_off"]) == (None, "2022-06-30", "2026-11-24")
    expected = {"A1": (327, "person"), "C1": (174, "person"), "V4": (571, "person"), "M2": (200000, "THB"),
                "M1": (995000, "NZD")}  # fmt: skip
    assert {code: values(document, code) for code in expected} == {code: [v] for code, v in expected.items()}
    first = next(row for row in document["indicators"] if row["code"] == "A1")
    assert {"code", "value", "unit", "definition", "version", "sources"} <= set(first)
    assert [row["value"] for row in first["vintages"]] == [258, 19]


@pytest.mark.parametrize("year", ["2021", "2564"])
def test_the_document_of_a_year_in_either_era(printed, capsys, year):
    document = told(capsys, "--year", year)
    assert (document["since"], document["until"]) == ("2021-01-01", "2021-12-31")
    expected = {"V6": 78, "A1": 19, "C1": 19, "T1": 227, "M2": 0}
    assert {code: [v for v, _unit in values(document, code)] for code in expected} == {
        code: [v] for code, v in expected.items()
    }
    paid = next(row for row in document["indicators"] if row["code"] == "M2")
    assert [row["value"] for row in paid["overlapping"]] == [200000]


def test_all_indicators_are_there_with_units_of_the_closed_set(printed, capsys):
    rows = told(capsys)["indicators"]
    assert {row["code"] for row in rows} == set(packs.indicators())
    assert all(row["unit"] in UNITS or (len(row["unit"]) == 3 and row["unit"].isupper()) for row in rows)
    assert all(row["value"] is None or isinstance(row["value"], int | str) for row in rows)
    nothing = {row["code"]: row["value"] for row in rows}
    assert (nothing["L1"], nothing["C3"], nothing["C7"]) == (0, None, None)


def test_the_text_and_the_csv_tell_the_same(printed, capsys):
    text = asked(capsys, "--year", "2021")
    assert "1 January 2021 / 1 มกราคม 2564" in text
    assert "overlaps: 200000 THB" in text
    assert "327" in asked(capsys, "--format", "csv")


def test_a_bad_period_is_a_sentence(printed, capsys):
    with pytest.raises(CommandError, match="not both"):
        asked(capsys, "--year", "2021", "--since", "2021-01-01")
