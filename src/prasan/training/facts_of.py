"""What attendance looks like in a fact: a quantity, the kind of organisation and the sex; never a person."""

from decimal import Decimal
from typing import Any

from .models import Attendance


def attendance(row: Attendance) -> dict[str, Any]:
    """T1: so many attendances of one sex from one kind of organisation."""
    return {
        "kind": "training_attended", "on": row.session.on, "source": row, "quantity": Decimal(row.count),
        "unit": "attendance", "category": row.agency_kind, "sex": row.sex, "province": row.session.place,
    }  # fmt: skip
