"""Writes the empty workbook: sheets with both languages at the head, lists to choose from, instructions."""

from typing import Any, BinaryIO

import xlsxwriter

from . import codes
from .layout import Column, Layout, Sheet, layout

LAST_ROW = 100_000
LIST_TITLES = ("List", "Code", "English", "ไทย", "HTCDS 2.0", "Choose")


def write_template(target: str | BinaryIO) -> None:
    """Write the template to a path or into an open file."""
    plan = layout()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4EFF0", "border": 1}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "text": book.add_format({"num_format": "@"}),
    }
    _readme(book.add_worksheet("README"), plan, styles)
    sheets = {sheet.code: book.add_worksheet(sheet.en) for sheet in plan.sheets}
    places = _codes(book.add_worksheet("Codes"), plan, styles)
    for sheet in plan.sheets:
        _sheet(sheets[sheet.code], sheet, places, styles)
    book.close()


def _readme(page: Any, plan: Layout, styles: dict[str, Any]) -> None:
    page.set_column(0, 1, 70)
    for line, pair in enumerate(zip(plan.readme["en"], plan.readme["th"], strict=True)):
        for place, text in enumerate(pair):
            page.write_string(line, place, text, styles["wrap" if line else "title"])
    start = len(plan.readme["en"]) + 1
    for line, sheet in enumerate(plan.sheets, start=start):
        page.write_string(line, 0, f"{sheet.en}: {sheet.lead_en}", styles["wrap"])
        page.write_string(line, 1, f"{sheet.th}: {sheet.lead_th}", styles["wrap"])


def lists_used(plan: Layout) -> list[str]:
    """The lists that any column chooses from, each once."""
    return list(dict.fromkeys(c.list for sheet in plan.sheets for c in sheet.columns if c.list))


def _codes(page: Any, plan: Layout, styles: dict[str, Any]) -> dict[str, str]:
    """All lists under one another; returns the range of each for the drop-downs."""
    for place, title in enumerate(LIST_TITLES):
        page.write_string(0, place, title, styles["head"])
    page.freeze_panes(1, 0)
    page.set_column(0, 1, 24)
    page.set_column(2, 5, 40)
    places, line = {}, 1
    for name in lists_used(plan):
        first = line + 1
        for code, english, thai, standard in codes.rows(name):
            for place, text in enumerate((name, code, english, thai, standard, codes.chosen(english, thai))):
                page.write_string(line, place, text)
            line += 1
        places[name] = f"=Codes!$F${first}:$F${line}"
    return places


def _sheet(page: Any, sheet: Sheet, places: dict[str, str], styles: dict[str, Any]) -> None:
    page.freeze_panes(1, len(sheet.key))
    page.set_row(0, 48)
    for place, column in enumerate(sheet.columns):
        shape = styles["day"] if column.kind == "day" else styles["text"] if column.kind == "ref" else None
        page.set_column(place, place, 24 if column.kind in {"text", "choice", "choices"} else 16, shape)
        page.write_string(0, place, column.header, styles["head"])
        _hint(page, place, column, places)


def _hint(page: Any, place: int, column: Column, places: dict[str, str]) -> None:
    """What the spreadsheet says and offers at a cell; it never stops what the import reads rightly."""
    words = [column.hint_en, column.hint_th]
    if column.kind == "choices":
        words += ["Several: separated by ;", "หลายตัวเลือก คั่นด้วย ;"]
    if column.names and column.names[0].partition("_")[0] in {"prs", "vic", "per", "cas", "cco", "spl", "org"}:
        words.append(f"HTCDS: {column.names[0]}")
    message = "\n".join(filter(None, words))[:255]
    options: dict[str, Any] = {"validate": "any"}
    if column.kind == "choice":
        options = {"validate": "list", "source": places[column.list], "error_type": "information",
                   "error_title": "Codes", "error_message": "Not one of the words in the sheet Codes."}  # fmt: skip
    elif not message:
        return
    if message:
        options |= {"input_title": column.en[:32], "input_message": message}
    page.data_validation(1, place, LAST_ROW, place, options)
