"""The provincial report: golden numbers at the edges of periods, the cases behind, the typed parts, the files."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from prasan import facts, packs
from prasan.access.allow import Changed
from prasan.access.check import Denied
from prasan.facts.models import Reconciliation
from prasan.identification import papers, queries_of_report
from prasan.identification import papers_of_report as words
from prasan.identification.actions import papers as printing
from prasan.identification.actions import report as actions
from prasan.identification.models import NrmReport, Refusal, Screening
from prasan.identification.queries_of_report import Numbers
from prasan.identification.rules import report as rules
from prasan.journal.models import Line
from prasan.packs import report_checking
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY, make_case
from tests.kept import cannot_write

pytestmark = pytest.mark.urls("prasan.identification.tests.urls")
YEAR = rules.fiscal_year(2026)
CHIANG_RAI = "TH-57"


class Somebody:
    def __init__(self, number):
        self.pk = UUID(int=number)


def add(kind, on, who=None, **told):
    """A live fact with a source of its own."""
    person = {"person": Somebody(who)} if who else {}
    told = {"province": CHIANG_RAI} | told
    return facts.add(kind, on=date.fromisoformat(on), source=Screening(id=uuid4()), **person, **told)


def told(world, period=YEAR, province=CHIANG_RAI, by="dao", **options):
    with world.acting(by):
        return queries_of_report.report(getattr(world, by), period, province, **options)


def line(world, code, *where, **options):
    return next(one for one in told(world, *where, **options).lines if one.row.code == code)


def write(world, version=0, by="dao", province=CHIANG_RAI, period=YEAR, **given):
    with world.acting(by):
        return actions.write_report(by=getattr(world, by), province=province, period=period, version=version, at=AT, **given)


@pytest.mark.parametrize(("code", "since", "until"), [
    ("month-2026-02", "2026-02-01", "2026-02-28"), ("month-2024-02", "2024-02-01", "2024-02-29"),
    ("month-2026-12", "2026-12-01", "2026-12-31"), ("half-2027-1", "2026-10-01", "2027-03-31"),
    ("half-2027-2", "2027-04-01", "2027-09-30"), ("year-2027", "2026-10-01", "2027-09-30"),
    ("year-2570", "2026-10-01", "2027-09-30"), ("half-2570-1", "2026-10-01", "2027-03-31"),
])  # fmt: skip
def test_a_period_has_its_first_and_last_day(code, since, until):
    period = rules.read_period(code)
    assert (period.since.isoformat(), period.until.isoformat()) == (since, until)
    assert rules.read_period(period.code) == period


@pytest.mark.parametrize("code", ["", "month-2026-13", "month-2026-00", "half-2026-3", "year-26", "year-1026", "week-2026-1"])
def test_what_is_no_period_is_none(code):
    assert rules.read_period(code) is None


@pytest.mark.parametrize(("day", "year"), [("2026-09-30", 2026), ("2026-10-01", 2027), ("2027-01-01", 2027)])
def test_the_fiscal_year_begins_on_the_first_of_october(day, year):
    assert rules.fiscal_year_of(date.fromisoformat(day)) == year


def test_the_months_of_a_fiscal_year_are_twelve_and_leave_no_day_out():
    months = rules.months_in(YEAR)
    assert [m.part for m in months] == [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert sum((m.until - m.since).days + 1 for m in months) == 365


def test_the_edges_of_month_half_and_fiscal_year_count_on_their_own_side(world):
    for number, day in enumerate(("2025-09-30", "2025-10-01", "2026-03-31", "2026-04-01", "2026-09-30", "2026-10-01"), 1):
        add("person_screened", day, number)
    for period, times in ((YEAR, 4), (rules.half(2026, 1), 2), (rules.half(2026, 2), 2), (rules.fiscal_year(2025), 1),
                          (rules.fiscal_year(2027), 1), (rules.month(2026, 3), 1), (rules.month(2026, 4), 1)):  # fmt: skip
        assert line(world, "screened", period).total == Numbers(times, times, 0), period.code


def test_a_person_of_two_months_is_one_person_and_one_follow_up(world):
    add("person_screened", "2026-01-31", 1)
    add("person_screened", "2026-02-01", 1, case=world.case)
    add("person_screened", "2026-02-01", 2)
    found = line(world, "screened", months=True)
    assert found.total == Numbers(3, 2, 1)
    assert (found.months["month-2026-01"], found.months["month-2026-02"]) == (Numbers(1, 1, 0), Numbers(2, 2, 0))
    assert found.months["month-2026-03"] == Numbers(0, 0, 0)


def test_what_was_superseded_or_taken_back_is_not_counted(world):
    source = Screening(id=uuid4())
    facts.add("person_screened", on=date(2026, 1, 5), source=source, person=Somebody(1), province=CHIANG_RAI)
    add("person_screened", "2026-01-06", 2)
    assert line(world, "screened").total == Numbers(2, 2, 0)
    facts.withdraw(source)
    assert line(world, "screened").total == Numbers(1, 1, 0)


def test_published_history_never_enters(world):
    add("person_screened", "2026-01-06", 2)
    from prasan.facts.models import Fact

    Fact.objects.filter(kind="person_screened").update(source_kind="history")
    assert line(world, "screened").total == Numbers(0, 0, 0)


def test_another_province_counts_only_in_the_whole_country(world):
    add("person_screened", "2026-01-06", 1)
    add("person_screened", "2026-01-06", 2, province="TH-50")
    assert line(world, "screened").total.times == 1
    assert line(world, "screened", YEAR, "").total == Numbers(2, 2, 0)


def test_reports_name_nobody_and_follow_up_by_case(world):
    add("lead_received", "2026-01-06")
    add("lead_received", "2026-01-07", case=world.case)
    add("lead_received", "2026-01-08", case=world.case)
    assert line(world, "reported").total == Numbers(3, None, 1)


def test_people_who_are_known_by_no_key_are_one_person_each(world):
    add("person_screened", "2026-01-06")
    add("person_screened", "2026-01-06")
    assert line(world, "screened").total == Numbers(2, 2, 0)


def test_presumed_and_then_identified_is_one_person_with_one_follow_up(world):
    add("victim_presumed", "2026-01-06", 1)
    add("victim_identified", "2026-02-06", 1)
    add("person_not_identified", "2026-02-06", 2)
    assert line(world, "identified").total == Numbers(2, 1, 1)


def test_services_stand_in_the_row_of_their_kind(world):
    add("service_given", "2026-01-06", 1, category="health")
    add("service_given", "2026-01-07", 1, category="livelihood")
    add("shelter_entered", "2026-01-07", 1, category="government")
    assert line(world, "assisted").total == Numbers(2, 1, 1)
    assert line(world, "reintegrated").total == Numbers(1, 1, 0)


def test_follow_up_begins_on_the_day_a_stay_ended(world):
    add("shelter_left", "2026-02-01", 1)
    for day in ("2026-01-31", "2026-02-01", "2026-02-02"):
        add("service_given", day, 1, category="health")
    add("service_given", "2026-02-03", 2, category="health")
    assert line(world, "followed").total == Numbers(2, 1, 1)


def test_refusals_are_told_beside_the_rows_and_in_none_of_them(world):
    for day, province in ((date(2026, 1, 1), CHIANG_RAI), (date(2026, 1, 1), "TH-50"), (date(2026, 10, 1), CHIANG_RAI)):
        Refusal.objects.create(id=uuid4(), on=day, province=province, place="office", sex="male", refused="all", made_at=AT)
    found = told(world)
    assert found.refusals == 1
    assert all(one.total.times == 0 for one in found.lines)


def test_own_cases_are_listed_and_others_are_only_counted(world):
    other = make_case(world, "Fishing boat")
    from prasan.access.models import CaseAccess

    CaseAccess.objects.filter(case=other, user=world.dao).delete()
    add("person_screened", "2026-01-06", 1, case=world.case)
    add("person_screened", "2026-01-06", 2, case=other)
    add("person_screened", "2026-01-06", 3)
    row = queries_of_report.row_of("screened")
    with world.acting("dao"):
        behind = queries_of_report.cases_behind(world.dao, row, YEAR, CHIANG_RAI)
    assert ([c.code for c in behind.cases], behind.others, behind.without_case) == ([world.case.code], 1, 1)
    with world.acting("fah"):
        behind = queries_of_report.cases_behind(world.fah, row, YEAR, CHIANG_RAI)
    assert (behind.cases, behind.others) == ([], 2)


@pytest.mark.parametrize("who", ["nok", "mali", "preecha", "anan", "ubon", "kwan", "somchai"])
def test_only_coordinators_and_report_readers_see_the_report(world, who):
    with world.acting(who), pytest.raises(Denied):
        queries_of_report.report(getattr(world, who), YEAR)
    with world.acting(who), pytest.raises(Denied):
        actions.take_report(by=getattr(world, who), period=YEAR, province="", form="csv", at=AT)


def test_a_report_reader_reads_and_does_not_write(world):
    assert told(world, by="fah").province == CHIANG_RAI
    with pytest.raises(Denied):
        write(world, by="fah", activities="x")


def test_the_typed_parts_are_kept_for_one_province_and_period(world):
    row = write(world, group="1", has_plan=True, activities="ประชุม  ทีม", budget_received=Decimal("50000.00"),
                budget_spent=Decimal("12500.50"), fund_asked=3, fund_approved=2, fund_running=1, fund_finished=1)  # fmt: skip
    found = told(world).typed
    assert (found.pk, found.activities, found.budget_spent) == (row.pk, "ประชุม ทีม", Decimal("12500.50"))
    assert told(world, rules.half(2026, 1)).typed is None
    assert told(world, YEAR, "TH-50").typed is None
    assert Line.objects.get(act="identification.write_report").target == f"identification.nrmreport:{row.pk}"


def test_writing_anew_keeps_what_stood_there(world):
    first = write(world, activities="one")
    second = write(world, version=first.version, activities="two")
    assert (told(world).typed.pk, second.replaces_id) == (second.pk, first.pk)
    assert NrmReport.objects.get(pk=first.pk).closed_as == "superseded"


def test_two_writers_do_not_overwrite_each_other(world):
    write(world, activities="one")
    with pytest.raises(Changed):
        write(world, activities="two")


@pytest.mark.parametrize(("given", "field"), [
    ({"budget_received": Decimal(1), "budget_spent": Decimal(2)}, "budget_spent"),
    ({"budget_spent": Decimal(-1)}, "budget_spent"), ({"fund_asked": 1, "fund_approved": 2}, "fund_approved"),
    ({"fund_approved": 1, "fund_running": 1, "fund_finished": 1}, "fund_running"), ({"group": "4"}, "group"),
    ({"problems": "x" * 4001}, "problems"), ({}, ""),
])  # fmt: skip
def test_what_cannot_be_true_is_refused(world, given, field):
    with pytest.raises(Refused) as raised:
        write(world, **given)
    assert raised.value.problems[0].field == field
    assert not NrmReport.objects.exists()


def test_the_typed_parts_need_a_province(world):
    with pytest.raises(Refused):
        write(world, province="", activities="x")


def test_nothing_is_saved_or_taken_when_the_journal_fails(world, monkeypatch):
    first = write(world, activities="one")
    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with pytest.raises(OSError, match="no line"):
        write(world, version=first.version, activities="two")
    with pytest.raises(OSError, match="no line"):
        taken(world, "csv")
    assert [(row.activities, row.closed_as) for row in NrmReport.objects.all()] == [("one", "")]


def taken(world, form, by="dao", province=CHIANG_RAI):
    with world.acting(by):
        return actions.take_report(by=getattr(world, by), period=YEAR, province=province, form=form, at=AT)[1]


def test_the_csv_shows_thai_and_the_numbers_of_the_page(world):
    add("person_screened", "2026-01-06", 1)
    data = taken(world, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(r["row"], r["name_th"]) for r in rows[:3]] == [("1", "รับแจ้งเหตุ"), ("2", "คัดกรอง"), ("3", "คัดแยก (มีข้อบ่งชี้)")]
    assert (rows[1]["times"], rows[1]["persons"], rows[1]["follow_ups"], rows[0]["persons"]) == ("1", "1", "0", "")
    assert [r["confirmed"] for r in rows] == ["yes", "yes", "yes", "no", "no", "no"]
    assert Line.objects.get(act="identification.view_report").target == "identification.nrm_report:TH-57:year-2026:csv"


def test_the_workbook_holds_the_typed_words_and_no_formula(world):
    evil = '=HYPERLINK("http://x")'
    write(world, problems=evil, suggestions="\u200b+1", budget_received=Decimal("10.50"))
    add("person_screened", "2026-01-06", 1)
    data = taken(world, "xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["README", "part_2", "part_2_by_month", "parts_1_and_3", "codes"]
    typed = dict(row for row in book.get_sheet_by_name("parts_1_and_3").to_python()[1:])
    assert (typed["problems"], typed["budget_received"]) == (evil, 10.5)
    months = book.get_sheet_by_name("part_2_by_month").to_python()
    assert [m for m in months if m[1] == "screened" and m[6]] == [[2, "screened", "Screening", "คัดกรอง", "2026-01", "01/2569", 1, 1, 0]]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name) for name in parts.namelist())
        assert b"<dc:creator></dc:creator>" in parts.read("docProps/core.xml")


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize("province", [CHIANG_RAI, ""])
def test_the_paper_prints_in_both_languages(world, lang, province):
    write(world, activities="ประชุมทีมสหวิชาชีพ", problems="ขาดล่าม")
    with translation.override(lang):
        assert taken(world, "pdf", province=province).startswith(b"%PDF-")


def test_a_paper_says_that_it_is_internal_and_how_the_facts_stand(world):
    assert "never" in words.notes()[0]
    assert words.standing_words(told(world)) == "Facts and records were never compared yet."
    Reconciliation.objects.create(at=AT, facts=1, differences=["x"], journal_count=1)
    assert "differed in 1 places" in words.standing_words(told(world))
    Reconciliation.objects.create(at=AT.replace(hour=4), facts=1, differences=[], journal_count=1)
    assert "agreed" in words.standing_words(told(world))


@pytest.mark.parametrize(("lang", "code", "said"), [
    ("en", "month-2026-10", "October 2026"), ("th", "month-2026-10", "ตุลาคม 2569"),
    ("en", "year-2027", "Fiscal year B.E. 2570 (2026/27)"),
    ("en", "half-2027-1", "First half of fiscal year B.E. 2570 (2026/27)"),
])  # fmt: skip
def test_a_period_is_said_as_people_say_it(lang, code, said):
    with translation.override(lang):
        assert words.period_words(rules.read_period(code)) == said


@pytest.mark.parametrize(("given", "sentence"), [
    ({"facts": ["no_kind"]}, "is no kind of fact"), ({"facts": []}, "counts no facts"),
    ({"number": "1"}, "has no number"), ({"only": ["a"], "without": ["b"]}, "both only and without"),
])  # fmt: skip
def test_a_row_of_the_pack_that_cannot_be_counted_is_refused(given, sentence):
    from prasan.packs.row import Row

    row = Row("nrm_row", "x", "x", "ก", "overlay/x.toml", 1, {"number": 1, "facts": ["person_screened"], **given})
    assert sentence in " ".join(report_checking.problems(row))


def test_the_page_shows_every_row_with_its_definition_in_both_languages(world, sign_in):
    add("person_screened", "2026-11-06", 1, case=world.case)
    page = sign_in(world.dao).get("/nrm-report/?period=month-2026-11&province=TH-57").content.decode()
    assert all(row.text("what", "en") in page for row in queries_of_report.rows())
    assert page.count("Label not confirmed") == 3
    thai = sign_in(world.fah, "th").get("/nrm-report/").content.decode()
    assert all(row.th in thai for row in queries_of_report.rows())


def test_the_page_of_a_number_lists_the_case(world, sign_in):
    add("person_screened", "2026-11-06", 1, case=world.case)
    add("person_screened", "2026-11-06", 2, case=uuid4())
    page = sign_in(world.dao).get("/nrm-report/rows/screened/?period=month-2026-11").content.decode()
    assert world.case.code in page
    assert "And 1 more case that you may not open." in page


@pytest.mark.parametrize("address", ["/nrm-report/?period=x", "/nrm-report/?province=TH-99", "/nrm-report/rows/none/", "/nrm-report/files/doc/"])
def test_a_wrong_period_province_row_or_file_is_absent(world, sign_in, address):
    assert sign_in(world.dao).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/nrm-report/", "/nrm-report/rows/screened/", "/nrm-report/files/csv/", "/nrm-report/write/?province=TH-57"])
def test_a_lawyer_is_told_for_whom_the_report_is(world, sign_in, address):
    assert sign_in(world.preecha).get(address).status_code == 403


def test_a_coordinator_writes_the_parts_and_a_reader_cannot(world, sign_in):
    address = "/nrm-report/write/?period=half-2027-1&province=TH-57"
    client = sign_in(world.dao)
    assert "Surveillance group" in client.get(address).content.decode()
    posted = {"version": 0, "group": "2", "has_plan": "yes", "budget_received": "๑,๐๐๐.๕๐", "fund_asked": "2", "problems": "ขาดล่าม"}
    assert client.post(address, posted).status_code == 302
    row = NrmReport.objects.get()
    assert (row.group, row.has_plan, row.budget_received, row.fund_approved) == ("2", True, Decimal("1000.50"), None)
    page = client.get("/nrm-report/?period=half-2027-1&province=TH-57").content.decode()
    assert "ขาดล่าม" in page
    assert client.post(address, posted).status_code == 409
    assert sign_in(world.fah).get(address).status_code == 403
    assert client.get("/nrm-report/write/").status_code == 302


@pytest.mark.parametrize(("form", "media"), [("pdf", "application/pdf"), ("xlsx", "officedocument"), ("csv", "text/csv")])
def test_the_files_come_with_a_name_that_names_nobody(world, sign_in, form, media):
    answer = sign_in(world.fah).get(f"/nrm-report/files/{form}/?period=year-2570&province=TH-57")
    assert media in answer["Content-Type"]
    assert f'nrm-TH-57-year-2027.{form}"' in answer["Content-Disposition"]


RIGHTS = [{"title_en": "Help", "title_th": "ความช่วยเหลือ", "text_en": "You get help.", "text_th": "คุณได้รับความช่วยเหลือ",
           "basis": "ATIP 33", "confirmed": False}]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_notice_of_rights_prints_in_both_languages_whatever_the_page_speaks(lang):
    with translation.override(lang):
        assert papers.rights_notice(RIGHTS, on=TODAY, person="P-7K3M9Q").startswith(b"%PDF-")
        assert papers.rights_notice(RIGHTS, on=TODAY).startswith(b"%PDF-")


def test_the_card_says_nothing_of_what_it_is_for():
    numbers = papers.hotlines(card=True)
    assert {n["number"].split()[0] for n in numbers} >= {"1300", "191"}
    assert not any("raffick" in n["en"] or "ค้ามนุษย์" in n["th"] for n in numbers)
    assert papers.safe_card().startswith(b"%PDF-")


def test_the_card_is_for_members_who_count_refusals(world, sign_in):
    assert sign_in(world.nok).get("/useful-numbers/")["Content-Type"] == "application/pdf"
    assert sign_in(world.fah).get("/useful-numbers/").status_code == 403


def screening(world):
    """A screening as it lies in the table, with one indicator that the pack no longer knows."""
    with world.acting("mali"):
        return Screening.objects.create(
            id=uuid4(), case=world.case, person=world.survivor.person, participation=world.survivor, on=TODAY,
            discipline="social_worker", body="ngo", situation="workplace", place="office", answers={},
            indicators=[packs.rows("screening_indicator")[0].code, "gone_from_the_pack"], child_at_time=None, needs=[],
            enters_nrm=True, pack_version=packs.version(), made_at=AT, made_by=world.mali,
        )  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "th"])
def test_a_screening_prints_for_the_file_and_the_journal_says_so(world, sign_in, lang):
    row = screening(world)
    answer = sign_in(world.mali, lang).get(f"/cases/{world.case.code}/screenings/{row.pk}/paper/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'inline; filename="screening.pdf"'
    printed = Line.objects.filter(act="identification.view", target=f"identification.screening:{row.pk}")
    assert [one.case_id for one in printed] == [world.case.pk]


def test_the_paper_of_a_screening_names_nobody_and_keeps_an_indicator_that_the_pack_lost(world, monkeypatch):
    row, kept = screening(world), []
    monkeypatch.setattr(papers.papers, "pdf", lambda template, data, lang, *, title: kept.append((data, title)) or b"%PDF-")
    with world.acting("mali"):
        printing.print_screening(by=world.mali, screening=row, on=TODAY)
    data, title = kept[0]
    assert "ชื่อลับ" not in str(data)
    assert title == "Summary of a screening"
    assert data["sections"][1]["table"]["rows"][1][0] == "gone_from_the_pack"
    assert "Not confirmed by a lawyer" in data["flags"][0]


def test_nobody_outside_the_case_prints_a_screening(world, sign_in):
    row = screening(world)
    address = f"/cases/{world.case.code}/screenings/{row.pk}/paper/"
    assert sign_in(world.somchai).get(address).status_code == 404
    assert sign_in(world.chai).get(address).status_code == 403


def test_nothing_is_printed_when_the_journal_fails(world, monkeypatch):
    row = screening(world)

    monkeypatch.setattr("prasan.journal.writing.enter", cannot_write)
    with world.acting("mali"), pytest.raises(OSError, match="no line"):
        printing.print_screening(by=world.mali, screening=row, on=TODAY)
