"""What holds for every correction of a record of identification, whatever the record is."""

from typing import Any

from prasan.access.check import check
from prasan.people.models import Person
from prasan.people.rules import correction_problems
from prasan.plain.problem import refuse_if

ACT = "identification.correct"


def corrects(by: Any, old: Any, person: Person) -> None:
    """Whoever corrects `old` may correct, and the correction is about the same person; None corrects nothing."""
    if old is None:
        return
    check(by, ACT, old)
    refuse_if(correction_problems(old, person))
