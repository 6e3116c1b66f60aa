"""Holds what the forms of screening promise, and that a bad question or form is refused by file and line."""

import json

import pytest

from prasan import packs
from prasan.packs import closed
from prasan.packs.forms import Condition, digest_of, from_content

from .overlays import overlay

ALL = '[all]\nvalid_from = ""\nvalid_to = ""\nconfirmed_by = ""\nconfidence = "sourced"\nsource = "our own"\n'
QUESTION = '[[screening_question]]\ncode = "ours"\ngroup = "talk"\nen = "Ours?"\nth = "ของเรา"\n'


def load(folder, text):
    packs.load(overlay(folder, text))
    return packs.forms()


def test_our_own_forms_have_no_problem():
    assert [line for line in packs.check() if "screening" in line] == []


def test_there_is_a_form_for_every_situation_and_for_the_first_contact_of_each_age():
    covered = {s for form in packs.forms().values() for s in form.situations}
    assert covered == packs.codes("screening_situation")
    assert packs.forms()["first_contact_adult"].ages == ("adult",)
    assert packs.forms()["first_contact_child"].ages == ("child",)
    assert {code for code, form in packs.forms().items() if "child" not in form.ages} == {"first_contact_adult"}


def test_every_form_begins_with_safety():
    for code, form in packs.forms().items():
        assert form.groups[0].safety, code


def test_every_indicator_of_the_pack_is_raised_by_a_form_other_than_the_complete_list():
    raised = {s for code, form in packs.forms().items() if code != "complete" for s in form.signs}
    assert raised == packs.codes("screening_indicator")


def test_the_forms_of_forced_labour_ask_all_eleven_signs_and_no_movement_is_needed():
    for code in ("forced_labour_fishing", "forced_labour_factory", "forced_labour_domestic", "forced_criminality"):
        form = packs.forms()[code]
        assert len([s for s in form.signs if s.startswith("ilo_")]) == 11
        assert len([s for s in form.signs if s.startswith("fl_")]) == 10
        assert "work_or_service" in form.signs


def test_the_form_for_children_needs_no_means_and_marks_the_few_as_optional():
    form = packs.forms()["first_contact_child"]
    means = {q.code for g in form.groups if g.code == "means" for q in g.questions}
    assert means == {"lied_to", "controller_paid"}
    assert next(g for g in form.groups if g.code == "means").optional_for_child
    elements = {e for s in form.signs.values() for e in s.elements}
    assert {"act", "purpose"} <= elements


def test_no_question_of_any_form_asks_whether_the_person_agreed_and_every_question_has_thai():
    for form in packs.forms().values():
        for question in form.questions:
            words = question.labels["en"].casefold()
            assert not [w for w in ("consent", "agree", "cooperat") if w in words], question.code
            assert "ยินยอม" not in question.labels["th"]
            assert question.labels["en"].endswith("?")


def test_a_form_comes_back_from_json_as_it_was_and_its_name_changes_with_its_content():
    for form in packs.forms().values():
        content = json.loads(json.dumps(form.content()))
        assert from_content(content).digest() == form.digest() == digest_of(content)
        assert from_content(content) == from_content(form.content())
        content["groups"][0]["questions"][0]["labels"]["en"] += "!"
        assert digest_of(content) != form.digest()


def test_only_an_answer_of_its_kind_is_taken():
    fishing = packs.forms()["forced_labour_fishing"]
    yes_no, number, choice = (fishing.question(c) for c in ("danger", "months_at_sea", "ashore"))
    several = fishing.question("danger_from")
    words = packs.forms()["first_contact_adult"].question("wishes")
    for question in (yes_no, number, choice, several, words):
        assert all(question.answered_by(state) for state in closed.NO_VALUE)
        assert not question.answered_by(None)
        assert not question.answered_by("moon")
    assert yes_no.answered_by("yes")
    assert not choice.answered_by("yes")
    assert choice.answered_by("never")
    assert [number.answered_by(n) for n in (0, 14, -1, True, 10**6, "14")] == [True, True, False, False, False, False]
    assert [several.answered_by(v) for v in (["here"], ["here", "moon"], [], "here")] == [True, False, False, False]
    assert [words.answered_by(v) for v in ("told", "I want to go home")] == [True, False]


