"""Staff acts: invitation, disciplines, suspension, and the ceremony for a lost second factor."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from prasan.access import actions
from prasan.access.check import Denied
from prasan.accounts.models import Staff
from prasan.plain.problem import Refused
from tests.cast import AT, TODAY


def invite(world, **changes):
    told = {"username": "Nida", "name": "Nida", "agency": world.agencies["own"], "disciplines": ["lawyer"]} | changes
    return actions.invite_staff(by=world.ubon, at=AT, today=TODAY, **told)


def test_an_invitation_is_used_once_and_expires(cast_only):
    staff, token = invite(cast_only)
    assert staff.username == "nida"
    assert not staff.has_usable_password()
    assert actions.open_invitation(token, AT + timedelta(days=8)) is None
    actions.accept_invitation(token=token, password="แม่น้ำโขงตอนเช้า", at=AT)
    with pytest.raises(Refused):
        actions.accept_invitation(token=token, password="แม่น้ำโขงตอนเช้า", at=AT)
    assert Staff.objects.get(pk=staff.pk).check_password("แม่น้ำโขงตอนเช้า")


@pytest.mark.parametrize("changes", [{"username": "NOK"}, {"username": ""}, {"name": " "}, {"disciplines": []},
                                     {"disciplines": ["spy"]}])  # fmt: skip
def test_a_bad_invitation_is_refused(cast_only, changes):
    with pytest.raises(Refused):
        invite(cast_only, **changes)


def test_only_the_administrator_invites(cast_only):
    with pytest.raises(Denied):
        actions.invite_staff(by=cast_only.dao, username="x", name="x", agency=None, disciplines=[], at=AT, today=TODAY)


def test_a_new_link_replaces_a_lost_password(cast_only):
    token = actions.invite_again(by=cast_only.ubon, staff=cast_only.nok, at=AT)
    assert actions.open_invitation(token, AT).staff == cast_only.nok


def test_disciplines_change_from_today(cast_only):
    actions.change_disciplines(by=cast_only.ubon, staff=cast_only.nok, disciplines=["trainer"], today=TODAY)
    assert cast_only.nok.disciplines == {"trainer"}
    assert cast_only.nok.held.filter(discipline="investigator", until_on=TODAY).exists()
    with pytest.raises(Refused):
        actions.change_disciplines(by=cast_only.ubon, staff=cast_only.nok, disciplines=[], today=TODAY)


def test_anybody_suspends_and_another_lets_back_in(cast_only):
    actions.suspend(by=cast_only.mali, staff=cast_only.nok, at=AT)
    assert not Staff.objects.get(pk=cast_only.nok.pk).is_active
    with pytest.raises(Denied):
        actions.resume(by=cast_only.mali, staff=cast_only.nok, at=AT)
    actions.resume(by=cast_only.dao, staff=cast_only.nok, at=AT)
    assert Staff.objects.get(pk=cast_only.nok.pk).is_active
    with pytest.raises(Refused):
        actions.suspend(by=cast_only.mali, staff=cast_only.mali, at=AT)


def test_a_lost_second_factor_needs_two_people_of_different_disciplines(cast_only):
    Authenticator.objects.create(user=cast_only.nok, type="totp", data={})
    reset = actions.ask_factor_reset(by=cast_only.ubon, staff=cast_only.nok, at=AT)
    for same in (cast_only.ubon, cast_only.nok):
        with pytest.raises(Refused):
            actions.confirm_factor_reset(by=same, reset=reset, at=AT)
    assert Authenticator.objects.filter(user=cast_only.nok).exists()
    actions.confirm_factor_reset(by=cast_only.mali, reset=reset, at=AT)
    assert not Authenticator.objects.filter(user=cast_only.nok).exists()
    with pytest.raises(Refused):
        actions.confirm_factor_reset(by=cast_only.mali, reset=reset, at=AT)
    with pytest.raises(Refused):
        actions.ask_factor_reset(by=cast_only.ubon, staff=cast_only.ubon, at=AT)
