"""What the case page shows of the investigation; care sees the removals from harm that it may record."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.check import may
from prasan.web.panel import Link, Panel

from . import queries, rules
from .views import (
    COLOURS,
    arrest_head,
    arrest_line,
    head,
    operation_page,
    removal_head,
    removal_line,
)


def _operation_line(case: Any, row: Any) -> dict[str, Any]:
    row.case = case
    return {
        "code": row.code, "href": operation_page(row), "on": row.planned_on,
        "place": _(rules.PLACES[row.place_kind]), "arrests": row.arrests, "removals": row.removals,
        "status": {"tag": _(rules.STATUSES[row.status]), "colour": COLOURS[row.status]},
    }  # fmt: skip


def _links(viewer: Any, case: Any, investigation: Any) -> list[Link]:
    code = {"case": case.code}
    doors = [
        ("investigation.plan_operation", _("Plan an operation"), "plan-operation", code),
        ("investigation.record_arrest", _("Record an arrest"), "record-arrest", code),
        ("investigation.record_removal", _("Record a removal from harm"), "record-removal", code),
    ]
    opening = "investigation.open_investigation"
    if investigation is None:
        doors.insert(0, (opening, _("Open the investigation"), "open-investigation", code))
    elif investigation.closed_on is None:
        told = {**code, "investigation": investigation.pk}
        doors.append((opening, _("Close the investigation"), "close-investigation", told))
    return [
        Link(text, reverse(f"investigation:{name}", kwargs=kwargs))
        for act, text, name, kwargs in doors
        if may(viewer, act, case)
    ]


def panel(viewer: Any, case: Any) -> Panel | None:
    """Days, operations and arrests for those who see the investigation; removals also for care."""
    sees = may(viewer, "investigation.view", case)
    if not sees and not may(viewer, "investigation.record_removal", case):
        return None
    removals = queries.removals(viewer, case)
    context: dict[str, Any] = {
        "case": case, "sees": sees, "removal_head": removal_head(),
        "removals": [removal_line(case, row) for row in removals],
    }  # fmt: skip
    if not sees:
        context["removal_head"] = [c for c in removal_head() if c["key"] != "operation"]
        return Panel("investigation", _("Removal from harm"), "investigation/panel.html", context,
                     _links(viewer, case, None))  # fmt: skip
    investigation = queries.investigation(viewer, case)
    days = [
        {"label": _("Investigation opened"), "value": investigation and investigation.opened_on},
        {"label": _("Investigation closed"), "value": investigation and investigation.closed_on},
    ]
    context |= {
        "days": days if investigation else [], "arrest_head": arrest_head(),
        "arrests": [arrest_line(case, row) for row in queries.arrests(viewer, case)],
        "operation_head": head(code=_("Operation"), on=_("Planned for"), place=_("Kind of place"),
                               arrests=_("Arrests"), removals=_("Removed from harm"), status=_("Status")),
        "operations": [_operation_line(case, row) for row in queries.operations(viewer, case)],
    }  # fmt: skip
    links = _links(viewer, case, investigation)
    return Panel("investigation", _("Investigation"), "investigation/panel.html", context, links)
