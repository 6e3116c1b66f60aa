"""Asking for a person whom another team knows: nothing is told to the asker, those who know the person answer."""

from datetime import timedelta

import pytest

from prasan.access.allow import Changed
from prasan.access.check import NOT_MEMBER, Denied, person_access
from prasan.access.system import system_read
from prasan.cases import due, queries_of_asking
from prasan.cases.actions import asking
from prasan.cases.models import Event, Participation
from prasan.cases.tests import acts
from prasan.journal.models import Line
from prasan.people import rules
from prasan.people.models import AttachRequest
from prasan.plain.problem import Refused
from tests.cast import AT, MARKER, TODAY
from tests.kept import cannot_write

KNOWN, UNKNOWN = f"{MARKER} ใจดี", "ไม่เคยมีใครชื่อนี้"
LATER = AT + timedelta(days=rules.ATTACH_DAYS)


@pytest.fixture
def theirs(world):
    with world.acting("somchai"):
        return acts.open_case(world, by="somchai")


def ask(world, case, name=KNOWN, at=AT, **told):
    values = {"names": [name], "reason": "same_person", "part": "witness", "since_on": TODAY} | told
    with world.acting("somchai"):
        return asking.ask_attach(by=world.somchai, case=case, at=at, today=TODAY, **values)


def waiting(world, who="mali", at=AT):
    with world.acting(who):
        return queries_of_asking.waiting_for(world.staff[who], at)


def answer(world, yes, who="mali", at=AT, version=1):
    with world.acting(who):
        row = AttachRequest.objects.get(person=world.survivor.person)
        return asking.answer_attach(by=world.staff[who], request=row, case=world.case, yes=yes, version=version,
                                    at=at, today=TODAY)  # fmt: skip


def asked(world, case, at=AT):
    with world.acting("somchai"):
        return [(one.reason, one.state) for one in queries_of_asking.asked_by(world.somchai, case, at)]


def lines(case):
    rows = Line.objects.filter(case_id=case.pk).order_by("n")
    return [(line.act, line.by, line.opened, line.outcome) for line in rows]


def all_requests():
    with system_read("verify", line=False):
        return list(AttachRequest.objects.order_by("made_at"))


def test_the_team_that_knows_the_person_is_asked_with_discipline_agency_and_reason(world, theirs):
    assert ask(world, theirs) is None
    (one,) = waiting(world)
    assert (one.row.person, one.case, one.row.reason) == (world.survivor.person, world.case, "same_person")
    assert one.row.discipline in {"social_worker", "investigator"}
    with world.acting("mali"):
        (line,) = due.due(world.mali, TODAY)
    assert world.survivor.person.code in line.text
    assert "Another Foundation" in line.text
    assert "Somchai" not in line.text
    assert theirs.code not in line.text + line.href


def test_yes_attaches_the_person_and_both_cases_have_their_line(world, theirs):
    ask(world, theirs)
    answer(world, yes=True)
    with world.acting("somchai"):
        part = Participation.objects.get(case=theirs)
        assert (part.person, part.part, part.made_by) == (world.survivor.person, "witness", world.somchai)
        assert Event.objects.filter(case=theirs, kind="person_added", about=part.person).exists()
    assert person_access(world.somchai, world.survivor.person_id)
    mali = str(world.mali.pk)
    assert ("people.answer_attach", mali, 0, "done") in lines(world.case)
    assert ("cases.attach_person", mali, 0, "done") in lines(theirs)
    assert asked(world, theirs) == [("same_person", "attached")]
    assert waiting(world) == []


def test_no_leaves_the_asker_with_nothing_and_its_own_line(world, theirs):
    ask(world, theirs)
    before = lines(theirs)
    answer(world, yes=False)
    assert lines(theirs) == before
    assert ("people.answer_attach", str(world.mali.pk), 0, "done") in lines(world.case)
    assert not person_access(world.somchai, world.survivor.person_id)
    with world.acting("somchai"):
        assert not Participation.objects.filter(case=theirs).exists()
        assert not AttachRequest.objects.exists()


def test_to_the_asker_a_refused_an_unanswered_and_an_absent_person_look_alike(world, theirs):
    """The lines of the journal, the state at every moment and the state at the end are the same."""
    told = {}
    for name in (KNOWN, UNKNOWN):
        before = len(lines(theirs))
        ask(world, theirs, name)
        told[name] = [line[:1] + line[2:] for line in lines(theirs)[before:]]
    assert told[KNOWN] == told[UNKNOWN]
    answer(world, yes=False)
    for at in (AT, LATER - timedelta(seconds=1)):
        assert asked(world, theirs, at) == [("same_person", "passed_on")] * 2
    assert asked(world, theirs, LATER) == [("same_person", "not_attached")] * 2


def test_a_question_expires_after_thirty_days(world, theirs):
    ask(world, theirs)
    assert len(waiting(world, at=LATER - timedelta(seconds=1))) == 1
    assert waiting(world, at=LATER) == []
    with pytest.raises(Refused) as wanted:
        answer(world, yes=True, at=LATER)
    assert [p.message for p in wanted.value.problems] == [rules.ATTACH_EXPIRED]
    ask(world, theirs, at=LATER)
    assert len(waiting(world, at=LATER)) == 1


def test_the_same_question_twice_asks_the_other_team_once(world, theirs):
    ask(world, theirs)
    ask(world, theirs)
    assert len(waiting(world)) == 1
    assert asked(world, theirs) == [("same_person", "passed_on")] * 2


