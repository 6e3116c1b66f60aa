"""What the case page shows of sealed attachments."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.check import may
from prasan.web.panel import Link, Panel

from . import queries
from .views import item_head, item_line

SHOWN = 8


def panel(viewer: Any, case: Any) -> Panel | None:
    """The newest attachments that the viewer reads; None for disciplines without any right here."""
    if not may(viewer, "evidence.view", case):
        return None
    rows = queries.items(viewer, case)
    for row in rows:
        row.case = case
    doors = (
        ("evidence.seal_item", _("Seal an attachment"), "seal-item"),
        ("evidence.view", _("All attachments"), "items"),
        ("evidence.mark_abuse", _("I may have seen abuse of a child"), "record-suspicion"),
    )
    links = [
        Link(text, reverse(f"evidence:{name}", kwargs={"case": case.code}))
        for act, text, name in doors
        if may(viewer, act, case)
    ]
    context = {"head": item_head(), "rows": [item_line(r) for r in rows[:SHOWN]], "more": len(rows) - SHOWN}
    return Panel("evidence", _("Attachments"), "evidence/panel.html", context, links)
