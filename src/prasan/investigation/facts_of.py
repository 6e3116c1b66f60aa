"""What an investigation and a removal from harm look like as facts: dimensions without a name."""

from typing import Any

from prasan.cases.facts_of import of_case, of_person

from .models import Investigation, Removal


def opened(row: Investigation) -> dict[str, Any]:
    """The investigation of a case began."""
    return {
        "kind": "investigation_opened", "on": row.opened_on, "source": row, "case": row.case, **of_case(row.case)
    }  # fmt: skip


def closed(row: Investigation) -> dict[str, Any]:
    """The investigation of a case ended."""
    return {
        "kind": "investigation_closed", "on": row.closed_on, "source": row, "case": row.case, **of_case(row.case)
    }  # fmt: skip


def removed(row: Removal) -> dict[str, Any]:
    """V4: a person left harm with the team's support."""
    return {
        "kind": "removed_from_harm", "on": row.on, "source": row, "person": row.person, "case": row.case,
        "contribution": row.contribution, **of_case(row.case), **of_person(row.person, row.on),
    }  # fmt: skip
