"""Acts of the investigation: done, refused, denied; the journal and the facts; nothing without its line."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from prasan import facts as fact_ledger
from prasan.access.allow import Changed
from prasan.access.check import NOT_MEMBER, NOT_YOUR_DISCIPLINE, Denied
from prasan.access.system import system_read
from prasan.cases import ledger as kernel
from prasan.cases.actions import correct, persons
from prasan.cases.models import CustodyStep, Event, Task
from prasan.facts.ledger import compare
from prasan.facts.models import Fact
from prasan.investigation import due, ledger, queries, rules
from prasan.investigation.models import Investigation, Operation, OperationArrest, Removal
from prasan.journal import checking
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_case, make_person
from tests.kept import cannot_write

ACTS = ("open_investigation", "plan_operation", "record_removal", "record_arrest")


def live(kind):
    return list(Fact.objects.filter(kind=kind, superseded_at=None))


def differences():
    with system_read("reconcile"):
        return list(compare([*kernel.facts(), *ledger.facts()]))


def refusal(wanted):
    return [p.message for p in wanted.value.problems]


def has_line(act):
    return Line.objects.filter(act=act, outcome="done").exists()


def test_an_investigation_begins_and_ends_with_a_fact_each(world, do):
    row = do("open_investigation")
    assert [f.on for f in live("investigation_opened")] == [date(2026, 10, 5)]
    assert (live("investigation_opened")[0].form, live("investigation_opened")[0].province) == (
        "sexual_exploitation",
        "TH-57",
    )
    do("close_investigation", investigation=row)
    assert [f.on for f in live("investigation_closed")] == [date(2026, 11, 1)]
    assert has_line("investigation.open_investigation")
    assert has_line("investigation.close_investigation")
    with world.acting("nok"):
        assert Event.objects.filter(kind__startswith="investigation_").count() == 2
    assert differences() == []
    assert checking.check().ok


def test_a_case_has_one_investigation(world, do):
    do("open_investigation")
    with pytest.raises(Refused) as wanted:
        do("open_investigation")
    assert refusal(wanted) == [rules.ALREADY_OPEN]


def test_the_first_day_is_corrected_by_a_new_row_and_counted_once(world, do):
    old = do("open_investigation")
    new = do("open_investigation", opened_on=date(2026, 9, 1), replaces=old)
    assert [f.on for f in live("investigation_opened")] == [date(2026, 9, 1)]
    with world.acting("nok"):
        assert queries.investigation(world.nok, world.case) == new
        assert Investigation.objects.get(pk=old.pk).closed_as == "superseded"
    assert differences() == []


def test_closing_in_an_old_version_or_twice_is_stopped(world, do):
    row = do("open_investigation")
    with pytest.raises(Changed):
        do("close_investigation", investigation=row, version=2)
    do("close_investigation", investigation=row)
    with pytest.raises(Refused) as wanted:
        do("close_investigation", investigation=row, version=2)
    assert refusal(wanted) == [rules.ALREADY_CLOSED]


def test_an_operation_is_planned_sealed_and_carried_out(world, do):
    row = do("plan_operation", by="anan")
    assert row.code.startswith("O-")
    with world.acting("anan"):
        assert queries.risk_words(world.anan, row, AT) == "ทางออก ครอบครัว"
        stored = Operation.objects.get(pk=row.pk)
    assert "ทางออก".encode() not in bytes(stored.risk_words)
    with world.acting("preecha"):
        assert queries.risk_words(world.preecha, row, AT) == ""
    do("record_operation", operation=row)
    with world.acting("nok"):
        stored = Operation.objects.get(pk=row.pk)
        assert (stored.status, stored.done_at, stored.contribution) == ("done", AT, "joint")
        events = Event.objects.filter(kind__startswith="operation_")
        assert {e.partition for e in events} == {"investigation"}
        assert events.count() == 2
    assert has_line("investigation.plan_operation")
    assert has_line("investigation.record_operation")


def test_an_operation_that_was_called_off_stays_without_result(world, do):
    row = do("plan_operation")
    do("record_operation", operation=row, status="cancelled", done_at=None, contribution="")
    assert (row.status, row.done_at) == ("cancelled", None)
    with pytest.raises(Refused) as wanted:
        do("record_operation", operation=row, version=2)
    assert refusal(wanted) == [rules.NOT_ALLOWED_MOVE]
    for act in ("record_arrest", "record_removal"):
        with pytest.raises(Refused) as wanted:
            do(act, operation=row)
        assert refusal(wanted) == [rules.NOT_CARRIED_OUT]


def test_a_result_needs_the_contribution_in_rule_and_in_the_database(world, do):
    row = do("plan_operation")
    with pytest.raises(Refused) as wanted:
        do("record_operation", operation=row, contribution="")
    assert refusal(wanted) == [rules.NO_CONTRIBUTION]
    with pytest.raises(IntegrityError), transaction.atomic(), world.acting("nok"):
        Operation.objects.filter(pk=row.pk).update(status="done", done_at=AT)


def test_a_result_in_an_old_version_is_stopped(world, do):
    row = do("plan_operation")
    with pytest.raises(Changed):
        do("record_operation", operation=row, version=3)


def test_a_plan_is_corrected_by_a_new_one(world, do):
    old = do("plan_operation")
    new = do("plan_operation", place_kind="hotel", replaces=old)
    with world.acting("nok"):
        assert [o.pk for o in queries.operations(world.nok, world.case)] == [new.pk]


def test_a_removal_from_harm_is_a_fact_with_contribution_and_without_a_name(world, do):
    row = do("record_removal", by="mali")
    (fact,) = live("removed_from_harm")
    assert (fact.on, fact.contribution, fact.sex, fact.citizenship) == (row.on, "supported", "female", "other")
    assert str(world.survivor.person.pk) not in fact.person
    assert has_line("investigation.record_removal")
    with world.acting("mali"):
        assert Event.objects.get(kind="removed_from_harm").about == world.survivor.person
    assert differences() == []


def test_a_person_is_removed_from_harm_once_a_case_whatever_the_part(world, do):
    do("record_removal")
    with world.acting("mali"):
        victim = persons.change_part(
            by=world.mali, case=world.case, person=world.survivor.person, part="victim", on=TODAY, at=AT, today=TODAY
        )
    with pytest.raises(Refused) as wanted:
        do("record_removal", participation=victim)
    assert refusal(wanted) == [rules.COUNTED]
    with pytest.raises(Refused) as wanted:
        do("record_removal", participation=world.suspect)
    assert refusal(wanted) == [rules.NOT_SURVIVOR]


def test_a_removal_is_corrected_and_counted_once(world, do):
    old = do("record_removal")
    new = do("record_removal", on=date(2026, 11, 1), contribution="led", replaces=old)
    assert [(f.on, f.contribution) for f in live("removed_from_harm")] == [(date(2026, 11, 1), "led")]
    with world.acting("nok"):
        assert [r.pk for r in queries.removals(world.nok, world.case)] == [new.pk]
    assert differences() == []


def test_a_removal_entered_in_error_leaves_the_count_and_can_be_entered_again(world, do):
    row = do("record_removal")
    with world.acting("nok"):
        correct.enter_in_error(
            by=world.nok, row=row, act="investigation.correct", reason="wrong_date", version=1, at=AT, today=TODAY
        )
    assert live("removed_from_harm") == []
    do("record_removal")
    assert len(live("removed_from_harm")) == 1
    assert differences() == []


def test_an_arrest_in_an_operation_is_a_step_of_custody_tied_to_it(world, do):
    operation = do("plan_operation")
    step = do("record_arrest", operation=operation)
    (fact,) = live("suspect_arrested")
    assert (fact.contribution, fact.body, fact.source_id) == ("joint", "police_atpd", str(step.pk))
    with world.acting("nok"):
        assert [(a.pk, a.operation) for a in queries.arrests(world.nok, world.case)] == [(step.pk, operation)]
        assert [o.arrests for o in queries.operations(world.nok, world.case)] == [1]
    assert has_line("investigation.record_arrest")
    assert differences() == []


def test_an_arrest_without_an_operation_stands_alone(world, do):
    step = do("record_arrest")
    with world.acting("nok"):
        assert [(a.pk, a.operation) for a in queries.arrests(world.nok, world.case)] == [(step.pk, None)]


def test_an_arrest_is_corrected_and_counted_once(world, do):
    operation = do("plan_operation")
    old = do("record_arrest", operation=operation)
    new = do("record_arrest", operation=operation, contribution="led", replaces=old)
    assert [f.source_id for f in live("suspect_arrested")] == [str(new.pk)]
    with world.acting("nok"):
        assert CustodyStep.objects.get(pk=old.pk).closed_as == "superseded"
        assert [link.custody_step_id for link in OperationArrest.objects.filter(closed_as="")] == [new.pk]
        assert [o.arrests for o in queries.operations(world.nok, world.case)] == [1]
    assert differences() == []


def test_the_arrest_of_a_survivor_is_not_an_arrest_of_a_suspect(world, do):
    with pytest.raises(Refused) as wanted:
        do("record_arrest", participation=world.survivor)
    assert refusal(wanted) == [rules.NOT_DEFENDANT]
    assert live("suspect_arrested") == []


def test_the_arrest_of_an_accused_who_is_a_survivor_opens_the_lawyers_check(world, do):
    with world.acting("nok"):
        accused = persons.change_part(
            by=world.nok, case=world.case, person=world.survivor.person, part="accused", on=TODAY, at=AT, today=TODAY
        )
    do("record_arrest", participation=accused)
    with world.acting("preecha"):
        assert "s.41" in Task.objects.get(partition="legal").title


def test_rows_of_another_case_cannot_be_tied_in(world, do):
    other = make_case(world, "Another matter")
    stranger = make_person(world, other, name="ผู้อื่น")
    operation = do("plan_operation", case=other)
    removal = do("record_removal", participation=stranger)
    for act in ("record_arrest", "record_removal"):
        with pytest.raises(Refused) as wanted:
            do(act, operation=operation)
        assert refusal(wanted) == [rules.OTHER_CASE]
    with pytest.raises(Refused) as wanted:
        do("record_removal", replaces=removal)
    assert refusal(wanted) == [rules.OTHER_CASE]


@pytest.mark.parametrize("act", ACTS)
def test_an_outsider_is_denied_every_act(world, do, act):
    with pytest.raises(Denied) as denied:
        do(act, by="somchai")
    assert denied.value.reason == NOT_MEMBER


@pytest.mark.parametrize(
    ("act", "by"),
    [
        ("open_investigation", "mali"),
        ("plan_operation", "preecha"),
        ("plan_operation", "dao"),
        ("record_removal", "preecha"),
        ("record_removal", "noi"),
        ("record_arrest", "mali"),
    ],
)
def test_another_discipline_is_denied_with_the_sentence(world, do, act, by):
    with pytest.raises(Denied) as denied:
        do(act, by=by)
    assert denied.value.reason == NOT_YOUR_DISCIPLINE


def test_results_and_endings_are_denied_to_others_too(world, do):
    operation, investigation = do("plan_operation"), do("open_investigation")
    for by, reason in (("somchai", NOT_MEMBER), ("mali", NOT_YOUR_DISCIPLINE)):
        for act, row in (
            ("record_operation", {"operation": operation}),
            ("close_investigation", {"investigation": investigation}),
        ):
            with pytest.raises(Denied) as denied:
                do(act, by=by, **row)
            assert denied.value.reason == reason


@pytest.mark.parametrize("act", [*ACTS, "record_operation", "close_investigation"])
def test_an_act_that_cannot_be_written_down_did_not_happen(world, do, act, monkeypatch):
    told = {}
    if act == "record_operation":
        told = {"operation": do("plan_operation")}
    if act == "close_investigation":
        told = {"investigation": do("open_investigation")}

    def state():
        with world.acting("nok"):
            return [
                *Investigation.objects.values_list("pk", "closed_on"),
                *Operation.objects.values_list("pk", "status"),
                *Removal.objects.values_list("pk"), *CustodyStep.objects.values_list("pk"),
                *Event.objects.values_list("pk"), Fact.objects.count(),
            ]  # fmt: skip

    before = state()

    with monkeypatch.context() as patched:
        patched.setattr("prasan.journal.writing.enter", cannot_write)
        with pytest.raises(OSError, match="no line"):
            do(act, **told)
    assert state() == before


def test_a_planted_change_is_found_by_reconciliation(world, do):
    row = do("record_removal")
    do("open_investigation")
    assert differences() == []
    with world.acting("nok"):
        Removal.objects.filter(pk=row.pk).update(on=row.on - timedelta(days=1))
    assert any("removed_from_harm" in line for line in differences())
    fact_ledger.withdraw(row)
    assert any("missing fact: removed_from_harm" in line for line in differences())


def test_my_day_shows_near_plans_unchecked_risks_and_missing_results(world, do):
    past = do("plan_operation", planned_on=TODAY - timedelta(days=2))
    near = do("plan_operation", planned_on=TODAY + timedelta(days=2), risk_checked=False, risk_words="")
    do("plan_operation", planned_on=TODAY + timedelta(days=40))
    with world.acting("anan"):
        lines = due.due(world.anan, TODAY)
    assert [(d.on, d.tone, d.case) for d in lines] == [
        (past.planned_on, "late", world.case.code),
        (near.planned_on, "soon", world.case.code),
    ]
    assert "result" in str(lines[0].text)
    assert "not checked" in str(lines[1].text)
    for by in ("mali", "preecha", "dao", "somchai"):
        with world.acting(by):
            assert due.due(world.staff[by], TODAY) == []
    do("record_operation", operation=past)
    with world.acting("anan"):
        assert len(due.due(world.anan, TODAY)) == 1
