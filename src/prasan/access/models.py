"""Materialised access: who may see which case, person and intake desk, why, and until when. Also drafts."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import models

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


class CaseAccess(models.Model):
    """One member of staff on one case; written only by the acts that change a team."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="access")
    disciplines = models.CharField(max_length=200)
    is_lead = models.BooleanField(default=False)
    reason = models.CharField(max_length=20, default="member")
    since = models.DateTimeField()
    until = models.DateTimeField(default=FOREVER)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "case"], name="one_access_a_case"),)
        indexes = (models.Index(fields=["user", "until", "case", "disciplines"], name="cases_of_viewer"),)

    class Sensitivity:
        id = user = case = disciplines = is_lead = reason = since = until = "case"

    def __str__(self) -> str:
        return f"access {self.pk}"

    @property
    def held(self) -> frozenset[str]:
        """The disciplines in which this member works on this case."""
        return frozenset(self.disciplines.split())


class PersonAccess(models.Model):
    """One member of staff and one person, through the cases in which both take part."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="access")
    disciplines = models.CharField(max_length=200)
    until = models.DateTimeField(default=FOREVER)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "person"], name="one_access_a_person"),)
        indexes = (models.Index(fields=["user", "until", "person"], name="people_of_viewer"),)

    class Sensitivity:
        id = user = person = disciplines = until = "case"

    def __str__(self) -> str:
        return f"access {self.pk}"

    @property
    def held(self) -> frozenset[str]:
        return frozenset(self.disciplines.split())


class Desk(models.Model):
    """An intake desk: who answers the hotline or sorts what comes in. Leads belong to a desk."""

    code = models.SlugField(max_length=30, unique=True)
    name_en = models.CharField(max_length=120)
    name_th = models.CharField(max_length=120)

    class Sensitivity:
        id = code = name_en = name_th = "open"

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        from django.utils.translation import get_language

        return self.name_th if get_language() == "th" else self.name_en


class DeskAccess(models.Model):
    """A member of an intake desk."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="desk_access")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="access")
    until = models.DateTimeField(default=FOREVER)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "desk"], name="one_access_a_desk"),)

    class Sensitivity:
        id = user = desk = until = "case"

    def __str__(self) -> str:
        return f"access {self.pk}"


class Draft(models.Model):
    """What somebody was typing when the session ended: sealed, their own, gone when the form is sent.

    `about`: the row that the form's address names last, as a keyed token, so that what is destroyed takes every
    draft about it along, whoever keeps it and whichever form it was."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    place = models.CharField(max_length=64)
    about = models.CharField(max_length=32, blank=True, db_index=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["staff", "place"], name="one_draft_a_form"),)

    class Sensitivity:
        id = staff = place = about = at = "case"
        sealed = "person"

    def __str__(self) -> str:
        return f"draft {self.pk}"
