"""Workbooks made by hand, part by part, so that a test can show exactly the bytes it is about."""

import io
import zipfile

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
BOOK = '<workbook><workbookPr/><sheets><sheet name="Cases" r:id="rId1"/></sheets></workbook>'
LINKS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
SHEET = "xl/worksheets/sheet1.xml"


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """An archive of these parts; None leaves one out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()


def workbook(rows="", **parts):
    """One sheet with these rows; `types`, `book`, `links`, `styles` and `strings` exchange the other parts."""
    return packed({
        "[Content_Types].xml": HEAD + parts.get("types", TYPES),
        "xl/workbook.xml": HEAD + parts.get("book", BOOK),
        "xl/_rels/workbook.xml.rels": HEAD + parts.get("links", LINKS),
        "xl/styles.xml": parts.get("styles"),
        "xl/sharedStrings.xml": parts.get("strings"),
        SHEET: f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
    })  # fmt: skip
