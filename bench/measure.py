"""Measures a generated instance over HTTP: `python -m bench.measure --home /tmp/prasan-bench-10000`.

Starts `prasan serve` (one run of the real server), asks each page as a limited worker and as a coordinator, one
request after the other on a kept connection, and prints p50 and p95 in milliseconds. Writes results.json.
"""

import argparse
import json
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .generate import prepare
from .pools import KINDS
from .serving import Answer, Client, Server, hidden, served, session_of

REPEAT, WARM = 40, 5
FOUND = re.compile(r'href="/cases/[^/"]+/people/(P-[0-9A-Z]+)/"')
COUNT = re.compile(r"(\d[\d,]*) cases")


def expect(answer: Answer, what: str, *allowed: int) -> Answer:
    if answer.status not in (allowed or (200,)):
        raise SystemExit(f"{what}: {answer.status} {answer.location} {re.sub('<[^>]+>', ' ', answer.text)[:400]}")
    return answer


def percentiles(seconds: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return {"p50": round(statistics.median(seconds) * 1000, 1), "p95": round(cuts[18] * 1000, 1), "n": len(seconds)}


@dataclass
class Viewer:
    """One signed-in member of staff and the server that answers."""

    client: Client
    server: Server

    def repeated(self, ask: Callable[[int], Answer], what: str, *allowed: int) -> dict[str, float]:
        """p50 and p95 of one operation after warm-up, and the processor time of one request."""
        for turn in range(WARM):
            expect(ask(turn), what, *allowed)
        used = self.server.cpu()
        seconds = [expect(ask(turn), what, *allowed).seconds for turn in range(REPEAT)]
        return percentiles(seconds) | {"cpu": round((self.server.cpu() - used) / REPEAT * 1000, 1)}

    def page(self, path: str) -> dict[str, float]:
        return self.repeated(lambda _turn: self.client.ask("GET", path), path)


def pages(viewer: Viewer, told: dict) -> dict[str, dict]:
    """My day, the list, the page of a big case, the calendar, the figures."""
    first = expect(viewer.client.ask("GET", "/cases/"), "list")
    counted = COUNT.search(re.sub("<[^>]+>", "", first.text))
    sees = int(counted[1].replace(",", "")) if counted else 0
    last = max(1, min(50, -(-sees // 25)))
    big = [f"/cases/{code}/" for code in told["heavy"]]
    return {
        "my day": viewer.page("/"),
        "case list, first page": viewer.page("/cases/") | {"cases": sees},
        "case list, page 50": viewer.page(f"/cases/?page={last}") | {"page": last},
        "case, 200 notes, 20 services": viewer.repeated(lambda n: viewer.client.ask("GET", big[n % len(big)]), "case"),
        "calendar": viewer.page("/calendar/"),
        "figures": viewer.page("/figures/"),
    }


def searches(viewer: Viewer, pairs: list[dict[str, str]]) -> dict[str, dict]:
    """Each labelled query twice: how long, and whether the labelled person is among the first ten."""
    token = hidden(expect(viewer.client.ask("GET", "/search/"), "search").text, "csrfmiddlewaretoken")

    def ask(text: str) -> Answer:
        return expect(viewer.client.ask("POST", "/search/", {"q": text, "csrfmiddlewaretoken": token}), "search")

    found = {}
    for kind, title in KINDS.items():
        mine = [pair for pair in pairs if pair["kind"] == kind]
        if len(mine) < 2:
            continue
        for pair in mine[:WARM]:
            ask(pair["query"])
        used, seconds, hits = viewer.server.cpu(), [], []
        for pair in mine * 2:
            answer = ask(pair["query"])
            seconds.append(answer.seconds)
            ten = list(dict.fromkeys(FOUND.findall(answer.text)))[:10]
            hits.append(pair["person"] in ten if pair["person"] else not ten)
        cpu = (viewer.server.cpu() - used) / len(seconds) * 1000
        found[title] = percentiles(seconds) | {"recall": round(statistics.mean(hits), 3), "cpu": round(cpu, 1),
                                               "pairs": len(mine)}  # fmt: skip
    found["words of one case in a thousand"] = viewer.repeated(lambda n: ask(f"Karaoke {100 + n}"), "words")
    found["words of every third note"] = viewer.repeated(lambda _n: ask("documents were copied"), "words")
    return found


def lead(viewer: Viewer) -> dict[str, float]:
    """Record a lead: the form is fetched anew each time (not timed), the POST is timed."""

    def post(turn: int) -> Answer:
        form = expect(viewer.client.ask("GET", "/leads/new/"), "lead form").text
        today = time.gmtime()
        data = {
            "csrfmiddlewaretoken": hidden(form, "csrfmiddlewaretoken"), "key": hidden(form, "key"),
            "channel": re.search(r'<select[^>]*name="channel".*?<option value="([a-z_0-9]+)"', form, re.S)[1],
            "received_on_0": today.tm_mday, "received_on_1": today.tm_mon, "received_on_2": today.tm_year,
            "received_on": time.strftime("%d/%m/%Y", today), "urgency": "normal", "mode": "online",
            "text": f"Offer of work in a call centre across the border, seen {turn} times",
            "identifiers": "081 234 5678",
        }  # fmt: skip
        return viewer.client.ask("POST", "/leads/new/", data)

    return viewer.repeated(post, "record a lead", 302)


def measure(home: Path, server: Server, told: dict) -> dict:
    found: dict = {"started_in": round(server.started_in, 1), "memory_start": server.memory()}
    for who in ("worker", "coordinator"):
        client = Client(server.port, {"__Host-session": session_of(told["staff"][who])})
        expect(client.ask("GET", "/"), "sign-in")
        if who == "worker":
            token = hidden(client.ask("GET", "/search/").text, "csrfmiddlewaretoken")
            first = client.ask("POST", "/search/", {"q": told["pairs"][who][0]["query"], "csrfmiddlewaretoken": token})
            expect(first, "search")
            found |= {"index_after": round(server.age(), 1), "memory_index": server.memory()}
        viewer = Viewer(client, server)
        found[who] = {"pages": pages(viewer, told), "search": searches(viewer, told["pairs"][who])}
        found[who]["pages"]["record a lead (POST)"] = lead(viewer)
    found["memory_end"] = server.memory()
    return found


def shown(told: dict, found: dict) -> str:
    """The results as a table in Markdown."""
    sees = {who: found[who]["pages"]["case list, first page"]["cases"] for who in ("worker", "coordinator")}
    lines = [
        f"| {told['cases']:,} cases | worker ({sees['worker']:,} cases) p50 | p95 | CPU | recall@10 "
        f"| coordinator ({sees['coordinator']:,} cases) p50 | p95 | CPU | recall@10 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for part in ("pages", "search"):
        for name in found["worker"][part]:
            cells = []
            for who in ("worker", "coordinator"):
                row = found[who][part].get(name)
                if row is None:
                    cells += [""] * 4
                    continue
                recall = f"{row['recall']:.2f}" if "recall" in row else ""
                page = f" (page {row['page']})" if row.get("page", 50) < 50 else ""
                cells += [f"{row['p50']:.0f}{page}", f"{row['p95']:.0f}", f"{row['cpu']:.0f}", recall]
            lines.append(f"| {'search: ' if part == 'search' else ''}{name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    home = parser.parse_args(argv).home
    told = json.loads((home / "bench.json").read_text())
    prepare(home)
    with served(home) as server:
        found = measure(home, server, told)
    (home / "results.json").write_text(json.dumps(found, ensure_ascii=False, indent=1))
    print(shown(told, found))
    print(json.dumps({k: v for k, v in found.items() if k not in {"worker", "coordinator"}}))


if __name__ == "__main__":
    main()
