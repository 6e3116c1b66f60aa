"""Fixtures shared by all tests: the fixed cast, a case, signed-in clients."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from prasan import vault
from prasan.people import queries
from prasan.vault import keys
from tests import cast
from tests.snapshot import laid_down


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file in the table of a test is named by its length: its bytes hold the second in which they were made."""
    return f"{argname} of {len(val)} bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """On PostgreSQL the whole suite works behind row-level security, as the application role."""
    from django.db import connection

    from prasan.access import rls

    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            rls.install(connection.settings_dict["USER"])


@pytest.fixture
def no_keys_left(db: None) -> None:
    """Nothing of an earlier test's keys and names is remembered."""
    keys._own_primitive.cache_clear()
    queries.forget_index()


@pytest.fixture
def instance_keys(no_keys_left: None) -> None:
    """The instance's own keys, as `init` makes them."""
    _with_keys(lambda: None)


def _with_keys[T](build: Callable[[], T]) -> T:
    for owner in (keys.INSTANCE, keys.TOKEN, keys.JOURNAL):
        vault.new_key(owner)
    return build()


@pytest.fixture(autouse=True)
def in_english() -> Any:
    """What is said outside a page is read in English; a page of an earlier test leaves no language behind."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def own_packs() -> Any:
    """A test that begins with our own packs and leaves nothing laid over them."""
    from prasan import packs

    packs.load()
    yield
    packs.load()


@pytest.fixture
def frozen() -> Any:
    """The day of the tests: 24 November 2026, 10:00 in Bangkok."""
    with time_machine.travel(cast.AT, tick=False) as traveller:
        yield traveller


def _with_a_case() -> cast.World:
    made = cast.make_cast()
    made.case = cast.make_case(made)
    made.survivor = cast.make_person(made, made.case)
    made.suspect = cast.make_person(made, made.case, "suspect", "นายต้องสงสัย", by="nok", gender="masculine")
    return made


@pytest.fixture
def world(no_keys_left: None, frozen: Any) -> cast.World:
    """The cast with one case, a survivor (`survivor`) and a suspect (`suspect`) as participations."""
    return laid_down("world", lambda: _with_keys(_with_a_case))


@pytest.fixture
def cast_only(no_keys_left: None, frozen: Any) -> cast.World:
    """The cast without any case."""
    return laid_down("cast", lambda: _with_keys(cast.make_cast))


@pytest.fixture
def sign_in(settings: Any) -> Callable[[Any], Client]:
    """A client signed in as a member of the cast (by the demo's switch, so without a second factor)."""
    settings.DEMO = settings.DEMO_SIGN_IN = True

    def client_of(staff: Any, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["demo_sign_in"] = True
        session.save()
        return client

    return client_of
