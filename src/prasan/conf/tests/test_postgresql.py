"""An instance that outgrew the laptop: moved to PostgreSQL, walled, saved and restored there, by the real command."""

import json

import pytest
from django.db import connection

from tests import cluster

from .operated import Operator, founded

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("postgresql"),
    pytest.mark.skipif(cluster.programs() is None, reason="no PostgreSQL server programs on this machine"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="starts its own server; once a run is enough"),
]


@pytest.fixture(scope="module")
def server():
    with cluster.running() as one:
        yield one


def addresses(server, name):
    """What an operator sets: the application's role, and the owner's."""
    application, owner = (server.url(role, name) for role in (cluster.APPLICATION, cluster.OWNER))
    return {"DATABASE_URL": application, "DATABASE_OWNER_URL": owner}


@pytest.fixture(scope="module")
def moved(server, tmp_path_factory):
    operator, to = founded(tmp_path_factory.mktemp("moved"))
    lines = operator("verify").out
    server.create("agency")
    told = addresses(server, "agency")
    done = operator("move", "--to", told["DATABASE_URL"], "--owner", told["DATABASE_OWNER_URL"])
    assert done.ended_well, done.out
    return Operator(operator.folder, operator.home, told), to, lines


def findings(operator):
    return {f["code"] for f in json.loads(operator("doctor", "--json").out)["findings"] if f["level"] == "refuse"}


def test_chain_and_keys_arrive_and_the_wall_stands(moved):
    operator, _to, before = moved
    done = operator("verify")
    assert done.ended_well, done.out
    assert int(done.out.split()[0]) == int(before.split()[0]) + 1
    assert not findings(operator) & {"row_security", "role_owner", "role_powers", "locale", "migrations", "journal"}
    assert (operator.home / "data" / "prasan.moved").exists()
    assert not (operator.home / "data" / "prasan.sqlite").exists()


def test_the_doctor_refuses_what_this_throw_away_server_leaves_out(moved):
    operator, _to, _before = moved
    assert {"fsync", "full_page_writes", "synchronous_commit"} <= findings(operator)


def test_the_owner_s_role_is_refused_for_the_application(moved):
    operator, _to, _before = moved
    owner = Operator(operator.folder, operator.home, {"DATABASE_URL": operator.environment["DATABASE_OWNER_URL"]})
    assert "role_owner" in findings(owner)


def test_without_a_viewer_the_application_s_role_sees_no_row(moved, server):
    name = "agency"
    walled = server.psql("SELECT count(*) FROM pg_class WHERE relforcerowsecurity", name, "postgres")
    assert int(walled) > 20
    server.psql(
        "INSERT INTO access_desk (code, name_en, name_th) VALUES ('d', 'd', 'd')", name, cluster.APPLICATION
    )
    assert server.psql("SELECT count(*) FROM cases_case", name, cluster.APPLICATION) == "0"


def test_a_move_into_a_database_that_is_not_empty_changes_nothing(moved, server, tmp_path):
    operator, _to, _before = moved
    other, _to = founded(tmp_path)
    done = other("move", "--to", operator.environment["DATABASE_URL"])
    assert (done.code, "not empty; nothing was changed" in done.out) == (1, True)
    assert (other.home / "data" / "prasan.sqlite").exists()
    assert operator("verify").ended_well


def test_a_backup_of_postgresql_restores_into_an_empty_database(moved, server):
    operator, to, _before = moved
    assert operator("keys", "verify-escrow", "--identity", operator.folder / "court.txt").ended_well
    data, keys = operator.folder / "data.age", operator.folder / "keys.age"
    done = operator("backup", data, keys, "--to", *to)
    assert done.ended_well, done.out
    server.create("again")
    other = operator.elsewhere("again", **addresses(server, "again"))
    wrong = other("restore", data, "--keys", keys, "--identity", operator.folder / "nobody.txt")
    assert wrong.code == 1
    done = other("restore", data, "--keys", keys, "--identity", operator.folder / "embassy.txt")
    assert done.ended_well, done.out
    assert other("verify").ended_well
    assert not findings(other) & {"row_security", "journal", "migrations", "escrow"}


def test_an_upgrade_puts_the_wall_up_again(moved, server):
    operator, _to, _before = moved
    server.psql("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY", "agency", "postgres")
    assert "row_security" in findings(operator)
    done = operator("upgrade", "--no-backup")
    assert done.ended_well, done.out
    assert "row_security" not in findings(operator)


def test_an_instance_is_founded_on_postgresql_once(server, tmp_path):
    server.create("founded")
    operator, _to = founded(tmp_path, **addresses(server, "founded"))
    assert operator("verify").ended_well
    second = operator.elsewhere("second", **operator.environment)
    done = second("init", "--username", "a", "--name", "A", "--agency", "B")
    assert (done.code, "not empty; nothing was changed" in done.out) == (1, True)
    assert operator("verify").ended_well
