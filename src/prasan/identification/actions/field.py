"""The acts around a phone in the field: registered, paired, sending, revoked; what it sent is decided once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from prasan import journal, packs, vault
from prasan.access import drafts
from prasan.access.allow import Changed
from prasan.access.check import check, may
from prasan.access.held import held
from prasan.access.scoping import viewing
from prasan.access.system import system_read
from prasan.cases.actions import persons
from prasan.cases.models import Participation
from prasan.plain.dates import local_day
from prasan.plain.problem import Problem, Refused, refuse_if
from prasan.plain.refs import LETTERS
from prasan.plain.text import normalise
from prasan.vault import field as sealed

from ..models import FieldDevice, FieldSubmission
from ..queries_of_field import version_of
from ..rules import field as rules
from . import stages

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Answer:
    """What the phone is told: the status of the answer and one word that it knows in both languages."""

    status: int
    why: str


class Turned(Exception):
    """This phone may not send now; `answer` says why in a word."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.answer = Answer(status, why)


def digest_of(secret: str) -> str:
    """Tokens and pairing codes are long and random: one round of SHA-256 hides them well enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tidy(code: str) -> str:
    """A pairing code as it was made, however it was typed."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)


@transaction.atomic
def register_device(*, by: Any, desk: Any, label: str, at: datetime) -> tuple[FieldDevice, str]:
    """A worker registers a phone for oneself: what it sends is journalled as theirs. The pairing code is handed back
    this once and kept only as a digest."""
    act = "identification.manage_device"
    device = FieldDevice(id=uuid4(), desk=desk, staff=by, label=normalise(label), made_at=at, made_by=by)
    check(by, act, device)
    refuse_if(rules.label_problems(device.label))
    code = "".join(secrets.choice(LETTERS) for _ in range(12))
    device.digest = digest_of(code)
    device.save(force_insert=True)
    sealed.ready(at)
    journal.enter(by=by, act=act, target=device)
    return device, code


@transaction.atomic
def revoke_device(*, by: Any, device: FieldDevice, version: int, at: datetime) -> FieldDevice:
    """A phone that was lost, or is no longer used, may not send any more; what it sent stays."""
    check(by, "identification.manage_device", device)
    held(device, version)
    refuse_if([Problem(rules.GONE_ALREADY)] if device.revoked_at else [])
    _revoke(device, by, at)
    return device


def _revoke(device: FieldDevice, by: Any, at: datetime) -> None:
    device.revoked_at, device.version = at, device.version + 1
    device.save(update_fields=["revoked_at", "version"])
    journal.enter(by=by, act="identification.revoke_device", target=device)


def revoke_all(by: Any, staff: Any, at: datetime) -> None:
    """Inside the act that locks a colleague out or takes off their second factor: their phones may send no more."""
    with system_read("field_inbox", line=False):
        for device in FieldDevice.objects.filter(staff=staff, revoked_at=None).select_for_update():
            _revoke(device, by, at)


@transaction.atomic
def keep_forms(at: datetime) -> None:
    """Every form that phones are given, today and when the next version begins, is kept as it is: a late answer is
    read with its own questions."""
    for form in [*packs.forms(local_day(at)).values(), *packs.forms().values()]:
        stages.kept_form(form, at)


def _known(secret: str) -> FieldDevice | None:
    """The phone that holds this secret; nobody is signed in here, so the inbox looks it up itself."""
    with system_read("field_inbox", line=False):
        rows = FieldDevice.objects.filter(digest=digest_of(secret)).select_related("staff", "desk")
        return rows.first()


@transaction.atomic
def pair(*, code: str, at: datetime) -> tuple[FieldDevice, str]:
    """A phone shows its one-time code and gets its own token, which nobody else ever sees."""
    device = _known(tidy(code))
    if device is None or device.paired_at or device.revoked_at or not rules.may_pair(device.made_at, at):
        raise Turned(401, "code")
    _standing(device)
    token = secrets.token_urlsafe(32)
    with viewing(device.staff, at):
        mine = FieldDevice.objects.select_for_update(of=("self",)).filter(pk=device.pk, paired_at=None).first()
        if mine is None:
            raise Turned(401, "code")
        mine.paired_at = mine.seen_at = at
        mine.digest, mine.version = digest_of(token), mine.version + 1
        mine.save(update_fields=["paired_at", "seen_at", "digest", "version"])
        journal.enter(by=device.staff, act="identification.pair_device", target=device)
    return device, token


def _standing(device: FieldDevice) -> None:
    """Whoever holds the phone must still work at its desk."""
    if not device.staff.is_active or not may(device.staff, "identification.view_field", device):
        raise Turned(403, "no_desk")


def _sender(token: str) -> FieldDevice:
    device = _known(token) if token else None
    if device is None or device.paired_at is None:
        raise Turned(401, "unknown")
    try:
        if device.revoked_at:
            raise Turned(401, "revoked")
        _standing(device)
    except Turned:
        with transaction.atomic():
            journal.enter(by=device.staff, act="identification.send_field", target=device, outcome="denied")
        raise
    return device


def may_send(*, token: str, at: datetime) -> Answer:
    """A phone asks whether it is still welcome, so that a revoked one wipes itself when it sees a network."""
    try:
        _sender(token)
    except Turned as turned:
        return turned.answer
    return Answer(200, "ready")


