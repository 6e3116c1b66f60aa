"""A real server and a real browser for the journeys."""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from prasan.plain.dates import Style, format_date, local_day
from tests import chromium

SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?:TH|L|N|P|O|E|T|R)-[0-9A-Z-]+")
PATIENCE = 20_000
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run", "--disable-quic"]  # fmt: skip
SERVER: dict[str, Path] = {}


def trouble(status: int) -> str:
    """What the server wrote last, when it answered that it is broken."""
    return "\n" + SERVER["log"].read_text()[-3000:] if status >= 500 and SERVER else ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "PRASAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "prasan.conf.settings",
            "DATABASE_URL": "", "PRASAN_DEMO_SIGN_IN": "true"}  # fmt: skip


def _made_once(base: Path) -> Path:
    """The fresh instance of this run: made by the first process that needs it, the others wait for it."""
    home = base / "prasan-journey"
    with (base / "prasan-journey.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "made").exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            subprocess.run([sys.executable, "-m", "tests.journeys.served", str(home)], env=_environment(home), check=True)
            (home / "made").touch()
    return home


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh instance of this process, always on the embedded database."""
    base = tmp_path_factory.getbasetemp()
    made = _made_once(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
    home, port = Path(tempfile.mkdtemp(prefix="prasan-journey-")) / "home", free_port()
    shutil.copytree(made, home)
    SERVER["log"] = home / "server.log"
    with SERVER["log"].open("w") as log:
        server = subprocess.Popen(
            [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--port", str(port), "--workers", "1",
             "--blocking-threads", "4", "--workers-kill-timeout", "2", "prasan.conf.wsgi:application"],
            env=_environment(home), stdout=log, stderr=log,
        )  # fmt: skip
    address = f"http://localhost:{port}"
    for _attempt in range(120):
        try:
            urllib.request.urlopen(f"{address}/health/")
            break
        except OSError:
            time.sleep(0.25)
    yield address
    server.terminate()
    server.wait(10)
    shutil.rmtree(home.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = chromium.find()
    if not found:
        pytest.fail("no Chromium: the journeys need one (package chromium, or PRASAN_CHROMIUM)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield running
        running.close()


class Visitor:
    """One person at a browser: signs in, opens pages, fills forms by the names of their fields.

    Every page that is opened is checked with axe; violations, console errors and server errors are kept.
    """

    def __init__(self, browser: Any, site: str, language: str, width: int = 1280) -> None:
        from axe_playwright_python.sync_playwright import Axe

        self.browser, self.site, self.language, self.width, self.axe = browser, site, language, width, Axe()
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.faults: list[str] = []
        self.visited: set[str] = set()
        self.looked: Counter[tuple[str, bool]] = Counter()
        self.signed_in: dict[str, Any] = {}
        self.colleagues: list[Visitor] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "422" not in message.text and "404" not in message.text:
            self.faults.append(f"console on {self.page.url}: {message.text[:200]}")

    def look(self) -> None:
        """axe on the page that is open, once for each kind of page and once where it refused; nothing too wide."""
        path = self.page.url.removeprefix(self.site).split("?")[0]
        self.visited.add(path)
        shape = SHAPE.sub("…", path), self.page.locator(".govuk-error-summary").count() > 0
        if self.looked[shape]:
            return
        self.looked[shape] += 1
        results = self.axe.run(self.page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        for violation in results.response["violations"]:
            target = violation["nodes"][0]["target"]
            self.faults.append(f"axe on {path}: {violation['id']} ({violation['help']}) at {target}")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.faults.append(f"{path} is {wide} pixels wider than the window")

    def open(self, path: str) -> None:
        answer = self.page.goto(self.site + path)
        assert answer.status < 400, f"{path} answered {answer.status}{trouble(answer.status)}"
        self.look()

    def be(self, username: str) -> None:
        """Sign in as a member of the cast by the demo's door, and set the language; later only come back."""
        self.context.clear_cookies()
        if username in self.signed_in:
            self.context.add_cookies(self.signed_in[username])
            return
        self.page.goto(f"{self.site}/language/{self.language}/?next=/cast/")
        name = self.page.locator(f'strong:text-is("{NAMES[username][self.language]}")')
        self.page.locator("li.prasan-line", has=name).locator("button").click()
        self.page.goto(f"{self.site}/language/{self.language}/?next=/")
        self.signed_in[username] = self.context.cookies()

    def beside(self, username: str, width: int = 1280) -> "Visitor":
        """A colleague at another browser, signed in; what goes wrong there counts here."""
        other = Visitor(self.browser, self.site, self.language, width)
        other.faults, other.looked = self.faults, self.looked if width == self.width else other.looked
        other.be(username)
        self.colleagues.append(other)
        return other

    def leave(self) -> None:
        """Close this browser and those of the colleagues."""
        for one in (*self.colleagues, self):
            one.context.close()

    def fill(self, **values: Any) -> None:
        """Put values into the fields of the form that is open, by their names."""
        for name, value in values.items():
            fields = self.page.locator(f'[name="{name}"]')
            kind = fields.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if kind in {"radio", "checkbox"}:
                for one in value if isinstance(value, list) else [value]:
                    box = self.page.locator(f'[name="{name}"][value="{one}"]') if one is not True else fields.first
                    box.check(force=True)
            elif kind == "select":
                fields.first.select_option(value)
            elif kind == "file":
                fields.first.set_input_files(value)
            else:
                fields.first.fill(value)

    def press(self) -> tuple[int, str]:
        """Press the main button of the form; what was answered, and what the page says is wrong."""
        with self.page.expect_navigation() as moved:
            self.page.locator('main form[method="post"] button.govuk-button[type="submit"]:not([name])').last.click()
        status = moved.value.status if moved.value else 200
        return status, " ".join(self.page.locator(".govuk-error-summary").all_inner_texts())

    def send(self) -> None:
        """Send the form; it must be taken."""
        status, errors = self.press()
        assert status < 400, f"{self.page.url} answered {status}: {errors}{trouble(status)}"
        self.look()

    def refused(self) -> str:
        """Send the form; it must be refused. What the page says is wrong, without line breaks."""
        status, errors = self.press()
        assert status == 422, f"{self.page.url} answered {status}: {errors}{trouble(status)}"
        self.look()
        return " ".join(errors.split())

    def act(self, path: str, **values: Any) -> None:
        """Open the form of an act, fill it, send it."""
        self.open(path)
        self.fill(**values)
        self.send()

    def text(self) -> str:
        """All that the page says below its head, folded parts too, in one line."""
        return " ".join((self.page.locator("main").text_content() or "").split())

    def said(self, sentence: str, **params: Any) -> str:
        """A sentence of the program in the language of this visitor."""
        from django.utils.translation import gettext, override

        with override(self.language):
            told = gettext(sentence)
            return " ".join((told % {name: gettext(str(value)) for name, value in params.items()} if params else told).split())

    def sees(self, *sentences: str) -> None:
        """Each of these stands on the page, in the language of this visitor."""
        for sentence in sentences:
            assert self.said(sentence) in self.text(), f"{self.page.url} does not say: {self.said(sentence)}"

    def day(self, ago: int = 0) -> str:
        """A day as this visitor writes it: in Thai by the Buddhist Era."""
        on = local_day(datetime.now(UTC)) - timedelta(days=ago)
        return f"{on.day}/{on.month}/{on.year + 543 * (self.language == 'th')}"

    def year(self, from_now: int) -> str:
        """A year counted from this one, as this visitor writes it."""
        return str(local_day(datetime.now(UTC)).year + from_now + 543 * (self.language == "th"))

    def written(self, on: date, style: Style = "long") -> str:
        """A day as the pages write it for this visitor."""
        return format_date(on, self.language, style=style)

    def option(self, name: str, part: str) -> str:
        """The value of the option, radio or box whose words hold `part`."""
        return str(self.page.evaluate(
            """([name, part]) => {
              for (const o of document.querySelectorAll(`select[name="${name}"] option`))
                if (o.textContent.includes(part)) return o.value;
              for (const i of document.querySelectorAll(`input[name="${name}"]`))
                if (document.querySelector(`label[for="${i.id}"]`).textContent.includes(part)) return i.value;
              return "";
            }""",
            [name, part],
        ))  # fmt: skip


@pytest.fixture(params=["en", "th"])
def v(request: pytest.FixtureRequest, browser: Any, site: str) -> Iterator[Visitor]:
    """A visitor in each of the two languages."""
    visitor = Visitor(browser, site, request.param)
    yield visitor
    visitor.leave()


NAMES = {
    name: {"en": en, "th": th}
    for name, (en, th) in {
        "dao": ("Dao", "ดาว"), "nok": ("Nok", "นก"), "mali": ("Mali", "มะลิ"), "preecha": ("Preecha", "ปรีชา"),
        "fah": ("Fah", "ฟ้า"), "kwan": ("Kwan", "ขวัญ"), "somchai": ("Somchai", "สมชาย"), "ploy": ("Ploy", "พลอย"),
        "chai": ("Chai", "ชัย"), "noi": ("Noi", "น้อย"), "anan": ("Anan", "อนันต์"),
    }.items()
}  # fmt: skip
