"""The ledger of facts: `facts.add(kind, on=, source=, ...)` and `facts.withdraw(source)`; statistics only."""

from typing import Any


def add(kind: str, **told: Any) -> Any:
    """Record one countable fact; see `facts.ledger.add`."""
    from . import ledger

    return ledger.add(kind, **told)


def withdraw(source: Any) -> int:
    """Close the facts of a row that was entered in error; see `facts.ledger.withdraw`."""
    from . import ledger

    return ledger.withdraw(source)
