"""The import of a caseload: created, the same again, changed, refused; resumed after a stop."""


from decimal import Decimal

import pytest

from prasan.access.check import Denied
from prasan.access.models import CaseAccess, PersonAccess
from prasan.access.system import system_read
from prasan.care import ledger as care_ledger
from prasan.care.models import Service
from prasan.cases import ledger as cases_ledger
from prasan.cases.models import Case, Note, Participation
from prasan.exchange import applying
from prasan.exchange.applying import import_file
from prasan.exchange.checking import check
from prasan.exchange.models import ImportedRow
from prasan.facts import ledger as facts_ledger
from prasan.facts.models import Fact
from prasan.investigation import ledger as investigation_ledger
from prasan.journal import checking as journal_checking
from prasan.journal.models import Line
from prasan.justice import ledger as justice_ledger
from prasan.justice.actions import record_verdict
from prasan.justice.models import Charge, Payment, Sentence
from prasan.people import queries as people_queries
from prasan.people.models import Person
from prasan.training import ledger as training_ledger
from tests.cast import AT, TODAY

from .books import WHOLE, changed, source_of


def told(world, **more):
    return {"by": world.dao, "at": AT, "today": TODAY, **more}


def put(world, book=None, **more):
    return import_file(source_of(book or WHOLE), **told(world, **more))


def sentences(report):
    return [(*r.place("en"), r.sentence) for r in report.refusals]


def test_a_dry_run_counts_and_writes_nothing(cast_only):
    report = check(source_of(WHOLE), **told(cast_only))
    assert sentences(report) == []
    assert {s: c["new"] for s, c in report.counts.items()} == {
        "cases": 2, "people": 3, "parts": 1, "events": 5, "charges": 1, "verdicts": 2, "money": 3, "services": 3,
        "training": 1,
    }  # fmt: skip
    assert not ImportedRow.objects.exists()
    assert not Line.objects.filter(act="cases.open_case").exists()


def test_a_whole_caseload_becomes_acts_facts_and_journal_lines(cast_only):
    report = put(cast_only)
    assert report.stopped is None
    assert report.good
    assert report.written == ImportedRow.objects.count() == 21
    with cast_only.acting("dao"):
        case = Case.objects.get(title="Karaoke bar")
        assert (case.opened_on.isoformat(), case.province, case.forms) == ("2024-02-15", "TH-57", ["sexual_exploitation"])
        assert Case.objects.get(title="Fishing boat").status == "closed"
        survivor = Participation.objects.get(case=case, part="victim", until_on=None).person
        assert (survivor.birth_year, survivor.citizenships, survivor.languages) == (2005, ["MMR"], ["mya"])
        names = people_queries.names_of(cast_only.dao, survivor, "work", AT)
        assert [text for _row, text in names] == ["มะลิวัลย์ ใจดี"]
        assert Participation.objects.get(case=case, part="convicted").person.gender == "masculine"
        assert Sentence.objects.count() == 2
        assert sum(p.amount for p in Payment.objects.all()) == Decimal("170000.50")
    kinds = set(Fact.objects.values_list("kind", flat=True))
    assert {"suspect_arrested", "removed_from_harm", "investigation_opened", "person_indicted", "offender_convicted",
            "compensation_ordered", "compensation_collected", "service_given", "training_attended"} <= kinds  # fmt: skip
    acts = set(Line.objects.values_list("act", flat=True))
    assert {"exchange.import", "cases.open_case", "people.register_person", "justice.record_verdict",
            "care.record_service", "training.record_session"} <= acts  # fmt: skip
    assert journal_checking.check().ok
    with system_read("reconcile"):
        rooms = (cases_ledger, investigation_ledger, justice_ledger, care_ledger, training_ledger)
        assert list(facts_ledger.compare(e for room in rooms for e in room.facts())) == []
        assert list(facts_ledger.tally_differences()) == []


