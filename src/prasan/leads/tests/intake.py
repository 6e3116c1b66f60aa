"""A lead recorded through the real act, and a second desk, for the tests of this room."""

from datetime import date

from prasan.access.models import Desk, DeskAccess
from prasan.leads.actions import intake
from tests.cast import AT, TODAY

SOURCE = {"name": "ป้าแดง ผู้แจ้ง", "contact": "081 999 8888", "note": "neighbour"}
PHONE = "081 234 5678"


def make_lead(world, by="nok", **options):
    told = {
        "channel": "hotline_1300", "received_on": date(2026, 11, 23), "urgency": "soon",
        "text": "หญิงสองคนถูกกักในร้านคาราโอเกะ", "forms": ["sexual_exploitation"], "mode": "physical",
        "province": "TH-57", "desk": world.desk,
    }  # fmt: skip
    with world.acting(by):
        return intake.record_lead(by=world.staff[by], at=AT, today=TODAY, **(told | options))


def second_desk(world, member="somchai"):
    desk = Desk.objects.create(code="other-desk", name_en="Other desk", name_th="โต๊ะอื่น")
    DeskAccess.objects.create(user=world.staff[member], desk=desk)
    return desk
