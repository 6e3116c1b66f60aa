"""An age in dispute: decided by the gentlest ways, in doubt for the child, and everywhere the same from then on."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from prasan.access.check import NOT_MEMBER, NOT_YOUR_DISCIPLINE, Denied
from prasan.cases.actions import interviews
from prasan.cases.models import Event
from prasan.cases.rules.telling import NO_PROSECUTOR, NOT_IN_CASE
from prasan.facts.models import Fact
from prasan.identification import queries_of_reviews
from prasan.identification.actions import stages
from prasan.identification.actions.ages import record_age
from prasan.identification.models import AgeAssessment
from prasan.identification.rules import ages as rules
from prasan.journal.models import Line
from prasan.people.ages import Decided, age_group, is_child
from prasan.plain.birth import PartialDate
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_case, make_person
from tests.kept import cannot_write, fresh, stored, the_one

from .test_actions import differences, screen

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")
YEAR = timedelta(days=366)


def decide(world, name="mali", part=None, **changed):
    told = {"result": "adult", "methods": ["documents"], "body": "mdt", "reasons": "มีหนังสือเดินทาง", "on": TODAY} | changed
    with world.acting(name):
        person = (part or world.survivor).person
        fresh(person)
        return record_age(by=world.staff[name], case=world.case, person=person, at=AT, today=TODAY, **told)


def refused(world, **changed):
    with pytest.raises(Refused) as found:
        decide(world, **changed)
    assert stored(AgeAssessment) == []
    return {problem.message for problem in found.value.problems}


def age_now(world):
    fresh(world.survivor.person)
    return world.survivor.person.age_group(TODAY)


def interview(world):
    with world.acting("nok"):
        return interviews.record_interview(
            by=world.nok, case=world.case, person=world.survivor.person, held_at=AT, body="police", purpose="inquiry",
            topics=["money"], place="separate", present=[], recording="none", at=AT,
        )  # fmt: skip


def test_an_assessment_is_kept_sealed_and_decides_for_lists_for_figures_and_for_the_safeguards(world):
    screen(world, child_at_time=None, enters_nrm=False)
    assert age_now(world) == "unknown"
    with pytest.raises(Refused) as found:
        interview(world)
    assert NO_PROSECUTOR in {p.message for p in found.value.problems}
    row = decide(world, low=19)
    assert "หนังสือ".encode() not in bytes(the_one(AgeAssessment).reasons)
    assert Line.objects.get(act="identification.record_age").target == f"identification.ageassessment:{row.pk}"
    assert len(stored(Event, kind="age_assessed")) == 1
    assert age_now(world) == "adult"
    assert Fact.objects.get(kind="person_screened", superseded_at=None).age_group == "adult"
    assert differences() == []
    assert interview(world).of_a_child is False
    with world.acting("ploy"):
        assert queries_of_reviews.opened(world.ploy, row, AT) == {"reasons": "มีหนังสือเดินทาง"}


def test_the_latest_assessment_decides_and_an_older_one_entered_late_changes_nothing(world):
    decide(world, on=TODAY - timedelta(days=9), result="child")
    assert age_now(world) == "child"
    decide(world)
    decide(world, on=TODAY - timedelta(days=3), result="undetermined")
    assert age_now(world) == "adult"


def test_an_assessment_entered_in_error_gives_way_to_the_one_before_and_else_to_doubt(world):
    first = decide(world, on=TODAY - timedelta(days=9), result="child")
    second = decide(world)
    for row, left in ((second, "child"), (first, "unknown")):
        with world.acting("mali"):
            row = AgeAssessment.objects.get(pk=row.pk)
            stages.enter_in_error(by=world.mali, row=row, reason="wrong_person", version=row.version, at=AT, today=TODAY)
        assert age_now(world) == left
    assert world.survivor.person.decided_age is None


def test_a_corrected_assessment_is_superseded_and_the_new_one_decides(world):
    first = decide(world)
    decide(world, result="child", low=15, high=17, methods=["documents", "social"], replaces=first)
    assert age_now(world) == "child"
    assert the_one(AgeAssessment, pk=first.pk).closed_as == "superseded"
    assert world.survivor.person.age_low == 15


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"methods": []}, rules.NO_METHOD), ({"methods": ["x"]}, rules.UNKNOWN_CODE),
        ({"methods": ["bone"]}, rules.LAST_RESORT), ({"methods": ["medical", "dental", "bone"]}, rules.LAST_RESORT),
        ({"low": 17, "high": 20}, rules.REACHES_BELOW), ({"high": 17}, rules.REACHES_BELOW),
        ({"low": 20, "high": 19}, rules.RANGE_TURNED), ({"low": 18, "high": 130}, rules.RANGE_ODD),
        ({"result": "child", "low": 18}, rules.NOT_A_CHILD), ({"result": "x"}, rules.UNKNOWN_CODE),
        ({"body": "x"}, rules.UNKNOWN_CODE), ({"reasons": " "}, "Write something."),
        ({"on": TODAY + timedelta(days=1)}, "This date lies in the future."),
    ],
)  # fmt: skip
def test_an_assessment_that_is_not_founded_is_refused(world, changed, sentence):
    assert refused(world, **changed) == {sentence}


def test_examinations_count_where_gentler_ways_were_tried_first(world):
    assert decide(world, methods=["social", "bone"]).methods == ["social", "bone"]


def test_without_the_rule_an_x_ray_alone_would_pass(world, monkeypatch):
    monkeypatch.setattr(rules, "EXAMINATIONS", frozenset())
    assert decide(world, methods=["bone"]).pk


def test_somebody_of_another_case_is_not_assessed_here(world):
    stranger = make_person(world, make_case(world, "Other"), name="คนอื่น")
    assert refused(world, part=stranger) == {NOT_IN_CASE}


@pytest.mark.parametrize(("name", "reason"), [("somchai", NOT_MEMBER), ("noi", NOT_YOUR_DISCIPLINE)])
def test_outsiders_and_shelter_staff_decide_no_age(world, name, reason):
    with pytest.raises(Denied) as denied:
        decide(world, name)
    assert denied.value.reason == reason


def test_without_its_journal_line_no_age_is_decided(world, monkeypatch):
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        decide(world)
    monkeypatch.undo()
    assert stored(AgeAssessment) == []
    assert age_now(world) == "unknown"


D = date(2026, 1, 10)


@pytest.mark.parametrize(
    ("birth", "decided", "on", "child"),
    [
        (None, None, D, None),
        (None, ("undetermined", D), D, None),
        (PartialDate(1990), ("undetermined", D), D, None),
        (PartialDate(1990), None, D, False),
        (PartialDate(2015), None, D, True),
        (PartialDate(2008), None, date(2026, 5, 5), None),
        (None, ("adult", D), D, False),
        (None, ("adult", D), D + YEAR, False),
        (None, ("adult", D), D - timedelta(days=2), None),
        (None, ("adult", D, 25), D - YEAR, False),
        (PartialDate(2015), ("adult", D), D, False),
        (PartialDate(1990), ("child", D), D, True),
        (PartialDate(1990), ("child", D), D + YEAR, None),
        (None, ("child", D), D - YEAR, True),
        (None, ("child", D, 16), D + YEAR, None),
        (None, ("child", D, 16), D + 2 * YEAR + YEAR, False),
        (None, ("child", D), D + 19 * YEAR, False),
        (PartialDate(2009), ("child", D), D + YEAR, None),
        (PartialDate(2010), ("child", D), D + YEAR, True),
    ],
)  # fmt: skip
def test_child_or_adult_on_a_day(birth, decided, on, child):
    found = is_child(birth, Decided(*decided) if decided else None, on)
    assert found is child


def test_the_line_of_procedure_lies_one_day_later_than_that_of_the_act():
    born = PartialDate(2008, 6, 15)
    assert is_child(born, None, date(2026, 6, 15)) is False
    assert is_child(born, None, date(2026, 6, 15), past_birthday=True) is True
    assert is_child(born, None, date(2026, 6, 16), past_birthday=True) is False
    leap = Decided("adult", date(2024, 2, 29))
    assert is_child(None, leap, date(2024, 2, 29), past_birthday=True) is False


def test_for_figures_a_dispute_is_a_child_and_what_nobody_looked_into_is_unknown():
    assert age_group(None, None, D) == "unknown"
    assert age_group(PartialDate(1990), Decided("undetermined", D), D) == "child"
    assert age_group(None, Decided("child", D), D + YEAR) == "child"


def page(world, name, **row):
    return reverse(f"identification:{name}", kwargs={"case": world.case.code, **row})


def form(**changed):
    return {"result": "child", "low": "15", "high": "17", "methods": ["documents", "dental"], "body": "mdt",
            "on": "24/11/2569", "reasons": "ฟันกรามซี่ที่สาม"} | changed  # fmt: skip


def test_an_age_is_decided_seen_and_corrected_through_its_pages(world, sign_in):
    client, where = sign_in(world.mali), page(world, "record-age", person=world.survivor.person.code)
    assert "Less invasive ways come first" in client.get(where).content.decode()
    assert client.post(where, form(methods=["bone"])).status_code == 422
    answer = client.post(where, form())
    assert answer.status_code == 302, answer.context["form"].errors
    shown = client.get(answer.url).content.decode()
    assert "ฟันกราม" in shown
    assert "15–17" in shown
    assert "The person is treated as a child" in shown
    row = the_one(AgeAssessment)
    assert Line.objects.filter(act="vault.open", target=f"identification.ageassessment:{row.pk}").count() == 1
    again = client.get(f"{where}?replaces={row.pk}").context["form"]
    assert (again["reasons"].value(), again["low"].value()) == ("ฟันกรามซี่ที่สาม", 15)
    assert client.post(f"{where}?replaces={row.pk}", form(result="undetermined", low="", high="")).status_code == 302
    for wrong in ("x", row.pk, "00000000-0000-4000-8000-000000000000"):
        assert client.get(f"{where}?replaces={wrong}").status_code == 404


@pytest.mark.parametrize("name", ["record-age", "age"])
def test_the_pages_of_an_age_speak_thai_and_shut_for_others(world, sign_in, name):
    row = decide(world)
    where = page(world, name, **({"age": row.pk} if name == "age" else {"person": world.survivor.person.code}))
    thai = sign_in(world.mali, "th").get(where)
    assert thai.status_code == 200
    assert 'lang="th"' in thai.content.decode()
    assert sign_in(world.somchai).get(where).status_code == 404
    assert sign_in(world.noi).get(where).status_code == (200 if name == "age" else 403)


def test_whoever_screens_sees_that_the_age_is_in_dispute_or_how_it_was_decided(world, sign_in):
    client = sign_in(world.mali)
    where = page(world, "record-screening") + f"?person={world.survivor.person.code}&with=complete&asked="
    assert "treated as a child until it is decided" in client.get(where).content.decode()
    decide(world, result="child", low=15)
    seen = client.get(where)
    assert "Decided on 24 November 2026: Child." in seen.content.decode()
    assert seen.context["form"]["child_at_time"].value() == "yes"
