"""Two full matters for the matrix: every kind of record, in case A and in case B, through the real acts."""

import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps

from prasan.access.actions import ask_factor_reset
from prasan.access.models import Desk
from prasan.access.system import system_read
from prasan.accounts.models import Agency
from prasan.cases.actions import orphans
from prasan.demo import build
from prasan.demo.matters import MATTERS
from prasan.evidence import actions as evidence
from prasan.leads.actions import abuse, intake
from prasan.people.models import Consent
from tests.cast import AT, TODAY, World, make_cast
from tests.full_asking import ask_for
from tests.full_clocks import correct_days
from tests.full_field import send_from_field
from tests.full_intake import many_at_once
from tests.full_protection import protect
from tests.full_telling import tell

PART = re.compile(r"<(?:\w+:)?(\w+)>")
NONE = UUID(int=0)
MARKERS = (
    "แพรว", "ดวงใจ", "บุญช่วย", "เจ๊แดง", "000-000-0000", "บ้านฟ้า อาคาร", "อยากกลับไปเรียน", "หลับได้มากขึ้น",
    "อยากเล่าแล้ว", "เป็นห่วงน้องที่บ้าน", "เล่าแล้วหนึ่งครั้ง", "มีเอกสารเดินทาง", "มีข้อเท็จจริงใหม่",
)  # fmt: skip


def make_world() -> World:
    """The cast with two finished matters (A and B), a waiting lead, and the organisation's own records."""
    world = make_cast()
    for code in ("prasanjai", "hospital"):
        Agency.objects.create(code=code, name_en=code, kind="ngo")
    story_team = {**world.staff}
    stories = []
    for matter in (MATTERS[0], MATTERS[0]):
        story = build.Story(story_team, matter, TODAY)
        for stage in build.STAGES:
            build.TELL[stage](story)
        build.around(story)
        with world.acting("preecha"):
            evidence.seal_item(by=world.preecha, case=story.case, file=io.BytesIO(b"paper"), file_name="paper.txt",
                               size=5, looked=True, kind="paper", partition="shared", from_whom="own_team",
                               received_on=TODAY, at=AT, today=TODAY)  # fmt: skip
            evidence.record_suspicion(by=world.preecha, case=story.case, at=AT, found_where="https://example.test/y",
                                      found_at=AT, reported_to="not_yet", report_ref="")  # fmt: skip
        tell(world, story)
        protect(world, story)
        stories.append(story)
    build._organisation(world.staff, TODAY)
    desk = Desk.objects.get(code="hotline")
    with world.acting("nok"):
        lead = intake.record_lead(by=world.nok, desk=desk, channel="walk_in", received_on=TODAY, urgency="soon",
                                  text="เบาะแสลับ", at=AT, today=TODAY, forms=["unknown"])  # fmt: skip
        notice = abuse.note_abuse(by=world.nok, desk=desk, address="https://example.test/x", seen_at=AT, lead=lead,
                                  seen_by="nok", danger=False, at=AT)  # fmt: skip
    world.case, world.rows["other"] = stories[0].case, stories[1].case
    world.survivor, world.suspect = stories[0].survivors[0], stories[0].suspects[0]
    world.rows |= {"lead": lead, "notice": notice, "stories": stories} | send_from_field(world, desk)
    world.rows |= ask_for(world, stories) | many_at_once(world, desk) | correct_days(world)
    return world


def make_ceremonies(world: World) -> None:
    """A lost second factor that waits for a second person, and an orphaned case with a proposed handover."""
    world.rows["reset"] = ask_factor_reset(by=world.ubon, staff=world.chai, at=AT)
    with system_read("team_change", line=False):
        apps.get_model("access.CaseAccess").objects.filter(case=world.rows["other"], is_lead=True).update(
            until=AT - timedelta(days=1)
        )
    world.rows["handover"] = orphans.propose_handover(
        by=world.dao, case=world.rows["other"], staff=world.mali, discipline="social_worker", at=AT
    )


def first(label: str, **where: Any) -> Any:
    """Some row of a kind, in force where that can be said; read as the system."""
    with system_read("verify", line=False):
        return apps.get_model(label).objects.filter(**where).order_by("pk").first()


def values_for(path: str, children: dict[str, str], world: World, case: Any) -> dict[str, Any]:
    """What to put into a route's address: codes and ids of rows of `case`; `NONE` where there is no such row."""
    survivor = world.rows["stories"][0 if case == world.case else 1].survivors[0]
    known: dict[str, Any] = {
        "case": case.code, "person": survivor.person.code, "lead": world.rows["lead"].code, "kind": "part",
        "row": survivor.pk, "staff": world.noi.pk, "token": world.rows["token"], "indicator": "A1", "form": "csv",
        "reset": getattr(world.rows.get("reset"), "pk", 0), "handover": getattr(world.rows.get("handover"), "pk", NONE),
        "line": "screened", "notice": world.rows["notice"].pk, "desk": world.rows["lead"].desk_id,
    }  # fmt: skip
    consent = first_of_person(survivor)
    known["consent"] = consent.pk if consent else NONE
    known["ask"] = world.rows["asks"][case.pk]
    known |= {name: world.rows[name] for name in ("device", "submission", "intake", "entry", "holiday")}
    found = {}
    for name in PART.findall(path):
        if (name in known and name not in children) or name in ("notice", "device", "submission", "entry"):
            found[name] = known[name]
        elif name in children:
            shared = {"partition": "shared"} if children[name] in {"evidence.Item", "cases.RunningClock"} else {}
            row = first(children[name], case=case, **shared)
            found[name] = row.pk if row else NONE
        elif name == "code":
            found[name] = _code(path, case)
        else:
            row = first("policy.Measure") if name == "measure_id" else None
            found[name] = row.pk if row else NONE
    return found


def first_of_person(part: Any) -> Any:
    with system_read("verify", line=False):
        return Consent.objects.filter(person_id=part.person_id).first()


def _code(path: str, case: Any) -> str:
    if path.startswith("training/"):
        return str(first("training.Session").code)
    if path.startswith("policy/"):
        return str(first("policy.Recommendation").code)
    if path.startswith("figures/"):
        return "A1"
    if path.startswith("language/"):
        return "th"
    return str(case.code)


def address(path: str, values: dict[str, Any]) -> str:
    """The address of a route with its values in."""
    return "/" + PART.sub(lambda m: str(values[m[1]]), path)
