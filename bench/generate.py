"""Makes a synthetic instance of so many cases in a folder of its own: `python -m bench.generate --cases 10000`.

Deterministic: the same seed and day give the same rows, but for the keys. Rows are written by bulk inserts
(bench.pouring), the one place that bypasses acts; what acts keep up to date is brought up to date at the end
(case numbers, tallies, the name index version, search documents) and the ledger is reconciled.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

BATCH = 1_000
HEAVY = 6
PAIRS = 25


def prepare(home: Path) -> None:
    """Point Django at an instance folder, with an allowance of openings that does not stop a run."""
    os.environ["PRASAN_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.conf.settings")
    os.environ.setdefault("PRASAN_OPENINGS_AN_HOUR", "100000000")
    os.environ.setdefault("PRASAN_OPENINGS_A_DAY", "100000000")
    import django

    django.setup()


def make_instance(home: Path) -> None:
    """The same way as `prasan init`, without an administrator."""
    from prasan.conf.operating import instance

    choice = instance.Choice("file", home.with_name(f"{home.name}-key") / "instance.key")
    os.umask(0o077)
    instance.create("bench", choice, "bench", lambda _line: None)
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # only for writing: the whole index fits into this process
            cursor.execute("PRAGMA cache_size = -600000")


def labelled(named: list, sees: int, rng: random.Random) -> list[dict[str, str]]:
    """200 pairs of query and person for one viewer: 25 of each kind, the last 25 without an answer.

    Only persons whom the viewer may see and whose name at most four others there bear.
    """
    from .pools import KINDS, nobody, query

    mine = [(code, given) for code, given, staff in named if sees in staff]
    often = Counter(given.thai for _code, given in mine)
    pairs = []
    for kind in KINDS:
        if kind == "no_hit":
            pairs += [{"kind": kind, "query": nobody(rng), "person": ""} for _ in range(PAIRS)]
            continue
        script = "romanised" if kind == "thai_to_latin" else "original"
        fit = [(c, g) for c, g in mine if g.kind == script and often[g.thai] <= 5]
        chosen = rng.sample(fit, min(PAIRS, len(fit)))
        pairs += [{"kind": kind, "query": query(kind, given.thai, rng), "person": code} for code, given in chosen]
    return pairs


def fill(cases: int, seed: int, today: date) -> dict:
    """Write everything; returns what the measurement has to know."""
    from django.db import transaction

    from prasan.access.system import system_read

    from . import rooms, staffing
    from .caseload import YEARS, Caseload
    from .pools import Pools

    rng = random.Random(seed)
    with transaction.atomic():
        staff = staffing.make(rng)
    load = Caseload(rng, Pools(rng), staff, today)
    worker, coordinator = staff.pool("social_worker").most(), staff.pool("coordinator").members[0]
    # Heavy cases: 200 notes and 20 services, with both measured members on the team.
    team = {discipline: staff.pool(discipline).members[0] for discipline in ("coordinator", "investigator", "lawyer")}
    team["social_worker"] = worker
    days = sorted(today - timedelta(days=rng.randrange(1, YEARS * 365)) for _ in range(cases))
    heavy_at = {cases - 1 - n * 3 for n in range(HEAVY)}
    heavy: list[str] = []
    with system_read("bench", why="generated"):
        pass
    for start in range(0, cases, BATCH):
        batch = load.start()
        for place in range(start, min(start + BATCH, cases)):
            big = place in heavy_at
            matter = load.case(days[place], heavy=big, team=team if big else None)
            rooms.add_to(load, matter)
            if big:
                heavy.append(matter.case.code)
        part = days[start : start + BATCH]
        rooms.leads(load, len(part) // 5, part)
        with transaction.atomic():
            load.keys.write()
            batch.write()
        if start // BATCH % 10 == 9:
            print(f"  {start + BATCH} cases", flush=True)
    finish(load)
    labels = {who: labelled(load.named, viewer.pk, rng) for who, viewer in
              (("worker", worker), ("coordinator", coordinator))}  # fmt: skip
    return {"cases": cases, "seed": seed, "today": today.isoformat(), "heavy": heavy, "pairs": labels,
            "staff": {"worker": worker.username, "coordinator": coordinator.username}}  # fmt: skip


def finish(load) -> None:
    """What acts keep up to date line by line, in one go."""
    from django.db import connection, transaction

    from prasan.access.system import system_read
    from prasan.cases.models import CaseNumber
    from prasan.facts import ledger
    from prasan.people.models import NameIndexVersion
    from prasan.search import indexing

    with transaction.atomic():
        CaseNumber.objects.bulk_create(CaseNumber(year=y, last=n) for y, n in sorted(load.numbers.items()))
        NameIndexVersion.objects.update_or_create(pk=1, defaults={"version": 1})
    for text, work in (("tallies", ledger.rebuild_tallies), ("search documents", indexing.rebuild)):
        begun = time.perf_counter()
        with system_read("bench"):
            work()
        print(f"  {text}: {time.perf_counter() - begun:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def size_of(home: Path) -> int:
    return sum(f.stat().st_size for f in (home / "data").iterdir())


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--home", type=Path, help="a new folder (default /tmp/prasan-bench-CASES)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--today", type=date.fromisoformat, default=datetime.now(UTC).date())
    told = parser.parse_args(argv)
    home = told.home or Path(f"/tmp/prasan-bench-{told.cases}")
    if home.exists() and any(home.iterdir()):
        sys.exit(f"{home} is not empty")
    home.mkdir(parents=True, exist_ok=True)
    prepare(home)
    begun = time.perf_counter()
    make_instance(home)
    made = time.perf_counter()
    facts = fill(told.cases, told.seed, told.today)
    from .pouring import poured

    seconds, rows = time.perf_counter() - made, sum(poured.values())
    facts |= {"seconds": round(seconds, 1), "cpu_seconds": round(time.process_time(), 1), "rows": rows,
              "rows_a_second": round(rows / seconds), "instance_seconds": round(made - begun, 1),
              "tables": dict(poured.most_common())}  # fmt: skip
    from django.db import DatabaseError, connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    facts["bytes"] = size_of(home)
    with suppress(ImportError, AttributeError, DatabaseError):  # a room that is not there yet has no ledger
        from prasan.desk.reconcile import reconcile

        facts["differences"] = len(reconcile().differences)
    (home / "bench.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1))
    shown = {k: v for k, v in facts.items() if k not in {"pairs", "heavy"}}
    print(json.dumps(shown, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
