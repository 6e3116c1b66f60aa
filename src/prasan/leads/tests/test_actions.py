"""Acts on leads: done, refused, denied; the journal line and the fact; nothing without its line."""

import pytest
from django.db import connection

from prasan import vault
from prasan.access.allow import Changed
from prasan.access.check import NOT_DESK, Denied
from prasan.access.models import CaseAccess
from prasan.access.system import system_read
from prasan.cases.models import Case, Event
from prasan.facts.ledger import compare
from prasan.facts.models import Fact
from prasan.journal.models import Line
from prasan.leads import ledger, queries, rules
from prasan.leads.actions import abuse, intake, sorting
from prasan.leads.models import AbuseNotice, Lead, LeadIdentifier, LeadStep
from prasan.linkage.models import Observable, Sighting
from prasan.plain.problem import Refused
from prasan.plain.refs import check_code
from prasan.search.query import search
from tests.cast import AT, TODAY
from tests.kept import cannot_write

from .intake import PHONE, SOURCE, make_lead, second_desk


def acts():
    return list(Line.objects.order_by("n").values_list("act", flat=True))


def differences():
    with system_read("reconcile"):
        return [line for line in compare(ledger.facts()) if "lead" in line]


def test_a_recorded_lead_has_its_code_its_line_and_its_fact(cast_only):
    lead = make_lead(cast_only)
    assert check_code(lead.code)
    assert (lead.status, len(lead.code)) == ("new", 9)
    assert acts()[-1] == "leads.record_lead"
    fact = Fact.objects.get(kind="lead_received")
    assert (fact.category, fact.mode, fact.form, fact.province) == (
        "hotline_1300", "physical", "sexual_exploitation", "TH-57",
    )  # fmt: skip
    assert (fact.on, fact.source_id, fact.person) == (lead.received_on, str(lead.pk), "")
    assert differences() == []


def test_the_ledger_notices_a_lead_that_was_changed_behind_its_back(cast_only):
    lead = make_lead(cast_only)
    with cast_only.acting("nok"):
        Lead.objects.filter(pk=lead.pk).update(channel="walk_in")
    assert differences() == [f"fact differs from its row: lead_received leads.lead {lead.pk}"]


def test_nothing_is_saved_when_the_journal_cannot_be_written(cast_only, monkeypatch):
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    monkeypatch.setattr("prasan.journal.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        make_lead(cast_only, identifiers=PHONE, source=SOURCE)
    with cast_only.acting("nok"):
        assert not Lead.objects.exists()
        assert not LeadIdentifier.objects.exists()
        assert not Sighting.objects.exists()
    assert not Fact.objects.exists()


@pytest.mark.parametrize("name", ["somchai", "preecha", "ubon", "fah"])
def test_only_members_of_the_desk_record_leads_there(cast_only, name):
    with pytest.raises(Denied) as denied:
        make_lead(cast_only, by=name)
    assert denied.value.reason == NOT_DESK


def test_a_lead_without_words_is_refused(cast_only):
    with pytest.raises(Refused) as refused:
        make_lead(cast_only, text=" ", urgency="")
    assert {p.message for p in refused.value.problems} == {rules.NO_TEXT, rules.NO_URGENCY}


def test_source_and_identifiers_lie_nowhere_in_clear(cast_only):
    make_lead(cast_only, identifiers=f"โทร {PHONE}\nline: secretshop", source=SOURCE)
    with connection.cursor() as cursor:
        for table in ("leads_lead", "leads_leadidentifier", "linkage_observable", "linkage_sighting", "leads_leadstep"):
            cursor.execute(f"SELECT * FROM {table}")
            cells = [v for row in cursor.fetchall() for v in row]
            stored = b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in cells)
            for word in (SOURCE["name"], "9998888", "999 8888", "234 5678", "812345678", "secretshop"):
                assert word.encode() not in stored, table


def test_the_source_is_opened_for_a_reason_and_leaves_two_lines(cast_only):
    lead = make_lead(cast_only, source=SOURCE)
    with cast_only.acting("mali"):
        assert intake.open_source(by=cast_only.mali, lead=lead, why="contact", at=AT) == SOURCE
        assert LeadStep.objects.filter(lead=lead, kind="source_opened").count() == 1
    assert acts()[-2:] == ["vault.open", "leads.open_source"]
    with cast_only.acting("somchai"), pytest.raises(Denied):
        intake.open_source(by=cast_only.somchai, lead=lead, why="contact", at=AT)
    with cast_only.acting("mali"), pytest.raises(Denied):
        intake.open_source(by=cast_only.mali, lead=lead, why="curious", at=AT)


