"""Which database a command works on: the instance's own, PostgreSQL as its owner, or another beside it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.utils.connection import ConnectionDoesNotExist
from django.utils.translation import gettext as _

from prasan.access import rls
from prasan.access.system import SYSTEM_ROLE
from prasan.conf.environment import database, environment
from prasan.vault import custody

from .speaking import Stop

OWNER_URL = "DATABASE_OWNER_URL"


def own() -> dict[str, Any]:
    """The settings of the instance's database as the environment names it."""
    return database(environment().database_url, custody.place().database)


def aim(told: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
    """Let an alias name another database from now on in this process."""
    try:
        connections[alias].close()
        del connections[alias]
    except ConnectionDoesNotExist:
        pass
    connections.settings[alias] = connections.configure_settings({DEFAULT_DB_ALIAS: told})[DEFAULT_DB_ALIAS]


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the owner of the tables where DATABASE_OWNER_URL names one (PostgreSQL only)."""
    url = os.environ.get(OWNER_URL, "") if environment().database_url else ""
    if not url:
        yield
        return
    aim(database(url, custody.place().database))
    try:
        yield
    finally:
        aim(own())


def application_role() -> str:
    """The role that the application signs in to PostgreSQL as."""
    return str(own().get("USER") or connection.settings_dict["USER"])


def install_wall(role: str) -> str:
    """Row-level security on the tables of the present connection; a sentence when it cannot be had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        may_make = cursor.fetchone()[0]
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SYSTEM_ROLE])
        if not may_make and not cursor.fetchone():
            return _(
                "The second wall (row-level security) was not put up: this role may not create the role %(role)s. "
                "See docs/operate/postgresql.md."
            ) % {"role": SYSTEM_ROLE}  # fmt: skip
    tables = rls.install(role)
    return _("Row-level security stands on %(n)s tables.") % {"n": tables}


def migrate() -> list[str]:
    """Bring the tables to this version; on PostgreSQL also the second wall. Sentences about what was done."""
    with as_owner():
        call_command("migrate", verbosity=0, interactive=False)
        return [install_wall(application_role())] if connection.vendor == "postgresql" else []


def is_empty(alias: str = DEFAULT_DB_ALIAS) -> bool:
    with connections[alias].cursor() as cursor:
        return not connections[alias].introspection.table_names(cursor)


def wipe(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Take everything out of a PostgreSQL database that this command filled itself."""
    ours = "schemaname = 'public' AND tableowner = current_user"
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT format('DROP TABLE IF EXISTS %I CASCADE', tablename) FROM pg_tables WHERE {ours}")
        statements = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p WHERE "
            "pronamespace = 'public'::regnamespace AND proowner = current_user::regrole AND NOT EXISTS "
            "(SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        for statement in [*statements, *(row[0] for row in cursor.fetchall())]:
            cursor.execute(statement)


def tool(name: str) -> str:
    """PostgreSQL's own program (pg_dump, pg_restore), the newest one found."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    found = str(places[-1]) if places else shutil.which(name)
    if not found:
        raise Stop(_("%(name)s is not installed: install the PostgreSQL client programs.") % {"name": name})
    return found


def _version(path: Path) -> int:
    release = path.parent.parent.name
    return int(release) if release.isdigit() else 0


def told_to_tools(alias: str = DEFAULT_DB_ALIAS) -> tuple[list[str], dict[str, str]]:
    """Arguments and environment that make pg_dump and pg_restore reach the same database; no secret in argv."""
    told = connections[alias].settings_dict
    names = (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER"))
    arguments = [part for flag, key in names if told[key] for part in (flag, str(told[key]))]
    secret = {"PGPASSWORD": told["PASSWORD"]} if told["PASSWORD"] else {}
    return [*arguments, "--no-password", f"--dbname={told['NAME']}"], {**os.environ, **secret}
