"""What care tells the figures: a service, a stay that began, a stay that ended with its nights; never a place."""

from decimal import Decimal
from typing import Any

from prasan.cases.facts_of import of_case, of_person

from . import rules
from .models import Service, Stay


def service(row: Service) -> dict[str, Any] | None:
    """V6 to V8: a service that was delivered. Declined or not available is recorded and not counted."""
    if row.outcome not in rules.DELIVERED:
        return None
    return {
        "kind": "service_given", "on": row.on, "source": row, "person": row.person, "case": row.case,
        "category": row.kind, **of_case(row.case), **of_person(row.person, row.on),
    }  # fmt: skip


def entered(row: Stay) -> dict[str, Any]:
    """V9: a stay began."""
    return {
        "kind": "shelter_entered", "on": row.since_on, "source": row, "person": row.person, "case": row.case,
        "category": row.kind, **of_case(row.case), **of_person(row.person, row.since_on),
    }  # fmt: skip


def left(row: Stay) -> dict[str, Any] | None:
    """V9: a stay ended, with its nights."""
    if row.until_on is None:
        return None
    return {
        "kind": "shelter_left", "on": row.until_on, "source": row, "person": row.person, "case": row.case,
        "category": row.kind, "quantity": Decimal(rules.nights(row.since_on, row.until_on)),
        **of_case(row.case), **of_person(row.person, row.until_on),
    }  # fmt: skip
