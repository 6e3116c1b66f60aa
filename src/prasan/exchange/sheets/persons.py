"""The sheets People and Parts: registered under a code with everything sealed, and their parts in cases."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from prasan import vault
from prasan.cases import rules as case_rules
from prasan.cases.actions import persons, work
from prasan.cases.models import Note, Participation
from prasan.people import actions
from prasan.people import rules as people_rules
from prasan.people.models import Contact, Identifier, Name, Person
from prasan.plain.birth import PartialDate
from prasan.plain.problem import Problem
from prasan.plain.text import normalise

from .. import codes, rules
from ..known import Known
from ..rows import Row
from .pen import Pen, Work

CONTACTS = (("phone", "phone"), ("home_phone", "phone"), ("email", "email"))
DOCUMENT = "document"


def clean_number(text: str) -> str:
    """A document number as it is compared."""
    return normalise(text).replace("-", "").replace(" ", "").upper()


def names_of(row: Row) -> list[tuple[str, str]]:
    """The names of a row with their kinds; first, middle and family name are one name."""
    told = " ".join(filter(None, (row.get(n) for n in ("first_name", "middle_name", "family_name"))))
    found = [("original", row.get("full_name", "")), ("original", told),
             ("romanised", row.get("romanised_name", "")), ("nickname", row.get("nickname", ""))]  # fmt: skip
    return list(dict.fromkeys((kind, normalise(text)) for kind, text in found if normalise(text)))


def note_of(row: Row) -> str:
    """What the row tells in fields that have no place of their own here: one line a field, in both languages."""
    lines = []
    for column in row.sheet.columns:
        value = row.get(column.code)
        if not column.note or value is None:
            continue
        told = value if isinstance(value, list) else [value]
        words = [
            codes.chosen(codes.label(column.list, v, "en"), codes.label(column.list, v, "th"))
            if column.list
            else str(v)
            for v in told
        ]
        lines.append(f"{codes.chosen(column.en, column.th)}: {'; '.join(words)}")
    return "\n".join(lines)


def details(row: Row) -> dict[str, Any]:
    """The open columns of a person as the row tells them."""
    languages = [*row.get("languages", []), row.get("second_language")]
    return {
        "citizenships": row.get("citizenships", []),
        "languages": list(dict.fromkeys(filter(None, languages))),
        "interpreter": row.get("interpreter", False),
        "sex": row.get("sex", ""),
    }


def own_problems(row: Row, today: date) -> Iterator[Problem]:
    """What is wrong with the person, by the rules of people, under the names of our columns."""
    where = {"name": "full_name"}
    found = people_rules.problems(
        names=names_of(row), name_unknown=row.get("name_unknown", False), gender=row.get("gender"),
        birth=row.get("birth"), today=today,
    )  # fmt: skip
    for problem in found:
        yield Problem(problem.message, where.get(problem.field, problem.field), problem.params)


def _problems(row: Row, known: Known) -> Iterator[Problem]:
    yield from own_problems(row, known.today)
    yield from case_rules.day_problems(row.get("since_on"), known.today, "since_on")
    case, problems = known.find("cases", row, "case_ref")
    yield from problems
    if not problems:
        known.parts[case, row.reference] = {row.get("part")}


def _write(row: Row, pen: Pen) -> Person:
    case = pen.case(row)
    part = persons.add_person(
        **pen.acting(), case=case, part=row.get("part"), since_on=row.get("since_on"),
        is_official=row.get("is_official", False), names=names_of(row), gender=row.get("gender"),
        name_unknown=row.get("name_unknown", False), birth=row.get("birth"), wishes=row.get("wishes", ""),
        safety=row.get("safety", ""), **details(row),
    )  # fmt: skip
    person: Person = part.person
    for column, kind in CONTACTS:
        if row.get(column):
            actions.add_contact(by=pen.by, person=person, kind=kind, value=row.get(column), safe_times="",
                                do_not_say="", at=pen.at)  # fmt: skip
    if row.get("identity_number"):
        _add_number(row, person, pen)
    if note := note_of(row):
        work.add_note(by=pen.by, case=case, partition="shared", text=note, at=pen.at, about=person)
    return person


def _add_number(row: Row, person: Person, pen: Pen) -> None:
    actions.add_identifier(
        by=pen.by, person=person, kind=DOCUMENT, country="", value=row.get("identity_number"), at=pen.at
    )


def _change_problems(row: Row, person: Person, known: Known) -> Iterator[Problem]:
    yield from own_problems(row, known.today)
    case, problems = known.find("cases", row, "case_ref")
    yield from problems
    if not problems and not known.parts_of(case, person.pk):
        yield Problem(rules.CASE_MOVED, "case_ref")


def _change(row: Row, person: Person, pen: Pen) -> Person:
    """What the row tells now; an empty cell takes nothing away, names, contacts and the note are added to."""
    told = {name: value for name, value in details(row).items() if name in row.typed}
    person = actions.change_person(
        **pen.acting(), person=person, version=person.version, gender=row.get("gender"),
        birth=row.get("birth") or _birth_so_far(person, pen), wishes=row.get("wishes"), safety=row.get("safety"),
        **told,
    )  # fmt: skip
    held = list(Name.objects.filter(person=person, closed_as=""))
    known = {value["text"] for value in pen.opened(held, "value") if value}
    for kind, text in names_of(row):
        if text not in known:
            actions.add_name(**pen.acting(), person=person, kind=kind, text=text)
    ways = set(pen.opened(list(Contact.objects.filter(person=person, closed_as="")), "value"))
    for column, kind in CONTACTS:
        if row.get(column) and normalise(row.get(column)) not in ways:
            actions.add_contact(by=pen.by, person=person, kind=kind, value=row.get(column), safe_times="",
                                do_not_say="", at=pen.at)  # fmt: skip
    number = row.get("identity_number")
    if number and not _has_number(person, number):
        _add_number(row, person, pen)
    note, case = note_of(row), pen.case(row)
    notes = list(Note.objects.filter(case=case, about=person, partition="shared", closed_as=""))
    if note and note not in pen.opened(notes, "sealed_text"):
        work.add_note(by=pen.by, case=case, partition="shared", text=note, at=pen.at, about=person)
    return person


def _birth_so_far(person: Person, pen: Pen) -> PartialDate | None:
    """The birth date on record, month and day included."""
    if not person.birth_year:
        return None
    day = pen.opened([person], "birth_day")[0] or {}
    return PartialDate(person.birth_year, day.get("month"), day.get("day"), person.birth_about)


def _has_number(person: Person, number: str) -> bool:
    token = vault.token(f"identifier:{DOCUMENT}", clean_number(number))
    return Identifier.objects.filter(person=person, token=token, closed_as="").exists()


def _part_problems(row: Row, known: Known) -> Iterator[Problem]:
    yield from case_rules.day_problems(row.get("since_on"), known.today, "since_on")
    case, problems = known.find("cases", row, "case_ref")
    person, more = known.find("people", row, "person_ref")
    yield from [*problems, *more]
    if problems or more:
        return
    now, part, ends = known.parts_of(case, person), row.get("part"), row.get("ends")
    if part in now:
        yield Problem(case_rules.ALREADY_PART, "part")
    elif ends and ends not in now:
        yield Problem(rules.NOT_A_PART_YET, "ends")
    else:
        now.discard(ends)
        now.add(part)


def _write_part(row: Row, pen: Pen) -> Participation:
    case, person = pen.case(row), pen.person(row)
    told = {**pen.acting(), "case": case, "person": person, "part": row.get("part")}
    if Participation.objects.filter(case=case, person=person, until_on=None, closed_as="").exists():
        return persons.change_part(**told, on=row.get("since_on"), ends=row.get("ends", ""))
    return persons.attach_person(**told, since_on=row.get("since_on"))


PEOPLE: Any = Work(_problems, _write, _change, _change_problems, model=Person)
PARTS: Any = Work(_part_problems, _write_part, model=Participation)
