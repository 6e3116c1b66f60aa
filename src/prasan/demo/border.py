"""Many people at once in the demo: sixty who came back over the border, and a phone that was out in the field."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from prasan import packs
from prasan.access.models import Desk
from prasan.identification.actions import field, intake, intake_moving, intake_screening
from prasan.identification.models import IntakePerson
from prasan.identification.rules.intake_lines import read_line
from prasan.plain.dates import BANGKOK
from prasan.vault import field as sealed

from .acting import Teller, opened

EARLY, LATE = 50, 10
MOVED, SCREENED, LEFT, REFUSED = 5, 22, 2, 3
# (nationality, language): most of those who come back speak no Thai.
FROM = (("Thai", "Thai"), ("Filipino", "English"), ("Vietnamese", "Vietnamese"), ("Thai", "Thai"), ("Chinese", "Chinese"),
        ("Indonesian", "Indonesian"), ("Lao", "Lao"), ("Thai", "Thai"))  # fmt: skip
NAMES = ("นที", "วารี", "ก้อง", "อรุณ", "พฤกษา", "ชล", "เมฆ", "ดาริน")
SURNAMES = ("สมมติ", "ตัวอย่าง", "ทดลอง")
# Every so many people somebody needs to be seen first.
MARKS = {4: "injured", 13: "pregnant", 17: "alone", 22: "medicine", 37: "danger", 52: "injured", 58: "alone"}
AGES = {19: "16", 31: "unknown", 38: "17", 53: "9", 54: "12", 57: "unknown"}
WORKED = {"recruited": "yes", "lied_to": "yes", "held": "yes", "worked": "yes", "documents_kept": "yes", "danger": "no"}
CROSSED = {"recruited": "no", "worked": "yes", "danger": "no"}
OF_CHILD = {"recruited": "yes", "lied_to": "yes", "danger": "no"}


def line(number: int) -> Any:
    """One invented person of the list."""
    country, language = FROM[number % len(FROM)]
    age = AGES.get(number, str(20 + number * 7 % 24))
    name = f"{NAMES[number % len(NAMES)]} {SURNAMES[number % len(SURNAMES)]}" if number % 3 else ""
    told = {"name": name, "sex": "male" if number % 3 else "female", "age": age, "nationality": country,
            "language": language, "urgent": MARKS.get(number, "")}  # fmt: skip
    found, problems = read_line(told)
    if problems:
        raise RuntimeError(f"line {number} of the demo: {problems}")
    return found


def many(t: Teller) -> Any:
    """An intake in the middle of its day: who waits, who is being screened, who was, who said no, who is in a case."""
    desk = Desk.objects.get(code="hotline")
    midnight = datetime.combine(t.today, datetime.min.time(), BANGKOK).astimezone(t.now.tzinfo)
    first = max(t.now - timedelta(hours=6), midnight)
    event = t.by("mali", intake.open_intake, first, desk=desk, on=t.today, place="immigration", province="TH-27",
                 situation="scam_compound", expected=240)  # fmt: skip
    rows = t.do("mali", intake.add_people, intake=event, lines=[line(n) for n in range(1, EARLY + 1)], at=first)
    for row in rows[-4:]:
        t.do("mali", intake.set_group, row=row, group="later", version=row.version)
    done = _screened(t, rows, first)
    _gone(t, rows, done)
    case = opened(
        t, 0, title="กลับข้ามแดน สระแก้ว / Return over the border, Sa Kaeo", members=("mali", "nok", "preecha"),
        forms=["forced_criminality"], mode="mixed", province="TH-27",
        summary="จากการคัดกรองคนหมู่มากในวันนี้ / From today's intake of many people.",
    )  # fmt: skip
    entered = [row for row in done if row.enters_nrm][:MOVED]
    t.by("mali", intake_moving.move_people, 0, intake=event, rows=entered, case=case)
    lines = [line(n) for n in range(EARLY + 1, EARLY + LATE + 1)]  # a second bus, with children in it
    t.do("nok", intake.add_people, intake=event, lines=lines, at=t.now - timedelta(minutes=20))
    for name, minutes in (("mali", 14), ("nok", 6)):
        t.do(name, intake_screening.take_next, intake=event, at=t.now - timedelta(minutes=minutes))
    return event


def _screened(t: Teller, rows: list[IntakePerson], first: datetime) -> list[IntakePerson]:
    """Mali and Nok work side by side through the queue as it stands: urgent people first."""
    forms, done = packs.forms(), []
    apart = (t.now - first) / (SCREENED + MOVED + 2)
    waiting = sorted(rows, key=lambda row: (row.group != "urgent", row.number))[: SCREENED + MOVED]
    for place, row in enumerate(waiting):
        name, at = ("mali", "nok")[place % 2], first + apart * (place + 1)
        child = row.is_child is not False
        answers = OF_CHILD if child else WORKED if place % 3 else CROSSED
        held = t.do(name, intake_screening.take, row=row, at=at)
        done.append(t.by(
            name, intake_screening.screen_person, at, row=held, version=held.version, answers=answers,
            form=forms["first_contact_child" if child else "first_contact_adult"],
            enters_nrm=answers is not CROSSED, needs=["shelter", "phone"] if place % 3 else [],
            interpreter=row.language != "tha",
        ))  # fmt: skip
    return done


def _gone(t: Teller, rows: list[IntakePerson], done: list[IntakePerson]) -> None:
    """Two were taken elsewhere; three adults said no and are a count alone."""
    seen = {row.pk for row in done}
    adults = [row for row in rows if row.pk not in seen and row.is_child is False and row.group != "later"]
    for row in adults[:LEFT]:
        t.do("nok", intake_screening.leave_person, row=row, version=row.version, at=t.now)
    for row in adults[LEFT : LEFT + REFUSED]:
        t.by("mali", intake_screening.refuse_person, 0, row=row, version=row.version, refused="screening",
             card_given=True)  # fmt: skip


SENT: tuple[tuple[str, dict[str, Any], dict[str, Any], dict[str, str]], ...] = (
    ("first_contact_child", {"age": 15, "gender": "feminine", "name": "หนูดี ทดลอง", "language": "lao", "nationality": "LAO",
     "child_at_time": "yes", "place": "community", "situation": "online", "needs": ["safety", "phone"]},
     {"recruited": "yes", "images_asked": "yes", "wishes": "told"}, {"wishes": "อย่าบอกที่โรงเรียน / Do not tell the school."}),
    ("forced_labour_fishing", {"age": 33, "gender": "masculine", "name": "โบโบ สมมติ", "language": "mya",
     "nationality": "MMR", "child_at_time": "no", "place": "workplace", "situation": "fishing", "interpreter": "yes",
     "needs": ["medical", "documents"]}, {"seabook_kept": "yes", "wages_held": "yes", "cannot_leave": "yes",
     "violence": "yes"}, {}),
)  # fmt: skip


def phone(t: Teller) -> None:
    """Nok's phone: registered, paired, and two finished forms from it that wait sealed in the inbox."""
    desk, made = Desk.objects.get(code="hotline"), t.moment(3)
    _device, code = t.do("nok", field.register_device, desk=desk, at=made,
                         label="โทรศัพท์ภาคสนาม 1 / Field phone 1")  # fmt: skip
    field.keep_forms(made)
    _device, token = field.pair(code=code, at=made + timedelta(minutes=4))
    for number, (form, about, answers, words) in enumerate(SENT):
        asked, at = packs.forms()[form], t.now - timedelta(minutes=95 - 50 * number)
        id = uuid5(NAMESPACE_URL, f"prasan-demo/{t.today}/{form}")
        told = {"v": 1, "id": str(id), "form": form, "form_digest": asked.digest(), "answers": answers, "words": words,
                "about": {"on": t.today.isoformat(), "body": "ngo", "enters_nrm": "yes", **about}}  # fmt: skip
        content = sealed.seal_to(sealed.recipient(), json.dumps(told).encode())
        answer = field.receive(token=token, id=id, form=form, form_digest=asked.digest(), content=content, at=at)
        if answer.status != 201:
            raise RuntimeError(f"the demo's phone was turned away: {answer}")
