"""What of the kernel's own waits on my day: questions of other teams, and referrals that nobody answered."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.accounts.rules import DISCIPLINES
from prasan.people.rules import ATTACH_DAYS
from prasan.plain.dates import local_day
from prasan.web.clock import now
from prasan.web.panel import Due

from . import queries, queries_of_asking, rules


def due(viewer: Any, today: date) -> list[Due]:
    """Another team asks whether a person may be attached to its case; an agency is silent on a referral. Codes only."""
    lines = []
    for referral in queries.silent_referrals(viewer, today):
        told = {"code": referral.person.code, "agency": referral.agency.name}
        text = _("No answer yet on %(code)s from %(agency)s") % told
        href = referral.case.get_absolute_url()
        lines.append(Due(referral.answer_due_on, text, href, "late", referral.case.code))  # type: ignore[arg-type]
    for one in queries_of_asking.waiting_for(viewer, now()):
        row, until = one.row, local_day(one.row.made_at) + timedelta(days=ATTACH_DAYS - 1)
        agency = row.made_by.agency.name
        told = {"code": row.person.code, "discipline": _(DISCIPLINES[row.discipline]), "agency": agency}
        text = _("Asked for %(code)s in another case: %(discipline)s, %(agency)s") % told
        href = reverse("cases:answer-attach", kwargs={"case": one.case.code, "person": row.person.code, "ask": row.pk})
        tone = rules.overdue(until, today)
        lines.append(Due(until, text, href, "soon" if tone == "later" else tone, one.case.code))
    return lines
