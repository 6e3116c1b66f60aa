"""A private PostgreSQL for one run: own folder, own socket, gone afterwards; with the roles of an installation."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

OWNER, APPLICATION, SYSTEM = "prasan_owner", "prasan_app", "prasan_system"
UNPRIVILEGED = ("postgres", "nobody")
SETTINGS = (
    "listen_addresses=''", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=128MB",
    "max_connections=40", "max_locks_per_transaction=256",
)  # fmt: skip
# What every test database starts with: the roles may work in whatever the owner makes in it.
ROLES = f"""
CREATE ROLE {SYSTEM} NOLOGIN;
CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE NOINHERIT;
CREATE ROLE {APPLICATION} LOGIN NOINHERIT;
GRANT {SYSTEM} TO {APPLICATION};
GRANT {SYSTEM} TO {OWNER} WITH ADMIN OPTION;
"""
GRANTS = f"""
GRANT CREATE, USAGE ON SCHEMA public TO {OWNER};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION}, {SYSTEM};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE, SELECT ON SEQUENCES TO {APPLICATION}, {SYSTEM};
"""


def programs() -> Path | None:
    """The folder of the newest server programs on this machine; None where there are none."""
    places = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    places += [Path(on_path).resolve().parent] if on_path else []
    return max(places, key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0) if places else None


@dataclass
class Cluster:
    """A running server, reached by its socket folder alone."""

    folder: Path
    bin: Path
    user: str

    def url(self, role: str = OWNER, name: str = "prasan") -> str:
        """The address for DATABASE_URL."""
        return f"postgresql://{role}@/{name}?host={quote(str(self.folder), safe='/')}"

    def psql(self, text: str, name: str = "postgres", role: str = "") -> str:
        told = [str(self.bin / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder)]
        done = self.run([*told, "-U", role or self.user, "-d", name, "-c", text])
        return done.stdout.strip()

    def run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        """Run a server program; the server refuses root, so root becomes somebody without rights."""
        return subprocess.run(
            [*become(self.user), *command], check=True, capture_output=True, text=True, cwd=self.folder
        )

    def create(self, name: str) -> None:
        """A new empty database that the owner owns."""
        self.psql(f"CREATE DATABASE {name} OWNER {OWNER}")


def become(user: str) -> list[str]:
    if os.getuid() != 0 or user == "root":
        return []
    return ["runuser", "-u", user, "--"]


def unprivileged() -> str:
    """Who runs the server: ourselves, or, for root, somebody without rights."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise RuntimeError("no unprivileged user on this machine can run the PostgreSQL server")


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """Start a fresh cluster (C.UTF-8, the three roles), and stop and delete it at the end."""
    found = programs()
    if found is None:
        raise FileNotFoundError("no PostgreSQL server programs on this machine")
    user = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="prasan-pg-", dir="/tmp"))
    shutil.chown(folder, user)
    cluster = Cluster(folder, found, user)
    data = folder / "data"
    try:
        cluster.run([
            str(found / "initdb"), "-D", str(data), "--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust", "-N",
        ])  # fmt: skip
        options = " ".join(f"-c {s}" for s in SETTINGS) + f" -c unix_socket_directories={folder}"
        log = str(folder / "log")
        cluster.run([str(found / "pg_ctl"), "-D", str(data), "-w", "-l", log, "-o", options, "start"])
        cluster.psql(ROLES)
        cluster.psql(GRANTS, "template1")
        cluster.create("prasan")
        yield cluster
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            cluster.run([str(found / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)
