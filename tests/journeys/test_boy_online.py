"""A boy of fourteen is threatened with his pictures, and his guardian is a suspect: nobody asks him twice."""

import re

import pytest

from prasan import packs
from tests.journeys.conftest import Visitor
from tests.journeys.steps import answer, ask, case_from_a_lead, concur, decide, end_rest_by_wish, just_now, person, team

pytestmark = pytest.mark.browser
NAME, GUARDIAN, TOLD = "เด็กชายต้นน้ำ สมมติ", "ผู้ปกครองสมมติ", "เขาขู่จะส่งรูปให้เพื่อน"
FEMALE = {"en": re.compile(r"\b(she|her|girl|woman|women)\b", re.IGNORECASE), "th": re.compile("หล่อน|เธอ|เด็กหญิง")}
SAFEGUARDS = {"present": ["psychologist", "asked_for", "prosecutor"], "place": "child_suitable", "recording": "audio_video"}


def a_teacher_reports_it(v: Visitor) -> tuple[str, str, str]:
    """The case, the boy, and the guardian who is under suspicion."""
    case = case_from_a_lead(
        v, title=f"Pictures {v.language}", form="pornography_or_online", province="TH-10", channel="hotline_1300", urgency="child",
        mode="online", text="ครูแจ้งว่านักเรียนชายถูกขู่เผยแพร่ภาพ", identifiers="line: @sommut",
    )  # fmt: skip
    team(v, case, mali="social_worker", ploy="psychologist", preecha="lawyer")
    v.be("mali")
    v.open(f"/cases/{case}/people/new/")
    assert v.page.locator('[name="gender"]:checked, [value="female"]:checked').count() == 0
    boy = person(v, case, part="potential_victim", name=NAME + v.language, gender="masculine", birth_year=v.year(-14),
                 citizenships="THA", languages="tha", wishes="ไม่ให้เพื่อนรู้", worker_sex="male")  # fmt: skip
    v.sees("Man or boy", "A man")
    assert not v.page.locator('main dl.prasan-pairs').filter(has_text=FEMALE[v.language]).count()
    guardian = person(v, case, part="suspect", name=GUARDIAN + v.language, gender="masculine", birth_year=v.year(-45))
    return case, boy, guardian


def he_is_screened_by_the_form_for_contact_online(v: Visitor, case: str, boy: str) -> None:
    from prasan.identification.rules import CHILD

    phone = v.beside("mali", width=360)
    ask(phone, case, boy, "online", "tha")
    phone.fill(place="school", body="ngo", interpreter="no", enters_nrm="yes", needs=["safety", "emotional"])
    answer(phone, danger="no", met_where=["game"], images_asked="yes", threat_publish="yes", threat_wants=["more_images"],
           recruited="yes", offer_how="chat", for_pornography_or_online="yes")  # fmt: skip
    phone.send()
    phone.sees(CHILD)


def nobody_hears_him_without_what_a_child_needs(v: Visitor, case: str, boy: str, guardian: str) -> str:
    """Refused as it was, refused beside the guardian, taken when right; the address of what was taken."""
    from prasan.cases.rules import telling

    v.open(f"/cases/{case}/people/{boy}/interviews/new/")
    v.fill(**just_now(v, "held_at"), body="police", purpose="identification", topics=["online_contact"], place="police_station",
           recording="written", language="tha", told=TOLD)  # fmt: skip
    told = v.refused()
    for sentence in (telling.NO_CARER, telling.NO_ASKED_FOR, telling.NO_PROSECUTOR, telling.NO_CHILD_PLACE, telling.NO_CHILD_RECORDING):
        assert v.said(sentence) in told
    v.fill(**SAFEGUARDS, guardian=guardian)
    told = v.refused()
    assert v.said(telling.GUARDIAN_SUSPECTED) in told
    assert v.said(telling.NO_CARER) not in told
    v.fill(guardian="")
    v.send()
    assert TOLD in v.text()
    return v.page.url.removeprefix(v.site)


def he_is_asked_again_only_for_a_reason(v: Visitor, case: str, boy: str, first: str) -> None:
    from prasan.cases.rules.telling import TOLD_ALREADY

    v.open(f"/cases/{case}/people/{boy}/interviews/new/")
    v.sees("Contact online")
    assert v.page.locator(f'#told a[href="{first}"]').count() == 1
    v.fill(**just_now(v, "held_at"), body="court_or_prosecution", purpose="identification", topics=["online_contact"], language="tha",
           **SAFEGUARDS)  # fmt: skip
    assert v.said(TOLD_ALREADY).split("%(topics)s")[1].strip() in v.refused()
    v.fill(again_because="พนักงานอัยการต้องฟังถ้อยคำเองหนึ่งครั้ง")
    v.send()
    v.open(f"/cases/{case}/people/{boy}/interviews/")
    v.sees("Told again")


def two_disciplines_identify_him_without_any_means(v: Visitor, case: str, boy: str) -> None:
    decision = decide(v, case, boy, "social_worker", outcome="identified", law_basis="s6", forms=["pornography_or_online"],
                      reasons="มีการกระทำและวัตถุประสงค์ อายุสิบสี่ปี")  # fmt: skip
    v.be("ploy")
    concur(v, decision, "psychologist")
    v.sees("Decided")


def the_time_that_runs_is_on_the_page_and_on_my_day(v: Visitor, case: str, boy: str) -> None:
    notice = packs.clocks()["rights-notice"].name(v.language)
    v.open(f"/cases/{case}/")
    clocks = v.page.locator("#clocks").inner_text()
    assert notice in clocks
    assert boy in clocks
    assert packs.clocks()["reflection-a"].name(v.language) not in clocks  # over by his wish, so folded away
    assert NAME not in v.page.content()
    v.open("/")
    assert notice in v.text()
    assert case in v.text()


def his_dates_leave_in_codes_only(v: Visitor, case: str, boy: str) -> None:
    v.act(f"/cases/{case}/appointments/new/", kind="medical", starts_at_day=v.day(-1), starts_at_clock="09:00", partition="care", about=boy)
    v.act("/settings/feeds/new/", language=v.language)
    address = re.search(r"https?://\S+?\.ics", v.text())[0]
    feed = v.context.request.get(address)
    told = feed.text().replace("\r\n ", "")
    assert feed.status == 200
    assert feed.headers["content-type"].startswith("text/calendar")
    assert case in told
    assert boy in told
    assert "ต้นน้ำ" not in told


def test_a_boy_is_heard_once_and_his_guardian_is_kept_away(v: Visitor) -> None:
    case, boy, guardian = a_teacher_reports_it(v)
    he_is_screened_by_the_form_for_contact_online(v, case, boy)
    end_rest_by_wish(v, case, boy, words="ผมอยากเล่าให้จบวันนี้", language="tha", witness="ploy")
    first = nobody_hears_him_without_what_a_child_needs(v, case, boy, guardian)
    he_is_asked_again_only_for_a_reason(v, case, boy, first)
    two_disciplines_identify_him_without_any_means(v, case, boy)
    the_time_that_runs_is_on_the_page_and_on_my_day(v, case, boy)
    his_dates_leave_in_codes_only(v, case, boy)
    assert v.faults == []
