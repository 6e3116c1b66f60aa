"""The road of a matter through the court, in single acts that each test may stop at."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from prasan.facts.models import Fact
from prasan.justice import actions
from tests.cast import AT, TODAY

SAME = {"at": AT, "today": TODAY}


class Court:
    """Lawyer Preecha records; every step goes through the real acts in his scope."""

    def __init__(self, world: Any) -> None:
        self.world = world

    def charge(self, **told: Any) -> Any:
        values = {"accused": self.world.suspect, "offence": "atip-52-adult", "act_earliest": date(2026, 9, 1),
                  "charged_on": date(2026, 10, 5), "status": "indicted", "victims": [self.world.survivor]}  # fmt: skip
        return actions.record_charge(by=self.world.preecha, **SAME, **values | told)

    def verdict(self, charge: Any, outcome: str = "guilty", **told: Any) -> Any:
        values = {"on": date(2026, 11, 2), "plea": "guilty", "contribution": "led" if outcome == "guilty" else ""}
        return actions.record_verdict(by=self.world.preecha, charge=charge, outcome=outcome, **SAME, **values | told)

    def sentence(self, verdict: Any, **told: Any) -> Any:
        return actions.record_sentence(by=self.world.preecha, verdict=verdict, **SAME, **{"years": 4} | told)

    def order(self, **told: Any) -> Any:
        values = {"survivor": self.world.survivor, "accused": self.world.suspect, "route": "court_petition",
                  "on": date(2026, 11, 2), "amount": Decimal(200_000)}  # fmt: skip
        return actions.record_order(by=self.world.preecha, **SAME, **values | told)

    def payment(self, order: Any = None, **told: Any) -> Any:
        values = {"kind": "paid", "on": date(2026, 11, 20), "amount": Decimal(200_000), "method": "cash"}
        return actions.record_payment(by=self.world.preecha, order=order, **SAME, **values | told)


@pytest.fixture
def court(world: Any) -> Any:
    """The court's acts, in lawyer Preecha's scope."""
    with world.acting("preecha"):
        yield Court(world)


@pytest.fixture
def counted() -> Any:
    """The facts in force: (kind, day, quantity, contribution, category, route)."""

    def of(*kinds: str) -> list[tuple[Any, ...]]:
        rows = Fact.objects.filter(superseded_at=None).order_by("on", "kind", "quantity")
        names = ("kind", "on", "quantity", "contribution", "category", "route")
        return [tuple(getattr(f, n) for n in names) for f in rows if not kinds or f.kind in kinds]

    return of
