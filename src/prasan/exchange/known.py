"""What a dry run knows while it walks through a file: the rows above, and what the system already holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from prasan.investigation.models import Investigation, Removal
from prasan.justice.models import Charge, Order, Payment, Verdict
from prasan.plain.problem import Problem

from . import rules
from .lookup import LookUp, current_parts
from .rows import Row, key_part

Pair = tuple[Any, Any]


@dataclass
class ChargeKnown:
    """A charge as far as verdicts on it need to know."""

    case: Any
    person: Any
    status: str
    charged_on: date
    spoken: list[tuple[str, date]] = field(default_factory=list)


@dataclass
class OrderKnown:
    """An order of money with what was received under it."""

    case: Any
    person: Any
    route: str
    currency: str
    amount: Decimal
    on: date
    interest: Decimal
    interest_from: date | None
    piles: dict[str, list[tuple[date, Decimal]]] = field(default_factory=lambda: piles())


def piles() -> dict[str, list[tuple[date, Decimal]]]:
    """Dated amounts by what they are."""
    return {"collected": [], "direct": [], "passed_on": []}


class Known:
    """References and states. A record that is only in the file goes by its reference, else by its id."""

    def __init__(self, by: Any, lookup: LookUp, today: date) -> None:
        self.by, self.lookup, self.today = by, lookup, today
        self.fresh: dict[str, set[str]] = {}
        self.refused: dict[str, set[str]] = {}
        self.rows: dict[tuple[str, str], int] = {}
        self.parts: dict[Pair, set[str]] = {}
        self.charges: dict[Any, ChargeKnown] = {}
        self.orders: dict[Any, OrderKnown] = {}
        self.unordered: dict[Any, dict[str, list[tuple[date, Decimal]]]] = {}
        self.investigations: dict[Any, tuple[date | None, date | None]] = {}
        self.removed: set[Pair] = set()
        self._removed_read: set[Pair] = set()

    def twice(self, row: Row) -> Iterator[Problem]:
        """A reference stands once in a sheet."""
        if row.reference:
            place = (row.sheet.code, row.reference)
            first = self.rows.setdefault(place, row.number)
            if first != row.number:
                yield Problem(rules.TWICE, row.sheet.key[0], {"row": first})

    def accept(self, row: Row) -> None:
        """A row that will be written: the rows below may point to it."""
        self.fresh.setdefault(row.sheet.code, set()).add(row.reference)

    def refuse(self, row: Row) -> None:
        if row.reference:
            self.refused.setdefault(row.sheet.code, set()).add(row.reference)

    def find(self, sheet: str, row: Row, column: str) -> tuple[Any, list[Problem]]:
        """What a reference in a row means (a reference of this file, or an id), or why it means nothing."""
        return self.resolve(sheet, row.get(column, ""), column)

    def resolve(self, sheet: str, ref: str, column: str) -> tuple[Any, list[Problem]]:
        name = key_part(ref)
        if name in self.fresh.get(sheet, ()):
            return name, []
        if name in self.refused.get(sheet, ()):
            return None, [Problem(rules.REFUSED_ROW, column, {"ref": ref})]
        pk = self.lookup.pk(sheet, ref)
        return (pk, []) if pk else (None, [self.lookup.missing(sheet, ref, column)])

    def parts_of(self, case: Any, person: Any) -> set[str]:
        """The parts that a person has in a case, those of the file included."""
        pair = (case, person)
        if pair not in self.parts:
            stored = isinstance(case, UUID) and isinstance(person, UUID)
            self.parts[pair] = {p.part for p in current_parts(case, person)} if stored else set()
        return self.parts[pair]

    def person_in_case(self, row: Row, column: str = "person_ref") -> tuple[Any, Any, list[Problem]]:
        """The case and the person of a row, and whether the person takes part in it."""
        case, problems = self.find("cases", row, "case_ref")
        person, more = self.find("people", row, column)
        problems += more
        if case is not None and person is not None and not self.parts_of(case, person):
            problems.append(Problem(rules.NOT_IN_CASE, column))
        return case, person, problems

    def charge(self, ident: Any) -> ChargeKnown:
        """The state of a charge that is in the file or in the system."""
        if ident not in self.charges:
            charge = Charge.objects.select_related("accused").get(pk=ident)
            spoken = Verdict.objects.filter(charge=charge, closed_as="").values_list("instance", "on")
            self.charges[ident] = ChargeKnown(
                charge.case_id, charge.accused.person_id, charge.status, charge.indicted_on or charge.charged_on,
                list(spoken),
            )  # fmt: skip
        return self.charges[ident]

    def order(self, ident: Any) -> OrderKnown:
        """An order with what was received under it so far."""
        if ident not in self.orders:
            one = Order.objects.select_related("survivor").get(pk=ident)
            known = OrderKnown(one.case_id, one.survivor.person_id, one.route, one.currency, one.amount, one.on,
                               one.interest, one.interest_from)  # fmt: skip
            for paid in Payment.objects.filter(order=one, closed_as=""):
                known.piles[pile_of(paid.kind, paid.direct)].append((paid.on, paid.amount))
            self.orders[ident] = known
        return self.orders[ident]

    def held(self, case: Any, person: Any, route: str, currency: str) -> dict[str, list[tuple[date, Decimal]]]:
        """What was received for a survivor by a route without an order."""
        place = (case, person, route, currency)
        if place not in self.unordered:
            found = self.unordered[place] = piles()
            if isinstance(case, UUID) and isinstance(person, UUID):
                rows = Payment.objects.filter(case=case, order=None, survivor__person=person, route=route)
                for paid in rows.filter(currency=currency, closed_as=""):
                    found[pile_of(paid.kind, paid.direct)].append((paid.on, paid.amount))
        return self.unordered[place]

    def investigation(self, case: Any) -> tuple[date | None, date | None]:
        """When the investigation of a case was opened and closed."""
        if case not in self.investigations:
            row = Investigation.objects.filter(case=case, closed_as="").first() if isinstance(case, UUID) else None
            self.investigations[case] = (row.opened_on, row.closed_on) if row else (None, None)
        return self.investigations[case]

    def was_removed(self, case: Any, person: Any) -> bool:
        """Whether the removal of a person from harm is recorded in a case."""
        pair = (case, person)
        if pair not in self._removed_read and isinstance(case, UUID) and isinstance(person, UUID):
            self._removed_read.add(pair)
            if Removal.objects.filter(case=case, person=person, closed_as="").exists():
                self.removed.add(pair)
        return pair in self.removed


def pile_of(kind: str, direct: bool) -> str:
    return "collected" if kind == "collected" else "direct" if direct else "passed_on"
