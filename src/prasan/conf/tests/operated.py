"""Runs the real command `prasan` on instances of its own, as an operator would, for the tests of this folder."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pyrage

PRASAN = Path(sys.executable).parent / "prasan"
OURS = ("PRASAN_", "DATABASE_", "LANG", "LC_", "PYTHONDONTWRITE")


@dataclass
class Told:
    """How a command ended, and what it said."""

    code: int
    out: str

    @property
    def ended_well(self) -> bool:
        return self.code == 0


@dataclass
class Operator:
    """Somebody at a terminal: an instance folder, a folder for everything else, two recovery people."""

    folder: Path
    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def surroundings(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        return {**kept, "LC_ALL": "C.UTF-8", "PRASAN_HOME": str(self.home),
                "XDG_CONFIG_HOME": str(self.folder / "config"), **self.environment}  # fmt: skip

    def __call__(self, *arguments: object, stdin: str = "") -> Told:
        done = subprocess.run(
            [str(PRASAN), *map(str, arguments)], env=self.surroundings(), input=stdin, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=120,
        )  # fmt: skip
        assert "Traceback" not in done.stdout, done.stdout
        return Told(done.returncode, done.stdout)

    def begun(self, *arguments: object) -> "subprocess.Popen[str]":
        """A command that goes on; its first lines come through `stdout`."""
        return subprocess.Popen(
            [str(PRASAN), *map(str, arguments)], env=self.surroundings(), stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def key_file(self) -> Path:
        """Where this instance's key lies, as its custody says."""
        return Path(json.loads((self.home / "keys" / "custody.json").read_text())["path"])

    def elsewhere(self, name: str, **environment: str) -> "Operator":
        """The same person with another instance folder."""
        return Operator(self.folder, self.folder / name, environment)

    def python(self, code: str) -> str:
        """What a line of Python says inside the instance."""
        done = self("shell", "--verbosity", "0", "-c", code)
        assert done.ended_well, done.out
        return done.out.strip()


def recovery_person(folder: Path, name: str) -> str:
    """An age identity in a file, as age-keygen writes it; returns the recipient."""
    identity = pyrage.x25519.Identity.generate()
    (folder / f"{name}.txt").write_text(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


def founded(folder: Path, name: str = "home", **environment: str) -> tuple[Operator, list[str]]:
    """A new real instance with an escrow to two people (not verified yet); the operator and the recipients."""
    operator = Operator(folder, folder / name, environment)
    to = [recovery_person(folder, person) for person in ("court", "embassy")]
    done = operator("init", "--username", "Ubon", "--name", "Ubon", "--agency", "Test Foundation",
                    "--recipient", to[0], "--recipient", to[1])  # fmt: skip
    assert done.ended_well, done.out
    return operator, to
