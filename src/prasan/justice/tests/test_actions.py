"""Acts of the court room: done, refused, denied; the journal and the facts; nothing without its line."""

from datetime import date
from decimal import Decimal

import pytest

from prasan import packs
from prasan.access.allow import Changed
from prasan.access.check import NOT_MEMBER, NOT_YOUR_DISCIPLINE, Denied
from prasan.access.system import system_read
from prasan.cases.models import Event, Participation, Task
from prasan.facts.ledger import compare
from prasan.facts.models import Fact
from prasan.journal import checking
from prasan.journal.models import Line
from prasan.justice import actions, ledger, queries, rules
from prasan.justice.models import Charge, Order, Payment, Sentence, Verdict
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_case, make_person
from tests.kept import cannot_write

SAME = {"at": AT, "today": TODAY}
VERDICT_DAY = date(2026, 11, 2)


def reconciled():
    with system_read("reconcile"):
        return list(compare(ledger.facts()))


def parts_of(participation):
    rows = Participation.objects.filter(person=participation.person, until_on=None, closed_as="")
    return {row.part for row in rows}


def refused(call):
    with pytest.raises(Refused) as caught:
        call()
    return [problem.message for problem in caught.value.problems]


def test_the_defendant_pleaded_guilty_and_paid_200000_baht(world, court, counted):
    charge = court.charge()
    verdict = court.verdict(charge)
    court.sentence(verdict, fine=Decimal(400_000))
    order = court.order()
    payment = court.payment(order)
    charge.refresh_from_db()
    assert (charge.status, verdict.plea, verdict.basis) == ("convicted", "guilty", "trafficking")
    assert parts_of(world.suspect) == {"convicted"}
    assert counted() == [
        ("person_indicted", date(2026, 10, 5), None, "", "trafficking", ""),
        ("compensation_ordered", VERDICT_DAY, Decimal(200_000), "", "", "court_petition"),
        ("offender_convicted", VERDICT_DAY, None, "led", "trafficking", ""),
        ("sentence_imposed", VERDICT_DAY, Decimal(48), "", "", ""),
        ("compensation_paid", date(2026, 11, 20), Decimal(200_000), "", "", "court_petition"),
    ]
    one, = queries.amounts(world.preecha, world.case)
    assert (one.ordered, one.collected, one.paid, one.held) == (200_000, 200_000, 200_000, 0)
    assert payment.direct
    assert queries.unpaid_orders(world.preecha) == []
    acts = set(Line.objects.values_list("act", flat=True))
    assert acts >= {f"justice.record_{n}" for n in ("charge", "verdict", "sentence", "order", "payment")}
    kinds = set(Event.objects.filter(partition="legal").values_list("kind", flat=True))
    assert kinds == {"charged", "verdict", "sentenced", "compensation_ordered", "compensation_paid"}
    assert checking.check().ok
    assert reconciled() == []


def test_a_charge_keeps_the_law_of_the_day_of_the_act(court):
    charge = court.charge(act_earliest=date(2026, 1, 1), act_latest=date(2026, 9, 1))
    assert (charge.section, charge.law_version, charge.pack_version) == ("6, 52", "2017-01-28", packs.version())
    old = court.charge(act_earliest=date(2016, 5, 1))
    assert queries.penalty_lines(queries.law_of(old)) == []
    assert old.law_version == "2008-06-05"
    both = court.charge(act_earliest=date(2016, 5, 1), act_latest=date(2018, 5, 1))
    assert queries.law_changed(both)
    assert not queries.law_changed(charge)


def test_a_section_that_was_not_yet_law_is_refused(court):
    assert refused(lambda: court.charge(offence="atip-52-1", act_earliest=date(2019, 4, 5))) == [rules.NOT_IN_FORCE]
    assert refused(lambda: court.charge(offence="draft-sextortion")) == [rules.NOT_IN_FORCE]
    assert not Charge.objects.exists()


def test_only_a_suspect_is_charged_and_only_a_survivor_is_a_victim(world, court):
    assert refused(lambda: court.charge(accused=world.survivor)) == [rules.NOT_A_DEFENDANT]
    assert refused(lambda: court.charge(victims=[world.suspect])) == [rules.NOT_A_SURVIVOR]


