"""What the doctor refuses, one thing after another, and what a fault at the terminal sounds like."""

import errno
import os
import socket
import sqlite3
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from prasan import journal
from prasan.conf import checks
from prasan.conf.operating import (
    background,
    fitness,
    fitness_postgresql,
    fitness_sqlcipher,
    passphrase,
    serving,
    speaking,
)
from prasan.conf.operating.instance import Choice, default_key_file
from prasan.journal.models import Checkpoint, Head
from prasan.plain.problem import Problem, Refused
from prasan.vault import custody

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def codes(found, level=fitness.REFUSE):
    return {f.code for f in found if f.level == level}


@pytest.mark.parametrize(
    ("version", "races"),
    [((3, 40, 1), True), ((3, 44, 5), True), ((3, 44, 6), False), ((3, 50, 6), True), ((3, 50, 7), False),
     ((3, 51, 2), True), ((3, 51, 3), False), ((3, 53, 4), False)],
)  # fmt: skip
def test_versions_of_sqlite_with_the_wal_race_are_known(version, races):
    assert fitness_sqlcipher.races(version) is races


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database")
@pytest.mark.parametrize(
    ("pragma", "value", "code"),
    [("synchronous", 1, "synchronous"), ("mmap_size", 4096, "mmap"), ("secure_delete", 0, "secure_delete"),
     ("temp_store", 1, "temp_store"), ("foreign_keys", 0, "foreign_keys"), ("cipher_version", None, "encrypted")],
)  # fmt: skip
def test_each_setting_that_loses_or_leaks_is_refused(db, monkeypatch, pragma, value, code):
    assert codes(fitness_sqlcipher.findings()) == set()
    real = fitness_sqlcipher.pragma
    monkeypatch.setattr(fitness_sqlcipher, "pragma", lambda name: value if name == pragma else real(name))
    assert codes(fitness_sqlcipher.findings()) == {code}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the embedded database")
def test_an_old_sqlite_and_a_clear_file_are_refused(db, monkeypatch, tmp_path):
    monkeypatch.setattr(connection, "get_database_version", lambda: (3, 40, 1))
    clear = tmp_path / "clear.sqlite"
    with sqlite3.connect(clear) as plain:
        plain.execute("CREATE TABLE t (x)")
    monkeypatch.setattr(custody.Place, "database", property(lambda _place: clear))
    real = fitness_sqlcipher.pragma
    monkeypatch.setattr(fitness_sqlcipher, "pragma", lambda n: "wal" if n == "journal_mode" else real(n))
    assert codes(fitness_sqlcipher.findings()) == {"sqlite_version", "encrypted"}


def test_the_plain_c_locale_sees_no_thai_and_others_do():
    assert fitness_postgresql.thai_unseen("C", "c")
    assert fitness_postgresql.thai_unseen("POSIX", b"c")
    assert not fitness_postgresql.thai_unseen("C.UTF-8", "c")
    assert not fitness_postgresql.thai_unseen("C", "i")


