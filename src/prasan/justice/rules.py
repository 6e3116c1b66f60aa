"""Charges, verdicts, sentences and money: the codes, the allowed moves, and what is refused."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_DOWN, Decimal

from prasan.cases.rules import day_problems
from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

STATUSES = {
    "under_inquiry": _("Under inquiry"),
    "sent_to_prosecutor": _("Sent to the prosecutor"),
    "more_inquiry": _("More inquiry ordered"),
    "ordered_prosecute": _("Ordered to prosecute"),
    "ordered_not_prosecute": _("Ordered not to prosecute"),
    "not_prosecute_contested": _("Non-prosecution contested"),
    "not_prosecute_final": _("Final non-prosecution order"),
    "indicted": _("Indicted"),
    "in_trial": _("In trial"),
    "acquitted": _("Acquitted"),
    "convicted": _("Convicted"),
    "convicted_suspended": _("Convicted, sentence suspended"),
    "on_appeal": _("On appeal"),
    "at_supreme_court": _("At the Supreme Court"),
    "final": _("Final"),
    "withdrawn": _("Withdrawn"),
    "absconded": _("Absconded"),
    "extradition": _("Extradition"),
    "died": _("Died"),
    "limitation_expired": _("Limitation expired"),
}
_DECIDED = ("acquitted", "convicted", "convicted_suspended")
# One accused x one charge. Who absconded comes back to the status before; a correction is a new row.
STATES: dict[str, tuple[str, ...]] = {
    "under_inquiry": ("sent_to_prosecutor", "absconded", "died", "limitation_expired"),
    "sent_to_prosecutor": ("more_inquiry", "ordered_prosecute", "ordered_not_prosecute"),
    "more_inquiry": ("sent_to_prosecutor",),
    "ordered_prosecute": ("indicted", "absconded"),
    "ordered_not_prosecute": ("not_prosecute_contested", "not_prosecute_final"),
    "not_prosecute_contested": ("ordered_prosecute", "not_prosecute_final"),
    "not_prosecute_final": ("under_inquiry",),
    "indicted": ("in_trial", "withdrawn", "absconded"),
    "in_trial": (*_DECIDED, "withdrawn", "absconded", "died"),
    "acquitted": ("on_appeal", "final"),
    "convicted": ("on_appeal", "final"),
    "convicted_suspended": ("on_appeal", "final"),
    "on_appeal": (*_DECIDED, "at_supreme_court", "final"),
    "at_supreme_court": (*_DECIDED, "final"),
    "final": (),
    "withdrawn": (),
    "absconded": (),
    "extradition": ("indicted", "in_trial"),
    "died": (),
    "limitation_expired": (),
}
BY_VERDICT = frozenset({*_DECIDED, "withdrawn"})
# A charge is first entered at any stage before the court has spoken.
AT_ENTRY = tuple(s for s in STATUSES if s not in {*BY_VERDICT, "on_appeal", "at_supreme_court", "final", "absconded"})
IN_COURT = frozenset({"indicted", "in_trial"})
OUTCOMES = {
    "guilty": _("Guilty"),
    "acquitted": _("Acquitted"),
    "dismissed": _("Dismissed"),
    "withdrawn": _("Withdrawn"),
}
INSTANCES = {
    "first": _("Court of first instance"),
    "appeal": _("Court of Appeal"),
    "supreme": _("Supreme Court"),
}
ORDER_OF_COURTS = tuple(INSTANCES)
# Where a charge stands when each court speaks; the verdict of a higher court implies the appeal.
HEARD_FROM = {
    "first": IN_COURT,
    "appeal": frozenset({*_DECIDED, "on_appeal"}),
    "supreme": frozenset({*_DECIDED, "on_appeal", "at_supreme_court"}),
}
EFFECTS = {
    "first": _("First decision"),
    "upheld": _("Upholds the court below"),
    "reversed": _("Reverses the court below"),
}
PLEAS = {
    "not_asked": _("Not asked"),
    "guilty": _("Guilty"),
    "not_guilty": _("Not guilty"),
    "partly": _("Partly"),
}
BASES = {
    "trafficking": _("Trafficking in persons"),
    "forced_labour": _("Forced labour or services"),
    "other_offence": _("Other offence only"),
}
SENTENCE_KINDS = {
    "term": _("A term of imprisonment, a fine, or both"),
    "life": _("Imprisonment for life"),
    "death": _("Death"),
}
PAYMENT_KINDS = {
    "paid": _("Paid: in the survivor's hand"),
    "collected": _("Collected: received by court, execution office, lawyer or agency"),
}
METHODS = {
    "transfer": _("Bank transfer"),
    "cash": _("Cash"),
    "instalment": _("Instalment"),
}

NOT_A_MOVE = _("A charge that is “%(old)s” cannot become “%(new)s”.")
BY_VERDICT_ONLY = _("Record the verdict: the status follows from it.")
NOT_AT_ENTRY = _("A charge is not first entered as “%(new)s”.")
BEFORE_LAST_MOVE = _("This lies before the day of the last change of the charge.")
LATEST_FIRST = _("The latest day of the act lies before the earliest.")
CHARGED_BEFORE_ACT = _("Nobody is charged before the act.")
NOT_IN_FORCE = _("This section was not in force on the day of the act.")
NOT_A_DEFENDANT = _("The accused must be a suspect or accused in this case.")
NOT_A_SURVIVOR = _("This must be a survivor in this case.")
NOT_IN_COURT = _("The %(instance)s cannot speak on a charge that is “%(status)s”.")
BEFORE_CHARGE = _("The verdict lies before the charge.")
BEFORE_LOWER_COURT = _("The verdict of a higher court lies before that of the court below.")
ALREADY_SPOKEN = _("This court has already spoken on this charge. Correct that verdict instead.")
GUILTY_OR_NOT = _("A higher court upholds or reverses: record guilty or acquitted.")
NEEDS_CONTRIBUTION = _("Say how the team contributed to the conviction: the figures need it.")
NOT_GUILTY_NOT_SUSPENDED = _("Only a sentence after a guilty verdict can be suspended.")
NOT_GUILTY_NO_SENTENCE = _("There is no sentence without a guilty verdict.")
EMPTY_SENTENCE = _("Enter imprisonment, a fine, or both.")
NEGATIVE = _("This cannot be below zero.")
TERM_WITH_LIFE = _("Life or death stands without years, months and days.")
TOO_LONG_TO_SUSPEND = _("Imprisonment of more than five years cannot be suspended (Criminal Code s.56).")
SUSPENDED_DIFFERS = _("The verdict and the sentence differ on whether it is suspended.")
SENTENCED_BEFORE = _("This verdict already has a sentence. Correct that one instead.")
NOT_ABOVE_ZERO = _("The amount must be above zero.")
NOT_A_CURRENCY = _("A currency is a code of three letters, such as THB.")
NO_SUCH_ROUTE = _("Choose the route by which the money comes.")
NO_SUCH_HEAD = _("Choose a head of damage from the list.")
INTEREST_RANGE = _("Interest is a percentage a year between 0 and 100.")
INTEREST_NEEDS_DAY = _("Interest needs the day from which it runs.")
NEEDS_ORDER = _("Money of this route rests on an order: record the order first.")
NEEDS_SURVIVOR = _("Say which survivor the money is for.")
OTHER_CURRENCY = _("The order is in %(currency)s.")
BEFORE_ORDER = _("This lies before the order.")
ABOVE_ORDERED = _("Together with this, more would be received than was ordered with interest (%(most)s %(currency)s).")
ABOVE_COLLECTED = _("More would be paid on than was collected (%(held)s %(currency)s are held).")
COLLECTED_NOT_DIRECT = _("What was collected is not yet with the survivor.")
RESTS_ON_IT = _("Other records rest on this one. Correct those first.")
HIGHER_COURT_SPOKE = _("A higher court spoke after this verdict. Correct that verdict first.")

CENT = Decimal("0.01")
SUSPEND_AT_MOST_MONTHS = 60
# CC 52, 53 and 91 take life as 50 years; figures count it so [our choice].
LIFE_IN_MONTHS = Decimal(600)
Receipt = tuple[date, Decimal]


def problem_if(wrong: bool, message: str, field: str = "", **params: object) -> Iterator[Problem]:
    """One problem when it is one."""
    if wrong:
        yield Problem(message, field=field, params=params)


def moves(status: str, before: str = "") -> tuple[str, ...]:
    """Where a charge can go by hand from here; who absconded returns to the status before."""
    if status == "absconded":
        return (before,) if before else ()
    return tuple(new for new in STATES[status] if new not in BY_VERDICT)


def charge_problems(
    *, status: str, act_earliest: date, act_latest: date, charged_on: date, in_force: bool, accused: bool,
    survivors: bool, today: date,
) -> Iterator[Problem]:  # fmt: skip
    """One accused, one offence of the law of the day of the act, any number of survivors."""
    yield from day_problems(act_earliest, today, "act_earliest")
    yield from day_problems(act_latest, today, "act_latest")
    yield from day_problems(charged_on, today, "charged_on")
    yield from problem_if(act_latest < act_earliest, LATEST_FIRST, "act_latest")
    yield from problem_if(charged_on < act_earliest, CHARGED_BEFORE_ACT, "charged_on")
    # CC s.2: only the law in force at the time of the act punishes it.
    yield from problem_if(not in_force, NOT_IN_FORCE, "offence")
    yield from problem_if(not accused, NOT_A_DEFENDANT, "accused")
    yield from problem_if(not survivors, NOT_A_SURVIVOR, "victims")
    yield from problem_if(status not in AT_ENTRY, NOT_AT_ENTRY, "status", new=STATUSES.get(status, status))


def move_problems(*, old: str, before: str, new: str, on: date, last_on: date, today: date) -> Iterator[Problem]:
    """Statuses move by the dict above; those of a court follow from its verdict."""
    yield from day_problems(on, today, "on")
    yield from problem_if(on < last_on, BEFORE_LAST_MOVE, "on")
    if new in BY_VERDICT and new != before:
        yield Problem(BY_VERDICT_ONLY, field="status")
    elif new not in moves(old, before):
        yield Problem(NOT_A_MOVE, field="status", params={"old": STATUSES[old], "new": STATUSES.get(new, new)})


def status_after(outcome: str, suspended: bool) -> str:
    """Where a charge stands after a verdict."""
    if outcome == "guilty":
        return "convicted_suspended" if suspended else "convicted"
    return "acquitted" if outcome == "acquitted" else "withdrawn"


def effect_of(outcome: str, below: str) -> str:
    """What a verdict does to the one that stood (`below` is its outcome, "" when none): first, upheld, reversed."""
    if not below:
        return "first"
    return "upheld" if (outcome == "guilty") == (below == "guilty") else "reversed"


def verdict_problems(
    *, instance: str, outcome: str, suspended: bool, contribution: str, status: str, on: date, charged_on: date,
    below_on: date | None, spoken: bool, today: date,
) -> Iterator[Problem]:  # fmt: skip
    """A court speaks once, after the charge was filed and after the court below it."""
    yield from day_problems(on, today, "on")
    yield from problem_if(on < charged_on, BEFORE_CHARGE, "on")
    yield from problem_if(below_on is not None and on < below_on, BEFORE_LOWER_COURT, "on")
    if spoken:
        yield Problem(ALREADY_SPOKEN, field="instance")
    elif status not in HEARD_FROM[instance]:
        names = {"instance": INSTANCES[instance], "status": STATUSES[status]}
        yield Problem(NOT_IN_COURT, field="instance", params=names)
    higher = instance != "first"
    yield from problem_if(higher and outcome not in {"guilty", "acquitted"}, GUILTY_OR_NOT, "outcome")
    yield from problem_if(outcome == "guilty" and not contribution, NEEDS_CONTRIBUTION, "contribution")
    yield from problem_if(outcome != "guilty" and suspended, NOT_GUILTY_NOT_SUSPENDED, "suspended")


def in_months(kind: str, years: int, months: int, days: int) -> Decimal:
    """Imprisonment in months. CC s.21: a month counts 30 days, a year is a calendar year."""
    if kind != "term":
        return LIFE_IN_MONTHS
    return (Decimal(years * 12 + months) + Decimal(days) / 30).quantize(CENT)


def sentence_problems(
    *, kind: str, years: int, months: int, days: int, fine: Decimal | None, suspended: bool,
    verdict_suspended: bool, guilty: bool, sentenced: bool,
) -> Iterator[Problem]:  # fmt: skip
    """A sentence follows a guilty verdict; CC s.56 suspends only what is at most five years."""
    yield from problem_if(not guilty, NOT_GUILTY_NO_SENTENCE)
    yield from problem_if(sentenced, SENTENCED_BEFORE)
    for field, value in (("years", years), ("months", months), ("days", days), ("fine", fine or 0)):
        yield from problem_if(value < 0, NEGATIVE, field)
    term = bool(years or months or days)
    yield from problem_if(kind == "term" and not term and not fine, EMPTY_SENTENCE, "years")
    yield from problem_if(kind != "term" and term, TERM_WITH_LIFE, "years")
    yield from problem_if(suspended != verdict_suspended, SUSPENDED_DIFFERS, "suspended")
    # CC s.56: a sentence is suspended only when the imprisonment imposed is at most five years.
    long = in_months(kind, years, months, days) > SUSPEND_AT_MOST_MONTHS
    yield from problem_if(suspended and long, TOO_LONG_TO_SUSPEND, "suspended")


def _amount_problems(amount: Decimal, currency: str) -> Iterator[Problem]:
    yield from problem_if(amount <= 0, NOT_ABOVE_ZERO, "amount")
    code = len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()
    yield from problem_if(not code, NOT_A_CURRENCY, "currency")


def order_problems(
    *, survivor: bool, debtor: bool, route_known: bool, head_known: bool, on: date, amount: Decimal, currency: str,
    interest: Decimal, interest_from: date | None, today: date,
) -> Iterator[Problem]:  # fmt: skip
    """Compensation is ordered for a survivor, by one route, in one currency; fines to the State are none of it."""
    yield from day_problems(on, today, "on")
    yield from _amount_problems(amount, currency)
    yield from problem_if(not survivor, NOT_A_SURVIVOR, "survivor")
    yield from problem_if(not debtor, NOT_A_DEFENDANT, "accused")
    yield from problem_if(not route_known, NO_SUCH_ROUTE, "route")
    yield from problem_if(not head_known, NO_SUCH_HEAD, "head")
    yield from problem_if(not 0 <= interest <= 100, INTEREST_RANGE, "interest")
    yield from problem_if(bool(interest) and interest_from is None, INTEREST_NEEDS_DAY, "interest_from")


def most(amount: Decimal, interest: Decimal, interest_from: date | None, on: date) -> Decimal:
    """The most that can have become due by a day: the amount and simple interest on all of it (CCC s.224: no
    interest on interest), by days of a year of 365, whole satang, never rounded up [our choice]."""
    if not interest or interest_from is None or on <= interest_from:
        return amount
    grown = amount * interest / 100 * (on - interest_from).days / 365
    return (amount + grown).quantize(CENT, rounding=ROUND_DOWN)


def total(receipts: Iterable[Receipt], until: date | None = None) -> Decimal:
    """The sum of dated amounts, up to a day."""
    return sum((amount for on, amount in receipts if until is None or on <= until), Decimal(0))


def payment_problems(
    *, amount: Decimal, currency: str, on: date, today: date, collected: bool, direct: bool, survivor: bool,
    route_known: bool, needs_order: bool,
) -> Iterator[Problem]:  # fmt: skip
    """One receipt of money for a survivor; court money rests on an order."""
    yield from day_problems(on, today, "on")
    yield from _amount_problems(amount, currency)
    yield from problem_if(not survivor, NEEDS_SURVIVOR, "survivor")
    yield from problem_if(not route_known, NO_SUCH_ROUTE, "route")
    yield from problem_if(needs_order, NEEDS_ORDER, "order")
    yield from problem_if(collected and direct, COLLECTED_NOT_DIRECT, "direct")


def balance_problems(
    *, amount: Decimal, interest: Decimal, interest_from: date | None, ordered_on: date, currency: str,
    collected: list[Receipt], direct: list[Receipt], passed_on: list[Receipt],
) -> Iterator[Problem]:  # fmt: skip
    """On every day: ordered (with interest) >= received >= in the survivor's hand. Received is what was collected
    and what the debtor handed to the survivor directly; what is paid on comes out of what was collected."""
    received = [*collected, *direct]
    for on in sorted({on for on, _amount in [*received, *passed_on]}):
        limit, held = most(amount, interest, interest_from, on), total(collected, on)
        if on < ordered_on:
            yield Problem(BEFORE_ORDER, field="on")
            return
        if total(received, on) > limit:
            yield Problem(ABOVE_ORDERED, field="amount", params={"most": f"{limit:,.2f}", "currency": currency})
            return
        yield from held_problems(passed_on, collected, on, currency)
        if total(passed_on, on) > held:
            return


def held_problems(passed_on: list[Receipt], collected: list[Receipt], on: date, currency: str) -> Iterator[Problem]:
    """Nothing is paid on that was not collected before."""
    held = total(collected, on)
    if total(passed_on, on) > held:
        yield Problem(ABOVE_COLLECTED, field="amount", params={"held": f"{held:,.2f}", "currency": currency})