def test_a_chosen_value_raises_its_own_indicators():
    ashore = packs.forms()["forced_labour_fishing"].question("ashore")
    assert ashore.raised("never") == ("ilo_movement", "ilo_isolation")
    assert ashore.raised("freely") == ashore.raised("not_asked") == ()
    used = packs.forms()["first_contact_adult"].question("used_for")
    assert used.raised(["forced_labour", "forced_begging"]) == ("purpose_forced_labour", "purpose_forced_begging")


def test_a_condition_holds_by_value_also_among_several():
    condition = Condition("accused_of", ("fraud", "drugs"))
    told = [{"accused_of": ["theft", "fraud"]}, {"accused_of": "drugs"}, {"accused_of": "refused"}, {}]
    assert [condition.holds(one) for one in told] == [True, True, False, False]


def test_labels_of_other_languages_are_there_where_given_and_english_stands_in():
    danger, recruited = (packs.forms()["complete"].question(c) for c in ("danger", "recruited"))
    assert danger.translated("vi")
    assert danger.label("vi").startswith("Bây giờ")
    assert not recruited.translated("my")
    assert recruited.label("my") == recruited.labels["en"]


def test_a_question_joins_a_form_from_its_own_row_behind_its_neighbour(tmp_path):
    form = load(tmp_path, f'{ALL}{QUESTION}add_to = ["begging"]\nafter = "rest_first"\n')["begging"]
    codes = [q.code for q in form.questions]
    assert codes[codes.index("rest_first") + 1] == "ours"
    assert "ours" not in {q.code for q in packs.forms()["complete"].questions}


def test_a_new_version_of_a_form_holds_from_its_day(tmp_path):
    from datetime import date

    old = '[[screening_form]]\ncode = "begging"\nvalid_from = ""\nvalid_to = 2026-12-31\n'
    new = ('[[screening_form]]\ncode = "begging"\nvalid_from = 2027-01-01\nversion = "2027.1"\nen = "Begging"\n'
           'th = "ขอทาน"\nfor = ["child"]\nsituations = ["begging"]\nquestions = ["danger", "wishes"]\n')  # fmt: skip
    packs.load(overlay(tmp_path, ALL.replace('valid_from = ""\nvalid_to = ""\n', 'valid_to = ""\n') + old + new))
    assert packs.forms(date(2026, 12, 31))["begging"].version == "2026.1"
    assert packs.forms(date(2027, 1, 1))["begging"].version == packs.forms()["begging"].version == "2027.1"