def test_a_network_file_system_is_told_from_a_local_one(tmp_path):
    table = tmp_path / "mounts"
    table.write_text(f"/dev/a / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    assert fitness.filesystem_of(tmp_path / "home", table) == "nfs4"
    assert fitness.filesystem_of(tmp_path.parent, table) == "ext4"
    assert fitness.filesystem_of(tmp_path, tmp_path / "absent") == ""
    assert "nfs4".startswith(fitness.NETWORK)


def test_a_full_and_a_network_disk_are_refused(monkeypatch):
    assert not codes(fitness.folders()) & {"disk", "network_disk"}
    monkeypatch.setattr(fitness.shutil, "disk_usage", lambda _path: SimpleNamespace(free=5, total=100))
    monkeypatch.setattr(fitness, "filesystem_of", lambda _path: "cifs")
    monkeypatch.setattr(fitness.os, "access", lambda _path, _mode: False)
    assert codes(fitness.folders()) >= {"disk", "network_disk", "writable"}


def test_a_broken_end_of_the_journal_and_a_clock_that_stands_before_it_are_refused(instance_keys, monkeypatch):
    assert codes(fitness.journal_head()) == set()
    journal.enter(by=None, act="a")
    assert codes(fitness.journal_head()) == set()
    monkeypatch.setattr(fitness.timezone, "now", lambda: datetime.now(UTC) - timedelta(days=1))
    assert codes(fitness.journal_head()) == {"clock"}
    monkeypatch.undo()
    Head.objects.update(hash="0" * 64)
    assert codes(fitness.journal_head()) == {"journal"}


def test_demonstration_data_in_another_instance_is_refused(instance_keys):
    journal.enter(by="system:demo", act="a")
    assert codes(fitness.journal_head()) == {"demo_data"}


def test_what_cannot_be_looked_at_is_refused_with_its_reason(db, monkeypatch):
    def unreadable():
        raise OSError(errno.EIO, "Input/output error", "/x")

    monkeypatch.setattr(fitness, "LOOKED_AT", (unreadable,))
    assert fitness.examine() == [fitness.refuse("unreadable", "Input/output error: /x")]


def test_age_alone_makes_unfit_but_does_not_stop_a_server():
    old = fitness.refuse("backup", "old", serves=True)
    assert not fitness.fit([old])
    assert fitness.stopping([old]) == []


def test_a_real_instance_asks_for_escrow_at_once_and_for_a_backup_after_a_week(instance_keys, monkeypatch):
    def founded(days):
        made = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        monkeypatch.setattr(fitness, "instance", lambda: {"kind": "real", "created": made})
        return codes(fitness.recovery())

    assert founded(1) == {"escrow"}
    assert founded(8) == {"escrow", "backup", "restore_drill"}
    journal.enter(by="system:backup", act="vault.backup")
    assert founded(8) == {"escrow", "restore_drill"}


def test_the_switch_of_the_demo_refuses_to_start_elsewhere(settings):
    checks.refuse_demo_switch()
    assert checks.demo_switch(None) == []
    settings.DEMO, settings.DEMO_SIGN_IN = False, True
    with pytest.raises(ImproperlyConfigured, match="did not make"):
        checks.refuse_demo_switch()
    assert [e.id for e in checks.demo_switch(None)] == ["prasan.E001"]
    settings.DEMO = True
    assert checks.demo_switch(None) == []


def test_the_packs_and_the_locale_are_checked_at_start(db, monkeypatch):
    assert checks.packs_are_well_formed(None) == []
    assert checks.postgresql_locale(None, databases=["default"]) == []
    monkeypatch.setattr(checks.packs, "check", lambda: ["th/x.toml:3: wrong"])
    assert [e.id for e in checks.packs_are_well_formed(None)] == ["prasan.E003"]


def test_a_database_in_the_c_locale_is_an_error(monkeypatch):
    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_told):
            return None

        def execute(self, _text):
            return None

        def fetchone(self):
            return "C", "c"

    there = {"default": SimpleNamespace(vendor="postgresql", cursor=Cursor)}
    monkeypatch.setattr(checks, "connections", there)
    assert [e.id for e in checks.postgresql_locale(None, databases=["default"])] == ["prasan.E002"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/data"), "The disk is full"),
        (OSError(errno.EACCES, "Permission denied", "/data"), "No permission for /data"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "x.age"), "No such file or directory: x.age"),
        (OperationalError("database or disk is full"), "The disk is full"),
        (OperationalError("file is not a database"), "does not open with this instance's key"),
        (OperationalError("unable to open database file"), "cannot be opened or written"),
        (OperationalError("no such table: journal_line"), "run `prasan upgrade`"),
        (OperationalError("server closed the connection\nmore"), "The database refused: server closed the connection"),
        (OperationalError(""), "The database refused"),
        (Refused(Problem("%(n)s is wrong", params={"n": 3})), "3 is wrong"),
        (CommandError("plain"), "plain"),
    ],
)
def test_a_fault_is_a_sentence(fault, words):
    told = speaking.sentence(fault)
    assert words in told
    assert "\n" not in told


