"""Acts of protection, reflection, welfare, rights and refusal: done, refused, denied; journal, facts, clocks."""

from datetime import timedelta
from decimal import Decimal

import pytest

from prasan.access.allow import Changed
from prasan.access.system import system_read
from prasan.cases.actions import clocks, interviews
from prasan.cases.models import Event, RunningClock
from prasan.cases.queries_of_time import blocked
from prasan.cases.rules.time import PROTECTS
from prasan.facts import ledger as ledger_of_facts
from prasan.facts.models import Fact
from prasan.identification import due_of_protection, ledger
from prasan.identification import queries_of_protection as queries
from prasan.identification.actions import early_ends, protection, reflection, refusals, rights, stages
from prasan.identification.models import EarlyEnd, Reflection
from prasan.identification.rules import early_ends as ending
from prasan.identification.rules import protection as rules
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import cannot_write, everything, stored, the_one

from .test_actions import concur, propose, screen

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KINDS = ("reflection_started", "reflection_ended")


def by(world, name, act, *, at=AT, today=TODAY, **told):
    with world.acting(name):
        return act(by=world.staff[name], at=at, today=today, **told)


def fresh(world, row):
    with world.acting("mali"):
        return type(row).objects.select_related("case", "person").get(pk=row.pk)


def under_protection(world, **changed):
    told = {"participation": world.survivor, "since": AT - HOUR, "place": "family_home", "body": "police"}
    return by(world, "mali", protection.take_under_protection, **told | changed)


def in_reflection(world, on=TODAY, **changed):
    screen(world, on=on, **changed)
    return the_one(Reflection, closed_as="", ended_on=None)


def propose_end(world, row, name="mali", how="own_wish", on=TODAY, **changed):
    """One member tells an early end; the period runs on."""
    wish = {"words": "อยากคุยกับเจ้าหน้าที่แล้ว", "language": "mya", "understood": "interpreter"}
    row = fresh(world, row)
    told = (wish if how == "own_wish" else {}) | {"witness": world.ploy, "version": row.version} | changed
    return by(world, name, early_ends.propose_early_end, reflection=row, how=how, on=on, **told)


def answer_end(world, end, name="ploy", answer="confirmed", **changed):
    end = fresh(world, end)
    return by(world, name, early_ends.answer_early_end, end=end, answer=answer, **{"version": end.version} | changed)


def end(world, row, name="mali", how="own_wish", on=TODAY, **changed):
    """Told by one member and confirmed by the witness."""
    answer_end(world, propose_end(world, row, name, how, on, **changed))
    return fresh(world, row)


def record_interview(world, name, **changed):
    told = {"held_at": AT, "body": "police", "purpose": "inquiry", "topics": ["money"], "place": "separate",
            "present": ["psychologist", "asked_for", "prosecutor"], "recording": "audio_video", "told": ""}  # fmt: skip
    return by(world, name, interviews.record_interview, case=world.case, person=world.survivor.person, **told | changed)


def look(world, row, name="noi", wellbeing="well", **changed):
    told = {"on": TODAY, "needs": ["food"]} | changed
    return by(world, name, reflection.record_check, reflection=fresh(world, row), wellbeing=wellbeing, **told)


def tell(world, name="preecha", codes=("compensation", "assistance"), understood="own_words", **changed):
    told = {"on": TODAY, "body": "ngo", "language": "mya", "interpreter": True, "handed_over": True} | changed
    return by(world, name, rights.tell_rights, participation=world.survivor, rights=list(codes), understood=understood, **told)


def refuse(world, name="mali", today=TODAY, **changed):
    told = {"on": TODAY, "adult": "yes", "place": "immigration", "sex": "male", "refused": "all", "province": "TH-57",
            "language": "khm", "card_given": True}  # fmt: skip
    with world.acting(name):
        return refusals.count_refusal(by=world.staff[name], today=today, **told | changed)


def facts_now():
    return sorted(Fact.objects.filter(superseded_at=None, kind__in=KINDS).values_list("kind", flat=True))


