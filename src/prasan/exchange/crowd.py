"""Many new people of one batch in one go: the same rows, access and journal lines as the act writes one by one.

`cases.actions.persons.add_person` takes about forty queries a person; a hundred people here take about as many
together. A test holds the two ways against each other, row by row and line by line.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import models

from prasan import vault
from prasan.access.check import check
from prasan.access.models import FOREVER, CaseAccess, PersonAccess
from prasan.access.system import system_read
from prasan.cases import rules as case_rules
from prasan.cases.actions import clocks
from prasan.cases.actions.persons import rights_clock
from prasan.cases.models import Event, Note, Participation, RunningClock
from prasan.people.index import forms_of
from prasan.people.models import Contact, Identifier, Name, NameIndexVersion, Person
from prasan.plain.refs import new_code
from prasan.plain.text import normalise, normalise_lines

from .chaining import Told, enter_many
from .rows import Row
from .sheets import persons as sheet
from .sheets.pen import Pen

KINDS: tuple[Any, ...] = (Person, Name, Participation, Event, Contact, Identifier, Note, RunningClock)


@dataclass
class Crowd:
    """What is to be written for a batch: rows by their model, and the journal lines in order."""

    pen: Pen
    rows: dict[Any, list[Any]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    lines: list[Told] = field(default_factory=list)

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def line(self, act: str, target: Any, case: Any) -> None:
        self.lines.append((act, f"{target._meta.label_lower}:{target.pk}", case))

    def made(self) -> dict[str, Any]:
        return {"id": uuid4(), "made_at": self.pen.at, "made_by": self.pen.by}


def add_people(rows: list[Row], pen: Pen) -> list[Person] | None:
    """Register these people and add each to a case. None when the rules refuse one of them: then the act itself
    shall say so, row by row. Raises Denied as the act would."""
    cases = [pen.case(row) for row in rows]
    for case in {case.pk: case for case in cases}.values():
        check(pen.by, "cases.add_person", case)
    if any(_problems(row, pen) for row in rows):
        return None
    people = [_person(row, code, pen) for row, code in zip(rows, _codes(len(rows)), strict=True)]
    for person in people:
        vault.new_key(person.sealed_by(), pen.at)
    ciphers, crowd = vault.ciphers({person.sealed_by() for person in people}), Crowd(pen)
    for row, case, person in zip(rows, cases, people, strict=True):
        _gather(row, case, person, ciphers[person.sealed_by()], crowd)
    for kind in KINDS:
        kind._base_manager.bulk_create(crowd.rows[kind])
    _let_in(crowd.rows[Participation], pen)
    enter_many(pen.by, crowd.lines)
    NameIndexVersion.objects.get_or_create(pk=1)
    NameIndexVersion.objects.filter(pk=1).update(version=models.F("version") + 1)
    return people


def _problems(row: Row, pen: Pen) -> bool:
    return any(True for _problem in sheet.own_problems(row, pen.today)) or any(
        True for _problem in case_rules.day_problems(row.get("since_on"), pen.today, "since_on")
    )


def _codes(count: int) -> list[str]:
    """New codes, none of them in use."""
    found: set[str] = set()
    while len(found) < count:
        drawn = {new_code("P", length=7) for _ in range(count - len(found))}
        taken = Person._base_manager.filter(code__in=drawn).values_list("code", flat=True)
        found |= drawn - set(taken)
    return sorted(found, key=lambda code: code[::-1])


def _person(row: Row, code: str, pen: Pen) -> Person:
    birth = row.get("birth")
    return Person(
        id=uuid4(), code=code, gender=row.get("gender"), made_at=pen.at, made_by=pen.by,
        birth_year=birth.year if birth else None, birth_about=bool(birth and birth.about), **sheet.details(row),
    )  # fmt: skip


def seal(cipher: Any, row: Any, **values: Any) -> Any:
    """What `vault.seal` does, with a cipher at hand instead of one looked up a value."""
    for name, value in values.items():
        if value is None or value == "":
            setattr(row, name, None)
            continue
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        setattr(row, name, cipher.encrypt(plain, vault.associated_data(row, name)))
    return row


def _gather(row: Row, case: Any, person: Person, cipher: Any, crowd: Crowd) -> None:
    """Everything of one person, in the order of the acts."""
    birth = row.get("birth")
    day = {"month": birth.month, "day": birth.day} if birth and birth.month else None
    seal(cipher, person, birth_day=day, wishes=normalise(row.get("wishes", "")),
         safety=normalise(row.get("safety", "")))  # fmt: skip
    crowd.add(person)
    for kind, text in sheet.names_of(row):
        name = Name(**crowd.made(), person=person, kind=kind)
        crowd.add(seal(cipher, name, value=forms_of(text)))
    crowd.line("people.register_person", person, case)
    part = crowd.add(Participation(
        **crowd.made(), case=case, person=person, part=row.get("part"), since_on=row.get("since_on"),
        is_official=row.get("is_official", False),
    ))  # fmt: skip
    crowd.line("cases.add_person", part, case)
    crowd.add(Event(
        **crowd.made(), case=case, kind="person_added", on=part.since_on, about=person, partition="shared",
        params={"part": part.part, "person": person.code},
    ))  # fmt: skip
    told = clocks.drawn(by=crowd.pen.by, at=crowd.pen.at, **rights_clock(part)) if part.is_survivor else None
    if told is not None:
        crowd.line("cases.begin_clock", crowd.add(told), case)
    for column, kind in sheet.CONTACTS:
        if row.get(column):
            contact = Contact(**crowd.made(), person=person, kind=kind)
            crowd.add(seal(cipher, contact, value=normalise(row.get(column)), safe_times="", do_not_say=""))
            crowd.line("people.add_contact", contact, None)
    if row.get("identity_number"):
        number = sheet.clean_number(row.get("identity_number"))
        identifier = Identifier(**crowd.made(), person=person, kind=sheet.DOCUMENT, country="",
                                token=vault.token(f"identifier:{sheet.DOCUMENT}", number))  # fmt: skip
        crowd.add(seal(cipher, identifier, value=number))
        crowd.line("people.add_identifier", identifier, None)
    if words := sheet.note_of(row):
        note = Note(**crowd.made(), case=case, partition="shared", about=person)
        crowd.add(seal(cipher, note, sealed_text=normalise_lines(words)))
        crowd.line("cases.add_note", note, case)


def _let_in(parts: list[Participation], pen: Pen) -> None:
    """Who may see these people: everybody on the team of their case, in the disciplines held there."""
    with system_read("team_change", line=False):
        PersonAccess.objects.bulk_create(_access(parts, pen))


def _access(parts: list[Participation], pen: Pen) -> Iterator[PersonAccess]:
    teams: dict[Any, list[CaseAccess]] = {}
    for row in CaseAccess.objects.filter(case_id__in={part.case_id for part in parts}):
        teams.setdefault(row.case_id, []).append(row)
    for part in parts:
        for row in teams.get(part.case_id, ()):
            held = " ".join(sorted(row.held)) if row.until > pen.at else ""
            yield PersonAccess(
                user_id=row.user_id, person_id=part.person_id, disciplines=held, until=FOREVER if held else pen.at
            )