def test_without_its_key_nothing_of_a_lead_opens(cast_only):
    lead = make_lead(cast_only, identifiers=PHONE, source=SOURCE)
    vault.destroy_key(lead.sealed_by())
    with cast_only.acting("nok"):
        assert intake.open_source(by=cast_only.nok, lead=lead, why="contact", at=AT) == {}
        assert [one.written for one in queries.identifiers(cast_only.nok, lead, AT)] == [""]


def test_the_same_phone_in_two_leads_of_a_desk_links_them_by_code(cast_only):
    first = make_lead(cast_only, identifiers="โทร ๐๘๑-๒๓๔-๕๖๗๘")
    second = make_lead(cast_only, identifiers="+66 81 234 5678\nline: other")
    with cast_only.acting("mali"):
        named = {one.kind: one for one in queries.identifiers(cast_only.mali, second, AT)}
    assert [lead.code for lead in named["phone"].leads] == [first.code]
    assert not named["phone"].elsewhere
    assert (named["line"].leads, named["line"].elsewhere) == ([], False)


def test_of_a_lead_at_another_desk_only_its_existence_is_told(cast_only):
    other = make_lead(cast_only, by="somchai", desk=second_desk(cast_only), identifiers=PHONE)
    mine = make_lead(cast_only, identifiers=PHONE)
    for name, lead in (("nok", mine), ("somchai", other)):
        with cast_only.acting(name):
            (one,) = queries.identifiers(cast_only.staff[name], lead, AT)
        assert (one.leads, one.elsewhere) == ([], True)


def test_triage_says_urgency_and_owner_and_only_the_desk_owns(cast_only):
    lead = make_lead(cast_only)
    with cast_only.acting("dao"):
        sorting.triage_lead(by=cast_only.dao, lead=lead, version=1, urgency="danger", owner=cast_only.mali, at=AT)
        assert (lead.status, lead.urgency, lead.owner, lead.version) == ("triaged", "danger", cast_only.mali, 2)
        with pytest.raises(Refused) as refused:
            sorting.triage_lead(by=cast_only.dao, lead=lead, version=2, urgency="soon", owner=cast_only.anan, at=AT)
        assert [p.message for p in refused.value.problems] == [rules.NOT_ON_DESK]
        with pytest.raises(Changed):
            sorting.triage_lead(by=cast_only.dao, lead=lead, version=1, urgency="soon", owner=None, at=AT)
    assert acts().count("leads.triage_lead") == 1


def test_an_accepted_lead_opens_a_case_whose_lead_is_who_accepted_it(cast_only):
    lead = make_lead(cast_only)
    with cast_only.acting("nok"):
        sorting.accept_lead(
            by=cast_only.nok, lead=lead, version=1, at=AT, today=TODAY, title="Karaoke bar", forms=["servitude"]
        )
        case = Case.objects.get()
        assert (case.title, case.province, case.mode) == ("Karaoke bar", "TH-57", "physical")
        assert (lead.status, lead.case, lead.owner) == ("accepted", case, cast_only.nok)
        assert Event.objects.get(kind="lead_accepted").target == f"leads.lead:{lead.pk}"
        assert queries.case_of(cast_only.nok, lead) == case
    assert "leads.accept_lead" in acts()
    with cast_only.acting("mali"):
        assert queries.case_of(cast_only.mali, lead) is None


def test_a_lead_joins_a_case_of_the_acceptor_and_no_other(world):
    lead = make_lead(world)
    CaseAccess.objects.filter(user=world.mali).update(until=AT)
    with world.acting("mali"), pytest.raises(Denied):
        sorting.accept_lead(by=world.mali, lead=lead, version=1, at=AT, today=TODAY, case=world.case)
    with world.acting("nok"):
        sorting.accept_lead(by=world.nok, lead=lead, version=1, at=AT, today=TODAY, case=world.case)
        assert Lead.objects.get(pk=lead.pk).case_id == world.case.pk
    assert differences() == []