def differences():
    with system_read("reconcile"):
        return [d for d in ledger_of_facts.compare(ledger.facts()) if any(kind in d for kind in KINDS)]


def clock(code, row):
    return the_one(RunningClock, clock=code, target=f"{row._meta.label_lower}:{row.pk}")


def standing(world, name="mali"):
    with world.acting(name):
        return next(one for one in queries.standings(world.staff[name], world.case) if one.person == world.survivor.person)


# Temporary protection


def test_protection_starts_24_hours_by_the_clock_and_says_on_what_the_stay_rests(world):
    row = under_protection(world)
    assert clock("temporary-protection", row).ends_at == row.at + timedelta(hours=24)
    assert standing(world).basis(AT) == "law"
    assert standing(world).basis(row.at + timedelta(hours=24)) == "none"
    assert Line.objects.filter(act="identification.record_protection", target=f"identification.protection:{row.pk}").exists()
    assert stored(Event, kind="protection_began")


def test_the_own_consent_to_stay_carries_after_the_law_and_can_be_taken_back(world):
    row = under_protection(world)
    row = by(world, "mali", protection.record_stay, protection=row, stays=True, on=TODAY, version=1)
    later = row.at + timedelta(hours=30)
    assert standing(world).basis(later) == "consent"
    assert clock("temporary-protection", row).state == "satisfied"
    row = by(world, "mali", protection.record_stay, protection=row, stays=False, on=TODAY, version=2)
    assert clock("temporary-protection", row).state == "running"
    assert standing(world).basis(later) == "none"


def test_the_court_gives_at_most_7_days_or_what_its_order_says(world):
    row = under_protection(world)
    row = by(world, "mali", protection.record_court_order, protection=row, granted_at=AT, version=1)
    assert clock("temporary-protection", row).state == "satisfied"
    assert standing(world).basis(AT + 3 * DAY) == "court"
    assert standing(world).basis(AT + 8 * DAY) == "none"
    row.granted_until = AT + 2 * DAY
    with world.acting("mali"):
        row.save()
    assert standing(world).basis(AT + 3 * DAY) == "none"


def test_an_end_stops_both_clocks_and_a_new_protection_may_follow(world):
    row = under_protection(world)
    row = by(world, "mali", protection.end_protection, protection=row, ended_at=AT, how="left", version=1)
    assert clock("temporary-protection", row).state != "running"
    assert standing(world).basis(AT + 9 * DAY) == "ended"
    assert under_protection(world, since=AT).pk != row.pk


def test_a_cell_is_refused_and_so_is_a_second_protection_and_a_suspect(world):
    with pytest.raises(Refused) as refused:
        under_protection(world, place="cell")
    assert [p.message for p in refused.value.problems] == [rules.NEVER_IN_A_CELL]
    with pytest.raises(Refused) as refused:
        under_protection(world, participation=world.suspect)
    assert [p.message for p in refused.value.problems] == [rules.NOT_A_SURVIVOR]
    under_protection(world)
    with pytest.raises(Refused) as refused:
        under_protection(world)
    assert [p.message for p in refused.value.problems] == [rules.ALREADY_PROTECTED]


def test_my_day_asks_about_staying_before_the_end_and_shouts_after_it(world):
    row = under_protection(world, since=AT - timedelta(hours=2))
    with world.acting("mali"):
        assert [line.tone for line in due_of_protection.due(world.mali, TODAY)] == ["soon"]
        assert queries.stays_due(world.mali, AT + 2 * DAY)[0][2] is True
    by(world, "mali", protection.record_stay, protection=row, stays=True, on=TODAY, version=1)
    with world.acting("mali"):
        assert due_of_protection.due(world.mali, TODAY) == []
    with world.acting("noi"):
        assert due_of_protection.due(world.noi, TODAY) == []


# Reflection


