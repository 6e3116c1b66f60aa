"""The acts of an intake: who may, what is written, who gets whom, what is destroyed, and what the figures learn."""

from datetime import timedelta

import pytest
from django.db import transaction

from prasan import vault
from prasan.access.allow import Changed
from prasan.access.check import Denied
from prasan.facts import ledger as kept
from prasan.identification import queries_of_intake as queries
from prasan.identification.actions import intake, intake_moving, intake_screening
from prasan.identification.models import Intake, IntakePerson, Refusal, Screening
from prasan.identification.rules import intake as rules
from prasan.identification.tests.intakes import (
    SECRET,
    agrees,
    entered,
    facts_of,
    form,
    keys_of,
    line,
    lines,
    opened,
    screened,
)
from prasan.journal.models import Line
from prasan.people.models import Person
from prasan.plain.problem import Refused
from prasan.vault.models import WrappedKey
from tests.cast import AT, TODAY
from tests.kept import cannot_write

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=61)


# Opening, closing


def test_an_intake_is_opened_by_a_member_of_the_desk_and_leaves_a_line(world, event):
    assert event.code.startswith("N-")
    assert lines("identification.open_intake") == 1
    with world.acting("preecha"), pytest.raises(Denied):
        intake.open_intake(by=world.preecha, desk=world.desk, on=TODAY, place="immigration", situation="other", at=AT,
                           today=TODAY)  # fmt: skip


@pytest.mark.parametrize("wrong", [{"place": "moon"}, {"situation": "picnic"}, {"province": "XX"}, {"expected": 0},
                                   {"on": TODAY + timedelta(days=1)}])
def test_an_intake_that_says_something_impossible_is_refused(world, wrong):
    with pytest.raises(Refused):
        opened(world, **wrong)


def test_a_closed_intake_takes_nobody_until_it_is_opened_again(world, event, people):
    with world.acting("dao"):
        intake.move_intake(by=world.dao, intake=event, status="closed", version=event.version)
        with pytest.raises(Refused):
            intake.add_people(by=world.dao, intake=event, lines=[line(age=20)], at=AT)
        with pytest.raises(Refused):
            intake_screening.take_next(by=world.dao, intake=event, at=AT)
        with pytest.raises(Changed):
            intake.move_intake(by=world.dao, intake=event, status="open", version=1)
        intake.move_intake(by=world.dao, intake=event, status="open", version=event.version)
        assert len(intake.add_people(by=world.dao, intake=event, lines=[line(age=20)], at=AT)) == 1


# Entering


def test_people_get_running_numbers_and_the_name_lies_sealed(world, event, people):
    assert [row.number for row in people] == [1, 2]
    assert [row.group for row in people] == ["normal", "urgent"]
    assert SECRET.encode() not in bytes(people[0].name)
    with world.acting("nok"):
        row = IntakePerson.objects.select_related("intake").get(pk=people[0].pk)
        assert queries.name_of(world.nok, row, AT) == "", "who does not screen needs a reason"
        assert queries.name_of(world.nok, row, AT, "contact") == SECRET
    assert Line.objects.filter(act="vault.open_identity", target=f"identification.intakeperson:{row.pk}").count() == 1


def test_numbers_go_on_after_whoever_wrote_last(world, event, people):
    with world.acting("nok"):
        more = intake.add_people(by=world.nok, intake=event, lines=[line(age=20)] * 3, at=AT)
    assert [row.number for row in more] == [3, 4, 5]


def test_outside_the_desk_nobody_enters_or_sees_people(world, event, people):
    with world.acting("somchai"):
        assert not IntakePerson.objects.filter(pk=people[0].pk).exists()
        with pytest.raises(Denied):
            intake.add_people(by=world.somchai, intake=event, lines=[line(age=20)], at=AT)
        with pytest.raises(Denied):
            vault.open(people[0], "name", by=world.somchai, why="intake", at=AT)


def test_a_list_handed_in_twice_adds_nothing_and_another_person_under_a_number_is_told(world, event):
    told = [(2, line(number=1, name="ก", age=20)), (3, line(number=2, name="ข", age=21))]
    with world.acting("mali"):
        assert intake.import_people(by=world.mali, intake=event, lines=told, at=AT) == 2
        again = intake.sorted_lines(event, told)
        assert (again.new, again.same, again.differing) == ([], 2, [])
        assert intake.import_people(by=world.mali, intake=event, lines=told, at=AT) == 0
        other = intake.sorted_lines(event, [(2, line(number=1, name="ค", age=20))])
    assert [(row, problem.field) for row, problem in other.differing] == [(2, "number")]


