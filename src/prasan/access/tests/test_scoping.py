"""The wall under the lists: no scope, no rows; another's scope, no rows; an access that ended, no rows."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django_scopes.exceptions import ScopeError

from prasan.access.models import CaseAccess, PersonAccess
from prasan.access.scoping import scoped, viewer_id, viewing
from prasan.access.system import System, running, system_read
from prasan.cases.models import Case, Note, Participation
from prasan.people.models import Name, Person
from tests.cast import AT


@pytest.mark.parametrize("model", [Case, Note, Participation, Person, Name])
def test_without_a_scope_nothing_can_be_read(world, model):
    with pytest.raises(ScopeError):
        model.objects.count()


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), 1, "mali"])
def test_only_a_signed_in_member_of_staff_opens_a_scope(world, nobody):
    with pytest.raises(ScopeError), viewing(nobody, AT):
        pass


def test_a_disabled_member_opens_no_scope(world):
    world.mali.is_active = False
    with pytest.raises(ScopeError), viewing(world.mali, AT):
        pass


def test_each_sees_the_own_cases_only(world):
    with world.acting("mali"):
        assert viewer_id() == world.mali.pk
        assert Case.objects.count() == 1
        assert Person.objects.count() == 2
    with world.acting("somchai"):
        assert (Case.objects.count(), Person.objects.count(), Participation.objects.count()) == (0, 0, 0)
        assert not Case.objects.filter(pk=world.case.pk).exists()
    assert viewer_id() is None


def test_an_access_that_ended_gives_nothing_at_once(world):
    CaseAccess.objects.filter(user=world.mali).update(until=AT - timedelta(seconds=1))
    PersonAccess.objects.filter(user=world.mali).update(until=AT)
    with world.acting("mali"):
        assert Case.objects.count() == 0
        assert Person.objects.count() == 0


def test_the_two_dimensions_meet_in_one_row(world):
    """A planted fault: access of two users, one ended, one open; only the pair in one row may count."""
    CaseAccess.objects.filter(user=world.mali).update(until=AT - timedelta(days=1))
    with world.acting("mali"):
        assert str(Case.objects.all().query).count("access_caseaccess") <= 6
        assert list(Case.objects.all()) == []


def test_a_system_read_sees_all_and_leaves_its_line(world):
    from prasan.journal.models import Line

    before = Line.objects.count()
    with system_read("reconcile") as reader:
        assert isinstance(reader, System)
        assert running() == "reconcile"
        assert Case.objects.count() == 1
    assert running() == ""
    assert Line.objects.count() == before + 1


def test_a_system_read_needs_a_name_of_the_list(world):
    with pytest.raises(ValueError), system_read("curiosity"):
        pass


def test_an_unknown_scope_is_refused():
    with pytest.raises(KeyError):
        scoped("everything")


def test_a_long_reading_keeps_nobody_from_writing(django_db_setup, django_db_blocker, monkeypatch):
    from django.db import connection

    monkeypatch.setattr("prasan.access.system.journal.enter", lambda **_told: None)
    with django_db_blocker.unblock():
        with system_read("verify"):
            assert connection.in_atomic_block
        with system_read("verify", at_once=False):
            assert connection.in_atomic_block is (connection.vendor == "postgresql")
            assert running() == "verify"
    assert running() == ""
