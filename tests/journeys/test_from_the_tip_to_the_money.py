"""One matter in a real browser: a tip from a hotline, and at the end 200,000 THB in the survivor's hand."""

import re
from typing import Any

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.browser
NAME = "พรหมพร ตัวอย่าง"
CODE = re.compile(r"/cases/(TH-\d{4}-\d{4})/")
PERSON = re.compile(r"P-[0-9A-Z]{7}")


@pytest.fixture(params=["en", "th"])
def v(request: Any, browser: Any, site: str) -> Visitor:
    return Visitor(browser, site, request.param)


def tip_becomes_a_case(v: Visitor) -> str:
    v.be("nok")
    v.open("/")
    v.act("/leads/new/", channel="hotline_1300", received_on="1/9/2569", urgency="soon", mode="mixed", province="TH-57",
          text="ผู้แจ้งเห็นเด็กสองคนทำงานกลางคืน", forms=["sexual_exploitation"], identifiers="081 234 5678")  # fmt: skip
    lead = v.page.url.removeprefix(v.site)
    v.be("dao")
    v.open("/leads/")
    v.act(f"{lead}triage/", urgency="child")
    v.open(f"{lead}accept/")
    v.fill(title="Karaoke, Chiang Rai", forms=["sexual_exploitation"])
    _discipline(v, "coordinator")
    v.page.locator('[name="into"]').select_option(index=1)
    v.send()
    if not CODE.search(v.page.url):
        v.open("/cases/")
        v.page.locator("main th a").first.click()
    return CODE.search(v.page.url)[1]


def team_joins(v: Visitor, case: str) -> None:
    for name, discipline in (("Nok|นก", "investigator"), ("Mali|มะลิ", "social_worker"), ("Preecha|ปรีชา", "lawyer")):
        v.open(f"/cases/{case}/team/new/")
        en, th = name.split("|")
        v.fill(staff=v.option("staff", th if v.language == "th" else en), discipline=discipline, reason="MDT")
        v.send()


def survivor_is_heard(v: Visitor, case: str) -> str:
    v.be("mali")
    v.act(f"/cases/{case}/people/new/", part="potential_victim", since_on="2026-09-03", name=NAME + v.language, gender="feminine",
          citizenships="LAO", languages="lao", wishes="อยากกลับไปเรียน")  # fmt: skip
    survivor = PERSON.search(v.page.url)[0]
    assert NAME not in v.page.content()
    v.fill(why="contact")
    v.send()
    assert NAME in v.page.content()
    v.open(f"/cases/{case}/screenings/new/")
    v.fill(person=survivor, situation="sexual_offline", asked="lao")
    with v.page.expect_navigation():
        v.page.locator('main form[method="get"] button[type="submit"]').click()
    v.look()
    v.fill(on="4/9/2569", body="ngo", place="office", situation="sexual_offline",
           child_at_time="yes", interpreter="yes", enters_nrm="yes")  # fmt: skip
    for question in ("housed", "lied_to", "for_sexual_exploitation"):
        box = v.page.locator(f'[name$="{question}"][value="yes"]').first
        box.check(force=True)
    _discipline(v, "social_worker")
    v.send()
    v.open(f"/cases/{case}/stays/new/")
    v.fill(participation=v.option("participation", survivor), kind="ngo_registered", since_on="4/9/2569", place="บ้านทดลอง",
           consent_to_stay="yes", consent_on="4/9/2569", phone_access="free", free_movement="free")  # fmt: skip
    v.send()
    v.open(f"/cases/{case}/services/new/")
    v.page.locator('[name="provider"]').select_option(index=1)
    v.fill(participation=v.option("participation", survivor), kind="health", what="ตรวจสุขภาพ", on="5/9/2569", outcome="given")
    v.send()
    return survivor


def _discipline(v: Visitor, code: str) -> None:
    field = v.page.locator(f'input[type="radio"][name="discipline"][value="{code}"]')
    if field.count():
        field.check(force=True)


def two_disciplines_identify(v: Visitor, case: str, survivor: str) -> None:
    v.open(f"/cases/{case}/decisions/new/")
    v.fill(participation=v.option("participation", survivor), outcome="identified", law_basis="s6", forms=["sexual_exploitation"],
           reasons="มีการกระทำและวัตถุประสงค์ เป็นเด็ก", body="mdt", on="22/9/2569")  # fmt: skip
    _discipline(v, "social_worker")
    v.send()
    decision = v.page.url.removeprefix(v.site)
    if "/decisions/" not in decision:
        v.open(f"/cases/{case}/")
        decision = v.page.locator('main a[href*="/decisions/"]:not([href$="new/"])').first.get_attribute("href")
    v.be("preecha")
    v.open(f"{decision}concur/")
    v.fill(on="22/9/2569")
    _discipline(v, "lawyer")
    v.send()


