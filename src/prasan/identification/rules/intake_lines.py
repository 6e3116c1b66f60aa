"""One person a line, as lists and tablets write it: Thai or English, words or codes, and a sentence for a slip."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from prasan import packs
from prasan.packs import names
from prasan.plain.problem import Problem
from prasan.plain.text import ascii_digits, normalise
from prasan.plain.words import gettext_noop as _

from .intake import URGENT, is_child, marks_of
from .protection import SEXES

COLUMNS = {
    "number": _("Number"),
    "name": _("Name"),
    "sex": _("Sex"),
    "age": _("Age"),
    "nationality": _("Nationality"),
    "language": _("Language"),
    "urgent": _("Urgent marks"),
}
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("number", "no", "no.", "#", "nr", "ลำดับ", "ลำดับที่", "ที่", "เลขที่", "หมายเลข"),
    "name": ("name", "full name", "ชื่อ", "ชื่อ-สกุล", "ชื่อ สกุล", "ชื่อ-นามสกุล", "ชื่อ นามสกุล", "ชื่อและนามสกุล"),
    "sex": ("sex", "gender", "เพศ"),
    "age": ("age", "อายุ", "อายุ (ปี)", "age (years)"),
    "nationality": ("nationality", "country", "สัญชาติ", "ประเทศ"),
    "language": ("language", "ภาษา"),
    "urgent": ("urgent marks", "urgent", "marks", "เร่งด่วน", "ความเร่งด่วน", "เครื่องหมายเร่งด่วน"),
}
SEX_WORDS = {
    "male": ("male", "m", "man", "boy", "mr", "ชาย", "ช", "ผู้ชาย", "เด็กชาย", "ด.ช.", "นาย"),
    "female": ("female", "f", "woman", "girl", "ms", "mrs", "หญิง", "ญ", "ผู้หญิง", "เด็กหญิง", "ด.ญ.", "นาง", "นางสาว"),
    "other": ("other", "o", "x", "unknown", "?", "-", "อื่น", "อื่น ๆ", "ไม่ทราบ"),
}
AGE_WORDS = {
    True: ("child", "minor", "เด็ก", "ผู้เยาว์"),
    False: ("adult", "ผู้ใหญ่"),
    None: ("unknown", "not known", "?", "-", "ไม่ทราบ"),
}
# Words for the people of the region, beside the names of countries and languages that the packs give.
NATIONALITY_WORDS = {
    "THA": ("thai", "ไทย"), "MMR": ("burmese", "myanmar", "burma", "พม่า", "เมียนมา", "เมียนมาร์"),
    "KHM": ("khmer", "cambodian", "เขมร", "กัมพูชา"), "LAO": ("lao", "laotian", "laos", "ลาว"),
    "VNM": ("vietnamese", "vietnam", "viet nam", "เวียดนาม", "ญวน"), "CHN": ("chinese", "จีน"),
    "PHL": ("filipino", "ฟิลิปปินส์"), "IDN": ("indonesian", "อินโดนีเซีย"), "IND": ("indian", "อินเดีย"),
}  # fmt: skip
LANGUAGE_WORDS = {
    "tha": ("thai", "ไทย", "ภาษาไทย"), "mya": ("burmese", "myanmar", "พม่า", "เมียนมา"),
    "khm": ("khmer", "cambodian", "เขมร", "กัมพูชา"), "lao": ("lao", "ลาว"), "vie": ("vietnamese", "เวียดนาม"),
    "zho": ("chinese", "mandarin", "จีน"), "eng": ("english", "อังกฤษ"),
}  # fmt: skip
MARK_WORDS = {
    "child": ("child", "minor", "เด็ก"), "injured": ("injured", "ill", "sick", "hurt", "บาดเจ็บ", "ป่วย", "เจ็บ"),
    "pregnant": ("pregnant", "baby", "ตั้งครรภ์", "ท้อง", "มีลูกเล็ก", "เด็กเล็ก"),
    "alone": ("alone", "separated", "ลำพัง", "มาคนเดียว", "คนเดียว", "พลัดพราก"),
    "danger": ("danger", "threatened", "อันตราย", "ถูกข่มขู่", "ไม่ปลอดภัย"),
    "medicine": ("medicine", "medication", "ยา", "ต้องการยา"),
}  # fmt: skip
MOST_NUMBER, OLDEST, LONGEST_NAME = 999_999, 120, 200
_SEVERAL, _LOOSELY = re.compile(r"[;\n]"), re.compile(r"[,/|+]")
_ASIDE = re.compile(r"\([^()]*\)")
LONGEST_WORD, LONGEST_MARKS = 120, 600  # what is longer is no code, and is not searched to its end

NEEDED = _("This is needed: by the number the same line is known again.")
NOT_A_NUMBER = _("“%(text)s” is not a whole number from 1 to %(most)s.")
NOT_AN_AGE = _("“%(text)s” is not an age. Write years, or “adult”, “child” or “unknown”.")
NOT_A_SEX = _("“%(text)s” is not in the list: male, female or other.")
NOT_A_NATIONALITY = _("“%(text)s” is not in the list of nationalities. See the sheet Codes.")
NOT_A_LANGUAGE = _("“%(text)s” is not in the list of languages. See the sheet Codes.")
NOT_A_MARK = _("“%(text)s” is not an urgent mark. See the sheet Codes.")
NAME_TOO_LONG = _("A name has at most %(most)s characters.")
TWICE = _("The number %(number)s stands already in row %(row)s of this file.")
DIFFERS = _("The number %(number)s is already in this intake with other details. Give this line another number.")


@dataclass(frozen=True)
class Line:
    """One person as a line told it. A number of 0 means: the next free one."""

    number: int = 0
    name: str = ""
    sex: str = ""
    age: int | None = None
    is_child: bool | None = None
    nationality: str = ""
    language: str = ""
    urgent: tuple[str, ...] = ()

    def print(self) -> str:
        """The line in one form: two lines that say the same have the same print."""
        told = (self.number, self.name, self.sex, self.age, self.is_child, self.nationality, self.language)
        return "\x1f".join(["" if part is None else str(part) for part in told] + [",".join(self.urgent)])


def squash(text: str) -> str:
    """A word as it is compared: one form, small letters, without what stands in brackets."""
    return normalise(_ASIDE.sub(" ", text[:LONGEST_WORD])).casefold().strip(" *:")


def column_of(heading: str) -> str:
    """Which column a heading names, in Thai, in English, or in both with a stroke between; "" for none."""
    for part in [heading, *re.split(r"[/\n|]", heading[:LONGEST_WORD])]:
        word = squash(part)
        for column, words in HEADINGS.items():
            if word in words:
                return column
    return ""


@lru_cache(maxsize=16)
def _words(what: str, _pack_version: str) -> dict[str, str]:
    """Every word for a code, the packs' own names in both languages among them."""
    own = {"nationality": NATIONALITY_WORDS, "language": LANGUAGE_WORDS, "urgent": MARK_WORDS, "sex": SEX_WORDS}[what]
    known: dict[str, str] = {}
    if what in {"nationality", "language"}:
        listed = names.countries if what == "nationality" else names.languages
        for lang in ("en", "th"):
            for code, label in listed(lang):
                known.setdefault(squash(label), code)
                known.setdefault(squash(code), code)
    for code, label in {"urgent": URGENT, "sex": SEXES}.get(what, {}).items():
        known |= {squash(code): code, squash(label): code}
    known |= {squash(word): code for code, words in own.items() for word in words}
    return known