def test_a_number_that_a_tablet_took_is_not_taken_over_by_a_list(world, event, people):
    told = [(2, line(number=2, name="ก", age=20)), (3, line(number=3, name="ข", age=20))]
    with world.acting("mali"):
        found = intake.sorted_lines(event, told)
        assert [row for row, _p in found.differing] == [2]
        assert intake.import_people(by=world.mali, intake=event, lines=told, at=AT) == 1


def test_what_is_known_is_corrected_and_a_group_by_hand_stays(world, event, people):
    adult, child = people
    with world.acting("mali"):
        intake.set_group(by=world.mali, row=child, group="later", version=1)
        intake.change_person(by=world.mali, row=child, version=2, line=line(age=40), at=AT)
        assert (child.group, child.is_child, child.urgent) == ("later", False, [])
        intake.change_person(by=world.mali, row=adult, version=1, line=line(age=15), at=AT, name="ชื่อใหม่")
        assert (adult.group, adult.is_child) == ("urgent", True)
        assert queries.name_of(world.mali, adult, AT, "correct") == "ชื่อใหม่"
        with pytest.raises(Changed):
            intake.change_person(by=world.mali, row=adult, version=1, line=line(age=15), at=AT)
        with pytest.raises(Refused):
            intake.set_group(by=world.mali, row=adult, group="best", version=2)


def test_who_was_entered_twice_is_taken_out_with_the_key_and_the_number_stays(world, event, people):
    with world.acting("mali"):
        intake.enter_in_error(by=world.mali, row=people[0], reason="twice", version=1, at=AT, today=TODAY)
        assert keys_of(people[0]) == 0
        assert queries.standing(world.mali, event).total == 1
        assert intake.add_people(by=world.mali, intake=event, lines=[line(age=20)], at=AT)[0].number == 3


# Taking people


def test_the_queue_goes_by_group_then_number_and_each_worker_gets_another(world, event, people):
    entered(world, event, line(age=50), line(age=50, urgent="alone"))
    got = []
    for who in ("mali", "nok", "dao"):
        with world.acting(who):
            got.append(intake_screening.take_next(by=world.staff[who], intake=event, at=AT).number)
    assert got == [2, 4, 1]
    with world.acting("nok"):
        assert intake_screening.take_next(by=world.nok, intake=event, at=AT).number == 4


def test_who_comes_second_to_the_same_person_gets_nobody(world, event, people):
    with world.acting("mali"):
        assert intake_screening._take(world.mali, people[0].pk, AT, status="waiting") is not None
    with world.acting("nok"):
        assert intake_screening._take(world.nok, people[0].pk, AT, status="waiting") is None
        row = IntakePerson.objects.select_related("intake").get(pk=people[0].pk)
        with pytest.raises(Refused) as told:
            intake_screening.take(by=world.nok, row=row, at=AT)
    assert told.value.problems[0].message == rules.TAKEN


def test_two_who_opened_the_same_person_at_the_same_moment_are_told_apart(world, event, people):
    with world.acting("nok"):
        seen = IntakePerson.objects.select_related("intake").get(pk=people[0].pk)
    with world.acting("mali"):
        intake_screening.take(by=world.mali, row=people[0], at=AT)
    with world.acting("nok"), pytest.raises(Changed):
        intake_screening.take(by=world.nok, row=seen, at=AT)


def test_a_claim_older_than_an_hour_may_be_taken_over_and_the_first_cannot_save_any_more(world, event, people):
    with world.acting("mali"):
        mine = intake_screening.take(by=world.mali, row=people[0], at=AT)
    with world.acting("nok"):
        theirs = IntakePerson.objects.select_related("intake").get(pk=people[0].pk)
        theirs = intake_screening.take(by=world.nok, row=theirs, at=LATER)
        assert theirs.screener_id == world.nok.pk
    told = {"answers": {"recruited": "no"}, "enters_nrm": False, "form": form(), "at": LATER, "today": TODAY}
    with world.acting("mali"):
        with pytest.raises(Changed):
            intake_screening.screen_person(by=world.mali, row=mine, version=mine.version, **told)
        fresh = IntakePerson.objects.select_related("intake").get(pk=mine.pk)
        with pytest.raises(Refused) as refused:
            intake_screening.screen_person(by=world.mali, row=fresh, version=fresh.version, **told)
    assert refused.value.problems[0].message == rules.NOT_YOURS


