"""Passwords: fifteen characters or more, no composition rules, and none that everybody tries first."""

import gzip
from functools import cache
from importlib.resources import files

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prasan.plain.text import normalise

# Words that a Thai team or this product would suggest to a guesser; compared as whole and as repeated.
LOCAL = (
    "prasan", "ประสาน", "รหัสผ่าน", "สวัสดี", "สวัสดีครับ", "สวัสดีค่ะ", "ประเทศไทย", "กรุงเทพ", "กรุงเทพมหานคร",
    "เชียงใหม่", "รักเธอ", "ฉันรักเธอ", "คิดถึง", "ความรัก", "ครอบครัว", "พ่อแม่", "ตำรวจ", "ทนายความ", "มูลนิธิ",
    "สังคมสงเคราะห์", "การค้ามนุษย์", "สหวิชาชีพ", "บ้านพัก", "ยุติธรรม", "thailand", "bangkok", "chiangmai",
    "casework", "trafficking", "socialworker", "letmein", "welcome",
)  # fmt: skip


@cache
def common() -> frozenset[str]:
    """Django's list of 20,000 common passwords (NCSC and others) with the local words."""
    raw = files("django.contrib.auth").joinpath("common-passwords.txt.gz").read_bytes()
    return frozenset(gzip.decompress(raw).decode().split()) | frozenset(map(normalise, LOCAL))


def is_common(password: str) -> bool:
    """Whether a password is a known one, or one or two known words repeated or padded with digits."""
    text = normalise(password).casefold().replace(" ", "")
    core = text.strip("0123456789!@#$%^&*._-")
    if not core or text in common() or core in common():
        return True
    for size in range(1, len(core) // 2 + 1):
        if len(core) % size == 0 and core == core[:size] * (len(core) // size):
            return True
    return any(core[:cut] in common() and core[cut:] in common() for cut in range(4, len(core) - 3))


class NotCommon:
    """Django password validator on `is_common`."""

    def validate(self, password: str, user: object = None) -> None:
        if is_common(password):
            raise ValidationError(self.get_help_text(), code="password_too_common")

    def get_help_text(self) -> str:
        return _("Choose words that nobody would guess: not a common password, repeated or padded with digits.")
