"""Asking by a form: fields, answers and words; nobody is asked twice without a reason; a form is kept for ever."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django import forms

from prasan import packs
from prasan.cases.models import Interview
from prasan.cases.rules.telling import CLOCK_RUNS
from prasan.identification import rules
from prasan.identification.forms import asking
from prasan.identification.models import FormVersion, Screening
from prasan.identification.queries import screening_words
from prasan.identification.queries_of_telling import form_of, told_before
from prasan.identification.rules import forms as asking_rules
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from tests.cast import AT, MARKER, TODAY, make_case, make_person
from tests.kept import cannot_write

from .test_actions import screen

pytestmark = [pytest.mark.urls("prasan.identification.tests.urls"), pytest.mark.usefixtures("own_packs")]
ADULT, CHILD = "first_contact_adult", "first_contact_child"


def filled(form, again=(), **data):
    """A form of questions as it was sent."""
    made = type("Filled", (forms.Form,), asking.form_fields(form, "en", "vi", again))(data)
    assert made.is_valid(), made.errors
    return made.cleaned_data


def refused(world, **told):
    with pytest.raises(Refused) as caught:
        screen(world, **told)
    return [problem.message for problem in caught.value.problems]


def test_what_was_entered_becomes_answers_by_kind_and_words_apart():
    form = packs.forms()[CHILD]
    told = filled(
        form, q_danger="yes", q_danger_from=["here", "family", "refused"], q_age_told="14", q_wishes=" กลับบ้าน ",
        q_trusted_person_instead="refused", q_language_best_instead="unknown", q_used_for=["refused"],
        q_with_whom="alone",
    )  # fmt: skip
    answers, words = asking.clean_answers(form, told)
    assert {code: answer for code, answer in answers.items() if answer != "not_asked"} == {
        "danger": "yes", "danger_from": ["here", "family"], "age_told": 14, "wishes": "told",
        "trusted_person": "refused", "language_best": "unknown", "used_for": "refused", "with_whom": "alone",
    }  # fmt: skip
    assert words == {"wishes": "กลับบ้าน"}
    assert set(answers) == {q.code for q in form.questions}


def test_a_correction_starts_with_exactly_what_was_answered():
    form = packs.forms()[CHILD]
    answers = {"danger": "no", "danger_from": "refused", "age_told": 0, "wishes": "told", "with_whom": "parent",
               "used_for": ["other"], "trusted_person": "unknown"}  # fmt: skip
    start = asking.initial_of(form, answers, {"wishes": "x"})
    data = {name: value for name, value in start.items() if value not in (None, "", [])}
    again, words = asking.clean_answers(form, filled(form, **data))
    assert {code: answer for code, answer in again.items() if answer != "not_asked"} == answers
    assert words == {"wishes": "x"}


def test_every_question_offers_unknown_not_asked_and_refused():
    for form in packs.forms().values():
        fields = asking.form_fields(form, "th")
        for question in form.questions:
            field = fields.get(asking.instead_of(question.code)) or fields[asking.name_of(question.code)]
            offered = {code for code, _label in field.choices}
            assert {"unknown", "refused"} <= offered
            assert not field.required


def test_choices_stand_in_both_languages_where_worker_and_person_speak_thai_and_english():
    field = asking.form_fields(packs.forms()[ADULT], "en", "th")["q_interpreter_sex"]
    assert dict(field.choices)["woman"] == "A woman / หญิง"


@pytest.mark.parametrize(
    ("group", "situation", "form"),
    [
        ("adult", "fishing", "forced_labour_fishing"), ("child", "fishing", "forced_labour_fishing"),
        ("adult", "agriculture", "forced_labour_factory"), ("adult", "", ADULT), ("child", "", CHILD),
        ("unknown", "", CHILD), ("unknown", "unknown", CHILD), ("adult", "online", "sexual_online"),
        ("child", "scam_compound", "forced_criminality"), ("adult", "moon", ADULT),
    ],
)  # fmt: skip
def test_the_form_that_is_suggested_suits_age_and_situation_and_an_unknown_age_is_a_child(group, situation, form):
    assert asking_rules.suggested(packs.forms(), group, situation) == form


@pytest.mark.parametrize(
    ("group", "child_at_time", "form", "refused"),
    [
        ("child", None, ADULT, True), ("child", False, ADULT, True), ("unknown", None, ADULT, True),
        ("unknown", True, ADULT, True), ("unknown", False, ADULT, False), ("adult", None, ADULT, False),
        ("adult", True, ADULT, False), ("child", True, CHILD, False), ("unknown", None, "begging", False),
    ],
)  # fmt: skip
def test_a_child_is_never_asked_by_a_form_for_adults(group, child_at_time, form, refused):
    assert bool(list(asking_rules.form_problems(packs.forms()[form], group, child_at_time))) is refused


def test_a_condition_that_does_not_hold_is_told_beside_its_question():
    form = packs.forms()[ADULT]
    answers = {"danger": "no", "danger_from": ["here"]}
    (problem,) = asking_rules.answer_problems(form, answers, {}, told=(), asked_again={})
    assert (problem.message, problem.field) == (asking_rules.NOT_YET, "q_danger_from")
    assert not list(asking_rules.answer_problems(form, answers | {"danger": "yes"}, {}, told=(), asked_again={}))


def test_words_and_their_mark_belong_together():
    form = packs.forms()[ADULT]

    def told(answers, words):
        return [p.message for p in asking_rules.answer_problems(form, answers, words, told=(), asked_again={})]

    assert told({"wishes": "told"}, {"wishes": "home"}) == []
    assert told({"wishes": "told"}, {}) == [asking_rules.NO_WORDS]
    assert told({"wishes": "refused"}, {"wishes": "home"}) == [asking_rules.NO_WORDS]
    assert told({"wishes": "told"}, {"wishes": "x" * 10_001}) == [asking_rules.TOO_LONG]


def test_a_screening_names_its_form_and_seals_its_words(world):
    answers = {"wishes": "told", "used_for": ["forced_labour"], "recruited": "yes"}
    row = screen(world, form=ADULT, answers=answers, words={"wishes": f"{MARKER} กลับบ้าน"})
    assert row.form.code == ADULT
    assert row.form.digest == packs.forms()[ADULT].digest()
    assert row.indicators == ["act_recruit", "purpose_forced_labour"]
    assert bytes(row.words).find("กลับบ้าน".encode()) == -1
    assert "กลับบ้าน" not in str(row.answers)
    before = Line.objects.filter(act="vault.open").count()
    with world.acting("preecha"):
        assert screening_words(world.preecha, row, AT) == {"wishes": f"{MARKER} กลับบ้าน"}
    assert Line.objects.filter(act="vault.open").count() == before + 1


def test_a_form_is_kept_once_and_answers_of_another_form_are_refused(world):
    screen(world, form=ADULT, answers={"recruited": "yes"})
    screen(world, participation=world.suspect, form=ADULT, answers={"recruited": "no"})
    assert FormVersion.objects.count() == 1
    assert refused(world, form="begging", answers={"months_at_sea": 3}) == [rules.UNKNOWN_ANSWER]
    assert refused(world, form="moon") == [asking_rules.OUR_FORM]


def test_an_old_screening_keeps_its_own_questions_when_the_pack_has_changed(world, tmp_path):
    row = screen(world, form="forced_labour_fishing", answers={"ashore": "never", "worked": "yes"})
    (tmp_path / "ours.toml").write_text(
        '[[screening_question]]\ncode = "ashore"\nen = "May the person leave the boat?"\n'
        'choices = [\n{code = "always", en = "Always", th = "เสมอ"},\n{code = "none", en = "Not once", th = "ไม่เคย"},\n]\n'
        '[[screening_indicator]]\ncode = "ilo_movement"\nelements = ["purpose"]\nen = "Kept on board"\n',
        encoding="utf-8",
    )
    packs.load(tmp_path)
    assert packs.forms()["forced_labour_fishing"].question("ashore").labels["en"] == "May the person leave the boat?"
    with world.acting("mali"):
        kept = form_of(Screening.objects.select_related("form").get(pk=row.pk))
    assert kept.question("ashore").labels["en"] == "Could the person go ashore in port?"
    assert asking.shown_answer(kept, "ashore", "never", "en") == "Never"
    met = {m.code: m.elements for m in rules.indicators_met(row.answers, kept)}
    assert met["ilo_movement"] == ("act", "s6_1")
    second = screen(world, form="forced_labour_fishing", participation=world.suspect, answers={"ashore": "none"})
    assert second.form_id != row.form_id
    corrected = screen(world, form=row.form, replaces=row, answers={"ashore": "guarded", "worked": "yes"})
    assert corrected.form_id == row.form_id


def test_what_was_told_is_known_with_day_body_and_agency_and_not_knowing_is_no_answer(world):
    screen(world, answers={"recruited": "yes", "lied_to": "unknown", "sold": "refused", "held": "not_asked"})
    with world.acting("preecha"):
        told = told_before(world.preecha, world.survivor.person)
    assert set(told) == {"recruited", "sold"}
    (one,) = told["recruited"]
    assert (one.answer, one.on, one.body, one.discipline, one.agency) == (
        "yes", TODAY, "ngo", "social_worker", "Prasan Foundation"
    )  # fmt: skip


def test_what_was_told_in_another_case_is_known_only_to_members_of_that_team(world):
    row = screen(world, answers={"recruited": "yes"})
    other = make_case(world, title="Another matter")
    with world.acting("mali"):
        from prasan.cases.actions import persons

        part = persons.attach_person(by=world.mali, case=other, part="witness", since_on=TODAY, at=AT, today=TODAY,
                                     person=world.survivor.person)  # fmt: skip
        assert told_before(world.mali, part.person)["recruited"][0].case == row.case.code
        assert told_before(world.mali, part.person, but=row) == {}
    with world.acting("chai"):
        assert told_before(world.chai, part.person) == {}
    with world.acting("somchai"):
        assert told_before(world.somchai, part.person) == {}


@pytest.mark.parametrize(("partition", "known"), [("investigation", True), ("legal", False)])
def test_what_an_interview_answered_is_known_too_and_hidden_where_its_part_is_not_read(world, partition, known):
    reader = {"investigation": world.nok, "legal": world.preecha}[partition]
    with world.acting(reader.username):
        Interview.objects.create(
            id=uuid4(), case=world.case, person=world.survivor.person, partition=partition, at=AT - timedelta(days=3), body="police",
            purpose="inquiry", place="office", recording="none", answers={"sold": "yes", "held": "unknown"},
            made_at=AT, made_by=reader,
        )  # fmt: skip
        (read,) = told_before(reader, world.survivor.person)["sold"]
    with world.acting("mali"):
        found = told_before(world.mali, world.survivor.person)
    assert (read.answer, read.hidden, read.discipline) == ("yes", False, "")
    assert [(one.answer, one.body, one.hidden) for one in found.get("sold", [])] == [("", "", True)] * known


def test_during_reflection_only_first_contact_and_what_changes_from_day_to_day_is_asked(world):
    first = screen(world, answers={"recruited": "yes"}, on=TODAY - timedelta(days=1))
    assert refused(world, answers={"sold": "yes"}) == [CLOCK_RUNS, asking_rules.REST_FIRST]
    assert refused(world, answers={"sold": "yes"}, form=first.form) == [CLOCK_RUNS, asking_rules.REST_FIRST]
    assert refused(world, answers={"recruited": "yes", "sold": "yes"}, replaces=first)[0] == CLOCK_RUNS
    assert screen(world, answers={"danger": "yes", "sold": "not_asked"}).pk
    assert screen(world, answers={"recruited": "yes"}, form=CHILD, asked_again={"recruited": "own_wish"}).pk
    assert screen(world, answers={"sold": "yes"}, on=TODAY - timedelta(days=2)).pk
    assert screen(world, answers={"recruited": "no"}, replaces=first, on=TODAY - timedelta(days=1)).pk


def test_after_reflection_everything_may_be_asked(world):
    screen(world, answers={"recruited": "yes"}, on=TODAY - timedelta(days=30))
    assert screen(world, answers={"sold": "yes"}).pk


def test_asking_again_without_a_reason_is_refused_and_with_one_is_kept(world):
    screen(world, answers={"recruited": "yes", "danger": "yes"}, enters_nrm=False)
    again = {"recruited": "no", "danger": "no", "sold": "yes"}
    assert refused(world, answers=again, asked_again={}) == [asking_rules.WHY_AGAIN]
    assert refused(world, answers=again, asked_again={"recruited": "bored"}) == [asking_rules.UNKNOWN_REASON]
    row = screen(world, answers=again, asked_again={"recruited": "own_wish"}, enters_nrm=False)
    assert row.asked_again == {"recruited": "own_wish"}
    assert screen(world, answers={"recruited": "not_asked", "sold": "no"}, asked_again={"sold": "law"}).asked_again


def test_where_earlier_answers_could_not_be_seen_that_is_the_reason_that_is_kept(world):
    screen(world, answers={"recruited": "yes", "danger": "yes"}, enters_nrm=False)
    row = screen(world, answers={"recruited": "no", "danger": "no", "sold": "yes"})
    assert row.asked_again == {"recruited": asking_rules.UNSEEN}


def test_a_correction_needs_no_reason_for_what_it_corrects(world):
    first = screen(world, answers={"recruited": "yes"})
    assert screen(world, answers={"recruited": "no"}, replaces=first, asked_again={}).asked_again == {}


def test_a_child_of_the_record_is_refused_the_form_for_adults(world):
    from prasan.plain.birth import PartialDate

    part = make_person(world, world.case, name="เด็ก ทดสอบ", birth=PartialDate(2014))
    assert refused(world, participation=part, form=ADULT, answers={"recruited": "yes"}) == [asking_rules.NOT_OF_AGE]
    assert screen(world, participation=part, form=CHILD, answers={"recruited": "yes"}).form.code == CHILD


def test_nothing_is_kept_of_a_screening_whose_journal_line_fails(world, monkeypatch):
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        screen(world, form=ADULT, answers={"wishes": "told"}, words={"wishes": "home"})
    with world.acting("mali"):
        assert Screening.objects.count() == 0
    assert FormVersion.objects.count() == 0
