"""What waits for this member: decisions that a second discipline must join or return."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.cases.rules import overdue
from prasan.web.panel import Due

from . import due_of_field, due_of_protection, queries, queries_of_reviews
from .rules.reviews import ANSWER_WITHIN_DAYS as ANSWER_WITHIN_DAYS_OF_ASKING

ANSWER_WITHIN_DAYS = 3


def due(viewer: Any, today: date) -> list[Due]:
    """Proposals to answer within three days (our choice); codes only."""
    lines = []
    for row in queries.awaiting(viewer):
        by = row.on + timedelta(days=ANSWER_WITHIN_DAYS)
        href = reverse("identification:decision", kwargs={"case": row.case.code, "decision": row.pk})
        text = _("A decision on %(person)s waits for a second discipline") % {"person": row.person.code}
        lines.append(Due(by, text, href, overdue(by, today), row.case.code))
    for review in queries_of_reviews.waiting(viewer):
        by = review.on + timedelta(days=ANSWER_WITHIN_DAYS_OF_ASKING)
        href = reverse("identification:review", kwargs={"case": review.case.code, "review": review.pk})
        text = _("A review of the decision on %(person)s waits for an answer") % {"person": review.person.code}
        lines.append(Due(by, text, href, overdue(by, today), review.case.code))
    return [*lines, *due_of_protection.due(viewer, today), *due_of_field.due(viewer, today)]
