"""Builds the demo instance: a fictional team with a history, through the same acts that people use."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from prasan.access.models import Desk
from prasan.access.scoping import viewing
from prasan.accounts.models import Agency
from prasan.care import actions as care
from prasan.cases.actions import clocks, custody, persons, referrals, team, work
from prasan.cases.models import Referral, RunningClock
from prasan.evidence import actions as evidence
from prasan.identification.actions import rights
from prasan.identification.actions import stages as identification
from prasan.investigation import actions as investigation
from prasan.justice.actions import charges, money, verdicts
from prasan.leads.actions import intake, sorting
from prasan.people import actions as people
from prasan.plain.birth import PartialDate
from prasan.plain.dates import local_day

from .matters import MATTERS, STAGES, TRAININGS, WAITING, Matter, Survivor, Suspect
from .mechanism import mechanism
from .team import make_team

TEAM = ("nok", "mali", "preecha", "anan", "ploy", "chai", "noi", "wit")
Say = Callable[[str], None]


class Story:
    """One matter being told: who acts, on which day, and what has happened so far."""

    def __init__(self, staff: dict[str, Any], matter: Matter, today: date) -> None:
        self.staff, self.matter, self.today = staff, matter, today
        self.case: Any = None
        self.survivors: list[Any] = []
        self.suspects: list[Any] = []
        self.verdicts: list[Any] = []
        self.operation: Any = None

    def on(self, after: int) -> date:
        """The day so many days after the beginning, never later than today."""
        return min(self.today - timedelta(days=self.matter.began - after), self.today)

    def at(self, after: int, hour: int = 3) -> datetime:
        return datetime.combine(self.on(after), time(hour), UTC)

    def by(self, name: str, act: Callable[..., Any], after: int, **told: Any) -> Any:
        """Do one act as a member of the cast, on a day of the story."""
        actor, at = self.staff[name], self.at(after)
        with viewing(actor, datetime.now(UTC)):
            return act(by=actor, at=at, **told)


def lead(s: Story) -> None:
    m, desk = s.matter, Desk.objects.get(code="hotline")
    row = s.by("nok", intake.record_lead, 0, desk=desk, channel=m.channel, received_on=s.on(0), urgency="soon",
               text=m.tip, today=s.on(0), forms=[m.form], mode=m.mode, province=m.province)  # fmt: skip
    row = s.by("dao", sorting.triage_lead, 0, lead=row, version=row.version, urgency="soon", owner=s.staff["dao"])
    if m.reached == "lead":
        return
    accepted = s.by("dao", sorting.accept_lead, 1, lead=row, version=row.version, today=s.on(1), title=m.title,
                    forms=[m.form], summary=m.tip, discipline="coordinator")  # fmt: skip
    s.case = getattr(accepted, "case", accepted)
    for name in TEAM:
        s.by("dao", team.add_member, 1, case=s.case, staff=s.staff[name], today=s.on(1),
             discipline=next(iter(s.staff[name].disciplines)), reason="MDT")  # fmt: skip
    s.by("nok", investigation.open_investigation, 1, case=s.case, opened_on=s.on(1), today=s.on(1))


def _survivor(s: Story, told: Survivor) -> Any:
    part = s.by(
        "mali", persons.add_person, 3, case=s.case, part="potential_victim", since_on=s.on(3), today=s.on(3),
        names=[("original", told.name), ("romanised", told.romanised)], gender=told.gender,
        birth=PartialDate(told.born), citizenships=[told.citizenship], languages=[told.language],
        interpreter=told.language not in {"tha", "lao"}, wishes=told.wish,
        safety="ไม่โทรหาเบอร์ที่บ้านหลัง 18.00 น. / Do not call home after six.",
    )  # fmt: skip
    s.by("mali", people.add_contact, 3, person=part.person, kind="phone", value="000-000-0000",
         safe_times="09.00-16.00", do_not_say="อย่าบอกว่ามาจากมูลนิธิ / Do not say which organisation.")  # fmt: skip
    s.by("mali", people.record_consent, 3, person=part.person, purpose="services", given_on=s.on(3), today=s.on(3),
         language=told.language, answers={"told_purpose": "yes"}, words=told.wish)  # fmt: skip
    return part


def screened(s: Story) -> None:
    m = s.matter
    for told in m.survivors:
        part = _survivor(s, told)
        s.survivors.append(part)
        s.by("mali", identification.record_screening, 4, participation=part, on=s.on(4), discipline="social_worker",
             body="ngo", situation="other", place="office", enters_nrm=True, today=s.on(4), language=told.language,
             interpreter=told.language != "tha", needs=["shelter", "emotional"],
             answers={"housed": "yes", "lied_to": "yes", f"for_{m.form}": "yes", "cannot_leave": "yes",
                      "documents_kept": "unknown", "controller_paid": "not_asked", "worked": "yes",
                      "interpreter_sex": "woman", "wishes": "told"}, words={"wishes": told.wish})  # fmt: skip
        s.by("mali", rights.tell_rights, 4, participation=part, rights=["compensation", "refuse"], on=s.on(4), body="ngo",
             language=told.language, interpreter=told.language != "tha", understood="own_words", handed_over=True,
             today=s.on(4))  # fmt: skip
        s.by("mali", care.record_stay, 4, participation=part, kind="ngo_registered", since_on=s.on(4), today=s.on(4),
             place="บ้านฟ้า อาคาร 2 (สมมติ)", phone_access="free", free_movement="free", consent_to_stay=True,
             consent_on=s.on(4))  # fmt: skip
        for after, kind, what in ((5, "health", "ตรวจสุขภาพ / Health check"), (9, "social_care", "ของใช้จำเป็น / Daily needs"),
                                  (16, "legal", "พบทนาย / Met the lawyer")):  # fmt: skip
            if m.began > after:
                s.by("mali", care.record_service, after, participation=part, kind=kind, what=what, on=s.on(after),
                     provider=Agency.objects.get(code="prasanjai"), outcome="given", today=s.on(after))  # fmt: skip
    s.by("ploy", work.add_note, 6, case=s.case, partition="care", about=s.survivors[0].person,
         text="หลับได้มากขึ้น ยังไม่ควรถามเรื่องวันเกิดเหตุ / Sleeps better; not yet to be asked about that day.")  # fmt: skip
    s.by("nok", work.add_note, 6, case=s.case, partition="investigation",
         text="บัญชีผู้ใช้เดียวกันปรากฏในประกาศอื่น / The same account appears in another posting.")  # fmt: skip


def identified(s: Story) -> None:
    """Decided after the days of reflection, also where days off made them longer."""
    for part in s.survivors:
        decision = s.by("mali", identification.propose_decision, 27, participation=part, outcome="identified",
                        reasons="พบการกระทำ วิธีการ และวัตถุประสงค์ / Act, means and purpose were found.", on=s.on(27),
                        discipline="social_worker", body="mdt", today=s.on(27), law_basis="s6",
                        forms=[s.matter.form])  # fmt: skip
        s.by("preecha", identification.concur, 28, decision=decision, discipline="lawyer", on=s.on(28),
             version=decision.version, today=s.on(28))  # fmt: skip


def _suspect(s: Story, told: Suspect) -> Any:
    return s.by("nok", persons.add_person, 22, case=s.case, part="suspect", since_on=s.on(22), today=s.on(22),
                names=[("original", told.name)], gender=told.gender, birth=PartialDate(told.born),
                citizenships=["THA"], languages=["tha"], is_official=told.official)  # fmt: skip


def operation(s: Story) -> None:
    m = s.matter
    s.suspects = [_suspect(s, told) for told in m.suspects]
    planned = s.by("nok", investigation.plan_operation, 22, case=s.case, planned_on=s.on(25), place_kind=m.place,
                   lead_body=_lead_body(), today=s.on(22), province=m.province, risk_checked=True,
                   risk_words="ตรวจความเสี่ยงต่อผู้เสียหายและครอบครัวแล้ว / Risks to survivors and families were checked.")  # fmt: skip
    done = s.by("nok", investigation.record_operation, 25, operation=planned, status="done", version=planned.version,
                today=s.on(25), done_at=s.at(25, 2), contribution="joint")  # fmt: skip
    for part in s.survivors:
        s.by("nok", investigation.record_removal, 25, participation=part, on=s.on(25), contribution="joint",
             today=s.on(25), operation=done)  # fmt: skip
    for part in s.suspects:
        s.by("nok", investigation.record_arrest, 25, participation=part, arrested_at=s.at(25, 2), body=_lead_body(),
             contribution="joint", today=s.on(25), province=m.province, operation=done)  # fmt: skip
        s.by("nok", custody.record_custody, 26, participation=part, step="remanded", step_at=s.at(26, 4))
        if STAGES.index(m.reached) < STAGES.index("indicted"):
            _on_bail(s, part)


def _on_bail(s: Story, part: Any) -> None:
    """Not filed yet: released on bail, which the prosecutor extended once where three months are over."""
    step = s.by("nok", custody.record_custody, 30, participation=part, step="bailed", step_at=s.at(30, 4))
    if s.matter.began >= 115:
        with viewing(s.staff["nok"], datetime.now(UTC)):
            clock = RunningClock.objects.get(target=clocks.reference(step))
        s.by("nok", clocks.extend_clock, 115, clock=clock, length=3, unit="months", on=s.on(115), today=s.on(115),
             reason="พนักงานอัยการขยายเวลา (สมมติ) / The prosecutor extended it (fictional)", version=clock.version)  # fmt: skip


def _lead_body() -> str:
    from prasan.investigation import queries

    return str(queries.bodies("en")[0][0])


def charged(s: Story) -> None:
    s.operation = [
        s.by("preecha", charges.record_charge, 40, accused=part, offence=told.offence, act_earliest=s.on(-30),
             act_latest=s.on(-1), charged_on=s.on(40), today=s.on(40), victims=s.survivors)
        for part, told in zip(s.suspects, s.matter.suspects, strict=True)
    ]


def indicted(s: Story) -> None:
    moved = []
    for charge in s.operation:
        row = charge
        for after, status in ((70, "sent_to_prosecutor"), (85, "ordered_prosecute"), (90, "indicted")):
            row = s.by("preecha", charges.move_charge, after, charge=row, status=status, on=s.on(after),
                       version=row.version, today=s.on(after), court="ศาลสมมติ / Court (fictional)",
                       black_number="คม 1/2569" if status == "indicted" else "")  # fmt: skip
        moved.append(row)
    s.operation = moved


def verdict(s: Story) -> None:
    for charge, told in zip(s.operation, s.matter.suspects, strict=True):
        spoken = s.by("preecha", verdicts.record_verdict, 180, charge=charge, outcome=told.outcome, on=s.on(180),
                      today=s.on(180), plea=told.plea, contribution="supported", red_number="คม 2/2569")  # fmt: skip
        s.by("preecha", verdicts.record_sentence, 180, verdict=spoken, today=s.on(180), years=told.years,
             fine=Decimal(told.fine) if told.fine else None)  # fmt: skip
        s.verdicts.append(spoken)


def ordered(s: Story) -> None:
    s.operation = s.by("preecha", money.record_order, 180, survivor=s.survivors[0], route="court_petition",
                       on=s.on(180), amount=Decimal(s.matter.ordered), today=s.on(180), accused=s.suspects[0],
                       head="body_mind")  # fmt: skip


def paid(s: Story) -> None:
    s.by("preecha", money.record_payment, 200, kind="paid", on=s.on(200), amount=Decimal(s.matter.paid),
         today=s.on(200), order=s.operation, method="cash")  # fmt: skip


def around(s: Story) -> None:
    """Tasks, dates, a referral, a sealed paper: what makes the pages look like a working day."""
    today, now = s.today, datetime.now(UTC)
    due = {"th": today + timedelta(days=s.matter.began % 9 - 3)}
    owners = {"mali": "โทรติดตามผู้เสียหาย / Follow-up call", "preecha": "ร่างคำร้องตามมาตรา 44/1 / Draft the 44/1 petition",
              "nok": "ตรวจบัญชีที่พบซ้ำ / Check the account seen twice"}  # fmt: skip
    for name, title in owners.items():
        with viewing(s.staff["dao"], now):
            work.add_task(by=s.staff["dao"], case=s.case, title=title, owner=s.staff[name], due_on=due["th"], at=now,
                          today=today)  # fmt: skip
    with viewing(s.staff["preecha"], now):
        work.add_appointment(by=s.staff["preecha"], case=s.case, kind="hearing" if s.suspects else "meeting", at=now,
                             starts_at=datetime.combine(today + timedelta(days=s.matter.began % 20 + 1), time(2), UTC),
                             where="ศาลสมมติ / Court (fictional)")  # fmt: skip
    with viewing(s.staff["mali"], now):
        evidence.seal_item(by=s.staff["mali"], case=s.case, file=io.BytesIO(b"%PDF-1.4 fictional consent form"),
                           file_name="consent.pdf", size=31, looked=True, kind="scan", partition="care",
                           from_whom="survivor", received_on=today, at=now, today=today)  # fmt: skip
        hospital = Agency.objects.get(code="hospital")
        person = s.survivors[0].person
        people.record_consent(by=s.staff["mali"], person=person, purpose="sharing_with_agency", agency=hospital,
                              given_on=s.on(5), expires_on=today + timedelta(days=180), at=now, today=today)  # fmt: skip
        referrals.refer_person(by=s.staff["mali"], case=s.case, person=person, agency=hospital,
                               reason="additional_services_required", on=s.on(6), at=now, today=today)  # fmt: skip


TELL = {f.__name__: f for f in (lead, screened, identified, operation, charged, indicted, verdict, ordered, paid)}


def tell(staff: dict[str, Any], matter: Matter, today: date) -> Story:
    """One matter, stage by stage, up to the one it reached."""
    story = Story(staff, matter, today)
    for stage in STAGES[: STAGES.index(matter.reached) + 1]:
        TELL[stage](story)
    if story.survivors:
        around(story)
    if matter.began > 100:
        answered(story)
    return story


def answered(s: Story) -> None:
    """The hospital took over what was asked of it, except where it was asked lately."""
    with viewing(s.staff["mali"], datetime.now(UTC)):
        referral = Referral.objects.get(case=s.case)
    s.by("mali", referrals.answer_referral, 12, referral=referral, version=referral.version, status="accepted",
         on=s.on(12), today=s.on(12))  # fmt: skip


def _waiting_leads(staff: dict[str, Any], today: date) -> None:
    desk = Desk.objects.get(code="hotline")
    for channel, ago, urgency, text in WAITING:
        day = today - timedelta(days=ago)
        at = datetime.combine(day, time(4), UTC)
        with viewing(staff["mali"], datetime.now(UTC)):
            intake.record_lead(by=staff["mali"], desk=desk, channel=channel, received_on=day, urgency=urgency, text=text,
                               at=at, today=day, forms=["unknown"], mode="unknown", identifiers="LINE: demo-sommut")  # fmt: skip


def _organisation(staff: dict[str, Any], today: date) -> None:
    from prasan.policy.actions import recommendations
    from prasan.training import actions as training
    from prasan.training.rules import Group

    for title, topic, ago, hours, groups in TRAININGS:
        day = today - timedelta(days=ago)
        at = datetime.combine(day, time(9), UTC)
        training.record_session(by=staff["kwan"], title=title, topic=topic, on=day, hours=Decimal(hours), at=at,
                                today=today, groups=[Group(k, sex, n) for k, sex, n in groups],
                                trainer=staff["kwan"])  # fmt: skip
    day = today - timedelta(days=400)
    at = datetime.combine(day, time(9), UTC)
    made = recommendations.record_recommendation(
        by=staff["dao"], made_on=day, addressed_to="พม. / MSDHS", contribution="joint", at=at, today=today,
        text_en="Give every possible victim of forced criminality a screening before any charge.",
        text_th="ให้ผู้ที่อาจถูกบังคับให้กระทำความผิดได้รับการคัดกรองก่อนการแจ้งข้อหาทุกครั้ง", indicia=["tip_02"],
    )  # fmt: skip
    for ago, stage, words in ((250, "accepted", "หนังสือตอบรับ (สมมติ) / Letter of acceptance (fictional)"),
                              (90, "in_force", "ระเบียบ (สมมติ) / Rule (fictional)")):  # fmt: skip
        recommendations.record_measure(by=staff["dao"], recommendation=made, stage=stage, words=words,
                                       on=today - timedelta(days=ago), at=at, today=today)  # fmt: skip


def build(say: Say, now: datetime | None = None) -> None:
    """Everything of the demo, in one go; `say` gets a line of progress for each part."""
    from prasan import packs
    from prasan.desk.reconcile import reconcile
    from prasan.impact.history import import_history
    from prasan.policy.actions.seeding import seed_official_figures, seed_tiers

    now = now or datetime.now(UTC)
    today = local_day(now)
    staff = make_team(today - timedelta(days=2000))
    say("team")
    stories = []
    for matter in MATTERS:
        stories.append(tell(staff, matter, today))
        say(matter.title)
    mechanism(staff, stories, now)
    say("the referral mechanism")
    _waiting_leads(staff, today)
    _organisation(staff, today)
    seed_tiers()
    seed_official_figures(at=datetime.now(UTC))
    import_history(path=packs.data_path("published_figures.csv"), apply=True)
    say("history")
    difference = reconcile().differences
    if difference:
        raise RuntimeError(f"the ledger of facts does not agree with the records: {difference[:3]}")
    say("reconciled")
