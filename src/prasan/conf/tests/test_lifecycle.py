"""An instance from its founding to its restoring, by the real command: what works, what is refused."""

import json
import shutil
import socket
import sqlite3
import stat
import subprocess
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from prasan import __version__
from prasan.journal import checking

from .operated import Operator, founded, recovery_person

pytestmark = [
    pytest.mark.xdist_group("operated"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="makes its own instances; once a run is enough"),
]
OWN_ROWS = '[[clock]]\ncode = "arrest-to-court"\nname_en = "Arrest to court, as our province calls it"\n'
SHELL = Path(checking.__file__).with_name("check.sh")


@pytest.fixture(scope="module")
def founding(tmp_path_factory):
    """One founded instance for the whole module, its escrow verified."""
    operator, to = founded(tmp_path_factory.mktemp("operated"))
    early = operator("backup", operator.folder / "early.age", operator.folder / "early-keys.age", "--to", *to)
    assert early.code == 1
    assert "No escrow of the instance key was verified" in early.out
    assert not list(operator.folder.glob("early*"))
    recovery_person(operator.folder, "stranger")
    assert operator("keys", "verify-escrow", "--identity", operator.folder / "stranger.txt").code == 1
    assert operator("keys", "verify-escrow", "--identity", operator.folder / "court.txt").ended_well
    return operator, to


@pytest.fixture
def saved(founding):
    """A backup of it, once."""
    operator, to = founding
    data, keys = operator.folder / "data.age", operator.folder / "keys.age"
    if not data.exists():
        operator.python("from prasan import vault; from prasan.vault import Owner; "
                        "[vault.new_key(Owner('person', n)) for n in ('kept', 'erased')]")  # fmt: skip
        rows = operator.home / "packs" / "deadlines.toml"
        rows.parent.mkdir()
        rows.write_text(OWN_ROWS)
        done = operator("backup", data, keys, "--to", *to)
        assert done.ended_well, done.out
        rows.unlink()
    return operator, data, keys


def test_a_founded_instance_is_private_and_its_key_lies_apart(founding):
    operator, _to = founding
    assert stat.S_IMODE(operator.home.stat().st_mode) == 0o700
    assert all(not p.stat().st_mode & 0o077 for p in operator.home.rglob("*"))
    key = operator.key_file()
    assert not key.is_relative_to(operator.home)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert not operator.home.joinpath("data/prasan.sqlite").read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(operator.home / "data/prasan.sqlite") as plain:
        plain.execute("SELECT count(*) FROM accounts_staff")


def test_a_second_founding_and_a_demo_are_refused_and_change_nothing(founding):
    operator, _to = founding
    before = operator.home.joinpath("instance.toml").read_bytes()
    done = operator("init", "--username", "a", "--name", "A", "--agency", "B")
    assert (done.code, "already an instance" in done.out) == (1, True)
    done = operator("demo", "--no-serve", "--fresh")
    assert (done.code, "did not make; nothing was changed" in done.out) == (1, True)
    assert operator.home.joinpath("instance.toml").read_bytes() == before


def test_the_first_administrator_has_an_invitation_of_which_only_the_hash_is_kept(founding):
    operator, _to = founding
    told = operator.python(
        "from prasan.accounts.models import *; s = Staff.objects.get(); i = Invitation.objects.get(); "
        "print(s.username, sorted(s.disciplines), s.has_usable_password(), len(i.token_hash), s.agency.is_own)"
    )
    assert told == "ubon ['administrator'] False 64 True"


def test_init_without_a_terminal_names_the_flags_that_are_missing(tmp_path):
    done = Operator(tmp_path, tmp_path / "home")("init", "--username", "a")
    assert (done.code, done.out) == (1, "Not at a terminal, so these are needed: --name --agency.\n")
    assert not (tmp_path / "home").exists()


