"""Whatever is tried, in any order, a survivor's route never shows more paid than received, or received than ordered."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.access.system import system_read
from prasan.facts.ledger import compare, live
from prasan.justice import actions, ledger, queries
from prasan.justice.models import Order, Payment
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY

DAYS = st.integers(0, 20).map(lambda n: date(2026, 11, 1) + timedelta(days=n))
AMOUNTS = st.integers(1, 30_000).map(lambda n: Decimal(n) / 100)
STEPS = st.one_of(
    st.tuples(st.just("order"), DAYS, AMOUNTS, st.sampled_from([0, 1])),
    st.tuples(st.sampled_from(["collected", "direct", "passed_on"]), DAYS, AMOUNTS, st.integers(0, 5)),
    st.tuples(st.sampled_from(["error", "replace_order", "replace_payment"]), DAYS, AMOUNTS, st.integers(0, 5)),
)


def _pick(model, n):
    rows = list(model.objects.filter(closed_as="").order_by("made_at", "pk"))
    return rows[n % len(rows)] if rows else None


def _try(court, step, day, amount, n):
    order, payment = _pick(Order, n), _pick(Payment, n)
    if step == "order":
        court.order(on=day, amount=amount, currency=("THB", "USD")[n])
    elif step == "replace_order" and order:
        court.order(on=day, amount=amount, currency=order.currency, replaces=order)
    elif step == "replace_payment" and payment:
        told = {"kind": payment.kind, "direct": payment.direct}
        court.payment(payment.order, on=day, amount=amount, replaces=payment, **told)
    elif step == "error" and (payment or order):
        row = payment or order
        actions.enter_in_error(by=court.world.preecha, row=row, reason="other", version=row.version, at=AT, today=TODAY)
    elif order and step in {"collected", "direct", "passed_on"}:
        kind = "collected" if step == "collected" else "paid"
        court.payment(order, kind=kind, on=day, amount=amount, direct=step == "direct")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=12))
def test_ordered_is_at_least_received_is_at_least_paid_after_any_acts(court, steps):
    with transaction.atomic():
        for step in steps:
            with suppress(Refused):
                _try(court, *step)
            for one in queries.amounts(court.world.preecha, court.world.case):
                assert one.ordered >= one.collected >= one.paid
                assert one.held == one.collected - one.paid
        sums = {k: sum(f.quantity for f in live().filter(kind=f"compensation_{k}")) for k in ("ordered", "paid")}
        assert sums["ordered"] >= sums["paid"]
        with system_read("reconcile"):
            assert list(compare(ledger.facts())) == []
        transaction.set_rollback(True)
