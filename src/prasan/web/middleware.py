"""Adds the headers that keep a page out of every cache and a device out of the page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class Headers:
    """Stands outermost, so that errors, redirects and static files carry the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next step of the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with `no-store` on all but static files, and with the device features switched off."""
        response = self.get_response(request)
        static = "/" + str(settings.STATIC_URL).lstrip("/")
        if not request.path.startswith(static):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", FEATURES)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
