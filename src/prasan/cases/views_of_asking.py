"""Two pages: ask the team that may know a person, and answer another team's question."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.access.pages import act_page, version_of
from prasan.accounts.rules import DISCIPLINES
from prasan.people.rules import ATTACH_DAYS, ATTACH_REASONS, answer_problems
from prasan.plain.dates import local_day
from prasan.web.clock import now, today
from prasan.web.fields import sentence
from prasan.web.values import day, number

from . import queries_of_asking, rules
from .actions import asking
from .forms_of_asking import AnswerForm, AskForm
from .models import Case
from .views import person_page

STATES = {"passed_on": "blue", "attached": "green", "not_attached": "grey"}


@allow("cases.add_person")
def ask_attach(request: HttpRequest, *, case: Case) -> HttpResponse:
    """Ask whether somebody is known to another team; the page answers the same whoever is asked for."""
    words = {"passed_on": _("passed on"), "attached": _("attached"), "not_attached": _("not attached")}
    asked = [
        {"on": one.at, "reason": _(ATTACH_REASONS[one.reason]),
         "state": {"tag": words[one.state], "colour": STATES[one.state]}}
        for one in queries_of_asking.asked_by(request.user, case, now())
    ]  # fmt: skip
    here = reverse("cases:ask-attach", kwargs={"case": case.code})
    return act_page(
        request, AskForm,
        lambda v: asking.ask_attach(by=request.user, case=case, at=now(), today=today(), **v),
        act="cases.add_person", title=_("Ask for somebody known to another team"), caption=case.code, done=here,
        back_href=case.get_absolute_url(), said=_("Your question was passed on."), initial={"since_on": today()},
        template="cases/ask_attach.html", submit_text=_("Pass the question on"), asked=asked,
        asked_head=[{"key": "on", "text": _("Asked")}, {"key": "reason", "text": _("Reason")},
                    {"key": "state", "text": _("How it stands")}],
        lead=_("If another team works with somebody of this name, that team is asked. You are not told whether there "
               "is anybody: when they say yes, the person appears in your case. After %(days)s days without a yes "
               "it says “not attached”.") % {"days": number(ATTACH_DAYS)},
    )  # fmt: skip


@allow("people.answer_attach")
def answer_attach(request: HttpRequest, *, case: Case, person: Any, ask: str) -> HttpResponse:
    """Another team asks for a person of ours: who (discipline, agency), why, and what each answer does."""
    row = queries_of_asking.waiting_request(request.user, person, ask)
    if row is None:
        raise Http404
    own = row.made_by_id == request.user.pk
    problem = next(answer_problems(answer=row.answer, asked_at=row.made_at, at=now(), own=own), None)
    told = [
        {"label": _("Asked by"), "value": f"{_(DISCIPLINES[row.discipline])} · {row.made_by.agency.name}"},
        {"label": _("Reason"), "value": _(ATTACH_REASONS[row.reason])},
        {"label": _("Part there"), "value": _(rules.PARTS[row.part])},
        {"label": _("Asked"), "value": day(local_day(row.made_at))},
    ]
    version = version_of(request, row)
    return act_page(
        request, AnswerForm,
        lambda v: asking.answer_attach(by=request.user, request=row, case=case, version=version, at=now(),
                                       today=today(), yes=v["answer"] == "yes"),
        act="people.answer_attach", title=_("Another team asks for %(code)s") % {"code": person.code},
        caption=case.code, done=person_page(case, person), back_href=person_page(case, person), told=told,
        closed=sentence(problem) if problem else "", template="cases/answer_attach.html", version=row.version,
        said=_("Your answer is written down."), submit_text=_("Answer"),
    )  # fmt: skip
