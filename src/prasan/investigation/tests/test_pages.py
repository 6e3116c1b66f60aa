"""The pages of the investigation: shown, sent, hidden from outsiders and other disciplines, in both languages."""

from uuid import uuid4

import pytest

from prasan.access.scoping import viewing
from prasan.investigation.models import Investigation, Operation, Removal
from prasan.investigation.panel import panel
from tests.cast import AT, MARKER

NEW_PAGES = ("investigation/new", "operations/new", "removals/new", "arrests/new")
PLAN = {
    "planned_on": "26/11/2569", "place_kind": "hotel", "province": "TH-57", "lead_body": "dsi", "risk_checked": "on",
    "risk_words": "exits",
}  # fmt: skip


def at(world, *parts):
    return "/".join(["", "cases", world.case.code, *map(str, parts), ""])


def rows(world, model):
    with viewing(world.nok, AT):
        return list(model.objects.filter(closed_as=""))


@pytest.mark.parametrize("page", NEW_PAGES)
def test_each_form_shows_itself_in_both_languages_and_names_nobody(world, sign_in, page):
    for language in ("en", "th"):
        answer = sign_in(world.nok, language).get(at(world, page))
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.content.decode()
        assert MARKER not in answer.content.decode()


@pytest.mark.parametrize("page", NEW_PAGES)
def test_outsiders_get_404_and_other_disciplines_403(world, sign_in, page):
    assert sign_in(world.somchai).get(at(world, page)).status_code == 404
    assert sign_in(world.chai).get(at(world, page)).status_code == 403


def test_an_investigation_is_opened_corrected_and_closed_through_its_pages(world, sign_in):
    client = sign_in(world.nok)
    assert client.post(at(world, "investigation/new"), {"opened_on": "5/10/2569"}).url == at(world)
    (row,) = rows(world, Investigation)
    corrected = client.post(at(world, "investigation/new") + f"?replaces={row.pk}", {"opened_on": "1/9/2569"})
    assert corrected.status_code == 302
    (row,) = rows(world, Investigation)
    close = at(world, "investigation", row.pk, "close")
    assert client.post(close, {"closed_on": "1/8/2569", "version": "1"}).status_code == 422
    assert client.post(close, {"closed_on": "1/11/2569", "version": "9"}).status_code == 409
    assert client.post(close, {"closed_on": "1/11/2569", "version": "1"}).status_code == 302
    assert str(rows(world, Investigation)[0].closed_on) == "2026-11-01"


def test_an_operation_is_planned_shown_corrected_and_recorded_through_its_pages(world, sign_in):
    client = sign_in(world.anan)
    answer = client.post(at(world, "operations/new"), PLAN)
    (row,) = rows(world, Operation)
    assert answer.url == at(world, "operations", row.pk)
    page = client.get(answer.url).content.decode()
    assert row.code in page
    assert "exits" in page
    assert "Department of Special Investigation" in page
    correction = at(world, "operations/new") + f"?replaces={row.pk}"
    assert "exits" in client.get(correction).content.decode()
    assert client.post(correction, PLAN | {"place_kind": "farm"}).status_code == 302
    (row,) = rows(world, Operation)
    assert row.place_kind == "farm"
    result = at(world, "operations", row.pk, "result")
    assert client.post(result, {"status": "done", "version": "1"}).status_code == 422
    told = {
        "status": "done", "done_at_day": "24/11/2569", "done_at_clock": "05:30", "contribution": "joint",
        "version": "1",
    }  # fmt: skip
    assert client.post(result, told).status_code == 302
    assert rows(world, Operation)[0].status == "done"


def test_the_lawyer_sees_the_operation_but_not_the_words_on_risk(world, sign_in, do):
    row = do("plan_operation")
    page = sign_in(world.preecha).get(at(world, "operations", row.pk))
    assert page.status_code == 200
    assert "ทางออก" not in page.content.decode()
    assert sign_in(world.mali).get(at(world, "operations", row.pk)).status_code == 403
    assert sign_in(world.somchai).get(at(world, "operations", row.pk)).status_code == 404
    assert sign_in(world.nok).get(at(world, "operations", uuid4())).status_code == 404


