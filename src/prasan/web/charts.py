"""Draws the figures of reports as plain SVG: shape and colour, a title, a sentence, and a table below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from prasan.web.values import number, shown, year

WIDTH = 600
INK = "#1f2426"
RULE = "#cbc6ba"
DEEP = "#0b4f56"
PALE = "#d3e4e4"
TIERS: dict[str, tuple[str, str]] = {
    "1": ("circle", "#1b6e43"),
    "2": ("square", "#0b4f56"),
    "2WL": ("diamond", "#a35a00"),
    "3": ("triangle", "#b3261e"),
}
"""Tiers from best to worst, each with a shape and a colour; they are ordered, never reckoned with."""


@dataclass(frozen=True)
class Bar:
    """One year's number; None is not known, a provisional one is drawn hollow."""

    label: str
    value: int | None
    provisional: bool = False


@dataclass(frozen=True)
class Stage:
    """One stage of a cohort: how many came this far, and how many may still come."""

    label: str
    reached: int
    pending: int = 0


def _frame(ident: str, title: str, desc: str, height: int, inside: Iterable[SafeString]) -> SafeString:
    """Put a drawing into its frame, with the title and sentence that a listener hears."""
    return format_html(
        '<svg class="prasan-chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc" '
        'font-family="Sarabun, sans-serif" font-size="15" xmlns="http://www.w3.org/2000/svg">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        WIDTH,
        height,
        ident,
        ident,
        ident,
        title,
        ident,
        desc,
        _joined(inside),
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    """Put parts of a drawing one after another."""
    return format_html_join("", "{}", ((part,) for part in parts))


def _text(x: float, y: float, words: str, anchor: str = "start", weight: str = "400") -> SafeString:
    """Write words into a drawing."""
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" font-weight="{}" fill="{}">{}</text>',
        round(x, 1),
        round(y, 1),
        anchor,
        weight,
        INK,
        words,
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = RULE, width: float = 1) -> SafeString:
    """Draw a straight line."""
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"/>',
        round(x1, 1),
        round(y1, 1),
        round(x2, 1),
        round(y2, 1),
        colour,
        width,
    )


def _box(x: float, y: float, width: float, height: float, fill: str, stroke: str = DEEP) -> SafeString:
    """Draw a rectangle; a hatched one names the pattern of its drawing."""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="1.5"/>',
        round(x, 1),
        round(y, 1),
        round(max(width, 0), 1),
        round(max(height, 0), 1),
        fill,
        stroke,
    )


def _hatch(ident: str) -> SafeString:
    """Give the hatching that means `not yet` or `not known`, also on grey paper."""
    return format_html(
        '<defs><pattern id="{}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="7" height="7" fill="#fff"/>'
        '<line x1="0" y1="0" x2="0" y2="7" stroke="{}" stroke-width="2.5"/></pattern></defs>',
        ident,
        DEEP,
    )


def _shape(kind: str, x: float, y: float, colour: str) -> SafeString:
    """Draw the mark of a tier, so that colour is never alone."""
    x, y = round(x, 1), round(y, 1)
    if kind == "circle":
        return format_html('<circle cx="{}" cy="{}" r="6.5" fill="{}"/>', x, y, colour)
    corners: list[tuple[float, float]] = {
        "square": [(-6.0, -6.0), (6.0, -6.0), (6.0, 6.0), (-6.0, 6.0)],
        "diamond": [(0.0, -8.5), (8.5, 0.0), (0.0, 8.5), (-8.5, 0.0)],
        "triangle": [(0.0, -8.0), (8.0, 6.5), (-8.0, 6.5)],
    }[kind]
    points = " ".join(f"{round(x + dx, 1)},{round(y + dy, 1)}" for dx, dy in corners)
    return format_html('<polygon points="{}" fill="{}"/>', points, colour)


def steps(
    title: str, desc: str, points: Sequence[tuple[int, str | None]], *, ident: str, tier_word: str = "Tier"
) -> SafeString:
    """Draw tiers by year, best on top; a year without a known tier is a gap, never a guess."""
    left, right, top, row = 74, 16, 24, 46
    order = list(TIERS)
    span = max(len(points) - 1, 1)
    floor = top + row * (len(order) - 1)

    def at(index: int, tier: str) -> tuple[float, float]:
        return left + (WIDTH - left - right) * index / span, top + row * order.index(tier)

    parts = []
    for tier, (kind, colour) in TIERS.items():
        y = top + row * order.index(tier)
        parts += [_line(left - 12, y, WIDTH - right, y), _shape(kind, 10, y, colour), _text(24, y + 6, tier)]
    parts += _step_lines(points, at)
    for index, (number_of_year, held) in enumerate(points):
        x = left + (WIDTH - left - right) * index / span
        if index % max(1, round(len(points) / 9)) == 0 or (index == len(points) - 1 and len(points) < 9):
            parts += [
                _line(x, floor + 34, x, floor + 40, INK),
                _text(x, floor + 58, year(number_of_year), "middle"),
            ]
        if held in TIERS:
            parts.append(_shape(TIERS[held][0], *at(index, held), TIERS[held][1]))
            if index == 0 or points[index - 1][1] != held:
                parts.append(_change(points, index, at, tier_word))
    return _frame(ident, title, desc, floor + 72, parts)


