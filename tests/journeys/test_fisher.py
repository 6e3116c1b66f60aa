"""A fisher from Myanmar in forced labour: he wants help and no police, and gets help whatever is decided."""

import pytest

from prasan import packs
from tests.journeys.conftest import Visitor
from tests.journeys.steps import answer, ask, case_from_a_lead, concur, decide, end_rest_by_wish, person, team

pytestmark = pytest.mark.browser
NAME = "မောင် ဥပမာ"
HELP = (
    "Help goes on. Services, shelter and referral do not depend on screening, on the decision or on cooperating with"
    " anybody. New facts may re-open it at any time."
)


def he_comes_to_the_desk(v: Visitor) -> tuple[str, str]:
    """The case and the code of the man; a social worker and a lawyer are with him, and no police."""
    case = case_from_a_lead(
        v, title=f"Fishing boat {v.language}", form="forced_labour", province="TH-74", channel="walk_in", urgency="normal",
        mode="physical", text="แรงงานประมงหนีจากเรือมาขอความช่วยเหลือ ไม่อยากพบตำรวจ",
    )  # fmt: skip
    team(v, case, mali="social_worker", preecha="lawyer")
    v.be("mali")
    who = person(v, case, part="potential_victim", name=NAME + v.language, gender="masculine", birth_year=v.year(-36),
                 citizenships="MMR", languages="mya", interpreter=True, wishes="อยากได้ค่าจ้าง ไม่อยากคุยกับตำรวจ")  # fmt: skip
    return case, who


def he_is_screened_by_the_signs_of_forced_labour(v: Visitor, case: str, who: str) -> None:
    phone = v.beside("mali", width=360)
    ask(phone, case, who, "fishing", "mya")
    phone.sees(packs.forms()["forced_labour_fishing"].label(v.language))
    assert phone.page.locator('main [lang="my"]').count() > 0
    assert phone.page.locator("main .prasan-untranslated").count() > 0
    phone.fill(place="office", body="ngo", child_at_time="no", interpreter="yes", enters_nrm="no", needs=["documents", "legal"])
    answer(phone, danger="no", accused="yes", accused_of=["immigration"], documents_kept="yes", wages_held="yes", worked="yes",
           papers_taken="yes")  # fmt: skip
    phone.send()
    from prasan.identification.rules import ADULT, FORCED_LABOUR

    signs = packs.forms()["forced_labour_fishing"].signs
    phone.sees(ADULT, FORCED_LABOUR, *(signs[code].label(v.language) for code in ("ilo_documents", "ilo_wages")))


def what_he_told_is_not_asked_again(v: Visitor, case: str, who: str) -> None:
    from prasan.identification.rules.forms import WHY_AGAIN

    v.be("preecha")
    ask(v, case, who, "fishing", "mya")
    assert v.page.locator("main .prasan-told").count() >= 5
    v.fill(place="office", body="ngo", child_at_time="no", interpreter="yes", enters_nrm="yes")
    answer(v, wages_held="yes", threat_property="yes")
    assert v.said(WHY_AGAIN) in v.refused()
    v.fill(again_wages_held="unclear")
    v.send()


def he_says_no_to_the_police_and_yes_to_help(v: Visitor, case: str, who: str) -> None:
    from prasan.cases.actions.referrals import NO_CONSENT

    v.be("mali")
    v.open(f"/cases/{case}/people/{who}/refer/")
    v.fill(agency=v.option("agency", "Police" if v.language == "en" else "ตำรวจ"), reason="other")
    assert v.said(NO_CONSENT) in v.refused()
    v.act(f"/cases/{case}/people/{who}/consents/new/", purpose="services", given_on=v.day(), language="mya",
          interpreter_used=True, words="ကူညီပါ")  # fmt: skip
    v.open(f"/cases/{case}/services/new/")
    v.page.locator('[name="provider"]').select_option(index=1)
    v.fill(participation=v.option("participation", who), kind="health", what="ตรวจสุขภาพ", on=v.day(), outcome="given")
    v.send()
    v.act("/refusals/new/", adult="yes", province="TH-74", place="office", situation="fishing", sex="male", language="mya",
          refused="police", card_given="yes")  # fmt: skip
    v.sees("Counted. Nothing that leads to the person was kept. Give the card.")


def nothing_is_decided_yet_and_help_stays(v: Visitor, case: str, who: str) -> str:
    decision = decide(v, case, who, "social_worker", outcome="undetermined", reasons="ยังไม่พร้อมเล่า")
    v.sees(HELP)
    v.be("preecha")
    concur(v, decision, "lawyer")
    v.sees(HELP)
    assert v.page.locator("#ways a").count() >= 3
    return decision


def the_review_he_asks_for_is_answered(v: Visitor, decision: str) -> None:
    v.open(f"{decision}reviews/new/")
    v.fill(kind="review", asked_by="person", grounds="มีสมุดบัญชีค่าแรงแล้ว")
    v.send()
    v.sees(HELP)
    review = v.page.url.removeprefix(v.site)
    v.be("mali")
    v.open(f"{review}answer/")
    v.fill(outcome="decide_new", answer="หลักฐานใหม่สนับสนุน", body="mdt")
    v.send()
    assert "/decisions/new/?replaces=" in v.page.url


def he_is_identified_under_section_6_1(v: Visitor, case: str, who: str) -> None:
    decision = decide(v, case, who, "social_worker", outcome="identified", law_basis="s6_1", forms=["forced_labour"],
                      reasons="ถูกยึดเอกสารและค่าจ้าง มีการทำงาน")  # fmt: skip
    v.be("preecha")
    concur(v, decision, "lawyer")
    assert "6/1" in v.text()


def the_lawyer_asks_why_he_is_accused(v: Visitor, case: str, who: str) -> None:
    from prasan.cases.actions.custody import NON_PUNISHMENT

    v.open(f"/cases/{case}/")
    v.sees(NON_PUNISHMENT)
    assert NAME not in v.page.content()


def test_a_fisher_who_wants_no_police_is_helped_all_the_way(v: Visitor) -> None:
    case, who = he_comes_to_the_desk(v)
    he_is_screened_by_the_signs_of_forced_labour(v, case, who)
    what_he_told_is_not_asked_again(v, case, who)
    he_says_no_to_the_police_and_yes_to_help(v, case, who)
    end_rest_by_wish(v, case, who, words="ကျွန်တော် အခုပဲ ပြောချင်ပါတယ်", language="mya", witness="preecha", understood="interpreter")
    decision = nothing_is_decided_yet_and_help_stays(v, case, who)
    the_review_he_asks_for_is_answered(v, decision)
    he_is_identified_under_section_6_1(v, case, who)
    the_lawyer_asks_why_he_is_accused(v, case, who)
    assert v.faults == []
