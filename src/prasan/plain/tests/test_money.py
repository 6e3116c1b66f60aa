"""Amounts: read, held, written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.plain import money
from prasan.plain.money import Money
from prasan.plain.problem import Refused

amounts = st.decimals(min_value=0, max_value=Decimal("9999999999999.99"), places=2)


@pytest.mark.parametrize(
    "text",
    [
        "200000",
        "200,000",
        "200,000.00",
        "฿200,000",
        "200,000 บาท",
        "๒๐๐,๐๐๐ บาท",
        "THB 200 000",
        "200,000.-",
        " 200000.0 ",
    ],
)
def test_an_amount_is_read_as_people_write_it(text):
    assert money.parse_amount(text) == Decimal("200000.00")


@given(amounts, st.sampled_from(["en", "th"]), st.sampled_from(["arabic", "thai"]))
def test_what_is_written_is_read_back_to_the_satang(amount, lang, digits):
    assert money.parse_amount(money.format_money(amount, "THB", lang, digits)) == amount


@pytest.mark.parametrize(
    "text", ["", "many", "1,00", "12,34,567", "1.2.3", "NaN", "1e5", "Infinity", "10 EUR"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Refused, match="is not an amount"):
        money.parse_amount(text)


def test_three_decimals_are_refused_for_they_may_be_thousands():
    with pytest.raises(Refused, match="two decimals"):
        money.parse_amount("1.500")


def test_an_amount_beyond_the_column_is_refused():
    assert money.parse_amount("9" * money.WHOLE_DIGITS) == Decimal("9999999999999.00")
    with pytest.raises(Refused, match="too large"):
        money.parse_amount("1" + "0" * money.WHOLE_DIGITS)


def test_below_zero_only_where_it_is_allowed():
    assert money.parse_amount("-5.50", negative=True) == Decimal("-5.50")
    with pytest.raises(Refused, match="below zero"):
        money.parse_amount("−5.50")
    assert str(money.parse_amount("-0")) == "0.00"


def test_money_is_written_in_each_language():
    assert money.format_money(Decimal(200000), "THB", "en") == "200,000 THB"
    assert money.format_money(Decimal(200000), "THB", "th") == "200,000 บาท"
    assert money.format_money(Decimal("1234.5"), "THB", "th", "thai") == "๑,๒๓๔.๕๐ บาท"
    assert money.format_money(Decimal(995000), "NZD", "th") == "995,000 NZD"
    assert Money(Decimal("0.5"), "USD").text("en", "thai") == "0.50 USD"
    assert money.format_number(1234567, "en") == "1,234,567"


def test_compensation_is_written_in_thai_words():
    assert money.baht_words(Decimal(200000)) == "สองแสนบาทถ้วน"
    assert money.baht_words(Decimal("21.25")) == "ยี่สิบเอ็ดบาทยี่สิบห้าสตางค์"
    assert money.baht_words(Decimal("9999999999999.99")).endswith("เก้าสิบเก้าสตางค์")
    for amount in (Decimal(-1), Decimal("10000000000000")):
        with pytest.raises(ValueError):
            money.baht_words(amount)


@given(amounts, amounts)
def test_one_currency_adds_and_takes_away(one, other):
    total = Money(one, "THB") + Money(other, "THB")
    assert total - Money(other, "THB") == Money(one, "THB")


def test_currencies_are_never_added_to_one_another():
    with pytest.raises(ValueError, match="never added"):
        Money(Decimal(1), "THB") + Money(Decimal(1), "NZD")
    mixed = [Money(Decimal(2), "THB"), Money(Decimal(1), "NZD"), Money(Decimal(3), "THB")]
    assert money.totals(mixed) == {"NZD": Decimal(1), "THB": Decimal(5)}


@pytest.mark.parametrize(
    ("amount", "currency"), [(1.5, "THB"), (Decimal("NaN"), "THB"), (Decimal(1), "thb"), (Decimal(1), "Baht")]
)
def test_money_insists_on_a_decimal_and_a_code(amount, currency):
    with pytest.raises(ValueError):
        Money(amount, currency)
