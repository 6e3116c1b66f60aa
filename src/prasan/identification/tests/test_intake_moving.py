"""What goes from an intake into a case: the age as it was told, what was urgent, and nothing that stays behind."""

import pytest

from prasan.access.allow import Changed
from prasan.cases.models import Case, Task
from prasan.facts.models import Fact
from prasan.identification.actions import intake_moving
from prasan.identification.forms.field import AcceptForm
from prasan.identification.models import IntakePerson, Screening
from prasan.identification.rules import intake as rules
from prasan.identification.tests.intakes import entered, form, line, screened
from prasan.people.models import Person
from prasan.plain.birth import PartialDate, age_group
from prasan.plain.problem import Problem, Refused
from tests.cast import AT, TODAY
from tests.kept import stored, the_one

pytestmark = pytest.mark.django_db


def into(world, event, *rows, by="mali", case=None):
    with world.acting(by):
        intake_moving.move_people(by=world.staff[by], intake=event, rows=rows, case=case or world.case, at=AT, today=TODAY)


def met(world, event, **cells):
    return screened(world, entered(world, event, line(**cells))[0])


# The age


@pytest.mark.parametrize(("age", "group"), [(0, "child"), (17, "child"), (18, "child"), (19, "child"), (20, "adult"), (70, "adult")])
def test_a_told_age_means_the_same_at_the_intake_on_the_phone_and_in_the_case(world, event, age, group):
    assert rules.is_child(age) is (group == "child")
    assert rules.age_group(age, rules.is_child(age)) == group
    told = AcceptForm(cases=[], held=frozenset())._new({"age": age}, {"on": TODAY, "language": "", "interpreter": None})
    assert age_group(told["birth"], TODAY) == group
    row = met(world, event, age=age)
    assert row.form.code == f"first_contact_{group}"
    into(world, event, row)
    assert the_one(Person, pk=row.pk).age_group(TODAY) == group
    assert Fact.objects.get(kind="person_screened", superseded_at=None).age_group == group


def test_who_was_said_to_be_a_child_is_one_in_the_case_and_somebody_finds_out_the_age(world, event):
    row = met(world, event, age="child")
    into(world, event, row)
    person = the_one(Person, pk=row.pk)
    assert (person.age_group(TODAY), person.birth_year, person.birth_about) == ("child", TODAY.year - 17, True)
    assert Fact.objects.get(kind="person_screened", superseded_at=None).age_group == "child"
    task = the_one(Task, title=rules.FIND_OUT_AGE)
    assert (task.about_id, task.due_on, task.partition) == (row.pk, TODAY, "care")


@pytest.mark.parametrize("said", ["adult", ""])
def test_of_who_gave_no_age_the_case_knows_none(world, event, said):
    row = screened(world, entered(world, event, line(age=said))[0], form=form("first_contact_child"))
    into(world, event, row)
    assert the_one(Person, pk=row.pk).birth_year is None
    assert stored(Task, title=rules.FIND_OUT_AGE) == []


def test_the_year_of_a_told_age_is_about_and_without_an_age_there_is_none():
    assert rules.birth_of(30, TODAY) == PartialDate(TODAY.year - 30, about=True)
    assert rules.birth_of(30, TODAY, True) == PartialDate(TODAY.year - 30, about=True)
    assert rules.birth_of(None, TODAY, False) is rules.birth_of(None, TODAY) is None


# What is urgent


def test_every_urgent_mark_is_handed_on():
    handed = {*rules.NEED_OF, *(mark for mark in rules.URGENT if rules.tasks_of([mark], None, None))}
    assert handed == set(rules.URGENT) - {"child"}
    assert set(rules.NEED_OF.values()) <= set(rules.NEEDS)


def test_what_was_marked_as_urgent_is_a_need_in_the_case_or_a_task_for_today(world, event):
    row = screened(world, entered(world, event, line(age=30, sex="f", urgent="danger;medicine;alone"))[0], needs=["food"])
    into(world, event, row)
    assert the_one(Screening, person_id=row.pk).needs == ["safety", "medicine", "food"]
    task = the_one(Task, title=rules.SEE_WHO_IS_ALONE)
    assert (task.owner, task.about_id, task.due_on, task.partition) == (world.mali, row.pk, TODAY, "care")


def test_a_task_of_the_care_workers_is_owned_by_nobody_who_may_not_read_it(world, event, monkeypatch):
    monkeypatch.setattr(intake_moving, "partitions_of", lambda by, case: frozenset({"shared"}))
    into(world, event, met(world, event, age=30, urgent="alone"))
    assert the_one(Task, title=rules.SEE_WHO_IS_ALONE).owner is None


# What stays


def test_nothing_that_was_told_of_the_person_stays_at_the_intake(world, event):
    row = met(world, event, name="ก", sex="f", age=17, nationality="LAO", language="lao", urgent="danger")
    into(world, event, row)
    left = the_one(IntakePerson, pk=row.pk)
    assert (left.sex, left.age, left.is_child, left.nationality, left.language, left.urgent) == ("", None, None, "", "", [])
    assert (left.group, left.answers, left.needs, left.child_at_time, left.form) == ("normal", {}, [], None, None)
    assert (left.number, left.status, left.enters_nrm, left.screened_on) == (1, "moved", True, TODAY)


def test_of_who_was_taken_in_nothing_tells_a_child_from_an_adult_at_the_intake(world, event):
    rows = [met(world, event, age=age) for age in (9, 40)]
    into(world, event, *rows)
    told = ("age", "is_child", "was_child", "form_id", "child_at_time", "urgent", "group", "corrected_by_id")
    child, adult = (the_one(IntakePerson, pk=row.pk) for row in rows)
    assert [getattr(child, name) for name in told] == [getattr(adult, name) for name in told]


# A fault on the way


@pytest.mark.parametrize("fault", [Refused([Problem("no")]), Changed()])
def test_a_fault_after_the_first_portion_goes_on_to_the_case_that_was_opened(world, event, monkeypatch, fault):
    rows, real, calls = [met(world, event, age=age) for age in (30, 40, 50)], intake_moving.move_people, []

    def move(**told):
        calls.append(told)
        if len(calls) == 2:
            raise fault
        return real(**told)

    monkeypatch.setattr(rules, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(intake_moving, "move_people", move)
    before = len(stored(Case))
    with world.acting("mali"):
        case, count = intake_moving.take_into_case(by=world.mali, intake=event, rows=rows, case=None, at=AT, today=TODAY,
                                                   title="Return", forms=["unknown"])  # fmt: skip
    assert (count, len(calls), len(stored(Case))) == (1, 2, before + 1)
    assert [the_one(IntakePerson, pk=row.pk).status for row in rows] == ["moved", "screened", "screened"]
    for row in rows[1:]:
        into(world, event, row, case=case)
    assert {the_one(IntakePerson, pk=row.pk).case_id for row in rows} == {case.pk}
