"""A recommendation is made; measures tell what became of it; each mistake is superseded, never edited."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import facts, journal, packs
from prasan.access.check import check
from prasan.access.held import CLOSED, held
from prasan.cases.actions import correct
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.refs import new_code
from prasan.plain.text import normalise, normalise_lines

from .. import facts_of, queries, rules
from ..models import Measure, Recommendation


@transaction.atomic
def record_recommendation(
    *, by: Any, made_on: date, addressed_to: str, contribution: str, at: datetime, today: date, text_en: str = "",
    text_th: str = "", indicia: Sequence[str] = (), id: Any = None, replaces: Recommendation | None = None,
    version: int | None = None,
) -> Recommendation:  # fmt: skip
    """Record what was asked of whom, on which day. With `replaces` its measures go over to the new row."""
    check(by, "policy.correct" if replaces else "policy.record_recommendation")
    if replaces is not None:
        held(replaces, replaces.version if version is None else version)
    refuse_if(rules.recommendation_problems(
        text_en=text_en, text_th=text_th, made_on=made_on, addressed_to=addressed_to, indicia=indicia,
        contribution=contribution, known=packs.codes("tip_indicium"), today=today,
    ))  # fmt: skip
    row = Recommendation.objects.create(
        id=id or uuid4(), code=new_code("R", taken=lambda c: Recommendation.objects.filter(code=c).exists()),
        text_en=normalise_lines(text_en), text_th=normalise_lines(text_th), made_on=made_on, made_by=by,
        addressed_to=normalise(addressed_to)[:160], indicia=sorted(set(indicia)), contribution=contribution,
        replaces=replaces, made_at=at,
    )  # fmt: skip
    journal.enter(by=by, act="policy.record_recommendation", target=row)
    if replaces is not None:
        correct.supersede(by=by, old=replaces, new=row, at=at, today=today)
        for measure in queries.measures_in_force(replaces):
            correct.close(measure, "superseded", "other")
            _write_measure(row, measure.stage, measure.on, measure.words, by=by, at=at, replaces=measure)
    facts.add(**facts_of.made(row))
    return row


def _write_measure(recommendation: Recommendation, stage: str, on: date, words: str, *, by: Any, at: datetime,
                   id: Any = None, replaces: Measure | None = None) -> Measure:  # fmt: skip
    measure = Measure.objects.create(
        id=id or uuid4(), recommendation=recommendation, stage=stage, on=on, words=normalise_lines(words),
        replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    if stage == rules.ADOPTED:
        facts.add(**facts_of.adopted(measure))
    return measure


@transaction.atomic
def record_measure(
    *, by: Any, recommendation: Recommendation, stage: str, on: date, words: str, at: datetime, today: date,
    id: Any = None,
) -> Measure:  # fmt: skip
    """Record what became of a recommendation; in force it counts as adopted, once."""
    check(by, "policy.record_measure")
    earlier = queries.measures_in_force(recommendation)
    last = earlier[-1] if earlier else None
    refuse_if([
        *([] if recommendation.in_force else [Problem(CLOSED)]),
        *rules.measure_problems(
            old=last.stage if last else "made", stage=stage, on=on, words=words, today=today,
            made_on=recommendation.made_on, last_on=last.on if last else None,
        ),
    ])  # fmt: skip
    measure = _write_measure(recommendation, stage, on, words, by=by, at=at, id=id)
    journal.enter(by=by, act="policy.record_measure", target=measure)
    return measure


@transaction.atomic
def enter_in_error(*, by: Any, row: Recommendation | Measure, reason: str, version: int, at: datetime,
                   today: date, words: str = "") -> Recommendation | Measure:  # fmt: skip
    """A recommendation (with its measures) or one measure was entered in error and counts no more."""
    check(by, "policy.correct")
    held(row, version)
    refuse_if([Problem(rules.BAD_REASON, field="reason")] if reason not in rules.ERROR_REASONS else [])
    if isinstance(row, Recommendation):
        for measure in queries.measures_in_force(row):
            correct.close(measure, "error", reason)
    correct.close(row, "error", reason)
    journal.enter(by=by, act="policy.correct", target=row, why=reason,
                  change={"words": words} if words else None)  # fmt: skip
    return row
