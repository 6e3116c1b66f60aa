"""The acts on persons: registered under a code, names and contacts sealed, consent recorded and withdrawn."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from prasan import journal, vault
from prasan.access.check import check
from prasan.access.held import held
from prasan.access.system import system_read
from prasan.facts import ledger
from prasan.plain.birth import PartialDate
from prasan.plain.problem import refuse_if
from prasan.plain.refs import new_code
from prasan.plain.text import normalise

from . import queries, rules
from .facts_of import of_person
from .index import forms_of
from .models import Consent, Contact, Identifier, Name, NameIndexVersion, Person

Names = list[tuple[str, str]]
SEALED = ("wishes", "safety", "birth_day")


def _names_changed(person: Person, at: datetime) -> None:
    NameIndexVersion.objects.get_or_create(pk=1)
    NameIndexVersion.objects.filter(pk=1).update(version=models.F("version") + 1)
    was = NameIndexVersion.objects.get(pk=1).version - 1
    transaction.on_commit(lambda: queries.raise_index_version(person, at, was=was))


def _add_names(person: Person, names: Names, by: Any, at: datetime) -> None:
    for kind, text in names:
        if normalise(text):
            name = Name(id=uuid4(), person=person, kind=kind, made_at=at, made_by=by)
            vault.seal(name, value=forms_of(text))
            name.save(force_insert=True)
    _names_changed(person, at)


def _set_birth(person: Person, birth: PartialDate | None) -> dict[str, int | None] | None:
    """The year openly, month and day sealed; gives what was sealed."""
    person.birth_year = birth.year if birth else None
    person.birth_about = bool(birth and birth.about)
    day = {"month": birth.month, "day": birth.day} if birth and birth.month else None
    vault.seal(person, birth_day=day)
    return day


def _sealed_before(person: Person, at: datetime) -> dict[str, Any]:
    """What lies sealed and is about to be overwritten, for the sealed line of the change; nobody is shown it."""
    held_now = [name for name in SEALED if getattr(person, name) is not None]
    with system_read("keep_change", line=False) as reader:
        opened = vault.open_many([(person, n) for n in held_now], by=reader, why="change_person", at=at)
    return dict.fromkeys(SEALED) | dict(zip(held_now, opened, strict=True))


@transaction.atomic
def register_person(
    *, by: Any, case: Any, names: Names, gender: str, at: datetime, today: date, birth: PartialDate | None = None,
    name_unknown: bool = False, id: Any = None, wishes: str = "", safety: str = "", **details: Any,
) -> Person:  # fmt: skip
    """Make a person known to a case's team, under a new code and a new key. `details` are open columns
    (sex, citizenships, languages, interpreter, worker_sex)."""
    check(by, "cases.add_person", case)
    refuse_if(rules.problems(names=names, name_unknown=name_unknown, gender=gender, birth=birth, today=today))
    taken = Person._base_manager.filter
    code = new_code("P", length=7, taken=lambda c: taken(code=c).exists())
    person = Person(id=id or uuid4(), code=code, gender=gender, made_at=at, made_by=by, **details)
    vault.new_key(person.sealed_by(), at)
    _set_birth(person, birth)
    vault.seal(person, wishes=normalise(wishes), safety=normalise(safety))
    person.save(force_insert=True)
    _add_names(person, names, by, at)
    journal.enter(by=by, act="people.register_person", target=person, case=case)
    return person


def _dimensions(fact: Any, person: Person) -> dict[str, str]:
    """The person's dimensions on the day of a fact, for those dimensions that its kind carries at all."""
    return {name: value for name, value in of_person(person, fact.on).items() if getattr(fact, name)}


