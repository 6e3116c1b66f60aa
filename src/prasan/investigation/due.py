"""What my day shows of the investigation: operations that are near, or past without a result."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.cases.rules import overdue
from prasan.web.panel import Due

from . import queries


def due(viewer: Any, today: date) -> list[Due]:
    """A plan whose day is over wants its result; one that is near and unchecked says so."""
    lines = []
    for row in queries.planned(viewer, today):
        if row.planned_on < today:
            text = _("Record the result of operation %(code)s")
        elif not row.risk_checked:
            text = _("Operation %(code)s is planned; its risks are not checked")
        else:
            text = _("Operation %(code)s is planned")
        kwargs = {"case": row.case.code, "operation": row.pk}
        name = "record-operation" if row.planned_on < today else "operation"
        lines.append(
            Due(
                on=row.planned_on, text=text % {"code": row.code}, tone=overdue(row.planned_on, today),
                href=reverse(f"investigation:{name}", kwargs=kwargs), case=row.case.code,
            )
        )  # fmt: skip
    return lines