def code_of(what: str, text: str) -> str | None:
    """The code that a word stands for; None when it stands for none."""
    words = _words(what, packs.version())
    for part in [text, *text[:LONGEST_WORD].split("/")]:
        if (found := words.get(squash(part))) is not None:
            return found
    return None


def _number(text: str, needed: bool) -> tuple[int, list[Problem]]:
    plain = ascii_digits(text).strip()
    if not plain:
        return 0, [Problem(NEEDED, field="number")] if needed else []
    if plain.isascii() and plain.isdecimal() and len(plain) <= 7 and 1 <= int(plain) <= MOST_NUMBER:
        return int(plain), []
    return 0, [Problem(NOT_A_NUMBER, field="number", params={"text": text[:40], "most": f"{MOST_NUMBER:,}"})]


def _age(text: str) -> tuple[int | None, bool | None, list[Problem]]:
    plain = re.sub(r"\s*(years?|yrs?|ปี)\.?$", "", ascii_digits(squash(text)))
    if not plain:
        return None, None, []
    if plain.isascii() and plain.isdecimal() and int(plain[:4]) <= OLDEST and len(plain) <= 3:
        return int(plain), is_child(int(plain)), []
    for said, words in AGE_WORDS.items():
        if plain in words:
            return None, said, []
    return None, None, [Problem(NOT_AN_AGE, field="age", params={"text": text[:40]})]


def _coded(what: str, text: str, sentence: str) -> tuple[str, list[Problem]]:
    if not text:
        return "", []
    found = code_of(what, text)
    return (found, []) if found is not None else ("", [Problem(sentence, field=what, params={"text": text[:40]})])


def _marks(cell: str) -> tuple[list[str], list[Problem]]:
    """Marks apart by a semicolon or line; by a comma or stroke only where the whole is no mark itself."""
    marks: list[str] = []
    wrong: list[Problem] = []
    if len(cell) > LONGEST_MARKS:
        return [], [Problem(NOT_A_MARK, field="urgent", params={"text": cell[:40]})]
    wholes = [part for part in _SEVERAL.split(cell) if part.strip()]
    parts = [p for whole in wholes for p in ([whole] if code_of("urgent", whole) else _LOOSELY.split(whole))]
    for text in filter(str.strip, parts):
        found, problems = _coded("urgent", text.strip(), NOT_A_MARK)
        marks += [found] if found else []
        wrong += problems
    return marks, wrong


def read_line(cells: Mapping[str, str], *, needs_number: bool = False) -> tuple[Line, list[Problem]]:
    """The person that the cells of one line tell of, and what is wrong in them, cell by cell."""
    text = {column: normalise(cells.get(column, "")) for column in COLUMNS if column != "urgent"}
    number, problems = _number(text["number"], needs_number)
    if len(text["name"]) > LONGEST_NAME:
        problems.append(Problem(NAME_TOO_LONG, field="name", params={"most": LONGEST_NAME}))
    sex, wrong = _coded("sex", text["sex"], NOT_A_SEX)
    age, child, bad_age = _age(text["age"])
    nationality, bad_country = _coded("nationality", text["nationality"], NOT_A_NATIONALITY)
    language, bad_language = _coded("language", text["language"], NOT_A_LANGUAGE)
    marks, bad_marks = _marks(cells.get("urgent", ""))
    child = True if child is None and "child" in marks else child
    line = Line(number, text["name"], sex, age, child, nationality, language, tuple(marks_of(marks, child)))
    return line, [*problems, *wrong, *bad_age, *bad_country, *bad_language, *bad_marks]
