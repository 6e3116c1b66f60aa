"""The ledger of interviews: kept in its part, safeguards of a child, what another body held."""

from datetime import date, datetime, timedelta

import pytest

from prasan.access.check import NOT_MEMBER, NOT_YOUR_DISCIPLINE, Denied
from prasan.cases import queries_of_telling as queries
from prasan.cases.actions import interviews
from prasan.cases.models import Event, Interview
from prasan.cases.rules import telling
from prasan.cases.rules.time import PURPOSES
from prasan.journal.models import Line
from prasan.people.actions import decide_age
from prasan.plain.birth import PartialDate
from tests.cast import AT, TODAY, make_case, make_person
from tests.kept import cannot_write, everything, stored, the_one

from .interviewing import HELD, SAFE, THREE, adult, born, clock, record, refused


def test_an_interview_is_kept_with_its_words_sealed_in_the_part_that_asked(world):
    adult(world)
    row = record(world, language="mya", agency="สภ.เมือง", answers={"recruited": "yes"})
    assert (row.partition, row.of_a_child, row.repeats, row.has_exception) == ("investigation", False, False, False)
    assert "เล่า".encode() not in bytes(the_one(Interview).told)
    line = Line.objects.get(act="cases.record_interview")
    assert line.target == f"cases.interview:{row.pk}"
    (event,) = stored(Event, kind="interviewed")
    assert (event.partition, event.params) == ("investigation", {"person": world.survivor.person.code})
    with world.acting("nok"):
        assert queries.words_of(world.nok, row, AT).told == "เล่าให้ตำรวจฟัง"
    assert Line.objects.filter(act="vault.open", target=f"cases.interview:{row.pk}").count() == 1


@pytest.mark.parametrize(
    ("purpose", "partition"),
    [("identification", "shared"), ("inquiry", "investigation"), ("prosecution", "investigation"), ("care", "care"),
     ("compensation", "legal"), ("other", "shared")],
)  # fmt: skip
def test_each_purpose_has_its_part_of_the_case(world, purpose, partition):
    adult(world)
    assert record(world, purpose=purpose, told="").partition == partition


def test_the_line_is_seen_by_the_team_and_the_words_by_their_readers_only(world):
    adult(world)
    row = record(world, answers={"recruited": "yes", "violence": "no"})
    with world.acting("mali"):
        assert queries.interviews(world.mali, world.case) == [(row, False)]
        assert queries.words_of(world.mali, row, AT) is None
        told = queries.told_before(world.mali, world.survivor.person)
        assert [t.answer for t in told["recruited"]] == [""]
    with world.acting("wit"):
        told = queries.told_before(world.wit, world.survivor.person)
        assert [(t.answer, t.on, t.where) for t in told["violence"]] == [("no", TODAY, "police")]
    assert not Line.objects.filter(act="vault.open", by=str(world.mali.pk), target=f"cases.interview:{row.pk}").exists()


def test_what_was_said_is_written_by_a_reader_of_that_part_but_the_line_by_anybody_of_the_team(world):
    adult(world)
    assert refused(world, "mali") == {telling.NOT_YOUR_WORDS}
    assert refused(world, "mali", told="", answers={"recruited": "yes"}) == {telling.NOT_YOUR_WORDS}
    assert record(world, "mali", told="").told is None


@pytest.mark.parametrize("purpose", ["identification", "inquiry", "prosecution"])
def test_a_child_is_not_interviewed_without_each_of_the_safeguards(world, purpose):
    born(world, 2012)
    assert refused(world, purpose=purpose) == THREE | {telling.NO_CHILD_PLACE, telling.NO_CHILD_RECORDING}
    for lacks, sentence in (
        ({"present": ["asked_for", "prosecutor"]}, telling.NO_CARER),
        ({"present": ["social_worker", "prosecutor"]}, telling.NO_ASKED_FOR),
        ({"present": ["social_worker", "asked_for"]}, telling.NO_PROSECUTOR),
        ({"place": "police_station"}, telling.NO_CHILD_PLACE),
        ({"recording": "audio"}, telling.NO_CHILD_RECORDING),
    ):  # fmt: skip
        assert refused(world, purpose=purpose, **(SAFE | lacks)) == {sentence}
    row = record(world, purpose=purpose, **SAFE)
    assert (row.of_a_child, row.has_exception) == (True, False)


def test_care_talks_with_a_child_about_needs_go_on_without_a_prosecutor(world):
    born(world, 2012)
    assert record(world, "mali", purpose="care", topics=["wishes"], body="ngo", present=["social_worker"]).of_a_child is True


