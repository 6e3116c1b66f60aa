"""What identification shows on the case page and its own pages: labels, explained conclusions, who concurs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.check import may, refusal
from prasan.accounts.rules import DISCIPLINES
from prasan.packs import names
from prasan.web.panel import Link, Panel
from prasan.web.values import language

from . import queries, rules
from .models import Decision, Screening

COLOURS = {"proposed": "yellow", "decided": "green", "returned": "grey"}


def label(list_name: str, code: str) -> str:
    """A code of a pack in the page's language."""
    return packs.label(list_name, code, language()) if code else ""


def outcome_label(decision: Decision) -> str:
    return label("identification_decision", decision.outcome)


def status_tag(decision: Decision) -> dict[str, str]:
    return {"tag": _(rules.STATUSES[decision.status]), "colour": COLOURS[decision.status]}


def standard_of_proof() -> dict[str, Any]:
    """The reminder that stands beside the buttons, and whether a lawyer confirmed its words."""
    row = packs.row("identification_standard", "identification")
    return {"text": row.label(language()), "confirmed": bool(row.sourced and row.confirmed_by)}


def conclusion_sections(screening: Screening) -> list[dict[str, Any]]:
    """By rule, explained element by element. Worked out anew each time and kept nowhere."""
    met = rules.indicators_met(screening.answers)
    return [_conclusion_section(one) for one in rules.conclusions(met, screening.child_at_time)]


def _conclusion_section(one: rules.Conclusion) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [{
        "label": _("By rule"),
        "value": {"tag": _("Supported"), "colour": "orange"} if one.supported
        else {"tag": _("Not supported yet"), "colour": "grey"},
    }]  # fmt: skip
    for element, codes in one.found.items():
        found = [label("screening_indicator", code) for code in codes]
        rows.append({"label": label("screening_element", element), "value": found or _("Missing so far")})
    rows.append({"label": _("How it is read"), "value": [_(note) for note in one.notes]})
    read = _("From the text of the law, not yet confirmed by a lawyer.")
    unread = _("The wording itself is not certain: never for a court paper.")
    rows.append({"label": _("Wording"), "value": read if one.sourced else unread})
    return {"title": label("law_basis", one.basis), "rows": rows}


def screening_rows(row: Screening) -> list[dict[str, Any]]:
    """A screening at a glance: who screened, where, in which language, what is needed at once."""
    yes_no_unknown = {True: _("Yes"), False: _("No"), None: _("Not known")}
    return [
        {"label": _("Person"), "value": row.person.code},
        {"label": _("Day"), "value": row.on},
        {"label": _("Screened by"), "value": f"{label('decider', row.body)}, {_(DISCIPLINES[row.discipline])}"},
        {"label": _("Where"), "value": _(rules.PLACES[row.place])},
        {"label": _("Situation"), "value": label("screening_situation", row.situation)},
        {"label": _("Under 18 when it happened"), "value": yes_no_unknown[row.child_at_time]},
        {"label": _("Language"), "value": names.language(row.language, language()) if row.language else ""},
        {"label": _("Interpreter used"), "value": row.interpreter},
        {"label": _("Needed at once"), "value": [_(rules.NEEDS[n]) for n in row.needs if n in rules.NEEDS]},
        {"label": _("Enters the referral mechanism"), "value": row.enters_nrm},
        {"label": _("Version of the questions"), "value": row.pack_version},
    ]


def answer_sections(row: Screening) -> list[dict[str, Any]]:
    """The questions that were asked, by group; those not asked are left out and counted."""
    sections = []
    asked = {code: answer for code, answer in row.answers.items() if answer != "not_asked"}
    for group in packs.rows("screening_group"):
        rows = [
            {"label": q.label(language()), "value": label("answer", asked[q.code])}
            for q in packs.rows("screening_question")
            if q["group"] == group.code and q.code in asked
        ]
        if rows:
            sections.append({"title": group.label(language()), "rows": rows})
    return sections


def decision_rows(row: Decision, reasons: str, returned: str) -> list[dict[str, Any]]:
    """A decision at a glance."""
    rows = [
        {"label": _("Person"), "value": row.person.code},
        {"label": _("Decision"), "value": outcome_label(row)},
        {"label": _("Status"), "value": status_tag(row)},
        {"label": _("Basis in law"), "value": label("law_basis", row.law_basis)},
        {"label": _("Forms of exploitation"), "value": [label("exploitation_form", f) for f in row.forms]},
        {"label": _("Deciding body"), "value": label("decider", row.body)},
        {"label": _("Proposed on"), "value": row.on},
        {"label": _("Counts since"), "value": row.decided_on},
        {"label": _("Reasons"), "value": reasons.split("\n")},
    ]
    return [*rows, {"label": _("Returned because"), "value": returned}] if returned else rows


def act_link(viewer: Any, act: str, obj: Any, text: str, href: str) -> Link:
    """A link to an act, or the sentence why it is not open to this member."""
    denied = refusal(viewer, act, obj)
    return Link(text, href) if denied is None else Link(text, refusal=_(denied.reason) % denied.params)


def panel(viewer: Any, case: Any) -> Panel | None:
    """Screenings and decisions of the case, person by person, and the two acts of the two stages."""
    if not may(viewer, "identification.view", case):
        return None
    here = {"case": case.code}
    head_s = [
        {"key": "person", "text": _("Person")},
        {"key": "on", "text": _("Day")},
        {"key": "found", "text": _("Indicators")},
        {"key": "nrm", "text": _("Enters the referral mechanism")},
    ]
    head_d = [{"key": "person", "text": _("Person")}, {"key": "outcome", "text": _("Decision")},
              {"key": "status", "text": _("Status")}, {"key": "on", "text": _("Day")}]  # fmt: skip
    screened = [
        {"person": s.person.code, "on": s.on, "found": len(s.indicators), "nrm": s.enters_nrm,
         "href": reverse("identification:screening", kwargs={**here, "screening": s.pk})}
        for s in queries.screenings(viewer, case)
    ]  # fmt: skip
    decided = [
        {"person": d.person.code, "outcome": outcome_label(d), "status": status_tag(d), "on": d.decided_on or d.on,
         "href": reverse("identification:decision", kwargs={**here, "decision": d.pk})}
        for d in queries.decisions(viewer, case)
    ]  # fmt: skip
    links = [
        act_link(viewer, "identification.record_screening", case, _("Record a screening"),
                 reverse("identification:record-screening", kwargs=here)),
        act_link(viewer, "identification.propose_decision", case, _("Propose a decision"),
                 reverse("identification:propose-decision", kwargs=here)),
    ]  # fmt: skip
    context = {"head_s": head_s, "screened": screened, "head_d": head_d, "decided": decided}
    return Panel("identification", _("Screening and identification"), "identification/panel.html", context, links)
