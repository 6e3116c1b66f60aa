"""Measures a generated instance over HTTP: `python -m bench.measure --home /tmp/prasan-bench-10000`.

Starts `prasan serve` (one run of the real server), asks each page as a limited worker and as a coordinator, one
request after the other on a kept connection, and prints p50 and p95 in milliseconds. Writes results.json.
"""

import argparse
import json
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
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


def repeated(ask: Callable[[int], Answer], what: str, *allowed: int) -> dict[str, float]:
    """p50 and p95 of one operation after warm-up."""
    for turn in range(WARM):
        expect(ask(turn), what, *allowed)
    return percentiles([expect(ask(turn), what, *allowed).seconds for turn in range(REPEAT)])


def pages(client: Client, told: dict, who: str) -> dict[str, dict]:
    """My day, the list, the page of a big case, the figures."""
    first = expect(client.ask("GET", "/cases/"), "list")
    counted = COUNT.search(re.sub("<[^>]+>", "", first.text))
    sees = int(counted[1].replace(",", "")) if counted else 0
    last = max(1, min(50, -(-sees // 25)))
    big = [f"/cases/{code}/" for code in told["heavy"]]
    found = {
        "my day": repeated(lambda _n: client.ask("GET", "/"), "my day"),
        "case list, first page": repeated(lambda _n: client.ask("GET", "/cases/"), "list"),
        f"case list, page {last}": repeated(lambda _n: client.ask("GET", f"/cases/?page={last}"), "list page"),
        "case, 200 notes, 20 services": repeated(lambda n: client.ask("GET", big[n % len(big)]), "case"),
        "calendar": repeated(lambda _n: client.ask("GET", "/calendar/"), "calendar"),
    }
    figures = client.ask("GET", "/figures/")
    if figures.status != 404:
        found["figures"] = repeated(lambda _n: client.ask("GET", "/figures/"), "figures")
    found["case list, first page"]["cases"] = sees
    return found


def searches(client: Client, pairs: list[dict[str, str]]) -> dict[str, dict]:
    """Each labelled query twice: how long, and whether the labelled person is among the first ten."""
    token = hidden(expect(client.ask("GET", "/search/"), "search").text, "csrfmiddlewaretoken")

    def ask(text: str) -> Answer:
        return expect(client.ask("POST", "/search/", {"q": text, "csrfmiddlewaretoken": token}), "search")

    for pair in pairs[:WARM]:
        ask(pair["query"])
    seconds, hits = defaultdict(list), defaultdict(list)
    for _turn in range(2):
        for pair in pairs:
            answer = ask(pair["query"])
            seconds[pair["kind"]].append(answer.seconds)
            ten = list(dict.fromkeys(FOUND.findall(answer.text)))[:10]
            hits[pair["kind"]].append(pair["person"] in ten if pair["person"] else not ten)
    return {
        KINDS[kind]: percentiles(times) | {"recall": round(statistics.mean(hits[kind]), 3)}
        for kind, times in seconds.items()
        if len(times) > 1
    }


def lead(client: Client) -> dict[str, float]:
    """Record a lead: the form is fetched anew each time (not timed), the POST is timed."""

    def post(turn: int) -> Answer:
        form = expect(client.ask("GET", "/leads/new/"), "lead form").text
        today = time.gmtime()
        data = {
            "csrfmiddlewaretoken": hidden(form, "csrfmiddlewaretoken"), "key": hidden(form, "key"),
            "channel": re.search(r'<select[^>]*name="channel".*?<option value="([a-z_0-9]+)"', form, re.S)[1],
            "received_on_0": today.tm_mday, "received_on_1": today.tm_mon, "received_on_2": today.tm_year,
            "received_on": time.strftime("%d/%m/%Y", today), "urgency": "normal", "mode": "online",
            "text": f"Offer of work in a call centre across the border, seen {turn} times",
            "identifiers": "081 234 5678",
        }  # fmt: skip
        return client.ask("POST", "/leads/new/", data)

    return repeated(post, "record a lead", 302)


def measure(home: Path, server: Server, told: dict) -> dict:
    found: dict = {"started_in": round(server.started_in, 1), "memory_start": server.memory()}
    for who in ("worker", "coordinator"):
        client = Client(server.port, {"__Host-session": session_of(told["staff"][who])})
        expect(client.ask("GET", "/"), "sign-in")
        if who == "worker":
            token = hidden(client.ask("GET", "/search/").text, "csrfmiddlewaretoken")
            first = client.ask("POST", "/search/", {"q": told["pairs"][who][0]["query"], "csrfmiddlewaretoken": token})
            found |= {"first_search": round(expect(first, "search").seconds, 2), "memory_index": server.memory()}
        found[who] = {"pages": pages(client, told, who), "search": searches(client, told["pairs"][who])}
        if client.ask("GET", "/leads/new/").status == 200:
            found[who]["pages"]["record a lead (POST)"] = lead(client)
    found["memory_end"] = server.memory()
    return found


def shown(told: dict, found: dict) -> str:
    """The results as a table in Markdown."""
    lines = [f"| {told['cases']:,} cases | worker p50 | p95 | coordinator p50 | p95 |", "|---|--:|--:|--:|--:|"]
    for part in ("pages", "search"):
        for name in dict.fromkeys([*found["worker"][part], *found["coordinator"][part]]):
            cells = []
            for who in ("worker", "coordinator"):
                row = found[who][part].get(name)
                recall = f" (recall@10 {row['recall']:.2f})" if row and "recall" in row else ""
                cells += [f"{row['p50']:.0f}", f"{row['p95']:.0f}{recall}"] if row else ["", ""]
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
