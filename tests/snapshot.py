"""Builds a world once a process and lays its rows down again for every further test: the same rows, far sooner."""

import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

# Shadows of the full-text tables are theirs alone; the rest belongs to the database itself.
LEFT_OUT = ("sqlite_", "django_migrations", "_fts")


@dataclass(frozen=True)
class Snapshot:
    """The rows that building wrote, table by table, and the pickled world that names them."""

    rows: dict[str, Any]
    world: bytes


_taken: dict[str, Snapshot] = {}


def laid_down(name: str, build: Callable[[], Any]) -> Any:
    """The world of that name: built by its acts the first time, afterwards put back as it was built."""
    found = _taken.get(name)
    if found is None:
        before = _counts()
        world = build()
        changed = [table for table, count in _counts().items() if count != before.get(table)]
        _taken[name] = Snapshot({table: _read(table) for table in changed}, pickle.dumps(world))
        return world
    with transaction.atomic():
        for table, rows in found.rows.items():
            _write(table, rows)
    return pickle.loads(found.world)


def _tables() -> list[str]:
    names = connection.introspection.table_names()
    return [n for n in names if not any(part in n for part in LEFT_OUT)]


def _all(sql: str) -> list[tuple[Any, ...]]:
    """What the tables hold, not what a viewer may see of them."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL ROLE prasan_system")
        cursor.execute(sql)
        rows = cursor.fetchall()
        if connection.vendor == "postgresql":
            cursor.execute("RESET ROLE")
    return list(rows)


def _counts() -> dict[str, int]:
    parts = (f"SELECT '{table}', count(*) FROM \"{table}\"" for table in _tables())
    return dict(_all(" UNION ALL ".join(parts)))


def _read(table: str) -> Any:
    if connection.vendor == "postgresql":
        return json.dumps(_all(f'SELECT json_agg(t) FROM "{table}" t')[0][0])
    return _all(f'SELECT * FROM "{table}"')


def _write(table: str, rows: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f'INSERT INTO "{table}" SELECT * FROM json_populate_recordset(NULL::"{table}", %s::json)', [rows]
            )
        else:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