def test_a_case_without_a_title_leaves_the_lead_as_it_was(cast_only):
    lead = make_lead(cast_only)
    with cast_only.acting("nok"), pytest.raises(Refused):
        sorting.accept_lead(by=cast_only.nok, lead=lead, version=1, at=AT, today=TODAY)
    with cast_only.acting("nok"):
        assert Lead.objects.get(pk=lead.pk).status == "new"
        assert not Case.objects.exists()


def test_two_reports_of_one_thing_become_one_and_both_count(cast_only):
    first, second = make_lead(cast_only), make_lead(cast_only)
    with cast_only.acting("nok"):
        sorting.merge_lead(by=cast_only.nok, lead=second, version=1, into=first, at=AT)
        assert queries.merged_here(cast_only.nok, first) == [second]
        with pytest.raises(Refused):
            sorting.merge_lead(by=cast_only.nok, lead=first, version=1, into=second, at=AT)
    assert Fact.objects.filter(kind="lead_received", superseded_at=None).count() == 2
    assert acts()[-1] == "leads.merge_lead"


def test_a_lead_is_referred_and_closed_with_the_reason_and_taken_up_again(cast_only):
    lead = make_lead(cast_only)
    with cast_only.acting("nok"):
        police = cast_only.agencies["police"]
        sorting.refer_lead(by=cast_only.nok, lead=lead, version=1, agency=police, words="theirs", at=AT)
        assert (lead.status, lead.referred_to) == ("referred", police)
        with pytest.raises(Refused):
            sorting.close_lead(by=cast_only.nok, lead=lead, version=2, reason="other", words="", at=AT)
        sorting.close_lead(by=cast_only.nok, lead=lead, version=2, reason="not_verifiable", words="", at=AT)
        assert (lead.status, lead.close_reason, lead.referred_to) == ("closed", "not_verifiable", None)
        sorting.triage_lead(by=cast_only.nok, lead=lead, version=3, urgency="normal", owner=None, at=AT)
        assert (lead.status, lead.close_reason) == ("triaged", "")
        kinds = [step.kind for step in queries.steps(cast_only.nok, lead)]
    assert sorted(kinds) == ["closed", "received", "referred", "triaged"]
    assert [a for a in acts() if a.startswith("leads.")] == [
        "leads.record_lead", "leads.refer_lead", "leads.close_lead", "leads.triage_lead",
    ]  # fmt: skip


def test_a_corrected_lead_takes_over_and_the_old_one_counts_no_more(cast_only):
    wrong = make_lead(cast_only, identifiers=PHONE, source=SOURCE)
    with cast_only.acting("mali"):
        right = intake.correct_lead(
            by=cast_only.mali, lead=wrong, version=1, at=AT, today=TODAY, channel="walk_in", urgency="child",
            received_on=TODAY, text="เด็กในร้าน", identifiers=PHONE,
        )  # fmt: skip
        wrong.refresh_from_db()
        assert (wrong.closed_as, right.replaces) == ("superseded", wrong)
        assert intake.open_source(by=cast_only.mali, lead=right, why="intake", at=AT) == SOURCE
        (one,) = queries.identifiers(cast_only.mali, right, AT)
        assert (one.leads, one.elsewhere) == ([], False)
        assert [hit.target for hit in search(cast_only.mali, "คาราโอเกะ", AT)] == []
        assert [hit.target for hit in search(cast_only.mali, "เด็กใน", AT)] == [right]
        with pytest.raises(Refused):
            intake.correct_lead(by=cast_only.mali, lead=wrong, version=2, at=AT, today=TODAY, channel="walk_in",
                                urgency="child", received_on=TODAY, text="x")  # fmt: skip
    assert Fact.objects.get(superseded_at=None).category == "walk_in"
    assert differences() == []


def test_a_lead_entered_in_error_counts_and_matches_no_more(cast_only):
    lead = make_lead(cast_only, identifiers=PHONE)
    with cast_only.acting("nok"):
        intake.enter_in_error(by=cast_only.nok, lead=lead, reason="twice", version=1, at=AT, today=TODAY)
        assert not Sighting.objects.exists()
        assert not Observable.objects.exists()
        assert not search(cast_only.nok, lead.code, AT)
    assert differences() == []
    assert not Fact.objects.filter(superseded_at=None).exists()


