"""An intake is opened and closed; its people are entered by a list, a table or one by one, never over one another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from prasan import facts, journal, vault
from prasan.access import drafts
from prasan.access.allow import Changed
from prasan.access.check import check
from prasan.access.held import held
from prasan.cases.actions import correct
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.refs import new_code

from ..facts_of import counts_at_intake, screened_at_intake
from ..models import Intake, IntakePerson
from ..rules import intake as rules
from ..rules.intake_lines import DIFFERS, Line

PORTION = 200  # people written in one transaction: who screens meanwhile waits a moment, not a minute


@transaction.atomic
def open_intake(
    *, by: Any, desk: Any, on: date, place: str, situation: str, at: datetime, today: date, province: str = "",
    expected: int | None = None, id: Any = None,
) -> Intake:  # fmt: skip
    """Many people are met at once: from now on they are entered, sorted and screened side by side."""
    row = Intake(id=id or uuid4(), desk=desk, on=on, place=place, province=province, situation=situation,
                 expected=expected, made_at=at, made_by=by)  # fmt: skip
    check(by, "identification.open_intake", row)
    refuse_if(rules.intake_problems(on=on, place=place, province=province, situation=situation, expected=expected,
                                    today=today))  # fmt: skip
    taken = Intake._base_manager.filter
    row.code = new_code("N", length=7, taken=lambda c: taken(code=c).exists())
    row.save(force_insert=True)
    journal.enter(by=by, act="identification.open_intake", target=row)
    return row


@transaction.atomic
def move_intake(*, by: Any, intake: Intake, status: str, version: int) -> Intake:
    """Close an intake, or open it again. Nobody who is left open is lost by it: the page says how many are."""
    check(by, "identification.open_intake", intake)
    held(intake, version)
    refuse_if([] if status in rules.INTAKE_STATES[intake.status] else [Problem(rules.UNKNOWN_CODE, field="status")])
    intake.status, intake.version = status, version + 1
    intake.save(update_fields=["status", "version"])
    act = "identification.close_intake" if status == "closed" else "identification.open_intake"
    journal.enter(by=by, act=act, target=intake)
    return intake


def refuse_closed(intake: Intake) -> None:
    """Nothing begins at an intake that is closed. Taking people into a case begins nothing: it goes on."""
    refuse_if([Problem(rules.INTAKE_CLOSED)] if intake.status == "closed" else [])


def refuse_new(by: Any, row: IntakePerson) -> None:
    """In a closed intake a member goes on with the person whose screening was begun, and with nobody else."""
    if row.status != "claimed" or row.screener_id != by.pk:
        refuse_closed(row.intake)


def _locked(intake: Intake) -> Intake:
    """The intake, held for the length of the transaction: running numbers are given out one writer at a time."""
    row = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    refuse_closed(row)
    return row


def _next_number(intake: Intake) -> int:
    held = IntakePerson._base_manager.filter(intake=intake).aggregate(most=models.Max("number"))["most"]
    return (held or 0) + 1


def line_token(intake: Intake, line: Line) -> str:
    """The keyed print by which the same line of a list is known again; it tells nothing without the key."""
    return vault.token("intake-line", f"{intake.pk}\x1f{line.print()}")


def _row_of(intake: Intake, line: Line, number: int, *, by: Any, at: datetime) -> IntakePerson:
    child = line.is_child
    row = IntakePerson(
        id=uuid4(), intake=intake, number=number, sex=line.sex, age=line.age, is_child=child,
        was_child=not rules.is_grown(line.age),
        nationality=line.nationality, language=line.language, urgent=list(line.urgent),
        group=rules.group_of(line.urgent), token=line_token(intake, line) if line.number else "",
        made_at=at, made_by=by,
    )  # fmt: skip
    if line.name:
        vault.new_key(row.sealed_by(), at)
        vault.seal(row, name=line.name)
    return row


@transaction.atomic
def add_people(*, by: Any, intake: Intake, lines: Sequence[Line], at: datetime) -> list[IntakePerson]:
    """Enter people of a table or a quick form; the running numbers are given here, whoever else writes too."""
    check(by, "identification.record_intake_person", intake)
    refuse_if([] if lines else [Problem(rules.NOTHING_WRITTEN)])
    refuse_if([Problem(rules.TOO_MANY_CHOSEN, params={"most": PORTION})] if len(lines) > PORTION else [])
    held = _locked(intake)
    first = _next_number(held)
    return _write(intake, [(first + place, line) for place, line in enumerate(lines)], by=by, at=at)


def _write(intake: Intake, numbered: list[tuple[int, Line]], *, by: Any, at: datetime) -> list[IntakePerson]:
    rows = [_row_of(intake, line, number, by=by, at=at) for number, line in numbered]
    IntakePerson.objects.bulk_create(rows, batch_size=200)
    span = {"first": rows[0].number, "last": rows[-1].number, "count": len(rows)}
    journal.enter(by=by, act="identification.record_intake_person", target=intake, change=span)
    return rows


@dataclass(frozen=True)
class Sorted:
    """The lines of a list against what is there: to be written, there already, and taken by somebody else."""

    new: list[tuple[int, Line]]
    same: int
    differing: list[tuple[int, Problem]]


def sorted_lines(intake: Intake, lines: Iterable[tuple[int, Line]]) -> Sorted:
    """A number that is there with the same line adds nothing; with another line it is a slip, never overwritten."""
    rows = IntakePerson._base_manager.filter(intake=intake).values_list("number", "token", "status")
    there = {number: (token, status) for number, token, status in rows.iterator()}
    new, same, differing = [], 0, []
    for row, line in lines:
        known = there.get(line.number)
        if known is None:
            new.append((row, line))
        elif known[0] == line_token(intake, line) or known[1] in {"moved", "refused"}:
            same += 1
        else:
            differing.append((row, Problem(DIFFERS, field="number", params={"number": line.number})))
    return Sorted(new, same, differing)


def import_people(*, by: Any, intake: Intake, lines: list[tuple[int, Line]], at: datetime) -> int:
    """Write a list that was checked as a whole before, in portions: what was interrupted goes on with the same file.

    Numbers that a tablet took meanwhile are left out and shown when the file is handed in again."""
    check(by, "identification.record_intake_person", intake)
    written = 0
    for start in range(0, len(lines), PORTION):
        with transaction.atomic():
            held = _locked(intake)
            fresh = sorted_lines(held, lines[start : start + PORTION]).new
            if fresh:
                written += len(_write(intake, [(line.number, line) for _row, line in fresh], by=by, at=at))
    return written


def keep(row: IntakePerson, version: int, **values: Any) -> None:
    """Save only if nobody saved since `version` was read: the check and the write are one statement."""
    saved = IntakePerson.objects.filter(pk=row.pk, version=version, closed_as="").update(version=version + 1, **values)
    if not saved:
        raise Changed
    row.version = version + 1
    for name, value in values.items():
        setattr(row, name, value)


@transaction.atomic
def change_person(*, by: Any, row: IntakePerson, version: int, line: Line, at: datetime,
                  name: str | None = None) -> IntakePerson:  # fmt: skip
    """Correct what is known of a person before the case; the group follows the marks unless somebody chose it.

    A change of the age is kept in the journal, old and new; whoever was a child or of unknown age once stays marked."""
    check(by, "identification.record_intake_person", row)
    held(row, version)
    refuse_new(by, row)
    closed = row.status in {"moved", "refused"}
    refuse_if([Problem(rules.NOT_NOW, params={"status": rules.PERSON_STATUSES[row.status]})] if closed else [])
    group = row.group if row.by_hand else rules.group_of(line.urgent)
    told: dict[str, Any] = {
        "sex": line.sex, "age": line.age, "is_child": line.is_child, "nationality": line.nationality,
        "language": line.language, "urgent": list(line.urgent), "group": group, "token": "",
    }  # fmt: skip
    ages = {"age_before": rules.said_age(row.age, row.is_child), "age_after": rules.said_age(line.age, line.is_child)}
    aged = ages["age_before"] != ages["age_after"]
    if aged:
        told |= {"corrected_by": by, "was_child": row.was_child or not rules.is_grown(line.age)}
    if name:
        if row.name is None and row.words is None:
            vault.new_key(row.sealed_by(), at)
        vault.seal(row, name=name)
        told["name"] = row.name
    keep(row, version, **told)
    journal.enter(by=by, act="identification.record_intake_person", target=row, change=ages if aged else None)
    if counts_at_intake(row):
        restate(row)
    return row


@transaction.atomic
def set_group(*, by: Any, row: IntakePerson, group: str, version: int) -> IntakePerson:
    """Somebody on the spot knows better than the rule who comes first."""
    check(by, "identification.record_intake_person", row)
    held(row, version)
    refuse_new(by, row)
    refuse_if([] if group in rules.GROUPS else [Problem(rules.UNKNOWN_CODE, field="group")])
    keep(row, version, group=group, by_hand=True)
    journal.enter(by=by, act="identification.sort_intake_person", target=row)
    return row


@transaction.atomic
def enter_in_error(*, by: Any, row: IntakePerson, reason: str, version: int, at: datetime, today: date) -> IntakePerson:
    """Somebody was entered twice or by mistake: the number stays taken, the name is destroyed with its key.

    Of who is or was a child, or of unknown age, one member asks for it (the row stays in force) and another does it."""
    act = "identification.record_intake_person"
    check(by, act, row)
    held(row, version)
    refuse_if([Problem(rules.NOT_NOW, params={"status": rules.PERSON_STATUSES["moved"]})]
              if row.status == "moved" else [])  # fmt: skip
    refuse_if(theirs(by, row))
    refuse_new(by, row)
    if row.was_child and row.asked_by_id in {None, by.pk}:
        refuse_if([Problem(rules.ANOTHER_MUST_CONFIRM)] if row.asked_by_id else [])
        keep(row, version, asked_by=by)
        journal.enter(by=by, act="identification.ask_intake_error", target=row, why=reason)
        return row
    correct.enter_in_error(by=by, row=row, act=act, reason=reason, version=version, at=at, today=today)
    erase(row, row.version)
    return row


def theirs(by: Any, row: IntakePerson) -> list[Problem]:
    """While somebody screens a person, nobody else destroys what is known."""
    return [Problem(rules.NOT_YOURS)] if row.status == "claimed" and row.screener_id != by.pk else []


def made_adult_by(by: Any, row: IntakePerson) -> bool:
    """Whether it was this member who last changed the age of somebody who was a child, or of unknown age."""
    return bool(row.was_child and row.corrected_by_id == by.pk)


ERASED: dict[str, Any] = {"name": None, "words": None, "token": "", "answers": {}, "indicators": [], "needs": []}


def erase(row: IntakePerson, version: int, **also: Any) -> None:
    """Destroy the row's key, every draft about it, and what it told of the person, inside the caller's act."""
    saved = IntakePerson.objects.filter(pk=row.pk, version=version).update(version=version + 1, **ERASED, **also)
    if not saved:
        raise Changed
    row.version = version + 1
    for name, value in {**ERASED, **also}.items():
        setattr(row, name, value)
    vault.destroy_key(row.sealed_by())
    drafts.drop_everywhere(row.pk)


def restate(row: IntakePerson) -> None:
    """What is known of a screened person changed: the fact is closed and stands again."""
    facts.withdraw(row)
    facts.add(**screened_at_intake(row))
