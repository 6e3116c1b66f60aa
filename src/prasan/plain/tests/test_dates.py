"""Days and instants in both eras."""

import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.plain import dates
from prasan.plain.problem import Refused

all_days = st.dates(date(dates.FIRST_YEAR, 1, 1), date(dates.LAST_YEAR, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-15",
        "2567-02-15",
        "2024/2/15",
        "15/2/2024",
        "15/02/2567",
        "15-2-2567",
        "15.2.2567",
        "15 ก.พ. 2567",
        "15 กพ 2567",
        "15ก.พ.2567",
        "15 กุมภาพันธ์ 2567",
        "วันที่ 15 กุมภาพันธ์ พ.ศ. 2567",
        "15 กุมภาพันธ์ พศ 2567",
        "15 ก.พ. ค.ศ. 2024",
        "๑๕ ก.พ. ๒๕๖๗",
        "๑๕/๐๒/๒๕๖๗",
        "15 Feb 2024",
        "15 february 2024",
        "15-Feb-2024",
        "15th Feb. 2024",
        "February 15, 2024",
        "Feb 15th 2024",
        "15 February 2567 B.E.",
        "15 Feb 2024 CE",
        "  15   ก.พ.  2567 ",
    ],
)
def test_a_day_is_read_as_people_write_it(text):
    assert dates.parse_date(text) == date(2024, 2, 15)


def test_a_year_above_2400_is_read_as_buddhist_era():
    assert dates.parse_date("1/1/2401") == date(1858, 1, 1)
    assert dates.parse_date("1/1/2400") == date(2400, 1, 1)


def test_the_mark_of_the_era_wins_over_the_size_of_the_year():
    with pytest.raises(Refused, match="out of range"):
        dates.parse_date("15 ก.พ. พ.ศ. 2024")
    with pytest.raises(Refused, match="out of range"):
        dates.parse_date("15 Feb 2567 CE")


@pytest.mark.parametrize("text", ["29/2/2566", "31/4/2567", "2024-13-01", "0/1/2024"])
def test_a_day_that_the_calendar_lacks_is_refused_with_its_parts(text):
    with pytest.raises(Refused, match="There is no day"):
        dates.parse_date(text)


def test_the_leap_day_is_that_of_the_common_year():
    assert dates.parse_date("29/2/2567") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["", "soon", "15/2/67", "15 Foo 2024", "Foo 15, 2024", "15/2-2024", "2024", "1" * 500, "today"]
)
def test_what_is_no_date_is_refused_and_echoed(text):
    with pytest.raises(Refused) as refused:
        dates.parse_date(text)
    (problem,) = refused.value.problems
    assert problem.message == dates.NOT_A_DAY
    assert problem.params == {"text": text}


@pytest.mark.parametrize("text", ["1/1/1857", "1/1/2944"])
def test_a_year_outside_the_range_is_refused(text):
    with pytest.raises(Refused, match="out of range"):
        dates.parse_date(text)


def test_today_and_yesterday_are_read_when_the_day_is_handed_in():
    today = date(2026, 3, 1)
    assert dates.parse_date("วันนี้", today=today) == dates.parse_date("Today", today=today) == today
    assert dates.parse_date("เมื่อวาน", today=today) == date(2026, 2, 28)
    assert dates.parse_date("15/2/2567", today=today) == date(2024, 2, 15)


@given(all_days, st.sampled_from(["th", "en"]), st.sampled_from(["arabic", "thai"]))
def test_what_is_written_is_read_back_in_both_eras(day, lang, digits):
    for style in ("long", "short"):
        assert dates.parse_date(dates.format_date(day, lang, digits, style)) == day
    assert dates.parse_date(day.isoformat()) == day
    assert dates.parse_date(f"{day.day}/{day.month}/{day.year + 543}") == day
    english, thai = dates.both_eras(day).split(" / ")
    assert dates.parse_date(english) == dates.parse_date(thai) == day


@given(st.text(max_size=60))
def test_any_text_gives_a_day_or_a_refusal(text):
    with suppress(Refused):
        assert dates.FIRST_YEAR <= dates.parse_date(text).year <= dates.LAST_YEAR


def test_a_day_is_written_in_each_language():
    day = date(2024, 2, 15)
    assert dates.format_date(day, "th") == "15 กุมภาพันธ์ 2567"
    assert dates.format_date(day, "th", style="short") == "15 ก.พ. 2567"
    assert dates.format_date(day, "th", "thai") == "๑๕ กุมภาพันธ์ ๒๕๖๗"
    assert dates.format_date(day, "en") == "15 February 2024"
    assert dates.format_date(day, "en", "thai", "short") == "15 Feb 2024"
    assert dates.both_eras(day) == "15 February 2024 / 15 กุมภาพันธ์ 2567"
    assert dates.format_year(2024, "th") == "2567"
    assert dates.format_year(2024, "th", "thai") == "๒๕๖๗"
    assert dates.format_year(2024, "en", "thai") == "2024"


def test_an_instant_is_written_as_on_the_wall_in_bangkok():
    at = datetime(2024, 2, 15, 15, 30, tzinfo=UTC)
    assert dates.format_instant(at, "en") == "15 February 2024, 22:30"
    assert dates.format_instant(at, "th", style="short") == "15 ก.พ. 2567 22:30 น."
    assert dates.format_instant(at, "th", "thai") == "๑๕ กุมภาพันธ์ ๒๕๖๗ ๒๒:๓๐ น."
    assert dates.format_instant(at, "en", zone=UTC).endswith("15:30")
    assert dates.local_day(datetime(2024, 2, 15, 17, 0, tzinfo=UTC)) == date(2024, 2, 16)


def test_an_instant_without_a_zone_is_an_error():
    with pytest.raises(ValueError, match="time zone"):
        dates.format_instant(datetime(2024, 2, 15), "en")


def test_a_time_of_day_is_read_and_joined_to_its_day():
    assert dates.parse_time("๒๒.๓๐ น.") == dates.parse_time("22:30") == time(22, 30)
    assert dates.instant(date(2024, 2, 15), time(6, 0)) == datetime(2024, 2, 14, 23, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="not a time of day"):
        dates.parse_time("25:00")


def test_writing_a_date_does_not_import_the_thai_library():
    code = (
        "import sys; from datetime import date; from prasan.plain.dates import format_date, parse_date;"
        "from prasan.plain.text import normalise; parse_date(format_date(date(2024, 2, 15), 'th'));"
        "normalise('plain  text'); sys.exit(any(name.startswith('pythainlp') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
