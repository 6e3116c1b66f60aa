"""A record of the court was entered in error: what it changed around it is put back in the same act."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import correct
from prasan.plain.problem import refuse_if

from .. import rules
from ..models import Charge, Order, Payment, Sentence, Verdict
from . import money, periods, telling, verdicts


@transaction.atomic
def enter_in_error(*, by: Any, row: Any, reason: str, version: int, at: datetime, today: date, words: str = "",
                   act: str = telling.CORRECT) -> Any:  # fmt: skip
    """Take a charge, verdict, sentence, order or payment out of the count. What rests on it goes first; a
    verdict in error gives the charge, the parts and the overturned verdicts back as they stood."""
    check(by, act, row)
    held(row, version)
    refuse_if(rules.problem_if(_rested_on(row), rules.RESTS_ON_IT))
    correct.enter_in_error(by=by, row=row, act=act, reason=reason, version=version, at=at, today=today, words=words)
    if isinstance(row, Verdict):
        verdicts.lift(row)
        standing = verdicts.of_charge(row.charge)
        verdicts.follow(row.charge, standing[-1] if standing else None)
        telling.settle_part(row.charge, by=by, on=today, at=at)
    elif isinstance(row, Sentence):
        telling.change(Sentence.objects.filter(changed_by=row, closed_as=""), changed_by=None)
    elif isinstance(row, Payment):
        periods.settle(row.order, by=by, at=at)
    return row


def _rested_on(row: Any) -> bool:
    """Whether a record in force rests on this one."""
    if isinstance(row, Charge):
        return Verdict.objects.filter(charge=row, closed_as="").exists()
    if isinstance(row, Verdict):
        later = [v for v in verdicts.of_charge(row.charge, without=row) if _above(v, row)]
        return bool(later) or Sentence.objects.filter(verdict=row, closed_as="").exists()
    if isinstance(row, Order):
        return Payment.objects.filter(order=row, closed_as="").exists()
    if isinstance(row, Payment) and row.kind == "collected":
        rest = money.beside(row)
        return bool(rest) and any(money.balance(row.order, rest))
    return False


def _above(one: Verdict, other: Verdict) -> bool:
    return rules.ORDER_OF_COURTS.index(one.instance) > rules.ORDER_OF_COURTS.index(other.instance)
