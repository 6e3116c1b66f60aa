"""What the rooms add to a generated case: screening, services, charges, verdicts, money, in the rooms' own shapes."""

from datetime import date, timedelta
from decimal import Decimal

from prasan import packs
from prasan.care import facts_of as care_facts
from prasan.care.models import Service
from prasan.care.rules import SERVICE_KINDS
from prasan.cases.models import Participation
from prasan.identification import facts_of as identification_facts
from prasan.identification.models import Concurrence, Decision, Screening
from prasan.investigation import facts_of as investigation_facts
from prasan.investigation.models import Investigation
from prasan.justice import facts_of as justice_facts
from prasan.justice.models import Charge, ChargeVictim, Order, Payment, Sentence, Verdict
from prasan.leads import facts_of as lead_facts
from prasan.leads.models import Lead, LeadStep
from prasan.plain.text import normalise
from prasan.search.models import DeskDocument

from .caseload import HEAVY_SERVICES, PROVINCES, WORDS, Caseload, Matter, code
from .pouring import new_id

CHANNELS = ("hotline_1300", "walk_in", "partner_report", "online_posting", "social_media_message")
ROUTES = ("court_prosecutor", "court_petition", "punitive")


def add_to(load: Caseload, matter: Matter) -> None:
    """The records of one case in the rooms."""
    rng = load.rng
    survivors = [part for part in matter.parts if part.is_survivor]
    for place, part in enumerate(survivors):
        if rng.random() < 0.8:
            screen(load, matter, part)
        many = HEAVY_SERVICES if matter.heavy and not place else rng.choices((0, 1, 3, 6), (2, 3, 3, 2))[0]
        for _ in range(many):
            serve(load, matter, part)
        if rng.random() < 0.1:
            order(load, matter, part)
    if rng.random() < 0.5:
        on = load.after(matter.case.opened_on, 30)
        row = load.record(Investigation, load.moment(on), matter.by("investigator"), case=matter.case, opened_on=on)
        load.fact(investigation_facts.opened(row))
        load.event(matter, "investigation_opened", on)
    for part in matter.parts:
        if part.is_defendant and rng.random() < 0.6:
            charge(load, matter, part, survivors)


def screen(load: Caseload, matter: Matter, part: Participation) -> None:
    """A screening, and in half of them the team's decision with two who concurred."""
    rng, on, by = load.rng, load.after(matter.case.opened_on, 20), matter.by("social_worker")
    case, person = matter.case, part.person
    row = load.record(
        Screening, load.moment(on), by, case=case, person=person, participation=part, on=on, body="mdt",
        discipline="social_worker", situation=rng.choice(sorted(packs.codes("screening_situation"))), place="office",
        answers={"act": "yes", "means": "yes"}, indicators=["act", "means"], enters_nrm=True, needs=["medical"],
        pack_version=packs.version(),
    )  # fmt: skip
    load.fact(identification_facts.screened(row))
    load.event(matter, "screened", on, person, target=row)
    if rng.random() < 0.5:
        return
    decided = load.after(on, 40)
    outcome = rng.choice(("identified", "identified", "presumed", "not_identified"))
    decision = load.record(
        Decision, load.moment(on), by, case=case, person=person, outcome=outcome, forms=case.forms, on=on,
        law_basis="s6" if outcome == "identified" else "", proposed_by_id=by.pk, discipline="social_worker",
        body="mdt", status="decided", decided_on=decided, version=2,
    )  # fmt: skip
    load.keys.seal(decision, person.pk, "reasons", rng.choice(WORDS))
    for staff, discipline in ((by, "social_worker"), (matter.by("investigator"), "investigator")):
        load.record(Concurrence, load.moment(decided), staff, case=case, decision=decision, staff_id=staff.pk,
                    discipline=discipline, on=decided)  # fmt: skip
    told = identification_facts.decided(decision)
    if told:
        load.fact(told)
    load.event(matter, "identified", decided, person, decision=outcome, target=decision)


def serve(load: Caseload, matter: Matter, part: Participation) -> None:
    """One service, mostly given."""
    rng, on = load.rng, load.after(matter.case.opened_on, 600)
    row = load.record(
        Service, load.moment(on), matter.by("social_worker"), case=matter.case, person=part.person, on=on,
        kind=rng.choice(list(SERVICE_KINDS)), provider_id=rng.choice(load.staffing.agencies).pk,
        outcome=rng.choices(("given", "goes_on", "declined", "not_available"), (80, 8, 7, 5))[0],
    )  # fmt: skip
    load.keys.seal(row, part.person_id, "what", rng.choice(WORDS))
    told = care_facts.service(row)
    if told:
        load.event(matter, "service_given", on, part.person, partition="care", target=row)
        load.fact(told)


