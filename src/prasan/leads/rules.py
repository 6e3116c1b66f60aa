"""What a lead can be and where it may go: codes that never change, the allowed moves, and what is refused."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from prasan.plain.problem import Problem
from prasan.plain.text import normalise
from prasan.plain.words import gettext_noop as _

STATUSES = {
    "new": _("New"),
    "triaged": _("Triaged"),
    "accepted": _("Accepted into a case"),
    "merged": _("Merged into another lead"),
    "referred": _("Referred to another agency"),
    "closed": _("Closed"),
}
# A triaged lead may be triaged again (another owner); what was referred or closed may be taken up again.
STATES = {
    "new": ("triaged", "accepted", "merged", "referred", "closed"),
    "triaged": ("triaged", "accepted", "merged", "referred", "closed"),
    "accepted": (),
    "merged": (),
    "referred": ("triaged", "closed"),
    "closed": ("triaged",),
}
OPEN = frozenset({"new", "triaged"})
URGENCIES = {
    "danger": _("Immediate danger"),
    "child": _("A child may be concerned"),
    "soon": _("Soon"),
    "normal": _("Normal"),
}
CLOSE_REASONS = {
    "not_trafficking": _("No sign of trafficking"),
    "not_verifiable": _("Could not be verified"),
    "too_little": _("Too little to act on"),
    "outside_mandate": _("Outside our mandate"),
    "known_already": _("Already dealt with"),
    "misuse": _("Test, joke or misuse"),
    "other": _("Other reason"),
}
STEPS = {
    "received": _("Received"),
    "triaged": _("Triaged: %(urgency)s"),
    "accepted": _("Accepted into a case"),
    "merged": _("Merged into %(lead)s"),
    "absorbed": _("%(lead)s was merged into this lead"),
    "referred": _("Referred to another agency"),
    "closed": _("Closed: %(reason)s"),
    "source_opened": _("The source was opened"),
    "corrected": _("Corrected by %(lead)s"),
    "corrects": _("Corrects %(lead)s"),
    "abuse_noted": _("Possible abuse of a child was noted"),
}
# Where a report on abuse of a child goes, once; whichever comes first is enough.
REPORTS = {
    "ticac": _("TICAC: the police task force on internet crimes against children"),
    "thaihotline": _("ThaiHotline: the Thai hotline for illegal content"),
    "ncmec": _("NCMEC CyberTipline: for services based in the United States"),
    "police_191": _("Police 191"),
    "msdhs_1300": _("Help line 1300"),
}
OLD_AFTER_DAYS = 1

NO_CHANNEL = _("Choose how the lead reached you.")
UNKNOWN_CODE = _("This is not in the list.")
NO_URGENCY = _("Choose how urgent the lead is.")
NO_TEXT = _("Write what was reported.")
TOO_LONG = _("At most %(limit)s characters.")
FUTURE = _("This date lies in the future.")
OLDER_THAN_SYSTEM = _("Dates before 1990 are taken for a slip.")
NOT_ALLOWED_MOVE = _("A lead that is “%(old)s” cannot become “%(new)s”.")
NOT_ON_DESK = _("This colleague is not on the intake desk of this lead.")
SAME_LEAD = _("A lead cannot be merged into itself.")
NO_SUCH_LEAD = _("There is no lead with this code at your desk.")
ALREADY_MERGED = _("%(lead)s was itself merged into another lead: merge into that one.")
OTHER_DESK = _("Both leads must be of the same intake desk.")
NO_AGENCY = _("Choose the agency.")
NO_REASON = _("Choose the reason.")
NO_WORDS = _("Say in a few words why.")
NO_CASE = _("Choose one of your cases, or open a new one.")
NO_ADDRESS = _("Write the address or identifier where it was seen.")
NO_WITNESS = _("Write who saw it.")
NO_REPORT = _("Choose where it was reported.")
REPORT_FIRST = _("The report lies before the sighting.")
LONGEST = 8000


def problems(
    *, channel: str, urgency: str, text: str, forms: Collection[str], mode: str, province: str, received_on: date,
    today: date, known: dict[str, Collection[str]],
) -> Iterator[Problem]:  # fmt: skip
    """What is wrong with a lead as told. `known` holds the codes of channels, forms, modes and provinces."""
    if not channel:
        yield Problem(NO_CHANNEL, field="channel")
    elif channel not in known["channel"]:
        yield Problem(UNKNOWN_CODE, field="channel")
    if urgency not in URGENCIES:
        yield Problem(NO_URGENCY, field="urgency")
    if not normalise(text):
        yield Problem(NO_TEXT, field="text")
    if len(text) > LONGEST:
        yield Problem(TOO_LONG, field="text", params={"limit": LONGEST})
    if not set(forms) <= set(known["forms"]):
        yield Problem(UNKNOWN_CODE, field="forms")
    if mode not in known["mode"]:
        yield Problem(UNKNOWN_CODE, field="mode")
    if province and province not in known["province"]:
        yield Problem(UNKNOWN_CODE, field="province")
    if received_on > today:
        yield Problem(FUTURE, field="received_on")
    if received_on.year < 1990:
        yield Problem(OLDER_THAN_SYSTEM, field="received_on")


def move_problems(old: str, new: str) -> Iterator[Problem]:
    """Whether a lead may go from one status to another."""
    if new not in STATES[old]:
        yield Problem(NOT_ALLOWED_MOVE, params={"old": STATUSES[old], "new": STATUSES[new]})


def merge_problems(*, same: bool, same_desk: bool, into_status: str, into_code: str) -> Iterator[Problem]:
    """A lead goes into another one of the same desk that still stands for itself."""
    if same:
        yield Problem(SAME_LEAD, field="into")
    elif into_status == "merged":
        yield Problem(ALREADY_MERGED, field="into", params={"lead": into_code})
    elif not same_desk:
        yield Problem(OTHER_DESK, field="into")


def close_problems(*, reason: str, words: str) -> Iterator[Problem]:
    """Closing says why; “other” says it in words."""
    if reason not in CLOSE_REASONS:
        yield Problem(NO_REASON, field="reason")
    if reason == "other" and not normalise(words):
        yield Problem(NO_WORDS, field="words")
    yield from words_problems(words)


def words_problems(words: str) -> Iterator[Problem]:
    if len(words) > 400:
        yield Problem(TOO_LONG, field="words", params={"limit": 400})


def abuse_problems(*, address: str, seen_by: str, seen_at: datetime, at: datetime) -> Iterator[Problem]:
    """Only what is needed to report: where, when, who saw it."""
    if not normalise(address):
        yield Problem(NO_ADDRESS, field="address")
    if not normalise(seen_by):
        yield Problem(NO_WITNESS, field="seen_by")
    if seen_at > at:
        yield Problem(FUTURE, field="seen_at")


def report_problems(
    *, to: Collection[str], reported_at: datetime, seen_at: datetime, at: datetime
) -> Iterator[Problem]:
    """A report names where it went and when."""
    if not to or not set(to) <= set(REPORTS):
        yield Problem(NO_REPORT, field="reported_to")
    if reported_at > at:
        yield Problem(FUTURE, field="reported_at")
    if reported_at < seen_at:
        yield Problem(REPORT_FIRST, field="reported_at")


def age_days(received_on: date, today: date) -> int:
    """How many days a lead has been with us; the day it came counts 0."""
    return max(0, (today - received_on).days)


def lateness(urgency: str, received_on: date, today: date) -> str:
    """How a lead presses, in the tones of my day: danger at once, any other after a day."""
    if urgency == "danger" or age_days(received_on, today) > OLD_AFTER_DAYS:
        return "late"
    return "today" if urgency == "child" or age_days(received_on, today) == OLD_AFTER_DAYS else "soon"
