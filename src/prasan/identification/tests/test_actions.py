"""Acts of identification: done, refused, denied; the journal and the facts; nothing without its line."""

from datetime import date, timedelta

import pytest

from prasan.access.allow import Changed
from prasan.access.check import NOT_MEMBER, NOT_YOUR_DISCIPLINE, Denied
from prasan.access.system import system_read
from prasan.accounts.models import HeldDiscipline, Staff
from prasan.cases.actions import correct, team
from prasan.cases.models import Event, Participation, Task
from prasan.facts import ledger as ledger_of_facts
from prasan.facts.models import Fact
from prasan.identification import due, ledger, queries, rules
from prasan.identification.actions import stages as actions
from prasan.identification.models import Concurrence, Decision, Screening
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY
from tests.kept import cannot_write

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")
KINDS = {"person_screened", "victim_presumed", "victim_identified", "person_not_identified"}


def screen(world, name="mali", discipline="social_worker", participation=None, **changed):
    told = {
        "answers": {"recruited": "yes", "lied_to": "yes", "for_sexual_exploitation": "yes", "violence": "refused"},
        "on": TODAY, "body": "ngo", "situation": "sexual_offline", "place": "shelter", "enters_nrm": True,
        "language": "mya", "interpreter": True, "needs": ["shelter", "phone"], "child_at_time": False,
    }  # fmt: skip
    with world.acting(name):
        return actions.record_screening(
            by=world.staff[name], participation=participation or world.survivor, discipline=discipline, at=AT,
            today=TODAY, **(told | changed),
        )  # fmt: skip


def propose(world, name="mali", discipline="social_worker", participation=None, **changed):
    told = {
        "outcome": "identified", "law_basis": "s6", "forms": ["sexual_exploitation"], "reasons": "ครบองค์ประกอบ",
        "on": TODAY, "body": "mdt",
    }  # fmt: skip
    with world.acting(name):
        return actions.propose_decision(
            by=world.staff[name], participation=participation or world.survivor, discipline=discipline, at=AT,
            today=TODAY, **(told | changed),
        )  # fmt: skip


def concur(world, decision, name="preecha", discipline="lawyer", on=TODAY, version=None):
    with world.acting(name):
        fresh = Decision.objects.get(pk=decision.pk)
        return actions.concur(
            by=world.staff[name], decision=fresh, discipline=discipline, on=on,
            version=fresh.version if version is None else version, at=AT, today=TODAY,
        )  # fmt: skip


def join_in(world, name, discipline):
    """A member of the team takes on a second discipline there."""
    HeldDiscipline.objects.create(staff=world.staff[name], discipline=discipline, since_on=date(2020, 1, 1))
    world.staff[name] = Staff.objects.get(pk=world.staff[name].pk)
    with world.acting("dao"):
        team.add_member(
            by=world.dao, case=world.case, staff=world.staff[name], discipline=discipline, at=AT, today=TODAY
        )  # fmt: skip


def parts(world, participation=None):
    person = (participation or world.survivor).person
    with world.acting("dao"):
        rows = Participation.objects.filter(case=world.case, person=person, until_on=None, closed_as="")
        return set(rows.values_list("part", flat=True))


def facts_now():
    return sorted(Fact.objects.filter(superseded_at=None, kind__in=KINDS).values_list("kind", flat=True))


def differences():
    with system_read("reconcile"):
        return [d for d in ledger_of_facts.compare(ledger.facts()) if any(kind in d for kind in KINDS)]


def test_a_screening_keeps_what_was_asked_met_and_needed(world):
    row = screen(world)
    assert row.indicators == ["act_recruit", "means_deception", "purpose_sexual_exploitation"]
    assert row.answers["violence"] == "refused"
    assert len(row.pack_version) == 12
    line = Line.objects.filter(act="identification.record_screening").get()
    assert line.target == f"identification.screening:{row.pk}"
    fact = Fact.objects.get(kind="person_screened")
    assert (fact.on, fact.category, fact.body, fact.sex, fact.citizenship) == (
        TODAY, "sexual_offline", "ngo", "female", "other"
    )  # fmt: skip
    with world.acting("mali"):
        assert Event.objects.filter(kind="screened", about=world.survivor.person).exists()
    assert differences() == []


def test_no_conclusion_is_stored_with_a_screening():
    stored = {f.name for f in Screening._meta.get_fields()}
    assert not stored & {"conclusion", "score", "result", "supported", "outcome"}


def test_an_accused_who_enters_the_referral_mechanism_is_also_a_potential_victim_and_the_lawyer_gets_a_task(world):
    screen(world, participation=world.suspect, answers={"for_forced_criminality": "yes", "accused": "yes"})
    assert parts(world, world.suspect) == {"suspect", "potential_victim"}
    with world.acting("preecha"):
        task = Task.objects.get(about=world.suspect.person)
    assert task.partition == "legal"


