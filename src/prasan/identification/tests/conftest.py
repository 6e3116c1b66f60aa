"""Fixtures that only this room's tests use."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from prasan.identification.actions import field
from tests.cast import AT

from .intakes import entered, opened
from .phoning import Phone


@pytest.fixture
def own_addresses(settings: Any) -> None:
    """The room's own addresses alone."""
    settings.ROOT_URLCONF = "prasan.identification.tests.urls"


@pytest.fixture
def phone(world: Any) -> Phone:
    """A phone that was registered and paired."""
    cache.clear()
    Phone.client = Client()
    field.keep_forms(AT)
    return Phone(world)


@pytest.fixture
def event(world):
    """An intake of today, open."""
    return opened(world)


@pytest.fixture
def people(world, event):
    """An adult and a child of that intake."""
    return entered(world, event)
