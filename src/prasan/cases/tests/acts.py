"""Every act on a case with its least words, for the tests that go through all of them."""

from datetime import timedelta

from prasan.access.models import CaseAccess
from prasan.access.system import system_read
from prasan.cases.actions import correct, custody, matters, orphans, persons, referrals, team, work
from prasan.cases.models import TeamMember
from prasan.people.actions import record_consent
from tests.cast import AT, TODAY, make_case, make_person


def consent(world, agency="shelter"):
    return record_consent(by=world.mali, person=world.survivor.person, purpose="sharing_with_agency", given_on=TODAY,
                          agency=world.agencies[agency], at=AT, today=TODAY)  # fmt: skip


def refer(world, by="mali", agency="shelter", **told):
    return referrals.refer_person(
        by=world.staff[by], case=world.case, person=world.survivor.person, agency=world.agencies[agency],
        **({"reason": "other", "on": TODAY, "at": AT, "today": TODAY} | told),
    )  # fmt: skip


def referral(world):
    consent(world)
    return refer(world)


def add_task(world, by="mali", title="Call the hospital", **told):
    return work.add_task(by=world.staff[by], case=world.case, title=title, at=AT, today=TODAY, **told)


def add_note(world, by="mali", text="Told", partition="shared", **told):
    return work.add_note(by=world.staff[by], case=world.case, text=text, partition=partition, at=AT, **told)


def arrest(world, by="nok", part=None, **told):
    given = {"step": "arrested", "step_at": AT, "contribution": "joint"} | told
    return custody.record_custody(by=world.staff[by], participation=part or world.suspect, at=AT, **given)


def member(world, name="nok"):
    return TeamMember.objects.get(case=world.case, staff=world.staff[name], until_on=None)


def orphaned(world):
    """The lead is gone: suspended, with nobody named in their place."""
    with system_read("team_change", line=False):
        CaseAccess.objects.filter(case=world.case, is_lead=True).update(until=AT - timedelta(days=1))
    return world.case


def handover(world, by="dao", staff="mali", discipline="social_worker"):
    return orphans.propose_handover(by=world.staff[by], case=world.case, staff=world.staff[staff],
                                    discipline=discipline, at=AT)  # fmt: skip


def known_elsewhere(world):
    """Somebody whom the team knows from another case."""
    return make_person(world, make_case(world, "Another"), name="อื่น").person


def open_case(world, by="dao", **told):
    given = {"title": "New", "forms": ["unknown"], "opened_on": TODAY} | told
    return matters.open_case(by=world.staff[by], at=AT, today=TODAY, **given)


def change_case(world, by="dao", version=1, **told):
    return matters.change_case(by=world.staff[by], case=world.case, version=version, today=TODAY,
                               **(told or {"title": "Other"}))  # fmt: skip


def move_case(world, status="closed", reason="Done", by="dao"):
    return matters.move_case(by=world.staff[by], case=world.case, status=status, reason=reason, at=AT, today=TODAY)


def attach(world, person, by="mali", **told):
    given = {"part": "witness", "since_on": TODAY} | told
    return persons.attach_person(by=world.staff[by], case=world.case, person=person, at=AT, today=TODAY, **given)


def change_part(world, by="mali", part="victim", **told):
    return persons.change_part(by=world.staff[by], case=world.case, person=world.survivor.person, part=part, on=TODAY,
                               at=AT, today=TODAY, **told)  # fmt: skip


def add_person(world, by="mali", **told):
    given = {"part": "witness", "since_on": TODAY, "names": [("original", "พยาน")], "gender": "feminine"} | told
    return persons.add_person(by=world.staff[by], case=world.case, at=AT, today=TODAY, **given)


def join(world, by="dao", staff="kwan", discipline="trainer", **told):
    return team.add_member(by=world.staff[by], case=world.case, staff=world.staff[staff], discipline=discipline, at=AT,
                           today=TODAY, **told)  # fmt: skip


def in_error(world, row, by="mali", act="cases.correct", reason="wrong_date", version=1, **told):
    return correct.enter_in_error(by=world.staff[by], row=row, act=act, reason=reason, version=version, at=AT,
                                  today=TODAY, **told)  # fmt: skip


# By name: who does it, the act on what was made before, what is made before by whom, and the line's act.
ACTS = {
    "open a case": ("dao", lambda w, _m, by: open_case(w, by), None, "cases.open_case"),
    "change a case": ("dao", lambda w, _m, by: change_case(w, by), None, "cases.change_case"),
    "close a case": ("dao", lambda w, _m, by: move_case(w, by=by), None, "cases.close_case"),
    "add a member": ("dao", lambda w, _m, by: join(w, by), None, "cases.add_member"),
    "remove a member": (
        "dao", lambda w, m, by: team.remove_member(by=w.staff[by], case=w.case, member=m, at=AT, today=TODAY), member,
        "cases.remove_member",
    ),
    "add a person": ("mali", lambda w, _m, by: add_person(w, by), None, "cases.add_person"),
    "attach a person": ("mali", lambda w, m, by: attach(w, m, by), known_elsewhere, "cases.attach_person"),
    "change a part": ("mali", lambda w, _m, by: change_part(w, by), None, "cases.change_part"),
    "give a task": ("mali", lambda w, _m, by: add_task(w, by), None, "cases.add_task"),
    "finish a task": (
        "mali", lambda w, m, by: work.finish_task(by=w.staff[by], task=m, at=AT), add_task, "cases.finish_task",
    ),
    "write a note": (
        "mali", lambda w, _m, by: add_note(w, by, about=w.survivor.person), None, "cases.add_note",
    ),
    "share a note": (
        "mali",
        lambda w, m, by: work.share_item(by=w.staff[by], case=w.case, note=m, discipline="lawyer", purpose="x", at=AT),
        add_note, "cases.share_item",
    ),
    "enter a date": (
        "mali",
        lambda w, _m, by: work.add_appointment(by=w.staff[by], case=w.case, kind="visit", starts_at=AT, at=AT),
        None, "cases.add_appointment",
    ),
    "record custody": ("nok", lambda w, _m, by: arrest(w, by), None, "cases.record_custody"),
    "refer a person": ("mali", lambda w, _m, by: refer(w, by), consent, "cases.refer_person"),
    "answer a referral": (
        "mali",
        lambda w, m, by: referrals.answer_referral(by=w.staff[by], referral=m, version=m.version, status="accepted",
                                                   on=TODAY, at=AT, today=TODAY),
        referral, "cases.answer_referral",
    ),
    "correct a record": ("mali", lambda w, m, by: in_error(w, m, by, words="x"), add_task, "cases.correct"),
    "propose a handover": ("dao", lambda w, _m, by: handover(w, by), orphaned, "cases.propose_handover"),
    "confirm a handover": (
        "ubon", lambda w, m, by: orphans.confirm_handover(by=w.staff[by], handover=m, at=AT, today=TODAY),
        lambda w: orphaned(w) and handover(w), "cases.confirm_handover",
    ),
}  # fmt: skip
