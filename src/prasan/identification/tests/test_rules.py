"""What the answers support, element by element, and when a decision counts."""

from datetime import date, timedelta

import pytest

from prasan import packs
from prasan.identification import rules

TODAY = date(2026, 11, 24)


def supported(child: bool | None, *yes: str) -> dict[str, bool]:
    """Which basis the answers support."""
    met = rules.indicators_met(dict.fromkeys(yes, "yes"))
    return {one.basis: one.supported for one in rules.conclusions(met, child)}


@pytest.mark.parametrize(
    ("child", "yes", "s6", "s6_1"),
    [
        (False, ("recruited", "lied_to", "for_sexual_exploitation"), True, False),
        (False, ("recruited", "for_sexual_exploitation"), False, False),
        (False, ("lied_to", "for_sexual_exploitation"), False, False),
        (False, ("recruited", "lied_to"), False, False),
        (True, ("recruited", "for_sexual_exploitation"), True, False),
        (True, ("for_sexual_exploitation",), False, False),
        (True, ("recruited", "lied_to"), False, False),
        (None, ("recruited", "for_sexual_exploitation"), True, False),
        (False, ("papers_taken", "worked"), False, True),
        (False, ("papers_taken",), False, False),
        (False, ("documents_kept", "worked"), False, True),
        (False, ("worked", "no_way_out"), False, False),
        (False, ("cannot_leave", "violence", "bad_conditions"), True, False),
        (False, ("cannot_leave", "violence", "bad_conditions", "worked"), True, True),
        (True, ("meeting_asked", "images_asked"), True, False),
        (False, (), False, False),
    ],
)
def test_an_adult_needs_act_means_and_purpose_and_a_child_no_means(child, yes, s6, s6_1):
    assert supported(child, *yes) == {"s6": s6, "s6_1": s6_1}


def test_only_a_yes_raises_an_indicator():
    for answer in rules.ANSWERS:
        assert bool(rules.indicators_met({"recruited": answer})) is (answer == "yes")


def test_the_missing_element_is_named_and_the_found_one_explained():
    met = rules.indicators_met({"recruited": "yes", "for_forced_begging": "yes"})
    trafficking, labour = rules.conclusions(met, False)
    assert trafficking.missing == ("means",)
    assert trafficking.found == {"act": ("act_recruit",), "means": (), "purpose": ("purpose_forced_begging",)}
    assert labour.missing == ("s6_1", "work")
    assert met[0].questions == ("recruited",)


def test_an_unknown_age_is_read_as_a_child_and_says_so():
    assert rules.conclusions([], None)[0].notes == (rules.AGE_UNKNOWN,)
    assert rules.conclusions([], True)[0].notes == (rules.CHILD,)
    assert rules.conclusions([], False)[0].notes == (rules.ADULT,)


def test_words_that_no_lawyer_read_are_never_shown_as_confirmed():
    unread = rules.indicators_met(dict.fromkeys(("recruited", "weakness_used", "for_forced_labour"), "yes"))
    read = rules.indicators_met(dict.fromkeys(("recruited", "lied_to", "for_forced_labour"), "yes"))
    assert [c.sourced for c in rules.conclusions(unread, False)] == [False, False]
    assert [c.sourced for c in rules.conclusions(read, False)] == [True, False]


def screening(**changed):
    told = {
        "answers": {"recruited": "yes"}, "on": TODAY, "situation": "factory", "place": "workplace", "body": "ngo",
        "needs": [], "enters_nrm": True, "discipline": "social_worker", "held": ["social_worker"], "today": TODAY,
    }  # fmt: skip
    return [p.message for p in rules.screening_problems(**(told | changed))]


def test_a_screening_with_one_answer_is_enough():
    assert screening() == []
    assert screening(answers={"recruited": "refused", "lied_to": "not_asked"}) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"answers": {"recruited": "not_asked"}}, rules.NOTHING_ASKED),
        ({"answers": {}}, rules.NOTHING_ASKED),
        ({"answers": {"consented": "yes"}}, rules.UNKNOWN_ANSWER),
        ({"answers": {"recruited": "perhaps"}}, rules.UNKNOWN_ANSWER),
        ({"situation": "moon"}, rules.UNKNOWN_CODE),
        ({"place": "moon"}, rules.UNKNOWN_CODE),
        ({"body": "moon"}, rules.UNKNOWN_CODE),
        ({"needs": ["moon"]}, rules.UNKNOWN_CODE),
        ({"enters_nrm": None}, rules.NO_NRM_ANSWER),
        ({"discipline": "lawyer"}, rules.NOT_IN_DISCIPLINE),
    ],
)
def test_a_screening_refuses_what_cannot_be(changed, sentence):
    assert screening(**changed) == [sentence]


