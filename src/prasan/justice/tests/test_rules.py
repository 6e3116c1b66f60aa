"""Moves, verdicts, sentences and money by golden tables that a lawyer can read; the sentences of refusal."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan import packs
from prasan.justice import rules

TODAY = date(2026, 11, 24)
HERE = Path(__file__).parent


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def said(problems):
    return [problem.message for problem in problems]


@pytest.mark.parametrize("row", table("statuses.csv"), ids=lambda r: f"{r['from']}-{r['to']}")
def test_a_charge_moves_as_the_table_says(row):
    problems = rules.move_problems(
        old=row["from"], before="", new=row["to"], on=TODAY, last_on=date(2026, 1, 1), today=TODAY
    )
    expected = {"yes": [], "no": [rules.NOT_A_MOVE], "verdict": [rules.BY_VERDICT_ONLY]}[row["allowed"]]
    assert said(problems) == expected


def test_the_states_are_those_of_the_pack():
    told = {row.code: tuple(n for n in row["next"] if n != "previous") for row in packs.rows("charge_status")}
    assert told == rules.STATES
    assert {row.code: row.en for row in packs.rows("charge_status")} == rules.STATUSES


@pytest.mark.parametrize(
    ("list_name", "codes"),
    [
        ("verdict", rules.OUTCOMES), ("instance", rules.INSTANCES), ("plea", rules.PLEAS),
        ("conviction_basis", rules.BASES),
    ],
)  # fmt: skip
def test_each_list_is_that_of_the_pack(list_name, codes):
    assert {row.code: row.en for row in packs.rows(list_name)} == codes


def test_who_absconded_comes_back_to_where_the_charge_stood():
    assert rules.moves("absconded", "in_trial") == ("in_trial",)
    told = {"old": "absconded", "before": "in_trial", "on": TODAY, "last_on": TODAY, "today": TODAY}
    assert said(rules.move_problems(new="in_trial", **told)) == []
    assert said(rules.move_problems(new="indicted", **told)) == [rules.NOT_A_MOVE]


def test_a_move_lies_neither_before_the_last_nor_in_the_future():
    told = {"old": "indicted", "before": "", "new": "in_trial", "last_on": date(2026, 5, 1), "today": TODAY}
    assert said(rules.move_problems(on=date(2026, 4, 30), **told)) == [rules.BEFORE_LAST_MOVE]
    assert said(rules.move_problems(on=date(2026, 11, 25), **told)) == ["This date lies in the future."]


CHARGE = {
    "status": "indicted", "act_earliest": date(2026, 1, 1), "act_latest": date(2026, 2, 1),
    "charged_on": date(2026, 3, 1), "in_force": True, "accused": True, "survivors": True, "today": TODAY,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, None),
        ({"act_latest": date(2025, 12, 31)}, rules.LATEST_FIRST),
        ({"charged_on": date(2025, 12, 31)}, rules.CHARGED_BEFORE_ACT),
        ({"in_force": False}, rules.NOT_IN_FORCE),
        ({"accused": False}, rules.NOT_A_DEFENDANT),
        ({"survivors": False}, rules.NOT_A_SURVIVOR),
        ({"status": "convicted"}, rules.NOT_AT_ENTRY),
        ({"status": "final"}, rules.NOT_AT_ENTRY),
    ],
)
def test_a_charge_is_refused_with_its_sentence(change, sentence):
    assert said(rules.charge_problems(**CHARGE | change)) == ([sentence] if sentence else [])


VERDICT = {
    "instance": "first", "outcome": "guilty", "suspended": False, "contribution": "led", "status": "in_trial",
    "on": date(2026, 6, 1), "charged_on": date(2026, 3, 1), "below_on": None, "spoken": False, "today": TODAY,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, None),
        ({"status": "indicted"}, None),
        ({"status": "under_inquiry"}, rules.NOT_IN_COURT),
        ({"status": "withdrawn"}, rules.NOT_IN_COURT),
        ({"on": date(2026, 2, 28)}, rules.BEFORE_CHARGE),
        ({"contribution": ""}, rules.NEEDS_CONTRIBUTION),
        ({"outcome": "acquitted", "contribution": ""}, None),
        ({"outcome": "acquitted", "suspended": True}, rules.NOT_GUILTY_NOT_SUSPENDED),
        ({"spoken": True}, rules.ALREADY_SPOKEN),
        ({"instance": "appeal", "status": "convicted"}, None),
        ({"instance": "appeal", "status": "in_trial"}, rules.NOT_IN_COURT),
        ({"instance": "appeal", "status": "on_appeal", "below_on": date(2026, 7, 1)}, rules.BEFORE_LOWER_COURT),
        ({"instance": "appeal", "status": "on_appeal", "outcome": "dismissed"}, rules.GUILTY_OR_NOT),
    ],
)
def test_a_verdict_is_refused_with_its_sentence(change, sentence):
    assert said(rules.verdict_problems(**VERDICT | change)) == ([sentence] if sentence else [])


@pytest.mark.parametrize("row", table("verdicts.csv"), ids=lambda r: "-".join(r.values()))
def test_a_higher_court_upholds_or_reverses_as_the_table_says(row):
    assert rules.effect_of(row["outcome"], row["below"]) == row["effect"]


SENTENCE = {
    "kind": "term", "years": 4, "months": 0, "days": 0, "fine": None, "suspended": False,
    "verdict_suspended": False, "guilty": True, "sentenced": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, None),
        ({"guilty": False}, rules.NOT_GUILTY_NO_SENTENCE),
        ({"sentenced": True}, rules.SENTENCED_BEFORE),
        ({"years": 0}, rules.EMPTY_SENTENCE),
        ({"years": 0, "fine": Decimal(1)}, None),
        ({"fine": Decimal(-1)}, rules.NEGATIVE),
        ({"kind": "life"}, rules.TERM_WITH_LIFE),
        ({"kind": "life", "years": 0}, None),
        ({"suspended": True}, rules.SUSPENDED_DIFFERS),
        ({"suspended": True, "verdict_suspended": True, "years": 5}, None),
        ({"suspended": True, "verdict_suspended": True, "years": 5, "days": 1}, rules.TOO_LONG_TO_SUSPEND),
    ],
)
def test_a_sentence_is_refused_with_its_sentence(change, sentence):
    assert said(rules.sentence_problems(**SENTENCE | change)) == ([sentence] if sentence else [])


def test_a_month_counts_thirty_days_and_life_fifty_years():
    assert rules.in_months("term", 2, 3, 15) == Decimal("27.50")
    assert rules.in_months("life", 0, 0, 0) == 600


ORDER = {
    "survivor": True, "debtor": True, "route_known": True, "head_known": True, "on": date(2026, 6, 1),
    "amount": Decimal(200_000), "currency": "THB", "interest": Decimal(0), "interest_from": None, "today": TODAY,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, None),
        ({"survivor": False}, rules.NOT_A_SURVIVOR),
        ({"debtor": False}, rules.NOT_A_DEFENDANT),
        ({"route_known": False}, rules.NO_SUCH_ROUTE),
        ({"head_known": False}, rules.NO_SUCH_HEAD),
        ({"amount": Decimal(0)}, rules.NOT_ABOVE_ZERO),
        ({"currency": "baht"}, rules.NOT_A_CURRENCY),
        ({"interest": Decimal(101), "interest_from": TODAY}, rules.INTEREST_RANGE),
        ({"interest": Decimal(5)}, rules.INTEREST_NEEDS_DAY),
    ],
)
def test_an_order_is_refused_with_its_sentence(change, sentence):
    assert said(rules.order_problems(**ORDER | change)) == ([sentence] if sentence else [])


PAYMENT = {
    "amount": Decimal(1), "currency": "THB", "on": TODAY, "today": TODAY, "collected": False, "direct": True,
    "survivor": True, "route_known": True, "needs_order": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, None),
        ({"amount": Decimal("-1")}, rules.NOT_ABOVE_ZERO),
        ({"survivor": False}, rules.NEEDS_SURVIVOR),
        ({"route_known": False}, rules.NO_SUCH_ROUTE),
        ({"needs_order": True}, rules.NEEDS_ORDER),
        ({"collected": True}, rules.COLLECTED_NOT_DIRECT),
    ],
)
def test_a_payment_is_refused_with_its_sentence(change, sentence):
    assert said(rules.payment_problems(**PAYMENT | change)) == ([sentence] if sentence else [])


@pytest.mark.parametrize("row", table("due_with_interest.csv"), ids=lambda r: f"{r['amount']}-{r['on']}")
def test_the_most_that_can_be_due_is_that_of_the_table(row):
    since = date.fromisoformat(row["from"]) if row["from"] else None
    on = date.fromisoformat(row["on"])
    assert rules.most(Decimal(row["amount"]), Decimal(row["interest"]), since, on) == Decimal(row["most"])


def balance(collected=(), direct=(), passed_on=(), interest=Decimal(0)):
    day = date(2026, 6, 1)
    return said(rules.balance_problems(
        amount=Decimal(100), interest=interest, interest_from=day, ordered_on=day, currency="THB",
        collected=list(collected), direct=list(direct), passed_on=list(passed_on),
    ))  # fmt: skip


def test_money_follows_its_order_on_every_day():
    early, first, later = date(2026, 5, 31), date(2026, 6, 1), date(2026, 7, 1)
    assert balance(direct=[(first, Decimal(100))]) == []
    assert balance(direct=[(early, Decimal(1))]) == [rules.BEFORE_ORDER]
    assert balance(direct=[(first, Decimal("100.01"))]) == [rules.ABOVE_ORDERED]
    assert balance(collected=[(first, Decimal(60))], direct=[(later, Decimal(41))]) == [rules.ABOVE_ORDERED]
    assert balance(collected=[(later, Decimal(60))], passed_on=[(first, Decimal(60))]) == [rules.ABOVE_COLLECTED]
    assert balance(collected=[(first, Decimal(60))], passed_on=[(later, Decimal(60))]) == []
    assert balance(direct=[(later, Decimal("100.41"))], interest=Decimal(5)) == []
    assert balance(direct=[(first, Decimal("100.41"))], interest=Decimal(5)) == [rules.ABOVE_ORDERED]


AMOUNTS = st.lists(
    st.tuples(st.dates(date(2026, 6, 1), TODAY), st.decimals(Decimal("0.01"), 80, places=2)), max_size=5
)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_what_the_rule_lets_pass_was_ordered_then_received_then_paid(collected, direct, passed_on):
    if balance(collected, direct, passed_on) == []:
        received = rules.total([*collected, *direct])
        assert Decimal(100) >= received >= rules.total([*direct, *passed_on])