def test_a_removal_is_recorded_by_care_and_corrected_by_code_only(world, sign_in, do):
    operation = do("plan_operation")
    client = sign_in(world.mali)
    told = {"participation": world.survivor.pk, "on": "20/11/2569", "contribution": "led", "operation": ""}
    page = client.get(at(world, "removals/new")).content.decode()
    assert world.survivor.person.code in page
    assert world.suspect.person.code not in page
    assert operation.code not in page
    assert client.post(at(world, "removals/new"), told).status_code == 302
    twice = client.post(at(world, "removals/new"), told)
    assert twice.status_code == 422
    assert "already recorded" in twice.content.decode()
    (row,) = rows(world, Removal)
    correction = at(world, "removals/new") + f"?replaces={row.pk}"
    assert client.post(correction, told | {"on": "1/11/2569"}).status_code == 302
    assert [str(r.on) for r in rows(world, Removal)] == ["2026-11-01"]


def test_an_arrest_is_recorded_in_an_operation_and_stands_on_its_page(world, sign_in, do):
    operation = do("plan_operation")
    client = sign_in(world.nok)
    page = client.get(at(world, "arrests/new") + f"?operation={operation.pk}").content.decode()
    assert world.suspect.person.code in page
    assert world.survivor.person.code not in page
    told = {
        "participation": world.suspect.pk, "arrested_at_day": "24/11/2569", "arrested_at_clock": "05:40",
        "body": "police_atpd", "province": "TH-57", "operation": operation.pk, "contribution": "joint",
    }  # fmt: skip
    assert client.post(at(world, "arrests/new"), told).status_code == 302
    shown = client.get(at(world, "operations", operation.pk)).content.decode()
    assert world.suspect.person.code in shown
    missing = client.post(at(world, "arrests/new"), told | {"contribution": ""})
    assert missing.status_code == 422


def test_a_person_of_another_case_cannot_be_sent_in(world, sign_in):
    from tests.cast import make_case, make_person

    stranger = make_person(world, make_case(world, "Another matter"), name="ผู้อื่น")
    told = {"participation": stranger.pk, "on": "20/11/2569", "contribution": "led"}
    assert sign_in(world.nok).post(at(world, "removals/new"), told).status_code == 422


def test_a_replacement_that_is_not_of_this_case_is_as_absent_as_any(world, sign_in, do):
    for wanted in (uuid4(), "nonsense"):
        assert sign_in(world.nok).get(at(world, "removals/new") + f"?replaces={wanted}").status_code == 404


def test_the_panel_shows_each_discipline_its_part(world, do):
    do("open_investigation")
    do("record_arrest", operation=do("plan_operation"))
    do("record_removal")
    with world.acting("nok"):
        mine = panel(world.nok, world.case)
        assert len(mine.context["operations"]) == len(mine.context["arrests"]) == 1
        assert len(mine.links) == 4
    with world.acting("preecha"):
        assert panel(world.preecha, world.case).links == []
    with world.acting("mali"):
        care = panel(world.mali, world.case)
        assert "operations" not in care.context
        assert len(care.context["removals"]) == 1
        assert [link.href for link in care.links] == [at(world, "removals/new")]
    with world.acting("noi"):
        assert panel(world.noi, world.case) is None


def test_the_panels_fragment_draws_full_and_empty(world, do):
    from django.template.loader import render_to_string

    with world.acting("nok"):
        empty = panel(world.nok, world.case)
        assert "Nothing was recorded yet" in render_to_string(empty.template, empty.context)
    operation = do("plan_operation")
    do("record_arrest", operation=operation)
    with world.acting("nok"):
        full = panel(world.nok, world.case)
        drawn = render_to_string(full.template, full.context)
    assert operation.code in drawn
    assert world.suspect.person.code in drawn
    assert MARKER not in drawn