def operation_removes_from_harm(v: Visitor, case: str, survivor: str) -> str:
    v.be("nok")
    v.act(f"/cases/{case}/people/new/", part="suspect", since_on="2026-09-05", name="ผู้ต้องสงสัย สมมติ" + v.language,
          gender="masculine")  # fmt: skip
    suspect = PERSON.search(v.page.url)[0]
    v.act(f"/cases/{case}/investigation/new/", opened_on="6/9/2569")
    v.open(f"/cases/{case}/operations/new/")
    v.page.locator('[name="lead_body"]').select_option(index=1)
    v.fill(planned_on="25/9/2569", place_kind="entertainment", province="TH-57", risk_checked=True, risk_words="ตรวจแล้ว")
    v.send()
    v.open(f"/cases/{case}/")
    operation = v.page.locator('main a[href*="/operations/"]:not([href$="new/"])').first.get_attribute("href")
    v.open(f"{operation.rstrip('/')}/result/".replace("/result/result/", "/result/"))
    v.fill(status="done", contribution="joint", done_at_day="25/9/2569", done_at_clock="09:00")
    v.send()
    v.open(f"/cases/{case}/removals/new/")
    v.fill(participation=v.option("participation", survivor), on="25/9/2569", contribution="joint")
    v.send()
    v.open(f"/cases/{case}/arrests/new/")
    v.fill(participation=v.option("participation", suspect), contribution="joint", arrested_at_day="25/9/2569", arrested_at_clock="09:10")
    v.send()
    return suspect


def court_and_money(v: Visitor, case: str, survivor: str, suspect: str) -> None:
    v.be("preecha")
    v.open(f"/cases/{case}/charges/find/")
    v.open(f"/cases/{case}/charges/new/")
    v.fill(accused=v.option("accused", suspect), offence="atip-52-minor", act_earliest="1/8/2569", charged_on="1/10/2569",
           victims=[v.option("victims", survivor)], status="indicted", court="ศาลสมมติ", black_number="คม 1/2569")  # fmt: skip
    v.send()
    v.open(f"/cases/{case}/")
    charge = v.page.locator('main a[href*="/charges/"]:not([href$="new/"]):not([href$="find/"])').first.get_attribute("href")
    v.act(f"{charge}verdicts/new/", instance="first", outcome="guilty", plea="guilty", on="10/11/2569",
          contribution="supported", red_number="คม 2/2569")  # fmt: skip
    v.open(charge)
    sentence = v.page.locator('main a[href*="/sentences/new/"]').first.get_attribute("href")
    v.act(sentence, kind="term", years="6", fine="600,000")
    v.open(f"/cases/{case}/money/orders/new/")
    v.fill(survivor=v.option("survivor", survivor), route="court_petition", on="10/11/2569", amount="200,000", currency="THB",
           accused=v.option("accused", suspect))  # fmt: skip
    v.send()
    v.open(f"/cases/{case}/money/")
    v.open(f"/cases/{case}/money/payments/new/")
    v.page.locator('[name="order"]').select_option(index=1)
    v.fill(kind="paid", on="๑๒/๑๑/๒๕๖๙", amount="๒๐๐,๐๐๐", method="cash")
    v.send()
    v.open(f"/cases/{case}/")
    assert "200,000" in v.page.content()


def organisation_and_figures(v: Visitor) -> None:
    v.be("kwan")
    v.open("/training/")
    v.open("/training/sessions/new/")
    v.be("dao")
    v.open("/policy/")
    v.open("/policy/recommendations/new/")
    v.open("/policy/tiers/")
    v.be("fah")
    v.open("/figures/")
    page = v.page.content()
    assert "200,000" in page or "400,000" in page
    v.open("/figures/indicators/M2/")


def the_outsider_learns_nothing(v: Visitor, case: str) -> None:
    v.be("somchai")
    answer = v.page.goto(f"{v.site}/cases/{case}/")
    assert answer.status == 404
    v.look()
    v.page.goto(f"{v.site}/search/")
    v.fill(q=NAME + v.language)
    v.page.locator('main form button[type="submit"]').click()
    assert not PERSON.search(v.page.content())


def test_from_a_tip_to_200000_baht_paid(v: Visitor) -> None:
    case = tip_becomes_a_case(v)
    team_joins(v, case)
    survivor = survivor_is_heard(v, case)
    two_disciplines_identify(v, case, survivor)
    suspect = operation_removes_from_harm(v, case, survivor)
    court_and_money(v, case, survivor, suspect)
    organisation_and_figures(v)
    the_outsider_learns_nothing(v, case)
    v.be("mali")
    for path in ("/", "/cases/", f"/cases/{case}/", f"/cases/{case}/people/{survivor}/", "/calendar/", "/search/", "/settings/",
                 "/colleagues/", f"/cases/{case}/notes/new/", f"/cases/{case}/tasks/new/", f"/cases/{case}/evidence/"):  # fmt: skip
        v.open(path)
    assert v.faults == []
    assert len(v.visited) > 30
