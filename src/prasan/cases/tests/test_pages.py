"""Pages of the acts on a case: each shows its form, posts it, and says what is refused."""

import pytest
from django.urls import reverse

from prasan.cases.models import Appointment, Case, CustodyStep, Note, Participation, Referral, Share, Task, TeamMember
from tests.cast import TODAY
from tests.kept import stored, the_one

from . import acts


def address(world, name, **more):
    return reverse(f"cases:{name}", kwargs={"case": world.case.code, **more})


def survivor(world):
    return {"person": world.survivor.person.code}


def prepared(world):
    """A note, a task and a referral of the case, by their names in the addresses."""
    with world.acting("mali"):
        return {"note": acts.add_note(world).pk, "referral": acts.referral(world).pk}


# By name of the address: who, what the address needs, what is posted, which rows stand afterwards.
PAGES = {
    "change": ("dao", None, {"title": "Other", "forms": ["forced_labour"], "mode": "online", "version": 1},
               lambda w: stored(Case, title="Other", version=2)),
    "move": ("dao", None, {"status": "follow_up", "reason": "x"}, lambda w: stored(Case, status="follow_up")),
    "add-member": ("dao", None, {"staff": "kwan", "discipline": "trainer", "reason": "x"},
                   lambda w: stored(TeamMember, staff=w.kwan)),
    "add-task": ("mali", None, {"title": "Call", "partition": "care", "owner": "mali", "about": "survivor",
                                "due_on": "2026-12-01"},
                 lambda w: stored(Task, owner=w.mali, about=w.survivor.person, partition="care")),
    "add-note": ("mali", None, {"text": "Told", "partition": "care", "about": "survivor"},
                 lambda w: stored(Note, about=w.survivor.person)),
    "share-note": ("mali", "note", {"discipline": "lawyer", "purpose": "x"},
                   lambda w: stored(Share, discipline="lawyer")),
    "add-appointment": ("mali", None, {"kind": "visit", "starts_at_day": "2026-12-01", "starts_at_clock": "10:00", "partition": "shared", "about": "survivor"},
                        lambda w: stored(Appointment, about=w.survivor.person)),
    "change-part": ("mali", "person", {"part": "victim", "ends": "", "on": "2026-11-24"},
                    lambda w: stored(Participation, part="victim")),
    "record-custody": ("nok", "part", {"step": "arrested", "step_at_day": "2026-11-20", "step_at_clock": "10:00", "contribution": "joint"},
                       lambda w: stored(CustodyStep, participation=w.suspect)),
    "refer": ("mali", "person", {"agency": "shelter", "reason": "other", "on": "2026-11-24"},
              lambda w: stored(Referral, status="sent", version=1)),
    "answer-referral": ("mali", "referral", {"status": "accepted", "on": "2026-11-24"},
                        lambda w: stored(Referral, status="accepted")),
}  # fmt: skip


def filled(world, posted):
    """The codes and numbers that only this world knows, in the place of their names."""
    known = {"kwan": world.kwan.pk, "mali": world.mali.pk, "survivor": world.survivor.person.code,
             "shelter": world.agencies["shelter"].pk}  # fmt: skip
    return {k: known.get(v, v) if isinstance(v, str) else v for k, v in posted.items()}


@pytest.mark.parametrize("name", PAGES)
def test_each_page_shows_its_form_refuses_an_empty_one_and_takes_a_filled_one(world, sign_in, name):
    who, needs, posted, stands = PAGES[name]
    made = prepared(world)
    known = made | {"part": world.suspect.pk, "person": world.survivor.person.code}
    where = address(world, name, **({needs: known[needs]} if needs else {}))
    client, before = sign_in(world.staff[who]), len(stands(world))
    assert client.get(where).status_code == 200
    assert client.get(where, headers={"accept-language": "th"}).status_code == 200
    assert client.post(where, {}).status_code == 422
    assert len(stands(world)) == before
    answer = client.post(where, filled(world, posted))
    assert answer.status_code == 302, answer.content.decode()
    assert len(stands(world)) == before + 1
    assert sign_in(world.somchai).get(where).status_code == 404


def test_a_referral_that_was_answered_meanwhile_is_not_answered_again_on_the_form_of_before(world, sign_in):
    where, client = address(world, "answer-referral", referral=prepared(world)["referral"]), sign_in(world.mali)
    assert 'name="version" value="1"' in client.get(where).content.decode()
    shown = {"on": "2026-11-24", "version": "1"}
    assert client.post(where, {"status": "accepted", **shown}).status_code == 302
    assert client.post(where, {"status": "rejected", **shown}).status_code == 409
    again = client.post(where, {"status": "", **shown})
    assert (again.status_code, 'name="version" value="1"' in again.content.decode()) == (422, True)
    assert the_one(Referral).status == "accepted"


def test_a_case_is_opened_on_its_page_in_a_discipline_of_ones_own(world, sign_in):
    client, where = sign_in(world.nok), reverse("cases:open")
    page = client.get(where).content.decode()
    assert 'value="investigator"' in page
    assert 'value="lawyer"' not in page
    form = {"title": "New", "forms": ["unknown"], "mode": "unknown", "opened_on": "2026-11-24"}
    assert client.post(where, {**form, "discipline": "lawyer"}).status_code == 422
    assert client.post(where, {**form, "discipline": "investigator"}).status_code == 302
    assert the_one(Case, title="New").opened_on == TODAY
    assert sign_in(world.fah).get(where).status_code == 403


def test_a_task_is_done_from_the_page_of_the_case(world, sign_in):
    with world.acting("mali"):
        task = acts.add_task(world)
    where = address(world, "finish-task", task=task.pk)
    assert sign_in(world.mali).get(where).status_code == 405
    assert sign_in(world.mali).post(where).status_code == 302
    assert the_one(Task).done_by == world.mali


def test_a_note_for_nobody_in_particular_and_a_task_for_nobody_yet(world, sign_in):
    client = sign_in(world.mali)
    for name, posted in (
        ("add-note", {"text": "Told", "partition": "shared"}), ("add-task", {"title": "Call", "partition": "shared"}),
        ("add-appointment", {"kind": "visit", "starts_at_day": "2026-12-01", "starts_at_clock": "10:00", "partition": "shared"}),
    ):  # fmt: skip
        assert client.post(address(world, name), posted).status_code == 302
    assert the_one(Note).about is None
    assert (the_one(Task).owner, the_one(Task).about) == (None, None)
    assert the_one(Appointment).about is None


def test_the_last_lead_is_told_why_she_stays_and_a_lead_who_left_goes_to_her_list(world, sign_in):
    with world.acting("dao"):
        mine = acts.member(world, "dao")
    client, where = sign_in(world.dao), address(world, "remove-member", member=mine.pk)
    answer = client.post(where, follow=True)
    assert "The last lead member cannot leave" in answer.content.decode()
    with world.acting("dao"):
        acts.join(world, is_lead=True)
    assert client.post(where).headers["Location"] == reverse("desk:cases")
    assert client.get(f"/cases/{world.case.code}/").status_code == 404