def test_init_with_one_recipient_or_a_bad_custody_makes_nothing(tmp_path):
    operator = Operator(tmp_path, tmp_path / "home")
    whole = ("init", "--username", "a", "--name", "A", "--agency", "B")
    one = recovery_person(tmp_path, "court")
    assert "at least two different recipients" in operator(*whole, "--recipient", one).out
    assert "--custody is file" in operator(*whole, "--custody", "cloud").out
    assert "Not a kind of agency" in operator(*whole, "--agency-kind", "pirates").out
    assert not list(tmp_path.glob("home*"))


@pytest.mark.slow
def test_the_passphrase_comes_by_standard_input_and_a_wrong_one_is_told(tmp_path):
    operator = Operator(tmp_path, tmp_path / "home")
    whole = ("init", "--username", "a", "--name", "A", "--agency", "B", "--custody", "passphrase")
    assert "at least 15 letters" in operator(*whole, stdin="short\n").out
    assert operator(*whole, stdin="six words nobody would guess\n").ended_well
    assert operator("keys").code == 1
    assert "does not open" in operator("keys", stdin="six words nobody would Guess\n").out
    told = operator("keys", stdin="six words nobody would guess\n").out
    assert "Custody: passphrase" in told


def test_a_drill_proves_the_backup_and_leaves_nothing(saved):
    operator, data, keys = saved
    done = operator("restore", data, "--keys", keys, "--identity", operator.folder / "embassy.txt", "--check")
    assert done.ended_well, done.out
    assert not list(operator.folder.glob(".*restoring"))
    told = json.loads(operator("doctor", "--json").out)
    assert "restore_drill" not in {f["code"] for f in told["findings"]}


def test_a_backup_restores_into_an_empty_folder_and_nobody_is_missing(saved):
    operator, data, keys = saved
    other = operator.elsewhere("restored")
    done = other("restore", data, "--keys", keys, "--identity", operator.folder / "court.txt")
    assert done.ended_well, done.out
    assert other("verify").ended_well
    count = "from prasan.vault.models import *; print(sorted(WrappedKey.objects.values_list('owner_id', flat=True)))"
    assert other.python(count) == "['', '', '', 'erased', 'kept']"
    assert (other.home / "packs" / "deadlines.toml").read_text() == OWN_ROWS
    assert other("restore", data, "--keys", keys, "--identity", operator.folder / "court.txt").code == 1


def test_who_was_erased_after_the_backup_stays_erased_with_the_newest_key_file(saved, founding):
    operator, data, _keys = saved
    _operator, to = founding
    operator.python("from prasan import vault; vault.destroy_key(vault.Owner('person', 'erased'))")
    newest = operator.folder / "newest-keys.age"
    assert operator("backup", operator.folder / "newest.age", newest, "--to", *to).ended_well
    other = operator.elsewhere("later")
    assert other("restore", data, "--keys", newest, "--identity", operator.folder / "court.txt").ended_well
    count = "from prasan.vault.models import *; print(sorted(WrappedKey.objects.values_list('owner_id', flat=True)))"
    assert other.python(count) == "['', '', '', 'kept']"


@pytest.mark.parametrize("at", [0.1, 0.5, 0.999])
def test_a_backup_that_was_changed_or_cut_restores_nothing(saved, at, tmp_path):
    operator, data, keys = saved
    whole = data.read_bytes()
    place = int(len(whole) * at)
    for spoilt in (whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], whole[:place]):
        (tmp_path / "spoilt.age").write_bytes(spoilt)
        other = operator.elsewhere("spoilt")
        done = other("restore", tmp_path / "spoilt.age", "--keys", keys, "--identity", operator.folder / "court.txt")
        assert (done.code, "was changed or cut" in done.out) == (1, True), done.out
        assert not list(operator.folder.glob("*spoilt*"))


def test_a_stranger_and_exchanged_files_restore_nothing(saved):
    operator, data, keys = saved
    recovery_person(operator.folder, "stranger")
    other = operator.elsewhere("nothing")
    for first, second, person in ((data, keys, "stranger"), (keys, data, "court"), (keys, keys, "court")):
        done = other("restore", first, "--keys", second, "--identity", operator.folder / f"{person}.txt")
        assert done.code == 1
        assert len(done.out.strip().splitlines()) == 1, done.out
    assert not list(operator.folder.glob("*nothing*"))


