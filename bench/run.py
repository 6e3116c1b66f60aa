"""Generates and measures one size after the other: `python -m bench.run --sizes 1000,10000`.

Each size gets a new instance in a temporary folder, its own processes, and a table in README.md between the
marks. Only what was really run stands there.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

README = Path(__file__).with_name("README.md")
MEGA = 1_000_000


def run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, cwd=README.parent.parent)


def machine() -> str:
    """What the figures were taken on, and how busy it was with other things."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    version = ".".join(platform.python_version_tuple())
    return f"{os.cpu_count()} cores, Python {version}, load average {load} when the run ended"


def section(told: dict, found: dict) -> str:
    """One size as it stands in the README."""
    from .measure import shown

    memory = {name: round(found[f"memory_{name}"] / MEGA) for name in ("start", "index", "end")}
    return "\n".join([
        f"### {told['cases']:,} cases",
        "",
        f"Run on {datetime.now(UTC):%Y-%m-%d}, {machine()}.",
        "",
        f"- Generated: {told['rows']:,} rows in {told['seconds']:,.0f} s ({told['rows_a_second']:,} rows a second, "
        f"with search documents and tallies), database {told['bytes'] / MEGA:,.0f} MB; "
        f"the ledger reconciled with {told.get('differences', '?')} differences.",
        f"- Server: answers {found['started_in']} s after the command; the first name search, which waits for the "
        f"index of {told['tables']['people.Name']:,} names, was answered {found['index_after']} s after the start; "
        f"memory {memory['start']} MB at the first answer, {memory['index']} MB with the index, "
        f"{memory['end']} MB at the end.",
        "",
        shown(told, found),
        "",
    ])  # fmt: skip


def publish(size: int, text: str) -> None:
    """Put the section of this size into the README, in the place of an earlier one."""
    begin, end = f"<!-- {size} -->", f"<!-- end of {size} -->"
    readme = README.read_text(encoding="utf-8")
    block = f"{begin}\n{text}{end}"
    if begin in readme:
        readme = re.sub(f"{begin}.*?{end}", lambda _found: block, readme, flags=re.S)
    else:
        readme = readme.replace("<!-- results -->", f"{block}\n\n<!-- results -->")
    README.write_text(readme, encoding="utf-8")


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help="numbers of cases, with commas between")
    parser.add_argument("--folder", type=Path, help="where the instances go, and are used again (default: temporary)")
    parser.add_argument("--keep", action="store_true", help="leave the temporary folder")
    parser.add_argument("--print-only", action="store_true", help="do not write the README")
    told = parser.parse_args(argv)
    folder = told.folder or Path(tempfile.mkdtemp(prefix="prasan-bench-"))
    try:
        for size in (int(text) for text in told.sizes.split(",")):
            home = folder / f"{size}"
            if not (home / "bench.json").exists():
                run("bench.generate", "--cases", str(size), "--home", str(home))
            run("bench.measure", "--home", str(home))
            made, found = (json.loads((home / name).read_text()) for name in ("bench.json", "results.json"))
            if not told.print_only:
                publish(size, section(made, found))
    finally:
        if not told.keep and told.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
