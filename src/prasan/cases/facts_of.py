"""What a person and a case look like in a fact: dimensions without a name, and the facts of custody."""

from datetime import date
from typing import Any

from prasan.plain.dates import local_day

from .models import Case, CustodyStep


def of_person(person: Any, on: date) -> dict[str, str]:
    """Sex for figures (registered sex, else from gender), age group on the day, own or other citizenship."""
    sex = person.sex or {"feminine": "female", "masculine": "male"}.get(person.gender, "unknown")
    own = person.citizenship
    citizenship = "" if not own or own == "unknown" else "own" if own == "THA" else "other"
    return {"sex": sex, "age_group": person.age_group(on), "citizenship": citizenship or "unknown"}


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
