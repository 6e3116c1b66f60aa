"""Whether PostgreSQL keeps what it acknowledged, sees Thai, and holds the second wall between cases."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from prasan.access import rls

from .fitness import FINE, NOTE, Finding, refuse

OLDEST = 150000


def one(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        row = cursor.fetchone()
    return row if row is None or len(row) > 1 else row[0]


def findings() -> Iterator[Finding]:
    if connection.pg_version < OLDEST:
        yield refuse("postgresql_version", _("PostgreSQL 15 or newer is needed."))
    yield from locale()
    for name in ("fsync", "full_page_writes"):
        if one(f"SHOW {name}") != "on":
            yield refuse(name, _("%(name)s is off: a power cut destroys the database.") % {"name": name})
    if one("SHOW synchronous_commit") in {"off", "local"}:
        yield refuse("synchronous_commit", _("synchronous_commit is off or local: acknowledged work can be lost."))
    yield from roles()
    yield from walls()
    yield Finding("database", FINE, f"PostgreSQL {one('SHOW server_version')}")
    yield Finding("disk_encryption", NOTE, _("Ordinary columns lie readable inside PostgreSQL: encrypt its disk."))


def locale() -> Iterator[Finding]:
    told = one(
        "SELECT datctype, pg_encoding_to_char(encoding), datlocprovider FROM pg_database "
        "WHERE datname = current_database()"
    )
    if told[1] != "UTF8":
        yield refuse("encoding", _("The database is not in UTF-8."))
    if thai_unseen(told[0], told[2]):
        yield refuse("locale", _("The database has locale C: search sees no Thai letters. Create it with C.UTF-8."))


def thai_unseen(ctype: str, provider: Any) -> bool:
    """With the plain C locale no Thai letter is a letter, and trigram search finds nothing."""
    letter = provider.decode() if isinstance(provider, bytes) else provider
    return letter == "c" and ctype in {"C", "POSIX"}


def roles() -> Iterator[Finding]:
    powers = one("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    if any(powers):
        yield refuse("role_powers", _("The application's database role passes row-level security (superuser or BYPASSRLS)."))  # fmt: skip # noqa: E501
    if one("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"):
        yield refuse("role_owner", _("The application's database role owns the tables: give them to another role."))


def walls() -> Iterator[Finding]:
    forced = one(
        "SELECT array_agg(relname::text) FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind = 'r' AND relrowsecurity AND relforcerowsecurity"
    )
    open_tables = sorted({m._meta.db_table for m in rls.scoped_models()} - set(forced or ()))
    if open_tables:
        yield refuse("row_security", _("Row-level security is not forced on: %(tables)s. Run `prasan upgrade`.") % {"tables": ", ".join(open_tables)})  # fmt: skip # noqa: E501
