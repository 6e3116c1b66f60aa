"""Acts on persons: done with their line, refused with their sentence, denied; and nothing without its line."""

import json
from datetime import date, timedelta

import pytest

from prasan import vault
from prasan.access import check
from prasan.access.allow import Changed
from prasan.access.check import Denied
from prasan.access.system import system_read
from prasan.cases.actions import custody
from prasan.facts.models import Fact
from prasan.journal.models import Line, Revision
from prasan.people import actions, queries, rules
from prasan.people.models import Consent, Contact, Identifier, Name, NameIndexVersion, Person
from prasan.plain.birth import PartialDate
from prasan.plain.problem import Refused
from prasan.vault import sealing
from tests.cast import AT, MARKER, TODAY, make_case
from tests.kept import cannot_write, everything, stored


def last():
    line = Line.objects.order_by("-n").first()
    return line.act, line.target, line.outcome


def opened(world, row, field, name="mali", why="work"):
    return vault.open(row, field, by=world.staff[name], why=why, at=AT)


def register(world, by="mali", **told):
    given = {"names": [("original", "ใหม่")], "gender": "masculine"} | told
    return actions.register_person(by=world.staff[by], case=world.case, at=AT, today=TODAY, **given)


def change(world, by="mali", **told):
    person = told.pop("person", world.survivor.person)
    person.refresh_from_db()
    given = {"version": person.version, "gender": person.gender, "birth": None} | told
    return actions.change_person(by=world.staff[by], person=person, at=AT, today=TODAY, **given)


def consent(world, by="mali", **told):
    given = {"purpose": "services", "given_on": TODAY} | told
    return actions.record_consent(by=world.staff[by], person=world.survivor.person, at=AT, today=TODAY, **given)


def contact(world, by="mali"):
    return actions.add_contact(by=world.staff[by], person=world.survivor.person, kind="phone", value="081",
                               safe_times="เช้า", do_not_say="เรื่องคดี", at=AT)  # fmt: skip


def identifier(world, by="mali", value="AB 12-34", kind="passport"):
    return actions.add_identifier(by=world.staff[by], person=world.survivor.person, kind=kind, country="MMR",
                                  value=value, at=AT)  # fmt: skip


def add_name(world, by="mali", text="น้อย", kind="nickname"):
    return actions.add_name(by=world.staff[by], person=world.survivor.person, kind=kind, text=text, at=AT, today=TODAY)


