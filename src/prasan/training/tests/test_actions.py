"""Training acts: done, refused, denied; the journal and the facts; nothing without its line."""

from datetime import date
from decimal import Decimal

import pytest

from prasan.access.allow import Changed
from prasan.access.check import Denied
from prasan.facts import ledger as facts_ledger
from prasan.facts.models import Fact
from prasan.journal.models import Line
from prasan.plain.problem import Refused
from prasan.training import actions, ledger, rules
from prasan.training.models import Attendance, Session
from tests.cast import AT, TODAY
from tests.kept import cannot_write

GROUPS = [rules.Group("law_enforcement", "female", 12, "ภ.จว.เชียงราย"), rules.Group("law_enforcement", "male", 20)]


def session(world, by="kwan", **changes):
    told = {
        "title": "Interviewing children", "topic": "interviewing", "on": date(2026, 11, 2),
        "hours": Decimal(6), "groups": GROUPS, "place": "TH-57",
    }  # fmt: skip
    return actions.record_session(by=getattr(world, by), at=AT, today=TODAY, **(told | changes))


def live():
    return list(Fact.objects.filter(superseded_at=None, kind="training_attended").order_by("quantity"))


def test_a_session_counts_attendances_by_kind_and_sex_and_knows_nobody(cast_only):
    made = session(cast_only)
    assert [(f.quantity, f.unit, f.category, f.sex, f.person, f.on) for f in live()] == [
        (12, "attendance", "law_enforcement", "female", "", date(2026, 11, 2)),
        (20, "attendance", "law_enforcement", "male", "", date(2026, 11, 2)),
    ]
    assert Line.objects.get(act="training.record_session").target == f"training.session:{made.pk}"
    assert list(facts_ledger.compare(ledger.facts())) == []
    assert list(facts_ledger.tally_differences()) == []


def test_a_planted_change_of_a_count_is_found_by_reconciliation(cast_only):
    session(cast_only)
    Attendance.objects.filter(count=12).update(count=120)
    assert len(list(facts_ledger.compare(ledger.facts()))) == 1


def test_an_empty_session_is_refused_and_an_investigator_is_denied(cast_only):
    with pytest.raises(Refused) as refused:
        session(cast_only, groups=[])
    assert [p.message for p in refused.value.problems] == [rules.NOBODY]
    with pytest.raises(Denied) as denied:
        session(cast_only, by="nok")
    assert denied.value.reason == "This is for these disciplines: %(disciplines)s."
    assert not Session.objects.exists()


def test_a_correction_takes_the_place_of_the_old_numbers(cast_only):
    old = session(cast_only)
    new = session(cast_only, groups=[rules.Group("ngo", "unknown", 7)], replaces=old, version=1)
    assert [f.quantity for f in live()] == [7]
    old.refresh_from_db()
    assert (old.closed_as, new.replaces_id) == ("superseded", old.pk)
    assert list(facts_ledger.compare(ledger.facts())) == []
    with pytest.raises(Refused):
        session(cast_only, replaces=old)


def test_a_session_entered_in_error_leaves_the_figures_with_all_its_groups(cast_only):
    made = session(cast_only)
    actions.enter_session_in_error(by=cast_only.dao, session=made, reason="twice", version=1, at=AT, today=TODAY)
    assert live() == []
    assert list(facts_ledger.compare(ledger.facts())) == []
    assert Line.objects.filter(act="training.correct").count() == 1
    with pytest.raises(Refused):
        actions.enter_session_in_error(by=cast_only.dao, session=made, reason="twice", version=2, at=AT, today=TODAY)


def test_two_people_cannot_correct_the_same_session_unseen(cast_only):
    made = session(cast_only)
    with pytest.raises(Changed):
        session(cast_only, replaces=made, version=0)
    with pytest.raises(Changed):
        actions.enter_session_in_error(by=cast_only.dao, session=made, reason="twice", version=9, at=AT, today=TODAY)


@pytest.mark.parametrize("act", ["record", "error"])
def test_nothing_is_saved_when_the_journal_fails(cast_only, monkeypatch, act):
    made = session(cast_only)

    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    told = {"by": cast_only.dao, "session": made, "reason": "twice", "version": 1, "at": AT, "today": TODAY}
    acts = {"record": lambda: session(cast_only), "error": lambda: actions.enter_session_in_error(**told)}
    with pytest.raises(OSError, match="no line"):
        acts[act]()
    assert Session.objects.filter(closed_as="").count() == 1
    assert len(live()) == 2
