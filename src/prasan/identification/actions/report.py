"""The acts of the provincial report: the typed parts are written, and the report leaves the house as a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction

from prasan import journal, packs
from prasan.access.allow import Changed
from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import correct
from prasan.plain.problem import refuse_if
from prasan.plain.text import normalise_lines

from .. import papers_of_report as papers
from .. import queries_of_report as queries
from ..models import NrmReport
from ..rules import report as rules
from ..rules.report import Period

FIELDS = ("group", "has_plan", *rules.MONEY, *rules.COUNTS, *rules.WORDS)


@transaction.atomic
def write_report(
    *, by: Any, province: str, period: Period, version: int, at: datetime, id: Any = None, **told: Any
) -> NrmReport:  # fmt: skip
    """Write the typed parts of a province's report anew; what stood there is kept as superseded.

    `version` is that of the row the writer saw, 0 when there was none: two writers do not overwrite each other.
    """
    check(by, "identification.write_report")
    told = {name: told.get(name) for name in FIELDS}
    told |= {name: normalise_lines(told[name] or "") for name in rules.WORDS}
    refuse_if(rules.part_problems(province, packs.codes("province"), told))
    old = queries.typed(by, period, province)
    if old:
        correct.close(held(old, version), "superseded", "other")
    elif version:
        raise Changed
    row = NrmReport(
        id=id or uuid4(), province=province, since=period.since, until=period.until, replaces=old,
        version=version + 1, made_at=at, made_by=by, **told | {"group": told["group"] or ""},
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Changed from None
    journal.enter(by=by, act="identification.write_report", target=row)
    return row


FORMATS: Mapping[str, tuple[str, Any]] = {"pdf": papers.PDF, "xlsx": papers.XLSX, "csv": papers.CSV}


@transaction.atomic
def take_report(*, by: Any, period: Period, province: str, form: str, at: datetime) -> tuple[str, bytes]:
    """The report as a file, with its media type; the journal says who took which."""
    check(by, "identification.view_report")
    media, write = FORMATS[form]
    told = queries.report(by, period, province, months=True)
    journal.enter(
        by=by, act="identification.view_report",
        target=f"identification.nrm_report:{province or 'all'}:{period.code}:{form}",
    )  # fmt: skip
    return media, write(told, at)