# By name: the act, and what must stand before it.
ACTS = {
    "people.register_person": (lambda w, _made, by: register(w, by), None),
    "people.change_person": (lambda w, _made, by: change(w, by, wishes="x", sex="male"), None),
    "people.add_name": (lambda w, _made, by: add_name(w, by), None),
    "people.add_contact": (lambda w, _made, by: contact(w, by), None),
    "people.add_identifier": (lambda w, _made, by: identifier(w, by), None),
    "people.record_consent": (lambda w, _made, by: consent(w, by), None),
    "people.withdraw_consent": (
        lambda w, made, by: actions.withdraw_consent(by=w.staff[by], consent=made, on=TODAY),
        consent,
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_on_a_person_leaves_its_line(world, act):
    do, before = ACTS[act]
    with world.acting("mali"):
        made = before and before(world)
        row = do(world, made, "mali")
        told, target, outcome = last()
    assert (told, outcome) == (act, "done")
    assert target == f"{row._meta.label_lower}:{row.pk}"


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_person_that_cannot_be_journalled_saves_nothing(world, act, monkeypatch):
    do, before = ACTS[act]
    with world.acting("mali"):
        made = before and before(world)
        kept = everything()
        with monkeypatch.context() as broken:
            broken.setattr("prasan.journal.writing.enter", cannot_write)
            with pytest.raises(OSError):
                do(world, made, "mali")
        assert everything() == kept
        do(world, made, "mali")
        assert everything() != kept


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_person_is_denied_to_the_outsider_and_the_interpreter(world, act):
    do, before = ACTS[act]
    with world.acting("mali"):
        made = before and before(world)
        kept = everything()
        for who, sentence in (("somchai", check.NOT_MEMBER), ("chai", check.NOT_YOUR_DISCIPLINE)):
            with pytest.raises(Denied) as denied:
                do(world, made, who)
            assert denied.value.reason == sentence
    assert everything() == kept


def test_a_person_is_known_by_a_code_and_all_that_identifies_is_sealed(world):
    with world.acting("mali"):
        person = register(
            world, names=[("original", "สมหญิง ใจดี"), ("nickname", " ")], birth=PartialDate(2009, 4, 2),
            wishes="กลับบ้าน", safety="อย่าโทร", citizenships=["LAO"],
        )  # fmt: skip
    with system_read("verify") as system:
        row = Person._base_manager.values().get(pk=person.pk)
        assert "บ้าน".encode() not in bytes(row["wishes"])
        assert (person.code[:2], str(person), person.birth_year) == ("P-", person.code, 2009)
        assert [n.kind for n in Name._base_manager.filter(person=person)] == ["original"]
        assert vault.open(person, "birth_day", by=system, why="x", at=AT) == {"month": 4, "day": 2}
        assert vault.open(person, "wishes", by=system, why="x", at=AT) == "กลับบ้าน"
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [({"names": []}, rules.NO_NAME), ({"gender": ""}, rules.NO_GENDER), ({"birth": PartialDate(2027)}, rules.BORN_LATER)],
)
def test_a_bad_registration_is_refused_with_its_sentence(world, told, sentence):
    with world.acting("mali"), pytest.raises(Refused) as refused:
        register(world, **told)
    assert [p.message for p in refused.value.problems] == [sentence]


def test_changed_details_keep_what_stood_before_sealed_under_the_person_s_own_key(world):
    with world.acting("mali"):
        person = change(world, gender="transgender_feminine", birth=PartialDate(2001, about=True), sex="male",
                        wishes="เรียนต่อ", safety="ระวัง")  # fmt: skip
        assert (person.version, person.birth_year, person.birth_about) == (2, 2001, True)
        assert opened(world, person, "wishes") == "เรียนต่อ"
        assert opened(world, person, "safety") == "ระวัง"
    revision = Revision.objects.get(owner_kind="person", owner_id=str(person.pk))
    assert revision.line.act == "people.change_person"
    assert b"feminine" not in bytes(revision.blob)


def test_what_a_change_overwrites_is_kept_sealed_with_what_stands_now(world):
    with world.acting("mali"):
        change(world, birth=PartialDate(2001, 5, 9, about=True), wishes="กลับบ้าน", safety="ระวังนายหน้า")
        openings = Line.objects.filter(act="vault.open_identity").count()
        person = change(world, birth=PartialDate(2002), wishes="เรียนต่อ", gender="masculine")
        assert Line.objects.filter(act="vault.open_identity").count() == openings, "nobody was shown it"
    revision = Revision.objects.filter(owner_kind="person", owner_id=str(person.pk)).order_by("line_id").last()
    line = json.loads(revision.line.body)
    told = sealing.open_blob(bytes(revision.blob), person.sealed_by(), f"journal:{line['n']}")
    kept = ("gender", "birth_year", "birth_about", "birth_day", "wishes", "safety")
    assert [told["was"][name] for name in kept] == [
        "feminine", 2001, True, {"month": 5, "day": 9}, "กลับบ้าน", "ระวังนายหน้า"]  # fmt: skip
    assert [told["now"][name] for name in kept] == ["masculine", 2002, False, None, "เรียนต่อ", "ระวังนายหน้า"]


def test_wishes_that_were_not_asked_for_stay_as_they_are(world):
    with world.acting("mali"):
        change(world, wishes="เดิม", safety="เดิม")
        person = change(world, gender="masculine")
        assert opened(world, person, "wishes") == opened(world, person, "safety") == "เดิม"


def test_who_changes_a_person_late_is_told_and_changes_nothing(world):
    with world.acting("mali"):
        change(world, gender="masculine")
        with pytest.raises(Changed):
            change(world, version=1, gender="feminine")
        assert Person.objects.get(pk=world.survivor.person.pk).gender == "masculine"
        with pytest.raises(Refused) as refused:
            change(world, gender="")
    assert [p.message for p in refused.value.problems] == [rules.NO_GENDER]


def test_a_changed_person_changes_the_facts_that_stand_on_the_person(world):
    with world.acting("nok"):
        custody.record_custody(by=world.nok, participation=world.suspect, step="arrested", step_at=AT, at=AT,
                               contribution="joint")  # fmt: skip
    assert Fact.objects.get(superseded_at=None).sex == "male"
    with world.acting("nok"):
        change(world, by="nok", person=world.suspect.person, gender="feminine")
    assert Fact.objects.get(superseded_at=None).sex == "female"
    assert Fact.objects.get(superseded_at__isnull=False).sex == "male"


def test_a_further_name_is_sealed_and_raises_the_index(world):
    before = NameIndexVersion.objects.get(pk=1).version
    with world.acting("mali"):
        add_name(world, text="  เดือน  ")
        told = queries.names_of(world.mali, world.survivor.person, "contact", AT)
    assert [(n.kind, text) for n, text in told] == [("original", f"{MARKER} ใจดี"), ("nickname", "เดือน")]
    after = NameIndexVersion.objects.get(pk=1)
    assert (after.version, str(after)) == (before + 1, str(before + 1))


def test_a_name_without_letters_is_refused(world):
    with world.acting("mali"), pytest.raises(Refused) as refused:
        add_name(world, text=" ")
    assert [p.message for p in refused.value.problems] == [rules.NO_NAME]


def test_a_safe_contact_tells_when_and_what_not_to_say(world):
    with world.acting("mali"):
        row = contact(world)
        assert queries.contacts_of(world.mali, world.survivor.person, "contact", AT) == [
            (row, ["081", "เช้า", "เรื่องคดี"])
        ]
        assert "081" not in str(Contact._base_manager.values().get(pk=row.pk))


def test_the_same_document_number_has_the_same_token_however_it_was_written(world):
    with world.acting("mali"):
        one, two = identifier(world, value="ab 12-34"), identifier(world, value="AB1234")
        other, elsewhere = identifier(world, value="AB1235"), identifier(world, value="AB1234", kind="id_card")
        assert opened(world, one, "value", why="contact") == "AB1234"
    assert one.token == two.token
    assert len({one.token, other.token, elsewhere.token}) == 3
    assert "AB1234" not in one.token
    assert len(stored(Identifier, token=one.token)) == 2


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"given_on": TODAY + timedelta(days=1)}, rules.CONSENT_LATER),
        ({"expires_on": TODAY - timedelta(days=1)}, rules.EXPIRY_PAST),
        ({"purpose": "sharing_with_agency"}, rules.NEEDS_AGENCY),
    ],
)
def test_a_consent_that_cannot_stand_is_refused(world, told, sentence):
    with world.acting("mali"), pytest.raises(Refused) as refused:
        consent(world, **told)
    assert [p.message for p in refused.value.problems] == [sentence]
    assert not stored(Consent)


