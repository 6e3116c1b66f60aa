"""The court speaks on a charge, and says what the punishment is."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal
from prasan.access.check import check
from prasan.cases.actions import timeline
from prasan.plain.problem import refuse_if

from .. import rules
from ..models import Charge, Sentence, Verdict
from . import periods, telling


def of_charge(charge: Charge, *, without: Verdict | None = None) -> list[Verdict]:
    """The verdicts in force, lowest court first."""
    rows = Verdict.objects.filter(charge=charge, closed_as="").exclude(pk=without.pk if without else None)
    return sorted(rows, key=lambda v: rules.ORDER_OF_COURTS.index(v.instance))


@transaction.atomic
def record_verdict(
    *, by: Any, charge: Charge, outcome: str, on: date, at: datetime, today: date, instance: str = "first",
    plea: str = "not_asked", final: bool = False, suspended: bool = False, contribution: str = "",
    red_number: str = "", id: Any = None, replaces: Verdict | None = None,
) -> Verdict:  # fmt: skip
    """The court has spoken on one charge against one defendant: the charge moves, the part follows, figures count."""
    act = "justice.record_verdict"
    check(by, act, charge)
    telling.may_replace(by, replaces)
    telling.inside(charge.case, act, replaces)
    others = of_charge(charge, without=replaces)
    place = rules.ORDER_OF_COURTS.index(instance)
    below = [v for v in others if rules.ORDER_OF_COURTS.index(v.instance) < place]
    stood = below[-1] if below else None
    refuse_if(rules.verdict_problems(
        instance=instance, outcome=outcome, suspended=suspended, contribution=contribution, on=on,
        status=_status_without(charge, replaces, stood), charged_on=charge.indicted_on or charge.charged_on,
        below_on=stood.on if stood else None, spoken=any(v.instance == instance for v in others), today=today,
    ))  # fmt: skip
    if replaces is not None:
        refuse_if(_blocked(replaces, outcome, others))
    verdict = Verdict(
        id=id or uuid4(), case=charge.case, charge=charge, instance=instance, outcome=outcome, basis=charge.basis,
        effect=rules.effect_of(outcome, stood.outcome if stood else ""), plea=plea, on=on, final=final,
        suspended=suspended, contribution=contribution if outcome == "guilty" else "", replaces=replaces,
        made_at=at, made_by=by,
    )  # fmt: skip
    _save(verdict, by=by, at=at, today=today)
    if verdict.effect == "reversed":
        overturned = telling.change([stood], overturned_by=verdict)
        telling.change(Sentence.objects.filter(verdict__in=overturned, closed_as=""))
    telling.tell(verdict)
    follow(charge, verdict, red_number=red_number)
    telling.settle_part(charge, by=by, on=on, at=at)
    periods.spoken(verdict, by=by, at=at)
    return verdict


def _save(verdict: Verdict, *, by: Any, at: datetime, today: date) -> None:
    """Write the row and its lines; when it corrects another, what lay on that one comes over."""
    charge, old = verdict.charge, verdict.replaces
    verdict.save(force_insert=True)
    journal.enter(by=by, act="justice.record_verdict", target=verdict, case=verdict.case_id)
    timeline.record(charge.case, "verdict", on=verdict.on, made_at=at, by=by, about=charge.accused.person,
                    target=verdict, partition="legal", outcome=verdict.outcome)  # fmt: skip
    if old is not None:
        telling.replace(by=by, old=old, new=verdict, at=at, today=today)
        lift(old)
        telling.change(Sentence.objects.filter(verdict=old, closed_as=""), verdict=verdict,
                       suspended=verdict.suspended)  # fmt: skip


def _status_without(charge: Charge, old: Verdict | None, stood: Verdict | None) -> str:
    """Where the charge stood before the verdict that is corrected now."""
    if old is None:
        return charge.status
    return rules.status_after(stood.outcome, stood.suspended) if stood else "in_trial"


def _blocked(old: Verdict, outcome: str, others: list[Verdict]) -> Any:
    """A correction may not pull the ground from under a higher verdict or a sentence."""
    place = rules.ORDER_OF_COURTS.index(old.instance)
    yield from rules.problem_if(
        any(rules.ORDER_OF_COURTS.index(v.instance) > place for v in others), rules.HIGHER_COURT_SPOKE
    )
    sentenced = Sentence.objects.filter(verdict=old, closed_as="").exists()
    yield from rules.problem_if(outcome != "guilty" and sentenced, rules.RESTS_ON_IT, "outcome")


def lift(verdict: Verdict) -> None:
    """A verdict left the count: what it overturned stands again."""
    standing = telling.change(Verdict.objects.filter(overturned_by=verdict), overturned_by=None)
    telling.change(Sentence.objects.filter(verdict__in=standing, closed_as=""))


def follow(charge: Charge, verdict: Verdict | None, *, red_number: str = "") -> None:
    """The status of a charge follows the last verdict; without one the trial goes on."""
    charge.status, charge.status_before = "in_trial", ""
    if verdict is not None:
        charge.status = "final" if verdict.final else rules.status_after(verdict.outcome, verdict.suspended)
        charge.status_on = verdict.on
    charge.red_number = red_number or charge.red_number
    charge.version += 1
    charge.save()


@transaction.atomic
def record_sentence(
    *, by: Any, verdict: Verdict, at: datetime, today: date, kind: str = "term", years: int = 0, months: int = 0,
    days: int = 0, fine: Decimal | None = None, suspended: bool | None = None, concurrent: bool = False,
    id: Any = None, replaces: Sentence | None = None,
) -> Sentence:  # fmt: skip
    """The punishment of one guilty verdict; that of a higher court takes the place of the one below."""
    act = "justice.record_sentence"
    check(by, act, verdict)
    telling.may_replace(by, replaces)
    telling.inside(verdict.case, act, replaces)
    held = verdict.suspended if suspended is None else suspended
    others = Sentence.objects.filter(closed_as="").exclude(pk=replaces.pk if replaces else None)
    refuse_if(rules.sentence_problems(
        kind=kind, years=years, months=months, days=days, fine=fine, suspended=held,
        verdict_suspended=verdict.suspended, guilty=verdict.outcome == "guilty",
        sentenced=others.filter(verdict=verdict).exists(),
    ))  # fmt: skip
    sentence = Sentence.objects.create(
        id=id or uuid4(), case=verdict.case, verdict=verdict, kind=kind, years=years, months=months, days=days,
        fine=fine, suspended=held, concurrent=concurrent, replaces=replaces,
        changed_by=replaces.changed_by if replaces else None, made_at=at, made_by=by,
    )  # fmt: skip
    journal.enter(by=by, act=act, target=sentence, case=verdict.case_id)
    timeline.record(verdict.case, "sentenced", on=verdict.on, made_at=at, by=by, target=sentence,
                    about=verdict.charge.accused.person, partition="legal")  # fmt: skip
    telling.replace(by=by, old=replaces, new=sentence, at=at, today=today)
    telling.tell(sentence)
    telling.change(_taken_over(sentence, replaces), changed_by=sentence)
    return sentence


def _taken_over(sentence: Sentence, replaces: Sentence | None) -> list[Sentence]:
    """The sentences of the courts below on the same charge that this one takes the place of."""
    if replaces is not None:
        return list(Sentence.objects.filter(changed_by=replaces, closed_as=""))
    place = rules.ORDER_OF_COURTS.index(sentence.verdict.instance)
    rows = Sentence.objects.filter(
        verdict__charge=sentence.verdict.charge, verdict__instance__in=rules.ORDER_OF_COURTS[:place],
        closed_as="", changed_by=None,
    )  # fmt: skip
    return list(rows.select_related("verdict"))
