"""A phone in the field, in a real browser with the network cut: nothing that was finished is lost, nothing counts twice."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests import chromium
from tests.journeys.conftest import ARGUMENTS, WCAG, Visitor
from tests.journeys.test_from_the_tip_to_the_money import team_joins, tip_becomes_a_case

pytestmark = pytest.mark.browser
NAME, WORDS, PIN = "มะปราง สมมติ", "เขายึดหนังสือเดินทางไว้ทั้งหมด", "482915"
DUMP = """async () => {
  const plain = (value) => value instanceof ArrayBuffer ? plain(new Uint8Array(value))
    : ArrayBuffer.isView(value) ? new TextDecoder("utf-8").decode(value) : value && typeof value === "object"
    ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)])) : value;
  const found = {};
  for (const about of await indexedDB.databases()) {
    const base = await new Promise((done) => { const r = indexedDB.open(about.name); r.onsuccess = () => done(r.result); });
    for (const name of base.objectStoreNames) {
      const rows = await new Promise((done) => { const r = base.transaction(name).objectStore(name).getAll(); r.onsuccess = () => done(r.result); });
      found[name] = rows.map(plain);
    }
    base.close();
  }
  found.local = [Object.entries(localStorage), Object.entries(sessionStorage)];
  found.caches = [];
  for (const name of await caches.keys()) for (const r of await (await caches.open(name)).keys()) found.caches.push(r.url);
  return found;
}"""
# Chromium believes for half a minute in the space that it found last.
LOOKED_UP_AGAIN = 31_000
TEXTS: dict[str, dict[str, str]] = {}


class Phone:
    """A browser of its own with a disk of its own, as small as a phone; it can be switched off and on again."""

    def __init__(self, kind: Any, site: str, language: str, disk: Path) -> None:
        self.kind, self.site, self.language, self.disk = kind, site, language, disk
        self.faults: list[str] = []
        self.start()

    def start(self, *, offline: bool = False) -> None:
        self.context = self.kind.launch_persistent_context(
            str(self.disk), executable_path=chromium.find(), args=ARGUMENTS, locale=self.language,
            viewport={"width": 390, "height": 844}, has_touch=True,
        )  # fmt: skip
        self.context.set_offline(offline)
        self.page = self.context.pages[0]
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", lambda m: self.faults.append(m.text) if "Content Security" in m.text else None)

    def off(self) -> None:
        self.context.close()

    def open(self, code: str = "") -> None:
        self.page.goto(f"{self.site}/field/" + (f"#{code}" if code else ""))
        self.page.wait_for_selector("main h1")

    def t(self, code: str) -> str:
        if not TEXTS:
            TEXTS.update(self.context.request.get(f"{self.site}/field/content/").json()["texts"])
        return TEXTS[self.language][code]

    def press(self, code: str) -> None:
        self.page.locator("main button", has_text=re.compile(f"^{re.escape(self.t(code))}$")).first.click()

    def sees(self, code: str) -> None:
        words = self.t(code).split("%(")[0].strip() or self.t(code).split(")s")[-1].strip()
        self.page.get_by_text(words).first.wait_for()

    def look(self) -> None:
        """axe, nothing wider than the screen, and every target large enough for a thumb."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
        title = self.page.locator("h1").inner_text()
        self.faults += [f"axe on {title}: {v['id']} at {v['nodes'][0]['target']} {v['nodes'][0]['html'][:200]}" for v in found]
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), title
        small = self.page.evaluate(
            """() => [...document.querySelectorAll("button, select, textarea, input[type=text], input[type=date], label.govuk-radios__label")]
            .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 120))""")  # fmt: skip
        assert small == [], small

    def until(self, expression: str, given: Any = None) -> None:
        """Wait for something that the page can tell; asked from outside, because the page lets no text be run."""
        for _try in range(100):
            if self.page.evaluate(expression, given):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(expression)

    def ready(self) -> None:
        """The page is kept on the phone for a start without a network."""
        self.until("navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')")
        self.until("caches.keys().then((names) => names.length === 1)")

    def pair(self, code: str) -> None:
        self.open(code)
        self.sees("pair_title")
        self.look()
        self.press("pair")
        self.sees("pin_title")

    def choose(self, pin: str, again: str = "") -> None:
        self.page.fill("#pin", pin)
        self.page.fill("#pin2", again or pin)
        self.press("pin_set")

    def unlock(self, pin: str = PIN) -> None:
        self.page.fill("#pin", pin)
        self.press("unlock")

    def begin(self) -> None:
        self.sees("home_title")  # the way home is drawn once the draft is kept
        self.page.locator("main button.prasan-field__button").first.click()
        self.page.wait_for_selector("#q-on")

    def to(self, selector: str) -> None:
        """Go on, step by step, until this is on the page."""
        for _step in range(20):
            if self.page.locator(selector).count():
                return
            self.onward()
        raise AssertionError(f"{selector} is in no step")

    def onward(self) -> None:
        before = self.page.locator("main h1").inner_text()
        self.press("next")
        self.until("(was) => document.querySelector('main h1').innerText !== was", before)

    def fill(self) -> None:
        """One form: who, one answer, some words, and on to the end."""
        self.page.select_option("#q-body", index=1)
        self.page.select_option("#q-place", index=1)
        self.page.select_option("#q-situation", index=1)
        self.look()
        self.to("#q-name")
        self.page.fill("#q-name", NAME)
        self.page.fill("#q-age", "15")
        self.child()
        self.look()
        self.to("main textarea:visible")
        self.page.locator("main textarea:visible").first.fill(WORDS)
        self.to('[name="q-enters_nrm"]')
        self.page.locator('[name="q-enters_nrm"][value="yes"]').check(force=True)
        self.onward()
        self.sees("finish_title")
        self.look()

    def child(self) -> None:
        """The person may be a child, so that a form for children goes on, and gets a first answer."""
        self.page.locator('[name="q-child_at_time"][value="yes"]').check(force=True)
        self.onward()
        self.sees("which_form")
        self.page.locator("main button.prasan-field__button").first.click()
        self.page.locator('main [type=radio][value="yes"]').first.check(force=True)

    def finish(self) -> None:
        self.press("finish")
        self.sees("sealed_told")

    def dump(self) -> dict[str, Any]:
        return dict(self.page.evaluate(DUMP))

    def holds_nothing_clear(self) -> None:
        held = json.dumps(self.dump(), ensure_ascii=False)
        for word in (NAME, WORDS, NAME.split()[0], WORDS[:12], PIN):
            assert word not in held, word

    def waiting(self) -> int:
        return len(self.dump()["queue"])


