"""The pages of the reflection period and of the welfare checks in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.allow import allow
from prasan.access.pages import act_page
from prasan.web.clock import now, today
from prasan.web.values import day, instant

from .. import queries_of_protection as queries
from ..actions import early_ends
from ..actions import reflection as actions
from ..forms.protection import AnswerEndForm, BeginReflectionForm, CheckForm, EndReflectionForm, RoundForm
from ..models import EarlyEnd, Reflection
from ..rules import protection as words
from .protection import chosen, end_rows, person_page, survivors

BEGIN, WELFARE = "identification.record_reflection", "identification.record_welfare"


@allow("identification.record_reflection")
def begin_reflection(request: HttpRequest, *, case: Any) -> HttpResponse:
    """Somebody entered the referral mechanism elsewhere, or comes back to it."""
    people, at = survivors(request.user, case), now()
    return act_page(
        request, BeginReflectionForm, lambda v: actions.begin_reflection(by=request.user, at=at, today=today(), **v),
        act=BEGIN, title=_("Begin a reflection period"), caption=case.code, case=case,
        back_href=case.get_absolute_url(), done=lambda row: person_page(case, row.person),
        form_options={"people": people},
        lead=_("A screening that enters the referral mechanism begins it by itself. This is for those who entered"
               " elsewhere."),
        initial={"on": today(), **chosen(people, request.GET.get("person", ""))},
    )  # fmt: skip


@allow("identification.record_reflection", reflection="identification.Reflection")
def end_reflection(request: HttpRequest, *, case: Any, reflection: Reflection) -> HttpResponse:
    """Early only at the person's own recorded wish, heard by two: this tells it, the witness confirms it."""
    viewer, at, back = request.user, now(), person_page(case, reflection.person)

    def do(values: dict[str, Any]) -> EarlyEnd:
        named = values.pop("witness")
        witness = queries.member(viewer, case, named) if named else None
        return early_ends.propose_early_end(
            by=viewer, reflection=reflection, at=at, today=today(), witness=witness, **values)  # fmt: skip

    return act_page(
        request, EndReflectionForm, do, act=BEGIN, title=_("Record the end of reflection"), done=back, back_href=back,
        caption=f"{case.code} · {reflection.person.code}", case=case,
        lead=_("Nobody may talk a person out of this time. It ends early only at the person's own wish, heard by two."),
        form_options={"witnesses": queries.witnesses(viewer, case)}, submit_text=_("Ask the witness"),
        said=_("Told. The period runs on until the witness confirms it."),
        initial={"on": today(), "version": reflection.version},
    )  # fmt: skip


@allow("identification.record_reflection", reflection="identification.Reflection")
def answer_end(request: HttpRequest, *, case: Any, reflection: Reflection) -> HttpResponse:
    """The named witness reads what was told and says whether it was so."""
    viewer, at, back = request.user, now(), person_page(case, reflection.person)
    end = early_ends.waiting_end(reflection, today())
    if end is None or end.witness_id != viewer.pk:
        messages.info(request, _("No early end waits for your answer here."))
        return redirect(back)
    return act_page(
        request, AnswerEndForm, lambda v: early_ends.answer_early_end(by=viewer, end=end, at=at, today=today(), **v),
        act=BEGIN, title=_("Confirm or refuse the end of reflection"), done=back, back_href=back, case=case,
        caption=f"{case.code} · {reflection.person.code}", initial={"version": end.version},
        template="identification/answer_end.html", rows=end_rows(end, queries.opened(viewer, [end], "wish", at)),
        lead=_("Nobody may talk a person out of this time. It ends early only at the person's own wish, heard by two."),
    )  # fmt: skip


@allow("identification.record_welfare", reflection="identification.Reflection")
def record_check(request: HttpRequest, *, case: Any, reflection: Reflection) -> HttpResponse:
    """How one person is today."""
    at, back = now(), person_page(case, reflection.person)
    return act_page(
        request, CheckForm,
        lambda v: actions.record_check(by=request.user, reflection=reflection, at=at, today=today(), **v),
        act=WELFARE, title=_("Welfare check"), caption=f"{case.code} · {reflection.person.code}", done=back,
        back_href=back, lead=_("Ask how the person is. Ask nothing about what happened."), initial={"on": today()},
        case=case,
    )  # fmt: skip


@allow("identification.record_welfare")
def welfare_round(request: HttpRequest, *, case: Any) -> HttpResponse:
    """Everybody in reflection on one page, saved together; a colleague's look of meanwhile is never overwritten."""
    viewer, at, on = request.user, now(), today()
    standings = [one for one in queries.standings_for_welfare(viewer, case) if one.reflecting(at)]
    people = [{"key": str(one.reflection.pk), "code": one.person.code,
               "seen": str(one.newest_of_period.pk) if one.newest_of_period else "", "last": _last(one, on),
               "missing": not one.seen_on(on)} for one in standings]  # fmt: skip

    def do(values: dict[str, Any]) -> int:
        saved, between = actions.record_round(by=viewer, case=case, at=at, today=on, **values)
        for look in between:
            messages.warning(request, _(words.MEANWHILE) % {
                "person": look.person.code, "who": look.made_by.shown_name(), "at": instant(look.made_at),
                "how": _(words.WELLBEING[look.wellbeing])})  # fmt: skip
        messages.info(request, _("Saved: %(count)s people.") % {"count": len(saved)})
        return len(saved)

    return act_page(
        request, RoundForm, do, act=WELFARE, title=_("Welfare round"), caption=case.code, case=case,
        done=reverse("identification:welfare-round", kwargs={"case": case.code}), back_href=case.get_absolute_url(),
        template="identification/welfare_round.html", form_options={"people": people}, initial={"on": on},
        said=_("This is how the round stands now."), people=people, missing=sum(one["missing"] for one in people),
        lead=_("Ask how each person is. Ask nothing about what happened."),
    )  # fmt: skip


def _last(one: Any, on: Any) -> str:
    newest = one.newest
    if newest is None:
        return _("Nobody looked yet.")
    told = {"how": _(words.WELLBEING[newest.wellbeing]), "day": day(newest.on, "short"), "at": instant(newest.made_at)}
    return (_("Seen today: %(how)s (%(at)s)") if newest.on == on else _("Last: %(how)s, %(day)s")) % told
