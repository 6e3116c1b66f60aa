"""What Django asks before it starts: the demo's switch, the database's locale, the packs."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from prasan import packs

from . import own_rows

SWITCH = "PRASAN_DEMO_SIGN_IN is set on an instance that `prasan demo` did not make."


def refuse_demo_switch() -> None:
    """Called by the WSGI entry: nobody signs in to real data by choosing a member of the cast."""
    if settings.DEMO_SIGN_IN and not settings.DEMO:
        raise ImproperlyConfigured(SWITCH)


@register(Tags.security)
def demo_switch(app_configs: Any, **options: Any) -> list[CheckMessage]:
    if settings.DEMO_SIGN_IN and not settings.DEMO:
        return [Error(SWITCH, hint="Take it out of the environment.", id="prasan.E001")]
    return []


@register(Tags.database)
def postgresql_locale(
    app_configs: Any, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    from .operating.fitness_postgresql import thai_unseen

    found: list[CheckMessage] = []
    for alias in databases or ():
        if connections[alias].vendor != "postgresql":
            continue
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT datctype, datlocprovider FROM pg_database WHERE datname = current_database()"
            )
            if thai_unseen(*cursor.fetchone()):
                found.append(
                    Error("The database has locale C: its search sees no Thai letters.",
                          hint="Create it with locale C.UTF-8.", id="prasan.E002")
                )  # fmt: skip
    return found


@register()
def packs_are_well_formed(app_configs: Any, **options: Any) -> list[CheckMessage]:
    return [Error(problem, id="prasan.E003") for problem in (*own_rows.refused(), *packs.check())]