def _change(points: Sequence[tuple[int, str | None]], index: int, at: Any, word: str) -> SafeString:
    """Write a tier where it changes: below the mark after a fall, above it otherwise, clear of the stairs."""
    tier = str(points[index][1])
    before = points[index - 1][1] if index else None
    fell = before in TIERS and list(TIERS).index(str(before)) < list(TIERS).index(tier)
    x, y = at(index, tier)
    return _text(x, y + 26 if fell else y - 13, f"{word} {tier}".strip(), "middle", "700")


def _step_lines(points: Sequence[tuple[int, str | None]], at: Any) -> list[SafeString]:
    """Draw the stairs between neighbouring known years."""
    lines = []
    for index, ((_before, one), (_after, two)) in enumerate(pairwise(points)):
        if one not in TIERS or two not in TIERS:
            continue
        (x1, y1), (x2, y2) = at(index, one), at(index + 1, two)
        lines.append(_line(x1, y1, x2, y1, INK, 2.5))
        if y1 != y2:
            lines.append(_line(x2, y1, x2, y2, INK, 2.5))
    return lines


def bars(title: str, desc: str, rows: Sequence[Bar], *, ident: str) -> SafeString:
    """Draw one bar a year from zero, its number on top; hollow is provisional, hatched foot is not known."""
    top, floor = 34, 234
    most = max((row.value or 0 for row in rows), default=0) or 1
    slot = WIDTH / max(len(rows), 1)
    wide = min(slot * 0.62, 90)
    parts = [_hatch(ident), _line(0, floor, WIDTH, floor, INK)]
    for index, row in enumerate(rows):
        middle = slot * (index + 0.5)
        if row.value is None:
            parts += [
                _box(middle - wide / 2, floor - 12, wide, 12, f"url(#{ident}-hatch)"),
                _text(middle, floor - 20, "?", "middle"),
            ]
        else:
            tall = (floor - top) * row.value / most
            fill = "#fff" if row.provisional else DEEP
            parts += [
                _box(middle - wide / 2, floor - tall, wide, tall, fill),
                _text(middle, floor - tall - 8, number(row.value), "middle", "700"),
            ]
        parts.append(_text(middle, floor + 22, row.label, "middle"))
    return _frame(ident, title, desc, floor + 34, parts)


def funnel(title: str, desc: str, stages: Sequence[Stage], *, ident: str) -> SafeString:
    """Draw one cohort stage by stage; who may still come this far is hatched, never counted as lost."""
    row, top = 66, 4
    most = max((stage.reached + stage.pending for stage in stages), default=0) or 1
    parts = [_hatch(ident)]
    for index, stage in enumerate(stages):
        y = top + row * index
        wide = (WIDTH - 120) * stage.reached / most
        waiting = (WIDTH - 120) * stage.pending / most
        parts += [_text(0, y + 18, stage.label), _box(0, y + 26, wide, 26, DEEP)]
        if stage.pending:
            parts.append(_box(wide, y + 26, waiting, 26, f"url(#{ident}-hatch)"))
        written = number(stage.reached) + (f" + {number(stage.pending)}" if stage.pending else "")
        parts.append(_text(wide + waiting + 8, y + 45, written, "start", "700"))
    return _frame(ident, title, desc, top + row * len(stages) + 4, parts)


def figure(svg: SafeString, head: Sequence[str], rows: Sequence[Sequence[Any]], caption: str) -> SafeString:
    """Put a drawing and the table of the same numbers together."""
    titles = format_html_join(
        "", '<th scope="col" class="govuk-table__header">{}</th>', ((word,) for word in head)
    )
    body = format_html_join(
        "",
        '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{}</th>{}</tr>',
        (
            (
                shown(row[0]),
                format_html_join(
                    "", '<td class="govuk-table__cell">{}</td>', ((shown(cell),) for cell in row[1:])
                ),
            )
            for row in rows
        ),
    )
    return format_html(
        '<figure class="prasan-figure">'
        '<div class="prasan-scroll" role="region" aria-label="{}" tabindex="0">{}</div>'
        '<table class="govuk-table govuk-!-margin-top-4">'
        '<caption class="govuk-table__caption">{}</caption><thead class="govuk-table__head">'
        '<tr class="govuk-table__row">{}</tr></thead><tbody class="govuk-table__body">{}</tbody>'
        "</table></figure>",
        caption,
        svg,
        caption,
        titles,
        body,
    )
