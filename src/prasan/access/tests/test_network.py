"""Organisations and intake desks: added by the administrator, by a code and both names; who sits at a desk."""

from datetime import timedelta

import pytest

from prasan.access import actions, check
from prasan.access.check import Denied, may
from prasan.access.models import Desk, DeskAccess
from prasan.accounts.models import Agency
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT
from tests.kept import cannot_write, everything

NAMES = {"name_en": " Night desk ", "name_th": " โต๊ะกลางคืน "}


def agency(world, by="ubon", **told):
    return actions.add_agency(by=world.staff[by], **({"code": "Hospital-CR", "kind": "ngo"} | NAMES | told))


def desk(world, by="ubon", **told):
    return actions.add_desk(by=world.staff[by], **({"code": "night"} | NAMES | told))


def members(world, by="ubon", *names):
    return actions.set_desk_members(by=world.staff[by], desk=world.desk, staff=[world.staff[n] for n in names], at=AT)


ACTS = {"access.add_agency": agency, "access.add_desk": desk, "access.set_desk_members": members}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_on_the_network_leaves_its_line_and_none_without_it(cast_only, act, monkeypatch):
    kept = everything()
    with monkeypatch.context() as broken:
        broken.setattr("prasan.journal.writing.enter", cannot_write)
        with pytest.raises(OSError):
            ACTS[act](cast_only)
    with pytest.raises(Denied) as denied:
        ACTS[act](cast_only, "dao")
    assert denied.value.reason == check.NOT_YOUR_DISCIPLINE
    assert everything() == kept
    row = ACTS[act](cast_only)
    line = Line.objects.order_by("-n").first()
    assert (line.act, line.target) == (act, f"{row._meta.label_lower}:{row.pk}")


@pytest.mark.parametrize(
    ("told", "sentences"),
    [
        ({"code": "two words"}, [actions.BAD_CODE]),
        ({"code": ""}, [actions.BAD_CODE]),
        ({"name_th": " "}, [actions.BOTH_NAMES]),
        ({"name_en": ""}, [actions.BOTH_NAMES]),
    ],
)
def test_a_code_is_plain_and_the_name_is_there_in_both_languages(cast_only, told, sentences):
    for add in (agency, desk):
        with pytest.raises(Refused) as refused:
            add(cast_only, **told)
        assert [p.message for p in refused.value.problems] == sentences


def test_a_code_is_used_once(cast_only):
    agency(cast_only)
    desk(cast_only)
    assert (Agency.objects.get(code="hospital-cr").name_en, Desk.objects.get(code="night").name_th) == (
        "Night desk", "โต๊ะกลางคืน",
    )  # fmt: skip
    for add, code in ((agency, "HOSPITAL-CR"), (desk, "Night")):
        with pytest.raises(Refused) as refused:
            add(cast_only, code=code)
        assert [p.message for p in refused.value.problems] == [actions.CODE_TAKEN]


def test_who_leaves_a_desk_sees_its_leads_no_more_and_may_come_back(cast_only):
    members(cast_only, "ubon", "nok", "preecha")
    assert [may(cast_only.staff[n], "leads.view") for n in ("nok", "preecha", "mali")] == [True, True, False]
    ended = DeskAccess.objects.get(user=cast_only.mali)
    assert ended.until == AT
    actions.set_desk_members(by=cast_only.ubon, desk=cast_only.desk, staff=[cast_only.mali], at=AT + timedelta(days=1))
    assert DeskAccess.objects.get(user=cast_only.mali).until.year == 9999
