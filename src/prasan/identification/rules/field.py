"""Codes and rules of what a phone sends from the field: who may send, what is taken in, what a form may hold."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from prasan.plain.problem import Problem
from prasan.plain.words import gettext_noop as _

SUBMISSION_STATUSES = {"waiting": _("Waits"), "accepted": _("Accepted"), "refused": _("Refused")}
# A finished form is small: words and ticks, no pictures.
MOST_BYTES = 256_000
MOST_A_MINUTE = 120
MOST_WAITING = 10_000
PAIRING = timedelta(hours=1)
FORM = re.compile(r"[a-z0-9_-]{1,40}")
DIGEST = re.compile(r"[0-9a-f]{64}")
# What the phone asks beside the questions of the form; the words lie sealed with the rest.
ABOUT = ("on", "place", "situation", "body", "language", "interpreter", "name", "gender", "age", "nationality",
         "child_at_time", "needs", "enters_nrm")  # fmt: skip
LONGEST_WORDS, MOST_ANSWERS = 10_000, 500

REASONS = {
    "duplicate": _("It came twice"),
    "test": _("It was only a trial"),
    "not_ours": _("It is not a matter of this desk"),
    "unreadable": _("It cannot be opened"),
    "other": _("Another reason"),
}
INTO = {"case": _("Into a case"), "nothing": _("Into nothing: I have read it, and nothing is to be recorded")}

NO_LABEL = _("Give the phone a name by which you know it again.")
LONG_LABEL = _("The name of a phone has at most 60 characters.")
DECIDED = _("This was decided already.")
GONE_ALREADY = _("This phone was revoked already.")
NO_REASON = _("Choose a reason.")
NO_WORDS = _("Say in a few words why.")
LONG_WORDS = _("At most 200 characters.")
NO_CONFIRMATION = _("Confirm that what was sent is destroyed.")
NO_CASE = _("Choose the case.")
UNKNOWN_FORM = _("The phone asked with a form that this house never handed out, so its answers cannot be read with its "
                 "own questions. Refuse it, and ask the worker who carries the phone.")  # fmt: skip
NOT_IN_CASE = _("There is nobody with this code in that case.")


class Unreadable(Exception):
    """What was opened is not a finished form, or not the one that it was announced as."""


@dataclass(frozen=True)
class Told:
    """A finished form in clear: what was asked around it, the answers, and the words under their questions."""

    about: Mapping[str, Any]
    answers: Mapping[str, Any]
    words: Mapping[str, str]


def _plain(value: Any) -> bool:
    """A short text, a small number, or a few codes."""
    if isinstance(value, list):
        return len(value) <= 60 and all(isinstance(one, str) and len(one) <= 60 for one in value)
    if isinstance(value, str):
        return len(value) <= LONGEST_WORDS
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6


def _table(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict) or len(told) > MOST_ANSWERS:
        raise Unreadable
    if not all(isinstance(key, str) and len(key) <= 60 and _plain(value) for key, value in told.items()):
        raise Unreadable
    return told


def read(opened: bytes, *, id: str, form: str, form_digest: str) -> Told:
    """The finished form in what was opened. Its own number stands inside the seal: the same content sent under
    another number is not taken for a second person."""
    try:
        told = json.loads(opened)
    except (ValueError, RecursionError):
        raise Unreadable from None
    named = {"v": 1, "id": id, "form": form, "form_digest": form_digest}
    if not isinstance(told, dict) or any(told.get(name) != value for name, value in named.items()):
        raise Unreadable
    words = _table(told.get("words"))
    if not all(isinstance(text, str) for text in words.values()):
        raise Unreadable
    about = {name: value for name, value in _table(told.get("about")).items() if name in ABOUT}
    return Told(about, _table(told.get("answers")), words)


def may_pair(made_at: datetime, at: datetime) -> bool:
    """A pairing code holds for an hour, and once."""
    return made_at <= at < made_at + PAIRING


def label_problems(label: str) -> Iterator[Problem]:
    """A phone has a name."""
    if not label.strip():
        yield Problem(NO_LABEL, field="label")
    if len(label) > 60:
        yield Problem(LONG_LABEL, field="label")


def refusal_problems(*, status: str, reason: str, words: str, destroyed: bool) -> Iterator[Problem]:
    """A refusal is given once, with a reason, and knowing that what was sent is gone with it."""
    if status != "waiting":
        yield Problem(DECIDED)
    if reason not in REASONS:
        yield Problem(NO_REASON, field="reason")
    if reason == "other" and not words.strip():
        yield Problem(NO_WORDS, field="words")
    if len(words) > 180:
        yield Problem(LONG_WORDS, field="words")
    if not destroyed:
        yield Problem(NO_CONFIRMATION, field="destroyed")
