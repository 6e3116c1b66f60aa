"""Days off are corrected, running clocks follow in the same act; a calendar feed is its owner's alone."""

from datetime import date, timedelta

import pytest

from prasan import packs
from prasan.access.allow import Changed
from prasan.access.check import NOT_YOUR_DISCIPLINE, Denied
from prasan.cases import queries_of_time
from prasan.cases.actions import clocks, feeds, holidays
from prasan.cases.models import CalendarFeed, Event, Holiday, RunningClock
from prasan.cases.rules import time as rules
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import cannot_write, everything, fresh, stored

from .test_clocks import MONDAY, READ_ON, begin, by_hand

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 12, 22)


def correct(world, by="dao", **told):
    given = {
        "on": MONDAY, "is_off": True, "calendars": ["court", "government"], "name_en": "Special day",
        "name_th": "วันหยุดพิเศษ", "source": "Cabinet, 24 Nov 2026", "at": AT, "today": TODAY,
    }  # fmt: skip
    with world.acting(by):
        return holidays.correct_day(by=world.staff[by], **given | told)


def withdraw(world, holiday, by="dao", version=1):
    with world.acting(by):
        return holidays.withdraw_day(by=world.staff[by], holiday=holiday, version=version, at=AT, today=TODAY)


def test_a_day_off_moves_the_clocks_that_end_on_it_and_no_others(world):
    moves, hours = begin(world), begin(world, "temporary-protection", start=AT, event="person_protected")
    other = begin(world, start=date(2026, 11, 10))
    row, count = correct(world)
    assert count == 1
    for clock in (moves, hours, other):
        fresh(clock)
    assert (moves.end_on, moves.moved_from_on, moves.version) == (TUESDAY, MONDAY, 2)
    assert (hours.version, other.version) == (1, 1)
    line = Line.objects.get(act="cases.change_holidays")
    assert (line.opened, line.target) == (1, f"cases.holiday:{row.pk}")
    event = stored(Event, kind="clock_moved")[0]
    assert (event.params["end"], event.params["was"]) == ("2026-12-22", "2026-12-21")
    assert event.made_by_id == world.dao.pk


def test_a_withdrawn_correction_moves_them_back(world):
    clock = begin(world)
    row, _count = correct(world)
    assert withdraw(world, row) == 1
    fresh(clock)
    assert (clock.end_on, clock.moved_from_on) == (MONDAY, TUESDAY)
    with pytest.raises(Refused):
        withdraw(world, row, version=2)


def test_a_day_of_another_calendar_moves_nothing(world):
    clock = begin(world)
    assert correct(world, calendars=["bank"])[1] == 0
    fresh(clock)
    assert clock.end_on == MONDAY
    assert MONDAY in queries_of_time.days_off("bank")
    assert MONDAY not in queries_of_time.days_off("court")


def test_a_cancelled_holiday_lets_a_clock_end_on_it_again(world):
    new_year = date(2026, 12, 31)
    ends = begin(world, start=date(2026, 11, 30))
    answer = begin(world, "appeal-answer", start=date(2026, 12, 16), event="appeal_copy_received")
    assert (ends.end_on, answer.end_on) == (date(2027, 1, 4), date(2027, 1, 4))
    assert correct(world, on=new_year, is_off=False, calendars=["court"])[1] == 2
    for clock in (ends, answer):
        fresh(clock)
        assert clock.end_on == new_year


def test_an_end_set_by_hand_stays_where_it_was_set(world):
    clock = by_hand(world, begin(world), end_on=MONDAY)
    assert correct(world)[1] == 0
    fresh(clock)
    assert clock.end_on == MONDAY


def test_clocks_of_cases_that_the_coordinator_does_not_see_move_too(world):
    clock = begin(world)
    with world.acting("ubon"), pytest.raises(Denied):
        holidays.correct_day(by=world.ubon, on=MONDAY, is_off=True, calendars=["court"], name_en="x", name_th="x",
                             source="x", at=AT, today=TODAY)  # fmt: skip
    from prasan.access.models import CaseAccess
    from prasan.access.system import system_read

    with system_read("team_change", line=False):
        CaseAccess.objects.filter(case=world.case, user=world.dao).update(until=AT)
    assert correct(world)[1] == 1
    fresh(clock)
    assert clock.end_on == TUESDAY


@pytest.mark.parametrize(
    ("told", "message", "field"),
    [
        ({"on": date(2026, 12, 19)}, rules.WEEKEND, "on"),
        ({"on": date(1066, 10, 14)}, rules.FAR_DAY, "on"),
        ({"on": date(2126, 12, 21)}, rules.FAR_DAY, "on"),
        ({"calendars": []}, rules.NO_CALENDAR, "calendars"),
        ({"calendars": ["moon"]}, rules.NO_CALENDAR, "calendars"),
        ({"on": date(2026, 12, 10)}, rules.ALREADY_OFF, "on"),
        ({"is_off": False}, rules.ALREADY_WORKED, "on"),
        ({"name_th": " "}, rules.NAMES_NEEDED, "name_th"),
        ({"name_en": "x" * 121}, "At most %(limit)s characters.", "name_en"),
        ({"source": ""}, rules.NO_SOURCE, "source"),
    ],
)
def test_a_day_that_cannot_be_corrected_is_refused_with_its_sentence(world, told, message, field):
    kept = everything()
    with pytest.raises(Refused) as refused:
        correct(world, **told)
    assert (message, field) in [(p.message, p.field) for p in refused.value.problems]
    assert everything() == kept


