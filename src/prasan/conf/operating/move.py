"""Carries an embedded instance, chain and keys included, into an empty PostgreSQL database."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import batched
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prasan.access.system import system_read
from prasan.conf.environment import database
from prasan.journal import checking
from prasan.vault import custody

from . import databases
from .fitness_postgresql import OLDEST
from .speaking import Stop

TARGET = "target"
STAYS = ("django_session",)
AT_ONCE = 500


def moved_models() -> Iterator[type[models.Model]]:
    """Every table with rows of ours; sessions stay behind, so everybody signs in again."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in STAYS:
            yield model


def copy_rows(model: type[models.Model]) -> int:
    """All rows of one table, values as they are stored, ids included."""
    fields = [f for f in model._meta.local_concrete_fields if not getattr(f, "generated", False)]
    rows = QuerySet(model=model, using=DEFAULT_DB_ALIAS).order_by("pk").iterator(AT_ONCE)
    count = 0
    for batch in batched(rows, AT_ONCE):
        QuerySet(model=model, using=TARGET)._insert(list(batch), fields=fields, using=TARGET, raw=True)
        count += len(batch)
    return count


def empty_target() -> None:
    """What migrations put into the new tables gives way to what the instance holds."""
    with connections[TARGET].cursor() as cursor:
        for model in moved_models():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{model._meta.db_table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')


def reset_sequences() -> None:
    with connections[TARGET].cursor() as cursor:
        for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), list(moved_models())):
            cursor.execute(statement)


def refuse_target() -> None:
    if connections[TARGET].vendor != "postgresql":
        raise Stop(_("--to takes an address that starts with postgresql://."))
    if connections[TARGET].pg_version < OLDEST:
        raise Stop(_("PostgreSQL 15 or newer is needed."))
    if not databases.is_empty(TARGET):
        raise Stop(_("The database is not empty; nothing was changed."))


def move(url: str, owner_url: str, say: Callable[[str], None]) -> dict[str, int]:
    """Copy, put up the second wall, verify; then set the embedded file aside. Rows per table."""
    if connection.vendor != "sqlite":
        raise Stop(_("Only an embedded instance moves; unset DATABASE_URL."))
    own = databases.own()
    aimed: dict[str, Any] = database(owner_url or url, custody.place().database)
    databases.aim(aimed, TARGET)
    refuse_target()
    try:
        call_command("migrate", database=TARGET, verbosity=0, interactive=False)
        say(_("Tables made."))
        with system_read("move"), transaction.atomic(using=TARGET):
            empty_target()
            counts = {model._meta.db_table: copy_rows(model) for model in moved_models()}
            reset_sequences()
        say(_("%(n)s rows copied.") % {"n": sum(counts.values())})
        databases.aim(aimed)
        say(databases.install_wall(str(database(url, custody.place().database)["USER"] or aimed["USER"])))
        _prove(counts)
    except BaseException:
        with suppress(DatabaseError):
            connections[TARGET].close()
            databases.wipe(TARGET)
        databases.aim(own)
        raise
    connections.close_all()
    embedded = custody.place().database
    embedded.rename(embedded.with_suffix(".moved"))
    for rest in ("-wal", "-shm"):
        embedded.with_name(embedded.name + rest).unlink(missing_ok=True)
    return counts


def _prove(counts: dict[str, int]) -> None:
    with system_read("verify", line=False):
        for model in moved_models():
            found = QuerySet(model=model, using=DEFAULT_DB_ALIAS).count()
            if found != counts[model._meta.db_table]:
                raise Stop(_("Table %(name)s did not arrive whole.") % {"name": model._meta.db_table})
        verdict = checking.check()
    if not verdict.ok:
        raise Stop(_("The journal does not verify in the new database: %(fault)s") % {"fault": verdict.fault})
