"""The ledger of interviews on the case page, on a person's page and on its own pages: told once, asked once."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import may
from prasan.access.pages import act_page, replaced
from prasan.cases import queries_of_telling as queries
from prasan.cases.actions import interviews
from prasan.cases.forms_of_telling import InterviewForm
from prasan.cases.models import Case, Interview
from prasan.cases.rules import telling
from prasan.cases.rules.time import INTERVIEW_PLACES, PRESENT, PURPOSES, RECORDINGS
from prasan.cases.views import person_page
from prasan.identification.panel_of_reviews import age_table
from prasan.identification.queries_of_reviews import in_dispute
from prasan.identification.rules.protection import AGE_RESULTS
from prasan.packs import names
from prasan.people.models import Person
from prasan.plain.dates import local_day
from prasan.web.clock import now, today
from prasan.web.fields import sentence
from prasan.web.panel import Link, Panel
from prasan.web.values import language

SEE, RECORD = "cases.view_interviews", "cases.record_interview"


def body_label(row: Any) -> str:
    """Who held an interview: the office in its own words, else the kind of body."""
    kind = packs.label("decider", row.body, language())
    return f"{row.agency} ({kind})" if row.agency else kind


def _page(name: str, case: Case, **more: Any) -> str:
    return reverse(f"desk:{name}", kwargs={"case": case.code, **more})


def panel(viewer: Any, case: Case) -> Panel | None:
    """How often each person of the case had to tell, and to whom."""
    if not may(viewer, SEE, case):
        return None
    rows = [_counted(case, one) for one in queries.tellings(queries.interviews(viewer, case))]
    head = [{"key": "person", "text": _("Person")}, {"key": "times", "text": _("Had to tell"), "numeric": True},
            {"key": "repeats", "text": _("Of these again"), "numeric": True}, {"key": "bodies", "text": _("By whom")},
            {"key": "last", "text": _("Last on")}]  # fmt: skip
    return Panel("interviews", _("Interviews: told once"), "desk/interviews_panel.html", {"head": head, "rows": rows})


def _counted(case: Case, one: queries.Tellings) -> dict[str, Any]:
    return {
        "person": one.person.code, "times": one.times, "repeats": one.repeats, "last": local_day(one.last),
        "bodies": ", ".join(packs.label("decider", body, language()) for body in one.bodies),
        "href": _page("interviews", case, person=one.person.code),
    }  # fmt: skip


def of_person(viewer: Any, case: Case, person: Person) -> dict[str, Any] | None:
    """The same of one person, for their page; nothing for those who do not see the ledger."""
    if not may(viewer, SEE, case):
        return None
    rows = queries.interviews(viewer, case, person)
    at = {"person": person.code}
    counted = [_counted(case, one) for one in queries.tellings(rows)]
    return {
        "count": counted[0] if counted else None, "rows": [_line(*row) for row in rows], "head": _head(),
        "href": _page("interviews", case, **at),
        "new": _page("record-interview", case, **at) if may(viewer, RECORD, case) else "",
    }  # fmt: skip


def age_of(viewer: Any, case: Case, person: Person) -> dict[str, Any] | None:
    """How the person's age was decided, whether it is in dispute, and the way to decide it."""
    if not may(viewer, "identification.view", case):
        return None
    new = reverse("identification:record-age", kwargs={"case": case.code, "person": person.code})
    return {
        "dispute": in_dispute(person, today()), "new": new if may(viewer, "identification.record_age", case) else "",
        "decided": _(AGE_RESULTS[person.age_decided]) if person.age_decided else "", "on": person.age_decided_on,
        **age_table(viewer, case, person),
    }  # fmt: skip


def _head() -> list[dict[str, str]]:
    return [{"key": "on", "text": _("Day")}, {"key": "body", "text": _("By whom")},
            {"key": "purpose", "text": _("For what")}, {"key": "topics", "text": _("What was told")},
            {"key": "mark", "text": _("Remarks")}]  # fmt: skip


def _line(row: Interview, reads: bool) -> dict[str, Any]:
    """Day and topics for everybody, so that nobody asks again; the rest for readers of its part of the case."""
    known = {"on": local_day(row.at), "topics": ", ".join(_(telling.TOPICS[t]) for t in row.topics),
             "href": _page("interview", row.case, interview=row.pk)}  # fmt: skip
    if not reads:
        return known | {"body": "", "purpose": "", "mark": []}
    marks = [{"tag": _("Told again"), "colour": "orange"}] if row.repeats else []
    if row.has_exception:
        marks.append({"tag": _("Urgent exception"), "colour": "red"})
    if row.interpreter_free_of_conflict is False:
        marks.append({"tag": _("Interpreter in conflict"), "colour": "yellow"})
    if row.reported:
        marks.append({"tag": _("Reported: safeguards missing"), "colour": "red"} if row.missing
                     else {"tag": _("Reported to us"), "colour": "grey"})  # fmt: skip
    return known | {"body": body_label(row), "purpose": _(PURPOSES[row.purpose]), "mark": marks}


@allow(SEE)
def ledger(request: HttpRequest, *, case: Case, person: Person) -> HttpResponse:
    """Every interview of one person in this case, over all agencies; what was said opens on its own page."""
    shown = of_person(request.user, case, person)
    actions = [{"text": _("Record an interview"), "href": shown["new"]}] if shown and shown["new"] else []
    return render(request, "desk/interviews.html", {
        "title": _("Interviews of %(person)s") % {"person": person.code}, "caption": case.code, "telling": shown,
        "back_href": person_page(case, person), "actions": actions,
    })  # fmt: skip


