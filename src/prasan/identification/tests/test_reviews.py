"""A decision looked at again: anybody affected asks, another discipline answers, and help never gets less."""

from datetime import timedelta

import pytest
from django.urls import reverse

from prasan.access.allow import Changed
from prasan.access.check import NOT_MEMBER, NOT_YOUR_DISCIPLINE, Denied
from prasan.cases.models import Event
from prasan.facts.models import Fact
from prasan.identification import due, queries_of_reviews
from prasan.identification.actions import stages
from prasan.identification.actions.reviews import answer_review, ask_review
from prasan.identification.models import Decision, Review
from prasan.identification.rules import NOT_IN_DISCIPLINE
from prasan.identification.rules import reviews as rules
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import cannot_write, fresh, stored, the_one

from .test_actions import concur, join_in, parts, propose

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")


def decided(world, outcome="not_identified", on=TODAY - timedelta(days=20)):
    told = {} if outcome == "identified" else {"law_basis": "", "forms": []}
    return concur(world, propose(world, outcome=outcome, on=on, **told), on=on)


def ask(world, decision, name="mali", discipline="social_worker", **changed):
    told = {"kind": "review", "asked_by": "person", "grounds": "ยังมีเรื่องที่ไม่ได้เล่า", "on": TODAY} | changed
    with world.acting(name):
        return ask_review(by=world.staff[name], decision=decision, discipline=discipline, at=AT, today=TODAY, **told)


def answer(world, review, name="preecha", discipline="lawyer", **changed):
    told = {"outcome": "upheld", "answer": "ข้อเท็จจริงไม่เปลี่ยน", "body": "mdt", "on": TODAY, "version": review.version}
    with world.acting(name):
        return answer_review(
            by=world.staff[name], review=Review.objects.get(pk=review.pk), discipline=discipline, at=AT, today=TODAY,
            **(told | changed),
        )  # fmt: skip


def messages(found):
    return {problem.message for problem in found.value.problems}


@pytest.mark.parametrize("asked_by", ["person", "guardian", "lawyer", "team"])
@pytest.mark.parametrize("kind", ["review", "appeal", "reopening"])
def test_anybody_affected_asks_and_the_grounds_are_sealed(world, asked_by, kind):
    row = ask(world, decided(world), kind=kind, asked_by=asked_by)
    assert (row.status, row.outcome, row.discipline) == ("open", "", "social_worker")
    assert "เล่า".encode() not in bytes(the_one(Review).grounds)
    assert Line.objects.get(act="identification.ask_review").target == f"identification.review:{row.pk}"
    assert len(stored(Event, kind="review_asked")) == 1
    with world.acting("dao"):
        assert queries_of_reviews.opened(world.dao, row, AT)["grounds"] == "ยังมีเรื่องที่ไม่ได้เล่า"


def test_asking_and_answering_change_no_fact_no_part_and_no_decision(world):
    decision = decided(world, "identified")
    before = (list(Fact.objects.order_by("pk").values_list()), parts(world), the_one(Decision).status)
    answer(world, ask(world, decision, kind="reopening"), outcome="decide_new")
    assert (list(Fact.objects.order_by("pk").values_list()), parts(world), the_one(Decision).status) == before


def test_it_may_be_asked_again_and_again_as_long_as_the_decision_stands(world):
    decision = decided(world)
    ask(world, decision)
    ask(world, decision, kind="appeal", asked_by="lawyer")
    assert len(stored(Review, status="open")) == 2


def test_only_a_decision_that_stands_is_looked_at_again(world):
    with pytest.raises(Refused) as found:
        ask(world, propose(world))
    assert messages(found) == {rules.NOT_DECIDED}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "x"}, rules.UNKNOWN_CODE), ({"asked_by": "x"}, rules.UNKNOWN_CODE),
        ({"grounds": " "}, "Write something."), ({"on": TODAY + timedelta(days=1)}, "This date lies in the future."),
        ({"on": TODAY - timedelta(days=30)}, rules.BEFORE_DECISION), ({"discipline": "lawyer"}, NOT_IN_DISCIPLINE),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_when_asking(world, changed, sentence):
    with pytest.raises(Refused) as found:
        ask(world, decided(world), **changed)
    assert messages(found) == {sentence}
    assert stored(Review) == []


