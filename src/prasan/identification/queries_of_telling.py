"""What was already told, so that nobody is asked twice: earlier screenings and interviews, question by question."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from prasan import packs
from prasan.access.check import now
from prasan.access.models import CaseAccess
from prasan.access.table import ACTS
from prasan.cases import queries_of_telling
from prasan.packs.forms import Form, from_content

from .models import Screening
from .rules import COMPLETE
from .rules.forms import was_told


@dataclass(frozen=True)
class Told:
    """One earlier answer: where (body, discipline), in which case, on which day.

    `hidden`: an interview answered it in a part of the case that the viewer does not read.
    """

    answer: Any
    on: date
    body: str
    case: str
    discipline: str = ""
    agency: str = ""
    form: Form | None = None
    screening: UUID | None = None
    interview: UUID | None = None
    hidden: bool = False


def form_of(row: Screening) -> Form:
    """The form as it was asked; of screenings from before forms were kept, the complete list of signs."""
    return from_content(row.form.content) if row.form is not None else packs.forms()[COMPLETE]


def _screenings(viewer: Any, person: Any) -> list[Screening]:
    """Those in force in every case of the person in which the viewer reads identification."""
    rows = list(
        Screening.objects.filter(person=person, closed_as="")
        .select_related("case", "form", "made_by__agency").order_by("-on", "-made_at")
    )  # fmt: skip
    access = CaseAccess.objects.filter(user_id=viewer.pk, case_id__in={r.case_id for r in rows}, until__gt=now())
    may_read = {row.case_id for row in access if row.held & ACTS["identification.view"].disciplines}
    return [row for row in rows if row.case_id in may_read]


def told_before(viewer: Any, person: Any, *, but: Screening | None = None) -> dict[str, list[Told]]:
    """By question the earlier answers that the viewer may know of, newest first; `but` is one being corrected."""
    found: dict[str, list[Told]] = defaultdict(list)
    for row in _screenings(viewer, person):
        if but is not None and row.pk == but.pk:
            continue
        form = form_of(row)
        for code, answer in row.answers.items():
            if was_told(answer):
                agency = row.made_by.agency.name if row.made_by else ""
                found[code].append(
                    Told(answer, row.on, row.body, row.case.code, row.discipline, agency, form, row.pk)
                )
    for code, told in queries_of_telling.told_before(viewer, person).items():
        for one in told:
            if not one.answer or was_told(one.answer):
                found[code].append(Told(
                    one.answer, one.on, one.where, one.case, interview=one.interview, hidden=not one.answer,
                ))  # fmt: skip
    return {code: sorted(rows, key=lambda told: told.on, reverse=True) for code, rows in found.items()}