# What it is called, what it was about, who held it and whether screening was answered: only needs asked by whoever
# is not police, prosecution or court are a talk of care.
CALLED = [
    ("care", ["family", "health", "wishes", "other"], "ngo", {}, True),
    ("care", ["wishes"], "non_police_governmental_organization", {}, True),
    ("care", ["wishes"], "mdt", {}, True),
    *(("care", ["wishes", topic], "ngo", {}, False) for topic in telling.TOPICS if topic not in telling.CARE_TOPICS),
    ("care", ["wishes"], "police", {}, False),
    ("care", ["wishes"], "court_or_prosecution", {}, False),
    ("care", ["wishes"], "ngo", {"recruited": "yes"}, False),
    *((purpose, ["wishes"], "ngo", {}, False) for purpose in PURPOSES if purpose != "care"),
]
READER = {"identification": "mali", "care": "mali", "compensation": "preecha", "other": "anan"}


@pytest.mark.parametrize(("purpose", "topics", "body", "answers", "care"), CALLED)
def test_no_name_of_an_interview_takes_a_child_s_safeguards_or_the_time_of_reflection_away(
    world, purpose, topics, body, answers, care
):
    born(world, 2012)
    told = {"purpose": purpose, "topics": topics, "body": body, "answers": answers, "name": READER.get(purpose, "nok")}
    if not care:
        assert refused(world, **told) == THREE | {telling.NO_CHILD_PLACE, telling.NO_CHILD_RECORDING}
        clock(world, ["identification_interview"], start_on=TODAY - timedelta(days=3))
        assert refused(world, **told | SAFE) == {telling.CLOCK_RUNS}
        return
    clock(world, list(telling.BLOCKS), start_on=TODAY - timedelta(days=3))
    assert record(world, **told).of_a_child


def test_an_identification_by_police_or_court_is_an_interview_for_justice(world):
    adult(world)
    clock(world, ["justice_interview"], start_on=TODAY - timedelta(days=3))
    for body in telling.JUSTICE:
        assert refused(world, purpose="identification", body=body) == {telling.CLOCK_RUNS}


REPORTED = {"reported": True, "agency": "สภ.แม่สาย", "told": ""}


def test_what_another_body_held_without_the_safeguards_is_kept_with_what_was_missing_and_counts_as_told(world):
    born(world, 2012)
    clock(world, list(telling.BLOCKS), start_on=TODAY - timedelta(days=3))
    row = record(world, "mali", guardian=world.suspect.person, **REPORTED)
    assert row.missing == ["carer", "asked_for", "prosecutor", "place", "recording", "guardian", "period"]
    assert (row.reported, row.has_exception, row.of_a_child) == (True, False, True)
    warned = telling.warnings(free_of_conflict=None, officer_agreed=None, has_exception=False, reported=True, missing=row.missing)
    assert warned == [telling.REPORTED_WITHOUT, *telling.MISSING.values()]
    with world.acting("nok"):
        assert set(queries.told_on(world.nok, world.survivor.person)) == {"recruitment"}
    again = record(world, "mali", body="ngo", purpose="identification", **REPORTED | {"agency": "มูลนิธิอื่น", "told": "เล่า"})
    assert again.repeats is True


def test_a_reported_interview_with_every_safeguard_misses_nothing(world):
    born(world, 2012)
    assert record(world, "mali", **REPORTED, **SAFE).missing == []


@pytest.mark.parametrize(
    ("name", "changed", "sentences"),
    [
        ("anan", {}, {telling.OWN_BODY}), ("wit", {"body": "court_or_prosecution"}, {telling.OWN_BODY}),
        ("mali", {"body": "ngo", "agency": " prasan  FOUNDATION "}, {telling.OWN_BODY}),
        ("mali", {"body": "ngo", "agency": "มูลนิธิประสาน"}, {telling.OWN_BODY}),
        ("mali", {"agency": ""}, {telling.NO_OFFICE}),
    ],
)  # fmt: skip
def test_nobody_reports_an_interview_of_their_own_body_to_spare_it_the_safeguards(world, name, changed, sentences):
    born(world, 2012)
    assert refused(world, name, **REPORTED | changed) == sentences


def test_the_urgent_exception_needs_its_reason_and_at_least_one_of_the_three(world):
    born(world, 2012)
    assert refused(world, exception="เด็กกำลังจะถูกพาออกนอกประเทศ") == {telling.NOBODY_PRESENT}
    assert THREE & refused(world, present=["psychologist"], exception="  ")
    row = record(world, present=["social_worker"], exception="เด็กกำลังจะถูกพาออกนอกประเทศ")
    assert row.has_exception
    assert row.missing == ["asked_for", "prosecutor", "place", "recording"]
    with world.acting("nok"):
        assert queries.words_of(world.nok, row, AT).exception == "เด็กกำลังจะถูกพาออกนอกประเทศ"
    assert "เด็ก".encode() not in bytes(the_one(Interview).exception)


def test_a_reason_that_no_exception_needed_is_not_kept(world):
    born(world, 2012)
    row = record(world, exception="ไม่จำเป็น", **SAFE)
    assert (row.has_exception, row.exception) == (False, None)


def test_an_age_that_nobody_knows_is_a_child_until_an_assessment_says_adult(world):
    assert telling.NO_PROSECUTOR in refused(world)
    with world.acting("mali"):
        decide_age(world.survivor.person, "undetermined", TODAY, None)
    assert telling.NO_PROSECUTOR in refused(world)
    with world.acting("mali"):
        decide_age(world.survivor.person, "adult", TODAY, None)
    assert record(world).of_a_child is False