def test_another_discipline_answers_with_reasons(world):
    row = answer(world, ask(world, decided(world)))
    assert (row.status, row.outcome, row.answered_on, row.version) == ("answered", "upheld", TODAY, 2)
    assert Line.objects.filter(act="identification.answer_review", outcome="done").count() == 1
    assert len(stored(Event, kind="review_answered")) == 1
    with world.acting("mali"):
        assert queries_of_reviews.opened(world.mali, row, AT)["answer"] == "ข้อเท็จจริงไม่เปลี่ยน"


def test_neither_the_same_person_nor_the_same_discipline_answers(world):
    row = ask(world, decided(world))
    join_in(world, "mali", "psychologist")
    with pytest.raises(Refused) as found:
        answer(world, row, name="mali", discipline="psychologist")
    assert messages(found) == {rules.SAME_PERSON}
    join_in(world, "preecha", "social_worker")
    with pytest.raises(Refused) as found:
        answer(world, row, discipline="social_worker")
    assert messages(found) == {rules.SAME_DISCIPLINE}
    with pytest.raises(Refused) as found:
        answer(world, row, discipline="prosecutor")
    assert messages(found) == {NOT_IN_DISCIPLINE}
    assert the_one(Review).status == "open"


@pytest.mark.parametrize("guard", ["answer_problems", "ask_problems"])
def test_a_planted_fault_in_the_rules_lets_through_what_they_stop(world, monkeypatch, guard):
    row = ask(world, decided(world))
    monkeypatch.setattr(f"prasan.identification.actions.reviews.{guard}", lambda **_told: [])
    if guard == "answer_problems":
        assert answer(world, row, name="mali", discipline="social_worker").status == "answered"
    else:
        assert ask(world, row.decision, grounds=" x", on=TODAY + timedelta(days=9)).pk


def test_an_appeal_is_answered_by_another_body_than_the_one_that_decided(world):
    row = ask(world, decided(world), kind="appeal")
    with pytest.raises(Refused) as found:
        answer(world, row)
    assert messages(found) == {rules.SAME_BODY}
    assert answer(world, row, body="non_police_governmental_organization").status == "answered"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"outcome": "x"}, rules.UNKNOWN_CODE), ({"body": "x"}, rules.UNKNOWN_CODE), ({"answer": ""}, "Write something."),
     ({"on": TODAY + timedelta(days=1)}, "This date lies in the future."),
     ({"on": TODAY - timedelta(days=1)}, rules.BEFORE_ASKING)],
)  # fmt: skip
def test_what_does_not_fit_is_refused_when_answering(world, changed, sentence):
    row = ask(world, decided(world))
    with pytest.raises(Refused) as found:
        answer(world, row, **changed)
    assert messages(found) == {sentence}


def test_an_answer_is_given_once_and_after_a_fresh_look(world):
    row = ask(world, decided(world))
    with pytest.raises(Changed):
        answer(world, row, version=9)
    answer(world, row)
    fresh(row)
    with pytest.raises(Refused) as found:
        answer(world, row)
    assert messages(found) == {rules.ANSWERED}


@pytest.mark.parametrize(("name", "reason"), [("somchai", NOT_MEMBER), ("noi", NOT_YOUR_DISCIPLINE)])
def test_outsiders_and_shelter_staff_neither_ask_nor_answer(world, name, reason):
    decision = decided(world)
    row = ask(world, decision)
    for act in (lambda: ask(world, decision, name=name),
                lambda: answer_review(by=world.staff[name], review=row, outcome="upheld", answer="x", body="mdt", on=TODAY,
                                      discipline="lawyer", version=1, at=AT, today=TODAY)):  # fmt: skip
        with world.acting(name), pytest.raises(Denied) as denied:
            act()
        assert denied.value.reason == reason


@pytest.mark.parametrize("act", ["ask", "answer"])
def test_without_its_journal_line_neither_is_saved(world, monkeypatch, act):
    decision = decided(world)
    row = ask(world, decision) if act == "answer" else None
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        answer(world, row) if row else ask(world, decision)
    monkeypatch.undo()
    assert [r.status for r in stored(Review)] == (["open"] if row else [])


