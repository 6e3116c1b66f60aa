"""Holds what an agency's overlay may do, and that a bad pack is refused by file and line."""


import pytest

from prasan import packs

from .overlays import overlay


def test_an_overlay_confirms_a_row_without_repeating_it(tmp_path):
    before = packs.version()
    packs.load(overlay(tmp_path, '[[right]]\ncode = "non_punishment"\nconfirmed_by = "Preecha"\n'))
    row = packs.row("right", "non_punishment")
    assert (row.confirmed_by, row["basis"]) == ("Preecha", "ATIP 41")
    assert packs.label("right", "non_punishment", "en") == "Not charged for listed offences"
    assert packs.version() != before
    packs.load()
    assert packs.row("right", "non_punishment").confirmed_by == ""
    assert packs.version() == before


def test_an_overlay_adds_a_code(tmp_path):
    packs.load(
        overlay(tmp_path, '\n[[app]]\ncode = "zalo"\nen = "Zalo"\nth = "ซาโล"\nstandard_code = "Other"\n')
    )
    assert ("zalo", "ซาโล") in packs.choices("app", "th")


def test_an_overlay_changes_one_version_of_an_offence_and_leaves_the_other(tmp_path):
    text = '[[offence]]\ncode = "atip-52-adult"\nvalid_from = 2017-01-28\nconfirmed_by = "Preecha"\n'
    packs.load(overlay(tmp_path, text))
    told = {row.valid_from: row.confirmed_by for row in packs.rows("offence") if row.code == "atip-52-adult"}
    assert sorted(told.values()) == ["", "Preecha"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\n\n[[app]]\ncode = "zalo"\nen = "Zalo"\nstandard_code = "Other"\n', 3, "no Thai label"),
        ('[[app]]\nen = "Zalo"\nth = "ซาโล"\n', 1, "has no code"),
        ('# a note\n[[right]]\ncode = "x"\nen = "X"\nth = "ก"\n', 2, "names no source"),
        ('[[app]]\ncode = "zalo\n', 2, "cannot be read"),
        ('[[right]]\ncode = "refuse"\nvalid_from = "soon"\n', 1, "is not a day"),
        ('[[indicator]]\ncode = "A1"\nunit = "baht"\n', 1, "the unit of A1 is baht"),
        ('[[indicator]]\ncode = "A1"\nmeasure.op = "mean"\n', 1, "which is not known"),
        ('[[money_status]]\ncode = "paid"\nnext = ["gone"]\n', 1, "leads to gone"),
        ('[[office]]\ncode = "ngo"\norganisation_kind = "club"\n', 1, "not in organisation_kind"),
        ('[[holiday]]\ncode = "2025-01-01"\ncalendars = ["moon"]\n', 1, "the calendar moon"),
        ('[[offence]]\ncode = "cc-337"\nmonths_max = -1\n', 1, "above its months_max"),
        ('[[right]]\ncode = "refuse"\nconfidence = "sure"\n', 1, "may be sourced or unconfirmed"),
        ('\n[[clock]]\ncode = "reflection-a"\nenabled = false\n', 2, "may not be switched off"),
        ('[[clock]]\ncode = "temporary-protection"\nenabled = false\n', 1, "may not be switched off"),
        ('[[clock]]\ncode = "temporary-protection"\nliberty = false\n', 1, "liberty may not be taken"),
        ('[[clock]]\ncode = "reflection-a"\nblocks = []\n', 1, "blocks may not be emptied"),
        ('[[clock]]\ncode = "reflection-a"\nblocks = ["justice_interview"]\n', 1, "blocks may not be emptied"),
        ('[[clock]]\ncode = "reflection-a"\nlength = 14\n', 1, "may not be shorter than 15 days"),
        ('[[clock]]\ncode = "reflection-a"\nunit = "hours"\nroll = "never"\n', 1, "reflection-a"),
        ('[[clock]]\ncode = "reflection-a"\nvalid_to = 2026-12-31\n', 1, "no version that is switched on follows"),
        ('[[reflection]]\ncode = "nrm"\nphases = ["reflection-b"]\n', 1, "may not leave out reflection-a"),
        ('[[app]]\ncode = "Zalo"\nen = "Zalo"\nth = "ซาโล"\nstandard_code = "Other"\n', 1, "not spelt"),
    ],
)
def test_a_bad_overlay_is_refused_by_file_and_line(tmp_path, text, line, words):
    before = packs.version()
    with pytest.raises(packs.BadPack) as refused:
        packs.load(overlay(tmp_path, text))
    assert (refused.value.file, refused.value.line) == ("overlay/ours.toml", line)
    assert words in str(refused.value)
    assert packs.version() == before


def test_two_versions_of_one_code_may_not_hold_on_the_same_day(tmp_path):
    row = 'en = "X"\nth = "ก"\nsource = "s"\nvalid_to = ""\nconfidence = "sourced"\nconfirmed_by = ""\n'
    text = f'[[right]]\ncode = "refuse"\nvalid_from = 2026-01-01\n{row}'
    with pytest.raises(packs.BadPack, match=r"stands already in packs/th/rights\.toml"):
        packs.load(overlay(tmp_path, text))


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "ours.toml").write_bytes("# one\n# สอง".encode("cp874"))
    with pytest.raises(packs.BadPack, match=r"ours\.toml:2: the file is not written in UTF-8"):
        packs.load(tmp_path)


def test_a_changed_overlay_is_read_again_only_after_forgetting(tmp_path):
    text = '[[right]]\ncode = "refuse"\nconfirmed_by = "{}"\n'
    packs.load(overlay(tmp_path, text.format("Preecha")))
    overlay(tmp_path, text.format("Dao"))
    packs.load(tmp_path)
    assert packs.row("right", "refuse").confirmed_by == "Preecha"
    packs.forget()
    packs.load(tmp_path)
    assert packs.row("right", "refuse").confirmed_by == "Dao"


def test_an_overlay_may_lengthen_the_rest_before_identification(tmp_path):
    packs.load(overlay(tmp_path, '[[clock]]\ncode = "reflection-a"\nlength = 20\n'))
    assert packs.clocks()["reflection-a"].length == 20


def test_own_rows_are_read_as_they_lie_there_and_used_by_nobody(tmp_path):
    before = packs.version()
    text = '[[right]]\ncode = "refuse"\nconfirmed_by = "{}"\n'
    first = packs.own_rows(overlay(tmp_path, text.format("Preecha")))
    second = packs.own_rows(overlay(tmp_path, text.format("Dao")))
    assert first.own != second.own != ""
    assert packs.own_rows(tmp_path / "nowhere").own == ""
    assert packs.version() == before
    (one,) = packs.differences(second)
    assert (one.row.code, one.row.file, one.keys) == ("refuse", "overlay/ours.toml", (("confirmed_by", "", "Dao"),))