def decision(**changed):
    told = {
        "outcome": "identified", "law_basis": "s6", "forms": ["forced_labour"], "reasons": "เพราะ", "body": "mdt",
        "on": TODAY, "discipline": "lawyer", "held": ["lawyer"], "awaiting": False, "today": TODAY,
    }  # fmt: skip
    return [p.message for p in rules.decision_problems(**(told | changed))]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"law_basis": ""}, rules.NO_BASIS),
        ({"forms": []}, rules.NO_FORM),
        ({"forms": ["unknown"]}, rules.NO_FORM),
        ({"forms": ["forced_labour", "moon"]}, rules.UNKNOWN_CODE),
        ({"outcome": "moon"}, rules.UNKNOWN_CODE),
        ({"law_basis": "moon"}, rules.UNKNOWN_CODE),
        ({"discipline": "social_worker"}, rules.NOT_IN_DISCIPLINE),
        ({"awaiting": True}, rules.AWAITS),
    ],
)
def test_a_decision_refuses_what_cannot_be(changed, sentence):
    assert decision(**changed) == [sentence]


def test_every_other_outcome_needs_reasons_but_neither_law_nor_form():
    for outcome in ("presumed", "not_identified", "undetermined"):
        assert decision(outcome=outcome, law_basis="", forms=[]) == []
        assert len(decision(outcome=outcome, law_basis="", forms=[], reasons=" ")) == 1


@pytest.mark.parametrize(
    ("joined", "counts"),
    [
        ([], False),
        ([(1, "lawyer")], False),
        ([(1, "lawyer"), (1, "social_worker")], False),
        ([(1, "lawyer"), (2, "lawyer")], False),
        ([(1, "lawyer"), (2, "social_worker")], True),
        ([(1, "lawyer"), (2, "lawyer"), (3, "social_worker")], True),
    ],
)
def test_a_decision_counts_when_two_people_of_two_disciplines_concur(joined, counts):
    assert rules.counts(joined) is counts


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"status": "decided"}, rules.NOT_PROPOSED),
        ({"status": "returned"}, rules.NOT_PROPOSED),
        ({"on": TODAY - timedelta(days=9)}, rules.BEFORE_PROPOSAL),
        ({"discipline": "prosecutor"}, rules.NOT_IN_DISCIPLINE),
        ({"by": 1}, rules.SAME_PERSON),
        ({"held": ["lawyer"], "discipline": "lawyer"}, rules.SAME_DISCIPLINE),
    ],
)
def test_a_concurrence_refuses_what_cannot_be(changed, sentence):
    told = {
        "status": "proposed", "proposed_on": TODAY - timedelta(days=2), "on": TODAY, "by": 2,
        "discipline": "social_worker", "held": ["social_worker"], "joined": [(1, "lawyer")], "today": TODAY,
    }  # fmt: skip
    assert [p.message for p in rules.concurrence_problems(**told)] == []
    assert [p.message for p in rules.concurrence_problems(**(told | changed))] == [sentence]


def test_the_codes_are_those_of_the_pack():
    for codes, list_name in (
        (rules.ANSWERS, "answer"), (rules.OUTCOMES, "identification_decision"), (rules.LAW_BASES, "law_basis"),
        (rules.BODIES, "decider"),
    ):  # fmt: skip
        assert set(codes) == packs.codes(list_name)


@pytest.mark.parametrize("status", rules.STATES)
@pytest.mark.parametrize("words", ["Who saw it?", " "])
def test_a_proposal_goes_back_only_while_it_waits_and_with_words(status, words):
    expected = [] if "returned" in rules.STATES[status] else [rules.NOT_PROPOSED]
    found = [p.message for p in rules.return_problems(status=status, words=words)]
    assert found[: len(expected)] == expected
    assert len(found) == len(expected) + (not words.strip())
