"""What a lead looks like in a fact: how it came, when, where; nobody's name and no text."""

from typing import Any

from .models import Lead


def received(row: Lead) -> dict[str, Any]:
    """L1: a report of possible trafficking reached the team."""
    return {
        "kind": "lead_received", "on": row.received_on, "source": row, "category": row.channel, "mode": row.mode,
        "form": str(row.forms[0]) if row.forms else "unknown", "province": row.province,
    }  # fmt: skip
