"""An intake of many people: the list of events, the queue of one, how people are entered, and the wall board."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import refusal
from prasan.access.pages import act_page, version_of
from prasan.packs import names
from prasan.plain.dates import BANGKOK
from prasan.plain.problem import Refused
from prasan.web import values
from prasan.web.clock import now, today
from prasan.web.fields import sentence
from prasan.web.values import language

from .. import queries_of_intake as queries
from .. import rules as stages
from ..actions import intake as actions
from ..actions import intake_screening as screening
from ..forms import intake as forms
from ..models import Intake, IntakePerson
from ..rules import intake as rules
from ..rules.protection import SEXES

STATUS_COLOURS = {"waiting": "blue", "claimed": "yellow", "screened": "green", "moved": "grey", "left": "grey"}
GROUP_COLOURS = {"urgent": "red", "normal": "blue", "later": "grey"}
INTAKE_COLOURS = {"open": "green", "closed": "grey"}


def address(name: str, intake: Intake, **more: Any) -> str:
    """The address of a page of an intake."""
    return reverse(f"identification:{name}", kwargs={"intake": intake.code, **more})


def group_tag(code: str) -> dict[str, Any]:
    return {"tag": _(rules.GROUPS[code]), "colour": GROUP_COLOURS[code]}


def status_tag(code: str) -> dict[str, Any]:
    return {"tag": _(rules.PERSON_STATUSES[code]), "colour": STATUS_COLOURS.get(code, "grey")}


def way(request: HttpRequest, act: str, intake: Intake, text: str, href: str, **more: Any) -> dict[str, Any]:
    """A button, or the sentence why it is not for this viewer."""
    denied = refusal(request.user, act, intake)
    one = {"text": text, "href": href, **more}
    return {**one, "refused": _(denied.reason) % denied.params} if denied else one


@allow("identification.view_intake")
def intake_list(request: HttpRequest) -> HttpResponse:
    """The intakes of the viewer's desks, with how far each has come."""
    page = Paginator(queries.intakes(request.user), 25).get_page(request.GET.get("page"))
    counts = queries.counts_of(request.user, list(page))
    rows = [
        {
            "code": row.code, "href": address("intake", row), "on": row.on,
            "situation": packs.label("screening_situation", row.situation, language()),
            "status": {"tag": _(rules.INTAKE_STATUSES[row.status]), "colour": INTAKE_COLOURS[row.status]},
            "people": counts[row.pk].total(), "open": counts[row.pk]["waiting"] + counts[row.pk]["claimed"],
        }
        for row in page
    ]  # fmt: skip
    head = [
        {"key": "code", "text": _("Intake")}, {"key": "on", "text": _("Day")},
        {"key": "situation", "text": _("Situation")}, {"key": "status", "text": _("Status")},
        {"key": "people", "text": _("People"), "numeric": True},
        {"key": "open", "text": _("Still open"), "numeric": True},
    ]  # fmt: skip
    return render(request, "web/list.html", {
        "title": _("Intakes of many people"), "head": head, "rows": rows, "page": page,
        "actions": [{"text": _("Open an intake"), "href": reverse("identification:open-intake")}],
        "empty": {"title": _("No intake yet"), "text": _("A raid, a return over the border, a centre: open an intake "
                                                         "where many people are met at once.")},
    })  # fmt: skip


@allow("identification.open_intake")
def open_intake(request: HttpRequest) -> HttpResponse:
    """A new event."""
    return act_page(
        request, forms.IntakeForm,
        lambda v: actions.open_intake(by=request.user, at=now(), today=today(), **v),
        act="identification.open_intake", title=_("Open an intake"), done=lambda row: address("intake", row),
        said=_("The intake is open. Enter the people now."), initial={"on": today()},
        form_options={"desks": queries.my_desks(request.user)}, back_href=reverse("identification:intakes"),
        submit_text=_("Open"),
    )  # fmt: skip


