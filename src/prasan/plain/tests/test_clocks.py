"""Clocks of the law against a table that a lawyer can read, and against properties that hold for every start."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan import packs
from prasan.plain.branches import LIFE, Circumstances, Scale
from prasan.plain.clocks import Clock, Computed, Extend, Extension, Kind, compute, standing
from prasan.plain.dates import BANGKOK, both_eras, local_day
from prasan.plain.legaltime import Roll, Unit
from prasan.plain.moments import read_extension, read_moment, read_penalty
from prasan.plain.problem import Refused

with (Path(__file__).parent / "golden" / "clocks.csv").open(encoding="utf-8", newline="") as table:
    GOLDEN = list(csv.DictReader(table))

CODES = sorted(packs.clocks())
PROTECTIVE = ("temporary-protection", "court-extension", "arrest-to-court", "remand")
DATED = [code for code, one in packs.clocks().items() if one.kind in (Kind.LENGTH, Kind.BEFORE_EVENT)]
KNOWN = Circumstances(max_penalty_years=Decimal(12))
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
NAMES = {"age": "victim_age", "max": "max_penalty_years", "until": "ordered_until"}
READ = {"age": int, "max": read_penalty, "until": date.fromisoformat, "offence_on": date.fromisoformat}


def told(written: str) -> Circumstances:
    """Read the circumstances of a row of the table."""
    known: dict[str, object] = {}
    for part in written.split():
        key, _, value = part.partition("=")
        read = READ.get(key, str)
        known[NAMES.get(key, key)] = read(value) if value else True
    if "aggravated" in known:
        known["aggravated"] = (known["aggravated"],)
    return Circumstances(**known)  # type: ignore[arg-type]


def run(code: str, start: date, circumstances: Circumstances = KNOWN, *extensions: Extension) -> Computed:
    """Reckon a clock of the pack on its own days off."""
    clock = packs.clocks()[code]
    off = packs.holidays(clock.calendar)
    return compute(clock, start, circumstances, holidays=off, extensions=extensions)


def said(found: Computed) -> str:
    """All that is said with a result, in English."""
    return " ".join(one.text() for one in (*found.steps, *found.warnings))


def end_of_row(found: Computed) -> str:
    """Write an end as the table does."""
    if isinstance(found.end, datetime):
        return found.end.astimezone(BANGKOK).isoformat(timespec="minutes")
    if found.end:
        return found.end.isoformat()
    return f"until {found.event}" if found.event else "none"


@pytest.mark.parametrize("row", GOLDEN, ids=lambda r: " ".join((r["clock"], r["start"], r["told"], r["extend"])))
def test_the_lawyers_table_holds(row):
    granted = [read_extension(each) for each in row["extend"].split(";") if each.strip()]
    found = run(row["clock"], read_moment(row["start"]), told(row["told"]), *granted)
    act_by = found.act_by.isoformat() if found.act_by else ""
    got = (end_of_row(found), act_by, "yes" if found.confirmed else "no")
    assert got == (row["end"], row["act_by"], row["confirmed"])
    assert found.basis == packs.clocks()[row["clock"]].basis


def test_the_table_names_every_clock_of_the_pack():
    assert {row["clock"] for row in GOLDEN} == set(CODES)
    assert len(GOLDEN) >= 60


@pytest.mark.parametrize("code", DATED)
@given(start=instants, later=st.integers(0, 400))
@settings(max_examples=25, deadline=None)
def test_a_later_start_never_ends_earlier(code, start, later):
    one, other = run(code, start), run(code, start + timedelta(hours=later))
    assert one.ends_at is not None
    assert other.ends_at is not None
    assert one.ends_at <= other.ends_at


@pytest.mark.parametrize("code", PROTECTIVE)
@given(start=instants)
@settings(max_examples=25, deadline=None)
def test_no_day_off_lengthens_a_limit_that_protects_liberty(code, start):
    clock = packs.clocks()[code]
    every_day = {local_day(start) + timedelta(days=n) for n in range(120)}
    free, closed = compute(clock, start, KNOWN), compute(clock, start, KNOWN, holidays=every_day)
    assert clock.liberty
    assert free.end == closed.end == closed.unmoved


@given(start=days, code=st.sampled_from(DATED))
@settings(max_examples=60, deadline=None)
def test_both_eras_give_the_same_end(start, code):
    thai = both_eras(start).split(" / ")[1]
    assert read_moment(thai) == start
    assert run(code, read_moment(thai)) == run(code, start)


@given(start=instants, code=st.sampled_from(["temporary-protection", "arrest-to-court", "breach-notice"]))
@settings(max_examples=60, deadline=None)
def test_hours_are_exact_and_do_not_care_in_which_zone_the_start_was_written(start, code):
    length = packs.clocks()[code].length
    one, other = run(code, start), run(code, start.astimezone(BANGKOK))
    assert one.end == other.end == start + timedelta(hours=length)
    assert one.ends_at == one.end


@given(start=instants)
@settings(max_examples=60, deadline=None)
def test_days_run_from_the_day_in_bangkok(start):
    assert run("reflection-a", start).end == run("reflection-a", local_day(start)).end


@given(start=days)
@settings(max_examples=100, deadline=None)
def test_an_end_that_may_move_is_a_working_day_and_an_act_is_due_before_it(start):
    found = run("limitation", start)
    off = packs.holidays("court")
    assert found.act_by is not None
    assert found.act_by <= found.unmoved <= found.end
    for day in (found.act_by, found.end):
        assert day.weekday() < 5
        assert day not in off


@given(start=days, years=st.decimals(0, 60, places=2))
@settings(max_examples=100, deadline=None)
def test_a_graver_penalty_never_shortens_remand_or_limitation(start, years):
    for code in ("remand", "limitation", "sentence-lapse"):
        ends = [
            run(code, start, Circumstances(max_penalty_years=each)).ends_at for each in (years, years + 1, LIFE)
        ]
        assert ends == sorted(ends)


def test_remand_shows_each_order_and_the_day_before():
    found = run("remand", date(2026, 1, 15))
    assert [one.end for one in found.phases] == [date(2026, 1, 15) + timedelta(days=12 * n) for n in range(1, 8)]
    assert "8 April 2026" in said(found)
    (only,) = run("remand", date(2026, 1, 15), Circumstances(max_penalty_years=Decimal("0.5"))).phases
    assert (only.number, only.end) == (1, date(2026, 1, 22))


def test_what_is_taken_for_granted_is_said():
    assert "taken as Trafficking in persons, adult victim" in said(run("remand", date(2026, 1, 15), Circumstances()))
    child = run("limitation", date(2018, 5, 20), Circumstances(victim_age=15))
    assert "taken as Trafficking in persons, victim 15 or under" in said(child)
    assert "Highest penalty of" in said(child)


def test_an_age_on_a_line_and_a_version_that_is_missing_are_said():
    line = run("limitation", date(2020, 5, 20), Circumstances(offence="cc-282", victim_age=15))
    assert "lies on a line" in said(line)
    old = run("limitation", date(2015, 3, 10), Circumstances(offence="atip-52-child"))
    assert "The scale of Trafficking in persons, victim 15 or under, or disabled on 10 March 2015" in said(old)


def test_what_is_missing_is_asked_for_and_no_day_is_guessed():
    sentence = run("sentence-lapse", date(2026, 1, 15), Circumstances())
    assert sentence.end is sentence.ends_at is sentence.late_at is None
    assert "depends on the sentence" in said(sentence)
    unknown = run("remand", date(2026, 1, 15), Circumstances(offence="cc-9999"))
    assert "does not know the highest penalty of cc-9999" in said(unknown)
    bare = replace(packs.clocks()["remand"], presumed=())
    assert "give the offence" in said(compute(bare, date(2026, 1, 15)))


def test_an_offence_that_needs_no_complaint_has_no_such_period():
    found = run("complaint-96", date(2026, 2, 10), Circumstances(offence="cc-337"))
    assert "not compoundable" in said(found)


def test_a_row_that_is_switched_off_says_so():
    assert "switched off" in said(run("reflection-b", date(2026, 3, 17)))


def test_an_end_beyond_the_known_holidays_says_so():
    clock = packs.clocks()["appeal"]
    start = date(2031, 1, 15)
    assert "2031" in said(compute(clock, start, known_years=(2026,)))
    assert not compute(clock, start, known_years=(2031,)).warnings
    assert not compute(packs.clocks()["court-extension"], start, known_years=(2026,)).warnings


def test_reflection_is_overdue_three_working_days_after_its_end():
    found = run("reflection-a", date(2026, 3, 2))
    assert found.ends_at == datetime(2026, 3, 17, 17, tzinfo=UTC)
    assert found.late_at == datetime(2026, 3, 20, 17, tzinfo=UTC)
    assert run("appeal", date(2026, 3, 2)).late_at == run("appeal", date(2026, 3, 2)).ends_at


WEEK, MONDAY = Extension(7, Unit.DAYS), date(2026, 3, 2)
BY_THE_COURT = Extend(by=("court",), length=7, unit=Unit.DAYS, times=1)


def lengthened(rule: Extend, *extensions: Extension, unit: Unit = Unit.DAYS, liberty: bool = False) -> Computed:
    """Ten days (or hours) from a Monday with these extensions."""
    start = datetime(2026, 3, 2, 3, tzinfo=UTC) if unit is Unit.HOURS else MONDAY
    clock = Clock("x", {"en": "x"}, "x", "x", Kind.LENGTH, 10, unit, extend=rule, liberty=liberty)
    return compute(clock, start, extensions=extensions)


@pytest.mark.parametrize(
    ("rule", "extensions", "against"),
    [
        (BY_THE_COURT, [], []),
        (BY_THE_COURT, [WEEK], []),
        (BY_THE_COURT, [Extension(1, Unit.WEEKS)], []),
        (BY_THE_COURT, [Extension(until=date(2026, 3, 19))], []),
        (BY_THE_COURT, [WEEK, WEEK], ["time(s) only"]),
        (BY_THE_COURT, [Extension(8, Unit.DAYS)], ["at most 7 days, not 8."]),
        (BY_THE_COURT, [Extension(2, Unit.WEEKS)], ["at most until 2026-03-19 here, not until 2026-03-26"]),
        (BY_THE_COURT, [Extension(12, Unit.MONTHS)], ["at most until 2026-03-19"]),
        (BY_THE_COURT, [Extension(until=date(2026, 3, 20))], ["at most until 2026-03-19"]),
        (BY_THE_COURT, [Extension(5, Unit.HOURS)], ["not extended by hours"]),
        (Extend(), [WEEK], ["Nobody"]),
        (Extend(by=("court",)), [WEEK, WEEK], []),
        (Extend(by=("court",), max_length=20), [WEEK, WEEK], ["at the latest on 2026-03-22, not on 2026-03-26"]),
        (Extend(by=("court",), max_length=20), [Extension(until=date(2027, 1, 1))], ["at the latest on 2026-03-22"]),
        (Extend(), [Extension(until=date(2026, 5, 1), by_hand=True)], []),
        (BY_THE_COURT, [Extension(until=date(2026, 5, 1), by_hand=True), WEEK], []),
    ],
)
def test_who_may_extend_by_how_much_how_often_and_to_which_day(rule, extensions, against):
    found = lengthened(rule, *extensions)
    assert len(found.against) == len(against)
    for problem, part in zip(found.against, against, strict=True):
        assert part in str(problem)


def test_an_extension_beyond_the_law_makes_the_end_unconfirmed_and_one_that_is_capped_does_not():
    assert not lengthened(BY_THE_COURT, Extension(2, Unit.WEEKS)).confirmed
    capped = lengthened(Extend(by=("court",), max_length=12), WEEK)
    assert (capped.end, capped.confirmed) == (date(2026, 3, 14), True)


def test_what_the_law_does_not_allow_never_lengthens_a_limit_to_liberty():
    for beyond in (Extension(2, Unit.WEEKS), Extension(500, Unit.HOURS), Extension(until=date(2027, 1, 1))):
        found = lengthened(BY_THE_COURT, beyond, unit=Unit.HOURS, liberty=True)
        assert found.end == lengthened(BY_THE_COURT, unit=Unit.HOURS, liberty=True).end
        assert found.against
        assert "limits the liberty" in said(found)
        assert lengthened(BY_THE_COURT, beyond, unit=Unit.HOURS).ends_at > found.ends_at
    week = lengthened(BY_THE_COURT, WEEK, unit=Unit.HOURS, liberty=True)
    assert (week.end, week.against) == (date(2026, 3, 9), ())


def test_an_end_set_by_hand_holds_and_an_extension_runs_on_from_it():
    set_on = Extension(until=date(2026, 5, 1), by_hand=True)
    assert lengthened(BY_THE_COURT, set_on).end == date(2026, 5, 1)
    assert lengthened(BY_THE_COURT, set_on, WEEK).end == date(2026, 5, 8)
    assert lengthened(BY_THE_COURT, WEEK, Extension(until=date(2026, 3, 1), by_hand=True)).end == date(2026, 3, 1)


def test_leave_of_the_court_to_file_later_moves_the_day_before_a_hearing():
    leave = run("witness-list", date(2026, 6, 29), KNOWN, Extension(until=date(2026, 6, 25)))
    assert (leave.end, leave.confirmed) == (date(2026, 6, 25), True)
    assert run("witness-list", date(2026, 6, 29), KNOWN, Extension(2, Unit.DAYS)).end == date(2026, 6, 24)


def test_what_has_no_period_is_not_extended():
    found = run("petition-44-1", date(2026, 1, 15), KNOWN, Extension(2, Unit.DAYS))
    assert found.end is None
    assert "no period that an extension" in said(found)


def test_an_offence_that_does_not_fit_the_age_is_said():
    found = run("limitation", date(2018, 5, 20), Circumstances(offence="atip-52-adult", victim_age=14))
    assert "another offence is at hand: atip-52-child" in said(found)
    fits = run("limitation", date(2018, 5, 20), Circumstances(offence="atip-52-adult", victim_age=30))
    assert not fits.warnings


def test_an_age_on_the_line_of_a_presumed_offence_is_said():
    for age, told in ((14, False), (15, True), (16, False), (17, True), (18, False)):
        assert ("lies on a line of the law" in said(run("remand", MONDAY, Circumstances(victim_age=age)))) is told
    assert "lies on a line" not in said(run("remand", MONDAY, Circumstances(victim_age=17, max_penalty_years=Decimal(3))))


def test_an_extension_in_hours_runs_on_from_the_instant():
    hours = Clock("x", {"en": "x"}, "x", "x", Kind.LENGTH, 24, Unit.HOURS, extend=Extend(by=("court",)))
    start = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
    found = compute(hours, start, extensions=[Extension(12, Unit.HOURS)])
    assert found.end == start + timedelta(hours=36)
    assert found.confirmed
    assert hours.name("th") == "x"


def test_standing_is_late_today_soon_or_later():
    found = run("appeal", date(2026, 3, 10))  # ends with Friday 10 April
    at = datetime(2026, 4, 10, 17, tzinfo=UTC)
    assert found.ends_at == at
    moment = timedelta(seconds=1)
    assert standing(found.ends_at, at, found.reminders) == "late"
    assert standing(found.ends_at, at - moment, found.reminders) == "today"
    assert standing(found.ends_at, at - timedelta(days=1), found.reminders) == "today"
    assert standing(found.ends_at, at - timedelta(days=1) - moment, found.reminders) == "soon"
    assert standing(found.ends_at, found.reminders[0], found.reminders) == "soon"
    assert standing(found.ends_at, found.reminders[0] - moment, found.reminders) == "later"
    assert standing(None, at, ()) == "later"


def test_reminders_go_by_the_kind_of_period():
    def dates(found: Computed) -> list[date]:
        return [local_day(one) for one in found.reminders]

    # 7, 3 and 1 working days before 10 April; 6 April is a holiday
    assert dates(run("appeal", date(2026, 3, 10))) == [date(2026, 3, 31), date(2026, 4, 7), date(2026, 4, 9)]
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert run("temporary-protection", start).reminders == (start + timedelta(hours=12), start + timedelta(hours=18))
    years = run("enforcement", date(2021, 8, 31))  # ends with 31 August 2031
    months = [date(2030, 8, 29), date(2031, 2, 28), date(2031, 5, 29), date(2031, 7, 29)]
    assert years.act_by == date(2031, 8, 29)
    assert dates(years) == months
    assert dates(run("tort", date(2026, 1, 15), Circumstances()))[0] == date(2026, 1, 15)
    assert dates(run("witness-list", date(2026, 6, 29))) == [date(2026, 6, 11), date(2026, 6, 17), date(2026, 6, 19)]
    assert run("child-interview-once", start).reminders == ()


def test_circumstances_are_kept_and_read_again():
    whole = Circumstances(
        victim_age=0,
        max_penalty_years=LIFE,
        offence="cc-282",
        aggravated=("by_force",),
        reduced=True,
        offence_on=date(2026, 1, 2),
        event="order_read",
        ordered_until=date(2026, 3, 4),
    )
    kept = whole.told()
    assert kept["max_penalty_years"] == "Infinity"
    assert Circumstances.of(kept) == whole
    assert Circumstances.of({"offence_on": date(2026, 1, 2), "not ours": 1}) == Circumstances(offence_on=date(2026, 1, 2))
    assert Circumstances().told() == {}


def test_the_newest_scale_that_is_known_is_taken_where_none_held():
    early = Scale({"en": "x"}, Decimal(12), valid_from=date(2001, 1, 1), valid_to=date(2002, 1, 1))
    late = Scale({"en": "x"}, Decimal(240), valid_from=date(2005, 1, 1))
    empty = Scale({"en": "x"}, None)
    clock = replace(packs.clocks()["limitation"], offences={"x": (empty, early, late)})
    on = Circumstances(offence="x")
    assert compute(clock, date(2001, 6, 1), on).end == date(2006, 6, 1)
    assert compute(clock, date(2003, 6, 2), on).unmoved == date(2023, 6, 2)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-15", date(2026, 1, 15)),
        ("2569-01-15", date(2026, 1, 15)),
        ("15/1/2569", date(2026, 1, 15)),
        ("๑๕ ม.ค. ๒๕๖๙", date(2026, 1, 15)),
        ("2026-01-15 22:30", datetime(2026, 1, 15, 15, 30, tzinfo=UTC)),
        ("2569-01-15T22:30:00", datetime(2026, 1, 15, 15, 30, tzinfo=UTC)),
        ("15 ม.ค. 2569 22.30 น.", datetime(2026, 1, 15, 15, 30, tzinfo=UTC)),
        ("15 January 2026, 22:30", datetime(2026, 1, 15, 15, 30, tzinfo=UTC)),
        ("2026-01-15T15:30Z", datetime(2026, 1, 15, 15, 30, tzinfo=UTC)),
        ("2026-01-15T17:30:05.25+02:00", datetime(2026, 1, 15, 15, 30, tzinfo=UTC)),
        ("2026-01-15 10:30-0500", datetime(2026, 1, 15, 15, 30, tzinfo=UTC)),
    ],
)
def test_days_and_instants_are_read_as_people_write_them(written, expected):
    assert read_moment(written) == expected


@pytest.mark.parametrize("written", ["", "soon", "2026-01-32", "2026-01-15 25:00", "2026-01-15T22:30+99:00", "99"])
def test_what_is_no_moment_is_refused(written):
    with pytest.raises(Refused):
        read_moment(written)


def test_extensions_and_penalties_are_read_as_people_write_them():
    assert read_extension("7 days") == read_extension("๗ วัน") == Extension(7, Unit.DAYS)
    assert read_extension("3 working days") == read_extension("3 วันทำการ") == Extension(3, Unit.WORKING_DAYS)
    assert read_extension("1 Month") == Extension(1, Unit.MONTHS)
    assert read_extension("5 พ.ค. 2569") == Extension(until=date(2026, 5, 5))
    assert read_penalty("12") == 12
    assert read_penalty(" life ") == read_penalty("ประหารชีวิต") == LIFE
    for wrong in ("0 days", "7 moons", "soon"):
        with pytest.raises(Refused, match="is not an extension"):
            read_extension(wrong)
    for wrong in ("", "-1", "many", "1001", "nan", "1e9"):
        with pytest.raises(Refused, match="is not a penalty"):
            read_penalty(wrong)


def test_the_steps_name_the_rule_and_the_section():
    found = run("appeal", date(2026, 1, 15), KNOWN, Extension(1, Unit.MONTHS))
    rules = [(step.rule, step.section) for step in found.steps]
    assert rules[:3] == [("ii", "CCC 193/3 ¶2"), ("iii", "CCC 193/5 ¶2"), ("v", "CCC 193/8")]
    assert ("iv", "CCC 193/7") in rules
    assert run("remand", date(2026, 1, 15)).steps[0].rule == "row"
    assert run("court-extension", date(2026, 3, 7)).steps[-1].rule == "v"
    assert run("witness-list", date(2026, 6, 10)).steps[0].rule == "before-event"
    assert run("breach-notice", datetime(2026, 1, 1, tzinfo=UTC)).steps[0].rule == "i"


def test_words_of_the_pack_come_in_the_language_of_the_reader():
    steps = run("remand", date(2026, 1, 15)).steps
    assert "84 วัน" in steps[0].text("th")
    assert "84 days" in steps[0].text("en")
    assert "84 days" in steps[0].text("my")


def test_a_rolled_end_of_one_kind_of_day_off_is_not_that_of_another():
    labour_day = date(2026, 5, 1)
    assert run("bank-hold", labour_day - timedelta(days=7)).end == date(2026, 5, 5)
    office = replace(packs.clocks()["bank-hold"], calendar="government", roll=Roll.NEXT)
    found = compute(office, labour_day - timedelta(days=7), holidays=packs.holidays("government"))
    assert found.end == labour_day


def test_a_branch_that_is_not_confirmed_makes_the_end_unconfirmed():
    clock = packs.clocks()["tort"]
    doubtful = replace(clock, branches=tuple(replace(one, confirmed=False) for one in clock.branches))
    on = Circumstances(event="offence_committed")
    assert compute(clock, date(2026, 1, 15), on).confirmed
    assert not compute(doubtful, date(2026, 1, 15), on).confirmed


@pytest.mark.parametrize("code", ["complaint-96", "tort"])
def test_an_offence_whose_penalty_the_pack_does_not_know_bounds_nothing_and_is_said(code):
    told = Circumstances(event="offence_committed", offence="of-another-law")
    found, plain = run(code, date(2026, 1, 15), told), run(code, date(2026, 1, 15), replace(told, offence=""))
    assert found.end == plain.end
    assert not found.confirmed
    assert "does not know the highest penalty of of-another-law" in said(found)


def test_a_birthday_on_a_leap_day_is_looked_for_the_day_before():
    found = run("tort", date(2024, 2, 29), Circumstances(victim_age=16))
    assert found.unmoved == date(2028, 3, 1)  # of age on 1 March 2027 at the earliest


def test_the_same_warning_is_said_once():
    found = run("appeal", date(2026, 1, 15), KNOWN, Extension(1, Unit.MONTHS), Extension(1, Unit.MONTHS))
    assert len(found.warnings) == 1
    assert run("bail", date(2026, 1, 15)).confirmed


def test_a_row_holds_between_its_first_and_its_last_day():
    row = replace(packs.clocks()["appeal"], valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    held = [row.holds_on(day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))]
    assert held == [False, True, True, False]
