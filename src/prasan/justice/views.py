"""Pages of the court room: a section is found, a charge shown, each act is a form and one call."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from prasan import packs
from prasan.access.allow import allow
from prasan.access.check import may
from prasan.access.pages import act_page, replaced, version_of
from prasan.cases.models import Case
from prasan.web.clock import now, today
from prasan.web.values import day, language

from . import actions, forms, panel, queries, rules
from .models import Charge, Order, Payment, Sentence, Verdict


def charge_page(charge: Charge) -> str:
    return reverse("justice:charge", kwargs={"case": charge.case.code, "charge": charge.pk})


def money_page(case: Case) -> str:
    return reverse("justice:money", kwargs={"case": case.code})


def _was(row: Any, *names: str) -> dict[str, Any]:
    """The values of a row that is corrected, as the form first shows them."""
    return {name: getattr(row, name) for name in names}


def _one(offered: list[Any], part: Any) -> str:
    """The part on offer of the same person, or none."""
    return "".join(queries.chosen(offered, part.person)[:1]) if part else ""


def _form_page(request: HttpRequest, form: type[Any], do: Any, *, case: Case, back: str, **options: Any
               ) -> HttpResponse:  # fmt: skip
    return act_page(request, form, do, caption=case.code, back_href=back, done=back, case=case, **options)


@allow("justice.view")
def find_offence(request: HttpRequest, *, case: Case) -> HttpResponse:
    """Sections by number, Thai or English words, of the law of one day; each leads to the form of a charge."""
    form = forms.FindForm(request.GET if "q" in request.GET else None, initial={"on": today()})
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    on = asked.get("on") or today()
    found = packs.find_offences(asked.get("q", ""), language(), on)
    charge = reverse("justice:record-charge", kwargs={"case": case.code})
    chooses = may(request.user, "justice.record_charge", case)
    head = [{"key": "section", "text": _("Section")}, {"key": "penalty", "text": _("Penalty")},
            {"key": "source", "text": _("Source")}]  # fmt: skip
    rows = [
        {"section": queries.section_label(o), "penalty": _penalty(o), "source": o.row.source}
        | ({"href": f"{charge}?offence={o.code}"} if chooses else {})
        for o in found
    ]
    return render(request, "justice/find.html", {
        "title": _("Find a section"), "caption": case.code, "back_href": charge if chooses else case.get_absolute_url(),
        "filter_form": form, "head": head, "rows": rows,
        "lead": _("The law as the pack holds it for %(day)s.") % {"day": day(on)},
        "empty": {"text": _("Try the number alone, or one word of the title.")},
    })  # fmt: skip


def _penalty(offence: packs.Offence | None) -> list[str]:
    """The range of a section with its circumstances; what no text supports is never shown as law."""
    lines = [f"{when}: {text}" if when else text for when, text in queries.penalty_lines(offence)]
    if offence is None or not offence.scale_known:
        return [_(packs.SCALE_NOT_IN_PACK)]
    unsure = [] if offence.row.confirmed_by else [_(packs.NOT_CONFIRMED)]
    if not offence.sourced:
        unsure = [_("Unconfirmed in part: not to be relied on as law.")]
    return [*lines, *unsure]


@allow("justice.record_charge")
def record_charge(request: HttpRequest, *, case: Case) -> HttpResponse:
    by, old = request.user, replaced(request, Charge, case=case)
    initial = {"status": "under_inquiry", "offence": request.GET.get("offence", "")}
    if old:
        initial = _was(old, "offence", "act_earliest", "act_latest", "charged_on", "court", "black_number",
                       "red_number", "status")  # fmt: skip
        initial["accused"] = _one(queries.defendants(by, case), old.accused)
        initial["victims"] = queries.chosen(queries.survivors(by, case), *queries.victims(by, old))
    return _form_page(
        request, forms.ChargeForm,
        lambda v: actions.record_charge(by=request.user, at=now(), today=today(), replaces=old, **v),
        case=case, back=case.get_absolute_url(), act="justice.record_charge", initial=initial,
        title=_("Correct a charge") if old else _("Record a charge"), template="justice/charge_form.html",
        form_options={"viewer": request.user, "case": case, "today": today()},
    )  # fmt: skip


@allow("justice.view", charge="justice.Charge")
def charge(request: HttpRequest, *, case: Case, charge: Charge) -> HttpResponse:
    """One charge: who, which law, the range of the day of the act, what each court said."""
    law = queries.law_of(charge)
    accused, place = charge.accused.person, {"case": case.code, "charge": charge.pk}
    facts = [
        {"label": _("Accused"), "value": panel.person_link(case, accused)},
        {"label": _("Public official"), "value": charge.is_official},
        {"label": _("Done to"), "value": [panel.person_link(case, p) for p in queries.victims(request.user, charge)]},
        {"label": _("Act"), "value": [charge.act_earliest, *_later(charge)]},
        {"label": _("Stands"), "value": panel.status_tag(charge)},
        {"label": _("Since"), "value": charge.status_on},
        {"label": _("Charged on"), "value": charge.charged_on},
        {"label": _("Filed in court on"), "value": charge.indicted_on},
        {"label": _("Court"), "value": charge.court},
        {"label": _("Black number (on filing)"), "value": charge.black_number},
        {"label": _("Red number (on judgment)"), "value": charge.red_number},
    ]
    penalty = [
        {"label": _("Range of the section"), "value": _penalty(law)},
        {"label": _("Source"), "value": law.row.source if law else None},
        {"label": _("In force from"), "value": law.row.valid_from if law else None},
    ]
    offers = (
        ("justice.record_charge", _("Change the status"), reverse("justice:move-charge", kwargs=place)),
        ("justice.record_verdict", _("Record a verdict"), reverse("justice:record-verdict", kwargs=place)),
        ("justice.correct", _("Correct this charge"),
         f"{reverse('justice:record-charge', kwargs={'case': case.code})}?replaces={charge.pk}"),
        ("justice.correct", _("Entered in error"), panel.error_page(case, charge)),
    )  # fmt: skip
    open_acts = [
        {"text": text, "href": href, "kind": "secondary"}
        for act, text, href in offers
        if charge.in_force and may(request.user, act, case) and (act != offers[0][0] or forms.said_moves(charge))
    ]
    return render(request, "justice/charge.html", {
        "title": panel.charge_label(charge), "caption": case.code, "back_href": case.get_absolute_url(),
        "actions": open_acts,
        "facts": facts, "penalty": penalty, "law_changed": queries.law_changed(charge), "charge": charge,
        "verdicts": [_spoken(request, case, v) for v in queries.verdicts(request.user, charge)],
    })  # fmt: skip


def _later(charge: Charge) -> list[Any]:
    same = charge.act_latest == charge.act_earliest
    return [] if same else [_("at the latest %(day)s") % {"day": day(charge.act_latest)}]


def _spoken(request: HttpRequest, case: Case, verdict: Any) -> dict[str, Any]:
    """One verdict with its sentence, and the acts on it."""
    sentence, place = verdict.punishment, {"case": case.code, "verdict": verdict.pk}
    facts = [
        {"label": _("Outcome"), "value": _(rules.OUTCOMES[verdict.outcome])},
        {"label": _("Day the judgment was read"), "value": verdict.on},
        {"label": _("Effect"), "value": _(rules.EFFECTS[verdict.effect])},
        {"label": _("What the accused pleaded"), "value": _(rules.PLEAS[verdict.plea])},
        {"label": _("Counts as"), "value": _(rules.BASES[verdict.basis])},
        {"label": _("Final"), "value": verdict.final},
        {"label": _("Sentence"), "value": queries.sentence_text(sentence) if sentence else None},
    ]
    if verdict.overturned_by_id:
        facts.append({"label": _("Reversed on"), "value": verdict.overturned_by.on})
    acts = []
    again = f"?replaces={sentence.pk}" if sentence else ""
    if verdict.outcome == "guilty" and may(request.user, "justice.record_sentence", case):
        text = _("Correct the sentence") if sentence else _("Record the sentence")
        acts.append({"text": text, "href": reverse("justice:record-sentence", kwargs=place) + again})
    if may(request.user, "justice.correct", case):
        href = reverse("justice:record-verdict", kwargs={"case": case.code, "charge": verdict.charge_id})
        acts.append({"text": _("Correct this verdict"), "href": f"{href}?replaces={verdict.pk}"})
        wrong = (sentence, _("Sentence entered in error")) if sentence else (verdict, _("Verdict entered in error"))
        acts.append({"text": wrong[1], "href": panel.error_page(case, wrong[0])})
    return {"title": _(rules.INSTANCES[verdict.instance]), "rows": facts,
            "actions": [{**act, "kind": "secondary"} for act in acts]}  # fmt: skip


@allow("justice.record_charge", charge="justice.Charge")
def move_charge(request: HttpRequest, *, case: Case, charge: Charge) -> HttpResponse:
    version = version_of(request, charge)
    return _form_page(
        request, forms.MoveForm,
        lambda v: actions.move_charge(by=request.user, charge=charge, version=version, at=now(), today=today(), **v),
        case=case, back=charge_page(charge), act="justice.record_charge", title=_("Change the status of a charge"),
        lead=panel.charge_label(charge), version=charge.version, initial={"on": today()},
        form_options={"charge": charge},
    )  # fmt: skip


@allow("justice.record_verdict", charge="justice.Charge")
def record_verdict(request: HttpRequest, *, case: Case, charge: Charge) -> HttpResponse:
    old = replaced(request, Verdict, charge=charge)
    names = ("instance", "outcome", "plea", "on", "suspended", "final", "contribution")
    initial = _was(old, *names) if old else {"instance": "first", "on": today(), "plea": "not_asked"}
    return _form_page(
        request, forms.VerdictForm,
        lambda v: actions.record_verdict(by=request.user, charge=charge, at=now(), today=today(), replaces=old, **v),
        case=case, back=charge_page(charge), act="justice.record_verdict", lead=panel.charge_label(charge),
        title=_("Correct a verdict") if old else _("Record a verdict"), initial=initial,
    )  # fmt: skip


@allow("justice.record_sentence", verdict="justice.Verdict")
def record_sentence(request: HttpRequest, *, case: Case, verdict: Verdict) -> HttpResponse:
    old = replaced(request, Sentence, verdict=verdict)
    initial = _was(old, "kind", "years", "months", "days", "fine", "concurrent") if old else {"kind": "term"}
    return _form_page(
        request, forms.SentenceForm,
        lambda v: actions.record_sentence(by=request.user, verdict=verdict, at=now(), today=today(), replaces=old, **v),
        case=case, back=charge_page(verdict.charge), act="justice.record_sentence", initial=initial,
        title=_("Correct the sentence") if old else _("Record the sentence"), lead=panel.charge_label(verdict.charge),
    )  # fmt: skip


@allow("justice.view")
def money(request: HttpRequest, *, case: Case) -> HttpResponse:
    """Money by survivor and route, then every order and payment."""
    by, corrects = request.user, may(request.user, "justice.correct", case)
    offers = (
        ("justice.record_order", _("Record an order of compensation"), "justice:record-order"),
        ("justice.record_payment", _("Record a payment"), "justice:record-payment"),
    )
    acts = [
        {"text": text, "href": reverse(name, kwargs={"case": case.code})}
        for act, text, name in offers
        if may(by, act, case)
    ]
    return render(request, "justice/money.html", {
        "title": _("Money to survivors"), "caption": case.code, "back_href": case.get_absolute_url(), "actions": acts,
        "money_head": panel.money_head(), "money_rows": panel.money_rows(case, queries.amounts(by, case)),
        "order_head": panel.order_head(), "order_rows": panel.order_rows(case, queries.orders(by, case), corrects),
        "payment_head": panel.payment_head(),
        "payment_rows": panel.payment_rows(case, queries.payments(by, case), corrects),
    })  # fmt: skip


@allow("justice.record_order")
def record_order(request: HttpRequest, *, case: Case) -> HttpResponse:
    by, old = request.user, replaced(request, Order, case=case)
    initial: dict[str, Any] = {"currency": "THB", "on": today()}
    if old:
        initial = _was(old, "route", "on", "amount", "currency", "interest_from", "joint_and_several", "head")
        initial |= {"survivor": _one(queries.survivors(by, case), old.survivor), "interest": f"{old.interest:f}",
                    "accused": _one(queries.defendants(by, case), old.accused)}  # fmt: skip
    return _form_page(
        request, forms.OrderForm,
        lambda v: actions.record_order(by=request.user, at=now(), today=today(), replaces=old, **v),
        case=case, back=money_page(case), act="justice.record_order", initial=initial,
        title=_("Correct an order") if old else _("Record an order of compensation"),
        form_options={"viewer": request.user, "case": case},
    )  # fmt: skip


@allow("justice.record_payment")
def record_payment(request: HttpRequest, *, case: Case) -> HttpResponse:
    old = replaced(request, Payment, case=case)
    initial: dict[str, Any] = {"on": today(), "kind": "paid", "method": "transfer", "direct": "yes",
                               "order": request.GET.get("order", "")}  # fmt: skip
    if old:
        initial = _was(old, "route", "on", "amount", "kind", "method")
        initial |= {"order": old.order_id or "", "direct": "yes" if old.direct else "no",
                    "survivor": _one(queries.survivors(request.user, case), old.survivor)}  # fmt: skip
    return _form_page(
        request, forms.PaymentForm,
        lambda v: actions.record_payment(by=request.user, at=now(), today=today(), replaces=old, **_of_case(v, old)),
        case=case, back=money_page(case), act="justice.record_payment", initial=initial,
        title=_("Correct a payment") if old else _("Record a payment"),
        form_options={"viewer": request.user, "case": case},
    )  # fmt: skip


def _of_case(values: dict[str, Any], old: Payment | None) -> dict[str, Any]:
    """A corrected payment keeps its receipt; under an order, the order says for whom and by which route."""
    if values.get("order"):
        values = {name: value for name, value in values.items() if name not in {"survivor", "route"}}
    return values | ({"receipt": old.receipt} if old else {})