def test_my_day_shows_open_reviews_to_the_other_disciplines_for_fifteen_days(world):
    row = ask(world, decided(world), on=TODAY - timedelta(days=16))
    for name, lines in (("preecha", 1), ("dao", 1), ("mali", 0), ("noi", 0), ("somchai", 0)):
        with world.acting(name):
            found = [line for line in due.due(world.staff[name], TODAY) if "A review of" in line.text]
        assert len(found) == lines, name
        assert all(line.tone == "late" and line.on == TODAY - timedelta(days=1) for line in found)
    answer(world, row)
    with world.acting("preecha"):
        assert due.due(world.preecha, TODAY) == []


def test_a_review_entered_in_error_waits_for_nobody(world):
    row = ask(world, decided(world))
    with world.acting("mali"):
        stages.enter_in_error(by=world.mali, row=Review.objects.get(pk=row.pk), reason="twice", version=1, at=AT, today=TODAY)
    with world.acting("preecha"):
        assert queries_of_reviews.waiting(world.preecha) == []


def page(world, name, **row):
    return reverse(f"identification:{name}", kwargs={"case": world.case.code, **row})


def test_a_new_decision_is_needed_and_the_way_leads_straight_to_proposing_it(world, sign_in):
    decision, mali, preecha = decided(world), sign_in(world.mali), sign_in(world.preecha)
    seen = mali.get(page(world, "decision", decision=decision.pk)).content.decode()
    where = page(world, "ask-review", decision=decision.pk)
    assert where in seen
    assert "no time runs out for asking" in mali.get(where).content.decode()
    asked = mali.post(where, {"kind": "reopening", "asked_by": "person", "grounds": "พบหลักฐานใหม่", "on": "24/11/2569",
                              "discipline": "social_worker"})  # fmt: skip
    assert asked.status_code == 302, asked.context["form"].errors
    shown = preecha.get(asked.url).content.decode()
    assert "พบหลักฐานใหม่" in shown
    assert "Reasonable grounds to believe" in shown
    row = the_one(Review)
    answering = page(world, "answer-review", review=row.pk)
    assert "Reasonable grounds to believe" in preecha.get(answering).content.decode()
    told = {"outcome": "decide_new", "answer": "ควรพิจารณาใหม่", "body": "mdt", "on": "24/11/2569", "discipline": "lawyer",
            "version": row.version}  # fmt: skip
    own = mali.post(answering, told | {"discipline": "social_worker"})
    assert own.status_code == 422
    assert "a second person must answer" in own.content.decode()
    done = preecha.post(answering, told)
    assert done.status_code == 302, done.context["form"].errors
    assert done.url == page(world, "propose-decision") + f"?replaces={decision.pk}"
    assert preecha.get(done.url).status_code == 200
    assert preecha.post(answering, told | {"version": row.version}).status_code == 409


@pytest.mark.parametrize("outcome", ["not_identified", "undetermined"])
def test_whoever_was_not_identified_keeps_every_way_to_help_on_the_page(world, sign_in, outcome):
    decision = decided(world, outcome)
    seen = sign_in(world.mali).get(page(world, "decision", decision=decision.pk)).content.decode()
    refer = reverse("cases:refer", kwargs={"case": world.case.code, "person": world.survivor.person.code})
    for way in (refer, f"/cases/{world.case.code}/#care", page(world, "record-screening"), "The help that stays open",
                page(world, "ask-review", decision=decision.pk), "Help goes on"):  # fmt: skip
        assert way in seen, way
    assert parts(world) == {"potential_victim"}


def test_an_answered_review_is_listed_with_its_answer_on_the_page_of_the_decision(world, sign_in):
    decision = decided(world)
    answer(world, ask(world, decision))
    seen = sign_in(world.mali).get(page(world, "decision", decision=decision.pk)).content.decode()
    assert "Decisions looked at again" in seen
    assert "The decision stands" in seen
    assert "ยังมีเรื่อง" not in seen


@pytest.mark.parametrize("name", ["ask-review", "review", "answer-review"])
def test_the_pages_of_a_review_speak_thai_and_shut_for_others(world, sign_in, name):
    decision = decided(world)
    row = ask(world, decision)
    where = page(world, name, **({"decision": decision.pk} if name == "ask-review" else {"review": row.pk}))
    thai = sign_in(world.preecha, "th").get(where)
    assert thai.status_code == 200
    assert 'lang="th"' in thai.content.decode()
    assert sign_in(world.somchai).get(where).status_code == 404
    assert sign_in(world.noi).get(where).status_code == (200 if name == "review" else 403)
