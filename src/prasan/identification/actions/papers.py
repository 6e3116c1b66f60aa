"""Papers that leave the system are written down: what was printed, from which row, by whom."""

from datetime import date
from typing import Any

from django.db import transaction

from prasan import journal
from prasan.access.check import check

from .. import notices, papers
from ..models import Screening


@transaction.atomic
def print_screening(*, by: Any, screening: Screening, on: date) -> bytes:
    """One screening on paper for the file of its case; the journal says that it was printed."""
    check(by, "identification.view", screening)
    journal.enter(by=by, act="identification.view", target=screening, case=screening.case_id, why="printed")
    return papers.screening_summary(screening, on=on)


@transaction.atomic
def print_rights(*, by: Any, case: Any, person: Any, rights: list[str], on: date) -> bytes:
    """The notice of rights with the code of one person; the journal says for whom it was printed."""
    check(by, "identification.tell_right", case)
    journal.enter(by=by, act="identification.view", target=person, case=case, why="printed")
    return papers.rights_notice(notices.rights_texts(rights), on=on, person=person.code)
