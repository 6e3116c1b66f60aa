"""What a person told already, to whom, and what stands against asking again. Words open on one page only."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from prasan import packs, vault
from prasan.access.check import Denied, check, may, now, partitions, partitions_of
from prasan.access.models import CaseAccess
from prasan.access.table import ACTS
from prasan.people.models import Person
from prasan.plain.birth import PartialDate
from prasan.plain.dates import local_day

from .models import Case, Interview, Participation, RunningClock
from .queries_of_time import blocked
from .rules import DEFENDANT_PARTS
from .rules.telling import BLOCKS, TOPICS


@dataclass(frozen=True)
class Told:
    """One earlier answer to a question. `answer` and `where` are "" where the viewer does not read that part."""

    answer: str
    on: date
    where: str
    case: str = ""
    interview: UUID | None = None


@dataclass(frozen=True)
class Tellings:
    """How often one person had to tell, to which bodies, how many times on something told before, and when last."""

    person: Person
    times: int
    repeats: int
    bodies: tuple[str, ...]
    last: datetime


@dataclass(frozen=True)
class Words:
    """What one interview keeps sealed."""

    told: str
    exception: str
    again_because: str


def _known(rows: Iterable[Interview], held: Callable[[Interview], frozenset[str]]) -> list[tuple[Interview, bool]]:
    """Each row with whether the viewer reads its part. Of the others day and topics are known, so that nobody asks
    again; what a person told a lawyer is not known at all."""
    read = [(row, row.partition in held(row)) for row in rows]
    return [(row, reads) for row, reads in read if reads or row.partition != "legal"]


def interviews(viewer: Any, case: Case, person: Person | None = None) -> list[tuple[Interview, bool]]:
    """The ledger of a case, or of one person in it, newest first, each with whether the viewer reads the part in
    which its words are kept. What was said stays sealed."""
    check(viewer, "cases.view_interviews", case)
    rows = Interview.objects.filter(case=case, closed_as="")
    if person is not None:
        rows = rows.filter(person=person)
    mine = partitions_of(viewer, case)
    return _known(rows.select_related("case", "person").order_by("-at", "-made_at")[:300], lambda _row: mine)


def tellings(rows: Iterable[tuple[Interview, bool]]) -> list[Tellings]:
    """The same, counted by person: who had to tell most often stands first. Bodies are those of the parts read."""
    by_person: dict[Any, list[tuple[Interview, bool]]] = defaultdict(list)
    for row, reads in rows:
        by_person[row.person_id].append((row, reads))
    counted = [
        Tellings(held[0][0].person, len(held), sum(row.repeats for row, _reads in held),
                 tuple(dict.fromkeys(row.body for row, reads in held if reads)), max(row.at for row, _reads in held))
        for held in by_person.values()
    ]  # fmt: skip
    return sorted(counted, key=lambda one: (-one.times, one.person.code))


def ledger_of(viewer: Any, person: Person, *, but: Interview | None = None) -> list[tuple[Interview, bool]]:
    """The same of a person in all cases whose ledger the viewer sees."""
    rows = Interview.objects.filter(person=person, closed_as="").select_related("case")
    found = [row for row in rows.order_by("-at", "-made_at") if but is None or row.pk != but.pk]
    access = CaseAccess.objects.filter(user_id=viewer.pk, case_id__in={r.case_id for r in found}, until__gt=now())
    held = {row.case_id: row.held for row in access}
    seen = ACTS["cases.view_interviews"].disciplines
    return _known((row for row in found if held.get(row.case_id, frozenset()) & seen),
                  lambda row: partitions(held[row.case_id]))  # fmt: skip


def told_on(viewer: Any, person: Person, *, but: Interview | None = None
            ) -> dict[str, list[tuple[Interview, bool]]]:  # fmt: skip
    """What was told already, by topic, in the order of the topics."""
    found: dict[str, list[tuple[Interview, bool]]] = {topic: [] for topic in TOPICS}
    for row, reads in ledger_of(viewer, person, but=but):
        for topic in row.topics:
            found.setdefault(topic, []).append((row, reads))
    return {topic: rows for topic, rows in found.items() if rows}


def told_before(viewer: Any, person: Person) -> dict[str, list[Told]]:
    """The questions of screening that interviews answered, by code, the newest answer first.

    That a question was answered is told to whoever sees the ledger, so that it is not asked again; the answer
    itself only to readers of the part in which the interview is kept.
    """
    found: dict[str, list[Told]] = defaultdict(list)
    for row, reads in ledger_of(viewer, person):
        for code, answer in row.answers.items():
            answer, body = (answer, row.body) if reads else ("", "")
            found[code].append(Told(answer, local_day(row.at), body, row.case.code, row.pk))
    return dict(found)


def reads(viewer: Any, row: Interview) -> bool:
    """Whether the viewer reads the part of the case in which the words of an interview are kept."""
    return row.partition in partitions_of(viewer, row.case_id)


def is_known(viewer: Any, row: Interview) -> bool:
    """Whether the viewer may know of an interview at all: what a person told a lawyer, its readers alone."""
    return bool(_known([row], lambda one: partitions_of(viewer, one.case_id)))


def words_of(viewer: Any, row: Interview, at: datetime, why: str = "interview") -> Words | None:
    """What was said, opened under one journal line; nothing for those who do not read that part."""
    check(viewer, "cases.view_interviews", row)
    if not reads(viewer, row):
        return None
    fields = [name for name in ("told", "exception", "again_because") if getattr(row, name) is not None]
    opened = vault.open_many([(row, name) for name in fields], by=viewer, why=why, at=at) if fields else []
    told = dict(zip(fields, opened, strict=True))
    return Words(*(told.get(name) or "" for name in ("told", "exception", "again_because")))


def standing_in_the_way(case: Case, person: Person, at: datetime, blocks: Iterable[str] = BLOCKS
                        ) -> list[RunningClock]:  # fmt: skip
    """The clocks that run for a person at an instant and forbid an interview or the invitation to one."""
    found = {row.pk: row for what in blocks for row in blocked(case, person, what, at)}
    return [row for row in found.values() if _begun(row, at)]


def _begun(row: RunningClock, at: datetime) -> bool:
    return row.start_at <= at if row.start_at is not None else row.start_on <= local_day(at)


def clock_name(row: RunningClock, lang: str) -> str:
    """The name of a running clock in a language; its code when the pack has lost it."""
    try:
        names = packs.clock_versions(row.clock)[-1].names
    except (KeyError, IndexError):
        return row.clock
    return names.get(lang) or names.get("en") or row.clock


def questions() -> dict[str, Any]:
    """The questions of screening that yes or no answers, by code; those asked at every meeting are left out."""
    rows = packs.rows("screening_question")
    return {row.code: row for row in rows if row.get("kind", "yes_no") == "yes_no" and not row.get("each_time")}


def takes_part(case: Case, person: Person) -> bool:
    return Participation.objects.filter(case=case, person=person, closed_as="").exists()


def is_defendant(case: Case, person: Person, on: date) -> bool:
    """Whether a person is suspected, accused or convicted in the case, on a day."""
    parts = Participation.objects.filter(case=case, person=person, closed_as="", part__in=DEFENDANT_PARTS)
    return any(part.until_on is None or part.until_on >= on for part in parts)


def is_child(viewer: Any, person: Person, on: date, case: Case | None = None) -> bool | None:
    """Not over 18 on a day (True), over 18 (False), not known or in dispute (None): treat None as a child.

    By the latest age assessment in force, else by the birth date. Where the open birth year does not decide it
    and a viewer who may open the person's identity is given, the sealed day of birth is opened and journalled.
    """
    found = person.is_child_in_procedure(on)
    if found is not None or viewer is None or person.birth_year is None or person.birth_day is None:
        return found
    if person.decided_age is not None or not may(viewer, "people.open_identity", case or person):
        return found
    try:
        (born,) = vault.open_many([(person, "birth_day")], by=viewer, why="interview", at=now())
    except Denied:
        return None
    if not born:
        return None
    birth = PartialDate(person.birth_year, born["month"], born["day"], person.birth_about)
    return person.is_child_in_procedure(on, birth)
