"""The fictional team of the demo: agencies, colleagues and their disciplines, an intake desk."""

from datetime import date
from typing import Any

from prasan.access.models import Desk, DeskAccess
from prasan.accounts.models import Agency, HeldDiscipline, Staff

# code: (English, Thai, HTCDS kind, province)
AGENCIES = {
    "prasanjai": ("Prasanjai Foundation (fictional)", "มูลนิธิประสานใจ (สมมติ)", "ngo", "TH-50"),
    "police": ("Provincial Police, Sommut (fictional)", "ตำรวจภูธรจังหวัดสมมติ", "law_enforcement", "TH-57"),
    "prosecution": ("Office of the Prosecutor, Sommut (fictional)", "สำนักงานอัยการจังหวัดสมมติ", "prosecution_or_court", "TH-57"),
    "baanfah": ("Baan Fah Shelter (fictional)", "บ้านฟ้า (สมมติ)", "shelter", "TH-50"),
    "msdhs": ("Social Development Office, Sommut (fictional)", "สำนักงาน พมจ. สมมติ", "central_government_organisation", "TH-57"),
    "hospital": ("Sommut Hospital (fictional)", "โรงพยาบาลสมมติ", "health_service_organisation", "TH-57"),
    "rimkhong": ("Rim Khong Foundation (fictional)", "มูลนิธิริมโขง (สมมติ)", "ngo", "TH-43"),
}  # fmt: skip

# user name: (English, Thai, agency, disciplines, language of the pages)
CAST = {
    "dao": ("Dao", "ดาว", "prasanjai", ("coordinator",), "en"),
    "nok": ("Nok", "นก", "prasanjai", ("investigator",), "en"),
    "mali": ("Mali", "มะลิ", "prasanjai", ("social_worker",), "en"),
    "preecha": ("Preecha", "ปรีชา", "prasanjai", ("lawyer",), "en"),
    "ploy": ("Ploy", "พลอย", "prasanjai", ("psychologist",), "en"),
    "chai": ("Chai", "ชัย", "prasanjai", ("interpreter",), "en"),
    "kwan": ("Kwan", "ขวัญ", "prasanjai", ("trainer",), "en"),
    "fah": ("Fah", "ฟ้า", "prasanjai", ("report_reader",), "en"),
    "ubon": ("Ubon", "อุบล", "prasanjai", ("administrator",), "en"),
    "tawan": ("Tawan", "ตะวัน", "prasanjai", ("custodian",), "en"),
    "anan": ("Anan", "อนันต์", "police", ("law_enforcement",), "en"),
    "wit": ("Wit", "วิทย์", "prosecution", ("prosecutor",), "en"),
    "noi": ("Noi", "น้อย", "baanfah", ("shelter_staff",), "en"),
    "somchai": ("Somchai", "สมชาย", "rimkhong", ("social_worker", "investigator"), "en"),
}
DESK = ("nok", "mali", "dao")


def make_team(since_on: date) -> dict[str, Staff]:
    """Agencies, staff without any password (the demo signs in by choosing), disciplines, the desk."""
    agencies = {
        code: Agency.objects.create(
            code=code, name_en=en, name_th=th, kind=kind, province=province, is_own=code == "prasanjai"
        )
        for code, (en, th, kind, province) in AGENCIES.items()
    }
    staff: dict[str, Any] = {}
    for username, (en, th, agency, disciplines, language) in CAST.items():
        member = Staff(username=username, name=en, name_th=th, agency=agencies[agency], language=language)
        member.set_unusable_password()
        member.save(force_insert=True)
        HeldDiscipline.objects.bulk_create(
            HeldDiscipline(staff=member, discipline=d, since_on=since_on) for d in disciplines
        )
        staff[username] = member
    desk = Desk.objects.create(code="hotline", name_en="Hotline desk", name_th="โต๊ะรับแจ้งเหตุ")
    DeskAccess.objects.bulk_create(DeskAccess(user=staff[name], desk=desk) for name in DESK)
    return staff
