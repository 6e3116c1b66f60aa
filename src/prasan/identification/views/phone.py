"""What a phone in the field loads and sends: a page that works without a network, and the way in for what is sealed."""

import hashlib
import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan import packs
from prasan.access.allow import allow
from prasan.vault import field as sealed
from prasan.web.clock import now, today
from prasan.web.csp import POLICY

from .. import queries_of_field as queries
from ..actions import field as actions
from ..rules.field import MOST_BYTES

# The page's own policy: one named Trusted Types policy, for the address of its worker and nothing else.
FIELD_POLICY = {**POLICY, "trusted-types": ["prasan-field"]}
ASSETS = (
    "dist/app.css", "dist/field.css", "dist/field.js", "dist/field-calendar.js", "dist/sarabun-thai-400.woff2",
    "dist/sarabun-thai-700.woff2", "dist/sarabun-latin-400.woff2", "dist/sarabun-latin-700.woff2", "web/plain.css",
    "web/blank.svg", "field/notebook.svg", "field/notebook-192.png", "field/notebook-512.png",
)  # fmt: skip
PAGES = ("app", "calendar")
TRIES, TRIES_OF_ALL, MINUTE = 20, 600, 60


@lru_cache(maxsize=1)
def shell_version() -> str:
    """The name of exactly these files: when it changes, phones fetch the page anew."""
    told = hashlib.sha256()
    for asset in ASSETS:
        found = finders.find(asset)
        told.update(Path(str(found)).read_bytes() if found else b"")
    for page in (*PAGES, "worker"):
        template: Any = get_template(f"identification/field_{page}.{'js' if page == 'worker' else 'html'}").template
        told.update(template.source.encode())
    return told.hexdigest()[:16]


@allow("identification.send_field")
@csp_override(FIELD_POLICY)
@require_safe
def app(request: HttpRequest) -> HttpResponse:
    """The page itself; what it shows is drawn on the phone."""
    return render(request, "identification/field_app.html")


@allow("identification.send_field")
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The neutral page of the quick exit, which works without a network too."""
    return render(request, "identification/field_calendar.html")


@allow("identification.send_field")
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: keeps the page, its style and its script for later, and nothing else."""
    shell = [reverse("identification:field-app"), reverse("identification:field-calendar"),
             reverse("identification:field-manifest"), *map(static, ASSETS)]  # fmt: skip
    context = {"version": shell_version(), "shell": json.dumps(shell)}
    return render(request, "identification/field_worker.js", context, content_type="text/javascript")


@allow("identification.send_field")
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What the phone's start screen shows: a neutral name and picture."""
    page = reverse("identification:field-app")
    icons: list[dict[str, str]] = [{"src": static("field/notebook.svg"), "sizes": "any", "type": "image/svg+xml"}]
    for size, purpose in ((192, "any"), (512, "any"), (512, "maskable")):
        source, sizes = static(f"field/notebook-{size}.png"), f"{size}x{size}"
        icons.append({"src": source, "sizes": sizes, "type": "image/png", "purpose": purpose})
    told = {
        "id": page, "start_url": page, "scope": page, "name": _("Notebook"), "short_name": _("Notebook"),
        "display": "standalone", "orientation": "portrait", "background_color": "#ffffff", "theme_color": "#083a40",
        "icons": icons,
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json")


@allow("identification.send_field")
@gzip_page
@require_safe
def content(request: HttpRequest) -> HttpResponse:
    """Texts and forms in both languages, the same for everybody: written once a day and content of the packs."""
    return HttpResponse(_content(packs.version(), today()), content_type="application/json")


@lru_cache(maxsize=2)
def _content(pack_version: str, on: date) -> bytes:
    return json.dumps(queries.phone_content(on), ensure_ascii=False).encode()


def _too_often(code: str) -> bool:
    """Whether too many codes were tried within a minute: of those that begin like this one, or altogether. Behind a
    proxy all phones come from one address, so addresses are not counted, and none is kept."""
    begins = hashlib.sha256(actions.tidy(code)[:4].encode()).hexdigest()
    return any([_count(f"field-pair:{begins}") > TRIES, _count("field-pair") > TRIES_OF_ALL])


def _count(place: str) -> int:
    cache.add(place, 0, MINUTE)
    try:
        return int(cache.incr(place))
    except ValueError:
        return 0


def _say(answer: actions.Answer) -> JsonResponse:
    response = JsonResponse({"why": answer.why}, status=answer.status)
    if answer.status == 429:
        response.headers["Retry-After"] = str(MINUTE)
    return response


@csrf_exempt
@allow("identification.send_field")
@require_POST
def pair(request: HttpRequest) -> HttpResponse:
    """A one-time code for a token. No cookie is read, so that no other page can act for a phone."""
    try:
        code = str(json.loads(request.body[:1000])["code"])[:40]
        if _too_often(code):
            return _say(actions.Answer(429, "slower"))
        device, token = actions.pair(code=code, at=now())
    except (ValueError, TypeError, KeyError):
        return _say(actions.Answer(400, "unusable"))
    except actions.Turned as turned:
        return _say(turned.answer)
    desk = {"th": device.desk.name_th, "en": device.desk.name_en}
    return JsonResponse({"token": token, "recipient": sealed.recipient(), "label": device.label, "desk": desk})


def _token(request: HttpRequest) -> str:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip()[:200] if kind == "Bearer" else ""


@allow("identification.send_field")
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Whether the phone is still welcome."""
    return _say(actions.may_send(token=_token(request), at=now()))


@csrf_exempt
@allow("identification.send_field")
@require_http_methods(["PUT"])
def inbox(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Take in one sealed form: 201 the first time, 200 for the same bytes again, 409 for others."""
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal():
        return _say(actions.Answer(411, "unusable"))
    if len(length) > 9 or int(length) > MOST_BYTES:
        return _say(actions.Answer(413, "too_big"))
    told = {"form": request.headers.get("X-Prasan-Form", ""),
            "form_digest": request.headers.get("X-Prasan-Form-Digest", "")}  # fmt: skip
    try:
        answer = actions.receive(token=_token(request), id=submission, content=request.body, at=now(), **told)
    except OperationalError as fault:
        if "full" not in str(fault) and "No space" not in str(fault):
            raise
        answer = actions.Answer(507, "full")
    return _say(answer)
