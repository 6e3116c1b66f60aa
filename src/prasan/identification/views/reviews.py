"""The pages of a decision looked at again: asked for, seen, answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.access.pages import act_page, version_of
from prasan.web.clock import now, today
from prasan.web.panel import no_longer

from .. import panel, queries, queries_of_reviews
from .. import panel_of_reviews as shown
from ..actions import reviews as actions
from ..actions.stages import disciplines
from ..forms.reviews import AnswerForm, AskForm
from ..models import Decision, Review
from .protection import buttons, error_link


@allow(actions.ASK, decision="identification.Decision")
def ask_review(request: HttpRequest, *, case: Any, decision: Decision) -> HttpResponse:
    """Whoever is affected asks; a member of the team enters it."""
    back = shown.page("decision", case, decision=decision.pk)
    return act_page(
        request, AskForm,
        lambda v: actions.ask_review(by=request.user, decision=decision, at=now(), today=today(), **v),
        act=actions.ASK, title=_("Ask for a review of the decision on %(person)s") % {"person": decision.person.code},
        caption=case.code, done=lambda row: shown.page("review", case, review=row.pk), initial={"on": today()},
        form_options={"disciplines": disciplines(request.user, case, actions.ASK)}, case=case, back_href=back,
        lead=_("Asking costs nobody anything: the person keeps every service, and no time runs out for asking."),
        said=_("Asked for. Another discipline answers."),
    )  # fmt: skip


def _ways(viewer: Any, case: Any, row: Review) -> list[Any]:
    """What may be done with a review; with one that is not in force any more nothing."""
    if not row.in_force:
        return []
    links = []
    if row.status == "open":
        href = shown.page("answer-review", case, review=row.pk)
        links = [panel.act_link(viewer, actions.ANSWER, case, _("Answer"), href)]
    elif row.outcome == "decide_new" and row.decision.in_force:
        href = shown.page("propose-decision", case) + f"?replaces={row.decision_id}"
        links = [panel.act_link(viewer, "identification.propose_decision", case, _("Propose a decision"), href)]
    return [*links, error_link(viewer, case, "review", row)]


@allow("identification.view", review="identification.Review")
def review(request: HttpRequest, *, case: Any, review: Review) -> HttpResponse:
    """One review: who asks, why, what was answered."""
    words = queries_of_reviews.opened(request.user, review, now())
    decision = review.decision
    return render(request, "identification/review.html", {
        "title": _("Review on %(person)s") % {"person": review.person.code}, "caption": case.code,
        "back_href": shown.page("decision", case, decision=decision.pk), "decision": decision,
        "rows": shown.review_rows(review, words), "standard": panel.standard_of_proof(),
        "joined": [row.staff.shown_name() for row in queries.concurrences(request.user, decision)],
        "not_in_force": no_longer(review), "actions": buttons(_ways(request.user, case, review)),
        "ways": shown.ways_to_help(request.user, case, review.person),
    })  # fmt: skip


@allow(actions.ANSWER, review="identification.Review")
def answer_review(request: HttpRequest, *, case: Any, review: Review) -> HttpResponse:
    """Another discipline answers; with a new decision needed the way leads straight on to proposing it."""
    back = shown.page("review", case, review=review.pk)

    def done(row: Review) -> str:
        if row.outcome == "decide_new" and row.decision.in_force:
            return shown.page("propose-decision", case) + f"?replaces={row.decision_id}"
        return back

    return act_page(
        request, AnswerForm,
        lambda v: actions.answer_review(by=request.user, review=review, at=now(), today=today(), **v),
        act=actions.ANSWER, title=_("Answer the review on %(person)s") % {"person": review.person.code},
        caption=case.code, done=done, initial={"on": today(), "version": version_of(request, review)},
        template="identification/decision_form.html", standard=panel.standard_of_proof(), case=case, back_href=back,
        form_options={"disciplines": disciplines(request.user, case, actions.ANSWER)}, submit_text=_("Answer"),
    )  # fmt: skip
