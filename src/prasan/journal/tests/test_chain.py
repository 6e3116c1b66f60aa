"""Whatever is flipped, cut, doubled, swapped or rewritten is found (G6), in the file, in the store, by the shell."""

import hashlib
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, models

from prasan import journal
from prasan.journal import checking, triggers
from prasan.journal.models import Checkpoint, Head, Line, Revision
from prasan.journal.writing import START, chained
from prasan.plain.canonical import canonical_json

SHELL = Path(checking.__file__).with_name("check.sh")
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LINES = 12


@pytest.fixture
def written(instance_keys):
    """A small journal with openings, refusals and revisions."""
    for n in range(LINES):
        journal.enter(
            by=str(n % 3), act="care.record_service", target=f"care.service:{n}", ids=["x"] * (n % 2),
            outcome="done" if n % 4 else "refused", change={"old": n} if n % 3 == 0 else None,
        )  # fmt: skip


@pytest.fixture
def exported(written, tmp_path):
    path = tmp_path / "journal.txt"
    assert checking.export(path) == LINES
    return path


@pytest.fixture
def unlocked(written):
    """The store in the hands of somebody with write access to the database: the triggers are off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in triggers.TABLES:
                for verb in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in triggers.TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def lines_of(path):
    return path.read_bytes().splitlines(keepends=True)


def edits(whole):
    """Every byte flipped; every line taken out, doubled, swapped with the next; a byte put in; a cut inside a line."""
    for at in range(len(whole)):
        yield whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    lines = whole.splitlines(keepends=True)
    for n in range(len(lines)):
        if n < len(lines) - 1:
            yield b"".join(lines[:n] + lines[n + 1 :])
            yield b"".join([*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]])
        yield b"".join(lines[: n + 1] + lines[n:])
    ends = {sum(map(len, lines[:n])) for n in range(len(lines) + 1)}
    yield from (whole[:at] for at in range(len(whole)) if at not in ends)
    yield b"\x00" + whole


def missed(verify, path):
    """How many edits a verifier lets pass."""
    whole, count = path.read_bytes(), 0
    for edit in edits(whole):
        path.write_bytes(edit)
        count += bool(verify(path))
    path.write_bytes(whole)
    return count


def test_no_edit_of_a_file_passes(exported):
    assert checking.check_file(exported).ok
    assert missed(lambda path: checking.check_file(path).ok, exported) == 0


def test_a_verifier_that_trusts_the_stored_head_would_let_edits_pass(exported):
    head = lines_of(exported)[-1].split(b" ")[0]

    def trusting(path):
        return lines_of(path)[-1:] and lines_of(path)[-1].split(b" ")[0] == head

    assert missed(trusting, exported) > 1000, "the planted fault is what the gate above must catch"


def test_the_shell_verifier_agrees_with_ours(exported):
    def shell(path):
        return subprocess.run(["sh", str(SHELL), str(path)], capture_output=True, text=True, check=False)

    good = shell(exported)
    assert (good.returncode, good.stdout) == (
        0, f"{LINES} lines agree; the journal ends with {checking.check_file(exported).head}.\n",
    )  # fmt: skip
    whole = exported.read_bytes()
    sample = list(edits(whole))[:: 97] + list(edits(whole))[-1:]
    assert len(sample) > 50
    for edit in sample:
        exported.write_bytes(edit)
        told = shell(exported)
        assert told.returncode == 1, edit[:80]
        fault = checking.check_file(exported).fault
        assert told.stdout.startswith(("not a file of lines", fault.split(":")[0]))
    assert shell(exported.with_name("nowhere")).returncode == 1


def test_the_shell_verifier_is_ten_lines_and_executable_by_any_sh():
    body = [line for line in SHELL.read_text().splitlines() if line and not line.startswith("#")]
    assert len(body) <= 12


def test_anybody_s_own_ten_lines_agree(exported):
    previous = "0" * 64
    for line in lines_of(exported):
        told, body = line.rstrip(b"\n").split(b" ", 1)
        previous = hashlib.sha256(previous.encode() + body).hexdigest()
        assert told.decode() == previous


@pytest.mark.parametrize(
    "body", [b'{"n": 1}', b'{"n":2}', b"[]", b"{not json}", b'{"n":1.5}'],
)  # fmt: skip
def test_a_body_that_is_not_the_canonical_line_is_named(body):
    verdict = checking.check_lines([(chained(START, body), body)])
    assert not verdict.ok
    assert verdict.fault.startswith("line 1:")


def test_the_store_verifies_and_says_where_it_ends(written):
    verdict = checking.check()
    assert (verdict.ok, verdict.lines, verdict.head) == (True, LINES, Line.objects.get(n=LINES).hash)


def test_an_empty_store_verifies(instance_keys):
    assert checking.check() == checking.Verdict(0, START)


@pytest.mark.parametrize("n", range(1, LINES + 1))
def test_every_changed_or_missing_line_of_the_store_is_named(unlocked, n):
    Line.objects.filter(n=n).update(body=models.functions.Replace("body", models.Value("service"), models.Value("s")))
    assert checking.check().fault.startswith(f"line {n}:")


@pytest.mark.parametrize("n", range(1, LINES + 1))
def test_every_line_taken_out_of_the_store_is_found(unlocked, n):
    Revision.objects.filter(line__n=n).delete()
    Line.objects.filter(n=n).delete()
    assert checking.check().fault.startswith(f"line {n}:")


def test_a_tail_that_was_cut_is_found_by_the_sealed_head(unlocked):
    for keep in range(LINES - 1, -1, -1):
        Revision.objects.filter(line__n__gt=keep).delete()
        Line.objects.filter(n__gt=keep).delete()
        assert f"its sealed head stands at {LINES}" in checking.check().fault


def rewrite(n):
    """Somebody with the database changes line n and re-computes every hash after it, and the head."""
    previous = Line.objects.filter(n=n - 1).values_list("hash", flat=True).first() or START
    for line in Line.objects.filter(n__gte=n).order_by("n"):
        body = line.body.replace("care.record_service", "care.record_nothing") if line.n == n else line.body
        previous = chained(previous, body.encode())
        act = "care.record_nothing" if line.n == n else line.act
        Line.objects.filter(n=line.n).update(hash=previous, body=body, act=act)
    Head.objects.update(hash=previous)


def test_a_chain_rebuilt_in_the_database_lacks_the_seal_of_its_head(unlocked):
    rewrite(5)
    assert "the seal of the head is not of this instance" in checking.check().fault


def test_a_head_that_was_deleted_is_missed(unlocked):
    Head.objects.all().delete()
    assert "its sealed head stands at 0" in checking.check().fault


def test_a_chain_rebuilt_with_the_running_server_s_key_is_found_by_the_signed_checkpoint(unlocked):
    from prasan.journal.writing import head_seal

    checking.close_segment(AT)
    rewrite(5)
    head = Head.objects.get()
    Head.objects.update(seal=head_seal(head.count, head.hash))
    assert "no longer holds what was signed then" in checking.check().fault


def test_a_chain_rebuilt_with_every_key_is_found_by_what_a_partner_keeps(unlocked, tmp_path):
    kept = tmp_path / "partner.txt"
    kept.write_text(checking.close_segment(AT).text)
    assert checking.check_foreign(kept) == ""
    rewrite(5)
    assert checking.check_foreign(kept) == f"line {LINES}: the journal no longer holds what the partner keeps"
    kept.write_text("prasan-checkpoint 99 " + "0" * 64 + "\n")
    assert checking.check_foreign(kept).startswith("line 99:")
    for text in ("something else entirely\n", "prasan-checkpoint 1\n", "prasan-checkpoint one " + "0" * 64 + "\n"):
        kept.write_text(text)
        assert checking.check_foreign(kept).startswith("not a checkpoint")


@pytest.mark.parametrize(
    "change", [{"act": "x.y"}, {"by": "99"}, {"target": "a:1"}, {"outcome": "denied"}, {"at": AT - timedelta(days=9)}],
)  # fmt: skip
def test_columns_that_say_something_else_than_the_body_are_found(unlocked, change):
    Line.objects.filter(n=3).update(**change)
    assert checking.check().fault == "line 3: the columns do not say what the body says"


def test_a_changed_revision_is_found(unlocked):
    Revision.objects.filter(line_id=4).update(blob=b"something else")
    assert checking.check().fault == "line 4: its sealed revision was changed"


def test_a_revision_that_was_taken_away_is_found(unlocked):
    Revision.objects.filter(line_id=4).delete()
    assert checking.check().fault == "line 4: its sealed revision is missing"


def test_erasing_a_person_s_key_leaves_the_chain_whole(written):
    from uuid import uuid4

    from prasan import vault

    owner = vault.Owner("person", str(uuid4()))
    vault.new_key(owner)
    journal.enter(by=None, act="people.correct", change={"old": "x"}, owner=owner)
    vault.destroy_key(owner)
    assert checking.check().ok


def test_a_checkpoint_with_a_foreign_signature_is_found(unlocked):
    checking.close_segment(AT)
    Checkpoint.objects.update(signature=bytes(64))
    assert "the signature is not of this instance's journal key" in checking.check().fault


def test_a_checkpoint_beyond_the_end_is_found(unlocked):
    from prasan import vault

    point = Checkpoint(count=LINES + 5, hash="0" * 64, at=AT, software="x")
    point.signature = vault.sign(point.text.encode())
    point.save(force_insert=True)
    assert checking.check().fault.startswith(f"checkpoint {LINES + 5}: the journal no longer holds")


def test_a_day_without_lines_is_not_signed_again(written):
    first = checking.close_segment(AT)
    assert (first.count, checking.close_segment()) == (LINES, None)
    assert checking.check().ok
    journal.enter(by=None, act="a")
    assert checking.close_segment().count == LINES + 1


def test_an_empty_journal_is_not_signed(instance_keys):
    assert checking.close_segment(AT) is None
    Head.objects.create(pk=1)
    assert checking.close_segment(AT) is None


def test_the_body_of_a_line_is_the_canonical_form_of_what_it_says(written):
    import json

    line = Line.objects.get(n=1)
    assert canonical_json(json.loads(line.body)) == line.body.encode()