def test_both_spellings_of_the_standard_are_read_into_a_sealed_note(cast_only):
    put(cast_only)
    with cast_only.acting("dao"):
        notes = list(Note.objects.exclude(about=None))
        assert len(notes) == 2
        assert all(note.text == "" and note.sealed_text for note in notes)


def test_the_same_file_twice_changes_nothing(cast_only):
    put(cast_only)
    rows = list(ImportedRow.objects.order_by("pk").values())
    lines = Line.objects.exclude(act="exchange.import").count()
    again = put(cast_only)
    assert again.good
    assert again.written == 0
    assert again.total("same") == 21
    assert list(ImportedRow.objects.order_by("pk").values()) == rows
    assert Line.objects.exclude(act="exchange.import").count() == lines


def test_the_same_values_typed_in_another_way_are_the_same(cast_only):
    put(cast_only)
    book = changed("Cases", 2, "opened_on", "2024-02-15")
    book = changed("People", 2, "prs_Gender", "หญิง", book)
    assert put(cast_only, book).total("same") == 21


def test_a_changed_case_and_person_are_changed_by_their_acts(cast_only):
    put(cast_only)
    book = changed("Cases", 2, "title", "Karaoke bar, second hall")
    book = changed("Cases", 2, "status", "FollowUp", book)
    book = changed("People", 2, "prs_FirstName", "มะลิ", book)
    report = put(cast_only, book)
    assert report.good
    assert report.written == report.total("changed") == 2
    with cast_only.acting("dao"):
        case = Case.objects.get(title="Karaoke bar, second hall")
        assert case.status == "follow_up"
        survivor = Participation.objects.get(case=case, part="victim").person
        names = people_queries.names_of(cast_only.dao, survivor, "work", AT)
        assert {text for _row, text in names} == {"มะลิวัลย์ ใจดี", "มะลิ ใจดี"}
    assert put(cast_only, book).total("same") == 21


def test_an_empty_cell_takes_nothing_away(cast_only):
    put(cast_only)
    book = changed("Cases", 3, "status", "")
    book = changed("Cases", 3, "mode", "", book)
    book = changed("Cases", 3, "province", "", book)
    book = changed("People", 3, "prs_Birthdate", "", book)
    book = changed("People", 3, "prs_Citizenship", "", book)
    assert put(cast_only, book).written == 2
    with cast_only.acting("dao"):
        case = Case.objects.get(title="Fishing boat")
        assert (case.status, case.mode, case.province) == ("closed", "mixed", "TH-90")
        person = Person.objects.get(birth_year=1977)
        assert (person.citizenships, person.birth_day is None) == (["THA"], False)
    assert put(cast_only, book).total("same") == 21


def test_two_imports_at_the_same_time_write_each_row_once(cast_only, monkeypatch):
    real, ran = applying._to_write, []

    def overtaken(*told):
        for batch in real(*told):
            if not ran:
                ran.append(1)
                assert put(cast_only).written == 21
            yield batch

    monkeypatch.setattr(applying, "_to_write", overtaken)
    assert put(cast_only).written == 0
    with cast_only.acting("dao"):
        assert (Case.objects.count(), Person.objects.count(), Service.objects.count()) == (2, 3, 3)


def test_a_changed_verdict_is_reported_and_left(cast_only):
    put(cast_only)
    report = put(cast_only, changed("Verdicts", 2, "years", 9))
    assert report.total("left") == 1
    assert report.written == 0
    assert "correct it in Prasan" in report.notes[0].sentence


def test_what_was_changed_in_prasan_is_not_overwritten(cast_only):
    put(cast_only)
    with cast_only.acting("dao"):
        case = Case.objects.get(title="Karaoke bar")
        case.version += 1
        case.save()
    report = put(cast_only, changed("Cases", 2, "title", "Another title"))
    assert report.total("left") == 1
    with cast_only.acting("dao"):
        assert Case.objects.filter(title="Karaoke bar").exists()


