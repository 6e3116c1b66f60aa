"""The fictional matters of the demo, as a table: how each began, who is in it, and how far it went.

Every surname says that it is invented (ตัวอย่าง "example", สมมติ "supposed", ทดลอง "trial", Lek-Sommut).
Days are counted back from the day on which the demo is built.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Survivor:
    """Somebody who was exploited: name, gender, birth year, citizenship, language, wish in own words."""

    name: str
    romanised: str
    gender: str
    born: int
    citizenship: str
    language: str
    wish: str


@dataclass(frozen=True)
class Suspect:
    """Somebody accused: name, gender, birth year, whether a public official, the offence, how it ended."""

    name: str
    gender: str
    born: int
    offence: str
    official: bool = False
    outcome: str = ""
    plea: str = "not_guilty"
    years: int = 0
    fine: int = 0


@dataclass(frozen=True)
class Matter:
    """One case: its title, form, mode, province, how many days ago it began, and the stages it reached."""

    title: str
    form: str
    mode: str
    province: str
    began: int
    place: str
    channel: str
    tip: str
    survivors: tuple[Survivor, ...]
    suspects: tuple[Suspect, ...]
    reached: str
    ordered: int = 0
    paid: int = 0


# The stages in their order; a matter goes through all of them up to the one it reached.
STAGES = ("lead", "screened", "identified", "operation", "charged", "indicted", "verdict", "ordered", "paid")

MATTERS = (
    Matter(
        "คาราโอเกะริมน้ำ เชียงราย / Riverside karaoke, Chiang Rai", "sexual_exploitation", "mixed", "TH-57", 560,
        "entertainment", "hotline_1300",
        "ผู้แจ้งเห็นเด็กผู้หญิงสองคนทำงานกลางคืนที่ร้านคาราโอเกะริมน้ำ ไม่ได้ออกไปไหน / Two girls work at night in a karaoke by "
        "the river and never go out.",
        (Survivor("แพรว ตัวอย่าง", "Praew Tua-yang", "feminine", 2010, "LAO", "lao", "อยากกลับไปเรียน และอยากให้แม่ปลอดภัย"),
         Survivor("ดวงใจ สมมติ", "Duangjai Sommut", "feminine", 2009, "THA", "tha", "ไม่อยากเล่าซ้ำอีก")),
        (Suspect("บุญช่วย ทดลอง", "masculine", 1979, "atip-52-minor", outcome="guilty", plea="guilty", years=6, fine=600000),
         Suspect("เจ๊แดง สมมติ", "feminine", 1971, "cc-282", outcome="guilty", years=4, fine=80000)),
        "paid", 350000, 200000,
    ),
    Matter(
        "เรือประมงแพชูชัย สมุทรสาคร / Fishing boat, Samut Sakhon", "forced_labour", "physical", "TH-74", 470, "vessel",
        "partner_report",
        "แรงงานชายสามคนถูกยึดเอกสารและไม่ได้ค่าจ้างสิบเดือน / Three men, papers taken, no wages for ten months.",
        (Survivor("อ่องซาน ตัวอย่าง", "Aung Tua-yang", "masculine", 1994, "MMR", "mya", "อยากได้ค่าจ้างและกลับบ้าน"),
         Survivor("โซโซ สมมติ", "Soe Sommut", "masculine", 1999, "MMR", "mya", "อยากทำงานต่อบนฝั่ง"),
         Survivor("ตาน ทดลอง", "Than Thotlong", "masculine", 1988, "MMR", "mya", "ยังไม่อยากคุยกับตำรวจ")),
        (Suspect("ไต๋ชูชัย ตัวอย่าง", "masculine", 1968, "atip-52-1", outcome="guilty", years=3, fine=150000),),
        "ordered", 540000, 0,
    ),
    Matter(
        "ฐานสแกมเมอร์ ชายแดนแม่สอด / Scam compound, Mae Sot", "forced_criminality", "mixed", "TH-63", 300,
        "scam_compound", "aoc_1441",
        "ญาติแจ้งว่าน้องชายถูกหลอกไปทำงานคอลเซ็นเตอร์ ถูกขังและถูกช็อตไฟฟ้า / A brother lured into call-centre work is held.",
        (Survivor("ภูผา สมมติ", "Phupha Sommut", "masculine", 2002, "THA", "tha", "กลัวถูกจับข้อหาฉ้อโกง"),
         Survivor("กวิน ตัวอย่าง", "Kawin Tua-yang", "non_conforming", 2004, "THA", "tha", "อยากติดต่อที่บ้านก่อน")),
        (Suspect("นายหน้า ก. ทดลอง", "masculine", 1990, "atip-52-adult"),),
        "indicted",
    ),
    Matter(
        "หลอกถ่ายภาพออนไลน์ เด็กชาย / Online sextortion of a boy", "pornography_or_online", "online", "TH-10", 210, "online",
        "social_media_message",
        "ครูแจ้งว่านักเรียนชายถูกขู่เผยแพร่ภาพในกลุ่มไลน์ / A teacher reports that a boy is threatened with his pictures.",
        (Survivor("ต้นกล้า ทดลอง", "Tonkla Thotlong", "masculine", 2012, "THA", "tha", "ขอให้คุยกับพี่ผู้ชาย และไม่ให้เพื่อนรู้"),),
        (Suspect("บัญชี K. สมมติ", "masculine", 1998, "cc-287-1", outcome="guilty", plea="guilty", years=2, fine=0),),
        "verdict",
    ),
    Matter(
        "โรงงานเย็บผ้าห้องแถว นนทบุรี / Sewing workshop, Nonthaburi", "forced_labour", "physical", "TH-12", 150, "factory",
        "street_outreach",
        "คนงานหญิงห้าคนนอนในโรงงาน ประตูล็อกจากข้างนอก / Five women sleep in the workshop; the door is locked from outside.",
        (Survivor("จันทร์ธี สมมติ", "Chanthy Sommut", "feminine", 1996, "KHM", "khm", "อยากได้เอกสารคืน"),
         Survivor("สเรย์ ตัวอย่าง", "Srey Tua-yang", "feminine", 2001, "KHM", "khm", "ห่วงลูกที่บ้าน")),
        (Suspect("เจ้าของโรงงาน ทดลอง", "masculine", 1966, "atip-52-1"),),
        "charged",
    ),
    Matter(
        "นวดแผนไทย พัทยา มีเจ้าหน้าที่เกี่ยวข้อง / Massage parlour, Pattaya, with an official", "sexual_exploitation",
        "physical", "TH-20", 95, "massage", "police_191",
        "หญิงข้ามเพศคนหนึ่งถูกข่มขู่ให้จ่ายส่วย / A trans woman is threatened into paying for protection.",
        (Survivor("ปริม สมมติ", "Prim Sommut", "transgender_feminine", 2000, "THA", "tha", "อยากพักในที่ที่ปลอดภัยกับตัวตนของตนเอง"),),
        (Suspect("ดาบตำรวจ ข. ทดลอง", "masculine", 1982, "cc-286", official=True),),
        "operation",
    ),
    Matter(
        "งานบ้านในคอนโด กรุงเทพฯ / Domestic work, Bangkok", "servitude", "physical", "TH-10", 40, "private_home", "walk_in",
        "หญิงสาวหนีออกมาขอความช่วยเหลือที่ล็อบบี้ / A young woman fled to the lobby and asked for help.",
        (Survivor("มิ ตัวอย่าง", "Mi Tua-yang", "feminine", 2007, "MMR", "shn", "อยากนอนก่อน แล้วค่อยคุย"),),
        (), "screened",
    ),
    Matter(
        "ขอทานหน้าสถานี / Begging at the station", "forced_begging", "physical", "TH-30", 12, "street", "phone_call",
        "เด็กเล็กสองคนกับผู้ใหญ่ที่ไม่ใช่พ่อแม่ / Two small children with an adult who is not a parent.",
        (Survivor("หนูนา สมมติ", "Nuna Sommut", "feminine", 2018, "KHM", "khm", ""),), (), "lead",
    ),
)  # fmt: skip

# Leads that nobody has accepted yet: channel, days ago, urgency, text.
WAITING = (
    ("online_posting", 3, "child", "ประกาศรับสมัคร “เด็กเอ็น” อายุ 15-17 ทางกลุ่มเปิด / A public post looks for girls of 15 to 17."),
    ("hotline_1300", 1, "danger", "คนงานส่งข้อความว่าถูกขังในแพปลา / A worker writes that he is locked in a fish pier."),
    ("partner_report", 8, "normal", "มีคนหางานต่างประเทศถามหลายราย / Several people ask about the same job abroad."),
)
TRAININGS = (
    ("สัมภาษณ์เด็กอย่างเข้าใจบาดแผลทางใจ / Trauma-informed interviews with children", "interviewing", 620, 12,
     (("law_enforcement", "female", 9), ("law_enforcement", "male", 14), ("ngo", "female", 6))),
    ("คัดกรองแรงงานบังคับ / Screening for forced labour", "identification", 330, 6,
     (("central_government_organisation", "female", 18), ("central_government_organisation", "male", 7))),
    ("พยานหลักฐานออนไลน์ / Online evidence", "digital", 120, 12,
     (("law_enforcement", "male", 22), ("law_enforcement", "female", 5), ("prosecution_or_court", "female", 4))),
)  # fmt: skip
