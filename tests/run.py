"""Runs the suite as `make test`, `make check` and `make gates` want it, and ends with what failed."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests import chromium, cluster

ROOT = Path(__file__).parents[1]
HERE = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-m"]
FAST, ALL = "not slow and not browser", "not slow"
HOUSE = [f"tests/house/test_{name}.py" for name in ("house", "reference")]
WHOLE = ("plain", "access", "journal", "vault")
OVERALL = 95
# Floors without rows of their own: what they promise does not depend on the database, so they run once.
NO_ROWS = ("plain", "packs", "web", "conf")
# What `make test` runs behind row-level security: the wall, every route as a sample, the acts where two may meet.
SAMPLE = (
    "src/prasan/access", "src/prasan/search", "src/prasan/cases/tests", "src/prasan/people/tests",
    "src/prasan/identification/tests/test_actions.py", "src/prasan/identification/tests/test_intake_actions.py",
    "src/prasan/leads/tests/test_actions.py", "src/prasan/exchange/tests/test_import.py", "tests/house/test_matrix.py",
)  # fmt: skip
DATA = ROOT / ".cache" / "coverage" / "data"


def told(title: str) -> None:
    sys.stdout.write(f"\n== {title}\n")
    sys.stdout.flush()


def run(command: list[str], **environment: str) -> bool:
    """One program, its output as it comes."""
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode == 0


def together(commands: dict[str, list[str]]) -> bool:
    """Several programs at once; what one said is shown when it has failed."""
    begun = {name: subprocess.Popen(c, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
             for name, c in commands.items()}  # fmt: skip
    good = True
    for name, process in begun.items():
        output, _none = process.communicate()
        if process.returncode:
            good = False
            told(f"{name} failed")
            sys.stdout.write(output)
        else:
            sys.stdout.write(f"{name}: good\n")
    return good


def typed_files() -> list[str]:
    """What mypy holds strictly: the parts without Django and every rule."""
    source = ROOT / "src" / "prasan"
    found = [p for room in ("plain", "packs") for p in sorted((source / room).glob("*.py"))]
    return [str(p) for p in [*found, *sorted(source.glob("*/rules.py")), *sorted(source.glob("*/rules/*.py"))]]


def lint() -> bool:
    """Lint, types, floors."""
    return together({
        "lint": [str(HERE / "ruff"), "check", "--quiet", "src", "tests", "bench", "conftest.py"],
        "floors": [str(HERE / "lint-imports")],
        "types": [str(HERE / "mypy"), "--strict", *typed_files()],
    })  # fmt: skip


def check() -> bool:
    """The fast part: lint, types, floors, and those house tests that need no big matter."""
    good = lint()
    return run([*PYTEST, ALL, *HOUSE]) and good


def embedded(marks: str, rest: list[str]) -> bool:
    told("on the embedded encrypted database")
    return run([*PYTEST, marks, *rest])


def postgresql(rest: list[str]) -> bool:
    """The whole suite, or what was named, on a private server of this run, behind row-level security."""
    if cluster.programs() is None:
        told("NOT RUN on PostgreSQL: its server programs are not on this machine (package postgresql)")
        return True
    with cluster.running() as server:
        told(f"on PostgreSQL ({server.bin})")
        where = rest or [
            *(f"--ignore=src/prasan/{room}" for room in NO_ROWS),
            *(f"--ignore={place}" for place in HOUSE),
        ]
        return run([*PYTEST, FAST, *where], DATABASE_URL=server.url())


def coverage_floors() -> bool:
    """95 % of all branches, and every branch where a mistake would cost most."""
    report = [sys.executable, "-m", "coverage", "report", "--skip-covered", "--show-missing"]
    os.environ["COVERAGE_FILE"] = str(DATA)
    run([sys.executable, "-m", "coverage", "combine", "--quiet"])
    good = run([*report, f"--fail-under={OVERALL}"])
    for room in (*(f"src/prasan/{r}/*" for r in WHOLE), "src/prasan/*/rules.py,src/prasan/*/rules/*.py"):
        told(f"every branch of {room}")
        good = run([*report, "--fail-under=100", f"--include={room}"]) and good
    return good


def test(rest: list[str]) -> bool:
    good = lint()
    fault = chromium.missing()
    if fault:
        told(f"the browser journeys cannot run: {fault}")
    good = embedded(FAST if fault else ALL, rest) and good and not fault
    return postgresql(rest or list(SAMPLE)) and good


def gates(rest: list[str]) -> bool:
    """What takes long, and the floors of coverage."""
    measured = {"COVERAGE_PROCESS_START": str(ROOT / "pyproject.toml"), "COVERAGE_FILE": str(DATA)}
    told("on the embedded encrypted database, every branch counted")
    shutil.rmtree(DATA.parent, ignore_errors=True)
    DATA.parent.mkdir(parents=True)
    good = run([*PYTEST, "slow or not slow", *rest], **measured)
    good = coverage_floors() and good
    return postgresql(rest) and good


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.run", description=__doc__)
    parser.add_argument("what", choices=("test", "check", "gates", "embedded", "postgresql"))
    known, rest = parser.parse_known_args()
    ways: dict[str, Callable[[], bool]] = {
        "test": lambda: test(rest), "check": check, "gates": lambda: gates(rest),
        "embedded": lambda: embedded(ALL, rest), "postgresql": lambda: postgresql(rest),
    }  # fmt: skip
    began = time.monotonic()
    good = ways[known.what]()
    told(f"{'all good' if good else 'SOMETHING FAILED'} after {time.monotonic() - began:.0f} s")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