def test_without_entering_the_referral_mechanism_nobody_loses_or_gains_a_part(world):
    screen(world, enters_nrm=False)
    screen(world, participation=world.suspect, enters_nrm=False)
    assert parts(world) == {"potential_victim"}
    assert parts(world, world.suspect) == {"suspect"}


def test_a_corrected_screening_replaces_the_first_in_figures_too(world):
    first = screen(world)
    second = screen(world, replaces=first, situation="online")
    assert facts_now() == ["person_screened"]
    assert Fact.objects.get(kind="person_screened", superseded_at=None).category == "online"
    with world.acting("mali"):
        assert [s.pk for s in queries.screenings(world.mali, world.case)] == [second.pk]
    assert differences() == []


def test_a_screening_entered_in_error_counts_no_more(world):
    row = screen(world)
    with world.acting("mali"):
        correct.enter_in_error(by=world.mali, row=row, act="identification.correct", reason="twice", version=1,
                               at=AT, today=TODAY)  # fmt: skip
    assert facts_now() == []
    assert differences() == []


def test_a_screening_of_tomorrow_is_refused(world):
    with pytest.raises(Refused):
        screen(world, on=TODAY + timedelta(days=1))
    assert facts_now() == []


@pytest.mark.parametrize(("name", "reason"), [("somchai", NOT_MEMBER), ("chai", NOT_YOUR_DISCIPLINE)])
def test_an_outsider_and_an_interpreter_may_not_screen(world, name, reason):
    with pytest.raises(Denied) as denied:
        screen(world, name=name, discipline="interpreter")
    assert denied.value.reason == reason


def test_shelter_staff_may_screen_but_not_decide(world):
    assert screen(world, name="noi", discipline="shelter_staff").discipline == "shelter_staff"
    with pytest.raises(Denied) as denied:
        propose(world, name="noi", discipline="shelter_staff")
    assert denied.value.reason == NOT_YOUR_DISCIPLINE


def test_a_proposal_alone_counts_for_nothing(world):
    row = propose(world)
    assert (row.status, row.decided_on) == ("proposed", None)
    assert bytes(row.reasons).find("ครบ".encode()) == -1
    assert facts_now() == []
    assert parts(world) == {"potential_victim"}
    assert Line.objects.filter(act="identification.propose_decision").count() == 1


def test_when_a_second_discipline_concurs_the_person_is_a_victim_and_it_counts(world):
    row = concur(world, propose(world, on=date(2026, 11, 20), forms=["forced_begging", "other"]), on=date(2026, 11, 22))
    assert (row.status, row.decided_on, row.version) == ("decided", date(2026, 11, 22), 2)
    assert parts(world) == {"victim"}
    fact = Fact.objects.get(kind="victim_identified")
    assert (fact.on, fact.form, fact.body, fact.law_article) == (date(2026, 11, 22), "forced_begging", "mdt", "s6")
    assert Line.objects.filter(act="identification.concur", outcome="done").count() == 1
    with world.acting("mali"):
        assert Event.objects.get(kind="identified").params["decision"] == "identified"
        assert queries.words_of(world.mali, row, AT) == ("ครบองค์ประกอบ", "")
    assert differences() == []


def test_the_same_person_in_another_discipline_does_not_make_two(world):
    join_in(world, "mali", "psychologist")
    row = propose(world)
    with pytest.raises(Refused) as refused:
        concur(world, row, name="mali", discipline="psychologist")
    assert [p.message for p in refused.value.problems] == [rules.SAME_PERSON]
    assert facts_now() == []


def test_a_colleague_of_the_same_discipline_does_not_make_two(world):
    join_in(world, "preecha", "social_worker")
    row = propose(world)
    with pytest.raises(Refused) as refused:
        concur(world, row, discipline="social_worker")
    assert [p.message for p in refused.value.problems] == [rules.SAME_DISCIPLINE]
    assert concur(world, row, discipline="lawyer").status == "decided"


def test_nobody_concurs_in_a_discipline_that_is_not_theirs_on_this_team(world):
    row = propose(world)
    with pytest.raises(Refused) as refused:
        concur(world, row, discipline="prosecutor")
    assert [p.message for p in refused.value.problems] == [rules.NOT_IN_DISCIPLINE]


def test_a_decision_that_changed_meanwhile_asks_to_look_again(world):
    row = propose(world)
    with pytest.raises(Changed):
        concur(world, row, version=7)


@pytest.mark.parametrize(
    ("outcome", "kinds"),
    [("presumed", ["victim_presumed"]), ("not_identified", ["person_not_identified"]), ("undetermined", [])],
)
def test_every_other_outcome_leaves_the_person_a_part_and_the_way_to_help(world, outcome, kinds):
    concur(world, propose(world, outcome=outcome, law_basis="", forms=[]))
    assert facts_now() == kinds
    assert parts(world) == {"potential_victim"}
    assert differences() == []


