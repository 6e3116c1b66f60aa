"""Whether the embedded database is encrypted, safe against power cuts, and free of the known WAL race."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from prasan.vault import custody

from .fitness import FINE, Finding, refuse

REPAIRED = ((3, 44, 6), (3, 50, 7))
FIRST_SAFE = (3, 51, 3)
CLEAR = b"SQLite format 3\x00"


def races(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can corrupt or lose commits with WAL and two connections (3.7.0 to 3.51.2)."""
    return version < FIRST_SAFE and not any(version[:2] == r[:2] and version >= r for r in REPAIRED)


def pragma(name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
    return row[0] if row else None


def findings() -> Iterator[Finding]:
    version = connection.get_database_version()
    shown = ".".join(map(str, version))
    path = custody.place().database
    if path.exists() and path.open("rb").read(16) == CLEAR:
        yield refuse("encrypted", _("The database file is not encrypted."))
    if not pragma("cipher_version"):
        yield refuse("encrypted", _("This SQLite cannot encrypt (no SQLCipher)."))
    mode, full = str(pragma("journal_mode")).lower(), int(pragma("synchronous"))
    if mode == "wal" and races(version):
        yield refuse("sqlite_version", _("SQLite %(version)s can lose commits in WAL mode: install 3.51.3 or newer.") % {"version": shown})  # fmt: skip # noqa: E501
    if full < (2 if mode == "wal" else 3):
        yield refuse("synchronous", _("synchronous is below FULL: a power cut loses acknowledged work."))
    if int(pragma("mmap_size") or 0) > 0:
        yield refuse("mmap", _("mmap_size is above 0."))
    if int(pragma("secure_delete")) != 1:
        yield refuse("secure_delete", _("secure_delete is off: deleted words stay in the file."))
    if int(pragma("temp_store")) != 2:
        yield refuse("temp_store", _("temp_store is not memory: temporary files could hold clear text."))
    if int(pragma("foreign_keys")) != 1:
        yield refuse("foreign_keys", _("foreign_keys is off."))
    yield Finding("database", FINE, f"SQLite {shown}, SQLCipher {pragma('cipher_version')}")
