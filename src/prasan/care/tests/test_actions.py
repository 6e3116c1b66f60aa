"""Acts of care: done, refused, denied; the journal and the facts; the place sealed; nobody asked to cooperate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from prasan import vault
from prasan.access.allow import Changed
from prasan.access.check import NOT_MEMBER, NOT_YOUR_DISCIPLINE, Denied
from prasan.access.system import system_read
from prasan.care import actions, due, ledger, queries, rules
from prasan.care.models import Service, Stay
from prasan.cases.actions import correct
from prasan.cases.models import Event
from prasan.cases.queries import timeline
from prasan.cases.rules import PARTS
from prasan.facts import ledger as ledger_of_facts
from prasan.facts.models import Fact
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_person
from tests.kept import cannot_write

pytestmark = pytest.mark.urls("prasan.care.tests.urls")
KINDS = {"service_given", "shelter_entered", "shelter_left"}
PLACE = "บ้านฟ้า ซอยลับ 7"


def serve(world, name="mali", participation=None, **changed):
    told = {"kind": "health", "what": "พบแพทย์ที่โรงพยาบาล", "on": TODAY, "outcome": "given", "words": "ดีขึ้น"}
    with world.acting(name):
        return actions.record_service(
            by=world.staff[name], participation=participation or world.survivor, provider=world.agencies["own"],
            at=AT, today=TODAY, **(told | changed),
        )  # fmt: skip


def house(world, name="noi", participation=None, **changed):
    told = {
        "kind": "ngo_registered", "since_on": date(2026, 11, 1), "place": PLACE, "consent_to_stay": True,
        "consent_on": date(2026, 11, 1), "phone_access": "free", "free_movement": "free",
    }  # fmt: skip
    with world.acting(name):
        return actions.record_stay(
            by=world.staff[name], participation=participation or world.survivor, at=AT, today=TODAY,
            **(told | changed),
        )  # fmt: skip


def end(world, stay, until_on=TODAY, because="own_wish", name="noi", version=None):
    with world.acting(name):
        fresh = Stay.objects.get(pk=stay.pk)
        return actions.end_stay(
            by=world.staff[name], stay=fresh, until_on=until_on, because=because,
            version=fresh.version if version is None else version, at=AT, today=TODAY,
        )  # fmt: skip


def facts_now():
    return sorted(Fact.objects.filter(superseded_at=None, kind__in=KINDS).values_list("kind", flat=True))


def differences():
    with system_read("reconcile"):
        return [d for d in ledger_of_facts.compare(ledger.facts()) if any(kind in d for kind in KINDS)]


def test_a_service_counts_and_its_words_are_sealed(world):
    row = serve(world)
    assert "แพทย์".encode() not in bytes(row.what)
    fact = Fact.objects.get(kind="service_given")
    assert (fact.on, fact.category, fact.sex) == (TODAY, "health", "female")
    assert Line.objects.get(act="care.record_service").target == f"care.service:{row.pk}"
    with world.acting("mali"):
        assert queries.words_of(world.mali, row, AT) == {"what": "พบแพทย์ที่โรงพยาบาล", "words": "ดีขึ้น"}
    assert differences() == []


@pytest.mark.parametrize(("outcome", "counted"), [("given", 1), ("goes_on", 1), ("declined", 0), ("not_available", 0)])
def test_only_what_was_delivered_counts_and_the_rest_is_still_recorded(world, outcome, counted):
    serve(world, outcome=outcome)
    assert len(facts_now()) == counted
    with world.acting("mali"):
        assert [s.outcome for s in queries.services(world.mali, world.case)] == [outcome]
        assert Event.objects.filter(kind="service_given").count() == counted
    assert differences() == []


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("gender", ["masculine", "transgender_masculine", "non_specified_unknown"])
def test_care_is_the_same_for_everybody_in_whatever_part_and_of_whatever_gender(world, part, gender):
    person = make_person(world, world.case, part, "ชาย ใจดี", gender=gender)
    serve(world, participation=person)
    stay = house(world, participation=person)
    assert end(world, stay).until_on == TODAY
    assert facts_now() == ["service_given", "shelter_entered", "shelter_left"]


def test_a_stay_seals_its_place_and_no_list_tells_it(world):
    row = house(world)
    assert PLACE.encode() not in bytes(row.place)
    assert type(row).Sensitivity.place == "place_now"
    with world.acting("noi"):
        assert "place" in queries.stays(world.noi, world.case)[0].get_deferred_fields()
        assert queries.open_place(world.noi, row, "safety", AT) == PLACE
    line = Line.objects.filter(act="vault.open_place").last()
    assert "care.stay.place" in line.body
    assert '"why":"safety"' in line.body.replace(" ", "")


@pytest.mark.parametrize("name", ["nok", "anan", "preecha", "wit", "dao", "chai", "somchai"])
def test_nobody_outside_care_opens_the_place_or_sees_that_there_is_a_stay(world, name):
    row = house(world)
    serve(world)
    member = world.staff[name]
    with world.acting(name):
        with pytest.raises(Denied):
            queries.open_place(member, row, "safety", AT)
        with pytest.raises(Denied):
            vault.open(row, "place", by=member, why="safety", at=AT)
        with pytest.raises(Denied):
            queries.stays(member, world.case)
        with pytest.raises(Denied):
            queries.services(member, world.case)
        assert not [e for e in timeline(member, world.case) if e.kind in {"stay_began", "service_given"}]
        assert due.due(member, TODAY) == []


def test_a_place_opens_only_for_a_reason_of_the_list(world):
    row = house(world)
    with world.acting("noi"), pytest.raises(Denied):
        queries.open_place(world.noi, row, "curious", AT)


def test_a_stay_that_ended_counts_its_nights(world):
    row = end(world, house(world), until_on=date(2026, 11, 11))
    assert (row.until_on, row.because, row.version) == (date(2026, 11, 11), "own_wish", 2)
    fact = Fact.objects.get(kind="shelter_left")
    assert (fact.on, fact.quantity, fact.category) == (date(2026, 11, 11), Decimal(10), "ngo_registered")
    assert facts_now() == ["shelter_entered", "shelter_left"]
    assert Line.objects.filter(act="care.end_stay").exists()
    assert differences() == []
    with pytest.raises(Refused) as refused:
        end(world, row)
    assert [p.message for p in refused.value.problems] == [rules.ALREADY_ENDED]


def test_a_stay_that_changed_meanwhile_asks_to_look_again(world):
    with pytest.raises(Changed):
        end(world, house(world), version=5)


def test_nobody_stays_in_two_places_at_once(world):
    first = house(world)
    with pytest.raises(Refused) as refused:
        house(world, since_on=date(2026, 11, 5))
    assert [p.message for p in refused.value.problems] == [rules.STILL_THERE]
    end(world, first, until_on=date(2026, 11, 5), because="moved")
    assert house(world, since_on=date(2026, 11, 5)).pk
    assert differences() == []


def test_consent_to_stay_is_answered_changed_and_kept(world):
    row = house(world, consent_to_stay=None, consent_on=None)
    with world.acting("noi"):
        assert [d.case for d in due.due(world.noi, TODAY)] == [world.case.code]
        for answer, version in ((True, 1), (False, 2)):
            row = actions.record_consent_to_stay(by=world.noi, stay=row, consent=answer, on=TODAY, version=version,
                                                 at=AT, today=TODAY)  # fmt: skip
            assert (row.consent_to_stay, row.consent_on, row.version) == (answer, TODAY, version + 1)
            assert bool(due.due(world.noi, TODAY)) is not answer
        with pytest.raises(Refused):
            actions.record_consent_to_stay(by=world.noi, stay=row, consent=True, on=TODAY + timedelta(days=1),
                                           version=3, at=AT, today=TODAY)  # fmt: skip
        with pytest.raises(Changed):
            actions.record_consent_to_stay(by=world.noi, stay=row, consent=True, on=TODAY, version=1, at=AT,
                                           today=TODAY)  # fmt: skip
    assert Line.objects.filter(act="care.record_consent_to_stay").count() == 2
    assert facts_now() == ["shelter_entered"]
    assert differences() == []


def test_a_no_to_staying_is_recorded_and_stands_on_my_day(world):
    house(world, consent_to_stay=False)
    with world.acting("mali"):
        line = due.due(world.mali, TODAY)[0]
    assert line.tone == "late"
    assert "does not agree" in line.text
    assert PLACE not in line.text


def test_a_corrected_stay_keeps_its_end_and_the_figures_follow(world):
    row = end(world, house(world), until_on=date(2026, 11, 11))
    new = house(world, replaces=row, since_on=date(2026, 11, 2), consent_on=date(2026, 11, 2))
    assert (new.until_on, new.because) == (date(2026, 11, 11), "own_wish")
    assert facts_now() == ["shelter_entered", "shelter_left"]
    assert Fact.objects.get(kind="shelter_left", superseded_at=None).quantity == Decimal(9)
    assert differences() == []
    with pytest.raises(Refused):
        house(world, replaces=new, since_on=date(2026, 11, 20))


def test_a_corrected_service_replaces_the_first(world):
    first = serve(world)
    serve(world, replaces=first, outcome="declined")
    assert facts_now() == []
    assert differences() == []


def test_rows_entered_in_error_count_no_more(world):
    rows = [serve(world), end(world, house(world))]
    with world.acting("mali"):
        for row in rows:
            correct.enter_in_error(by=world.mali, row=row, act="care.correct", reason="wrong_person",
                                   version=row.version, at=AT, today=TODAY)  # fmt: skip
        assert queries.services(world.mali, world.case) == queries.stays(world.mali, world.case) == []
    assert facts_now() == []
    assert differences() == []


@pytest.mark.parametrize(("name", "reason"), [("nok", NOT_YOUR_DISCIPLINE), ("somchai", NOT_MEMBER)])
def test_others_may_not_record_care_and_are_told_why(world, name, reason):
    row = house(world)
    for act in (lambda: serve(world, name=name), lambda: house(world, name=name)):
        with pytest.raises(Denied) as denied:
            act()
        assert denied.value.reason == reason
    with world.acting(name):
        with pytest.raises(Denied):
            actions.end_stay(by=world.staff[name], stay=row, until_on=TODAY, because="other", version=1, at=AT,
                             today=TODAY)  # fmt: skip
        with pytest.raises(Denied):
            actions.record_consent_to_stay(by=world.staff[name], stay=row, consent=True, on=TODAY, version=1, at=AT,
                                           today=TODAY)  # fmt: skip


@pytest.mark.parametrize("act", ["service", "stay", "end", "consent"])
def test_without_its_journal_line_nothing_is_saved(world, monkeypatch, act):
    row = house(world, consent_to_stay=None, consent_on=None)

    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    told = {"stay": row, "version": 1, "at": AT, "today": TODAY}
    doing = {
        "service": lambda: serve(world),
        "stay": lambda: house(world, participation=world.suspect),
        "end": lambda: actions.end_stay(by=world.noi, until_on=TODAY, because="other", **told),
        "consent": lambda: actions.record_consent_to_stay(by=world.noi, consent=True, on=TODAY, **told),
    }
    with world.acting("noi"), pytest.raises(OSError, match="no line"):
        doing[act]()
    monkeypatch.undo()
    with world.acting("noi"):
        assert Service.objects.count() == 0
        kept = Stay.objects.get()
    assert (kept.until_on, kept.consent_to_stay, kept.version) == (None, None, 1)
    assert facts_now() == ["shelter_entered"]


def test_a_planted_difference_is_found(world):
    house(world)
    assert differences() == []
    Fact.objects.filter(kind="shelter_entered").update(category="government")
    assert differences() != []
