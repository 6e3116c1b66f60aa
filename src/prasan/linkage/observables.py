"""Reads what can repeat between files (phones, links, accounts) into one form, so that two spellings meet."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import phonenumbers

from prasan.plain.text import ascii_digits, normalise
from prasan.plain.words import gettext_noop as _

KINDS = {
    "phone": _("Phone"),
    "line": _("LINE ID"),
    "facebook": _("Facebook account"),
    "url": _("Web address"),
    "email": _("E-mail address"),
    "bank": _("Bank account"),
    "other": _("Other identifier"),
}
REGION = "TH"
LONGEST = 500
# What people write before the value; Thai and English.
PREFIXES = {
    "phone": ("phone", "tel", "mobile", "โทรศัพท์", "โทร", "เบอร์โทร", "เบอร์", "มือถือ"),
    "line": ("line id", "lineid", "line", "ไอดีไลน์", "ไลน์", "ไลน"),
    "facebook": ("facebook", "fb", "เฟซบุ๊ก", "เฟสบุ๊ค", "เฟส"),
    "url": ("url", "link", "ลิงก์", "ลิงค์"),
    "email": ("e-mail", "email", "mail", "อีเมล"),
    "bank": ("bank account", "bank", "account", "บัญชีธนาคาร", "บัญชี", "ธนาคาร"),
    "other": ("other", "อื่นๆ"),
}
FACEBOOK = {"facebook.com", "fb.com", "fb.me", "m.me"}
FACEBOOK_PAGES = {"groups", "watch", "events", "marketplace", "share", "photo", "story.php", "permalink.php", "reel"}
TRACKING = re.compile(r"^(utm_.*|fbclid|gclid|igsh|igshid|mibextid|ref|ref_src|_rdr|si)$")
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$")
URL = re.compile(
    r"^(?:https?://|www\.)\S+$|^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|th|me|io|co|app|info|link)(?:/\S*)?$"
)
PHONE_LOOK = re.compile(r"^[+\d][\d\s().-]{7,}$")


@dataclass(frozen=True)
class Observed:
    """One thing that can repeat: its kind, its one form, and how it was written."""

    kind: str
    normal: str
    written: str


def read_line(text: str) -> Observed | None:
    """One written line ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", "line: @shop", a link) as an observable; None when it is empty."""
    written = normalise(text)[:LONGEST]
    if not written:
        return None
    kind, value = split_prefix(written)
    value = value or written
    kind = kind or guess(value)
    if kind == "phone" and not phone(value):
        kind = "other"
    if kind == "bank" and len(digits(value)) < 6:
        kind = "other"
    if kind in {"url", "facebook", "line"}:
        try:
            kind, normal = address(kind, value)
        except ValueError:  # a link that is none, such as http://[
            normal = value.casefold()
    else:
        normal = {"phone": phone, "bank": digits, "email": str.casefold}.get(kind, str.casefold)(value)
    return Observed(kind, normal, written)


def read_lines(text: str) -> list[Observed]:
    """The observables of a text with one on each line, without repetitions."""
    found: dict[tuple[str, str], Observed] = {}
    for line in text.splitlines():
        one = read_line(line)
        if one is not None:
            found.setdefault((one.kind, one.normal), one)
    return list(found.values())


def split_prefix(written: str) -> tuple[str, str]:
    """The kind that the writer named, and the value after it; ("", "") when none was named.

    A Latin word needs a colon, or one word alone after it ("line id shop1"); Thai is written without spaces.
    """
    low = written.casefold()
    for kind, words in PREFIXES.items():
        for word in words:
            if not low.startswith(word):
                continue
            rest = written[len(word) :]
            if re.match(r"\s*[:=]\s*\S" if word.isascii() else r"\s*[:=]?\s*\S", rest):
                return kind, rest.lstrip(" :=")
            if re.match(r"\s+\S+$", rest) or (kind == "phone" and re.match(r"\s+[+\d]", rest)):
                return kind, rest.strip()
    return "", ""


def guess(value: str) -> str:
    """The kind of a value that was written without its kind."""
    low = ascii_digits(value).casefold()
    if EMAIL.match(low):
        return "email"
    if URL.match(low):
        return "url"
    if PHONE_LOOK.match(low) and phone(value):
        return "phone"
    return "line" if re.match(r"^@[a-z0-9._-]{2,}$", low) else "other"


def digits(value: str) -> str:
    """The digits alone, in any script, as 0 to 9."""
    return re.sub(r"\D", "", ascii_digits(value))


def phone(value: str) -> str:
    """E.164 of the first valid number, read as Thai when no country is given; "" when there is none."""
    found = next(iter(phonenumbers.PhoneNumberMatcher(ascii_digits(value), REGION)), None)
    return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164) if found else ""


def address(kind: str, value: str) -> tuple[str, str]:
    """A link, a Facebook account or a LINE ID in one form; a link to an account becomes the account."""
    looks = URL.match(value.casefold())
    if not looks:
        name = value.strip().lstrip("@~").casefold()
        return kind, name.replace(".", "") if kind == "facebook" else name
    parts = urlsplit(value if "://" in value else f"https://{value}")
    host = re.sub(r"^(www|m|web|mobile|th-th|l)\.", "", (parts.hostname or "").casefold())
    steps = [unquote(step) for step in parts.path.split("/") if step]
    query = dict(parse_qsl(parts.query))
    if host in FACEBOOK and steps:
        if steps[0] == "profile.php" and query.get("id"):
            return "facebook", f"id:{query['id']}"
        if len(steps) == 1 and steps[0].casefold() not in FACEBOOK_PAGES:
            return "facebook", steps[0].casefold().replace(".", "")
    if host == "line.me" and "p" in steps and steps[-1] != "p":
        return "line", steps[-1].lstrip("@~").casefold()
    kept = urlencode(sorted((k, v) for k, v in query.items() if not TRACKING.match(k.casefold())))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = "/".join(steps)
    return "url", f"{host}{port}{'/' + path if path else ''}{'?' + kept if kept else ''}"
