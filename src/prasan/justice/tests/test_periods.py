"""What the court room does to the clocks of the law: limitation, petitions, appeals, enforcement."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from prasan.cases.actions import custody
from prasan.cases.models import RunningClock
from prasan.justice import actions
from tests.cast import AT, TODAY
from tests.kept import stored

pytestmark = pytest.mark.django_db
SAME = {"at": AT, "today": TODAY}


def running(**where):
    rows = stored(RunningClock, state="running", closed_as="", **where)
    return sorted(c.clock for c in rows if c.clock != "rights-notice")


def the(code, **where):
    (clock,) = stored(RunningClock, clock=code, **where)
    return clock


def move(world, charge, status, **told):
    return actions.move_charge(by=world.preecha, charge=charge, status=status, version=charge.version,
                               **SAME, **{"on": TODAY} | told)  # fmt: skip


def test_limitation_runs_from_the_earliest_day_of_the_act_until_the_charge_is_filed(world, court):
    charge = court.charge(status="under_inquiry", act_earliest=date(2025, 9, 1), act_latest=date(2025, 9, 30))
    clock = the("limitation")
    assert running() == ["limitation"]
    assert (clock.start_on, clock.end_on, clock.partition) == (date(2025, 9, 1), date(2040, 9, 3), "legal")
    assert (clock.unmoved_on, clock.act_by_on) == (date(2040, 9, 1), date(2040, 8, 31))
    assert clock.about_id == world.suspect.person_id
    for status in ("sent_to_prosecutor", "ordered_prosecute", "indicted"):
        move(world, charge, status)
    assert the("limitation").state == "satisfied"
    assert running() == ["co-plaintiff", "petition-44-1", "prosecutor-claim"]


def test_a_child_victim_makes_the_limitation_longer(world, court):
    from prasan.access.system import system_read

    with system_read("verify", line=False):
        type(world.survivor.person).objects.filter(pk=world.survivor.person_id).update(birth_year=2014)
        world.survivor.person.refresh_from_db()
    court.charge(status="under_inquiry", offence="atip-52-child")
    assert the("limitation").end_on == date(2046, 9, 3)
    assert the("limitation").circumstances == {"offence": "atip-52-child", "victim_age": 12, "event": "offence_committed"}


def test_who_died_or_whose_time_is_over_has_no_limitation_to_watch(world, court):
    court.charge(status="died")
    assert running() == []
    charge = court.charge(status="under_inquiry")
    move(world, charge, "died")
    assert (running(), the("limitation").ended_by_event) == ([], "died")


def test_filing_ends_the_custody_of_the_inquiry(world, court):
    with world.acting("nok"):
        custody.record_custody(by=world.nok, participation=world.suspect, step="remanded", step_at=AT, at=AT)
    assert running() == ["remand"]
    court.charge()
    assert running() == ["co-plaintiff", "petition-44-1", "prosecutor-claim"]


def test_the_days_of_remand_follow_the_offence_that_is_charged(world, court):
    court.charge(status="under_inquiry")
    with world.acting("nok"):
        custody.record_custody(by=world.nok, participation=world.suspect, step="remanded", step_at=AT, at=AT)
    assert the("remand").end_on == TODAY + timedelta(days=84)


def test_a_verdict_ends_the_petitions_and_starts_the_time_to_appeal_for_each_accused(world, court):
    charge = court.charge()
    verdict = court.verdict(charge, on=date(2026, 11, 20))
    assert running() == ["appeal"]
    assert {c.ended_by_event for c in stored(RunningClock, clock="petition-44-1")} == {"judgment_read"}
    assert the("appeal").end_on == date(2026, 12, 21)
    move(world, charge, "on_appeal")
    assert (running(), the("appeal").state) == ([], "satisfied")
    court.verdict(charge, instance="appeal", on=TODAY)
    assert (running(), the("supreme-court").start_on) == (["supreme-court"], TODAY)
    assert not the("supreme-court").confirmed
    move(world, charge, "final")
    assert running() == []
    assert verdict.pk


def test_the_judgment_on_appeal_shows_that_the_appeal_was_made(court):
    charge = court.charge()
    court.verdict(charge)
    court.verdict(charge, instance="appeal", on=date(2026, 11, 20))
    assert (the("appeal").state, the("appeal").ended_by_event) == ("satisfied", "appealed")


def test_a_final_or_withdrawn_judgment_leaves_nothing_to_appeal(court):
    court.verdict(court.charge(), final=True)
    assert running() == []


def test_a_verdict_in_error_gives_the_petitions_back_and_a_corrected_one_counts_from_its_own_day(world, court):
    charge = court.charge()
    verdict = court.verdict(charge)
    corrected = court.verdict(charge, on=date(2026, 11, 20), replaces=verdict)
    assert running() == ["appeal"]
    assert the("appeal", state="running").start_on == date(2026, 11, 20)
    actions.enter_in_error(by=world.preecha, row=corrected, reason="wrong_date", version=corrected.version, **SAME)
    assert running() == ["co-plaintiff", "petition-44-1", "prosecutor-claim"]


def test_a_corrected_charge_runs_once(world, court):
    charge = court.charge(status="under_inquiry")
    court.charge(status="under_inquiry", act_earliest=date(2025, 1, 6), replaces=charge)
    assert running() == ["limitation"]
    assert the("limitation", state="running").start_on == date(2025, 1, 6)


def test_who_flees_after_the_filing_starts_a_time_of_the_same_length(world, court):
    charge = court.charge()
    move(world, charge, "absconded")
    assert "limitation-absconded" in running()
    assert the("limitation-absconded").end_on == date(2041, 11, 25)
    move(world, charge, "indicted")
    assert "limitation-absconded" not in running()


def test_who_flees_before_the_filing_keeps_the_same_limitation(world, court):
    move(world, court.charge(status="under_inquiry"), "absconded")
    assert running() == ["limitation"]


def test_a_court_order_is_enforced_within_ten_years_until_it_is_paid_in_full(world, court):
    order = court.order()
    assert (running(), the("enforcement").end_on) == (["enforcement"], date(2036, 11, 3))
    part = court.payment(order, amount=Decimal(50_000))
    assert running() == ["enforcement"]
    rest = court.payment(order, amount=Decimal(150_000))
    assert (running(), the("enforcement").ended_by_event) == ([], "paid_in_full")
    actions.enter_in_error(by=world.preecha, row=part, reason="twice", version=part.version, **SAME)
    assert running() == ["enforcement"]
    assert rest.in_force


def test_an_order_of_another_route_is_no_judgment_to_enforce(court):
    court.order(route="fund")
    assert running() == []


def test_without_the_clock_there_is_no_charge_either(world, court, monkeypatch):
    from prasan.justice.models import Charge

    def cannot(*_told, **_more):
        raise OSError("no clock")

    monkeypatch.setattr("prasan.cases.actions.clocks.begin", cannot)
    with pytest.raises(OSError):
        court.charge()
    assert stored(Charge) == []


def in_remand(world, at=AT):
    with world.acting("nok"):
        custody.record_custody(by=world.nok, participation=world.suspect, step="remanded", step_at=at, at=AT)


def test_the_gravest_charge_decides_on_the_days_of_remand_and_a_new_one_moves_them(world, court):
    court.charge(status="under_inquiry", offence="cc-310")
    in_remand(world)
    assert the("remand").end_on == TODAY + timedelta(days=48)
    court.charge(status="under_inquiry", act_earliest=date(2020, 1, 1), act_latest=date(2020, 1, 1))
    assert the("remand").end_on == TODAY + timedelta(days=84)
    assert set(the("remand").circumstances) <= {"max_penalty_years", "event"}


def test_remand_before_any_charge_is_reckoned_anew_when_a_lesser_one_comes(world, court):
    in_remand(world)
    assert the("remand").end_on == TODAY + timedelta(days=84)
    court.charge(status="under_inquiry", offence="cc-310")
    assert the("remand").end_on == TODAY + timedelta(days=48)


def test_with_the_death_of_the_accused_nothing_waits_any_more(world, court):
    in_remand(world)
    charge = court.charge(status="under_inquiry")
    for status in ("sent_to_prosecutor", "ordered_prosecute", "indicted", "in_trial"):
        move(world, charge, status)
    in_remand(world)
    assert running() == ["co-plaintiff", "petition-44-1", "prosecutor-claim", "remand"]
    move(world, charge, "died")
    assert running() == []


def test_custody_goes_on_for_another_charge_when_one_has_expired(world, court):
    in_remand(world)
    one, other = court.charge(status="under_inquiry"), court.charge(status="under_inquiry", offence="cc-310")
    move(world, one, "limitation_expired")
    assert running() == ["limitation", "remand"]
    move(world, other, "limitation_expired")
    assert running() == []


def test_a_filing_typed_later_keeps_the_limitation_by_its_own_day(world, court):
    told = {"act_earliest": date(2011, 11, 10), "act_latest": date(2011, 11, 10)}
    in_time, late = (court.charge(status="under_inquiry", **told) for _n in range(2))
    for charge, day in ((in_time, date(2026, 11, 9)), (late, date(2026, 11, 20))):
        for status in ("sent_to_prosecutor", "ordered_prosecute", "indicted"):
            move(world, charge, status, on=day)
    clocks = [the("limitation", target=f"justice.charge:{charge.pk}") for charge in (in_time, late)]
    assert all(date(2026, 11, 9) <= clock.end_on < TODAY for clock in clocks)
    assert [(clock.state, clock.missed_at is None) for clock in clocks] == [("satisfied", True), ("satisfied", False)]


def test_a_corrected_number_of_a_charge_keeps_what_was_done_to_its_clocks(world, court):
    from prasan.cases.actions import clocks

    charge = court.charge()
    with world.acting("preecha"):
        petition = the("petition-44-1")
        clocks.override_clock(by=world.preecha, clock=petition, reason="The court set the day", version=petition.version,
                              end_on=date(2027, 2, 1), **SAME)  # fmt: skip
        co = the("co-plaintiff")
        clocks.keep_clock(by=world.preecha, clock=co, event="co_plaintiff_joined", on=TODAY, version=co.version, **SAME)
    new = court.charge(black_number="คม 9/2569", replaces=charge)
    assert (the("petition-44-1").end_on, the("petition-44-1").target) == (date(2027, 2, 1), f"justice.charge:{new.pk}")
    assert the("co-plaintiff").state == "satisfied"
    assert len(stored(RunningClock, clock="limitation")) == 1


def test_a_corrected_day_of_the_act_starts_the_limitation_anew(world, court):
    charge = court.charge(status="under_inquiry")
    court.charge(status="under_inquiry", act_earliest=date(2024, 1, 5), act_latest=date(2024, 1, 5), replaces=charge)
    assert the("limitation", state="running").start_on == date(2024, 1, 5)
    assert the("limitation", state="stopped").ended_by_event == "entered_in_error"
