"""The fixed cast of the tests, the same everywhere: who they are, what they do, and a builder through real acts."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from prasan.access.models import Desk, DeskAccess
from prasan.access.scoping import viewing
from prasan.accounts.models import Agency, HeldDiscipline, Staff
from prasan.cases.actions import matters, persons, team

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

AGENCIES = {
    "own": ("Prasan Foundation", "มูลนิธิประสาน", "ngo"),
    "police": ("Provincial Police", "ตำรวจภูธร", "law_enforcement"),
    "prosecution": ("Provincial Prosecutor", "สำนักงานอัยการจังหวัด", "prosecution_or_court"),
    "shelter": ("Baan Fah Shelter", "บ้านฟ้า", "shelter"),
    "other": ("Another Foundation", "มูลนิธิอื่น", "ngo"),
}
CAST = {
    "nok": ("Nok", "นก", "own", ("investigator",)),
    "mali": ("Mali", "มะลิ", "own", ("social_worker",)),
    "preecha": ("Preecha", "ปรีชา", "own", ("lawyer",)),
    "anan": ("Anan", "อนันต์", "police", ("law_enforcement",)),
    "dao": ("Dao", "ดาว", "own", ("coordinator",)),
    "fah": ("Fah", "ฟ้า", "own", ("report_reader",)),
    "somchai": ("Somchai", "สมชาย", "other", ("social_worker", "investigator")),
    "ploy": ("Ploy", "พลอย", "own", ("psychologist",)),
    "chai": ("Chai", "ชัย", "own", ("interpreter",)),
    "noi": ("Noi", "น้อย", "shelter", ("shelter_staff",)),
    "wit": ("Wit", "วิทย์", "prosecution", ("prosecutor",)),
    "kwan": ("Kwan", "ขวัญ", "own", ("trainer",)),
    "ubon": ("Ubon", "อุบล", "own", ("administrator",)),
    "tawan": ("Tawan", "ตะวัน", "own", ("custodian",)),
}
ON_THE_TEAM = ("nok", "mali", "preecha", "anan", "dao", "ploy", "chai", "noi", "wit")
ON_THE_DESK = ("nok", "mali", "dao")
MARKER = "ชื่อลับ"


@dataclass
class World:
    """The cast, one case of their team, and a survivor and a suspect in it."""

    staff: dict[str, Staff]
    agencies: dict[str, Agency]
    desk: Desk
    case: Any = None
    survivor: Any = None
    suspect: Any = None
    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__.get("staff", {})[name]
        except KeyError:
            raise AttributeError(name) from None

    def acting(self, name: str) -> Any:
        """The scope of one member of the cast: `with world.acting("mali"): ...`."""
        return viewing(self.staff[name], AT)


def make_cast() -> World:
    """Agencies, staff with their disciplines, an intake desk."""
    agencies = {
        code: Agency.objects.create(code=code, name_en=en, name_th=th, kind=kind, is_own=code == "own")
        for code, (en, th, kind) in AGENCIES.items()
    }
    staff = {}
    for name, (en, th, agency, disciplines) in CAST.items():
        member = Staff(username=name, name=en, name_th=th, agency=agencies[agency], language="en")
        member.set_unusable_password()
        member.save()
        HeldDiscipline.objects.bulk_create(
            HeldDiscipline(staff=member, discipline=d, since_on=date(2020, 1, 1)) for d in disciplines
        )
        staff[name] = member
    desk = Desk.objects.create(code="hotline", name_en="Hotline desk", name_th="โต๊ะรับแจ้งเหตุ")
    DeskAccess.objects.bulk_create(DeskAccess(user=staff[n], desk=desk) for n in ON_THE_DESK)
    return World(staff, agencies, desk)


def make_case(world: World, title: str = "Karaoke bar in Chiang Rai", **options: Any) -> Any:
    """A case opened by coordinator Dao with the whole team on it, through the real acts."""
    dao = world.staff["dao"]
    with viewing(dao, AT):
        case = matters.open_case(
            by=dao, title=title, forms=["sexual_exploitation"], mode="mixed", province="TH-57",
            opened_on=date(2026, 10, 1), at=AT, today=TODAY, **options,
        )  # fmt: skip
        for name in ON_THE_TEAM:
            if name != "dao":
                member = world.staff[name]
                discipline = next(iter(member.disciplines))
                team.add_member(by=dao, case=case, staff=member, discipline=discipline, at=AT, today=TODAY)
    return case


def make_person(world: World, case: Any, part: str = "potential_victim", name: str = f"{MARKER} ใจดี",
                by: str = "mali", **options: Any) -> Any:  # fmt: skip
    """A person added to a case through the real act; returns the participation."""
    actor = world.staff[by]
    told = {"gender": "feminine", "citizenships": ["MMR"], "languages": ["mya"]} | options
    with viewing(actor, AT):
        return persons.add_person(
            by=actor, case=case, part=part, since_on=date(2026, 10, 2), at=AT, today=TODAY,
            names=[("original", name)], **told,
        )  # fmt: skip
