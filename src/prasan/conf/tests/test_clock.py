"""The command `prasan clock`: what it prints in both languages and for programs, what it refuses, and that it needs nothing."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from prasan import packs

from .operated import Operator


@pytest.fixture(autouse=True)
def own_packs():
    """The command lays an agency's rows over ours: none are left behind."""
    yield
    packs.load()


@pytest.fixture
def ask(capsys):
    """Run the command in this process and give what it printed; language of the person given."""

    def run(*asked: str, lang: str = "en") -> str:
        call_command("clock", *asked, "--lang", lang)
        return capsys.readouterr().out

    return run


@pytest.fixture
def told(ask):
    """The same for a program."""

    def run(*asked: str, lang: str = "en"):
        return json.loads(ask(*asked, "--format", "json", lang=lang))

    return run


def refusal(*asked: str) -> str:
    """What the command says when it refuses; always with code 1 or 2."""
    with pytest.raises(CommandError) as refused:
        call_command("clock", *asked, "--lang", "en")
    assert refused.value.returncode in (1, 2)
    return str(refused.value)


def test_the_worked_example_is_told_for_a_program(told):
    found = told("appeal", "--from", "2026-01-15")
    assert (found["clock"], found["start"], found["end"]) == ("appeal", "2026-01-15", "2026-02-16")
    assert (found["basis"], found["confirmed"], found["event"]) == ("CPC 198", True, None)
    assert [step["section"] for step in found["steps"]] == ["CCC 193/3 ¶2", "CCC 193/5 ¶2", "CCC 193/8"]
    assert [step["rule"] for step in found["steps"]] == ["ii", "iii", "v"]
    assert found["ends_at"] == "2026-02-17T00:00:00+07:00"
    assert found["unmoved"] == "2026-02-15"
    assert found["written"]["end"] == "16 February 2026 / 16 กุมภาพันธ์ 2569"


@pytest.mark.parametrize("start", ["2569-01-15", "15 ม.ค. 2569", "15/1/2569", "๑๕ มกราคม พ.ศ. ๒๕๖๙", "15 Jan 2026"])
def test_both_eras_are_read_and_echoed(told, start):
    found = told("appeal", "--from", start)
    assert (found["start"], found["end"]) == ("2026-01-15", "2026-02-16")
    assert "2569" in found["written"]["start"]


def test_hours_end_at_an_instant_with_its_offset(told):
    found = told("temporary-protection", "--from", "2026-03-02 22:30")
    assert (found["start"], found["end"]) == ("2026-03-02T22:30:00+07:00", "2026-03-03T22:30:00+07:00")
    in_utc = told("temporary-protection", "--from", "2026-03-02T15:30Z")
    assert in_utc["end"] == found["end"]
    only_a_day = told("temporary-protection", "--from", "2026-03-02")
    assert only_a_day["end"] == "2026-03-03T00:00:00+07:00"
    assert "no time of day" in only_a_day["warnings"][0]


def test_a_clock_that_waits_for_an_event_has_no_end(told, ask):
    found = told("petition-44-1", "--from", "2026-01-15")
    assert (found["end"], found["ends_at"], found["event"]) == (None, None, "evidence_begun")
    assert "no day; it ends when: taking of evidence begins" in ask("petition-44-1", "--from", "2026-01-15")
    assert "no day can be told" in ask("sentence-lapse", "--from", "2026-01-15")


