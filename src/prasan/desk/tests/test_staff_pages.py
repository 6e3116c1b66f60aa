"""Pages about colleagues: suspended, let back in, invited, a lost second factor, cases without a lead, one's own."""

import pytest
from django.test import Client

from prasan.access import actions
from prasan.accounts.models import FactorReset, Staff
from prasan.cases.models import Handover
from prasan.cases.tests import acts
from tests.cast import AT, TODAY

PASSWORD = "แม่น้ำโขงตอนเช้าเย็น"


def invited(world):
    return actions.invite_staff(by=world.ubon, username="nida", name="Nida", agency=world.agencies["own"],
                                disciplines=["lawyer"], at=AT, today=TODAY)  # fmt: skip


def test_anybody_suspends_a_colleague_at_once_and_the_coordinator_lets_back_in(world, sign_in):
    nok, mali, dao = (sign_in(world.staff[n]) for n in ("nok", "mali", "dao"))
    assert nok.get("/").status_code == 200
    assert "Nok" in mali.get("/colleagues/").content.decode()
    page = mali.post(f"/colleagues/{world.nok.pk}/suspend/", follow=True)
    assert "The account is suspended." in page.content.decode()
    assert nok.get("/").headers["Location"].startswith("/account/login/")
    assert mali.post(f"/colleagues/{world.nok.pk}/resume/").status_code == 403
    assert "open again" in dao.post(f"/colleagues/{world.nok.pk}/resume/", follow=True).content.decode()
    assert Staff.objects.get(pk=world.nok.pk).is_active


def test_nobody_suspends_the_own_account_and_a_colleague_who_is_not_there_is_not_found(world, sign_in):
    client = sign_in(world.mali)
    page = client.post(f"/colleagues/{world.mali.pk}/suspend/", follow=True)
    assert actions.NOT_YOURSELF in page.content.decode()
    assert client.post("/colleagues/999999/suspend/").status_code == 404
    assert Staff.objects.get(pk=world.mali.pk).is_active


def test_suspending_says_first_what_happens_and_changes_nothing_until_it_is_sent(world, sign_in):
    client, address = sign_in(world.mali), f"/colleagues/{world.nok.pk}/suspend/"
    assert f'href="{address}"' in client.get("/colleagues/").content.decode()
    page = client.get(address).content.decode()
    for told in ("Suspend Nok?", "signed out everywhere", "let it back in", 'method="post"'):
        assert told in page
    assert Staff.objects.get(pk=world.nok.pk).is_active
    assert client.get("/colleagues/999999/suspend/").status_code == 404


