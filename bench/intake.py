"""Measures an intake of 6,000 people: `python -m bench.intake` (`--publish` writes the table into README.md).

The people are entered through the acts, from a list as a file; then four workers screen side by side over HTTP on
the real server, each on a kept connection of its own, while a fifth one reads the queue and the board.
"""

import argparse
import random
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .generate import make_instance, prepare
from .measure import Viewer, expect, percentiles
from .run import machine, publish
from .serving import Client, Server, hidden, served, session_of

WORKERS, EACH = 4, 40
NATIONS = (("Thai", "Thai"), ("Burmese", "Burmese"), ("Lao", "Lao"), ("Khmer", "Khmer"))


def the_list(people: int, rng: random.Random) -> bytes:
    """A CSV file as an immigration office might hand it over; every fifth line marks somebody as urgent."""
    lines = ["number,name,sex,age,nationality,language,urgent marks"]
    for number in range(1, people + 1):
        nation, language = rng.choices(NATIONS, (85, 8, 4, 3))[0]
        marks = rng.choice(("injured", "alone", "medicine")) if number % 5 == 0 else ""
        lines.append(f"{number},Person {number},{rng.choice('mf')},{rng.randrange(12, 60)},{nation},{language},{marks}")
    return "\n".join(lines).encode()


def fill(people: int) -> dict[str, Any]:
    """Staff, an intake, and its people through the acts; returns who works there and what it took."""
    from prasan.access.scoping import viewing
    from prasan.identification.actions import intake
    from prasan.identification.forms import intake_book
    from prasan.plain.dates import local_day

    from . import staffing

    rng, at = random.Random(7), datetime.now(UTC)
    today = local_day(at)
    staff = staffing.make(rng)
    names = [member.username for member in (*staff.pool("social_worker").members[:WORKERS],
                                            staff.pool("coordinator").members[0])]  # fmt: skip
    by = staff.pool("coordinator").members[0]
    with viewing(by, at):
        event = intake.open_intake(by=by, desk=staff.desk, on=today, place="immigration", situation="scam_compound",
                                   at=at, today=today, province="TH-27", expected=people)  # fmt: skip
        begun = time.perf_counter()
        book = intake_book.read_book("list.csv", the_list(people, rng))
        read = time.perf_counter()
        found = intake.sorted_lines(event, book.lines)
        intake.import_people(by=by, intake=event, lines=found.new, at=at)
        written = time.perf_counter()
        same = intake.sorted_lines(event, book.lines).same
        again = time.perf_counter()
    return {"code": event.code, "staff": names, "people": people, "same": same, "read": round(read - begun, 1),
            "written": round(written - read, 1), "again": round(again - written, 1)}  # fmt: skip


def client_of(server: Server, name: str) -> Client:
    """A signed-in member of staff; the connection opens with the first request."""
    return Client(server.port, {"__Host-session": session_of(name)})


def screening_of(page: str) -> dict[str, str]:
    """An answered form: the first question with yes, the others as they stand."""
    form = {name: hidden(page, name) for name in ("csrfmiddlewaretoken", "key", "version")}
    question = re.search(r'name="(q_\w+)"[^>]*value="yes"', page) or re.search(r'value="yes"[^>]*name="(q_\w+)"', page)
    return {**form, "interpreter": "no", "child_at_time": "no", "enters_nrm": "no", question[1]: "yes"}


def work(client: Client, code: str, told: dict[str, list[float]], got: list[str], wrong: list[str],
         spent: Callable[[str], None] = lambda _name: None) -> None:  # fmt: skip
    """One worker: next person, read the form, save the screening, as often as it goes."""
    token = hidden(client.ask("GET", f"/intakes/{code}/").text, "csrfmiddlewaretoken")
    spent("")
    for _turn in range(EACH):
        taken = client.ask("POST", f"/intakes/{code}/next/", {"csrfmiddlewaretoken": token})
        where = taken.location
        spent("next")
        page = client.ask("GET", where)
        spent("form")
        saved = client.ask("POST", where, screening_of(page.text))
        spent("save")
        if (taken.status, page.status, saved.status) != (302, 200, 302):
            wrong.append(f"{where}: {taken.status} {page.status} {saved.status}")
            return
        got.append(where)
        for name, answer in (("next", taken), ("form", page), ("save", saved)):
            told[name].append(answer.seconds)


