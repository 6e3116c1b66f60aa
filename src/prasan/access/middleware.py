"""Each request: the viewer's language and digits, the two ends of a session, no caching of case pages."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from prasan.web.preferences import digits

from .table import ACTS

# allauth's own pages, by the act that stands for them; every other view declares its own with @allow.
ALLAUTH_PUBLIC = ("account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn")
ALLAUTH_OWN = (
    "account_change_password", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "usersessions_list",
)  # fmt: skip


SEEN_EVERY = 60  # seconds


class SignedIn:
    """Applies what was said above, and answers 403 where a view declared no act."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._too_old(request):
            logout(request)
            return redirect(settings.LOGIN_URL)
        if request.user.is_authenticated:
            digits.set(request.user.digits)
            if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = translation.get_language()
            self._still_here(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        act = getattr(view, "act", None) or declared_for(name or "")
        if act not in ACTS:
            return render(request, "403.html", {"reason": ""}, status=403)
        if act == "signed_in" and not request.user.is_authenticated:
            return redirect(settings.LOGIN_URL)
        return None

    @staticmethod
    def _still_here(request: HttpRequest) -> None:
        """Renew the session and its line under "where you are signed in", at most once a minute: so a page that
        only reads neither waits for the disk nor for a writer. The idle end may come a minute early, never late."""
        if time.time() - request.session.get("seen", 0) >= SEEN_EVERY:
            request.session["seen"] = int(time.time())
            UserSession.objects.create_from_request(request)

    @staticmethod
    def _too_old(request: HttpRequest) -> bool:
        began = request.session.setdefault("began", int(time.time()))
        return bool(time.time() - began > settings.SESSION_ABSOLUTE_SECONDS)


def declared_for(name: str) -> str:
    """The act of one of allauth's views; "" for any other."""
    if name in ALLAUTH_PUBLIC:
        return "public"
    return "signed_in" if name in ALLAUTH_OWN else ""

