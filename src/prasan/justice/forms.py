"""What is asked about charges, verdicts, sentences and money; parsing and labels only."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from prasan import packs
from prasan.cases.models import Case, Participation
from prasan.cases.rules import CONTRIBUTIONS
from prasan.web.forms import (
    BooleanField,
    CharField,
    DayField,
    Form,
    IntegerField,
    MoneyField,
    RadioField,
    SelectField,
    TicksField,
)
from prasan.web.values import labelled, language, money

from . import queries, rules
from .models import Charge
from .panel import route_label


def by_code(parts: list[Participation]) -> list[tuple[str, str]]:
    """People by code only."""
    return [(str(p.pk), p.person.code) for p in parts]


def offence_choices(today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Sections in groups by law, each once; what a section was on the day of the act is looked up afterwards."""
    groups: dict[str, list[tuple[str, str]]] = {}
    codes = dict.fromkeys(row.code for row in packs.rows("offence") if not row.get("draft"))
    for code in codes:
        newest = packs.offence(code, today) or packs.offence(code, packs.row("offence", code).valid_to or today)
        if newest is not None:
            groups.setdefault(newest.law, []).append((code, queries.section_label(newest)))
    return [(packs.label("law", law, language()), sections) for law, sections in groups.items()]


class FindForm(Form):
    """Words or a number that lead to a section."""

    mark_optional = False
    q = CharField(label=lazy("Number of the section, or words in Thai or English"), required=False, max_length=80)
    on = DayField(label=lazy("Day of the act"), required=False)


class ChargeForm(Form):
    """One accused, one section. A second section or accused is a second charge."""

    accused = SelectField(label=lazy("Accused"))
    offence = SelectField(label=lazy("Section"))
    act_earliest = DayField(label=lazy("Day of the act, or the earliest it can have been"))
    act_latest = DayField(label=lazy("The latest it can have been"), required=False)
    victims = TicksField(label=lazy("Done to"), required=False)
    charged_on = DayField(label=lazy("Charged on"),
                          help_text=lazy("When it is already in court: the day it was filed there."))  # fmt: skip
    status = RadioField(label=lazy("Where it stands"))
    court = CharField(label=lazy("Court"), required=False, max_length=120)
    black_number = CharField(label=lazy("Black number (on filing)"), required=False, max_length=40)
    red_number = CharField(label=lazy("Red number (on judgment)"), required=False, max_length=40)

    def __init__(self, *args: Any, viewer: Any, case: Case, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(p.pk): p for p in [*queries.defendants(viewer, case), *queries.survivors(viewer, case)]}
        self.fields["accused"].choices = [("", _("Choose")), *by_code(queries.defendants(viewer, case))]
        self.fields["offence"].choices = [("", _("Choose")), *offence_choices(today)]
        self.fields["victims"].choices = by_code(queries.survivors(viewer, case))
        self.fields["status"].choices = labelled(rules.STATUSES, *rules.AT_ENTRY)

    def clean_accused(self) -> Participation:
        return self.people[self.cleaned_data["accused"]]

    def clean_victims(self) -> list[Participation]:
        return [self.people[pk] for pk in self.cleaned_data["victims"]]


