"""Tasks, notes, dates, custody, referrals and corrections: what each does, and the sentence of each refusal."""

from datetime import timedelta

import pytest

from prasan.access.allow import Changed
from prasan.access.check import NOT_MEMBER, Denied
from prasan.access.held import CLOSED
from prasan.access.opening import NOT_YOUR_PART
from prasan.accounts.models import Agency
from prasan.cases import ledger as own
from prasan.cases import queries, rules
from prasan.cases.actions import correct, custody, referrals, work
from prasan.cases.models import Event, Participation, Referral, Task
from prasan.facts import ledger
from prasan.facts.models import Fact
from prasan.journal.models import Line
from prasan.people.actions import withdraw_consent
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import fresh, stored

from . import acts

LATER = TODAY + timedelta(days=1)


def sentences(refused):
    return [p.message for p in refused.value.problems]


def differences():
    from prasan.access.system import system_read

    with system_read("reconcile", line=False):
        return list(ledger.compare(own.facts()))


def test_a_task_stands_on_its_owner_s_day_until_it_is_done(world):
    with world.acting("mali"):
        task = acts.add_task(world, owner=world.nok, due_on=TODAY, about=world.survivor.person)
        undated = acts.add_task(world, owner=world.nok)
        acts.add_task(world, owner=world.nok, due_on=TODAY + timedelta(days=15))
    with world.acting("nok"):
        assert queries.my_tasks(world.nok, TODAY) == [task, undated]
        done = work.finish_task(by=world.nok, task=task, at=AT)
        assert (done.done_by, done.done_at, done.version) == (world.nok, AT, 2)
        assert work.finish_task(by=world.nok, task=task, at=AT + timedelta(days=1)).done_at == AT
        assert queries.tasks(world.nok, world.case, done=True) == [task]
        assert Line.objects.filter(act="cases.finish_task").count() == 1


def test_a_task_goes_to_members_only_and_says_what_is_to_be_done(world):
    with world.acting("mali"):
        with pytest.raises(Denied) as denied:
            acts.add_task(world, owner=world.somchai)
        assert denied.value.reason == NOT_MEMBER
        for title, sentence in ((" ", rules.NO_TEXT), ("x" * 161, rules.TOO_LONG)):
            with pytest.raises(Refused) as refused:
                acts.add_task(world, title=title)
            assert sentences(refused) == [sentence]
        assert not Task.objects.exists()


def test_nothing_is_put_into_a_part_of_the_case_that_one_does_not_read(world):
    with world.acting("mali"):
        task, note = acts.add_task(world, partition="care"), acts.add_note(world, partition="care")
    with world.acting("nok"):
        told = {"case": world.case, "at": AT}
        for do in (
            lambda: acts.add_task(world, by="nok", partition="care"),
            lambda: acts.add_note(world, by="nok", partition="care"),
            lambda: work.finish_task(by=world.nok, task=task, at=AT),
            lambda: work.share_item(by=world.nok, note=note, discipline="lawyer", purpose="x", **told),
            lambda: work.add_appointment(by=world.nok, kind="visit", starts_at=AT, partition="legal", **told),
        ):
            with pytest.raises(Denied) as denied:
                do()
            assert denied.value.reason == NOT_YOUR_PART


def test_a_note_is_written_and_a_share_says_for_what(world):
    with world.acting("mali"):
        for text, sentence in ((" ", rules.NO_TEXT), ("x" * 8001, rules.TOO_LONG)):
            with pytest.raises(Refused) as refused:
                acts.add_note(world, text=text)
            assert sentences(refused) == [sentence]
        note = acts.add_note(world, text="one\n\ntwo", partition="care")
        with pytest.raises(Refused) as refused:
            work.share_item(by=world.mali, case=world.case, note=note, discipline="lawyer", purpose=" ", at=AT)
        assert sentences(refused) == [rules.NO_TEXT]
        assert [n.shown for n in queries.notes(world.mali, world.case, AT, before=AT)] == []
        later = queries.notes(world.mali, world.case, AT, before=AT + timedelta(seconds=1))
        assert [n.shown for n in later] == ["one\n\ntwo"]


def test_a_date_shows_to_those_who_read_its_part(world):
    told = {"case": world.case, "kind": "hearing", "starts_at": AT, "at": AT}
    with world.acting("preecha"):
        row = work.add_appointment(by=world.preecha, partition="legal", where="ศาล", **told)
        with pytest.raises(Refused) as refused:
            work.add_appointment(by=world.preecha, until=AT - timedelta(hours=1), **told)
        assert sentences(refused) == [rules.ENDS_FIRST]
        assert queries.appointments(world.preecha, AT, AT + timedelta(days=1)) == [row]
    with world.acting("mali"):
        assert queries.appointments(world.mali, AT, AT + timedelta(days=1)) == []


