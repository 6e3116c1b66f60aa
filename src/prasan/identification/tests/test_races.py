"""Two workers open the same record: the second saves nothing and is told that it changed meanwhile."""

import pytest

from prasan.access.allow import Changed
from prasan.access.held import CLOSED, held
from prasan.cases.actions import holidays
from prasan.cases.models import Holiday
from prasan.identification.actions import field, intake, intake_screening, stages
from prasan.identification.models import Decision, FieldDevice, IntakePerson
from prasan.identification.tests import test_actions as acts
from prasan.identification.tests.intakes import entered, form, opened
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db


def seen(world, name, row):
    """The row as the page of a second worker fetched it."""
    with world.acting(name):
        return type(row).objects.get(pk=row.pk)


def test_a_decision_that_was_joined_meanwhile_is_not_returned(world):
    decision = acts.propose(world)
    stale = seen(world, "dao", decision)
    acts.concur(world, decision)
    with world.acting("nok"), pytest.raises(Changed):
        stages.return_decision(by=world.nok, decision=stale, words="missing", version=stale.version, at=AT)
    with world.acting("nok"):
        assert Decision.objects.get(pk=decision.pk).status == "decided"
    assert acts.differences() == []


def test_a_decision_is_joined_once_by_two_who_press_at_the_same_moment(world):
    decision = acts.propose(world)
    stale = seen(world, "dao", decision)
    acts.concur(world, decision)
    facts = acts.facts_now()
    with world.acting("nok"), pytest.raises(Changed):
        stages.concur(by=world.nok, decision=stale, discipline="investigator", on=TODAY, version=stale.version,
                      at=AT, today=TODAY)  # fmt: skip
    assert (acts.facts_now(), acts.differences()) == (facts, [])


def test_a_screening_saved_meanwhile_is_not_destroyed_by_entered_in_error(world):
    row = entered(world, opened(world))[0]
    with world.acting("mali"):
        row = intake_screening.take(by=world.mali, row=row, at=AT)
        stale = IntakePerson.objects.select_related("intake").get(pk=row.pk)
        intake_screening.screen_person(by=world.mali, row=row, version=row.version, answers={"recruited": "yes"},
                                       enters_nrm=True, form=form(), at=AT, today=TODAY)  # fmt: skip
    with world.acting("dao"), pytest.raises(Changed):
        intake.enter_in_error(by=world.dao, row=stale, reason="other", version=stale.version, at=AT, today=TODAY)
    with world.acting("mali"):
        kept = IntakePerson.objects.get(pk=row.pk)
    assert (kept.status, kept.closed_as, kept.answers) == ("screened", "", {"recruited": "yes"})


def test_a_correction_of_days_off_is_withdrawn_once(world):
    told = {"is_off": True, "calendars": ["court"], "name_en": "A", "name_th": "ก", "source": "s", "at": AT}
    with world.acting("dao"):
        day, _moved = holidays.correct_day(by=world.dao, on=TODAY.replace(day=27), today=TODAY, **told)
        stale = Holiday.objects.get(pk=day.pk)
        holidays.withdraw_day(by=world.dao, holiday=day, version=1, at=AT, today=TODAY)
        with pytest.raises(Changed):
            holidays.withdraw_day(by=world.dao, holiday=stale, version=1, at=AT, today=TODAY)
        with pytest.raises(Refused) as refused:
            holidays.withdraw_day(by=world.dao, holiday=day, version=2, at=AT, today=TODAY)
    assert [problem.message for problem in refused.value.problems] == [CLOSED]


def test_a_phone_is_revoked_once(world):
    with world.acting("nok"):
        device, _code = field.register_device(by=world.nok, desk=world.desk, label="blue", at=AT)
        stale = FieldDevice.objects.get(pk=device.pk)
        field.revoke_device(by=world.nok, device=device, version=1, at=AT)
        with pytest.raises(Changed):
            field.revoke_device(by=world.nok, device=stale, version=1, at=AT)


def test_a_held_row_is_the_row_as_it_stands_now_and_nothing_that_left_the_viewers_sight(world):
    decision = acts.propose(world)
    with world.acting("dao"):
        stale = Decision.objects.get(pk=decision.pk)
        Decision.objects.filter(pk=decision.pk).update(body="other")
        assert held(stale, 1).body == "other"
    with world.acting("somchai"), pytest.raises(Changed):
        held(stale, 1)
