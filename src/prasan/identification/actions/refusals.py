"""An adult said no: counted without a name, a code or a case. And the card that is handed over."""

from datetime import date, time
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal
from prasan.access.check import check
from prasan.plain.dates import instant
from prasan.plain.problem import refuse_if

from .. import rules
from ..models import Refusal
from ..rules import protection as rules_of

ACT, PRINT = "identification.record_refusal", "identification.print_paper"


@transaction.atomic
def count_refusal(
    *, by: Any, on: date, adult: str, place: str, sex: str, refused: str, today: date, province: str = "",
    situation: str = "", language: str = "", card_given: bool = False,
) -> Refusal:  # fmt: skip
    """One more. The journal's line leads to no row."""
    check(by, ACT)
    row = keep_count(on=on, adult=adult, place=place, sex=sex, refused=refused, today=today, province=province,
                     situation=situation, language=language, card_given=card_given, by=by)  # fmt: skip
    journal.enter(by=by, act=ACT)
    return row


def keep_count(
    *, on: date, adult: str, place: str, sex: str, refused: str, today: date, province: str = "", situation: str = "",
    language: str = "", card_given: bool = False, by: Any = None,
) -> Refusal:  # fmt: skip
    """The count itself, inside the caller's act and under its line. The row keeps no hour: nobody is found by it.

    A refusal at an intake names neither the intake nor a language nor who took it down: by these, and by the line
    of the person beside it, it would lead back to one of few."""
    refuse_if(rules_of.refusal_problems(
        on=on, adult=adult, province=province, place=place, places=rules.PLACES, situation=situation, sex=sex,
        refused=refused, today=today))  # fmt: skip
    return Refusal.objects.create(
        id=uuid4(), on=on, province=province, place=place, situation=situation, sex=sex, language=language,
        refused=refused, card_given=card_given, made_at=instant(on, time()), made_by=by,
    )  # fmt: skip


@transaction.atomic
def count_paper(*, by: Any) -> None:
    """A paper without anybody's data was printed: a line, and nothing about whom it was for."""
    check(by, PRINT)
    journal.enter(by=by, act=PRINT)