def test_when_nobody_waits_forgotten_claims_are_handed_on(world, event, people):
    for who in ("mali", "dao"):
        with world.acting(who):
            intake_screening.take_next(by=world.staff[who], intake=event, at=AT)
    with world.acting("nok"):
        assert intake_screening.take_next(by=world.nok, intake=event, at=AT) is None
        assert intake_screening.take_next(by=world.nok, intake=event, at=LATER).number == 2


def test_who_is_put_back_waits_again_and_who_left_comes_back_by_it(world, event, people):
    with world.acting("mali"):
        row = intake_screening.take(by=world.mali, row=people[0], at=AT)
        intake_screening.put_back(by=world.mali, row=row, version=row.version, at=AT)
        assert (row.status, row.screener) == ("waiting", None)
        intake_screening.leave_person(by=world.mali, row=row, version=row.version, at=AT)
        with pytest.raises(Refused):
            intake_screening.take(by=world.mali, row=row, at=AT)
        intake_screening.put_back(by=world.mali, row=row, version=row.version, at=AT)
        assert row.status == "waiting"


def test_nobody_ends_what_a_colleague_does_before_an_hour_has_passed(world, event, people):
    with world.acting("mali"):
        row = intake_screening.take(by=world.mali, row=people[0], at=AT)
    with world.acting("nok"):
        for end in (intake_screening.put_back, intake_screening.leave_person):
            with pytest.raises(Refused) as refused:
                end(by=world.nok, row=row, version=row.version, at=AT + timedelta(minutes=59))
            assert [p.message for p in refused.value.problems] == [rules.NOT_YOURS]
        intake_screening.put_back(by=world.nok, row=row, version=row.version, at=AT + timedelta(minutes=61))
    assert row.status == "waiting"


def test_a_correction_by_a_colleague_leaves_who_screened_as_it_was(world, event, people, monkeypatch):
    row = screened(world, people[0])
    monkeypatch.setattr(rules, "body_of", lambda agency_kind: "police")
    with world.acting("nok"):
        row = intake_screening.screen_person(by=world.nok, row=row, version=row.version, answers={"recruited": "no"},
                                             enters_nrm=False, form=form(), at=LATER, today=TODAY)  # fmt: skip
    assert (row.answers, row.enters_nrm) == ({"recruited": "no"}, False)
    assert (row.screener_id, row.body) == (world.mali.pk, "ngo")
    assert facts_of().get().body == "ngo"


# Screening


def test_a_screening_keeps_form_answers_indicators_and_tells_the_figures_once(world, event, people):
    row = screened(world, people[0], words={}, needs=["medical"])
    assert row.form.code == "first_contact_adult"
    assert row.indicators
    assert row.needs == ["medical"]
    fact = facts_of().get()
    told = (fact.on, fact.sex, fact.age_group, fact.citizenship, fact.province, fact.body, fact.case_id)
    assert told == (TODAY, "female", "adult", "own", "TH-27", "ngo", None)
    assert fact.person == kept.person_key(row)
    assert agrees()
    assert lines("identification.screen_intake_person") == 1


def test_a_screening_that_is_corrected_counts_once_and_the_day_stays(world, event, people):
    row = screened(world, people[0])
    with world.acting("nok"):
        intake_screening.screen_person(
            by=world.nok, row=row, version=row.version, answers={"recruited": "no"}, enters_nrm=False, form=form(),
            at=LATER, today=TODAY + timedelta(days=1))  # fmt: skip
    assert (row.indicators, row.enters_nrm, row.screened_on) == ([], False, TODAY)
    assert facts_of().count() == 1
    assert agrees()


@pytest.mark.parametrize("wrong", [
    {"answers": {}}, {"answers": {"recruited": "maybe"}}, {"answers": {"no_such": "yes"}}, {"enters_nrm": None},
    {"needs": ["a pony"]}, {"form": "child"},
])  # fmt: skip
def test_a_screening_that_says_nothing_or_something_impossible_is_refused(world, event, people, wrong):
    if wrong.get("form"):
        wrong = {"form": form("first_contact_adult")}
        people = [people[1]]
    with pytest.raises(Refused):
        screened(world, people[0], **wrong)
    assert facts_of().count() == 0


def test_words_lie_under_the_key_of_the_row_and_go_with_it(world, event, people):
    words = {"wishes": "อยากกลับบ้าน"}
    row = screened(world, people[0], answers={"recruited": "yes", "wishes": "told"}, words=words)
    with world.acting("mali"):
        assert queries.words_of(world.mali, row, AT) == words
    assert "อยากกลับบ้าน".encode() not in bytes(row.words)


