"""The ledger of facts agrees with the rows after every kind of change, and a planted change is found."""

import pytest

from prasan.cases.actions import matters
from prasan.demo import build
from prasan.demo.matters import MATTERS
from prasan.desk.reconcile import reconcile
from prasan.facts.models import Fact, Tally
from prasan.identification.actions.stages import enter_in_error
from prasan.identification.models import Decision
from prasan.people.actions import change_person
from prasan.plain.birth import PartialDate
from tests.cast import AT, TODAY
from tests.full import make_world


@pytest.fixture
def full(instance_keys, frozen):
    return make_world()


def test_two_finished_matters_reconcile(full):
    assert reconcile().differences == []
    assert build.STAGES[-1] == MATTERS[0].reached


def test_a_changed_person_and_case_restate_their_facts(full):
    person = full.survivor.person
    with full.acting("mali"):
        change_person(by=full.mali, person=person, version=person.version, at=AT, today=TODAY, gender="masculine",
                      birth=PartialDate(1990), citizenships=["THA"])  # fmt: skip
    with full.acting("dao"):
        case = type(full.case).objects.get(pk=full.case.pk)
        matters.change_case(by=full.dao, case=case, version=case.version, today=TODAY, forms=["forced_labour"],
                            mode="online", province="TH-10")  # fmt: skip
    assert reconcile().differences == []
    assert Fact.objects.filter(sex="male", form="forced_labour", superseded_at=None).exists()


def test_a_decision_in_error_takes_the_part_back(full):
    from prasan.cases.models import Participation

    with full.acting("mali"):
        decision = Decision.objects.filter(case=full.case, outcome="identified").first()
        enter_in_error(by=full.mali, row=decision, reason="wrong_person", version=decision.version, at=AT, today=TODAY)
        parts = Participation.objects.filter(case=full.case, person=decision.person, until_on=None, closed_as="")
        assert [p.part for p in parts] == ["potential_victim"]
    assert reconcile().differences == []


def test_planted_differences_are_found(full):
    Fact.objects.filter(kind="offender_convicted").update(sex="female")
    Tally.objects.filter(kind="service_given").update(events=99)
    found = reconcile().differences
    assert any("fact differs" in line for line in found)
    assert any("tally differs" in line for line in found)
