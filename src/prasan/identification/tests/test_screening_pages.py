"""The pages of stage 1: whom and by which form, two languages side by side, what was told before, old versions."""

import re

import pytest

from prasan import packs
from prasan.identification.models import Screening
from prasan.identification.rules import forms as asking_rules
from prasan.journal.models import Line
from prasan.plain.birth import PartialDate
from tests.cast import MARKER, make_person

from .test_actions import screen
from .test_pages import asking, page, screening_form

pytestmark = [pytest.mark.urls("prasan.identification.tests.urls"), pytest.mark.usefixtures("own_packs")]
ADULT, CHILD = "first_contact_adult", "first_contact_child"


def test_the_first_page_asks_whom_by_code_and_suggests_the_form(world, sign_in):
    client = sign_in(world.mali)
    code = world.survivor.person.code
    html = client.get(page("record-screening", world)).content.decode()
    assert code in html
    assert "The one that suits age and situation" in html
    assert MARKER not in html
    begun = client.get(page("record-screening", world), {"person": code, "form": "", "situation": "", "asked": ""})
    assert begun.status_code == 302
    assert begun.url.endswith(f"?person={code}&asked=mya&situation=&with={CHILD}")
    assert client.get(begun.url).context["form"].asking.form.code == CHILD
    chosen = client.get(page("record-screening", world), {"person": code, "form": "begging", "situation": "other"})
    assert chosen.url.endswith("with=begging")


def test_an_adult_is_suggested_the_form_for_adults_and_a_child_starts_as_a_child(world, sign_in):
    adult = make_person(world, world.case, name="ผู้ใหญ่ ทดสอบ", birth=PartialDate(1990))
    child = make_person(world, world.case, name="เด็ก ทดสอบ", birth=PartialDate(2014))
    client = sign_in(world.mali)
    urls = [client.get(page("record-screening", world), {"person": p.person.code, "form": ""}).url for p in (adult, child)]
    assert [url.rpartition("with=")[2] for url in urls] == [ADULT, CHILD]
    assert client.get(urls[1]).context["form"]["child_at_time"].value() == "yes"
    wrong = client.post(urls[1].replace(CHILD, ADULT), screening_form(world, q_for_forced_labour=""))
    assert wrong.status_code == 422
    assert "This form is not for this age" in wrong.content.decode()


def test_without_a_person_the_first_page_says_what_is_missing(world, sign_in):
    answer = sign_in(world.mali).get(page("record-screening", world), {"form": "", "person": ""})
    assert answer.status_code == 422
    assert "Answer this: Person" in answer.content.decode()


def test_two_languages_stand_side_by_side_and_what_is_missing_is_said(world, sign_in):
    html = sign_in(world.mali).get(asking(world, ADULT, "vie")).content.decode()
    assert '<span class="prasan-said" lang="vi">Bạn có bị thương hoặc bị bệnh không?</span>' in html
    assert "Is there an injury or illness that needs care today?" in html
    assert "(not translated into Vietnamese)" in html
    assert "not yet checked by a native speaker" in html
    shan = sign_in(world.mali).get(asking(world, ADULT, "shn")).content.decode()
    assert "No question of this form is written in Shan" in shan
    assert 'class="prasan-said"' not in shan


def test_a_thai_worker_and_an_english_speaker_see_both(world, sign_in):
    html = sign_in(world.mali, "th").get(asking(world, ADULT, "eng"), headers={"accept-language": "th"})
    text = html.content.decode()
    assert '<span class="prasan-said" lang="en">Is there an injury or illness that needs care today?</span>' in text
    assert "มีบาดแผลหรืออาการเจ็บป่วยที่ต้องรักษาวันนี้หรือไม่" in text
    same = sign_in(world.mali, "th").get(asking(world, ADULT, "tha"), headers={"accept-language": "th"})
    assert 'class="prasan-said"' not in same.content.decode()


def test_safety_is_asked_first_and_each_group_is_a_fieldset(world, sign_in):
    html = sign_in(world.mali).get(asking(world, "forced_labour_fishing")).content.decode()
    legends = re.findall(r'govuk-fieldset__legend--m">\s*(.*?)\s*</legend>', html, re.S)
    assert legends[:3] == ["Safety first", "Language, wishes and whom to speak with", "On the boat"]
    assert html.index("q_danger") < html.index('name="needs"') < html.index("q_language_best") < html.index('name="body"')


def test_a_question_that_waits_names_what_it_waits_for_and_stands_there_without_a_script(world, sign_in):
    html = sign_in(world.mali).get(asking(world, ADULT)).content.decode()
    assert 'data-asked-if="q_accused" data-asked-is="yes"' in html
    assert "Only if “Is the person accused of anything, or detained for immigration?” was answered: Yes" in html
    assert "hidden" not in re.search(r"<div[^>]*data-asked-if[^>]*>", html)[0]


def test_an_answer_whose_condition_does_not_hold_is_refused_beside_it(world, sign_in):
    told = screening_form(world, q_for_forced_labour="", q_accused="no", q_accused_of=["fraud"])
    answer = sign_in(world.mali).post(asking(world, ADULT), told)
    assert answer.status_code == 422
    assert answer.context["form"].errors["q_accused_of"] == [asking_rules.NOT_YET]


