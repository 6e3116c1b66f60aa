"""Corrections stay with their person and their right; what is not in force any more says so and offers nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from prasan import packs
from prasan.access.check import Denied
from prasan.access.models import CaseAccess
from prasan.cases.models import Task
from prasan.identification import panel, papers, queries, queries_of_field
from prasan.identification.actions import papers as printing
from prasan.identification.actions import stages
from prasan.identification.models import AgeAssessment, Decision, Screening
from prasan.identification.rules import forms as asking
from prasan.people.rules import OTHER_PERSON
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_person
from tests.kept import stored, the_one

from .phoning import accept, submission
from .phoning import screening as around
from .test_actions import propose, screen
from .test_ages import decide
from .test_pages import asking as asking_page
from .test_pages import decision_form, page
from .test_reviews import ask, decided

pytestmark = [pytest.mark.urls("prasan.identification.tests.urls"), pytest.mark.usefixtures("own_packs")]
BANNER = "No longer in force: "
ALL = '[all]\nvalid_to = ""\nconfirmed_by = ""\nconfidence = "sourced"\nsource = "our own"\n'
OLD = '[[screening_form]]\ncode = "begging"\nvalid_from = ""\nvalid_to = 2026-12-31\n'
NEW = ('[[screening_form]]\ncode = "begging"\nvalid_from = 2027-01-01\nversion = "2027.1"\nen = "Begging anew"\n'
       'th = "ขอทาน"\nfor = ["child"]\nsituations = ["begging"]\nquestions = ["danger", "wishes"]\n')  # fmt: skip


def someone(world):
    return make_person(world, world.case, name="อีกคนหนึ่ง")


# The same person


@pytest.mark.parametrize("record", [
    lambda w, part, **more: screen(w, participation=part, **more),
    lambda w, part, **more: propose(w, participation=part, **more),
    lambda w, part, **more: decide(w, part=part, **more),
])  # fmt: skip
def test_what_is_about_one_person_is_not_corrected_by_what_is_about_another(world, record):
    row = record(world, world.survivor)
    with pytest.raises(Refused) as refused:
        record(world, someone(world), replaces=row)
    assert [(p.message, p.field) for p in refused.value.problems] == [(OTHER_PERSON, "participation")]
    assert the_one(type(row)).closed_as == ""


def test_a_corrected_decision_offers_its_own_person_alone(world, sign_in):
    row, other, client = propose(world), someone(world), sign_in(world.mali)
    at = page("propose-decision", world) + f"?replaces={row.pk}"
    choices = [str(code) for code, _label in client.get(at).context["form"].fields["participation"].choices]
    assert str(world.survivor.pk) in choices
    assert str(other.pk) not in choices
    assert client.post(at, decision_form(world, participation=str(other.pk))).status_code == 422
    assert client.post(at, decision_form(world)).status_code == 302


# The right to correct


def test_whoever_may_screen_but_not_correct_corrects_no_screening(world, sign_in):
    row = screen(world)
    told = {"name": "noi", "discipline": "shelter_staff", "replaces": row, "asked_again": {}}
    with pytest.raises(Denied, match=r"identification\.correct"):
        screen(world, **told)
    assert the_one(Screening).closed_as == ""
    assert sign_in(world.noi).get(page("record-screening", world) + f"?replaces={row.pk}").status_code == 403


# Entered in error, and what is closed


def rows_of(world):
    """One of each kind, with the name of its page and of its kind in the address of correcting."""
    decision = decided(world)
    return {"screening": screen(world, enters_nrm=False), "decision": decision, "age": decide(world), "review": ask(world, decision)}


@pytest.mark.parametrize("kind", ["screening", "decision", "age", "review"])
def test_each_record_leads_to_marking_it_as_an_error_and_then_says_so_and_offers_nothing(world, sign_in, kind):
    row, client = rows_of(world)[kind], sign_in(world.mali)
    here = page(kind, world, **{kind: row.pk})
    way = reverse("desk:correct", kwargs={"case": world.case.code, "kind": kind, "row": row.pk})
    seen = client.get(here).content.decode()
    assert way in seen
    assert BANNER not in seen
    with world.acting("mali"):
        row = type(row).objects.get(pk=row.pk)
        stages.enter_in_error(by=world.mali, row=row, reason="twice", version=row.version, at=AT, today=TODAY)
    closed = client.get(here)
    assert BANNER + "this was entered in error." in closed.content.decode()
    assert [one["text"] for one in closed.context["actions"]] == ["Print for the file"] * (kind == "screening")


def test_what_a_newer_record_replaced_says_so(world, sign_in):
    first = propose(world)
    propose(world, replaces=first)
    html = sign_in(world.mali).get(page("decision", world, decision=first.pk)).content.decode()
    assert BANNER + "a newer record stands in its place." in html


@pytest.mark.parametrize(("closed_as", "flagged"), [("", False), ("error", True), ("superseded", True)])
def test_the_paper_of_a_closed_screening_says_on_top_that_it_is_not_in_force(world, monkeypatch, closed_as, flagged):
    row, kept = screen(world), []
    row.closed_as = closed_as
    monkeypatch.setattr(papers.papers, "pdf", lambda _template, data, *_lang, **_title: kept.append(data) or b"%PDF-")
    with world.acting("mali"):
        printing.print_screening(by=world.mali, screening=row, on=TODAY)
    assert kept[0]["flags"][0].startswith(BANNER) is flagged


def test_the_paper_reads_indicators_with_the_form_that_was_asked(world, tmp_path):
    row = screen(world)
    before = [one["sign"] for one in panel.indicator_rows(row)]
    text = f'[[screening_indicator]]\ncode = "{row.indicators[0]}"\nen = "Called anew"\nth = "ชื่อใหม่"\n'
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    packs.load(tmp_path)
    assert packs.label("screening_indicator", row.indicators[0], "en") == "Called anew"
    with translation.override("en"):
        assert [line[0] for line in papers._indicators(row)["rows"]] == before


# Ages across cases


def test_an_age_taken_back_here_gives_way_to_the_one_of_another_team(world):
    here, there = decide(world), decide(world, result="child", on=TODAY - timedelta(days=3))
    for_a_moment = CaseAccess.objects.create(user=world.mali, case=other_case(world), disciplines="social_worker", since=AT)
    with world.acting("mali"):
        AgeAssessment.objects.filter(pk=there.pk).update(case=for_a_moment.case)
    for_a_moment.delete()
    with world.acting("mali"):
        row = AgeAssessment.objects.get(pk=here.pk)
        stages.enter_in_error(by=world.mali, row=row, reason="twice", version=row.version, at=AT, today=TODAY)
        world.survivor.person.refresh_from_db()
    assert world.survivor.person.age_decided == "child"


def other_case(world):
    """A case of which Mali is no member."""
    from prasan.cases.tests import acts

    with world.acting("somchai"):
        return acts.open_case(world, by="somchai")


def test_an_older_age_corrected_to_a_later_day_than_the_newest_decides(world):
    older = decide(world, result="child", on=TODAY - timedelta(days=9))
    decide(world, on=TODAY - timedelta(days=3))
    decide(world, result="undetermined", on=TODAY - timedelta(days=1), replaces=older)
    with world.acting("mali"):
        world.survivor.person.refresh_from_db()
    assert world.survivor.person.age_decided == "undetermined"


# A phone that could not know


def test_what_a_phone_asked_in_reflection_is_kept_and_the_lead_is_told(world, phone):
    screen(world, on=TODAY - timedelta(days=1))
    form = packs.forms()["complete"]
    told = {"answers": {"sold": "yes"}, "form": form, "about": {"age": 30}}
    with pytest.raises(Refused):
        screen(world, answers={"sold": "yes"})
    assert stored(Task, title=asking.ASKED_IN_REFLECTION) == []
    id = uuid4()
    assert phone.put(id, phone.sealed(id, **told), form=form).status_code == 201
    accept(world, submission(id), person=world.survivor.person.code, screening=around(child_at_time=False))
    assert [row.answers for row in stored(Screening, answers__sold="yes")] == [{"sold": "yes"}]
    task = the_one(Task, title=asking.ASKED_IN_REFLECTION)
    assert (task.about_id, task.owner_id, task.due_on) == (world.survivor.person_id, world.dao.pk, TODAY)


def test_what_a_phone_asked_without_a_conflict_opens_no_task(world, phone):
    accept(world, phone.send())
    assert stored(Task, title=asking.ASKED_IN_REFLECTION) == []


# The form of the day


def test_a_form_is_asked_from_its_own_day_and_not_before(world, sign_in, tmp_path):
    (tmp_path / "ours.toml").write_text(ALL + OLD + NEW, encoding="utf-8")
    packs.load(tmp_path)
    assert packs.forms()["begging"].version == "2027.1"
    assert stages.kept_form("begging", AT).content["version"] == "2026.1"
    given = {one["content"]["code"]: one["content"]["version"] for one in queries_of_field.phone_content(TODAY)["forms"]}
    assert given["begging"] == "2026.1"
    html = sign_in(world.mali).get(page("record-screening", world)).content.decode()
    assert "Begging anew" not in html
    assert sign_in(world.mali).get(asking_page(world, "begging")).status_code == 200


# Two at once


def test_a_second_proposal_of_the_same_moment_is_a_conflict_and_not_a_failure(world, sign_in, monkeypatch):
    propose(world)
    monkeypatch.setattr("prasan.identification.rules.decision_problems", lambda **_told: [])
    answer = sign_in(world.preecha).post(page("propose-decision", world), decision_form(world, discipline="lawyer"))
    assert answer.status_code == 409
    assert "มีเหตุอันควรเชื่อ" in answer.content.decode()
    assert len(stored(Decision)) == 1


# What waits, before it is cut


def test_what_waits_is_filtered_by_discipline_before_it_is_cut(world):
    first = propose(world, on=TODAY - timedelta(days=9))
    last = propose(world, participation=someone(world))
    with world.acting("dao"):
        Decision.objects.filter(pk=first.pk).update(discipline="coordinator")
        rows = Decision.objects.filter(status="proposed").order_by("on")
        assert queries.could_join(world.dao, rows, "identification.concur", 1) == [last]
