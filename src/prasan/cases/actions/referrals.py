"""A person is referred to another agency: only on a consent that stands, and an answer is expected."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from prasan import journal
from prasan.access.check import check
from prasan.access.held import held
from prasan.people.models import Consent
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.words import gettext_noop as _

from .. import rules
from ..models import Referral
from . import timeline

ANSWER_WITHIN_DAYS = 7
NO_CONSENT = _("There is no consent that covers sharing with this agency today: ask the person first.")


def consent_for(person: Any, agency: Any, on: date) -> Consent | None:
    """The consent on which something may go to this agency today, if any."""
    rows = Consent.objects.filter(person=person, purpose="sharing_with_agency", agency=agency)
    return next((c for c in rows.order_by("-given_on") if c.covers(on)), None)


@transaction.atomic
def refer_person(*, by: Any, case: Any, person: Any, agency: Any, reason: str, on: date, at: datetime,
                 today: date, id: Any = None) -> Referral:  # fmt: skip
    """Refer a person. Without a consent that stands today nothing leaves, on page and API alike."""
    check(by, "cases.refer_person", case)
    consent = consent_for(person, agency, today)
    refuse_if([
        *rules.day_problems(on, today, "on"),
        *([] if consent else [Problem(NO_CONSENT, field="agency")]),
    ])  # fmt: skip
    row: Referral = Referral.objects.create(
        id=id or uuid4(), case=case, person=person, agency=agency, consent=consent, reason=reason, on=on,
        answer_due_on=on + timedelta(days=ANSWER_WITHIN_DAYS), made_at=at, made_by=by,
    )  # fmt: skip
    journal.enter(by=by, act="cases.refer_person", target=row, case=case)
    timeline.record(case, "referred", on=on, made_at=at, by=by, about=person, target=row)
    return row


@transaction.atomic
def answer_referral(*, by: Any, referral: Referral, status: str, on: date, version: int, at: datetime,
                    today: date) -> Referral:  # fmt: skip
    """The other agency answered: accepted, rejected, done; not before it was asked, and not in the future."""
    check(by, "cases.answer_referral", referral)
    held(referral, version)
    refuse_if([
        *rules.day_problems(on, today, "on"),
        *([Problem(rules.ENDS_FIRST, field="on")] if on < referral.on else []),
    ])  # fmt: skip
    if status not in rules.REFERRAL_STATES[referral.status]:
        old, new = rules.REFERRAL_STATUSES[referral.status], rules.REFERRAL_STATUSES[status]
        refuse_if([Problem(rules.NOT_ALLOWED_MOVE, field="status", params={"old": old, "new": new})])
    referral.status, referral.answered_on, referral.version = status, on, referral.version + 1
    referral.save(update_fields=["status", "answered_on", "version"])
    journal.enter(by=by, act="cases.answer_referral", target=referral, case=referral.case)
    timeline.record(referral.case, "referral_answered", on=on, made_at=at, by=by, about=referral.person,
                    status=status, target=referral)  # fmt: skip
    return referral