def test_the_text_of_a_lead_is_found_by_its_desk_alone(world):
    lead = make_lead(world, source=SOURCE, identifiers=PHONE)
    with world.acting("mali"):
        (hit,) = search(world.mali, "คาราโอเกะ", AT)
        assert (hit.target, hit.desk, hit.case, hit.title) == (lead, world.desk, None, lead.code)
        assert not search(world.mali, "ป้าแดง", AT)
        assert not search(world.mali, "5678", AT)
    for name in ("somchai", "anan", "preecha"):
        with world.acting(name):
            assert not search(world.staff[name], "คาราโอเกะ", AT)


def noted(world, by="nok", **options):
    told = {"address": "https://bad.example/room", "seen_at": AT, "seen_by": "caller", "danger": True} | options
    with world.acting(by):
        return abuse.note_abuse(by=world.staff[by], desk=world.desk, at=AT, **told)


def test_a_notice_of_abuse_is_sealed_and_never_compared_or_searched(cast_only):
    notice = noted(cast_only, claims="นาทีที่สอง", lead=make_lead(cast_only))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM leads_abusenotice")
        assert "bad.example" not in str(cursor.fetchall())
        assert not Sighting._base_manager.exists()
    with cast_only.acting("mali"):
        told = abuse.open_notice(by=cast_only.mali, notice=notice, at=AT)
        assert (told["address"], told["claims"]) == ("https://bad.example/room", "นาทีที่สอง")
        assert not search(cast_only.mali, "bad.example", AT)
        assert LeadStep.objects.filter(kind="abuse_noted").exists()
    assert "leads.note_abuse" in acts()


def test_a_notice_can_be_destroyed_by_its_own_key(cast_only):
    notice = noted(cast_only)
    assert vault.destroy_key(notice.sealed_by()) == 1
    with cast_only.acting("nok"):
        assert abuse.open_notice(by=cast_only.nok, notice=notice, at=AT) == {"reference": ""}


def test_a_report_is_kept_with_its_time_and_reference(cast_only):
    notice = noted(cast_only)
    with cast_only.acting("nok"):
        assert queries.notices(cast_only.nok, unreported=True) == [notice]
        abuse.record_report(by=cast_only.nok, notice=notice, version=1, reported_to=["ticac"], reported_at=AT,
                            reference="T-1", at=AT)  # fmt: skip
        assert queries.notices(cast_only.nok, unreported=True) == []
        assert abuse.open_notice(by=cast_only.nok, notice=notice, at=AT)["reference"] == "T-1"
        with pytest.raises(Changed):
            abuse.record_report(by=cast_only.nok, notice=notice, version=1, reported_to=["ticac"], reported_at=AT,
                                reference="", at=AT)  # fmt: skip
    assert "leads.report_abuse" in acts()


def test_a_notice_needs_its_address_and_who_saw_it_and_a_member_of_the_desk(cast_only):
    with pytest.raises(Refused) as refused:
        noted(cast_only, address=" ", seen_by="")
    assert [p.message for p in refused.value.problems] == [rules.NO_ADDRESS, rules.NO_WITNESS]
    with pytest.raises(Denied):
        noted(cast_only, by="somchai")
    assert not AbuseNotice._base_manager.exists()


BROKEN = {
    "triage": lambda w, lead: sorting.triage_lead(
        by=w.nok, lead=lead, version=1, urgency="child", owner=None, at=AT),
    "accept": lambda w, lead: sorting.accept_lead(
        by=w.nok, lead=lead, version=1, at=AT, today=TODAY, title="x", forms=["servitude"]),
    "refer": lambda w, lead: sorting.refer_lead(
        by=w.nok, lead=lead, version=1, agency=w.agencies["police"], words="", at=AT),
    "close": lambda w, lead: sorting.close_lead(
        by=w.nok, lead=lead, version=1, reason="misuse", words="", at=AT),
    "error": lambda w, lead: intake.enter_in_error(
        by=w.nok, lead=lead, reason="twice", version=1, at=AT, today=TODAY),
}  # fmt: skip


@pytest.mark.parametrize("act", BROKEN)
def test_an_act_whose_line_fails_changes_nothing(cast_only, monkeypatch, act):
    lead = make_lead(cast_only)

    monkeypatch.setattr("prasan.journal.enter", cannot_write)
    with cast_only.acting("nok"):
        with pytest.raises(OSError, match="no line"):
            BROKEN[act](cast_only, Lead.objects.get(pk=lead.pk))
        now = Lead.objects.get(pk=lead.pk)
        assert (now.status, now.version, now.closed_as, now.case_id) == ("new", 1, "", None)
