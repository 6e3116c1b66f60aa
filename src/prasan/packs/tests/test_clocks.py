"""Holds the clocks of the pack against the table of the law, and that a slip in one is refused by file and line."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from prasan import packs
from prasan.packs import closed
from prasan.plain.clocks import LIFE, Circumstances, Kind, compute
from prasan.plain.legaltime import Roll, Unit

from .overlays import overlay

TODAY = date(2026, 8, 1)
UNCONFIRMED = {
    "court-extension",
    "reflection-b",
    "stay-permit",
    "supreme-court",
    "state-compensation",
    "takedown-report",
    "bank-hold-call",
    "bank-complaint",
    "bank-hold",
    "tip-input-ngo",
}
NAMED = {
    *("temporary-protection", "court-extension", "reflection-a", "reflection-b", "rights-notice", "arrest-to-court"),
    *("remand", "bail", "co-plaintiff", "petition-44-1", "appeal", "supreme-court", "limitation", "complaint-96"),
    *("tort", "enforcement", "state-compensation", "takedown-report", "stay-permit", "breach-notice"),
    *("access-request", "child-interview-once", "prosecutor-claim", "evidence-day-notice", "witness-list"),
    *("appeal-answer", "extend-period", "absent-reading", "restraining-order", "limitation-absconded"),
    *("sentence-lapse", "bank-hold-call", "bank-complaint", "bank-hold", "annual-report", "tip-input-government"),
    *("tip-input-ngo", "tip-report"),
}


def test_every_clock_of_the_table_is_there_and_nothing_is_wrong_with_it():
    assert set(packs.clocks()) == NAMED
    assert packs.check() == []


def test_exactly_these_are_unconfirmed():
    assert {code for code, one in packs.clocks().items() if not one.confirmed} == UNCONFIRMED
    assert not any(one.confirmed for one in packs.clock_versions("state-compensation"))


def test_only_these_ship_switched_off():
    every = [one for code in packs.clocks() for one in packs.clock_versions(code)]
    off = {(one.code, one.length) for one in every if not one.enabled}
    assert off == {("reflection-b", 30), ("state-compensation", 2)}


def test_state_compensation_has_two_versions_and_the_one_in_force_counts():
    first, second = packs.clock_versions("state-compensation")
    assert (first.length, second.length) == (1, 2)
    assert packs.clock("state-compensation", TODAY) is first
    assert packs.clocks()["state-compensation"] is first
    found = compute(second, date(2026, 1, 15))
    assert (found.end, found.confirmed) == (date(2028, 1, 17), False)


@pytest.mark.parametrize("guide", ["change-a-deadline.md", "change-a-deadline.th.md"])
def test_a_second_version_written_as_the_guide_says_takes_over_on_its_day(tmp_path, guide):
    told = (Path(__file__).parents[4] / "docs" / "how-to" / guide).read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", told, re.S)
    (added,), (ends,) = ([b for b in blocks if b.startswith(head)] for head in ("valid_from", '[[clock]]\ncode = "appeal"'))
    new = (packs.reading.HOME / "th" / "clocks.toml").read_text(encoding="utf-8")
    row = new[new.index('[[clock]]\ncode = "appeal"\n') : new.index('[[clock]]\ncode = "appeal-answer"\n')]
    row = row.replace("length = 1\n", f"length = 2\n{added}")
    packs.load(overlay(tmp_path, ends + row))
    assert packs.clock("appeal", date(2026, 12, 31)).length == 1
    assert packs.clock("appeal", date(2027, 1, 1)).length == 2
    assert packs.clocks()["appeal"].length == 2


def test_each_version_of_a_clock_keeps_its_own_branches(tmp_path):
    text = (packs.reading.HOME / "th" / "clocks.toml").read_text(encoding="utf-8")
    row = text[text.index('[[clock]]\ncode = "remand"\n') : text.index('[[clock]]\ncode = "bail"\n')]
    head, *branches = row.split("[[clock.branch]]\n")
    head += 'confidence = "sourced"\nvalid_from = 2027-01-01\nvalid_to = ""\nconfirmed_by = ""\n'
    only = branches[0].replace("months_from = 120\n", "months_from = 0\n").replace("length = 84\n", "length = 30\n")
    old = '[[clock]]\ncode = "remand"\nvalid_from = ""\nvalid_to = 2026-12-31\n'
    packs.load(overlay(tmp_path, old + head + "[[clock.branch]]\n" + only))
    told = Circumstances(max_penalty_years=Decimal(12))
    for day, length in ((date(2026, 12, 31), 84), (date(2027, 1, 1), 30)):
        assert compute(packs.clock("remand", day), day, told).end == day + timedelta(days=length)


def test_a_day_without_a_version_and_an_unknown_code_are_told_apart_from_a_clock(tmp_path):
    packs.load(overlay(tmp_path, '[[clock]]\ncode = "appeal"\nvalid_to = 2026-12-31\n'))
    with pytest.raises(KeyError):
        packs.clock("appeal", date(2027, 1, 1))
    with pytest.raises(KeyError):
        packs.clock("nothing", TODAY)


def test_an_overlay_changes_one_deadline_and_leaves_the_rest(tmp_path):
    packs.load(overlay(tmp_path, '[[clock]]\ncode = "reflection-a"\nlength = 20\nconfirmed_by = "Preecha"\n'))
    changed = packs.clocks()["reflection-a"]
    assert (changed.length, changed.unit, changed.confirmed_by) == (20, Unit.DAYS, "Preecha")
    assert changed.names["th"] == "ระยะเวลาฟื้นฟูและไตร่ตรอง ก่อนการคัดแยก"
    packs.load()
    assert packs.clocks()["reflection-a"].length == 15


def test_reflection_has_two_phases_the_second_switched_off_until_it_is_confirmed(tmp_path):
    whole = packs.row("reflection", "nrm")
    assert whole["phases"] == ["reflection-a", "reflection-b"]
    assert (whole["total_days"], whole["early_end"], whole["extension_by"]) == (45, "own_recorded_wish", [])
    assert [packs.clocks()[code].enabled for code in whole["phases"]] == [True, False]
    assert packs.clocks()["reflection-a"].blocks == ("identification_interview", "interview_invitation")
    packs.load(overlay(tmp_path, '[[clock]]\ncode = "reflection-b"\nenabled = true\n'))
    assert packs.clocks()["reflection-b"].enabled


def test_limits_that_protect_liberty_never_move():
    limits = [one for one in packs.clocks().values() if one.liberty]
    assert {one.code for one in limits} == {"temporary-protection", "court-extension", "arrest-to-court", "remand"}
    assert {one.roll for one in limits} == {Roll.NEVER}


def test_prescription_shows_the_day_to_act_by():
    shown = {code for code, one in packs.clocks().items() if one.act_by}
    assert shown == {
        "limitation", "limitation-absconded", "sentence-lapse", "complaint-96", "tort", "enforcement",
    }  # fmt: skip


def test_each_row_says_in_both_languages_who_acts_and_what_happens_when_it_is_missed():
    for one in packs.clocks().values():
        for words in (one.names, one.who_acts, one.missed):
            assert set(words) == {"en", "th"}
        assert one.note == {} or set(one.note) == {"en", "th"}
        assert one.basis
        assert one.source
        assert one.start_event in closed.CLOCK_EVENTS
    assert packs.clocks()["bail"].extend.by_names["en"] == "inquiry officer or public prosecutor"
    assert packs.clocks()["reflection-a"].extend.by == ()


def test_penalties_come_from_the_offences_of_the_pack():
    known = packs.clocks()["limitation"].offences
    assert known["atip-52-child"][0].months == 240
    assert known["atip-52-death"][0].months == LIFE
    assert not known["atip-52-1"][0].confirmed
    assert known["cc-284-1"][0].confirmed
    assert known["cc-283"][0].branches["victim_15_or_under"] == LIFE
    assert "draft-sextortion" not in known
    assert packs.clocks()["appeal"].offences == {}
    assert packs.clocks()["limitation-absconded"].branches == packs.clocks()["limitation"].branches


def test_every_event_that_is_listed_has_a_name_and_every_kind_is_used():
    assert all(closed.CLOCK_EVENTS.values())
    assert {one.kind for one in packs.clocks().values()} == set(Kind)
    assert {"hours", "days", "working days", "weeks", "months", "years"} == closed.CLOCK_UNITS
    assert {"next working day", "previous working day", "never"} == closed.CLOCK_ROLLS


OF_APPEAL = '\n[[clock]]\ncode = "appeal"\n'
BRANCH = '[[clock.branch]]\nwhen_en = "x"\nwhen_th = "ก"\nlength = 1\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OF_APPEAL + 'kind = "lenght"', "kind is lenght, and may be at-once, before-event"),
        (OF_APPEAL + "lenght = 2", "lenght is not known: is it misspelt"),
        (OF_APPEAL + 'unit = "moons"', "unit is moons, and may be days, hours"),
        (OF_APPEAL + 'unit = "working-days"', "unit is working-days"),
        (OF_APPEAL + 'roll = "sideways"', "roll is sideways"),
        (OF_APPEAL + 'calendar = "moon"', "calendar is moon"),
        (OF_APPEAL + "length = 0", "length is 0, and must be a whole number above 0"),
        (OF_APPEAL + 'length = "1"', "length is 1, and must be a whole number"),
        (OF_APPEAL + "length = true", "length is True, and must be a whole number"),
        (OF_APPEAL + 'enabled = "yes"', "enabled is yes, and may be true or false"),
        (OF_APPEAL + 'missed_en = ""', "missed_en is missing"),
        (OF_APPEAL + "actors = []", "actors is missing"),
        (OF_APPEAL + 'actors = ["king"]', "actors of appeal is king, which is not in clock_actor"),
        (OF_APPEAL + 'start_event = "sunrise"', "start_event is sunrise, which is not in the list of events"),
        (OF_APPEAL + 'satisfied_by = ["sunrise"]', "satisfied_by is sunrise"),
        (OF_APPEAL + 'stopped_by = ["sunrise"]', "stopped_by is sunrise"),
        (OF_APPEAL + 'blocks = ["lunch"]', "blocks is lunch"),
        (OF_APPEAL + 'until = ["judgment_read"]', "until belongs to a clock of the kind until-event"),
        (OF_APPEAL + 'month_day = "06-30"', "month_day belongs to a clock of the kind calendar"),
        (OF_APPEAL + 'extend = "court"', "extend is not written like"),
        (OF_APPEAL + 'extend = { who = ["court"] }', "extend has who, which is not known"),
        (OF_APPEAL + 'extend = { by = ["king"] }', "extend is by king, which is not in clock_actor"),
        (OF_APPEAL + 'extend = { by = ["court"], length = 0 }', "length of extend is 0"),
        (OF_APPEAL + 'extend = { by = ["court"], unit = "moons" }', "unit of extend is moons"),
        (OF_APPEAL + 'extend = { by = ["court"], times = 0 }', "times of extend is 0"),
        (OF_APPEAL + 'extend = { by = ["court"], max = "half a year" }', "max of extend is half a year"),
        (OF_APPEAL + 'unconfirmed_parts = ["moon"]\nconfidence = "unconfirmed"', "names moon, which is no key"),
        (OF_APPEAL + 'unit = "hours"', "roll of a clock that runs in hours is always never"),
        (OF_APPEAL + 'calendar = ""', "calendar is empty, and may be"),
        (OF_APPEAL + 'decided_by = "luck"', "decided_by is luck"),
        (OF_APPEAL + 'decided_by = "penalty"', "length is told by the branches"),
        (OF_APPEAL + 'at_the_latest = { length = 10 }', "unit of at_the_latest is None"),
        (OF_APPEAL + 'branches_of = "remnd"', "branches_of of appeal is remnd, which is not in clock"),
        (OF_APPEAL + 'confidence = "sure"', "confidence of appeal is sure"),
        (OF_APPEAL + 'note_en = "x"\nnote_th = ""', "has note_en but no note_th"),
        (OF_APPEAL + 'valid_to = "soon"', "is not a day"),
        (OF_APPEAL + "valid_to = 2026-02-30", "cannot be read"),
        (OF_APPEAL + BRANCH + 'events = ["sunrise"]', "holds after sunrise, which is not a start_event"),
        (OF_APPEAL + BRANCH + "when = 1", "branch 1 has when, which is not known"),
        (OF_APPEAL + BRANCH.replace("length = 1", "length = 0"), "length of branch 1 is 0"),
        (OF_APPEAL + BRANCH.replace('"ก"', '""'), "branch 1 does not say in when_en and when_th"),
        (OF_APPEAL + BRANCH + 'confidence = "sure"', "confidence of branch 1 is sure"),
        (OF_APPEAL + BRANCH + 'months_from = "ten"', "months_from of branch 1 is ten"),
        ('\n[[clock]]\ncode = "remand"\nroll = "next working day"', "protects liberty is always never"),
        ('\n[[clock]]\ncode = "remand"\n' + BRANCH + "months_from = 12", "a penalty of 0 months falls into 0 branches"),
        ('\n[[clock]]\ncode = "remand"\n' + BRANCH + BRANCH, "falls into 2 branches"),
        ('\n[[clock]]\ncode = "remand"\npresume = [{ offence = "cc-1" }]', "presume names cc-1"),
        (
            '\n[[clock]]\ncode = "remand"\npresume = [{ to_age = 15, offence = "cc-337" }]',
            "presume goes from the youngest",
        ),
        ('\n[[clock]]\ncode = "rights-notice"\nlength = 3', "kind at-once has no length and no unit"),
        ('\n[[clock]]\ncode = "co-plaintiff"\nuntil_en = ""', "until_en or until_th is missing"),
        ('\n[[clock]]\ncode = "tip-report"\nmonth_day = "30 June"', "is written like 06-30"),
        ('\n[[clock]]\ncode = "tip-report"\nmonth_day = "02-29"', "a day of every year"),
        ('\n[[clock]]\ncode = "tip-report"\nmonth_day = "06-31"', "a day of every year"),
        ('\n[[clock]]\ncode = "tip-report"\ngrace = 3', "whose days off count"),
        ('\n[[clock]]\ncode = "witness-list"\nunit = "months"', "before an event one counts days, weeks"),
        ('\n[[reflection]]\ncode = "nrm"\nearly_end = "pressure"', "early_end of nrm is pressure"),
        ('\n[[reflection]]\ncode = "nrm"\ntotal_days = 0', "total_days of nrm is 0"),
        ('\n[[reflection]]\ncode = "nrm"\ntotal_days = 14', "the phases of nrm make 15 days, more than its total_days, 14"),
        ('\n[[clock]]\ncode = "reflection-a"\nlength = 46', "the phases of nrm make 46 days, more than"),
        ('\n[[clock]]\ncode = "reflection-b"\nlength = 31\nenabled = true', "the phases of nrm make 46 days"),
        ('\n[[reflection]]\ncode = "nrm"\nphases = []', "nrm has no phases"),
        ('\n[[reflection]]\ncode = "nrm"\nphases = ["appeal"]', "not counted in days, or blocks nothing"),
        ('\n[[reflection]]\ncode = "nrm"\nphases = ["phase-c"]', "phases of nrm is phase-c, which is not in clock"),
        ('\n[[reflection]]\ncode = "nrm"\nextension_by = ["king"]', "extension_by of nrm is king"),
    ],
)
def test_a_slip_is_refused_by_file_and_line(tmp_path, text, words):
    with pytest.raises(packs.BadPack) as refused:
        packs.load(overlay(tmp_path, text + "\n"))
    if "cannot be read" not in words:
        assert (refused.value.file, refused.value.line) == ("overlay/ours.toml", 2)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("unit", "kind length needs a unit"),
        ("length", "kind length needs a length"),
        ("roll", "roll is missing"),
        ("calendar", "whose days off count"),
        ("source", "names no source"),
        ("basis", "basis is missing"),
    ],
)
def test_a_new_clock_must_say_everything(tmp_path, missing, words):
    text = (packs.reading.HOME / "th" / "clocks.toml").read_text(encoding="utf-8")
    row = text[text.index('[[clock]]\ncode = "appeal"\n') : text.index('[[clock]]\ncode = "appeal-answer"\n')]
    row = row.replace('"appeal"', '"own-appeal"').replace('"sourced"', '"unconfirmed"')
    row += 'valid_from = ""\nvalid_to = ""\nconfirmed_by = ""\nconfidence = "sourced"\n'
    packs.load(overlay(tmp_path, row))
    assert "own-appeal" in packs.clocks()
    kept = "".join(each + "\n" for each in row.splitlines() if not each.startswith(missing + " "))
    (tmp_path / "ours.toml").write_text(kept, encoding="utf-8")
    packs.forget()
    with pytest.raises(packs.BadPack, match=words):
        packs.load(tmp_path)


def test_limitation_is_needed_by_what_is_set_against_it(tmp_path):
    packs.load()
    pack = packs.current()
    without = {name: rows for name, rows in pack.by_code["clock"].items() if name != "limitation"}
    bare = packs.Pack(pack.lists, pack.tables, "x", None, {**pack.by_code, "clock": without})
    found = list(packs.clocks_checking.clock_problems(bare, pack.by_code["clock"]["tort"]))
    assert found == ["against_limitation needs a clock limitation in the pack (clock tort)"]
