"""For the matrix: protection, reflection, a welfare check and rights told, in a matter's case."""

from datetime import timedelta
from typing import Any

from prasan.access.scoping import viewing
from prasan.identification.actions import protection, reflection, rights
from tests.cast import AT, TODAY, World


def protect(world: World, story: Any) -> None:
    """A person under protection and in reflection, seen once, told of two rights; a refusal is a count alone."""
    mali, part = world.mali, story.survivors[0]
    with viewing(mali, AT):
        protection.take_under_protection(
            by=mali, participation=part, since=AT - timedelta(hours=2), place="family_home", body="police", at=AT,
            today=TODAY,
        )  # fmt: skip
        reflection.let_run_out(story.case, by=mali, at=AT)
        row = reflection.open_reflection(story.case, part.person) or reflection.begin_reflection(
            by=mali, participation=part, on=TODAY - timedelta(days=1), at=AT, today=TODAY
        )
        reflection.record_check(by=mali, reflection=row, wellbeing="worried", needs=["phone"], words="เป็นห่วงน้องที่บ้าน",
                                on=TODAY, at=AT, today=TODAY)  # fmt: skip
        rights.tell_rights(by=mali, participation=part, rights=["compensation", "refuse"], on=TODAY, body="ngo",
                           language="mya", interpreter=True, understood="repeated", at=AT, today=TODAY)  # fmt: skip
