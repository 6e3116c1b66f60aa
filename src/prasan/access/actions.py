"""Staff acts: invited, disciplines changed, suspended, disabled, a lost second factor taken off by two people."""

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from prasan import journal
from prasan.accounts.models import Agency, FactorReset, HeldDiscipline, Invitation, Staff
from prasan.accounts.rules import DISCIPLINES, folded
from prasan.plain.problem import Problem, Refused, refuse_if
from prasan.plain.words import gettext_noop as _

from .check import Denied, check
from .models import FOREVER, Desk, DeskAccess

INVITATION_DAYS = 7
TAKEN = _("This user name is already in use.")
NO_NAME = _("Write a user name and a name.")
NO_DISCIPLINE = _("Choose at least one discipline.")
NOT_YOURSELF = _("You cannot do this to your own account.")
SAME_DISCIPLINE = _("A second person of another discipline must confirm.")
CODE_FORM = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
BAD_CODE = _("A code is a few small Latin letters, digits or hyphens, such as police-cr.")
CODE_TAKEN = _("This code is already in use.")
BOTH_NAMES = _("Write the name in both languages.")
OTHER_AGENCY = _("You can suspend colleagues of your own agency; the administrator can suspend everybody.")
SPENT = _("This invitation was used or has expired. Ask for a new one.")


def token_hash(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _invitation(staff: Staff, by: Any, at: datetime, purpose: str) -> str:
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        staff=staff, made_by=by, token_hash=token_hash(token), purpose=purpose,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )  # fmt: skip
    return token


def _staff_problems(username: str, name: str, disciplines: list[str]) -> Any:
    if not username or not name.strip():
        yield Problem(NO_NAME, field="username")
    if Staff.objects.filter(username=username).exists():
        yield Problem(TAKEN, field="username")
    if not disciplines or set(disciplines) - set(DISCIPLINES):
        yield Problem(NO_DISCIPLINE, field="disciplines")


@transaction.atomic
def invite_staff(*, by: Any, username: str, name: str, agency: Any, disciplines: list[str], at: datetime,
                 today: date, name_th: str = "", language: str = "th") -> tuple[Staff, str]:  # fmt: skip
    """Make an account and a single-use link. Returns both; the link is shown once and never stored."""
    check(by, "access.manage_staff")
    username = folded(username)
    refuse_if(_staff_problems(username, name, disciplines))
    staff = Staff(username=username, name=name.strip(), name_th=name_th.strip(), agency=agency, language=language)
    staff.set_unusable_password()
    staff.save(force_insert=True)
    HeldDiscipline.objects.bulk_create(
        HeldDiscipline(staff=staff, discipline=d, since_on=today) for d in disciplines
    )
    journal.enter(by=by, act="access.invite_staff", target=staff)
    return staff, _invitation(staff, by, at, "join")


@transaction.atomic
def invite_again(*, by: Any, staff: Staff, at: datetime) -> str:
    """A new single-use link: a lost invitation, or a lost password."""
    check(by, "access.manage_staff")
    journal.enter(by=by, act="access.invite_again", target=staff)
    return _invitation(staff, by, at, "password")


def open_invitation(token: str, at: datetime) -> Invitation | None:
    """The invitation behind a link while it may be used."""
    rows = Invitation.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=at)
    return rows.select_related("staff").first()


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime) -> Staff:
    """Set the password of an invited account; the link is spent."""
    invitation = open_invitation(token, at)
    if invitation is None:
        raise Refused(Problem(SPENT))
    staff = invitation.staff
    staff.set_password(password)
    staff.save(update_fields=["password"])
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    journal.enter(by=staff, act="access.accept_invitation", target=staff)
    return staff


@transaction.atomic
def change_disciplines(*, by: Any, staff: Staff, disciplines: list[str], today: date) -> Staff:
    """What a colleague works as from today; membership of teams is not touched by it."""
    check(by, "access.manage_staff")
    refuse_if([Problem(NO_DISCIPLINE, field="disciplines")] if not disciplines else [])
    held = staff.held.filter(until_on=None)
    held.exclude(discipline__in=disciplines).update(until_on=today)
    existing = set(staff.held.filter(until_on=None).values_list("discipline", flat=True))
    HeldDiscipline.objects.bulk_create(
        HeldDiscipline(staff=staff, discipline=d, since_on=today) for d in disciplines if d not in existing
    )
    vars(staff).pop("_disciplines", None)
    journal.enter(by=by, act="access.change_disciplines", target=staff)
    return staff


# What a colleague holds outside the pages (calendar feeds, field phones): rooms add here what takes it back.
TAKE_BACK: list[Callable[[Any, Staff, datetime], None]] = []