@pytest.mark.parametrize("who", ["chai", "noi", "fah", "ubon", "tawan", "somchai"])
def test_who_does_not_work_with_the_person_in_the_case_cannot_answer_or_see_the_question(world, theirs, who):
    ask(world, theirs)
    assert waiting(world, who) == []
    (row,) = all_requests()
    with world.acting(who), pytest.raises(Denied) as denied:
        asking.answer_attach(by=world.staff[who], request=row, case=world.case, yes=True, version=1, at=AT, today=TODAY)
    assert who in {"chai", "noi"} or denied.value.reason == NOT_MEMBER
    assert all_requests()[0].answer == ""


def test_only_who_may_add_people_to_a_case_may_ask_in_it(world, theirs):
    with world.acting("mali"), pytest.raises(Denied, match=r"cases\.add_person"):
        asking.ask_attach(by=world.mali, case=theirs, names=[KNOWN], reason="safety", part="witness", since_on=TODAY,
                          at=AT, today=TODAY)  # fmt: skip
    assert all_requests() == []


@pytest.mark.parametrize("limit", ["OPENINGS_AN_HOUR", "OPENINGS_A_DAY"])
@pytest.mark.parametrize("name", [KNOWN, UNKNOWN])
def test_each_question_is_one_opening_of_the_allowance_until_it_is_used_up(world, theirs, settings, limit, name):
    setattr(settings, limit, 2)
    for _n in range(2):
        ask(world, theirs, name)
    with pytest.raises(Denied) as denied:
        ask(world, theirs, name)
    assert denied.value.params == {"count": 2, "limit": 2}
    assert [opened for act, _by, opened, _out in lines(theirs) if act == "people.ask_attach"] == [1, 1]


@pytest.mark.parametrize(("told", "problem"), [
    ({"names": ["", " "]}, rules.NO_NAME), ({"reason": "curious"}, rules.NO_ATTACH_REASON),
])  # fmt: skip
def test_a_question_without_a_name_or_a_reason_is_refused(world, theirs, told, problem):
    with pytest.raises(Refused) as wanted:
        ask(world, theirs, **told)
    assert [p.message for p in wanted.value.problems] == [problem]
    assert all_requests() == []


def test_a_question_is_answered_once_on_what_was_seen_and_never_by_the_asker(world, theirs):
    ask(world, theirs)
    with pytest.raises(Changed):
        answer(world, yes=True, version=2)
    answer(world, yes=False)
    with pytest.raises(Refused) as wanted:
        answer(world, yes=True, version=2)
    assert [p.message for p in wanted.value.problems] == [rules.ATTACH_ANSWERED]
    own = list(rules.answer_problems(answer="", asked_at=AT, at=AT, own=True))
    assert [p.message for p in own] == [rules.ATTACH_YOURS]


@pytest.mark.parametrize("act", ["ask", "yes"])
def test_what_cannot_be_written_down_did_not_happen(world, theirs, act, monkeypatch):
    if act == "yes":
        ask(world, theirs)

    with monkeypatch.context() as patched:
        patched.setattr("prasan.journal.writing.enter", cannot_write)
        with pytest.raises(OSError, match="no line"):
            ask(world, theirs) if act == "ask" else answer(world, yes=True)
    assert [row.answer for row in all_requests()] == ([] if act == "ask" else [""])
    with world.acting("somchai"):
        assert not Participation.objects.filter(case=theirs).exists()


def test_the_pages_ask_and_answer_and_say_the_same_for_a_known_and_an_unknown_name(world, theirs, sign_in):
    asker, knower = sign_in(world.somchai), sign_in(world.mali)
    address = f"/cases/{theirs.code}/attach-requests/new/"
    form = {"reason": "safety", "part": "victim", "since_on": "2026-11-20", "romanised": ""}
    pages = [asker.post(address, {**form, "name": name}, follow=True) for name in (UNKNOWN, KNOWN)]
    for page in pages:
        assert "Your question was passed on." in page.content.decode()
    assert asker.post(address, {**form, "name": ""}).status_code == 422
    assert world.survivor.person.code not in asker.get(address).content.decode()
    assert f'href="{address}"' in asker.get(f"/cases/{theirs.code}/people/new/").content.decode()
    (one,) = waiting(world)
    there = f"/cases/{world.case.code}/people/{world.survivor.person.code}/attach-requests/{one.row.pk}/"
    assert there in knower.get("/").content.decode()
    shown = knower.get(there).content.decode()
    assert "Another Foundation" in shown
    assert theirs.code not in shown
    assert knower.post(there, {"version": 1}).status_code == 422
    assert knower.post(there, {"answer": "no", "version": 2}).status_code == 409
    assert knower.post(there, {"answer": "no", "version": 1}).status_code == 302
    assert rules.ATTACH_ANSWERED in knower.get(there).content.decode()
    assert "not attached" not in asker.get(address).content.decode().partition("</h1>")[2].partition("<table")[2]
    assert sign_in(world.chai).get(there).status_code == 403
    assert asker.get(there).status_code == 404
    absent = there.replace(str(one.row.pk), "00000000-0000-0000-0000-000000000000")
    assert knower.get(absent).status_code == 404
    assert 'lang="th"' in sign_in(world.mali, "th").get(there).content.decode()
