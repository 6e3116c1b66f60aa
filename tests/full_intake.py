"""An intake of many people for the matrix: one who waits, one who was screened, one in a case."""

from typing import Any

from prasan import packs
from prasan.identification.actions import intake, intake_screening
from prasan.identification.rules.intake_lines import read_line
from tests.cast import AT, TODAY, World


def many_at_once(world: World, desk: Any) -> dict[str, Any]:
    """The intake by its code, and the person who waits as the entry that addresses name."""
    mali = world.mali
    told = [{"name": "แพรว รออยู่", "age": "30", "sex": "f", "nationality": "Thai"}, {"name": "ดวงใจ", "age": "adult"},
            {"age": "9", "sex": "m", "nationality": "Lao", "language": "Lao"}]  # fmt: skip
    with world.acting("mali"):
        event = intake.open_intake(by=mali, desk=desk, on=TODAY, place="immigration", situation="other", at=AT,
                                   today=TODAY, province="TH-27", expected=40)  # fmt: skip
        lines = [read_line(cells)[0] for cells in told]
        people = intake.add_people(by=mali, intake=event, lines=lines, at=AT)
        child = intake_screening.take(by=mali, row=people[2], at=AT)
        intake_screening.screen_person(
            by=mali, row=child, version=child.version, form=packs.forms()["first_contact_child"], at=AT, today=TODAY,
            answers={"recruited": "yes"}, enters_nrm=True)  # fmt: skip
    return {"intake": event.code, "entry": people[0].pk, "event": event, "screened": child}
