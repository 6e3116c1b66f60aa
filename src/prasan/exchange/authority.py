"""What lets a coordinator write the court's and the carers' rows of a workbook that the team kept together.

The acts of the rooms ask for their own disciplines. While one batch is written, and only inside its
transaction, the importer counts in those disciplines on the cases of the batch in which they are members
already. Nobody else's connection ever sees it, the journal has the import's own line before it, and before the
transaction ends the access is again what the team rows say.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from prasan.access.models import CaseAccess
from prasan.access.system import system_read
from prasan.cases.actions import team

DISCIPLINES = ("investigator", "lawyer", "social_worker")


@contextmanager
def widened(by: Any, cases: set[UUID]) -> Iterator[None]:
    """Let the importer count as investigator, lawyer and social worker on these cases for one transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("Authority is widened inside the transaction of a batch only.")
    with system_read("import", line=False):
        rows = list(CaseAccess.objects.filter(user=by, case_id__in=cases))
        were = {row.pk: row.disciplines for row in rows}
        for row in rows:
            row.disciplines = " ".join(sorted({*row.held, *DISCIPLINES})) if row.held else ""
        CaseAccess.objects.bulk_update(rows, ["disciplines"])
    yield
    with system_read("import", line=False):
        for row in rows:
            row.disciplines = were[row.pk]
        CaseAccess.objects.bulk_update(rows, ["disciplines"])


def settle(persons: set[Any], at: datetime) -> None:
    """Acts that moved people's parts also wrote who may see them: write that again from the team rows."""
    for person in persons:
        team.refresh_person(person, at)
