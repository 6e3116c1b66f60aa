"""The act that records an interview: a child is safeguarded, nobody tells twice without a reason, words sealed once."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext

from prasan import journal, packs, vault
from prasan.access.check import Denied, check, partitions_of
from prasan.access.opening import NOT_YOUR_PART
from prasan.plain.dates import local_day
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.text import normalise, normalise_lines
from prasan.web import values

from .. import queries_of_telling as queries
from ..models import Interview
from ..rules import PARTITIONS, telling
from . import correct, timeline

ACT = "cases.record_interview"


def clock_problems(case: Any, person: Any, moments: dict[datetime, tuple[str, ...]]) -> list[Problem]:
    """A sentence for each clock that runs at one of these moments and forbids what it is asked for."""
    found = (queries.standing_in_the_way(case, person, at, blocks) for at, blocks in moments.items())
    return [clock_problem(row) for row in {row.pk: row for rows in found for row in rows}.values()]


def clock_problem(row: Any) -> Problem:
    """The sentence that names a running clock and its end."""
    name = queries.clock_name(row, values.language())
    end = values.instant(row.end_at) if row.end_at else values.day(row.end_on)
    if not end:
        return Problem(telling.CLOCK_RUNS_ON, params={"clock": name})
    return Problem(telling.CLOCK_RUNS, params={"clock": name, "end": end})


def appointment_problems(*, case: Any, kind: str, about: Any, starts_at: datetime, at: datetime) -> list[Problem]:
    """An appointment for an interview is an invitation: to somebody, and none while a clock runs that blocks it."""
    if kind != "interview":
        return []
    if about is None:
        return [Problem(telling.NO_PERSON, field="about")]
    return clock_problems(case, about, {at: telling.BLOCKS, starts_at: telling.BLOCKS})


def repeated_topics(by: Any, person: Any, topics: list[str], but: Interview | None = None) -> list[str]:
    """Which of these topics the person told of already, as far as the member sees the ledger."""
    told = queries.told_on(by, person, but=but)
    return [topic for topic in topics if topic in told]


def record_interview(
    *, by: Any, case: Any, person: Any, held_at: datetime, body: str, purpose: str, topics: list[str], place: str,
    present: list[str], recording: str, at: datetime, until: datetime | None = None, agency: str = "",
    language: str = "", interpreter_free_of_conflict: bool | None = None, officer_agreed: bool | None = None,
    guardian: Any = None, guardian_suspected: bool | None = None, exception: str = "", again_because: str = "",
    told: str = "", answers: dict[str, str] | None = None, reported: bool = False, id: Any = None,
    replaces: Interview | None = None, today: date | None = None,
) -> Interview:  # fmt: skip
    """Who asked whom about what, when and with whom present; what was said is kept once, sealed, in its part.

    Refused: a child without the safeguards (unless the urgent exception is reasoned), a suspected guardian, the
    same topic again without a reason, and every interview that a running clock forbids. What another body held
    (`reported`) is kept all the same, with what was missing, so that nobody asks again.
    """
    check(by, ACT, case)
    present = [*present, *(["guardian"] if guardian is not None and "guardian" not in present else [])]
    texts = {"told": told, "exception": exception, "again_because": again_because}
    row = Interview(
        id=id or uuid4(), case=case, person=person, partition=telling.PARTITION_OF.get(purpose, "shared"), at=held_at,
        until=until, body=body, agency=normalise(agency)[:80], purpose=purpose, topics=topics, place=place,
        present=present, guardian=guardian, language=language, officer_agreed=officer_agreed, recording=recording,
        interpreter_free_of_conflict=interpreter_free_of_conflict if "interpreter" in present else None,
        answers=answers or {}, reported=reported, replaces=replaces, made_at=at, made_by=by,
    )  # fmt: skip
    if replaces is not None and not queries.reads(by, replaces):
        raise Denied(NOT_YOUR_PART, ACT)
    child = queries.is_child(by, person, local_day(held_at), case) is not False
    care = telling.is_care(purpose=purpose, topics=topics, body=body, answers=row.answers)
    lacks = [] if care or not child else telling.child_lacks(present=present, place=place, recording=recording)
    repeated = repeated_topics(by, person, topics, replaces)
    against = {
        "guardian": _guardian(row, guardian_suspected),
        "period": clock_problems(case, person, {held_at: telling.blocks(care=care, purpose=purpose, body=body)}),
    }
    refuse_if([
        *telling.code_problems(
            body=body, bodies=packs.codes("decider"), purpose=purpose, topics=topics, place=place, present=present,
            recording=recording, answers=row.answers, questions=queries.questions()),
        *telling.moment_problems(held_at=held_at, until=until, at=at), *telling.words_problems(**texts),
        *_problems(row, by, texts["told"]),
        *(_reported(row, by) if reported else _safeguards(row, lacks, texts, repeated, against)),
    ])  # fmt: skip
    row.missing = lacks + [code for code, found in against.items() if found]
    row.of_a_child, row.has_exception, row.repeats = child, bool(lacks) and not reported, bool(repeated)
    _seal(row, texts)
    return _keep(row, by=by, at=at, today=today or local_day(at))


def _guardian(row: Interview, suspected: bool | None) -> list[Problem]:
    """Why the guardian may not be there; of what was reported, nobody is asked what they cannot know."""
    defendant = row.guardian is not None and queries.is_defendant(row.case, row.guardian, local_day(row.at))
    suspected = bool(suspected) if row.reported else suspected
    return [*telling.guardian_problems(present=row.present, suspected=suspected, defendant=defendant)]


def _problems(row: Interview, by: Any, told: str) -> Iterator[Problem]:
    """What holds for every line of the ledger: people of the case, and words written by readers of their part."""
    people = [row.person, row.guardian] if row.guardian is not None else [row.person]
    yield from (Problem(telling.NOT_IN_CASE) for one in people if not queries.takes_part(row.case, one))
    if (told.strip() or row.answers) and row.partition not in partitions_of(by, row.case):
        partition = gettext(PARTITIONS[row.partition])
        yield Problem(telling.NOT_YOUR_WORDS, field="told", params={"partition": partition})


def _reported(row: Interview, by: Any) -> Iterator[Problem]:
    own = by.agency
    names = [normalise(name) for name in (own.name_en, own.name_th) if name]
    return telling.reported_problems(body=row.body, agency=row.agency, own_kind=own.kind, own_names=names)


def _safeguards(row: Interview, lacks: list[str], texts: dict[str, str], repeated: list[str],
                against: dict[str, list[Problem]]) -> list[Problem]:  # fmt: skip
    """What the safeguards say: of the child, the guardian, the interpreter, the clocks, and asking again."""
    return [
        *telling.safeguard_problems(lacks=lacks, present=row.present, exception=texts["exception"]),
        *against["guardian"], *against["period"],
        *telling.interpreter_problems(present=row.present, free_of_conflict=row.interpreter_free_of_conflict),
        *telling.again_problems(repeated=[gettext(telling.TOPICS[t]) for t in repeated],
                                again_because=texts["again_because"]),
    ]  # fmt: skip


def _seal(row: Interview, texts: dict[str, str]) -> None:
    """Seal the words. A reason is kept only where one was needed."""
    needed = {"told": True, "exception": row.has_exception, "again_because": row.repeats}
    sealed = {name: normalise_lines(text) for name, text in texts.items() if needed[name] and text.strip()}
    if sealed:
        vault.seal(row, **sealed)


@transaction.atomic
def _keep(row: Interview, *, by: Any, at: datetime, today: date) -> Interview:
    """Save with its line. What was read before (a day of birth may have been opened) has its own lines already."""
    row.save(force_insert=True)
    journal.enter(by=by, act=ACT, target=row, case=row.case)
    timeline.record(row.case, "interviewed", on=local_day(row.at), at=row.at, made_at=at, by=by, about=row.person,
                    partition=row.partition, target=row)  # fmt: skip
    if row.replaces is not None:
        correct.supersede(by=by, old=row.replaces, new=row, at=at, today=today)
    return row
