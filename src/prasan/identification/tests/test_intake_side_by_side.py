"""Four workers at once, each with a connection of its own: nobody gets the same person, no number is given twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[4]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="makes an embedded instance of its own")
def test_four_workers_at_once_never_get_the_same_person_nor_give_the_same_number(tmp_path):
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("PRASAN_", "DATABASE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "prasan.identification.tests.racing", str(tmp_path / "home")], cwd=ROOT, text=True,
        env={**ours, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(tmp_path / "config")}, capture_output=True,
        timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    taken = [number for numbers in told["got"].values() for number in numbers]
    given = [number for numbers in told["entered"] for number in numbers]
    assert sorted(given) == list(range(61, 121))
    assert sorted(taken) == list(range(1, 121))
    assert sum(1 for numbers in told["got"].values() if numbers) >= 2