def test_entry_into_the_referral_mechanism_begins_reflection_and_blocks_interviews(world):
    row = in_reflection(world)
    assert (row.entered_on, row.person_id) == (TODAY, world.survivor.person_id)
    with world.acting("mali"):
        for what in ("identification_interview", "interview_invitation"):
            assert [c.clock for c in blocked(world.case, world.survivor.person, what, AT)] == ["reflection-a"]
        assert blocked(world.case, world.survivor.person, "identification_interview", AT + 30 * DAY) == []
    assert facts_now() == ["reflection_started"]
    assert differences() == []
    assert Line.objects.filter(act="identification.record_reflection").count() == 1


def test_without_entry_there_is_no_reflection_and_a_second_screening_begins_no_second_one(world):
    screen(world, enters_nrm=False)
    assert stored(Reflection) == []
    in_reflection(world)
    screen(world, form="first_contact_child", answers={"recruited": "yes"})
    assert len(stored(Reflection)) == 1


def test_a_corrected_screening_corrects_the_period_that_it_began(world):
    first = screen(world)
    row = the_one(Reflection)
    second = screen(world, replaces=first, situation="online")
    assert the_one(Reflection, closed_as="").screening_id == second.pk
    third = screen(world, replaces=second, on=TODAY - DAY)
    assert the_one(Reflection, closed_as="").entered_on == TODAY - DAY
    assert clock("reflection-a", row).state == "stopped"
    assert differences() == []
    screen(world, replaces=third, enters_nrm=False)
    assert stored(Reflection, closed_as="") == []
    assert facts_now() == []
    assert differences() == []


def test_a_screening_entered_in_error_takes_the_period_with_it(world):
    row = screen(world)
    by(world, "mali", stages.enter_in_error, row=row, reason="twice", version=1)
    assert stored(Reflection, closed_as="") == []
    assert stored(RunningClock, clock="reflection-a", state="running") == []
    assert facts_now() == []


def test_the_own_recorded_wish_ends_the_period_early_and_lies_sealed(world):
    row = end(world, in_reflection(world, on=TODAY - 4 * DAY))
    told = the_one(EarlyEnd)
    assert (row.ended_as, row.ended_on) == ("own_wish", TODAY)
    assert (told.status, told.interpreter, told.witness) == ("confirmed", True, world.ploy)
    assert clock("reflection-a", row).state == "stopped"
    fact = Fact.objects.get(kind="reflection_ended", superseded_at=None)
    assert (fact.quantity, fact.category, fact.on) == (Decimal(4), "own_wish", TODAY)
    assert differences() == []
    with world.acting("mali"):
        assert queries.opened(world.mali, [told], "wish", AT) == {told.pk: "อยากคุยกับเจ้าหน้าที่แล้ว"}
        assert blocked(world.case, world.survivor.person, "identification_interview", AT) == []
    assert "อยาก".encode() not in bytes(told.wish)
    acts = ["identification.propose_early_end", "identification.answer_early_end"]
    assert [Line.objects.get(act=act).by for act in acts] == [str(world.mali.pk), str(world.ploy.pk)]


def test_until_the_witness_confirms_it_the_period_runs_on_and_the_proposal_is_on_the_witness_s_day(world):
    row = in_reflection(world, on=TODAY - DAY)
    told = propose_end(world, row)
    assert the_one(Reflection).ended_on is None
    assert clock("reflection-a", row).state == "running"
    for name, lines in (("ploy", 1), ("mali", 0), ("preecha", 0)):
        with world.acting(name):
            due = [line for line in due_of_protection.due(world.staff[name], TODAY) if "witness" in line.text]
            assert [world.survivor.person.code in line.text for line in due] == [True] * lines
    with pytest.raises(Refused) as refused:
        propose_end(world, row)
    assert [p.message for p in refused.value.problems] == [ending.END_WAITS]
    for name in ("mali", "anan", "preecha"):
        with pytest.raises(Refused) as refused:
            answer_end(world, told, name)
        assert ending.NOT_THE_WITNESS in [p.message for p in refused.value.problems]
    answer_end(world, told)
    with world.acting("ploy"):
        assert not any("witness" in line.text for line in due_of_protection.due(world.ploy, TODAY))
    with pytest.raises(Changed):
        answer_end(world, told, version=1)


