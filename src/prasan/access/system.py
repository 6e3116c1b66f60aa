"""The only bulk reads without a viewer: a closed list of names, one journal line each."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction
from django_scopes import scopes_disabled

from prasan import journal

NAMES = frozenset(
    {"build_name_index", "reconcile", "backup", "verify", "import", "history", "move", "demo", "tick",
     "duplicates", "team_change", "open_case", "search_index", "bench",
     "field_inbox", "take_in", "person_age", "keep_change"}
)  # fmt: skip
SYSTEM_ROLE = "prasan_system"
_running: ContextVar[str] = ContextVar("system_read", default="")


@dataclass(frozen=True)
class System:
    """The reader that a system read opens sealed values as."""

    name: str

    @property
    def pk(self) -> str:
        return f"system:{self.name}"


def running() -> str:
    """The name of the system read in progress, or ""."""
    return _running.get()


def _become(role: str) -> str:  # pragma: no cover - postgresql
    """Take a role for the rest of the transaction; returns the one held before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        held = str(cursor.fetchone()[0])
        cursor.execute(f'SET LOCAL ROLE "{role}"')
    return held


def has_system_role() -> bool:  # pragma: no cover - postgresql
    """Whether this PostgreSQL connection works under row-level security with the two roles set up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, oid, 'MEMBER') AND NOT rolsuper FROM pg_roles WHERE rolname = %s",
            [SYSTEM_ROLE],
        )
        row = cursor.fetchone()
    return bool(row and row[0])


@contextmanager
def system_read(name: str, why: str = "", *, line: bool = True, at_once: bool = True) -> Iterator[System]:
    """Read without a viewer's scope, for one of the named purposes; journalled (`line=False` inside an act
    that writes its own line). On PostgreSQL the transaction takes the system role for its length.

    A long reading that needs no single moment says `at_once=False`: on the embedded database it holds no
    transaction then, because one there keeps everybody else from writing.
    """
    if name not in NAMES:
        raise ValueError(f"not a system read: {name}")
    token = _running.set(name)
    loose = not at_once and connection.vendor == "sqlite"
    try:
        with nullcontext() if loose else transaction.atomic():
            if line:
                with transaction.atomic() if loose else nullcontext():
                    journal.enter(by=f"system:{name}", act="access.system_read", why=why or name)
            held = _become(SYSTEM_ROLE) if connection.vendor == "postgresql" and has_system_role() else ""
            try:
                with scopes_disabled():
                    yield System(name)
            finally:
                if held and not connection.needs_rollback:  # pragma: no cover - postgresql
                    _become(held)
    finally:
        _running.reset(token)
