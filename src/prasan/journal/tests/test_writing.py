"""One act, one line: in its transaction, in the chain, without personal data, and never changed again."""

import json
from contextlib import nullcontext
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from prasan import journal, vault
from prasan.accounts.models import Agency
from prasan.journal import triggers, writing
from prasan.journal.models import Checkpoint, Head, Line, Revision


def test_a_line_follows_from_the_line_before(instance_keys):
    first, second = journal.enter(by="system:test", act="a"), journal.enter(by=None, act="b", outcome="refused")
    assert (first.n, second.n) == (1, 2)
    assert first.hash == writing.chained("0" * 64, first.body.encode())
    assert second.hash == writing.chained(first.hash, second.body.encode())
    assert json.loads(second.body)["by"] == "nobody"
    assert Head.objects.get().hash == second.hash


def test_staff_are_numbers_and_rows_are_references(instance_keys):
    agency = Agency.objects.create(code="own", name_en="A name that stays out", kind="ngo")
    case = uuid4()
    line = journal.enter(by=SimpleNamespace(pk=7), act="a", target=agency, case=case, why="work")
    assert (line.by, line.target, line.case_id) == ("7", f"accounts.agency:{agency.pk}", str(case))
    assert "name" not in line.body
    assert journal.enter(by=None, act="a", target="x:1", case=SimpleNamespace(pk=case)).target == "x:1"


def test_few_ids_are_listed_and_many_are_a_count_and_a_digest(instance_keys):
    few = json.loads(journal.enter(by=None, act="a", ids=["b", "a"]).body)
    assert few["ids"] == ["a", "b"]
    line = journal.enter(by=None, act="a", ids=[str(n) for n in range(writing.LISTED_IDS + 1)])
    many = json.loads(line.body)
    assert (many["count"], len(many["digest"]), "ids" in many, line.opened) == (201, 64, False, 201)


def test_words_of_a_change_go_sealed_and_only_their_hash_is_in_the_line(instance_keys):
    owner = vault.Owner("person", str(uuid4()))
    vault.new_key(owner)
    line = journal.enter(by=None, act="a", change={"old": "ชื่อเดิม"}, owner=owner)
    kept = Revision.objects.get(line=line)
    assert "ชื่อเดิม" not in line.body
    assert "ชื่อเดิม".encode() not in bytes(kept.blob)
    assert vault.open_blob(bytes(kept.blob), owner, f"journal:{line.n}") == {"old": "ชื่อเดิม"}
    assert journal.enter(by=None, act="a", change={"x": 1}).revision.owner_kind == "instance"


def test_outside_a_transaction_no_line_is_written(instance_keys, monkeypatch):
    monkeypatch.setattr(writing, "connection", SimpleNamespace(in_atomic_block=False, vendor="sqlite"))
    with pytest.raises(RuntimeError, match="in the transaction of its act"):
        journal.enter(by=None, act="a")


def test_an_act_that_fails_takes_its_line_with_it(instance_keys):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal.enter(by=None, act=str(1 / 0))
    assert not Line.objects.exists()


def test_on_postgresql_writers_wait_for_one_another(instance_keys, monkeypatch):
    said = []

    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_told):
            return None

        def execute(self, text, values):
            said.append((text, values))

    monkeypatch.setattr(
        writing, "connection", SimpleNamespace(in_atomic_block=True, vendor="postgresql", cursor=Cursor)
    )
    journal.enter(by=None, act="a")
    assert said == [("SELECT pg_advisory_xact_lock(%s)", [writing.ADVISORY_LOCK])]


@pytest.mark.parametrize("table", triggers.TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_a_line(instance_keys, table, statement):
    from prasan.journal import checking

    line = journal.enter(by=None, act="a", change={"x": 1})
    checking.close_segment()
    column = {"journal_line": "act = 'b'", "journal_revision": "owner_id = 'b'", "journal_checkpoint": "software = 'b'"}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column[table]))
    assert Line.objects.get() == line


def test_each_engine_gets_its_own_triggers():
    for vendor, count in (("sqlite", 6), ("postgresql", 13)):
        said = []
        cursor = SimpleNamespace(execute=said.append)
        engine = SimpleNamespace(vendor=vendor, cursor=lambda c=cursor: nullcontext(c))
        triggers.install(SimpleNamespace(connection=engine))
        assert len(said) == count
        assert all(table in " ".join(said) for table in triggers.TABLES)


def test_rows_tell_where_they_stand():
    assert [str(x) for x in (Line(n=3), Revision(line_id=3), Head(count=3), Checkpoint(count=3))] == [
        "line 3", "revision of line 3", "head at 3", "checkpoint at 3",
    ]  # fmt: skip
