"""The agency's own rows of the packs: what differs row by row, proposed by one person, confirmed by a second."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.allow import allow
from prasan.cases.actions import own_rows as actions
from prasan.plain.problem import Refused
from prasan.web.clock import now
from prasan.web.fields import sentence
from prasan.web.values import language

DOES = {"propose": actions.propose, "confirm": actions.activate}


@allow("packs.activate")
def page(request: HttpRequest) -> HttpResponse:
    """What lies in the folder now, whether it may be used, and who stands for it."""
    folder = settings.HOME / "packs"
    if request.method == "POST":
        _do(request, folder)
        return redirect("desk:packs")
    context: dict[str, Any] = {"title": _("Own rows of the packs"), "in_use": packs.current().own}
    try:
        pack = packs.own_rows(folder)
    except packs.BadPack as bad:
        return render(request, "desk/own_rows.html", {**context, "bad": str(bad)})
    row = actions.standing(pack.own) if pack.own else None
    done = actions.activated(pack.own)
    context |= {
        "digest": pack.own, "row": row, "done": done, "rows": [_shown(one) for one in packs.differences(pack)],
        "own": bool(row and not done and row.proposed_by_id == request.user.pk),
        "proposed": bool(row and row.activated_at is None), "runs": pack.own == packs.current().own,
    }  # fmt: skip
    return render(request, "desk/own_rows.html", context)


def _shown(one: packs.Difference) -> dict[str, Any]:
    keys = [{"key": key, "was": _text(was), "now": _text(new)} for key, was, new in one.keys]
    return {"list": one.row.list_name, "code": one.row.code, "label": one.row.label(language()),
            "place": f"{one.row.file}:{one.row.line}", "keys": keys}  # fmt: skip


def _text(value: Any) -> str:
    return "–" if value is None or value == "" else str(value)


def _do(request: HttpRequest, folder: Any) -> None:
    do = DOES.get(request.POST.get("do", ""))
    if do is None:
        return
    try:
        do(by=request.user, folder=folder, digest=request.POST.get("digest", "")[:64], at=now())
    except Refused as refused:
        messages.error(request, " ".join(sentence(problem) for problem in refused.problems))
    except packs.BadPack as bad:
        messages.error(request, str(bad))
    else:
        messages.success(request, _("Saved."))