def test_an_assessment_that_says_child_stands_above_a_birth_date_that_says_adult(world):
    adult(world)
    with world.acting("mali"):
        decide_age(world.survivor.person, "child", TODAY, 15)
    assert telling.NO_PROSECUTOR in refused(world)


@pytest.mark.parametrize(
    ("day", "child"),
    [((2008, 11, 25), True), ((2008, 11, 24), True), ((2008, 11, 23), False)],
)  # fmt: skip
def test_not_over_18_holds_to_the_birthday_itself_by_the_sealed_day_of_birth(world, day, child):
    born(world, *day)
    with world.acting("nok"):
        assert queries.is_child(None, world.survivor.person, TODAY) is None
        assert queries.is_child(world.nok, world.survivor.person, TODAY, world.case) is child
    assert Line.objects.filter(act="vault.open_identity", by=str(world.nok.pk)).count() == 1


def test_a_year_alone_that_straddles_the_line_is_a_child(world):
    born(world, 2008)
    with world.acting("nok"):
        assert queries.is_child(world.nok, world.survivor.person, TODAY, world.case) is None
    assert telling.NO_PROSECUTOR in refused(world)


def test_the_age_is_that_of_the_day_of_the_interview(world):
    born(world, 2006, 6, 15)
    assert record(world).of_a_child is False
    assert telling.NO_PROSECUTOR in refused(world, held_at=datetime(2024, 6, 1, 3, tzinfo=AT.tzinfo), topics=["money"])


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"held_at": AT + timedelta(minutes=1)}, telling.FUTURE), ({"topics": []}, telling.NO_TOPIC),
     ({"topics": ["gossip"]}, telling.UNKNOWN_CODE), ({"body": "x"}, telling.UNKNOWN_CODE),
     ({"purpose": "x"}, telling.UNKNOWN_CODE), ({"place": "x"}, telling.UNKNOWN_CODE),
     ({"recording": "x"}, telling.UNKNOWN_CODE), ({"present": ["x"]}, telling.UNKNOWN_CODE),
     ({"answers": {"recruited": "maybe"}}, telling.UNKNOWN_CODE), ({"answers": {"x": "yes"}}, telling.UNKNOWN_CODE),
     ({"until": HELD - timedelta(hours=1)}, "The end lies before the beginning.")],
)  # fmt: skip
def test_what_is_not_in_the_lists_or_cannot_have_been_is_refused(world, changed, sentence):
    adult(world)
    assert sentence in refused(world, **changed)


def test_somebody_who_takes_no_part_in_the_case_is_not_recorded_there(world):
    adult(world)
    other = make_case(world, "Other matter")
    stranger = make_person(world, other, name="คนอื่น", birth=PartialDate(date(1990, 1, 1).year))
    assert refused(world, part=stranger) == {telling.NOT_IN_CASE}


@pytest.mark.parametrize(("name", "reason"), [("somchai", NOT_MEMBER), ("noi", NOT_YOUR_DISCIPLINE)])
def test_outsiders_and_shelter_staff_neither_record_nor_see_the_ledger(world, name, reason):
    adult(world)
    row = record(world)
    with pytest.raises(Denied) as denied:
        record(world, name, topics=["money"])
    assert denied.value.reason == reason
    with world.acting(name):
        with pytest.raises(Denied):
            queries.interviews(world.staff[name], world.case)
        with pytest.raises(Denied):
            queries.words_of(world.staff[name], row, AT)
        assert queries.told_before(world.staff[name], world.survivor.person) == {}


def test_without_its_journal_line_nothing_is_saved(world, monkeypatch):
    adult(world)
    before = everything()
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        record(world)
    monkeypatch.undo()
    assert everything() == before


# What each safeguard alone stops, and how it is switched off to show that nothing else would have stopped it.
GUARDS = {
    "safeguard_problems": ({}, lambda w: born(w, 2012)),
    "guardian_problems": ({"guardian": "suspect", "guardian_suspected": True}, adult),
    "interpreter_problems": ({"present": ["interpreter"]}, adult),
    "again_problems": ({"topics": ["money"]}, lambda w: (adult(w), record(w, topics=["money"]))),
    "moment_problems": ({"held_at": AT + timedelta(days=1)}, adult),
    "clock_problems": ({}, lambda w: (adult(w), clock(w, list(telling.BLOCKS), start_on=TODAY - timedelta(days=1)))),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_a_planted_fault_in_one_safeguard_lets_through_what_it_alone_stops(world, monkeypatch, guard):
    told, prepare = GUARDS[guard]
    prepare(world)
    told = {name: world.suspect.person if value == "suspect" else value for name, value in told.items()}
    assert len(refused(world, **told)) >= 1
    where = interviews if guard == "clock_problems" else telling
    monkeypatch.setattr(where, guard, lambda *_args, **_told: [])
    assert record(world, **told).pk
