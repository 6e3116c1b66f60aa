"""What care shows on the case page: services and stays, consent and freedom first, the place never."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.check import may
from prasan.web.panel import Link, Panel
from prasan.web.values import language

from . import queries, rules
from .models import Service, Stay


def consent_tag(stay: Stay) -> dict[str, str]:
    """Whether the person agrees to stay; anything but a yes stands out."""
    if stay.consent_to_stay is None:
        return {"tag": _("Not asked yet"), "colour": "red"}
    return (
        {"tag": _("Agrees"), "colour": "green"}
        if stay.consent_to_stay
        else {"tag": _("Does not agree"), "colour": "red"}
    )


def service_rows(row: Service, words: dict[str, str]) -> list[dict[str, Any]]:
    """A service with its opened words."""
    return [
        {"label": _("Person"), "value": row.person.code},
        {"label": _("Kind of service"), "value": packs.label("support_plan", row.kind, language())},
        {"label": _("Day"), "value": row.on},
        {"label": _("Who gave it"), "value": row.provider.name},
        {"label": _("What came of it"), "value": _(rules.SERVICE_OUTCOMES[row.outcome])},
        {"label": _("What it was"), "value": words.get("what", "").split("\n")},
        {"label": _("In the person's own words"), "value": words.get("words", "")},
    ]


def stay_rows(row: Stay, words: dict[str, str]) -> list[dict[str, Any]]:
    """A stay without its place."""
    rows = [
        {"label": _("Person"), "value": row.person.code},
        {"label": _("Agrees to stay"), "value": consent_tag(row)},
        {"label": _("Day of that answer"), "value": row.consent_on},
        {"label": _("Can use a phone"), "value": _(rules.ACCESS[row.phone_access])},
        {"label": _("Can go out"), "value": _(rules.ACCESS[row.free_movement])},
        {"label": _("Kind of place"), "value": packs.label("shelter_kind", row.kind, language())},
        {"label": _("First day"), "value": row.since_on},
        {"label": _("Last day"), "value": row.until_on},
    ]
    if row.until_on is not None:
        rows.append({"label": _("Nights"), "value": rules.nights(row.since_on, row.until_on)})
        rows.append({"label": _("Why the stay ended"), "value": _(rules.LEFT_BECAUSE[row.because])})
    if words.get("limit_reason"):
        rows.append({"label": _("Why limited"), "value": words["limit_reason"].split("\n")})
        rows.append({"label": _("Looked at again on"), "value": row.limit_review_on})
    return rows


def panel(viewer: Any, case: Any) -> Panel | None:
    """Services and stays of the case for those who care; others see nothing of it."""
    if not may(viewer, "care.view", case):
        return None
    here = {"case": case.code}
    head_services = [{"key": "kind", "text": _("Service")}, {"key": "person", "text": _("Person")},
                     {"key": "on", "text": _("Day")}, {"key": "outcome", "text": _("What came of it")}]  # fmt: skip
    head_stays = [{"key": "kind", "text": _("Stay")}, {"key": "person", "text": _("Person")},
                  {"key": "since_on", "text": _("First day")}, {"key": "until_on", "text": _("Last day")},
                  {"key": "consent", "text": _("Agrees to stay")}]  # fmt: skip
    services = [
        {"kind": packs.label("support_plan", s.kind, language()), "person": s.person.code, "on": s.on,
         "outcome": _(rules.SERVICE_OUTCOMES[s.outcome]),
         "href": reverse("care:service", kwargs={**here, "service": s.pk})}
        for s in queries.services(viewer, case)
    ]  # fmt: skip
    stays = [
        {"kind": packs.label("shelter_kind", s.kind, language()), "person": s.person.code, "since_on": s.since_on,
         "until_on": s.until_on or _("still there"), "consent": consent_tag(s),
         "href": reverse("care:stay", kwargs={**here, "stay": s.pk})}
        for s in queries.stays(viewer, case)
    ]  # fmt: skip
    links = [
        Link(_("Record a service"), reverse("care:record-service", kwargs=here)),
        Link(_("Record a shelter stay"), reverse("care:record-stay", kwargs=here)),
    ]
    context = {"head_services": head_services, "services": services, "head_stays": head_stays, "stays": stays}
    return Panel("care", _("Care"), "care/panel.html", context, links)