def reading(client: Client, paths: dict[str, str], told: dict[str, list[float]], busy: Callable[[], bool]) -> None:
    """Ask the pages in turn, as long as the others work."""
    while busy():
        for name, path in paths.items():
            told[name].append(expect(client.ask("GET", path), path).seconds)


class Spent:
    """Processor time of the server by what it was asked: each call books what went since the last one."""

    def __init__(self, server: Server) -> None:
        self.server, self.last, self.seconds = server, server.cpu(), Counter()

    def __call__(self, name: str) -> None:
        now = self.server.cpu()
        self.seconds[name] += now - self.last
        self.last = now


def measure(server: Server, told: dict[str, Any]) -> dict[str, Any]:
    """Each page with nobody else there, then all of it with four workers at once."""
    code, clients = told["code"], [client_of(server, name) for name in told["staff"]]
    *workers, reader = clients
    last = -(-told["people"] // 50)
    paths = {"queue, first page": f"/intakes/{code}/", f"queue, page {last}": f"/intakes/{code}/?page={last}",
             "wall board": f"/intakes/{code}/board/"}  # fmt: skip
    alone: dict[str, dict[str, float]] = {}
    viewer = Viewer(client_of(server, told["staff"][-1]), server)
    for name, path in paths.items():
        alone[name] = viewer.page(path)
    during: dict[str, list[float]] = {name: [] for name in (*paths, "next", "form", "save")}
    steps: dict[str, list[float]] = {name: [] for name in ("next", "form", "save")}
    got: list[str] = []
    wrong: list[str] = []
    spent = Spent(server)
    work(client_of(server, told["staff"][0]), code, steps, got, wrong, spent)
    alone |= {n: percentiles(s) | {"cpu": round(spent.seconds[n] / len(s) * 1000, 1)} for n, s in steps.items()}
    threads = [threading.Thread(target=work, args=(client, code, during, got, wrong)) for client in workers]
    used, begun = server.cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    reading(reader, paths, during, lambda: any(thread.is_alive() for thread in threads))
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    if wrong or len(set(got)) != EACH * (WORKERS + 1):
        raise SystemExit(f"somebody got a person twice, or an answer was wrong: {len(got)} {wrong[:3]}")
    names = {"next": "next person (POST)", "form": "the form of a person", "save": "save a screening (POST)"}
    rows = {names.get(name, name): [alone[name], percentiles(during[name])] for name in during}
    return {"rows": rows, "screened": len(got), "a_minute": round(WORKERS * EACH / seconds * 60),
            "cpu": round((server.cpu() - used) / seconds, 2), "memory": round(server.memory() / 1_000_000)}  # fmt: skip


def shown(told: dict[str, Any], found: dict[str, Any]) -> str:
    """The results as they stand in the README."""
    lines = [
        f"### An intake of {told['people']:,} people",
        "",
        f"Run on {datetime.now(UTC):%Y-%m-%d}, {machine()}. `.venv/bin/python -m bench.intake --publish`",
        "",
        f"- Entered from a CSV list through the acts: read and checked in {told['read']} s, written with a key and a "
        f"sealed name each in {told['written']} s; the same list again: {told['same']:,} lines known, none written, "
        f"in {told['again']} s.",
        f"- Four workers without a pause for thought, and a fifth who reads: {found['a_minute']:,} screenings a "
        f"minute, {found['cpu']} processors busy in the server, {found['memory']} MB; "
        f"{found['screened']} people taken (those of the run before among them), none twice.",
        "",
        f"| {told['people']:,} people | one at a time p50 | p95 | CPU | with four workers at once p50 | p95 |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, (idle, busy) in found["rows"].items():
        cells = (idle["p50"], idle["p95"], idle["cpu"], busy["p50"], busy["p95"])
        lines.append(f"| {name} | {' | '.join(f'{cell:.0f}' for cell in cells)} |")
    return "\n".join([*lines, ""])


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=6_000)
    parser.add_argument("--publish", action="store_true", help="write the table into README.md")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="prasan-bench-intake-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        prepare(home)
        make_instance(home)
        told = fill(given.people)
        with served(home) as server:
            found = measure(server, told)
    text = shown(told, found)
    if given.publish:
        publish("intake", text)  # type: ignore[arg-type]
    print(text)


if __name__ == "__main__":
    main()
