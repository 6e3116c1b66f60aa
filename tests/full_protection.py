"""For the matrix: protection, reflection, a welfare check and rights told, in a matter's case."""

from datetime import timedelta
from typing import Any

from prasan.access.scoping import viewing
from prasan.identification.actions import early_ends, protection, reflection, rights
from tests.cast import AT, TODAY, World


def protect(world: World, story: Any) -> None:
    """A person under protection and in reflection, seen once, told of two rights, whose wish waits for its witness."""
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
        early_ends.propose_early_end(by=mali, reflection=row, how="own_wish", on=TODAY, version=row.version, at=AT,
                                     today=TODAY, witness=world.ploy, words="อยากเล่าแล้ว", language="mya",
                                     understood="interpreter")  # fmt: skip
        reflection.record_check(by=mali, reflection=row, wellbeing="worried", needs=["phone"], words="เป็นห่วงน้องที่บ้าน",
                                on=TODAY, at=AT, today=TODAY)  # fmt: skip
        rights.tell_rights(by=mali, participation=part, rights=["compensation", "refuse"], on=TODAY, body="ngo",
                           language="mya", interpreter=True, understood="repeated", at=AT, today=TODAY)  # fmt: skip