def _take_back(by: Any, staff: Staff, at: datetime) -> None:
    for take in TAKE_BACK:
        take(by, staff, at)


def _switch(by: Any, staff: Staff, act: str, *, on: bool, at: datetime) -> Staff:
    refuse_if([Problem(NOT_YOURSELF)] if by.pk == staff.pk else [])
    if not on:
        _take_back(by, staff, at)
    staff.is_active, staff.disabled_at = on, None if on else at
    staff.save(update_fields=["is_active", "disabled_at"])
    journal.enter(by=by, act=act, target=staff)
    return staff


@transaction.atomic
def suspend(*, by: Any, staff: Staff, at: datetime) -> Staff:
    """Anybody of the staff can suspend a colleague at once: a lost phone, a seized laptop. All sessions end
    with the next request, because an inactive account loads nobody."""
    check(by, "access.suspend")
    if by.agency_id != staff.agency_id and "administrator" not in by.disciplines:
        raise Denied(OTHER_AGENCY, "access.suspend")
    return _switch(by, staff, "access.suspend", on=False, at=at)


@transaction.atomic
def resume(*, by: Any, staff: Staff, at: datetime) -> Staff:
    """Reversible, by another than the one suspended."""
    check(by, "access.resume")
    return _switch(by, staff, "access.resume", on=True, at=at)


@transaction.atomic
def ask_factor_reset(*, by: Any, staff: Staff, at: datetime) -> FactorReset:
    """First half of the ceremony for a lost second factor."""
    check(by, "access.manage_staff")
    refuse_if([Problem(NOT_YOURSELF)] if by.pk == staff.pk else [])
    journal.enter(by=by, act="access.ask_factor_reset", target=staff)
    return FactorReset.objects.create(staff=staff, asked_by=by, asked_at=at)


@transaction.atomic
def confirm_factor_reset(*, by: Any, reset: FactorReset, at: datetime) -> FactorReset:
    """Second half: another person, of another discipline, who has seen the colleague. Then all factors go."""
    from allauth.mfa.models import Authenticator

    check(by, "access.confirm_reset")
    same = by.pk in {reset.asked_by_id, reset.staff_id} or by.disciplines <= reset.asked_by.disciplines
    refuse_if([Problem(SAME_DISCIPLINE)] if same or reset.confirmed_at else [])
    Authenticator.objects.filter(user=reset.staff).delete()
    _take_back(by, reset.staff, at)
    reset.confirmed_by, reset.confirmed_at = by, at
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    journal.enter(by=by, act="access.confirm_factor_reset", target=reset.staff)
    return reset


@transaction.atomic
def add_agency(*, by: Any, code: str, name_en: str, name_th: str, kind: str, province: str = "") -> Agency:
    """A further organisation of the network: whom people are referred to, where colleagues come from."""
    check(by, "access.manage_staff")
    refuse_if(_name_problems(Agency, code, name_en, name_th))
    agency = Agency.objects.create(
        code=folded(code), name_en=name_en.strip(), name_th=name_th.strip(), kind=kind, province=province
    )
    journal.enter(by=by, act="access.add_agency", target=agency)
    return agency


@transaction.atomic
def add_desk(*, by: Any, code: str, name_en: str, name_th: str) -> Desk:
    """An intake desk: without one nobody can record a lead."""
    check(by, "access.manage_staff")
    refuse_if(_name_problems(Desk, code, name_en, name_th))
    desk = Desk.objects.create(code=folded(code), name_en=name_en.strip(), name_th=name_th.strip())
    journal.enter(by=by, act="access.add_desk", target=desk)
    return desk


@transaction.atomic
def set_desk_members(*, by: Any, desk: Desk, staff: list[Staff], at: datetime) -> Desk:
    """Who sits at an intake desk from now on; whoever leaves sees its leads no more from the next request."""
    check(by, "access.manage_staff")
    rows = DeskAccess.objects.filter(desk=desk)
    rows.filter(until__gt=at).exclude(user__in=staff).update(until=at)
    for member in staff:
        DeskAccess.objects.update_or_create(desk=desk, user=member, defaults={"until": FOREVER})
    journal.enter(by=by, act="access.set_desk_members", target=desk)
    return desk


def _name_problems(model: type[Agency] | type[Desk], code: str, name_en: str, name_th: str) -> Any:
    if not CODE_FORM.fullmatch(folded(code)):
        yield Problem(BAD_CODE, field="code")
    elif model.objects.filter(code=folded(code)).exists():
        yield Problem(CODE_TAKEN, field="code")
    if not (name_en.strip() and name_th.strip()):
        yield Problem(BOTH_NAMES, field="name_th" if name_en.strip() else "name_en")
