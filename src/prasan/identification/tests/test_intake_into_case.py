"""People of an intake are taken into a case, each exactly once, and count once by the same pseudonym."""

import pytest

from prasan import vault
from prasan.access.check import Denied
from prasan.cases.actions import matters
from prasan.cases.models import Participation
from prasan.identification.actions import intake, intake_moving, intake_screening
from prasan.identification.models import IntakePerson, Screening
from prasan.people.models import Name, Person
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY

from .intakes import SECRET, agrees, facts_of, keys_of, line, lines, moved, screened

pytestmark = pytest.mark.django_db


def test_people_are_taken_into_a_case_with_name_and_screening_each_exactly_once(world, event, people):
    rows = [screened(world, row) for row in people]
    assert moved(world, event, rows) == 2
    assert moved(world, event, rows) == 0
    with world.acting("mali"):
        person = Person.objects.get(pk=people[0].pk)
        name = Name.objects.get(person=person)
        assert vault.open(name, "value", by=world.mali, why="work", at=AT)["text"] == SECRET
        assert (person.gender, person.sex, person.citizenships, person.languages) == ("feminine", "female", ["THA"], ["tha"])
        assert Person.objects.get(pk=people[1].pk).age_group(TODAY) == "child"
        one = Screening.objects.get(person=person)
        assert (one.on, one.form_id, one.answers) == (TODAY, rows[0].form_id, {"recruited": "yes"})
        parts = dict(Participation.objects.filter(person__in=[p.pk for p in people]).values_list("person_id", "part"))
        assert parts == {row.pk: "potential_victim" if row.enters_nrm else "other" for row in rows}
        row = IntakePerson.objects.get(pk=people[0].pk)
    assert (row.status, row.case_id, row.name, row.answers) == ("moved", world.case.pk, None, {})
    assert keys_of(row) == 0
    assert lines("identification.move_intake_person") == 2


def test_the_screening_of_who_is_taken_in_counts_once_by_the_same_pseudonym(world, event, people):
    rows = [screened(world, row) for row in people]
    before = set(facts_of().values_list("person", flat=True))
    assert agrees()
    moved(world, event, rows)
    assert facts_of().count() == 2
    assert set(facts_of().values_list("person", flat=True)) == before
    assert set(facts_of().values_list("case_id", flat=True)) == {world.case.pk}
    assert agrees()


def test_who_left_after_the_screening_still_counts(world, event, people):
    row = screened(world, people[0])
    with world.acting("mali"):
        intake_screening.leave_person(by=world.mali, row=row, version=row.version, at=AT)
        assert facts_of().count() == 1
        assert agrees()
        intake_screening.put_back(by=world.mali, row=row, version=row.version, at=AT)
    assert row.status == "screened"
    assert agrees()


def test_into_a_new_case_or_not_at_all(world, event, people, monkeypatch):
    rows = [screened(world, row) for row in people]
    told = {"by": world.mali, "intake": event, "rows": rows, "case": None, "at": AT, "today": TODAY, "title": "Return"}
    with world.acting("mali"):
        with pytest.raises(Refused):
            intake_moving.take_into_case(**told, forms=[])
        case, count = intake_moving.take_into_case(**told, forms=["unknown"])
        assert (case.province, count) == ("TH-27", 2)
        assert intake_moving.take_into_case(**{**told, "case": case})[1] == 0


def test_a_planted_change_is_found_by_reconciliation(world, event, people):
    screened(world, people[0])
    with world.acting("mali"):
        IntakePerson.objects.filter(pk=people[0].pk).update(sex="male")
    assert not agrees()


def test_only_a_member_of_the_case_takes_people_into_it_and_nobody_who_is_not_screened(world, event, people):
    row = screened(world, people[0])
    assert moved(world, event, [people[1]]) == 0
    with world.acting("dao"):
        case = matters.open_case(by=world.dao, title="Another", forms=["unknown"], opened_on=TODAY, at=AT, today=TODAY)
    with pytest.raises(Denied):
        moved(world, event, [row], case=case)
    with pytest.raises(Refused):
        moved(world, event, [])
    assert Person._base_manager.filter(pk=row.pk).count() == 0


def test_who_is_in_a_case_cannot_be_screened_or_changed_here_any_more(world, event, people):
    row = screened(world, people[0])
    moved(world, event, [row])
    with world.acting("mali"):
        row = IntakePerson.objects.select_related("intake").get(pk=row.pk)
        with pytest.raises(Refused):
            intake_screening.take(by=world.mali, row=row, at=AT)
        with pytest.raises(Refused):
            intake.change_person(by=world.mali, row=row, version=row.version, line=line(age=30), at=AT)
        with pytest.raises(Refused):
            intake.enter_in_error(by=world.mali, row=row, reason="twice", version=row.version, at=AT, today=TODAY)
