"""The referral mechanism in the demo: a night raid, a round through a shelter, decisions that are looked at again."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from prasan.cases.actions import interviews
from prasan.cases.models import Interview
from prasan.identification.actions import ages, protection, reflection, reviews, rights, stages
from prasan.plain.dates import BANGKOK, local_day

from .acting import Teller, met, opened, screened

RAID_TITLE = "ปฏิบัติการกลางคืน แม่สาย / Night raid, Mae Sai"
SHELTER_TITLE = "ออกจากฐานสแกมเมอร์ พักที่บ้านฟ้า / Out of the compound, at Baan Fah"
ORCHARD_TITLE = "สวนผลไม้ สระแก้ว / Fruit orchard, Sa Kaeo"


def ends_today(t: Teller) -> datetime:
    """When the 24 hours of the raid are over: some hours from now, still today in Bangkok if any of today is left."""
    evening = datetime.combine(t.today, time(23), BANGKOK)
    wanted = min(t.now + timedelta(hours=5), max(evening, t.now + timedelta(minutes=20)))
    return wanted.replace(second=0, microsecond=0).astimezone(t.now.tzinfo)


def told_of_rights(t: Teller, part: Any, at: datetime | int, codes: Iterable[str], understood: str, language: str,
                   handed_over: bool = True) -> None:  # fmt: skip
    at = t.moment(at) if isinstance(at, int) else at
    t.by("mali", rights.tell_rights, at, participation=part, rights=list(codes), on=local_day(at), body="ngo",
         language=language, interpreter=language != "tha", understood=understood, handed_over=handed_over)  # fmt: skip


def raid(t: Teller) -> Any:
    """Last night: one whose 24 hours run out today, one whose age is in dispute and who stays, one who went home."""
    case = opened(
        t, 2, title=RAID_TITLE, members=("mali", "nok", "preecha", "noi", "anan"), forms=["sexual_exploitation"],
        mode="physical", province="TH-57",
        summary="ตรวจร้านกลางคืน พบผู้ที่อาจเป็นผู้เสียหาย 3 คน / A venue was searched at night; three possible victims.",
    )  # fmt: skip
    since = ends_today(t) - timedelta(days=1)
    soon = since + timedelta(hours=1)
    first = met(t, case, since, ("มะขาม สมมติ", "Makham Sommut"), gender="feminine", age=24, country="MMR",
                language="mya", wishes="อยากนอนพักก่อน และขอล่ามผู้หญิง / To sleep first, and a woman to interpret")  # fmt: skip
    young = met(t, case, since, ("ปลาทู ตัวอย่าง", "Plathu Tua-yang"), gender="feminine", age=18, country="MMR",
                language="shn", about=True, wishes="อยากโทรหายาย / To call her grandmother")  # fmt: skip
    third = met(t, case, since, ("เดือน ทดลอง", "Duean Thotlong"), gender="transgender_feminine", age=31, country="THA",
                language="tha", wishes="อยากกลับไปนอนที่ห้อง / To sleep in her own room")  # fmt: skip
    found = {"danger": "no", "rest_first": "yes", "housed": "yes", "threatened": "yes", "lied_to": "yes",
             "for_sexual_exploitation": "yes", "cannot_leave": "yes", "documents_kept": "yes"}  # fmt: skip
    there = {"situation": "sexual_offline", "place": "police_station"}
    screened(t, first, soon, "sexual_offline", found | {"debt": "yes"}, language="mya",
             needs=("shelter", "interpreter", "phone"), **there)  # fmt: skip
    screened(t, young, soon, "sexual_offline", found | {"own_documents": "no"}, language="shn",
             needs=("shelter", "documents", "emotional"), **there)  # fmt: skip
    screened(t, third, soon, "first_contact_adult", {"danger": "no", "controller_paid": "yes", "threatened": "yes"},
             language="tha", needs=("legal",), **there)  # fmt: skip
    t.by("mali", protection.take_under_protection, soon, participation=first, since=since, place="welfare_centre",
         body="police")  # fmt: skip
    kept = t.by("mali", protection.take_under_protection, soon, participation=young, since=since, body="police",
                place="family_home")  # fmt: skip
    t.by("mali", protection.record_stay, soon, protection=kept, stays=True, on=local_day(soon), version=kept.version)
    told_of_rights(t, first, soon, ["compensation"], "not_understood", "mya", handed_over=False)
    told_of_rights(t, first, soon, ["refuse", "interpreter", "confidentiality"], "own_words", "mya")
    told_of_rights(t, young, soon, ["compensation", "refuse", "child_interview"], "repeated", "shn")
    told_of_rights(t, third, soon, ["compensation", "assistance", "refuse"], "own_words", "tha")
    t.by("mali", ages.record_age, t.now, case=case, person=young.person, result="undetermined", low=16, high=19,
         methods=["documents", "social"], body="mdt", on=t.today,
         reasons="บอกว่าเกิดปีจอ เอกสารเป็นของคนอื่น รอใบเกิดจากหมู่บ้าน ระหว่างนี้ถือเป็นเด็ก / Born in the year of the dog, she says; "
                 "the paper is somebody else's. Her village was asked; until then she counts as a child.")  # fmt: skip
    return case


SHELTERED = (
    ("Joseph Sommut", "masculine", 27, "KEN", "swa", 9),
    ("Amara Thotlong", "feminine", 23, "ETH", "amh", 8),
    ("Rafi Tua-yang", "masculine", 30, "IDN", "ind", 7),
    ("Mai Sommut", "feminine", 21, "VNM", "vie", 6),
    ("Dodong Tua-yang", "masculine", 34, "PHL", "eng", 2),
)
HELD = {"danger": "no", "rest_first": "yes", "recruited": "yes", "brought": "yes", "held": "yes", "lied_to": "yes",
        "guards": "yes", "cannot_leave": "yes", "documents_kept": "yes", "violence": "yes"}  # fmt: skip


def shelter(t: Teller) -> Any:
    """Five in reflection: seen each day by Noi; today one is worried, one is ill, one was not seen yet."""
    case = opened(
        t, 10, title=SHELTER_TITLE, members=("mali", "noi", "preecha", "ploy", "chai"), forms=["forced_criminality"],
        mode="mixed", province="TH-63",
        summary="ห้าคนข้ามแม่น้ำกลับมา พักที่บ้านฟ้า ยังไม่ถามเรื่องที่เกิดขึ้น / Five came back over the river; nothing is asked yet.",
    )  # fmt: skip
    parts, periods = [], []
    for name, gender, age, country, language, ago in SHELTERED:
        part = met(t, case, ago, ("", name), gender=gender, age=age, country=country, language=language)
        screened(t, part, ago, "forced_criminality", HELD, situation="scam_compound", place="immigration",
                 language=language, needs=("shelter", "phone"))  # fmt: skip
        told_of_rights(t, part, ago, ["compensation", "non_punishment", "reflection"], "own_words", language)
        parts.append(part)
        periods.append(t.do("mali", reflection.open_reflection, case=case, person=part.person)
                       if False else _period(t, case, part))  # fmt: skip
    _kept(t, parts)
    seen: dict[Any, str] = {}
    walk(t, case, periods[:4], ("well", "worried", "well", "well"), 1, seen)
    walk(t, case, periods[:4], ("well", "worried", "unwell", "well"), 0, seen)
    return case