@pytest.mark.parametrize(
    ("asked", "end"),
    [
        (("remand", "--max-penalty-years", "12"), "2026-04-09"),
        (("remand", "--max-penalty-years", "life"), "2026-04-09"),
        (("remand", "--max-penalty-years", "5"), "2026-03-04"),
        (("remand", "--max-penalty-years", "0.5"), "2026-01-22"),
        (("remand", "--offence", "cc-337"), "2026-03-04"),
        (("limitation", "--offence", "atip-52-adult"), "2041-01-15"),
        (("limitation", "--offence", "atip-52-child"), "2046-01-15"),
        (("limitation", "--victim-age", "14"), "2046-01-15"),
        (("limitation", "--offence", "cc-282", "--victim-age", "14"), "2046-01-15"),
        (("limitation", "--offence", "cc-337", "--aggravated", "threat_to_kill_or_armed"), "2036-01-15"),
        (("limitation", "--max-penalty-years", "death"), "2046-01-15"),
        (("limitation", "--max-penalty-years", "8", "--reduced"), "2041-01-15"),
        (("tort", "--victim-age", "14"), "2032-01-16"),
        (("tort", "--event", "offence_committed"), "2036-01-15"),
        (("tort", "--offence", "atip-52-adult", "--offence-on", "20 พ.ค. 2561"), "2033-05-20"),
        (("restraining-order", "--ordered-until", "2026-07-15"), "2026-07-15"),
        (("bail", "--extend", "3 months"), "2026-07-15"),
        (("appeal", "--extend", "1 month", "--extend", "2026-05-05"), "2026-05-05"),
        (("appeal", "--on", "2020-01-01"), "2026-02-16"),
        (("state-compensation",), "2027-01-15"),
        (("state-compensation", "--edition", "2"), "2028-01-17"),
        (("reflection-b",), "2026-02-16"),
    ],
)
def test_the_law_branches_by_what_is_asked(told, asked, end):
    assert told(*asked, "--from", "2026-01-15")["end"] == end


def test_a_row_that_ships_off_computes_and_is_not_confirmed(told):
    found = told("reflection-b", "--from", "2026-01-15")
    assert (found["confirmed"], found["enabled"]) == (False, False)
    assert "switched off" in found["warnings"][0]


def test_the_lines_for_a_person_say_who_acts_and_how_it_is_reckoned(ask):
    english = ask("appeal", "--from", "2026-01-15")
    for part in (
        "End: 16 February 2026 / 16 กุมภาพันธ์ 2569",
        "[CCC 193/8]",
        "Who acts: party to the case or public prosecutor",
        "Who may extend: court",
        "When missed: The judgment is final.",
        "From the text of CPC 198, not yet confirmed by a lawyer.",
        "Note: ",
    ):
        assert part in english
    thai = ask("limitation", "--from", "2011-06-14", "--max-penalty-years", "12", lang="th")
    assert "อายุความฟ้องคดี" in thai
    assert "15 มิถุนายน 2569 / 15 June 2026" in thai
    assert "12 มิถุนายน 2569" in thai
    assert "เกินเจ็ดปีแต่ไม่ถึงยี่สิบปี: 15 ปี" in thai
    remand = ask("remand", "--from", "2026-01-15")
    assert "27 January 2026" in remand
    assert "! " in remand
    assert "Not confirmed. Source: CPC 216" in ask("supreme-court", "--from", "2026-01-15")
    assert "Who may extend" not in ask("rights-notice", "--from", "2026-01-15")


def test_all_clocks_are_listed(ask, told):
    english, thai = ask("--list"), ask("--list", lang="th")
    assert len(english.strip().splitlines()) == len(packs.clocks())
    assert "reflection-b" in english
    assert "(switched off)" in english
    assert "อุทธรณ์" in thai
    rows = {row["clock"]: row for row in told("--list")}
    assert (rows["appeal"]["length"], rows["appeal"]["unit"]) == (1, "months")
    assert rows["petition-44-1"]["unit"] is None
    assert rows["reflection-b"]["confirmed"] is False