@pytest.fixture
def language(request: Any) -> str:
    """Thai as on most phones; the way of a form from the phone into a case is walked in both languages."""
    return str(getattr(request, "param", "th"))


@pytest.fixture
def phone(browser: Any, site: str, language: str, tmp_path: Path) -> Iterator[Phone]:
    TEXTS.clear()
    one = Phone(browser.browser_type, site, language, tmp_path / "phone")
    yield one
    one.off()
    assert one.faults == []


@pytest.fixture
def desk(browser: Any, site: str, language: str) -> Visitor:
    v = Visitor(browser, site, language)
    v.be("mali")
    return v


def code_for(desk: Visitor) -> str:
    desk.open("/field-phones/new/")
    desk.fill(label=f"phone {uuid4().hex[:6]}")
    desk.page.locator('main form button[type="submit"]').click()
    desk.page.wait_for_selector(".prasan-qr")
    desk.look()
    return str(desk.page.locator(".prasan-codes").inner_text())


def arrived(desk: Visitor) -> list[str]:
    desk.open("/from-the-field/")
    links = desk.page.locator("main th a").all()
    return [str(one.get_attribute("href")) for one in links]


def given(phone: Phone, desk: Visitor) -> int:
    """A paired phone with a PIN, kept for a start without a network; how many forms the desk holds already."""
    phone.pair(code_for(desk))
    phone.look()
    phone.choose(PIN)
    phone.sees("home_title")
    phone.ready()
    return len(arrived(desk))


