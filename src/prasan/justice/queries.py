"""What a viewer sees of charges and money: one case, one charge, what is unpaid or waits long. Fetching is checking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prasan import packs
from prasan.access.check import holdings, now
from prasan.access.models import CaseAccess
from prasan.access.scoping import viewer_id
from prasan.access.table import ACTS
from prasan.cases.actions import reckoning
from prasan.cases.models import Case, Participation, RunningClock
from prasan.web.values import language, money, number

from .models import Charge, ChargeVictim, Order, Payment, Sentence, Verdict
from .rules import IN_COURT, ORDER_OF_COURTS, SENTENCE_KINDS

ZERO = Decimal(0)


# My day shows so many of a kind, the oldest first: whoever sees thousands of cases still gets a page.
MOST_DUE = 25


def _seen(viewer: Any, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Of the rows in the viewer's scope those of cases in which the viewer's disciplines may see charges and money."""
    if viewer_id() != viewer.pk:
        return rows.none()
    mine = CaseAccess.objects.filter(user_id=viewer.pk, until__gt=now())
    blind = [text for text in sorted(holdings(viewer)) if not ACTS["justice.view"].admits(frozenset(text.split()))]
    return rows.exclude(case__in=mine.filter(disciplines__in=blind).values("case_id")) if blind else rows


def charges(viewer: Any, case: Case) -> list[Charge]:
    """The charges of a case in force, by accused; each with `last`, its last verdict, and `victim_codes`."""
    rows = Charge.objects.filter(case=case, closed_as="").select_related("accused__person", "case")
    found = sorted(rows, key=lambda c: (c.accused.person.code, c.charged_on, c.section))
    spoken = _by_charge(Verdict.objects.filter(case=case, closed_as=""))
    hurt = _by_charge(ChargeVictim.objects.filter(case=case).select_related("victim__person"))
    for charge in found:
        told = sorted(spoken.get(charge.pk, []), key=lambda v: ORDER_OF_COURTS.index(v.instance))
        charge.last = told[-1] if told else None  # type: ignore[attr-defined]
        charge.victim_codes = [v.victim.person.code for v in hurt.get(charge.pk, [])]  # type: ignore[attr-defined]
    return found


def _by_charge(rows: Iterable[Any]) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.charge_id, []).append(row)
    return grouped


def verdicts(viewer: Any, charge: Charge) -> list[Verdict]:
    """The verdicts on a charge in force, lowest court first; each with `punishment`, its sentence or None."""
    rows = Verdict.objects.filter(charge=charge, closed_as="").select_related("overturned_by")
    found = sorted(rows, key=lambda v: ORDER_OF_COURTS.index(v.instance))
    punished = {s.verdict_id: s for s in Sentence.objects.filter(verdict__in=found, closed_as="")}
    for verdict in found:
        verdict.punishment = punished.get(verdict.pk)  # type: ignore[attr-defined]
    return found


def victims(viewer: Any, charge: Charge) -> list[Any]:
    """The survivors named in a charge, as persons (shown by code)."""
    rows = ChargeVictim.objects.filter(charge=charge).select_related("victim__person")
    return sorted((row.victim.person for row in rows), key=lambda person: person.code)


def orders(viewer: Any, case: Case) -> list[Order]:
    """The orders of a case in force, newest first; each with what was received, paid, and is still unpaid."""
    rows = Order.objects.filter(case=case, closed_as="").select_related("survivor__person", "accused__person", "case")
    return _with_sums(list(rows.order_by("-on", "-made_at")))


def _with_sums(found: list[Order]) -> list[Order]:
    sums: dict[Any, dict[str, Decimal]] = {}
    for p in Payment.objects.filter(order__in=found, closed_as=""):
        cell = sums.setdefault(p.order_id, {"received": ZERO, "paid": ZERO})
        if p.kind == "collected" or p.direct:
            cell["received"] += p.amount
        if p.kind == "paid":
            cell["paid"] += p.amount
    for order in found:
        cell = sums.get(order.pk, {"received": ZERO, "paid": ZERO})
        order.received, order.paid = cell["received"], cell["paid"]  # type: ignore[attr-defined]
        order.unpaid = max(order.amount - cell["paid"], ZERO)  # type: ignore[attr-defined]
    return found


