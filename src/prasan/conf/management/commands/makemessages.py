"""Django's extraction of texts, which also knows our short names for marking them."""

from typing import Any

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """`prasan makemessages`: run from the package's folder; needs gettext."""

    xgettext_options = [
        *makemessages.Command.xgettext_options,
        *(f"--keyword={name}" for name in ("lazy", "_now", "noop")),
        "--no-location",
        "--sort-output",
    ]

    def write_po_file(self, potfile: Any, locale: str) -> None:
        """The catalogue names no place and no day, so that it changes only when a text does."""
        super().write_po_file(potfile, locale)
        from pathlib import Path

        for path in Path("locale").rglob("*.po"):
            kept = [line for line in path.read_text().splitlines(keepends=True) if "POT-Creation-Date" not in line]
            path.write_text("".join(kept))
