"""Puts components, tables, summaries and pagers into templates, so that no page writes their markup."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from prasan.web import charts, components, fieldgroups, qr
from prasan.web.values import in_digits, shown, unbroken

register = template.Library()
MANY_COLUMNS = 6  # above, a table is set smaller


@register.simple_tag
def govuk(part: str, /, **given: Any) -> SafeString:
    """Draw a component: `{% govuk "input" id="place" label__text=place_label hint=place_hint %}`."""
    return components.component(part, **given)


@register.simple_tag
def moj(part: str, /, **given: Any) -> SafeString:
    """Draw a case-working component: `{% moj "timeline" entries=entries %}`."""
    return components.moj(part, **given)


@register.simple_tag
def form_group(bound: Any, with_hint: bool = True) -> SafeString:
    """Draw one field with its label, hint and error."""
    if not with_hint:
        bound.help_text = ""
    return fieldgroups.render(bound)


@register.simple_tag
def error_summary(form: Any) -> SafeString:
    """List what is wrong with a form, each line a link to its field."""
    lines = fieldgroups.summary_lines(form)
    return components.component("error-summary", error_list=lines) if lines else SafeString("")


@register.simple_tag
def summary(rows: Iterable[Mapping[str, Any]], classes: str = "") -> SafeString:
    """Draw a summary list from rows of `label`, `value` and, where it can be changed, `href`."""
    return components.component("summary-list", classes=classes, rows=[_summary_row(row) for row in rows])


def _summary_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Turn one row into the kit's shape."""
    drawn: dict[str, Any] = {
        "key": {"text": row["label"]},
        "value": {"html": format_html("{}", unbroken(shown(row.get("value"))))},
    }
    if row.get("href"):
        action = {"href": row["href"], "text": row.get("action") or _("Change")}
        drawn["actions"] = {"items": [{**action, "visuallyHiddenText": str(row["label"])}]}
    return drawn


@register.inclusion_tag("web/table.html")
def table(
    head: Iterable[Mapping[str, Any]],
    rows: Iterable[Mapping[str, Any]],
    caption: str = "",
    sortable: bool = False,
) -> dict[str, Any]:
    """Draw a table: `head` of `key`, `text`, `numeric`; `rows` keyed alike, `href` opens the first cell."""
    columns = list(head)
    wide = len(columns) > MANY_COLUMNS
    drawn = [[_cell(column, row, first=index == 0) for index, column in enumerate(columns)] for row in rows]
    return {"head": columns, "rows": drawn, "caption": caption, "sortable": sortable, "wide": wide}


def _cell(column: Mapping[str, Any], row: Mapping[str, Any], *, first: bool) -> dict[str, Any]:
    """Write one cell; the first of a row names it and carries its link."""
    value = row.get(column["key"])
    href = row.get("href") if first else None
    return {
        "value": unbroken(shown({"href": href, "text": value} if href else value)),
        "head": column["text"],
        "first": first,
        "numeric": bool(column.get("numeric")),
    }


@register.simple_tag(takes_context=True)
def pager(context: template.Context, page: Page | None) -> SafeString:
    """Draw the links to the other pages of a list, keeping its filter."""
    if page is None or page.paginator.num_pages < 2:
        return SafeString("")
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)

    def to(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    given: dict[str, Any] = {"items": []}
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            link = {"number": in_digits(str(number)), "href": to(number), "current": number == page.number}
            given["items"].append({**link, "visuallyHiddenText": _("Page %(n)s") % {"n": number}})
        else:
            given["items"].append({"ellipsis": True})
    if page.has_previous():
        given["previous"] = {"href": to(page.previous_page_number()), "html": _("Previous")}
    if page.has_next():
        given["next"] = {"href": to(page.next_page_number()), "html": _("Next")}
    return components.component("pagination", **given)


@register.simple_tag
def qr_code(svg: str) -> SafeString:
    """Put the square of the authenticator app into the page itself, so that no `data:` address is needed."""
    return qr.inline(svg, label=_("Square to scan with the authenticator app"))


@register.simple_tag
def figure(svg: SafeString, head: list[str], rows: list[list[Any]], caption: str = "") -> SafeString:
    """Put a drawing above the table of the same numbers."""
    return charts.figure(svg, head, rows, caption)
