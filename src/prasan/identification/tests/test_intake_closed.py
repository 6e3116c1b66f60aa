"""A closed intake: nothing begins by an address that is still known, what was begun is ended, and cases go on."""

import pytest

from prasan.identification.actions import intake, intake_moving, intake_screening
from prasan.identification.models import IntakePerson
from prasan.identification.rules import intake as rules
from prasan.identification.tests.intakes import entered, form, line, screened
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import the_one

pytestmark = pytest.mark.django_db
ANSWERED = {"answers": {"recruited": "no"}, "enters_nrm": False, "at": AT, "today": TODAY}


def closed(world, event):
    with world.acting("mali"):
        intake.move_intake(by=world.mali, intake=event, status="closed", version=event.version)


def again(world, row):
    """The row as a page reads it now."""
    with world.acting("mali"):
        return IntakePerson.objects.select_related("intake").get(pk=row.pk)


def people(world, event):
    """One who waits, one who was screened, one who left."""
    waits, done, left = entered(world, event, *[line(name="ก", age=30)] * 3)
    with world.acting("mali"):
        intake_screening.leave_person(by=world.mali, row=left, version=left.version, at=AT)
    return {"waits": waits, "done": screened(world, done), "left": left}


def screen(by, row):
    return intake_screening.screen_person(by=by, row=row, version=row.version, form=form(), **ANSWERED)


BEGINS = {
    "take": ("waits", lambda by, row: intake_screening.take(by=by, row=row, at=AT)),
    "correct": ("done", screen),
    "leave": ("waits", lambda by, row: intake_screening.leave_person(by=by, row=row, version=row.version, at=AT)),
    "back": ("left", lambda by, row: intake_screening.put_back(by=by, row=row, version=row.version, at=AT)),
    "refuse": ("waits", lambda by, row: intake_screening.refuse_person(
        by=by, row=row, version=row.version, refused="all", card_given=True, at=AT, today=TODAY)),
    "change": ("waits", lambda by, row: intake.change_person(by=by, row=row, version=row.version, line=line(age=31), at=AT)),
    "sort": ("waits", lambda by, row: intake.set_group(by=by, row=row, version=row.version, group="later")),
    "error": ("waits", lambda by, row: intake.enter_in_error(
        by=by, row=row, reason="twice", version=row.version, at=AT, today=TODAY)),
}  # fmt: skip


@pytest.mark.parametrize("act", BEGINS)
def test_nothing_begins_at_a_closed_intake(world, event, act):
    which, do = BEGINS[act]
    row = people(world, event)[which]
    closed(world, event)
    row = again(world, row)
    with world.acting("mali"), pytest.raises(Refused) as refused:
        do(world.mali, row)
    assert [problem.message for problem in refused.value.problems] == [rules.INTAKE_CLOSED]
    assert again(world, row).version == row.version


@pytest.mark.parametrize("act", BEGINS)
def test_the_same_is_done_while_it_is_open(world, event, act):
    which, do = BEGINS[act]
    row = again(world, people(world, event)[which])
    with world.acting("mali"):
        do(world.mali, row)
    assert again(world, row).version > 1


@pytest.mark.parametrize("end", ["screen", "back", "leave", "refuse"])
def test_what_was_begun_is_ended_by_whoever_began_it(world, event, end):
    row = people(world, event)["waits"]
    with world.acting("mali"):
        intake_screening.take(by=world.mali, row=row, at=AT)
    closed(world, event)
    do = screen if end == "screen" else BEGINS[end][1]
    row = again(world, row)
    with world.acting("mali"):
        do(world.mali, row)
    assert the_one(IntakePerson, pk=row.pk).status == {
        "screen": "screened", "back": "waiting", "leave": "left", "refuse": "refused"}[end]  # fmt: skip


def test_who_was_screened_still_comes_into_a_case(world, event):
    row = people(world, event)["done"]
    closed(world, event)
    with world.acting("mali"):
        told = {"rows": [row], "case": world.case, "at": AT, "today": TODAY}
        assert intake_moving.move_people(by=world.mali, intake=event, **told) == 1


def test_the_pages_of_a_closed_intake_offer_what_may_be_done(world, sign_in, event):
    rows = people(world, event)
    mine = entered(world, event, line(name="ข", age=30))[0]
    with world.acting("mali"):
        intake_screening.take(by=world.mali, row=mine, at=AT)
    closed(world, event)
    client, base = sign_in(world.mali), f"/intakes/{event.code}/"

    def page(*parts):
        return client.get("/".join([base.rstrip("/"), *map(str, parts)]) + "/").content.decode()

    assert f'href="{base}move/"' in page()
    assert "people/new/" not in page()
    assert "Screen</a>" in page("people", mine.pk).replace("\n", "").replace("  ", "")
    assert "take/" not in page("people", rows["waits"].pk)
    assert "Correct the screening" not in page("people", rows["done"].pk)
