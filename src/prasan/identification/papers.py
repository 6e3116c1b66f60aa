"""Papers of identification: rights to take away, a card of numbers, a screening for the file. Codes, never names."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from prasan import packs
from prasan.plain.dates import both_eras
from prasan.web import papers, values
from prasan.web.panel import no_longer

from . import panel
from .models import Screening

NAME = "Prasan ประสาน"
RIGHTS_TITLE = gettext_noop("Your rights")
RIGHTS_LEAD = gettext_noop(
    "This paper is yours. You may keep it, show it to somebody whom you trust, and ask about every line of it."
)
NUMBERS_TITLE = gettext_noop("Telephone numbers")
CARD_TITLE = gettext_noop("Useful numbers")
CARD_LINES = (
    gettext_noop("You may call only to ask a question."),
    gettext_noop("Own number to call:"),
)
NOT_CONFIRMED = gettext_noop("Not confirmed by a lawyer")
NUMBER_NOT_CONFIRMED = gettext_noop("* Number not yet confirmed: the office checks it before the paper is handed out.")


def both(text: str) -> dict[str, str]:
    """One marked text in English and in Thai, whatever the page's language is."""
    told = {}
    for lang in ("en", "th"):
        with translation.override(lang):
            told[lang] = _(text)
    return told


def joined(text: str) -> str:
    """The same as one line: Thai, then English (once where they are alike)."""
    told = both(text)
    return " / ".join(dict.fromkeys((told["th"], told["en"])))


def plain(value: Any) -> str:
    """A value as a summary list shows it, as plain text for paper."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, list | tuple):
        return "\n".join(plain(one) for one in value)
    if isinstance(value, Mapping):
        return str(value.get("tag") or value.get("text") or "–")
    return str(values.shown(value))


def hotlines(*, card: bool = False) -> list[dict[str, str]]:
    """The help lines of the pack; on the card in words that tell a chance reader nothing. `*`: not confirmed."""
    found = []
    for row in packs.rows("hotline"):
        star = "" if row.sourced else " *"
        told = {lang: (row.text("card", lang) if card else "") or row.label(lang) for lang in ("en", "th")}
        found.append({"number": str(row["number"]) + star, **told})
    return found


def rights_notice(rights: Sequence[Mapping[str, Any]], *, on: date, person: str = "") -> bytes:
    """Rights told, in Thai and English side by side, the page's language first, to hand over.

    Each of `rights` is {title_en, title_th, text_en, text_th, basis, confirmed}; `person` is a code or nothing.
    """
    lang = values.language()
    told = [
        {
            "title": {"en": r["title_en"], "th": r["title_th"]}, "text": {"en": r["text_en"], "th": r["text_th"]},
            "basis": str(r.get("basis", "")), "confirmed": bool(r.get("confirmed")),
        }
        for r in rights
    ]  # fmt: skip
    numbers = hotlines()
    data = {
        "name": NAME, "day": both_eras(on), "heading": both(RIGHTS_TITLE), "lead": both(RIGHTS_LEAD),
        "order": [lang, "en" if lang == "th" else "th"], "person": person, "rights": told,
        "unconfirmed": joined(NOT_CONFIRMED), "numbers-title": both(NUMBERS_TITLE), "numbers": numbers,
        "numbers-head": [_("Telephone number"), *((_("Thai"), _("English"))[:: 1 if lang == "th" else -1])],
        "numbers-note": joined(NUMBER_NOT_CONFIRMED) if any("*" in n["number"] for n in numbers) else "",
        "foot": joined(RIGHTS_TITLE),
    }  # fmt: skip
    return papers.pdf("rights-notice", data, lang, title=joined(RIGHTS_TITLE))


def safe_card() -> bytes:
    """A folded card of numbers for whoever refuses help now; nothing on it says where it comes from or why."""
    numbers = hotlines(card=True)
    head = both(gettext_noop("Telephone number")), both(gettext_noop("Who answers"))
    ask, own = both(CARD_LINES[0]), both(CARD_LINES[1])
    data = {
        "heading": both(CARD_TITLE), "numbers": numbers,
        "head": {lang: [one[lang] for one in head] for lang in ("en", "th")},
        "lines": {lang: [ask[lang], f"{own[lang]} {'_' * 18}"] for lang in ("en", "th")},
        "back": list(both(NUMBER_NOT_CONFIRMED).values()) if any("*" in n["number"] for n in numbers) else [],
    }  # fmt: skip
    return papers.pdf("card", data, "th", title=joined(CARD_TITLE))


def _indicators(screening: Screening) -> dict[str, Any]:
    rows = [
        [row["sign"], ", ".join(row["elements"]) or "–", _("From a named text") if row["sourced"] else _("Not certain")]
        for row in panel.indicator_rows(screening)
    ]
    return {"head": [_("Indicator"), _("Supports"), _("Wording")], "rows": rows, "widths": [5, 3, 2]}


def screening_summary(screening: Screening, *, on: date) -> bytes:
    """One screening for the file: person and case by code, indicators, elements, and what follows by rule."""
    lang = values.language()
    sections: list[dict[str, Any]] = [
        {"title": _("Screening"), "rows": _rows(panel.screening_rows(screening))},
        {"title": _("Indicators met"), "table": _indicators(screening)}
        if screening.indicators else {"title": _("Indicators met"), "text": _("No indicator was met.")},
        *({"title": one["title"], "rows": _rows(one["rows"])} for one in panel.conclusion_sections(screening)),
    ]  # fmt: skip
    heading = _("Screening of %(person)s") % {"person": screening.person.code}
    closed = no_longer(screening)
    data = {
        "name": NAME, "day": values.day(on), "heading": heading, "caption": screening.case.code,
        "facts-head": [_("Item"), _("Answer")], "foot": _("Confidential. For the file of the case only."),
        "flags": [
            *([closed] if closed else []),
            _("Not confirmed by a lawyer. A screening asks for signs; it decides nothing. No score is made."),
        ],
        "sections": sections, "sign": [_("Signed"), _("Day")],
    }  # fmt: skip
    return papers.pdf("sheet", data, lang, title=_("Summary of a screening"))


def _rows(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [[str(row["label"]), plain(row["value"])] for row in rows]
