"""What my day shows of attachments: suspected abuse of a child that nobody has reported yet."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.cases.queries import readable_partitions
from prasan.plain.dates import local_day
from prasan.web.panel import Due

from .models import AbuseRecord


def due(viewer: Any, today: date) -> list[Due]:
    """Late from the first hour on: the report needs neither certainty nor files."""
    found = AbuseRecord.objects.filter(reported_to="not_yet", closed_as="").select_related("case")
    rows = list(found.order_by("made_at")[:50])
    reads = readable_partitions(viewer, {row.case_id for row in rows})
    return [
        Due(
            on=local_day(row.made_at), text=_("Report the suspected abuse of a child"), tone="late",
            href=reverse("evidence:record-report", kwargs={"case": row.case.code, "record": row.pk}),
            case=row.case.code,
        )
        for row in rows
        if row.partition in reads.get(row.case_id, ())
    ]  # fmt: skip
