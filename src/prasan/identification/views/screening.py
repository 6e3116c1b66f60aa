"""The pages of stage 1: whom to ask by which form, the questions, and a screening read with its own form."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import check
from prasan.access.pages import act_page, replaced
from prasan.cases.queries import people as people_of
from prasan.packs import names
from prasan.packs.forms import label_in
from prasan.web.clock import now, today
from prasan.web.panel import no_longer
from prasan.web.values import language

from .. import panel, panel_of_reviews, queries
from ..actions import stages as actions
from ..forms.asking import initial_of
from ..forms.screening import Asking, BeginForm, ScreeningForm
from ..models import Screening
from ..queries_of_telling import form_of, told_before
from ..rules import forms as rules
from .protection import buttons, error_link

ACT = "identification.record_screening"
CORRECT = "identification.correct"


def _page(name: str, case: Any, **row: Any) -> str:
    return reverse(f"identification:{name}", kwargs={"case": case.code, **row})


def _begin(request: HttpRequest, case: Any, people: list[Any]) -> HttpResponse:
    """Whom to ask, in which situation and language; the form is suggested, and may be chosen."""
    chosen = "form" in request.GET
    initial = {name: request.GET.get(name, "") for name in ("person", "situation", "form", "asked")}
    form = BeginForm(request.GET if chosen else None, people=people, initial=initial)
    if chosen and form.is_valid():
        told = form.cleaned_data
        person = next(row.person for row in people if row.person.code == told["person"])
        code = told["form"] or rules.suggested(packs.forms(today()), person.age_group(today()), told["situation"])
        asked = told["asked"] or next((one for one in person.languages if one in rules.SPOKEN), "")
        query = {"person": person.code, "asked": asked, "situation": told["situation"], "with": code}
        return redirect(f"{request.path}?{urlencode(query)}")
    return render(request, "identification/screening_begin.html", {
        "title": _("Record a screening"), "caption": case.code, "form": form, "back_href": case.get_absolute_url(),
    }, status=200 if request.method == "GET" and not form.errors else 422)  # fmt: skip


def _asking(request: HttpRequest, people: list[Any], old: Screening | None) -> Asking | None:
    """Who is asked by which form: of a correction its own, else those in the address; None while not chosen."""
    if old is not None:
        code, asked, form = old.person.code, old.language, form_of(old)
    else:
        code, asked = request.GET.get("person", ""), request.GET.get("asked", "")
        found = packs.forms(today()).get(request.GET.get("with", ""))
        if found is None:
            return None
        form = found
    part = next((row for row in people if row.person.code == code), None)
    if part is None:
        raise Http404
    return Asking(form, part, asked, told_before(request.user, part.person, but=old))


def _initial(request: HttpRequest, asking: Asking, old: Screening | None, at: Any) -> dict[str, Any]:
    """What the page starts with: the day, the language and situation chosen; or all of what it corrects."""
    if old is None:
        group = asking.part.person.age_group(today())
        start = {"on": today(), "situation": request.GET.get("situation", ""), "language": asking.language}
        return start | ({"child_at_time": True} if group == "child" else {})
    kept = ("on", "discipline", "body", "place", "situation", "language", "interpreter", "needs", "enters_nrm")
    told = {name: getattr(old, name) for name in kept}
    told["child_at_time"] = "unknown" if old.child_at_time is None else old.child_at_time
    words = queries.screening_words(request.user, old, at, "correct") if request.method == "GET" else {}
    return told | initial_of(asking.form, old.answers, words)


@allow(ACT)
def record_screening(request: HttpRequest, *, case: Any) -> HttpResponse:
    """Stage 1: first whom and by which form, then its questions."""
    people, old, at = people_of(request.user, case), replaced(request, Screening, case=case), now()
    if old is not None:
        check(request.user, CORRECT, old)
    asking = _asking(request, people, old)
    if asking is None:
        return _begin(request, case, people)
    kept, form, here = old.form if old else None, asking.form, language()
    query = {"person": asking.part.person.code, "asked": asking.language}
    return act_page(
        request, ScreeningForm,
        lambda v: actions.record_screening(
            by=request.user, at=at, today=today(), replaces=old, **v, form=kept or form),
        act=ACT, title=_("Screening of %(person)s") % {"person": asking.part.person.code}, caption=case.code,
        done=lambda row: _page("screening", case, screening=row.pk),
        initial=_initial(request, asking, old, at), template="identification/screening_form.html",
        form_options={"asking": asking, "disciplines": actions.disciplines(request.user, case, ACT)},
        asked_by=f"{form.label(here)} {form.version}", hint=label_in(form.hints, here),
        spoken=_spoken(asking, here), age=panel_of_reviews.age_words(asking.part.person, today()), case=case,
        back_href=case.get_absolute_url(),
        other_form="" if old else f"{request.path}?{urlencode(query)}",
    )  # fmt: skip


def _spoken(asking: Asking, here: str) -> str:
    """A sentence on the language of the conversation, when it is another than the page's."""
    two = asking.spoken
    if not asking.language or two == here:
        return ""
    name = names.language(asking.language, here)
    count = sum(q.translated(two) for q in asking.form.questions) if two else 0
    if not count:
        text = _("No question of this form is written in %(language)s. Read it to the interpreter.")
        return text % {"language": name}
    if two in ("en", "th"):
        return ""
    return _(
        "%(count)s of %(all)s questions are written in %(language)s, not yet checked by a native speaker."
        " An interpreter says all of them."
    ) % {"count": count, "all": len(asking.form.questions), "language": name}


def _ways(viewer: Any, case: Any, row: Screening) -> list[Any]:
    """What may be done with a screening; with one that is not in force any more nothing but printing it."""
    printing = panel.act_link(viewer, "identification.view", case, _("Print for the file"),
                              _page("screening-paper", case, screening=row.pk))  # fmt: skip
    if not row.in_force:
        return [printing]
    propose = _page("propose-decision", case) + f"?person={row.person.code}"
    again = _page("record-screening", case) + f"?replaces={row.pk}"
    return [
        panel.act_link(viewer, "identification.propose_decision", case, _("Propose a decision"), propose),
        panel.act_link(viewer, CORRECT, case, _("Correct this screening"), again),
        printing,
        error_link(viewer, case, "screening", row),
    ]


@allow("identification.view", screening="identification.Screening")
def screening(request: HttpRequest, *, case: Any, screening: Screening) -> HttpResponse:
    """One screening: the indicators and the conclusion by rule first, then what was asked, in its own words."""
    words = queries.screening_words(request.user, screening, now())
    sections = [
        {"title": _("Screening"), "rows": panel.screening_rows(screening)},
        panel.indicator_section(screening),
        *panel.conclusion_sections(screening),
        *panel.answer_sections(screening, words),
    ]
    return render(request, "identification/screening.html", {
        "title": _("Screening of %(person)s") % {"person": screening.person.code}, "caption": case.code,
        "back_href": case.get_absolute_url(), "sections": sections, "screening": screening,
        "not_in_force": no_longer(screening),
        "actions": buttons(_ways(request.user, case, screening), first=screening.in_force),
    })  # fmt: skip
