"""The engine: persons once over a span, history and live facts, refusals, and tallies that equal the plain count."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prasan import packs
from prasan.facts import ledger
from prasan.impact import figures, history
from prasan.impact.figures.counting import Direct
from prasan.impact.figures.periods import Span, year_of
from prasan.impact.figures.tallies import Tallied
from prasan.plain.problem import Refused

from .ledger import add

TODAY = date(2026, 11, 24)
EVER = Span(None, TODAY)


def one(code, span=EVER, reader=None):
    (figure,) = figures.compute(span, today=TODAY, codes=[code], reader=reader)
    return figure


def value(code, span=EVER, reader=None):
    (entry,) = one(code, span, reader).entries
    return entry.value


def publish(tmp_path, *rows):
    path = tmp_path / f"h{len(list(tmp_path.iterdir()))}.csv"
    path.write_text("code,since,until,value,unit,source\n" + "\n".join(rows) + "\n")
    outcome = history.import_history(path=path, apply=True)
    assert outcome.problems == ()


def test_a_person_who_returns_is_one_person_over_the_span_and_the_sum_of_years_is_refused(instance_keys):
    for year in (2024, 2025, 2026):
        add("service_given", date(year, 3, 1), 1)
    add("service_given", date(2025, 4, 1), 2)
    assert [value("V6", year_of(y)) for y in (2024, 2025, 2026)] == [1, 2, 1]
    assert value("V6") == 2
    assert [value("V7", year_of(y)) for y in (2024, 2025, 2026)] == [1, 1, 0]
    assert value("V8") == 4
    years = [one("V6", year_of(y)).entries[0] for y in (2024, 2025, 2026)]
    with pytest.raises(Refused, match="never added up over years"):
        figures.sum_over_years("V6", years)
    assert figures.sum_over_years("V7", [one("V7", year_of(y)).entries[0] for y in (2024, 2025, 2026)]) == value("V7")


def test_a_stock_is_what_is_open_at_the_end_and_is_never_summed(instance_keys):
    add("shelter_entered", date(2024, 6, 1), 1)
    add("shelter_entered", date(2025, 6, 1), 2)
    add("shelter_left", date(2025, 9, 1), 1, quantity=Decimal(457))
    assert [value("V9", year_of(y)) for y in (2023, 2024, 2025)] == [0, 1, 1]
    with pytest.raises(Refused):
        figures.sum_over_years("V9", one("V9").entries)
    assert [(p.code, p.value) for p in one("V9").parts] == [("V9_nights", 457)]


def test_live_facts_after_published_history_are_added_and_those_inside_are_not(instance_keys, tmp_path):
    publish(tmp_path, "A1,2011-01-01,2022-06-30,327,person,Report 2022")
    add("suspect_arrested", date(2022, 6, 30), 1)
    add("suspect_arrested", date(2022, 7, 1), 1)
    add("suspect_arrested", date(2021, 2, 1), 2)
    add("suspect_arrested", date(2024, 2, 1), 3)
    add("suspect_arrested", date(2010, 2, 1), 4)
    (entry,) = one("A1").entries
    assert (entry.value, entry.live, entry.published.value) == (330, 3, 327)
    assert value("A1", year_of(2021)) == 1
    assert value("A1", Span(None, date(2022, 6, 30))) == 328
    assert value("A1", reader=Direct()) == 330


def test_published_persons_who_may_come_again_stand_apart_from_live_ones(instance_keys, tmp_path):
    publish(tmp_path, "V6,2021-01-01,2021-12-31,78,person,Report 2022")
    assert value("V6") == 78
    add("service_given", date(2024, 3, 1), 1)
    (entry,) = one("V6").entries
    assert (entry.value, entry.published, [row.value for row in entry.apart]) == (1, None, [78])
    assert value("V6", year_of(2021)) == 78


def test_attendances_and_published_people_are_two_rows(instance_keys, tmp_path):
    publish(tmp_path, "T1,2021-01-01,2021-12-31,227,person,Report 2022")
    add("training_attended", date(2026, 2, 1), quantity=Decimal(30), category="ngo")
    assert [(e.unit, e.value) for e in one("T1").entries] == [("attendance", 30), ("person", 227)]
    assert [p.value for p in one("T1", year_of(2026)).parts] == [None]


def test_money_of_the_state_is_never_in_the_sum_of_the_court_and_currencies_stay_apart(instance_keys):
    paid = [("court", 100, "THB"), ("state", 50, "THB"), ("civil_suit", 7, "THB"), ("court", 9, "USD")]
    for route, quantity, unit in paid:
        add("compensation_paid", date(2026, 2, 1), 1, quantity=Decimal(quantity), unit=unit, route=route)
    figure = one("M2", year_of(2026))
    assert [(e.unit, e.value) for e in figure.entries] == [("THB", 107), ("USD", 9)]
    assert [(p.code, p.unit, p.value) for p in figure.parts] == [("M2_state", "THB", 50), ("M2_fund", "THB", 0)]


def test_a_conviction_rate_is_of_the_decided_and_a_cohort_shows_who_is_pending(instance_keys):
    for who in range(1, 5):
        add("suspect_arrested", date(2024, 2, who), who)
    add("offender_convicted", date(2025, 5, 1), 1)
    add("defendant_acquitted", date(2025, 6, 1), 2)
    add("offender_convicted", date(2025, 7, 1), 9)
    (rate,) = one("C3", year_of(2025)).entries
    assert (rate.share.part, rate.share.whole, rate.value) == (2, 3, Decimal("66.7"))
    figure = one("C4", year_of(2024))
    assert (figure.entries[0].share.part, figure.entries[0].share.whole) == (2, 4)
    assert {p.code: p.value for p in figure.parts} == {"C4_convicted": 1, "C4_acquitted": 1, "C4_pending": 2}
    assert value("C7", year_of(2024)) == (date(2025, 6, 1) - date(2024, 2, 2)).days


def test_the_median_time_counts_the_pending_and_is_not_the_mean_of_the_finished(instance_keys):
    from prasan.impact.figures.cohorts import kaplan_meier_median

    assert kaplan_meier_median([(10, True), (20, False), (30, True), (40, True)]) == 30
    assert kaplan_meier_median([(10, True), (50, False), (60, False)]) is None
    assert kaplan_meier_median([]) is None


def test_a_share_of_money_is_of_the_orders_of_the_year_and_of_one_currency(instance_keys):
    case = {"case": "00000000-0000-0000-0000-000000000001"}
    for unit, ordered, paid in (("THB", 200, 50), ("USD", 10, 10)):
        add("compensation_ordered", date(2024, 2, 1), 1, quantity=Decimal(ordered), unit=unit, route="court", **case)
        add("compensation_paid", date(2025, 2, 1), 1, quantity=Decimal(paid), unit=unit, route="court", **case)
    figure = one("M3", year_of(2024))
    assert figure.entries[0].value is None
    assert {p.code: p.value for p in figure.parts} == {"M3_THB": Decimal("25.0"), "M3_USD": Decimal("100.0")}
    assert one("M3", year_of(2025)).entries[0].value is None


def test_an_unknown_indicator_is_refused(instance_keys):
    with pytest.raises(Refused, match="no indicator"):
        figures.compute(EVER, today=TODAY, codes=["Z9"])


KINDS = ("suspect_arrested", "offender_convicted", "service_given", "removed_from_harm", "shelter_entered",
         "shelter_left", "lead_received", "compensation_paid", "compensation_ordered", "victim_identified")  # fmt: skip


def fill(seed, count=120):
    chance = random.Random(seed)
    for _ in range(count):
        kind = chance.choice(KINDS)
        on = date(2019, 1, 1) + timedelta(days=chance.randrange((TODAY - date(2019, 1, 1)).days))
        told = {}
        if kind.startswith("compensation"):
            told = {"quantity": Decimal(chance.randrange(1, 900)), "unit": chance.choice(["THB", "THB", "NZD"]),
                    "route": chance.choice(["court", "state", "fund", "punitive"])}  # fmt: skip
        elif kind == "shelter_left":
            told = {"quantity": Decimal(chance.randrange(1, 99))}
        add(kind, on, None if kind == "lead_received" else chance.randrange(1, 30), **told)


def told(span, reader):
    return {
        (f.code, e.unit): (e.value, e.live, e.share and (e.share.part, e.share.whole))
        for f in figures.compute(span, today=TODAY, reader=reader)
        for e in f.entries
    } | {(p.code, p.unit): p.value for f in figures.compute(span, today=TODAY, reader=reader) for p in f.parts}


@pytest.mark.parametrize("seed", range(2))
def test_tallies_and_the_plain_count_give_the_same_numbers(instance_keys, tmp_path, seed):
    fill(seed)
    publish(
        tmp_path, "A1,2011-01-01,2022-06-30,327,person,Report", "A1,2021-01-01,2021-12-31,19,person,Report",
        "V4,2019-03-01,2021-09-30,40,person,Report", "M1,2019-01-01,2020-09-30,995,NZD,Good",
        "V2,2020-02-01,2020-11-30,5,person,R",
        "M2,2021-01-01,2022-06-30,200,THB,Report", "L1,2020-01-01,2020-06-30,9,lead,Report",
        "V7,2020-01-01,2021-01-31,4,person,R",
    )  # fmt: skip
    spans = [EVER, *(year_of(y) for y in range(2018, 2027)), Span(None, date(2023, 12, 31)),
             Span(date(2020, 2, 3), date(2024, 5, 6))]  # fmt: skip
    for span in spans:
        assert told(span, Tallied(TODAY)) == told(span, Direct()), span


def test_a_wrong_tally_would_be_seen_by_the_comparison(instance_keys):
    from prasan.facts.models import Tally

    add("service_given", date(2024, 3, 1), 1)
    Tally.objects.update(persons=5, first_persons=5)
    assert told(EVER, Tallied(TODAY)) != told(EVER, Direct())
    assert list(ledger.tally_differences())


def test_the_queries_of_the_figures_page_do_not_grow_with_facts(instance_keys, tmp_path):
    from prasan.impact import rules
    from prasan.impact.queries import _tallied

    publish(tmp_path, "A1,2011-01-01,2022-06-30,327,person,Report")
    fast = [code for code, indicator in packs.indicators().items() if _tallied(indicator)]

    def queries():
        with CaptureQueriesContext(connection) as seen:
            figures.compute(EVER, today=TODAY, codes=fast)
            figures.by_year(rules.HEADLINES, today=TODAY, first=2019)
        facts_read = [q for q in seen.captured_queries if '"facts_fact"' in q["sql"] and "'history'" not in q["sql"]]
        return len(seen), len(facts_read)

    add("suspect_arrested", date(2024, 1, 1), 1)
    add("service_given", date(2024, 1, 1), 1)
    before = queries()
    for who in range(60):
        add("service_given", date(2023, 1, 1) + timedelta(days=who), who)
        add("suspect_arrested", date(2023, 1, 1) + timedelta(days=who), who)
    assert queries() == before
    assert before[0] <= 8
