"""Starts and stops the real server of a generated instance, signs staff in, and speaks HTTP with it (keep-alive)."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

STARTED_WITHIN = 120


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass
class Server:
    """A running `prasan serve`."""

    process: subprocess.Popen
    port: int
    begun: float
    started_in: float

    def age(self) -> float:
        """Seconds since the command was given."""
        return time.perf_counter() - self.begun

    def memory(self) -> int:
        """Resident bytes of the server and everything that it started."""
        return sum(_resident(pid) for pid in _family(self.process.pid))

    def cpu(self) -> float:
        """Seconds of processor that the server has used so far: what does not depend on who else is on the machine."""
        return sum(_ticks(pid) for pid in _family(self.process.pid)) / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _family(int(child))
    return found


def _ticks(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(told[11]) + int(told[12])


def _resident(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return int(re.search(r"Pss:\s+(\d+)", told)[1]) * 1024


@contextmanager
def served(home: Path, command: list[str] | None = None):
    """`prasan serve` on a free port with this process's environment, until the block ends."""
    port = free_port()
    command = command or [str(Path(sys.executable).with_name("prasan")), "serve"]
    begun = time.perf_counter()
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(
        [*command, "--port", str(port)], stdout=log, stderr=log, env=os.environ | {"PRASAN_HOME": str(home)},
        start_new_session=True,
    )  # fmt: skip
    try:
        while True:
            if process.poll() is not None:
                raise SystemExit(f"the server ended: {(home / 'server.log').read_text()[-2000:]}")
            try:
                Client(port).ask("GET", "/account/login/")
                break
            except OSError:
                if time.perf_counter() - begun > STARTED_WITHIN:
                    raise
                time.sleep(0.1)
        yield Server(process, port, begun, time.perf_counter() - begun)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        log.close()


@dataclass
class Answer:
    status: int
    text: str
    seconds: float
    location: str = ""


@dataclass
class Client:
    """One connection that is kept open, and its cookies. It stands where the TLS proxy stands in front."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, data: dict | list | None = None) -> Answer:
        """One request; the time runs from the first byte sent to the last one read."""
        body = urlencode(data, doseq=True) if data is not None else None
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Language": "en",
                   "X-Forwarded-Proto": "https"}  # fmt: skip
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded",
                        "Origin": f"https://127.0.0.1:{self.port}"}  # fmt: skip
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
            self.connection.connect()
            self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        begun = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read()
        seconds = time.perf_counter() - begun
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(response.status, text.decode(), seconds, response.getheader("Location") or "")


def session_of(username: str) -> str:
    """A session as sign-in leaves it; the password and the second factor are not what is measured."""
    import time as clock

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from prasan.accounts.models import Staff

    staff = Staff.objects.get(username=username)
    store = SessionStore()
    store[SESSION_KEY] = str(staff.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    store["began"] = int(clock.time())
    store.set_expiry(12 * 3600)
    store.create()
    return str(store.session_key)


def hidden(text: str, name: str) -> str:
    """The value of a hidden field of a form."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', text)
    value = re.search(r'value="([^"]*)"', tag[0]) if tag else None
    return value[1] if value else ""
