"""What the rows of justice look like as facts: one place for the acts and for the ledger."""

from collections.abc import Iterator
from typing import Any

from prasan.cases.facts_of import of_case, of_person

from .models import Charge, Order, Payment, Sentence, Verdict
from .rules import in_months


def of(row: Any) -> Iterator[dict[str, Any]]:
    """The facts that a row calls for as it stands; none when it was corrected."""
    if row.in_force:
        yield from SHAPES[type(row)](row)


def _on_charge(charge: Charge, on: Any) -> dict[str, Any]:
    person = charge.accused.person
    return {
        "on": on, "person": person, "case": charge.case, "law_article": charge.offence,
        "is_official": charge.is_official, **of_case(charge.case), **of_person(person, on),
    }  # fmt: skip


def _charge(row: Charge) -> Iterator[dict[str, Any]]:
    """P1: the prosecutor filed the charge in court."""
    if row.indicted_on:
        yield {"kind": "person_indicted", "source": row, "category": row.basis, **_on_charge(row, row.indicted_on)}


def _verdict(row: Verdict) -> Iterator[dict[str, Any]]:
    """C1 and C2: the outcome that stands counts on the day of the verdict that made it; upholding adds nothing,
    and a reversal takes the earlier outcome out of its year (restated), leaving the reversal as a fact."""
    told = {"source": row, "category": row.basis, "body": row.instance, **_on_charge(row.charge, row.on)}
    if row.effect == "reversed":
        yield {"kind": "verdict_reversed", **told}
    if row.effect == "upheld" or row.overturned_by_id:
        return
    if row.outcome == "guilty":
        yield {"kind": "offender_convicted", "contribution": row.contribution, **told}
    else:
        yield {"kind": "defendant_acquitted", **told}


def _sentence(row: Sentence) -> Iterator[dict[str, Any]]:
    """C5: imprisonment in months, while neither it nor its verdict was changed by a higher court."""
    months = in_months(row.kind, row.years, row.months, row.days)
    if months and not row.changed_by_id and not row.verdict.overturned_by_id:
        how = row.kind if row.kind != "term" else "suspended" if row.suspended else ""
        told = _on_charge(row.verdict.charge, row.verdict.on)
        yield {"kind": "sentence_imposed", "source": row, "quantity": months, "category": how, **told}


def _of_money(row: Order | Payment) -> dict[str, Any]:
    person = row.survivor.person
    return {
        "on": row.on, "source": row, "person": person, "case": row.case, "quantity": row.amount,
        "unit": row.currency, "route": row.route, **of_case(row.case), **of_person(person, row.on),
    }  # fmt: skip


def _order(row: Order) -> Iterator[dict[str, Any]]:
    """M1 by route: ordered, on the day of the order."""
    yield {"kind": "compensation_ordered", **_of_money(row)}


def _payment(row: Payment) -> Iterator[dict[str, Any]]:
    """M2 by route: in the survivor's hand; what is only collected is a fact of its own and never added to it."""
    yield {"kind": f"compensation_{row.kind}", **_of_money(row)}


SHAPES: dict[type, Any] = {
    Charge: _charge, Verdict: _verdict, Sentence: _sentence, Order: _order, Payment: _payment,
}  # fmt: skip
