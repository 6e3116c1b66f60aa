"""The case, its team and its people: what each act does, and the sentence of each refusal."""

from datetime import timedelta

import pytest

from prasan.access.allow import Changed
from prasan.access.check import Denied, may
from prasan.cases import queries, rules
from prasan.cases.actions import orphans, persons, team, timeline
from prasan.cases.models import Case, CaseNumber, Event, Handover, Participation, TeamMember
from prasan.facts.models import Fact
from prasan.journal.models import Line, Revision
from prasan.people.models import Name, Person
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_case, make_person
from tests.kept import stored

from . import acts


def sentences(refused):
    return [p.message for p in refused.value.problems]


def events(world, kind):
    return len(stored(Event, case=world.case, kind=kind))


def test_a_case_is_numbered_within_its_year_and_its_opener_leads_it(world):
    with world.acting("dao"):
        one, two = acts.open_case(world), acts.open_case(world, title="  Second  ")
        assert [int(two.code[-4:]) - int(one.code[-4:]), two.code[:8], two.title] == [1, "TH-2026-", "Second"]
        leads = TeamMember.objects.filter(case=one)
        assert [(m.staff, m.discipline, m.is_lead) for m in leads] == [(world.dao, "coordinator", True)]
        assert (str(one), one.form, Case(forms=[]).form) == (one.code, "unknown", "unknown")
    assert str(CaseNumber.objects.get(year=2026)) == "2026"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"title": " "}, rules.NO_TITLE),
        ({"forms": []}, rules.NO_FORM),
        ({"opened_on": TODAY + timedelta(days=1)}, rules.FUTURE),
        ({"discipline": "lawyer"}, rules.NOT_HELD),
    ],
)
def test_a_case_is_not_opened_badly(world, told, sentence):
    with world.acting("dao"), pytest.raises(Refused) as refused:
        acts.open_case(world, **told)
    assert sentences(refused) == [sentence]


def test_a_changed_case_keeps_what_stood_before_and_restates_its_facts(world):
    with world.acting("nok"):
        acts.arrest(world)
    with world.acting("dao"):
        case = acts.change_case(world, title="Other", forms=["forced_labour"], mode="online", province="TH-10")
    assert (case.title, case.version) == ("Other", 2)
    fact = Fact.objects.get(superseded_at=None)
    assert (fact.form, fact.mode, fact.province) == ("forced_labour", "online", "TH-10")
    assert Revision.objects.filter(line__act="cases.change_case").exists()


def test_who_changes_a_case_late_or_badly_changes_nothing(world):
    with world.acting("dao"):
        with pytest.raises(Refused) as refused:
            acts.change_case(world, title=" ")
        assert sentences(refused) == [rules.NO_TITLE]
        with pytest.raises(Changed):
            acts.change_case(world, version=7)
        assert Case.objects.get(pk=world.case.pk).title == world.case.title


def test_a_case_with_open_tasks_is_not_closed(world):
    from prasan.cases.actions import work

    with world.acting("dao"):
        task = acts.add_task(world, by="dao")
        with pytest.raises(Refused) as refused:
            acts.move_case(world)
        assert [(p.message, p.params) for p in refused.value.problems] == [(rules.OPEN_TASKS, {"count": 1})]
        work.finish_task(by=world.dao, task=task, at=AT)
        assert (acts.move_case(world).closed_on, events(world, "case_closed")) == (TODAY, 1)
        assert (acts.move_case(world, "active").closed_on, events(world, "case_reopened")) == (None, 1)
        acts.move_case(world, "follow_up")
        assert events(world, "case_closed") + events(world, "case_reopened") == 2


def test_a_task_of_care_that_the_coordinator_cannot_read_holds_the_case_open_too(world):
    with world.acting("mali"):
        acts.add_task(world, partition="care")
    with world.acting("dao"), pytest.raises(Refused) as refused:
        acts.move_case(world)
    assert sentences(refused) == [rules.OPEN_TASKS]


@pytest.mark.parametrize(
    ("status", "reason", "sentence"),
    [("active", "x", rules.NOT_ALLOWED_MOVE), ("follow_up", " ", rules.NO_REASON)],
)
def test_a_case_moves_only_as_allowed_and_with_a_reason(world, status, reason, sentence):
    with world.acting("dao"), pytest.raises(Refused) as refused:
        acts.move_case(world, status, reason)
    assert sentences(refused) == [sentence]