@pytest.mark.parametrize("language", ["en", "th"], indirect=True)
def test_a_form_goes_from_a_phone_without_a_network_into_a_case(phone, desk, language):
    before = len(arrived(desk))
    phone.pair(code_for(desk))
    phone.look()
    for weak, told in (("12345", "pin_short"), ("123456", "pin_simple"), ("777777", "pin_simple")):
        phone.choose(weak)
        phone.sees(told)
    phone.choose(PIN, "482916")
    phone.sees("pin_differs")
    phone.choose(PIN)
    phone.sees("home_title")
    phone.look()
    phone.ready()

    # A cold start in airplane mode, a wrong PIN with a growing wait, a form that survives a reload.
    phone.off()
    phone.start(offline=True)
    phone.open()
    phone.sees("locked_title")
    phone.look()
    for _wrong in range(3):
        phone.unlock("000111")
        phone.until("document.getElementById('status').textContent !== ''")
    phone.sees("pin_wait")
    phone.unlock()
    phone.sees("pin_wait")
    phone.page.wait_for_timeout(2000)  # longer than a key takes: a right PIN that counted would show the forms by now
    assert phone.page.locator("#pin").count()
    phone.page.clock.set_fixed_time(datetime.now() + timedelta(seconds=20))
    phone.unlock()
    phone.sees("home_title")
    phone.begin()
    phone.fill()
    phone.holds_nothing_clear()
    phone.page.reload()
    phone.unlock()
    phone.page.locator("main .prasan-field__line button").first.click()
    phone.sees("finish_title")
    phone.finish()
    held = phone.dump()
    assert (len(held["drafts"]), len(held["queue"])) == (0, 1)
    phone.holds_nothing_clear()
    assert NAME not in phone.page.content()

    # The way out works without a network and leaves no way back.
    phone.page.locator("#leave").click()
    phone.page.wait_for_url("**/field/calendar/")
    assert phone.page.locator("td.today").count() == 1
    phone.page.go_back()
    assert "/field/" not in phone.page.url or phone.page.locator("#pin").count() == 1

    # The answer is lost on the way: the phone sends again, the office has it once.
    phone.open()
    sent: list[int] = []

    def lose(route: Any) -> None:
        sent.append(route.fetch().status)
        route.abort()

    phone.context.route("**/field/inbox/**", lose)
    phone.context.set_offline(False)
    for _try in range(100):
        if sent:
            break
        phone.page.wait_for_timeout(100)
    assert sent[:1] == [201]
    assert phone.waiting() == 1
    phone.context.unroute("**/field/inbox/**")
    phone.page.reload()
    for _try in range(100):  # sent by the start, or by a try that was under way
        if phone.waiting() == 0:
            break
        phone.page.wait_for_timeout(100)
    assert phone.waiting() == 0
    phone.page.wait_for_selector("main h1")
    links = arrived(desk)
    assert len(links) == before + 1

    # In the office: opened, accepted into a case, once.
    case = tip_becomes_a_case(desk)
    team_joins(desk, case)
    desk.be("mali")
    desk.open(links[-1])
    assert NAME not in desk.page.content()
    desk.open(f"{links[-1]}open/")
    assert NAME in desk.page.content()
    assert WORDS in desk.page.content()
    desk.open(f"{links[-1]}accept/")
    desk.fill(case=case, gender="feminine", discipline="social_worker")
    desk.send()
    desk.open(f"{links[-1]}")
    assert case in desk.page.content()
    assert len(arrived(desk)) == before
    desk.open(f"{links[-1]}open/")
    assert NAME not in desk.page.content()
    assert desk.faults == []


@pytest.mark.slow
def test_a_full_phone_says_so_and_loses_nothing(phone, desk):
    given(phone, desk)
    phone.begin()
    phone.fill()
    tool = phone.context.new_cdp_session(phone.page)
    tool.send("Storage.overrideQuotaForOrigin", {"origin": phone.site, "quotaSize": 1})
    phone.page.wait_for_timeout(LOOKED_UP_AGAIN)
    phone.press("finish")
    phone.sees("storage_full_finish")
    held = phone.dump()
    assert (len(held["drafts"]), len(held["queue"])) == (1, 0)
    tool.send("Storage.overrideQuotaForOrigin", {"origin": phone.site})
    before = len(arrived(desk))
    phone.finish()
    phone.sees("told_sent")
    assert len(arrived(desk)) == before + 1


def one_sealed_and_one_begun(phone, desk):
    """Without a network a form was finished and another begun. How many forms the office had before."""
    before = given(phone, desk)
    phone.context.set_offline(True)
    phone.begin()
    phone.fill()
    phone.finish()
    phone.press("to_start")
    phone.begin()
    phone.press("to_start")
    return before


def test_a_revoked_phone_forgets_its_drafts_and_keeps_what_is_sealed_until_it_is_connected_anew(phone, desk):
    before = one_sealed_and_one_begun(phone, desk)
    assert len(phone.dump()["drafts"]) == 1
    desk.open("/field-phones/")
    label = phone.page.evaluate(DUMP)["meta"]
    label = next(row["label"] for row in label if isinstance(row, dict) and "token" in row)
    desk.page.locator("main tr", has_text=label).locator('a[href*="/revoke/"]').click()
    desk.send()
    phone.context.set_offline(False)
    phone.sees("told_revoked")
    held = phone.dump()
    assert (len(held["drafts"]), len(held["queue"])) == (0, 1)
    assert "token" not in json.dumps(held["meta"])
    assert len(arrived(desk)) == before
    phone.pair(code_for(desk))
    phone.choose(PIN)
    phone.sees("home_title")
    phone.until("document.getElementById('status').textContent !== ''")
    assert phone.waiting() == 0
    assert len(arrived(desk)) == before + 1


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_whoever_forgot_the_pin_loses_drafts_and_never_what_is_sealed(phone, desk):
    given(phone, desk)
    phone.context.set_offline(True)
    phone.begin()
    phone.fill()
    phone.finish()
    phone.press("to_start")
    phone.begin()
    phone.page.locator("#lock").click()
    phone.sees("locked_title")
    phone.press("pin_forgotten")
    phone.look()
    phone.press("forgotten_do")
    phone.sees("pin_title")
    held = phone.dump()
    assert (len(held["drafts"]), len(held["queue"])) == (0, 1)