def test_an_existing_file_is_never_overwritten(saved, founding):
    operator, data, _keys = saved
    before = data.read_bytes()
    done = operator("backup", data, operator.folder / "other.age", "--to", *founding[1])
    assert (done.code, "is not overwritten" in done.out) == (1, True)
    assert data.read_bytes() == before


def test_the_exported_journal_verifies_without_any_instance_and_by_the_shell(founding, tmp_path):
    operator, _to = founding
    assert operator("verify", "--export", tmp_path / "journal.txt").ended_well
    nowhere = Operator(tmp_path, tmp_path / "no-instance")
    ours = nowhere("verify", "--file", tmp_path / "journal.txt")
    by_hand = ["sh", str(SHELL), str(tmp_path / "journal.txt")]
    shell = subprocess.run(by_hand, capture_output=True, text=True, check=True)
    assert (ours.code, ours.out) == (0, shell.stdout)
    text = (tmp_path / "journal.txt").read_text().splitlines(keepends=True)
    (tmp_path / "journal.txt").write_text("".join([text[0], text[1].replace('"done"', '"none"'), *text[2:]]))
    done = nowhere("verify", "--file", tmp_path / "journal.txt")
    assert (done.code, done.out.startswith("line 2:")) == (1, True)
    assert nowhere("verify", "--file", tmp_path / "absent.txt").code == 1
    assert "There is no Prasan instance" in nowhere("verify").out


def test_a_partner_s_checkpoint_agrees_until_the_journal_is_another(founding, tmp_path):
    operator, _to = founding
    line = next(x for x in operator("verify", "--checkpoint").out.splitlines() if x.startswith("prasan-checkpoint"))
    (tmp_path / "kept.txt").write_text(line + "\n")
    assert operator("verify", "--foreign", tmp_path / "kept.txt").ended_well
    count, digest = line.split()[1:3]
    (tmp_path / "kept.txt").write_text(line.replace(digest, digest[::-1]) + "\n")
    done = operator("verify", "--foreign", tmp_path / "kept.txt")
    assert (done.code, f"line {count}:" in done.out) == (1, True)


@pytest.mark.slow
def test_a_rotation_keeps_everything_readable_and_needs_a_new_escrow(founding):
    operator, to = founding
    before = operator("keys").out
    assert operator("keys", "rotate").ended_well
    assert operator("keys").out != before
    assert operator("verify").ended_well
    assert not list(operator.home.rglob("*.old"))
    assert "No escrow" in operator("doctor").out
    out = operator.folder / "escrow.age"
    out.unlink(missing_ok=True)
    assert operator("keys", "escrow", "--to", *to, "--out", out).ended_well
    assert operator("keys", "verify-escrow", "--identity", operator.folder / "embassy.txt").ended_well
    key = operator.key_file()
    away = key.with_name("lost")
    key.rename(away)
    assert "not readable" in operator("verify").out
    done = operator("keys", "recover", "--escrow", out, "--identity", operator.folder / "court.txt")
    assert done.ended_well, done.out
    assert operator("verify").ended_well


def test_a_rotation_that_a_power_cut_ended_is_settled_by_the_next_look(founding, tmp_path):
    operator, _to = founding
    home = tmp_path / "copy"
    shutil.copytree(operator.home, home)
    described = json.loads((home / "keys/custody.json").read_text())
    key = tmp_path / "copy.key"
    shutil.copy(described["path"], key)
    (home / "keys/custody.json").write_text(json.dumps({**described, "path": str(key)}))
    other = Operator(operator.folder, home)
    for path in (key, home / "keys/custody.json", home / "data/database.key"):
        shutil.copy(path, path.with_name(path.name + ".old"))
    (home / "data/database.key").write_bytes(b"half a rotation")
    assert "was undone; the old key is in force" in other("keys").out
    assert other("verify").ended_well
    shutil.copy(key, str(key) + ".old")
    assert "had been finished; the old key is gone" in other("keys").out
    assert not list(tmp_path.rglob("*.old"))