CHOICES = 'choices = [\n{code = "a", en = "A", th = "ก"},\n{code = "b", en = "B", th = "ข"},\n]\n'
FORM = '[[screening_form]]\ncode = "ours"\nversion = "1"\nen = "Ours"\nth = "ของเรา"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f'{QUESTION}kind = "picture"\n', "the kind of ours is picture"),
        (QUESTION.replace('th = "ของเรา"\n', ""), "ours has no Thai label"),
        (QUESTION.replace('en = "Ours?"\n', ""), "ours has no English label"),
        (f'{QUESTION}kind = "choice"\n', "fewer than two choices"),
        (f"{QUESTION}{CHOICES}", "has choices, but its kind is yes_no"),
        (f'{QUESTION}kind = "choice"\nraises = ["act_trade"]\n{CHOICES}', "write raises at its choices"),
        (f'{QUESTION}kind = "several"\n{CHOICES}'.replace('"b"', '"refused"'), "a word that every question has"),
        (f'{QUESTION}kind = "several"\n{CHOICES}'.replace('"b"', '"a"'), "stands twice"),
        (f'{QUESTION}kind = "several"\n{CHOICES}'.replace("ข", "B"), "the choice b of ours has no Thai label"),
        (f'{QUESTION}kind = "several"\n{CHOICES}'.replace('en = "B", ', ""), "the choice b of ours has no English"),
        (f'{QUESTION}kind = "several"\n{CHOICES}'.replace('th = "ข"', 'th = "ข", raises = ["moon"]'), "raises moon"),
        (f'{QUESTION}kind = "several"\nchoices = ["a", "b"]\n', "not all written with a code"),
        (f'{QUESTION}raises = ["moon"]\n', "raises of ours is moon"),
        (QUESTION.replace("talk", "moon"), "group of ours is moon"),
        (f'{QUESTION}my = "Burmese"\n', "the Burmese label of ours holds no Burmese letter"),
        (f'{QUESTION}lo = "ລາວ"\nkm = "ລາວ"\n', "the Khmer label of ours holds no Khmer letter"),
        (f'{QUESTION}asked_if = "danger"\n', "asked_if of ours is not written as"),
        (f'{QUESTION}asked_if = {{question = "danger", is = "yes", or = "no"}}\n', "asked_if of ours is not written as"),
        (f'{QUESTION}asked_if = {{question = "danger", is = 3}}\n', "may name codes only"),
        (f'{QUESTION}asked_if = {{question = "moon", is = "yes"}}\n', "names moon, which is no question"),
        (f'{QUESTION}asked_if = {{question = "danger", is = "maybe"}}\n', "waits for maybe, which is no answer of danger"),
        (f'{QUESTION}asked_if = {{question = "wishes", is = "yes"}}\n', "whose kind has no values"),
        (f'{QUESTION}asked_if = {{question = "ours", is = "yes"}}\n', "leads round in a circle"),
        (f'{QUESTION}add_to = ["moon"]\n', "add_to of ours is moon"),
        (f'{QUESTION}add_to = ["begging"]\nafter = "rest_first"\nasked_if = {{question = "quota", is = "yes"}}\n',
         "waits for quota, which is not asked before it"),
        (f'{QUESTION}add_to = ["begging"]\nasked_if = {{question = "ashore", is = "never"}}\n',
         "waits for ashore, which is not asked before it"),
        (QUESTION + 'source = "UNODC indicators"\n', "names UNODC as its source"),
        (f'{FORM}for = ["adult"]\nquestions = ["danger", "moon"]\n', "questions of ours is moon"),
        (f'{FORM}for = ["adult"]\nquestions = ["danger", "danger"]\n', "danger stands twice"),
        (f'{FORM}for = ["adult"]\nquestions = ["wishes"]\n', "does not begin with questions of safety"),
        (f'{FORM}for = ["adult"]\nquestions = []\n', "does not begin with questions of safety"),
        (f'{FORM}for = ["grown"]\nquestions = ["danger"]\n', "for adults, children or both"),
        (f'{FORM}questions = ["danger"]\n', "for adults, children or both"),
        (FORM.replace('version = "1"\n', "") + 'for = ["adult"]\nquestions = ["danger"]\n', "has no version"),
        (f'{FORM}for = ["adult"]\nquestions = ["danger_from", "danger"]\n', "waits for danger, which is not asked before"),
        (f'{FORM}for = ["adult"]\nsituations = ["moon"]\nquestions = ["danger"]\n', "situations of ours is moon"),
    ],
)  # fmt: skip
def test_a_bad_question_or_form_is_refused_by_file_and_line(tmp_path, text, words):
    source = "" if "source" in text else 'source = "our own"\n'
    whole = ALL.replace('source = "our own"\n', source) + text
    line = whole[: whole.index("[[")].count("\n") + 1
    before = packs.version()
    with pytest.raises(packs.BadPack) as refused:
        packs.load(overlay(tmp_path, whole))
    assert words in str(refused.value)
    assert (refused.value.file, refused.value.line) == ("overlay/ours.toml", line)
    assert packs.version() == before


def test_two_questions_that_wait_for_each_other_are_refused(tmp_path):
    two = QUESTION.replace('"ours"', '"mine"')
    text = (f'{ALL}{QUESTION}asked_if = {{question = "mine", is = "yes"}}\n'
            f'{two}asked_if = {{question = "ours", is = "yes"}}\n')  # fmt: skip
    with pytest.raises(packs.BadPack, match="leads round in a circle"):
        packs.load(overlay(tmp_path, text))


def test_a_question_whose_changed_condition_looks_ahead_is_refused_at_its_own_line(tmp_path):
    text = '[[screening_question]]\ncode = "danger"\nasked_if = {question = "wishes_known", is = "yes"}\n'
    with pytest.raises(packs.BadPack, match=r"overlay/ours\.toml:1: asked_if of danger names wishes_known"):
        packs.load(overlay(tmp_path, text))
    packs.forget()
    text = text.replace("wishes_known", "accused")
    with pytest.raises(packs.BadPack, match=r"overlay/ours\.toml:1: in the form .* danger waits for accused"):
        packs.load(overlay(tmp_path, text))