def test_a_further_decision_may_follow_and_both_stay(world):
    concur(world, propose(world, outcome="not_identified", law_basis="", forms=[]))
    concur(world, propose(world))
    assert facts_now() == ["person_not_identified", "victim_identified"]
    assert parts(world) == {"victim"}


def test_a_review_that_finds_no_victim_still_keeps_the_part_of_a_potential_victim(world):
    concur(world, propose(world))
    concur(world, propose(world, outcome="not_identified", law_basis="", forms=[]))
    assert parts(world) == {"potential_victim"}


def test_a_correction_stands_only_when_it_counts(world):
    first = concur(world, propose(world))
    second = propose(world, replaces=first, forms=["forced_labour"], law_basis="both")
    assert facts_now() == ["victim_identified"]
    assert Fact.objects.get(kind="victim_identified", superseded_at=None).form == "sexual_exploitation"
    concur(world, second)
    assert facts_now() == ["victim_identified"]
    assert Fact.objects.get(kind="victim_identified", superseded_at=None).form == "forced_labour"
    with world.acting("mali"):
        assert Decision.objects.get(pk=first.pk).closed_as == "superseded"
    assert parts(world) == {"victim"}
    assert differences() == []


def test_two_proposals_on_one_person_do_not_wait_side_by_side(world):
    first = propose(world)
    with pytest.raises(Refused) as refused:
        propose(world, name="preecha", discipline="lawyer")
    assert [p.message for p in refused.value.problems] == [rules.AWAITS]
    assert propose(world, name="preecha", discipline="lawyer", replaces=first).status == "proposed"


def test_a_returned_proposal_says_why_and_makes_room_for_a_new_one(world):
    row = propose(world)
    with world.acting("preecha"):
        actions.return_decision(by=world.preecha, decision=row, words="ขาดวิธีการ", version=1, at=AT)
        assert queries.words_of(world.preecha, row, AT)[1] == "ขาดวิธีการ"
    assert row.status == "returned"
    assert Line.objects.filter(act="identification.return_decision").exists()
    with pytest.raises(Refused):
        concur(world, row)
    assert propose(world).status == "proposed"


def test_returning_needs_words_and_a_fresh_look(world):
    row = propose(world)
    with world.acting("preecha"):
        with pytest.raises(Refused):
            actions.return_decision(by=world.preecha, decision=row, words=" ", version=1, at=AT)
        with pytest.raises(Changed):
            actions.return_decision(by=world.preecha, decision=row, words="x", version=2, at=AT)
    with world.acting("noi"), pytest.raises(Denied):
        actions.return_decision(by=world.noi, decision=row, words="x", version=1, at=AT)


def test_a_decision_entered_in_error_counts_no_more(world):
    row = concur(world, propose(world))
    with world.acting("mali"):
        correct.enter_in_error(by=world.mali, row=row, act="identification.correct", reason="wrong_person",
                               version=row.version, at=AT, today=TODAY)  # fmt: skip
    assert facts_now() == []
    assert differences() == []


def test_an_outsider_may_neither_propose_nor_concur_nor_look(world):
    with pytest.raises(Denied):
        propose(world, name="somchai")
    row = propose(world)
    with world.acting("somchai"):
        with pytest.raises(Denied):
            actions.concur(by=world.somchai, decision=row, discipline="lawyer", on=TODAY, version=1, at=AT, today=TODAY)
        with pytest.raises(Denied):
            queries.decisions(world.somchai, world.case)


@pytest.mark.parametrize("act", ["screen", "propose", "concur", "return"])
def test_without_its_journal_line_nothing_is_saved(world, monkeypatch, act):
    row = propose(world)

    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    doing = {
        "screen": lambda: screen(world),
        "propose": lambda: propose(world, participation=world.suspect),
        "concur": lambda: concur(world, row),
        "return": lambda: actions.return_decision(by=world.mali, decision=row, words="x", version=1, at=AT),
    }
    with world.acting("mali"), pytest.raises(OSError, match="no line"):
        doing[act]()
    monkeypatch.undo()
    with world.acting("mali"):
        assert Screening.objects.count() == 0
        assert Concurrence.objects.count() == 1
        assert [d.status for d in Decision.objects.all()] == ["proposed"]
    assert facts_now() == []


def test_a_planted_difference_is_found(world):
    screen(world)
    Fact.objects.filter(kind="person_screened").update(body="police")
    assert differences() != []


def test_my_day_shows_a_proposal_to_the_other_disciplines_only(world):
    propose(world, on=TODAY - timedelta(days=9))
    for name, lines in (("preecha", 1), ("dao", 1), ("mali", 0), ("noi", 0), ("somchai", 0)):
        with world.acting(name):
            found = due.due(world.staff[name], TODAY)
        assert len(found) == lines, name
        assert all(line.tone == "late" and world.survivor.person.code in line.text for line in found)