@pytest.mark.parametrize(("sheet", "row", "column", "value", "place", "words"), [
    ("Cases", 2, "opened_on", "31/2/2567", "Opened on", "There is no day 31"),
    ("Cases", 2, "opened_on", "2/2027", "Opened on", "not a date"),
    ("Cases", 2, "opened_on", "1/1/2570", "Opened on", "lies in the future"),
    ("Cases", 3, "forms", "Slavery of some kind", "Forms of exploitation", "not in the list"),
    ("Cases", 3, "title", "", "Title", "This is needed."),
    ("People", 2, "case_ref", "C-9", "Case reference", "There is no case “C-9”"),
    ("People", 2, "prs_FirstName", "x" * 101, "First name", "At most 100 characters."),
    ("People", 3, "person_ref", "P-a", "Person reference", "already stands in row 2"),
    ("People", 3, "prs_Birthdate", "1/1/2600", "Birth date", "future"),
    ("Parts", 2, "person_ref", "P-7K3M9QQ", "Person reference", "has a slip"),
    ("Parts", 2, "part", "potential_victim", "Part in the case", "already has that part"),
    ("Events", 2, "contribution", "", "The team's contribution", "how the team contributed"),
    ("Events", 2, "person_ref", "P-c", "Person reference", "does not take part"),
    ("Charges", 2, "offence", "atip-99", "Offence", "not in the list"),
    ("Charges", 2, "person_ref", "P-a", "Accused", "must be a suspect"),
    ("Verdicts", 2, "on", "2024-01-01", "Day of the verdict", "before the charge"),
    ("Verdicts", 3, "outcome", "withdrawn", "Verdict", "upholds or reverses"),
    ("Money", 3, "amount", "250000", "Amount", "more would be received"),
    ("Money", 3, "amount", "-5", "Amount", "below zero"),
    ("Money", 4, "order_ref", "M-2", "Reference of the order", "is not an order"),
    ("Services", 2, "provider", "Nobody", "Given by", "There is no agency"),
    ("Services", 2, "on", 45.5, "Day", "is not a date"),
    ("Training", 3, "hours", 7, "Session reference", "does not agree"),
    ("Training", 2, "female", "many", "Women", "not a whole number"),
])  # fmt: skip
def test_a_refused_row_names_sheet_row_column_and_why(cast_only, sheet, row, column, value, place, words):
    found = sentences(put(cast_only, changed(sheet, row, column, value)))
    assert any((s, r, c) == (sheet, str(row), place) and words in told for s, r, c, told in found), found
    assert not ImportedRow.objects.exists()
    assert not Line.objects.filter(act="exchange.import").exists()


def test_all_or_nothing_unless_the_good_rows_are_accepted(cast_only):
    book = changed("People", 2, "prs_Gender", "")
    assert put(cast_only, book).written == 0
    report = put(cast_only, book, accept_good=True)
    assert report.stopped is None
    assert any("whose row is refused" in r.sentence and r.sheet == "parts" for r in report.refusals)
    with cast_only.acting("dao"):
        assert Case.objects.count() == 2
        assert Person.objects.count() == 2
    mended = put(cast_only)
    assert mended.good
    assert ImportedRow.objects.count() == 21


def test_an_import_that_was_killed_in_the_middle_is_resumed(cast_only, monkeypatch):
    monkeypatch.setattr(applying, "IN_ONE_GO", 2)
    real, calls = applying._write_one, []

    def dying(one, pen):
        calls.append(one)
        if len(calls) == 7:
            raise KeyboardInterrupt
        return real(one, pen)

    monkeypatch.setattr(applying, "_write_one", dying)
    with pytest.raises(KeyboardInterrupt):
        put(cast_only)
    written = ImportedRow.objects.count()
    assert written == 8
    monkeypatch.setattr(applying, "_write_one", real)
    report = put(cast_only)
    assert report.total("same") == written
    assert ImportedRow.objects.count() == 21
    with cast_only.acting("dao"):
        assert (Case.objects.count(), Person.objects.count(), Service.objects.count()) == (2, 3, 3)


