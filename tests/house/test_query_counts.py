"""No page asks the database more often because there are more rows: as many questions for 30 rows as for 3."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prasan.care import actions as care
from prasan.cases.actions import custody, feeds, matters, persons, referrals, team, work
from prasan.evidence import actions as evidence
from prasan.identification.actions import stages as identification
from prasan.investigation import actions as investigation
from prasan.justice import actions as justice
from prasan.leads.actions import intake
from prasan.people import actions as people
from tests.cast import AT, TODAY

pytestmark = pytest.mark.django_db
SAME = {"at": AT, "today": TODAY}
FEW, MANY = 3, 30
VIEWERS = ("mali", "dao", "preecha", "nok")
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE|BEGIN IMMEDIATE)")


def cases(world, n):
    """Another case of Dao's and Mali's with a task, a date, and one date and task more in the first case."""
    dao, mali = world.dao, world.mali
    with world.acting("dao"):
        other = matters.open_case(by=dao, title=f"Matter {n}", forms=["sexual_exploitation"], opened_on=TODAY, **SAME)
        team.add_member(by=dao, case=other, staff=mali, discipline="social_worker", **SAME)
        for case in (world.case, other):
            starts = AT + timedelta(days=n % 5, hours=1)
            work.add_appointment(by=dao, case=case, kind="meeting", starts_at=starts, at=AT)
            for owner in (dao, mali):
                work.add_task(by=dao, case=case, title=f"Task {n}", owner=owner, due_on=TODAY, **SAME)


def survivor(world, n):
    """A survivor with everything that care and identification record."""
    mali, case = world.mali, world.case
    with world.acting("mali"):
        part = persons.add_person(by=mali, case=case, part="potential_victim", since_on=TODAY, gender="feminine",
                                  names=[("original", f"สมหญิง คนที่{n}")], **SAME)  # fmt: skip
        person = part.person
        work.add_note(by=mali, case=case, partition="shared", text=f"Words {n}", at=AT, about=person)
        work.add_note(by=mali, case=case, partition="care", text=f"Words {n}", at=AT)
        consent = {"purpose": "sharing_with_agency", "given_on": TODAY, "agency": world.agencies["other"]}
        people.record_consent(by=mali, person=person, **consent, **SAME)
        referrals.refer_person(by=mali, case=case, person=person, agency=world.agencies["other"], reason="other",
                               on=TODAY, **SAME)  # fmt: skip
        care.record_service(by=mali, participation=part, kind="health", what="Clinic", on=TODAY, outcome="given",
                            provider=world.agencies["own"], **SAME)  # fmt: skip
        care.record_stay(by=mali, participation=part, kind="other", since_on=TODAY, place="House", phone_access="free",
                         free_movement="free", consent_to_stay=True, consent_on=TODAY, **SAME)  # fmt: skip
        identification.record_screening(
            by=mali, participation=part, answers={"recruited": "yes"}, on=TODAY, discipline="social_worker", body="ngo",
            situation="sexual_offline", place="shelter", enters_nrm=True, child_at_time=False, **SAME)  # fmt: skip
        identification.propose_decision(
            by=mali, participation=part, discipline="social_worker", outcome="presumed", reasons="Signs", on=TODAY,
            body="mdt", **SAME)  # fmt: skip
    return part


def trial(world, n, victim):
    """A suspect, arrested, charged, convicted, ordered to pay."""
    nok, preecha, case = world.nok, world.preecha, world.case
    with world.acting("nok"):
        part = persons.add_person(by=nok, case=case, part="suspect", since_on=TODAY, gender="masculine",
                                  names=[("original", f"สมศักดิ์ ที่{n}")], **SAME)  # fmt: skip
        custody.record_custody(by=nok, participation=part, step="arrested", step_at=AT, at=AT, contribution="led")
        investigation.plan_operation(by=nok, case=case, planned_on=TODAY, place_kind="entertainment",
                                     lead_body="police_atpd", **SAME)  # fmt: skip
        intake.record_lead(by=nok, desk=world.desk, channel="walk_in", received_on=TODAY, urgency="soon",
                           text=f"Told {n}", **SAME)  # fmt: skip
    with world.acting("preecha"):
        charge = justice.record_charge(
            by=preecha, accused=part, offence="atip-52-adult", act_earliest=date(2026, 9, 1), victims=[victim],
            charged_on=date(2026, 10, 5), status="indicted", **SAME)  # fmt: skip
        verdict = justice.record_verdict(by=preecha, charge=charge, outcome="guilty", on=date(2026, 11, 2),
                                         plea="guilty", contribution="led", **SAME)  # fmt: skip
        justice.record_sentence(by=preecha, verdict=verdict, years=4, **SAME)
        money = {"survivor": victim, "accused": part, "route": "court_petition", "amount": Decimal(1000)}
        order = justice.record_order(by=preecha, on=date(2026, 11, 2), **money, **SAME)
        justice.record_payment(by=preecha, order=order, kind="paid", on=TODAY, amount=Decimal(500), method="cash",
                               **SAME)  # fmt: skip
        evidence.seal_item(by=preecha, case=case, file=io.BytesIO(b"paper"), file_name="paper.txt", size=5, looked=True,
                           kind="paper", partition="shared", from_whom="own_team", received_on=TODAY,
                           **SAME)  # fmt: skip


def grow(world, first, last):
    for n in range(first, last):
        cases(world, n)
        trial(world, n, survivor(world, n))


def questions(client, method, path, data=None):
    """The statements of the second request: the first warms what a process keeps and brings the index up to date."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = getattr(client, method)(path, data)
        assert response.status_code == 200, path
    return [query["sql"] for query in captured]


def counted(world, clients):
    """How many statements each page of each viewer takes."""
    case = f"/cases/{world.case.code}/"
    paths = ["/", "/cases/", case, "/calendar/", "/leads/", "/figures/", "/holidays/", "/settings/feeds/"]
    found = {}
    for name, client in clients.items():
        _feed, secret = feeds.make_feed(by=world.staff[name], language="en", at=AT)
        found[name, "feed"] = len(questions(client, "get", f"/feeds/{secret}.ics"))
        for path in paths:
            if path != "/leads/" or name != "preecha":
                found[name, path] = len(questions(client, "get", path))
        for q in ("สมหญิง", "Words"):
            found[name, f"search {q}"] = len(questions(client, "post", "/search/", {"q": q}))
    return found


def test_the_number_of_queries_does_not_grow_with_the_rows(world, sign_in, settings):
    settings.OPENINGS_AN_HOUR = settings.OPENINGS_A_DAY = 100_000
    clients = {name: sign_in(world.staff[name]) for name in VIEWERS}
    grow(world, 0, FEW)
    few = counted(world, clients)
    grow(world, FEW, MANY)
    many = counted(world, clients)
    assert {place: (few[place], many[place]) for place in few if many[place] != few[place]} == {}


def test_a_page_that_only_reads_writes_nothing_within_the_minute(world, sign_in, frozen):
    client = sign_in(world.mali)

    def written():
        return [sql for sql in questions(client, "get", "/cases/") if WRITES.match(sql)]

    assert written() == []
    frozen.shift(61)
    with CaptureQueriesContext(connection) as captured:
        client.get("/cases/")
    tables = {query["sql"].split('"')[1] for query in captured if query["sql"].startswith("UPDATE")}
    assert tables == {"usersessions_usersession", "django_session"}