def test_an_invited_colleague_sets_a_password_and_goes_on_to_the_second_factor(world):
    staff, token = invited(world)
    client, address = Client(headers={"accept-language": "en"}), f"/join/{token}/"
    assert client.get(address).status_code == 200
    for bad, again in (("short", "short"), (PASSWORD, PASSWORD + "x"), (PASSWORD, ""), ("", "")):
        assert client.post(address, {"password": bad, "again": again}).status_code == 422
        assert not Staff.objects.get(pk=staff.pk).has_usable_password()
    answer = client.post(address, {"password": PASSWORD, "again": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/")
    assert Staff.objects.get(pk=staff.pk).check_password(PASSWORD)
    assert client.get("/cases/").headers["Location"] == "/account/2fa/"
    client.get("/language/en/")
    why = client.get("/account/2fa/").content.decode()
    steps = [why.index(step) for step in ("Do this first", "1. Authenticator app", "2. Passkey", "3. Recovery codes")]
    assert steps == sorted(steps)
    assert Client().get(address).status_code == 404
    assert Client().get("/join/no-such-token/").status_code == 404


def test_the_secret_of_an_invitation_that_still_stands_is_never_logged(world, caplog):
    _staff, token = invited(world)
    short, wrong = Client().post(f"/join/{token}/", {"password": "short"}), Client().post(f"/join/{token}/x/")
    guarded = Client(enforce_csrf_checks=True).post(f"/join/{token}/", {"password": PASSWORD})
    assert (short.status_code, wrong.status_code, guarded.status_code) == (422, 404, 403)
    assert {record.name for record in caplog.records} >= {"django.request", "django.security.csrf"}
    assert caplog.text.count("/join/…") >= 3
    assert token not in caplog.text


def test_nobody_is_offered_a_way_back_by_mail(world, sign_in):
    world.mali.set_password(PASSWORD)
    world.mali.save()
    client = sign_in(world.mali)
    for address in ("/account/password/change/", "/account/reauthenticate/"):
        page = client.get(address).content.decode()
        assert 'type="password"' in page
        assert "/account/password/reset/" not in page
    assert "/account/password/reset/" not in Client().get("/account/login/").content.decode()


def test_a_lost_link_is_replaced_and_shown_once(world, sign_in):
    client = sign_in(world.ubon)
    answer = client.post(f"/staff/{world.nok.pk}/invite-again/")
    assert "/join/" in answer.content.decode()
    assert "messages" not in client.cookies
    assert not [1 for value in client.session.values() if "/join/" in str(value)]
    assert "/join/" not in client.get("/staff/").content.decode()


def test_disciplines_are_changed_on_their_page(world, sign_in):
    client, address = sign_in(world.ubon), f"/staff/{world.nok.pk}/disciplines/"
    assert "Disciplines of Nok" in client.get(address).content.decode()
    assert client.post(address, {"disciplines": ["trainer"]}).status_code == 302
    assert Staff.objects.get(pk=world.nok.pk).disciplines == {"trainer"}
    assert client.post(address, {}).status_code == 422
    assert client.get("/staff/999999/disciplines/").status_code == 404


def test_a_lost_second_factor_is_asked_by_one_and_confirmed_by_another(world, sign_in):
    admin = sign_in(world.ubon)
    assert "second person" in admin.post(f"/staff/{world.nok.pk}/reset-factor/", follow=True).content.decode()
    reset = FactorReset.objects.get()
    address = f"/staff/resets/{reset.pk}/confirm/"
    assert "second person of another discipline" in admin.post(address, follow=True).content.decode()
    reset.refresh_from_db()
    assert reset.confirmed_at is None
    assert sign_in(world.mali).post(address).status_code == 302
    reset.refresh_from_db()
    assert reset.confirmed_by == world.mali
    assert admin.post("/staff/resets/999999/confirm/").status_code == 404


def test_a_case_that_nobody_leads_shows_as_a_code_and_is_handed_over_by_two(world, sign_in):
    dao, ubon = sign_in(world.dao), sign_in(world.ubon)
    assert world.case.code not in dao.get("/orphans/").content.decode()
    assert dao.get(f"/orphans/{world.case.code}/handover/").status_code == 404
    acts.orphaned(world)
    listed = ubon.get("/orphans/").content.decode()
    assert world.case.code in listed
    assert world.case.title not in listed
    address = f"/orphans/{world.case.code}/handover/"
    assert dao.get(address).status_code == 200
    assert dao.post(address, {"staff": world.kwan.pk, "discipline": "lawyer"}).status_code == 422
    assert dao.post(address, {"staff": world.kwan.pk, "discipline": "trainer"}).status_code == 302
    row = Handover.objects.get()
    assert world.case.code in ubon.get("/orphans/").content.decode()
    assert "second person" in dao.post(f"/orphans/{row.pk}/confirm/", follow=True).content.decode()
    page = ubon.post(f"/orphans/{row.pk}/confirm/", follow=True).content.decode()
    assert "lead member again" in page
    assert sign_in(world.kwan).get(f"/cases/{world.case.code}/").status_code == 200
    assert sign_in(world.nok).get("/orphans/").status_code == 403
    absent = "/orphans/00000000-0000-0000-0000-000000000000/confirm/"
    assert ubon.post(absent).status_code == 404


def test_ones_own_language_and_digits_are_kept(world, sign_in):
    client = sign_in(world.mali)
    assert client.get("/settings/").status_code == 200
    assert client.post("/settings/", {"language": "th", "digits": "thai"}).status_code == 302
    mali = Staff.objects.get(pk=world.mali.pk)
    assert (mali.language, mali.digits) == ("th", "thai")
    assert client.post("/settings/", {"language": "xx", "digits": "thai"}).status_code == 422


def test_the_demo_s_door_lists_the_cast_and_lets_one_in(world, settings, client):
    settings.DEMO = settings.DEMO_SIGN_IN = True
    assert "Mali" in client.get("/cast/", headers={"accept-language": "en"}).content.decode()
    for nobody in ("999999", "0", "mali", ""):
        assert client.post("/cast/", {"staff": nobody}).status_code == 404
    assert client.post("/cast/", {"staff": world.mali.pk}).status_code == 302
    assert client.get(f"/cases/{world.case.code}/").status_code == 200


@pytest.mark.parametrize(("demo", "sign_in"), [(True, False), (False, True), (False, False)])
def test_the_demo_s_door_needs_both_settings(cast_only, settings, client, demo, sign_in):
    settings.DEMO, settings.DEMO_SIGN_IN = demo, sign_in
    assert client.post("/cast/", {"staff": cast_only.mali.pk}).status_code == 404
    assert client.get("/").status_code == 302
