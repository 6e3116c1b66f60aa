"""Days, money and figures are written for the reader, and a figure never says more than its table."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from prasan.plain.problem import Problem
from prasan.web import charts, fields, forms, preferences, qr, values
from prasan.web.csp import POLICY


def written(text: str, **given: object) -> str:
    return Template("{% load show govuk %}" + text).render(Context(given))


@pytest.mark.parametrize(("lang", "word"), [("th", "บาท"), ("en", "THB")])
def test_the_currency_beside_an_amount_is_named_in_the_language_of_the_page(lang, word):
    with translation.override(lang):
        assert forms.MoneyField().suffix == word
        assert values.money_kept("200,000 THB") == f"200,000 {word}"
        assert fields.sentence(Problem("%(most)s %(currency)s", params={"most": "5", "currency": "THB"})) == f"5 {word}"
    with translation.override("th"):
        assert values.money_kept("350 NZD") == "350 NZD"


@pytest.mark.parametrize(("text", "kept"), [
    ("TH-2026-0042", True), ("P-7K3M9QA", True), ("L-7K3M9Q2", True), ("Chon-Buri", False), ("2026-01-02", False),
    ("", False), ("A-1", False),
])  # fmt: skip
def test_a_code_in_a_cell_is_never_broken_and_other_text_is_left_alone(text, kept):
    head, rows = [{"key": "a", "text": "A"}, {"key": "b", "text": "B"}], [{"a": text, "b": text, "href": "/x/"}]
    cells = written("{% table head rows %}", head=head, rows=rows)
    assert cells.count("prasan-code") == (2 if kept else 0)
    assert written("{% summary rows %}", rows=[{"label": "L", "value": text}]).count("prasan-code") == kept


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "{{ on|day }}", "15 February 2024"),
        ("th", "{{ on|day }}", "15 กุมภาพันธ์ 2567"),
        ("th", '{{ on|day:"short" }}', "15 ก.พ. 2567"),
        ("en", "{{ at|instant }}", "15 February 2024, 22:30"),
        ("th", "{{ y|year }}", "2567"),
        ("en", "{{ y|year }}", "2024"),
        ("th", '{{ amount|money:"THB" }}', "200,000 บาท"),
        ("en", "{{ amount|number }}", "200,000"),
        ("en", "{{ nothing|day }}{{ nothing|instant }}{{ nothing|money }}{{ nothing|number }}", ""),
    ],
)
def test_a_value_is_written_in_the_language_of_the_reader(lang, text, expected):
    with translation.override(lang):
        at = datetime(2024, 2, 15, 15, 30, tzinfo=UTC)
        shown = written(text, on=date(2024, 2, 15), at=at, y=2024, amount=Decimal("200000"), nothing=None)
    assert shown == expected


def test_thai_digits_are_written_when_the_person_chose_them():
    preferences.digits.set(preferences.THAI)
    with translation.override("th"):
        assert written("{{ on|day }}", on=date(2024, 2, 15)) == "๑๕ กุมภาพันธ์ ๒๕๖๗"


def test_what_is_absent_is_said_and_text_stays_text():
    assert "Not recorded" in values.shown(None)
    assert written("{{ v|shown }}", v="<b>") == "&lt;b&gt;"
    assert "<b>" not in values.shown({"href": "/x/", "text": "<b>"})
    assert "<b>" not in values.shown({"tag": "<b>", "colour": "red"})
    assert values.shown(["a", "<b>"]) == "a<br>&lt;b&gt;"
    assert values.shown(True) == "Yes"


def test_a_table_opens_its_record_from_the_first_cell_only():
    head = [{"key": "code", "text": "Code"}, {"key": "people", "text": "People", "numeric": True}]
    body = written(
        "{% table head rows %}", head=head, rows=[{"href": "/c/1/", "code": "<C>", "people": 1200}]
    )
    assert (
        '<th scope="row" class="govuk-table__header"><a class="govuk-link" href="/c/1/">&lt;C&gt;</a></th>'
        in body
    )
    assert 'govuk-table__cell--numeric" data-head="People">1,200</td>' in body


def test_the_steps_leave_a_gap_where_the_tier_is_not_known():
    whole = charts.steps("T", "D", [(2001, "2"), (2002, "2"), (2003, "2")], ident="a")
    gap = charts.steps("T", "D", [(2001, "2"), (2002, None), (2003, "2")], ident="a")
    assert whole.count('stroke-width="2.5"') == 2
    assert gap.count('stroke-width="2.5"') == 0


def test_each_tier_has_its_own_shape_and_colour():
    assert len(set(charts.TIERS.values())) == len({shape for shape, _colour in charts.TIERS.values()}) == 4


def test_years_of_a_figure_are_buddhist_in_thai():
    with translation.override("th"):
        assert ">2544<" in charts.steps("T", "D", [(2001, "2")], ident="a")


def test_bars_start_at_zero_and_mark_the_provisional_and_the_unknown():
    drawn = charts.bars(
        "T",
        "D",
        [charts.Bar("a", 10), charts.Bar("b", 5, provisional=True), charts.Bar("c", None)],
        ident="x",
    )
    heights = [
        float(height)
        for height in re.findall(r'<rect x="[^"]+" y="[^"]+" width="[^"]+" height="([^"]+)"', drawn)
    ]
    assert heights[0] == 2 * heights[1]
    assert drawn.count('fill="#fff" stroke=') == 1
    assert 'fill="url(#x-hatch)"' in drawn
    assert ">?<" in drawn


def test_a_funnel_hatches_who_may_still_come_this_far():
    drawn = charts.funnel("T", "D", [charts.Stage("Identified", 78), charts.Stage("Paid", 3, 21)], ident="f")
    assert drawn.count('fill="url(#f-hatch)"') == 1
    assert ">3 + 21<" in drawn


def test_a_figure_speaks_carries_its_table_and_stays_inside_the_policy():
    drawn = charts.bars('<b>&"', "Told in a <i>sentence</i>", [charts.Bar("<x>", 1)], ident="q")
    body = charts.figure(drawn, ["Year", "People"], [["<x>", 1]], "Caption")
    assert 'role="img" aria-labelledby="q-title q-desc"' in body
    assert '<title id="q-title">&lt;b&gt;&amp;&quot;</title>' in body
    assert "style=" not in body
    assert "<script" not in body
    assert "<x>" not in body
    assert "<table" in body


def test_the_square_of_the_authenticator_keeps_only_its_shape():
    drawn = qr.inline(
        '<svg viewBox="0 0 2 2"><script>x</script><path d="M0,0H1V1z" style="a"/></svg>', label="L"
    )
    assert 'd="M0,0H1V1z"' in drawn
    assert "script" not in drawn
    assert "style" not in drawn
    with pytest.raises(ValueError, match="QR"):
        qr.inline("<svg/>", label="L")


def test_the_policy_opens_nothing_unsafe():
    assert "unsafe" not in str(POLICY)
    assert POLICY["trusted-types"] == ["htmx"]
