"""What the case page shows of protection and rights: per person the phase, the last look, the rights, what is next."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.access.check import may
from prasan.web.clock import now, today
from prasan.web.panel import Panel
from prasan.web.values import day, instant

from . import queries_of_protection as queries
from .panel import act_link
from .queries_of_protection import Standing
from .rules import protection as words

RED, YELLOW, GREEN, GREY = "red", "yellow", "green", "grey"


def reflection_line(one: Standing, at: datetime) -> str:
    """The phase, and what ends it."""
    row = one.reflection
    if row is None:
        return _("Not in reflection")
    second = one.clocks.get("reflection-b")
    if second is not None and second.state == "running" and second.end_on:
        return _("Second phase until %(day)s") % {"day": day(second.end_on, "short")}
    if row.ended_on is not None:
        told = {"how": _(words.ENDINGS[row.ended_as]), "day": day(row.ended_on, "short")}
        return _("Ended on %(day)s: %(how)s") % told
    clock = one.clocks.get("reflection-a")
    if clock is None or clock.end_on is None:
        return _("Since %(day)s; the pack gives no length") % {"day": day(row.entered_on, "short")}
    if not one.reflecting(at):
        return _("Ended on %(day)s: %(how)s") % {"how": _(words.ENDINGS["ran_out"]), "day": day(clock.end_on, "short")}
    return _("Until %(day)s, or earlier at the person's own recorded wish") % {"day": day(clock.end_on, "short")}


def basis_line(one: Standing, at: datetime) -> Any:
    """On what the stay rests; red when on nothing."""
    end = instant(one.law_ends_at())
    said = {
        "": "", "ended": "",
        "law": (_("s.29 until %(end)s") % {"end": end}, YELLOW),
        "court": (_("Court order until %(end)s") % {"end": end}, YELLOW),
        "consent": (_("Own consent to stay"), GREEN),
        "none": (_("Time over: no consent, no court order"), RED),
        "unknown": (_("s.29, the pack gives no length"), GREY),
    }[one.basis(at)]  # fmt: skip
    return {"tag": said[0], "colour": said[1]} if said else ""


def look_line(one: Standing, at: datetime) -> Any:
    """The last welfare check."""
    newest = one.newest
    if newest is None:
        return {"tag": _("No check yet"), "colour": YELLOW} if one.reflecting(at) else ""
    colour = {"urgent": RED, "unwell": YELLOW, "absent": YELLOW, "worried": YELLOW, "well": GREEN}[newest.wellbeing]
    return {"tag": f"{day(newest.on, 'short')}: {_(words.WELLBEING[newest.wellbeing])}", "colour": colour}


def rights_line(one: Standing, on: date) -> Any:
    """Rights told x of y; red until s.34 is told."""
    all_of = one.rights(on)
    told = sum(one.is_told(right) for right in all_of)
    text = _("%(told)s of %(all)s") % {"told": told, "all": len(all_of)}
    colour = RED if not one.is_told("compensation") else GREEN if told == len(all_of) else YELLOW
    return {"tag": text, "colour": colour}


def next_thing(one: Standing, at: datetime, on: date) -> str:
    """The one thing to do next, the gravest first."""
    basis = one.basis(at)
    if basis == "none":
        return _("Tell the person that she or he may go, and ask about staying: now")
    if one.newest is not None and one.newest.wellbeing == "urgent":
        return _("Help at once: go and see the person")
    if not one.is_told("compensation"):
        return _("Tell the right to compensation and legal aid (s.34)")
    if basis in {"law", "court"} and one.protection is not None and one.protection.stays is None:
        return _("Ask about staying before the time of s.29 ends")
    if one.reflecting(at):
        if not one.seen_on(on):
            return _("Welfare check today")
        return _("Let the person rest: no interview, no invitation to one")
    if any(not one.is_told(right) for right in one.rights(on)):
        return _("Tell the other rights")
    if one.reflection is not None and not one.decided:
        return _("The identification interview is possible, if the person wishes")
    return _("Nothing open")


def rows_of(case: Any, found: list[Standing], at: datetime, on: date) -> list[dict[str, Any]]:
    """The table of the panel."""
    return [
        {"person": one.person.code, "phase": [reflection_line(one, at), basis_line(one, at)] if one.basis(at)
         else reflection_line(one, at), "look": look_line(one, at), "rights": rights_line(one, on),
         "next": next_thing(one, at, on),
         "href": reverse("identification:protection-of", kwargs={"case": case.code, "person": one.person.code})}
        for one in found
    ]  # fmt: skip


def alarms(found: list[Standing], at: datetime) -> list[str]:
    """The codes of people who are kept on no basis."""
    return [one.person.code for one in found if one.basis(at) == "none"]


def doubtful(found: list[Standing]) -> list[str]:
    """The codes of people protected at a place that is only right while it is no cell."""
    return [one.person.code for one in found
            if one.protection and one.protection.ended_at is None and one.protection.place in words.DOUBTFUL_PLACES]


def panel(viewer: Any, case: Any) -> Panel | None:
    """Protection and rights of the case, person by person; the person comes first on the page."""
    if not may(viewer, "identification.view", case):
        return None
    at, on, here = now(), today(), {"case": case.code}
    found = queries.standings(viewer, case)
    head = [
        {"key": "person", "text": _("Person")}, {"key": "phase", "text": _("Phase, and what ends it")},
        {"key": "look", "text": _("Last welfare check")}, {"key": "rights", "text": _("Rights told")},
        {"key": "next", "text": _("Next")},
    ]  # fmt: skip
    links = [
        act_link(viewer, "identification.record_welfare", case, _("Welfare round"),
                 reverse("identification:welfare-round", kwargs=here)),
        act_link(viewer, "identification.record_protection", case, _("Take under temporary protection"),
                 reverse("identification:take-under-protection", kwargs=here)),
        act_link(viewer, "identification.record_reflection", case, _("Begin a reflection period"),
                 reverse("identification:begin-reflection", kwargs=here)),
    ]  # fmt: skip
    context = {
        "head": head, "rows": rows_of(case, found, at, on), "alarms": alarms(found, at), "doubtful": doubtful(found),
        "over": _(words.TIME_OVER), "not_a_cell": _(words.NOT_A_CELL),
    }  # fmt: skip
    return Panel("protection", _("Protection and rights"), "identification/protection_panel.html", context, links)
