"""What is refused of a person's details and of a consent: the rules alone."""

from datetime import date

import pytest

from prasan.people import rules
from prasan.plain.birth import PartialDate

TODAY = date(2026, 11, 24)
GOOD = {"names": [("original", "ดาว")], "name_unknown": False, "gender": "feminine", "birth": None, "today": TODAY}
CONSENT = {"purpose": "services", "given_on": TODAY, "expires_on": None, "agency": None, "today": TODAY}


def said(**changes):
    return [(p.field, p.message) for p in rules.problems(**(GOOD | changes))]


def of_consent(**changes):
    return [(p.field, p.message) for p in rules.consent_problems(**(CONSENT | changes))]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"names": [], "name_unknown": True},
        {"names": [("alias", "x" * 200)]},
        {"gender": "non_specified_unknown"},
        {"birth": PartialDate(2026)},
        {"birth": PartialDate(1907)},
    ],
)
def test_what_can_be_true_of_a_person_is_taken(changes):
    assert said(**changes) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"names": []}, ("name", rules.NO_NAME)),
        ({"names": [("original", " \u200b ")]}, ("name", rules.NO_NAME)),
        ({"names": [("original", "x" * 201)]}, ("name", rules.NAME_TOO_LONG)),
        ({"gender": ""}, ("gender", rules.NO_GENDER)),
        ({"gender": "female"}, ("gender", rules.NO_GENDER)),
        ({"birth": PartialDate(2026, 11, 25)}, ("birth", rules.BORN_LATER)),
        ({"birth": PartialDate(1880)}, ("birth", rules.TOO_OLD)),
    ],
)
def test_each_slip_in_a_person_s_details_is_refused_beside_its_field(changes, found):
    assert said(**changes) == [found]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"expires_on": TODAY},
        {"purpose": "sharing_with_agency", "agency": object()},
        {"given_on": date(2020, 1, 1), "expires_on": date(2021, 1, 1)},
    ],
)
def test_a_consent_that_is_specific_and_limited_is_taken(changes):
    assert of_consent(**changes) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"given_on": date(2026, 11, 25)}, ("given_on", rules.CONSENT_LATER)),
        ({"expires_on": date(2026, 11, 23)}, ("expires_on", rules.EXPIRY_PAST)),
        ({"purpose": "sharing_with_agency"}, ("agency", rules.NEEDS_AGENCY)),
    ],
)
def test_a_consent_of_the_future_or_without_its_agency_is_refused(changes, found):
    assert of_consent(**changes) == [found]