def test_numbers_choices_and_words_are_kept_and_words_only_sealed(world, sign_in):
    client = sign_in(world.mali)
    told = screening_form(
        world, q_for_forced_labour="yes", q_months_at_sea="๑๔", q_ashore="never", q_accused="yes",
        q_accused_of=["immigration", "fraud"], q_wishes=f"{MARKER} กลับบ้าน", q_language_best_instead="refused",
        situation="fishing",
    )  # fmt: skip
    answer = client.post(asking(world, "forced_labour_fishing"), told)
    assert answer.status_code == 302, answer.context["form"].errors
    with world.acting("mali"):
        row = Screening.objects.get()
    assert (row.answers["months_at_sea"], row.answers["ashore"]) == (14, "never")
    assert row.answers["accused_of"] == ["immigration", "fraud"]
    assert (row.answers["wishes"], row.answers["language_best"]) == ("told", "refused")
    assert MARKER not in str(row.answers)
    before = Line.objects.filter(act="vault.open").count()
    html = client.get(answer.url).content.decode()
    assert Line.objects.filter(act="vault.open").count() == before + 1
    for text in (f"{MARKER} กลับบ้าน", "Entry, stay or work without papers", "Could the person go ashore in port?", "14",
                 "Because of these answers", "Could the person go ashore in port? Never", "An act (section 6)",
                 "Signs to look into, never a score", "Forced labour: fishing 2026.1"):  # fmt: skip
        assert text in html, text


def test_a_screening_without_words_opens_nothing(world, sign_in):
    row = screen(world)
    before = Line.objects.filter(act="vault.open").count()
    assert sign_in(world.mali).get(page("screening", world, screening=row.pk)).status_code == 200
    assert Line.objects.filter(act="vault.open").count() == before


def test_what_was_told_stands_beside_the_question_and_asking_again_needs_a_reason(world, sign_in):
    screen(world, answers={"recruited": "yes", "danger": "yes"})
    client = sign_in(world.preecha)
    at = asking(world, ADULT)
    html = client.get(at).content.decode()
    assert "Told before: Yes, 24 November 2026 (Non-governmental organisation, Prasan Foundation, Social worker)" in html
    assert html.count('name="again_recruited"') == 1
    assert 'name="again_danger"' not in html
    assert 'name="again_lied_to"' not in html
    told = screening_form(world, discipline="lawyer", q_for_forced_labour="", q_danger="no",
                          child_at_time="no")  # fmt: skip
    answer = client.post(at, told)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"again_recruited": [asking_rules.WHY_AGAIN]}
    assert "This was told before. Choose why it is asked again" in answer.content.decode()
    done = client.post(at, told | {"again_recruited": "interpreter"})
    assert done.status_code == 302
    assert "Asked again: No interpreter, or another language, the last time" in client.get(done.url).content.decode()


def test_leaving_what_was_told_unasked_needs_nothing(world, sign_in):
    screen(world, answers={"recruited": "yes"})
    told = screening_form(world, q_recruited="not_asked", q_for_forced_labour="", q_sold="yes", child_at_time="no")
    assert sign_in(world.mali).post(asking(world, ADULT), told).status_code == 302


def test_an_old_screening_shows_its_own_questions_after_the_pack_has_changed(world, sign_in, tmp_path):
    row = screen(world, form=ADULT, answers={"recruited": "yes", "sold": "no"})
    text = '[[screening_question]]\ncode = "sold"\nen = "Was the person traded?"\nth = "ถูกซื้อขายหรือไม่"\n'
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    packs.load(tmp_path)
    client = sign_in(world.mali)
    old = client.get(page("screening", world, screening=row.pk)).content.decode()
    assert "Was money paid for the person" in old
    assert "Was the person traded?" not in old
    assert "Was the person traded?" in client.get(asking(world, ADULT)).content.decode()
    correction = client.get(page("record-screening", world) + f"?replaces={row.pk}").content.decode()
    assert "Was money paid for the person" in correction
    assert "Was the person traded?" not in correction


def test_the_screening_page_names_the_missing_element_and_never_a_score(world, sign_in):
    row = screen(world, form=ADULT, answers={"recruited": "yes", "used_for": ["forced_labour"]}, child_at_time=False)
    html = sign_in(world.mali).get(page("screening", world, screening=row.pk)).content.decode()
    assert re.search(r"A means \(section 6 \(1\)\)\s*</dt>\s*<dd[^>]*>\s*Missing so far", html)
    none = screen(world, participation=world.suspect, answers={"recruited": "no"})
    html = sign_in(world.mali).get(page("screening", world, screening=none.pk)).content.decode()
    assert "No answer raised an indicator" in html


def test_the_pages_speak_thai(world, sign_in):
    row = screen(world, form="begging", answers={"money_to": "boss", "accused": "refused"})
    client = sign_in(world.mali, "th")
    html = client.get(page("screening", world, screening=row.pk), headers={"accept-language": "th"}).content.decode()
    for text in ("ใครได้เงิน", "มีคนมาเก็บ", "ไม่ประสงค์ตอบ", "นำคนมาขอทาน", "ขอทานและเร่ขายของ"):
        assert text in html
    form = client.get(asking(world, "begging"), headers={"accept-language": "th"}).content.decode()
    assert "มีคนพามาส่งและมารับทุกวันหรือไม่" in form