def test_a_survivor_who_is_charged_opens_the_lawyers_non_punishment_task(world, court):
    also = Participation.objects.create(
        id="00000000-0000-0000-0000-00000000000a", case=world.case, person=world.survivor.person, part="suspect",
        since_on=TODAY, made_at=AT,
    )  # fmt: skip
    court.charge(accused=also, victims=[])
    assert Task.objects.get(partition="legal").about == world.survivor.person


def test_a_suspect_becomes_the_accused_when_the_charge_is_filed(world, court, counted):
    charge = court.charge(status="under_inquiry")
    assert parts_of(world.suspect) == {"suspect"}
    assert counted() == []
    told = {"by": world.preecha, "charge": charge, **SAME}
    for status, day in (("sent_to_prosecutor", 6), ("ordered_prosecute", 8), ("indicted", 9)):
        actions.move_charge(status=status, on=date(2026, 10, day), version=charge.version, **told)
    assert parts_of(world.suspect) == {"accused"}
    assert counted() == [("person_indicted", date(2026, 10, 9), None, "", "trafficking", "")]
    with pytest.raises(Changed):
        actions.move_charge(status="in_trial", on=TODAY, version=1, **told)
    assert refused(lambda: actions.move_charge(status="convicted", on=TODAY, version=charge.version, **told)) == [
        rules.BY_VERDICT_ONLY
    ]
    actions.move_charge(status="absconded", on=TODAY, version=charge.version, **told)
    actions.move_charge(status="indicted", on=TODAY, version=charge.version, **told)
    assert charge.indicted_on == date(2026, 10, 9)
    assert reconciled() == []


def test_a_conviction_is_restated_when_a_higher_court_reverses_it(world, court, counted):
    charge = court.charge()
    first = court.verdict(charge)
    court.sentence(first)
    appeal = court.verdict(charge, "acquitted", instance="appeal", on=date(2026, 11, 20))
    charge.refresh_from_db()
    first.refresh_from_db()
    assert (charge.status, appeal.effect, first.overturned_by) == ("acquitted", "reversed", appeal)
    assert parts_of(world.suspect) == {"accused"}
    assert [row[:2] for row in counted()] == [
        ("person_indicted", date(2026, 10, 5)),
        ("defendant_acquitted", date(2026, 11, 20)),
        ("verdict_reversed", date(2026, 11, 20)),
    ]
    assert reconciled() == []
    actions.enter_in_error(by=world.preecha, row=appeal, reason="wrong_case", version=appeal.version, **SAME)
    charge.refresh_from_db()
    assert charge.status == "convicted"
    assert parts_of(world.suspect) == {"convicted"}
    assert {row[0] for row in counted()} == {"person_indicted", "offender_convicted", "sentence_imposed"}
    assert reconciled() == []


def test_a_higher_court_that_upholds_counts_nobody_twice_and_its_sentence_takes_the_place(court, counted):
    charge = court.charge()
    below = court.sentence(court.verdict(charge))
    appeal = court.verdict(charge, instance="appeal", on=date(2026, 11, 20), final=True)
    above = court.sentence(appeal, years=2)
    below.refresh_from_db()
    charge.refresh_from_db()
    assert (appeal.effect, charge.status, below.changed_by) == ("upheld", "final", above)
    assert [row[1] for row in counted("offender_convicted")] == [VERDICT_DAY]
    assert [row[2] for row in counted("sentence_imposed")] == [Decimal(24)]
    assert reconciled() == []


def test_a_suspended_sentence_is_shown_apart(court, counted):
    charge = court.charge()
    court.sentence(court.verdict(charge, suspended=True), years=2)
    charge.refresh_from_db()
    assert charge.status == "convicted_suspended"
    assert counted("sentence_imposed")[0][4] == "suspended"


def test_a_corrected_verdict_takes_its_sentence_along(court, counted):
    charge = court.charge()
    old = court.verdict(charge)
    court.sentence(old)
    new = court.verdict(charge, on=date(2026, 11, 3), replaces=old)
    old.refresh_from_db()
    assert (old.closed_as, new.replaces) == ("superseded", old)
    assert Sentence.objects.get(closed_as="").verdict == new
    assert {row[1] for row in counted("offender_convicted", "sentence_imposed")} == {date(2026, 11, 3)}
    assert refused(lambda: court.verdict(charge, "acquitted", replaces=new)) == [rules.RESTS_ON_IT]
    assert reconciled() == []


