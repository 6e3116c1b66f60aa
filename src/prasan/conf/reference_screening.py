"""The page that compares each screening form, question by question, with the lists of indicators of the law."""

from collections.abc import Iterator

from prasan import packs
from prasan.packs.forms import Form, Question

LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "A": ("Act (Palermo Protocol, section 6)", (
        "act_recruit", "act_transport", "act_transfer", "act_trade", "act_detain", "act_harbour", "act_receive")),
    "B": ("Means, for adults (Palermo Protocol, section 6 (1))", (
        "means_threat_force", "means_other_coercion", "means_abduction", "means_fraud", "means_deception",
        "means_abuse_power", "means_vulnerability", "means_payment_to_controller")),
    "C": ("Purpose: one for each form of exploitation", (
        "purpose_sexual_exploitation", "purpose_pornography_or_online", "purpose_forced_labour",
        "purpose_child_labour", "purpose_servitude", "purpose_slavery_or_similar", "purpose_forced_criminality",
        "purpose_forced_begging", "purpose_forced_marriage", "purpose_forced_military_by_non_state_actors",
        "purpose_organ_removal", "purpose_forced_adoption", "purpose_surrogacy", "purpose_other")),
    "D": ("Forced labour: the eleven indicators of the ILO (2012)", (
        "ilo_vulnerability", "ilo_deception", "ilo_movement", "ilo_isolation", "ilo_violence", "ilo_threats",
        "ilo_documents", "ilo_wages", "ilo_debt", "ilo_conditions", "ilo_overtime")),
    "E": ("Forced labour or services, section 6/1 (wording not confirmed)", (
        "fl_threat_life_body", "fl_threat_liberty", "fl_threat_reputation", "fl_threat_property", "fl_intimidation",
        "fl_force", "fl_documents", "fl_debt", "fl_similar", "fl_cannot_resist", "work_or_service")),
    "F": ("Children and contact online", (
        "online_false_profile", "online_images_asked", "online_threat_publish", "online_live_stream",
        "online_paid_images", "online_sale_images", "online_meeting_asked")),
}  # fmt: skip
"""The lists of indicators to which the forms are held, by the letters of the project's page on Thai law."""
EVERYONE: dict[str, tuple[str, ...]] = {
    "Immediate danger": ("danger",), "Injury": ("injury",), "Pregnancy": ("pregnancy",), "Medicine": ("medicine",),
    "Phone and contact": ("phone",), "Language and dialect": ("language_best",),
    "Sex of the interpreter": ("interpreter_sex",), "Children or relatives at risk": ("relatives_at_risk",),
    "Accused of something (section 41)": ("accused",), "Documents": ("own_documents",), "Wishes": ("wishes",),
}  # fmt: skip
"""What every form asks of everyone."""


def askers(indicator: str) -> dict[str, list[str]]:
    """The forms that can raise an indicator, each with the questions that do; the complete list apart."""
    found = {}
    for code, form in packs.forms().items():
        questions = [q.code for q in form.questions if indicator in q.may_raise()]
        if questions and code != "complete":
            found[code] = questions
    return found


def _indicator_rows(codes: tuple[str, ...]) -> Iterator[str]:
    for code in codes:
        row = packs.row("screening_indicator", code)
        elements = ", ".join(row["elements"]) + ("" if row.sourced else " (unconfirmed)")
        by_question: dict[str, list[str]] = {}
        for form, questions in askers(code).items():
            for question in questions:
                by_question.setdefault(question, []).append(form)
        asked = "; ".join(f"`{q}` in {_in(forms)}" for q, forms in by_question.items())
        yield f"| `{code}` | {row.en} | {row.th} | {elements} | {asked} |"


def _in(forms: list[str]) -> str:
    """Where a question stands, told the shorter way."""
    others = [code for code in packs.forms() if code not in forms and code != "complete"]
    if len(others) > 4:
        return ", ".join(forms)
    return f"all forms but {', '.join(others)}" if others else "all forms"


def _when(question: Question) -> str:
    if question.asked_if is None:
        return ""
    return f"`{question.asked_if.question}` is {' or '.join(question.asked_if.values)}"


def _raises(question: Question) -> str:
    if question.kind == "yes_no":
        return ", ".join(f"`{code}`" for code in question.raises)
    told = [f"{c.code}: {', '.join(f'`{code}`' for code in c.raises)}" for c in question.choices if c.raises]
    return "; ".join(told)


def _form(form: Form) -> Iterator[str]:
    yield from (f"### {form.label('en')} / {form.label('th')}", "")
    situations = ", ".join(form.situations) or "any"
    yield from (f"`{form.code}`, version {form.version}, for {' and '.join(form.ages)}; situations: {situations}.", "")
    missing = [code for _title, codes in LISTS.values() for code in codes if code not in form.signs]
    yield "| question | kind | asked if | raises |"
    yield "|---|---|---|---|"
    for question in form.questions:
        asked = f"`{question.code}` {question.labels['en']}"
        yield f"| {asked} | {question.kind} | {_when(question)} | {_raises(question)} |"
    yield from ("", f"Not raised by this form: {', '.join(f'`{code}`' for code in missing) or 'nothing'}.", "")


def page() -> str:
    """The whole page."""
    lines = [
        "# Screening forms and indicators", "",
        "Generated from the packs; a test fails when it is stale. Indicators are signs to look into, never a score:",
        "see `docs/how-to/add-a-question.md` for how a question is added. No question names a list as its source that",
        "is known to the project by title only. The form `complete` asks every indicator of the older list once and is",
        "left out of the columns below.", "", "## Each indicator and the questions that raise it", "",
    ]  # fmt: skip
    for letter, (title, codes) in LISTS.items():
        lines += [f"### {letter}. {title}", "", "| code | English | Thai | supports | asked by |"]
        lines += ["|---|---|---|---|---|", *_indicator_rows(codes), ""]
    lines += ["### I. Asked of everyone", "", "| what | question | forms |", "|---|---|---|"]
    for what, codes in EVERYONE.items():
        forms = [code for code, form in packs.forms().items() if any(form.question(c) for c in codes)]
        every = "all" if len(forms) == len(packs.forms()) else ", ".join(forms)
        lines.append(f"| {what} | {', '.join(f'`{c}`' for c in codes)} | {every} |")
    lines += ["", "## Each form and its questions", ""]
    for form in packs.forms().values():
        lines += _form(form)
    return "\n".join(lines).rstrip() + "\n"
