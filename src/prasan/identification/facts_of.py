"""What screening and identification tell the figures: who, when, by which body; never a name or a reason."""

from typing import Any

from prasan.cases.facts_of import of_case, of_person

from .models import Decision, Screening

# Presumed by an organisation and formally identified are two columns, never added. Undetermined counts nowhere.
KIND_OF = {
    "presumed": "victim_presumed",
    "identified": "victim_identified",
    "not_identified": "person_not_identified",
}


def screened(row: Screening) -> dict[str, Any]:
    """V1: a person was screened."""
    return {
        "kind": "person_screened", "on": row.on, "source": row, "person": row.person, "case": row.case,
        "body": row.body, "category": row.situation, **of_case(row.case), **of_person(row.person, row.on),
    }  # fmt: skip


def decided(row: Decision) -> dict[str, Any] | None:
    """V2: what two disciplines decided, on the day on which it began to count."""
    if row.status != "decided" or row.outcome not in KIND_OF or row.decided_on is None:
        return None
    told = of_case(row.case) | ({"form": row.forms[0]} if row.forms else {})
    return {
        "kind": KIND_OF[row.outcome], "on": row.decided_on, "source": row, "person": row.person,
        "case": row.case, "body": row.body, "law_article": row.law_basis, **told,
        **of_person(row.person, row.decided_on),
    }  # fmt: skip
