"""A copy of the embedded database for a backup: encrypted like the original, without the keys of people."""

from pathlib import Path
from typing import Any

from django.db import connection

from prasan.vault import custody

from .base import Database

LEFT_OUT = ("DELETE FROM vault_wrappedkey", "DELETE FROM django_session")


def opened(path: Path) -> Any:
    """A plain driver connection to an encrypted file that this instance's database key opens."""
    copy = Database.connect(str(path), isolation_level=None)
    copy.execute(f"PRAGMA key = \"x'{custody.database_key().hex()}'\"")
    copy.execute("PRAGMA secure_delete = ON")
    copy.execute("PRAGMA temp_store = MEMORY")
    return copy


def copy_without_keys(target: Path) -> None:
    """Copy the whole store in one consistent read, then take every wrapped key and session out of the copy."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    copy = opened(target)
    try:
        for statement in LEFT_OUT:
            copy.execute(statement)
        copy.execute("VACUUM")
    finally:
        copy.close()


def counts(path: Path) -> dict[str, int]:
    """How many rows each table of a copy has; tables of the search index are rebuilt, not counted."""
    copy = opened(path)
    try:
        names = [row[0] for row in copy.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
            "AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )]  # fmt: skip
        return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    finally:
        copy.close()


def damage(path: Path) -> str:
    """What SQLite and SQLCipher find wrong in a file; "" when it is whole."""
    copy = opened(path)
    try:
        for check in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
            found = [row for row in copy.execute(f"PRAGMA {check}") if row[0] != "ok"]
            if found:
                return f"{check}: {found[0][0]}"
        return ""
    finally:
        copy.close()
