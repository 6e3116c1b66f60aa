"""What of the kernel's own waits on my day: questions of other teams about a person of mine."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.accounts.rules import DISCIPLINES
from prasan.people.rules import ATTACH_DAYS
from prasan.plain.dates import local_day
from prasan.web.clock import now
from prasan.web.panel import Due

from . import queries_of_asking, rules


def due(viewer: Any, today: date) -> list[Due]:
    """Another team asks whether a person may be attached to its case: codes, discipline and agency only."""
    lines = []
    for one in queries_of_asking.waiting_for(viewer, now()):
        row, until = one.row, local_day(one.row.made_at) + timedelta(days=ATTACH_DAYS - 1)
        agency = row.made_by.agency.name
        told = {"code": row.person.code, "discipline": _(DISCIPLINES[row.discipline]), "agency": agency}
        text = _("Asked for %(code)s in another case: %(discipline)s, %(agency)s") % told
        href = reverse("cases:answer-attach", kwargs={"case": one.case.code, "person": row.person.code, "ask": row.pk})
        tone = rules.overdue(until, today)
        lines.append(Due(until, text, href, "soon" if tone == "later" else tone, one.case.code))
    return lines
