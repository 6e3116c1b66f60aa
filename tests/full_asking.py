"""For the matrix: another team asks for the first survivor of each matter."""

from datetime import date
from typing import Any

from prasan.access.scoping import viewing
from prasan.access.system import system_read
from prasan.cases.actions import asking, matters
from prasan.people import queries
from prasan.people.models import AttachRequest
from tests.cast import AT, TODAY, World


def ask_for(world: World, stories: list[Any]) -> dict[str, Any]:
    """The questions by case: `asks[case id]`."""
    mali, somchai = world.mali, world.somchai
    persons = [story.survivors[0].person for story in stories]
    with viewing(mali, AT):
        names = [text for _name, text in queries.names_of(mali, persons[0], "duplicate", AT)]
    with viewing(somchai, AT):
        theirs = matters.open_case(by=somchai, title="Other team", forms=["unknown"], mode="unknown",
                                   province="TH-43", opened_on=date(2026, 10, 1), at=AT, today=TODAY,
                                   discipline="social_worker")  # fmt: skip
        asking.ask_attach(by=somchai, case=theirs, names=names, reason="same_person", part="victim", since_on=TODAY,
                          at=AT, today=TODAY)  # fmt: skip
    with system_read("verify", line=False):
        rows = {row.person_id: row.pk for row in AttachRequest.objects.all()}
    return {"asking": theirs, "asks": {story.case.pk: rows[person.pk] for story, person in zip(stories, persons, strict=True)}}