def test_a_corrected_charge_takes_its_verdicts_along_under_the_new_section(court):
    old = court.charge()
    verdict = court.verdict(old)
    court.sentence(verdict)
    new = court.charge(offence="cc-282", replaces=old)
    verdict.refresh_from_db()
    assert (verdict.charge, verdict.basis, new.status) == (new, "other_offence", "convicted")
    live = Fact.objects.filter(superseded_at=None).values_list("law_article", flat=True)
    assert set(live) == {"cc-282"}
    assert reconciled() == []


def test_what_others_rest_on_is_not_in_error_before_them(world, court):
    charge = court.charge()
    verdict = court.verdict(charge)
    sentence = court.sentence(verdict)
    order = court.order()
    payment = court.payment(order)
    charge.refresh_from_db()
    told = {"by": world.preecha, "reason": "wrong_case", **SAME}
    for row in (charge, verdict, order):
        assert refused(lambda row=row: actions.enter_in_error(row=row, version=row.version, **told)) == [
            rules.RESTS_ON_IT
        ]
    for row in (payment, order, sentence, verdict, charge):
        row.refresh_from_db()
        actions.enter_in_error(row=row, version=row.version, **told)
    assert not Fact.objects.filter(superseded_at=None).exists()
    assert parts_of(world.suspect) == {"accused"}
    assert reconciled() == []


def test_more_than_was_ordered_is_refused(court, counted):
    order = court.order()
    court.payment(order, amount=Decimal(150_000), method="instalment")
    assert refused(lambda: court.payment(order, amount=Decimal("50000.01"))) == [rules.ABOVE_ORDERED]
    assert refused(lambda: court.payment(order, on=date(2026, 11, 1), amount=Decimal(1))) == [rules.BEFORE_ORDER]
    assert Payment.objects.count() == 1
    assert refused(lambda: court.order(amount=Decimal(100_000), replaces=order)) == [rules.ABOVE_ORDERED]
    bigger = court.order(amount=Decimal(300_000), replaces=order)
    assert Payment.objects.get().order == bigger
    assert [row[2] for row in counted("compensation_ordered")] == [Decimal(300_000)]
    assert reconciled() == []


def test_what_was_collected_is_not_yet_paid(world, court, counted):
    order = court.order()
    court.payment(order, kind="collected", on=date(2026, 11, 10), amount=Decimal(80_000))
    assert counted("compensation_paid") == []
    told = {"direct": False, "on": date(2026, 11, 12)}
    assert refused(lambda: court.payment(order, amount=Decimal(80_001), **told)) == [rules.ABOVE_COLLECTED]
    paid = court.payment(order, amount=Decimal(50_000), **told)
    one, = queries.amounts(world.preecha, world.case)
    assert (one.ordered, one.collected, one.paid, one.held) == (200_000, 80_000, 50_000, 30_000)
    collected = Payment.objects.get(kind="collected")
    error = {"by": world.preecha, "reason": "twice", **SAME}
    assert refused(lambda: actions.enter_in_error(row=collected, version=1, **error)) == [rules.RESTS_ON_IT]
    court.payment(order, amount=Decimal(60_000), replaces=paid, **told)
    assert [row[2] for row in counted("compensation_paid")] == [Decimal(60_000)]
    assert reconciled() == []


def test_money_without_an_order_goes_only_by_routes_that_need_none(world, court, counted):
    told = {"survivor": world.survivor, "amount": Decimal(10_000)}
    assert refused(lambda: court.payment(route="court_petition", **told)) == [rules.NEEDS_ORDER]
    assert refused(lambda: court.payment(route="court", **told)) == [rules.NO_SUCH_ROUTE]
    assert refused(lambda: court.payment(amount=Decimal(1))) == [rules.NEEDS_SURVIVOR]
    court.payment(route="voluntary", **told)
    assert [row[5] for row in counted("compensation_paid")] == ["voluntary"]


def test_an_order_is_only_for_a_survivor_and_keeps_its_currency(world, court):
    assert refused(lambda: court.order(survivor=world.suspect, accused=None)) == [rules.NOT_A_SURVIVOR]
    order = court.order(currency="USD", amount=Decimal(7_600))
    assert refused(lambda: court.payment(order, currency="THB")) == [rules.OTHER_CURRENCY]
    assert court.payment(order, amount=Decimal(7_600)).currency == "USD"
    assert Fact.objects.get(kind="compensation_paid").unit == "USD"


