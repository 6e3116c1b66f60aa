"""The list of cases and the page of one case, composed of what each discipline offers."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import Denied, case_access, may, partitions_of
from prasan.access.opening import NOT_YOUR_PART
from prasan.accounts.rules import DISCIPLINES
from prasan.cases import queries, rules
from prasan.cases.models import Case
from prasan.web.clock import now, today
from prasan.web.panel import Panel
from prasan.web.values import language, money_kept

from .. import rooms, showing_time
from ..forms import CaseFilter, ErrorForm
from . import telling

STATUS_COLOURS = {"active": "green", "follow_up": "blue", "closed": "grey", "closed_referred": "grey"}


@allow("desk.list_cases")
def case_list(request: HttpRequest) -> HttpResponse:
    """The viewer's cases with filters; nobody else's exist here."""
    form = CaseFilter(request.GET or None)
    filters = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = queries.page_of(queries.my_cases(request.user, **filters), request.GET.get("page"))
    rows = [
        {
            "code": case.code,
            "title": case.title,
            "form": packs.label("exploitation_form", case.form, language()),
            "province": packs.label("province", case.province, language()) if case.province else "",
            "opened_on": case.opened_on,
            "status": {"tag": _(rules.STATUSES[case.status]), "colour": STATUS_COLOURS[case.status]},
            "href": case.get_absolute_url(),
        }
        for case in page
    ]
    head = [
        {"key": "code", "text": _("Case")},
        {"key": "title", "text": _("Title")},
        {"key": "form", "text": _("Form")},
        {"key": "province", "text": _("Province")},
        {"key": "opened_on", "text": _("Opened on")},
        {"key": "status", "text": _("Status")},
    ]
    actions = []
    if may(request.user, "cases.open_case"):
        actions.append({"text": _("Open a case"), "href": reverse("cases:open")})
    if may(request.user, "exchange.import"):
        actions.append({"text": _("Import a workbook"), "href": reverse("exchange:import"), "kind": "secondary"})
    if may(request.user, "cases.view_orphans"):
        actions.append({"text": _("Cases that nobody leads"), "href": reverse("desk:orphans"), "kind": "secondary"})
    empty = {"title": _("No cases here"), "text": _("You see the cases of the teams that you are a member of.")}
    context = {
        "title": _("Cases"), "head": head, "rows": rows, "page": page, "filter_form": form, "actions": actions,
        "empty": empty, "count_text": _("%(count)s cases") % {"count": page.paginator.count},
    }  # fmt: skip
    return render(request, "web/list.html", context)


def said_event(event: Any) -> str:
    """A line of the timeline in the reader's language: codes of lists become words."""
    words = dict(event.params)
    for name, lists in (("part", rules.PARTS), ("step", rules.CUSTODY), ("discipline", DISCIPLINES)):
        if name in words:
            words[name] = _(lists.get(words[name], words[name]))
    if "clock" in words:
        words |= showing_time.in_words(words)
    if "amount" in words:
        words["amount"] = money_kept(words["amount"])
    if "section" in words:
        words["section"] = packs.cited(words["section"], language())
    if "status" in words:
        words["status"] = _label(words["status"], "charge_status", rules.REFERRAL_STATUSES)
    for name, listed in (("decision", "identification_decision"), ("outcome", "verdict")):
        if name in words:
            words[name] = packs.label(listed, words[name], language())
    return _(rules.EVENTS[event.kind]) % words


def _label(code: str, listed: str, own: dict[str, str]) -> str:
    return _(own[code]) if code in own else packs.label(listed, code, language())


