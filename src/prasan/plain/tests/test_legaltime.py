"""Legal time against a table that a lawyer can read, and against properties that hold for every day."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.plain import legaltime
from prasan.plain.legaltime import Roll, Unit, before, end_of, extend

with (Path(__file__).parent / "golden" / "legaltime.csv").open(encoding="utf-8", newline="") as table:
    GOLDEN = list(csv.DictReader(table))

days = st.dates(date(1900, 1, 1), date(2300, 12, 31))
months = st.integers(1, 60)


def read(written: str) -> date:
    """Read a cell of the table: an instant when it has a time, else a day."""
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['event']}+{row['length']}{row['unit']}")
def test_the_lawyers_table_holds(row):
    length = Decimal(row["length"]) if "." in row["length"] else int(row["length"])
    got = end_of(
        read(row["event"]),
        length,
        row["unit"],
        holidays={date.fromisoformat(day) for day in row["holidays"].split()},
        roll=row["roll"],
        first_day_counts=row["first_day_counts"] == "yes",
    )
    assert (got.end, got.unmoved, got.act_by) == tuple(
        map(read, (row["expected_end"], row["unmoved"], row["act_by"]))
    )
    named = {step.section for step in got.steps}
    for section in row["section"].split(" + "):
        assert any(step.startswith(section) for step in named)


@given(days, months, st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.WORKING_DAYS]))
def test_a_later_event_never_ends_earlier(day, length, unit):
    one = end_of(day, length, unit)
    other = end_of(day + timedelta(days=1), length, unit)
    assert one.end <= other.end
    assert one.unmoved <= other.unmoved


@given(days, months, st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.WORKING_DAYS]))
def test_a_longer_period_ends_later(day, length, unit):
    assert end_of(day, length, unit, roll="never").end < end_of(day, length + 1, unit, roll="never").end


@given(days, months)
def test_months_from_a_months_last_day_end_with_a_months_last_day(day, length):
    last = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    end = end_of(last, length, Unit.MONTHS, roll=Roll.NEVER).end
    assert (end + timedelta(days=1)).day == 1
    assert (end.year * 12 + end.month) - (last.year * 12 + last.month) == length


@given(days, months)
def test_the_end_of_months_is_the_day_of_the_event_or_a_months_last_day(day, length):
    end = end_of(day, length, Unit.MONTHS, roll=Roll.NEVER).end
    assert end.day == day.day or (end + timedelta(days=1)).day == 1


@given(days, st.integers(1, 20))
def test_years_are_twelve_months_each(day, length):
    assert end_of(day, length, Unit.YEARS).end == end_of(day, 12 * length, Unit.MONTHS).end


@given(days, st.integers(1, 200))
def test_weeks_are_seven_days_each(day, length):
    assert end_of(day, length, Unit.WEEKS).end == end_of(day, 7 * length, Unit.DAYS).end


@given(st.datetimes(datetime(1950, 1, 1), datetime(2200, 1, 1)), st.integers(1, 2000))
def test_hours_are_exact_to_the_minute_through_days_off(at, hours):
    start = at.replace(tzinfo=UTC)
    got = end_of(start, hours, Unit.HOURS, holidays={at.date()}, roll=Roll.NEXT)
    assert got.end - start == timedelta(hours=hours)
    assert got.end == got.unmoved == got.act_by == got.deadline()


@given(days, st.integers(1, 400), st.sets(days, max_size=5))
def test_a_moved_end_is_a_working_day_and_what_lies_between_is_off(day, length, holidays):
    got = end_of(day, length, Unit.DAYS, holidays=holidays)
    assert got.act_by <= got.unmoved <= got.end
    assert legaltime.is_working_day(got.end, holidays)
    assert legaltime.is_working_day(got.act_by, holidays)
    between = (got.end - got.act_by).days
    off = [got.act_by + timedelta(days=n) for n in range(1, between)]
    assert not any(legaltime.is_working_day(each, holidays) for each in off)


def test_an_evening_in_utc_is_the_next_day_in_bangkok():
    evening = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
    assert end_of(evening, 1, "days", roll="never").end == date(2026, 3, 4)
    assert end_of(evening, 1, "days", roll="never", zone=UTC).end == date(2026, 3, 3)


def test_half_an_hour_is_thirty_minutes():
    start = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
    assert end_of(start, Fraction(1, 2), "hours").end == datetime(2026, 3, 2, 18, 30, tzinfo=UTC)


def test_a_day_ends_at_its_midnight_in_bangkok():
    got = end_of(date(2026, 3, 2), 1, "days")
    assert got.end == date(2026, 3, 3)
    assert got.deadline() == datetime(2026, 3, 3, 17, 0, tzinfo=UTC)


def test_an_extension_runs_from_the_old_last_day_before_it_was_moved():
    old = end_of(date(2026, 3, 6), 15, "days")
    assert (old.unmoved, old.end) == (date(2026, 3, 21), date(2026, 3, 23))
    longer = extend(old, 15, "days")
    assert longer.end == longer.unmoved + timedelta(days=1) == date(2026, 4, 6)
    assert longer.steps[0].section == "CCC 193/7"


def test_an_extension_by_months_takes_the_day_after_as_its_first():
    old = end_of(date(2026, 1, 31), 1, "months", roll="never")
    assert old.end == date(2026, 2, 28)
    assert extend(old, 1, "months", roll="never").end == date(2026, 3, 31)


def test_hours_are_extended_from_the_instant_and_days_from_its_day():
    old = end_of(datetime(2026, 3, 2, 15, 30, tzinfo=UTC), 24, "hours")
    assert extend(old, 24, "hours").end == datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
    assert extend(old, 7, "days", roll="never").end == date(2026, 3, 10)


def test_a_notice_of_fourteen_days_before_a_hearing_moves_back():
    assert before(date(2026, 6, 28), 14).end == date(2026, 6, 12)
    assert before(date(2026, 6, 29), 14).end == date(2026, 6, 15)
    assert before(date(2026, 6, 29), 2, "weeks").end == date(2026, 6, 15)
    hearing = datetime(2026, 6, 28, 20, 0, tzinfo=UTC)  # the 29th in Bangkok
    assert before(hearing, 14).end == date(2026, 6, 15)


def test_working_days_before_a_hearing_pass_over_days_off():
    songkran = {date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)}
    assert before(date(2026, 4, 17), 2, "working days", holidays=songkran).end == date(2026, 4, 10)


def test_the_steps_speak_both_calendars():
    steps = end_of(date(2026, 1, 15), 1, "months").steps
    assert [step.section for step in steps] == ["CCC 193/3 ¶2", "CCC 193/5 ¶2", "CCC 193/8"]
    assert "16 January 2026" in steps[0].text()
    assert "16 กุมภาพันธ์ 2569" in steps[2].text("th", lambda message: message)


def test_a_step_of_hours_shows_the_time_in_bangkok():
    (step,) = end_of(datetime(2026, 3, 2, 15, 30, tzinfo=UTC), 24, "hours").steps
    assert step.text().endswith("to 3 March 2026, 22:30.")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: end_of(date(2026, 1, 1), 0, "days"),
        lambda: end_of(date(2026, 1, 1), 1, "fortnights"),
        lambda: end_of(date(2026, 1, 1), 1, "days", roll="sideways"),
        lambda: end_of(date(2026, 1, 1), 24, "hours"),
        lambda: end_of(datetime(2026, 1, 1), 24, "hours"),
        lambda: end_of(date(2026, 1, 1), Decimal("1.5"), "days"),
        lambda: end_of(date(2026, 1, 1), Decimal("0.55"), "months"),
        lambda: extend(end_of(date(2026, 1, 1), 1, "days"), 0, "days"),
        lambda: before(date(2026, 1, 1), 1, "months"),
        lambda: before(date(2026, 1, 1), 0),
    ],
)
def test_a_period_that_makes_no_sense_is_an_error(wrong):
    with pytest.raises(ValueError):
        wrong()
