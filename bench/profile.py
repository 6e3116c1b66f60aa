"""What a page's time is made of, inside one process: queries and functions. For finding causes, not for figures.

`python -m bench.profile --home /tmp/prasan-bench-10000 --who coordinator /cases/` or `--search "name"`.
"""

import argparse
import cProfile
import json
import pstats
import time
from collections import Counter
from pathlib import Path

from .generate import prepare


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--who", default="worker")
    parser.add_argument("--search", help="a name or words to search for")
    parser.add_argument("--sql", action="store_true", help="print every statement with its time")
    parser.add_argument("--functions", type=int, default=25)
    parser.add_argument("path", nargs="?", default="/")
    asked = parser.parse_args(argv)
    told = json.loads((asked.home / "bench.json").read_text())
    prepare(asked.home)
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from .serving import session_of

    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(told["staff"][asked.who])
    path = asked.path.replace("HEAVY", told["heavy"][0])

    def ask():
        if asked.search:
            return client.post("/search/", {"q": asked.search}, secure=True)
        return client.get(path, secure=True)

    for _ in range(3):
        response = ask()
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    print(response.status_code, len(response.content), "bytes;", len(captured), "queries")
    if asked.sql:
        for query in captured:
            print(query["time"], query["sql"][:600])
    else:
        print(Counter(query["sql"][:90] for query in captured if not query["sql"].startswith("--")).most_common(12))
    begun = time.process_time()
    profile = cProfile.Profile()
    for _ in range(10):
        ask()
    print(f"{(time.process_time() - begun) * 100:.1f} ms of processor each, without the profiler")
    profile.enable()
    for _ in range(10):
        ask()
    profile.disable()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(asked.functions)
    pstats.Stats(profile).sort_stats("tottime").print_stats(asked.functions)


if __name__ == "__main__":
    main()
