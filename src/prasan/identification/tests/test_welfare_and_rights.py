"""Welfare checks, rights told and refusals; and what holds for every act of protection: journal, denials, facts."""

from datetime import datetime
from uuid import uuid4

import pytest

from prasan.access.allow import Changed
from prasan.access.check import Denied
from prasan.access.system import system_read
from prasan.cases.models import Event, RunningClock, Task
from prasan.facts.models import Fact
from prasan.identification import due_of_protection
from prasan.identification import queries_of_protection as queries
from prasan.identification.actions import protection, reflection, refusals, stages
from prasan.identification.models import Protection, Reflection, Refusal, RightsNotice, WelfareCheck
from prasan.identification.rules import protection as rules
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_person
from tests.kept import cannot_write, stored, the_one

from .protecting import (
    DAY,
    by,
    differences,
    end,
    facts_now,
    fresh,
    in_reflection,
    look,
    refuse,
    standing,
    tell,
    under_protection,
)  # fmt: skip
from .test_actions import screen

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")


# Welfare


def test_a_second_look_of_the_day_is_added_and_the_first_stays(world):
    row = in_reflection(world)
    look(world, row, wellbeing="urgent", words="ปวดท้องมาก")
    look(world, row, "mali")
    assert sorted(r.wellbeing for r in stored(WelfareCheck, closed_as="")) == ["urgent", "well"]


def test_an_urgent_look_calls_the_team_once(world):
    row = in_reflection(world)
    look(world, row, wellbeing="urgent")
    look(world, row, "mali", wellbeing="urgent")
    task = the_one(Task, title=rules.URGENT_TASK)
    assert (task.about_id, task.due_on, task.partition) == (world.survivor.person_id, TODAY, "shared")


def test_what_the_person_said_lies_sealed_and_a_quiet_look_leaves_no_line_on_the_timeline(world):
    row = look(world, in_reflection(world), words="นอนไม่หลับ")
    assert "นอน".encode() not in bytes(row.words)
    with world.acting("mali"):
        assert queries.opened(world.mali, [row], "words", AT) == {row.pk: "นอนไม่หลับ"}
    assert stored(Event, kind="welfare_urgent") == []


def test_two_workers_on_one_round_do_not_overwrite_one_another(world):
    row = in_reflection(world)
    other = make_person(world, world.case, name="อีกคน")
    screen(world, participation=other)
    second = the_one(Reflection, person=other.person)
    page = [{"reflection": row.pk, "wellbeing": "well", "seen": ""}, {"reflection": second.pk, "wellbeing": "worried", "seen": ""}]
    saved, between = by(world, "noi", reflection.record_round, case=world.case, marks=page, on=TODAY)
    assert (len(saved), between) == (2, [])
    third = make_person(world, world.case, name="คนที่สาม")
    screen(world, participation=third)
    page.append({"reflection": the_one(Reflection, person=third.person).pk, "wellbeing": "well", "seen": ""})
    page[0]["wellbeing"] = "urgent"
    saved, between = by(world, "mali", reflection.record_round, case=world.case, marks=page, on=TODAY)
    assert [s.person for s in saved] == [third.person]
    assert sorted(b.wellbeing for b in between) == ["well", "worried"]
    assert len(stored(WelfareCheck)) == 3
    assert stored(WelfareCheck, wellbeing="urgent") == []
    page = [{"reflection": row.pk, "wellbeing": "urgent", "seen": str(between[0].pk)}]
    fresh_look = the_one(WelfareCheck, person=world.survivor.person)
    page[0]["seen"] = str(fresh_look.pk)
    saved, between = by(world, "mali", reflection.record_round, case=world.case, marks=page, on=TODAY)
    assert (len(saved), between) == (1, [])


def seen_by_the_page(world):
    """What the page of the round would show as the newest look of each period."""
    with world.acting("mali"):
        found = queries.standings_for_welfare(world.mali, world.case)
    return [{"reflection": one.reflection.pk, "wellbeing": "well",
             "seen": str(one.newest_of_period.pk) if one.newest_of_period else ""} for one in found]  # fmt: skip