def receive(*, token: str, id: UUID, form: str, form_digest: str, content: bytes, at: datetime) -> Answer:
    """A finished form arrives: kept once, however often it is sent; nothing that is here is ever replaced."""
    try:
        device = _sender(token)
    except Turned as turned:
        return turned.answer
    if not content or not rules.FORM.fullmatch(form) or not rules.DIGEST.fullmatch(form_digest):
        return Answer(400, "unusable")
    if len(content) > rules.MOST_BYTES:
        return Answer(413, "too_big")
    row = FieldSubmission(id=id, desk=device.desk, device=device, received_at=at, form=form, form_digest=form_digest,
                          content=content, digest=hashlib.sha256(content).hexdigest(), made_at=at,
                          made_by=device.staff)  # fmt: skip
    with viewing(device.staff, at):
        here = _again(row)
        if here is not None:
            return here
        mine = FieldSubmission.objects.filter(device=device)
        if mine.filter(received_at__gt=at - MINUTE).count() >= rules.MOST_A_MINUTE:
            return Answer(429, "slower")
        if mine.filter(status="waiting").count() >= rules.MOST_WAITING:
            return Answer(507, "full")
        try:
            _keep(row)
        except IntegrityError:
            return _again(row) or Answer(409, "other")
    return Answer(201, "kept")


def _again(row: FieldSubmission) -> Answer | None:
    """The answer for a number that is here already: the same bytes are welcome again, others are not."""
    here = FieldSubmission.objects.filter(pk=row.pk).first()
    if here is None:
        return None
    same = here.digest == row.digest and here.device_id == row.device_id
    return Answer(200, "again") if same else Answer(409, "other")


@transaction.atomic
def _keep(row: FieldSubmission) -> None:
    sealed.wrap(row, "content", row.received_at)
    row.save(force_insert=True)
    asked = packs.forms(local_day(row.received_at)).get(row.form)
    if asked is not None and asked.digest() == row.form_digest:
        stages.kept_form(asked, row.received_at)
    FieldDevice.objects.filter(pk=row.device_id).update(seen_at=row.received_at)
    journal.enter(by=row.device.staff, act="identification.send_field", target=row)


def open_sent(*, by: Any, submission: FieldSubmission, at: datetime) -> rules.Told | None:
    """What a phone sent, opened under one journal line; None for what cannot be opened or read."""
    check(by, "identification.open_field", submission)
    try:
        clear = sealed.open_sent(submission, "content", by=by, why="intake", at=at)
        return rules.read(clear, id=str(submission.pk), form=submission.form, form_digest=submission.form_digest)
    except (sealed.NotForUs, rules.Unreadable):
        return None


def _decide(submission: FieldSubmission, *, by: Any, version: int, at: datetime, **told: Any) -> None:
    """Once: of two who decide at the same moment the second is told so. What was sent is emptied, its drafts too."""
    held(submission, version)
    if submission.status != "waiting":
        raise Changed
    told |= {"decided_by": by, "decided_at": at, "version": version + 1, "content": b""}
    for name, value in told.items():
        setattr(submission, name, value)
    submission.save(update_fields=list(told))
    vault.destroy_key(submission.sealed_by())
    drafts.drop_everywhere(submission.pk)


@transaction.atomic
def refuse(*, by: Any, submission: FieldSubmission, version: int, reason: str, words: str, destroyed: bool,
           at: datetime) -> FieldSubmission:  # fmt: skip
    """What came is not taken in; its sealed content is destroyed with the same act, the line and reason stay."""
    act = "identification.accept_field"
    check(by, act, submission)
    refuse_if(rules.refusal_problems(status=submission.status, reason=reason, words=words, destroyed=destroyed))
    text = f"{reason}: {normalise(words)}" if words.strip() else reason
    _decide(submission, by=by, version=version, at=at, status="refused", reason=text)
    journal.enter(by=by, act="identification.refuse_field", target=submission, why=reason)
    return submission


@transaction.atomic
def accept(*, by: Any, submission: FieldSubmission, version: int, into: str, at: datetime, today: date,
           case: Any = None, person: str = "", new: dict[str, Any] | None = None,
           screening: dict[str, Any] | None = None) -> FieldSubmission:  # fmt: skip
    """A named worker takes it into a case: a person (new, or there already) and the screening, all or nothing.

    `into` "nothing" says that it was read and needs no record. The sealed content is emptied in the same act.
    """
    act = "identification.accept_field"
    check(by, act, submission)
    refuse_if([
        *([Problem(rules.DECIDED)] if submission.status != "waiting" else []),
        *([Problem(rules.NO_CASE, field="case")] if into == "case" and case is None else []),
        *([Problem(rules.UNKNOWN_FORM)] if into == "case" and version_of(submission) is None else []),
    ])  # fmt: skip
    told = open_sent(by=by, submission=submission, at=at)
    if told is None:
        raise Refused([Problem(rules.REASONS["unreadable"])])
    _decide(submission, by=by, version=version, at=at, status="accepted", case=case if into == "case" else None)
    if into == "case":
        part = _part(case, person, new or {}, by=by, on=(screening or {})["on"], at=at, today=today)
        stages.record_screening(
            by=by, participation=part, answers=dict(told.answers), words=dict(told.words), at=at, today=today,
            form=version_of(submission), by_phone=True, **(screening or {}),
        )  # fmt: skip
    journal.enter(by=by, act=act, target=submission, case=submission.case_id)
    return submission


def _part(case: Any, person: str, new: dict[str, Any], *, by: Any, on: date, at: datetime, today: date) -> Any:
    """The part in the case of whom this is about: somebody known there by code, or somebody new."""
    if not person:
        return persons.add_person(by=by, case=case, part="potential_victim", since_on=min(on, today), at=at,
                                  today=today, **new)  # fmt: skip
    rows = Participation.objects.filter(case=case, person__code=person.strip().upper(), closed_as="")
    found = rows.order_by("until_on", "-since_on").first()
    if found is None:
        raise Refused([Problem(rules.NOT_IN_CASE, field="person")])
    return found


