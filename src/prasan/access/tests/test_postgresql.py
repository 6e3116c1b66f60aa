"""The second wall: with the first one switched off, PostgreSQL itself shows each viewer the own rows only."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django_scopes import scopes_disabled

from prasan.access import rls
from prasan.access.models import CaseAccess, DeskAccess, PersonAccess
from prasan.access.scoping import PATHS
from prasan.access.system import SYSTEM_ROLE, has_system_role, system_read
from prasan.cases.models import Case
from prasan.people.models import Person
from tests.cast import AT
from tests.full import make_world

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="row-level security is PostgreSQL's")


@pytest.fixture
def full(instance_keys, frozen):
    """Two finished matters; Mali left the second, and the intake desk."""
    world = make_world()
    ended = AT - timedelta(seconds=1)
    CaseAccess.objects.filter(user=world.mali, case=world.rows["other"]).update(until=ended)
    with system_read("verify", line=False):
        theirs = list(Person.objects.filter(access__isnull=False).values_list("pk", flat=True).distinct())
        mine = list(world.case.__class__.objects.filter(pk=world.case.pk).values_list("pk", flat=True))
        from prasan.cases.models import Participation

        kept = set(Participation.objects.filter(case__in=mine).values_list("person_id", flat=True))
    PersonAccess.objects.filter(user=world.mali, person__in=set(theirs) - kept).update(until=ended)
    DeskAccess.objects.filter(user=world.mali).update(until=ended)
    return world


def rows(model):
    return set(model._base_manager.values_list("pk", flat=True))


def should_see(model, kind, viewer):
    """What the managers would show: counted by the system, which sees all."""
    user, until = PATHS[kind]
    return set(model._base_manager.filter(**{user: viewer.pk, until: AT}).values_list("pk", flat=True))


def test_each_scoped_table_shows_the_viewer_s_rows_and_no_other(full):
    scoped = rls.scoped_models()
    with system_read("verify", line=False):
        everything = {model: rows(model) for model in scoped}
        expected = {model: should_see(model, kind, full.mali) for model, kind in scoped.items()}
    with full.acting("mali"), scopes_disabled():
        seen = {model: rows(model) for model in scoped}
    assert seen == expected
    filled = [model for model in scoped if everything[model]]
    assert len(filled) > 25
    assert [m for m in filled if seen[m] == everything[m]] == []
    assert len([m for m in filled if seen[m]]) > 20


def test_without_a_viewer_no_row_is_there(full):
    for model in rls.scoped_models():
        assert rows(model) == set()
    with full.acting("mali"), scopes_disabled():
        assert rows(Case) == {full.case.pk}
    assert rows(Case) == set()


def test_who_is_on_no_team_sees_no_row_of_any_case(full):
    with full.acting("ubon"), scopes_disabled():
        assert {m.__name__ for m in rls.scoped_models() if rows(m)} == set()


def test_the_system_role_sees_all_and_only_inside_its_read(full):
    assert has_system_role()
    with system_read("verify"):
        assert rows(Case) == {full.case.pk, full.rows["other"].pk, full.rows["asking"].pk}
        assert _current_user() == SYSTEM_ROLE
    assert _current_user() != SYSTEM_ROLE
    assert rows(Case) == set()
    with pytest.raises(RuntimeError), system_read("verify"):
        raise RuntimeError
    assert _current_user() != SYSTEM_ROLE


def _current_user():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_a_system_read_inside_a_viewer_s_scope_gives_the_scope_back(full):
    with full.acting("mali"), scopes_disabled():
        with system_read("verify", line=False):
            assert rows(Case) == {full.case.pk, full.rows["other"].pk, full.rows["asking"].pk}
        assert rows(Case) == {full.case.pk}


def test_a_row_that_is_not_seen_cannot_be_changed_and_none_can_be_deleted(full):
    with full.acting("mali"), scopes_disabled():
        other = Case._base_manager.filter(pk=full.rows["other"].pk)
        assert other.update(title="x") == 0
        assert Case._base_manager.filter(pk=full.case.pk).update(summary="x") == 1
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM cases_note")
            assert cursor.rowcount == 0


def test_a_read_that_broke_leaves_no_role_behind(full):
    with pytest.raises(DatabaseError), transaction.atomic(), system_read("verify", line=False):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")
    assert _current_user() != SYSTEM_ROLE


def test_no_table_is_open_and_a_planted_one_is_found(db):
    role = connection.settings_dict["USER"]
    assert rls.open_tables() == []
    assert not rls.inherits(role)
    assert rls.inherits(SYSTEM_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY")
    assert rls.open_tables() == ["cases_case"]
    assert rls.install(role) == len(rls.scoped_models())
    assert rls.open_tables() == []
