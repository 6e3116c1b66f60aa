"""The demo shows the referral mechanism and the clocks at whatever hour it is built, and its ledger agrees."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from prasan import vault
from prasan.access.scoping import viewing
from prasan.access.system import system_read
from prasan.accounts.models import Staff
from prasan.cases.models import Case, Holiday, Interview, RunningClock
from prasan.demo import build, nrm
from prasan.demo.acting import Teller
from prasan.demo.matters import MATTERS
from prasan.demo.mechanism import mechanism
from prasan.demo.team import make_team
from prasan.desk.reconcile import reconcile
from prasan.identification import models, queries_of_report
from prasan.identification.actions import field
from prasan.identification.rules.report import half
from prasan.impact import figures
from prasan.impact.figures.periods import Span
from prasan.plain.dates import local_day
from prasan.plain.reminding import standing
from prasan.vault import keys
from tests.snapshot import laid_down

pytestmark = pytest.mark.xdist_group("demo")
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def every(model, **where):
    with system_read("verify", line=False):
        return list(model.objects.filter(**where))


def _whole() -> dict[str, Staff]:
    for owner in (keys.INSTANCE, keys.TOKEN, keys.JOURNAL):
        vault.new_key(owner)
    build.build(lambda _line: None)
    return {member.username: member for member in Staff.objects.all()}


@pytest.fixture
def built(no_keys_left):
    """The whole demo, at noon in Bangkok; built once a process."""
    with time_machine.travel(NOON, tick=False):
        yield laid_down("demo", _whole)


def test_the_demo_shows_the_mechanism_and_the_clocks(built):
    running = every(RunningClock, state="running")
    with system_read("verify", line=False):
        cases = dict(Case.objects.values_list("pk", "title"))
    today = [c for c in running if c.clock == "temporary-protection" and standing(c.ends_at, NOON) == "today"]
    assert [cases[c.case_id] for c in today] == [nrm.RAID_TITLE]
    assert [c.about_id for c in running if c.clock == "reflection-a" and c.about_id == today[0].about_id]
    days = [(c.ends_at - NOON).days for c in running if c.ends_at]
    assert [n for n in days if n < 0]
    assert [n for n in days if 1 < n < 7]
    assert [n for n in days if n > 60]
    assert Counter(c.state for c in every(RunningClock)) > Counter({"running": 20, "satisfied": 20, "stopped": 5})
    assert [c.clock for c in every(RunningClock) if any(not e.get("by_hand") for e in c.extensions)] == ["bail"]
    assert [c.clock for c in every(RunningClock) if c.override_reason] == ["petition-44-1"]
    assert {c.clock for c in running} >= {"limitation", "petition-44-1", "rights-notice", "court-extension", "bail"}
    assert len(every(Holiday)) == 1
    assert [c.clock for c in running if c.moved_from_on] == ["reflection-a"]
    looks = every(models.WelfareCheck, on=date(2026, 11, 24))
    assert sorted(look.wellbeing for look in looks) == ["unwell", "well", "well", "worried"]
    assert {notice.understood for notice in every(models.RightsNotice)} >= {"not_understood", "own_words", "repeated"}
    assert [age.result for age in every(models.AgeAssessment)] == ["undetermined"]
    assert [(i.of_a_child, i.has_exception, i.repeats) for i in every(Interview, of_a_child=True)] == [
        (True, False, False), (True, False, True)]  # fmt: skip
    assert {d.outcome for d in every(models.Decision, status="decided")} == {
        "identified", "not_identified", "undetermined"}  # fmt: skip
    assert {(r.kind, r.status) for r in every(models.Review)} == {("review", "open"), ("reopening", "answered")}


def test_the_demo_shows_many_people_a_phone_and_the_provincial_report(built):
    people = every(models.IntakePerson)
    assert Counter(row.status for row in people) == {
        "waiting": 26, "claimed": 2, "screened": 22, "moved": 5, "left": 2, "refused": 3}  # fmt: skip
    assert {row.group for row in people if row.status == "waiting"} == {"urgent", "normal", "later"}
    assert not [row for row in people if row.group == "later" and row.is_child is not False]
    assert len(every(models.Refusal)) == 5
    sent = every(models.FieldSubmission)
    assert [row.status for row in sent] == ["waiting", "waiting"]
    assert len([row for row in every(models.FieldDevice) if row.paired_at]) == 1
    with viewing(built["nok"], NOON):
        told = [field.open_sent(by=built["nok"], submission=row, at=NOON) for row in sent]
    assert all(one is not None and one.answers for one in told)
    with viewing(built["dao"], NOON):
        for province in ("TH-57", "TH-27"):
            report = queries_of_report.report(built["dao"], half(2027, 1), province)
            assert report.typed is not None
            assert report.typed.problems
            assert report.lines[1].total.times > 0
            assert report.standing.agrees


def test_the_ledger_agrees_and_the_published_history_stands_alone_before_july_2022(built):
    assert reconcile().differences == []
    printed = {
        (figure.code, entry.unit): (entry.value, entry.live)
        for figure in figures.compute(Span(None, date(2022, 6, 30)), today=date(2026, 11, 24))
        for entry in figure.entries
    }
    assert printed["A1", "person"] == (327, 0)
    assert not [key for key, (_value, live) in printed.items() if live]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 12, 31, 16, 50, tzinfo=UTC), datetime(2026, 12, 31, 17, 10, tzinfo=UTC),
        datetime(2026, 12, 5, 3, tzinfo=UTC), datetime(2027, 2, 12, 3, tzinfo=UTC), datetime(2027, 5, 26, 3, tzinfo=UTC),
    ],
    ids=str,
)  # fmt: skip
def test_the_mechanism_is_told_around_midnight_and_after_runs_of_holidays(instance_keys, now):
    """23:50 and 00:10 in Bangkok: nothing lies in the future, the queue is there, one stay ends within the day.
    On the other days a period of rest was moved by holidays as far as they move one."""
    with time_machine.travel(now, tick=False):
        staff, today = make_team(date(2020, 1, 1)), local_day(now)
        told = [m for m in MATTERS if m.form == "pornography_or_online" or m.reached == "indicted"]
        mechanism(staff, [build.tell(staff, m, today) for m in told], now)
    kept = every(RunningClock, clock="temporary-protection", state="running")
    assert [c for c in kept if now < c.ends_at <= now + timedelta(hours=5)]
    assert not [c for c in every(RunningClock) if c.start_on > today]
    assert Teller(staff, now).moment(0) <= now
