"""The referral mechanism in the demo: a night raid, a round through a shelter, decisions that are looked at again."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from prasan.access.scoping import viewing
from prasan.cases.actions import interviews, work
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
        t, 2, title=RAID_TITLE, members=("mali", "nok", "preecha", "noi", "anan", "chai"), forms=["sexual_exploitation"],
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
    there: dict[str, Any] = {"situation": "sexual_offline", "place": "police_station"}
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
    for name, title, about in (("mali", "หาล่ามภาษาพม่าที่เป็นผู้หญิง / Find a woman who interprets Burmese", first),
                               ("preecha", "เตรียมคำร้องต่อศาล เผื่อเธอประสงค์จะอยู่ต่อ / Prepare the petition to the court", first),
                               ("nok", "ขอใบเกิดจากหมู่บ้าน / Ask the village for the paper on her birth", young)):  # fmt: skip
        t.by("dao", work.add_task, t.now, case=case, title=title, owner=t.staff[name], due_on=t.today,
             about=about.person)  # fmt: skip
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
        periods.append(_period(t, case, part))
    _kept(t, parts)
    seen: dict[Any, str] = {}
    walk(t, case, periods, ("well", "worried", "well", "well", "unwell"), 1, seen)
    walk(t, case, periods[:4], ("well", "worried", "unwell", "well"), 0, seen)
    t.do("ploy", work.add_note, case=case, partition="care", about=parts[1].person, at=t.moment(0),
         text="ห่วงน้องสาวที่บ้าน ขอโทรพรุ่งนี้เช้า / Worried about her sister at home; to call tomorrow morning.")  # fmt: skip
    return case


def _period(t: Teller, case: Any, part: Any) -> Any:
    with viewing(t.staff["mali"], t.now):
        return reflection.open_reflection(case, part.person)


def _kept(t: Teller, parts: list[Any]) -> None:
    """The court extended one stay, which ends soon; of another nobody asked whether the person wants to stay."""
    row = t.by("mali", protection.take_under_protection, t.moment(6, 18), participation=parts[3], since=t.moment(6, 18),
               place="ngo_shelter", body="police")  # fmt: skip
    t.by("mali", protection.record_court_order, t.moment(5, 15), protection=row, granted_at=t.moment(5, 15),
         version=row.version)  # fmt: skip
    t.by("mali", protection.take_under_protection, t.moment(2, 18), participation=parts[4], since=t.moment(2, 18),
         place="ngo_shelter", body="police")  # fmt: skip


NEEDS_OF = {"worried": ["phone", "emotional"], "unwell": ["medical"]}


def walk(t: Teller, case: Any, periods: list[Any], how: tuple[str, ...], ago: int, seen: dict[Any, str]) -> None:
    """A round, saved together; `seen` keeps what the page of the next round shows as the newest look."""
    marks = [
        {"reflection": row.pk, "wellbeing": word, "needs": NEEDS_OF.get(word, []), "seen": seen.get(row.pk, "")}
        for row, word in zip(periods, how, strict=True)
    ]
    saved, _between = t.by("noi", reflection.record_round, ago, case=case, marks=marks, on=t.day(ago))
    seen.update({look.reflection_id: str(look.pk) for look in saved})


def orchard(t: Teller) -> Any:
    """Two decisions that did not end the matter: a review that waits, and a re-opening that led to a new proposal."""
    case = opened(
        t, 60, title=ORCHARD_TITLE, members=("mali", "nok", "preecha", "anan", "chai"), forms=["forced_labour"],
        mode="physical", province="TH-27",
        summary="คนงานสองคนหนีออกจากสวน ไม่ได้ค่าจ้าง / Two workers left an orchard; no wages were paid.",
    )  # fmt: skip
    first = met(t, case, 59, ("สเรยเนียง สมมติ", "Sreyneang Sommut"), gender="feminine", age=38, country="KHM",
                language="khm", wishes="อยากได้ค่าจ้างที่ค้าง / The wages that are owed")  # fmt: skip
    second = met(t, case, 59, ("วิบล ตัวอย่าง", "Vibol Tua-yang"), gender="masculine", age=29, country="KHM",
                 language="khm", wishes="อยากกลับบ้านก่อนเก็บเกี่ยว / To be home before the harvest")  # fmt: skip
    there: dict[str, Any] = {"situation": "agriculture", "place": "office", "language": "khm"}
    for part in (first, second):
        screened(t, part, 58, "first_contact_adult", {"danger": "no", "own_documents": "yes", "recruited": "yes",
                 "wages_held": "yes", "worked": "yes"}, needs=("interpreter", "legal"), **there)  # fmt: skip
        told_of_rights(t, part, 58, ["compensation", "assistance", "refuse"], "own_words", "khm")
    # Rest before identification began 58 days ago, and holidays may move its end by more than a week.
    screened(t, second, 34, "forced_labour_factory", {"wages_held": "yes", "debt": "yes", "overtime": "yes",
             "dormitory_locked": "unknown"}, asked_again={"wages_held": "unclear"}, **there)  # fmt: skip
    t.by("mali", interviews.record_interview, 30, case=case, person=second.person, held_at=t.moment(30, 9), body="ngo",
         purpose="identification", topics=["work_and_pay", "place_and_control"], place="separate", recording="written",
         present=["social_worker", "interpreter"], language="khm", interpreter_free_of_conflict=True,
         told="ทำงานเจ็ดวัน หักค่าที่พักทุกเดือน / Seven days a week; lodging was taken off each month.",
         answers={"wages_held": "yes", "overtime": "yes"})  # fmt: skip
    refused = _decided(t, first, 20, "not_identified", "ไม่พบวิธีการบังคับ เป็นข้อพิพาทค่าจ้าง ส่งต่อกรมสวัสดิการฯ / No means was found; "
                       "a dispute about wages, help goes on.")  # fmt: skip
    t.by("mali", reviews.ask_review, 3, decision=refused, kind="review", asked_by="person", on=t.day(3),
         discipline="social_worker", grounds="ขอให้ฟังเพื่อนร่วมงานด้วย / Please hear the woman who worked beside her.")  # fmt: skip
    _reopened(t, second)
    return case


def _decided(t: Teller, part: Any, ago: int, outcome: str, reasons: str) -> Any:
    row = t.by("mali", stages.propose_decision, ago, participation=part, outcome=outcome, reasons=reasons,
               on=t.day(ago), discipline="social_worker", body="mdt")  # fmt: skip
    return t.by("preecha", stages.concur, ago - 1, decision=row, discipline="lawyer", on=t.day(ago - 1),
                version=row.version)  # fmt: skip


def _reopened(t: Teller, part: Any) -> None:
    """Undetermined; then new facts; another discipline says: decide anew; and Nok proposes, which waits."""
    open_still = _decided(t, part, 25, "undetermined", "ยังไม่ทราบว่าประตูล็อกหรือไม่ / Whether the door was locked is not known.")
    asked = t.by("nok", reviews.ask_review, 8, decision=open_still, kind="reopening", asked_by="team", on=t.day(8),
                 discipline="investigator", grounds="พบภาพกุญแจด้านนอก / A picture shows the lock on the outside.")  # fmt: skip
    t.by("preecha", reviews.answer_review, 4, review=asked, outcome="decide_new", body="mdt", on=t.day(4),
         discipline="lawyer", version=asked.version, answer="ต้องพิจารณาใหม่ / It has to be decided anew.")  # fmt: skip
    t.by("nok", stages.propose_decision, 2, participation=part, outcome="identified", on=t.day(2), body="mdt",
         discipline="investigator", law_basis="s6_1", forms=["forced_labour"], replaces=open_still,
         reasons="ล็อกจากข้างนอก หักค่าจ้าง หนี้ / Locked from outside, wages kept, a debt.")  # fmt: skip


def child_heard(t: Teller, story: Any) -> list[Interview]:
    """A child is heard as the law asks; a second time on the same topic only with its reason."""
    boy, rows = story.survivors[0].person, []
    told = {
        "case": story.case, "person": boy, "place": "child_suitable", "recording": "audio_video", "language": "tha",
        "present": ["psychologist", "asked_for", "prosecutor", "inquiry_officer"], "officer_agreed": True,
    }  # fmt: skip
    ago = t.today - story.on(0)
    rows.append(t.by(
        "nok", interviews.record_interview, ago.days - 30, held_at=t.moment(ago.days - 30, 9), body="police",
        purpose="inquiry", topics=["online_contact", "violence"], answers={"threat_publish": "yes", "images_asked": "yes"},
        told="เล่าตามลำดับ หยุดพักสองครั้ง พี่ผู้ชายนั่งอยู่ด้วย / Told in order, two breaks, with the man whom he asked for.",
        **told,
    ))  # fmt: skip
    rows.append(t.by(
        "nok", interviews.record_interview, ago.days - 100, held_at=t.moment(ago.days - 100, 9),
        body="court_or_prosecution", purpose="prosecution", topics=["online_contact", "money"],
        again_because="พบโทรศัพท์เครื่องที่สองหลังการสัมภาษณ์ครั้งแรก / A second phone was found after the first interview.",
        told="ถามเฉพาะโทรศัพท์เครื่องที่สอง / Asked about the second phone only.", **told,
    ))  # fmt: skip
    return rows