def payments(viewer: Any, case: Case) -> list[Payment]:
    """What was collected and paid in a case, newest first."""
    rows = Payment.objects.filter(case=case, closed_as="").select_related("survivor__person", "order")
    return list(rows.order_by("-on", "-made_at"))


@dataclass
class Amounts:
    """One survivor x one route x one currency: amounts that are never added to one another."""

    person: Any
    route: str
    currency: str
    ordered: Decimal = ZERO
    collected: Decimal = ZERO
    paid: Decimal = ZERO
    held: Decimal = ZERO


def amounts(viewer: Any, case: Case) -> list[Amounts]:
    """Ordered, received from the debtor, paid to the survivor, and held by somebody in between."""
    cells: dict[tuple[Any, str, str], Amounts] = {}

    def cell(row: Order | Payment) -> Amounts:
        person = row.survivor.person
        return cells.setdefault((person.pk, row.route, row.currency), Amounts(person, row.route, row.currency))

    for order in orders(viewer, case):
        cell(order).ordered += order.amount
    for p in payments(viewer, case):
        one = cell(p)
        if p.kind == "collected":
            one.collected += p.amount
            one.held += p.amount
        else:
            one.paid += p.amount
            one.collected += p.amount if p.direct else ZERO
            one.held -= ZERO if p.direct else p.amount
    return sorted(cells.values(), key=lambda a: (a.person.code, a.route, a.currency))


def unpaid_orders(viewer: Any) -> list[Order]:
    """Orders of the viewer's cases of which the survivor has not all in hand, the oldest first."""
    paid = Payment.objects.filter(order=models.OuterRef("pk"), kind="paid", closed_as="").order_by()
    total = paid.values("order").annotate(total=models.Sum("amount")).values("total")
    in_hand = Coalesce(models.Subquery(total), models.Value(ZERO), output_field=Order._meta.get_field("amount"))
    rows = _seen(viewer, Order.objects.filter(closed_as="", amount__gt=in_hand))
    return _with_sums(list(rows.select_related("survivor__person", "case").order_by("on", "pk")[:MOST_DUE]))


def last_days_to_enforce(orders: Sequence[Order]) -> dict[Any, date]:
    """By order the last day to ask for its execution, of the clock that runs for it; none where execution was asked
    for, or the clock was stopped. Whoever sees an order sees its day, so that it does not pass where no lawyer is."""
    by_target = {reckoning.reference(order): order.pk for order in orders}
    rows = RunningClock.objects.filter(clock="enforcement", target__in=by_target, state="running", closed_as="")
    in_order = rows.order_by("-ends_at", "pk")
    return {by_target[row.target]: end for row in in_order if (end := reckoning.end_day(row))}


def silent_charges(viewer: Any, before: date) -> list[Charge]:
    """Charges that were filed in court on or before a day and have no verdict yet, the oldest first."""
    rows = _seen(viewer, Charge.objects.filter(closed_as="", status__in=IN_COURT, indicted_on__lte=before))
    return list(rows.select_related("accused__person", "case").order_by("indicted_on", "pk")[:MOST_DUE])


def defendants(viewer: Any, case: Case) -> list[Participation]:
    """Who can be charged in a case: suspects, accused, convicted; one row a person, the newest part."""
    return _newest(p for p in _parts(case) if p.is_defendant)


def survivors(viewer: Any, case: Case) -> list[Participation]:
    """Who can be named as a victim or be owed money in a case."""
    return _newest(p for p in _parts(case) if p.is_survivor)


def _parts(case: Case) -> list[Participation]:
    rows = Participation.objects.filter(case=case, closed_as="", until_on=None).select_related("person", "case")
    return list(rows.order_by("since_on", "made_at"))


def _newest(parts: Iterable[Participation]) -> list[Participation]:
    newest = {p.person_id: p for p in parts}
    return sorted(newest.values(), key=lambda p: p.person.code)