@pytest.mark.parametrize("code", sorted(packs.clocks()))
@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_clock_can_be_asked_for_in_both_languages(ask, code, lang):
    assert packs.clocks()[code].names[lang] in ask(code, "--from", "2026-01-15 10:00", lang=lang)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("reflction-a", "--from", "2026-01-15"), "Did you mean reflection-a"),
        (("nothing-of-it", "--from", "2026-01-15"), "There is no clock nothing-of-it. `prasan clock --list`"),
        ((), "Name a clock"),
        (("appeal",), "--from"),
        (("appeal", "--from", "soon"), "is not a date"),
        (("appeal", "--from", "2026-02-30"), "There is no day 30"),
        (("appeal", "--from", "2026-01-15 25:00"), "is not a"),
        (("appeal", "--from", "2026-01-15", "--on", "x"), "is not a date"),
        (("appeal", "--from", "2026-01-15", "--extend", "soon"), "is not an extension"),
        (("remand", "--from", "2026-01-15", "--max-penalty-years", "many"), "is not a penalty"),
        (("remand", "--from", "2026-01-15", "--victim-age", "young"), "--victim-age is a whole number up to 120"),
        (("remand", "--from", "2026-01-15", "--victim-age", "121"), "--victim-age is a whole number up to 120"),
        (("remand", "--from", "2026-01-15", "--offence", "cc-1"), "--offence does not know cc-1"),
        (("remand", "--from", "2026-01-15", "--offence", "draft-sextortion"), "--offence does not know"),
        (("remand", "--from", "2026-01-15", "--aggravated", "x"), "--aggravated does not know x"),
        (("tort", "--from", "2026-01-15", "--event", "indicted"), "--event does not know indicted"),
        (("appeal", "--from", "2026-01-15", "--edition", "2"), "--edition is a whole number up to 1"),
        (("appeal", "--from", "2026-01-15", "--packs", "/nowhere"), "There is no folder /nowhere"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(asked, words):
    assert words in refusal(*asked)


def changed(folder: Path, text: str) -> Path:
    """A folder with one file of changed rows."""
    (folder / "ours.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_changed_deadline_is_tried_before_it_is_used(told, tmp_path):
    folder = changed(tmp_path, '[[clock]]\ncode = "reflection-a"\nlength = 20\nconfirmed_by = "Preecha"\n')
    found = told("reflection-a", "--from", "2026-03-02", "--packs", str(folder))
    assert (found["end"], found["confirmed_by"]) == ("2026-03-23", "Preecha")
    assert told("reflection-a", "--from", "2026-03-02")["end"] == "2026-03-17"


def test_who_confirmed_a_row_is_named(ask, tmp_path):
    folder = changed(tmp_path, '[[clock]]\ncode = "appeal"\nconfirmed_by = "Preecha"\n')
    assert "Confirmed by Preecha. Source: CPC 198" in ask("appeal", "--from", "2026-03-02", "--packs", str(folder))


def test_a_bad_row_is_told_by_file_and_line(tmp_path):
    folder = changed(tmp_path, '\n[[clock]]\ncode = "appeal"\nunit = "moons"\n')
    said = refusal("appeal", "--from", "2026-03-02", "--packs", str(folder))
    assert said.startswith("overlay/ours.toml:2: unit is moons, and may be days, hours")


def test_a_fault_in_our_own_rows_is_told_too(monkeypatch):
    monkeypatch.setattr(packs, "check", lambda only: ["packs/th/clocks.toml:9: basis is missing (clock appeal)"])
    assert refusal("--list") == "packs/th/clocks.toml:9: basis is missing (clock appeal)"


def test_a_day_without_a_version_is_said(tmp_path):
    folder = changed(tmp_path, '[[clock]]\ncode = "appeal"\nvalid_to = 2026-12-31\n')
    assert "no version of appeal" in refusal("appeal", "--from", "2027-01-15", "--packs", str(folder))


def test_the_real_command_needs_no_instance_and_writes_nothing(tmp_path):
    operator = Operator(tmp_path, tmp_path / "no" / "instance")
    well = operator("clock", "appeal", "--from", "2026-01-15", "--format", "json")
    assert well.code == 0
    assert json.loads(well.out)["end"] == "2026-02-16"
    unknown = operator("clock", "nothing-of-it", "--from", "2026-01-15")
    assert unknown.code == 2
    assert unknown.out.strip().count("\n") == 0
    assert "Traceback" not in unknown.out
    assert not (tmp_path / "no").exists()
