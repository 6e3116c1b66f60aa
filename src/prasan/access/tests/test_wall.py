"""The rows of access name nobody, the second wall is written for every scoped table, closed readers stay closed."""

import pytest
from django.http import HttpRequest
from django_scopes.exceptions import ScopeError

from prasan.access import check, rls
from prasan.access.context import viewer
from prasan.access.models import CaseAccess, Desk, DeskAccess, Draft, PersonAccess
from prasan.access.system import System
from prasan.cases.models import Case, Note, Participation
from prasan.leads.models import Lead
from prasan.people.models import Consent, Name, Person
from tests.cast import AT


def test_a_row_of_access_shows_itself_by_number(world):
    rows = [CaseAccess.objects.first(), PersonAccess.objects.first(), DeskAccess.objects.first()]
    assert [str(row) for row in rows] == [f"access {row.pk}" for row in rows]
    draft = Draft.objects.create(staff=world.mali, place="x", sealed=b"x", at=AT)
    assert (str(draft), str(world.desk)) == (f"draft {draft.pk}", "hotline")
    assert str(world.survivor) == f"participation {world.survivor.pk}"
    assert System("tick").pk == "system:tick"


def test_a_desk_has_its_name_in_the_reader_s_language():
    from django.utils import translation

    desk = Desk(name_en="Hotline", name_th="สายด่วน")
    names = []
    for language in ("en", "th"):
        with translation.override(language):
            names.append(desk.name)
    assert names == ["Hotline", "สายด่วน"]


@pytest.mark.parametrize("reader", ["exists", "in_bulk", "select_related", "prefetch_related", "explain", "aiterator"])
def test_the_readers_that_the_library_leaves_open_are_closed(world, reader):
    with pytest.raises(ScopeError):
        getattr(Case.objects, reader)()


def test_a_row_of_a_person_is_checked_through_the_person(world):
    with world.acting("mali"):
        name = Name.objects.filter(person=world.survivor.person).get()
    assert check.may(world.mali, "people.open_identity", name)
    assert check.refusal(world.somchai, "people.open_identity", name).reason == check.NOT_MEMBER
    assert check.refusal(world.anan, "care.view", name).reason == check.NOT_YOUR_DISCIPLINE


def test_a_page_before_any_sign_in_has_no_ways(db):
    assert viewer(HttpRequest()) == {}


def test_a_way_that_this_installation_does_not_have_is_left_out(world, rf, monkeypatch):
    from prasan.access import context

    monkeypatch.setattr(context, "WAYS", (("nowhere:list", "Nowhere", "desk.my_day"), *context.WAYS))
    request = rf.get("/cases/")
    request.user = world.mali
    ways = list(viewer(request)["nav"])
    assert "Nowhere" not in [way["text"] for way in ways]
    assert [way["href"] for way in ways if way["current"]] == ["/cases/"]


def test_every_scoped_table_gets_the_same_wall():
    scoped = rls.scoped_models()
    assert {scoped[m] for m in (Case, Participation, Note)} == {"case", "in_case"}
    assert [scoped[m] for m in (Person, Name, Consent, Lead)] == ["person", "of_person", "of_person", "lead"]
    assert set(scoped.values()) <= set(rls.CONDITIONS)
    text = list(rls.statements("prasan_app"))
    for model in scoped:
        of_table = [line for line in text if f'"{model._meta.db_table}"' in line]
        assert sum("FORCE ROW LEVEL SECURITY" in line for line in of_table) == 1
        (sees,) = [line for line in of_table if "viewer_reads" in line and line.startswith("CREATE")]
        assert "FOR SELECT TO \"prasan_app\"" in sees
        assert "current_setting('prasan.viewer', true)" in sees
        assert "{" not in sees
        assert next(line for line in of_table if line.startswith("CREATE POLICY system")).endswith("WITH CHECK (true)")
    assert not any("DELETE TO" in line or "FOR DELETE" in line for line in text)


def test_a_row_that_is_named_alone_in_an_address_is_fetched_through_the_scope(world):
    from uuid import UUID

    from django.http import Http404

    from prasan.access.allow import fetch_all

    children = {"part": "cases.Participation"}
    with world.acting("mali"):
        assert fetch_all({"part": world.survivor.pk}, children) == {"part": world.survivor}
        with pytest.raises(Http404):
            fetch_all({"part": UUID(int=0)}, children)
    with world.acting("somchai"), pytest.raises(Http404):
        fetch_all({"part": world.survivor.pk}, children)
