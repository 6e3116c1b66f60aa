"""What a case looks like in a fact, and the facts of custody."""

from typing import Any

from prasan.people.facts_of import of_person
from prasan.plain.dates import local_day

from .models import Case, CustodyStep

__all__ = ["arrest", "of_case", "of_person"]


def of_case(case: Case) -> dict[str, str]:
    """Main form of exploitation, online or physical, province."""
    return {"form": case.form, "mode": case.mode, "province": case.province}


def arrest(row: CustodyStep) -> dict[str, Any]:
    """A1: the arrest of a suspect as a fact."""
    on, part = local_day(row.at), row.participation
    return {
        "kind": "suspect_arrested", "on": on, "source": row, "person": part.person, "case": row.case,
        "contribution": row.contribution, "is_official": part.is_official, "body": row.body,
        **of_case(row.case), **of_person(part.person, on),
    }  # fmt: skip
