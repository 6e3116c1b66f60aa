"""Holds the screening forms to the lists of indicators of the law: each indicator is asked by at least one form."""

from pathlib import Path

import pytest

from prasan import packs
from prasan.cases.actions import own_rows as actions
from prasan.conf import own_rows, reference_screening
from prasan.conf.checks import packs_are_well_formed
from tests.cast import AT

DOCS = Path(__file__).parents[4] / "docs"
PAGE = DOCS / "reference" / "screening-indicators.md"
INDICATORS = [(letter, code) for letter, (_title, codes) in reference_screening.LISTS.items() for code in codes]


@pytest.fixture(autouse=True)
def own_packs(tmp_path):
    packs.load()
    yield
    own_rows.use(tmp_path / "nowhere")


@pytest.mark.parametrize(("letter", "code"), INDICATORS)
def test_every_indicator_is_asked_by_at_least_one_form(letter, code):
    assert reference_screening.askers(code), f"{letter}: {code}"


def test_the_lists_hold_every_indicator_of_the_pack_and_each_once():
    codes = [code for _letter, code in INDICATORS]
    assert len(codes) == len(set(codes))
    assert set(codes) == packs.codes("screening_indicator")


def test_every_means_is_asked_of_adults_and_no_form_for_children_alone_needs_one():
    adult = {s for form in packs.forms().values() if "adult" in form.ages for s in form.signs}
    assert set(reference_screening.LISTS["B"][1]) <= adult


def test_what_is_asked_of_everyone_stands_in_every_form():
    for what, codes in reference_screening.EVERYONE.items():
        for form in packs.forms().values():
            assert any(form.question(code) for code in codes), f"{form.code}: {what}"


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == reference_screening.page()


def test_an_indicator_that_no_form_asks_would_be_noticed(tmp_path):
    text = '[[screening_question]]\ncode = "taken_away"\nraises = []\n[[screening_question]]\ncode = "crossed_how"\n'
    text += 'choices = [\n{code = "a", en = "A", th = "ก"},\n{code = "b", en = "B", th = "ข"},\n]\n'
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    packs.load(tmp_path)
    assert not reference_screening.askers("means_abduction")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["add-a-question.md", "add-a-question.th.md"])
def test_the_question_of_the_instructions_is_asked_after_a_start_as_they_say(tmp_path, name, cast_only):
    text = (DOCS / "how-to" / name).read_text(encoding="utf-8")
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "screening.toml").write_text(text.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    digest = packs.own_rows(tmp_path / "packs").own
    told = {"folder": tmp_path / "packs", "digest": digest, "at": AT}
    actions.propose(by=cast_only.dao, **told)
    actions.activate(by=cast_only.ubon, **told)
    own_rows.use(tmp_path)
    own_rows.lay_over()
    assert own_rows.refused() == []
    codes = [q.code for q in packs.forms()["forced_criminality"].questions]
    assert codes[codes.index("targets") + 1] == "scars_hidden"
    assert packs_are_well_formed(None) == []


def test_a_bad_row_of_the_agency_is_not_used_and_stops_the_server_by_file_and_line(tmp_path):
    before = packs.version()
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "ours.toml").write_text('\n[[screening_question]]\ncode = "danger"\nkind = "picture"\n')
    own_rows.use(tmp_path)
    (told,) = packs_are_well_formed(None)
    assert (told.id, told.msg) == (
        "prasan.E003", "overlay/ours.toml:2: the kind of danger is picture, which is not known"
    )  # fmt: skip
    assert packs.version() == before