def test_joining_opens_the_case_and_leaving_shuts_it(world):
    with world.acting("dao"):
        row = acts.join(world)
    assert may(world.kwan, "cases.view", world.case)
    assert may(world.kwan, "people.view", world.survivor.person)
    with world.acting("kwan"):
        assert [c.code for c in queries.my_cases(world.kwan)] == [world.case.code]
    with world.acting("dao"):
        team.remove_member(by=world.dao, case=world.case, member=row, at=AT, today=TODAY)
        assert row not in queries.team(world.dao, world.case)
        assert queries.team(world.dao, world.case, former=True) == [row]
    assert not may(world.kwan, "cases.view", world.case)
    assert not may(world.kwan, "people.view", world.survivor.person)


def test_a_colleague_joins_only_in_a_discipline_held_and_only_once(world):
    with world.acting("dao"):
        for staff, discipline, sentence in (
            ("kwan", "lawyer", rules.NOT_HELD), ("mali", "social_worker", rules.ALREADY_MEMBER),
        ):  # fmt: skip
            with pytest.raises(Refused) as refused:
                acts.join(world, staff=staff, discipline=discipline)
            assert sentences(refused) == [sentence]
        world.kwan.is_active = False
        with pytest.raises(Refused) as refused:
            acts.join(world)
    assert sentences(refused) == [rules.NOT_HELD]


def test_the_last_lead_stays_until_another_leads(world):
    with world.acting("dao"):
        lead = acts.member(world, "dao")
        with pytest.raises(Refused) as refused:
            team.remove_member(by=world.dao, case=world.case, member=lead, at=AT, today=TODAY)
        assert sentences(refused) == [rules.LAST_LEAD]
        acts.join(world, is_lead=True)
        assert team.remove_member(by=world.dao, case=world.case, member=lead, at=AT, today=TODAY).until_on == TODAY


def test_who_has_gone_already_does_not_go_again(world):
    with world.acting("dao"):
        row = acts.join(world)
        team.remove_member(by=world.dao, case=world.case, member=row, at=AT, today=TODAY)
        later = TODAY + timedelta(days=3)
        assert team.remove_member(by=world.dao, case=world.case, member=row, at=AT, today=later).until_on == TODAY
        assert Line.objects.filter(act="cases.remove_member").count() == 1


def test_a_part_does_not_end_before_it_began(world):
    with world.acting("mali"):
        with pytest.raises(Refused) as refused:
            persons.change_part(by=world.mali, case=world.case, person=world.survivor.person, part="victim",
                                on=world.survivor.since_on - timedelta(days=1), ends="potential_victim", at=AT,
                                today=TODAY)  # fmt: skip
        assert sentences(refused) == [rules.ENDS_FIRST]


def test_somebody_known_is_attached_and_both_teams_see_the_person(world):
    with world.acting("mali"):
        person = acts.known_elsewhere(world)
        row = acts.attach(world, person)
        assert row.case == world.case
        with pytest.raises(Refused) as refused:
            acts.attach(world, person, since_on=TODAY + timedelta(days=1))
        assert sentences(refused) == [rules.FUTURE, rules.ALREADY_PART]
        assert acts.attach(world, person, part="suspect").person == person
    assert may(world.anan, "people.view", person)


def test_somebody_whom_the_actor_does_not_see_is_not_attached(world):
    other = make_case(world, "Another")
    person = make_person(world, other, name="อื่น").person
    with world.acting("dao"):
        mine = TeamMember.objects.get(case=other, staff=world.mali)
        team.remove_member(by=world.dao, case=other, member=mine, at=AT, today=TODAY)
    with world.acting("mali"), pytest.raises(Denied):
        acts.attach(world, person)


def test_nobody_is_added_in_the_future(world):
    with world.acting("mali"), pytest.raises(Refused) as refused:
        acts.add_person(world, since_on=TODAY + timedelta(days=1))
    assert sentences(refused) == [rules.FUTURE]


def test_a_changed_part_is_a_further_row_and_the_old_one_ends_if_told(world):
    with world.acting("mali"):
        row = acts.change_part(world, ends="potential_victim")
        rows = Participation.objects.filter(person=world.survivor.person).order_by("made_at", "part")
        assert {(p.part, p.until_on) for p in rows} == {("potential_victim", TODAY), ("victim", None)}
        assert acts.change_part(world) == row
        assert acts.change_part(world, part="accused").is_official is False
        assert Participation.objects.filter(person=world.survivor.person).count() == 3
        with pytest.raises(Refused) as refused:
            persons.change_part(by=world.mali, case=world.case, person=world.survivor.person, part="victim", at=AT,
                                on=TODAY + timedelta(days=1), today=TODAY)  # fmt: skip
    assert sentences(refused) == [rules.FUTURE]
    assert (row.is_survivor, row.is_defendant) == (True, False)


