"""One shape for every form page: show, keep a draft, refuse with sentences, save once, go on."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from prasan import journal
from prasan.plain.problem import Refused

from . import drafts
from .allow import Changed
from .held import first_come

KEPT_KEYS = 20


def _draft_data(request: HttpRequest, path: str) -> tuple[Any, QueryDict | None]:
    found = drafts.kept(request.user, path) if path else None
    if found is None:
        return None, None
    data = QueryDict(mutable=True)
    for name, texts in found[1].items():
        data.setlist(name, texts)
    return found[0], data


def replaced(request: HttpRequest, model: type[Any], **place: Any) -> Any:
    """The row in force that `?replaces=` asks to correct, in this place and in the viewer's scope; None without it.

    Raises:
        Http404: it names no such row: absent, elsewhere and not yours are the same.
    """
    asked = request.GET.get("replaces")
    if not asked:
        return None
    try:
        return model.objects.get(pk=uuid.UUID(asked), closed_as="", **place)
    except (ValueError, model.DoesNotExist):
        raise Http404 from None


def act_page(
    request: HttpRequest,
    form_class: type[Any],
    do: Callable[[dict[str, Any]], Any],
    *,
    act: str,
    title: str,
    done: Callable[[Any], str] | str,
    said: Callable[[Any], str] | str = "",
    initial: dict[str, Any] | None = None,
    template: str = "web/form.html",
    form_options: dict[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show and process the form of one act.

    `do(values)` calls the action; its `Refused` problems appear beside their fields (status 422) and are
    journalled; `done` is where to go (a URL, or a function of the result). The hidden `key` makes a form
    that was sent twice count once. What was typed survives as a draft, except where `draft_url` is empty; it is
    shown again also when somebody else saved first (`Changed`, status 409).
    """
    options = form_options or {}
    place = request.get_full_path() if context.get("draft_url", "/drafts/") else ""
    shown = {"title": title, "act": act, "draft_url": "/drafts/", "draft_place": place, **context}
    if request.method != "POST":
        draft, data = _draft_data(request, place)
        form = form_class(initial={**(initial or {}), **_first(data)}, **options)
        return render(request, template, {**shown, "form": form, "draft": draft, "key": uuid.uuid4()})
    if place and "discard_draft" in request.POST:
        drafts.drop(request.user, place)
        return redirect(place)
    if place and "save_draft" in request.POST:
        drafts.keep(request.user, place, request.POST)
        messages.info(request, gettext("Your draft is kept. Only you can open it."))
        return redirect(place)
    key = request.POST.get("key", "")[:36]
    earlier = dict(request.session.get("done_keys", []))
    if key and key in earlier:
        return redirect(earlier[key])
    form = form_class(request.POST, request.FILES, initial=initial, **options)
    if form.is_valid():
        try:
            result = first_come(lambda: do(form.cleaned_data))
        except Changed:
            return _changed_page(request, form, place, shown.get("back_href", ""))
        except Refused as refused:
            form.add_problems(refused.problems)
            with transaction.atomic():
                journal.enter(by=request.user, act=act, outcome="refused")
        else:
            target = done(result) if callable(done) else done
            request.session["done_keys"] = [*list(earlier.items())[1 - KEPT_KEYS :], (key, target)]
            drafts.drop(request.user, place)
            messages.success(request, (said(result) if callable(said) else said) or gettext("Saved."))
            return redirect(target)
    if place:
        drafts.keep(request.user, place, request.POST)
    return render(request, template, {**shown, "form": form, "key": key or uuid.uuid4()}, status=422)


def _changed_page(request: HttpRequest, form: Any, place: str, look_href: str) -> HttpResponse:
    """Somebody else saved first: what was typed here is kept as the draft and shown, nobody else's words are."""
    kept = drafts.keep(request.user, place, request.POST) if place else None
    told = {"yours": form.entered(), "kept": kept, "reload_href": request.get_full_path(), "look_href": look_href}
    return render(request, "409.html", told, status=409)


def version_of(request: HttpRequest, row: Any) -> int:
    """The version of a row that the posted form was shown with; what is no number is no version at all."""
    posted = request.POST.get("version")
    if posted is None:
        return int(row.version)
    return int(posted) if posted.isdecimal() and len(posted) < 10 else 0


def _first(data: QueryDict | None) -> dict[str, Any]:
    """A draft as initial values: one value a field, a list where several were chosen."""
    if data is None:
        return {}
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in data.lists()}