def test_the_terminal_s_language_is_taken(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert speaking.language_of_terminal() == "en"
    monkeypatch.setenv("LANG", "th_TH.UTF-8")
    assert speaking.language_of_terminal() == "th"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert speaking.language_of_terminal() == "en"


def test_a_question_is_asked_until_the_answer_will_do(monkeypatch):
    answers = iter(["", " yes "])
    monkeypatch.setattr("builtins.input", lambda _shown: next(answers))
    assert speaking.ask("Go on?") == "yes"
    monkeypatch.setattr("builtins.input", lambda shown: "" if "[ngo]" in shown else "x")
    assert speaking.ask("Kind", "ngo") == "ngo"


def test_a_passphrase_is_typed_twice_and_remembered_for_the_process(monkeypatch):
    monkeypatch.setattr(passphrase, "interactive", lambda: True)
    monkeypatch.setattr(passphrase, "_told", [])
    right, slip = "six words nobody guesses", "six words nobody guessed"
    typed = iter([right, slip, right, right])
    monkeypatch.setattr(passphrase.getpass, "getpass", lambda _shown: next(typed))
    with pytest.raises(speaking.Stop, match="differ"):
        passphrase.chosen()
    assert passphrase.chosen() == passphrase.asked() == right
    monkeypatch.setattr(passphrase, "_told", [])
    monkeypatch.setattr(passphrase.getpass, "getpass", lambda _shown: "")
    with pytest.raises(custody.NoKey, match="locked by a passphrase"):
        passphrase.asked()


def test_a_choice_of_custody_is_read_and_a_free_place_found(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    first = default_key_file("abc")
    assert first == tmp_path / "prasan-keys" / "abc.key"
    custody.write_private(first, b"x")
    assert Choice.parse("file", "abc").path == tmp_path / "prasan-keys" / "abc-2.key"
    assert Choice.parse("file:/stick/my.key", "abc").path.name == "my.key"
    assert Choice.parse("environment", "abc") == Choice("environment")
    for wrong in ("cloud", "passphrase:x", ""):
        with pytest.raises(speaking.Stop, match="--custody is"):
            Choice.parse(wrong, "abc")


def test_a_taken_or_impossible_port_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(speaking.Stop, match="is taken"):
            serving.refuse_taken("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(speaking.Stop, match="is not a port"):
        serving.refuse_taken("127.0.0.1", 99999)
    serving.refuse_taken("127.0.0.1", 0)


def test_a_day_is_signed_once_by_bangkok_s_calendar(instance_keys):
    assert background.close_day(AT) is None
    journal.enter(by=None, act="a")
    assert background.close_day(AT).count == 1
    journal.enter(by=None, act="b")
    assert background.close_day(AT.replace(hour=16)) is None
    assert background.close_day(AT.replace(hour=17)).count == 2
    assert Checkpoint.objects.count() == 2


def test_the_periodic_work_takes_away_files_that_a_power_cut_left(db, monkeypatch):
    swept = []
    for other in ("close_day", "expire", "measure_tables"):
        monkeypatch.setattr(background, other, lambda *_at: None)
    monkeypatch.setattr(background, "sweep", swept.append)
    background.tend()
    assert [at.tzinfo for at in swept] == [UTC]


@pytest.mark.parametrize("broken", range(8))
def test_a_step_that_fails_keeps_no_other_step_and_no_job_from_its_work(monkeypatch, capsys, broken):
    names, done = list(background._steps()), []

    def step(name):
        def do(_at):
            done.append(name)
            if name == names[broken]:
                raise OperationalError("a name that stays out")

        return do

    thread = background.Background(interval=0.01)
    monkeypatch.setattr(background, "_steps", lambda: {name: step(name) for name in names})
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    monkeypatch.setattr(thread.worker, "run", lambda: done.append("jobs"))
    monkeypatch.setattr(thread.ended, "is_set", lambda: bool(done))
    thread.run()
    assert done == [*names, "jobs"]
    assert capsys.readouterr().err == f"prasan background: {names[broken]}: OperationalError\n"


def test_the_steps_of_a_round_are_all_that_has_to_be_done(db, monkeypatch):
    done = []
    for where, name in (
        (background, "close_day"), (background, "expire"), (background.drafts, "expire"), (background.ticking, "tick"),
        (background.reflection, "run_out_everywhere"), (background, "sweep"),
        (background.SessionStore, "clear_expired"), (background, "measure_tables"),
    ):  # fmt: skip
        monkeypatch.setattr(where, name, lambda *_at, told=name, **_told: done.append(told))
    assert background.tend() == []
    assert done == ["close_day", "expire", "expire", "tick", "run_out_everywhere", "sweep", "clear_expired",
                    "measure_tables"]  # fmt: skip


def test_the_worker_that_runs_once_does_its_jobs_and_says_by_its_end_that_a_step_failed(monkeypatch, instance_keys):
    done = []
    monkeypatch.setattr(background.ticking, "tick", lambda _at: 1 / 0)
    monkeypatch.setattr(background.Background, "_new_worker", lambda _self: SimpleNamespace(run=lambda: done.append(1)))
    with pytest.raises(SystemExit) as ended:
        call_command("worker", "--once")
    assert (ended.value.code, done) == (1, [1])


def test_a_fault_in_the_background_is_told_and_outlived(monkeypatch, capsys):
    calls = []

    def tend():
        calls.append(1)
        raise OperationalError("a name that stays out")

    thread = background.Background(interval=0.01)
    monkeypatch.setattr(background, "tend", tend)
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    monkeypatch.setattr(thread.ended, "is_set", lambda: len(calls) > 2)
    thread.run()
    told = capsys.readouterr().err
    assert told.count("OperationalError") == 3
    assert "name" not in told
    thread.stop()
    assert not thread.worker.running


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Unix")
def test_a_crash_writes_no_core(monkeypatch):
    import resource

    said = []
    monkeypatch.setattr(resource, "setrlimit", lambda which, limits: said.append((which, limits)))
    serving.no_core_dumps()
    assert said == [(resource.RLIMIT_CORE, (0, 0))]
