"""A raid at night: forty people, three of them children, two languages that need an interpreter, two workers at once."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from prasan import packs
from prasan.packs.names import language as language_name
from prasan.plain.dates import local_day
from tests.journeys.conftest import Visitor
from tests.journeys.steps import CASE, PERSON, answer, just_now, team

pytestmark = pytest.mark.browser
HEADINGS = {
    "en": ("Number", "Name", "Sex", "Age", "Nationality", "Language"),
    "th": ("ลำดับ", "ชื่อ-สกุล", "เพศ", "อายุ", "สัญชาติ", "ภาษา"),
}
WORDS = {
    "en": {"mya": ("Myanmar", "Burmese"), "khm": ("Cambodian", "Khmer"), "tha": ("Thai", "Thai"), "sex": ("m", "f")},
    "th": {"mya": ("พม่า", "พม่า"), "khm": ("กัมพูชา", "เขมร"), "tha": ("ไทย", "ไทย"), "sex": ("ชาย", "หญิง")},
}
CHILDREN = {5: (16, "mya"), 18: (15, "khm"), 33: (17, "mya")}
PROVINCES = {"en": "TH-27", "th": "TH-23"}
SAID_IN = {"mya": "my", "khm": "km"}


def language_of(number: int) -> str:
    """Numbers 1 to 20 speak Burmese, 21 to 30 Khmer, the others Thai; but for the children."""
    return CHILDREN[number][1] if number in CHILDREN else "mya" if number <= 20 else "khm" if number <= 30 else "tha"


def name_of(number: int) -> str:
    return f"บุคคลสมมติที่{number:02d}"


def workbook(at: Path, language: str) -> Path:
    """The list as the police wrote it that night: forty lines."""
    words = WORDS[language]
    with xlsxwriter.Workbook(at / "raid.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS[language])
        for number in range(1, 41):
            age = CHILDREN[number][0] if number in CHILDREN else 20 + number
            spoken = words[language_of(number)]
            sheet.write_row(number, 0, (number, name_of(number), words["sex"][number % 2], age, *spoken))
    return at / "raid.xlsx"


def forty_people_are_entered(v: Visitor, at: Path) -> str:
    v.be("dao")
    v.open("/intakes/")
    v.act("/intakes/new/", place="police_station", province=PROVINCES[v.language], situation="unknown", expected="40")
    intake = v.page.url.removeprefix(v.site)
    v.act(f"{intake}people/list/", file=str(workbook(at, v.language)))
    assert v.said("%(new)s people entered, %(same)s were there already, %(left)s rows left out.", new=40, same=0, left=0) in v.text()
    assert "บุคคลสมมติ" not in v.page.content()
    return intake


def board(v: Visitor, intake: str) -> dict[str, str]:
    """What hangs on the wall: a number beside each line, and nobody's name."""
    v.open(f"{intake}board/")
    assert "บุคคลสมมติ" not in v.page.content()
    told: dict[str, str] = v.page.evaluate(
        """() => Object.fromEntries([
          ...[...document.querySelectorAll("main tr")].filter(r => r.querySelector("th") && r.querySelector("td"))
            .map(r => [r.querySelector("th").textContent.trim(), r.querySelector("td").textContent.trim()]),
          ...[...document.querySelectorAll("main svg")].map(s => s.getAttribute("aria-label").split(": ")),
        ])"""
    )
    return told


def the_wall_counts(v: Visitor, intake: str) -> None:
    told = board(v, intake)
    assert (told[v.said("All people")], told[v.said("Wait")]) == ("40", "40")
    assert told[v.said("Children waiting, or age not known")] == "3"
    assert told[v.said("Need an interpreter")] == "31"
    assert [told[language_name(code, v.language)] for code in ("mya", "khm", "tha")] == ["20", "11", "9"]


def at_once(*workers: tuple[Visitor, str]) -> list[str]:
    """All press “next person” without waiting for each other; whom each got."""
    for worker, intake in workers:
        worker.open(intake)
    for worker, _intake in workers:
        worker.page.evaluate("""() => { setTimeout(() => document.querySelector('main form[action$="/next/"]').submit(), 30) }""")
    for worker, _intake in workers:
        worker.page.wait_for_url("**/screen/")
        worker.look()
    return [worker.page.url for worker, _intake in workers]


def next_person(v: Visitor, intake: str) -> str:
    return at_once((v, intake))[0]


def is_asked_in(v: Visitor, language: str) -> None:
    """Questions stand in the language of the conversation; one without a translation says so."""
    assert v.page.locator(f'main [lang="{SAID_IN[language]}"]').count() > 0
    assert v.page.locator("main .prasan-untranslated").count() > 0


def screened(v: Visitor, enters: str, **answers: Any) -> None:
    answer(v, **answers)
    v.fill(interpreter="yes", enters_nrm=enters)
    v.send()


def two_screen_side_by_side(a: Visitor, b: Visitor, intake: str) -> None:
    first, second = at_once((a, intake), (b, intake))
    assert first != second
    for worker in (a, b):
        worker.sees(packs.forms()["first_contact_child"].label(worker.language))
    names = {name for worker in (a, b) for name in map(name_of, CHILDREN) if name in worker.text()}
    assert names == {name_of(5), name_of(18)}
    for worker in (a, b):
        is_asked_in(worker, "mya" if name_of(5) in worker.text() else "khm")
        assert worker.page.locator('[name="child_at_time"]').count() == 0
        screened(worker, "yes", danger="no", housed="yes", used_for=["sexual_exploitation"])
    next_person(b, intake)
    assert name_of(33) in b.text()
    screened(b, "no", danger="no", housed="no")