def test_the_arrest_of_a_suspect_is_a_fact_and_its_mistake_is_none(world):
    with world.acting("nok"):
        row = acts.arrest(world, body="dsi")
        fact = Fact.objects.get()
        assert (fact.kind, fact.contribution, fact.sex, fact.body) == ("suspect_arrested", "joint", "male", "dsi")
        assert (str(fact), differences()) == ("suspect_arrested 2026-11-24", [])
        acts.in_error(world, row, by="nok")
        assert not Fact.objects.filter(superseded_at=None).exists()
        assert differences() == []
        assert acts.arrest(world, step="released").step == "released"
    assert not Fact.objects.filter(superseded_at=None).exists()
    assert not stored(Task)


def test_the_figures_need_the_contribution_to_an_arrest_and_no_day_ahead(world):
    with world.acting("nok"), pytest.raises(Refused) as refused:
        acts.arrest(world, contribution="", step_at=AT + timedelta(days=1))
    assert sentences(refused) == [rules.FUTURE, custody.NEEDS_CONTRIBUTION]


@pytest.mark.parametrize("step", ["arrested", "detained"])
def test_a_survivor_in_custody_opens_the_non_punishment_task_and_is_no_figure_of_success(world, step):
    """Anti-Trafficking Act s.41."""
    with world.acting("nok"):
        acts.arrest(world, part=world.survivor, step=step, contribution="")
    with world.acting("preecha"):
        (task,) = queries.tasks(world.preecha, world.case)
        told = (task.title, task.partition, task.due_on, task.about)
        assert told == (custody.NON_PUNISHMENT, "legal", TODAY, world.survivor.person)
    assert not Fact.objects.exists()
    assert differences() == []


def test_a_survivor_who_is_also_accused_gets_the_task_and_is_an_arrest(world):
    with world.acting("nok"):
        accused = acts.change_part(world, by="nok", part="accused")
        acts.arrest(world, part=accused)
        assert Task.objects.filter(title=custody.NON_PUNISHMENT).count() == 1
        acts.arrest(world, part=world.survivor, step="released", contribution="")
        assert Task.objects.filter(title=custody.NON_PUNISHMENT).count() == 1
    assert Fact.objects.filter(kind="suspect_arrested").count() == 1


def test_a_corrected_arrest_replaces_the_first_and_counts_once(world):
    with world.acting("nok"):
        old = acts.arrest(world)
        new = acts.arrest(world, contribution="led", replaces=old)
        fresh(old)
        assert (old.closed_as, new.replaces, old.in_force) == ("superseded", old, False)
        with pytest.raises(Refused) as refused:
            acts.arrest(world, replaces=old)
        assert sentences(refused) == [CLOSED]
    assert [f.contribution for f in Fact.objects.filter(superseded_at=None)] == ["led"]
    assert differences() == []
    assert len(stored(Event, kind="superseded")) == 1
    Fact.objects.filter(superseded_at=None).update(body="x")
    assert len(differences()) == 1


def test_without_consent_nobody_is_referred_and_with_it_the_answer_is_awaited(world):
    with world.acting("mali"):
        with pytest.raises(Refused) as refused:
            acts.refer(world, on=LATER)
        assert sentences(refused) == [rules.FUTURE, referrals.NO_CONSENT]
        given = acts.consent(world)
        with pytest.raises(Refused) as refused:
            acts.refer(world, agency="police")
        assert sentences(refused) == [referrals.NO_CONSENT]
        row = acts.refer(world)
        assert (row.consent, row.status, row.answer_due_on) == (given, "sent", TODAY + timedelta(days=7))
        assert queries.silent_referrals(world.mali, TODAY + timedelta(days=7)) == []
        assert queries.silent_referrals(world.mali, TODAY + timedelta(days=8)) == [row]
        assert (row.silent(TODAY), row.silent(TODAY + timedelta(days=8))) == (False, True)
        assert queries.referrals(world.mali, world.case) == [row]
    assert len(stored(Event, kind="referred")) == 1


def test_a_withdrawn_consent_stops_the_next_referral(world):
    with world.acting("mali"):
        given = acts.consent(world)
        acts.refer(world)
        withdraw_consent(by=world.mali, consent=given, on=TODAY)
        with pytest.raises(Refused) as refused:
            acts.refer(world)
    assert sentences(refused) == [referrals.NO_CONSENT]


@pytest.mark.parametrize("old", rules.REFERRAL_STATUSES)
@pytest.mark.parametrize("new", rules.REFERRAL_STATUSES)
def test_an_answer_moves_a_referral_only_as_allowed(world, old, new):
    allowed = {("sent", "accepted"), ("sent", "rejected"), ("accepted", "done"), ("accepted", "rejected")}
    with world.acting("mali"):
        row = acts.referral(world)
        row.status = old
        row.save()
        told = {"by": world.mali, "referral": row, "version": row.version, "status": new, "on": TODAY, "at": AT,
                "today": TODAY}  # fmt: skip
        if (old, new) in allowed:
            assert referrals.answer_referral(**told).answered_on == TODAY
            assert Event.objects.filter(kind="referral_answered").count() == 1
        else:
            with pytest.raises(Refused) as refused:
                referrals.answer_referral(**told)
            assert sentences(refused) == [rules.NOT_ALLOWED_MOVE]


