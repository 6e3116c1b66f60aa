"""Persons as a viewer may see them: by code, by name through the index, and duplicates at entry."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from prasan import journal, vault
from prasan.access.models import PersonAccess
from prasan.access.opening import count_openings
from prasan.access.system import system_read

from .index import NameIndex
from .models import Consent, Contact, Name, NameIndexVersion, Person

PORTION = 2_000  # persons whose names are opened in one transaction
_index = NameIndex()


def _stored_version() -> int:
    row = NameIndexVersion.objects.filter(pk=1).values_list("version", flat=True).first()
    return row or 0


def index(at: datetime) -> NameIndex:
    """This process's name index, brought up to date when an act anywhere has written or erased a name."""
    stored = _stored_version()
    with _index.lock:
        if _index.version != stored:
            _bring_up_to_date(at)
            _index.version = stored
    return _index


def _bring_up_to_date(at: datetime) -> None:
    """Open the names of everybody whose names are not those that the index holds; the first time, of all.

    In portions, and outside of any transaction where that can be, so that nobody who writes has to wait.
    """
    with system_read("build_name_index", at_once=False):
        wanted = _marks()
    for hexed in [hexed for hexed in _index.entries if UUID(hexed) not in wanted]:
        _index.put(hexed, [])
    changed = [pk for pk, mark in wanted.items() if _index.mark(pk.hex) != mark]
    for start in range(0, len(changed), PORTION):
        with system_read("build_name_index", line=False, at_once=False) as system:
            _load(system, at, changed[start : start + PORTION])


def _marks() -> dict[UUID, int]:
    """Which names everybody has, as one number a person; without those whose key was destroyed."""
    names: dict[UUID, list[int]] = defaultdict(list)
    for pk, person_id in Name.objects.filter(closed_as="").values_list("pk", "person_id").iterator():
        names[person_id].append(pk.int)
    kept = vault.owners("person")
    return {pk: hash(tuple(sorted(ids))) for pk, ids in names.items() if str(pk) in kept}


def _load(system: Any, at: datetime, persons: list[UUID]) -> None:
    rows = Name.objects.filter(closed_as="", person_id__in=persons)
    names = list(rows.only("id", "person_id", "value"))
    opened = vault.open_many([(n, "value") for n in names], by=system, why="build_name_index", at=at)
    by_person: dict[UUID, list[Any]] = {pk: [] for pk in persons}
    marks: dict[UUID, list[int]] = defaultdict(list)
    for row, value in zip(names, opened, strict=True):
        marks[row.person_id].append(row.pk.int)
        if value:
            by_person[row.person_id].append(value)
    for pk, values in by_person.items():
        _index.put(pk.hex, values, hash(tuple(sorted(marks[pk]))))


def warm_index(at: datetime) -> None:
    """At the start of a serving process, in a thread of its own: the first who searches should not wait."""
    try:
        index(at)
    finally:
        connection.close()


def forget_index() -> None:
    """Drop the index (sign-out of the process, tests)."""
    _index.clear()


def raise_index_version(person: Person, at: datetime, *, was: int) -> None:
    """After a commit that wrote or erased names: this process reloads one person, others will notice."""
    with _index.lock:
        if _index.version == was:
            with system_read("build_name_index", line=False) as system:
                _load(system, at, [person.pk])
            _index.version = was + 1


def visible_ids(viewer: Any, at: datetime) -> set[str]:
    """The ids (hex) of all persons this viewer may see: one covering index, no model instances."""
    table = PersonAccess._meta.db_table
    with connection.cursor() as cursor:
        stamp = at if connection.vendor == "postgresql" else at.replace(tzinfo=None).isoformat(" ")
        cursor.execute(f"SELECT person_id FROM {table} WHERE user_id = %s AND until > %s", [viewer.pk, stamp])
        rows = cursor.fetchall()
    return {v.hex for (v,) in rows} if connection.vendor == "postgresql" else {v for (v,) in rows}


def search_names(viewer: Any, query: str, at: datetime, limit: int = 20) -> list[tuple[Person, float]]:
    """Persons whose name comes near, among those the viewer may see. Hits are journalled as ids and count
    toward the opening allowance, because a name search answers questions about people."""
    found = index(at).search(query, visible_ids(viewer, at), limit)
    with transaction.atomic():
        count_openings(viewer, at, len(found))
        if found:
            journal.enter(by=viewer, act="people.search_names", ids=[p for p, _score in found])
    rows = {p.pk.hex: p for p in Person.objects.filter(pk__in=[p for p, _score in found])}
    return [(rows[p], score) for p, score in found if p in rows]


def _near(names: list[str], among: set[str], at: datetime) -> dict[str, float]:
    """Those of `among` whose name comes near one of these, by id (hex) with the score."""
    names_index, hits = index(at), dict[str, float]()
    for name in filter(None, names):
        for person, score in names_index.search(name, among, 40):
            if score >= 0.93:
                hits[person] = max(score, hits.get(person, 0.0))
    return hits


def near_elsewhere(viewer: Any, names: list[str], at: datetime, limit: int = 5) -> list[UUID]:
    """The nearest of those whom the viewer may not see, for an act that tells the viewer nothing of them."""
    others = set(index(at).entries) - visible_ids(viewer, at)
    hits = [(-score, person) for person, score in _near(names, others, at).items()]
    return [UUID(person) for _score, person in sorted(hits)[:limit]]


def near_duplicates(viewer: Any, names: list[str], at: datetime, limit: int = 8) -> list[tuple[Person, float]]:
    """At entry: persons the viewer may see who may be the same, the nearest first; nobody else is searched.

    What was found leaves the line of a name search and counts toward the allowance, but entering a person is
    never refused for it.
    """
    hits = _near(names, visible_ids(viewer, at), at)
    found = sorted(hits.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    if found:
        with transaction.atomic():
            journal.enter(by=viewer, act="people.search_names", ids=[p for p, _score in found])
    rows = {p.pk.hex: p for p in Person.objects.filter(pk__in=[p for p, _score in found])}
    return [(rows[p], score) for p, score in found if p in rows]


def names_of(viewer: Any, person: Person, why: str, at: datetime) -> list[tuple[Name, str]]:
    """A person's names, opened under one journal line."""
    rows = list(Name.objects.filter(person=person, closed_as="").order_by("made_at"))
    opened = vault.open_many([(r, "value") for r in rows], by=viewer, why=why, at=at)
    return [(row, value["text"]) for row, value in zip(rows, opened, strict=True) if value]


def contacts_of(viewer: Any, person: Person, why: str, at: datetime) -> list[tuple[Contact, list[str]]]:
    """Safe contacts, opened: value, safe times, what must not be said."""
    rows = list(Contact.objects.filter(person=person, closed_as="").order_by("made_at"))
    fields = ("value", "safe_times", "do_not_say")
    opened = vault.open_many([(r, f) for r in rows for f in fields], by=viewer, why=why, at=at)
    return [(row, [v or "" for v in opened[i * 3 : i * 3 + 3]]) for i, row in enumerate(rows)]


def consents_of(viewer: Any, person: Person) -> list[Consent]:
    """The consents of a person, newest first."""
    return list(Consent.objects.filter(person=person).select_related("agency").order_by("-given_on", "-made_at"))
