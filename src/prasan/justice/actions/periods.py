"""The clocks that the court room starts and ends: limitation, petitions, appeals, enforcement."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from prasan import packs
from prasan.cases.actions import clocks, custody, reckoning
from prasan.cases.models import RunningClock

from ..models import Charge, ChargeVictim, Order, Payment, Verdict

LEGAL: dict[str, Any] = {"partition": "legal"}
# Open from the indictment until the court of first instance has spoken (CPC 30, CPC 44/1, ATIP 35).
BESIDE_THE_TRIAL = ("co-plaintiff", "petition-44-1", "prosecutor-claim")
# What each court's word starts, and which clock it shows to have been kept.
NEXT_STEP = {"first": "appeal", "appeal": "supreme-court"}
KEPT = {"appeal": ("appeal", "appealed"), "supreme": ("supreme-court", "supreme_court_petitioned")}
READ = {"first": "judgment_read", "appeal": "appeal_judgment_read", "supreme": "judgment_read"}
BARRED = frozenset({"died", "limitation_expired"})
OF_THE_CHARGE = ("limitation", "limitation-absconded", *BESIDE_THE_TRIAL)
OF_THE_ACCUSED = ("arrest-to-court", "remand", "bail")


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
    custody.reckon_remand(charge.case, charge.accused.person, by=by, at=at)
    if charge.indicted_on:
        _filed(charge, by=by, at=at)


def same_time(old: Charge, new: Charge, victims: Any) -> bool:
    """Whether a corrected charge starts and ends the same clocks: then these follow it, with all that was done to
    them, such as a day that the court set."""
    births = {v.victim.person_id for v in ChargeVictim.objects.filter(charge=old).select_related("victim")}
    told = ("offence", "act_earliest", "indicted_on", "accused_id", "status")
    return births == {v.person_id for v in victims} and all(getattr(old, n) == getattr(new, n) for n in told)


def _filed(charge: Charge, *, by: Any, at: datetime) -> None:
    """CC 95: limitation is kept when the charge is filed and the accused is before the court; the records know
    the filing only. Custody of the inquiry ends with it, and the survivors' own time in the trial begins."""
    case, person, on = charge.case, charge.accused.person, charge.indicted_on
    told: dict[str, Any] = {"by": by, "at": at, "row": charge, "event": "indicted", "happened": on}
    clocks.satisfy(case, "limitation", target=charge, **told)
    for code in OF_THE_ACCUSED:
        clocks.satisfy(case, code, about=person, **told)
    if on is None or Verdict.objects.filter(charge=charge, instance="first", closed_as="").exists():
        return
    for code in BESIDE_THE_TRIAL:
        clocks.begin(case, code, by=by, at=at, start=on, event="indicted", target=charge,
                     about=person, **LEGAL)  # fmt: skip


def moved(charge: Charge, old: str, *, first_in_court: bool, by: Any, at: datetime) -> None:
    """The charge moved by hand: filed, on appeal, absconded or back, barred, final."""
    case, new = charge.case, charge.status
    told: dict[str, Any] = {"by": by, "at": at, "event": new, "row": charge, "happened": charge.status_on}
    verdicts = list(Verdict.objects.filter(charge=charge, closed_as=""))
    if first_in_court:
        _filed(charge, by=by, at=at)
    if new in BARRED:
        _barred(charge, verdicts, **told)
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


def _barred(charge: Charge, verdicts: list[Verdict], **told: Any) -> None:
    """Nothing more comes of the charge: whatever waits for its course ends, and custody with the last charge."""
    case, person = charge.case, charge.accused.person
    for code in OF_THE_CHARGE:
        clocks.stop(case, code, target=charge, **told)
    for verdict in verdicts:
        for code in NEXT_STEP.values():
            clocks.stop(case, code, target=verdict, **told)
    others = Charge.objects.filter(case=case, accused__person=person, closed_as="").exclude(pk=charge.pk)
    if charge.status == "died" or not others.exclude(status__in=BARRED).exists():
        for code in OF_THE_ACCUSED:
            clocks.stop(case, code, about=person, **told)


def spoken(verdict: Verdict, *, by: Any, at: datetime) -> None:
    """A court spoke: what had to be done before it is over, the time to appeal runs from the reading (CPC 198)."""
    charge, case = verdict.charge, verdict.case
    told: dict[str, Any] = {"by": by, "at": at, "row": verdict, "event": READ[verdict.instance], "happened": verdict.on}
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
        last = max(rows.values_list("on", flat=True))
        clocks.satisfy(order.case, "enforcement", by=by, at=at, event="paid_in_full", target=order, happened=last)
        return
    done = RunningClock.objects.filter(case=order.case, clock="enforcement", target=reckoning.reference(order))
    clocks.run_again(done.filter(ended_by_event="paid_in_full"), by=by, at=at)
