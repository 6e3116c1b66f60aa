"""Lets these tests run under the house's settings too, with the frame's own addresses and middleware."""

import pytest
from django.utils import translation

from prasan.web import preferences
from prasan.web.tests import settings as own


@pytest.fixture(autouse=True)
def _frame(settings):
    """Use the gallery's addresses, keep the session in the cookie, and leave the language as it was."""
    settings.ROOT_URLCONF = own.ROOT_URLCONF
    settings.TEMPLATES = own.TEMPLATES
    settings.MIDDLEWARE = [name for name in own.MIDDLEWARE if not name.startswith("allauth.usersessions")]
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.LANGUAGE_CODE = "en"
    token = preferences.digits.set(preferences.ARABIC)
    with translation.override("en"):
        yield
    preferences.digits.reset(token)