def test_a_consent_covers_its_days_until_it_is_withdrawn(world):
    with world.acting("mali"):
        row = consent(world, given_on=date(2026, 11, 1), expires_on=date(2026, 12, 31), words="ตกลง",
                      answers={"told_purpose": "yes"}, language="mya", child_assent=True)  # fmt: skip
        days = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1))
        assert [row.covers(d) for d in days] == [False, True, True, False]
        assert opened(world, row, "words", why="contact") == "ตกลง"
        actions.withdraw_consent(by=world.mali, consent=row, on=TODAY)
        assert (row.covers(TODAY - timedelta(days=1)), row.covers(TODAY), row.version) == (True, False, 2)
        actions.withdraw_consent(by=world.mali, consent=row, on=TODAY + timedelta(days=9))
        assert Consent.objects.get(pk=row.pk).withdrawn_on == TODAY
        assert queries.consents_of(world.mali, world.survivor.person) == [row]
        row.closed_as = "error"
        assert not row.covers(date(2026, 11, 2))


def test_age_and_citizenship_of_a_person_are_never_guessed():
    assert Person(birth_year=None).known_birth is None
    assert Person(birth_year=None).age_group(TODAY) == "unknown"
    assert Person(birth_year=2010).age_group(TODAY) == "child"
    assert (Person(citizenships=[]).citizenship, Person(citizenships=["LAO", "THA"]).citizenship) == ("", "LAO")


def test_the_person_s_first_case_alone_gives_sight(world):
    other = make_case(world, "Another")
    with world.acting("mali"):
        register(world)
        assert {p.pk for p in Person.objects.all()} == {world.survivor.person_id, world.suspect.person_id}
    assert other.pk != world.case.pk
