"""What the tests of an intake begin with: an open intake of the hotline desk, its people, and answers."""

from prasan import packs
from prasan.access.system import system_read
from prasan.facts import ledger as kept
from prasan.facts.models import Fact
from prasan.identification import ledger
from prasan.identification.actions import intake, intake_moving, intake_screening
from prasan.identification.rules.intake_lines import read_line
from prasan.journal.models import Line
from prasan.vault.models import WrappedKey
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


def lines(act):
    return Line.objects.filter(act=act, outcome="done").count()


def facts_of(*kinds):
    return Fact.objects.filter(kind__in=kinds or ("person_screened",), superseded_at=None)


def agrees():
    with system_read("reconcile", line=False):
        mine = {"person_screened"}
        wrong = [told for told in kept.compare(ledger.facts()) if mine & set(told.split())]
    return wrong == [] and list(kept.tally_differences()) == []


def keys_of(row):
    return WrappedKey.objects.filter(owner_kind="intake", owner_id=str(row.pk)).count()


def moved(world, event, rows, case=None, by="mali"):
    with world.acting(by):
        return intake_moving.move_people(by=world.staff[by], intake=event, rows=rows, case=case or world.case, at=AT,
                                         today=TODAY)  # fmt: skip
