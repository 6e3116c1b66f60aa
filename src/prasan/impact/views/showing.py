"""Puts figures into words and cells: unit, period, what is published, what stands beside it."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prasan import packs
from prasan.web import values
from prasan.web.values import language

from .. import rules
from ..figures import Entry, Figure, Span
from ..figures.composing import is_currency
from ..figures.published import Published

UNITS = {
    "person": _("persons"), "case": _("cases"), "event": _("events"), "lead": _("leads"),
    "service": _("services"), "recommendation": _("recommendations"), "attendance": _("attendances"),
    "day": _("days"), "hour": _("hours"), "percent": _("per cent"),
}  # fmt: skip
LISTS = {
    "form": "exploitation_form", "category": "organisation_kind",
}  # fmt: skip
WORDS = {
    "female": _("Female"), "male": _("Male"), "child": _("Child"), "adult": _("Adult"), "own": _("Own citizens"),
    "other": _("Other"), "online": _("Online"), "physical": _("Physical"), "mixed": _("Online and physical"),
    "led": _("Led"), "joint": _("Joint"), "supported": _("Supported"), "informed": _("Informed"),
}  # fmt: skip


def unit_words(unit: str) -> str:
    """A unit as people say it; a currency by its code."""
    return str(UNITS.get(unit, unit))


def amount(value: Any, unit: str) -> str:
    """A number with its unit; nothing known is said."""
    if value is None:
        return gettext("No data")
    if is_currency(unit):
        return values.money(value, unit)
    return f"{values.number(value)} {unit_words(unit)}"


def number_of(entry: Entry) -> str:
    """The number of an entry; shares of few are written as "n of N", never as per cent."""
    if entry.share is not None and entry.unit == "percent":
        told = gettext("%(part)s of %(whole)s") % {
            "part": values.number(entry.share.part), "whole": values.number(entry.share.whole),
        }  # fmt: skip
        if not entry.share.whole:
            return gettext("No data")
        if entry.share.whole < rules.FEW_PERSONS:
            return told
        return f"{values.number(entry.share.percent)} % ({told})"
    return amount(entry.value, entry.unit)


def span_words(since: Any, until: Any) -> str:
    """A span of days, or since the beginning."""
    if since is None:
        return gettext("Since the beginning until %(until)s") % {"until": values.day(until)}
    if (since.year, since.month, since.day, until.month, until.day) == (until.year, 1, 1, 12, 31):
        return gettext("Year %(year)s") % {"year": f"{until.year} / {until.year + 543}"}
    return gettext("%(since)s to %(until)s") % {"since": values.day(since), "until": values.day(until)}


def printed_words(row: Published) -> str:
    """A published figure in a line."""
    return f"{amount(row.value, row.unit)}: {span_words(row.since, row.until)}. {row.source}"


def notes(figure: Figure, levels: dict[str, int]) -> list[str]:
    """What must be said beside a number: what of it is published, contribution levels, what is not added."""
    told: list[str] = []
    published = 0
    for entry in figure.entries:
        if entry.published:
            published += int(entry.published.value) if not is_currency(entry.unit) else 0
            told.append(
                gettext("Of which %(number)s from published reports.")
                % {"number": amount(entry.published.value, entry.unit)}
            )
        told += [gettext("Never added: %(row)s") % {"row": printed_words(row)} for row in entry.apart]
    if figure.indicator.requires_contribution and (levels or published):
        told.append(contribution_words(levels, published))
    for row in figure.overlapping[:3]:
        told.append(gettext("Overlaps, not counted here: %(row)s") % {"row": printed_words(row)})
    return told


def contribution_words(levels: dict[str, int], published: int) -> str:
    """Contribution levels of a count; history without a level is "not recorded", never "led"."""
    counts = {**levels, "": levels.get("", 0) + published}
    parts = [
        f"{values.number(counts[level])} {gettext(label)}"
        for level, label in rules.CONTRIBUTIONS.items()
        if counts.get(level)
    ]
    return gettext("Contribution: %(levels)s.") % {"levels": ", ".join(parts)}


def dimension_word(dimension: str, value: str) -> str:
    """A value of a dimension in words; unknown is a category of its own."""
    if not value:
        return gettext("Unknown")
    if dimension == "form":
        return packs.label("exploitation_form", value, language())
    if dimension == "route":
        return packs.label("money_route", value, language())
    if dimension == "category":
        for name in ("organisation_kind", "tip_indicium", "lead_channel"):
            if name in packs.lists() and value in packs.codes(name):
                return packs.label(name, value, language())
    return str(WORDS.get(value, value.replace("_", " ")))


def link(name: str, **parts: Any) -> str:
    """An address, or nothing where that page is not mounted."""
    try:
        return reverse(name, kwargs=parts)
    except NoReverseMatch:
        return ""


def query_of(span: Span, asked: Any) -> str:
    """The period as it was asked for, to be carried on to other pages and files."""
    kept = asked.copy()
    for name in list(kept):
        if name not in {"year", "since", "until"} or not kept[name]:
            del kept[name]
    return f"?{kept.urlencode()}" if kept else ""
