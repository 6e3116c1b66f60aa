"""What a viewer sees of training: sessions, their attendance, sums by kind of organisation."""

from typing import Any

from django.db import models

from prasan.access.check import check

from .models import Attendance, Session

IN_FORCE = models.Q(attendances__closed_as="")


def sessions(viewer: Any, **filters: Any) -> models.QuerySet[Session]:
    """Sessions in force, newest first, each with `people`, the attendances counted; filter by year and topic."""
    check(viewer, "training.view")
    rows = Session.objects.filter(closed_as="").select_related("trainer")
    if filters.get("topic"):
        rows = rows.filter(topic=filters["topic"])
    if filters.get("year"):
        rows = rows.filter(on__year=filters["year"])
    return rows.annotate(people=models.Sum("attendances__count", filter=IN_FORCE)).order_by("-on", "code")


def attendance(viewer: Any, session: Session) -> list[Attendance]:
    """Who came, in counts, by kind of organisation."""
    check(viewer, "training.view")
    rows = session.attendances.filter(closed_as=session.closed_as).select_related("agency")
    return list(rows.order_by("agency_kind", "organisation", "sex"))


def session_by_code(viewer: Any, code: str) -> Session | None:
    """One session, in force or not."""
    check(viewer, "training.view")
    return Session.objects.select_related("trainer", "replaces").filter(code=code).first()


def years(viewer: Any) -> list[int]:
    """The years with sessions, newest first."""
    check(viewer, "training.view")
    days = Session.objects.filter(closed_as="").dates("on", "year", order="DESC")
    return [day.year for day in days]
