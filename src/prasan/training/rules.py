"""Training: the codes, and what is refused when a session and its attendance are written down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from prasan.plain.problem import Problem
from prasan.plain.text import normalise
from prasan.plain.words import gettext_noop as _

TOPICS = {
    "identification": _("Identifying victims"),
    "interviewing": _("Trauma-informed interviewing"),
    "investigation": _("Investigation and evidence"),
    "digital": _("Online and digital evidence"),
    "law": _("Law and prosecution"),
    "protection": _("Protection and care"),
    "compensation": _("Compensation for survivors"),
    "prevention": _("Prevention and awareness"),
    "safeguarding": _("Safeguarding and data protection"),
    "other": _("Other topic"),
}
SEXES = {"female": _("Female"), "male": _("Male"), "unknown": _("Another or not recorded")}
ERROR_REASONS = {
    "wrong_date": _("Wrong date"),
    "wrong_count": _("Wrong numbers"),
    "twice": _("Entered twice"),
    "other": _("Other error"),
}
LONGEST_HOURS = Decimal(400)
MOST_PEOPLE = 5000

NO_TITLE = _("Give the session a title.")
TOO_LONG = _("At most %(limit)s characters.")
NO_TOPIC = _("Choose a topic.")
FUTURE = _("This date lies in the future.")
TOO_EARLY = _("Dates before 1990 are taken for a slip.")
BAD_HOURS = _("Hours are more than 0 and at most %(limit)s.")
NOBODY = _("Enter at least one group that attended.")
NO_KIND = _("Group %(row)s: choose the kind of organisation.")
NO_COUNT = _("Group %(row)s: say how many attended.")
TOO_MANY = _("Group %(row)s: more than %(limit)s people in one session are taken for a slip.")
NEGATIVE = _("Group %(row)s: a count cannot be below zero.")
BAD_REASON = _("Choose the reason from the list.")


@dataclass(frozen=True)
class Group:
    """A line of attendance as it was entered: the kind of organisation, perhaps which, sex and number."""

    agency_kind: str
    sex: str
    count: int
    organisation: str = ""
    agency: Any = None


def session_problems(*, title: str, topic: str, on: date, hours: Decimal, today: date) -> Iterator[Problem]:
    """What is wrong with the session itself."""
    if not normalise(title):
        yield Problem(NO_TITLE, field="title")
    if len(title) > 160:
        yield Problem(TOO_LONG, field="title", params={"limit": 160})
    if topic not in TOPICS:
        yield Problem(NO_TOPIC, field="topic")
    if on > today:
        yield Problem(FUTURE, field="on")
    elif on.year < 1990:
        yield Problem(TOO_EARLY, field="on")
    if not 0 < hours <= LONGEST_HOURS:
        yield Problem(BAD_HOURS, field="hours", params={"limit": LONGEST_HOURS})


def group_problems(groups: Sequence[Group], *, kinds: Sequence[str] | frozenset[str]) -> Iterator[Problem]:
    """What is wrong with the attendance: no empty session, no group without kind or number."""
    if not groups:
        yield Problem(NOBODY)
    for row, group in enumerate(groups, start=1):
        if group.agency_kind not in kinds:
            yield Problem(NO_KIND, params={"row": row})
        if group.sex not in SEXES or group.count == 0:
            yield Problem(NO_COUNT, params={"row": row})
        elif group.count < 0:
            yield Problem(NEGATIVE, params={"row": row})
        elif group.count > MOST_PEOPLE:
            yield Problem(TOO_MANY, params={"row": row, "limit": MOST_PEOPLE})
