"""The frame of every page: languages, the way out, headers, and markup that the policy allows."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.template.loader import get_template
from django.test import Client

import prasan.web
from prasan.web import views

HOME = Path(prasan.web.__file__).parent
PAGES = ["/", "/form/", "/list/", "/empty/", "/detail/", "/card/", "/conflict/", "/refused/", "/nowhere/"]
TEMPLATES = sorted((HOME / "templates").rglob("*.html"))


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("code", ["en", "th"])
def test_every_page_has_one_heading_a_main_part_both_languages_and_the_way_out(path, code):
    body = Client(headers={"accept-language": code}).get(path).content.decode()
    assert body.count("<h1") == 1
    assert f'<html lang="{code}"' in body
    assert 'id="main"' in body
    assert 'class="govuk-exit-this-page' in body
    assert 'href="/leave/"' in body
    other = {"en": "th", "th": "en"}[code]
    assert f'href="/language/{other}/?next=' in body
    assert f'aria-current="true" lang="{code}"' in body


@pytest.mark.parametrize("path", PAGES)
def test_no_page_carries_a_style_or_a_handler_or_another_host(visitor, path):
    body = visitor.get(path).content.decode()
    assert not re.search(r"\sstyle\s*=", body)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", body)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', body)
    assert "crown" not in body.lower()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_template_compiles_and_is_free_of_inline_style(template):
    get_template(str(template.relative_to(HOME / "templates")))
    text = template.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|\|safe|data:", text)


def test_a_page_is_kept_by_no_cache_and_guarded_by_the_policy(visitor):
    answer = visitor.get("/form/")
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'; trusted-types htmx" in policy
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    assert f'nonce="{nonce}"' in answer.content.decode()


def test_the_language_switch_sets_the_cookie_and_returns_to_our_page(visitor, settings):
    answer = visitor.get("/language/th/?next=/list/%3Fpage%3D2")
    assert answer.headers["Location"] == "/list/?page=2"
    assert visitor.cookies[settings.LANGUAGE_COOKIE_NAME].value == "th"
    assert 'lang="th" class="govuk-template"' in visitor.get("/list/").content.decode()


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_language_switch_leads_to_no_other_site(visitor, away):
    assert visitor.get("/language/en/", {"next": away}).headers["Location"] == "/"


def test_an_unknown_language_is_not_found(visitor):
    assert visitor.get("/language/xx/").status_code == 404


def test_leaving_ends_the_session(rf):
    request = rf.get("/leave/")
    request.session = SessionStore()
    request.session["mark"] = "kept"
    request.user = AnonymousUser()
    views.leave(request)
    assert "mark" not in request.session


def test_the_page_of_leaving_is_kept_nowhere_and_names_nothing_of_ours(visitor):
    answer = visitor.get("/leave/")
    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Cache-Control"] == "no-store"
    body = answer.content.decode()
    assert "Prasan" not in body
    assert "ประสาน" not in body


def test_the_sign_of_life_says_ok_and_nothing_else(visitor):
    assert visitor.get("/health/").content == b"ok"


@pytest.mark.parametrize("view", [views.language, views.leave, views.health])
def test_every_open_page_declares_that_it_is_open(view):
    assert view.act == "public"


def test_the_page_of_a_failure_needs_no_context():
    body = get_template("500.html").render({})
    assert "Something failed" in body
    assert "ระบบขัดข้อง" in body


def test_the_page_of_a_conflict_shows_what_was_entered(visitor):
    answer = visitor.get("/conflict/")
    assert answer.status_code == 409
    assert "Someone saved a newer version" in answer.content.decode()
    assert "Ranong" in answer.content.decode()


def test_the_page_of_a_denial_shows_the_sentence(visitor):
    assert "You are not in the team of this case." in visitor.get("/refused/").content.decode()


def test_the_built_files_are_present_and_light_and_name_their_licences():
    import gzip

    dist = HOME / "static" / "dist"
    weight = sum(
        len(path.read_bytes() if path.suffix == ".woff2" else gzip.compress(path.read_bytes()))
        for path in dist.iterdir()
        if path.suffix in {".css", ".js", ".woff2"} and not path.name.startswith(("field", "noto"))  # loaded on those pages alone
    )
    assert 40_000 < weight <= 130 * 1024
    licences = (dist / "LICENCES.txt").read_text("utf-8")
    for part in ("govuk-frontend", "@ministryofjustice/frontend", "htmx.org", "@fontsource/sarabun"):
        assert part in licences
    assert "sessionStorage" not in (dist / "app.js").read_text("utf-8")
    assert "localStorage" not in (dist / "app.js").read_text("utf-8")
