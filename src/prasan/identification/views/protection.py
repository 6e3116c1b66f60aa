"""The pages of temporary protection, and one person's page of what protects."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.pages import act_page
from prasan.cases.queries import people as people_of
from prasan.cases.rules import SURVIVOR_PARTS
from prasan.plain.dates import local_day
from prasan.web.clock import now, today
from prasan.web.values import instant, language

from .. import panel_of_protection as shown
from .. import queries_of_protection as queries
from .. import rules
from ..actions import protection as actions
from ..forms.protection import CourtForm, EndProtectionForm, ProtectionForm, StayForm
from ..models import EarlyEnd, Protection
from ..panel import act_link, label
from ..rules import early_ends
from ..rules import protection as words


def page(name: str, case: Any, **row: Any) -> str:
    return reverse(f"identification:{name}", kwargs={"case": case.code, **row})


def person_page(case: Any, person: Any) -> str:
    return page("protection-of", case, person=person.code)


def error_link(viewer: Any, case: Any, kind: str, row: Any, text: str = "") -> Any:
    """The way to mark a record as entered in error."""
    to = reverse("desk:correct", kwargs={"case": case.code, "kind": kind, "row": row.pk})
    return act_link(viewer, "identification.correct", case, text or _("Entered in error"), to)


def survivors(viewer: Any, case: Any) -> list[Any]:
    """Whom protection is for, by code."""
    return [row for row in people_of(viewer, case) if row.part in SURVIVOR_PARTS]


def chosen(people: list[Any], code: str) -> dict[str, Any]:
    """The person that `?person=` names, if in this case."""
    return next(({"participation": str(row.pk)} for row in people if row.person.code == code), {})


def buttons(links: list[Any], *, first: bool = True) -> list[dict[str, Any]]:
    return [{"text": one.text, "href": one.href, "refused": one.refusal, "kind": "" if first and not n else "secondary"}
            for n, one in enumerate(links)]  # fmt: skip


@allow("identification.view")
def protection_of(request: HttpRequest, *, case: Any, person: Any) -> HttpResponse:
    """One person: on what the stay rests, the reflection period, the last looks, the rights told."""
    viewer, at, on = request.user, now(), today()
    one = queries.standings(viewer, case, person)[0]
    wish = queries.opened(viewer, [one.early_end] if one.early_end else [], "wish", at)
    said = queries.opened(viewer, one.looks, "words", at)
    context = {
        "title": _("Protection and rights of %(person)s") % {"person": person.code}, "caption": case.code, "case": case,
        "person": person, "back_href": case.get_absolute_url(),
        "alarm": _(words.TIME_OVER) if one.basis(at) == "none" else "", "two_times": _(words.TWO_TIMES),
        "next": shown.next_thing(one, at, on), "protection": _protection_rows(one, at), "one": one,
        "protection_actions": buttons(_protection_links(viewer, case, one)),
        "reflection": _reflection_rows(one, at, wish),
        "reflection_actions": buttons(_reflection_links(viewer, case, one, on)),
        "looks": _looks(one, said), "look_actions": buttons(_look_links(viewer, case, one), first=False),
        "rights": shown.rights_line(one, on),
        "rights_actions": buttons([
            act_link(viewer, "identification.tell_right", case, _("Tell rights"),
                     page("rights", case, person=person.code)),
            act_link(viewer, "identification.tell_right", case, _("Print the notice of rights"),
                     page("rights-notice", case, person=person.code))]),
    }  # fmt: skip
    return render(request, "identification/protection_of.html", context)


def _protection_rows(one: Any, at: Any) -> list[dict[str, Any]]:
    row = one.protection
    if row is None:
        return []
    answer = {True: _("Agrees to stay"), False: _("Does not want to stay"), None: _("Not asked yet")}[row.stays]
    return [
        {"label": _("The stay rests on"), "value": shown.basis_line(one, at) or _("Ended")},
        {"label": _("Taken under protection"), "value": row.at},
        {"label": _("By whom"), "value": label("decider", row.body)},
        {"label": _("Where"), "value": _(words.PROTECTION_PLACES[row.place])},
        {"label": _("Asked about staying"), "value": answer},
        {"label": _("Day of that answer"), "value": row.stay_consent_on},
        {"label": _("Court order"), "value": row.granted_at},
        {"label": _("The time of the law ends"), "value": one.law_ends_at()},
        {"label": _("Ended"), "value": [instant(row.ended_at), _(words.ENDINGS[row.ended_as])] if row.ended_at else ""},
    ]


def _protection_links(viewer: Any, case: Any, one: Any) -> list[Any]:
    row, act = one.protection, "identification.record_protection"
    if row is None or row.ended_at is not None:
        to = page("take-under-protection", case) + f"?person={one.person.code}"
        return [act_link(viewer, act, case, _("Take under temporary protection"), to)]
    ways = [("record-stay", _("Record the answer about staying"))]
    if row.granted_at is None:
        ways.append(("record-court-order", _("Record the court's order")))
    ways.append(("end-protection", _("Record the end")))
    links = [act_link(viewer, act, case, text, page(name, case, protection=row.pk)) for name, text in ways]
    return [*links, error_link(viewer, case, "protection", row)]


def _reflection_rows(one: Any, at: Any, wish: dict[Any, str]) -> list[dict[str, Any]]:
    row = one.reflection
    if row is None:
        return []
    extended_by = _who_extends()
    rows: list[dict[str, Any]] = [
        {"label": _("Phase, and what ends it"), "value": shown.reflection_line(one, at)},
        {"label": _("Entered the referral mechanism"), "value": row.entered_on},
        {"label": _("May be lengthened by"), "value": extended_by or _("Nobody: the pack names nobody")},
    ]
    if one.reflecting(at):
        rest = _("Identification interviews and invitations to them. Help and the person's own questions go on.")
        rows.append({"label": _("What must wait"), "value": rest})
    return rows + (end_rows(one.early_end, wish) if one.early_end else [])


def end_rows(end: EarlyEnd, wish: dict[Any, str]) -> list[dict[str, Any]]:
    """An early end as it was told, and whether the witness confirmed it."""
    rows: list[dict[str, Any]] = [
        {"label": _("Early end, as it was told"), "value": _(words.ENDINGS[end.how])},
        {"label": _("Told by"), "value": end.made_by.shown_name() if end.made_by else ""},
        {"label": _("Day"), "value": end.on},
        {"label": _("Witness"), "value": end.witness.shown_name()},
        {"label": _("What the witness says"), "value": _(early_ends.END_STATUSES[end.status])},
    ]
    if end.how == "own_wish":
        understood = words.UNDERSTOOD_EACH_OTHER["interpreter" if end.interpreter else "shared"]
        rows += [
            {"label": _("The wish, in own words"), "value": wish.get(end.pk, "").split("\n")},
            {"label": _("Language"), "value": packs.names.language(end.language, language())},
            {"label": _("How it was understood"), "value": _(understood)},
        ]
    return rows


def _who_extends() -> list[str]:
    """Whom the pack names for lengthening the period; nobody unless it says so."""
    named = packs.row("reflection", "nrm").get("extension_by") or []
    return [packs.label("clock_actor", one, language()) for one in ([named] if isinstance(named, str) else named)]


def _reflection_links(viewer: Any, case: Any, one: Any, on: Any) -> list[Any]:
    row, act = one.reflection, "identification.record_reflection"
    if row is None or row.ended_on is not None:
        to = page("begin-reflection", case) + f"?person={one.person.code}"
        return [act_link(viewer, act, case, _("Begin a reflection period"), to)]
    ways = [("end-reflection", _("Record the end"))]
    if one.end_waits(on):
        mine = one.early_end.witness_id == viewer.pk
        ways = [("answer-end", _("Confirm or refuse the end"))] if mine else []
    return [
        act_link(viewer, "identification.record_welfare", case, _("Record a welfare check"),
                 page("record-check", case, reflection=row.pk)),
        *(act_link(viewer, act, case, text, page(name, case, reflection=row.pk)) for name, text in ways),
        error_link(viewer, case, "reflection", row),
    ]  # fmt: skip


def _look_links(viewer: Any, case: Any, one: Any) -> list[Any]:
    text = _("The newest check was entered in error")
    return [error_link(viewer, case, "welfare", one.newest, text)] if one.newest else []


def _looks(one: Any, said: dict[Any, str]) -> list[dict[str, Any]]:
    return [
        {"title": _(words.WELLBEING[look.wellbeing]), "on": look.on, "by": look.made_by.shown_name(),
         "text": " ".join(filter(None, [", ".join(_(rules.NEEDS[n]) for n in look.needs if n in rules.NEEDS),
                                        said.get(look.pk, "")]))}
        for look in one.looks
    ]  # fmt: skip


@allow("identification.record_protection")
def take_under_protection(request: HttpRequest, *, case: Any) -> HttpResponse:
    """Section 29 begins."""
    people, at = survivors(request.user, case), now()
    return act_page(
        request, ProtectionForm,
        lambda v: actions.take_under_protection(by=request.user, at=at, today=today(), **v),
        act="identification.record_protection", title=_("Take under temporary protection"), caption=case.code,
        done=lambda row: person_page(case, row.person), form_options={"people": people}, lead=_(words.TWO_TIMES),
        initial={"since": at, **chosen(people, request.GET.get("person", ""))}, case=case,
        back_href=case.get_absolute_url(),
    )  # fmt: skip


def _act(request: HttpRequest, form: type[Any], do: Any, *, case: Any, row: Protection, title: str,
         **more: Any) -> HttpResponse:  # fmt: skip
    back, at = person_page(case, row.person), now()
    initial = {"version": row.version, **more.pop("initial", {})}
    return act_page(
        request, form, lambda v: do(by=request.user, protection=row, at=at, today=today(), **v),
        act="identification.record_protection", title=title, caption=f"{case.code} · {row.person.code}", done=back,
        back_href=back, case=case, initial=initial, **more,
    )  # fmt: skip


@allow("identification.record_protection", protection="identification.Protection")
def record_stay(request: HttpRequest, *, case: Any, protection: Protection) -> HttpResponse:
    """The answer about staying."""
    return _act(request, StayForm, actions.record_stay, case=case, row=protection, title=_("Ask about staying"),
                lead=_("Say first that the person may go, and that help does not depend on staying."),
                initial={"on": local_day(now())})  # fmt: skip


@allow("identification.record_protection", protection="identification.Protection")
def record_court_order(request: HttpRequest, *, case: Any, protection: Protection) -> HttpResponse:
    """The court extended the protection."""
    return _act(request, CourtForm, actions.record_court_order, case=case, row=protection,
                title=_("Record the court's order"))  # fmt: skip


@allow("identification.record_protection", protection="identification.Protection")
def end_protection(request: HttpRequest, *, case: Any, protection: Protection) -> HttpResponse:
    """Temporary protection ended."""
    return _act(request, EndProtectionForm, actions.end_protection, case=case, row=protection,
                initial={"ended_at": now()}, title=_("Record the end of temporary protection"))  # fmt: skip