@pytest.mark.parametrize("days", [0, 1, 60])
def test_a_round_is_saved_whatever_looks_of_an_earlier_period_there_are(world, days):
    first, yesterday = in_reflection(world, on=TODAY - 70 * DAY), TODAY - DAY
    look(world, first, on=TODAY - days * DAY)
    with world.acting("mali"):
        Reflection.objects.filter(pk=first.pk).update(ended_on=TODAY, ended_as="ran_out")
        second = Reflection.objects.create(
            case=world.case, person=world.survivor.person, entered_on=yesterday, made_at=AT, made_by=world.mali,
            id=uuid4())  # fmt: skip
    for name in ("mali", "noi"):
        marks = seen_by_the_page(world)
        saved, between = by(world, name, reflection.record_round, case=world.case, marks=marks, on=yesterday)
        assert ([row.reflection_id for row in saved], between) == ([second.pk], [])


def test_a_round_is_saved_where_the_only_look_of_the_period_is_older_than_the_page_shows(world):
    row = in_reflection(world, on=TODAY - 60 * DAY)
    look(world, row, on=TODAY - 50 * DAY)
    saved, between = by(world, "mali", reflection.record_round, case=world.case, marks=seen_by_the_page(world), on=TODAY)
    assert (len(saved), between) == (1, [])


def test_a_round_takes_no_reflection_of_another_case(world):
    from tests.cast import make_case

    there = make_case(world, "Another matter")
    part = make_person(world, there, name="คนคดีอื่น")
    screen(world, participation=part)
    row = the_one(Reflection)
    marks = [{"reflection": row.pk, "wellbeing": "well", "seen": ""}]
    assert by(world, "mali", reflection.record_round, case=world.case, marks=marks, on=TODAY) == ([], [])


def test_my_day_shows_a_missing_round_to_those_who_care_and_to_the_lead(world):
    row = in_reflection(world, on=TODAY - 2 * DAY)
    expected = {"mali": 1, "ploy": 1, "noi": 1, "dao": 1, "preecha": 0, "nok": 0, "somchai": 0}
    for name, lines in expected.items():
        with world.acting(name):
            found = due_of_protection.due(world.staff[name], TODAY)
        assert [line.tone for line in found] == ["late"] * lines, name
    look(world, row, on=TODAY - DAY)
    with world.acting("noi"):
        assert [line.tone for line in due_of_protection.due(world.noi, TODAY)] == ["today"]
    look(world, row)
    with world.acting("noi"):
        assert due_of_protection.due(world.noi, TODAY) == []


# Rights


def test_several_rights_are_told_in_one_talk_and_s34_ends_its_clock(world):
    assert stored(RunningClock, clock="rights-notice", state="running")
    rows = tell(world)
    assert [r.right for r in rows] == ["compensation", "assistance"]
    assert all(len(r.pack_version) == 12 and r.handed_over for r in rows)
    assert stored(RunningClock, clock="rights-notice", state="running") == []
    one = standing(world)
    assert (one.is_told("compensation"), one.is_told("data")) == (True, False)
    assert Line.objects.filter(act="identification.tell_right").count() == 2


def test_what_was_not_understood_stays_open(world):
    tell(world, understood="not_understood")
    assert standing(world).told == {}
    assert stored(RunningClock, clock="rights-notice", state="running")
    tell(world, "chai", codes=["compensation"], understood="repeated")
    assert standing(world).is_told("compensation")


def test_a_notice_entered_in_error_opens_the_right_and_its_clock_again(world):
    row = tell(world, codes=["compensation"])[0]
    by(world, "mali", stages.enter_in_error, row=row, reason="wrong_person", version=1)
    assert standing(world).told == {}
    assert stored(RunningClock, clock="rights-notice", state="running")


def test_the_rights_of_a_childs_interview_are_not_counted_for_somebody_clearly_adult(world):
    from prasan.people.models import Person

    assert "child_interview" in standing(world).rights(TODAY)
    with system_read("verify", line=False):
        Person._base_manager.filter(pk=world.survivor.person_id).update(birth_year=1990)
    assert "child_interview" not in standing(world).rights(TODAY)


@pytest.mark.parametrize(("changed", "sentence"), [({"codes": []}, rules.NO_RIGHT), ({"codes": ["gold"]}, rules.UNKNOWN_RIGHT),
                                                   ({"on": TODAY + DAY}, "This date lies in the future.")])  # fmt: skip
def test_telling_is_refused_with_its_sentence(world, changed, sentence):
    with pytest.raises(Refused) as refused:
        tell(world, **changed)
    assert [p.message for p in refused.value.problems] == [sentence]


# Refusal


