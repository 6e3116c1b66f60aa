"""What identification shows on the case page and its own pages: labels, explained conclusions, who concurs."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.check import may, refusal
from prasan.accounts.rules import DISCIPLINES
from prasan.packs import names
from prasan.packs.forms import Form, label_in
from prasan.web.panel import Link, Panel
from prasan.web.values import language

from . import panel_of_reviews, queries, rules
from .forms.asking import shown_answer
from .models import Decision, Screening
from .queries_of_telling import form_of
from .rules import forms as asking_rules

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
    form = form_of(screening)
    met = rules.indicators_met(screening.answers, form)
    return [_conclusion_section(one, form) for one in rules.conclusions(met, screening.child_at_time)]


def element_label(form: Form, element: str) -> str:
    """An element of the law in words, and where in the Act it stands."""
    name = label_in(form.elements.get(element, {}), language()) or element
    return f"{name} ({_(asking_rules.ELEMENT_LAW[element])})" if element in asking_rules.ELEMENT_LAW else name


def _conclusion_section(one: rules.Conclusion, form: Form) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [{
        "label": _("By rule"),
        "value": {"tag": _("Supported"), "colour": "orange"} if one.supported
        else {"tag": _("Not supported yet"), "colour": "grey"},
    }]  # fmt: skip
    for element, codes in one.found.items():
        found = [form.signs[code].label(language()) for code in codes]
        rows.append({"label": element_label(form, element), "value": found or _("Missing so far")})
    rows.append({"label": _("How it is read"), "value": [_(note) for note in one.notes]})
    read = _("From the text of the law, not yet confirmed by a lawyer.")
    unread = _("The wording itself is not certain: never for a court paper.")
    rows.append({"label": _("Wording"), "value": read if one.sourced else unread})
    return {"title": label("law_basis", one.basis), "rows": rows}


def indicator_rows(screening: Screening) -> list[dict[str, Any]]:
    """Each indicator that was met, read with the form that was asked: the same for the page and for paper."""
    form = form_of(screening)
    met = {one.code: one for one in rules.indicators_met(screening.answers, form)}
    return [_indicator_row(screening, form, code, met.get(code))
            for code in dict.fromkeys([*screening.indicators, *met])]  # fmt: skip


def _indicator_row(screening: Screening, form: Form, code: str, met: rules.Met | None) -> dict[str, Any]:
    """One indicator; of a screening from before forms were kept it may be one that nobody asks about any more."""
    sign = form.signs.get(code)
    return {
        "sign": sign.label(language()) if sign else label("screening_indicator", code),
        "elements": [element_label(form, one) for one in sign.elements] if sign else [],
        "answers": [said(form, one, screening.answers[one]) for one in met.questions] if met else [],
        "sourced": bool(met.sourced if met else sign and sign.sourced),
    }


def indicator_section(screening: Screening) -> dict[str, Any]:
    """Each indicator with the answers that raised it and what it supports. They are listed, never counted up."""
    head = [{"key": "sign", "text": _("Indicator")}, {"key": "answers", "text": _("Because of these answers")},
            {"key": "elements", "text": _("Supports")}]  # fmt: skip
    rows = indicator_rows(screening)
    section: dict[str, Any] = {"title": _("Indicators met"), "text": _("Signs to look into, never a score.")}
    if rows:
        return section | {"table": {"head": head, "rows": rows}}
    return section | {"text": _("No answer raised an indicator. That closes no door: people tell when they are ready.")}


def said(form: Form, code: str, answer: Any) -> str:
    """A question with its answer on one line."""
    question = form.question(code)
    told = shown_answer(form, code, answer, language())
    text = ", ".join(told) if isinstance(told, list) else str(told)
    asked = question.label(language()) if question else code
    return f"{asked} {text}" if asked.endswith("?") else f"{asked}: {text}"


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
        {"label": _("Form"), "value": f"{form_of(row).label(language())} {form_of(row).version}"},
        {"label": _("Version of the questions"), "value": row.pack_version},
    ]


def answer_sections(row: Screening, words: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The questions that were asked, in the words of their own form; those not asked are left out."""
    sections, form, here = [], form_of(row), language()
    for group in form.groups:
        rows = [
            {"label": q.label(here), "value": _answer(row, form, q.code, words or {})}
            for q in group.questions
            if asking_rules.asked(row.answers.get(q.code))
        ]
        if rows:
            sections.append({"title": group.label(here), "rows": rows})
    return sections


def _answer(row: Screening, form: Form, code: str, words: Mapping[str, str]) -> Any:
    told = shown_answer(form, code, row.answers[code], language())
    lines = words[code].split("\n") if words.get(code) else told
    if code not in row.asked_again:
        return lines
    reason = asking_rules.AGAIN_REASONS.get(row.asked_again[code], row.asked_again[code])
    again = _("Asked again: %(reason)s") % {"reason": _(reason)}
    return [*(lines if isinstance(lines, list) else [str(lines)]), again]


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
    context = {"head_s": head_s, "screened": screened, "head_d": head_d, "decided": decided,
               "reviews": panel_of_reviews.review_table(viewer, case),
               "ages": panel_of_reviews.age_table(viewer, case)}  # fmt: skip
    return Panel("identification", _("Screening and identification"), "identification/panel.html", context, links)
