"""Holds the law of the pack against the texts: penalties, versions, the picker of charges, holidays."""

import re
from datetime import date

import pytest

from prasan import packs

TODAY = date(2026, 8, 1)
YEAR = 12


def scale(code: str, on: date = TODAY) -> tuple[object, ...]:
    """Imprisonment in months and fine of one offence."""
    found = packs.offence(code, on)
    assert found is not None
    p = found.penalty
    return p.months_min, p.months_max, p.fine_min, p.fine_max


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("atip-52-adult", (4 * YEAR, 12 * YEAR, 400_000, 1_200_000)),
        ("atip-52-minor", (6 * YEAR, 15 * YEAR, 600_000, 1_500_000)),
        ("atip-52-child", (8 * YEAR, 20 * YEAR, 800_000, 2_000_000)),
        ("atip-52-1", (6, 4 * YEAR, 50_000, 400_000)),
        ("cc-282", (1 * YEAR, 10 * YEAR, 20_000, 200_000)),
        ("cc-287-2", (3 * YEAR, 10 * YEAR, 60_000, 200_000)),
        ("cc-320", (2 * YEAR, 10 * YEAR, None, None)),
        ("cc-337", (0, 5 * YEAR, 0, 100_000)),
    ],
)
def test_the_scale_is_that_of_the_text(code, expected):
    assert scale(code) == expected


def test_an_act_before_the_amendment_of_2017_has_no_scale_in_the_pack():
    before, after = (packs.offence("atip-52-adult", day) for day in (date(2017, 1, 27), date(2017, 1, 28)))
    assert before is not None
    assert after is not None
    assert not before.scale_known
    assert before.penalty == packs.Penalty()
    assert after.scale_known


def test_forced_labour_is_no_offence_of_its_own_before_2019_and_harassment_none_before_2025():
    assert packs.offence("atip-52-1", date(2019, 4, 5)) is None
    assert packs.offence("cc-284-1", date(2025, 6, 1)) is None
    assert packs.offence("cc-284-1", TODAY) is not None


def test_a_draft_is_never_offered_as_law():
    assert not [found for found in packs.offences(TODAY) if found.draft]
    assert "draft-sextortion" in packs.codes("offence")


def test_a_younger_victim_brings_the_graver_branch():
    found = packs.offence("cc-283", TODAY)
    assert found is not None
    branches = dict(found.branches)
    assert branches["victim_over_15_to_18"].life
    assert branches["victim_15_or_under"].death
    assert branches["victim_15_or_under"].months_min == 10 * YEAR


@pytest.mark.parametrize(
    ("query", "lang", "first"),
    [
        ("282", "en", "cc-282"),
        ("มาตรา ๒๘๓ ทวิ", "th", "cc-283-bis"),
        ("s.6/1", "en", "atip-52-1"),
        ("กรรโชก", "th", "cc-337"),
        ("forced labour", "en", "atip-52-1"),
        ("สื่อลามกอนาจารเด็ก", "th", "cc-287-1"),
        ("sextortion", "en", "cc-337"),
        ("พราก", "th", "cc-317"),
    ],
)
def test_a_charge_is_found_by_number_and_by_words_of_both_languages(query, lang, first):
    assert packs.find_offences(query, lang, TODAY)[0].code == first


@pytest.mark.parametrize(("section", "thai"), [
    ("283 bis", "283 ทวิ"), ("312 ter", "312 ตรี"), ("172, 172 ter, 237 bis", "172, 172 ตรี, 237 ทวิ"),
    ("the bistro", "the bistro"), ("52", "52"),
    ("CPC 173/1 ¶2", "ป.วิ.อ. มาตรา 173/1 วรรค 2"), ("CivPC 274; CCC 193/32", "ป.วิ.พ. มาตรา 274; ป.พ.พ. มาตรา 193/32"),
    ("NRM, practice", "กลไกการส่งต่อระดับชาติ, แนวปฏิบัติ"), ("CPC 87 ¶4 to 7", "ป.วิ.อ. มาตรา 87 วรรค 4 ถึง 7"),
    ("PDPA 30", "พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล มาตรา 30"), ("ATIP 36; PDPA", "พ.ร.บ.ป้องกันและปราบปรามการค้ามนุษย์ มาตรา 36; พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล"),
])  # fmt: skip
def test_a_basis_in_law_is_cited_as_each_language_does(section, thai):
    assert packs.cited(section, "th") == thai
    assert packs.cited(section, "en") == section


def test_a_number_does_not_find_another_section():
    assert {found.section for found in packs.find_offences("310", "en", TODAY)} == {"310", "310 bis"}
    assert packs.find_offences("999", "en", TODAY) == ()


def test_each_conviction_basis_is_told_apart():
    by_basis = {found.basis for found in packs.offences(TODAY)}
    assert by_basis == packs.codes("conviction_basis")
    assert all((found.law == "atip") == (found.basis != "other_offence") for found in packs.offences(TODAY))


def test_what_is_not_confirmed_says_so():
    forced = packs.offence("atip-52-1", TODAY)
    assert forced is not None
    assert not forced.sourced
    assert not packs.row("penalty_modifier", "atip-13-official").sourced
    assert not packs.row("money_route", "state").sourced
    assert packs.row("money_route", "court_petition").sourced
    assert {row.code for row in packs.rows("hotline") if row.sourced} == {"police_191", "aoc_1441"}


def test_songkran_is_closed_everywhere_and_labour_day_only_at_the_bank():
    court, office, bank = (packs.holidays(calendar) for calendar in ("court", "government", "bank"))
    assert court[date(2025, 4, 14)] == ("Songkran Festival", "วันสงกรานต์")
    assert date(2025, 4, 16) in court
    assert date(2025, 4, 16) in office
    assert date(2025, 5, 1) in bank
    assert date(2025, 5, 1) not in court
    assert date(2025, 7, 11) in court
    assert date(2025, 7, 11) not in bank


def test_holidays_are_known_for_the_years_that_are_told():
    assert packs.holiday_years() == (2024, 2025, 2026, 2027)
    assert packs.holidays("a calendar that nobody keeps") == {}


def test_every_basis_of_a_clock_and_of_a_right_is_cited_in_thai_without_a_latin_abbreviation():
    bases = {clock.basis for clock in packs.clocks().values()} | {row["basis"] for row in packs.rows("right")}
    latin = {basis: packs.cited(basis, "th") for basis in bases}
    assert [b for b, told in latin.items() if re.search(r"[A-Za-z]{2,}", told.replace("(TIP Report)", ""))] == []
