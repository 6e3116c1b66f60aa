"""Hands every template the two languages, the frame to use and the way to this page in the other language."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, Any]:
    """Give `layout`, `language` and `language_items`; a swap of a fragment gets the frame without a head."""
    current = get_language() or settings.LANGUAGE_CODE
    return {
        "layout": "web/fragment.html" if getattr(request, "htmx", False) else "web/base.html",
        "language": current,
        "language_items": [_language(request, code, name, current) for code, name in settings.LANGUAGES],
    }


def _language(request: HttpRequest, code: str, name: str, current: str) -> dict[str, Any]:
    """Give one entry of the language switch, written in its own language."""
    entry: dict[str, Any] = {"text": str(name), "lang": code, "current": code == current}
    try:
        address = reverse("web:language", args=[code])
    except NoReverseMatch:
        return entry
    return {**entry, "href": f"{address}?{urlencode({'next': request.get_full_path()})}"}