def test_one_day_is_corrected_once(world):
    correct(world)
    with pytest.raises(Refused) as refused:
        correct(world, calendars=["bank"])
    assert [p.message for p in refused.value.problems] == [rules.ALREADY_CORRECTED]


def test_only_a_coordinator_corrects_days_and_two_windows_do_not_both_withdraw(world):
    for who in ("mali", "fah", "ubon"):
        with pytest.raises(Denied) as denied:
            correct(world, by=who)
        assert denied.value.reason == NOT_YOUR_DISCIPLINE
    row, _count = correct(world)
    with pytest.raises(Denied):
        withdraw(world, row, by="mali")
    with pytest.raises(Changed):
        withdraw(world, row, version=7)


def test_without_a_line_no_day_is_corrected_and_no_clock_moves(world, monkeypatch):
    begin(world)
    kept = everything()
    with monkeypatch.context() as broken:
        broken.setattr("prasan.journal.writing.enter", cannot_write)
        with pytest.raises(OSError):
            correct(world)
    assert everything() == kept
    row, _count = correct(world)
    kept = everything()
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError):
        withdraw(world, row)
    assert everything() == kept
    assert Holiday.objects.get().in_force


def feed_of(world, who="mali", language="en"):
    return feeds.make_feed(by=world.staff[who], language=language, at=AT)


def test_a_feed_is_kept_as_a_digest_and_opens_its_owners_scope(world):
    feed, secret = feed_of(world)
    assert secret not in str(CalendarFeed.objects.values_list())
    assert Line.objects.get(act="desk.make_feed").target == f"cases.calendarfeed:{feed.pk}"
    begin(world)
    with feeds.reading_feed(secret, AT) as row:
        assert row.staff == world.mali
        assert {c.clock for c in queries_of_time.clocks_due(row.staff, AT, 40)} == {"appeal"}
        assert [told["count"] for told in queries_of_time.due_at_once(row.staff)] == [1]
    feed.refresh_from_db()
    assert feed.read_at == AT


def test_a_revoked_unknown_or_suspended_feed_opens_nothing(world):
    feed, secret = feed_of(world)
    _other, second = feed_of(world, "preecha")
    world.preecha.is_active = False
    world.preecha.save()
    feeds.revoke_feed(by=world.mali, feed=feed.pk, at=AT)
    assert feeds.own_feeds(world.mali) == []
    for token in (secret, second, "no-such-secret", ""):
        with feeds.reading_feed(token, AT) as row:
            assert row is None


def test_a_feed_of_another_cannot_be_revoked_and_five_are_enough(world):
    feed, secret = feed_of(world)
    for who, pk in (("preecha", feed.pk), ("mali", 0)):
        with pytest.raises(Refused) as refused:
            feeds.revoke_feed(by=world.staff[who], feed=pk, at=AT)
        assert [p.message for p in refused.value.problems] == [feeds.NO_SUCH_FEED]
    with feeds.reading_feed(secret, AT) as row:
        assert row is not None
    with pytest.raises(Refused) as refused:
        feed_of(world, language="xx")
    assert [p.message for p in refused.value.problems] == [feeds.NO_SUCH_LANGUAGE]
    for _n in range(4):
        feed_of(world)
    with pytest.raises(Refused) as refused:
        feed_of(world)
    assert [p.message for p in refused.value.problems] == [feeds.TOO_MANY]


@pytest.mark.parametrize("act", ["make", "revoke"])
def test_without_a_line_no_feed_is_made_or_revoked(world, act, monkeypatch):
    feed, _secret = feed_of(world)
    kept = everything()
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError):
        feed_of(world) if act == "make" else feeds.revoke_feed(by=world.mali, feed=feed.pk, at=AT)
    assert everything() == kept


def test_an_extended_clock_is_computed_anew_with_its_extension(world):
    clock = begin(world)
    with world.acting("preecha"):
        clocks.extend_clock(by=world.preecha, clock=clock, length=1, unit="days", on=TODAY, reason="Allowed", version=1,
                            at=AT, today=TODAY)  # fmt: skip
    assert clock.end_on == MONDAY
    assert correct(world)[1] == 1
    fresh(clock)
    assert (clock.start_on, clock.end_on) == (READ_ON, TUESDAY)


def test_a_day_off_in_the_days_of_grace_moves_when_the_end_counts_as_missed(world):
    clock = begin(world, "reflection-a", event="nrm_entered", about=world.survivor.person)
    end, late, day = clock.end_on, clock.late_at, clock.end_on + timedelta(days=1)
    while day.weekday() > 4 or day in packs.holidays("government"):
        day += timedelta(days=1)
    assert correct(world, on=day)[1] == 0
    fresh(clock)
    assert (clock.end_on, clock.late_at > late) == (end, True)


def test_a_clock_that_runs_again_knows_the_days_off_of_meanwhile(world):
    clock = begin(world)
    with world.acting("preecha"):
        clocks.satisfy(world.case, "appeal", by=world.preecha, event="appealed", at=AT)
    assert correct(world)[1] == 0
    with world.acting("preecha"):
        clocks.run_again(RunningClock.objects.filter(pk=clock.pk), by=world.preecha, at=AT)
    fresh(clock)
    assert (clock.state, clock.end_on) == ("running", TUESDAY)


def test_two_who_correct_one_day_at_once_are_told_and_nothing_breaks(world, monkeypatch):
    correct(world)
    monkeypatch.setattr(holidays, "correction", lambda on: None)
    with pytest.raises(Refused) as refused:
        correct(world)
    assert [p.message for p in refused.value.problems] == [rules.ALREADY_CORRECTED]
