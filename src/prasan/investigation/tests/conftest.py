"""The room's addresses, and each act with values that pass, by the member of the cast who usually does it."""

from datetime import date

import pytest

from prasan.investigation import actions
from tests.cast import AT, TODAY


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "prasan.investigation.tests.urls"


@pytest.fixture
def do(world):
    """`do("plan_operation", by="anan", province="")`: one act, in the scope of the one who acts."""
    usual = {
        "open_investigation": {"case": world.case, "opened_on": date(2026, 10, 5)},
        "close_investigation": {"closed_on": date(2026, 11, 1), "version": 1},
        "plan_operation": {
            "case": world.case, "planned_on": date(2026, 11, 26), "place_kind": "entertainment",
            "lead_body": "police_atpd", "province": "TH-57", "risk_checked": True, "risk_words": "ทางออก ครอบครัว",
        },
        "record_operation": {"status": "done", "done_at": AT, "contribution": "joint", "version": 1},
        "record_removal": {
            "participation": world.survivor, "on": date(2026, 11, 20), "contribution": "supported"
        },
        "record_arrest": {
            "participation": world.suspect, "arrested_at": AT, "contribution": "joint", "body": "police_atpd",
            "province": "TH-57",
        },
    }  # fmt: skip

    def done(act, by="nok", **told):
        member = world.staff[by]
        with world.acting(by):
            values = {"by": member, "at": AT, "today": TODAY, **usual[act], **told}
            return getattr(actions, act)(**values)

    return done
