"""The pages of stage 2: the decision of two disciplines, proposed, joined or returned."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.access.check import check
from prasan.access.pages import act_page, replaced
from prasan.accounts.rules import DISCIPLINES
from prasan.cases.queries import people as people_of
from prasan.web.clock import now, today
from prasan.web.panel import no_longer

from .. import panel, panel_of_reviews, queries
from ..actions import stages as actions
from ..forms.stages import ConcurForm, DecisionForm, ReturnForm
from ..models import Decision
from .protection import buttons, error_link

PROPOSE, CONCUR = "identification.propose_decision", "identification.concur"


def _page(name: str, case: Any, **row: Any) -> str:
    return reverse(f"identification:{name}", kwargs={"case": case.code, **row})


def _chosen(people: list[Any], code: str) -> dict[str, Any]:
    """The person named by `?person=`, if in this case."""
    return next(({"participation": str(row.pk)} for row in people if row.person.code == code), {})


def _start(request: HttpRequest, people: list[Any], old: Any) -> dict[str, Any]:
    """What the form starts with: the day, the person of the link, or all of the row that it corrects."""
    person = old.person.code if old else request.GET.get("person", "")
    return {"on": today(), **_chosen(people, person)}


@allow("identification.propose_decision")
def propose_decision(request: HttpRequest, *, case: Any) -> HttpResponse:
    """Stage 2, the proposal."""
    old, at = replaced(request, Decision, case=case), now()
    if old is not None:
        check(request.user, "identification.correct", old)
    people = people_of(request.user, case, correcting=old)
    initial = _start(request, people, old)
    if old and request.method == "GET":
        initial |= {name: getattr(old, name) for name in ("outcome", "law_basis", "forms", "body")}
        initial["reasons"] = queries.words_of(request.user, old, at, "correct")[0]
    held = actions.disciplines(request.user, case, "identification.propose_decision")
    return act_page(
        request, DecisionForm,
        lambda v: actions.propose_decision(by=request.user, at=at, today=today(), replaces=old, **v),
        act="identification.propose_decision", title=_("Propose a decision"), caption=case.code,
        done=lambda row: _page("decision", case, decision=row.pk), initial=initial,
        said=_("Proposed. It counts when a second discipline concurs."),
        template="identification/decision_form.html", form_options={"people": people, "disciplines": held},
        submit_text=_("Propose"), standard=panel.standard_of_proof(), case=case, back_href=case.get_absolute_url(),
    )  # fmt: skip


def _ways(viewer: Any, case: Any, row: Decision, joined: list[Any]) -> list[Any]:
    """What may be done with a decision; with one that is not in force any more nothing."""
    if not row.in_force:
        return []
    ids, links = {"decision": row.pk}, []
    if row.status == "proposed":
        if all(one.staff_id != viewer.pk for one in joined):
            links.append(panel.act_link(viewer, CONCUR, case, _("Concur"), _page("concur", case, **ids)))
        links.append(panel.act_link(viewer, CONCUR, case, _("Return with words"),
                                    _page("return-decision", case, **ids)))  # fmt: skip
    further = _page("propose-decision", case) + f"?replaces={row.pk}"
    links.append(panel.act_link(viewer, PROPOSE, case, _("Correct by a new decision"), further))
    if row.stands:
        links.append(panel.act_link(viewer, "identification.ask_review", case, _("Ask for a review"),
                                    _page("ask-review", case, **ids)))  # fmt: skip
    return [*links, error_link(viewer, case, "decision", row)]


@allow("identification.view", decision="identification.Decision")
def decision(request: HttpRequest, *, case: Any, decision: Decision) -> HttpResponse:
    """One decision with its reasons, who concurs, and what may be done."""
    reasons, returned = queries.words_of(request.user, decision, now())
    joined = queries.concurrences(request.user, decision)
    table = {
        "head": [{"key": "who", "text": _("Who")}, {"key": "discipline", "text": _("Discipline")},
                 {"key": "agency", "text": _("Agency")}, {"key": "on", "text": _("Day")}],
        "rows": [{"who": row.staff.shown_name(), "discipline": _(DISCIPLINES[row.discipline]),
                  "agency": row.staff.agency.name, "on": row.on} for row in joined],
    }  # fmt: skip
    return render(request, "identification/decision.html", {
        "title": _("Decision on %(person)s") % {"person": decision.person.code}, "caption": case.code,
        "back_href": case.get_absolute_url(), "decision": decision, "not_in_force": no_longer(decision),
        "actions": buttons(_ways(request.user, case, decision, joined)),
        "rows": panel.decision_rows(decision, reasons, returned), "table": table,
        "standard": panel.standard_of_proof(),
        "reviews": panel_of_reviews.review_table(request.user, case, decision),
        "ways": panel_of_reviews.ways_to_help(request.user, case, decision.person),
    })  # fmt: skip


@allow("identification.concur", decision="identification.Decision")
def concur(request: HttpRequest, *, case: Any, decision: Decision) -> HttpResponse:
    """A second discipline concurs."""
    held = actions.disciplines(request.user, case, "identification.concur")
    at = now()
    return act_page(
        request, ConcurForm,
        lambda v: actions.concur(by=request.user, decision=decision, at=at, today=today(), **v),
        act="identification.concur", caption=case.code,
        title=_("Concur: %(person)s, %(decision)s")
        % {"person": decision.person.code, "decision": panel.outcome_label(decision)},
        done=_page("decision", case, decision=decision.pk), initial={"on": today(), "version": decision.version},
        template="identification/decision_form.html", form_options={"disciplines": held}, submit_text=_("Concur"),
        standard=panel.standard_of_proof(), case=case, back_href=_page("decision", case, decision=decision.pk),
    )  # fmt: skip


@allow("identification.concur", decision="identification.Decision")
def return_decision(request: HttpRequest, *, case: Any, decision: Decision) -> HttpResponse:
    """A proposal goes back with what is missing."""
    at = now()
    return act_page(
        request, ReturnForm,
        lambda v: actions.return_decision(by=request.user, decision=decision, at=at, **v),
        act="identification.concur", title=_("Return the proposal on %(person)s") % {"person": decision.person.code},
        caption=case.code, done=_page("decision", case, decision=decision.pk),
        initial={"version": decision.version}, template="identification/decision_form.html",
        submit_text=_("Return"), standard=panel.standard_of_proof(), case=case,
        back_href=_page("decision", case, decision=decision.pk),
    )  # fmt: skip