def an_adult_is_screened_and_another_refuses(a: Visitor, b: Visitor, intake: str) -> None:
    next_person(a, intake)
    a.sees(packs.forms()["first_contact_adult"].label(a.language))
    assert name_of(1) in a.text()
    is_asked_in(a, "mya")
    screened(a, "yes", danger="no", housed="yes", lied_to="yes", documents_kept="yes")
    person = next_person(b, intake).removesuffix("screen/").removeprefix(b.site)
    assert name_of(2) in b.text()
    b.act(f"{person}refuse/", refused="all", card_given=True)
    b.open(person)
    b.sees("Refused")
    assert name_of(2) not in b.page.content()
    assert WORDS[b.language]["mya"][0] not in b.text()
    b.open("/refusals/")
    b.open("/useful-numbers/page/")
    assert "1300" in b.text()
    card = b.context.request.get(f"{b.site}/useful-numbers/")
    assert (card.status, card.body()[:4]) == (200, b"%PDF")


def three_come_into_a_case(v: Visitor, intake: str) -> tuple[str, str]:
    """The case, and of its people the adult."""
    v.open(f"{intake}move/")
    assert v.page.locator('[name="people"]:checked').count() == 3
    v.fill(title=f"Night raid {v.language}", forms=["sexual_exploitation"])
    v.send()
    case = CASE.search(v.page.url)[0]
    team(v, case, mali="social_worker")
    people = v.page.locator("#people li.prasan-line")
    told = {PERSON.search(line)[0]: line for line in people.all_text_contents()}
    assert len(told) == 3
    grown = [code for code, line in told.items() if v.said("Adult") in line]
    assert len(grown) == 1
    return case, grown[0]


def fifteen_days_on() -> date:
    """The last day of a reflection period that began today: never a day on which no office works."""
    day = local_day(datetime.now(UTC)) + timedelta(days=15)
    while day.weekday() >= 5 or day in packs.holidays("government"):
        day += timedelta(days=1)
    return day


def two_bases_run_side_by_side(a: Visitor, case: str, adult: str) -> date:
    """Section 29 for a day, the reflection period for fifteen; the page says how the two stand to each other."""
    from prasan.identification.rules.protection import TWO_TIMES

    a.open(f"/cases/{case}/protections/new/?person={adult}")
    a.fill(body="police", place="welfare_centre")
    a.send()
    a.open(f"/cases/{case}/")
    a.sees(TWO_TIMES)
    clocks, until = a.page.locator("#clocks").inner_text(), fifteen_days_on()
    for day in (until, local_day(datetime.now(UTC)) + timedelta(days=1)):
        assert a.written(day, "short") in clocks or a.written(day) in clocks
    if a.language == "th":
        assert str(until.year + 543) in clocks
    return until


def rights_are_told_and_handed_over(a: Visitor, case: str, adult: str) -> None:
    a.open(f"/cases/{case}/people/{adult}/rights/")
    codes = a.page.locator('[name="rights"]').evaluate_all("boxes => boxes.map(b => b.value)")
    a.fill(rights=codes, body="ngo", language="mya", interpreter="yes", understood="own_words", handed_over=True)
    a.send()
    a.sees("Said it again in own words")
    paper = a.context.request.get(f"{a.site}/cases/{case}/people/{adult}/rights-notice.pdf")
    assert (paper.status, paper.body()[:4]) == (200, b"%PDF")


def everybody_is_looked_after(a: Visitor, case: str) -> None:
    a.open(f"/cases/{case}/welfare-round/")
    names = a.page.locator('[name^="w_"][value="well"]').evaluate_all("boxes => boxes.map(b => b.name)")
    assert len(names) == 3
    a.fill(**dict.fromkeys(names, "well"))
    a.send()


def nobody_is_interviewed_meanwhile(a: Visitor, case: str, adult: str, until: date) -> None:
    from prasan.cases.rules.telling import CLOCK_RUNS

    a.open(f"/cases/{case}/people/{adult}/interviews/new/")
    a.fill(**just_now(a, "held_at"), body="police", purpose="inquiry", topics=["recruitment"], place="separate",
           recording="written", language="mya")  # fmt: skip
    told = a.refused()
    assert a.said(CLOCK_RUNS).split("%(end)s")[1].strip() in told
    assert a.written(until) in told


def the_report_counts_the_night(v: Visitor) -> None:
    v.be("dao")
    v.open(f"/nrm-report/?province={PROVINCES[v.language]}")
    rows = [" ".join(row.split()) for row in v.page.locator("main table tbody tr").all_inner_texts()]
    counted = [[int(part) for part in row.split() if part.isdecimal()][:3] for row in rows]
    assert counted[1][:2] == [4, 4], rows
    assert counted[3][:2] == [3, 3], rows
    assert v.said("%(n)s refusal was counted without a name in this period.", n=1) in v.text()


def test_forty_people_in_one_night(v: Visitor, tmp_path: Path) -> None:
    intake = forty_people_are_entered(v, tmp_path)
    the_wall_counts(v, intake)
    a, b = v.beside("mali"), v.beside("nok", width=360)
    two_screen_side_by_side(a, b, intake)
    an_adult_is_screened_and_another_refuses(a, b, intake)
    told = board(v, intake)
    assert [told[v.said(line)] for line in ("Wait", "Screened", "Enter the mechanism")] == ["35", "4", "3"]
    case, adult = three_come_into_a_case(v, intake)
    until = two_bases_run_side_by_side(a, case, adult)
    rights_are_told_and_handed_over(a, case, adult)
    everybody_is_looked_after(a, case)
    nobody_is_interviewed_meanwhile(a, case, adult, until)
    the_report_counts_the_night(v)
    assert v.faults == []