@allow("identification.view_intake")
def intake_page(request: HttpRequest, *, intake: Intake) -> HttpResponse:
    """The queue, page by page: urgent people first, by number; no name is opened here."""
    form = forms.FilterForm({"status": request.GET.get("status", "open"), "group": request.GET.get("group", "")})
    chosen = form.cleaned_data if form.is_valid() else {}
    page = queries.page_of(queries.people(request.user, intake, **chosen), request.GET.get("page"))
    told, at = queries.standing(request.user, intake), now()
    languages = dict(names.languages(language()))
    rows = [_row(request, intake, row, languages, at) for row in page]
    head = [
        {"key": "number", "text": _("Number")}, {"key": "group", "text": _("Group")},
        {"key": "status", "text": _("Status")}, {"key": "who", "text": _("Sex and age")},
        {"key": "language", "text": _("Language")}, {"key": "marks", "text": _("Urgent marks")},
        {"key": "by", "text": _("Who screens")},
    ]  # fmt: skip
    count = page.paginator.count
    return render(request, "identification/intake.html", {
        "title": _("Intake %(intake)s") % {"intake": intake.code}, "back_href": reverse("identification:intakes"),
        "caption": packs.label("screening_situation", intake.situation, language()), "intake": intake, "told": told,
        "head": head, "rows": rows, "page": page, "filter_form": form, "actions": _ways(request, intake),
        "count_text": values.in_digits(ngettext("%(n)s person", "%(n)s people", count) % {"n": f"{count:,}"}),
        "figures": figures(told), "our_choice": _(rules.OUR_CHOICE), "intake_rows": _intake_rows(intake),
        "empty": {"title": _("Nobody here"), "text": _("Enter the people by a list, in a table, or one by one.")},
    })  # fmt: skip


def _row(request: HttpRequest, intake: Intake, row: IntakePerson, languages: dict[str, str], at: Any) -> dict[str, Any]:
    by: Any = ""
    if row.status == "claimed" and row.screener:
        since = _("since %(at)s") % {"at": values.instant(row.claimed_at)}
        by = [row.screener.shown_name(), since]
        if rules.is_stale(row.claimed_at, at):
            by.append({"tag": _("Longer than an hour"), "colour": "orange"})
    elif row.screener:
        by = row.screener.shown_name()
    return {
        "number": values.number(row.number), "href": address("intake-person", intake, entry=row.pk),
        "group": group_tag(row.group), "status": status_tag(row.status), "who": who(row),
        "language": languages.get(row.language, row.language), "by": by,
        "marks": [_(rules.URGENT[mark]) for mark in row.urgent if mark in rules.URGENT] or "",
    }  # fmt: skip


def who(row: IntakePerson) -> str:
    """Sex and age as far as they are known; nothing of somebody of whom nothing is kept here."""
    if row.status in {"moved", "refused"}:
        return ""
    age = values.number(row.age) if row.age is not None else {True: _("child"), False: _("adult")}.get(row.is_child)
    return ", ".join(filter(None, [_(SEXES[row.sex]) if row.sex else "", age or _("age not known")]))


def _intake_rows(intake: Intake) -> list[dict[str, Any]]:
    province = packs.label("province", intake.province, language()) if intake.province else ""
    return [
        {"label": _("Day"), "value": intake.on}, {"label": _("Kind of place"), "value": _(stages.PLACES[intake.place])},
        {"label": _("Province"), "value": province}, {"label": _("People expected"), "value": intake.expected},
    ]  # fmt: skip