@allow("cases.view")
def case_page(request: HttpRequest, *, case: Case) -> HttpResponse:
    """The person first, then each discipline's part, the team, the notes, and what happened."""
    viewer, at = request.user, now()
    held = case_access(viewer, case.pk)
    links = _links(viewer, case)
    context = {
        "title": case.code,
        "case": case,
        "forms": [packs.label("exploitation_form", f, language()) for f in case.forms],
        "province": packs.label("province", case.province, language()) if case.province else "",
        "status": {"text": _(rules.STATUSES[case.status]), "colour": STATUS_COLOURS[case.status]},
        "mode": _(rules.MODES[case.mode]),
        "people": _people(viewer, case),
        "team": queries.team(viewer, case),
        "disciplines": {code: _(label) for code, label in DISCIPLINES.items()},
        "board": queries.status_board(viewer, case),
        "tasks": [{"row": t, "tone": rules.overdue(t.due_on, today()) if t.due_on else "later"}
                  for t in queries.tasks(viewer, case)],
        "notes": queries.notes(viewer, case, at),
        "partitions": {code: _(label) for code, label in rules.PARTITIONS.items()},
        "referrals": [{"row": r, "status": _(rules.REFERRAL_STATUSES[r.status]), "silent": r.silent(today())}
                      for r in queries.referrals(viewer, case)],
        "timeline": [{"title": said_event(e), "on": e.on} for e in queries.timeline(viewer, case)],
        "panels": [*_own_panels(viewer, case, at), *rooms.panels(viewer, case)],
        "links": links,
        "may_manage": may(viewer, "cases.manage_team", case),
        "may_answer": may(viewer, "cases.answer_referral", case),
        "held": held,
    }  # fmt: skip
    return render(request, "desk/case.html", context)


def _own_panels(viewer: Any, case: Case, at: datetime) -> list[Panel]:
    """What no discipline offers alone: the clocks of the law, and what was told once."""
    told = telling.panel(viewer, case)
    return [showing_time.panel(viewer, case, at), *([told] if told else [])]


def _links(viewer: Any, case: Case) -> list[dict[str, str]]:
    ways = (
        ("cases.add_person", "desk:add-person", _("Add a person")),
        ("cases.add_note", "cases:add-note", _("Write a note")),
        ("cases.add_task", "cases:add-task", _("Give a task")),
        ("cases.add_appointment", "cases:add-appointment", _("Enter a date")),
        ("cases.change_case", "cases:change", _("Change the case")),
        ("cases.close_case", "cases:move", _("Change the status")),
        ("cases.see_journal", "desk:case-journal", _("Who did what")),
    )
    return [
        {"text": text, "href": reverse(name, kwargs={"case": case.code}), "kind": "secondary"}
        for act, name, text in ways
        if may(viewer, act, case)
    ]


def _people(viewer: Any, case: Case) -> list[dict[str, Any]]:
    people: dict[str, dict[str, Any]] = {}
    for part in queries.participations(viewer, case):
        row = people.setdefault(
            part.person.code,
            {"person": part.person, "parts": [], "group": part.person.age_group(today()), "official": False},
        )
        row["parts"].append({"text": _(rules.PARTS[part.part]), "ended": part.until_on})
        row["official"] = row["official"] or part.is_official
    return list(people.values())


@allow("cases.see_journal")
def case_journal(request: HttpRequest, *, case: Case) -> HttpResponse:
    """Who did what in a case, from the journal: for its lead."""
    from ..queries import journal_of

    page = Paginator(journal_of(request.user, case), 50).get_page(request.GET.get("page"))
    context = {"title": _("Who did what in %(code)s") % {"code": case.code}, "case": case, "page": page,
               "back_href": case.get_absolute_url()}  # fmt: skip
    return render(request, "desk/journal.html", context)


@allow("cases.view")
def correct_record(request: HttpRequest, *, case: Case, kind: str, row: str) -> HttpResponse:
    """One page for all rooms: this record was entered in error."""
    from django.apps import apps
    from django.http import Http404

    from prasan.access.check import check
    from prasan.access.pages import act_page, version_of

    if kind not in rooms.CORRECTABLE:
        raise Http404
    label, act = rooms.CORRECTABLE[kind]
    try:
        found = apps.get_model(label).objects.get(pk=row, case=case)
    except apps.get_model(label).DoesNotExist:
        raise Http404 from None
    check(request.user, act, found)
    if getattr(found, "partition", "shared") not in partitions_of(request.user, case):
        raise Denied(NOT_YOUR_PART, act)
    version = version_of(request, found)
    return act_page(
        request, ErrorForm,
        lambda v: rooms.correct_record(found, act, by=request.user, version=version, at=now(), today=today(), **v),
        act=act, title=_("Mark as entered in error"), version=found.version, danger=True,
        lead=_("The record stays in the journal, counts no more, and can be entered again rightly."),
        done=case.get_absolute_url(), caption=case.code,
        back_href=case.get_absolute_url(), submit_text=_("Mark as entered in error"),
    )  # fmt: skip
