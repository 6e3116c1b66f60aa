"""What the tests of an intake begin with: an open intake of the hotline desk, its people, and answers."""

from datetime import date

from prasan import packs
from prasan.identification.actions import intake, intake_screening
from prasan.identification.rules.intake_lines import Line, read_line
from tests.cast import AT, TODAY

SECRET = "สมศรี ลับสุดยอด"


def opened(world, **told):
    """An intake of today."""
    told = {"on": TODAY, "place": "immigration", "situation": "other", "province": "TH-27", **told}
    with world.acting("mali"):
        return intake.open_intake(by=world.mali, desk=world.desk, at=AT, today=TODAY, **told)


def line(**cells):
    """One line as a tablet tells it."""
    told, problems = read_line({name: str(value) for name, value in cells.items()})
    assert problems == []
    return told


def entered(world, event, *lines):
    """People of the event; without lines an adult and a child."""
    lines = lines or (line(name=SECRET, sex="f", age=30, nationality="Thai", language="Thai"),
                      line(name="เด็กชายลับ", sex="m", age=12, nationality="MMR", language="mya"))
    with world.acting("mali"):
        return intake.add_people(by=world.mali, intake=event, lines=list(lines), at=AT)


def form(code="first_contact_adult"):
    return packs.forms()[code]


def screened(world, row, by="mali", **told):
    """Taken and screened: recruited, enters the mechanism."""
    staff = world.staff[by]
    with world.acting(by):
        row = intake_screening.take(by=staff, row=row, at=AT)
        asked = form("first_contact_adult" if row.is_child is False else "first_contact_child")
        told = {"answers": {"recruited": "yes"}, "enters_nrm": True, "form": asked, **told}
        return intake_screening.screen_person(by=staff, row=row, version=row.version, at=AT, today=TODAY, **told)


__all__ = ["SECRET", "Line", "date", "entered", "form", "line", "opened", "screened"]