def _ways(request: HttpRequest, intake: Intake) -> list[dict[str, Any]]:
    screen, enter, move = (f"identification.{a}_intake_person" for a in ("screen", "record", "move"))
    board = {"text": _("Wall board"), "href": address("intake-board", intake), "kind": "secondary"}
    into_case = way(request, move, intake, _("Take people into a case"), address("move-people", intake),
                    kind="secondary")  # fmt: skip
    if intake.status == "closed":
        return [into_case, board, way(request, "identification.open_intake", intake, _("Open again"),
                           address("move-intake", intake), kind="secondary")]  # fmt: skip
    return [
        way(request, screen, intake, _("Next person"), "", post=address("next-person", intake)),
        way(request, enter, intake, _("Enter people"), address("enter-people", intake), kind="secondary"),
        way(request, enter, intake, _("Enter a list"), address("import-people", intake), kind="secondary"),
        into_case,
        board,
        way(request, "identification.open_intake", intake, _("Close the intake"), address("move-intake", intake),
            kind="secondary"),
    ]  # fmt: skip


def figures(told: queries.Standing) -> list[tuple[str, int]]:
    """The numbers that everybody in the room should see."""
    return [
        (_("Wait"), told.statuses["waiting"]), (_("Being screened"), told.statuses["claimed"]),
        (_("Screened"), told.statuses["screened"] + told.statuses["moved"]),
        (_("All people"), told.total),
    ]  # fmt: skip


@allow("identification.open_intake")
def move_intake(request: HttpRequest, *, intake: Intake) -> HttpResponse:
    """Close the intake, with what is left open; or open it again."""
    told = queries.standing(request.user, intake)
    closing = intake.status == "open"
    left = ngettext("%(n)s person still waits or is being screened.", "%(n)s people still wait or are being screened.",
                    told.open) % {"n": values.number(told.open)}  # fmt: skip
    moved = ngettext("%(n)s screened person is in no case.", "%(n)s screened people are in no case.",
                     told.statuses["screened"]) % {"n": values.number(told.statuses["screened"])}  # fmt: skip
    kept = _("Nothing is deleted, and the intake can be opened again.")
    return act_page(
        request, forms.Form,
        lambda _v: actions.move_intake(by=request.user, intake=intake, status="closed" if closing else "open",
                                       version=version_of(request, intake)),
        act="identification.open_intake", title=_("Close the intake") if closing else _("Open the intake again"),
        caption=intake.code, done=address("intake", intake), back_href=address("intake", intake), draft_url="",
        version=intake.version, submit_text=_("Close") if closing else _("Open again"),
        lead=f"{left} {moved} {kept}" if closing else "",
    )  # fmt: skip


@allow("identification.screen_intake_person")
@require_POST
def next_person(request: HttpRequest, *, intake: Intake) -> HttpResponse:
    """Take the next person of the queue, for oneself alone, and begin."""
    try:
        row = screening.take_next(by=request.user, intake=intake, at=now())
    except Refused as refused:
        row = None
        for problem in refused.problems:
            messages.error(request, sentence(problem))
    else:
        if row is None:
            messages.info(request, _("Nobody waits. Everybody is screened or being screened."))
    return redirect(address("screen-person", intake, entry=row.pk) if row else address("intake", intake))


@allow("identification.view_intake")
def board(request: HttpRequest, *, intake: Intake) -> HttpResponse:
    """For the wall: counts only, large, no name and no number of a person; it looks again by itself."""
    told, at = queries.standing(request.user, intake), now()
    languages = dict(names.languages(language()))
    waiting = [(languages.get(code, code) or _("Language not known"), n) for code, n in told.languages.most_common(8)]
    return render(request, "identification/intake_board.html", {
        "title": _("Intake %(intake)s") % {"intake": intake.code}, "told": told, "at": at, "big": figures(told),
        "back_href": address("intake", intake), "languages": waiting,
        "groups": [(_(label), told.waiting[code]) for code, label in rules.GROUPS.items()],
        "special": [(_("Children waiting, or age not known"), told.children),
                    (_("Need an interpreter"), told.interpreters), (_("Enter the mechanism"), told.entered)],
        "hours": [(_clock(hour), n) for hour, n in queries.by_hour(request.user, intake, at)],
    })  # fmt: skip


def _clock(hour: datetime) -> str:
    """The hour by the clock of Bangkok."""
    return values.in_digits(hour.astimezone(BANGKOK).strftime("%H:%M"))
