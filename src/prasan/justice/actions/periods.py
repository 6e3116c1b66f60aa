"""The clocks that the court room starts and ends: limitation, petitions, appeals, enforcement."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from prasan import packs
from prasan.cases.actions import clocks, reckoning
from prasan.cases.models import RunningClock

from ..models import Charge, Order, Payment, Verdict

LEGAL: dict[str, Any] = {"partition": "legal"}
# Open from the indictment until the court of first instance has spoken (CPC 30, CPC 44/1, ATIP 35).
BESIDE_THE_TRIAL = ("co-plaintiff", "petition-44-1", "prosecutor-claim")
# What each court's word starts, and which clock it shows to have been kept.
NEXT_STEP = {"first": "appeal", "appeal": "supreme-court"}
KEPT = {"appeal": ("appeal", "appealed"), "supreme": ("supreme-court", "supreme_court_petitioned")}
READ = {"first": "judgment_read", "appeal": "appeal_judgment_read", "supreme": "judgment_read"}
BARRED = frozenset({"died", "limitation_expired"})


def _victim_age(victims: Any, charge: Charge) -> int | None:
    """The age of the youngest victim on the earliest day of the act, by the open birth years; None in doubt."""
    births = [v.person.known_birth for v in victims]
    ages = [charge.act_earliest.year - birth.year for birth in births if birth is not None]
    return max(min(ages), 0) if ages else None


def charged(charge: Charge, victims: Any, *, by: Any, at: datetime) -> None:
    """CC 95: limitation runs from the day of the act; of an uncertain day the earliest counts, which is safer."""
    told: dict[str, Any] = {"by": by, "at": at, "target": charge, "about": charge.accused.person}
    if charge.status in BARRED:
        return
    clocks.begin(
        charge.case, "limitation", start=charge.act_earliest, event="offence_committed", offence=charge.offence,
        victim_age=_victim_age(victims, charge), **told, **LEGAL,
    )  # fmt: skip
    if charge.indicted_on:
        _filed(charge, by=by, at=at)


def _filed(charge: Charge, *, by: Any, at: datetime) -> None:
    """CC 95: limitation is kept when the charge is filed and the accused is before the court; the records know
    the filing only. Custody of the inquiry ends with it, and the survivors' own time in the trial begins."""
    case, person, on = charge.case, charge.accused.person, charge.indicted_on
    told: dict[str, Any] = {"by": by, "at": at, "row": charge, "event": "indicted"}
    clocks.satisfy(case, "limitation", target=charge, **told)
    for code in ("arrest-to-court", "remand", "bail"):
        clocks.satisfy(case, code, about=person, **told)
    if on is None or Verdict.objects.filter(charge=charge, instance="first", closed_as="").exists():
        return
    for code in BESIDE_THE_TRIAL:
        clocks.begin(case, code, by=by, at=at, start=on, event="indicted", target=charge,
                     about=person, **LEGAL)  # fmt: skip


def moved(charge: Charge, old: str, *, first_in_court: bool, by: Any, at: datetime) -> None:
    """The charge moved by hand: filed, on appeal, absconded or back, barred, final."""
    case, new = charge.case, charge.status
    told: dict[str, Any] = {"by": by, "at": at, "event": new, "row": charge}
    verdicts = list(Verdict.objects.filter(charge=charge, closed_as=""))
    if first_in_court:
        _filed(charge, by=by, at=at)
    if new in BARRED:
        clocks.stop(case, "limitation", target=charge, **told)
    kept = {"on_appeal": KEPT["appeal"], "at_supreme_court": KEPT["supreme"]}.get(new)
    for verdict in verdicts:
        if kept:
            clocks.satisfy(case, kept[0], target=verdict, **told | {"event": kept[1]})
        if new == "final":
            for code in NEXT_STEP.values():
                clocks.stop(case, code, target=verdict, **told | {"event": "judgment_final"})
    if new == "absconded" and charge.indicted_on:
        # CC 95 ¶2: who flees after the filing starts a time of the same length.
        clocks.begin(case, "limitation-absconded", by=by, at=at, start=charge.status_on, event="accused_fled",
                     target=charge, about=charge.accused.person, offence=charge.offence, **LEGAL)  # fmt: skip
    elif old == "absconded":
        back = told | {"event": "accused_before_court"}
        clocks.satisfy(case, "limitation-absconded", target=charge, **back)


def spoken(verdict: Verdict, *, by: Any, at: datetime) -> None:
    """A court spoke: what had to be done before it is over, the time to appeal runs from the reading (CPC 198)."""
    charge, case = verdict.charge, verdict.case
    told: dict[str, Any] = {"by": by, "at": at, "row": verdict, "event": READ[verdict.instance]}
    if verdict.instance == "first":
        for code in BESIDE_THE_TRIAL:
            clocks.stop(case, code, target=charge, **told)
    kept = KEPT.get(verdict.instance)
    if kept:
        for below in Verdict.objects.filter(charge=charge, closed_as="").exclude(pk=verdict.pk):
            clocks.satisfy(case, kept[0], target=below, **told | {"event": kept[1]})
    step = NEXT_STEP.get(verdict.instance)
    if step and not verdict.final and verdict.outcome != "withdrawn":
        clocks.begin(case, step, by=by, at=at, start=verdict.on, event=READ[verdict.instance], target=verdict,
                     about=charge.accused.person, **LEGAL)  # fmt: skip


def ordered(order: Order, *, by: Any, at: datetime) -> None:
    """CivPC 274: a money judgment is enforced within ten years; only a court's order is one."""
    row = packs.row("money_route", order.route)
    if row.get("court"):
        clocks.begin(order.case, "enforcement", by=by, at=at, start=order.on, event="order_read", target=order,
                     about=order.survivor.person, **LEGAL)  # fmt: skip
        settle(order, by=by, at=at)


def settle(order: Order | None, *, by: Any, at: datetime) -> None:
    """Paid in full, enforcement is done; when a payment falls away, it runs again."""
    if order is None:
        return
    rows = Payment.objects.filter(order=order, kind="paid", closed_as="")
    paid = sum(rows.values_list("amount", flat=True), Decimal(0))
    if paid >= order.amount:
        clocks.satisfy(order.case, "enforcement", by=by, at=at, event="paid_in_full", target=order)
        return
    done = RunningClock.objects.filter(case=order.case, clock="enforcement", target=reckoning.reference(order))
    clocks.run_again(done.filter(ended_by_event="paid_in_full"), by=by)
