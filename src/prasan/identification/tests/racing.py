"""Four workers at once on a real instance: `python -m prasan.identification.tests.racing FOLDER`; prints what each got."""

import json
import os
import sys
import threading
from pathlib import Path

PEOPLE, WORKERS = 60, ("mali", "nok", "dao", "mali2")


def made(home: Path) -> None:
    """An instance as `prasan init` makes it, without an administrator."""
    os.environ |= {"PRASAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "prasan.conf.settings"}
    import django

    django.setup()
    from prasan.conf.operating import instance

    os.umask(0o077)
    instance.create("racing", instance.Choice("file", home.with_name("racing-key") / "instance.key"), "racing",
                    lambda _line: None)  # fmt: skip


def worker(world: object, event: object, name: str, got: dict[str, list[int]], entered: list[list[int]]) -> None:
    """Enter rows and take people until nobody waits, in a connection of its own."""
    from django.db import connection

    from prasan.access.scoping import viewing
    from prasan.identification.actions import intake, intake_screening
    from prasan.identification.tests.intakes import form, line
    from tests.cast import AT, TODAY

    staff, going = world.staff[name], True
    for _turn in range(5):
        with viewing(staff, AT):
            rows = intake.add_people(by=staff, intake=event, lines=[line(age=30)] * 3, at=AT)
        entered.append([row.number for row in rows])
    while going:
        with viewing(staff, AT):  # one request
            row = intake_screening.take_next(by=staff, intake=event, at=AT)
        going = row is not None
        if row is not None:
            got[name].append(row.number)
            with viewing(staff, AT):
                intake_screening.screen_person(by=staff, row=row, version=row.version, answers={"recruited": "no"},
                                               enters_nrm=False, form=form(), at=AT, today=TODAY)  # fmt: skip
    connection.close()


def main(home: Path) -> None:
    """Make the instance, start the workers together, print who got whom."""
    made(home)
    from prasan.access.models import DeskAccess
    from prasan.accounts.models import HeldDiscipline, Staff
    from prasan.identification.tests.intakes import line, opened
    from tests.cast import AT, TODAY, make_cast

    world = make_cast()
    second = Staff(username="mali2", name="Mali 2", agency=world.agencies["own"], language="en")
    second.set_unusable_password()
    second.save()
    HeldDiscipline.objects.create(staff=second, discipline="social_worker", since_on=TODAY)
    DeskAccess.objects.create(user=second, desk=world.desk)
    world.staff["mali2"] = second
    event = opened(world)
    from prasan.identification.actions import intake

    with world.acting("mali"):
        intake.add_people(by=world.mali, intake=event, lines=[line(age=30)] * PEOPLE, at=AT)
    got: dict[str, list[int]] = {name: [] for name in WORKERS}
    entered: list[list[int]] = []
    threads = [threading.Thread(target=worker, args=(world, event, name, got, entered)) for name in WORKERS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"got": got, "entered": entered}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
