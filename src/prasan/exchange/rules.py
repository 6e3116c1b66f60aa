"""What an import refuses, in sentences: files, sheets, cells, references, and what a changed row may change."""

from prasan.plain.archive import BOMB as BOMB
from prasan.plain.archive import DAMAGED as DAMAGED
from prasan.plain.archive import FORBIDDEN_XML as FORBIDDEN_XML
from prasan.plain.archive import MACROS as MACROS
from prasan.plain.words import gettext_noop as _
from prasan.plain.xlsx import EMPTY_FORMULA as EMPTY_FORMULA
from prasan.plain.xlsx import FAULTY_CELL as FAULTY_CELL
from prasan.plain.xlsx import TOO_LONG_CELL as TOO_LONG_CELL
from prasan.plain.xlsx import TOO_MANY_ROWS as TOO_MANY_ROWS
from prasan.plain.xlsx import TOO_WIDE as TOO_WIDE

# The file
OLD_FORMAT = _("This is an old workbook (.xls) or one with a password. Save it as .xlsx without a password.")
NOT_A_WORKBOOK = _("This is not a workbook (.xlsx) or a CSV file.")
EMPTY_FILE = _("The file is empty.")
ENCODING = _("This CSV file is not in UTF-8. Save it as “CSV UTF-8” and import that.")
BAD_CSV = _("Line %(line)s of the CSV file cannot be read.")
NO_SHEET = _("No sheet of this file is one that is imported: %(sheets)s.")
SHEET_TWICE = _("Two sheets of this file are “%(name)s”.")
UPLOAD_TOO_LARGE = _("The file is larger than %(limit)s MB. Import it on the command line.")

# The header
UNKNOWN_SHEET = _("The sheet “%(name)s” is not one that is imported; it is left out.")
UNKNOWN_COLUMN = _("The column “%(name)s” is not known; it is left out.")
NO_HEADER = _("The sheet has no row of column names.")
MISSING_COLUMN = _("The column “%(name)s” is missing.")
COLUMN_TWICE = _("The column “%(name)s” stands twice.")

# A cell
NEEDED = _("This is needed.")
NOT_IN_LIST = _("“%(text)s” is not in the list. See the sheet Codes.")
NOT_YES_NO = _("“%(text)s” is neither yes nor no.")
NOT_WHOLE = _("“%(text)s” is not a whole number.")
NOT_A_NUMBER = _("“%(text)s” is not a number.")
OUT_OF_RANGE = _("The number is not between 0 and %(most)s.")
NOT_A_DAY_NUMBER = _("The number %(text)s is not a date.")
TOO_LONG = _("At most %(limit)s characters.")
BAD_CURRENCY = _("A currency is a code of three letters, such as THB.")

# References
TWICE = _("This reference already stands in row %(row)s.")
NO_SUCH_CASE = _("There is no case “%(ref)s” in this file, and none that you may see.")
NO_SUCH_PERSON = _("There is no person “%(ref)s” in this file, and none that you may see.")
NO_SUCH_CHARGE = _("There is no charge “%(ref)s” in this file, and none that was imported.")
NO_SUCH_ORDER = _("There is no order “%(ref)s” above in this file, and none that was imported.")
REFUSED_ROW = _("It points to “%(ref)s”, whose row is refused.")
SLIP_IN_CODE = _("The code “%(ref)s” has a slip: its last letter does not fit.")
NOT_IN_CASE = _("This person does not take part in this case.")
NOT_A_PART_YET = _("This person does not have the part that is to end.")
NO_AGENCY = _("There is no agency “%(name)s”.")
NEEDS_PERSON = _("This kind of event needs the person.")
NOT_AN_ORDER = _("“%(ref)s” is not an order.")
OTHER_PERSON = _("The order is for another person or case.")
OTHER_ROUTE = _("The order is of another route.")
CLOSED_FIRST = _("The case would close before it was opened.")
CLOSED_BUT_OPEN = _("There is a day of closing, but the case is not closed.")
SESSION_DIFFERS = _("This row does not agree with the first row of the same session.")

# A changed row
CHANGED_HERE = _("This row was changed in Prasan since the last import; it is not overwritten. Correct it in Prasan.")
DIFFERS = _("This row differs from what was imported. It is not changed by an import: correct it in Prasan.")
CASE_MOVED = _("A person is moved to another case in Prasan, not by an import.")
WENT_WRONG = _("Writing stopped at this row: %(reason)s")

NO_COORDINATOR = _("There is no active coordinator who could import. Name one by --as.")
NOT_A_COORDINATOR = _("“%(name)s” is not an active member of staff who may import.")

OUTCOMES = {
    "new": _("Would be created"),
    "changed": _("Would be changed"),
    "same": _("Already there"),
    "left": _("Differs, left as it is"),
    "refused": _("Refused"),
}
# A workbook that was uploaded: what may follow on what.
STATUSES = {
    "waiting": _("Waiting to be checked"),
    "checked": _("Checked"),
    "writing": _("Being written"),
    "done": _("Written"),
    "stopped": _("Stopped"),
}
STATES: dict[str, tuple[str, ...]] = {
    "waiting": ("checked", "stopped"),
    "checked": ("writing",),
    "writing": ("done", "stopped", "writing"),
    "stopped": ("writing",),
    "done": (),
}
NOT_NOW = _("This workbook cannot be written now: look at its report.")
NOT_ALL_GOOD = _("Some rows are refused. Mend them, or write the good rows only.")
NO_ROWS = _("The workbook has no rows.")
NOTHING_TO_WRITE = _("There is nothing to write: all rows are there already.")
BEING_WRITTEN = _("Your last workbook is still being written.")
IMPORTED_REASON = _("The status in the imported workbook")
