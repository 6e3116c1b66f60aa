"""The provincial report as paper, workbook and CSV: the numbers of the page, with their definitions beside them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from prasan import packs
from prasan.plain.dates import format_month, local_day
from prasan.web import papers, values
from prasan.web.papers import cells

from .papers import NAME, plain
from .queries_of_report import Line, Numbers, Report
from .rules import report as parts
from .rules.report import Period, read_period

HEAD = ("row", "code", "name_en", "name_th", "period", "since", "until", "province", "times", "persons", "follow_ups",
        "confirmed", "definition_en", "definition_th")  # fmt: skip
MONTH_HEAD = ("row", "code", "name_en", "name_th", "month", "month_be", "times", "persons", "follow_ups")


def fiscal_year_words(year: int) -> str:
    """ปีงบประมาณ 2570; in English both eras, because the year begins in October."""
    if values.language() == "th":
        return values.in_digits(str(year + 543))
    return f"B.E. {year + 543} ({year - 1}/{year % 100:02})"


def period_words(period: Period) -> str:
    """The period as people say it."""
    if period.kind == "month":
        return values.in_digits(format_month(period.year, period.part, values.language()))
    year = {"year": fiscal_year_words(period.year)}
    if period.kind == "year":
        return _("Fiscal year %(year)s") % year
    return (_("First half of fiscal year %(year)s") if period.part == 1
            else _("Second half of fiscal year %(year)s")) % year  # fmt: skip


def span_words(since: date, until: date) -> str:
    """Both days, which both count."""
    return f"{values.day(since)} – {values.day(until)}"


def province_words(code: str) -> str:
    """The province, or all of them."""
    return packs.label("province", code, values.language()) if code else _("All provinces")


def notes() -> list[str]:
    """What must be said beside these numbers, on every form of the report."""
    lang = values.language()
    internal = _(
        "Internal: this report goes to the provincial office. Small numbers can point to a person: never publish them."
    )
    live = _(
        "Counted from the facts in force when the report was made: what was corrected or entered in error is left out."
    )
    return [
        internal, *(f"{one.label(lang)}: {one.text('what', lang)}" for one in packs.rows("nrm_column")), live,
    ]  # fmt: skip


def standing_words(told: Report) -> str:
    """Whether facts and records agreed when they were last compared."""
    if told.standing.at is None:
        return _("Facts and records were never compared yet.")
    at = values.instant(told.standing.at)
    if told.standing.agrees:
        return _("Facts and records agreed when they were last compared (%(at)s).") % {"at": at}
    found = {"at": at, "count": values.number(told.standing.differences)}
    return _("Facts and records differed in %(count)s places (%(at)s): do not hand this report in yet.") % found


def row_words(line: Line) -> str:
    """The number and name of a row, with its flag while its label is only our reading."""
    name = f"{line.row['number']}. {line.row.label(values.language())}"
    flag = _("label not confirmed")
    return name if line.row.sourced else f"{name} ({flag})"


def _text_lines(text: str) -> list[str] | str:
    return text.split("\n") if text else ""


def typed_rows(told: Report) -> list[dict[str, Any]]:
    """Parts 1 and 3 as they were typed; what is missing is said."""
    row = told.typed
    money = {name: values.money(getattr(row, name)) if row else "" for name in parts.MONEY}
    return [
        {"label": _("Surveillance group of the province"),
         "value": _(parts.GROUPS[row.group]) if row and row.group else ""},
        {"label": _("Plan of the province"), "value": row.has_plan if row else None},
        {"label": _("Activities done"), "value": _text_lines(row.activities if row else "")},
        {"label": _("NRM budget received"), "value": money["budget_received"]},
        {"label": _("NRM budget spent"), "value": money["budget_spent"]},
        {"label": _("Fund projects asked for"), "value": row.fund_asked if row else None},
        {"label": _("Fund projects approved"), "value": row.fund_approved if row else None},
        {"label": _("Fund projects running"), "value": row.fund_running if row else None},
        {"label": _("Fund projects finished"), "value": row.fund_finished if row else None},
    ]  # fmt: skip


def word_rows(told: Report) -> list[dict[str, Any]]:
    """Part 3: problems and suggestions."""
    row = told.typed
    return [
        {"label": _("Problems"), "value": _text_lines(row.problems if row else "")},
        {"label": _("Suggestions"), "value": _text_lines(row.suggestions if row else "")},
    ]


def _cells(one: Numbers) -> list[str]:
    return [values.number(one.times), "–" if one.persons is None else values.number(one.persons),
            values.number(one.follow_ups)]  # fmt: skip


def _plain(rows: list[dict[str, Any]]) -> list[list[str]]:
    return [[str(one["label"]), plain(one["value"])] for one in rows]


def pdf(told: Report, at: datetime) -> bytes:
    """The report on paper: three parts, definitions, and the line of the provincial head."""
    lang = values.language()
    columns = [one.label(lang) for one in packs.rows("nrm_column")]
    listed = [[row_words(line), *_cells(line.total)] for line in told.lines]
    definitions = [[row_words(line), line.row.text("what", lang)] for line in told.lines]
    typed = _plain(typed_rows(told)) if told.province else []
    unwritten = _("Parts 1 and 3 are written for one province and are not part of this sheet.")
    sections: list[dict[str, Any]] = [
        {"title": _("Part 1: the province"), "rows": typed, "text": "" if told.province else unwritten},
        {"title": _("Part 2: the numbers"), "notes": [
            _("Refusals counted without a name in the period: %(count)s.") % {"count": values.number(told.refusals)},
            standing_words(told)],
         "table": {"head": [_("Row"), *columns], "rows": listed, "numeric": [1, 2, 3], "widths": [5, 1, 1, 1]}},
        *([{"title": _("Part 3: problems and suggestions"), "rows": _plain(word_rows(told))}] if told.province else []),
        {"title": _("What is counted"), "notes": notes()[1:],
         "table": {"head": [_("Row"), _("Definition")], "rows": definitions, "widths": [2, 5]}},
    ]  # fmt: skip
    data = {
        "name": NAME, "day": values.day(local_day(at)), "heading": _("Provincial report of the referral mechanism"),
        "caption": f"{province_words(told.province)}\n{period_words(told.period)}: "
        f"{span_words(told.period.since, told.period.until)}",
        "flags": notes()[:1], "facts-head": [_("Item"), _("Answer")], "sections": sections,
        "sign": [_("Checked by the head of the provincial office"), _("Day")],
        "foot": _("Internal. Packs %(version)s.") % {"version": packs.version()},
    }  # fmt: skip
    return papers.pdf("sheet", data, lang, title=_("Provincial report of the referral mechanism"))


def _lines(told: Report) -> Iterator[tuple[Any, ...]]:
    for line in told.lines:
        row, one = line.row, line.total
        yield (
            row["number"], row.code, row.en, row.th, told.period.code, told.period.since, told.period.until,
            told.province or "all", one.times, one.persons, one.follow_ups, row.sourced,
            row.text("what", "en"), row.text("what", "th"),
        )  # fmt: skip


def _months(told: Report) -> Iterator[tuple[Any, ...]]:
    for line in told.lines:
        for code, one in line.months.items():
            named = read_period(code)
            be = f"{named.part:02}/{named.year + 543}" if named else ""
            yield (line.row["number"], line.row.code, line.row.en, line.row.th, code.removeprefix("month-"), be,
                   one.times, one.persons, one.follow_ups)  # fmt: skip


def _typed_cells(told: Report) -> Iterator[tuple[Any, ...]]:
    row = told.typed
    for name in ("group", "has_plan", *parts.MONEY, *parts.COUNTS, *parts.WORDS):
        yield name, getattr(row, name) if row else None


def _readme(told: Report, at: datetime) -> Iterator[tuple[Any, ...]]:
    yield "Prasan", _("Provincial report of the referral mechanism")
    yield _("Province"), province_words(told.province)
    yield _("Period"), f"{period_words(told.period)}: {span_words(told.period.since, told.period.until)}"
    yield _("Data as known on"), f"{at:%Y-%m-%d %H:%M} UTC"
    yield _("Version of the packs"), packs.version()
    yield "", standing_words(told)
    for note in notes():
        yield "", note
    yield _("Refusals counted without a name"), told.refusals


def workbook(told: Report, at: datetime) -> bytes:
    """README first, then the rows, the months, what was typed, and the code lists."""
    codes = [("nrm_row", row.code, row.en, row.th, row.get("confidence")) for row in packs.rows("nrm_row")]
    codes += [("nrm_column", row.code, row.en, row.th, row.get("confidence")) for row in packs.rows("nrm_column")]
    codes += [("surveillance_group", code, label, _(label), "") for code, label in parts.GROUPS.items()]
    return cells.workbook([
        cells.Sheet("README", (), list(_readme(told, at)), (34, 100)),
        cells.Sheet("part_2", HEAD, list(_lines(told)), (6, 14, 30, 30, 16, 12, 12, 10, 9, 9, 11, 11, 60, 60)),
        cells.Sheet("part_2_by_month", MONTH_HEAD, list(_months(told)), (6, 14, 30, 30, 10, 10, 9, 9, 11)),
        cells.Sheet("parts_1_and_3", ("field", "value"), list(_typed_cells(told)), (22, 90)),
        cells.Sheet("codes", ("list", "code", "en", "th", "confidence"), codes, (20, 14, 40, 40, 14)),
    ], at)  # fmt: skip


def csv_file(told: Report, at: datetime) -> bytes:
    """Part 2 as one long table."""
    return cells.csv_file(HEAD, _lines(told))


PDF = ("application/pdf", pdf)
XLSX = (cells.XLSX, workbook)
CSV = (cells.CSV, csv_file)
