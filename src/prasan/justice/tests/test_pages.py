"""Pages of the court room: shown, filled in, refused, denied, in both languages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from prasan.cases.actions import clocks
from prasan.cases.models import Participation, RunningClock
from prasan.justice import due, panel, queries
from prasan.justice.models import Charge, Order, Payment, Sentence, Verdict
from tests.cast import AT, MARKER, TODAY


@pytest.fixture(autouse=True)
def in_english():
    """What is drawn outside a request is read in English."""
    with translation.override("en"):
        yield


def at(name, world, **more):
    return reverse(f"justice:{name}", kwargs={"case": world.case.code, **more})


def post(client, address, **values):
    return client.post(address, {"key": "k1", **values})


def charge_values(world, **change):
    return {
        "accused": str(world.suspect.pk), "offence": "atip-52-adult", "act_earliest": "1/9/2569",
        "victims": [str(world.survivor.pk)], "charged_on": "5 Oct 2026", "status": "indicted", **change,
    }  # fmt: skip


def test_the_defendant_pleaded_guilty_and_paid_200000_baht_page_by_page(world, sign_in):
    client = sign_in(world.preecha)
    assert post(client, at("record-charge", world), **charge_values(world)).status_code == 302
    with world.acting("preecha"):
        charge = Charge.objects.get()
    spoken = {"key": "k2", "instance": "first", "outcome": "guilty", "plea": "guilty", "on": "2/11/2569",
              "contribution": "led"}  # fmt: skip
    assert client.post(at("record-verdict", world, charge=charge.pk), spoken).status_code == 302
    with world.acting("preecha"):
        verdict = Verdict.objects.get()
        convicted = Participation.objects.get(person=world.suspect.person, part="convicted")
    sentence = {"key": "k3", "kind": "term", "years": "4", "fine": "400,000"}
    assert client.post(at("record-sentence", world, verdict=verdict.pk), sentence).status_code == 302
    order = {"key": "k4", "survivor": str(world.survivor.pk), "route": "court_petition", "on": "2/11/2569",
             "amount": "๒๐๐,๐๐๐", "currency": "thb", "accused": str(convicted.pk)}  # fmt: skip
    assert client.post(at("record-order", world), order).status_code == 302
    with world.acting("preecha"):
        pk = Order.objects.get().pk
    paid = {"key": "k5", "order": str(pk), "kind": "paid", "direct": "yes", "on": "20/11/2569",
            "amount": "200,000", "method": "cash"}  # fmt: skip
    assert client.post(at("record-payment", world), paid).status_code == 302
    with world.acting("preecha"):
        assert (Payment.objects.get().amount, Sentence.objects.get().years) == (200_000, 4)
    page = client.get(at("charge", world, charge=charge.pk)).content.decode()
    for words in ("ATIP s.6, 52", "4 years to 12 years", "Guilty", "fine to the State 400,000 THB", "Libothai"):
        assert words in page
    money = client.get(at("money", world)).content.decode()
    assert "200,000 THB" in money
    assert MARKER not in page + money


def test_a_charge_that_is_refused_says_why_beside_its_field(world, sign_in):
    client = sign_in(world.preecha)
    values = charge_values(world, offence="atip-52-1", act_earliest="5/4/2562")
    answer = post(client, at("record-charge", world), **values)
    assert answer.status_code == 422
    assert "This section was not in force on the day of the act." in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [("282", "CC s.282"), ("กรรโชก", "CC s.337"), ("forced labour", "ATIP s.6/1, 52/1")],
)
def test_a_section_is_found_by_number_and_by_words_of_both_languages(world, sign_in, query, words):
    page = sign_in(world.preecha).get(at("find-offence", world), {"q": query, "on": "1/9/2569"})
    assert words in page.content.decode()


def test_what_is_unconfirmed_says_so_in_the_picker_and_is_not_shown_as_law(world, sign_in):
    client = sign_in(world.preecha)
    page = client.get(at("find-offence", world), {"q": "forced labour", "on": ""}).content.decode()
    assert "Forced labour or services (unconfirmed)" in page
    assert "not to be relied on as law" in page
    assert "Forced labour or services (unconfirmed)" in client.get(at("record-charge", world)).content.decode()


def test_a_scale_that_is_not_in_the_pack_is_said_to_be_missing(world, sign_in):
    page = sign_in(world.preecha).get(at("find-offence", world), {"q": "52", "on": "1/5/2559"}).content.decode()
    assert "The scale of that day is not in the pack." in page
    assert "12 years" not in page


def test_nothing_found_is_a_page_of_its_own(world, sign_in):
    page = sign_in(world.preecha).get(at("find-offence", world), {"q": "999", "on": ""}).content.decode()
    assert "No section found" in page


def test_the_status_moves_and_a_stale_form_is_told(world, court, sign_in):
    charge = court.charge(status="under_inquiry")
    client, address = sign_in(world.preecha), at("move-charge", world, charge=charge.pk)
    told = {"status": "sent_to_prosecutor", "on": "6/10/2569"}
    assert post(client, address, version="7", **told).status_code == 409
    assert client.get(address).status_code == 200
    assert client.post(address, {"key": "k9", "version": "1", **told}).status_code == 302
    charge.refresh_from_db()
    assert charge.status == "sent_to_prosecutor"


@pytest.mark.parametrize("what", ["charge", "verdict", "sentence", "order", "payment"])
def test_each_record_is_corrected_on_its_form_which_is_filled_in(world, court, sign_in, what):
    charge = court.charge()
    verdict, order = court.verdict(charge), court.order()
    rows = {"charge": charge, "verdict": verdict, "sentence": court.sentence(verdict, years=7), "order": order,
            "payment": court.payment(order, amount=Decimal("1234.50"))}  # fmt: skip
    place = {"verdict": {"charge": charge.pk}, "sentence": {"verdict": verdict.pk}}.get(what, {})
    address = at(f"record-{what}", world, **place)
    page = sign_in(world.preecha).get(f"{address}?replaces={rows[what].pk}")
    kept = {"charge": "5 October 2026", "verdict": "2 November 2026", "sentence": 'value="7"',
            "order": "200,000.00", "payment": "1,234.50"}[what]  # fmt: skip
    assert page.status_code == 200
    if what in {"charge", "order"}:
        assert f"selected>{world.suspect.person.code}" in page.content.decode()
    assert kept in page.content.decode()
    assert sign_in(world.preecha).get(f"{address}?replaces=nonsense").status_code == 404


def test_each_record_leads_to_the_page_for_what_was_entered_in_error(world, court, sign_in):
    charge = court.charge()
    order, sentence = court.order(), court.sentence(court.verdict(charge))
    shown = sign_in(world.preecha).get(at("charge", world, charge=charge.pk)).content.decode()
    shown += sign_in(world.preecha).get(at("money", world)).content.decode()
    for kind, row in (("charge", charge), ("sentence", sentence), ("order", order)):
        assert f"/correct/{kind}/{row.pk}/" in shown
    assert "/correct/" not in sign_in(world.mali).get(at("money", world)).content.decode()


def test_a_payment_is_corrected_in_one_go(world, court, sign_in):
    order = court.order()
    old = court.payment(order, amount=Decimal(100))
    answer = post(
        sign_in(world.preecha), f"{at('record-payment', world)}?replaces={old.pk}", order=str(order.pk), kind="paid",
        direct="yes", on="20/11/2569", amount="150", method="transfer",
    )  # fmt: skip
    assert answer.status_code == 302
    assert Payment.objects.get(closed_as="").amount == 150


def test_the_outsider_finds_nothing_and_the_wrong_discipline_reads_the_sentence(world, court, sign_in):
    charge = court.charge()
    address = at("charge", world, charge=charge.pk)
    assert sign_in(world.somchai).get(address).status_code == 404
    assert sign_in(world.mali).get(address).status_code == 200
    assert sign_in(world.noi).get(address).status_code == 403
    denied = sign_in(world.nok).get(at("record-verdict", world, charge=charge.pk))
    assert denied.status_code == 403
    assert "This is for these disciplines" in denied.content.decode()


def test_the_thai_page_shows_thai_law_and_the_buddhist_era(world, court, sign_in):
    charge = court.charge()
    page = sign_in(world.preecha, "th").get(at("charge", world, charge=charge.pk)).content.decode()
    assert "ค้ามนุษย์ ผู้เสียหายเป็นผู้ใหญ่" in page
    assert "5 ตุลาคม 2569" in page


def test_the_panel_shows_charges_and_money_by_code_to_those_who_may_see_them(world, court):
    empty = panel.panel(world.preecha, world.case)
    assert "Nobody has been charged" in render_to_string(empty.template, empty.context)
    court.verdict(court.charge())
    court.order()
    shown = panel.panel(world.preecha, world.case)
    text = render_to_string(shown.template, shown.context)
    for words in ("Convicted", world.suspect.person.code, world.survivor.person.code, "200,000 THB"):
        assert words in text
    assert [link.text for link in shown.links][:1] == ["Record a charge"]
    assert [link.text for link in panel.panel(world.mali, world.case).links] == [
        "Record a payment", "Orders and payments one by one",
    ]  # fmt: skip
    assert panel.panel(world.noi, world.case) is None
    assert panel.panel(world.somchai, world.case) is None


def test_money_that_did_not_come_is_due_until_it_is_paid(world, court):
    order = court.order(on=date(2026, 10, 5))
    line, = due.due(world.preecha, TODAY)
    assert (line.on, line.tone, line.case) == (date(2026, 11, 4), "soon", world.case.code)
    assert world.survivor.person.code in line.text
    assert due.due(world.noi, TODAY) == []
    assert due.due(world.somchai, TODAY) == []
    court.payment(order)
    assert due.due(world.preecha, TODAY) == []


def test_a_judgment_asks_for_execution_in_its_last_year_and_is_late_only_once_over(world, court):
    court.order(on=date(2017, 2, 1))
    end = date(2027, 2, 1)

    def told(day):
        line, = due.due(world.preecha, day)
        return line.on, line.tone, line.text.split(":")[0]

    assert told(end - timedelta(days=366))[2].startswith("Compensation")
    assert told(end - timedelta(days=365)) == (end, "soon", "Ask for execution")
    assert told(end) == (end, "today", "Ask for execution")
    assert told(end + timedelta(days=1)) == (end, "late", "The time to ask for execution is over")


def test_the_last_day_to_enforce_is_that_of_the_running_clock(world, court):
    order = court.order(on=date(2017, 2, 1))
    clock = RunningClock.objects.get(clock="enforcement")
    told = {"by": world.preecha, "clock": clock, "reason": "Read again", "at": AT, "today": TODAY}
    clocks.override_clock(version=1, end_on=date(2027, 3, 5), **told)
    with world.acting("mali"):
        line, = due.due(world.mali, TODAY)
    assert line.on == date(2027, 3, 5)
    clocks.override_clock(version=2, stop=True, **told)
    line, = due.due(world.preecha, TODAY)
    assert (line.on, line.text.split(" ")[0]) == (order.on + due.ASK_AFTER, "Compensation")


def test_days_off_move_the_last_day_to_enforce_and_what_no_court_ordered_has_none(world, court):
    court.order(on=date(2016, 12, 5))
    court.order(on=date(2016, 12, 5), route="fund")
    assert {line.on for line in due.due(world.preecha, TODAY)} == {date(2026, 12, 8), date(2017, 1, 4)}


def test_the_clocks_of_all_unpaid_orders_take_one_question(world, court, django_assert_num_queries):
    for n in range(4):
        court.order(on=date(2017, 2, 1 + n), amount=Decimal(1000 + n))
    orders = queries.unpaid_orders(world.preecha)
    with django_assert_num_queries(1):
        ends = queries.last_days_to_enforce(orders)
    assert [ends[order.pk] for order in orders] == [date(2027, 2, day) for day in (1, 2, 3, 4)]


def test_a_charge_without_a_verdict_after_a_year_is_due(world, court):
    told = {"act_earliest": date(2025, 1, 1), "charged_on": date(2025, 11, 24)}
    charge = court.charge(**told)
    line, = due.due(world.preecha, TODAY)
    assert (line.on, str(charge.pk) in line.href) == (TODAY, True)
    court.verdict(charge)
    assert due.due(world.preecha, TODAY) == []


def test_a_range_is_told_in_both_languages():
    from prasan import packs

    with translation.override("en"):
        assert queries.penalty_lines(packs.offence("cc-337", TODAY)) == [
            ("", "imprisonment up to 5 years and fine up to 100,000 THB"),
            ("threat to kill or hurt badly, or armed", "imprisonment 6 months to 7 years"),
        ]
        life = dict(queries.penalty_lines(packs.offence("cc-283", TODAY)))["victim 15 or under"]
        assert life.endswith("or imprisonment for life, or death")
