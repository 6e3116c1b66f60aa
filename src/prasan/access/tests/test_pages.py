"""The way into a page: sign-in, second factor, the declared act, the end of a session, drafts, lost updates."""

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.http import QueryDict
from django.test import Client, RequestFactory

from prasan.access import drafts
from prasan.access.allow import Changed, allow
from prasan.access.held import first_come
from prasan.access.middleware import declared_for
from prasan.access.models import Draft
from prasan.conf.operating import background
from prasan.journal.models import Line


def test_without_sign_in_every_page_leads_to_the_sign_in(world, client):
    answer = client.get(f"/cases/{world.case.code}/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")


def test_without_a_second_factor_only_enrolment_is_open(world, settings):
    settings.DEMO = False
    client = Client()
    client.force_login(world.mali, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/").headers["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code == 200


def test_the_demo_mark_in_a_session_means_nothing_outside_the_demo(world, sign_in, settings):
    client = sign_in(world.mali)
    assert client.get("/").status_code == 200
    settings.DEMO = False
    assert client.get("/").status_code == 302
    settings.DEMO, settings.DEMO_SIGN_IN = True, False
    assert client.get("/").status_code == 302


def test_a_session_ends_after_twelve_hours_whatever_happens(world, sign_in, settings):
    client = sign_in(world.mali)
    session = client.session
    session["began"] = int(time.time()) - settings.SESSION_ABSOLUTE_SECONDS - 1
    session.save()
    assert client.get("/").headers["Location"].startswith("/account/login/")


def test_a_page_without_a_declared_act_answers_403(world, sign_in):
    assert sign_in(world.mali).post("/account/signup/", {}).status_code == 403
    assert sign_in(world.mali).post("/account/password/reset/", {}).status_code == 403
    assert declared_for("account_signup") == ""
    assert declared_for("account_login") == "public"
    assert declared_for("mfa_index") == "signed_in"


def test_allauth_pages_of_ones_own_need_the_sign_in(client, db):
    assert client.get("/account/2fa/").status_code == 302


def test_a_denial_is_journalled_and_says_its_sentence(world, sign_in):
    before = Line.objects.filter(outcome="denied").count()
    page = sign_in(world.nok).get(f"/cases/{world.case.code}/team/new/")
    assert page.status_code == 403
    assert "This is for these disciplines" in page.content.decode()
    assert Line.objects.filter(outcome="denied").count() == before + 1


def test_a_refusal_is_journalled_and_stands_beside_its_field(world, sign_in):
    page = sign_in(world.dao).post(f"/cases/{world.case.code}/status/", {"status": "closed", "reason": " "})
    assert page.status_code == 422
    page = sign_in(world.dao).post(
        f"/cases/{world.case.code}/team/new/", {"staff": world.nok.pk, "discipline": "investigator", "reason": "x"}
    )
    assert "already on the team" in page.content.decode()
    assert Line.objects.filter(outcome="refused").exists()


def test_who_saved_first_wins_and_the_other_is_told(world, sign_in):
    form = {"title": "New title", "forms": ["forced_labour"], "mode": "online", "version": 1}
    client = sign_in(world.dao)
    address = f"/cases/{world.case.code}/change/"
    assert client.post(address, form).status_code == 302
    late = client.post(address, {**form, "title": "Other"})
    assert late.status_code == 409


def test_who_comes_second_gets_back_what_was_typed_and_finds_it_in_the_form(world, sign_in):
    form = {"title": "New title", "forms": ["forced_labour"], "mode": "online", "version": 1}
    client, address = sign_in(world.dao), f"/cases/{world.case.code}/change/"
    client.post(address, form)
    told = client.post(address, {**form, "title": "Words of the second"}).content.decode()
    assert "Words of the second" in told
    assert "Forced labour" in told, "what was chosen stands with its label"
    assert f'href="{address}"' in told
    again = client.get(address).content.decode()
    assert "Words of the second" in again
    assert 'name="version" value="2"' in again


def test_a_change_that_no_form_catches_is_told_with_a_page(world, settings):
    def late(_request):
        raise Changed

    settings.DEMO = settings.DEMO_SIGN_IN = True
    request = RequestFactory().post("/")
    request.user, request.session = world.mali, {"demo_sign_in": True}
    answer = allow("desk.my_day")(late)(request)
    assert answer.status_code == 409
    assert "changed" in answer.content.decode()


def test_what_a_unique_constraint_stops_is_a_change_and_other_failures_stay_failures(world):
    kept = drafts.keep(world.mali, "/x/", QueryDict("text=abc"))
    twin = {"staff_id": kept.staff_id, "place": kept.place, "sealed": kept.sealed}
    with pytest.raises(Changed):
        first_come(lambda: Draft.objects.create(**twin, at=kept.at))
    with pytest.raises(IntegrityError):
        first_come(lambda: Draft.objects.create(**twin | {"place": "another"}, at=None))


def test_nothing_is_kept_of_an_empty_or_absurdly_long_draft(world):
    assert drafts.keep(world.mali, "/x/", QueryDict("csrfmiddlewaretoken=abc")) is None
    assert drafts.keep(world.mali, "/x/", QueryDict("text=" + "a" * 200_001)) is None
    kept = drafts.keep(world.mali, "/x/", QueryDict("text=abc"))
    assert b"abc" not in bytes(Draft.objects.get(pk=kept.pk).sealed)
    assert drafts.kept(world.mali, "/x/")[1] == {"text": ["abc"]}
    assert drafts.kept(world.nok, "/x/") is None


def test_a_draft_is_dropped_with_the_row_that_its_address_names_last_whatever_is_asked(world):
    row, other = uuid4(), uuid4()
    for path in (f"/a/{row}/", f"/a/{row}/b/?form=x", f"/a/{other}/c/{str(row).upper()}/d/", f"/a/{row}", f"/a/{other}/?x={row}"):
        for staff in (world.mali, world.nok):
            drafts.keep(staff, path, QueryDict("text=abc"))
    assert str(row) not in str(list(Draft.objects.values_list("place", "about")))
    drafts.drop_everywhere(row)
    assert {draft.about for draft in Draft.objects.all()} == {drafts.token_of(other)}
    assert Draft.objects.count() == 2


def test_a_draft_that_nobody_went_on_with_for_thirty_days_is_gone_with_the_workers_round(world):
    kept = drafts.keep(world.mali, "/x/", QueryDict("text=abc"))
    drafts.expire(kept.at + timedelta(days=30))
    assert Draft.objects.count() == 1
    Draft.objects.update(at=datetime.now(UTC) - timedelta(days=31))
    background.tend()
    assert Draft.objects.count() == 0


def test_a_draft_is_kept_by_the_script_and_only_for_a_page_of_ours(world, sign_in):
    client = sign_in(world.mali)
    assert client.post("/drafts/", {"draft_place": "/x/", "text": "a"}).json() == {"kept": True}
    assert client.post("/drafts/", {"draft_place": "x", "text": "a"}).json() == {"kept": False}


def test_several_choices_of_a_draft_come_back_as_several(world, sign_in):
    client = sign_in(world.dao)
    address = f"/cases/{world.case.code}/change/"
    client.post(address, {"forms": ["forced_labour", "organ_removal"], "title": "x", "save_draft": "1"})
    page = client.get(address).content.decode()
    assert page.count("checked") >= 2