def test_a_refused_early_end_ends_nothing_keeps_its_words_and_may_be_told_anew(world):
    row = in_reflection(world, on=TODAY - DAY)
    told = answer_end(world, propose_end(world, row), answer="refused")
    assert (told.status, told.answered_on, bool(told.wish)) == ("refused", TODAY, True)
    assert (the_one(Reflection).ended_on, clock("reflection-a", row).state) == (None, "running")
    assert stored(Event, kind="early_end_refused")
    assert propose_end(world, row).status == "proposed"


def test_an_early_end_that_nobody_answers_in_three_days_counts_no_more(world):
    row = in_reflection(world, on=TODAY - DAY)
    told = propose_end(world, row)
    later = {"at": AT + 4 * DAY, "today": TODAY + 4 * DAY}
    with world.acting("ploy"):
        assert len(queries.ends_to_answer(world.ploy, TODAY + 3 * DAY)) == 1
        assert queries.ends_to_answer(world.ploy, later["today"]) == []
    with pytest.raises(Refused) as refused:
        answer_end(world, told, **later)
    assert [p.message for p in refused.value.problems] == [ending.END_ANSWERED]
    assert propose_end(world, row, **later).pk != told.pk


def test_the_police_alone_cannot_end_reflection_whichever_two_officers_they_are(world):
    row = in_reflection(world, on=TODAY - DAY)
    for name, witness in (("anan", world.nok), ("anan", world.wit), ("nok", world.anan), ("dao", world.anan)):
        for how in ("own_wish", "left", "transferred"):
            with pytest.raises(Refused) as refused:
                propose_end(world, row, name, how, witness=witness)
            assert [p.message for p in refused.value.problems] == [ending.NOT_THIS_PAIR]
    propose_end(world, row, "anan", witness=world.ploy)
    assert the_one(Reflection).ended_on is None
    with pytest.raises(Refused):
        record_interview(world, "anan")


def test_the_clock_of_reflection_is_not_stopped_or_shortened_by_hand(world):
    row = in_reflection(world)
    running = clock("reflection-a", row)
    for told in ({"stop": True}, {"end_on": TODAY}):
        with pytest.raises(Refused) as refused:
            by(world, "anan", clocks.override_clock, clock=running, reason="Interview", version=running.version, **told)
        assert [p.message for p in refused.value.problems] == [PROTECTS]
    longer = {"end_on": TODAY + 40 * DAY, "reason": "The cabinet closed the office", "version": running.version}
    assert by(world, "mali", clocks.override_clock, clock=running, **longer).end_on == TODAY + 40 * DAY


def test_whoever_left_ended_on_that_day_once_a_second_person_says_so(world):
    row = end(world, in_reflection(world, on=TODAY - 4 * DAY), "noi", how="left", on=TODAY - 2 * DAY, witness=world.ploy)
    assert (row.ended_as, row.ended_on, the_one(EarlyEnd).wish) == ("left", TODAY - 2 * DAY, None)
    assert clock("reflection-a", row).state == "stopped"
    assert differences() == []


def test_a_period_that_is_over_ends_by_itself_and_no_witness_confirms_it(world):
    row = in_reflection(world, on=TODAY - 2 * DAY)
    told = propose_end(world, row)
    with system_read("verify", line=False):
        RunningClock._base_manager.filter(clock="reflection-a").update(ends_at=AT)
    with pytest.raises(Refused) as refused:
        answer_end(world, told)
    assert [p.message for p in refused.value.problems] == [rules.ALREADY_ENDED]
    with pytest.raises(Refused) as refused:
        propose_end(world, row, how="left")
    assert [p.message for p in refused.value.problems] == [rules.RAN_OUT, ending.END_WAITS]


