"""What can be true of a person's record: codes that never change, and what is refused at entry."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from prasan.plain.birth import PartialDate
from prasan.plain.problem import Problem
from prasan.plain.text import normalise
from prasan.plain.words import gettext_noop as _

# IOM Human Trafficking Case Data Standard 2.0, prs_Gender. No default anywhere.
GENDERS = {
    "feminine": _("Woman or girl"),
    "masculine": _("Man or boy"),
    "transgender_feminine": _("Transgender woman"),
    "transgender_masculine": _("Transgender man"),
    "non_conforming": _("Gender non-conforming"),
    "non_specified_unknown": _("Not specified or not known"),
}
SEXES = {"female": _("Female"), "male": _("Male"), "": _("Not recorded")}
NAME_KINDS = {
    "original": _("Name as written in the person's own script"),
    "romanised": _("Name in Latin letters"),
    "nickname": _("Nickname"),
    "alias": _("Other name used"),
}
CONTACT_KINDS = {
    "phone": _("Phone"),
    "line": _("LINE"),
    "email": _("E-mail"),
    "through_person": _("Through another person"),
    "other": _("Other"),
}
CONSENT_PURPOSES = {
    "services": _("Services"),
    "sharing_with_agency": _("Sharing with a named agency"),
    "interview": _("Interview"),
    "research": _("Research that identifies nobody"),
    "publication": _("Publication"),
    "legal_action": _("Legal action"),
}
# The seven questions of the HTCDS consent guidance (IOM 2021).
CONSENT_QUESTIONS = {
    "consents_to_interview": _("Agrees to the interview, or assents as a child"),
    "told_purpose": _("Was told the purpose"),
    "told_use_of_data": _("Was told how the data is and may be used"),
    "told_research_use": _("Was told of research that identifies nobody"),
    "told_right_to_request": _("Was told of the right to ask for the data at any time"),
    "told_storage_time": _("Was told how long the data is kept"),
    "told_how_to_withdraw": _("Was told how to withdraw"),
}

OTHER_PERSON = _("A correction is about the same person. About somebody else, make a new record.")

# Why somebody asks the team that knows a person (AttachRequest).
ATTACH_REASONS = {
    "same_person": _("The person came to us and says so"),
    "same_matter": _("It is the same matter"),
    "safety": _("For the person's safety"),
    "court": _("A court or prosecutor needs it"),
}
ATTACH_DAYS = 30
NO_ATTACH_REASON = _("Choose a reason from the list.")
ATTACH_ANSWERED = _("This question was answered already.")
ATTACH_EXPIRED = _("This question was not answered within %(days)s days and has expired.")
ATTACH_YOURS = _("You asked this yourself: somebody else answers it.")
NO_NAME = _("Write a name, a nickname, or tick that the name is not known.")
NAME_TOO_LONG = _("A name has at most 200 characters.")
NO_GENDER = _("Choose a gender; “not specified or not known” is an answer.")
BORN_LATER = _("The birth date lies in the future.")
TOO_OLD = _("The birth date is more than 120 years ago.")
EXPIRY_PAST = _("The consent would end before it begins.")
CONSENT_LATER = _("The consent is dated in the future.")
NEEDS_AGENCY = _("Sharing needs the agency that it is for.")


def problems(
    *, names: list[tuple[str, str]], name_unknown: bool, gender: str, birth: PartialDate | None, today: date
) -> Iterator[Problem]:
    """What is wrong with a person's details. `names` are (kind, text) pairs."""
    written = [text for _kind, text in names if normalise(text)]
    if not written and not name_unknown:
        yield Problem(NO_NAME, field="name")
    if any(len(text) > 200 for text in written):
        yield Problem(NAME_TOO_LONG, field="name")
    if gender not in GENDERS:
        yield Problem(NO_GENDER, field="gender")
    if birth is not None:
        if birth.earliest() > today:
            yield Problem(BORN_LATER, field="birth")
        elif birth.latest() < today - timedelta(days=120 * 366):
            yield Problem(TOO_OLD, field="birth")


def asking_problems(*, names: list[str], reason: str) -> Iterator[Problem]:
    """A question to another team has a name to look for and a reason from the list."""
    if not any(normalise(name) for name in names):
        yield Problem(NO_NAME, field="name")
    if reason not in ATTACH_REASONS:
        yield Problem(NO_ATTACH_REASON, field="reason")


def expired(asked_at: datetime, at: datetime) -> bool:
    """Whether a question that nobody answered is over."""
    return at - asked_at >= timedelta(days=ATTACH_DAYS)


def answer_problems(*, answer: str, asked_at: datetime, at: datetime, own: bool) -> Iterator[Problem]:
    """One answer, in time, and never by the asker."""
    if own:
        yield Problem(ATTACH_YOURS)
    if answer:
        yield Problem(ATTACH_ANSWERED)
    elif expired(asked_at, at):
        yield Problem(ATTACH_EXPIRED, params={"days": ATTACH_DAYS})


def consent_problems(
    *, purpose: str, given_on: date, expires_on: date | None, agency: Any, today: date
) -> Iterator[Problem]:
    """A consent is specific and limited in time (NNEDV); sharing names its recipient."""
    if given_on > today:
        yield Problem(CONSENT_LATER, field="given_on")
    if expires_on is not None and expires_on < given_on:
        yield Problem(EXPIRY_PAST, field="expires_on")
    if purpose == "sharing_with_agency" and agency is None:
        yield Problem(NEEDS_AGENCY, field="agency")


def correction_problems(old: Any, person: Any) -> Iterator[Problem]:
    """What corrects a record is about the person of that record; `old` is None where nothing is corrected."""
    if old is not None and old.person_id != person.pk:
        yield Problem(OTHER_PERSON, field="participation")
