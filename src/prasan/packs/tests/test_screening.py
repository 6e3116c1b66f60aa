"""Holds what the questions promise: each indicator can be raised, each element reached, nobody asked for consent."""

from prasan import packs

ILO = {"vulnerability", "deception", "movement", "isolation", "violence", "threats", "documents", "wages", "debt",
       "conditions", "overtime"}  # fmt: skip


def raised() -> set[str]:
    return {code for q in packs.rows("screening_question") for code in q.get("raises", ())}


def test_every_indicator_is_raised_by_a_question_and_every_element_by_an_indicator():
    assert raised() == packs.codes("screening_indicator")
    elements = {e for i in packs.rows("screening_indicator") for e in i["elements"]}
    assert elements == packs.codes("screening_element")


def test_the_eleven_indicators_of_forced_labour_are_there():
    ours = {code for code in packs.codes("screening_indicator") if code.startswith("ilo_")}
    assert ours == {f"ilo_{name}" for name in ILO}
    asked = [q for q in packs.rows("screening_question") if q["group"] == "labour"]
    assert len(asked) == 11


def test_every_form_of_exploitation_but_not_known_has_a_purpose():
    purposes = {c.removeprefix("purpose_") for c in packs.codes("screening_indicator") if c.startswith("purpose_")}
    assert purposes == packs.codes("exploitation_form") - {"unknown"}


def test_no_question_asks_whether_the_person_agreed_or_will_cooperate():
    for question in packs.rows("screening_question"):
        words = question.en.casefold()
        assert not [w for w in ("consent", "agree", "cooperat", "willing") if w in words], question.code
        assert "ยินยอม" not in question.th
        assert "ให้ความร่วมมือ" not in question.th


def test_forced_labour_of_section_6_1_asks_for_no_movement_and_ships_unconfirmed():
    for question in packs.rows("screening_question"):
        if question["group"] == "s6_1":
            assert not question.sourced
            assert {packs.row("screening_indicator", c)["elements"][0] for c in question["raises"]} <= {
                "s6_1", "work", "cannot_resist"
            }  # fmt: skip


def test_every_question_stands_in_a_group_and_names_its_source():
    for question in packs.rows("screening_question"):
        assert question["group"] in packs.codes("screening_group")
        assert question.source
        assert question.en.endswith("?")