def test_the_doctor_finds_an_instance_fit_and_each_spoilt_thing_not(founding, tmp_path):
    operator, _to = founding
    told = json.loads(operator("doctor", "--json").out)
    assert told["fit"], told
    key = operator.key_file()
    key.chmod(0o644)
    done = operator("doctor")
    assert (done.code, "Others can read" in done.out) == (1, True)
    key.chmod(0o600)
    (operator.home / "files").chmod(0o755)
    assert operator("doctor").code == 1
    (operator.home / "files").chmod(0o700)
    spoilt = Operator(operator.folder, operator.home, {"PRASAN_DEMO_SIGN_IN": "true", "PRASAN_TLS": "false"})
    told = json.loads(spoilt("doctor", "--json").out)
    assert {"demo_switch", "tls"} <= {f["code"] for f in told["findings"] if f["level"] == "refuse"}
    done = spoilt("serve", "--port", "0")
    assert (done.code, "Not served" in done.out) == (1, True)
    none = Operator(tmp_path, tmp_path / "none")
    assert (none("doctor").code, none("serve").code, none("backup", "a", "b", "--to", "x").code) == (1, 1, 1)


def test_the_doctor_speaks_thai_at_a_thai_terminal(founding):
    operator, _to = founding
    spoilt = Operator(operator.folder, operator.home, {"PRASAN_TLS": "false"})
    english, thai = (spoilt("doctor", "--language", language).out for language in ("en", "th"))
    assert "PRASAN_TLS is off" in english
    assert len(thai.splitlines()) == len(english.splitlines())


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = Operator(tmp_path, tmp_path / "file" / "home")("demo", "--no-serve")
    assert done.code == 1
    assert len([x for x in done.out.splitlines() if not x.startswith("[")]) == 1


def test_the_server_starts_answers_and_ends_and_a_taken_port_is_one_sentence(founding):
    operator, _to = founding
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = operator.begun("serve", "--port", port)
    try:
        said = []
        while not (said and said[-1].startswith("http")):
            said.append(server.stdout.readline().strip())
            assert server.poll() is None, said
        assert said[-1] == f"http://localhost:{port}"
        assert any("escrow verified" in line for line in said)
        request = urllib.request.Request(
            f"http://localhost:{port}/account/login/", headers={"X-Forwarded-Proto": "https"}
        )
        assert answer(request) == 200
        done = operator("serve", "--port", port)
        assert (done.code, f"Port {port} is taken" in done.out) == (1, True)
    finally:
        server.terminate()
        server.wait(timeout=30)


def answer(request):
    import time

    for _try in range(300):
        try:
            with urllib.request.urlopen(request, timeout=10) as page:
                return page.status
        except OSError:
            time.sleep(0.2)
    return 0


def test_queued_jobs_are_done_by_the_worker(founding):
    operator, _to = founding
    operator.python("from prasan.conf.tests.jobs import remember; [remember.enqueue(n) for n in range(20)]")
    assert operator("worker", "--once").ended_well
    told = operator.python(
        "from django_tasks_db.models import DBTaskResult as R; print(R.objects.filter(status='SUCCESSFUL').count())"
    )
    assert told == "20"
    assert operator.python("from prasan.journal.models import *; print(Checkpoint.objects.exists())") == "True"


def test_our_own_commands_are_listed_first(tmp_path):
    done = Operator(tmp_path, tmp_path / "none")("help")
    assert done.ended_well
    listed = [line.split()[0] for line in done.out.splitlines() if line.startswith("  ")]
    assert listed[:3] == ["demo", "init", "serve"]
    assert Operator(tmp_path, tmp_path / "none")("--version").out.strip() == f"prasan {__version__}"
    assert {"doctor", "verify", "keys", "backup", "restore", "move", "upgrade", "worker"} <= set(listed)


def test_an_upgrade_asks_for_a_backup_first(founding, tmp_path):
    operator, to = founding
    done = operator("upgrade")
    assert (done.code, "--no-backup" in done.out) == (1, True)
    done = operator("upgrade", "--backup", tmp_path / "d.age", tmp_path / "k.age", "--to", *to)
    assert done.ended_well, done.out
    assert (tmp_path / "k.age").exists()
