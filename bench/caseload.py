"""The rows of a batch of cases, as the acts of `cases` and `people` would have written them."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import models

from prasan.access.models import FOREVER, CaseAccess, PersonAccess
from prasan.accounts.models import Staff
from prasan.cases import facts_of
from prasan.cases.models import (
    Appointment,
    Case,
    CustodyStep,
    Event,
    Note,
    Participation,
    Referral,
    Task,
    TeamMember,
)
from prasan.facts.ledger import entry_of
from prasan.people.index import forms_of
from prasan.people.models import Consent, Name, Person
from prasan.plain import refs

from .pools import Given, Pools
from .pouring import Keyring, new_id, pour
from .staffing import Staffing

YEARS = 8
FORMS = ("sexual_exploitation", "forced_labour", "slavery_and_similar_practices", "other")
PROVINCES = ("TH-10", "TH-20", "TH-50", "TH-57", "TH-63", "TH-74", "TH-83", "TH-90")
COUNTRIES = ("THA", "MMR", "KHM", "LAO", "PHL")
TITLES = ("Karaoke bar", "Fishing boat", "Online offer of work", "Garment workshop", "Farm", "Massage parlour",
          "Compound across the border", "Begging on the street", "Domestic work", "Recruitment by messages")
WORDS = ("called the hotline", "met the team", "was brought to the clinic", "needs an interpreter", "asked for time",
         "spoke with the lawyer", "the bank sent the statement", "the account was closed", "the shelter has room",
         "the hearing was moved", "documents were copied", "the employer did not answer", "next visit agreed",
         "ได้พบทีมงานแล้ว", "รอเอกสารจากโรงพยาบาล", "นัดสัมภาษณ์ครั้งต่อไป", "ตำรวจขอข้อมูลเพิ่ม", "ญาติติดต่อกลับ")
TASKS = ("Call back", "Ask for the medical paper", "Write the statement", "Book an interpreter", "Visit",
         "ขอเอกสารเพิ่ม", "นัดหมายทนาย", "Send the referral", "Check the account", "Prepare the hearing")
HEAVY_NOTES, HEAVY_SERVICES = 200, 20


def code(prefix: str, length: int, taken: set[str], rng: random.Random) -> str:
    """As `plain.refs.new_code`, but from the seed."""
    while True:
        body = "".join(rng.choices(refs.LETTERS, k=length - 1))
        made = f"{prefix}-{body}{refs._check_letter(prefix, body)}"
        if made not in taken:
            taken.add(made)
            return made


@dataclass
class Batch:
    """Rows of some thousand cases, by table, in the order in which they can be inserted."""

    rows: dict[type[models.Model], list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def write(self) -> None:
        for rows in self.rows.values():
            pour(rows)


@dataclass
class Matter:
    """One case while its rows are made: what the rooms need to know of it."""

    case: Case
    at: datetime
    team: dict[str, Staff]
    parts: list[Participation] = field(default_factory=list)
    heavy: bool = False

    def by(self, *disciplines: str) -> Staff:
        """A member of the team in one of these disciplines, or the lead."""
        return next((self.team[d] for d in disciplines if d in self.team), self.team["coordinator"])


@dataclass
class Caseload:
    """Makes cases one after the other; the same seed makes the same caseload (keys apart)."""

    rng: random.Random
    pools: Pools
    staffing: Staffing
    today: date
    keys: Keyring = field(default_factory=Keyring)
    taken: set[str] = field(default_factory=set)
    numbers: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    # For the labelled set: person code -> (name, staff who may see the person).
    named: list[tuple[str, Given, frozenset[int]]] = field(default_factory=list)
    batch: Batch = field(default_factory=Batch)

    def start(self) -> Batch:
        self.batch = Batch()
        return self.batch

    def record(self, model: type[Any], at: datetime, by: Staff, /, **told: Any) -> Any:
        return self.batch.add(model(id=new_id(self.rng), made_at=at, made_by_id=by.pk, **told))

    def moment(self, on: date) -> datetime:
        seconds = self.rng.randrange(8 * 3600, 17 * 3600)
        return datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(seconds=seconds - 7 * 3600)

    def after(self, on: date, days: int) -> date:
        return min(self.today, on + timedelta(days=self.rng.randrange(days)))

    def case(self, opened_on: date, *, heavy: bool = False, team: dict[str, Staff] | None = None) -> Matter:
        """One case with its team, people, work and history."""
        drawn = team or {p.discipline: s for p in self.staffing.pools if (s := p.draw(self.rng)) is not None}
        lead, at, rng = drawn["coordinator"], self.moment(opened_on), self.rng
        self.numbers[opened_on.year] += 1
        old = (self.today - opened_on).days
        status = rng.choices(("active", "follow_up", "closed"), (900 / (300 + old), 0.5, old / 1500))[0]
        closed = status == "closed" and not heavy
        case = self.record(
            Case, at, lead, code=f"TH-{opened_on.year}-{self.numbers[opened_on.year]:04d}",
            title=f"{rng.choice(TITLES)} {rng.randrange(1, 1000)}", forms=[rng.choice(FORMS)],
            status="closed" if closed else "active" if heavy else status,
            mode=rng.choice(("online", "physical", "mixed")), province=rng.choice(PROVINCES),
            lead_agency_id=lead.agency_id, opened_on=opened_on, summary=f"{rng.choice(WORDS)}; {rng.choice(WORDS)}.",
            closed_on=self.after(opened_on, 700) if closed else None,
        )  # fmt: skip
        matter = Matter(case, at, drawn, heavy=heavy)
        self.event(matter, "case_opened", opened_on)
        self._team(matter)
        for _ in range(2 if heavy else rng.choices((1, 2, 3), (82, 13, 5))[0]):
            self._person(matter)
        self._work(matter, closed)
        return matter

    def event(self, matter: Matter, kind: str, on: date, about: Person | None = None, *, partition: str = "shared",
              target: models.Model | None = None, **params: str) -> None:  # fmt: skip
        """A line of the timeline."""
        if about is not None:
            params["person"] = about.code
        self.record(Event, self.moment(on), matter.by("coordinator"), case_id=matter.case.pk, kind=kind, on=on,
                    about=about, params=params, partition=partition,
                    target=f"{target._meta.label_lower}:{target.pk}" if target is not None else "")  # fmt: skip

    def _team(self, matter: Matter) -> None:
        case, on = matter.case, matter.case.opened_on
        for discipline, staff in matter.team.items():
            lead = discipline == "coordinator"
            self.record(TeamMember, matter.at, matter.by("coordinator"), case=case, staff_id=staff.pk,
                        discipline=discipline, is_lead=lead, since_on=on, reason="opened" if lead else "")  # fmt: skip
            self.batch.add(CaseAccess(user_id=staff.pk, case=case, disciplines=discipline, is_lead=lead,
                                      since=matter.at, until=FOREVER))  # fmt: skip
            self.event(matter, "member_joined", on, discipline=discipline)

    def _person(self, matter: Matter) -> None:
        rng, at, by = self.rng, matter.at, matter.by("social_worker")
        first = not matter.parts
        part = rng.choices(("potential_victim", "victim"), (2, 1))[0] if first else rng.choice(
            ("suspect", "victim", "witness", "accused"))  # fmt: skip
        gender = rng.choice(("feminine", "feminine", "masculine"))
        person = self.record(
            Person, at, by, code=code("P", 7, self.taken, rng), gender=gender, birth_year=rng.randrange(1970, 2014),
            citizenships=[rng.choice(COUNTRIES)], languages=["tha"], interpreter=rng.random() < 0.3,
        )  # fmt: skip
        self.keys.new("person", person.pk, at)
        given = self.pools.draw()
        name = self.record(Name, at, by, person=person, kind=given.kind)
        self.keys.seal(name, person.pk, "value", forms_of(given.text))
        row = self.record(Participation, at, by, case=matter.case, person=person, part=part,
                          since_on=matter.case.opened_on)  # fmt: skip
        matter.parts.append(row)
        self.event(matter, "person_added", matter.case.opened_on, person, part=part)
        for discipline, staff in matter.team.items():
            self.batch.add(PersonAccess(user_id=staff.pk, person=person, disciplines=discipline, until=FOREVER))
        if given.thai:
            self.named.append((person.code, given, frozenset(s.pk for s in matter.team.values())))

    def _text(self) -> str:
        return "; ".join(self.rng.choices(WORDS, k=self.rng.randrange(3, 9))) + "."

    def _work(self, matter: Matter, closed: bool) -> None:
        rng, case, opened = self.rng, matter.case, matter.case.opened_on
        for _ in range(HEAVY_NOTES if matter.heavy else rng.choices((1, 2, 3, 6), (5, 3, 2, 1))[0]):
            self._note(matter, opened)
        for _ in range(12 if matter.heavy else rng.choices((1, 2, 3), (6, 3, 1))[0]):
            done = closed or rng.random() < 0.7
            due = self.after(opened, 200) if done else self.today + timedelta(days=rng.randrange(-20, 60))
            owner = matter.by(*rng.sample(list(matter.team), 1))
            self.record(Task, matter.at, matter.by("coordinator"), case=case, title=rng.choice(TASKS),
                        owner_id=owner.pk, due_on=due, done_at=self.moment(due) if done else None,
                        done_by_id=owner.pk if done else None, version=2 if done else 1)  # fmt: skip
        if not closed and rng.random() < 0.3:
            starts = self.moment(self.today + timedelta(days=rng.randrange(-30, 60)))
            self.record(Appointment, matter.at, matter.by("coordinator"), case=case, at=starts, where="Office",
                        kind=rng.choice(("hearing", "meeting", "interview", "visit")))  # fmt: skip
        for part in matter.parts:
            if part.is_survivor and rng.random() < 0.1:
                self._referral(matter, part)
            if part.is_defendant and rng.random() < 0.8:
                self._arrest(matter, part)
        if closed:
            self.event(matter, "case_closed", case.closed_on)

    def _note(self, matter: Matter, opened: date) -> None:
        partition = self.rng.choice(("shared", "shared", "care", "investigation"))
        by = matter.by({"care": "social_worker"}.get(partition, "investigator"))
        at = self.moment(self.after(opened, 900))
        if self.rng.random() < 0.6:
            about = self.rng.choice(matter.parts).person
            row = self.record(Note, at, by, case=matter.case, partition=partition, about=about)
            self.keys.seal(row, about.pk, "sealed_text", self._text())
        else:
            self.record(Note, at, by, case=matter.case, partition=partition, text=self._text())

    def _referral(self, matter: Matter, part: Participation) -> None:
        rng, on = self.rng, self.after(matter.case.opened_on, 60)
        agency, by = rng.choice(self.staffing.agencies[1:]), matter.by("social_worker")
        consent = self.record(Consent, self.moment(on), by, person=part.person, purpose="sharing_with_agency",
                              agency_id=agency.pk, given_on=on, answers={})  # fmt: skip
        status = rng.choices(("done", "accepted", "sent"), (70, 20, 10))[0]
        self.record(Referral, self.moment(on), by, case=matter.case, person=part.person, agency_id=agency.pk,
                    consent=consent, reason="additional_services_required", status=status, on=on,
                    answer_due_on=on + timedelta(days=14), answered_on=None if status == "sent" else on)  # fmt: skip
        self.event(matter, "referred", on, part.person)

    def _arrest(self, matter: Matter, part: Participation) -> None:
        on = self.after(matter.case.opened_on, 300)
        step = self.record(CustodyStep, self.moment(on), matter.by("investigator"), case=matter.case, body="police",
                           participation=part, step="arrested", at=self.moment(on), province=matter.case.province,
                           contribution=self.rng.choice(("led", "joint", "supported")))  # fmt: skip
        self.fact(facts_of.arrest(step))
        self.event(matter, "custody", on, part.person, step="arrested")

    def fact(self, told: dict[str, Any]) -> None:
        """The fact of a row just made, in the shape that its room gives it."""
        self.batch.add(entry_of(**told).row(told["source"].made_at))