def test_a_refusal_is_a_count_that_leads_to_nobody(world):
    row = refuse(world)
    assert row.made_at.astimezone(datetime.now().astimezone().tzinfo).minute == 0
    line = Line.objects.get(act="identification.record_refusal")
    assert (line.target, line.case_id) == ("", None)
    names = {field.name for field in Refusal._meta.get_fields()}
    assert not names & {"person", "case", "name", "code", "words", "note", "age", "nationality"}
    assert not any(field.get_internal_type() in {"TextField", "BinaryField"} for field in Refusal._meta.concrete_fields)


@pytest.mark.parametrize("adult", ["no", "unknown"])
def test_a_child_is_never_counted_away(world, adult):
    with pytest.raises(Refused) as refused:
        refuse(world, adult=adult)
    assert [p.message for p in refused.value.problems] == [rules.CHILD_DUTY]
    assert Refusal.objects.count() == 0


def test_small_parts_of_a_provinces_number_are_not_shown(world):
    for n in range(6):
        refuse(world, sex="male" if n else "female")
    for _n in range(5):
        refuse(world, province="TH-50")
    with world.acting("mali"):
        cells = {cell["province"]: cell for cell in queries.refusal_months(world.mali)}
    assert (cells["TH-57"]["count"], cells["TH-57"]["sexes"]) == (6, None)
    assert (cells["TH-50"]["count"], dict(cells["TH-50"]["sexes"])) == (5, {"male": 5})


# For all


def all_acts(world):
    """Each act as a member would do it now, on rows that are there."""
    period, row = in_reflection(world), under_protection(world)
    third = make_person(world, world.case, name="คนที่สาม")

    def held(name, act, **told):
        return by(world, name, act, protection=fresh(world, row), version=fresh(world, row).version, **told)

    return {
        "protect": lambda name: by(world, name, protection.take_under_protection, participation=third, since=AT,
                                   place="hospital", body="ngo"),
        "stay": lambda name: held(name, protection.record_stay, stays=True, on=TODAY),
        "court": lambda name: held(name, protection.record_court_order, granted_at=AT),
        "end": lambda name: held(name, protection.end_protection, ended_at=AT, how="left"),
        "begin": lambda name: by(world, name, reflection.begin_reflection, participation=third, on=TODAY),
        "wish": lambda name: end(world, period, name), "look": lambda name: look(world, period, name),
        "round": lambda name: by(world, name, reflection.record_round, case=world.case, on=TODAY, marks=[
            {"reflection": period.pk, "wellbeing": "well", "seen": ""}]),
        "rights": lambda name: tell(world, name), "refuse": lambda name: refuse(world, name),
        "paper": lambda name: refusals.count_paper(by=world.staff[name]),
    }  # fmt: skip


ACTS = ("protect", "stay", "court", "end", "begin", "wish", "look", "round", "rights", "refuse")


@pytest.mark.parametrize("act", ACTS)
def test_outsiders_and_other_disciplines_are_denied(world, act):
    do = all_acts(world)[act]
    others = {"refuse": ("fah", "kwan"), "rights": ("somchai", "fah")}.get(act, ("somchai", "chai"))
    for name in others:
        with pytest.raises(Denied):
            do(name)
    if act in {"protect", "stay", "court", "end"}:
        with pytest.raises(Denied):
            do("noi")


@pytest.mark.parametrize("act", [*ACTS, "paper"])
def test_without_its_journal_line_nothing_is_saved(world, monkeypatch, act):
    do = all_acts(world)[act]
    kept = (Protection, Reflection, WelfareCheck, RightsNotice, RunningClock, Refusal, Event, Task, Fact)
    before = [sorted(stored_values(model)) for model in kept]
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        do("mali")
    monkeypatch.undo()
    assert [sorted(stored_values(model)) for model in kept] == before


def stored_values(model):
    with system_read("verify", line=False):
        return [repr(row) for row in model._base_manager.values_list()]


def test_every_act_is_done_by_a_member(world):
    acts = all_acts(world)
    for name in ("protect", "stay", "court", "end", "begin", "look", "rights", "refuse", "paper"):
        acts[name]("mali")
    assert facts_now() == ["reflection_started", "reflection_started"]
    assert differences() == []


def test_what_changed_meanwhile_asks_to_look_again(world):
    row, period = under_protection(world), in_reflection(world)
    with pytest.raises(Changed):
        by(world, "mali", protection.record_stay, protection=row, stays=True, on=TODAY, version=7)
    with pytest.raises(Changed):
        end(world, period, version=7)


def test_a_planted_difference_is_found(world):
    in_reflection(world)
    Fact.objects.filter(kind="reflection_started").update(category="x")
    assert differences() != []
