"""Everything the database holds, row by row, to show that an act that could not be journalled changed nothing."""

from typing import Any

from django.apps import apps

from prasan.access.system import system_read

LABELS = ("people", "cases", "access", "facts", "vault", "journal", "accounts")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the kernel's tables, read past every scope."""
    with system_read("verify", line=False):
        return {
            model._meta.label: sorted(model._base_manager.values_list(), key=repr)
            for label in LABELS
            for model in apps.get_app_config(label).get_models()
        }


def stored(model: Any, **where: Any) -> list[Any]:
    """The rows of a scoped model, read past every scope (PostgreSQL shows a test without a viewer nothing)."""
    with system_read("verify", line=False):
        return list(model._base_manager.filter(**where))


def the_one(model: Any, **where: Any) -> Any:
    """The only such row."""
    (row,) = stored(model, **where)
    return row


def fresh(row: Any) -> None:
    """Bring a row in hand to what the database has."""
    with system_read("verify", line=False):
        row.refresh_from_db()


def cannot_write(**_line: Any) -> None:
    """In the place of `prasan.journal.writing.enter`: the disk is full."""
    raise OSError("no line")
