"""What policy work looks like in a fact: a recommendation made, and the measure by which it came into force."""

from typing import Any

from .models import Measure, Recommendation


def _shape(row: Recommendation) -> dict[str, str]:
    return {"contribution": row.contribution, "category": row.indicia[0] if row.indicia else ""}


def made(row: Recommendation) -> dict[str, Any]:
    """Q1_made: a recommendation was made."""
    return {"kind": "recommendation_made", "on": row.made_on, "source": row, **_shape(row)}


def adopted(row: Measure) -> dict[str, Any]:
    """Q1: a documented measure put it in force. Accepting alone is a promise and counts nothing."""
    return {"kind": "recommendation_adopted", "on": row.on, "source": row, **_shape(row.recommendation)}
