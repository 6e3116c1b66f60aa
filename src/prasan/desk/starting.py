"""Where those begin whose work is not a case: figures, trainings, sealed files, colleagues."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.check import may
from prasan.plain.words import gettext_noop


@dataclass(frozen=True)
class Way:
    """One way in: for a discipline, by an act that must be allowed (none: open to all), with a word on what it is."""

    discipline: str
    act: str
    page: str
    title: str
    text: str


WAYS = (
    Way("report_reader", "impact.view", "impact:figures", gettext_noop("Figures"),
        gettext_noop("Every number with its definition, its period and the dated facts behind it.")),
    Way("report_reader", "identification.view_report", "identification:nrm-report", gettext_noop("NRM report"),
        gettext_noop("The provincial report of the national referral mechanism, made from the records of the month.")),
    Way("report_reader", "policy.view", "policy:official-figures", gettext_noop("Official figures"),
        gettext_noop("What governments and others have published, as it was printed.")),
    Way("trainer", "training.view", "training:list", gettext_noop("Training sessions"),
        gettext_noop("Who was trained, on what, and what they learned.")),
    Way("trainer", "training.record_session", "training:record-session", gettext_noop("Record a training session"),
        gettext_noop("Topic, place, who came, and the results before and after.")),
    Way("custodian", "desk.list_cases", "desk:cases", gettext_noop("Evidence"),
        gettext_noop("Sealed files lie with their case, each under a key of its own. You see those of the teams that "
                     "you are a member of; the coordinator of a case adds you.")),
    Way("administrator", "access.manage_staff", "desk:staff", gettext_noop("Staff"),
        gettext_noop("Invite colleagues, change their disciplines, help with a lost second factor.")),
    Way("administrator", "cases.view_orphans", "desk:orphans", gettext_noop("Cases that nobody leads"),
        gettext_noop("In codes only; two people hand one over.")),
)  # fmt: skip


def start_here(viewer: Any) -> list[dict[str, str]]:
    """The ways in of the viewer's disciplines, each once, without what the viewer may not do."""
    return [
        {"href": reverse(way.page), "title": _(way.title), "text": _(way.text)}
        for way in WAYS
        if way.discipline in viewer.disciplines and may(viewer, way.act)
    ]
