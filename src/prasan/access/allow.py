"""`@allow("act")` is the one place that signs a view in, opens the viewer's scope and fetches what the URL names."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from prasan import journal
from prasan.accounts.rules import DISCIPLINES

from .check import Denied, check, now, reading
from .scoping import viewing
from .table import ACTS

View = Callable[..., HttpResponse]
# A person under a case's address must take part in that case: codes of two cases are never mixed.
WITHIN = {("case", "person"): ("cases.Participation", "case", "person__code")}
ROOTS = {
    "case": ("cases.Case", "code"), "person": ("people.Person", "code"), "lead": ("leads.Lead", "code"),
    "intake": ("identification.Intake", "code"),
}  # fmt: skip


class Changed(Exception):
    """Somebody saved this record after it was opened here: show the page that says so."""


def _fetch(name: str, value: Any, label: str, parent: models.Model | None) -> models.Model:
    """One object of the URL: a root by its code, a child by its id *through* its scoped parent."""
    if name in ROOTS and not label:
        label, key = ROOTS[name]
        rule = WITHIN.get((parent._meta.model_name, name)) if parent is not None else None
        if rule is not None:
            link, parent_field, own = rule
            apps.get_model(link).objects.filter(closed_as="", **{parent_field: parent, own: value})[:1].get()
        return apps.get_model(label).objects.get(**{key: value})  # type: ignore[no-any-return]
    model = apps.get_model(label)
    where = {"pk": value}
    if parent is not None:
        where[parent._meta.model_name] = parent  # type: ignore[index]
    return model.objects.get(**where)  # type: ignore[no-any-return, attr-defined]


def fetch_all(kwargs: dict[str, Any], children: dict[str, str]) -> dict[str, Any]:
    """Replace the codes and ids of a URL by their rows; "absent" and "not yours" both raise Http404."""
    parent, fetched = None, dict(kwargs)
    try:
        for name in [n for n in ROOTS if n in kwargs] + [n for n in children if n in kwargs]:
            fetched[name] = _fetch(name, kwargs[name], children.get(name, ""), parent)
            parent = parent or fetched[name]
    except (ObjectDoesNotExist, ValidationError, ValueError):
        raise Http404 from None
    return fetched


def denied_page(request: HttpRequest, denied: Denied) -> HttpResponse:
    """Journal the denial in its own transaction, then say the sentence."""
    with transaction.atomic():
        journal.enter(by=request.user, act=denied.act or "unknown", outcome="denied")
    params = dict(denied.params)
    if "disciplines" in params:
        params["disciplines"] = ", ".join(gettext(DISCIPLINES[d]) for d in params["disciplines"].split(", "))
    of_case = denied.act in ACTS and ACTS[denied.act].scope == "case"
    context = {"reason": gettext(denied.reason) % params, "of_case": of_case}
    return render(request, "403.html", context, status=403)


def missing_page(request: HttpRequest, act: str) -> HttpResponse:
    """The same page, line and status for what is absent and what is not yours."""
    with transaction.atomic():
        journal.enter(by=request.user, act=act, outcome="denied", why="not_found")
    return render(request, "404.html", status=404)


def _second_factor_missing(request: HttpRequest) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    if settings.DEMO and settings.DEMO_SIGN_IN and request.session.get("demo_sign_in"):
        return False
    return not is_mfa_enabled(request.user)


def _object_of(fetched: dict[str, Any], children: dict[str, str]) -> models.Model | None:
    for name in ("case", "lead", "intake", "person", *children):
        if isinstance(fetched.get(name), models.Model):
            return fetched[name]  # type: ignore[no-any-return]
    return None


def allow(act: str, **children: str) -> Callable[[View], View]:
    """Declare the act of a view, and which models its further URL parts are (`charge="justice.Charge"`).

    The view receives rows, not ids: `case`, `person` and `lead` by their codes, children through the first
    of these. A view without this decorator answers 403 and fails a house test.
    """
    row = ACTS[act]

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if row.scope == "public":
                return view(request, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if _second_factor_missing(request):
                return redirect("mfa_index")
            try:
                only_reads = request.method in {"GET", "HEAD"}
                with viewing(request.user, now()), reading() if only_reads else nullcontext():
                    if row.scope in {"organisation", "self"} or not (set(kwargs) & set(ROOTS)):
                        check(request.user, act, None)
                    fetched = fetch_all(kwargs, children)
                    target = _object_of(fetched, children)
                    if target is not None and row.scope in {"case", "intake"}:
                        check(request.user, act, target)
                    return view(request, **fetched)
            except Denied as denied:
                denied.act = denied.act or act
                return denied_page(request, denied)
            except Http404:
                return missing_page(request, act)
            except Changed:
                return render(request, "409.html", status=409)

        guarded.act = act  # type: ignore[attr-defined]
        guarded.children = children  # type: ignore[attr-defined]
        return guarded

    return decorate