def _told(viewer: Any, person: Person, but: Interview | None) -> list[dict[str, Any]]:
    """By topic: who asked, when, how it was recorded; a way to the words for those who may read them."""
    return [
        {"topic": _(telling.TOPICS[topic]), "lines": [
            {"on": local_day(row.at), "case": row.case.code} | ({
                "body": body_label(row), "recording": _(RECORDINGS[row.recording]),
                "href": _page("interview", row.case, interview=row.pk)} if reads else {})
            for row, reads in rows]}
        for topic, rows in queries.told_on(viewer, person, but=but).items()
    ]  # fmt: skip


def _corrected(request: HttpRequest, case: Case, person: Person) -> Interview | None:
    """The interview that is corrected, if the viewer reads it."""
    found: Interview | None = replaced(request, Interview, case=case, person=person)
    if found is not None and not queries.reads(request.user, found):
        raise Http404
    return found


def _start(request: HttpRequest, old: Interview | None) -> dict[str, Any]:
    """What the form starts with: nothing chosen, or all of the row that it corrects."""
    if old is None or request.method != "GET":
        return {"purpose": request.GET.get("purpose", "")}
    kept = ("until", "body", "agency", "reported", "purpose", "topics", "place", "recording", "present", "language",
            "interpreter_free_of_conflict", "officer_agreed")  # fmt: skip
    words = queries.words_of(request.user, old, now(), "correct")
    said = {n: [code for code, answer in old.answers.items() if answer == n] for n in telling.ANSWERS}
    return {name: getattr(old, name) for name in kept} | {
        "held_at": old.at, "guardian": old.guardian.code if old.guardian else "", "answered_yes": said["yes"],
        "answered_no": said["no"], **(vars(words) if words else {}),
    }  # fmt: skip


@allow(RECORD)
def record_interview(request: HttpRequest, *, case: Case, person: Person) -> HttpResponse:
    """First what was told already, then the form."""
    viewer, at, old = request.user, now(), _corrected(request, case, person)
    clocks = [sentence(interviews.clock_problem(row)) for row in queries.standing_in_the_way(case, person, at)]
    return act_page(
        request, InterviewForm,
        lambda v: interviews.record_interview(by=viewer, case=case, person=person, at=at, today=today(),
                                              replaces=old, **v),
        act=RECORD, title=_("Record an interview of %(person)s") % {"person": person.code}, caption=case.code,
        done=lambda row: _page("interview", case, interview=row.pk), initial=_start(request, old),
        template="desk/interview_form.html", form_options={"viewer": viewer, "case": case, "person": person},
        case=case, told=_told(viewer, person, old), child=person.is_child_in_procedure(today()) is not False,
        back_href=_page("interviews", case, person=person.code) if may(viewer, SEE, case) else case.get_absolute_url(),
        clocks=clocks,
    )  # fmt: skip


@allow(SEE, interview="cases.Interview")
def interview(request: HttpRequest, *, case: Case, interview: Interview) -> HttpResponse:
    """One interview. What was said is opened here alone, and only for readers of its part of the case."""
    viewer = request.user
    if not queries.is_known(viewer, interview):
        raise Http404
    words = queries.words_of(viewer, interview, now())
    again = _page("record-interview", case, person=interview.person.code) + f"?replaces={interview.pk}"
    wrong = reverse("desk:correct", kwargs={"case": case.code, "kind": "interview", "row": interview.pk})
    ways = ((RECORD, _("Correct this interview"), again), ("cases.correct", _("Entered in error"), wrong))
    open_to_change = words is not None and interview.in_force
    links = [Link(text, href) for act, text, href in ways if open_to_change and may(viewer, act, case)]
    reads = words is not None
    warned = telling.warnings(
        free_of_conflict=interview.interpreter_free_of_conflict, officer_agreed=interview.officer_agreed,
        has_exception=interview.has_exception, reported=interview.reported, missing=interview.missing)  # fmt: skip
    return render(request, "desk/interview.html", {
        "title": _("Interview of %(person)s") % {"person": interview.person.code}, "caption": case.code,
        "back_href": _page("interviews", case, person=interview.person.code), "interview": interview, "words": words,
        "rows": _rows(interview, reads), "warnings": [_(said) for said in warned] if reads else [],
        "actions": [{"text": link.text, "href": link.href, "kind": "secondary"} for link in links],
    })  # fmt: skip


def _rows(row: Interview, reads: bool) -> list[dict[str, Any]]:
    known: list[dict[str, Any]] = [
        {"label": _("Person"), "value": row.person.code},
        {"label": _("Day"), "value": local_day(row.at)},
        {"label": _("What was told"), "value": [_(telling.TOPICS[t]) for t in row.topics]},
    ]
    if not reads:
        return known
    answers = [f"{packs.label('screening_question', code, language())} – {_(telling.ANSWERS[answer])}"
               for code, answer in row.answers.items()]  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"label": _("Held by"), "value": body_label(row)},
        {"label": _("Reported to us, held without a member of this team"), "value": row.reported},
        {"label": _("For what"), "value": _(PURPOSES[row.purpose])},
        {"label": _("Where"), "value": _(INTERVIEW_PLACES[row.place])},
        {"label": _("How it was recorded"), "value": _(RECORDINGS[row.recording])},
        {"label": _("Who was present"), "value": [_(PRESENT[p]) for p in row.present]},
        {"label": _("As a child"), "value": row.of_a_child},
        {"label": _("Language"), "value": names.language(row.language, language()) if row.language else ""},
        {"label": _("Told again"), "value": row.repeats},
    ]
    asked = [{"label": _("Questions of screening answered"), "value": answers}] if answers else []
    return [*known, *rows, *asked]
