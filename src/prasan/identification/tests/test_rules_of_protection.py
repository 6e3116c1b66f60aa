"""The rules of protection, reflection, welfare, rights and refusal, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from prasan import packs
from prasan.identification import notices
from prasan.identification.rules import BODIES, PLACES
from prasan.identification.rules import early_ends as ending
from prasan.identification.rules import protection as rules

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HOUR = timedelta(hours=1)


def said(problems):
    return [problem.message for problem in problems]


def protect(**changed):
    told = {"since": AT - HOUR, "place": "family_home", "body": "police", "bodies": BODIES, "survivor": True,
            "running": False, "at": AT}  # fmt: skip
    return said(rules.protection_problems(**(told | changed)))


@pytest.mark.parametrize("place", sorted(rules.NEVER_PLACES))
def test_protection_is_never_in_a_cell_a_prison_or_detention(place):
    assert protect(place=place) == [rules.NEVER_IN_A_CELL]


def test_a_room_at_a_police_station_is_taken_with_a_doubt_and_every_other_place_without():
    for place in set(rules.PROTECTION_PLACES) - rules.NEVER_PLACES:
        assert protect(place=place) == []
    assert set(rules.PROTECTION_PLACES) > rules.DOUBTFUL_PLACES
    assert not rules.DOUBTFUL_PLACES & rules.NEVER_PLACES


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"since": AT + HOUR}, rules.FUTURE_INSTANT), ({"place": "hotel"}, rules.UNKNOWN_CODE),
        ({"body": "nobody"}, rules.UNKNOWN_CODE), ({"survivor": False}, rules.NOT_A_SURVIVOR),
        ({"running": True}, rules.ALREADY_PROTECTED),
    ],
)  # fmt: skip
def test_protection_is_refused_with_its_sentence(changed, sentence):
    assert protect(**changed) == [sentence]


BASES = [
    # ended, day, court, stays -> on what the stay rests
    (True, 23, None, None, "ended"), (False, 1, None, None, "law"), (False, 1, None, True, "law"),
    (False, 0, None, None, "none"), (False, -1, None, None, "none"), (False, -1, None, False, "none"),
    (False, -1, None, True, "consent"), (False, -1, 5, None, "court"), (False, -1, 5, False, "court"),
    (False, -1, -1, None, "none"), (False, -1, 0, None, "none"), (False, -1, -1, True, "consent"),
    (False, None, None, None, "unknown"), (False, None, -1, None, "none"),
]  # fmt: skip


@pytest.mark.parametrize(("ended", "day", "court", "stays", "found"), BASES)
def test_on_what_a_stay_rests_hour_by_hour(ended, day, court, stays, found):
    def at(hours):
        return None if hours is None else AT + hours * HOUR

    told = {"ended_at": AT if ended else None, "day_ends_at": at(day), "court_ends_at": at(court)}
    assert rules.basis(**told, stays=stays, at=AT) == found


def test_the_court_grants_after_the_beginning_once_and_not_in_the_future():
    told = {"granted_at": AT, "until": None, "since": AT - HOUR, "granted": False, "ended": False, "at": AT}
    assert said(rules.court_problems(**told)) == []
    assert said(rules.court_problems(**told | {"granted_at": AT + HOUR})) == [rules.FUTURE_INSTANT]
    assert said(rules.court_problems(**told | {"granted_at": AT - 2 * HOUR})) == [rules.BEFORE_BEGINNING]
    assert said(rules.court_problems(**told | {"until": AT})) == [rules.BEFORE_BEGINNING]
    assert said(rules.court_problems(**told | {"granted": True})) == [rules.ALREADY_GRANTED]
    assert said(rules.court_problems(**told | {"ended": True})) == [rules.ALREADY_ENDED]


def test_the_answer_about_staying_is_given_while_protection_stands():
    told = {"on": TODAY, "since_on": TODAY, "ended": False, "today": TODAY}
    assert said(rules.stay_problems(**told)) == []
    assert said(rules.stay_problems(**told | {"since_on": TODAY + timedelta(days=1)})) == [rules.BEFORE_BEGINNING]
    assert said(rules.stay_problems(**told | {"ended": True})) == [rules.ALREADY_ENDED]


def test_protection_ends_once_in_a_known_way():
    told = {"ended_at": AT, "how": min(rules.ENDINGS), "since": AT - HOUR, "ended": False, "at": AT}
    assert said(rules.end_problems(**told)) == []
    assert said(rules.end_problems(**told | {"how": "vanished"})) == [rules.UNKNOWN_CODE]
    assert said(rules.end_problems(**told | {"ended": True})) == [rules.ALREADY_ENDED]


def test_rights_are_told_by_somebody_in_a_language_and_understood_somehow():
    told = {"rights": [min(packs.codes("right"))], "on": TODAY, "body": "police", "bodies": BODIES, "language": "mya",
            "understood": min(rules.UNDERSTANDINGS), "today": TODAY}  # fmt: skip
    assert said(rules.told_problems(**told)) == []
    for changed, sentence in (({"rights": []}, rules.NO_RIGHT), ({"rights": ["gold"]}, rules.UNKNOWN_RIGHT),
                              ({"language": ""}, rules.UNKNOWN_CODE), ({"understood": ""}, rules.UNKNOWN_CODE)):  # fmt: skip
        assert said(rules.told_problems(**told | changed)) == [sentence]


WISH = {"words": "อยากเริ่มเลย", "language": "mya", "understood": "interpreter", "person_languages": ["mya"]}


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({}, []), ({"understood": "shared"}, []), ({"language": "tha"}, []),
        ({"language": "tha", "understood": "shared"}, [ending.NOT_THEIR_LANGUAGE]),
        ({"language": "tha", "understood": "shared", "person_languages": []}, []),
        ({"understood": "neither"}, [ending.NEEDS_INTERPRETER]), ({"understood": ""}, [ending.NEEDS_INTERPRETER]),
        ({"language": ""}, [ending.NO_LANGUAGE]), ({"words": " "}, ["Write something."]),
    ],
)  # fmt: skip
def test_a_wish_needs_words_a_language_and_somebody_who_understood(changed, sentences):
    assert said(ending.wish_problems(**WISH | changed)) == sentences


PAIRS = [
    ({"social_worker"}, {"psychologist"}, True), ({"law_enforcement"}, {"shelter_staff"}, True),
    ({"lawyer"}, {"investigator"}, True), ({"coordinator"}, {"lawyer"}, True),
    ({"investigator", "social_worker"}, {"investigator"}, True),
    ({"social_worker"}, {"social_worker"}, False), ({"lawyer"}, {"lawyer"}, False),
    ({"law_enforcement"}, {"investigator"}, False), ({"law_enforcement"}, {"prosecutor"}, False),
    ({"coordinator"}, {"law_enforcement"}, False), ({"coordinator"}, set(), False), (set(), {"lawyer"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "holds"), PAIRS)
def test_two_disciplines_end_a_period_early_and_one_of_them_stands_beside_the_person(one, other, holds):
    assert ending.pair(one, other) is ending.pair(other, one) is holds


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({}, []), ({"witness": None, "theirs": set()}, [ending.NO_WITNESS]), ({"theirs": set()}, [ending.NO_WITNESS]),
        ({"witness": 1}, [ending.WITNESS_IS_SELF]), ({"theirs": {"social_worker"}}, [ending.NOT_THIS_PAIR]),
    ],
)  # fmt: skip
def test_a_witness_is_another_member_of_another_discipline(changed, sentences):
    told = {"by": 1, "witness": 2, "held": {"social_worker"}, "theirs": {"psychologist"}}
    assert said(ending.witness_problems(**told | changed)) == sentences


def test_time_ends_a_period_and_nobody_says_so_earlier():
    told = {"how": "left", "on": TODAY, "entered_on": TODAY - timedelta(days=3), "ended": False, "over": False,
            "waits": False, "today": TODAY}  # fmt: skip
    for changed, sentence in (
        ({"how": "ran_out"}, rules.UNKNOWN_CODE), ({"how": "tired"}, rules.UNKNOWN_CODE), ({"over": True}, rules.RAN_OUT),
        ({"ended": True}, rules.ALREADY_ENDED), ({"waits": True}, ending.END_WAITS),
        ({"on": TODAY - timedelta(days=4)}, rules.BEFORE_BEGINNING),
    ):  # fmt: skip
        assert said(ending.early_end_problems(**told | changed)) == [sentence]
    assert said(ending.early_end_problems(**told)) == []


def test_an_early_end_waits_three_days_for_its_witness_and_for_nobody_else():
    told = {"status": "proposed", "told_on": TODAY}
    assert [ending.end_waits(**told, today=TODAY + timedelta(days=n)) for n in (0, 3, 4)] == [True, True, False]
    assert ending.end_waits(**told | {"status": "refused"}, today=TODAY) is False
    answer = {"answer": "confirmed", "by": 2, "witness": 2, "waits": True, "ended": False}
    assert said(ending.end_answer_problems(**answer)) == []
    for changed, sentence in (({"by": 1}, ending.NOT_THE_WITNESS), ({"answer": ""}, rules.UNKNOWN_CODE),
                              ({"waits": False}, ending.END_ANSWERED), ({"ended": True}, rules.ALREADY_ENDED)):  # fmt: skip
        assert said(ending.end_answer_problems(**answer | changed)) == [sentence]


def test_a_look_lies_inside_the_period():
    told = {"wellbeing": "well", "needs": ["food"], "known_needs": {"food"}, "words": "", "ended_on": None, "today": TODAY}
    inside = {"on": TODAY, "entered_on": TODAY}
    assert said(rules.welfare_problems(**told, **inside)) == []
    assert said(rules.welfare_problems(**told, on=TODAY - timedelta(days=1), entered_on=TODAY)) == [rules.OUTSIDE_REFLECTION]
    assert said(rules.welfare_problems(**told | {"needs": ["gold"]}, **inside)) == [rules.UNKNOWN_CODE]
    assert said(rules.welfare_problems(**told | {"wellbeing": ""}, **inside)) == [rules.UNKNOWN_CODE]


@pytest.mark.parametrize(("adult", "sentences"), [("yes", []), ("no", [rules.CHILD_DUTY]), ("unknown", [rules.CHILD_DUTY])])
def test_a_child_or_somebody_who_may_be_one_cannot_be_counted_away(adult, sentences):
    told = {"on": TODAY, "province": "TH-57", "place": "immigration", "places": PLACES, "situation": "", "sex": "male",
            "refused": "all", "today": TODAY}  # fmt: skip
    assert said(rules.refusal_problems(adult=adult, **told)) == sentences
    assert said(rules.refusal_problems(adult=adult, **told | {"province": "", "situation": "moon"})) == [
        *sentences, rules.UNKNOWN_CODE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "shown"),
    [({"male": 5, "female": 7}, True), ({"male": 4, "female": 70}, False), ({"male": 9}, True), ({"male": 1}, False), ({}, True)],
)
def test_a_split_is_shown_only_where_no_part_of_it_is_small(parts, shown):
    assert (rules.safe_split(parts) is not None) is shown


def test_every_right_has_plain_words_in_both_languages_without_the_words_of_the_law():
    texts = notices.rights_texts(packs.codes("right"))
    assert len(texts) == 10
    for text in texts:
        assert text["text_en"], text
        assert text["text_th"], text
        assert len(str(text["text_en"])) < 260
        assert not {"section", "ATIP", "pursuant", "perpetrator"} & set(str(text["text_en"]).split())
        assert "มาตรา" not in str(text["text_th"])
