"""The journal: `enter(...)` appends a line in the act's transaction; `checking` proves the chain."""

from typing import Any


def enter(**line: Any) -> Any:
    """Append one line; see `journal.writing.enter` for its fields."""
    from . import writing

    return writing.enter(**line)