def chosen(offered: list[Participation], *persons: Any) -> list[str]:
    """The parts on offer that belong to these persons: a suspect of then may be the convicted of today."""
    wanted = {person.pk for person in persons if person is not None}
    return [str(part.pk) for part in offered if part.person_id in wanted]


def law_of(charge: Charge) -> packs.Offence | None:
    """The version of the offence in force on the latest day of the act."""
    return packs.offence(charge.offence, charge.act_latest)


def law_changed(charge: Charge) -> bool:
    """Whether the law changed between the earliest and the latest day of the act."""
    first, last = packs.offence(charge.offence, charge.act_earliest), law_of(charge)
    return (first and first.row) is not (last and last.row)


def section_label(offence: packs.Offence) -> str:
    """How the picker names a section; a row that is not supported by a text says so in its label."""
    lang = language()
    short = packs.row("law", offence.law).get(f"short_{lang}") or offence.law
    text = _("%(law)s s.%(section)s: %(title)s") % {
        "law": short, "section": packs.cited(offence.section, lang), "title": offence.label(lang),
    }  # fmt: skip
    return text if offence.sourced else _("%(section)s (unconfirmed)") % {"section": text}


def penalty_lines(offence: packs.Offence | None) -> list[tuple[str, str]]:
    """The range of an offence as (circumstance, range) lines; none when the scale of that day is not in the pack."""
    if offence is None or not offence.scale_known:
        return []
    lang = language()
    lines = [("", penalty_text(offence.penalty))]
    lines += [(packs.label("offence_branch", when, lang), penalty_text(p)) for when, p in offence.branches]
    return [(when, text) for when, text in lines if text]


def penalty_text(p: packs.Penalty) -> str:
    """One range in words: imprisonment, then the fine, joined as the section joins them."""
    prison = _range(p.months_min, p.months_max, months_text, _("imprisonment %(low)s to %(high)s"),
                    _("imprisonment up to %(high)s"))  # fmt: skip
    fine = _range(p.fine_min, p.fine_max, lambda n: number(n), _("fine %(low)s to %(high)s THB"),
                  _("fine up to %(high)s THB"))  # fmt: skip
    both = {"and": _("%(prison)s and %(fine)s"), "or_both": _("%(prison)s, or %(fine)s, or both")}
    joined = both.get(p.join, "%(prison)s, %(fine)s") % {"prison": prison, "fine": fine} if prison and fine else ""
    joined = joined or prison or fine
    worse = [_("or imprisonment for life")] * p.life + [_("or death")] * p.death
    return ", ".join(filter(None, (joined, *worse)))


def _range(low: int | None, high: int | None, write: Any, between: str, up_to: str) -> str:
    if high is None:
        return ""
    return (between if low else up_to) % {"low": write(low or 0), "high": write(high)}


def months_text(months: int) -> str:
    """A length of imprisonment in years and months."""
    years, rest = divmod(months, 12)
    parts = [
        ngettext("%(n)s year", "%(n)s years", years) % {"n": number(years)} if years else "",
        ngettext("%(n)s month", "%(n)s months", rest) % {"n": number(rest)} if rest else "",
    ]
    return " ".join(filter(None, parts))


def sentence_text(sentence: Sentence) -> str:
    """A punishment in words: imprisonment, and the fine to the State."""
    parts = [_(SENTENCE_KINDS[sentence.kind])] if sentence.kind != "term" else []
    term = months_text(sentence.years * 12 + sentence.months)
    if sentence.days:
        term = f"{term} {ngettext('%(n)s day', '%(n)s days', sentence.days) % {'n': number(sentence.days)}}".strip()
    parts += [_("imprisonment %(term)s") % {"term": term}] if term else []
    parts += [_("fine to the State %(fine)s") % {"fine": money(sentence.fine)}] if sentence.fine else []
    parts += [_("suspended")] if sentence.suspended else []
    parts += [_("concurrent with other sentences")] if sentence.concurrent else []
    return ", ".join(parts)
