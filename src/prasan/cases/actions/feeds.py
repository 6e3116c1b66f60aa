"""A member's own calendar feed: a secret address, shown once, kept as a digest only, revocable at any moment."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from prasan import journal
from prasan.access.check import check
from prasan.access.scoping import viewing
from prasan.accounts.rules import LANGUAGES
from prasan.plain.problem import Problem, refuse_if
from prasan.plain.words import gettext_noop as _

from ..models import CalendarFeed

ACT = "desk.own_feed"
MOST = 5
LOOK_AGAIN = timedelta(hours=1)
TOO_MANY = _("You have %(most)s calendar feeds. Revoke one first.")
NO_SUCH_LANGUAGE = _("Choose one of the languages.")
NO_SUCH_FEED = _("This is no calendar feed of yours, or it was revoked already.")


def digest(secret: str) -> str:
    """What is kept of a feed's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def own_feeds(viewer: Any) -> list[CalendarFeed]:
    """The viewer's own feeds in force, newest first."""
    return list(CalendarFeed.objects.filter(staff=viewer, revoked_at=None).order_by("-made_at", "-pk"))


@transaction.atomic
def make_feed(*, by: Any, language: str, at: datetime) -> tuple[CalendarFeed, str]:
    """Make a feed. Returns it with its secret, which is told once and stored nowhere."""
    check(by, ACT)
    refuse_if([
        *([Problem(NO_SUCH_LANGUAGE, field="language")] if language not in LANGUAGES else []),
        *([Problem(TOO_MANY, params={"most": MOST})] if len(own_feeds(by)) >= MOST else []),
    ])  # fmt: skip
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(staff=by, digest=digest(secret), language=language, made_at=at)
    journal.enter(by=by, act="desk.make_feed", target=feed)
    return feed, secret


@transaction.atomic
def revoke_feed(*, by: Any, feed: int, at: datetime) -> None:
    """The address answers no more from the next request on. Only one's own; another's is as if it were absent."""
    check(by, ACT)
    row = CalendarFeed.objects.select_for_update().filter(pk=feed, staff=by, revoked_at=None).first()
    if row is None:
        return refuse_if([Problem(NO_SUCH_FEED)])
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    journal.enter(by=by, act="desk.revoke_feed", target=row)
    return None


def revoke_all(by: Any, staff: Any, at: datetime) -> None:
    """Inside the act that locks a colleague out or takes off their second factor: none of their feeds answers."""
    for row in CalendarFeed.objects.select_for_update().filter(staff=staff, revoked_at=None):
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        journal.enter(by=by, act="desk.revoke_feed", target=row)


@contextmanager
def reading_feed(secret: str, at: datetime) -> Iterator[CalendarFeed | None]:
    """The feed behind a secret, with its owner's scope open as their access is at this instant; nothing for
    what is unknown, revoked, or of an account that was suspended."""
    row = CalendarFeed.objects.filter(digest=digest(secret), revoked_at=None).select_related("staff").first()
    if row is None or not row.staff.is_active:
        yield None
        return
    if row.read_at is None or at - row.read_at >= LOOK_AGAIN:
        CalendarFeed.objects.filter(pk=row.pk, revoked_at=None).update(read_at=at)
    with viewing(row.staff, at):
        yield row
