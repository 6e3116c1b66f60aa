"""The sheets Charges and Verdicts: one accused and one offence, and what each court said."""

from collections.abc import Iterator
from typing import Any

from prasan import packs
from prasan.cases.rules import DEFENDANT_PARTS, SURVIVOR_PARTS
from prasan.justice import rules as court_rules
from prasan.justice.actions import record_charge, record_sentence, record_verdict
from prasan.justice.models import Charge, Verdict
from prasan.plain.problem import Problem

from ..known import ChargeKnown, Known
from ..rows import Row
from .pen import Pen, Work

FIELDS = {"act_earliest": "act_on", "act_latest": "act_until", "accused": "person_ref"}
PUNISHMENT = ("sentence_kind", "years", "months", "days", "fine")


def _named(problems: Iterator[Problem], fields: dict[str, str]) -> Iterator[Problem]:
    """The problems of a room's rules under the names of our columns."""
    for problem in problems:
        yield Problem(problem.message, fields.get(problem.field, problem.field), problem.params)


def _charge_problems(row: Row, known: Known) -> Iterator[Problem]:
    case, person, problems = known.person_in_case(row)
    survivors = True
    for ref in row.get("victims", []):
        victim, more = known.resolve("people", ref, "victims")
        problems += more
        if victim is not None and case is not None:
            survivors = survivors and bool(known.parts_of(case, victim) & SURVIVOR_PARTS)
    yield from problems
    latest = row.get("act_until") or row.get("act_on")
    accused = bool(problems) or bool(known.parts_of(case, person) & DEFENDANT_PARTS)
    found = list(_named(court_rules.charge_problems(
        status=row.get("status"), act_earliest=row.get("act_on"), act_latest=latest,
        charged_on=row.get("charged_on"), in_force=packs.offence(row.get("offence"), latest) is not None,
        accused=accused, survivors=survivors, today=known.today), FIELDS))  # fmt: skip
    yield from found
    if not problems and not found:
        known.charges[row.reference] = ChargeKnown(case, person, row.get("status"), row.get("charged_on"))


def _write_charge(row: Row, pen: Pen) -> Charge:
    case = pen.case(row)
    victims = [pen.participation(case, ref, SURVIVOR_PARTS, "victims") for ref in row.get("victims", [])]
    return record_charge(
        **pen.acting(), accused=pen.participation(case, row.get("person_ref"), DEFENDANT_PARTS),
        offence=row.get("offence"), act_earliest=row.get("act_on"), act_latest=row.get("act_until"),
        charged_on=row.get("charged_on"), victims=victims, status=row.get("status"), court=row.get("court", ""),
        black_number=row.get("black_number", ""), red_number=row.get("red_number", ""),
    )  # fmt: skip


def _sentenced(row: Row) -> dict[str, Any]:
    """What the row tells of a punishment, if anything."""
    told = {name: row.get(name) for name in PUNISHMENT if row.get(name)}
    if "sentence_kind" in told:
        told["kind"] = told.pop("sentence_kind")
    return told


def _verdict_problems(row: Row, known: Known) -> Iterator[Problem]:
    ident, problems = known.find("charges", row, "charge_ref")
    yield from problems
    if problems:
        return
    charge, instance = known.charge(ident), row.get("instance")
    place = court_rules.ORDER_OF_COURTS.index(instance)
    below = [on for name, on in charge.spoken if court_rules.ORDER_OF_COURTS.index(name) < place]
    suspended, outcome = row.get("suspended", False), row.get("outcome")
    found = list(court_rules.verdict_problems(
        instance=instance, outcome=outcome, suspended=suspended, contribution=row.get("contribution", ""),
        status=charge.status, on=row.get("on"), charged_on=charge.charged_on, below_on=max(below, default=None),
        spoken=any(name == instance for name, _on in charge.spoken), today=known.today,
    ))  # fmt: skip
    told = _sentenced(row)
    if told:
        found += court_rules.sentence_problems(
            kind=told.get("kind", "term"), years=told.get("years", 0), months=told.get("months", 0),
            days=told.get("days", 0), fine=told.get("fine"), suspended=suspended, verdict_suspended=suspended,
            guilty=outcome == "guilty", sentenced=False,
        )  # fmt: skip
    yield from found
    if not found:
        charge.spoken.append((instance, row.get("on")))
        charge.status = "final" if row.get("final") else court_rules.status_after(outcome, suspended)


def _write_verdict(row: Row, pen: Pen) -> Verdict:
    verdict = record_verdict(
        **pen.acting(), charge=pen.lookup.row("charges", row.get("charge_ref")), outcome=row.get("outcome"),
        on=row.get("on"), instance=row.get("instance"), plea=row.get("plea"), final=row.get("final", False),
        suspended=row.get("suspended", False), contribution=row.get("contribution", ""),
        red_number=row.get("red_number", ""),
    )  # fmt: skip
    told = _sentenced(row)
    if told:
        record_sentence(**pen.acting(), verdict=verdict, **told)
    return verdict


CHARGES: Any = Work(_charge_problems, _write_charge, model=Charge, widened=True, settles=True)
VERDICTS: Any = Work(_verdict_problems, _write_verdict, model=Verdict, widened=True, settles=True)