def test_a_draft_keeps_the_questions_it_was_begun_with_when_the_form_changes(phone, desk):
    before = given(phone, desk)
    told = phone.context.request.get(f"{phone.site}/field/content/").json()
    was = told["forms"][1]["digest"]
    phone.begin()
    phone.fill()
    told["forms"][1]["digest"] = "f" * 64
    told["forms"][1]["content"]["groups"] = told["forms"][1]["content"]["groups"][:1]
    phone.context.route("**/field/content/", lambda route: route.fulfill(json=told))
    phone.page.reload()
    phone.page.wait_for_selector("#pin")
    phone.page.wait_for_timeout(500)
    phone.unlock()
    phone.sees("draft_older")
    phone.page.locator("main .prasan-field__line button").first.click()
    phone.finish()
    phone.sees("told_sent")
    links = arrived(desk)
    assert len(links) == before + 1
    desk.open(f"{links[-1]}open/")
    assert WORDS in desk.page.content()
    phone.press("to_start")
    phone.context.set_offline(True)
    phone.begin()
    phone.to("#q-name")
    phone.child()
    phone.to('[name="q-enters_nrm"]')
    phone.onward()
    phone.finish()
    assert phone.dump()["queue"][0]["digest"] == "f" * 64 != was


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_second_window_opens_nothing_until_the_first_is_closed(phone, desk):
    given(phone, desk)
    first, second = phone.page, phone.context.new_page()
    second.on("pageerror", lambda error: phone.faults.append(f"script: {error}"))
    second.set_default_timeout(20_000)
    phone.page = second
    phone.open()
    phone.sees("open_elsewhere")
    for language in ("en", "th", phone.language):
        second.locator(f'[data-language="{language}"]').click()
        second.wait_for_timeout(300)
        assert second.locator("#pin, main button").count() == 0, "another language opened the forms"
    second.evaluate("window.location.hash = 'ABCD'")
    second.wait_for_timeout(300)
    assert second.locator("#code, #pin, main button").count() == 0, "a code in the address opened the page"
    phone.sees("open_elsewhere")
    first.close()
    phone.sees("locked_title")
    phone.unlock()
    phone.sees("pair_again")
    phone.press("back")
    phone.sees("home_title")


def test_a_connected_phone_is_connected_anew_and_keeps_what_lies_on_it(phone, desk):
    before = one_sealed_and_one_begun(phone, desk)
    phone.page.evaluate("window.location.hash = 'ABCD'")
    phone.sees("pair_again")
    phone.look()
    phone.press("back")
    phone.sees("home_title")
    tokens = [tokens_of(phone)]
    phone.context.route("**/field/inbox/**", lambda route: route.abort())  # the queue waits for the new connection
    phone.context.set_offline(False)
    phone.page.evaluate("(code) => { window.location.hash = code }", code_for(desk))
    phone.sees("pair_again")
    phone.press("pair")
    phone.sees("home_title")
    held = phone.dump()
    assert (len(held["drafts"]), len(held["queue"])) == (1, 1)
    tokens.append(tokens_of(phone))
    assert [len(found) for found in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    phone.context.unroute("**/field/inbox/**")
    phone.press("send_now")
    phone.sees("told_sent")
    assert phone.waiting() == 0
    assert len(arrived(desk)) == before + 1
    phone.page.reload()
    phone.unlock()
    phone.page.locator("main .prasan-field__line button").first.click()
    phone.page.wait_for_selector("#q-on")


def tokens_of(phone: Phone) -> list[str]:
    return [row["token"] for row in phone.dump()["meta"] if isinstance(row, dict) and "token" in row]


def test_a_question_with_a_hint_says_too_that_the_wording_of_the_law_is_not_confirmed(phone, desk):
    told = phone.context.request.get(f"{phone.site}/field/content/").json()
    asked = told["forms"][0]["content"]["groups"][0]["questions"][0]
    asked["sourced"], asked["hints"] = False, {"en": "A hint of the test", "th": "คำอธิบายของการทดสอบ"}
    phone.context.route("**/field/content/", lambda route: route.fulfill(json=told))
    given(phone, desk)
    phone.begin()
    phone.to("#q-name")
    phone.page.fill("#q-age", "40")
    phone.to(f'[data-question="{asked["code"]}"]')
    hint = phone.page.locator(f'[id="q-{asked["code"]}-hint"]').inner_text()
    assert asked["hints"][phone.language] in hint
    assert phone.t("unsourced") in hint
