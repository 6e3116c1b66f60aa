"""The published history prints as it was published: exact numbers, spans never summed, currencies never mixed."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from prasan import packs
from prasan.facts.models import Fact
from prasan.impact import figures, history
from prasan.impact.figures import published
from prasan.impact.figures.periods import Span, year_of
from prasan.plain.problem import Refused

FILE = Path(packs.__file__).parent / "data" / "published_figures.csv"
TODAY = date(2026, 11, 24)
FROM_THE_BEGINNING = Span(None, date(2022, 6, 30))


@pytest.fixture
def printed(instance_keys):
    """The published figures in the ledger."""
    outcome = history.import_history(path=FILE, apply=True)
    assert (outcome.new, outcome.problems) == (12, ())
    return outcome


def numbers(span):
    return {
        (figure.code, entry.unit): entry.value
        for figure in figures.compute(span, today=TODAY)
        for entry in figure.entries
    }


def one(code, span):
    (figure,) = figures.compute(span, today=TODAY, codes=[code])
    return figure


def test_eleven_years_print_327_arrested_174_convicted_571_removed(printed):
    found = numbers(FROM_THE_BEGINNING)
    assert found["A1", "person"] == 327
    assert found["C1", "person"] == 174
    assert found["V4", "person"] == 571
    assert found["M2", "THB"] == 200_000
    assert found["M1", "NZD"] == 995_000
    assert ("M1", "THB") not in found


def test_the_same_numbers_print_since_the_beginning_until_today(printed):
    until_today = numbers(Span(None, TODAY))
    assert [until_today[c, "person"] for c in ("A1", "C1", "V4")] == [327, 174, 571]


def test_2021_prints_78_assisted_19_arrested_and_convicted_227_trained(printed):
    found = numbers(year_of(2021))
    assert found["V6", "person"] == 78
    assert found["A1", "person"] == found["C1", "person"] == 19
    assert found["T1", "person"] == 227
    assert found["M2", "THB"] == 0
    assert found["V4", "person"] == 0


def test_the_200000_baht_overlap_2021_and_stand_apart(printed):
    figure = one("M2", year_of(2021))
    assert [(row.value, row.unit, row.since, row.until) for row in figure.overlapping] == [
        (200_000, "THB", date(2021, 1, 1), date(2022, 6, 30))
    ]
    assert one("M2", FROM_THE_BEGINNING).overlapping == []


@pytest.mark.parametrize(("code", "older"), [("A1", 258), ("C1", 138), ("V4", 459)])
def test_the_vintages_of_2020_stand_beside_and_are_never_added(printed, code, older):
    (entry,) = one(code, FROM_THE_BEGINNING).entries
    assert older in [row.value for row in entry.vintages]
    assert entry.published.value == entry.value
    assert entry.live == 0
    (before,) = one(code, Span(None, date(2020, 9, 30))).entries
    assert before.value == older


def test_planted_fault_a_sum_of_nested_spans_would_be_604_and_is_not_printed(printed, monkeypatch):
    nested = [row.value for row in published.in_force()["A1"]]
    assert sum(nested) == 327 + 258 + 19
    assert one("A1", FROM_THE_BEGINNING).entries[0].value == 327
    narrowest = min
    monkeypatch.setattr(published, "max", lambda rows, key: narrowest(rows, key=key), raising=False)
    assert one("A1", FROM_THE_BEGINNING).entries[0].value != 327


def test_of_equal_spans_the_newest_publication_counts(printed, tmp_path):
    again = tmp_path / "again.csv"
    again.write_text(
        "code,since,until,value,unit,source,published_on\n"
        "A1,2011-01-01,2022-06-30,331,person,Annual report 2023,2023-05-01\n"
        "A1,2011-01-01,2022-06-30,300,person,Draft,2019\n"
    )
    history.import_history(path=again, apply=True)
    (entry,) = one("A1", FROM_THE_BEGINNING).entries
    assert entry.value == 331
    assert [row.value for row in entry.vintages][:2] == [327, 300]


def test_dollars_and_baht_are_rows_of_their_own(printed, tmp_path):
    baht = tmp_path / "baht.csv"
    baht.write_text("code,since,until,value,unit,source\nM1,2019-01-01,2019-12-31,54180.50,THB,Annual report 2019\n")
    history.import_history(path=baht, apply=True)
    entries = one("M1", FROM_THE_BEGINNING).entries
    assert [(e.unit, e.value) for e in entries] == [("THB", Decimal("54180.50")), ("NZD", 995_000)]
    with pytest.raises(Refused, match="never added"):
        figures.sum_over_years("M1", entries)


def test_figures_of_governments_never_become_ours(printed):
    rows = packs.data("published_figures.csv")
    assert printed.of_others == len([r for r in rows if not r["code"]])
    assert Fact.objects.filter(kind="published").count() == 12
    assert {f.route for f in Fact.objects.filter(indicator="M2")} == {"court"}


def test_importing_twice_changes_nothing_and_a_dry_run_writes_nothing(instance_keys):
    dry = history.import_history(path=FILE)
    assert (dry.new, dry.applied, Fact.objects.count()) == (12, False, 0)
    history.import_history(path=FILE, apply=True)
    before = list(Fact.objects.values_list("pk", "recorded_at"))
    again = history.import_history(path=FILE, apply=True)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 12)
    assert list(Fact.objects.values_list("pk", "recorded_at")) == before


def test_a_rate_is_not_made_of_published_numerators(printed):
    (entry,) = one("C3", FROM_THE_BEGINNING).entries
    assert entry.value is None
    assert one("C4", FROM_THE_BEGINNING).entries[0].value is None
