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


def cannot_write(**_line: Any) -> None:
    """In the place of `prasan.journal.writing.enter`: the disk is full."""
    raise OSError("no line")