@pytest.mark.parametrize("broken", ["propose", "answer"])
def test_without_its_journal_line_an_early_end_is_neither_told_nor_confirmed(world, monkeypatch, broken):
    row = in_reflection(world, on=TODAY - DAY)
    told = propose_end(world, row) if broken == "answer" else None
    before = everything()
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        answer_end(world, told) if told else propose_end(world, row)
    monkeypatch.undo()
    assert everything() == before


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": ""}, "Write something."), ({"understood": "neither"}, ending.NEEDS_INTERPRETER),
        ({"witness": None}, ending.NO_WITNESS), ({"how": "ran_out"}, rules.UNKNOWN_CODE),
        ({"language": "tha", "understood": "shared"}, ending.NOT_THEIR_LANGUAGE),
    ],
)  # fmt: skip
def test_nothing_else_ends_the_period_early(world, changed, sentence):
    row = in_reflection(world)
    with pytest.raises(Refused) as refused:
        propose_end(world, row, **changed)
    assert [p.message for p in refused.value.problems] == [sentence]
    assert the_one(Reflection).ended_on is None


def test_nobody_is_the_own_witness_and_a_witness_is_of_the_team(world):
    row = in_reflection(world)
    for witness, sentence in ((world.mali, ending.WITNESS_IS_SELF), (world.somchai, ending.NO_WITNESS),
                              (world.chai, ending.NO_WITNESS)):  # fmt: skip
        with pytest.raises(Refused) as refused:
            propose_end(world, row, witness=witness)
        assert [p.message for p in refused.value.problems] == [sentence]


def test_time_alone_ends_the_period_on_its_last_day_once(world):
    row = in_reflection(world, on=TODAY - 30 * DAY)
    last = clock("reflection-a", row).end_on
    assert reflection.run_out_everywhere(at=AT) == 1
    row = the_one(Reflection)
    assert (row.ended_as, row.ended_on) == ("ran_out", last)
    assert reflection.run_out_everywhere(at=AT) == 0
    assert Fact.objects.get(kind="reflection_ended").quantity == (last - row.entered_on).days
    assert differences() == []
    assert Line.objects.filter(act="identification.reflection_ran_out").get().by == "system:tick"
    assert clock("reflection-a", row).state == "running"  # what it opened still waits: the interview


def test_a_period_that_has_passed_is_shown_so_before_anybody_wrote_it_down(world):
    in_reflection(world, on=TODAY - 30 * DAY)
    assert standing(world).reflecting(AT) is False
    assert standing(world).reflecting(AT - 29 * DAY) is True


def test_a_decision_ends_the_wait_after_the_period_and_never_the_period_itself(world):
    row = in_reflection(world, on=TODAY - 30 * DAY)
    concur(world, propose(world))
    assert clock("reflection-a", row).state == "satisfied"
    assert stored(RunningClock, clock="reflection-b") == []  # ships off


def test_a_decision_inside_the_period_leaves_the_period_alone(world):
    row = in_reflection(world)
    concur(world, propose(world))
    assert clock("reflection-a", row).state == "running"
    assert the_one(Reflection).ended_on is None


def test_the_second_phase_begins_where_the_pack_has_it_on(world, monkeypatch):
    from dataclasses import replace

    from prasan import packs

    of_pack = packs.clock

    def switched_on(code, on):
        law = of_pack(code, on)
        return replace(law, enabled=True) if code == "reflection-b" else law

    monkeypatch.setattr(packs, "clock", switched_on)
    in_reflection(world, on=TODAY - 30 * DAY)
    row = concur(world, propose(world))
    assert clock("reflection-b", row).end_on is not None
    with world.acting("mali"):
        assert blocked(world.case, world.survivor.person, "justice_interview", AT)


def test_a_period_begins_by_hand_for_whoever_entered_elsewhere(world):
    row = by(world, "noi", reflection.begin_reflection, participation=world.survivor, on=TODAY - DAY)
    assert clock("reflection-a", row).start_on == TODAY - DAY
    with pytest.raises(Refused) as refused:
        by(world, "noi", reflection.begin_reflection, participation=world.survivor, on=TODAY)
    assert [p.message for p in refused.value.problems] == [rules.ALREADY_REFLECTING]
    with pytest.raises(Refused):
        by(world, "noi", reflection.begin_reflection, participation=world.suspect, on=TODAY)