# Refusing


def test_an_adult_who_refuses_leaves_a_count_and_nothing_else(world, event, people):
    row = people[0]
    before = bytes(row.name)
    with world.acting("mali"):
        intake_screening.refuse_person(by=world.mali, row=row, version=1, refused="all", card_given=True, at=AT,
                                       today=TODAY)  # fmt: skip
        row = IntakePerson.objects.get(pk=row.pk)
    assert keys_of(row) == 0
    assert (row.name, row.words, row.sex, row.age, row.nationality, row.language, row.urgent, row.answers, row.token) == (
        None, None, "", None, "", "", [], {}, "")  # fmt: skip
    assert row.status == "refused"
    row.name = before
    with world.acting("mali"):
        assert vault.open(row, "name", by=world.mali, why="intake", at=AT) is None
    count = Refusal.objects.get()
    assert (count.sex, count.refused, count.card_given, count.place, count.province, count.on) == (
        "female", "all", True, "immigration", "TH-27", TODAY)  # fmt: skip
    assert facts_of().count() == 0
    with world.acting("mali"), pytest.raises(Refused):
        intake_screening.put_back(by=world.mali, row=row, version=row.version, at=AT)


def test_a_child_or_somebody_of_unknown_age_is_never_counted_away(world, event, people):
    unknown = entered(world, event, line(sex="m"))[0]
    for row in (people[1], unknown):
        with world.acting("mali"), pytest.raises(Refused) as refused:
            intake_screening.refuse_person(by=world.mali, row=row, version=1, refused="all", card_given=True, at=AT,
                                           today=TODAY)  # fmt: skip
        assert refused.value.problems[0].message == rules.CHILD_CANNOT_REFUSE
    assert Refusal.objects.count() == 0
    assert keys_of(people[1]) == 1


# One transaction


ACTS = {
    "open": lambda w, e, p: opened(w),
    "close": lambda w, e, p: intake.move_intake(by=w.mali, intake=e, status="closed", version=1),
    "enter": lambda w, e, p: intake.add_people(by=w.mali, intake=e, lines=[line(name="x", age=20)], at=AT),
    "list": lambda w, e, p: intake.import_people(by=w.mali, intake=e, lines=[(2, line(number=9, age=20))], at=AT),
    "change": lambda w, e, p: intake.change_person(by=w.mali, row=p[0], version=1, line=line(age=9), at=AT),
    "sort": lambda w, e, p: intake.set_group(by=w.mali, row=p[0], group="later", version=1),
    "error": lambda w, e, p: intake.enter_in_error(by=w.mali, row=p[0], reason="twice", version=1, at=AT, today=TODAY),
    "next": lambda w, e, p: intake_screening.take_next(by=w.dao, intake=e, at=AT),
    "take": lambda w, e, p: intake_screening.take(by=w.mali, row=p[0], at=AT),
    "leave": lambda w, e, p: intake_screening.leave_person(by=w.mali, row=p[0], version=1, at=AT),
    "refuse": lambda w, e, p: intake_screening.refuse_person(
        by=w.mali, row=p[0], version=1, refused="all", card_given=False, at=AT, today=TODAY),
    "back": lambda w, e, p: intake_screening.put_back(by=w.mali, row=p[2], version=2, at=AT),
    "screen": lambda w, e, p: intake_screening.screen_person(
        by=w.mali, row=p[2], version=2, answers={"recruited": "yes"}, enters_nrm=True, form=form(), at=AT, today=TODAY),
    "move": lambda w, e, p: intake_moving.move_people(by=w.mali, intake=e, rows=[p[3]], case=w.case, at=AT, today=TODAY),
}  # fmt: skip


def state(world):
    with world.acting("mali"):
        people = list(IntakePerson.objects.order_by("number").values())
        return (list(Intake.objects.values()), people, Person.objects.count(), Screening.objects.count(),
                Refusal.objects.count(), WrappedKey.objects.count(), facts_of().count())  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_without_a_line_in_the_journal_nothing_is_saved(world, event, people, monkeypatch, name):
    more = entered(world, event, line(name="ค", age=30), line(name="ง", age=30))
    with world.acting("mali"):
        claimed = intake_screening.take(by=world.mali, row=more[0], at=AT)
    rows = [*people, claimed, screened(world, more[1])]
    before = state(world)
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with world.acting("mali"), pytest.raises(OSError, match="no line"), transaction.atomic():
        ACTS[name](world, event, rows)
    monkeypatch.undo()
    assert state(world) == before