def test_a_record_of_another_case_is_as_if_it_were_absent(world):
    other = make_case(world, "Another matter")
    stranger = make_person(world, other, "suspect", "คนอื่น", by="nok")
    with world.acting("preecha"), pytest.raises(Denied) as denied:
        actions.record_order(
            by=world.preecha, survivor=world.survivor, accused=stranger, route="court_petition", on=VERDICT_DAY,
            amount=Decimal(1), **SAME,
        )  # fmt: skip
    assert denied.value.reason == NOT_MEMBER


@pytest.mark.parametrize(
    ("who", "act", "sentence"),
    [
        ("mali", "charge", NOT_YOUR_DISCIPLINE),
        ("nok", "verdict", NOT_YOUR_DISCIPLINE),
        ("mali", "sentence", NOT_YOUR_DISCIPLINE),
        ("nok", "order", NOT_YOUR_DISCIPLINE),
        ("nok", "payment", NOT_YOUR_DISCIPLINE),
        ("somchai", "payment", NOT_MEMBER),
        ("nok", "error", NOT_YOUR_DISCIPLINE),
    ],
)
def test_each_act_is_denied_to_others_with_its_sentence(world, court, who, act, sentence):
    charge = court.charge()
    verdict, order = court.verdict(charge), court.order()
    before = Line.objects.count()
    by = {"by": getattr(world, who), **SAME}
    calls = {
        "charge": lambda: actions.record_charge(
            accused=world.suspect, offence="cc-282", act_earliest=TODAY, charged_on=TODAY, **by
        ),
        "verdict": lambda: actions.record_verdict(charge=charge, outcome="acquitted", on=TODAY, **by),
        "sentence": lambda: actions.record_sentence(verdict=verdict, years=1, **by),
        "order": lambda: actions.record_order(
            survivor=world.survivor, route="state", on=TODAY, amount=Decimal(1), **by
        ),
        "payment": lambda: actions.record_payment(order=order, kind="paid", on=TODAY, amount=Decimal(1), **by),
        "error": lambda: actions.enter_in_error(row=order, reason="twice", version=1, **by),
    }
    with pytest.raises(Denied) as denied:
        calls[act]()
    assert denied.value.reason == sentence
    assert Line.objects.count() == before


def test_the_social_worker_may_record_what_reached_the_survivor(world, court):
    order = court.order()
    with world.acting("mali"):
        actions.record_payment(by=world.mali, order=order, kind="paid", on=TODAY, amount=Decimal(5), **SAME)
    assert Payment.objects.get().made_by == world.mali


@pytest.mark.parametrize("act", ["charge", "move", "verdict", "sentence", "order", "payment", "error"])
def test_nothing_is_saved_without_its_line(world, court, monkeypatch, act):
    charge = court.charge()
    verdict, order = court.verdict(charge), court.order()
    other = court.charge(offence="cc-282")
    models = (Charge, Verdict, Sentence, Order, Payment, Fact, Event, Participation)
    states = [list(m.objects.order_by("pk").values()) for m in models]

    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    calls = {
        "charge": lambda: court.charge(offence="cc-283"),
        "move": lambda: actions.move_charge(
            by=world.preecha, charge=other, status="in_trial", on=TODAY, version=other.version, **SAME
        ),
        "verdict": lambda: court.verdict(other),
        "sentence": lambda: court.sentence(verdict),
        "order": lambda: court.order(),
        "payment": lambda: court.payment(order),
        "error": lambda: actions.enter_in_error(by=world.preecha, row=order, reason="twice", version=1, **SAME),
    }
    with pytest.raises(OSError, match="no line"):
        calls[act]()
    assert [list(m.objects.order_by("pk").values()) for m in models] == states


def test_reconciliation_sees_a_changed_amount(court):
    order = court.order()
    assert reconciled() == []
    Order.objects.filter(pk=order.pk).update(amount=Decimal(1))
    assert len(reconciled()) == 1


def test_a_row_marked_by_the_kernels_own_correction_leaves_rows_and_facts_alike(world, court):
    from prasan.cases.actions import correct

    verdict = court.verdict(court.charge())
    correct.enter_in_error(by=world.preecha, row=verdict, act="justice.correct", reason="twice", version=1, **SAME)
    assert reconciled() == []