def charge(load: Caseload, matter: Matter, part: Participation, survivors: list[Participation]) -> None:
    """A charge of one accused; in half of them the court has spoken."""
    rng, case, act = load.rng, matter.case, matter.case.opened_on
    charged = load.after(act, 200)
    indicted = load.after(charged, 200) if rng.random() < 0.7 else None
    spoken = load.after(indicted, 400) if indicted and rng.random() < 0.6 else None
    guilty = rng.random() < 0.8
    status = ("convicted" if guilty else "acquitted") if spoken else "indicted" if indicted else "under_inquiry"
    row = load.record(
        Charge, load.moment(charged), matter.by("lawyer", "investigator"), case=case, accused=part, offence="atip",
        section="6", law="atip", law_version="2562", pack_version=packs.version(), basis="trafficking",
        act_earliest=act, act_latest=act, status=status, status_on=spoken or indicted or charged,
        charged_on=charged, indicted_on=indicted, court="Criminal Court",
    )  # fmt: skip
    for survivor in survivors:
        load.record(ChargeVictim, row.made_at, matter.by("lawyer"), case=case, charge=row, victim=survivor)
    facts_of_justice(load, row)
    if not spoken:
        return
    verdict = load.record(
        Verdict, load.moment(spoken), matter.by("lawyer"), case=case, charge=row, instance="first", on=spoken,
        outcome="guilty" if guilty else "acquitted", effect="first", basis="trafficking", plea="not_guilty",
        contribution=rng.choice(("led", "joint", "supported")) if guilty else "",
    )  # fmt: skip
    facts_of_justice(load, verdict)
    if guilty:
        sentence = load.record(Sentence, verdict.made_at, matter.by("lawyer"), case=case, verdict=verdict,
                               years=rng.randrange(2, 16))  # fmt: skip
        facts_of_justice(load, sentence)


def order(load: Caseload, matter: Matter, part: Participation) -> None:
    """Money ordered for a survivor, and in a third of them paid."""
    rng, on = load.rng, load.after(matter.case.opened_on, 900)
    amount, route = Decimal(rng.randrange(20, 800) * 1000), rng.choice(ROUTES)
    row = load.record(Order, load.moment(on), matter.by("lawyer"), case=matter.case, survivor=part, route=route,
                      on=on, amount=amount)  # fmt: skip
    facts_of_justice(load, row)
    if rng.random() < 0.33:
        paid = load.after(on, 400)
        payment = load.record(
            Payment, load.moment(paid), matter.by("lawyer"), case=matter.case, order=row, survivor=part, route=route,
            kind="paid", direct=True, on=paid, amount=amount / 2, method="transfer",
        )  # fmt: skip
        facts_of_justice(load, payment)


def facts_of_justice(load: Caseload, row: Charge | Verdict | Sentence | Order | Payment) -> None:
    for told in justice_facts.of(row):
        load.fact(told)


def leads(load: Caseload, count: int, days: list[date]) -> None:
    """So many leads of the intake desk, one in fifty of the last weeks still open."""
    rng, desk = load.rng, load.staffing.desk
    members = load.staffing.pool("social_worker").members[:4]
    for on in rng.sample(days, min(count, len(days))):
        by, waits = rng.choice(members), rng.random() < 0.02
        on = load.today - timedelta(days=rng.randrange(0, 10)) if waits else on
        at, pk = load.moment(on), new_id(rng)
        load.keys.new("lead", pk, at)
        lead = load.batch.add(Lead(
            id=pk, made_at=at, made_by_id=by.pk, code=code("L", 7, load.taken, rng), desk=desk, received_on=on,
            channel=rng.choice(CHANNELS), province=rng.choice(PROVINCES), forms=["forced_labour"], mode="online",
            urgency=rng.choice(("normal", "normal", "soon", "child")),
            text=f"{rng.choice(WORDS)}; {rng.choice(WORDS)}", status="new" if waits else "closed",
            owner_id=None if waits else by.pk, close_reason="" if waits else "too_little",
        ))  # fmt: skip
        load.record(LeadStep, at, by, lead=lead, kind="received")
        load.batch.add(DeskDocument(kind="leads.lead", target_id=pk, version=1, made_at=at, desk=desk,
                                    text=normalise(f"{lead.code}\n{lead.text}")))  # fmt: skip
        load.fact(lead_facts.received(lead))
