"""One search over what the viewer may see: codes, names, words."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.cases.models import Case, Participation
from prasan.people import queries
from prasan.plain.refs import check_code, tidy_code
from prasan.web.clock import now

from ..forms import SearchForm


def _by_code(text: str) -> Any:
    code = text.strip().upper()
    case = Case.objects.filter(code=code).first()
    if case is not None:
        return redirect("desk:case", case=case.code)
    tidy = tidy_code(text)
    if check_code(tidy):
        part = Participation.objects.filter(person__code=tidy, closed_as="").select_related("case", "person").first()
        if part is not None:
            return redirect("desk:person", case=part.case.code, person=tidy)
    return None


def people_found(viewer: Any, text: str) -> list[dict[str, Any]]:
    """Persons whose name comes near, by code, each with one of the viewer's cases to open it in."""
    found = queries.search_names(viewer, text, now())
    parts = Participation.objects.filter(person__in=[p for p, _score in found], closed_as="")
    first: dict[Any, Any] = {}
    for part in parts.select_related("case").order_by("since_on"):
        first.setdefault(part.person_id, part.case)
    return [{"person": p, "case": first[p.pk], "near": round(score * 100)} for p, score in found if p.pk in first]


@allow("desk.search")
def search(request: HttpRequest) -> HttpResponse:
    """The query travels by POST, because a name must not lie in an address."""
    text = request.POST.get("q", "").strip()[:200]
    context: dict[str, Any] = {"title": _("Search"), "form": SearchForm(request.POST or None), "asked": bool(text)}
    if text:
        direct = _by_code(text)
        if direct is not None:
            return direct  # type: ignore[no-any-return]
        from prasan.search.query import search as search_words

        context |= {"people": people_found(request.user, text), "hits": search_words(request.user, text, now())}
    return render(request, "desk/search.html", context)
