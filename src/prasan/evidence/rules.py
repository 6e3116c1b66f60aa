"""What may be sealed, by whom looked at first, how large; and what is written down of suspected abuse material."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import PurePosixPath

from prasan.plain.problem import Problem
from prasan.plain.text import normalise
from prasan.plain.words import gettext_noop as _

KINDS = {
    "paper": _("Signed paper"),
    "scan": _("Scan"),
    "screenshot": _("Screenshot"),
    "photo": _("Photo"),
    "other": _("Other"),
}
STATUSES = {"sealed": _("Sealed"), "destroyed": _("Destroyed as suspected abuse material")}
STATES: dict[str, tuple[str, ...]] = {"sealed": ("destroyed",), "destroyed": ()}
SOURCES = {
    "survivor": _("A survivor"),
    "witness": _("A witness"),
    "police": _("The police"),
    "prosecution_or_court": _("A prosecutor or a court"),
    "partner": _("A partner agency"),
    "online": _("Found online"),
    "own_team": _("Made by our own team"),
    "other": _("Somebody else"),
}
# To whom suspected abuse of a child is reported; one report is enough, and it needs neither certainty nor files.
REPORTED_TO = {
    "not_yet": _("Not reported yet"),
    "police_unit": _("Police unit against abuse of children online (Thailand: TICAC)"),
    "hotline": _("National hotline for illegal content (Thailand: ThaiHotline)"),
    "ncmec": _("NCMEC CyberTipline"),
    "other": _("Another authority"),
}
LARGEST = 50_000_000
CASE_QUOTA = 2_000_000_000
LONGEST_NAME = 200
UNKNOWN_TYPE = "application/octet-stream"
# Guessed from the end of the name alone; nothing is looked into. Only these ends are given back to a copy.
TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
}

NOT_LOOKED = _("Look at the file first. Nothing was taken in: without your tick nothing is stored, hashed or read.")
TOO_LARGE = _("A file has at most %(limit)s MB.")
CASE_FULL = _("The attachments of this case would pass %(limit)s MB. Ask the coordinator.")
EMPTY = _("This file is empty.")
NAME_TOO_LONG = _("The name of a file has at most %(limit)s characters.")
NO_KIND = _("Choose what this is.")
NO_SOURCE = _("Choose from whom it came.")
LATER = _("This date lies in the future.")
OTHER_CASE = _("This person is not in this case.")
DESTROYED = _("This attachment was destroyed. There is nothing to open.")
CLOSED = _("This attachment was entered in error and is not opened any more.")
DAMAGED = _("What lies on the disk is not what was sealed. Nothing was opened. Tell the administrator.")
NO_WHERE = _("Write where it was found: an address, an account, a message, a device.")
NO_REPORT = _("Choose to whom it was reported, or that it was not reported yet.")
NEEDS_REFERENCE = _("Write the reference of the report, or “none given”.")


def media_type(name: str) -> str:
    """The type that the end of a name suggests; anything else is only bytes."""
    return TYPES.get(PurePosixPath(name).suffix.lower(), UNKNOWN_TYPE)


def name_of_copy(code: str, kind: str) -> str:
    """The name of a copy that is handed out: our code, with an end only for types that start nothing."""
    return code + next((end for end, told in TYPES.items() if told == kind), ".bin")


def item_problems(
    *, looked: bool, size: int, used: int, file_name: str, kind: str, from_whom: str, received_on: date, today: date
) -> Iterator[Problem]:
    """What keeps a file out. Without the tick nothing else is even looked at; `used` are the case's bytes."""
    if not looked:
        yield Problem(NOT_LOOKED, field="looked")
        return
    if size > LARGEST:
        yield Problem(TOO_LARGE, field="file", params={"limit": LARGEST // 1_000_000})
    elif size == 0:
        yield Problem(EMPTY, field="file")
    elif used + size > CASE_QUOTA:
        yield Problem(CASE_FULL, field="file", params={"limit": CASE_QUOTA // 1_000_000})
    if len(file_name) > LONGEST_NAME:
        yield Problem(NAME_TOO_LONG, field="file", params={"limit": LONGEST_NAME})
    if kind not in KINDS:
        yield Problem(NO_KIND, field="kind")
    if from_whom not in SOURCES:
        yield Problem(NO_SOURCE, field="from_whom")
    if received_on > today:
        yield Problem(LATER, field="received_on")


def opening_problems(*, status: str, in_force: bool) -> Iterator[Problem]:
    """What was destroyed or entered in error gives no bytes to anybody."""
    if status != "sealed":
        yield Problem(DESTROYED)
    elif not in_force:
        yield Problem(CLOSED)


def abuse_problems(
    *, found_where: str, found_at: datetime, reported_to: str, report_ref: str, at: datetime
) -> Iterator[Problem]:
    """The record that stays: address, time, finder, reference of the report; no description, no bytes, no hash."""
    if not normalise(found_where):
        yield Problem(NO_WHERE, field="found_where")
    if found_at > at:
        yield Problem(LATER, field="found_at")
    yield from report_problems(reported_to=reported_to, report_ref=report_ref)


def report_problems(*, reported_to: str, report_ref: str) -> Iterator[Problem]:
    if reported_to not in REPORTED_TO:
        yield Problem(NO_REPORT, field="reported_to")
    elif reported_to != "not_yet" and not normalise(report_ref):
        yield Problem(NEEDS_REFERENCE, field="report_ref")
