"""What is no single case in the demo: clocks moved by people and days off, refusals counted, the provincial report."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from prasan import packs
from prasan.access.scoping import viewing
from prasan.cases.actions import clocks, holidays
from prasan.cases.models import RunningClock
from prasan.identification.actions import refusals, report
from prasan.identification.rules.report import fiscal_year_of, half

from .acting import Teller


def by_hand(t: Teller, story: Any) -> None:
    """The court named the day on which it hears evidence: the petition's open end is set to it, with the reason."""
    with viewing(t.staff["preecha"], t.now):
        clock = RunningClock.objects.filter(case=story.case, clock="petition-44-1", state="running").first()
    if clock is not None:
        t.by("preecha", clocks.override_clock, 0, clock=clock, end_on=t.today + timedelta(days=5), version=clock.version,
             reason="ศาลนัดสืบพยานวันนี้ตามรายงานกระบวนพิจารณา (สมมติ) / The court set this day for the evidence (fictional)")  # fmt: skip


def short_notice(t: Teller, case: Any) -> None:
    """The cabinet gives a day off at short notice, and one reflection period of the shelter ends a day later."""
    known = packs.holidays("government")
    with viewing(t.staff["dao"], t.now):
        ends = RunningClock.objects.filter(case=case, clock="reflection-a", state="running").order_by("end_on")
        days = [clock.end_on for clock in ends if clock.end_on == clock.unmoved_on]
    found = next((day for day in days if day and day > t.today and day.weekday() < 5 and day not in known), None)
    if found is not None:
        t.by("dao", holidays.correct_day, 0, on=found, is_off=True, calendars=["court", "government"],
             name_en="Special holiday (fictional)", name_th="วันหยุดราชการพิเศษ (สมมติ)",
             source="มติคณะรัฐมนตรี (สมมติ) / Cabinet resolution (fictional)")  # fmt: skip


def refused(t: Teller) -> None:
    """Two adults in the street said no: no name, only a count, and the card was given."""
    for ago, sex in ((6, "female"), (1, "male")):
        t.do("mali", refusals.count_refusal, on=t.day(ago), adult="yes", place="community", sex=sex, refused="all",
             today=t.day(ago), province="TH-57", situation="unknown", language="mya", card_given=True)  # fmt: skip


WRITTEN = {
    "TH-57": {
        "group": "1", "has_plan": True, "budget_received": Decimal(850000), "budget_spent": Decimal(412500),
        "fund_asked": 3, "fund_approved": 2, "fund_running": 1, "fund_finished": 1,
        "activities": "อบรมล่าม 18 คน ซ้อมปฏิบัติการกลางคืนร่วมกันหนึ่งครั้ง / Eighteen interpreters trained, one joint exercise at night.",
        "problems": "ไม่มีล่ามภาษาไทใหญ่หลัง 20.00 น. / No interpreter for Shan after eight in the evening.",
        "suggestions": "จัดบัญชีล่ามร่วมกับจังหวัดข้างเคียง / One list of interpreters with the provinces beside.",
    },
    "TH-27": {
        "group": "2", "has_plan": True, "budget_received": Decimal(1200000), "budget_spent": Decimal(1130000),
        "fund_asked": 1, "fund_approved": 1, "fund_running": 1, "fund_finished": 0,
        "activities": "จุดคัดกรองหน้าด่าน 4 จุด ทำงานเป็นสองกะ / Four screening points at the gate, in two shifts.",
        "problems": "ที่นอนไม่พอเมื่อมาพร้อมกันเกิน 100 คน / Too few beds when more than a hundred come at once.",
        "suggestions": "ให้มีใบเกิดและผู้ปกครองชั่วคราวสำหรับเด็กในวันเดียว / Papers and a guardian for children on the same day.",
    },
}  # fmt: skip


def provincial(t: Teller) -> None:
    """Parts 1 and 3 of the report of two provinces for the half-year that runs."""
    period = half(fiscal_year_of(t.today), 2 if 4 <= t.today.month <= 9 else 1)
    for province, told in WRITTEN.items():
        t.do("dao", report.write_report, province=province, period=period, version=0, at=t.now, **told)
