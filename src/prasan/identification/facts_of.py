"""What screening and identification tell the figures: who, when, by which body; never a name or a reason."""

from decimal import Decimal
from typing import Any

from prasan.cases.facts_of import of_case, of_person

from .models import Decision, IntakePerson, Reflection, Screening

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


def reflecting(row: Reflection) -> dict[str, Any]:
    """V5: a person was given the reflection period."""
    return {
        "kind": "reflection_started", "on": row.entered_on, "source": row, "person": row.person, "case": row.case,
        "category": "reflection-a", **of_case(row.case), **of_person(row.person, row.entered_on),
    }  # fmt: skip


def reflected(row: Reflection) -> dict[str, Any] | None:
    """V5_days: the period ended, with the days used before the identification interview."""
    if row.ended_on is None:
        return None
    return {
        "kind": "reflection_ended", "on": row.ended_on, "source": row, "person": row.person, "case": row.case,
        "category": row.ended_as, "quantity": Decimal((row.ended_on - row.entered_on).days), **of_case(row.case),
        **of_person(row.person, row.ended_on),
    }  # fmt: skip


def screened_at_intake(row: IntakePerson) -> dict[str, Any]:
    """V1 before there is a case. A person who is taken into one keeps the pseudonym, and the screening there counts
    instead of this one."""
    sex = row.sex if row.sex in {"male", "female"} else "unknown"
    age_group = {True: "child", False: "adult", None: "unknown"}[row.is_child]
    own = "own" if row.nationality == "THA" else "other" if row.nationality not in {"", "unknown"} else "unknown"
    return {
        "kind": "person_screened", "on": row.screened_on, "source": row, "person": row, "body": row.body,
        "category": row.intake.situation, "province": row.intake.province, "sex": sex, "age_group": age_group,
        "citizenship": own,
    }  # fmt: skip


def counts_at_intake(row: IntakePerson) -> bool:
    """Whether the screening of this row counts here: made, in force, and not taken over by a case."""
    return row.in_force and row.screened_on is not None and row.status in {"screened", "left"}
