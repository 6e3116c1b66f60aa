"""The ledger: what may stand in it, what leaves it, and tallies that agree with counting afresh after anything."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan import facts
from prasan.facts import ledger
from prasan.facts.models import Fact, Reconciliation, Tally

DAY = date(2026, 11, 24)


def row(number, label="cases.thing"):
    """A source row: only its table and its id count."""
    return SimpleNamespace(pk=number, _meta=SimpleNamespace(label_lower=label))


def person(number):
    return SimpleNamespace(pk=f"person-{number}")


def add(kind="service_given", source=1, on=DAY, **told):
    return facts.add(kind, on=on, source=row(source), **told)


def tallies():
    return {
        (t.kind, t.year): (t.events, t.total, t.persons, t.first_persons) for t in Tally.objects.all() if t.events
    }


def test_a_fact_names_nobody(instance_keys):
    fact = add(person=person(1), sex="female", quantity=Decimal(3))
    assert (fact.unit, fact.source_kind, fact.source_id) == ("person", "cases.thing", "1")
    assert "person-1" not in fact.person
    assert fact.person == ledger.person_key(person(1)) != ledger.person_key(person(2))
    assert ledger.person_key(None) == ""


@pytest.mark.parametrize("kind", ["suspect_arrested", "offender_convicted", "removed_from_harm"])
def test_what_the_figures_print_with_a_contribution_needs_one(instance_keys, kind):
    with pytest.raises(ValueError, match="contribution"):
        add(kind)
    assert add(kind, contribution="led").contribution == "led"


def test_what_is_no_dimension_of_a_fact_is_refused(instance_keys):
    with pytest.raises(ValueError, match="colour"):
        add(colour="red")
    assert not Fact.objects.exists()
    assert not Tally.objects.exists()


def test_a_kind_that_is_not_in_the_list_is_refused(instance_keys):
    with pytest.raises(KeyError):
        add("rumour_heard")


def test_one_row_gives_one_fact_of_a_kind(instance_keys):
    from django.db import IntegrityError, transaction

    add()
    with pytest.raises(IntegrityError), transaction.atomic():
        add()
    assert add("person_screened").kind == "person_screened"


def test_a_withdrawn_fact_is_closed_kept_and_counted_no_more(instance_keys):
    add(person=person(1), quantity=Decimal("2.50"))
    add("person_screened")
    assert tallies()["service_given", 2026] == (1, Decimal("2.50"), 1, 1)
    assert facts.withdraw(row(1)) == 2
    assert facts.withdraw(row(1)) == 0
    assert Fact.objects.filter(superseded_at__isnull=False).count() == 2
    assert (tallies(), list(ledger.tally_differences())) == ({}, [])
    assert add(person=person(1)).pk


def test_a_person_counts_once_a_year_and_first_in_the_first_year(instance_keys):
    for number, year in enumerate((2025, 2026, 2026)):
        add(source=number, on=date(year, 5, 1), person=person(1))
    assert tallies()["service_given", 2025] == (1, 0, 1, 1)
    assert tallies()["service_given", 2026] == (2, 0, 1, 0)
    facts.withdraw(row(0))
    assert tallies() == {("service_given", 2026): (2, 0, 1, 1)}
    assert str(Tally.objects.get(year=2026)) == "service_given 2026"


def test_a_restated_fact_closes_the_old_and_leaves_every_other_alone(instance_keys):
    add(source=1, person=person(1), sex="female", province="TH-10")
    add(source=2, person=person(2), sex="female")
    told = {"person": ledger.person_key(person(1))}
    assert ledger.restate(lambda _fact: {"sex": "female"}, **told) == 0
    assert ledger.restate(lambda _fact: {"sex": "male"}, **told) == 1
    rows = Fact.objects.filter(source_id="1").order_by("pk")
    assert [(f.sex, f.province, f.superseded_at is None) for f in rows] == [
        ("female", "TH-10", False),
        ("male", "TH-10", True),
    ]
    assert list(ledger.tally_differences()) == []
    assert Fact.objects.filter(source_id="2").get().sex == "female"


def test_each_difference_between_ledger_and_rows_is_told(instance_keys):
    entry = ledger.entry_of("service_given", on=DAY, source=row(1), quantity=Decimal("2.0"), sex="male")
    assert list(ledger.compare([entry])) == ["missing fact: service_given cases.thing 1"]
    add(quantity=Decimal(2), sex="male")
    assert list(ledger.compare([entry])) == []
    assert list(ledger.compare([])) == ["fact without a row: service_given cases.thing 1"]
    Fact.objects.update(sex="female")
    assert list(ledger.compare([entry])) == ["fact differs from its row: service_given cases.thing 1"]


def test_published_history_is_no_fact_of_the_system(instance_keys):
    add(person=person(1))
    Fact.objects.update(source_kind="history")
    assert list(ledger.compare([])) == []
    assert ledger.computed_tallies() == {}


def test_tallies_are_rebuilt_from_the_facts(instance_keys):
    add(source=1, person=person(1), quantity=Decimal("1.50"))
    add(source=2)
    kept = tallies()
    Tally.objects.all().delete()
    assert list(ledger.tally_differences()) == ["tally differs: service_given 2026 person "]
    ledger.rebuild_tallies()
    assert tallies() == kept == {("service_given", 2026): (2, Decimal("1.50"), 1, 1)}


def test_a_reconciliation_is_written_down(instance_keys):
    add()
    found = ledger.reconcile([], journal_count=7)
    assert (found.facts, found.journal_count) == (1, 7)
    assert found.differences == ["fact without a row: service_given cases.thing 1"]
    assert str(Reconciliation.objects.get()) == f"reconciled {found.at:%Y-%m-%d}"


ADDED = st.tuples(
    st.just("add"), st.integers(0, 5), st.sampled_from(["service_given", "compensation_paid"]),
    st.sampled_from([2024, 2025, 2026]), st.sampled_from([None, 1, 2]),
    st.sampled_from([None, Decimal("0.25"), Decimal(100)]), st.sampled_from(["", "a", "b"]),
)  # fmt: skip
STEPS = st.lists(st.one_of(ADDED, st.tuples(st.just("withdraw"), st.integers(0, 5))), max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_was_added_and_withdrawn_the_tallies_agree_with_counting_afresh(instance_keys, steps):
    from django.db import IntegrityError, transaction

    Fact.objects.all().delete()
    Tally.objects.all().delete()
    for step in steps:
        if step[0] == "withdraw":
            facts.withdraw(row(step[1]))
            continue
        _add, source, kind, year, whom, quantity, route = step
        standing = Fact.objects.filter(kind=kind, source_id=str(source), superseded_at=None).exists()
        told = {"person": person(whom) if whom else None, "quantity": quantity, "route": route}
        if standing:
            with pytest.raises(IntegrityError), transaction.atomic():
                add(kind, source, date(year, 3, 1), **told)
        else:
            add(kind, source, date(year, 3, 1), **told)
        assert list(ledger.tally_differences()) == []
    assert list(ledger.tally_differences()) == []
    kept = {(t.kind, t.year, t.unit, t.category): t.events for t in Tally.objects.filter(events__gt=0)}
    assert kept == {key: cell[0] for key, cell in ledger.computed_tallies().items()}
