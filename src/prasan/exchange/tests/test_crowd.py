"""Many people in one go leave the same rows, access and journal lines as the act leaves one by one."""


from datetime import date

import pytest
from django.db import transaction

from prasan import vault
from prasan.access.models import PersonAccess
from prasan.access.system import system_read
from prasan.cases.actions import matters, team
from prasan.cases.models import Event, Note, Participation
from prasan.exchange import applying
from prasan.exchange.applying import import_file
from prasan.journal import checking
from prasan.journal.models import Line
from prasan.people.models import Contact, Identifier, Name, NameIndexVersion, Person
from tests.cast import AT, TODAY

from .books import source_of

HEAD = ["person_ref", "case_ref", "part", "since_on", "first_name", "family_name", "nickname", "gender", "birth",
        "citizenships", "interpreter", "is_official", "phone", "email", "identity_number", "wishes", "safety",
        "education", "role", "name_unknown"]  # fmt: skip
ROWS = [
    ["P-1", "C-1", "victim", "2024-02-03", "มะลิ", "ใจดี", "น้อย", "Feminine", "15/6/2548", "MM; LAO", "yes", "", "081-1",
     "a@b.c", "1-2345", "ไม่อยากให้ใครรู้", "อันตราย", "PrimaryEducation", "", ""],
    ["P-2", "C-1", "suspect", "2024-02-03", "", "", "", "Masculine", "about 1990", "", "", "yes", "", "", "", "", "", "",
     "Transporter; customer", "yes"],
    ["P-3", "C-1", "witness", "2024-02-04", "Ann", "", "", "NonConforming", "", "THA", "", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip


def shape(world):
    """Everything that an import of people left, without ids, instants and ciphertexts."""
    def of(model, *names):
        rows = model._base_manager.order_by("made_at", "pk") if hasattr(model, "made_at") else model._base_manager.all()
        return sorted(repr([getattr(row, name) for name in names]) for row in rows)

    with system_read("reconcile") as system:

        def sealed(model, *names):
            rows = list(model._base_manager.all())
            opened = vault.open_many([(r, n) for r in rows for n in names], by=system, why="reconcile", at=AT)
            return sorted(map(repr, opened))

        acts = list(Line.objects.exclude(act__in=("exchange.import", "vault.open_many", "access.system_read"))
                    .order_by("n").values_list("act", "by", "outcome", "opened"))  # fmt: skip
        return {
            "people": of(Person, "gender", "sex", "birth_year", "birth_about", "citizenships", "languages",
                         "interpreter", "worker_sex", "version", "closed_as", "made_at", "made_by_id"),
            "parts": of(Participation, "part", "since_on", "until_on", "is_official", "case_id", "version"),
            "names": of(Name, "kind", "version"), "contacts": of(Contact, "kind"),
            "numbers": of(Identifier, "kind", "country", "token"), "notes": of(Note, "partition", "text"),
            "events": of(Event, "kind", "on", "at", "partition", "target"),
            "told": sorted(sorted(e.params) for e in Event._base_manager.all()),
            "opened": [sealed(Person, "birth_day", "wishes", "safety"), sealed(Name, "value"),
                       sealed(Contact, "value", "safe_times", "do_not_say"), sealed(Identifier, "value"),
                       sealed(Note, "sealed_text")],
            "access": sorted(PersonAccess.objects.values_list("user__username", "disciplines", "until")),
            "acts": sorted(acts),
        }  # fmt: skip


def fill(world):
    """A case with a team of three, one of whom has left; and three people imported into it."""
    with world.acting("dao"):
        case = matters.open_case(
            by=world.dao, title="Case", forms=["unknown"], opened_on=date(2024, 2, 2), at=AT, today=TODAY
        )
        for name in ("nok", "mali", "preecha"):
            member = world.staff[name]
            row = team.add_member(by=world.dao, case=case, staff=member, discipline=next(iter(member.disciplines)),
                                  at=AT, today=TODAY)  # fmt: skip
        team.remove_member(by=world.dao, case=case, member=row, at=AT, today=TODAY)
    rows = [[*r] for r in ROWS]
    for row in rows:
        row[1] = case.code
    report = import_file(source_of({"People": [HEAD, *rows]}), by=world.dao, at=AT, today=TODAY)
    assert report.written == 3, [r.sentence for r in report.refusals]
    assert checking.check().ok
    found = shape(world)
    return {name: str(value).replace(str(case.pk), "CASE") for name, value in found.items()}


def test_the_two_ways_leave_the_same(cast_only, monkeypatch):
    together = []
    real = applying.add_people
    monkeypatch.setattr(applying, "add_people", lambda rows, pen: together.append(len(rows)) or real(rows, pen))
    with transaction.atomic():
        many = fill(cast_only)
        transaction.set_rollback(True)
    assert together == [3]
    monkeypatch.setattr(applying, "add_people", lambda rows, pen: None)
    one_by_one = fill(cast_only)
    for name in one_by_one:
        assert many[name] == one_by_one[name], name


def test_the_name_index_of_every_process_is_told(cast_only):
    before = NameIndexVersion.objects.filter(pk=1).values_list("version", flat=True).first() or 0
    fill(cast_only)
    assert NameIndexVersion.objects.get(pk=1).version > before


def test_without_its_journal_lines_nobody_is_written(cast_only, monkeypatch):
    def failing(*_told):
        raise RuntimeError("the journal cannot be written")

    monkeypatch.setattr("prasan.exchange.crowd.enter_many", failing)
    with pytest.raises(RuntimeError):
        fill(cast_only)
    assert not Person._base_manager.exists()
