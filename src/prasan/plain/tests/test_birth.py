"""Birth dates known in part, and ages that follow from them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.plain import birth
from prasan.plain.birth import PartialDate
from prasan.plain.problem import Refused

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@st.composite
def partial_dates(draw):
    """Draw a day and forget some of it."""
    day, known = draw(days), draw(st.integers(1, 3))
    parts = (day.year, day.month, day.day)[:known]
    return PartialDate(*parts, about=draw(st.booleans()))


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2005", "2005"),
        ("2548", "2005"),
        ("พ.ศ. ๒๕๔๘", "2005"),
        ("about 2005", "2005~"),
        ("ประมาณ 2548", "2005~"),
        ("ราวๆ 2548", "2005~"),
        ("c. 2005", "2005~"),
        ("2005~", "2005~"),
        ("June 2005", "2005-06"),
        ("มิ.ย. 2548", "2005-06"),
        ("about มิถุนายน พ.ศ. 2548", "2005-06~"),
        ("6/2548", "2005-06"),
        ("2005-06", "2005-06"),
        ("00/00/2548", "2005"),
        ("00/06/2548", "2005-06"),
        ("2548-06-00", "2005-06"),
        ("15/6/2548", "2005-06-15"),
        ("15 มิ.ย. 2548", "2005-06-15"),
        ("15 มิ.ย. พ.ศ. 2548", "2005-06-15"),
        ("~15 June 2005", "2005-06-15~"),
    ],
)
def test_as_much_as_is_known_is_read(text, stored):
    assert PartialDate.parse(text).iso() == stored


@pytest.mark.parametrize("text", ["", "unknown", "13/2005", "2005-13", "Foo 2005", "about"])
def test_what_is_no_birth_date_is_refused(text):
    with pytest.raises(Refused, match="is not a birth date"):
        PartialDate.parse(text)


def test_a_day_that_the_calendar_lacks_says_so():
    with pytest.raises(Refused, match="There is no day 31"):
        PartialDate.parse("31/6/2548")


@given(partial_dates(), st.sampled_from(["en", "th"]), st.sampled_from(["arabic", "thai"]))
def test_what_is_written_is_read_back(born, lang, digits):
    assert PartialDate.parse(born.iso()) == born
    assert PartialDate.parse(born.text(lang, digits)) == born


@given(partial_dates())
def test_the_bounds_hold_the_parts_that_are_known(born):
    assert born.earliest() <= born.latest()
    whole = date(born.year, born.month or 1, born.day or 1)
    assert born.earliest() <= whole <= born.latest()
    assert PartialDate(born.year, born.month, born.day).earliest() >= born.earliest()


def test_the_bounds_of_each_precision():
    bounds = {
        "2005": (date(2005, 1, 1), date(2005, 12, 31)),
        "2005~": (date(2004, 1, 1), date(2006, 12, 31)),
        "2004-02": (date(2004, 2, 1), date(2004, 2, 29)),
        "2005-01~": (date(2004, 12, 1), date(2005, 2, 28)),
        "2005-12~": (date(2005, 11, 1), date(2006, 1, 31)),
        "2005-06-15": (date(2005, 6, 15), date(2005, 6, 15)),
        "2005-06-15~": (date(2005, 6, 8), date(2005, 6, 22)),
    }
    for stored, expected in bounds.items():
        born = PartialDate.parse(stored)
        assert (born.earliest(), born.latest()) == expected


def test_a_birth_date_stays_out_of_logs():
    assert "2005" not in repr(PartialDate(2005, 6, 15))
    assert "2005" not in str(PartialDate(2005, 6, 15))


def test_an_impossible_birth_date_is_an_error():
    with pytest.raises(ValueError, match="month"):
        PartialDate(2005, day=15)
    with pytest.raises(ValueError):
        PartialDate(2005, 2, 30)


@given(days, st.integers(0, 40000))
def test_an_age_known_to_the_day_is_one_number(day, later):
    on = day + timedelta(days=later)
    least, greatest = birth.age_range(PartialDate.of(day), on)
    assert least == greatest
    assert birth.birthday(day, least) <= on < birth.birthday(day, least + 1)


@given(partial_dates(), st.integers(0, 40000))
def test_an_age_range_holds_the_age_of_every_possible_day(born, later):
    on = born.latest() + timedelta(days=later)
    least, greatest = birth.age_range(born, on)
    assert birth.age_range(PartialDate.of(born.earliest()), on) == (greatest, greatest)
    assert birth.age_range(PartialDate.of(born.latest()), on) == (least, least)


def test_a_child_born_within_the_known_year_is_not_below_zero():
    assert birth.age_range(PartialDate(2026), date(2026, 3, 1)) == (0, 0)


def test_a_birth_after_the_day_is_refused():
    with pytest.raises(Refused, match="lies after"):
        birth.age_range(PartialDate(2027), date(2026, 3, 1))


def test_a_person_becomes_adult_on_the_birthday_and_not_a_day_before():
    born = PartialDate(2008, 5, 20)
    assert birth.age_group(born, date(2026, 5, 19)) == "child"
    assert birth.age_group(born, date(2026, 5, 20)) == "adult"
    assert not birth.straddles(born, date(2026, 5, 19))


def test_one_born_on_the_leap_day_becomes_adult_on_the_first_of_march():
    born = PartialDate(2008, 2, 29)
    assert birth.age_group(born, date(2026, 2, 28)) == "child"
    assert birth.age_group(born, date(2026, 3, 1)) == "adult"


def test_an_age_on_both_sides_of_the_line_is_a_child_and_says_so():
    born = PartialDate(2008)
    assert birth.age_group(born, date(2026, 5, 20)) == "child"
    assert birth.straddles(born, date(2026, 5, 20))
    assert birth.age_group(born, date(2026, 12, 31)) == "adult"
    assert not birth.straddles(born, date(2026, 12, 31))


def test_without_any_birth_date_the_group_is_unknown():
    assert birth.age_group(None, date(2026, 5, 20)) == "unknown"
    assert not birth.straddles(None, date(2026, 5, 20))


def test_a_person_of_fifteen_years_and_one_day_is_over_fifteen():
    born = PartialDate(2011, 5, 20)
    assert birth.is_over(born, 15, date(2026, 5, 20)) is False
    assert birth.is_over(born, 15, date(2026, 5, 21)) is True
    assert birth.is_over(PartialDate(2011), 15, date(2026, 5, 21)) is None
    assert birth.is_under(born, 15, date(2026, 5, 19)) is True
    assert birth.is_under(born, 15, date(2026, 5, 20)) is False
