"""One person of an intake: who it is, the screening, what else may happen, and the way into a case."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from prasan import packs
from prasan.access.allow import allow
from prasan.access.pages import act_page, version_of
from prasan.packs import names
from prasan.packs.forms import label_in
from prasan.plain.problem import Refused
from prasan.web import values
from prasan.web.clock import now, today
from prasan.web.fields import sentence
from prasan.web.values import language

from .. import queries_of_intake as queries
from .. import rules as stages
from ..actions import intake as people
from ..actions import intake_moving as moving
from ..actions import intake_screening as actions
from ..forms import asking
from ..forms import intake as forms
from ..models import Intake, IntakePerson
from ..rules import forms as form_rules
from ..rules import intake as rules
from .intake import address, group_tag, status_tag, way, who

ACT = "identification.screen_intake_person"
TICKS = 200


def _page(name: str, entry: IntakePerson) -> str:
    return address(name, entry.intake, entry=entry.pk)


def _title(text: str, entry: IntakePerson) -> str:
    return text % {"number": values.number(entry.number)}


@allow("identification.view_intake", entry="identification.IntakePerson")
def person(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """What is known of one person, and what may happen next. The name is opened for whoever screens."""
    mine = queries.screens(request.user, entry)
    return _shown(request, intake, entry, queries.name_of(request.user, entry, now()) if mine else "")


@allow(ACT, entry="identification.IntakePerson")
def open_name(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """The name for somebody who does not screen: shown once in answer to a reason, and counted."""
    form = forms.OpenNameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        name = queries.name_of(request.user, entry, now(), form.cleaned_data["why"])
        return _shown(request, intake, entry, name)
    return render(request, "web/form.html", {
        "title": _title(_("Name of person %(number)s"), entry), "caption": intake.code, "form": form,
        "back_href": _page("intake-person", entry), "submit_text": _("Open the name"),
    }, status=422 if form.is_bound else 200)  # fmt: skip


def _shown(request: HttpRequest, intake: Intake, entry: IntakePerson, name: str) -> HttpResponse:
    mine = queries.screens(request.user, entry)
    hidden = _("Sealed: it opens for whoever screens") if entry.name is not None else ""
    since = values.instant(entry.claimed_at) if entry.claimed_at else ""
    rows = [
        {"label": _("Status"), "value": status_tag(entry.status)},
        {"label": _("Group"), "value": group_tag(entry.group)},
        {"label": _("Urgent marks"), "value": [_(rules.URGENT[m]) for m in entry.urgent if m in rules.URGENT] or ""},
        {"label": _("Name"), "value": name or hidden},
        {"label": _("Sex and age"), "value": who(entry)},
        {"label": _("Nationality"), "value": names.country(entry.nationality, language()) if entry.nationality else ""},
        {"label": _("Language"), "value": names.language(entry.language, language()) if entry.language else ""},
        {"label": _("Who screens"), "value": [entry.screener.shown_name(), since] if entry.screener else ""},
    ]  # fmt: skip
    if entry.asked_by and entry.in_force:
        asked = [entry.asked_by.shown_name(), _("Another member of the desk must confirm it.")]
        rows.append({"label": _("Asked to mark as entered in error"), "value": asked})
    sections = [{"rows": rows}, *_result(request, entry)]
    return render(request, "web/detail.html", {
        "title": _title(_("Person %(number)s"), entry), "caption": intake.code, "sections": sections,
        "back_href": address("intake", intake), "actions": _ways(request, intake, entry, mine=mine),
    })  # fmt: skip


def _result(request: HttpRequest, entry: IntakePerson) -> list[dict[str, Any]]:
    """What the screening found; of somebody who is in a case only the way there, for those who may go it."""
    if entry.status == "moved":
        case = queries.case_of(request.user, entry)
        href = case.get_absolute_url() if case else ""
        value = {"text": case.code, "href": href} if case else _("A case whose team you are not on")
        return [{"title": _("Case"), "rows": [{"label": _("Case"), "value": value}]}]
    form = queries.form_of(entry)
    if form is None or entry.screened_on is None:
        return []
    own = entry.screener_id == request.user.pk
    words = queries.words_of(request.user, entry, now()) if own else {}
    asked = [
        {"label": label_in(q.labels, language()),
         "value": words.get(q.code) or asking.shown_answer(form, q.code, entry.answers[q.code], language())}
        for q in form.questions if form_rules.asked(entry.answers.get(q.code))
    ]  # fmt: skip
    signs = [form.signs[code].label(language()) for code in entry.indicators if code in form.signs]
    found = [
        {"label": _("Day of the screening"), "value": entry.screened_on},
        {"label": _("Form that was asked"), "value": form.label(language())},
        {"label": _("Indicators met"), "value": signs or _("None")},
        {"label": _("Needed at once"), "value": [_(stages.NEEDS[need]) for need in entry.needs] or _("Nothing")},
        {"label": _("Enters the referral mechanism"), "value": entry.enters_nrm},
    ]
    return [{"title": _("Screening"), "rows": found}, {"title": _("What was asked"), "rows": asked}]


def _ways(request: HttpRequest, intake: Intake, entry: IntakePerson, *, mine: bool) -> list[dict[str, Any]]:
    """What the status allows; when the intake is closed, only to end what one began oneself."""
    if not entry.in_force or entry.status in {"moved", "refused"} or (intake.status == "closed" and not mine):
        return []
    record, shown = "identification.record_intake_person", []
    stale = entry.status == "claimed" and rules.is_stale(entry.claimed_at, now())
    if mine or entry.status == "screened":
        text = _("Screen") if mine else _("Correct the screening")
        shown.append(way(request, ACT, intake, text, _page("screen-person", entry)))
    elif entry.status == "waiting" or stale:
        text = _("Take over") if stale else _("Take this person")
        shown.append(way(request, ACT, intake, text, "", post=_page("take-person", entry)))
    if entry.status == "left" or mine or stale:
        text = _("Put back into the queue")
        shown.append(way(request, ACT, intake, text, "", post=_page("put-back-person", entry), kind="secondary"))
    shown.append(way(request, record, intake, _("Change the group"), _page("sort-person", entry), kind="secondary"))
    shown.append(way(request, record, intake, _("Correct"), _page("change-person", entry), kind="secondary"))
    if entry.name is not None and not mine:
        text = _("Open the name")
        shown.append(way(request, ACT, intake, text, _page("open-intake-name", entry), kind="secondary"))
    if rules.is_grown(entry.age) and (mine or entry.status == "waiting"):
        shown.append(way(request, ACT, intake, _("Refuses"), _page("refuse-person", entry), kind="secondary"))
    shown.append(way(request, record, intake, _("Entered in error"), _page("erase-person", entry), kind="secondary"))
    if entry.status not in {"left", "claimed"} or mine or stale:
        shown.append(way(request, ACT, intake, _("Has left"), "", post=_page("leave-person", entry), kind="secondary"))
    return shown


def _done(request: HttpRequest, entry: IntakePerson, do: Any, said: str, to: str) -> HttpResponse:
    """One press of a button: done and said, or the sentence why not."""
    try:
        do()
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, sentence(problem))
        return redirect(_page("intake-person", entry))
    messages.success(request, said)
    return redirect(to)


@allow(ACT, entry="identification.IntakePerson")
@require_POST
def take(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """Take this person, or take over after an hour."""
    return _done(request, entry, lambda: actions.take(by=request.user, row=entry, at=now()),
                 _("You screen this person now."), _page("screen-person", entry))  # fmt: skip


@allow(ACT, entry="identification.IntakePerson")
@require_POST
def put_back(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """Back into the queue."""
    told: dict[str, Any] = {"row": entry, "version": entry.version, "at": now()}
    back, waits = _("The person is here again, and was screened before."), _("The person waits again.")
    said = back if entry.screened_on else waits
    return _done(request, entry, lambda: actions.put_back(by=request.user, **told), said, address("intake", intake))


@allow(ACT, entry="identification.IntakePerson")
@require_POST
def leave(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """The person is gone."""
    told: dict[str, Any] = {"row": entry, "version": entry.version, "at": now()}
    return _done(request, entry, lambda: actions.leave_person(by=request.user, **told), _("Recorded as gone."),
                 address("intake", intake))  # fmt: skip


def _form(request: HttpRequest, entry: IntakePerson) -> tuple[packs.Form, dict[str, packs.Form]]:
    """The form to ask by: the one that was asked, the one chosen, or the first contact of this age. Where many wait,
    the long form of a situation is asked of those who show signs."""
    age = form_rules.age_for_forms(rules.age_group(entry.age, entry.is_child))
    fits = {code: form for code, form in packs.forms(today()).items() if age in form.ages}
    wanted = request.GET.get("form", "")
    kept = queries.form_of(entry)
    if kept is not None and entry.screened_on and wanted in {"", kept.code}:
        return kept, fits
    return fits.get(wanted) or fits[form_rules.suggested(fits, age)], fits


@allow(ACT, entry="identification.IntakePerson")
def screen(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """The screening of one person by the form of age and situation."""
    form, fits = _form(request, entry)
    at, viewer = now(), request.user
    initial: dict[str, Any] = {"language": entry.language, "interpreter": entry.interpreter or None}
    if entry.screened_on:
        words = queries.words_of(viewer, entry, at) if request.method == "GET" else {}
        initial |= asking.initial_of(form, entry.answers, words)
        initial |= {"needs": entry.needs, "enters_nrm": entry.enters_nrm, "interpreter": entry.interpreter}
        initial["child_at_time"] = "unknown" if entry.child_at_time is None else entry.child_at_time
    return act_page(
        request, forms.ScreenForm,
        lambda v: actions.screen_person(by=viewer, row=entry, version=version_of(request, entry), form=form, at=at,
                                        today=today(), **v),
        act=ACT, title=_title(_("Screening of person %(number)s"), entry), caption=intake.code,
        done=_page("screened-person", entry), back_href=_page("intake-person", entry), initial=initial,
        template="identification/intake_screen.html", version=entry.version, entry=entry, about=who(entry),
        group=group_tag(entry.group), submit_text=_("Save the screening"),
        draft_url="" if entry.status in {"moved", "refused"} or not entry.in_force else "/drafts/",
        form_name=_("Form: %(form)s") % {"form": form.label(language())},
        name=SimpleLazyObject(lambda: queries.name_of(viewer, entry, at)),
        other_forms=[(f"?form={code}", one.label(language())) for code, one in fits.items() if code != form.code],
        form_options={"form": form, "child": entry.is_child, "spoken": entry.language},
        refuse_href=_page("refuse-person", entry) if rules.is_grown(entry.age) and not entry.screened_on else "",
    )  # fmt: skip


@allow(ACT, entry="identification.IntakePerson")
def screened(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """Saved: what it found, and the next person at one press."""
    return render(request, "web/detail.html", {
        "title": _title(_("Person %(number)s is screened"), entry), "caption": intake.code,
        "back_href": address("intake", intake), "sections": _result(request, entry),
        "actions": [
            way(request, ACT, intake, _("Next person"), "", post=address("next-person", intake)),
            way(request, ACT, intake, _("This person"), _page("intake-person", entry), kind="secondary"),
        ],
    })  # fmt: skip


@allow(ACT, entry="identification.IntakePerson")
def refuse(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """An adult says no: what is known of the person is destroyed, and one anonymous count remains."""
    return act_page(
        request, forms.RefusalForm,
        lambda v: actions.refuse_person(by=request.user, row=entry, version=version_of(request, entry), at=now(),
                                        today=today(), **v),
        act=ACT, title=_title(_("Person %(number)s refuses"), entry), caption=intake.code, danger=True, draft_url="",
        done=address("intake", intake), back_href=_page("intake-person", entry), version=entry.version,
        initial={"sex": entry.sex}, submit_text=_("Destroy the name and count the refusal"),
        lead=_("The name and all that was told are destroyed at once and cannot be brought back. Hand over the card "
               "with safe information: help stays open."),
    )  # fmt: skip


@allow("identification.record_intake_person", entry="identification.IntakePerson")
def sort(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """Change the group by hand."""
    return act_page(
        request, forms.GroupForm,
        lambda v: people.set_group(by=request.user, row=entry, **v),
        act="identification.record_intake_person", title=_title(_("Group of person %(number)s"), entry),
        caption=intake.code, done=_page("intake-person", entry), back_href=_page("intake-person", entry), draft_url="",
        initial={"group": entry.group, "version": entry.version}, lead=_(rules.OUR_CHOICE),
    )  # fmt: skip


@allow("identification.record_intake_person", entry="identification.IntakePerson")
def change(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """Correct what is known of a person."""
    age = entry.age if entry.age is not None else {True: "child", False: "adult"}.get(entry.is_child, "")  # type: ignore[arg-type]
    initial = {"sex": entry.sex, "age": age, "nationality": entry.nationality, "language": entry.language,
               "marks": [mark for mark in entry.urgent if mark != "child"]}  # fmt: skip
    return act_page(
        request, forms.PersonForm,
        lambda v: people.change_person(by=request.user, row=entry, version=version_of(request, entry), at=now(), **v),
        act="identification.record_intake_person", title=_title(_("Correct person %(number)s"), entry),
        caption=intake.code, done=_page("intake-person", entry), back_href=_page("intake-person", entry), draft_url="",
        initial=initial, version=entry.version,
    )  # fmt: skip


@allow("identification.record_intake_person", entry="identification.IntakePerson")
def in_error(request: HttpRequest, *, intake: Intake, entry: IntakePerson) -> HttpResponse:
    """Somebody was entered twice or by mistake; of a child one member asks for it, and another confirms."""

    def do(told: dict[str, Any]) -> None:
        row = people.enter_in_error(by=request.user, row=entry, version=version_of(request, entry), at=now(),
                                    today=today(), **told)  # fmt: skip
        if row.in_force:
            messages.info(request, _("Nothing is destroyed yet. Another member of the desk must confirm it."))

    return act_page(
        request, forms.InErrorForm, do,
        act="identification.record_intake_person", title=_title(_("Person %(number)s was entered in error"), entry),
        caption=intake.code, done=address("intake", intake), back_href=_page("intake-person", entry), draft_url="",
        version=entry.version, danger=True, submit_text=_("Entered in error"),
        lead=_("The name is destroyed and the person counts no more. The number stays taken. Of a child, or of "
               "somebody whose age was not known, a second member of the desk must confirm it."),
    )  # fmt: skip


@allow("identification.move_intake_person")
def move(request: HttpRequest, *, intake: Intake) -> HttpResponse:
    """Take screened people into a case; those who enter the mechanism stand first."""
    viewer, waiting = request.user, queries.to_move(request.user, intake)
    ticked = request.POST.getlist("people")[:TICKS]

    def do(told: dict[str, Any]) -> tuple[Any, int]:
        try:
            rows = queries.chosen(viewer, intake, ticked)
        except (ValueError, ValidationError):
            raise Http404 from None
        case, moved = moving.take_into_case(by=viewer, intake=intake, rows=rows, at=now(), today=today(), **told)
        left = waiting.count()
        told_of = {"moved": values.number(moved), "left": values.number(left)}
        messages.info(request, _("%(moved)s taken in, %(left)s screened people are in no case yet.") % told_of)
        return case, left

    rows = list(waiting[:TICKS])
    count = waiting.count()
    return act_page(
        request, forms.MoveForm, do, act="identification.move_intake_person", title=_("Take people into a case"),
        caption=intake.code, back_href=address("intake", intake), template="identification/intake_move.html",
        done=lambda result: address("move-people", intake) + f"?case={result[0].code}" if result[1]
        else result[0].get_absolute_url(),
        form_options={"cases": queries.open_cases(viewer)}, initial={"case": request.GET.get("case", "")},
        draft_url="", people=[_offered(row, n, ticked) for n, row in enumerate(rows)], intake=intake,
        count_text=ngettext("%(n)s screened person is in no case yet.", "%(n)s screened people are in no case yet.",
                            count) % {"n": values.number(count)},
        submit_text=_("Take into the case"), said=_("Taken into the case."),
    )  # fmt: skip


def _offered(row: IntakePerson, place: int, ticked: list[str]) -> dict[str, Any]:
    """One person to tick, by number; the first fifty who enter the mechanism are ticked already."""
    enters = _("enters the mechanism") if row.enters_nrm else _("does not enter")
    text = f"{values.number(row.number)}: {who(row)}, {enters}"
    fresh = bool(row.enters_nrm) and place < rules.MOST_AT_ONCE
    return {"value": str(row.pk), "text": text, "checked": str(row.pk) in ticked if ticked else fresh}
