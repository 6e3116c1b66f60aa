"""Rights told to one person, and the bilingual notice that is handed over."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.pages import act_page
from prasan.cases.models import Participation
from prasan.web.clock import now, today
from prasan.web.papers import response
from prasan.web.values import language

from .. import notices, papers
from .. import queries_of_protection as queries
from ..actions import refusals as printing
from ..actions import rights as actions
from ..actions.papers import print_rights
from ..forms.protection import RightsForm
from ..panel import label
from ..rules import protection as words
from .protection import error_link

ACT = "identification.tell_right"


def _part(case: Any, person: Any) -> Participation:
    return Participation.objects.filter(case=case, person=person, closed_as="").order_by("-since_on")[:1].get()


@allow("identification.tell_right")
def rights(request: HttpRequest, *, case: Any, person: Any) -> HttpResponse:
    """All rights of the pack for one person: what was told, and the form to tell more."""
    viewer, at, on = request.user, now(), today()
    one = queries.rights_of(viewer, case, person)
    codes, again = one.rights(on), _not_understood(viewer, case, person, one)
    here = reverse("identification:rights", kwargs={"case": case.code, "person": person.code})
    return act_page(
        request, RightsForm,
        lambda v: actions.tell_rights(by=viewer, participation=_part(case, person), at=at, today=on, **v),
        act=ACT, title=_("Rights of %(person)s") % {"person": person.code}, caption=case.code, case=case, person=person,
        done=here, back_href=reverse("desk:person", kwargs={"case": case.code, "person": person.code}),
        template="identification/rights.html", form_options={"rights": codes},
        initial={"on": on, "language": person.languages[0] if person.languages else ""},
        head=_head(), told=_rows(viewer, case, one, codes, again), first_missing=not one.is_told(actions.FIRST),
        again=[packs.label("right", code, language()) for code in again],
        paper=reverse("identification:rights-notice", kwargs={"case": case.code, "person": person.code}),
        submit_text=_("Record that these rights were told"),
    )  # fmt: skip


def _head() -> list[dict[str, str]]:
    return [
        {"key": "right", "text": _("Right")}, {"key": "basis", "text": _("Basis")}, {"key": "state", "text": _("Told")},
        {"key": "by", "text": _("By whom")}, {"key": "language", "text": _("Language")},
        {"key": "how", "text": _("How it was understood")}, {"key": "paper", "text": _("Paper handed over")},
    ]  # fmt: skip


def _state(viewer: Any, case: Any, told: Any) -> Any:
    """The day, and for whoever may correct the way to say that it was an error."""
    link = error_link(viewer, case, "right", told)
    return [told.on, {"text": link.text, "href": link.href}] if link.href else told.on


def _rows(viewer: Any, case: Any, one: Any, codes: list[str], again: list[str]) -> list[dict[str, Any]]:
    rows, here = [], language()
    for code in codes:
        right, told = packs.row("right", code), one.told.get(code)
        row: dict[str, Any] = {"right": right.label(here), "basis": _basis(right)}
        if told is None:
            colour = "red" if code == actions.FIRST else "yellow"
            said = _("Told, not understood") if code in again else _("Not told yet")
            rows.append({**row, "state": {"tag": said, "colour": colour}})
            continue
        spoken = packs.names.language(told.language, here)
        rows.append({
            **row, "state": _state(viewer, case, told), "by": label("decider", told.body), "paper": told.handed_over,
            "language": _("%(language)s, with an interpreter") % {"language": spoken} if told.interpreter else spoken,
            "how": _(words.UNDERSTANDINGS[told.understood]),
        })  # fmt: skip
    return rows


def _basis(right: Any) -> Any:
    basis = packs.cited(right["basis"], language())
    return basis if right.sourced else [basis, {"tag": _("not confirmed"), "colour": "grey"}]


def _not_understood(viewer: Any, case: Any, person: Any, one: Any) -> list[str]:
    """Rights that were told and not understood, and not told again since."""
    told = [row.right for row in queries.notices(viewer, case, person) if not one.is_told(row.right)]
    return list(dict.fromkeys(told))


@allow("identification.tell_right")
def rights_notice(request: HttpRequest, *, case: Any, person: Any) -> HttpResponse:
    """The notice of one person: the code and no name."""
    one = queries.rights_of(request.user, case, person)
    made = print_rights(by=request.user, case=case, person=person, rights=one.rights(today()), on=today())
    return response(made, "rights")


@allow("identification.print_paper")
def blank_notice(request: HttpRequest) -> HttpResponse:
    """The notice for anybody: all rights, no code. Printing leaves a line with nobody in it."""
    made = papers.rights_notice(notices.rights_texts(packs.current().by_code["right"]), on=today())
    printing.count_paper(by=request.user)
    return response(made, "rights")
