"""What a member of a desk sees of its phones and of what came from them; and what a phone is given to ask."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from prasan import packs
from prasan.access.check import check, may
from prasan.cases.models import Case
from prasan.cases.queries import my_cases
from prasan.packs import names
from prasan.packs.forms import from_content
from prasan.people.rules import GENDERS

from . import rules
from .models import FieldDevice, FieldSubmission, FormVersion
from .rules.field_words import ABOUT_LABELS, PHONE

LANGUAGES = ("th", "en")
CLOSED = ("closed", "closed_referred")


def devices(viewer: Any) -> list[FieldDevice]:
    """The phones of the viewer's desks, those in use first."""
    check(viewer, "identification.manage_device")
    rows = FieldDevice.objects.filter(closed_as="").select_related("staff", "desk")
    return sorted(rows, key=lambda row: (row.revoked_at is not None, row.label.lower(), str(row.pk)))


def arrived(viewer: Any, status: str = "waiting") -> Any:
    """What came to the viewer's desks, the oldest that waits first; nothing of the content is read."""
    check(viewer, "identification.view_field")
    rows = FieldSubmission.objects.filter(status=status).defer("content").select_related("device", "desk", "decided_by")
    return rows.order_by("received_at" if status == "waiting" else "-decided_at", "pk")


def waiting_count(viewer: Any) -> int:
    """How many finished forms wait at the viewer's desks."""
    return int(FieldSubmission.objects.filter(status="waiting").count())


def decided_case(viewer: Any, submission: FieldSubmission) -> Case | None:
    """The case that it went into, when the viewer is on its team."""
    return Case.objects.filter(pk=submission.case_id).first() if submission.case_id else None


def version_of(submission: FieldSubmission) -> FormVersion | None:
    """The form exactly as the phone asked it; None for a version that was never handed out here."""
    return FormVersion.objects.filter(digest=submission.form_digest, code=submission.form).first()


def form_label(submission: FieldSubmission, lang: str) -> str:
    """The name of the form in the page's language; its code when nobody knows it any more."""
    known = packs.forms().get(submission.form)
    return known.label(lang) if known else submission.form


def form_of(submission: FieldSubmission) -> packs.Form | None:
    """The form to read the answers with."""
    kept = version_of(submission)
    return from_content(kept.content) if kept else None


def cases_for(viewer: Any) -> list[Case]:
    """The open cases in which the viewer may record a screening."""
    rows = my_cases(viewer).exclude(status__in=CLOSED)[:500]
    return [case for case in rows if may(viewer, "identification.record_screening", case)]


def _both(codes: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Texts of ours in both languages."""
    said: dict[str, dict[str, str]] = {code: {} for code in codes}
    for lang in LANGUAGES:
        with translation.override(lang):
            for code, text in codes.items():
                said[code][lang] = gettext(text)
    return said


def _choices(codes: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"code": code, "labels": labels} for code, labels in _both(codes).items()]


def _listed(name: str) -> list[dict[str, Any]]:
    newest = dict(packs.choices(name, "en"))
    return [{"code": c, "labels": {lang: packs.label(name, c, lang) for lang in LANGUAGES}} for c in newest]


def _named(reading: Any) -> list[dict[str, Any]]:
    """Countries or languages by name, in the order of the Thai names."""
    english = dict(reading("en"))
    return [{"code": code, "labels": {"th": thai, "en": english[code]}} for code, thai in reading("th")]


def about_groups() -> list[dict[str, Any]]:
    """What the phone asks around the questions of the form: first the conversation and the person, last what now."""
    said = _both(ABOUT_LABELS)
    yes_no = _choices({"yes": rules.ANSWERS["yes"], "no": rules.ANSWERS["no"]})
    not_known = [*yes_no, *_choices({"unknown": rules.ANSWERS["unknown"]})]

    def field(code: str, kind: str, choices: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
        hint = said.get(f"{code}_hint", {})
        return {"code": code, "kind": kind, "labels": said[code], "hints": hint, "choices": choices or [], **more}

    return [
        {"code": "conversation", "labels": said["conversation"], "place": "first", "questions": [
            field("on", "day"), field("body", "list", _listed("decider")),
            field("place", "list", _choices(rules.PLACES)),
            field("situation", "list", _listed("screening_situation")),
            field("language", "list", _named(names.languages)), field("interpreter", "choice", yes_no)]},
        {"code": "person", "labels": said["person"], "place": "first", "questions": [
            field("name", "line"), field("gender", "list", _choices(GENDERS)), field("age", "number"),
            field("child_at_time", "choice", not_known), field("nationality", "list", _named(names.countries))]},
        {"code": "now", "labels": said["now"], "place": "last", "questions": [
            field("needs", "several", _choices(rules.NEEDS)), field("enters_nrm", "choice", yes_no)]},
    ]  # fmt: skip


def _asked(form: packs.Form) -> dict[str, Any]:
    """A form as the phone needs it: what is asked, and nothing of what an answer points to."""
    told = form.content()
    groups = [
        {**group, "questions": [
            {**{name: q[name] for name in ("code", "kind", "labels", "hints", "asked_if", "sourced")},
             "choices": [{"code": one["code"], "labels": one["labels"]} for one in q["choices"]]}
            for q in group["questions"]]}
        for group in told["groups"]
    ]  # fmt: skip
    return {**{name: told[name] for name in ("code", "version", "labels", "for")}, "groups": groups}


def phone_content(on: date) -> dict[str, Any]:
    """All that a phone needs to work alone on a day: the texts in both languages and the forms. No case, no person."""
    words = _both(PHONE)
    return {
        "texts": {lang: {code: labels[lang] for code, labels in words.items()} for lang in LANGUAGES},
        "answers": _choices(rules.ANSWERS),
        "about": about_groups(),
        "most_bytes": rules.field.MOST_BYTES,
        "forms": [{"digest": form.digest(), "content": _asked(form)} for form in packs.forms(on).values()],
    }