@transaction.atomic
def change_person(
    *, by: Any, person: Person, version: int, at: datetime, today: date, gender: str,
    birth: PartialDate | None, wishes: str | None = None, safety: str | None = None, **details: Any,
) -> Person:  # fmt: skip
    """Change what is known of a person; old and new values go sealed under the person's key."""
    check(by, "people.change_person", person)
    held(person, version)
    refuse_if(rules.problems(names=[], name_unknown=True, gender=gender, birth=birth, today=today))
    kept = (*details, "gender", "birth_year", "birth_about")
    sealed = _sealed_before(person, at)
    was = {name: getattr(person, name) for name in kept} | sealed
    person.gender = gender
    sealed = sealed | {"birth_day": _set_birth(person, birth)}
    for name, value in details.items():
        setattr(person, name, value)
    words = {name: normalise(text) for name, text in (("wishes", wishes), ("safety", safety)) if text is not None}
    vault.seal(person, **words)
    person.version += 1
    person.save()
    now = {name: getattr(person, name) for name in kept} | sealed | words
    journal.enter(by=by, act="people.change_person", target=person, owner=person.sealed_by(),
                  change={"was": was, "now": now})  # fmt: skip
    ledger.restate(lambda fact: _dimensions(fact, person), person=ledger.person_key(person))
    return person


def decide_age(person: Person, result: str, on: date | None, low: int | None) -> Person:
    """The person's age as an assessment decided it, inside the act that records the assessment; "" takes it back."""
    person.age_decided, person.age_decided_on, person.age_low = result, on, low
    person.save(update_fields=["age_decided", "age_decided_on", "age_low"])
    ledger.restate(lambda fact: _dimensions(fact, person), person=ledger.person_key(person))
    return person


@transaction.atomic
def add_name(*, by: Any, person: Person, kind: str, text: str, at: datetime, today: date) -> Person:
    """A further name, nickname or spelling."""
    check(by, "people.change_person", person)
    refuse_if(rules.problems(names=[(kind, text)], name_unknown=False, gender=person.gender, birth=None, today=today))
    _add_names(person, [(kind, text)], by, at)
    journal.enter(by=by, act="people.add_name", target=person)
    return person


@transaction.atomic
def add_contact(*, by: Any, person: Person, kind: str, value: str, safe_times: str, do_not_say: str,
                at: datetime) -> Contact:  # fmt: skip
    """A safe way to reach the person, and what must not be said there."""
    check(by, "people.change_person", person)
    contact = Contact(id=uuid4(), person=person, kind=kind, made_at=at, made_by=by)
    vault.seal(contact, value=normalise(value), safe_times=normalise(safe_times), do_not_say=normalise(do_not_say))
    contact.save(force_insert=True)
    journal.enter(by=by, act="people.add_contact", target=contact)
    return contact


@transaction.atomic
def add_identifier(*, by: Any, person: Person, kind: str, country: str, value: str, at: datetime) -> Identifier:
    """A document number: sealed, with a keyed token by which the same number is recognised."""
    check(by, "people.change_person", person)
    clean = normalise(value).replace("-", "").replace(" ", "").upper()
    row = Identifier(id=uuid4(), person=person, kind=kind, country=country, made_at=at, made_by=by,
                     token=vault.token(f"identifier:{kind}", clean))  # fmt: skip
    vault.seal(row, value=clean)
    row.save(force_insert=True)
    journal.enter(by=by, act="people.add_identifier", target=row)
    return row


@transaction.atomic
def record_consent(
    *, by: Any, person: Person, purpose: str, given_on: date, at: datetime, today: date, agency: Any = None,
    expires_on: date | None = None, words: str = "", answers: dict[str, str] | None = None, **how: Any,
) -> Consent:  # fmt: skip
    """What the person agreed to, for which purpose and recipient, until when, and how it was understood."""
    check(by, "people.record_consent", person)
    refuse_if(rules.consent_problems(
        purpose=purpose, given_on=given_on, expires_on=expires_on, agency=agency, today=today))  # fmt: skip
    consent = Consent(
        id=uuid4(), person=person, purpose=purpose, agency=agency, given_on=given_on, expires_on=expires_on,
        answers=answers or {}, made_at=at, made_by=by, **how,
    )  # fmt: skip
    vault.seal(consent, words=normalise(words))
    consent.save(force_insert=True)
    journal.enter(by=by, act="people.record_consent", target=consent)
    return consent


@transaction.atomic
def withdraw_consent(*, by: Any, consent: Consent, on: date) -> Consent:
    """The person takes the consent back: it stops the next request, and is never refused."""
    check(by, "people.record_consent", consent.person)
    consent.withdrawn_on = consent.withdrawn_on or on
    consent.version += 1
    consent.save(update_fields=["withdrawn_on", "version"])
    journal.enter(by=by, act="people.withdraw_consent", target=consent)
    return consent
