"""For the matrix: a corrected day off and a calendar feed; the clocks themselves began with the matters' own acts."""

from typing import Any

from prasan.cases.actions import feeds, holidays
from tests.cast import AT, TODAY, World


def correct_days(world: World) -> dict[str, Any]:
    """A day off that coordinator Dao added, and the secret of Mali's feed."""
    with world.acting("dao"):
        row, _count = holidays.correct_day(
            by=world.dao, on=TODAY.replace(year=TODAY.year + 4, month=3, day=5), is_off=True, calendars=["court"],
            name_en="Special day", name_th="วันหยุดพิเศษ", source="Cabinet", at=AT, today=TODAY,
        )  # fmt: skip
    _feed, secret = feeds.make_feed(by=world.mali, language="en", at=AT)
    return {"holiday": row.pk, "token": secret}
