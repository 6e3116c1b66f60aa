"""The access matrix: every route as every role and relation, and what the answer may hold."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from prasan.access.table import ACTS
from prasan.cases.actions import team
from prasan.cases.models import TeamMember
from tests.cast import AT, CAST, TODAY
from tests.full import MARKERS, PART, address, make_ceremonies, make_world, values_for
from tests.house.test_house import SHUT, act_of, routes

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[2] / "docs" / "reference" / "access-matrix.txt"
ROLES = ("nok", "mali", "preecha", "anan", "dao", "fah", "ploy", "chai", "noi", "wit", "kwan", "ubon", "tawan", "somchai")
# At full size on the embedded database; on PostgreSQL, behind row-level security, a sample of each standing.
SAMPLED = bool(os.environ.get("DATABASE_URL"))
TRIED = ("mali", "preecha", "somchai") if SAMPLED else ROLES
FORMER = ("mali",) if SAMPLED else ("nok", "mali", "preecha", "wit")
MEMBERS = {"nok", "mali", "preecha", "anan", "dao", "ploy", "chai", "noi", "wit"}
LEGAL = {"preecha", "wit"}
ON_DESK = {"nok", "mali", "dao"}
# Routes that end a session or change the viewer's own standing: run last, or with care.
LAST = ("leave/", "colleagues/<int:staff>/suspend/")


def ours() -> Iterator[tuple[str, str, object]]:
    for path, name, view in sorted(routes(), key=lambda r: r[0]):
        if not SHUT.match(path):
            yield path, act_of(name, view), view


def expected(path: str, act: str, who: str, relation: str) -> str:
    """allow, deny (403, with the sentence) or hide (404, as if it were not there)."""
    act = "cases.correct" if "/correct/<slug:kind>" in path else act
    row, held = ACTS[act], frozenset(CAST[who][3])
    if row.scope in {"public", "self"}:
        return "allow"
    if row.scope == "organisation":
        return "allow" if row.admits(held) else "deny"
    if row.scope == "intake":
        if who not in ON_DESK:
            return "hide" if "<str:lead>" in path or "<str:intake>" in path else "deny"
        return "allow" if row.admits(held) else "deny"
    if relation != "member" or who not in MEMBERS:
        return "hide"
    first = frozenset({CAST[who][3][0]})
    return "allow" if row.admits(first) else "deny"


def told() -> str:
    """The matrix as a lawyer reads it: a line a route, with who may and what everybody else is told."""
    lines = [
        "Access matrix of Prasan. Generated from the routes and the table of acts; a test compares.",
        "allow: may do it. deny: is told for whom it is. hide: gets the same answer as for what does not exist.",
        "Roles: member of the case's team in that discipline; everybody else (other teams, former members, other",
        "agencies, administrators) is 'not on the team'. Administration gives no act on a case.",
        "",
    ]
    for path, act, _view in ours():
        row = ACTS[act]
        who = "everybody" if "*" in row.disciplines else ", ".join(sorted(row.disciplines))
        who += " and whoever leads the case" if row.lead else ""
        if row.scope == "case":
            rule = f"allow: team members ({who}); deny: other team members; hide: not on the team"
        elif row.scope == "intake":
            rule = f"allow: members of the intake desk ({who}); {expected(path, act, 'fah', 'outsider')}: everybody else"
        elif row.scope == "organisation":
            rule = f"allow: {who}; deny: everybody else"
        else:
            rule = "allow: everybody, without sign-in" if row.scope == "public" else "allow: the person signed in, for themselves"
        lines.append(f"/{path}\n    {act} ({row.title})\n    {rule}")
    return "\n".join(lines) + "\n"


def test_the_written_matrix_is_the_one_in_force():
    if not GOLDEN.exists() or GOLDEN.read_text() != told():
        fresh = GOLDEN.with_suffix(".new")
        fresh.write_text(told())
        pytest.fail(f"the matrix changed: compare {fresh} with {GOLDEN} and put it in its place")


def client_of(staff: object) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["demo_sign_in"] = True
    session.save()
    return client


def outcome(status: int) -> str:
    if status == 403:
        return "deny"
    if status == 404:
        return "hide"
    return "allow" if status < 500 else f"error {status}"


@pytest.fixture(scope="module")
def full(django_db_setup: None, django_db_blocker: object) -> Iterator[object]:
    """One world for the whole matrix, built once, rolled back at the end."""
    import time_machine
    from django.conf import settings
    from django.db import transaction
    from django.test import override_settings

    from prasan import vault
    from prasan.people import queries
    from prasan.vault import keys

    with django_db_blocker.unblock(), time_machine.travel(AT, tick=False), override_settings(
        DEMO=True, DEMO_SIGN_IN=True, OPENINGS_AN_HOUR=100_000, OPENINGS_A_DAY=100_000
    ):
        atomic = transaction.atomic()
        atomic.__enter__()
        keys._own_primitive.cache_clear()
        queries.forget_index()
        for owner in (keys.INSTANCE, keys.TOKEN, keys.JOURNAL):
            vault.new_key(owner)
        world = make_world()
        assert settings.DEMO
        yield world
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
        queries.forget_index()


def cells(world: object, who: str, relation: str, case: object) -> Iterator[str]:
    """Run every route as one person; tell each cell that is not as expected."""
    client = client_of(world.staff[who])
    for path, act, view in sorted(ours(), key=lambda r: r[0] in LAST):
        if path == "leave/" or (relation == "ex-member" and ACTS[act].scope != "case"):
            continue
        values = values_for(path, getattr(view, "children", {}), world, case)
        for method in ("get", "post"):
            if method == "post" and path in {"cast/", "colleagues/<int:staff>/suspend/", "staff/<int:staff>/reset-factor/"}:
                continue
            answer = getattr(client, method)(address(path, values))
            if answer.status_code == 405:
                continue
            want, got = expected(path, act, who, relation), outcome(answer.status_code)
            missing = want == "allow" and got == "hide" and ("join" in path or "cast" in path or "handover" in path or "resets" in path)
            # A record of the legal partition is narrower than its act: other members are told no, never more.
            narrower = "<uuid:record>" in path and want == "allow" and got in {"deny", "hide"} and who not in LEGAL
            if got != want and not missing and not narrower:
                yield f"{who} ({relation}) {method} /{path}: {got} instead of {want}"
            if want != "allow":
                body = answer.content.decode(errors="replace")
                leaks = [m for m in (*MARKERS, world.case.title, "เบาะแสลับ") if m in body]
                if leaks:
                    yield f"{who} ({relation}) {method} /{path} shows {leaks}"


@pytest.mark.parametrize("who", TRIED)
def test_every_route_as_every_role(full, who):
    relation = "member" if who in MEMBERS else "outsider"
    wrong = list(cells(full, who, relation, full.case))
    assert wrong == []


@pytest.mark.parametrize("who", FORMER)
def test_every_route_as_a_former_member(full, who):
    with full.acting("dao"):
        for case in (full.case, full.rows["other"]):
            for member in TeamMember.objects.filter(case=case, staff=full.staff[who], until_on=None):
                team.remove_member(by=full.dao, case=case, member=member, at=AT, today=TODAY)
    wrong = list(cells(full, who, "ex-member", full.case))
    assert wrong == []


def test_a_child_of_another_case_is_not_there_even_for_a_member_of_both(full):
    """Parent A, child B: every nested route answers 404."""
    clients = [client_of(full.staff[name]) for name in ("mali", "preecha", "nok", "dao")]
    open_doors = []
    for path, _act, view in ours():
        children = getattr(view, "children", {})
        names = set(PART.findall(path))
        if "case" not in names or not (names & (set(children) | {"row", "consent"})):
            continue
        theirs = values_for(path, children, full, full.rows["other"])
        mixed = {**theirs, "case": full.case.code}
        for client in clients:
            for method in ("get", "post"):
                answer = getattr(client, method)(address(path, mixed))
                if answer.status_code not in {403, 404, 405}:
                    open_doors.append(f"{method} /{path}: {answer.status_code}")
    assert open_doors == []


def test_a_planted_fault_is_found(full, monkeypatch):
    """Widen one row of the table: the matrix must go red."""
    from dataclasses import replace

    client = client_of(full.chai)
    path = "cases/<str:case>/charges/<uuid:charge>/verdicts/new/"
    view = next(v for p, _a, v in ours() if p == path)
    where = address(path, values_for(path, view.children, full, full.case))
    assert outcome(client.get(where).status_code) == "deny"
    act = ACTS["justice.record_verdict"]
    monkeypatch.setitem(ACTS, "justice.record_verdict", replace(act, disciplines=frozenset({"*"})))
    assert outcome(client.get(where).status_code) == "allow"


def test_ceremonies_of_two_people_stay_closed_to_the_wrong_ones(full):
    make_ceremonies(full)
    page = client_of(full.fah).get("/orphans/")
    assert page.status_code == 403
    page = client_of(full.ubon).get("/orphans/").content.decode()
    assert full.rows["other"].code in page
    assert full.rows["other"].title not in page
