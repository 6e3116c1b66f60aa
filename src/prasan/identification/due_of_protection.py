"""What waits in protection: a welfare round nobody made yet, and people not asked about staying."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.check import now
from prasan.cases.rules import overdue
from prasan.plain.dates import local_day
from prasan.web.panel import Due
from prasan.web.values import instant

from . import queries_of_protection as queries


def due(viewer: Any, today: date) -> list[Due]:
    """A line a case for the welfare round, a line a person for s.29 and for an early end to confirm; codes only."""
    at, lines = now(), []
    for case, missing, people, first in queries.rounds_due(viewer, at, today):
        href = reverse("identification:welfare-round", kwargs={"case": case.code})
        text = _("Welfare round: %(missing)s of %(people)s not seen today") % {"missing": missing, "people": people}
        lines.append(Due(first, text, href, overdue(first, today), case.code))
    for end in queries.ends_to_answer(viewer, today):
        href = reverse("identification:answer-end", kwargs={"case": end.case.code, "reflection": end.reflection_id})
        text = _("You are named as witness: confirm or refuse the early end of reflection of %(person)s")
        told_on = local_day(end.made_at)
        lines.append(Due(told_on, text % {"person": end.person.code}, href, overdue(told_on, today), end.case.code))
    for row, ends_at, over in queries.stays_due(viewer, at):
        href = reverse("identification:record-stay", kwargs={"case": row.case.code, "protection": row.pk})
        told = {"person": row.person.code, "end": instant(ends_at)}
        text = (_("%(person)s is kept on no basis since %(end)s: say that she or he may go, ask about staying") if over
                else _("Ask %(person)s about staying before %(end)s")) % told  # fmt: skip
        day = local_day(ends_at)
        lines.append(Due(day, text, href, "late" if over else overdue(day, today), row.case.code))
    return lines