class MoveForm(Form):
    status = RadioField(label=lazy("New status"))
    on = DayField(label=lazy("Day"))
    court = CharField(label=lazy("Court"), required=False, max_length=120)
    black_number = CharField(label=lazy("Black number (on filing)"), required=False, max_length=40)
    red_number = CharField(label=lazy("Red number (on judgment)"), required=False, max_length=40)

    def __init__(self, *args: Any, charge: Charge, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["status"].choices = said_moves(charge)


def said_moves(charge: Charge) -> list[tuple[str, str]]:
    """Where this charge can go by hand."""
    return [(code, _(rules.STATUSES[code])) for code in rules.moves(charge.status, charge.status_before)]


class VerdictForm(Form):
    instance = RadioField(label=lazy("Which court"))
    outcome = RadioField(label=lazy("Outcome"))
    plea = RadioField(label=lazy("What the accused pleaded"))
    on = DayField(label=lazy("Day the judgment was read"))
    suspended = BooleanField(label=lazy("The sentence is suspended"), required=False)
    final = BooleanField(label=lazy("The judgment is final"), required=False)
    contribution = RadioField(label=lazy("How the team contributed"), required=False,
                              help_text=lazy("Needed for a conviction: the figures print it."))  # fmt: skip
    red_number = CharField(label=lazy("Red number (on judgment)"), required=False, max_length=40)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["instance"].choices = labelled(rules.INSTANCES)
        self.fields["outcome"].choices = labelled(rules.OUTCOMES)
        self.fields["plea"].choices = labelled(rules.PLEAS)
        self.fields["contribution"].choices = labelled(CONTRIBUTIONS)


class SentenceForm(Form):
    kind = RadioField(label=lazy("Kind of punishment"))
    years = IntegerField(label=lazy("Years"), required=False, min_value=0, max_value=200)
    months = IntegerField(label=lazy("Months"), required=False, min_value=0, max_value=1200)
    days = IntegerField(label=lazy("Days"), required=False, min_value=0, max_value=3650)
    fine = MoneyField(label=lazy("Fine to the State"), required=False,
                      help_text=lazy("Never compensation: that is an order of its own."))  # fmt: skip
    concurrent = BooleanField(label=lazy("Served at the same time as other sentences"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = labelled(rules.SENTENCE_KINDS)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        return values | {name: values.get(name) or 0 for name in ("years", "months", "days")}


def _route_choices() -> list[tuple[str, str]]:
    rows = (packs.row("money_route", code) for code, _label in packs.choices("money_route", language()))
    return [(row.code, route_label(row.code)) for row in rows if not row.get("history_only")]


class OrderForm(Form):
    survivor = SelectField(label=lazy("For which survivor"))
    route = RadioField(label=lazy("By which route"))
    on = DayField(label=lazy("Ordered on"))
    amount = MoneyField(label=lazy("Amount"))
    currency = CharField(label=lazy("Currency"), max_length=3)
    interest = CharField(label=lazy("Interest, percent a year"), required=False, max_length=6)
    interest_from = DayField(label=lazy("Interest runs from"), required=False)
    accused = SelectField(label=lazy("To be paid by"), required=False)
    joint_and_several = BooleanField(label=lazy("Several are liable together for all of it"), required=False)
    head = SelectField(label=lazy("Head of damage"), required=False)

    def __init__(self, *args: Any, viewer: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        owed, debtors = queries.survivors(viewer, case), queries.defendants(viewer, case)
        self.people = {str(p.pk): p for p in [*owed, *debtors]}
        self.fields["survivor"].choices = [("", _("Choose")), *by_code(owed)]
        self.fields["accused"].choices = [("", _("Nobody in particular")), *by_code(debtors)]
        self.fields["route"].choices = _route_choices()
        self.fields["head"].choices = [("", _("Choose")), *packs.choices("damage_head", language())]

    def clean_survivor(self) -> Participation:
        return self.people[self.cleaned_data["survivor"]]

    def clean_accused(self) -> Participation | None:
        return self.people.get(self.cleaned_data["accused"])

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean_interest(self) -> Decimal:
        text = self.cleaned_data["interest"] or "0"
        read = MoneyField().to_python(text.removesuffix("%").strip())
        return read if read is not None else Decimal(0)


class PaymentForm(Form):
    order = SelectField(label=lazy("Under which order"), required=False,
                        help_text=lazy("Only money of a court route must rest on an order."))  # fmt: skip
    survivor = SelectField(label=lazy("For which survivor"), required=False,
                           help_text=lazy("Only when there is no order."))  # fmt: skip
    route = SelectField(label=lazy("By which route"), required=False, help_text=lazy("Only when there is no order."))
    kind = RadioField(label=lazy("What happened"))
    direct = RadioField(label=lazy("If it was paid: who handed it over"), required=False)
    on = DayField(label=lazy("Day"))
    amount = MoneyField(label=lazy("Amount"))
    method = RadioField(label=lazy("How"))

    def __init__(self, *args: Any, viewer: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(p.pk): p for p in queries.survivors(viewer, case)}
        self.orders = {str(o.pk): o for o in queries.orders(viewer, case)}
        self.fields["order"].choices = [("", _("No order")), *((pk, _order_label(o)) for pk, o in self.orders.items())]
        self.fields["survivor"].choices = [("", _("Choose")), *by_code(list(self.people.values()))]
        self.fields["route"].choices = [("", _("Choose")), *_route_choices()]
        self.fields["kind"].choices = labelled(rules.PAYMENT_KINDS)
        self.fields["method"].choices = labelled(rules.METHODS)
        self.fields["direct"].choices = [
            ("yes", _("The debtor, directly to the survivor")),
            ("no", _("Whoever had collected it: court, execution office, lawyer or agency")),
        ]

    def clean_order(self) -> Any:
        return self.orders.get(self.cleaned_data["order"])

    def clean_survivor(self) -> Participation | None:
        return self.people.get(self.cleaned_data["survivor"])

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        return values | {"direct": values.get("kind") == "paid" and values.get("direct") != "no"}


def _order_label(order: Any) -> str:
    """An order by survivor, route, amount and what is unpaid."""
    return _("%(code)s: %(route)s, %(amount)s, %(unpaid)s not yet paid") % {
        "code": order.survivor.person.code, "route": route_label(order.route),
        "amount": money(order.amount, order.currency), "unpaid": money(order.unpaid, order.currency),
    }  # fmt: skip
