"""An adult said no: the count, its list, and the card that is handed over."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.pages import act_page
from prasan.plain.dates import format_month
from prasan.web.clock import today
from prasan.web.values import language

from .. import papers
from .. import queries_of_protection as queries
from ..actions import refusals as actions
from ..forms.protection import RefusalForm
from ..rules import protection as words

ACT = "identification.record_refusal"


@allow("identification.record_refusal")
def refusals(request: HttpRequest) -> HttpResponse:
    """How many said no, by month and province; small parts are not shown."""
    head = [
        {"key": "month", "text": _("Month")}, {"key": "province", "text": _("Province")},
        {"key": "count", "text": _("People"), "numeric": True}, {"key": "sexes", "text": _("Sex")},
        {"key": "refused", "text": _("What was refused")}, {"key": "cards", "text": _("Cards given"), "numeric": True},
    ]  # fmt: skip
    rows = [_row(cell) for cell in queries.refusal_months(request.user)]
    return render(request, "identification/refusals.html", {
        "title": _("Refusals"), "head": head, "rows": rows, "small": words.SMALL, "page": None,
        "lead": _("Adults who said no, counted without a name. A refusal closes no door."),
        "empty": {"title": _("Nobody said no yet"),
                  "text": _("When an adult refuses, count it here without a name and give the card.")},
        "actions": [
            {"text": _("Count a refusal"), "href": reverse("identification:count-refusal")},
            {"text": _("Card with useful numbers"), "href": reverse("identification:card"), "kind": "secondary"},
        ],
    })  # fmt: skip


def _row(cell: dict[str, Any]) -> dict[str, Any]:
    month = cell["month"]
    return {
        "month": format_month(month.year, month.month, language()), "count": cell["count"], "cards": cell["cards"],
        "province": packs.label("province", cell["province"], language()) if cell["province"] else _("Not recorded"),
        "sexes": _split(cell["sexes"], words.SEXES), "refused": _split(cell["refused"], words.REFUSED),
    }  # fmt: skip


def _split(parts: Any, labels: dict[str, str]) -> Any:
    if parts is None:
        return _("Not shown: a part is smaller than %(small)s") % {"small": words.SMALL}
    return [f"{_(labels[code])}: {count}" for code, count in sorted(parts.items())]


@allow("identification.record_refusal")
def count_refusal(request: HttpRequest) -> HttpResponse:
    """One more adult; no name, no words."""
    back = reverse("identification:refusals")
    return act_page(
        request, RefusalForm, lambda v: actions.count_refusal(by=request.user, today=today(), **v),
        act=ACT, title=_("An adult refuses"), done=reverse("identification:card"), back_href=back,
        said=_("Counted. Nothing that leads to the person was kept. Give the card."), initial={"on": today()},
        submit_text=_("Count"), draft_url="",
        lead=_("An adult may say no. Nothing about who it was is written. Give the card; the door stays open."),
    )  # fmt: skip


@allow("identification.record_refusal")
def card(request: HttpRequest) -> HttpResponse:
    """The card on the screen, to read out or to print: neutral words only."""
    numbers = papers.hotlines(card=True)
    return render(request, "identification/card.html", {
        "title": _("Useful numbers"), "numbers": numbers, "both": papers.both(papers.CARD_TITLE),
        "lines": papers.both(papers.CARD_LINES[0]), "unconfirmed": any("*" in one["number"] for one in numbers),
        "back_href": reverse("identification:refusals"),
        "actions": [{"text": _("Print the card (PDF)"), "href": reverse("identification:safe-card")}],
    })  # fmt: skip
