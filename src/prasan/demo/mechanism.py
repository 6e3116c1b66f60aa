"""Everything of the demo that hangs on the moment of building: the referral mechanism and the clocks as they run now."""

from datetime import datetime
from typing import Any

from prasan.cases.actions import ticking
from prasan.identification.actions import reflection

from . import border, nrm, office
from .acting import Teller


def mechanism(staff: dict[str, Any], stories: list[Any], now: datetime) -> None:
    """The referral mechanism and the clocks as they stand at this moment, beside the older matters."""
    t = Teller(staff, now)
    nrm.raid(t)
    sheltered = nrm.shelter(t)
    nrm.orchard(t)
    online = next(s for s in stories if s.matter.form == "pornography_or_online")
    nrm.child_heard(t, online)
    office.by_hand(t, next(s for s in stories if s.matter.reached == "indicted"))
    office.short_notice(t, sheltered)
    office.refused(t)
    office.provincial(t)
    border.many(t)
    border.phone(t)
    reflection.run_out_everywhere(at=now)
    ticking.tick(now)