def test_a_part_that_ends_for_one_that_stood_already_leaves_its_line_too(world):
    from prasan.journal.models import Line

    with world.acting("mali"):
        acts.change_part(world)
        before = Line.objects.filter(act="cases.change_part").count()
        acts.change_part(world, ends="potential_victim")
        assert Participation.objects.get(pk=world.survivor.pk).until_on == TODAY
    assert Line.objects.filter(act="cases.change_part").count() == before + 1


def test_an_official_stays_one_in_the_next_part(world):
    with world.acting("mali"):
        part = acts.add_person(world, part="suspect", is_official=True)
        row = persons.change_part(by=world.mali, case=world.case, person=part.person, part="accused", on=TODAY, at=AT,
                                  today=TODAY)  # fmt: skip
    assert row.is_official


def test_the_timeline_knows_only_its_own_kinds(world):
    with pytest.raises(ValueError):
        timeline.record(world.case, "rumour", on=TODAY, made_at=AT, by=world.dao)


def test_a_case_that_nobody_leads_is_listed_in_codes_and_handed_over_by_two(world):
    assert orphans.orphans() == []
    with world.acting("dao"):
        with pytest.raises(Refused) as refused:
            acts.handover(world)
        assert sentences(refused) == [orphans.NOT_ORPHANED]
        acts.orphaned(world)
        (case,) = orphans.orphans()
        assert case.get_deferred_fields() >= {"title", "summary", "forms"}
        with pytest.raises(Refused) as refused:
            acts.handover(world, discipline="lawyer")
        assert sentences(refused) == [rules.NOT_HELD]
        row = acts.handover(world, staff="kwan", discipline="trainer")
        assert orphans.codes_of([row.case_id]) == {row.case_id: world.case.code}
    assert not may(world.kwan, "cases.view", world.case)
    with world.acting("ubon"):
        orphans.confirm_handover(by=world.ubon, handover=row, at=AT, today=TODAY)
        with pytest.raises(Refused) as refused:
            orphans.confirm_handover(by=world.ubon, handover=row, at=AT, today=TODAY)
    assert sentences(refused) == [orphans.TWO_PEOPLE]
    assert may(world.kwan, "cases.view", world.case)
    assert orphans.orphans() == []


def test_the_one_who_proposed_and_one_of_the_same_discipline_do_not_confirm(world):
    from prasan.accounts.models import HeldDiscipline

    HeldDiscipline.objects.create(staff=world.kwan, discipline="coordinator", since_on=TODAY)
    HeldDiscipline.objects.filter(staff=world.kwan, discipline="trainer").delete()
    with world.acting("dao"):
        acts.orphaned(world)
        row = acts.handover(world)
    for name in ("dao", "kwan"):
        with world.acting(name), pytest.raises(Refused) as refused:
            orphans.confirm_handover(by=world.staff[name], handover=row, at=AT, today=TODAY)
        assert sentences(refused) == [orphans.TWO_PEOPLE]
    assert Handover.objects.get(pk=row.pk).confirmed_at is None


def test_a_member_of_the_team_becomes_its_lead_by_handover(world):
    with world.acting("dao"):
        acts.orphaned(world)
        row = acts.handover(world, staff="mali")
    with world.acting("ubon"):
        orphans.confirm_handover(by=world.ubon, handover=row, at=AT, today=TODAY)
    with world.acting("mali"):
        mine = TeamMember.objects.filter(case=world.case, staff=world.mali, until_on=None)
        assert [(m.discipline, m.is_lead) for m in mine] == [("social_worker", True)]
    assert orphans.orphans() == []


def test_suspending_the_only_lead_orphans_the_case(world):
    world.dao.is_active = False
    world.dao.save()
    assert [c.code for c in orphans.orphans()] == [world.case.code]
    assert orphans.orphan("TH-1999-0001") is None


def test_a_person_added_to_the_wrong_case_is_seen_by_that_team_no_more(world):
    with world.acting("mali"):
        person = acts.known_elsewhere(world)
    with world.acting("dao"):
        leaver = TeamMember.objects.get(case__title="Another", staff=world.nok)
        team.remove_member(by=world.dao, case=leaver.case, member=leaver, at=AT, today=TODAY)
    with world.acting("mali"):
        row = acts.attach(world, person)
    assert may(world.nok, "people.view", person)
    with world.acting("mali"):
        acts.in_error(world, row, reason="wrong_case")
        assert Person.objects.filter(pk=person.pk).exists()
    assert not may(world.nok, "people.view", person)
    with world.acting("nok"):
        assert not Person.objects.filter(pk=person.pk).exists()
        assert not Name.objects.filter(person=person).exists()