@pytest.mark.parametrize(("days", "sentence"), [(-1, rules.ENDS_FIRST), (1, rules.FUTURE)])
def test_an_answer_comes_neither_before_the_question_nor_tomorrow(world, days, sentence):
    with world.acting("mali"):
        row = acts.referral(world)
        with pytest.raises(Refused) as refused:
            referrals.answer_referral(by=world.mali, referral=row, version=row.version, status="accepted",
                                      on=TODAY + timedelta(days=days), at=AT, today=TODAY)  # fmt: skip
        assert sentences(refused) == [sentence]


def test_of_two_answers_at_once_the_second_is_told_and_undoes_nothing(world):
    told = {"by": world.mali, "on": TODAY, "at": AT, "today": TODAY, "version": 1}
    with world.acting("mali"):
        row = acts.referral(world)
        first, second = (Referral.objects.get(pk=row.pk) for _n in range(2))
        referrals.answer_referral(referral=first, status="accepted", **told)
        with pytest.raises(Changed):
            referrals.answer_referral(referral=second, status="rejected", **told)
        assert [e.params["status"] for e in Event.objects.filter(kind="referral_answered")] == ["accepted"]
    fresh(row)
    assert (row.status, row.version) == ("accepted", 2)


def test_a_referral_in_error_is_answered_no_more(world):
    with world.acting("mali"):
        row = acts.referral(world)
        acts.in_error(world, row, words="ผิดคน")
        with pytest.raises(Refused) as refused:
            referrals.answer_referral(by=world.mali, referral=row, version=row.version, status="accepted", on=TODAY,
                                      at=AT, today=TODAY)  # fmt: skip
    assert sentences(refused) == [CLOSED]


def test_a_record_in_error_stays_in_the_journal_and_leaves_every_list(world):
    with world.acting("mali"):
        task = acts.add_task(world)
        row = acts.in_error(world, task, words="ผิดคน")
        assert (row.closed_as, row.closed_reason, row.version) == ("error", "wrong_date", 2)
        assert queries.tasks(world.mali, world.case) == []
        assert Task.objects.filter(pk=task.pk).exists()
        with pytest.raises(Changed):
            acts.in_error(world, task, version=1)
        with pytest.raises(Refused) as refused:
            acts.in_error(world, task, version=2, reason="")
        assert sentences(refused) == [CLOSED]
    line = Line.objects.filter(act="cases.correct", outcome="done").get()
    assert ("wrong_date" in line.body, "ผิดคน" in line.body) == (True, False)
    assert len(stored(Event, kind="entered_in_error")) == 1


def test_a_record_outside_any_case_is_corrected_too(world):
    """A name belongs to a person and to no case: it leaves the lists, and no timeline hears of it."""
    from prasan.people.models import Name

    with world.acting("mali"):
        name = Name.objects.get(person=world.survivor.person)
        acts.in_error(world, name, act="people.change_person")
        assert not name.in_force
        assert str(name) == f"name {name.pk}"
        new = Name.objects.get(person=world.suspect.person)
        correct.supersede(by=world.mali, old=new, new=name, at=AT, today=TODAY)
    assert not stored(Event, kind__in=("entered_in_error", "superseded"))
    assert Line.objects.filter(act="people.correct").count() == 1


def test_lists_of_cases_are_narrowed(world):
    with world.acting("dao"):
        other = acts.open_case(world, title="Fishing boat", forms=["forced_labour", "unknown"], mode="physical",
                               province="TH-74")  # fmt: skip
        for told in (
            {"form": "forced_labour"}, {"mode": "physical"}, {"province": "TH-74"}, {"text": " fishing "},
            {"text": other.code[-4:], "status": "active"},
        ):  # fmt: skip
            assert list(queries.my_cases(world.dao, **told)) == [other]
        assert list(queries.my_cases(world.dao, status="closed")) == []
        assert len(queries.my_cases(world.dao, status="", form=None)) == 2


def test_the_board_tells_of_each_discipline_who_and_how_much_and_never_what(world):
    with world.acting("mali"):
        acts.add_task(world, title="Secret", partition="care")
    with world.acting("nok"):
        board = {row["discipline"]: row for row in queries.status_board(world.nok, world.case)}
        assert "Secret" not in str(board)
        assert board["social_worker"]["open"] == {"care": 1}
        assert queries.tasks(world.nok, world.case) == []


def test_survivors_stand_first(world):
    with world.acting("nok"):
        acts.add_person(world, by="nok")
        parts = [p.part for p in queries.participations(world.nok, world.case)]
    assert parts == ["potential_victim", "suspect", "witness"]
    assert Agency.objects.count() == 5
    assert len(stored(Participation)) == 3
