"""Workbooks for the tests: a small whole caseload, written as a team's spreadsheet would be."""


import io
from datetime import date
from typing import Any

import xlsxwriter

from prasan.exchange.source import Source

CASES: list[list[Any]] = [
    ["case_ref", "title", "status", "forms", "mode", "province", "opened_on"],
    ["C-1", "Karaoke bar", "Active", "SexualExploitation", "online", "เชียงราย", "15/2/2567"],
    ["C-2", "Fishing boat", "closed", "ForcedLabour; forced_criminality", "mixed", "TH-90", "2024-03-01"],
]
PEOPLE: list[list[Any]] = [
    ["person_ref", "case_ref", "part", "since_on", "prs_FirstName", "prs_SecondName", "prs_Gender", "prs_Birthdate",
     "prs_Citizenship", "prs_PrimaryLanguage", "vic_RelationshipToTrafficker"],
    ["P-a", "C-1", "potential_victim", "16 ก.พ. 2567", "มะลิวัลย์", "ใจดี", "Feminine", 2548, "MM", "Burmese", "Unaquainted"],
    ["P-b", "C-1", "ผู้ต้องหา", "2024-02-16", "Somsak", "Dee", "ชาย", "15/6/2520", "THA", "tha", ""],
    ["P-c", "C-2", "ActualVictimOfTrafficking", "1 March 2024", "Ko", "", "Masculine", "about 1990", "MMR; LAO", "mya", "Unacquainted"],
]  # fmt: skip
PARTS: list[list[Any]] = [["case_ref", "person_ref", "part", "since_on", "ends"], ["C-1", "P-a", "victim", "2024-03-10", "potential_victim"]]
EVENTS: list[list[Any]] = [
    ["event_ref", "case_ref", "person_ref", "kind", "on", "time", "contribution", "words"],
    ["E-1", "C-1", "P-b", "Arrested", "20/2/2567", "06:30", "joint", ""],
    ["E-2", "C-1", "P-a", "removed_from_harm", "20/2/2567", "", "Supported", ""],
    ["E-3", "C-1", "", "investigation_opened", "18/2/2567", "", "", ""],
    ["", "C-1", "", "note", "21/2/2567", "", "", "The bar was closed by the governor."],
    ["E-5", "C-1", "", "hearing", "1/2/2570", "09:00", "", "Provincial court"],
]
CHARGES: list[list[Any]] = [
    ["charge_ref", "case_ref", "person_ref", "offence", "act_on", "charged_on", "status", "victims"],
    ["CH-1", "C-1", "P-b", "atip-52-adult", "2024-02-10", "2024-03-01", "in_trial", "P-a"],
]
VERDICTS: list[list[Any]] = [
    ["charge_ref", "instance", "outcome", "on", "contribution", "years", "final"],
    ["CH-1", "first", "guilty", "2025-05-05", "joint", 8, ""],
    ["CH-1", "appeal", "guilty", "2026-05-05", "joint", 8, "yes"],
]
MONEY: list[list[Any]] = [
    ["money_ref", "case_ref", "person_ref", "kind", "route", "on", "amount", "order_ref"],
    ["M-1", "C-1", "P-a", "ordered", "court_prosecutor", "2025-05-05", "200,000", ""],
    ["M-2", "C-1", "P-a", "collected", "court_prosecutor", "2025-08-01", 120000, "M-1"],
    ["M-3", "C-1", "P-a", "paid", "court_prosecutor", "2025-09-01", 50000.5, "M-1"],
]
SERVICES: list[list[Any]] = [
    ["case_ref", "person_ref", "spl_Type", "what", "on", "provider"],
    ["C-1", "P-a", "Health", "Medical check", "2024-02-21", "shelter"],
    ["C-1", "P-a", "Legal", "Rights explained", "2024-02-22", ""],
    ["C-2", "P-c", "Legal", "Rights explained", "2024-03-22", ""],
]
TRAINING: list[list[Any]] = [
    ["session_ref", "title", "topic", "on", "hours", "org_Type", "female", "male"],
    ["T-1", "Digital evidence", "digital", "2024-05-01", 6, "LawEnforcement", 9, 11],
    ["T-1", "Digital evidence", "digital", "2024-05-01", 6, "NGO", 4, ""],
]
WHOLE: dict[str, list[list[Any]]] = {
    "Cases": CASES, "People": PEOPLE, "Parts": PARTS, "Events": EVENTS, "Charges": CHARGES, "Verdicts": VERDICTS,
    "Money": MONEY, "Services": SERVICES, "Training": TRAINING,
}  # fmt: skip


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """The bytes of a workbook; a `date` becomes a date cell, a tuple (formula, value) a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "d/m/yyyy"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                _write(page, number, place, cell, day)
    book.close()
    return out.getvalue()


def _write(page: Any, number: int, place: int, cell: Any, day: Any) -> None:
    if isinstance(cell, date):
        page.write_datetime(number, place, cell, day)
    elif isinstance(cell, tuple):
        page.write_formula(number, place, cell[0], None, cell[1])
    elif cell != "":
        page.write(number, place, cell)


def source_of(sheets: dict[str, list[list[Any]]]) -> Source:
    return Source(io.BytesIO(workbook(sheets)), "caseload.xlsx")


def changed(sheet: str, row: int, column: str, value: Any, whole: Any = None) -> dict[str, list[list[Any]]]:
    """The caseload with one cell exchanged; `row` counts from 1 as the spreadsheet does."""
    book = {name: [list(r) for r in rows] for name, rows in (whole or WHOLE).items()}
    book[sheet][row - 1][book[sheet][0].index(column)] = value
    return book