def test_a_batch_whose_journal_line_fails_leaves_nothing(cast_only, monkeypatch):
    from prasan.journal import writing

    real = writing.enter

    def failing(**line):
        if line["act"] == "care.record_service":
            raise RuntimeError("the journal cannot be written")
        return real(**line)

    monkeypatch.setattr("prasan.journal.enter", failing, raising=False)
    monkeypatch.setattr(writing, "enter", failing)
    with pytest.raises(RuntimeError):
        put(cast_only)
    assert not ImportedRow.objects.filter(sheet="services").exists()
    with cast_only.acting("dao"):
        assert not Service.objects.exists()


def test_a_row_that_an_act_refuses_meanwhile_stops_with_its_place(cast_only, monkeypatch):
    from prasan.exchange.sheets import giving
    from prasan.plain.problem import Problem, Refused

    def refusing(**_told):
        raise Refused(Problem("Somebody was faster."))

    monkeypatch.setattr(giving, "record_service", refusing)
    report = put(cast_only)
    assert report.stopped is not None
    assert report.stopped.place("en") == ("Services", "2", "")
    assert "Somebody was faster." in report.stopped.sentence
    assert report.written == ImportedRow.objects.count() == 17
    assert Line.objects.filter(act="exchange.import").count() == 2


def test_the_coordinators_wider_access_ends_with_the_import(cast_only):
    put(cast_only)
    assert set(CaseAccess.objects.values_list("disciplines", flat=True)) == {"coordinator"}
    assert set(PersonAccess.objects.values_list("disciplines", flat=True)) == {"coordinator"}
    with cast_only.acting("dao"):
        with pytest.raises(Denied):
            record_verdict(**told(cast_only), charge=Charge.objects.get(), outcome="guilty", on=TODAY)


def test_a_second_file_points_to_the_rows_of_the_first_and_to_codes(cast_only):
    put(cast_only, {"Cases": WHOLE["Cases"], "People": WHOLE["People"]})
    with cast_only.acting("dao"):
        case = Case.objects.get(title="Karaoke bar")
        person = Participation.objects.get(case=case, part="suspect").person
    rest = {name: rows for name, rows in WHOLE.items() if name not in ("Cases", "People")}
    rest = changed("Charges", 2, "person_ref", person.code, rest)
    rest = changed("Charges", 2, "case_ref", case.code, rest)
    report = put(cast_only, rest)
    assert sentences(report) == []
    assert report.stopped is None


def test_a_case_of_others_is_as_if_absent(world):
    book = {"People": [WHOLE["People"][0], [*WHOLE["People"][1]]]}
    book = changed("People", 2, "case_ref", world.case.code, book)
    assert put(world, book).good
    from prasan.accounts.models import HeldDiscipline

    HeldDiscipline.objects.create(staff=world.somchai, discipline="coordinator", since_on=TODAY)
    vars(world.somchai).pop("_disciplines", None)
    book["People"][1][0] = "P-z"
    report = import_file(source_of(book), by=world.somchai, at=AT, today=TODAY)
    assert "none that you may see" in report.refusals[0].sentence


def test_only_a_coordinator_imports(cast_only):
    with pytest.raises(Denied):
        import_file(source_of(WHOLE), by=cast_only.mali, at=AT, today=TODAY)


def test_extensions_come_back_through_their_own_column(cast_only):
    book = {"Cases": [["case_ref", "title", "vic_TypeOfExploitation", "x_vic_TypeOfExploitation", "opened_on"],
                      ["C-1", "Scam compound", "Other; ForcedLabour", "forced_criminality", "2024-02-02"]]}  # fmt: skip
    assert put(cast_only, book).good
    with cast_only.acting("dao"):
        assert Case.objects.get().forms == ["forced_labour", "forced_criminality"]


def test_no_name_lies_open_in_the_table_of_imported_rows(cast_only):
    book = changed("People", 2, "person_ref", "มะลิวัลย์")
    book = changed("Parts", 2, "person_ref", "มะลิวัลย์", book)
    put(cast_only, {"Cases": book["Cases"], "People": book["People"], "Parts": book["Parts"]})
    assert "มะลิ" not in str(list(ImportedRow.objects.values()))
