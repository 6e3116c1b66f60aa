"""Care refuses what cannot be, and nothing else."""

import inspect
from datetime import date, timedelta

import pytest

from prasan import packs
from prasan.care import actions, forms, models, rules

TODAY = date(2026, 11, 24)


def stay(**changed):
    told = {
        "kind": "government", "since_on": TODAY, "place": "บ้านพัก", "consent_to_stay": True, "consent_on": TODAY,
        "phone_access": "free", "free_movement": "free", "limit_reason": "", "limit_review_on": None,
        "overlaps": False, "today": TODAY,
    }  # fmt: skip
    return [p.message for p in rules.stay_problems(**(told | changed))]


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({}, []),
        ({"consent_to_stay": None, "consent_on": None}, []),
        ({"consent_to_stay": False}, []),
        ({"consent_to_stay": False, "consent_on": None}, [rules.CONSENT_DAY]),
        ({"consent_on": TODAY + timedelta(days=1)}, [rules.CONSENT_FUTURE]),
        ({"kind": "moon"}, [rules.UNKNOWN_CODE]),
        ({"place": " "}, [rules.NO_PLACE]),
        ({"phone_access": "none"}, [rules.LIMITED_WHY]),
        ({"free_movement": "limited", "limit_reason": "ตามคำขอ"}, [rules.LIMITED_WHY]),
        ({"free_movement": "limited", "limit_reason": "ตามคำขอ", "limit_review_on": TODAY}, []),
        ({"limit_review_on": TODAY - timedelta(days=1)}, [rules.REVIEW_PAST]),
        ({"overlaps": True}, [rules.STILL_THERE]),
        ({"phone_access": "moon"}, [rules.UNKNOWN_CODE]),
    ],
)
def test_a_stay_asks_for_consent_and_for_the_reason_of_every_limit(changed, sentences):
    assert stay(**changed) == sentences


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        ({}, 0), ({"kind": "moon"}, 1), ({"outcome": "moon"}, 1), ({"what": " "}, 1), ({"words": "x" * 2001}, 1),
        ({"on": TODAY + timedelta(days=1)}, 1),
    ],
)  # fmt: skip
def test_a_service_says_what_it_was(changed, count):
    told = {"kind": "health", "outcome": "given", "what": "พบแพทย์", "words": "", "on": TODAY, "today": TODAY}
    assert len(list(rules.service_problems(**(told | changed)))) == count


@pytest.mark.parametrize(
    ("until_on", "ended", "because", "sentences"),
    [
        (TODAY, False, "own_wish", []),
        (TODAY - timedelta(days=4), False, "own_wish", [rules.ENDS_FIRST]),
        (TODAY, True, "own_wish", [rules.ALREADY_ENDED]),
        (TODAY, False, "escaped", [rules.UNKNOWN_CODE]),
    ],
)
def test_a_stay_ends_once_and_not_before_it_began(until_on, ended, because, sentences):
    found = rules.end_problems(
        since_on=TODAY - timedelta(days=3), until_on=until_on, ended=ended, because=because, today=TODAY
    )
    assert [p.message for p in found] == sentences


def test_nights_are_counted_between_the_days():
    assert rules.nights(TODAY, TODAY) == 0
    assert rules.nights(date(2026, 10, 30), date(2026, 11, 2)) == 3


def test_the_codes_are_those_of_the_pack():
    assert set(rules.SERVICE_KINDS) == packs.codes("support_plan")
    assert set(rules.SHELTER_KINDS) == packs.codes("shelter_kind")


def test_no_act_of_care_knows_of_cooperation_identification_or_gender():
    acts = (actions.record_service, actions.record_stay, actions.record_consent_to_stay, actions.end_stay)
    for act in acts:
        asked = " ".join(inspect.signature(act).parameters)
        for word in ("cooperat", "decision", "testif", "identified", "gender", "sex", "female"):
            assert word not in asked
    columns = {f.name for m in (models.Service, models.Stay) for f in m._meta.get_fields()}
    fields = {n for f in (forms.ServiceForm, forms.StayForm, forms.EndForm) for n in f.base_fields}
    assert not [n for n in columns | fields if "cooperat" in n or "gender" in n or "sex" in n]


def test_nothing_of_care_has_a_female_default():
    for model in (models.Service, models.Stay):
        assert not [f.name for f in model._meta.get_fields() if "fem" in str(getattr(f, "default", ""))]


@pytest.mark.parametrize(
    ("on", "ended", "sentences"),
    [
        (TODAY, False, []),
        (TODAY - timedelta(days=3), False, []),
        (TODAY, True, [rules.ALREADY_ENDED]),
        (TODAY + timedelta(days=1), False, [rules.CONSENT_FUTURE]),
        (TODAY - timedelta(days=4), False, [rules.CONSENT_EARLY]),
    ],
)
def test_an_answer_about_staying_lies_within_the_stay(on, ended, sentences):
    found = rules.consent_problems(on=on, since_on=TODAY - timedelta(days=3), ended=ended, today=TODAY)
    assert [p.message for p in found] == sentences
