"""The acts of impact: figures leave the house as files, and the journal says who took which."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from prasan import journal
from prasan.access.check import check

from . import papers, queries
from .figures import Span

FORMATS = {
    "csv": ("text/csv; charset=utf-8", papers.csv_file),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", papers.workbook),
}


@transaction.atomic
def export_figures(*, by: Any, span: Span, form: str, at: datetime, today: date) -> tuple[str, bytes]:
    """All figures of a period, by year, and what was published: as CSV or workbook. Gives its media type and bytes."""
    check(by, "impact.export")
    media, write = FORMATS[form]
    told = papers.Export(
        span=span, at=at, today=today, figures=queries.figures_of(by, span, today),
        years=queries.headlines_by_year(by, today), contributions=queries.contributions(by, span, ["A1", "C1", "V4"]),
    )  # fmt: skip
    journal.enter(by=by, act="impact.export", target=f"impact.figures:{span.since or 'start'}:{span.until}:{form}")
    return media, write(told)
